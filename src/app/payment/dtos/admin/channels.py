"""Bodies of the staff routes about payment channels."""

from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from src.app.payment.models import ChannelMode, EasyPayProvider, PayMethod
from src.common.clock import KoreanTime
from src.common.dtos.fields import ClosedInput, Line
from src.common.dtos.money import Won

CARD: Final[dict[str, Any]] = {
    "code": "CARD",
    "method": "CARD",
    "easy_pay_provider": None,
    "pg": "INICIS_V2",
    "channel_key": "channel-key-893597d6-e62d-410f-83f9-119f530b4b11",
    "mode": "LIVE",
    "is_active": True,
    "mixed_tax": True,
    "escrow": False,
    "manual_approval": False,
    "min_amount": 0,
    "name": "신용·체크카드",
    "name_en": "Credit or debit card",
}
NAVER: Final[dict[str, Any]] = {
    **CARD,
    "code": "NAVERPAY",
    "method": "EASY_PAY",
    "easy_pay_provider": "NAVERPAY",
    "pg": "NAVERPAY",
    "min_amount": 100,
    "name": "네이버페이",
    "name_en": "Naver Pay",
}

ChannelMethod = Literal[
    PayMethod.CARD, PayMethod.EASY_PAY, PayMethod.TRANSFER, PayMethod.MOBILE, PayMethod.VIRTUAL_ACCOUNT
]
Code = Annotated[
    str, Field(pattern=r"^[A-Z][A-Z0-9_]{1,19}$", examples=["NAVERPAY"], description="Ours; it never changes.")
]
Name = Annotated[Line, Field(max_length=50)]
Flag = Annotated[bool, Field(strict=True)]


class ChannelWrite(ClosedInput):
    """The whole of a channel. Its place in the list is its place on screens, and of two that fit the first is used."""

    model_config = ConfigDict(json_schema_extra={"examples": [CARD]})

    code: Code
    method: ChannelMethod
    easy_pay_provider: EasyPayProvider | None = Field(
        None, description="The wallet, with EASY_PAY only. Null: the shopper may name any wallet."
    )
    pg: str = Field("", max_length=40, pattern=r"^[A-Z0-9_]*$", description="PortOne's word for the payment company.")
    channel_key: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9_-]+$")]
    mode: ChannelMode = Field(description="A TEST channel is never offered in production.")
    is_active: Flag
    mixed_tax: Flag = Field(description="There is a contract for tax-free goods (복합과세).")
    escrow: Flag = Field(description="There is a contract for escrow (구매안전서비스).")
    manual_approval: Flag = Field(description="The shop approves each payment itself (수동 승인).")
    min_amount: Won = Field(0, description="Below it the channel is not offered. Naver Pay's is 100 at least.")
    name: Name
    name_en: Name

    @model_validator(mode="after")
    def _wallets_are_easy_pay(self) -> Self:
        if self.easy_pay_provider is not None and self.method != PayMethod.EASY_PAY:
            raise PydanticCustomError(
                "wallet_without_easy_pay",
                "only EASY_PAY has a wallet",
                {"ko": "간편결제사는 EASY_PAY에만 지정할 수 있습니다.", "en": "Only EASY_PAY has a wallet."},
            )
        return self


class ChannelListWrite(ClosedInput):
    """All channels in the order to show. One that is no longer used is switched off; none may be left out."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [CARD, NAVER]}]})

    items: Annotated[list[ChannelWrite], Field(min_length=1, max_length=100)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({one.code for one in self.items}) < len(self.items):
            raise PydanticCustomError(
                "repeated_code",
                "a code is there twice",
                {"ko": "같은 결제 채널 코드가 두 번 들어 있습니다.", "en": "A code is named twice."},
            )
        return self


class ChannelRead(BaseModel):
    """A payment channel. `is_offered`: shoppers may pay by it now; a test channel in production is not."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [{**CARD, "is_offered": True}]})

    code: str
    method: PayMethod
    easy_pay_provider: EasyPayProvider | None
    pg: str = Field(description="결제대행사")
    channel_key: str
    mode: ChannelMode
    is_active: bool
    mixed_tax: bool = Field(description="복합과세 계약")
    escrow: bool = Field(description="에스크로 계약")
    manual_approval: bool = Field(description="수동 승인")
    min_amount: Won
    name: str
    name_en: str
    is_offered: bool


class ChannelListRead(BaseModel):
    """All channels, and when the list was changed; null where it never was: then they are those of the settings
    (`is_from_settings`), and the first edit stores them."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "items": [{**CARD, "is_offered": True}, {**NAVER, "is_offered": True}],
                    "is_from_settings": False,
                    "updated_at": "2026-11-20T09:00:00+09:00",
                    "version": 2,
                }
            ]
        },
    )

    items: list[ChannelRead]
    is_from_settings: bool
    updated_at: KoreanTime | None
    version: int
