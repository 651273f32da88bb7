"""Requests and responses of the staff routes for banners."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from src.app.banner.dtos.requests import MAX_OF_A_TYPE, BannerState
from src.app.banner.dtos.responses import BANNER, BannerRead
from src.app.banner.models import BannerType
from src.common.clock import KoreanTime
from src.common.dtos.alts import Alt, OwnAlt
from src.common.dtos.content import Moment
from src.common.dtos.fields import ClosedInput, Line, OptionalLine, RowId
from src.common.dtos.links import EditedLink, Link
from src.common.dtos.pages import PageQuery
from src.common.dtos.warnings import WarningRead
from src.common.media.shapes import EXAMPLE_PATH, UPLOAD, PictureChoice, UploadPath, exactly_one_picture

Title = Annotated[Line, Field(max_length=120, examples=["2026 F/W 신상품"])]
SubTitle = Annotated[OptionalLine, Field(examples=["가을 라운드를 위한 새 컬렉션"])]
CREATE: JsonDict = {
    "type": "banner",
    "title": "2026 F/W 신상품",
    "sub_title": "가을 라운드를 위한 새 컬렉션",
    "upload_id": 41,
    "link_url": "/shop/outstand/new",
    "starts_at": "2026-12-01T00:00:00+09:00",
    "ends_at": "2027-01-01T00:00:00+09:00",
}
BY_PATH: JsonDict = {"type": "promotion", "title": "골프백 기획전", "image_path": EXAMPLE_PATH}


class AdminBannerQuery(PageQuery):
    """Which banners, with those that do not show."""

    type: BannerType | None = Field(None, description="Both types where it is left out.")
    state: BannerState | None = None


class BannerCreate(PictureChoice):
    """A new banner, shown after the others of its type."""

    model_config = ConfigDict(json_schema_extra={"examples": [CREATE, BY_PATH]})

    type: BannerType
    title: Title
    sub_title: SubTitle = ""
    alt: Alt = ""
    link_url: Link = ""
    is_active: Annotated[bool, Field(strict=True)] = True
    starts_at: Moment | None = None
    ends_at: Moment | None = None


class BannerChange(ClosedInput):
    """What is left out stays. `starts_at` or `ends_at` of null opens that end."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "겨울 특가", "ends_at": None}]})

    type: BannerType | None = None
    title: Title | None = None
    sub_title: SubTitle | None = None
    upload_id: RowId | None = None
    image_path: UploadPath | None = None
    alt: Alt | None = None
    link_url: EditedLink | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not self.model_fields_set:
            raise PydanticCustomError(
                "nothing_to_change",
                "nothing to change",
                {"ko": "변경할 항목이 없습니다.", "en": "There is nothing to change."},
            )
        if self.upload_id is not None and self.image_path is not None:
            raise exactly_one_picture()
        return self


class BannerOrder(ClosedInput):
    """All banners of one type, in the order to show."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"ids": [3, 1, 2]}]})

    ids: Annotated[list[RowId], Field(min_length=1, max_length=MAX_OF_A_TYPE)]

    @model_validator(mode="after")
    def _once_each(self) -> Self:
        if len(set(self.ids)) != len(self.ids):
            raise PydanticCustomError(
                "repeated", "an id twice", {"ko": "같은 배너가 두 번 들어 있습니다.", "en": "A banner is in it twice."}
            )
        return self


class BannerActive(ClosedInput):
    """On or off, as it shall be: a repeat changes nothing."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"is_active": False}]})

    is_active: Annotated[bool, Field(strict=True)]


ADMIN_BANNER: JsonDict = {
    **BANNER,
    "image_path": UPLOAD["path"],
    "own_alt": "",
    "position": 0,
    "is_active": True,
    "starts_at": "2026-12-01T00:00:00+09:00",
    "ends_at": "2027-01-01T00:00:00+09:00",
    "state": "scheduled",
    "warnings": [],
    "version": 3,
}


class AdminBannerRead(BannerRead):
    """A banner with what decides whether it shows. `state` is what comes of it at this moment."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [ADMIN_BANNER]})

    image_path: str
    own_alt: OwnAlt
    position: int
    is_active: bool
    starts_at: KoreanTime | None
    ends_at: KoreanTime | None
    state: BannerState
    warnings: list[WarningRead]
    version: int
