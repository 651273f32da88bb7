"""PortOne's wire format of cash receipts (docs/vendors/portone.md#cash-receipts)."""

from datetime import datetime
from typing import Any

from pydantic import Field, ValidationError

from src.app.payment.services.provider.portone_wire import Wire
from src.app.payment.services.provider.receipts import ProviderReceipt, ReceiptAsk
from src.common.vendors import Nonsense

ISSUED = "ISSUED"


class WireReceipt(Wire):
    status: str
    payment_id: str = Field(alias="paymentId")
    amount: int = 0
    tax_free_amount: int = Field(0, alias="taxFreeAmount")
    issue_number: str = Field("", alias="issueNumber")
    url: str = ""
    issued_at: datetime | None = Field(None, alias="issuedAt")
    cancelled_at: datetime | None = Field(None, alias="cancelledAt")


def read_receipt(body: Any) -> ProviderReceipt:
    """Read a CashReceipt. Raises Nonsense."""
    try:
        known = {key: value for key, value in body.items() if value is not None}
        told = WireReceipt.model_validate(known)
    except (AttributeError, ValidationError) as error:
        raise Nonsense("not a cash receipt") from error
    return ProviderReceipt(
        key=told.payment_id,
        is_valid=told.status == ISSUED,
        amount=told.amount,
        tax_free=told.tax_free_amount,
        issue_number=told.issue_number,
        url=told.url,
        issued_at=told.issued_at,
        cancelled_at=told.cancelled_at,
    )


def receipt_body(asked: ReceiptAsk, *, store_id: str) -> dict[str, Any]:
    """Return the body of ``POST /cash-receipts``."""
    return {
        "storeId": store_id,
        "paymentId": asked.key,
        "channelKey": asked.channel_key,
        "type": asked.kind,
        "orderName": asked.order_name,
        "currency": "KRW",
        "amount": {"total": asked.amount, "taxFree": asked.tax_free, "vat": asked.vat},
        "customer": {"identityNumber": asked.number, "identityNumberType": asked.number_type},
        "productType": "PHYSICAL",
        **({"paidAt": asked.paid_at.isoformat()} if asked.paid_at else {}),
    }
