"""Staff routes of papers to print."""

from typing import Annotated

from fastapi import Depends, Query
from fastapi.responses import HTMLResponse

from src.app.desk.dtos.admin.papers import DeliveryNoteQuery, PickingQuery
from src.app.desk.services.papers import delivery, picking
from src.app.order.errors import OrderNotFound
from src.common.exceptions import documents
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.openapi.marks import files, tells
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "order:read"))]
PAGE = files("text/html")
HEADERS = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'", "Cache-Control": "no-store"}

router = new_router("/admin", tags=["admin: orders"])


@router.get(
    "/orders/delivery-notes",
    operation_id="printDeliveryNotes",
    response_class=HTMLResponse,
    responses={**documents(OrderNotFound), **PAGE},
)
@tells(headers=("Content-Security-Policy", "Cache-Control"))
async def print_delivery_notes(asked: Annotated[DeliveryNoteQuery, Query()], by: Acting, _: Reader) -> HTMLResponse:
    """배송 안내서 of up to 100 paid orders, a sheet of A4 each, to print from the browser. Masked and logged like the order.
    A later change of address or option makes it stale (`is_print_stale`)."""
    return HTMLResponse(await delivery.notes(asked, by=by), headers=HEADERS)


@router.get("/order-lines/picking-list", operation_id="printPickingList", response_class=HTMLResponse, responses=PAGE)
@tells(headers=("Content-Security-Policy", "Cache-Control"))
async def print_picking_list(asked: Annotated[PickingQuery, Query()], _: Reader) -> HTMLResponse:
    """피킹 리스트 of up to 500 lines to send, the oldest first: each size once with its units and lines, on A4. It names no
    person."""
    return HTMLResponse(await picking.picking(asked), headers=HEADERS)
