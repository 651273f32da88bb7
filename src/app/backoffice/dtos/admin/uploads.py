"""Pictures that staff put into the store themselves."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from src.common.clock import KoreanTime
from src.common.dtos.fields import ClosedInput, Line

PictureType = Literal["image/jpeg", "image/png", "image/gif", "image/webp", "image/heic", "image/heif"]
NUMBER = "9f2c7a1b44d0c3e8a6b5f10293847561"
PLACE: JsonDict = {
    "upload_id": NUMBER,
    "url": f"https://kr.object.ncloudstorage.com/shop/incoming/{NUMBER}?X-Amz-Signature=...",
    "headers": {"Content-Type": "image/jpeg"},
    "expires_at": "2026-11-20T10:27:00+09:00",
}


class UploadAnnounce(ClosedInput):
    """The file that will be put. `size` is its bytes, exactly."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "a.jpg", "type": "image/jpeg", "size": 812004}]})

    name: Annotated[Line, Field(max_length=200)]
    type: PictureType
    size: Annotated[int, Field(strict=True, ge=1, le=104_857_600)]


class UploadPlace(BaseModel):
    """Where to PUT the file, with these headers, before `expires_at`. Then confirm it by `upload_id`."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [PLACE]})

    upload_id: str
    url: str = Field(description="At the bucket; a path of this API where pictures lie on its own disk.")
    headers: dict[str, str]
    expires_at: KoreanTime
