"""How many unpaid orders one person may have open: without a cap, one could hold all the stock."""

from datetime import datetime

from src.app.checkout.errors import TooManyUnpaidOrders
from src.app.order.services.queries import unpaid_ends
from src.common.utils import clock
from src.core.configs import settings

DEFAULT_PER_PERSON = 5
DEFAULT_PER_ADDRESS = 20


async def check_unpaid(*, member_id: int | None, phone: str, address: str) -> None:
    """Raise TooManyUnpaidOrders when the member (else the orderer's phone) or the network address is at its cap.

    No cap in local and test unless one is set; 0 switches a cap off. A soft limit: orders placed at the same moment
    may pass it together.
    """
    orders = settings().orders
    if per_person := _cap(orders.unpaid_per_person, DEFAULT_PER_PERSON):
        _check(await unpaid_ends(limit=per_person, member_id=member_id, phone=phone), per_person)
    if per_address := _cap(orders.unpaid_per_address, DEFAULT_PER_ADDRESS):
        _check(await unpaid_ends(limit=per_address, address=address), per_address)


def _cap(configured: int | None, default: int) -> int:
    if configured is not None:
        return configured
    return 0 if settings().is_local else default


def _check(ends: list[datetime], cap: int) -> None:
    if len(ends) >= cap:
        raise TooManyUnpaidOrders(retry_after=max(1, int((ends[0] - clock.now()).total_seconds())))
