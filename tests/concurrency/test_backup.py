"""Backup and restore as docs/operations.md tells them, rehearsed: beside a shop that goes on selling."""

import asyncio
import gzip
import os
import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.concurrency.buyers import new_key, place, quoted_body, set_stock, some_variants
from tests.concurrency.servers import Database
from tests.concurrency.support import ROOT, Shop, needs_servers
from tests.conftest import on_server

pytestmark = needs_servers

Run = Callable[..., Awaitable[tuple[int, str]]]
SUMS = "SELECT (SELECT COUNT(*) FROM orders), (SELECT COUNT(*) FROM stock_ledger), (SELECT SUM(stock) FROM variant)"


@pytest.fixture
def script(calm: tuple[Shop, Database], tmp_path: Path) -> Run:
    """Run a script of ours for the running shop's database; its exit status and what it said."""
    shop, database = calm
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = {**kept, "DATABASE_URL": database.url, "STATE_DIR": str(shop.log.parent), "TMPDIR": str(tmp_path)}

    async def run(*command: str | Path, **more: str) -> tuple[int, str]:
        done = await asyncio.to_thread(
            subprocess.run,
            [str(part) for part in command],
            cwd=ROOT,
            env={**environment, **more},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    return run


async def buy(shop: Shop, database: Database, count: int) -> None:
    """So many orders, one after the other."""
    async with shop.client() as client:
        (variant,) = await some_variants(database, 1, skip=30)
        await set_stock(database, variant, 10)
        body = await quoted_body(client, [(variant, 1)])
        for _ in range(count):
            assert (await place(client, body, new_key())).status_code == 201


async def backup_of(script: Run, folder: Path) -> Path:
    """A backup that was made."""
    status, said = await script("scripts/backup.sh", folder)
    assert status == 0, said
    return Path(said.strip().splitlines()[-1])


async def test_a_backup_beside_the_running_shop_comes_back_whole(
    calm: tuple[Shop, Database], script: Run, tmp_path: Path
) -> None:
    shop, database = calm
    await buy(shop, database, 3)
    before = await database.rows(SUMS)
    (media := shop.log.parent / "media" / "uploads").mkdir(parents=True, exist_ok=True)
    (media / "rehearsed.webp").write_bytes(b"picture")

    backup = await backup_of(script, tmp_path / "backups")
    await buy(shop, database, 2)  # after the moment of the backup
    other = f"{database.name}_back"
    try:
        status, said = await script("scripts/restore.sh", backup, other, tmp_path / "restored")
        restored = await database.rows(SUMS.replace("FROM ", f"FROM {other}."))
        status_again, said_again = await script("scripts/restore.sh", backup, other)
    finally:
        await on_server(f"DROP DATABASE IF EXISTS {other}")

    assert (status, said.strip().splitlines()[-2:]) == (
        0,
        ["ok: every stock is what its ledger says", f"restored into {other}"],
    )
    assert restored == before
    assert await database.rows(SUMS) != before
    assert (tmp_path / "restored/media/uploads/rehearsed.webp").read_bytes() == b"picture"
    assert (status_again, said_again.strip()) == (1, f"the database {other} exists already")


async def test_a_damaged_backup_is_refused_before_anything_is_made(
    calm: tuple[Shop, Database], script: Run, tmp_path: Path
) -> None:
    _, database = calm
    backup = await backup_of(script, tmp_path / "backups")
    dump = backup / "database.sql.gz"
    dump.write_bytes(gzip.compress(gzip.decompress(dump.read_bytes())[:-200]))

    status, said = await script("scripts/restore.sh", backup, f"{database.name}_bad")

    assert status == 1
    assert "the backup is damaged" in said
    assert await database.rows(f"SHOW DATABASES LIKE '{database.name}\\_bad'") == []


async def test_old_backups_go_and_the_newest_stays(calm: tuple[Shop, Database], script: Run, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    (old := folder / "micgolf-20250101T000000Z").mkdir(parents=True)
    (foreign := folder / "photos").mkdir()
    for path in (old, foreign):
        os.utime(path, (0, 0))

    backup = await backup_of(script, folder)

    assert sorted(path.name for path in folder.iterdir()) == sorted([backup.name, "photos"])
    assert sorted(path.name for path in backup.iterdir() if path.name != "media.tar") == [
        "SHA256SUMS",
        "database.sql.gz",
    ]
    assert backup.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        (
            {"DATABASE_URL": "mysql://root:@127.0.0.1:3306/a;b"},
            "a database is named by letters, digits and underscores",
        ),
        ({"DATABASE_URL": "sqlite:///shop.db"}, "DATABASE_URL must read mysql://"),
        ({"DATABASE_URL": "", "DB_HOST": ""}, "DATABASE_URL or DB_HOST must be set"),
        ({"DATABASE_URL": "mysql://root:wrong%22%5C@127.0.0.1:1/micgolf"}, ""),  # nobody listens
    ],
)
async def test_a_backup_that_cannot_be_made_leaves_nothing(
    script: Run, tmp_path: Path, environment: dict[str, str], reason: str
) -> None:
    status, said = await script("scripts/backup.sh", tmp_path / "backups", **environment)

    assert status != 0
    assert reason in said
    assert list((tmp_path / "backups").glob("*")) == []
    assert list((tmp_path / "backups").glob(".part*")) == []
