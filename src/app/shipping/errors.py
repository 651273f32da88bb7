"""Errors of the shipping domain."""

from collections.abc import Sequence
from typing import Any, ClassVar

from src.common.exceptions import Conflict, NotFound, Unauthorized, Unprocessable


class CourierUnknown(Unprocessable):
    """No courier of the shop has this code or name, or staff switched it off."""

    code = "COURIER_UNKNOWN"
    ko, en = (
        "택배사를 확인해 주세요. 등록되지 않았거나 사용하지 않는 택배사입니다.",
        "This courier is not one that the shop uses.",
    )
    sample: ClassVar[dict[str, Any]] = {"courier": "한국택배"}


class TrackingNoMissing(Unprocessable):
    code = "TRACKING_NO_MISSING"
    ko, en = "송장번호를 입력해 주세요.", "Please enter the tracking number."


class TrackingNoInvalid(Unprocessable):
    """`digits` are the lengths that this courier's numbers have; empty: any."""

    code = "TRACKING_NO_INVALID"
    ko, en = "송장번호를 확인해 주세요. {courier}에서 쓰는 형식이 아닙니다.", "This is no tracking number of {courier}."
    sample: ClassVar[dict[str, Any]] = {"courier": "CJ대한통운", "digits": [10, 12]}


class CourierLeftOut(Conflict):
    """Shipments keep the code of their courier: one that is no longer used is switched off, not taken away."""

    code = "COURIER_LEFT_OUT"
    ko, en = (
        "목록에서 빠진 택배사가 있습니다. 쓰지 않는 택배사는 사용 안 함으로 바꿔 주세요.",
        "Couriers are missing in the list. Switch off those that are no longer used.",
    )
    sample: ClassVar[dict[str, Any]] = {"codes": ["CHUNIL"]}


class CourierWordTwice(Unprocessable):
    """A sheet that holds this word could mean either courier."""

    code = "COURIER_WORD_TWICE"
    ko, en = (
        "'{word}'은(는) 두 택배사가 함께 쓸 수 없습니다.",
        "'{word}' cannot stand for two couriers.",
    )
    sample: ClassVar[dict[str, Any]] = {"word": "현대택배", "codes": ["LOTTE", "HD2"]}


class ShippingVersionNotFound(NotFound):
    """There was never such a version of the rules."""

    code = "SHIPPING_VERSION_NOT_FOUND"
    ko, en = "배송비 정책의 해당 버전이 없습니다.", "There is no such version of the shipping rules."


class FeeProductsUnknown(Unprocessable):
    """Names the products with an own fee that the shop does not know."""

    code = "FEE_PRODUCTS_UNKNOWN"
    ko, en = "개별 배송비의 상품을 찾을 수 없습니다.", "Some products with an own shipping fee are unknown."
    sample: ClassVar[dict[str, Any]] = {"product_ids": [99]}

    def __init__(self, *, product_ids: Sequence[int]) -> None:
        super().__init__(product_ids=list(product_ids))


class TooManySurcharges(Unprocessable):
    """The list would have more ranges than `limit`."""

    code = "TOO_MANY_SURCHARGES"
    ko, en = (
        "추가 배송비 지역은 {limit:,}개 구간까지 저장할 수 있습니다.",
        "At most {limit:,} ranges of zipcodes can have a surcharge.",
    )
    sample: ClassVar[dict[str, Any]] = {"limit": 3000}

    def __init__(self, *, limit: int) -> None:
        super().__init__(limit=limit)


class TrackingSecretInvalid(Unauthorized):
    """Whoever sends scans knows no secret of the shop, or the shop has none."""

    code = "TRACKING_SECRET_INVALID"
    ko, en = "배송 스캔을 보낼 수 있는 비밀값이 아닙니다.", "This is no secret by which scans may be sent."
