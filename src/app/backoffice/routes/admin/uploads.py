"""Routes of pictures that staff upload."""

from typing import Annotated

from fastapi import Depends, File, Path, UploadFile

from src.app.backoffice.dtos.admin.uploads import NUMBER, UploadAnnounce, UploadPlace
from src.app.backoffice.services import uploading
from src.common.exceptions import documents
from src.common.exceptions.general import BadRequestLine, BodyTooLarge, MultipartExpected
from src.common.http.routing import FormRoute, new_router, take_routes
from src.common.identity import Identity, Policy
from src.common.media.errors import (
    NotAnImage,
    NothingPut,
    OtherThanAnnounced,
    TicketNotFound,
    TooManyFrames,
    TooManyPixels,
    UploadNotFound,
)
from src.common.media.shapes import UploadRead
from src.common.media.store import MediaStoreUnavailable
from src.common.records.audit import Acting

Uploader = Annotated[Identity, Depends(Policy("staff", "upload:write"))]

ERRORS = documents(
    *(NotAnImage, TooManyPixels, TooManyFrames, BodyTooLarge, MultipartExpected, BadRequestLine),
    MediaStoreUnavailable,
)

UploadNumber = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", max_length=32, examples=[NUMBER])]

router = new_router(prefix="/admin", tags=["admin: uploads"], route_class=FormRoute)
direct = new_router(prefix="/admin/uploads/direct", tags=["admin: uploads"])


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


@direct.post(
    "",
    operation_id="announceUpload",
    status_code=201,
    responses=documents(BodyTooLarge, MediaStoreUnavailable),
)
async def announce_upload(body: UploadAnnounce, by: Acting, _: Uploader) -> UploadPlace:
    """Ask where to put a picture without sending it through this API. It counts as one only once it is confirmed;
    what is not confirmed within a day is removed."""
    return await uploading.announce(body, by=by)


@direct.post(
    "/{upload_number}/confirm",
    operation_id="confirmUpload",
    responses=documents(
        *(TicketNotFound, NothingPut, OtherThanAnnounced, NotAnImage, TooManyPixels, TooManyFrames, UploadNotFound),
        *(BodyTooLarge, MediaStoreUnavailable),
    ),
)
async def confirm_upload(upload_number: UploadNumber, by: Acting, _: Uploader) -> UploadRead:
    """Say that the file was put. It is judged and drawn as with `POST /admin/uploads`, and the answer is the same;
    a repeat answers it again."""
    return await uploading.confirm(upload_number, by=by)


take_routes(router, direct)
