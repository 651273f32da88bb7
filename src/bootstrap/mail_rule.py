"""Rule that decides if a mail was requested by its addressee: the order was paid, or a member proved the address."""

from collections.abc import Collection

from src.app.deposit.services.queries import deposited
from src.app.notification.services.hooks import Addressed
from src.app.order.services import queries as orders
from src.app.payment.services.queries import of_orders
from src.app.user.services import queries as users


async def asked_for(mails: Collection[Addressed]) -> set[Addressed]:
    """Return the mails whose order was paid (also too late or twice) or whose address a member proved (`MailRule`).

    One query if all orders are live and paid.
    """
    paid = await _paid({mail.order_no for mail in mails if mail.order_no})
    left = {mail.address for mail in mails if mail.order_no not in paid}
    proved = await users.proved_emails(left) if left else set()
    return {mail for mail in mails if mail.order_no in paid or mail.address in proved}


async def _paid(order_nos: Collection[str]) -> set[str]:
    found = await orders.paid_or_not(order_nos)
    unsure = {order.id: order_no for order_no, order in found.items() if not order.is_paid}
    paid = found.keys() - unsure.values()
    for order_id, payments in (await of_orders(list(unsure))).items() if unsure else ():
        if any(payment.paid_amount > 0 for payment in payments):
            paid.add(unsure[order_id])
    paid |= {unsure[order_id] for order_id in await deposited(list(unsure))}
    return paid
