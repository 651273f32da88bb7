"""What a shopper sees of the parcels of an order, and how they say that one did not arrive."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from src.app.fulfilment.models import ShipmentMethod, ShipmentState
from src.common.clock import KoreanTime
from src.common.dtos.fields import ClosedInput, OptionalLine

PARCELS: dict[str, Any] = {
    "order_no": "20261120-7Q6X9ZPM",
    "shipments": [
        {
            "number": "S20261121-3K8WQ0RA",
            "method": "PARCEL",
            "courier_name": "CJ대한통운",
            "tracking_no": "612345678901",
            "tracking_url": "https://trace.cjlogistics.com/next/tracking.html?wblNo=612345678901",
            "state": "IN_TRANSIT",
            "sent_at": "2026-11-21T11:00:00+09:00",
            "delivered_at": None,
            "is_assumed": False,
            "is_contested": False,
            "lines": [
                {
                    "line_no": "20261120-7Q6X9ZPM-01",
                    "name": "투어 스탠드백",
                    "color": "블랙",
                    "size": "9인치",
                    "units": 1,
                }
            ],
            "scans": [
                {"at": "2026-11-21T19:40:00+09:00", "status": "IN_TRANSIT", "place": "대전HUB", "text": "간선상차"}
            ],
        }
    ],
}


class ParcelLine(BaseModel):
    """Units of a line in a parcel."""

    line_no: str
    name: str
    color: str
    size: str
    units: int


class ParcelScan(BaseModel):
    """Where the parcel was, as the courier told it."""

    at: KoreanTime
    status: str
    place: str
    text: str


class Parcel(BaseModel):
    """A parcel, or a delivery without one. `tracking_url` is the courier's own page, null where it has none.

    `is_assumed`: nobody saw it arrive; it is taken for delivered because nothing was heard of it for a while.
    `is_contested`: the shopper said that it did not arrive, and the shop has not decided yet.
    """

    number: str
    method: ShipmentMethod
    courier_name: str
    tracking_no: str
    tracking_url: str | None
    state: ShipmentState
    sent_at: KoreanTime
    delivered_at: KoreanTime | None
    is_assumed: bool
    is_contested: bool
    lines: list[ParcelLine]
    scans: list[ParcelScan]


class OrderTracking(BaseModel):
    """The parcels of an order, the first one first; what was taken back before it left is not among them."""

    model_config = ConfigDict(json_schema_extra={"examples": [PARCELS]})

    order_no: str
    shipments: list[Parcel]


class NotReceived(ClosedInput):
    """What the shopper says about it; may be left out."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"note": "경비실에도 없습니다."}]})

    note: OptionalLine = ""
