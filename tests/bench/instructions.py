"""What a request costs in two checkouts, in machine instructions: neighbours on the machine cannot move the figure.

    .venv/bin/python -m tests.bench.instructions OTHER [--only orders me start ...] [--runs 5]

OTHER is a checkout of the commit before, its `.venv` ready. Both apps are called from inside (`asgi_caller`), sixteen
requests at once, under valgrind's callgrind, on MySQL and Redis of their own with the demo shop and the provider that
does nothing; no background jobs run (`JOBS=apart`), and strings are hashed alike (`PYTHONHASHSEED=0`). Each kind is
warmed up once and then counted `--runs` times on both sides in turns. Printed are the ratio of the least counts and the
range of each side: jobs of the process, and caches that ran out meanwhile, only add to a count. ``start`` is all that
the caller does until it is ready: imports, app, lifespan, one sign-in.
Needs the Debian package `valgrind`. Takes ten minutes.
"""

import argparse
import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.bench.asgi_caller import PATHS
from tests.bench.memory import DEMO
from tests.bench.orders import SELLABLE, fill_stock, write_bodies
from tests.bench.support import Bench, bench, environment_for, program, sql, unique

COUNTS = {"orders": 64}
READS = 400
START = "start"
SAME = {"JOBS": "apart", "PYTHONHASHSEED": "0"}


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
        caller = Path(__file__).with_name("asgi_caller.py")
        self._call = [str(run.root / ".venv/bin/python"), str(caller), str(bodies), json.dumps(DEMO)]
        self._run, self._environment = run, {**environment_for(shop.environment), **SAME}
        self._process = self._open(self._out, is_counting=False)

    def _open(self, out: Path, *, is_counting: bool) -> "subprocess.Popen[str]":
        """Start a caller and wait until it is ready."""
        valgrind = program("valgrind", "Debian package valgrind")
        options = [f"--instr-atstart={'yes' if is_counting else 'no'}", f"--callgrind-out-file={out}", "-q"]
        log = out.with_suffix(".log").open("w")
        process = subprocess.Popen(
            [valgrind, "--tool=callgrind", *options, *self._call], cwd=self._run.root, env=self._environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, bufsize=1,
        )  # fmt: skip
        self._run.stack.callback(process.kill)
        self._await(process)
        return process

    def _start(self) -> float:
        """Instructions from nothing to the first answer."""
        out = self._out.with_name(f"{self._out.name}-start-{unique()}")
        process = self._open(out, is_counting=True)
        subprocess.run([self._control, "-d", str(process.pid)], check=True, capture_output=True)
        process.kill()
        process.wait()
        return _total(out)

    def warm(self, kind: str) -> None:
        """Ask until every cache has what this kind needs."""
        if kind != START:
            self._ask(kind, 2 * COUNTS.get(kind, READS))

    def cost(self, kind: str) -> float:
        """Instructions a request."""
        if kind == START:
            return self._start()
        count = COUNTS.get(kind, READS)
        self._ask(kind, count // 4)
        self._tell("-z")
        self._tell("-i", "on")
        self._ask(kind, 16)
        self._tell("-d")
        before = _total(self._out)
        self._ask(kind, count)
        self._tell("-d")
        self._tell("-i", "off")
        return (_total(self._out) - before) / count

    def _ask(self, kind: str, count: int) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{kind} {count}\n")
        self._await(self._process)

    def _await(self, process: "subprocess.Popen[str]") -> None:
        """Wait for the caller's next ``done``; the app's own log lines go by."""
        assert process.stdout is not None
        for line in process.stdout:
            if line == "done\n":
                return
        raise SystemExit(f"the caller ended: {self._out}*.log")

    def _tell(self, *words: str) -> None:
        subprocess.run([self._control, *words, str(self._process.pid)], check=True, capture_output=True)


def _total(out: Path) -> int:
    """All instructions in the dumps that callgrind wrote to this name."""
    files = (file for file in out.parent.glob(f"{out.name}.*") if file.suffix != ".log")
    texts = (file.read_text(errors="replace") for file in files)
    return sum(int(found) for text in texts for found in re.findall(r"^totals: (\d+)", text, re.MULTILINE))


def _line(kind: str, mine: Sequence[float], theirs: Sequence[float]) -> str:
    ratio = min(mine) / min(theirs)
    ranges = " of ".join(f"{min(side) / 1e3:.0f} to {max(side) / 1e3:.0f}" for side in (mine, theirs))
    return f"{kind}: {ratio:.3f}, {ranges} thousand"


def main(other: Path, only: tuple[str, ...], runs: int) -> None:
    """See the module's text."""
    with bench("instructions a request, this checkout : another", deadline=3600) as run:
        sides = Side(run, "new"), Side(Bench(run.folder, run.stack, root=other), "old")
        for kind in (*PATHS, "orders", START):
            if only and kind not in only:
                continue
            for side in sides:
                side.warm(kind)
            counted = [[side.cost(kind) for side in sides] for _ in range(runs)]
            mine, theirs = zip(*counted, strict=True)
            print(_line(kind, mine, theirs), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other", type=Path)
    parser.add_argument("--only", nargs="*", default=(), help="kinds by name; none: all")
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    main(chosen.other.resolve(), tuple(chosen.only), chosen.runs)
