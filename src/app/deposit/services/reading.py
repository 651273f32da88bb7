"""Manual transfers as staff see them."""

from src.app.deposit.dtos.admin import TransferOfDesk
from src.app.deposit.errors import NoTransferExpected
from src.app.deposit.services.queries import deposits_of, transfers_of
from src.app.deposit.services.views import transfer_of_desk


async def shown(order_id: int, *, is_clear: bool) -> TransferOfDesk:
    """Return what an order waits or waited for, and its deposits. Raises NoTransferExpected."""
    transfer = (await transfers_of([order_id])).get(order_id)
    if transfer is None:
        raise NoTransferExpected
    return transfer_of_desk(transfer, (await deposits_of([order_id])).get(order_id, []), is_clear=is_clear)
