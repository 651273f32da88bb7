"""Shared parts of the benches: servers on loopback that end with the bench, `wrk`, and turns of candidate and limit.

Nothing here asserts a time. A bench has its own database on 127.0.0.1:3306 (root, empty password; the variable
BENCH_MYSQL_PORT names another port), which it drops, a private redis-server, and a deadline after which it stops. It
ends every process that it started, by process id.
"""

from tests.bench.support.machine import (
    MYSQL,
    ROOT,
    children,
    cpu_of,
    free_port,
    load_average,
    memory_line,
    memory_of,
    program,
    sql,
    unique,
    wait_for_calm,
    wrk_program,
)
from tests.bench.support.results import Load, median_rate, ratio_line, turns
from tests.bench.support.servers import HERE, PYTHON, Bench, Server, bench, environment_for, until

__all__ = [
    "HERE",
    "MYSQL",
    "PYTHON",
    "ROOT",
    "Bench",
    "Load",
    "Server",
    "bench",
    "children",
    "cpu_of",
    "environment_for",
    "free_port",
    "load_average",
    "median_rate",
    "memory_line",
    "memory_of",
    "program",
    "ratio_line",
    "sql",
    "turns",
    "unique",
    "until",
    "wait_for_calm",
    "wrk_program",
]
