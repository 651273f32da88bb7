"""Queries and answers of the staff's lists of shipments."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from src.app.fulfilment.dtos.admin.rows import LineNo
from src.app.fulfilment.dtos.admin.shipments import ShipmentNo
from src.app.fulfilment.models import DeliveredBy, Direction, ShipmentAction, ShipmentMethod, ShipmentState
from src.app.order.models import ClaimStatus, DeliveryAttribute, OrderStatus
from src.common.clock import KoreanTime
from src.common.dtos.day_range import DayRange
from src.common.dtos.keysets import Keyset
from src.common.dtos.pages import Cursored, PageNumber, PageSize
from src.common.ids import ORDER_NO_PATTERN, as_typed

TaskId = Annotated[str, Field(pattern=r"^[0-9A-HJKMNP-TV-Z]{26}$", examples=["01JG7Q6X9ZP4M3C2B1A0ZYXWVT"])]
OrderNo = Annotated[
    str, BeforeValidator(as_typed), Field(max_length=17, pattern=ORDER_NO_PATTERN, examples=["20261120-7Q6X9ZPM"])
]
SHIPMENT: dict[str, Any] = {
    "number": "S20261121-3K8WQ0RA",
    "order_no": "20261120-7Q6X9ZPM",
    "order_status": "SHIPPING",
    "direction": "OUT",
    "method": "PARCEL",
    "courier": "CJ",
    "courier_name": "CJ대한통운",
    "tracking_no": "612345678901",
    "tracking_url": "https://trace.cjlogistics.com/next/tracking.html?wblNo=612345678901",
    "state": "IN_TRANSIT",
    "recipient": "김*지",
    "sent_at": "2026-11-21T11:00:00+09:00",
    "scanned_at": "2026-11-21T19:40:00+09:00",
    "delivered_at": None,
    "delivered_by": None,
    "contested_at": None,
    "lines": [
        {
            "line_no": "20261120-7Q6X9ZPM-01",
            "name": "투어 스탠드백",
            "color": "블랙",
            "size": "9인치",
            "units": 1,
            "delivery_attribute": "NORMAL",
            "claim_status": "NONE",
        }
    ],
    "allowed_actions": ["CORRECT_NUMBER", "DELIVERED", "LOST"],
}


class ShipmentQuery(Cursored, DayRange):
    """Shipments sent on these Korean days, the newest first. Several states, couriers and methods may be named."""

    page: PageNumber = 1
    size: PageSize = 20
    state: list[ShipmentState] = []
    courier: Annotated[list[Annotated[str, Field(max_length=20)]], Field(max_length=50)] = []
    method: list[ShipmentMethod] = []
    contested: bool | None = None
    number: ShipmentNo | None = None
    order_no: OrderNo | None = None
    line_no: LineNo | None = None
    import_id: TaskId | None = None
    tracking_no: Annotated[
        str | None, Field(max_length=50, description="The whole number; blanks and dashes do not count.")
    ] = None

    def keyset(self) -> Keyset:
        """Sort by row number, newest first."""
        return Keyset("shipments")


class ShipmentLineRead(BaseModel):
    """Units of a line in a shipment, with what staff sort lines by."""

    line_no: str
    name: str
    color: str
    size: str
    units: int
    delivery_attribute: DeliveryAttribute
    claim_status: ClaimStatus


class ShipmentRead(BaseModel):
    """A shipment. The recipient's name is masked. `tracking_url` is the courier's own page, null where it has none.

    `sent_at` is 발송처리일. `scanned_at` is the last scan that counted, by the courier's clock.
    `contested_at` is when the shopper said that it did not arrive, null once staff decided.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [SHIPMENT]})

    number: str
    order_no: str
    order_status: OrderStatus
    direction: Direction
    method: ShipmentMethod
    courier: str
    courier_name: str
    tracking_no: str
    tracking_url: str | None
    state: ShipmentState
    recipient: str
    sent_at: KoreanTime
    scanned_at: KoreanTime | None
    delivered_at: KoreanTime | None
    delivered_by: DeliveredBy | None
    contested_at: KoreanTime | None
    lines: list[ShipmentLineRead]
    allowed_actions: list[ShipmentAction]


class ScanRead(BaseModel):
    """A scan as the courier told it. `moved_to` is the state to which it moved the shipment, null if it moved
    nothing. `tracking_no` is the scanned number, which may have been corrected since."""

    at: KoreanTime
    status: str
    place: str
    text: str
    tracking_no: str
    moved_to: ShipmentState | None


class HopRead(BaseModel):
    """A hop of a shipment, or a corrected number: `was` and `to` are the same then. `was` is null for the first."""

    at: KoreanTime
    was: ShipmentState | None
    to: ShipmentState
    courier: str
    tracking_no: str
    by: str
    reason: str


class ShipmentTracking(BaseModel):
    """A shipment with its scans by the courier's clock and its hops, each the oldest first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "shipment": SHIPMENT,
                    "scans": [
                        {
                            "at": "2026-11-21T19:40:00+09:00",
                            "status": "IN_TRANSIT",
                            "place": "대전HUB",
                            "text": "간선상차",
                            "tracking_no": "612345678901",
                            "moved_to": "IN_TRANSIT",
                        }
                    ],
                    "history": [
                        {
                            "at": "2026-11-21T11:00:00+09:00",
                            "was": None,
                            "to": "READY",
                            "courier": "CJ",
                            "tracking_no": "612345678901",
                            "by": "staff:3",
                            "reason": "발송처리",
                        }
                    ],
                }
            ]
        }
    )

    shipment: ShipmentRead
    scans: list[ScanRead]
    history: list[HopRead]
