"""Export the comments of an event with their authors, for staff who draw winners."""

from collections.abc import AsyncIterator, Sequence
from typing import Final

from src.app.event.dtos.admin import ExportQuery
from src.app.event.errors import EventNotFound
from src.app.event.models import CommentStatus, Event, EventComment
from src.app.event.services import authors
from src.app.user.services.account.public_profile import Person, people
from src.common.clock import korean
from src.common.dtos.phones import hyphened
from src.common.records import audit
from src.common.records.audit import Actor
from src.common.records.masking import UNMASKS
from src.common.sheets import csv_export
from src.core.database import unit_of_work

SHOWN: Final = "login_id,name,email,phone"
CHUNK: Final = 500
HEADINGS: Final = ("댓글 번호", "작성 시각", "아이디", "이름", "이메일", "휴대전화", "댓글", "상태")
STATUS_NAMES: Final = {
    CommentStatus.SHOWN: "표시",
    CommentStatus.REPORTED: "신고로 숨김",
    CommentStatus.HIDDEN: "숨김",
}


async def export(event_id: int, asked: ExportQuery, *, by: Actor) -> AsyncIterator[bytes]:
    """Return the comments of an event with their authors as CSV, oldest first, in pieces of CHUNK rows.

    Comments that their authors removed are left out. Authors are masked as in the shop without `pii:read`, or if
    masking is asked for. Otherwise each piece is sent only after its members are committed to the access log. Raises
    EventNotFound before the first byte.
    """
    if not await Event.filter(id=event_id).exists():
        raise EventNotFound
    is_clear = not by.lacks(UNMASKS) and not asked.masked

    async def note() -> None:
        after = {"personal_data": is_clear}
        await audit.record(
            "event.entries_exported", by=by, target=("event", event_id), after=after, reason=asked.reason
        )

    await unit_of_work(note)
    return _pieces(event_id, is_clear=is_clear, by=by, reason=asked.reason)


async def _pieces(event_id: int, *, is_clear: bool, by: Actor, reason: str) -> AsyncIterator[bytes]:
    yield csv_export.MARK + csv_export.lines([HEADINGS])
    last_id = 0
    entries = EventComment.filter(event_id=event_id).exclude(status=CommentStatus.REMOVED)
    while rows := await entries.filter(id__gt=last_id).order_by("id").limit(CHUNK):
        last_id = rows[-1].id
        known = await people(row.user_id for row in rows)
        if is_clear and known:
            await _note_access(sorted(known), by=by, reason=reason)
        yield csv_export.lines(_line(row, known.get(row.user_id or 0), is_clear=is_clear) for row in rows)


async def _note_access(user_ids: Sequence[int], *, by: Actor, reason: str) -> None:
    async def write() -> None:
        await audit.accessed("event.entries", by=by, target_type="member", ids=user_ids, items=SHOWN, reason=reason)

    await unit_of_work(write)


def _line(row: EventComment, person: Person | None, *, is_clear: bool) -> tuple[object, ...]:
    who: tuple[str, ...] = (authors.shown(person), "", "", "")
    if is_clear and person is not None:
        who = (
            person.login_id or "",
            person.name,
            person.email or "",
            hyphened(person.phone),
        )  # hyphens keep the leading zero: spreadsheets drop it from plain digits
    return row.id, korean(row.created_at), *who, row.content, STATUS_NAMES[row.status]
