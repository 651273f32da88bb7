"""Control endpoints for scripts and tests: act as the shopper, list and resend webhooks."""

from functools import partial
from typing import Annotated, Final

import orjson
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from src.sandbox.portone.payment import payments
from src.sandbox.portone.payment.actions import Action, Command
from src.sandbox.portone.payment.methods import DEFAULT_VALID_HOURS, MAX_VALID_HOURS
from src.sandbox.portone.payment.model import PayMethod
from src.sandbox.portone.service import Service
from src.sandbox.portone.webhook import events, outbox
from src.sandbox.portone.webhook.events import WebhookMode
from src.sandbox.web import MAX_ID, Answer, Money, RefusalError, Text, as_json, path_id, read_model

MAX_LISTED: Final = 10_000


class ControlBody(BaseModel):
    """Body of `POST /control/payments/{payment_id}`. Amounts in won; `discount` is the card company's discount."""

    model_config = ConfigDict(extra="forbid")

    action: Action
    amount: Money | None = None
    discount: Money = 0
    webhook: WebhookMode = WebhookMode.SEND
    pay_method: PayMethod | None = None
    escrow: bool = False
    valid_hours: Annotated[int, Field(strict=True, ge=1, le=MAX_VALID_HOURS)] = DEFAULT_VALID_HOURS
    reason: Annotated[Text, Field(min_length=1, max_length=1000)] | None = None
    cancellation_id: Annotated[Text, Field(min_length=1, max_length=MAX_ID)] | None = None


class Control:
    """The endpoints under /control."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def routes(self, prefix: str) -> list[BaseRoute]:
        """Routes below `prefix`."""
        return [
            Route(prefix + "/payments/{payment_id:path}", self.act, methods=["POST"]),
            Route(prefix + "/payments/{payment_id:path}", self.show, methods=["GET"]),
            Route(prefix + "/webhooks", self.list_webhooks, methods=["GET"]),
            Route(prefix + "/webhooks/{webhook_id}/resend", self.resend, methods=["POST"]),
        ]

    async def act(self, request: Request) -> Response:
        """`{action, amount?, webhook?, ...}` -> 200 the payment in PortOne's format."""
        payment_id = path_id(request)
        body = await read_model(request, ControlBody)
        if body.pay_method is PayMethod.VIRTUAL_ACCOUNT and body.action is not Action.ISSUE_VIRTUAL_ACCOUNT:
            raise RefusalError(422, "VALIDATION_ERROR", "pay_method: a virtual account is issued, then deposited to")
        fields = {name: getattr(body, name) for name in ControlBody.model_fields}
        document = await self._service.perform(Command(payment_id=payment_id, **fields))
        return Answer(200, document).response()

    async def show(self, request: Request) -> Response:
        """200 the payment with its cancellations; 404 for an unknown payment and for one that is only
        pre-registered."""
        payment_id = path_id(request)
        doc = await self._service.store.read(partial(payments.shown, payment_id=payment_id))
        if doc is None:
            raise RefusalError(404, "PAYMENT_NOT_FOUND", "PortOne knows no such payment.")
        return Answer(200, doc).response()

    async def list_webhooks(self, request: Request) -> Response:
        """`?payment_id=&limit=` -> `{"items": [...]}`: deliveries with their attempts, oldest first."""
        payment_id = request.query_params.get("payment_id")
        limit = _limit(request.query_params.get("limit", "1000"))
        items = await self._service.store.read(partial(outbox.listing, payment_id=payment_id, limit=limit))
        return as_json({"items": items}).response()

    async def resend(self, request: Request) -> Response:
        """Send the webhook of this id once more -> 200 the new delivery, not yet attempted."""
        webhook_id = path_id(request, "webhook_id")
        seq = await self._service.store.write(partial(events.resend, webhook_id=webhook_id))
        if seq is None:
            raise RefusalError(404, "WEBHOOK_NOT_FOUND", "No webhook has this id.")
        items = await self._service.store.read(partial(outbox.listing, seq=seq))
        self._service.courier.wake()
        return Answer(200, orjson.dumps(items[0])).response()


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= MAX_LISTED):
        raise RefusalError(422, "VALIDATION_ERROR", f"limit: must be 1 to {MAX_LISTED}")
    return int(text)
