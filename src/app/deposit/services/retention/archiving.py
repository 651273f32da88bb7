"""Tables of manual transfers that move to the archive with their order."""

from typing import Final

from src.app.deposit.models import Deposit, DepositArchive, ManualTransfer, ManualTransferArchive
from src.app.order.models import Order
from src.common.records.archiving import Part

PARTS: Final = (
    Part(live=ManualTransfer, archive=ManualTransferArchive, parent=Order, column="order_id"),
    Part(live=Deposit, archive=DepositArchive, parent=Order, column="order_id"),
)
