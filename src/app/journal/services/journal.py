"""Append rows to the journal: `write`, called by whoever moves won, in the transaction that moves it.

from src.app.journal.services import journal

await journal.write([journal.Entry(order_id=7, kind=EntryKind.REFUND, amount=-3_000, cause="refund:17")])
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from src.app.journal.models import SIGNS, EntryKind, TaxClass
from src.common import clock
from src.common.clock import KST
from src.core.database import in_unit_of_work
from src.core.database.statements import change, dialect, fetch, marks

logger = logging.getLogger(__name__)

COLUMNS: Final = ("order_id", "line_no", "kind", "amount", "tax_class", "payment_id", "cause", "at", "day")
TABLE: Final = "journal_entry"
FEW: Final = 4
ROW: Final = f"({marks(len(COLUMNS))})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row to write. `amount` is in signed won, with the sign of its kind (`SIGNS`); the other fields are those of
    `JournalEntry`. `at` is now if it is not given."""

    order_id: int
    kind: EntryKind
    amount: int
    cause: str
    line_no: str = ""
    tax_class: TaxClass = TaxClass.NONE
    payment_id: int | None = None
    at: datetime | None = None


async def write(entries: Sequence[Entry]) -> int:
    """Append the rows in the open unit of work, by one INSERT, and return how many were new. Rows of 0 won are left
    out.

    Idempotent by `cause`: a row whose cause is in the journal changes nothing, also when two transactions write it at
    once (the second waits for the first). One that differs from the row there in order, kind or amount is logged as an
    error and left out. Call with the order or, for money that moved through a payment, the payment locked: so the order
    stays live, where its rows are. Raises RuntimeError outside a unit of work, and ValueError for a sign that the kind
    does not have.
    """
    if not in_unit_of_work():
        raise RuntimeError("the journal is written in the transaction that moves the won")
    rows = [entry for entry in entries if entry.amount]
    for entry in rows:
        check_sign(entry)
    if not rows:
        return 0
    text = f"INSERT INTO {TABLE} ({names()}) VALUES {', '.join([ROW] * len(rows))}{once()}"  # noqa: S608
    now = clock.now()
    values = [value for entry in rows for value in values_of(entry, now)]
    new = await change(text, values, is_fixed=len(rows) <= FEW)
    if new < len(rows):
        await _tell_differing(rows)
    return new


def check_sign(entry: Entry) -> None:
    """Raise ValueError for a sum with a sign that its kind does not have."""
    if entry.amount * SIGNS[entry.kind] < 0:
        raise ValueError(f"{entry.kind.value} of {entry.amount} won has the wrong sign")


def names() -> str:
    """Return the columns of an INSERT, in the order of `values_of`."""
    return ", ".join(f"`{name}`" for name in COLUMNS)


def once() -> str:
    """Return the end of an INSERT that leaves a cause that is there as it is. IGNORE would also hide values that do not
    fit."""
    if dialect() == "sqlite":
        return " ON CONFLICT (cause) DO NOTHING"
    return f" ON DUPLICATE KEY UPDATE cause = {TABLE}.cause"


def values_of(entry: Entry, now: datetime) -> tuple[Any, ...]:
    """Return the values of a row in the order of COLUMNS."""
    at = entry.at or now
    return (
        entry.order_id,
        entry.line_no,
        entry.kind.value,
        entry.amount,
        entry.tax_class.value,
        entry.payment_id,
        entry.cause,
        at,
        at.astimezone(KST).date(),
    )


async def _tell_differing(rows: Sequence[Entry]) -> None:
    text = f"SELECT cause, order_id, kind, amount FROM {TABLE} WHERE cause IN ({marks(len(rows))})"  # noqa: S608
    held = {row["cause"]: row for row in await fetch(text, [entry.cause for entry in rows])}
    for entry in rows:
        row = held.get(entry.cause)
        if row and (row["order_id"], row["kind"], row["amount"]) != (entry.order_id, entry.kind.value, entry.amount):
            logger.error("journal has %s with %d won, not %d", entry.cause, row["amount"], entry.amount)
