"""Input models with which a body names an image, and the response model of an upload."""

from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from src.common.dtos.fields import ClosedInput, RowId
from src.common.media.addresses import PictureSize, Slices, media_url, picture_sizes, picture_slices
from src.common.media.errors import UploadNotFound
from src.common.media.uploads import ids_of, take, take_all
from src.common.models.upload import Upload

EXAMPLE_PATH = "uploads/1/9f/9f2c7a1b44d0c3e8a6b5f1029384756abcdef012-1a2b3c4d-1280x720.webp"
UPLOAD: JsonDict = {
    "id": 41,
    "path": EXAMPLE_PATH,
    "url": f"/media/{EXAMPLE_PATH}",
    "width": 1280,
    "height": 720,
    "sizes": [
        {"width": 320, "url": f"/media/{EXAMPLE_PATH.removesuffix('.webp')}-320.webp"},
        {"width": 640, "url": f"/media/{EXAMPLE_PATH.removesuffix('.webp')}-640.webp"},
        {"width": 1280, "url": f"/media/{EXAMPLE_PATH}"},
    ],
    "slices": [],
}
UploadPath = Annotated[
    str,
    Field(max_length=200, pattern=r"^uploads/[0-9a-z/x.\-]+$", description="The `path` of an upload.",
          examples=[EXAMPLE_PATH]),
]  # fmt: skip


class UploadRead(BaseModel):
    """A kept picture. Other bodies name it by `id` or by `path`; unused for 24 hours it is removed again."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [UPLOAD]})

    id: int
    path: str
    url: str
    width: int
    height: int
    sizes: list[PictureSize]
    slices: Slices


class PictureChoice(ClosedInput):
    """An uploaded picture, by exactly one of both."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"upload_id": 41}, {"image_path": EXAMPLE_PATH}]})

    upload_id: RowId | None = None
    image_path: UploadPath | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if (self.upload_id is None) == (self.image_path is None):
            raise exactly_one_picture()
        return self


def exactly_one_picture() -> PydanticCustomError:
    """Return the validation error of bodies that name an image by `upload_id` or `image_path`."""
    return PydanticCustomError(
        "picture_choice",
        "exactly one of upload_id and image_path",
        {
            "ko": "upload_id와 image_path 중 하나만 입력해 주세요.",
            "en": "Give exactly one of upload_id and image_path.",
        },
    )


async def path_taken(chosen: PictureChoice) -> str:
    """Lock the chosen upload in the open transaction and return its path. Raises UploadNotFound."""
    return (await take(upload_id=chosen.upload_id, path=chosen.image_path)).path


async def paths_taken(chosen: Sequence[PictureChoice]) -> list[str]:
    """Lock these uploads and return their paths in the same order. Rows are locked in ascending order of ids, so that
    two callers with the same images in different order do not deadlock. Raises UploadNotFound."""
    named = await ids_of([one.image_path for one in chosen if one.image_path is not None])
    ids = [one.upload_id or named.get(one.image_path or "") for one in chosen]
    if None in ids:
        raise UploadNotFound
    rows = await take_all(upload_id for upload_id in ids if upload_id)
    return [rows[upload_id].path for upload_id in ids if upload_id]


def upload_read(row: Upload) -> UploadRead:
    """Return the response for a row."""
    return UploadRead(
        id=row.id,
        path=row.path,
        url=media_url(row.path),
        width=row.width,
        height=row.height,
        sizes=picture_sizes(row.path),
        slices=picture_slices(row.path),
    )
