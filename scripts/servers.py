# noqa: INP001 - a folder of helpers that are run as files
"""MySQL and Redis for the tests: configured, found on the usual ports, or private ones in a temporary folder.

MySQL: ``TEST_DATABASE_URL``, else a private one, else the server on 127.0.0.1:3306 if it accepts root without a
password. Each run has its own databases there and drops them at its end. A private one never waits for the disk: tests
commit a hundred thousand times, and each commit would cost 3 ms. Redis: ``TEST_REDIS_URL``, else a private one, else
empty numbered databases of the server on 127.0.0.1:6379. Tests empty their Redis databases, and a Redis that is found
there may hold somebody's data. A whole run uses REDIS_DATABASES of them, from the number in the address on.
"""

import asyncio
import getpass
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import asyncmy
import redis

START_SECONDS = 60
REDIS_DATABASES = 3  # one for each lane of tests on the real pair, see scripts/checks.py
LEFTOVER_SECONDS = 6 * 3600
OURS = re.compile(r"shop_test_([0-9a-f]{8})_\w+")  # the start of the run in hexadecimal seconds, then any name
MORE_FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/usr/libexec", "/usr/local/mysql/bin", "/opt/homebrew/bin")


@dataclass
class Servers:
    """The addresses of both servers. An address is empty if there is no such server; `missing` has the reason."""

    mysql: str = ""
    redis: str = ""
    prefix: str = field(default_factory=lambda: f"shop_test_{int(time.time()):08x}_{os.getpid()}_")
    notes: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@contextmanager
def servers(folder: Path) -> Iterator[Servers]:
    """Provide both servers for the body. Private ones are in `folder` and end with the body; on other servers the
    databases of this run are dropped."""
    with ExitStack() as stack:
        found = Servers()
        try:
            found.mysql = _mysql(folder, found, stack)
            found.redis = _redis(folder, found, stack)
        except Missing as missing:
            found.missing.append(str(missing))
        yield found


class Missing(Exception):
    """A server is not available, with the reason."""


def _mysql(folder: Path, found: Servers, stack: ExitStack) -> str:
    if url := os.environ.get("TEST_DATABASE_URL", ""):
        url = "{0.scheme}://{0.netloc}/".format(
            urlsplit(url)
        )  # never use the database in the URL: tests would empty it
        if not _answers(url):
            raise Missing("MySQL: the one at TEST_DATABASE_URL does not answer, or not to this user")
        found.notes.append("MySQL: the one at TEST_DATABASE_URL")
    elif program := _program("mariadbd") or _program("mysqld"):
        found.notes.append("MySQL: a private one")
        return _private_mysql(program, folder / "mysql", stack)
    elif _answers(url := "mysql://root:@127.0.0.1:3306/"):
        found.notes.append("MySQL: the one on 127.0.0.1:3306")
    else:
        raise Missing(
            "MySQL: mariadbd or mysqld is not installed, and none on 127.0.0.1:3306 takes root without password"
        )
    _drop(url, lambda name, age: age > LEFTOVER_SECONDS)  # databases of killed runs
    stack.callback(_drop, url, lambda name, age: name.startswith(found.prefix))
    return url


def _redis(folder: Path, found: Servers, stack: ExitStack) -> str:
    if url := os.environ.get("TEST_REDIS_URL", ""):
        with redis.Redis.from_url(url, socket_timeout=5) as client:
            if not _pongs(client):
                raise Missing("Redis: the one at TEST_REDIS_URL does not answer")
        found.notes.append("Redis: the one at TEST_REDIS_URL")
        return url
    if program := _program("redis-server"):
        found.notes.append("Redis: a private one")
        return _private_redis(program, folder / "redis", stack)
    with redis.Redis(port=6379, socket_timeout=5) as client:
        if not _pongs(client):
            raise Missing("Redis: no redis-server is installed, and none listens on 127.0.0.1:6379")
        full = {int(name.removeprefix("db")) for name in client.info("keyspace")}
    for number in range(16 - REDIS_DATABASES, 0, -1):
        if full.isdisjoint(range(number, number + REDIS_DATABASES)):
            found.notes.append(f"Redis: databases from {number} on, which are empty, of the one on 127.0.0.1:6379")
            return f"redis://127.0.0.1:6379/{number}"
    raise Missing("Redis: the databases of the one on 127.0.0.1:6379 hold something, and tests would empty them")


