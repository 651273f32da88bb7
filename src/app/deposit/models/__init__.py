"""Bank accounts, manual transfers and deposits."""

from src.app.deposit.models.archive import DepositArchive, ManualTransferArchive
from src.app.deposit.models.bank_account import BankAccount, BankAccountList
from src.app.deposit.models.manual_transfer import Deposit, ManualTransfer

__all__ = [
    "BankAccount",
    "BankAccountList",
    "Deposit",
    "DepositArchive",
    "ManualTransfer",
    "ManualTransferArchive",
]
