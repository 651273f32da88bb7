"""Measure the CPU of a worker without requests, which only polls the tables of background work.

.venv/bin/python -m tests.bench.idle [--seconds 20]
"""

import argparse
import time

from tests.bench.support import Server, bench, cpu_of

SETTLE_SECONDS = 5


def shares(servers: dict[str, Server], seconds: float) -> None:
    """Print the CPU of each server's worker and master, in percent of one core."""
    time.sleep(SETTLE_SECONDS)
    pids = {name: (server.worker, server.process.pid) for name, server in servers.items()}
    before = {pid: cpu_of(pid) for pair in pids.values() for pid in pair}
    began = time.perf_counter()
    time.sleep(seconds)
    lasted = time.perf_counter() - began
    for name, (worker, master) in pids.items():
        used = [(cpu_of(pid) - before[pid]) / lasted * 100 for pid in (worker, master)]
        print(f"{name}: worker {used[0]:.2f} % of a core, master {used[1]:.2f} %")


def main(seconds: float) -> None:
    """See the module docstring."""
    with bench("idle: CPU of a worker without requests", deadline=180) as run:
        servers = {"embedded": run.shop("embedded", STATE_DIR=str(run.folder / "embedded"))}
        run.use_mysql()
        run.use_redis()
        servers["MySQL and Redis"] = run.shop()
        shares(servers, seconds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    main(parser.parse_args().seconds)
