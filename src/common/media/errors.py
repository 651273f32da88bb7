"""Errors that refuse an image."""

from typing import Any, ClassVar

from src.common.exceptions.base import Conflict, Forbidden, NotFound, Unprocessable


class NotAnImage(Unprocessable):
    """The bytes are none of the kinds, whatever the file's name and declared type say, or are broken."""

    code = "IMAGE_INVALID"
    ko, en = (
        "JPEG, PNG, GIF, WebP, HEIC 이미지가 아니거나 손상된 파일입니다.",
        "The file is no JPEG, PNG, GIF, WebP or HEIC picture, or is damaged.",
    )


class TooManyPixels(Unprocessable):
    code = "IMAGE_TOO_MANY_PIXELS"
    ko, en = (
        "이미지가 너무 큽니다. (전체 {max_pixels}픽셀, 한 변 {max_side}픽셀까지. 세로로 긴 이미지는 {long_width}×{long_height}픽셀까지)",
        "The picture is too large (at most {max_pixels} pixels, {max_side} on a side; a long one {long_width}×{long_height}).",
    )
    sample: ClassVar[dict[str, Any]] = {
        "max_pixels": 25_000_000,
        "max_side": 16_383,
        "long_width": 1_000,
        "long_height": 40_000,
    }


class TooManyFrames(Unprocessable):
    """Small as they may be: each frame of an animation is drawn in every width."""

    code = "IMAGE_TOO_MANY_FRAMES"
    ko, en = (
        "움직이는 이미지는 {max_frames}프레임까지 올릴 수 있습니다.",
        "An animation has {max_frames} frames at most.",
    )
    sample: ClassVar[dict[str, Any]] = {"max_frames": 500}


class UploadNotFound(Unprocessable):
    """A body names a picture that is not there: never uploaded, or unused for so long that it was swept."""

    code = "UPLOAD_NOT_FOUND"
    ko, en = (
        "올린 이미지를 찾을 수 없습니다. 다시 올려 주세요.",
        "There is no such uploaded picture. Please upload it again.",
    )


class TicketNotFound(NotFound):
    """Never asked for, asked for by somebody else, or so old that it was swept."""

    code = "UPLOAD_TICKET_NOT_FOUND"
    ko, en = "업로드 요청을 찾을 수 없습니다.", "There is no such upload."


class NothingPut(Conflict):
    """Put the file at the address first; while the address holds, this may be repeated."""

    code = "UPLOAD_NOT_RECEIVED"
    ko, en = "아직 파일이 올라오지 않았습니다.", "The file has not been put yet."


class OtherThanAnnounced(Unprocessable):
    """What was put is another size or kind than was announced. It was removed: ask anew."""

    code = "UPLOAD_NOT_AS_ANNOUNCED"
    ko, en = (
        "올린 파일의 크기나 종류가 요청과 다릅니다. 다시 요청해 주세요.",
        "The file's size or kind is not the announced one. Please ask again.",
    )


class AddressRefused(Forbidden):
    """The address has expired or was changed, or the request is not the announced one."""

    code = "UPLOAD_ADDRESS_REFUSED"
    ko, en = "만료되었거나 올바르지 않은 업로드 주소입니다.", "The upload address has expired or is not right."
