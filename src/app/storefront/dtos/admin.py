"""Storefront settings as staff write and read them."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from src.app.storefront.dtos.requests import FooterLink
from src.common.dtos.content import Moment
from src.common.dtos.fields import ClosedInput, OptionalLine
from src.common.dtos.links import EditedLink


class PromoBar(ClosedInput):
    """The line above the header. Shown while `is_active` and inside the period (open where null)."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"text": "신규 회원 첫 구매 무료배송", "link_url": "/event"}]}
    )

    text: Annotated[OptionalLine, Field(max_length=120)] = ""
    link_url: EditedLink = ""
    is_active: bool = True
    starts_at: Moment | None = None
    ends_at: Moment | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.starts_at is not None and self.ends_at is not None and self.starts_at >= self.ends_at:
            raise PydanticCustomError(
                "reversed_range",
                "the end must be after the start",
                {"ko": "종료 시각은 시작 시각보다 늦어야 합니다.", "en": "The end must be after the start."},
            )
        return self


class FooterLinks(ClosedInput):
    """All links of the footer, in the order to show."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [{"label": "FAQ", "url": "/faq"}]}]})

    items: Annotated[list[FooterLink], Field(max_length=30)]


class PromoBarSetting(PromoBar):
    """The promo bar as staff set it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"text": "신규 회원 첫 구매 무료배송", "version": 2}]})

    version: int


class FooterSetting(FooterLinks):
    """The links of the footer as staff set them; the list as a whole has one version."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [{"label": "FAQ", "url": "/faq"}], "version": 2}]}
    )

    version: int
