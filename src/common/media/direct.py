"""Images that staff upload directly into the store: announced, put, then checked and re-encoded like all others."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Final

from src.common import clock
from src.common.dtos.fields import readable_name
from src.common.exceptions.general import BodyTooLarge
from src.common.media import uploads
from src.common.media.addresses import INCOMING
from src.common.media.errors import (
    NotAnImage,
    NothingPut,
    OtherThanAnnounced,
    TicketNotFound,
    TooManyFrames,
    TooManyPixels,
    UploadNotFound,
)
from src.common.media.kinds import HEAD, announced
from src.common.media.store import store
from src.common.models.upload import Upload, UploadTicket
from src.common.records.audit import Actor
from src.core.configs import settings
from src.core.database import unit_of_work

HOLDS: Final = timedelta(minutes=15)
TYPES: Final = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/heic": "HEIC",
    "image/heif": "HEIC",
}


@dataclass(frozen=True, slots=True)
class Place:
    """The address at which to put the file, and its expiry."""

    number: str
    url: str
    content_type: str
    expires_at: datetime


def key_of(number: str) -> str:
    """Return the key of the file until it is encoded."""
    return f"{INCOMING}/{number}"


async def announce(name: str, *, content_type: str, size: int, by: Actor) -> Place:
    """Store the announcement as an UploadTicket, and return the address for the file. Raises BodyTooLarge,
    MediaStoreUnavailable."""
    if size > settings().media.upload_limit:
        raise BodyTooLarge(limit=settings().media.upload_limit)
    number, now = secrets.token_hex(16), clock.now()
    url = await store().address_to_put(key_of(number), content_type=content_type, size=size, until=now + HOLDS)

    async def write() -> None:
        await UploadTicket.create(
            number=number,
            actor=by.key,
            name=readable_name(name),
            content_type=content_type,
            size=size,
            created_at=now,
            expires_at=now + HOLDS,
        )

    await unit_of_work(write)
    return Place(number, url, content_type, now + HOLDS)


async def confirm(number: str, *, by: Actor) -> Upload:
    """Check, encode and save the uploaded file, as `uploads.save` does, and remove the file itself.

    A repeat, also a concurrent one, returns the same row: `save` makes one row for one file. Raises TicketNotFound,
    also for a ticket of somebody else; NothingPut; OtherThanAnnounced; and the errors of `save`. After
    OtherThanAnnounced, NotAnImage, TooManyPixels and TooManyFrames the file is removed and must be announced again.
    """
    ticket = await _own(number, by)
    if ticket.upload_id is not None:
        return await _kept(ticket.upload_id)
    size = await store().size(key_of(number))
    if size is None:
        return await _meanwhile(number, by)
    content = await store().get(key_of(number)) if size == ticket.size else b""
    if content is None:
        return await _meanwhile(number, by)
    try:
        _refuse_other(content, ticket)
        saved = await uploads.save(BytesIO(content), name=ticket.name, by=by)
    except (OtherThanAnnounced, NotAnImage, TooManyPixels, TooManyFrames):
        await store().delete([key_of(number)])
        raise

    async def write() -> None:
        await UploadTicket.filter(id=ticket.id, upload_id__isnull=True).update(upload_id=saved.id)

    await unit_of_work(write)
    await store().delete([key_of(number)])
    return saved


async def forget(before: datetime) -> None:
    """Delete tickets created before this moment. The file of an unconfirmed one is removed by the sweep."""

    async def write() -> None:
        await UploadTicket.filter(created_at__lt=before).delete()

    await unit_of_work(write)


def _refuse_other(content: bytes, ticket: UploadTicket) -> None:
    kind = announced(content[:HEAD])
    if len(content) != ticket.size or (kind and kind.kind != TYPES[ticket.content_type]):
        raise OtherThanAnnounced


async def _own(number: str, by: Actor) -> UploadTicket:
    ticket = await UploadTicket.filter(number=number, actor=by.key).first()
    if ticket is None:
        raise TicketNotFound
    return ticket


async def _meanwhile(number: str, by: Actor) -> Upload:
    """Return the upload of a concurrent confirm, or raise if nothing was put."""
    ticket = await _own(number, by)
    if ticket.upload_id is None:
        raise NothingPut
    return await _kept(ticket.upload_id)


async def _kept(upload_id: int) -> Upload:
    found = await Upload.filter(id=upload_id).first()
    if found is None:  # swept, because it was unused for too long
        raise UploadNotFound
    return found
