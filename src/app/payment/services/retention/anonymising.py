"""Who has left the shop is separated from the payments; what the law wants kept is kept apart, for as long as it wants.

A payment keeps what was paid, when and how: amounts, states and the provider's numbers, which a refund needs, do not
change. What goes is what tells of a person: the account that was issued or paid back into, the receipt's address, and
the provider's own words, a dispute's reason among them. The order's part is in `order.services.separating`, and both follow the same event.
"""

import logging
from functools import partial
from typing import Final

from tortoise.exceptions import IntegrityError

from src.app.order.models import Order
from src.app.order.services import queries as orders
from src.app.order.services.locks import lock_order
from src.app.order.services.retention.anonymising import SETTLED_AFTER, kept_until
from src.app.order.services.withdrawal import OPEN
from src.app.payment.models import Discrepancy, DiscrepancyKind, Payment, PaymentLegalRecord, PaymentSeparation
from src.app.payment.services.queries import of_orders
from src.common import clock
from src.common.logs.setup import where
from src.core.database import unit_of_work

logger = logging.getLogger(__name__)

PERSONAL: Final = ("account_bank", "account_number", "account_holder", "receipt_url", "failure")
BATCH: Final = 200


async def separate_payments(member_id: int) -> int:
    """Move the personal values of the payments of the member's ended orders into the legal records; returns how many
    payments are separated by this call.

    For members who have left. One transaction an order; a repeat, also at the same time or after a crash in between,
    moves what is left. Payments of open orders stay as they are and are moved by `separate_due` once those ended.
    From then on `mirror` takes no personal value over, whatever the provider still tells.
    """
    await _request(member_id)
    moved, offset, is_done = 0, 0, True
    while page := await _page(member_id, offset=offset):
        offset += len(page)
        held = await of_orders([order.id for order in page])
        for order in page:
            if order.status in OPEN:
                is_done = False
            elif any(payment.separated_at is None for payment in held.get(order.id, [])):
                moved += await unit_of_work(partial(_separate, order.id))
    if is_done:
        await unit_of_work(partial(_close, member_id))
    return moved


async def separate_due() -> int:
    """Go on with every member whose separation is not done; returns how many payments moved. The job
    ``separate-payments``."""
    moved, last_id = 0, 0
    while ids := await _unfinished(after_id=last_id):
        last_id = ids[-1]
        for member_id in ids:
            try:
                moved += await separate_payments(member_id)
            except Exception as error:  # noqa: BLE001 - one member's payments must not keep the others'
                logger.error("payments of member %d could not be separated: %s", member_id, where(error))
    return moved


async def purge_payment_records() -> int:
    """Delete the legal records whose time is over; returns how many. The job ``purge-payment-records``."""
    return await unit_of_work(lambda: PaymentLegalRecord.filter(keep_until__lte=clock.now()).delete())


async def _request(member_id: int) -> None:
    if await PaymentSeparation.filter(member_id=member_id).exists():
        return
    try:
        await unit_of_work(lambda: PaymentSeparation.create(member_id=member_id, requested_at=clock.now()))
    except IntegrityError:
        return  # by the same call at the same time


async def _unfinished(*, after_id: int) -> list[int]:
    waiting = PaymentSeparation.filter(done_at=None, member_id__gt=after_id).order_by("member_id").limit(BATCH)
    return [member_id for (member_id,) in await waiting.values_list("member_id")]


async def _page(member_id: int, *, offset: int) -> list[Order]:
    """The newest first: an order that comes in meanwhile lets one be seen twice, which changes nothing."""
    found, _ = await orders.of_member(member_id, status=None, since=None, until=None, window=(offset, BATCH))
    return found


async def _separate(order_id: int) -> int:
    """The values go over and out in one transaction, under the locks of the order and its payments."""
    order = await lock_order(order_id)
    if order.status in OPEN:
        return 0
    waiting = await Payment.filter(order_id=order_id, separated_at=None).order_by("id").select_for_update()
    for payment in waiting:
        await _move(payment)
    return len(waiting)


async def _move(payment: Payment) -> None:
    now = clock.now()
    values = {column: getattr(payment, column) for column in PERSONAL}
    disputes = payment.disputes or []
    if any(dispute["reason"] for dispute in disputes):
        values["disputes"] = disputes
    if any(values.values()):
        moments = (payment.created_at, payment.paid_at, payment.status_changed_at)
        since = max(moment for moment in moments if moment is not None)
        await PaymentLegalRecord.create(
            payment_id=payment.payment_id, payload=values, keep_until=kept_until(since), created_at=now
        )
    payment.disputes = [{**dispute, "reason": ""} for dispute in disputes] or None
    payment.update_from_dict({**dict.fromkeys(PERSONAL, ""), "separated_at": now, "updated_at": now})
    await payment.save(update_fields=[*PERSONAL, "disputes", "separated_at", "updated_at"])
    await Discrepancy.filter(payment_id=payment.id, kind=DiscrepancyKind.DISPUTE).update(detail="")


async def _close(member_id: int) -> None:
    """Done, unless an order could still come in."""
    now = clock.now()
    waiting = PaymentSeparation.filter(member_id=member_id, done_at=None)
    await waiting.filter(requested_at__lte=now - SETTLED_AFTER).update(done_at=now)
