"""Notes of staff about members: added, never changed, deleted with the member's personal data."""

from collections.abc import Sequence

from src.app.user.dtos.admin import MemoCreate, MemoRead
from src.app.user.errors import MemberNotFound
from src.app.user.models import UserMemo
from src.app.user.services.admin import figures, queries
from src.app.user.services.admin.changes import lock_present
from src.common import clock
from src.common.dtos.pages import Page, PageQuery
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work

NEWEST = 10


async def add(user_id: int, body: MemoCreate, *, by: Actor) -> MemoRead:
    """Write the note. The audit row refers to it without copying the text. Raises MemberNotFound, MemberHasLeft."""

    async def write() -> UserMemo:
        await lock_present(user_id)
        memo = await UserMemo.create(user_id=user_id, author_id=by.staff_id, body=body.body, created_at=clock.now())
        after = {"memo_id": memo.id}
        await audit.record("member.memo_added", by=by, target=("member", user_id), after=after)
        return memo

    memo = await unit_of_work(write)
    return (await _read([memo]))[0]


async def every(user_id: int, asked: PageQuery) -> Page[MemoRead]:
    """Return the notes about a member, the newest first. Raises MemberNotFound."""
    if await queries.one(user_id) is None:
        raise MemberNotFound
    found = UserMemo.filter(user_id=user_id)
    rows = await found.order_by("-id").offset(asked.offset).limit(asked.size)
    return Page(items=await _read(rows), total=await found.count(), page=asked.page, size=asked.size)


async def newest(user_id: int) -> tuple[list[MemoRead], int]:
    """Return the newest notes about a member, and the number of all."""
    found = UserMemo.filter(user_id=user_id)
    return await _read(await found.order_by("-id").limit(NEWEST)), await found.count()


async def _read(rows: Sequence[UserMemo]) -> list[MemoRead]:
    names = await figures.names_of_staff({memo.author_id for memo in rows})
    return [
        MemoRead(
            id=memo.id,
            body=memo.body,
            author_id=memo.author_id,
            author_name=names.get(memo.author_id, ""),
            created_at=memo.created_at,
        )
        for memo in rows
    ]
