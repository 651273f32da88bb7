"""What a request costs in two checkouts, in machine instructions: neighbours on the machine cannot move the figure.

    .venv/bin/python -m tests.bench.instructions OTHER [--only orders me ...]

OTHER is a checkout of the commit before, its `.venv` ready. Both apps are called from inside (`asgi_caller`), sixteen
requests at once, under valgrind's callgrind, on MySQL and Redis of their own with the demo shop and the provider that
does nothing; no background jobs run (`JOBS=apart`). Needs the Debian package `valgrind`. Takes ten minutes.
"""

import argparse
import json
import re
import subprocess
from pathlib import Path

from tests.bench.asgi_caller import PATHS
from tests.bench.memory import DEMO
from tests.bench.orders import SELLABLE, fill_stock, write_bodies
from tests.bench.support import Bench, bench, environment_for, program, sql

COUNTS = {"orders": 64}
READS = 1600


class Side:
    """One checkout under callgrind."""

    def __init__(self, run: Bench, name: str) -> None:
        database = run.use_mysql().rpartition("/")[2]
        run.use_redis()
        shop = run.shop(f"{name}-shop")
        fill_stock(database)
        bodies = write_bodies(run.folder / f"{name}-bodies", shop, [[row[0]] for row in sql(SELLABLE, database)[:200]])
        shop.stop()
        self._out = run.folder / name
        self._control = program("callgrind_control", "Debian package valgrind")
        valgrind = program("valgrind", "Debian package valgrind")
        command = [valgrind, "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={self._out}", "-q"]
        caller = Path(__file__).with_name("asgi_caller.py")
        command += [str(run.root / ".venv/bin/python"), str(caller), str(bodies), json.dumps(DEMO)]
        log = (run.folder / f"{name}-caller.log").open("w")
        self._process = subprocess.Popen(
            command, cwd=run.root, env={**environment_for(shop.environment), "JOBS": "apart"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, bufsize=1,
        )  # fmt: skip
        run.stack.callback(self._process.kill)
        self._await()

    def cost(self, kind: str) -> float:
        """Instructions a request, once everything is warm."""
        count = COUNTS.get(kind, READS)
        self._ask(kind, 2 * count)
        self._tell("-z")
        self._tell("-i", "on")
        self._ask(kind, 16)
        self._tell("-d")
        before = self._total()
        self._ask(kind, count)
        self._tell("-d")
        self._tell("-i", "off")
        return (self._total() - before) / count

    def _ask(self, kind: str, count: int) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{kind} {count}\n")
        self._await()

    def _await(self) -> None:
        """Wait for the caller's next ``done``; the app's own log lines go by."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line == "done\n":
                return
        raise SystemExit(f"the caller ended: {self._out}-caller.log")

    def _tell(self, *words: str) -> None:
        subprocess.run([self._control, *words, str(self._process.pid)], check=True, capture_output=True)

    def _total(self) -> int:
        texts = (file.read_text(errors="replace") for file in self._out.parent.glob(f"{self._out.name}.*"))
        return sum(int(found) for text in texts for found in re.findall(r"^totals: (\d+)", text, re.MULTILINE))


def main(other: Path, only: tuple[str, ...]) -> None:
    """See the module's text."""
    with bench("instructions a request, this checkout : another", deadline=1800) as run:
        new, old = Side(run, "new"), Side(Bench(run.folder, run.stack, root=other), "old")
        for kind in (*PATHS, "orders"):
            if not only or kind in only:
                mine, before = new.cost(kind), old.cost(kind)
                print(f"{kind}: {mine / before:.3f}, {mine / 1e3:.0f} of {before / 1e3:.0f} thousand", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other", type=Path)
    parser.add_argument("--only", nargs="*", default=(), help="kinds by name; none: all")
    chosen = parser.parse_args()
    main(chosen.other.resolve(), tuple(chosen.only))
