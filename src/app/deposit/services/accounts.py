"""The shop's bank accounts: reads, and the one that a buyer is told."""

from typing import Final

from src.app.deposit.dtos.admin import BankAccountRead, BankAccountsRead
from src.app.deposit.dtos.responses import AccountChoice
from src.app.deposit.errors import BankAccountNotOffered
from src.app.deposit.models import BankAccount, BankAccountList
from src.app.shop.services.reading import safety
from src.common.http.etags import FIRST
from src.core.configs import settings as configured
from src.core.database.statements import find

ONLY: Final = 1
FIELDS: Final = tuple(BankAccountRead.model_fields)
OFFERED: Final = "is_active = 1 ORDER BY position, id"


async def offered() -> list[BankAccount]:
    """Return the accounts that buyers may pay into, in the order to show. Two statements at most.

    None: manual transfers are not offered, because no account is switched on or no insurance was entered.
    """
    found = await find(BankAccount, OFFERED, ())
    if found and configured().deposits.needs_insurance and not (await safety())[0]:
        return []
    return found


async def choices() -> list[AccountChoice]:
    """Return the offered accounts as buyers see them. One statement."""
    return [AccountChoice(id=row.id, bank=row.bank, number=row.number, holder=row.holder) for row in await offered()]


def chosen(accounts: list[BankAccount], account_id: int | None) -> BankAccount:
    """Return the account with this id, without one the first. Raises BankAccountNotOffered."""
    if account_id is None:
        return accounts[0]
    for account in accounts:
        if account.id == account_id:
            return account
    raise BankAccountNotOffered(offered=[account.id for account in accounts])


async def settings() -> BankAccountsRead:
    """Return the whole list for editing. Two statements."""
    row = await BankAccountList.get_or_none(id=ONLY)
    return BankAccountsRead(
        items=[read(account) for account in await every()],
        updated_at=row.updated_at if row else None,
        version=row.version if row else FIRST,
    )


async def every() -> list[BankAccount]:
    """Return all accounts in the order to show."""
    return await BankAccount.all().order_by("position", "id")


def read(account: BankAccount) -> BankAccountRead:
    """Return an account as staff see it."""
    return BankAccountRead(**{name: getattr(account, name) for name in FIELDS})
