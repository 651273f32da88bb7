"""Messages about units that the seller cancelled before shipping, to the buyer of their order."""

from collections.abc import Sequence
from typing import Any, Final

from src.app.claim.services.queries import CancelledLines, by_ids
from src.app.order.models import Order, OrderLine
from src.app.payment.services.attempts import order_name
from src.app.pricing.services.refunds.reasons import GoodsReason
from src.worker.events.batches import Batch, Together
from src.worker.messages.orders import Told, in_language, tell_all, won

REASONS: Final[dict[GoodsReason, tuple[str, str]]] = {
    GoodsReason.SOLD_OUT: ("상품이 품절되어", "it is sold out"),
    GoodsReason.DELAYED: ("약속한 기한까지 보내드릴 수 없어", "it cannot be sent in time"),
    GoodsReason.NOT_AS_DESCRIBED: ("상품 안내가 실제와 달라", "it was described wrongly"),
    GoodsReason.DEFECTIVE: ("상품에 하자가 있어", "it is defective"),
    GoodsReason.WRONG_ITEM: ("다른 상품이 준비되어", "another item was prepared"),
    GoodsReason.MISSING_ITEM: ("상품이 빠져 있어", "it is missing"),
}
NO_REASON: Final = ("판매자 사정으로", "for reasons of the shop")


@Together
async def tell_lines_cancelled(batch: Batch) -> None:
    """Say which goods were cancelled, why, and what goes back for them, once a cancel. ``order.lines_cancelled``
    carries `order_id` and `cancel_id`."""
    found, lines = await batch.orders(), await batch.lines()
    cancels = await by_ids(sorted({event.payload["cancel_id"] for event in batch.events}))
    told = []
    for event, order in found:
        cancelled = cancels.get(event.payload["cancel_id"])
        if cancelled is None:  # it went with its order, whose period of retention is over
            continue
        told.append(
            Told(
                order=order,
                template="lines_cancelled",
                event=f"order.lines_cancelled:{cancelled.cancel.id}",
                more=_values(order, cancelled, lines[order.id]),
                request_id=event.request_id,
            )
        )
    await tell_all(told, lines=batch.lines)


def _values(order: Order, cancelled: CancelledLines, lines: Sequence[OrderLine]) -> dict[str, Any]:
    names = {line.id: line.name for line in lines}
    reasons = dict.fromkeys(REASONS.get(line.reason, NO_REASON) for line in cancelled.lines)
    return {
        "items": order_name([names[line.order_line_id] for line in cancelled.lines]),
        "units": str(sum(line.units for line in cancelled.lines)),
        "amount": won(cancelled.cancel.refund),
        "why": ", ".join(in_language(order, words) for words in reasons),
    }
