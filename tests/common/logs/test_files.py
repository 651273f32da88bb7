"""Log files: rotation by several processes, a disk that is full and then is not, an output that nobody reads."""

import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from src.common.logs import files as log_lines
from src.common.logs.files import LogFile, SharedLogFile, close_file, open_file, write_line
from src.core.observing.metrics import LOG_LINES_LOST

ROOT = Path(__file__).resolve().parents[3]


def written(folder: Path) -> list[bytes]:
    """Every line of every file, the oldest file of each process first."""
    files = sorted(folder.glob("*.log*"), key=lambda path: (path.name.partition(".")[0], -_age(path)))
    return [line for path in files for line in path.read_bytes().splitlines()]


def _age(path: Path) -> int:
    last = path.name.rpartition(".")[2]
    return int(last) if last.isdigit() else 0


def lost(sink: str) -> int:
    return LOG_LINES_LOST.of(sink).cells[0]


@pytest.fixture
def closed() -> Iterator[None]:
    yield
    close_file()


def run(code: str, *, out: int = subprocess.PIPE) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=out, stderr=subprocess.PIPE)


def test_a_full_file_is_renamed_and_the_oldest_goes(tmp_path: Path) -> None:
    file = LogFile(tmp_path, "web", max_bytes=30, keep=2)
    for number in range(10):
        file.write(b"line %d of ten\n" % number)
    file.close()
    assert (tmp_path / "web-0.log").read_bytes() == b"line 8 of ten\nline 9 of ten\n"
    assert (tmp_path / "web-0.log.1").read_bytes() == b"line 6 of ten\nline 7 of ten\n"
    assert (tmp_path / "web-0.log.2").read_bytes() == b"line 4 of ten\nline 5 of ten\n"
    assert not (tmp_path / "web-0.log.3").exists()


def test_a_line_longer_than_a_file_is_kept_whole(tmp_path: Path) -> None:
    file = LogFile(tmp_path, "web", max_bytes=10, keep=3)
    for line in (b"a" * 50 + b"\n", b"b\n"):
        file.write(line)
    file.close()
    assert written(tmp_path) == [b"a" * 50, b"b"]


