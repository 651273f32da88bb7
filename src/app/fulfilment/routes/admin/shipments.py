"""Staff routes for shipments: 발송처리, 송장 수정, 배송현황관리."""

from typing import Annotated

from fastapi import Depends, Query

from src.app.fulfilment.dtos.admin.rows import row_refusals
from src.app.fulfilment.dtos.admin.shipment_reads import ShipmentQuery, ShipmentRead, ShipmentTracking
from src.app.fulfilment.dtos.admin.shipments import SentRow, SentRows, ShipmentChange, ShipmentNo, ShipmentsNew
from src.app.fulfilment.errors import LineTwice, ShipmentCannotMove, ShipmentNotFound, TrackingNoUsed
from src.app.fulfilment.services.shipments import correcting, reading, sending
from src.app.order.errors import LineNotFound, OrderCannotMove, UnitsTaken, WrongState
from src.app.shipping.errors import CourierUnknown, TrackingNoInvalid, TrackingNoMissing
from src.common.dtos.pages import Page
from src.common.exceptions import documents
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "order:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "order:write"))]

router = new_router("/admin/shipments", tags=["admin: orders"])


@router.get("", operation_id="listShipments")
async def list_shipments(asked: Annotated[ShipmentQuery, Query()], _: Reader) -> Page[ShipmentRead]:
    """배송현황관리: shipments by state, courier, day, number, order or line, the newest first. Names are masked."""
    return await reading.find(asked)


@router.post(
    "",
    operation_id="sendShipments",
    responses=row_refusals(
        LineNotFound,
        LineTwice,
        WrongState,
        UnitsTaken,
        OrderCannotMove,
        CourierUnknown,
        TrackingNoMissing,
        TrackingNoInvalid,
        TrackingNoUsed,
        row=SentRow,
        answer=SentRows,
    ),
)
async def send_shipments(body: ShipmentsNew, by: Acting, _: Writer) -> SentRows:
    """발송처리: send up to 500 rows of lines, whole or in part. Each row has its own result.

    Rows of one order with the same courier and number are one shipment. A line may stand in several rows only if each
    names its units and another number. Lines that were not taken into work (발주확인) are, by this.
    """
    return await sending.send(body.rows, by=by)


@router.patch(
    "/{number}",
    operation_id="changeShipment",
    responses=documents(
        ShipmentNotFound,
        ShipmentCannotMove,
        WrongState,
        UnitsTaken,
        CourierUnknown,
        TrackingNoMissing,
        TrackingNoInvalid,
        TrackingNoUsed,
    ),
)
async def change_shipment(number: ShipmentNo, body: ShipmentChange, by: Acting, _: Writer) -> ShipmentRead:
    """송장 수정, or the state of a parcel as staff know it, with a reason. See `allowed_actions`."""
    return await reading.shown(await correcting.change(number, body, by=by))


@router.get("/{number}/tracking", operation_id="trackShipment", responses=documents(ShipmentNotFound))
async def track_shipment(number: ShipmentNo, _: Reader) -> ShipmentTracking:
    """A shipment with all scans and its history. What moved nothing is shown too."""
    return await reading.tracking(number)
