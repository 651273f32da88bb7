"""The path by which others send scans of parcels to the shop."""

from fastapi import Request
from pydantic import BaseModel

from src.app.shipping.errors import TrackingSecretInvalid
from src.app.shipping.services.tracking import receiving
from src.common.exceptions import documents
from src.common.http.routing import new_router
from src.common.identity import Guest
from src.common.openapi.marks import tells

MESSAGE = {
    "courier": "CJ",
    "tracking_no": "612345678901",
    "scans": [
        {"at": "2026-11-20T12:04:05+09:00", "status": "IN_TRANSIT", "place": "대전HUB", "text": "간선상차"},
        {"at": "2026-11-21T15:40:00+09:00", "status": "DELIVERED", "place": "부산해운대", "text": "배달완료"},
    ],
}

router = new_router(tags=["shop: shipping"])


class ScansStored(BaseModel):
    """The scans are kept; they are read afterwards."""

    status: str = "stored"


@router.post(
    "/webhooks/tracking",
    operation_id="receiveScans",
    responses=documents(TrackingSecretInvalid),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"type": "object"}, "example": MESSAGE}},
        }
    },
)
@tells(shows=("trackingSecret",))
async def receive_scans(request: Request, _: Guest) -> ScansStored:
    """Scans of a parcel, sent by a courier or a tracking service that knows a secret of the shop.

    `courier` is the shop's code or that of SweetTracker or delivery-tracker; `status` is a word of delivery-tracker.
    All scans of the parcel may be sent each time. `X-Message-Id` names the message: the same one again changes nothing.
    """
    await receiving.receive(await request.body(), request.headers)
    return ScansStored()
