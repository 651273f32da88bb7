"""Remove the names of depositors of former members; `periods` does so when the period ends.

Accounts of the shop, amounts and moments do not change. Orders have `order.services.retention`.
"""

from functools import partial
from typing import Any, Final

from src.app.deposit.models import Deposit, DepositArchive, ManualTransfer, ManualTransferArchive
from src.app.deposit.services.queries import deposits_of, transfers_of
from src.app.order.models import Order
from src.app.order.services import queries as orders
from src.app.order.services.locks import lock_order
from src.app.order.services.paging import ids_of
from src.app.order.services.withdrawal import OPEN
from src.common import clock
from src.common.records import anonymising
from src.core.database import unit_of_work

DOMAIN: Final = "deposit"
RETENTION: Final = "payment"
BATCH: Final = 200


async def anonymise_member(member_id: int) -> int:
    """Move the names of depositors of the member's ended orders into the legal records; return the number of orders.

    For members who have left. One transaction per order. A repeat moves what is left, also at the same time or after a
    crash. Open orders stay unchanged; `anonymise_due` tries them again later.
    """
    return await anonymising.anonymise(DOMAIN, member_id, _step)


async def _step(member_id: int) -> tuple[int, bool]:
    moved, last_id, is_done = 0, 0, True
    while ids := await ids_of(member_id, after_id=last_id, limit=BATCH):
        last_id = ids[-1]
        held, transfers = await orders.by_ids(ids), await transfers_of(ids)
        for order_id, transfer in transfers.items():
            if held[order_id].status in OPEN:
                is_done = False
            elif transfer.separated_at is None:
                moved += await unit_of_work(partial(_move, order_id))
    return moved, is_done


async def _move(order_id: int) -> int:
    """Copy the names of one order to the legal record and empty them. Locks the order, which brings it back."""
    order = await lock_order(order_id)
    transfer = (await transfers_of([order_id])).get(order_id)
    if order.status in OPEN or transfer is None or transfer.separated_at is not None:
        return 0
    await keep(order, transfer)
    return await empty(order_id, is_archived=False)


async def keep(order: Order, transfer: ManualTransfer) -> None:
    """Write the legal record of the names of this locked order."""
    deposits = (await deposits_of([order.id])).get(order.id, [])
    values: dict[str, Any] = {
        "depositor_name": transfer.depositor_name,
        "depositors": sorted({deposit.depositor for deposit in deposits}),
    }
    # A deposit that came after the names were removed has a record of its own.
    reference = order.order_no
    if await anonymising.is_kept(DOMAIN, reference):
        reference = f"{order.order_no}:{max(deposit.id for deposit in deposits)}"
    since = max([transfer.created_at, *(deposit.created_at for deposit in deposits)])
    await anonymising.keep(DOMAIN, reference, values, since=since, retention=RETENTION)


async def empty(order_id: int, *, is_archived: bool) -> int:
    """Remove the names from the rows of one order, live or archived. Returns 1, or 0 if there is no row."""
    transfers, deposits = (ManualTransferArchive, DepositArchive) if is_archived else (ManualTransfer, Deposit)
    await deposits.filter(order_id=order_id).update(depositor="")
    return await transfers.filter(order_id=order_id, separated_at=None).update(
        depositor_name="", separated_at=clock.now()
    )
