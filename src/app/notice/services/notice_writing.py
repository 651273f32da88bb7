"""Staff create, change and remove notices.

Every change of an existing notice locks its row. Every change is audited and invalidates the public reads after the
commit.
"""

from typing import Any, Final

from src.app.notice.dtos.admin import NoticeAdmin, NoticeAdminQuery, NoticeChange, NoticeCreate
from src.app.notice.dtos.fields import NOTICE_NAMES
from src.app.notice.errors import NoticeNotFound
from src.app.notice.models import Notice, NoticeStatus
from src.common import clock
from src.common.dtos.content import plain
from src.common.dtos.pages import Page
from src.common.http.etags import refuse_stale
from src.common.http.public_invalidation import shown_changed
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work

WRITTEN: Final = ("category", "title", "body", "is_pinned", "status", "published_at")


async def find(asked: NoticeAdminQuery) -> Page[NoticeAdmin]:
    """Return a page of notices that match the query, drafts included, newest first."""
    found = Notice.all()
    if asked.category is not None:
        found = found.filter(category=asked.category)
    if asked.status is not None:
        found = found.filter(status=asked.status)
    if asked.q:
        found = found.filter(title__icontains=asked.q)
    rows = await found.order_by("-id").offset(asked.offset).limit(asked.size)
    return Page(items=[_read(row) for row in rows], total=await found.count(), page=asked.page, size=asked.size)


async def one(notice_id: int) -> NoticeAdmin:
    """Return a notice in any status. Raises NoticeNotFound."""
    notice = await Notice.get_or_none(id=notice_id)
    if notice is None:
        raise NoticeNotFound
    return _read(notice)


async def create(body: NoticeCreate, *, by: Actor) -> NoticeAdmin:
    """Create a notice. PUBLISHED without `published_at` is published now."""

    async def write() -> Notice:
        now = clock.now()
        notice = Notice(**body.model_dump(), created_at=now, updated_at=now)
        _date(notice)
        await notice.save()
        await _note("notice.created", notice, by=by, after=_values(notice))
        return notice

    return _read(await unit_of_work(write))


async def change(notice_id: int, body: NoticeChange, *, version: int, by: Actor) -> NoticeAdmin:
    """Change, publish or unpublish a notice. Locks its row; equal values write nothing.

    Raises NoticeNotFound, StaleEdit.
    """

    async def write() -> Notice:
        notice = await _lock(notice_id)
        refuse_stale(notice.version, version)
        old = _values(notice)
        notice.update_from_dict(body.changes())
        _date(notice)
        before, after = audit.changed(old, _values(notice))
        if after:
            notice.version, notice.updated_at = notice.version + 1, clock.now()
            # Do not write view_count: a worker may be adding to it at the same time.
            await notice.save(update_fields=[*after, "version", "updated_at"])
            await _note("notice.changed", notice, by=by, before=before, after=after)
        return notice

    return _read(await unit_of_work(write))


async def remove(notice_id: int, *, version: int, by: Actor) -> None:
    """Delete a notice; the audit log keeps its text. Locks its row.

    Raises NoticeNotFound (also when repeated), StaleEdit.
    """

    async def write() -> None:
        notice = await _lock(notice_id)
        refuse_stale(notice.version, version)
        await notice.delete()
        await _note("notice.removed", notice, by=by, before=_values(notice))

    await unit_of_work(write)


async def _lock(notice_id: int) -> Notice:
    notice = await Notice.select_for_update().get_or_none(id=notice_id)
    if notice is None:
        raise NoticeNotFound
    return notice


def _date(notice: Notice) -> None:
    """Set `published_at` to now for a published notice without one. A draft may have one already."""
    if notice.status == NoticeStatus.PUBLISHED and notice.published_at is None:
        notice.published_at = clock.now()


def _values(notice: Notice) -> dict[str, Any]:
    return plain({name: getattr(notice, name) for name in WRITTEN})


async def _note(action: str, notice: Notice, *, by: Actor, **sides: Any) -> None:
    await audit.record(action, by=by, target=("notice", notice.id), **sides)
    shown_changed("notices", "notice")


def _read(notice: Notice) -> NoticeAdmin:
    at = notice.published_at
    return NoticeAdmin(
        **{
            name: getattr(notice, name)
            for name in ("id", *WRITTEN, "view_count", "version", "created_at", "updated_at")
        },
        category_name=NOTICE_NAMES[notice.category],
        is_shown=notice.status == NoticeStatus.PUBLISHED and at is not None and at <= clock.now(),
    )
