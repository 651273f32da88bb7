"""Stock as staff read and correct it. Quantities are in units."""

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from src.app.product.models import DisplayStatus, SaleStatus, StockKind
from src.common.clock import KoreanTime
from src.common.dtos.day_range import DayRange
from src.common.dtos.fields import ClosedInput, Line, RowId
from src.common.dtos.pages import PageNumber, PageQuery, PageSize

MOST_AT_ONCE = 100  # each item's row stays locked until all items are done
PLACE: dict[str, Any] = {
    "variant_id": 31,
    "sku": "01201110-0-9.0IN",
    "product_id": 7,
    "product_code": "01201110",
    "name": "투어 스탠드백",
    "color": "블랙",
    "size": "9.0인치",
}
ADJUSTED: dict[str, Any] = {"adjustment_id": 5, "variant_id": 31, "delta": -2, "stock": 10}


def _not_zero(value: int) -> int:
    if value == 0:
        raise PydanticCustomError(
            "no_change", "0 changes nothing", {"ko": "0은 아무것도 바꾸지 않습니다.", "en": "0 changes nothing."}
        )
    return value


Delta = Annotated[
    int,
    Field(strict=True, ge=-1_000_000, le=1_000_000, examples=[-2], description="Units to add, negative to take away."),
    AfterValidator(_not_zero),
]
Reason = Annotated[Line, Field(examples=["실사 재고 차이"], description="Why, for the ledger and the log.")]


class StockAdjust(ClosedInput):
    """Correct the stock of one colour and size."""

    delta: Delta
    reason: Reason


class AdjustItem(ClosedInput):
    """One correction among several. Without a reason of its own the common one counts."""

    variant_id: Annotated[RowId, Field(examples=[31])]
    delta: Delta
    reason: Reason | None = None


class StockAdjustMany(ClosedInput):
    """Corrections of several colours and sizes, each at most once."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"items": [{"variant_id": 31, "delta": -2}, {"variant_id": 32, "delta": 5}], "reason": "실사"}]
        }
    )

    items: Annotated[list[AdjustItem], Field(min_length=1, max_length=MOST_AT_ONCE)]
    reason: Reason

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({item.variant_id for item in self.items}) < len(self.items):
            raise PydanticCustomError(
                "repeated_id",
                "a variant is there twice",
                {"ko": "같은 옵션이 두 번 들어 있습니다.", "en": "An option is named twice."},
            )
        return self


class StockAdjusted(BaseModel):
    """What was done. `stock` is what it left at that moment."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [ADJUSTED]})

    adjustment_id: int
    variant_id: int
    delta: int
    stock: int


class AdjustResult(BaseModel):
    """One item's outcome. Of a refused one `code` says why (`STOCK_BELOW_ZERO`, `STOCK_TOO_LARGE`,
    `STOCK_VARIANT_NOT_FOUND`), and `stock` is what there is, null where the option is unknown."""

    variant_id: int
    outcome: Literal["adjusted", "refused"]
    adjustment_id: int | None
    stock: int | None
    code: str | None


class StockAdjustedMany(BaseModel):
    """One result for each item, in the order of the request."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "results": [
                        {"variant_id": 31, "outcome": "adjusted", "adjustment_id": 5, "stock": 10, "code": None},
                        {
                            "variant_id": 32,
                            "outcome": "refused",
                            "adjustment_id": None,
                            "stock": 2,
                            "code": "STOCK_BELOW_ZERO",
                        },
                    ],
                    "adjusted": 1,
                    "refused": 1,
                }
            ]
        }
    )

    results: list[AdjustResult]
    adjusted: int
    refused: int


class LedgerQuery(DayRange):
    """The ledger of one colour and size: which kinds, on which Korean days. The newest first."""

    variant_id: Annotated[int, Field(ge=1, le=2**63 - 1)]
    kind: StockKind | None = None
    page: PageNumber = 1
    size: PageSize = 20


class StockPlace(BaseModel):
    """Which colour and size of which product. The product's words are null where the option was deleted."""

    variant_id: int
    sku: str | None
    product_id: int | None
    product_code: str | None
    name: str | None
    color: str | None
    size: str | None


class LedgerRow(BaseModel):
    """One change. `balance` is the stock after it, whatever the filters leave out. `actor`, `actor_name` and `reason`
    are there for adjustments by hand only."""

    id: int
    kind: StockKind
    source: str
    delta: int
    balance: int
    actor: str | None
    actor_name: str | None
    reason: str | None
    created_at: KoreanTime


class LedgerPage(BaseModel):
    """One page of a ledger, the newest first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "variant": PLACE,
                    "stock": 10,
                    "items": [
                        {
                            "id": 912,
                            "kind": "ADJUST",
                            "source": "adjust:5",
                            "delta": -2,
                            "balance": 10,
                            "actor": "staff:1",
                            "actor_name": "박운영",
                            "reason": "실사 재고 차이",
                            "created_at": "2026-11-20T10:12:00+09:00",
                        }
                    ],
                    "total": 1,
                    "page": 1,
                    "size": 20,
                }
            ]
        }
    )

    variant: StockPlace
    stock: int | None
    items: list[LedgerRow]
    total: int
    page: int
    size: int


class LowQuery(PageQuery):
    """Colours and sizes with at most `threshold` units, the fewest first."""

    threshold: Annotated[int, Field(ge=0, le=1_000_000)] = 5
    sale_status: SaleStatus | Literal["all"] = Field(
        SaleStatus.ON_SALE, description="`all`: also of products whose sale was stopped."
    )


class LowStock(BaseModel):
    """A colour and size that runs out."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [{**PLACE, "stock": 2, "sale_status": "ON_SALE", "display_status": "SHOWN", "waiting": 4}]
        },
    )

    variant_id: int
    sku: str
    product_id: int
    product_code: str
    name: str
    color: str
    size: str
    stock: int
    sale_status: SaleStatus
    display_status: DisplayStatus
    waiting: int = Field(description="Shoppers with an open restock alert.")
