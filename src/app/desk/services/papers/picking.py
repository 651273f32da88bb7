"""피킹 리스트: what to take from the shelves for the lines that are to be sent, each size once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from src.app.desk.dtos.admin.papers import PickingQuery
from src.app.desk.services.lines import wanted_of
from src.app.desk.services.papers import pages
from src.app.order.models import OrderLine, OrderStatus
from src.app.order.services.changes.papers import note_printed
from src.app.order.services.lines import search
from src.app.order.services.lines.search import Found
from src.app.order.services.lines.statuses import unsent
from src.common import clock
from src.common.clock import KST

TITLE: Final = ("피킹 리스트", "Picking list")
MOST: Final = 500
"""Lines of one list; the oldest first."""
HEADING: Final = (
    ("", ""),
    ("상품코드", "Code"),
    ("상품명", "Product"),
    ("옵션", "Option"),
    ("SKU", "SKU"),
    ("수량", "Units"),
    ("상품주문번호", "Lines"),
)


async def picking(asked: PickingQuery) -> str:
    """Return the page. Live lines alone, of which something is to be sent. The orders are noted as printed at the
    moment before they were read."""
    now = clock.now()
    wanted = await wanted_of(asked, is_clear=False)
    found: list[Found] = []
    total = 0
    if wanted is not None:
        among = wanted.among if "status" in wanted.among else {**wanted.among, "status": [OrderStatus.PREPARING.value]}
        wanted = replace(wanted, among=among, is_ascending=True, with_archive=False)
        found, total, _ = await search.find(wanted, offset=0, limit=MOST)
    to_send = [each for each in found if unsent(each.line) > 0]
    await note_printed(sorted({each.order.id for each in to_send}), at=now)
    left = f" · {total:,}건 중 {len(found):,}건 of {total:,} lines" if total > len(found) else ""
    said = f"출력 Printed {now.astimezone(KST):%Y-%m-%d %H:%M} · 상품주문 {len(to_send):,}건 lines{left}"
    rows = _rows([each.line for each in to_send])
    units = sum(unsent(each.line) for each in to_send)
    foot = pages.foot(f"합계 Total {units:,}")
    return pages.page(TITLE, [pages.section(TITLE, pages.when(said), pages.table(HEADING, rows), foot)])


def _rows(lines: Sequence[OrderLine]) -> list[tuple[str | int, ...]]:
    """Return a row for each size, in the order of codes and SKUs: what lies together is taken together."""
    by_size: dict[tuple[str, str, int], list[OrderLine]] = {}
    for line in lines:
        by_size.setdefault((line.product_code, line.sku, line.variant_id), []).append(line)
    return [
        (
            "",
            code,
            some[0].name,
            " / ".join(part for part in (some[0].color, some[0].size) if part),
            sku,
            sum(unsent(line) for line in some),
            ", ".join(f"{line.line_no} ×{unsent(line)}" for line in some),
        )
        for (code, sku, _), some in sorted(by_size.items())
    ]
