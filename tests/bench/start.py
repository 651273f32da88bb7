"""Measure a second start, from ``./start_gunicorn.sh`` to 200 at ``/health/ready``.

    .venv/bin/python -m tests.bench.start [--starts 7]

The first start, which loads the demo shop, is not counted. ``.venv`` must be set up.
"""

import argparse
import statistics
import subprocess
import time

from tests.bench.support import PYTHON, ROOT, Bench, bench, until

LIMIT_SECONDS = 2.0


def seconds_to_ready(run: Bench, name: str, **environment: str) -> float:
    """Start the script, stop it when it is ready, and return the seconds to ready."""
    began = time.perf_counter()
    server = run.script(name, **environment)
    until(lambda: server.answers("/health/ready"), name, server, every=0.01)
    took = time.perf_counter() - began
    server.stop()
    return took


def report(run: Bench, what: str, name: str, starts: int, **environment: str) -> None:
    """Start `starts` times with this configuration, and print the median."""
    first = seconds_to_ready(run, name, **environment)
    took = [seconds_to_ready(run, name, **environment) for _ in range(starts)]
    middle = statistics.median(took)
    verdict = "ok" if middle <= LIMIT_SECONDS else "MISSED"
    print(f"{what}: {middle:.2f} s [{min(took):.2f} to {max(took):.2f}] {verdict} (<= {LIMIT_SECONDS} s); "
          f"the first took {first:.2f} s", flush=True)  # fmt: skip


def main(starts: int) -> None:
    """See the module docstring."""
    check = [PYTHON, "-I", "-S", "scripts/environment.py", "--check"]
    if subprocess.run(check, cwd=ROOT, check=False).returncode:
        raise SystemExit(".venv is not what poetry.lock says: the script would install it first. Run it once before.")
    with bench("start: seconds from the script to ready", deadline=600) as run:
        report(run, "embedded", "embedded", starts, STATE_DIR=str(run.folder / "embedded"))
        run.use_mysql()
        run.use_redis()
        report(run, "MySQL and Redis, 1 worker", "one", starts)
        report(run, "MySQL and Redis, 2 workers", "two", starts, WEB_CONCURRENCY="2")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=7)
    main(parser.parse_args().starts)
