"""Staff change the list of the shop's bank accounts."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from tortoise.exceptions import IntegrityError

from src.app.deposit.dtos.admin import BankAccountsRead, BankAccountsWrite
from src.app.deposit.errors import BankAccountUnknown
from src.app.deposit.models import BankAccount, BankAccountList
from src.app.deposit.services import accounts
from src.common import clock
from src.common.http.etags import FIRST, refuse_stale
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work


async def put(body: BankAccountsWrite, *, version: int, by: Actor) -> BankAccountsRead:
    """Set the whole list in this order: one transaction with one audit row. Locks the row of the list.

    Equal values write nothing. Orders that were told an account keep it. Raises StaleEdit, BankAccountUnknown.
    """

    async def write() -> None:
        row = await BankAccountList.filter(id=accounts.ONLY).select_for_update().first()
        refuse_stale(row.version if row else FIRST, version)
        there = {account.id: account for account in await accounts.every()}
        named = [one.id for one in body.items if one.id is not None]
        if missing := sorted(set(named) - there.keys()):
            raise BankAccountUnknown(ids=missing)
        before = _logged(list(there.values()))
        await _save(body, there)
        after = _logged(await accounts.every())
        changed_before, changed_after = audit.changed(before, after)
        if before == after:
            return
        await _raise_version(row, version + 1)
        await audit.record(
            "bank_accounts.changed",
            by=by,
            target=("bank_account_list", accounts.ONLY),
            before=changed_before,
            after=changed_after,
        )

    await _once_more(write)
    return await accounts.settings()


async def _save(body: BankAccountsWrite, there: dict[int, BankAccount]) -> None:
    """Delete what is left out first: its number may be written anew as another row."""
    kept = {one.id for one in body.items}
    if gone := [account_id for account_id in there if account_id not in kept]:
        await BankAccount.filter(id__in=gone).delete()
    for place, one in enumerate(body.items):
        values = {**one.model_dump(exclude={"id"}), "position": place}
        if one.id is None:
            await BankAccount.create(**values)
        elif any(getattr(there[one.id], name) != value for name, value in values.items()):
            await BankAccount.filter(id=one.id).update(**values)


def _logged(rows: Sequence[BankAccount]) -> dict[str, Any]:
    """Return the accounts by id, as JSON knows them."""
    return {str(row.id): {**accounts.read(row).model_dump(exclude={"id"}), "position": row.position} for row in rows}


async def _raise_version(row: BankAccountList | None, version: int) -> None:
    if row is None:
        await BankAccountList.create(id=accounts.ONLY, version=version, updated_at=clock.now())
    else:
        await BankAccountList.filter(id=accounts.ONLY).update(version=version, updated_at=clock.now())


async def _once_more(write: Callable[[], Awaitable[None]]) -> None:
    """Run the write, and once more after an IntegrityError: two first changes at once both find no row to lock."""
    try:
        await unit_of_work(write)
    except IntegrityError:
        await unit_of_work(write)
