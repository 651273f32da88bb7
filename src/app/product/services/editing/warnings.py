"""What of a product is worth a second look when staff edit it: a price or discount that hardly anybody means."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from src.app.product.services.editing.alike_names import Pair
from src.common.dtos.warnings import WarningCode, WarningRead

DEEP: Final = 90
WHOLE: Final = 100


def price_warnings(row: Mapping[str, Any], now: datetime) -> list[WarningRead]:
    """Of the columns of a price as they are stored: a discount that ended, one of more than 90 percent, and a price of
    nothing, now or while a discount that may still come holds."""
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
    """One for each two or more names of colours, or of sizes of a colour, that a person takes for the same."""
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
