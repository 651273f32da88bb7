"""``python -m src.cli db``: what is applied, what is not, what differs, and back again where nothing can be lost."""

import asyncio
import os
import sys
from datetime import date
from pathlib import Path

import asyncmy
import pytest

from src.core.configs.groups import DatabaseSettings
from src.core.database.schema import migration_files
from tests.core.database.test_schema import ROOT, command, database, needs_mysql, select, url_of  # noqa: F401 - a fixture

pytestmark = pytest.mark.fault("S1")

NAMES = sorted(migration_files(), key=lambda name: int(name.partition("_")[0]))
CHECKS = next(name for name in NAMES if name.endswith("_checks.py"))
ONE_RETENTION = next(name for name in NAMES if name.endswith("_one_retention.py"))
OK = "ok: the schema is that of this code\n"


async def change(name: str, statement: str) -> None:
    """Run a statement in that database, committed."""
    address = DatabaseSettings(url=url_of(name)).mysql
    assert address is not None
    connection = await asyncmy.connect(
        host=address.host, port=address.port, user=address.user, password=address.password, db=name, autocommit=True
    )
    try:
        async with connection.cursor() as cursor:
            await cursor.execute(statement)
    finally:
        connection.close()


@needs_mysql
@pytest.mark.fault("S11")
async def test_a_database_goes_up_down_and_up_again(database: str, tmp_path: Path) -> None:  # noqa: F811 - the fixture
    """A row that a constraint would refuse comes in between: it stays and is listed, and the migration leaves the
    constraint out, until the row is mended and `db upgrade` adds it."""

    async def db(*words: str) -> tuple[int, str]:
        return await command("db", *words, state=tmp_path, database=url_of(database))

    assert await db("history") == (0, "".join(f"pending {name}\n" for name in NAMES))
    status, said = await db("check")
    assert (status, said.count("pending: ")) == (1, len(NAMES))
    status, said = await db("upgrade")
    assert (status, said.endswith(OK)) == (0, True), said
    assert await db("check") == (0, OK)

    since = NAMES.index(CHECKS)
    status, said = await db("downgrade", CHECKS.partition("_")[0])
    assert (status, said) == (0, "".join(f"taken back: {name}\n" for name in reversed(NAMES[since:])))
    assert await db("current") == (0, f"{NAMES[since - 1]}\n")
    assert (await db("downgrade", "999"))[0] == 2

    await change(database, "INSERT INTO search_term (day, term, searches, misses) VALUES ('2026-11-01', 'x', 1, -1)")
    line = "1 rows of search_term break ck_search_term_misses: misses >= 0\n"
    status, said = await db("upgrade")
    assert (status, said.endswith(line + OK)) == (0, True), said
    assert await db("check") == (1, line)
    assert await select(database, "SELECT misses FROM search_term") == [(-1,)]

    await change(database, "UPDATE search_term SET misses = 0")
    assert await db("check") == (1, "constraint missing: ck_search_term_misses\n")
    assert await db("upgrade") == (0, "added: ck_search_term_misses\n" + OK)
    assert await db("check") == (0, OK)


@needs_mysql
async def test_former_requests_and_records_are_copied(database: str, tmp_path: Path) -> None:  # noqa: F811 - the fixture
    """Migration 17 copies what the release before wrote; its own tables keep their rows."""

    async def db(*words: str) -> tuple[int, str]:
        return await command("db", *words, state=tmp_path, database=url_of(database))

    assert (await db("upgrade"))[0] == 0
    assert (await db("downgrade", ONE_RETENTION.partition("_")[0]))[0] == 0
    moments = "'2026-11-01', '2026-11-02'"
    await change(database, f"INSERT INTO order_separation (member_id, requested_at, done_at) VALUES (7, {moments})")
    await change(database, "INSERT INTO payment_separation (member_id, requested_at) VALUES (7, '2026-11-03')")
    for table, column in (("order_legal_record", "order_no"), ("payment_legal_record", "payment_id")):
        await change(
            database,
            f"INSERT INTO {table} ({column}, payload, keep_until, created_at) "
            "VALUES ('20261101-ABCDEFGH', '{\"name\": \"a\"}', '2031-11-01', '2026-11-01')",
        )
    status, said = await db("upgrade")
    assert (status, said.endswith(OK)) == (0, True), said

    asked = "SELECT domain, member_id, CAST(requested_at AS DATE), done_at IS NULL FROM anonymisation ORDER BY domain"
    assert await select(database, asked) == [("order", 7, date(2026, 11, 1), 0), ("payment", 7, date(2026, 11, 3), 1)]
    kept = "SELECT domain, reference, JSON_VALUE(payload, '$.name'), CAST(keep_until AS DATE) FROM legal_record ORDER BY domain"
    reference = "20261101-ABCDEFGH"
    assert await select(database, kept) == [
        (domain, reference, "a", date(2031, 11, 1)) for domain in ("order", "payment")
    ]
    # The release before may still write there: its rows stay where they are.
    assert await select(database, "SELECT COUNT(*) FROM order_legal_record") == [(1,)]


async def test_taking_back_is_refused_where_something_could_be_lost(tmp_path: Path) -> None:
    """The environment decides, before its settings are complete and anything is opened."""
    environment = {"PATH": os.environ["PATH"], "ENV": "prod", "STATE_DIR": str(tmp_path)}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "src.cli",
        "db",
        "downgrade",
        cwd=ROOT,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode == 78
    assert b"ENV=prod" in said


async def test_the_embedded_database_has_nothing_to_take_back(tmp_path: Path) -> None:
    assert (await command("db", "upgrade", state=tmp_path))[1].endswith(OK)
    assert await command("db", "check", state=tmp_path) == (0, OK)
    status, said = await command("db", "downgrade", state=tmp_path)
    assert (status, "made from the models" in said or "no migrations" in said) == (2, True)
