"""Two nodes of a Galera cluster, written to at once: conflicts come at COMMIT there, and locks do not reach across."""

import asyncio
import json
import os
import secrets
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from src.core.database.schema import migration_files
from tests.concurrency.galera import Node, folder_for_servers, missing, start_cluster
from tests.concurrency.support import ROOT, within
from tests.concurrency.writing import NAME

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "there is one")

EACH = 100
MIGRATION_FILES = sorted(migration_files(), key=lambda file: int(file.partition("_")[0]))


@pytest.fixture(scope="module")
async def cluster() -> AsyncIterator[list[Node]]:
    """Two nodes that are ready."""
    with folder_for_servers() as folder:
        nodes = [Node(folder, number) for number in (1, 2)]
        try:
            await start_cluster(folder, nodes)
            yield nodes
        finally:
            for node in nodes:
                node.kill()


@pytest.fixture
async def name(cluster: list[Node]) -> str:
    """An empty database, on both nodes."""
    made = f"shop_{secrets.token_hex(4)}"
    await cluster[0].rows(f"CREATE DATABASE {made} CHARACTER SET utf8mb4")
    return made


async def python(*arguments: str, folder: Path, database: str) -> tuple[int, str]:
    """Run a module of ours with that database; its exit status and all it said."""
    environment = {"PATH": os.environ["PATH"], "STATE_DIR": str(folder), "DATABASE_URL": database, "LOG_LEVEL": "INFO"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *arguments,
        cwd=ROOT,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


@pytest.mark.fault("M23")
@within(240)
async def test_two_nodes_that_start_together_migrate_once(cluster: list[Node], name: str, tmp_path: Path) -> None:
    ended = await asyncio.gather(
        *(python("src.cli", "migrate", folder=tmp_path, database=node.url(name)) for node in cluster)
    )

    assert [status for status, _ in ended] == [0, 0], ended
    assert sum("migrated: " in said for _, said in ended) == 1
    for node in cluster:
        assert await node.rows("SELECT version FROM aerich ORDER BY id", name) == [(file,) for file in MIGRATION_FILES]
        assert await node.rows("SELECT COUNT(*) FROM schema_lock", name) == [(0,)]


@pytest.mark.fault("M22")
@within(240)
async def test_writers_on_two_nodes_each_have_their_effect(cluster: list[Node], name: str, tmp_path: Path) -> None:
    """Nearly every second use case meets another node's at COMMIT, which no lock of the row foresees."""
    await cluster[0].rows("CREATE TABLE job (name VARCHAR(64) PRIMARY KEY, last_done INT NOT NULL)", name)
    await cluster[0].rows(f"INSERT INTO job VALUES ('{NAME}', 0)", name)
    before, done = [await conflicts(node) for node in cluster], 0
    for _ in range(10):  # until they did meet: a busy machine may run one node after the other
        done += await written(cluster, name, tmp_path)
        met = sum([await conflicts(node) for node in cluster])
        if met > sum(before):
            break
    else:
        pytest.fail("no use case of one node met one of the other")
    assert await cluster[1].rows("SET STATEMENT wsrep_sync_wait = 15 FOR SELECT last_done FROM job", name) == [(done,)]


async def written(cluster: list[Node], name: str, tmp_path: Path) -> int:
    """Add one EACH times on both nodes at once; how often it was done."""
    ended = await asyncio.gather(
        *(
            python("tests.concurrency.writing", node.url(name), str(EACH), folder=tmp_path, database="")
            for node in cluster
        )
    )

    said = [json.loads(text.splitlines()[-1]) for _, text in ended]
    done = sum(one.pop("done", 0) for one in said)
    others = {kind for one in said for kind in one}
    assert others <= {"src.core.database.errors.DatabaseBusy"}, said
    assert done >= EACH * 2 * 0.9
    return int(done)


async def conflicts(node: Node) -> int:
    """How many transactions of this node another node's were faster than."""
    rows = await node.rows("SHOW STATUS WHERE Variable_name IN ('wsrep_local_cert_failures', 'wsrep_local_bf_aborts')")
    return sum(int(str(value)) for _, value in rows)
