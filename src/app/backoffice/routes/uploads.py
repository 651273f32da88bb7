"""Routes of pictures that staff upload."""

from typing import Annotated

from fastapi import Depends, File, UploadFile

from src.app.backoffice.services import uploading
from src.common.exceptions import documents
from src.common.exceptions.general import BadRequestLine, BodyTooLarge, MultipartExpected
from src.common.utils.audit import Acting
from src.common.utils.identity import Identity, Policy
from src.common.utils.media.errors import NotAnImage, TooManyFrames, TooManyPixels
from src.common.utils.media.shapes import UploadRead
from src.common.utils.media.store import MediaStoreUnavailable
from src.common.utils.routing import FormRoute, new_router

Uploader = Annotated[Identity, Depends(Policy("staff", "upload:write"))]

ERRORS = documents(
    *(NotAnImage, TooManyPixels, TooManyFrames, BodyTooLarge, MultipartExpected, BadRequestLine),
    MediaStoreUnavailable,
)

router = new_router(prefix="/admin", tags=["upload"], route_class=FormRoute)


@router.post(
    "/uploads",
    operation_id="uploadPicture",
    status_code=201,
    responses=ERRORS,
    form_limits={"max_files": 1, "max_fields": 0},
)
async def upload_picture(
    file: Annotated[UploadFile, File(description="A JPEG, PNG, GIF, WebP or HEIC picture of at most 10 MB.")],
    by: Acting,
    _: Uploader,
) -> UploadRead:
    """Upload a picture. What it is, its bytes say; it is turned upright, freed of EXIF and kept as WebP in several
    widths, never enlarged. An animated GIF stays animated. A long picture (higher than 16,383 pixels, at most 1,000 × 40,000)
    is kept as slices. Broken metadata is left out; a file that lacks picture data is refused. The same file twice is
    one upload."""
    return await uploading.upload(file, by=by)
