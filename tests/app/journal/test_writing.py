"""Rows of the journal are written once by their cause, and never changed or removed."""

import asyncio
import logging
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from tortoise.exceptions import BaseORMException

from src.app.journal.models import MONEY, OWED, SIGNS, EntryKind, JournalEntry, JournalEntryArchive
from src.app.journal.models.entry import AppendOnly
from src.app.journal.services import journal
from src.app.journal.services.journal import Entry
from src.core.database import unit_of_work
from tests.app.product.captured import captured_sql

pytestmark = pytest.mark.usefixtures("empty")
K = EntryKind


def refund(number: int, amount: int = -3_000) -> Entry:
    """A refund of order 7 by its number."""
    return Entry(order_id=7, kind=K.REFUND, amount=amount, cause=f"refund:{number}", payment_id=9)


async def write(*entries: Entry) -> int:
    """Write them in a transaction of their own."""
    return await unit_of_work(lambda: journal.write(entries))


async def test_rows_are_one_insert_with_their_korean_day(app: FastAPI) -> None:
    late = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)  # midnight in Korea
    sale = Entry(order_id=7, kind=K.SALE, amount=10_000, cause="sale:1", line_no="x-01", at=late)
    with captured_sql() as statements:
        assert await write(sale, refund(1)) == 2
    assert [text.split()[0] for text in statements] == ["INSERT"]
    row = await JournalEntry.get(cause="sale:1")
    assert (row.order_id, row.line_no, row.kind, row.amount) == (7, "x-01", K.SALE, 10_000)
    assert (row.day, row.at) == (date(2026, 11, 28), late)
    assert (await JournalEntry.get(cause="refund:1")).payment_id == 9


async def test_a_cause_is_written_once(app: FastAPI) -> None:
    assert await write(refund(1)) == 1
    assert await write(refund(1), refund(2)) == 1
    assert await write(refund(1), refund(2)) == 0
    assert [row.cause for row in await JournalEntry.all().order_by("cause")] == ["refund:1", "refund:2"]


async def test_two_writers_of_one_cause_leave_one_row(app: FastAPI) -> None:
    assert sorted(await asyncio.gather(*(write(refund(1)) for _ in range(4)))) == [0, 0, 0, 1]
    assert await JournalEntry.all().count() == 1


async def test_a_row_of_nothing_is_left_out(app: FastAPI) -> None:
    with captured_sql() as statements:
        assert await write(refund(1, amount=0)) == 0
    assert statements == []


async def test_another_sum_for_a_known_cause_is_told_and_changes_nothing(
    app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    await write(refund(1))
    with caplog.at_level(logging.ERROR):
        assert await write(refund(1, amount=-4_000)) == 0
    assert "refund:1 with -3000 won, not -4000" in caplog.text
    assert (await JournalEntry.get()).amount == -3_000


async def test_a_failed_transaction_leaves_no_row(app: FastAPI) -> None:
    async def die() -> None:
        await journal.write([refund(1)])
        raise RuntimeError("died")

    with pytest.raises(RuntimeError, match="died"):
        await unit_of_work(die)
    assert not await JournalEntry.exists()


async def test_outside_a_transaction_and_with_a_wrong_sign_it_refuses(app: FastAPI) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        await journal.write([refund(1)])
    with pytest.raises(ValueError, match="wrong sign"):
        await write(refund(1, amount=3_000))
    assert await write(*(Entry(order_id=1, kind=K.CORRECTION, amount=n, cause=f"c:{n}") for n in (-1, 1))) == 2
    assert await JournalEntry.filter(kind=K.REFUND).count() == 0


async def test_the_database_refuses_a_row_of_nothing(app: FastAPI) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with pytest.raises(BaseORMException, match="ck_journal_entry_amount"):
        await JournalEntry.create(order_id=1, amount=0, kind=K.SALE, cause="x", at=now, day=now.date())


async def test_rows_are_neither_changed_nor_deleted(app: FastAPI) -> None:
    await write(refund(1))
    row = await JournalEntry.get()
    row.amount = -1
    for change in (
        row.save,
        row.delete,
        lambda: JournalEntry.filter(id=row.id).update(amount=-1),
        lambda: JournalEntry.all().delete(),
    ):
        with pytest.raises(AppendOnly):
            await change()
    assert (await JournalEntry.get()).amount == -3_000


def test_no_module_changes_or_deletes_the_journal() -> None:
    """Only the move to the archive does (`common.records.archiving`, by tables and not by this name)."""
    forbidden = re.compile(
        r"(?:UPDATE|DELETE\s+FROM|REPLACE\s+INTO|TRUNCATE(?:\s+TABLE)?)\s+[`\"]?journal_entry"
        r"|JournalEntry(?:Archive)?\b[^\n]*\.(?:update|delete|bulk_update|update_or_create|raw)\(",
        re.IGNORECASE,
    )
    found = [
        str(path)
        for path in Path("src").rglob("*.py")
        if "migrations" not in path.parts and forbidden.search(path.read_text())
    ]
    assert found == []
    assert forbidden.search("await change('DELETE FROM journal_entry')")
    assert forbidden.search("JournalEntryArchive.filter(id=1).update(amount=0)")


def test_every_kind_has_a_side_and_a_sign() -> None:
    assert set(SIGNS) == set(EntryKind) == MONEY | OWED
    assert {K.INTEREST} == MONEY & OWED
    assert JournalEntryArchive._meta.db_table == "journal_entry_archive"
