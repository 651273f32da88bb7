"""What is made of the contract outside: pinned, and shown in the documentation as it is compiled."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

HERE = ROOT / "tests/contract/clients"
TYPESCRIPT = HERE / "typescript"


@pytest.mark.fault("A7")
def test_the_documented_mapping_is_the_compiled_one() -> None:
    compiled = (TYPESCRIPT / "window.ts").read_text().partition("\n")[2].strip()
    assert f"```ts\n{compiled}\n```" in (ROOT / "docs/payments.md").read_text()
    assert "window.ts" in json.loads((TYPESCRIPT / "tsconfig.json").read_text())["files"]


@pytest.mark.fault("A2")
def test_the_generators_are_pinned() -> None:
    package = json.loads((TYPESCRIPT / "package.json").read_text())
    wanted = {**package["dependencies"], **package["devDependencies"]}
    assert {"openapi-typescript", "typescript", "@portone/browser-sdk"} <= wanted.keys()
    lock = json.loads((TYPESCRIPT / "package-lock.json").read_text())["packages"]
    for name, version in wanted.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert lock[f"node_modules/{name}"]["version"] == version
    assert wanted["typescript"].startswith("5.9.")
    assert all("resolved" not in entry for entry in lock.values())
    pinned = (HERE / "python/requirements.txt").read_text().split()
    assert all(re.fullmatch(r"[A-Za-z0-9_.\-]+==[0-9a-z.]+", line) for line in pinned)
    assert any(line.startswith("openapi-python-client==") for line in pinned)


@pytest.mark.fault("A2")
@pytest.mark.parametrize(("ci", "status"), [("true", 1), ("", 0)])
def test_where_it_cannot_run_it_says_so(tmp_path: Path, ci: str, status: int) -> None:
    environment = {**os.environ, "PATH": str(tmp_path), "CI": ci}
    ended = subprocess.run(
        [sys.executable, "-m", "tests.contract.clients"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (
        status,
        "SKIPPED: no client was made of the contract. npm is not here\n",
    )


@pytest.mark.fault("A2")
def test_it_is_a_part_of_every_whole_run() -> None:
    assert 'command=(PYTHON, "-m", "tests.contract.clients")' in (ROOT / "scripts/checks.py").read_text()
    assert "[clients_step(), *type_steps()]" in (ROOT / "scripts/checks.py").read_text()
