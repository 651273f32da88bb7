"""Staff routes that find and count order lines."""

from typing import Annotated

from fastapi import Depends, Query

from src.app.desk.dtos.admin.lines import LineCounts, LinePage, LineQuery
from src.app.desk.services import lines
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "order:read"))]

router = new_router("/admin/order-lines", tags=["admin: orders"])


@router.get("", operation_id="listOrderLines")
async def list_order_lines(asked: Annotated[LineQuery, Query()], by: Acting, _: Reader) -> LinePage:
    """주문통합검색: lines of all orders by key, date and state. Personal data is masked without `pii:read`; with it, every
    order shown is in the access log."""
    return await lines.find(asked, by=by)


@router.get("/counts", operation_id="countOrderLines")
async def count_order_lines(_: Reader) -> LineCounts:
    """How many lines wait at each stage: the cards above the lists."""
    return await lines.counts()
