"""The cards of the dashboard."""

from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from src.common.clock import KoreanTime

EXAMPLE = {"on_sale": 40, "sold_out": 3, "stopped": 5, "best": 8, "new": 8, "md_pick": 8}
LINES: Final = "/api/v1/admin/order-lines"
PRODUCTS: Final = "/api/v1/admin/products"
PICKS: Final = "/api/v1/admin/promotions"
LINKS: Final[dict[str, Any]] = {
    "on_sale": f"{PRODUCTS}?status=on_sale",
    "sold_out": f"{PRODUCTS}?status=sold_out",
    "stopped": f"{PRODUCTS}?status=stopped",
    "best": f"{PICKS}/best/items",
    "new": f"{PICKS}/new/items",
    "md_pick": f"{PICKS}/md_pick/items",
}
CARD: Final[dict[str, Any]] = {"count": 12, "is_exact": True, "link": f"{LINES}?order_status=PAID"}
NONE: Final[dict[str, Any]] = {"count": 0, "is_exact": True, "link": None}
PAYOUT: Final[dict[str, Any]] = {
    "amount": 762379,
    "count": 13,
    "link": "/api/v1/admin/settlements?from=2026-11-26&to=2026-11-26",
}


class ProductCardCounts(BaseModel):
    """The product card: how many products, and how many the three curated lists show now."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [dict(EXAMPLE)]})

    on_sale: int = Field(description="On sale with stock.")
    sold_out: int = Field(description="On sale without stock.")
    stopped: int
    best: int = Field(description="Best Item.")
    new: int = Field(description="New Arrival.")
    md_pick: int = Field(description="MD's Choice.")


class DashboardProducts(ProductCardCounts):
    """The product card with the list behind each number, by its name."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [{**EXAMPLE, "links": LINKS}]})

    links: dict[str, str]


class CountCard(BaseModel):
    """The count of the list at `link`; `link` is null where there is no such list yet. A count above 10,000 is 10,000
    and `is_exact` is false."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [CARD]})

    count: int
    is_exact: bool
    link: str | None


class PayoutCard(BaseModel):
    """Won that the payment provider pays out, less refunds and fees, and of how many movements."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [PAYOUT]})

    amount: int
    count: int
    link: str


class OrderCards(BaseModel):
    """주문/배송: lines at each stage, of orders of the last three months."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [dict.fromkeys(("unpaid", "new", "preparing", "shipping", "delivered", "late"), CARD)]
        },
    )

    unpaid: CountCard = Field(description="결제대기")
    new: CountCard = Field(description="신규주문")
    preparing: CountCard = Field(description="배송준비")
    shipping: CountCard = Field(description="배송중")
    delivered: CountCard = Field(description="배송완료")
    late: CountCard = Field(description="발송지연: should have been sent before today.")


class ClaimCards(BaseModel):
    """클레임: open requests, and purchases confirmed today."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "cancel_requested": NONE,
                    "return_requested": NONE,
                    "return_collected": NONE,
                    "exchange_requested": NONE,
                    "exchange_collected": NONE,
                    "confirmed_today": CARD,
                }
            ]
        },
    )

    cancel_requested: CountCard = Field(description="취소요청")
    return_requested: CountCard = Field(description="반품요청")
    return_collected: CountCard = Field(description="반품수거완료")
    exchange_requested: CountCard = Field(description="교환요청")
    exchange_collected: CountCard = Field(description="교환수거완료")
    confirmed_today: CountCard = Field(description="구매확정, today")


class SettlementCards(BaseModel):
    """정산: what is paid out today, and later; `scheduled` holds what has no day yet too. `uncleared` counts the orders
    whose money does not add up: the goal is none."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={"examples": [{"today": PAYOUT, "scheduled": PAYOUT, "uncleared": NONE}]},
    )

    today: PayoutCard = Field(description="오늘정산")
    scheduled: PayoutCard = Field(description="정산예정")
    uncleared: CountCard = Field(description="금액이 맞지 않는 주문")


class Dashboard(BaseModel):
    """Every card that this shop has, as counted at `counted_at`, at most 30 seconds ago."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "products": {**EXAMPLE, "links": LINKS},
                    "orders": dict.fromkeys(("unpaid", "new", "preparing", "shipping", "delivered", "late"), CARD),
                    "claims": {
                        "cancel_requested": NONE,
                        "return_requested": NONE,
                        "return_collected": NONE,
                        "exchange_requested": NONE,
                        "exchange_collected": NONE,
                        "confirmed_today": CARD,
                    },
                    "settlement": {"today": PAYOUT, "scheduled": PAYOUT, "uncleared": NONE},
                    "counted_at": "2026-11-26T09:00:00+09:00",
                }
            ]
        },
    )

    products: DashboardProducts
    orders: OrderCards
    claims: ClaimCards
    settlement: SettlementCards
    counted_at: KoreanTime
