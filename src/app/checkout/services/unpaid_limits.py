"""How many unpaid orders one person may have open: without a cap, one could hold all the stock."""

from datetime import datetime

from src.app.checkout.errors import TooManyUnpaidOrders
from src.app.order.services.queries import unpaid_ends
from src.common import clock
from src.core.configs import settings

DEFAULT_PER_PERSON = 5
DEFAULT_PER_ADDRESS = 20


async def check_unpaid(*, member_id: int | None, cart: str | None, network: str) -> None:
    """Raise TooManyUnpaidOrders when the member is at the cap; a guest, when the cart in hand or the network is.

    What an order tells of a person counts for nobody: anybody may write a stranger's telephone number. No cap in local
    and test unless one is set; 0 switches a cap off. A soft limit: orders placed at the same moment may pass it
    together.
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
