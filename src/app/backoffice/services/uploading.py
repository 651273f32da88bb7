"""Pictures that staff upload."""

from fastapi import UploadFile

from src.app.backoffice.dtos.admin.uploads import UploadAnnounce, UploadPlace
from src.common.media import direct, uploads
from src.common.media.shapes import UploadRead, upload_read
from src.common.records.audit import Actor


async def upload(file: UploadFile, *, by: Actor) -> UploadRead:
    """Keep the picture; the same one again answers the row that is there. See `uploads.save`."""
    return upload_read(await uploads.save(file.file, name=file.filename or "", by=by))


async def announce(body: UploadAnnounce, *, by: Actor) -> UploadPlace:
    """Say where the file may be put. See `direct.announce`."""
    place = await direct.announce(body.name, content_type=body.type, size=body.size, by=by)
    headers = {"Content-Type": place.content_type}
    return UploadPlace(upload_id=place.number, url=place.url, headers=headers, expires_at=place.expires_at)


async def confirm(number: str, *, by: Actor) -> UploadRead:
    """Make a picture of what was put. See `direct.confirm`."""
    return upload_read(await direct.confirm(number, by=by))