def test_several_processes_that_rotate_lose_no_line(tmp_path: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from src.common.logs.files import LogFile
file = LogFile(Path({str(tmp_path)!r}), "web", max_bytes=400, keep=1000)
sys.stdout.write("ready\\n"); sys.stdout.flush()
sys.stdin.readline()
for number in range(500):
    file.write(b"%s line %d\\n" % (file.path.name.encode(), number))
"""
    started = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
    for process in started:
        assert process.communicate(b"go\n", timeout=60)[0] == b""
    assert [process.returncode for process in started] == [0, 0, 0]
    expected = [f"web-{process}.log line {number}".encode() for process in range(3) for number in range(500)]
    assert written(tmp_path) == expected
    assert len(list(tmp_path.glob("web-0.log.*"))) > 10


def test_who_comes_after_goes_on_in_the_same_file_and_mends_a_torn_line(tmp_path: Path) -> None:
    first = LogFile(tmp_path, "web", max_bytes=10_000, keep=2)
    second = LogFile(tmp_path, "web", max_bytes=10_000, keep=2)
    first.write(b"one\n")
    second.write(b"other\n")
    first.close()
    with (tmp_path / "web-0.log").open("ab") as torn:
        torn.write(b"half a li")
    third = LogFile(tmp_path, "web", max_bytes=10_000, keep=2)
    third.write(b"two\n")
    assert written(tmp_path) == [b"one", b"half a li", b"two", b"other"]
    third.close()
    second.close()


FULL = """
import resource, sys
from pathlib import Path
from src.common.logs.files import open_file, write_line
from src.core.observing.metrics import LOG_LINES_LOST
folder = Path({folder!r})
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
open_file(folder, "web", max_bytes=100_000, keep=2)
for number in range(100):
    write_line(b"line %02d of a hundred\\n" % number)
lost = LOG_LINES_LOST.of("file").cells[0]
sys.stderr.write(f"lost {{lost}}\\n")
(folder / "web-0.log").write_bytes(b"")
for number in range(3):
    write_line(b"space again %d\\n" % number)
sys.stderr.write(f"lost {{LOG_LINES_LOST.of('file').cells[0] - lost}}\\n")
"""


def test_a_full_disk_costs_lines_of_the_file_only_and_writing_resumes(tmp_path: Path) -> None:
    """1,000 bytes hold 47 lines of 21 bytes and a piece of the next."""
    out, said = run(FULL.format(folder=str(tmp_path))).communicate(timeout=60)
    assert said.splitlines() == [b"lost 53", b"lost 0"]
    assert len(out.splitlines()) == 103
    assert (tmp_path / "web-0.log").read_bytes().split() == b"space again 0 space again 1 space again 2".split()


@pytest.mark.usefixtures("closed")
def test_a_folder_that_cannot_be_made_is_told_once_and_costs_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "file").write_text("")
    open_file(tmp_path / "file" / "logs", "web", max_bytes=1000, keep=1)
    write_line(b"still on stdout\n")
    assert capsysbinary.readouterr().out.endswith(b"still on stdout\n")
    assert [record.message.partition(":")[0] for record in caplog.records] == ["no log files"]


STDOUT = """
import os, sys
from src.common.logs.files import write_line
from src.core.observing.metrics import LOG_LINES_LOST
for _ in range(5000):
    write_line(b"a line that goes nowhere\\n")
sys.stderr.write(f"lost {LOG_LINES_LOST.of('stdout').cells[0]}\\n")
os._exit(0)
"""


def test_a_full_disk_under_stdout_breaks_nothing() -> None:
    with Path("/dev/full").open("wb") as full:
        process = run(STDOUT, out=full.fileno())
        assert process.communicate(timeout=60)[1] == b"lost 5000\n"
        assert process.returncode == 0


def test_a_pipe_that_nobody_reads_any_more_breaks_nothing() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = run(STDOUT, out=writing)
    os.close(writing)
    assert process.communicate(timeout=60)[1] == b"lost 5000\n"
    assert process.returncode == 0


CLOSED = """
import os, sys
from src.common.logs.files import write_line
from src.core.observing.metrics import LOG_LINES_LOST
reading, writing = os.pipe()
os.set_blocking(reading, False)
write_line(b"a line that goes nowhere\\n")
try:
    found = os.read(reading, 100)
except BlockingIOError:
    found = b"nothing"
sys.stderr.write(f"{1 in (reading, writing)} {LOG_LINES_LOST.of('stdout').cells[0]} {found}\\n")
"""


def test_an_output_that_was_closed_is_not_mistaken_for_what_has_its_number_now() -> None:
    """With stdout closed before the start, the next file gets its number: a line must not land there."""
    command = ["/bin/sh", "-c", 'exec "$0" -c "$1" >&-', sys.executable, CLOSED]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)
    assert process.communicate(timeout=60)[1] == b"True 1 b'nothing'\n"


def test_a_line_that_goes_out_in_part_is_lost_and_the_next_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    class Raw:
        def __init__(self) -> None:
            self.said = b""

        def write(self, line: bytes) -> int:
            taken = line[:4] if not self.said else line
            self.said += taken
            return len(taken)

    class Out:
        buffer = Raw()

    before = lost("stdout")
    monkeypatch.setattr(sys, "stdout", Out())
    for line in (b"first line\n", b"second\n", b"third\n"):
        write_line(line)
    monkeypatch.undo()
    assert Out.buffer.said == b"firs\nsecond\nthird\n"
    assert lost("stdout") == before + 1


def test_a_record_that_cannot_be_written_as_text_is_no_error(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    logger = logging.getLogger("shop.test.lines")
    logger.addHandler(log_lines.LineHandler())
    logger.propagate = False
    logger.warning("a lone surrogate: \ud800")
    assert capsysbinary.readouterr().out == b"a lone surrogate: ?\n"


def test_lines_of_the_logging_module_and_of_requests_are_json_with_the_same_names() -> None:
    code = """
import logging, time
from src.common.logs.context import request_id
from src.common.logs.setup import log_access, set_up_logging
from src.core.observing.context import trace_id
set_up_logging("INFO")
request_id.set("r1")
logging.getLogger("shop.test").info("hello")
trace_id.set("t1")
logging.getLogger("shop.test").info("traced")
log_access("GET", "/x", 200, time.perf_counter())
"""
    out, said = run(code).communicate(timeout=60)
    assert said == b""
    first, second, third = (json.loads(line) for line in out.splitlines())
    assert {key: first[key] for key in ("level", "logger", "message", "request_id")} == {
        "level": "INFO",
        "logger": "shop.test",
        "message": "hello",
        "request_id": "r1",
    }
    assert "trace_id" not in first
    assert (second["trace_id"], third["trace_id"]) == ("t1", "t1")
    assert (third["method"], third["path"], third["status"]) == ("GET", "/x", 200)


@pytest.mark.fault("S7")
def test_warnings_and_errors_stand_in_a_file_of_their_own(tmp_path: Path) -> None:
    code = f"""
import logging, time
from pathlib import Path
from src.common.logs import files as log_lines
from src.common.logs import setup as logs
log_lines.open_file(Path({str(tmp_path)!r}), "web", max_bytes=10_000, keep=2)
logs.set_up_logging("INFO")
logging.getLogger("shop").info("all is well")
logs.log_access("GET", "/api/v1/products", 200, time.perf_counter())
logging.getLogger("shop").warning("look at this")
logging.getLogger("shop").error("this is wrong")
"""
    processes = [run(code) for _ in range(2)]
    assert [process.communicate(timeout=60)[1] for process in processes] == [b"", b""]
    told = [json.loads(line) for line in (tmp_path / "error.log").read_bytes().splitlines()]
    assert sorted((line["level"], line["message"]) for line in told) == [
        ("ERROR", "this is wrong"),
        ("ERROR", "this is wrong"),
        ("WARNING", "look at this"),
        ("WARNING", "look at this"),
    ]
    ordinary = [json.loads(line)["message"] for line in (tmp_path / "web-0.log").read_bytes().splitlines()]
    assert ordinary == ["all is well", "request", "look at this", "this is wrong"] * (len(ordinary) // 4)


def test_processes_that_share_the_file_of_errors_rotate_it_without_losing_a_line(tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from src.common.logs.files import SharedLogFile
file = SharedLogFile(Path({str(tmp_path)!r}), max_bytes=500, keep=1000)
for number in range(200):
    file.write(b"an error of some length, number %03d\\n" % number)
"""
    processes = [run(code) for _ in range(3)]
    assert [process.communicate(timeout=60)[1] for process in processes] == [b""] * 3
    lines = [line for path in tmp_path.glob("error.log*") for line in path.read_bytes().splitlines()]
    assert sorted(lines) == sorted(3 * [b"an error of some length, number %03d" % number for number in range(200)])
    assert all(path.stat().st_size <= 500 for path in tmp_path.glob("error.log*"))


def test_a_folder_that_is_gone_costs_lines_until_it_is_back(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    files = [LogFile(folder, "web", max_bytes=30, keep=2), SharedLogFile(folder, max_bytes=30, keep=2)]
    for file in files:
        file.write(b"the first of them\n")
    shutil.rmtree(folder)
    for file in files:
        for _ in range(2):
            with pytest.raises(FileNotFoundError):
                file.write(b"nowhere to write\n")
    folder.mkdir()
    for file in files:
        file.write(b"the last of them\n")
        file.close()
    assert {path.name: path.read_bytes() for path in folder.glob("*.log*")} == {
        "web-0.log": b"the last of them\n",
        "error.log": b"the last of them\n",
    }


def test_the_file_of_errors_follows_a_rotation_from_outside(tmp_path: Path) -> None:
    file = SharedLogFile(tmp_path, max_bytes=1000, keep=2)
    file.write(b"before\n")
    (tmp_path / "error.log").rename(tmp_path / "error.log-20261128")
    file.write(b"after\n")
    file.close()
    assert (tmp_path / "error.log-20261128").read_bytes() == b"before\n"
    assert (tmp_path / "error.log").read_bytes() == b"after\n"
