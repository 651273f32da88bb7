"""Routes of payments: PortOne's webhook, and the staff routes of `routes/admin`."""

from fastapi import Request
from pydantic import BaseModel

from src.app.payment.errors import WebhookSignatureInvalid
from src.app.payment.routes import refund_accounts
from src.app.payment.routes.admin import channels, discrepancies, refunds
from src.app.payment.routes.admin import refund_accounts as admin_refund_accounts
from src.app.payment.services.webhooks import receive
from src.common.exceptions import documents
from src.common.http.routing import new_router, take_routes
from src.common.identity import Guest
from src.common.openapi.marks import tells

MESSAGE = {
    "type": "Transaction.Paid",
    "timestamp": "2026-11-20T04:00:05.000Z",
    "data": {
        "storeId": "store-sandbox",
        "paymentId": "01KAG6Q6X9ZP4M3C2B1A0ZYXWV",
        "transactionId": "0193a1b2-5c6d-7e8f-9a0b-1c2d3e4f5a6b",
    },
}

router = new_router(tags=["shop: payments"])
take_routes(router, refund_accounts.router)
admin_router = new_router("/admin")
take_routes(admin_router, discrepancies.router, channels.router, refunds.router, admin_refund_accounts.router)


class Stored(BaseModel):
    """The message is kept; it is worked off afterwards."""

    status: str = "stored"


@router.post(
    "/webhooks/portone",
    operation_id="receivePortoneWebhook",
    responses=documents(WebhookSignatureInvalid),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"type": "object"}, "example": MESSAGE}},
        }
    },
)
@tells(shows=("webhookSignature",))
async def receive_portone_webhook(request: Request, _: Guest) -> Stored:
    """PortOne V2 webhook (Standard Webhooks, version 2024-04-25): checked on the raw body, stored, answered 200.

    New, repeated and unknown messages alike are 200; only a signature that is wrong, old or missing is 400.
    """
    await receive.receive(await request.body(), request.headers)
    return Stored()
