"""Reckon each money row of the journal as the provider settles it: the job ``settle-entries``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from tortoise.expressions import Q

from src.app.journal.models import EntryKind, JournalEntry
from src.app.journal.services.rows import money_rows, newest_id
from src.app.order.services.lines.closing import closed_on
from src.app.payment.models import PaidWith, Payment
from src.app.payment.services import queries as payments
from src.app.settlement.models import CycleStart, PaymentFee, SettlementEntry
from src.app.settlement.services.fees import Fee, fee_of, payout_day, row_for
from src.app.settlement.services.table import load_rows, version_of
from src.app.shipping.services.business_days.calendar import Calendar, load_calendar
from src.common import clock
from src.common.clock import KST
from src.common.records.cursors import move_to, place_of
from src.core.database import unit_of_work
from src.core.database.statements import change, dialect, marks

KINDS: Final = (EntryKind.PAYMENT, EntryKind.REFUND, EntryKind.EXTERNAL_CANCEL, EntryKind.CHARGEBACK)
"""What goes through the provider. Deposits and bank refunds go through the shop's own account."""
CURSOR: Final = "settle-entries"
SEEN: Final = "settle-entries:seen"
WINDOW: Final = 2_000
PAGE: Final = 500
COLUMNS: Final = (
    *("cause", "order_id", "payment_id", "kind", "channel", "method"),
    *("amount", "fee", "fee_vat", "moved_on", "payout_on", "table_version"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a run reckons by: the fee table with its version, and the business days."""

    rows: Sequence[PaymentFee]
    version: int
    calendar: Calendar


async def settle_entries() -> int:
    """Reckon the rows that the journal got until the run before, and what is not paid out yet again where the fee table
    changed or a purchase was confirmed; return how many were written.

    Rows wait for the next run, so that none is missed that a longer transaction numbered earlier. A repeat, at the same
    time or after a crash, writes nothing twice: the cause of the journal's row is unique.
    """
    # The version before the rows: with a table that changes in between, entries count as old and are reckoned again.
    version = await version_of()
    basis = Basis(rows=await load_rows(), version=version, calendar=await load_calendar())
    until, last = (await place_of(SEEN)).position, (await place_of(CURSOR)).position
    newest = await newest_id()
    written = 0
    while last < until:
        end = min(last + WINDOW, until)
        rows = await money_rows(last, end, KINDS)
        written += await _write(rows, basis)
        last = end
        await move_to(CURSOR, position=last)
    await move_to(SEEN, position=newest)
    return written + await _again(basis)


async def _write(rows: Sequence[JournalEntry], basis: Basis) -> int:
    if not rows:
        return 0
    values = await _reckoned(rows, basis)
    if not values:
        return 0
    row = f"({marks(len(COLUMNS))})"
    end = (
        " ON CONFLICT (cause) DO NOTHING"
        if dialect() == "sqlite"
        else " ON DUPLICATE KEY UPDATE cause = settlement_entry.cause"
    )
    text = f"INSERT INTO settlement_entry ({', '.join(COLUMNS)}) VALUES {', '.join([row] * len(values))}{end}"  # noqa: S608
    flat = [entry[name] for entry in values for name in COLUMNS]
    return await unit_of_work(partial(change, text, flat))


async def _reckoned(rows: Sequence[JournalEntry], basis: Basis) -> list[dict[str, Any]]:
    held = await payments.by_ids(sorted({row.payment_id for row in rows if row.payment_id is not None}))
    closed = await closed_on(sorted({row.order_id for row in rows}))
    found = []
    for row in rows:
        if (payment := held.get(row.payment_id or 0)) is None:
            continue
        channel, method = payment.channel, (payment.paid_with or payment.pay_method).value
        fee, day = _by_table(basis, payment, row.amount, row.day, closed.get(row.order_id))
        found.append(
            {
                "cause": row.cause,
                "order_id": row.order_id,
                "payment_id": payment.id,
                "kind": row.kind.value,
                "channel": channel,
                "method": method,
                "amount": row.amount,
                "fee": fee.won,
                "fee_vat": fee.vat,
                "moved_on": row.day,
                "payout_on": day,
                "table_version": basis.version,
            }
        )
    return found


def _by_table(
    basis: Basis, payment: Payment, amount: int, moved_on: date, confirmed: date | None
) -> tuple[Fee, date | None]:
    paid_on = moved_on if payment.paid_at is None else payment.paid_at.astimezone(KST).date()
    method = (payment.paid_with or payment.pay_method).value
    row = row_for(basis.rows, channel=payment.channel, method=method, day=paid_on)
    if row is None:
        return Fee(), None
    day = payout_day(row, basis.calendar, moved_on=moved_on, paid_on=paid_on, confirmed_on=confirmed)
    return fee_of(row, amount), day


async def _again(basis: Basis) -> int:
    """Reckon once more what is not paid out yet: by a changed table, or because its purchase was confirmed since."""
    today = clock.now().astimezone(KST).date()
    changed, last = 0, 0
    while page := await _open(today, basis, after_id=last):
        last = page[-1].id
        held = await payments.by_ids(sorted({row.payment_id for row in page}))
        closed = await closed_on(sorted({row.order_id for row in page}))
        for row in page:
            if (payment := held.get(row.payment_id)) is not None:
                changed += await _correct(row, payment, basis, closed)
    return changed


async def _open(today: date, basis: Basis, *, after_id: int) -> list[SettlementEntry]:
    """Return the next page of what may have changed. What no fee row holds for waits for another table: a shop without
    a table would else read all that it ever sold, at every run."""
    stale = Q(table_version__lt=basis.version)
    methods = _by_confirmation(basis.rows)
    may_change = stale | Q(method__in=methods) if methods else stale
    waiting = SettlementEntry.filter(may_change, payout_on=None, id__gt=after_id)
    known = SettlementEntry.filter(stale, payout_on__gte=today, id__gt=after_id)
    pages = [await each.order_by("id").limit(PAGE) for each in (waiting, known)]
    found = {row.id: row for page in pages for row in page}
    return [found[row_id] for row_id in sorted(found)[:PAGE]]


def _by_confirmation(rows: Sequence[PaymentFee]) -> list[str]:
    """Return the methods whose payout may wait for a purchase confirmation."""
    methods = {row.method for row in rows if row.cycle_from == CycleStart.CONFIRMATION}
    return [method.value for method in PaidWith] if "" in methods else sorted(methods)


async def _correct(row: SettlementEntry, payment: Payment, basis: Basis, closed: Mapping[int, date]) -> int:
    fee, day = _by_table(basis, payment, row.amount, row.moved_on, closed.get(row.order_id))
    if (fee.won, day) == (row.fee, row.payout_on):
        if row.table_version != basis.version:
            await SettlementEntry.filter(id=row.id).update(table_version=basis.version)
        return 0
    values = {"fee": fee.won, "fee_vat": fee.vat, "payout_on": day, "table_version": basis.version}
    return await SettlementEntry.filter(id=row.id).update(**values)
