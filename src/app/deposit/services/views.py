"""Build response bodies from rows."""

from collections.abc import Sequence
from typing import Any

from src.app.deposit.dtos.admin import DepositRead, TransferOfDesk
from src.app.deposit.dtos.responses import DepositWanted
from src.app.deposit.models import Deposit, ManualTransfer
from src.app.deposit.services.transfers import sum_of
from src.common.records import masking


def deposit_wanted(transfer: ManualTransfer, deposits: Sequence[Deposit] = ()) -> DepositWanted:
    """Build what the buyer is told."""
    return DepositWanted(**_told(transfer), deposited=sum_of(deposits))


def transfer_of_desk(transfer: ManualTransfer, deposits: Sequence[Deposit], *, is_clear: bool) -> TransferOfDesk:
    """Build what staff see; names are masked unless `is_clear`."""
    told = _told(transfer)
    if not is_clear:
        told["depositor_name"] = masking.name(transfer.depositor_name)
    return TransferOfDesk(
        **told,
        deposited=sum_of(deposits),
        deposits=[_deposit(row, transfer, is_clear=is_clear) for row in deposits],
    )


def _told(transfer: ManualTransfer) -> dict[str, Any]:
    names = ("bank", "number", "holder", "depositor_name", "amount", "due_at")
    return {name: getattr(transfer, name) for name in names}


def _deposit(row: Deposit, transfer: ManualTransfer, *, is_clear: bool) -> DepositRead:
    return DepositRead(
        id=row.id,
        amount=row.amount,
        depositor=row.depositor if is_clear else masking.name(row.depositor),
        is_other_name=_plain(row.depositor) != _plain(transfer.depositor_name),
        deposited_at=row.deposited_at,
        recorded_by=row.recorded_by,
        recorded_at=row.created_at,
    )


def _plain(name: str) -> str:
    """Return a name as banks write it: without blanks."""
    return "".join(name.split()).casefold()
