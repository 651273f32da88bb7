"""The address book. Exactly one address is the default as long as there are any.

Every change locks the member's row first, so changes of one book run one after the other; a unique column prevents two
defaults in any case.
"""

from typing import Final

from src.app.user.dtos.requests import AddressChange, AddressNew
from src.app.user.dtos.responses import AddressBook, AddressRead
from src.app.user.errors import AddressBookFull, AddressNotFound
from src.app.user.models import Address, User
from src.app.user.services.locks import lock_member
from src.common import clock
from src.common.identity import Identity
from src.core.database import unit_of_work

MAX_ADDRESSES: Final = 30


async def book(by: Identity) -> AddressBook:
    """Return the member's addresses, the default first, then the newest."""
    return AddressBook(items=await of_member(by.member_id))


async def of_member(user_id: int | None) -> list[AddressRead]:
    """Return the addresses as `book` does."""
    rows = await Address.filter(user_id=user_id).order_by("-id")
    return [_shown(row) for row in sorted(rows, key=lambda row: not row.is_default)]


async def add(body: AddressNew, *, by: Identity) -> AddressRead:
    """Add an address; the first one becomes the default. Raises AddressBookFull."""

    async def write() -> Address:
        user = await lock_member(by.member_id)
        count = await Address.filter(user_id=user.id).count()
        if count >= MAX_ADDRESSES:
            raise AddressBookFull(limit=MAX_ADDRESSES)
        now = clock.now()
        values = body.model_dump(exclude={"is_default"})
        row = await Address.create(user_id=user.id, created_at=now, updated_at=now, **values)
        if body.is_default or count == 0:
            await _make_default(user, row)
        return row

    return _shown(await unit_of_work(write))


async def change(address_id: int, body: AddressChange, *, by: Identity) -> AddressRead:
    """Write the given fields. Raises AddressNotFound."""

    async def write() -> Address:
        user = await lock_member(by.member_id)
        row = await _own(address_id, user)
        if values := body.model_dump(exclude_none=True, exclude={"is_default"}):
            row.update_from_dict({**values, "updated_at": clock.now()})
            await row.save(update_fields=[*values, "updated_at"])
        if body.is_default:
            await _make_default(user, row)
        elif body.is_default is False and row.is_default:
            await _promote_newest(user, instead_of=row)
        return row

    return _shown(await unit_of_work(write))


async def remove(address_id: int, *, by: Identity) -> None:
    """Delete an address; if it was the default, the newest becomes it. Raises AddressNotFound."""

    async def write() -> None:
        user = await lock_member(by.member_id)
        row = await _own(address_id, user)
        if row.is_default:
            await _promote_newest(user, instead_of=row)
        await Address.filter(id=row.id).delete()

    await unit_of_work(write)


async def _own(address_id: int, user: User) -> Address:
    row = await Address.filter(id=address_id, user_id=user.id).first()
    if row is None:
        raise AddressNotFound
    return row


async def _promote_newest(user: User, *, instead_of: Address) -> None:
    newest = await Address.filter(user_id=user.id, id__not=instead_of.id).order_by("-id").first()
    if newest is not None:
        await _make_default(user, newest)
        instead_of.default_of = None


async def _make_default(user: User, row: Address) -> None:
    await Address.filter(default_of=user.id).update(default_of=None)
    await Address.filter(id=row.id).update(default_of=user.id)
    row.default_of = user.id


def _shown(row: Address) -> AddressRead:
    return AddressRead.model_validate(row, from_attributes=True)
