"""Compare the sides of the journal order by order."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from src.app.journal.services import sums
from src.app.journal.services.sums import Sides
from src.app.order.models import UNPAID
from src.app.payment.services.locks import lock_payments
from src.app.settlement.services.clearing.dues import Due, dues_of
from src.core.database import unit_of_work

NOT_BOOKED: Final = "not in the journal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncleared:
    """An order that does not clear. `difference` is the won that the shop has beyond what is owed and due."""

    sides: Sides
    due: Due
    difference: int

    @property
    def detail(self) -> str:
        """Return the sums in words, for a log and a list."""
        if self.sides.is_unbooked:
            return f"paid and {NOT_BOOKED}"
        due = self.due.to_buyer - self.due.from_buyer
        return f"owed {self.sides.owed}, due {due}, money {self.sides.money}"


async def unclear(found: Sequence[Sides], *, confirmed: bool = True) -> list[Uncleared]:
    """Return those of these orders that do not clear: paid and not in the journal, or owed + due differs from money.

    With `confirmed` each of them is looked at once more, with the order and its payments locked: a refund that was
    recorded between the two reads is no finding.
    """
    suspects = await _judge(found)
    if not confirmed:
        return suspects
    looked = [await unit_of_work(partial(_again, suspect.sides.order_id)) for suspect in suspects]
    return [one for one in looked if one is not None]


async def clears(order_id: int) -> Uncleared | None:
    """Return what is wrong with an order, live or archived, None if it clears."""
    found = await unclear(await sums.of_orders([order_id]), confirmed=False)
    return found[0] if found else None


async def _again(order_id: int) -> Uncleared | None:
    await sums.lock(order_id)
    await lock_payments(order_id)
    return await clears(order_id)


async def _judge(found: Sequence[Sides]) -> list[Uncleared]:
    # A deposit that is short of the total of an order that waits for the rest is the buyer's until then.
    wrong = [one for one in found if one.is_unbooked or (one.owed != one.money and one.status not in UNPAID)]
    dues = await dues_of([one.order_id for one in wrong])
    told = []
    for one in wrong:
        due = dues[one.order_id]
        difference = one.money - one.owed - due.to_buyer + due.from_buyer
        if one.is_unbooked or difference:
            told.append(Uncleared(sides=one, due=due, difference=difference))
    return told
