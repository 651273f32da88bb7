"""Limit the unpaid orders of one person. Without a cap one person could hold all the stock."""

from datetime import datetime

from src.app.checkout.errors import TooManyUnpaidOrders
from src.app.order.services.queries import unpaid_ends
from src.common import clock
from src.core.configs import settings

DEFAULT_PER_PERSON = 5
DEFAULT_PER_ADDRESS = 20


async def check_unpaid(*, member_id: int | None, cart: str | None, network: str) -> None:
    """Raise TooManyUnpaidOrders if the member, or a guest's cart in hand or network, has reached the cap.

    The contact details in an order are not counted: anyone may enter a stranger's telephone number. In local and test
    there is no cap unless one is set; 0 switches a cap off. The limit is soft: concurrent orders may exceed it.
    """
    orders = settings().orders
    per_person = _cap(orders.unpaid_per_person, DEFAULT_PER_PERSON)
    if per_person and (member_id is not None or cart is not None):
        _check(await unpaid_ends(limit=per_person, member_id=member_id, cart=cart), per_person)
    per_address = _cap(orders.unpaid_per_address, DEFAULT_PER_ADDRESS)
    if per_address and member_id is None:
        _check(await unpaid_ends(limit=per_address, network=network), per_address)


def _cap(configured: int | None, default: int) -> int:
    if configured is not None:
        return configured
    return 0 if settings().is_local else default


def _check(ends: list[datetime], cap: int) -> None:
    if len(ends) >= cap:
        raise TooManyUnpaidOrders(retry_after=max(1, int((ends[0] - clock.now()).total_seconds())))
