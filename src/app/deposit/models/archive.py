"""Archive tables of manual transfers, which move with their order."""

from src.app.deposit.models.manual_transfer import Deposit, ManualTransfer
from src.common.models.archive import archive_of

ManualTransferArchive = archive_of(ManualTransfer)
DepositArchive = archive_of(Deposit)