def _private_redis(program: str, folder: Path, stack: ExitStack) -> str:
    folder.mkdir()
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    server = _start([program, *options], folder / "log", stack)
    with redis.Redis(port=port, socket_timeout=5) as client:
        _wait("Redis", server, folder / "log", lambda: _pongs(client))
    return f"redis://127.0.0.1:{port}/0"


def _private_mysql(program: str, folder: Path, stack: ExitStack) -> str:
    folder.mkdir()
    data, log, port = folder / "data", folder / "log", free_port()
    user = ["--user=" + getpass.getuser()]
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603 - an installed server
    if "MariaDB" in version:
        maker = _program("mariadb-install-db") or _program("mysql_install_db")
        if not maker:
            raise Missing("MySQL: mariadbd is installed without mariadb-install-db")
        prepare = [maker, "--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"]
        more: list[str] = []
    else:
        prepare, more = [program, "--no-defaults", "--initialize-insecure"], ["--mysqlx=OFF"]
    with log.open("wb") as out:
        command = [*prepare, f"--datadir={data}", *user]
        made = subprocess.run(command, stdout=out, stderr=out, timeout=START_SECONDS, check=False)  # noqa: S603 - as above
    if made.returncode:
        raise Missing(f"MySQL: a private one could not be made:\n{_tail(log)}")
    places = [f"--datadir={data}", f"--socket={folder / 's'}", f"--pid-file={folder / 'pid'}", f"--port={port}"]
    # What was committed survives the end of the server's process, which tests bring about, but not that of the machine.
    quick = ["--innodb-flush-log-at-trx-commit=2", "--innodb-flush-method=nosync", "--skip-log-bin"]
    quick += ["--bind-address=127.0.0.1"]
    server = _start([program, "--no-defaults", *places, *quick, *more, *user], log, stack)
    url = f"mysql://root:@127.0.0.1:{port}/"
    _wait("MySQL", server, log, lambda: _answers(url))
    return url


def _start(command: list[str], log: Path, stack: ExitStack) -> "subprocess.Popen[bytes]":
    """Start a server that ends with the stack. It has its own process group, so that Ctrl-C stops the tests first."""
    with log.open("ab") as out:
        server = subprocess.Popen(command, stdout=out, stderr=out, process_group=0)  # noqa: S603 - an installed server

    def end() -> None:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(20)
        server.kill()
        server.wait()

    stack.callback(end)
    return server


def _wait(name: str, server: "subprocess.Popen[bytes]", log: Path, is_up: Callable[[], bool]) -> None:
    end = time.monotonic() + START_SECONDS
    while not is_up():
        if server.poll() is not None or time.monotonic() > end:
            raise Missing(f"{name}: a private one did not start:\n{_tail(log)}")
        time.sleep(0.1)


def _drop(url: str, which: Callable[[str, float], bool]) -> None:
    """Drop the test databases for which `which(name, age in seconds)` is true. Other databases are never touched."""
    for (name,) in sql(url, "SHOW DATABASES LIKE 'shop\\_test\\_%'"):
        if (match := OURS.fullmatch(name)) and which(name, time.time() - int(match[1], 16)):
            sql(url, f"DROP DATABASE IF EXISTS `{name}`")


def sql(url: str, statement: str) -> list[tuple[str, ...]]:
    """Run one statement on the server, outside any database."""
    parts = urlsplit(url)

    async def run() -> list[tuple[str, ...]]:
        connection = await asyncmy.connect(
            host=parts.hostname or "127.0.0.1",
            port=parts.port or 3306,
            user=unquote(parts.username or "root"),
            password=unquote(parts.password or ""),
            connect_timeout=5,
        )
        try:
            async with connection.cursor() as cursor:
                await cursor.execute(statement)
                return list(await cursor.fetchall())
        finally:
            connection.close()

    return asyncio.run(run())


def _answers(url: str) -> bool:
    try:
        return bool(sql(url, "SELECT 1"))
    except Exception:  # noqa: BLE001 - after any error the server on that port is not usable
        return False


def _pongs(client: "redis.Redis") -> bool:
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False


def _program(name: str) -> str | None:
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", os.defpath), *MORE_FOLDERS]))


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-15:])


def free_port() -> int:
    """Return a free loopback port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
