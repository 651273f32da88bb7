"""판매자 주문취소 of unpaid orders, with a result for each."""

from src.app.checkout.services.staff.cancelling import cancel_all
from src.app.desk.dtos.admin.cancels import OrderResult, OrderResults, OrdersCancel
from src.common.records.audit import Actor


async def cancel(body: OrdersCancel, *, by: Actor) -> OrderResults:
    """Cancel each of these unpaid orders; one that is refused does not keep the others."""
    refusals = await cancel_all(body.order_nos, reason=body.reason, by=by)
    results = [OrderResult.of(order_no, refusal) for order_no, refusal in zip(body.order_nos, refusals, strict=True)]
    done = sum(row.outcome == "done" for row in results)
    return OrderResults(done=done, refused=len(results) - done, results=results)
