"""Warnings for staff who edit a product: unusual prices and discounts, and options with alike names."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from src.app.product.services.editing.alike_names import Pair
from src.common.dtos.warnings import WarningCode, WarningRead

DEEP: Final = 90
WHOLE: Final = 100


def price_warnings(row: Mapping[str, Any], now: datetime) -> list[WarningRead]:
    """Check the stored price columns: warn of a discount that has ended, of one above 90 percent, and of a price of
    0 won. A discount that has not begun counts as if it held now."""
    found: list[WarningRead] = []
    origin_price, reduced = int(row["origin_price"]), int(row["origin_price"])
    if row["discount_option"]:
        ends_at = row["discount_ends_at"]
        if ends_at is not None and ends_at <= now:
            ko, en = "할인 기간이 이미 끝나 할인되지 않습니다.", "The discount's period is over: nothing is reduced."
            found.append(WarningRead(code=WarningCode.DISCOUNT_ENDED, detail=ko, en=en))
        else:
            is_dated = row["discount_starts_at"] is not None or ends_at is not None
            reduced = int(row["reduced_price"] if is_dated else row["price"])
    if (origin_price - reduced) * WHOLE > origin_price * DEEP:
        ko = f"할인이 {DEEP}%를 넘습니다. (할인가: {reduced:,}원)"
        en = f"The discount is more than {DEEP} percent ({reduced:,} won are left)."
        found.append(WarningRead(code=WarningCode.DISCOUNT_DEEP, detail=ko, en=en))
    if reduced == 0:
        ko, en = "판매가가 0원입니다.", "The price is 0 won."
        found.append(WarningRead(code=WarningCode.PRICE_ZERO, detail=ko, en=en))
    return found


def alike_warnings(pairs: list[Pair]) -> list[WarningRead]:
    """Return one warning for each group of alike names."""
    return [
        WarningRead(
            code=WarningCode.OPTIONS_ALIKE,
            detail=f"이름이 같은 옵션이 있습니다: {_named(pair)}. 하나의 이름을 바꾸거나 판매에서 빼 주세요.",
            en=f"Options are alike: {_named(pair)}. Rename one, or take it out.",
        )
        for pair in pairs
    ]


def _named(pair: Pair) -> str:
    names = ", ".join(f"{name} ({', '.join(skus)})" for name, skus in zip(pair.names, pair.skus, strict=True))
    return f"{pair.color}: {names}" if pair.color else names
