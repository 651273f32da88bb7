"""Picture uploads of staff."""

from fastapi import UploadFile

from src.app.backoffice.dtos.admin.uploads import UploadAnnounce, UploadPlace
from src.common.media import direct, uploads
from src.common.media.shapes import UploadRead, upload_read
from src.common.records.audit import Actor


async def upload(file: UploadFile, *, by: Actor) -> UploadRead:
    """Save the picture; the same picture again returns the existing row. See `uploads.save`."""
    return upload_read(await uploads.save(file.file, name=file.filename or "", by=by))


async def announce(body: UploadAnnounce, *, by: Actor) -> UploadPlace:
    """Return the place to upload the file to. See `direct.announce`."""
    place = await direct.announce(body.name, content_type=body.type, size=body.size, by=by)
    headers = {"Content-Type": place.content_type}
    return UploadPlace(upload_id=place.number, url=place.url, headers=headers, expires_at=place.expires_at)


async def confirm(number: str, *, by: Actor) -> UploadRead:
    """Turn the uploaded file into a picture. See `direct.confirm`."""
    return upload_read(await direct.confirm(number, by=by))
