"""Compare the rows of a settlement sheet with what the shop reckoned, and keep what the provider says."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from src.app.payment.services import queries as payments
from src.app.settlement.errors import StatementRowTwice
from src.app.settlement.models import SettlementEntry
from src.app.settlement.services.sheets.reading import SheetRow, Stated
from src.app.settlement.services.sheets.results import Outcome, Result

BATCH = 500


@dataclass(slots=True)
class Comparison:
    """One sheet. Rows are taken in its order; each takes the movement of its payment that fits best, once."""

    taken: set[int] = field(default_factory=set)

    async def compare(self, rows: Sequence[SheetRow]) -> list[Result]:
        """Return what these rows are; nothing is written. Two queries."""
        held = await payments.known({row.payment_id for row in rows if row.stated is not None})
        entries = await _entries([payment.id for payment in held.values()])
        found = []
        for row in rows:
            payment = held.get(row.payment_id)
            found.append(self._one(row, [] if payment is None else entries.get(payment.id, [])))
        return found

    def _one(self, row: SheetRow, entries: Sequence[SettlementEntry]) -> Result:
        stated = row.stated
        if stated is None or row.error is not None:
            return Result(outcome=Outcome.REFUSED, payment_id=row.payment_id, row=row, error=row.error)
        same_way = [entry for entry in entries if (entry.amount > 0) == (stated.amount > 0)]
        left = [entry for entry in same_way if entry.id not in self.taken]
        if not same_way:
            return Result(outcome=Outcome.UNKNOWN, payment_id=row.payment_id, row=row)
        if not left:
            return Result(outcome=Outcome.REFUSED, payment_id=row.payment_id, row=row, error=StatementRowTwice())
        entry = min(left, key=lambda each: (each.amount != stated.amount, each.payout_on != stated.day, each.id))
        self.taken.add(entry.id)
        differs = differences(entry, stated)
        outcome = Outcome.DIFFERING if differs else Outcome.MATCHED
        return Result(outcome=outcome, payment_id=row.payment_id, row=row, entry=entry, differs=differs)

    async def missing(self, rows: Sequence[SheetRow]) -> list[Result]:
        """Return what the shop reckoned for the days of the sheet, from its first to its last, and no row names."""
        days = [row.stated.day for row in rows if row.stated is not None]
        if not days:
            return []
        expected = SettlementEntry.filter(payout_on__gte=min(days), payout_on__lte=max(days)).order_by(
            "payout_on", "id"
        )
        left = [entry for entry in await expected if entry.id not in self.taken]
        held = await payments.by_ids(sorted({entry.payment_id for entry in left}))
        return [
            Result(outcome=Outcome.MISSING, payment_id=held[entry.payment_id].payment_id, entry=entry)
            for entry in left
            if entry.payment_id in held
        ]


def differences(entry: SettlementEntry, stated: Stated) -> tuple[str, ...]:
    """Return in which of amount, fee and day the two differ."""
    pairs = (
        ("거래금액", entry.amount, stated.amount),
        ("수수료", entry.fee, stated.fee),
        ("정산일", entry.payout_on, stated.day),
    )
    return tuple(name for name, ours, theirs in pairs if ours != theirs)


async def keep(results: Sequence[Result]) -> None:
    """Write what the provider says beside what was reckoned, in the open unit of work; the same again is the same."""
    for one in results:
        if one.entry is not None and one.row is not None and (stated := one.row.stated) is not None:
            await SettlementEntry.filter(id=one.entry.id).update(
                stated_amount=stated.amount, stated_fee=stated.fee, stated_on=stated.day
            )


async def _entries(payment_ids: Sequence[int]) -> dict[int, list[SettlementEntry]]:
    found: dict[int, list[SettlementEntry]] = defaultdict(list)
    for entry in await SettlementEntry.filter(payment_id__in=list(payment_ids)).order_by("id") if payment_ids else ():
        found[entry.payment_id].append(entry)
    return found
