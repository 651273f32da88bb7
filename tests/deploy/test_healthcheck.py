"""The image's health check: what it says of a server that is well, one that is not, and none."""

import os
import runpy
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.conftest import free_port


@contextmanager
def answering(status: int, asked: list[str]) -> Iterator[int]:
    """A server that answers everything so; its port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def healthcheck(port: int) -> int:
    """Its exit status, run as the image runs it."""
    command = [sys.executable, "-I", "-S", str(ROOT / "deploy/healthcheck.py")]
    return subprocess.run(command, env={"PORT": str(port)}, check=False, timeout=30).returncode


@pytest.mark.parametrize(("status", "is_well"), [(200, True), (204, False), (500, False), (503, False)])
def test_it_is_well_where_the_server_says_200(status: int, is_well: bool) -> None:
    asked: list[str] = []
    with answering(status, asked) as port:
        assert (healthcheck(port) == 0) is is_well
    assert asked == ["/health"]


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("python -m src.gunicorn_conf", "web"),
        ("python -m src.worker", "worker"),
        ("python -m src.worker.scheduler", "scheduler"),
    ],
)
def test_each_process_is_known_by_its_command(command: str, kind: str) -> None:
    assert runpy.run_path(str(ROOT / "deploy/healthcheck.py"))["kind_of"](command.split()) == kind


def test_worker_is_well_while_its_loop_turns(tmp_path: Path) -> None:
    is_well = runpy.run_path(str(ROOT / "deploy/healthcheck.py"))["is_well"]
    environment = {"STATE_DIR": str(tmp_path)}
    assert not is_well("worker", environment), "it never was there"
    (tmp_path / "alive").mkdir()
    (tmp_path / "alive" / "worker-of-another-container-1").touch()
    assert not is_well("worker", environment)
    beat = tmp_path / "alive" / f"worker-{os.uname().nodename}-7"
    beat.touch()
    assert is_well("worker", environment)
    assert not is_well("scheduler", environment), "the beat is another's"
    long_ago = time.time() - 31
    os.utime(beat, (long_ago, long_ago))
    assert not is_well("worker", environment)


def test_it_is_ill_where_nobody_listens() -> None:
    assert healthcheck(free_port()) == 1
