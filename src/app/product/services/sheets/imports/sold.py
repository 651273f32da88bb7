"""Find units that were sold since a stock was last set. A sheet without the base stock (the stock that its editor saw)
must not put these units up for sale again."""

from collections.abc import Sequence
from typing import Final

from tortoise.expressions import Q
from tortoise.functions import Max, Sum

from src.app.product.models import StockAdjustment, StockKind, StockLedger
from src.app.product.services.sheets.imports.plans import ProductPlan, SizePlan
from src.app.product.services.sheets.records import Problem
from src.common.dtos.warnings import WarningCode

REASON: Final = "일괄 등록: "
"""The beginning of the reason of every adjustment by a sheet."""
MOVES: Final = (StockKind.HOLD, StockKind.RELEASE, StockKind.RESTOCK, StockKind.WRITE_OFF)
CODE: Final = "STOCK_SOLD_SINCE"


async def compare(plans: Sequence[ProductPlan], *, overwrite: bool) -> None:
    """Check the planned changes of stock for units sold since.

    Without a base stock, a change is refused if units were sold since a sheet last set the stock, or since the size was
    created. With `overwrite` there is a warning instead, also if the base stock is higher than the present stock.

    At most three queries; none if there is nothing to check. Call it with the sizes locked to be sure that the result
    holds until the commit.
    """
    asked = [
        (plan, size)
        for plan in plans
        if not plan.wish.problems
        for size in plan.sizes
        if size.row is not None and size.delta and (overwrite or size.wish.base is None)
    ]
    sold = await _sold([size for _, size in asked if size.wish.base is None])
    for plan, size in asked:
        assert size.row is not None  # noqa: S101 - see above
        before = size.wish.base
        units = sold.get(int(size.row.id), 0) if before is None else before - int(size.row.stock)
        if units <= 0:
            continue
        if overwrite:
            plan.warnings.append(_overwritten(size, units))
        else:
            plan.wish.problems.append(_refused(size, units))


def numbers(size: SizePlan, sold: int) -> dict[str, int]:
    """Return the numbers that a screen shows with the text: stock in the sheet, units sold since, present stock."""
    assert size.wish.stock is not None and size.row is not None  # noqa: S101, PT018 - the caller chose it
    return {"stock": size.wish.stock, "sold_since": sold, "stock_now": int(size.row.stock)}


def _refused(size: SizePlan, sold: int) -> Problem:
    told = numbers(size, sold)
    ko = (
        f"재고를 마지막으로 설정한 뒤 {sold}개가 판매되었습니다. (파일 재고: {told['stock']}개, 현재 재고: "
        f"{told['stock_now']}개) 기준재고 열을 함께 올리거나, 덮어쓰려면 재고 덮어쓰기를 선택해 주세요."
    )
    en = (
        f"{sold} units were sold since the stock was last set (sheet: {told['stock']}, now: {told['stock_now']}). "
        "Upload the base stock column too, or choose overwrite_stock."
    )
    return Problem(size.wish.row, "stock", ko, en, CODE, told)


def _overwritten(size: SizePlan, sold: int) -> Problem:
    told = numbers(size, sold)
    ko = f"그 사이 판매된 {sold}개를 덮어씁니다. (파일 재고: {told['stock']}개, 현재 재고: {told['stock_now']}개)"
    en = f"Overwrites {sold} units sold meanwhile (sheet: {told['stock']}, now: {told['stock_now']})."
    return Problem(size.wish.row, "stock", ko, en, WarningCode.STOCK_OVERWRITTEN.value, told)


async def _sold(sizes: Sequence[SizePlan]) -> dict[int, int]:
    """Return, by variant id, the units that orders took since a sheet last set the stock, minus returned units."""
    ids = [int(size.row.id) for size in sizes if size.row is not None]
    if not ids:
        return {}
    set_by_sheets = StockAdjustment.filter(variant_id__in=ids, reason__startswith=REASON).exclude(batch="")
    last = await set_by_sheets.annotate(last=Max("id")).group_by("variant_id").values_list("variant_id", "last")
    sources = [f"adjust:{id_}" for _, id_ in last]
    written = StockLedger.filter(variant_id__in=[id_ for id_, _ in last], kind=StockKind.ADJUST, source__in=sources)
    since = dict(await written.values_list("variant_id", "id")) if last else {}
    after = Q(*(Q(variant_id=id_, id__gt=since.get(id_, 0)) for id_ in ids), join_type=Q.OR)
    moved = StockLedger.filter(after, kind__in=MOVES).annotate(units=Sum("delta")).group_by("variant_id")
    return {variant_id: -int(units) for variant_id, units in await moved.values_list("variant_id", "units")}
