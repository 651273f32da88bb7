"""Nodes of a Galera cluster on loopback. Each has its own ports, folder and small buffers, and is ended by process
id."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncmy
from asyncmy.errors import MySQLError

from tests.concurrency.support import spawn, until
from tests.conftest import REAL, free_port

PROVIDERS = tuple(Path(folder, "galera/libgalera_smm.so") for folder in ("/usr/lib", "/usr/lib64"))
PROGRAMS = ("mariadbd", "mariadb-install-db", "rsync")
PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"


def missing() -> str:
    """Return why no cluster can run here; an empty text if one can."""
    if not REAL:
        return "needs MySQL and Redis"
    lacking = [name for name in PROGRAMS if shutil.which(name, path=PATH) is None]
    if not any(provider.exists() for provider in PROVIDERS):
        lacking.append("Galera's library (Debian: galera-4)")
    if os.geteuid() == 0 and not any(user.pw_name == "mysql" for user in pwd.getpwall()):
        lacking.append("the user mysql")
    return f"a cluster needs {', '.join(lacking)}" if lacking else ""


class Node:
    """One server of the cluster."""

    def __init__(self, folder: Path, number: int) -> None:
        self.number = number
        self.port, self.group_port, self._state_port, self._copy_port = (free_port() for _ in range(4))
        self._folder = folder / f"node-{number}"

    def install(self) -> subprocess.Popen[bytes]:
        """Start a process that creates the empty data folder, owned by the user of the server."""
        data = self._folder / "data"
        data.mkdir()
        if self._user():
            for path in (self._folder, data):
                shutil.chown(path, "mysql", "mysql")
        command = [_program("mariadb-install-db"), "--no-defaults", f"--datadir={data}", "--skip-test-db"]
        command += ["--auth-root-authentication-method=normal", *self._user()]
        return spawn(command, log=self._folder.parent / f"install-{self.number}.log", environment={"PATH": PATH})

    def start(self, peers: str) -> None:
        """Join the nodes at these addresses, or start a new cluster if `peers` is empty."""
        options = ";".join(
            [
                f"base_port={self.group_port}",
                f"gmcast.listen_addr=tcp://127.0.0.1:{self.group_port}",
                f"ist.recv_addr=127.0.0.1:{self._state_port}",
                "gcache.size=16M",
            ]
        )
        self._process = spawn(
            [
                _program("mariadbd"),
                "--no-defaults",
                *self._user(),
                f"--datadir={self._folder}/data",
                f"--tmpdir={self._folder}",
                f"--socket={self._folder}/socket",
                f"--pid-file={self._folder}/pid",
                f"--port={self.port}",
                "--bind-address=127.0.0.1",
                "--performance-schema=OFF",
                "--innodb-buffer-pool-size=24M",
                "--innodb-log-file-size=16M",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-autoinc-lock-mode=2",
                "--binlog-format=ROW",
                "--wsrep-on=ON",
                f"--wsrep-provider={next(each for each in PROVIDERS if each.exists())}",
                f"--wsrep-cluster-name=shop-{self._folder.parent.name}",
                f"--wsrep-cluster-address=gcomm://{peers}",
                f"--wsrep-node-name=node-{self.number}",
                f"--wsrep-node-address=127.0.0.1:{self.group_port}",
                "--wsrep-sst-method=rsync",
                f"--wsrep-sst-receive-address=127.0.0.1:{self._copy_port}",
                f"--wsrep-provider-options={options}",
            ],
            log=self._folder.parent / f"node-{self.number}.log",
            environment={"PATH": PATH},
        )

    async def is_ready(self) -> bool:
        """Return True if the node accepts statements. Fails if its process has ended."""
        log = self._folder.parent / f"node-{self.number}.log"
        assert self._process.poll() is None, log.read_text(errors="replace")[-3000:]
        with contextlib.suppress(MySQLError, OSError):
            return await self.rows("SHOW STATUS LIKE 'wsrep_ready'") == [("wsrep_ready", "ON")]
        return False

    def url(self, database: str) -> str:
        """Return the URL of a database at this node."""
        return f"mysql://root:@127.0.0.1:{self.port}/{database}"

    async def rows(self, statement: str, database: str | None = None) -> list[tuple[object, ...]]:
        """Run a statement at this node, and return its rows."""
        connection = await asyncmy.connect(
            host="127.0.0.1", port=self.port, user="root", password="", db=database, autocommit=True
        )
        try:
            async with connection.cursor() as cursor:
                await cursor.execute(statement)
                return list(await cursor.fetchall())
        finally:
            connection.close()

    def kill(self) -> None:
        """Kill the node's process group."""
        if hasattr(self, "_process"):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, 9)
            self._process.wait(60)

    @staticmethod
    def _user() -> list[str]:
        """Return the option for the user mysql, because mariadbd does not run as root."""
        return ["--user=mysql"] if os.geteuid() == 0 else []


def _program(name: str) -> str:
    found = shutil.which(name, path=PATH)
    assert found is not None
    return found


def _upwards(folder: Path) -> list[Path]:
    return [folder, *folder.parents]


@contextmanager
def folder_for_servers() -> Iterator[Path]:
    """Yield a folder that another user can open, unlike pytest's own."""
    open_to_all = next(each for each in _upwards(Path(tempfile.gettempdir())) if each.stat().st_mode & 0o003 == 0o003)
    with tempfile.TemporaryDirectory(prefix="shop-galera-", dir=open_to_all, ignore_cleanup_errors=True) as made:
        Path(made).chmod(0o755)
        yield Path(made)


async def start_cluster(folder: Path, nodes: list[Node]) -> None:
    """Start the nodes, and wait until all are ready and in one cluster."""
    for node in nodes:
        node_folder = folder / f"node-{node.number}"
        node_folder.mkdir()
    for installing in [node.install() for node in nodes]:
        assert installing.wait(60) == 0, f"see {folder}/install-*.log"
    peers = ""
    for node in nodes:
        node.start(peers)
        assert await until(node.is_ready, seconds=90, every=0.2), f"node {node.number} does not get ready"
        peers = f"127.0.0.1:{nodes[0].group_port}"
    size = [("wsrep_cluster_size", str(len(nodes)))]

    async def is_whole() -> bool:
        return await nodes[0].rows("SHOW STATUS LIKE 'wsrep_cluster_size'") == size

    assert await until(is_whole, seconds=60)
