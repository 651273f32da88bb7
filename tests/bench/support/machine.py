"""The machine of a bench: its ports, programs, load, memory and MySQL."""

import asyncio
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import asyncmy

ROOT = Path(__file__).resolve().parents[3]
MYSQL: dict[str, Any] = {
    "host": "127.0.0.1",
    "port": int(os.environ.get("BENCH_MYSQL_PORT") or 3306),
    "user": "root",
    "password": "",
}
CALM_SECONDS, CALM_SHARE = 20, 0.8
TICKS = os.sysconf("SC_CLK_TCK")
MEMORY_LIMITS_MB = {"Rss": 170, "Pss": 125}


def sql(statement: str, database: str | None = None) -> list[tuple[Any, ...]]:
    """Run one statement on the local MySQL, and return its rows."""

    async def run() -> list[tuple[Any, ...]]:
        connection = await asyncmy.connect(**MYSQL, db=database, autocommit=True, connect_timeout=5)
        try:
            async with connection.cursor() as cursor:
                await cursor.execute(statement)
                return list(await cursor.fetchall())
        finally:
            connection.close()

    return asyncio.run(run())


def memory_of(pid: int) -> dict[str, float]:
    """Return resident and proportional set size of a process, in MB (10^6 bytes)."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = {name: int(kilo) * 1024 / 1e6 for name, kilo in re.findall(r"^(\w+): +(\d+) kB", text, re.MULTILINE)}
    return {name: found[name] for name in ("Rss", "Pss")}


def memory_line(what: str, workers: Sequence[int], *, is_limited: bool = True) -> str:
    """Return one line with the resident and the proportional set size of these workers."""
    found = [memory_of(pid) for pid in workers]
    parts = []
    for name, limit in MEMORY_LIMITS_MB.items():
        sizes = [memory[name] for memory in found]
        verdict = f" {'ok' if max(sizes) <= limit else 'MISSED'} (<= {limit})" if is_limited else ""
        parts.append(f"{name.upper()} {', '.join(f'{size:.0f}' for size in sizes)} MB{verdict}")
    return f"{what}: {'; '.join(parts)}"


def cpu_of(pid: int) -> float:
    """Return the CPU seconds that a process has used, including its threads."""
    numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / TICKS


def children(pid: int) -> list[int]:
    """Return the process ids of a process's children."""
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def free_port() -> int:
    """Return a free port on loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def connects(port: int) -> bool:
    """Return True if something listens on this port of loopback."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def wrk_program() -> str:
    """Return the path of wrk. Raises SystemExit if it is not installed."""
    return program("wrk", "Debian package wrk")


def program(name: str, package: str) -> str:
    """Return the path of a program. Raises SystemExit if it is not installed."""
    if found := shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin"):
        return found
    raise SystemExit(f"{name} is not installed, and this bench needs it ({package})")


def unique() -> str:
    """Return a prefix that no other run has."""
    return secrets.token_hex(8)


def conditions() -> str:
    """Return the conditions of the run in one line: time, machine, versions, commit."""
    mysql = (
        sql("SELECT CONCAT(VERSION(), ' flush=', @@innodb_flush_log_at_trx_commit)")[0][0]
        if connects(MYSQL["port"])
        else "-"
    )
    revision = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    when, python = time.strftime("%F %T"), sys.version.split()[0]
    return (
        f"{when}, {os.cpu_count()} cores, load {load_average()}, Python {python}, MySQL {mysql}, "
        f"{revision.stdout.strip() or 'no git'}"
    )


def load_average() -> str:
    """Return the load average of the last minute."""
    return f"{os.getloadavg()[0]:.1f}"


def wait_for_calm() -> None:
    """Wait until the processors are mostly idle, at most CALM_SECONDS. Servers without requests are idle enough."""
    end = time.monotonic() + CALM_SECONDS
    while time.monotonic() < end:
        before = _idle_ticks()
        time.sleep(0.5)
        if (_idle_ticks() - before) / TICKS >= 0.5 * CALM_SHARE * (os.cpu_count() or 1):
            return


def _idle_ticks() -> int:
    """Return the ticks for which the processors have been idle, summed over all."""
    numbers = Path("/proc/stat").read_text().split("\n", 1)[0].split()
    return int(numbers[4])
