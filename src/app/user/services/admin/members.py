"""Reads of members for staff. Personal data is masked unless the caller may read it; every unmasked read is committed
to the access log before it is answered."""

from collections.abc import Sequence
from typing import Any, Final

from src.app.user.dtos.admin import (
    ConsentRead,
    MemberDetail,
    MemberQuery,
    MemberRow,
    PersonalData,
    Unmasking,
)
from src.app.user.errors import MemberNotFound
from src.app.user.models import User
from src.app.user.services import consents, hooks
from src.app.user.services.admin import figures, memos, queries
from src.app.user.services.admin.queries import MemberFilter
from src.common.dtos.pages import Page
from src.common.dtos.reasons import Looking
from src.common.records import audit, masking
from src.common.records.audit import Actor
from src.common.records.masking import UNMASKS
from src.core.database import unit_of_work

SHOWN: Final = "login_id,name,email,phone"


async def find(asked: MemberQuery, *, by: Actor) -> Page[MemberRow]:
    """Return a page of members. Callers who see masked values can search by whole values only."""
    is_clear = not by.lacks(UNMASKS) and not asked.masked
    wanted = MemberFilter(
        text=asked.q,
        is_exact=not is_clear,
        grade=asked.grade,
        status=asked.status,
        joined_since=asked.joined_since,
        joined_until=asked.joined_until,
    )
    rows, total, following = await queries.find(wanted, asked)
    if is_clear:
        await _note("member.list", rows, by=by, reason=asked.reason)
    items = [row_of(user, is_clear=is_clear) for user in rows]
    return Page(items=items, total=total, page=asked.page, size=asked.size, next_cursor=following)


async def one(user_id: int, asked: Looking, *, by: Actor) -> MemberDetail:
    """Return a member with consents, memos, sessions and orders. Raises MemberNotFound."""
    user = await _existing(user_id)
    is_clear = not by.lacks(UNMASKS) and not asked.masked
    if is_clear:
        await _note("member.detail", [user], by=by, reason=asked.reason)
    newest, memo_count = await memos.newest(user_id)
    ordered = await figures.of_orders(user_id)
    latest = consents.latest_of(await consents.history(user_id))
    return MemberDetail(
        **row_of(user, is_clear=is_clear).model_dump(),
        email_verified_at=user.email_verified_at,
        phone_verified_at=user.phone_verified_at,
        withdraw_at=user.withdraw_at,
        consents=[
            ConsentRead(policy=policy, version=row.version, agreed=row.agreed, decided_at=row.created_at)
            for policy, row in latest.items()
        ],
        memos=newest,
        memo_count=memo_count,
        address_count=await queries.address_count(user_id),
        session_count=await hooks.sign_ins().count_open(user_id),
        orders=ordered,
    )


async def masked(user_id: int) -> MemberRow:
    """Return a member as all staff may see it: nothing to log. Raises MemberNotFound."""
    return row_of(await _existing(user_id), is_clear=False)


async def unmask(user_id: int, body: Unmasking, *, by: Actor) -> PersonalData:
    """Return the unmasked values, once, for this reason. Raises MemberNotFound."""
    user = await _existing(user_id)
    await _note("member.unmask", [user], by=by, reason=body.reason)
    return PersonalData(id=user.id, login_id=user.login_id, name=user.name, email=user.email, phone=user.phone)


def row_of(user: User, *, is_clear: bool) -> MemberRow:
    """Return the member as a row of the list."""
    values: dict[str, Any] = {
        "login_id": user.login_id if is_clear else masking.login_id(user.login_id),
        "name": user.name if is_clear else masking.name(user.name),
        "email": user.email if is_clear else masking.email(user.email),
        "phone": user.phone if is_clear else masking.phone(user.phone),
    }
    return MemberRow(
        id=user.id,
        is_masked=not is_clear,
        grade=user.grade,
        status=user.status,
        joined_at=user.created_at,
        last_sign_in_at=user.last_sign_in_at,
        version=user.version,
        **values,
    )


async def _existing(user_id: int) -> User:
    user = await queries.one(user_id)
    if user is None:
        raise MemberNotFound
    return user


async def _note(purpose: str, shown: Sequence[User], *, by: Actor, reason: str) -> None:
    if not shown:
        return

    async def write() -> None:
        ids = [user.id for user in shown]
        await audit.accessed(purpose, by=by, target_type="member", ids=ids, items=SHOWN, reason=reason)

    await unit_of_work(write)
