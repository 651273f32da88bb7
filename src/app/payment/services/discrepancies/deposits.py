"""Deposits that do not fit their order. Call with the order locked: no other transaction writes these findings then.
Each new one emits `payment.discrepancy`."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from src.app.deposit.services.transfers import arrived
from src.app.order.models import Order
from src.app.payment.models import Discrepancy, DiscrepancyKind
from src.app.payment.services.mirroring import put_on_list
from src.common import clock

COMPLETE: Final = "나머지 금액 입금 확인"
ENDED: Final = "주문이 끝나 입금액을 돌려줘야 함"


async def note_short(order: Order, *, missing: int) -> None:
    """Put on the list that `missing` won are not there yet; a further deposit changes the sum, and opens a finding
    again that somebody resolved."""
    short = Discrepancy.filter(kind=DiscrepancyKind.DEPOSIT_SHORT, reference=order.order_no)
    changed = await short.update(amount=missing, resolved_at=None, resolved_by="", resolution="")
    if not changed and not await short.exists():
        await _put(order, DiscrepancyKind.DEPOSIT_SHORT, reference=order.order_no, amount=missing)


async def end_short(order: Order, *, by: str) -> None:
    """Resolve the finding, because the total is complete now. Nothing happens without one."""
    await _end_short(order, by=by, why=COMPLETE)


async def note_surplus(order: Order, *, deposit_id: int, amount: int) -> None:
    """Put on the list that `amount` won of this deposit are too much."""
    await _put(order, DiscrepancyKind.DEPOSIT_SURPLUS, reference=f"surplus:{deposit_id}", amount=amount)


async def note_late(order: Order, *, deposit_id: int, amount: int) -> None:
    """Put on the list that this deposit came after the order had ended: revive the order, or refund."""
    await _put(order, DiscrepancyKind.DEPOSIT_LATE, reference=f"late:{deposit_id}", amount=amount)


async def note_end(order: Order) -> None:
    """Put what arrived of an order that ends unpaid on the list, in the place of what was missing. One statement where
    nothing arrived."""
    if came := await arrived(order):
        await _end_short(order, by="system", why=ENDED)
        await _put(order, DiscrepancyKind.DEPOSIT_LATE, reference=f"late:{order.order_no}", amount=came)


async def dues(order_ids: Sequence[int]) -> dict[int, int]:
    """Return by order id the won that are to go back to the buyer because they were too much or too late: those of the
    findings that are open. One statement."""
    to_buyer = [DiscrepancyKind.DEPOSIT_SURPLUS, DiscrepancyKind.DEPOSIT_LATE]
    found = Discrepancy.filter(order_id__in=list(order_ids), kind__in=to_buyer, resolved_at=None)
    due: dict[int, int] = defaultdict(int)
    for order_id, amount in await found.values_list("order_id", "amount"):
        due[order_id] += amount
    return due


async def _end_short(order: Order, *, by: str, why: str) -> None:
    short = Discrepancy.filter(kind=DiscrepancyKind.DEPOSIT_SHORT, reference=order.order_no, resolved_at=None)
    await short.update(resolved_at=clock.now(), resolved_by=by[:40], resolution=why)


async def _put(order: Order, kind: DiscrepancyKind, *, reference: str, amount: int) -> None:
    await put_on_list(None, kind, reference=reference, amount=amount, detail="", order_id=order.id)
