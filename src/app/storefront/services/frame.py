"""The data that every page of the shop needs: menu, promo bar, footer, policies in force, shop details."""

from datetime import datetime
from typing import Any, Final

from src.app.category.services.tree import tree_items
from src.app.notice.dtos.fields import NOTICE_NAMES
from src.app.notice.services.policies import versions_in_force
from src.app.shop.services.reading import shop_info
from src.app.storefront.dtos.admin import FooterLinks, PromoBar
from src.app.storefront.dtos.requests import FooterLink
from src.app.storefront.dtos.responses import Bootstrap, Menu, MenuLink, PromoBarRead
from src.app.storefront.models import SettingName, StorefrontSetting
from src.common import clock

DEFAULT_FOOTER: Final = FooterLinks(
    items=[
        FooterLink(label="문의하기", url="/inquiry"),
        FooterLink(label="자주 묻는 질문", url="/faq"),
        FooterLink(label="이용약관", url="/policies/terms"),
        FooterLink(label="개인정보 처리방침", url="/policies/privacy"),
        FooterLink(label="쿠키 정책", url="/policies/cookie"),
        FooterLink(label="판매 약관", url="/policies/sale"),
        FooterLink(label="환불 정책", url="/policies/refund"),
    ]
)
OUTSTAND: Final = (
    MenuLink(label="Best", url="/shop/outstand/best"),
    MenuLink(label="Promotion", url="/shop/outstand/promotion"),
    MenuLink(label="New", url="/shop/outstand/new"),
)
EVENTS: Final = (
    MenuLink(label="진행 중인 이벤트", url="/event?status=ongoing"),
    MenuLink(label="지난 이벤트", url="/event?status=ended"),
)
NOTICES: Final = tuple(
    MenuLink(label=name, url=f"/notice?category={category.value}") for category, name in NOTICE_NAMES.items()
)


async def bootstrap_json() -> bytes:
    """Return all of it as one JSON answer. Five queries."""
    rows = dict(await StorefrontSetting.all().values_list("name", "value"))
    read = Bootstrap(
        menu=Menu(outstand=list(OUTSTAND), shop=await tree_items(), event=list(EVENTS), notice=list(NOTICES)),
        promo_bar=shown(promo_bar_of(rows.get(SettingName.PROMO_BAR)), clock.now()),
        footer_links=footer_of(rows.get(SettingName.FOOTER_LINKS)).items,
        policies=await versions_in_force(),
        shop=await shop_info(),
    )
    return read.model_dump_json().encode()


def promo_bar_of(value: Any) -> PromoBar:
    """Return the stored promo bar, else an inactive one."""
    return PromoBar(is_active=False) if value is None else PromoBar.model_validate(value)


def footer_of(value: Any) -> FooterLinks:
    """Return the stored footer links, else the default ones."""
    return DEFAULT_FOOTER if value is None else FooterLinks.model_validate(value)


def shown(bar: PromoBar, now: datetime) -> PromoBarRead | None:
    """Return the promo bar as the shop shows it now, or None if it is not shown."""
    is_open = (bar.starts_at is None or bar.starts_at <= now) and (bar.ends_at is None or bar.ends_at > now)
    if not (bar.is_active and bar.text and is_open):
        return None
    return PromoBarRead(text=bar.text, link_url=bar.link_url)
