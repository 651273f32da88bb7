"""Banners as the shop and the back-office show them."""

from pydantic import BaseModel, ConfigDict
from pydantic.config import JsonDict

from src.app.banner.dtos.requests import BannerState
from src.app.banner.models import BannerType
from src.common.clock import KoreanTime
from src.common.dtos.alts import AltRead, OwnAlt
from src.common.dtos.warnings import WarningRead
from src.common.media.addresses import PictureSize, Slices
from src.common.media.shapes import UPLOAD

BANNER: JsonDict = {
    "id": 1,
    "type": "banner",
    "title": "2026 F/W 신상품",
    "sub_title": "가을 라운드를 위한 새 컬렉션",
    "image_url": UPLOAD["url"],
    "alt": "2026 F/W 신상품",
    "sizes": UPLOAD["sizes"],
    "slices": [],
    "link_url": "/shop/outstand/new",
}
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


class BannerRead(BaseModel):
    """A banner. `link_url` is a path of the shop or a full address, empty where there is nowhere to go.

    `sizes` are the same picture as WebP, the narrowest first, for `srcset`; empty for a drawing.
    """

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [BANNER]})

    id: int
    type: BannerType
    title: str
    sub_title: str
    image_url: str
    alt: AltRead
    sizes: list[PictureSize]
    slices: Slices
    link_url: str


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
