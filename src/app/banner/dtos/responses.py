"""Responses about banners."""

from pydantic import BaseModel, ConfigDict
from pydantic.config import JsonDict

from src.app.banner.models import BannerType
from src.common.dtos.alts import AltRead
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
