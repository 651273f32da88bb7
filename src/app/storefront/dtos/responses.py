"""Responses for the home page and for the frame of every page."""

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from src.app.banner.dtos.responses import BANNER, BannerRead
from src.app.category.dtos.responses import MAJOR, CategoryRead
from src.app.notice.dtos.responses import VERSION, PolicyVersionRead
from src.app.product.dtos.examples import CARD
from src.app.product.dtos.responses import ProductCard
from src.app.shop.dtos.responses import SHOP, ShopInfoRead
from src.app.storefront.dtos.requests import FooterLink

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


LINK: JsonDict = {"label": "Best", "url": "/shop/outstand/best"}
BOOTSTRAP: JsonDict = {
    "menu": {"outstand": [LINK], "shop": [MAJOR], "event": [], "notice": []},
    "promo_bar": {"text": "신규 회원 첫 구매 무료배송", "link_url": "/event"},
    "footer_links": [{"label": "FAQ", "url": "/faq"}],
    "policies": [VERSION],
    "shop": SHOP,
}


class MenuLink(BaseModel):
    label: str
    url: str


class Menu(BaseModel):
    """The mega menu: hand-made entries, the category tree, and what is below event and notice."""

    outstand: list[MenuLink]
    shop: list[CategoryRead]
    event: list[MenuLink]
    notice: list[MenuLink]


class PromoBarRead(BaseModel):
    """`link_url` is empty where there is nowhere to go."""

    text: str
    link_url: str


class Badges(BaseModel):
    """The small numbers in the header."""

    model_config = ConfigDict(
        frozen=True, json_schema_extra={"examples": [{"cart_count": 2, "unread_notice_count": 1}]}
    )

    cart_count: int = Field(description="Lines of my cart.")
    unread_notice_count: int = Field(
        description="Notices of the last 30 days that came after my last `PUT /me/notices/seen`."
    )


class Bootstrap(BaseModel):
    """What every page needs once. `promo_bar` is null where there is nothing to show."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [BOOTSTRAP]})

    menu: Menu
    promo_bar: PromoBarRead | None
    footer_links: list[FooterLink]
    policies: list[PolicyVersionRead] = Field(description="The version in force of every policy that has one.")
    shop: ShopInfoRead = Field(description="Name, logo and legal details, as `GET /shop/info`.")
