"""Responses of the staff routes for outgoing webhooks."""

from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from src.app.outbound.dtos.admin.requests import DeliveryState
from src.app.outbound.models import OffReason
from src.common.clock import KoreanTime

WEBHOOK: Final[dict[str, Any]] = {
    "id": 1,
    "url": "https://erp.example.com/hooks/micgolf",
    "description": "ERP 주문 연동",
    "event_types": ["order.paid"],
    "is_active": True,
    "off_reason": "",
    "with_personal_data": False,
    "old_secret_until": None,
    "failing_since": None,
    "paused_until": None,
    "version": 1,
    "created_by": "staff:1",
    "created_at": "2026-11-20T10:12:00+09:00",
    "updated_at": "2026-11-20T10:12:00+09:00",
}
DELIVERY: Final[dict[str, Any]] = {
    "id": 91,
    "webhook_id": 1,
    "message_id": "msg_01JG7Q6X9ZP4M3C2B1A0ZYXWVT",
    "type": "order.paid",
    "status": "delivered",
    "attempts": 1,
    "response_status": 204,
    "last_error": "",
    "request_id": "01JG7Q6X9ZP4M3C2B1A0ZYXWVT",
    "occurred_at": "2026-11-20T10:12:00+09:00",
    "created_at": "2026-11-20T10:12:02+09:00",
    "delivered_at": "2026-11-20T10:12:03+09:00",
    "next_at": None,
}
ATTEMPT: Final[dict[str, Any]] = {
    "sent_at": "2026-11-20T10:12:02+09:00",
    "milliseconds": 81,
    "response_status": 204,
    "error": "",
    "answer": "",
}


class WebhookRead(BaseModel):
    """A webhook. `off_reason` says why it is off: STAFF, GONE (the receiver said 410) or FAILING (for days)."""

    model_config = ConfigDict(json_schema_extra={"examples": [WEBHOOK]})

    id: int
    url: str
    description: str
    event_types: list[str]
    is_active: bool
    off_reason: OffReason
    with_personal_data: bool
    old_secret_until: KoreanTime | None
    failing_since: KoreanTime | None
    paused_until: KoreanTime | None
    version: int
    created_by: str
    created_at: KoreanTime
    updated_at: KoreanTime


class WebhookWithSecret(WebhookRead):
    """A webhook with the key that its messages are signed with. It is shown this once."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{**WEBHOOK, "secret": "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}],
        }
    )

    secret: str = Field(repr=False)


class DeliveryRead(BaseModel):
    """One event for one webhook. `attempts` counts since the last replay; `next_at` is the next try, while pending.
    `request_id` is the request that it goes back to, sent along as `X-Request-ID`."""

    model_config = ConfigDict(json_schema_extra={"examples": [DELIVERY]})

    id: int
    webhook_id: int
    message_id: str
    type: str
    status: DeliveryState
    attempts: int
    response_status: int | None
    last_error: str
    request_id: str
    occurred_at: KoreanTime
    created_at: KoreanTime
    delivered_at: KoreanTime | None
    next_at: KoreanTime | None


class AttemptRead(BaseModel):
    """One try. `answer` is the first 1 KB of what came back, null where it may hold personal data."""

    sent_at: KoreanTime
    milliseconds: int
    response_status: int | None
    error: str
    answer: str | None


class DeliveryDetail(DeliveryRead):
    """A delivery with what was sent and what came back, the newest try first, 50 at most.

    `personal_data`: none, `shown` (and the look is logged), `hidden` for staff without `pii:read`, or `forgotten`.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **DELIVERY,
                    "body": '{"type":"order.paid","version":1,"sequence":4711,"timestamp":"...","data":{}}',
                    "personal_data": "none",
                    "tries": [ATTEMPT],
                }
            ]
        }
    )

    body: str
    personal_data: str
    tries: list[AttemptRead]


class ReplayOutcome(BaseModel):
    """`replayed` will be sent again. With `more` there are others in the range: ask again."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"replayed": 37, "more": False}]})

    replayed: int
    more: bool


class EventTypeRead(BaseModel):
    """A type of message with the JSON schema of the whole body and an example of it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "order.paid",
                    "version": 1,
                    "name": "주문 결제 완료",
                    "name_en": "An order was paid",
                    "is_subscribable": True,
                    "payload_schema": {"type": "object"},
                    "example": {"type": "order.paid"},
                }
            ]
        }
    )

    type: str
    version: int
    name: str
    name_en: str
    is_subscribable: bool
    payload_schema: dict[str, Any]
    example: dict[str, Any]
