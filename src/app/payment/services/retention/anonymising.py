"""Remove personal values from payments: of former members at once, of everybody at the end of the period.

A payment keeps what was paid, when and how: amounts, states and the provider's numbers, which a refund needs, do not
change. What goes is what tells of a person: the account that was issued or paid back into, the receipt's address, and
the provider's own words, a dispute's reason among them. Orders have a part of their own.
"""

from datetime import datetime
from functools import partial
from typing import Any, Final

from src.app.order.models import Order
from src.app.order.services import queries as orders
from src.app.order.services.locks import lock_order
from src.app.order.services.withdrawal import OPEN
from src.app.payment.models import Discrepancy, DiscrepancyKind, Payment, PaymentLegalRecord, PaymentSeparation
from src.app.payment.services.queries import of_orders
from src.common import clock
from src.common.records import anonymising
from src.common.records.former_tables import FormerTables
from src.core.database import unit_of_work

DOMAIN: Final = "payment"
RETENTION: Final = "payment"
FORMER: Final = FormerTables(PaymentSeparation, PaymentLegalRecord, "payment_id")
PERSONAL: Final = ("account_bank", "account_number", "account_holder", "receipt_url", "failure")
BATCH: Final = 200


async def anonymise_member(member_id: int) -> int:
    """Move the personal values of the payments of the member's ended orders into the legal records; returns how many
    payments are anonymised by this call.

    For members who have left. One transaction an order; a repeat, also at the same time or after a crash in between,
    moves what is left. Payments of open orders stay as they are, and `anonymise_due` comes back for them. From then on
    `mirror` takes no personal value over, whatever the provider still tells.
    """
    return await anonymising.anonymise(DOMAIN, member_id, _step)


async def _step(member_id: int) -> tuple[int, bool]:
    moved, offset, is_done = 0, 0, True
    while page := await _page(member_id, offset=offset):
        offset += len(page)
        held = await of_orders([order.id for order in page])
        for order in page:
            if order.status in OPEN:
                is_done = False
            elif any(payment.separated_at is None for payment in held.get(order.id, [])):
                moved += await unit_of_work(partial(_move_of_order, order.id))
    return moved, is_done


async def _page(member_id: int, *, offset: int) -> list[Order]:
    """The newest first: an order that comes in meanwhile lets one be seen twice, which changes nothing."""
    found, _ = await orders.of_member(member_id, status=None, since=None, until=None, window=(offset, BATCH))
    return found


async def _move_of_order(order_id: int) -> int:
    """The values go over and out in one transaction, under the locks of the order and its payments."""
    order = await lock_order(order_id)
    if order.status in OPEN:
        return 0
    waiting = await Payment.filter(order_id=order_id, separated_at=None).order_by("id").select_for_update()
    for payment in waiting:
        await _move(payment)
    return len(waiting)


async def _move(payment: Payment) -> None:
    values: dict[str, Any] = {column: getattr(payment, column) for column in PERSONAL}
    disputes = payment.disputes or []
    if any(dispute["reason"] for dispute in disputes):
        values["disputes"] = disputes
    if any(values.values()):
        await anonymising.keep(DOMAIN, payment.payment_id, values, since=last_change(payment), retention=RETENTION)
    await empty(type(payment), payment)


def last_change(payment: Payment) -> datetime:
    """The last that happened to the payment: made, paid, or changed by the provider."""
    moments = (payment.created_at, payment.paid_at, payment.status_changed_at)
    return max(moment for moment in moments if moment is not None)


async def empty(table: type[Payment], payment: Payment) -> int:
    """Remove the personal values from this row of `table`, which the caller locked, and from its disputes; returns how
    many rows changed."""
    now = clock.now()
    disputes = [{**dispute, "reason": ""} for dispute in payment.disputes or []] or None
    values: dict[str, Any] = {**dict.fromkeys(PERSONAL, ""), "separated_at": now, "updated_at": now}
    changed = await table.filter(id=payment.id).update(**values, disputes=disputes)
    await Discrepancy.filter(payment_id=payment.id, kind=DiscrepancyKind.DISPUTE).update(detail="")
    return changed
