"""The home page in one answer."""

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from src.app.banner.dtos.responses import BANNER, BannerRead
from src.app.product.dtos.examples import CARD
from src.app.product.dtos.responses import ProductCard

HOME: JsonDict = {
    "banners": [BANNER],
    "promotions": [{**BANNER, "id": 2, "type": "promotion"}],
    "best": [CARD],
    "md_pick": [CARD],
    "new": [CARD],
}


class HomeRead(BaseModel):
    """Banners of both types and the three hand-picked lists, each in the order to show."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [HOME]})

    banners: list[BannerRead] = Field(description="Those of type `banner`.")
    promotions: list[BannerRead] = Field(description="Those of type `promotion`.")
    best: list[ProductCard]
    md_pick: list[ProductCard]
    new: list[ProductCard]
