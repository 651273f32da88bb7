"""Bodies of the shipping settings as staff edit them. Amounts are won."""

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, model_validator
from pydantic_core import PydanticCustomError

from src.app.shipping.models import DeliveryMethod, FeePer, SurchargeArea
from src.common.clock import KoreanTime
from src.common.dtos.fields import ClosedInput, Line, RowId, Zipcode
from src.common.dtos.money import Won

MAX_FEE = 1_000_000
MAX_PRODUCTS = 300
MAX_SENT = 300
MAX_SURCHARGES = 3_000
Fee = Annotated[int, Field(strict=True, ge=0, le=MAX_FEE)]
AreaName = Annotated[Line, Field(max_length=50)]

AREA: dict[str, JsonValue] = {
    "area": "JEJU",
    "name": "제주",
    "zipcode_from": "63000",
    "zipcode_to": "63644",
    "fee": 3000,
}
BULKY: dict[str, JsonValue] = {"product_id": 7, "fee": 5000, "per": "UNIT"}
RULES: dict[str, JsonValue] = {
    "base_fee": 2500,
    "free_from": 100000,
    "return_fee": 3000,
    "exchange_fee": 6000,
    "methods": ["PARCEL", "VISIT"],
    "product_fees": [BULKY],
    "surcharges": [AREA],
}


class SurchargeWrite(ClosedInput):
    """A surcharge for the zipcodes of a range, both ends included. Where ranges overlap, the highest fee counts."""

    model_config = ConfigDict(json_schema_extra={"examples": [AREA]})

    area: SurchargeArea
    name: AreaName
    zipcode_from: Zipcode
    zipcode_to: Zipcode
    fee: Fee

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.zipcode_from > self.zipcode_to:
            raise PydanticCustomError(
                "zipcodes_reversed",
                "the range ends before it begins",
                {"ko": "끝 우편번호가 시작 우편번호보다 작습니다.", "en": "The range ends before it begins."},
            )
        return self


class ProductFeeWrite(ClosedInput):
    """The own fee of a product, once an order or for each unit. 0 is a product that always ships free."""

    model_config = ConfigDict(json_schema_extra={"examples": [BULKY]})

    product_id: RowId
    fee: Fee
    per: FeePer


def _each_once(fees: list[ProductFeeWrite]) -> list[ProductFeeWrite]:
    if len({fee.product_id for fee in fees}) < len(fees):
        raise PydanticCustomError(
            "duplicate_product",
            "a product is named twice",
            {"ko": "같은 상품이 두 번 들어 있습니다.", "en": "The same product is named twice."},
        )
    return fees


def _methods_once(methods: list[DeliveryMethod]) -> list[DeliveryMethod]:
    return [method for method in DeliveryMethod if method in methods]


class ShippingWrite(ClosedInput):
    """All rules. `free_from` null: the base fee is never waived. `surcharges` left out or null: the list stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [RULES]})

    base_fee: Fee
    free_from: Won | None
    return_fee: Fee
    exchange_fee: Fee
    methods: Annotated[list[DeliveryMethod], Field(min_length=1, max_length=20), AfterValidator(_methods_once)]
    product_fees: Annotated[list[ProductFeeWrite], Field(max_length=MAX_PRODUCTS), AfterValidator(_each_once)]
    surcharges: Annotated[list[SurchargeWrite], Field(max_length=MAX_SENT)] | None = None


class SurchargeRead(BaseModel):
    """A surcharge of a range of zipcodes."""

    area: SurchargeArea
    name: str
    zipcode_from: str
    zipcode_to: str
    fee: Won


class ProductFeeRead(BaseModel):
    """The own fee of a product. Code and name are null for a product that is gone."""

    product_id: int
    product_code: str | None
    name: str | None
    fee: Won
    per: FeePer


class AdminShippingRead(BaseModel):
    """A version of the rules. Version 1 are the defaults of the shop system, which nobody edited."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **RULES,
                    "product_fees": [{**BULKY, "product_code": "01201110", "name": "투어 캐디백"}],
                    "version": 3,
                    "updated_at": "2026-11-20T13:00:00+09:00",
                }
            ]
        }
    )

    base_fee: Won
    free_from: Won | None
    return_fee: Won
    exchange_fee: Won
    methods: list[DeliveryMethod]
    product_fees: list[ProductFeeRead]
    surcharges: list[SurchargeRead]
    version: int
    updated_at: KoreanTime | None


class SheetProblemRead(BaseModel):
    """What is wrong with a cell, or with the row where `column` is empty."""

    row: int
    column: str
    message_ko: str
    message_en: str


class SurchargeImportRead(BaseModel):
    """What a sheet does to the list. Nothing is saved by a dry run, with a problem, or where nothing changes.

    `rows` are the sheet's rows, `ranges` the ranges of the list after it, `version` the version then in force.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"saved": True, "rows": 12, "ranges": 20, "version": 4, "problems": []}],
        }
    )

    saved: bool
    rows: int
    ranges: int
    version: int
    problems: list[SheetProblemRead]
