"""Pictures that staff upload."""

from fastapi import UploadFile

from src.common.utils.audit import Actor
from src.common.utils.media import uploads
from src.common.utils.media.shapes import UploadRead, upload_read


async def upload(file: UploadFile, *, by: Actor) -> UploadRead:
    """Keep the picture; the same one again answers the row that is there. See `uploads.save`."""
    return upload_read(await uploads.save(file.file, name=file.filename or "", by=by))
