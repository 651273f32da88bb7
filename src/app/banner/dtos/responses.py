"""Banners as the shop shows them."""

from pydantic import BaseModel, ConfigDict
from pydantic.config import JsonDict

from src.app.banner.models import BannerType

BANNER: JsonDict = {
    "id": 1,
    "type": "banner",
    "title": "2026 F/W 신상품",
    "sub_title": "가을 라운드를 위한 새 컬렉션",
    "image_url": "/media/banners/1.svg",
    "link_url": "/shop/outstand/new",
}


class BannerRead(BaseModel):
    """A banner. `link_url` is a path of the shop or a full address, empty where there is nowhere to go."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [BANNER]})

    id: int
    type: BannerType
    title: str
    sub_title: str
    image_url: str
    link_url: str
