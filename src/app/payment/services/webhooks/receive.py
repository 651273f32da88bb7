"""Receive PortOne's webhooks: verify the raw body, store the message once, answer; `process-inbox` handles it later
(docs/architecture.md#r13, docs/promises.md#p6)."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import timedelta

import orjson
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from tortoise.exceptions import IntegrityError

from src.app.payment.errors import WebhookSignatureInvalid
from src.app.payment.services.webhooks.news import PAID, told_by
from src.common import clock
from src.common.logs.context import request_id
from src.common.models.inbox_message import InboxMessage
from src.common.models.work_item import WorkStatus
from src.common.work import wakeup
from src.core.configs import settings
from src.core.database.statements import insert, new_row
from src.core.observing.metrics import WEBHOOKS

logger = logging.getLogger(__name__)

SOURCE = "portone"
JOB = "process-inbox"
HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")
MAX_ID_LENGTH = 191
HEAD_START = timedelta(seconds=0.5)
"""Time in which the browser that comes back settles a payment that a webhook told. The job reads it later: within a
second of the webhook, if no browser comes."""


async def receive(body: bytes, headers: Mapping[str, str]) -> None:
    """Store a message with a valid signature once, and wake the job. Raises WebhookSignatureInvalid for any other.

    A second delivery of a stored id changes nothing, except that a DEAD message becomes pending again: a manual resend
    carries the same id (docs/vendors/portone.md#webhooks).
    """
    try:
        _verify(body, headers)
    except WebhookSignatureInvalid:
        WEBHOOKS.of(SOURCE, "refused").add()
        raise
    message_id, topic = headers["webhook-id"], _topic(body)
    now = clock.now()
    try:
        await insert(
            new_row(
                InboxMessage,
                source=SOURCE,
                message_id=message_id,
                topic=topic[:64],
                body=body.decode(),
                request_id=request_id.get(),
                received_at=now,
                available_at=now,
            )
        )
    except IntegrityError:
        WEBHOOKS.of(SOURCE, "repeated").add()
        dead = InboxMessage.filter(source=SOURCE, message_id=message_id, work_status=WorkStatus.DEAD)
        await dead.update(work_status=WorkStatus.PENDING, attempts=0, available_at=now)
    else:
        WEBHOOKS.of(SOURCE, "stored").add()
        if topic == PAID:
            asyncio.get_running_loop().call_later(HEAD_START.total_seconds(), wakeup.wake, JOB)
            return
    wakeup.wake(JOB)


def payment_id_of(body: str) -> str | None:
    """Return the public payment id of a transaction message, or None for other messages, which are ignored."""
    told = told_by(body)
    return None if told is None else told.payment_id


def _verify(body: bytes, headers: Mapping[str, str]) -> None:
    signed = {name: headers.get(name, "") for name in HEADERS}
    if len(signed["webhook-id"]) > MAX_ID_LENGTH or not signed["webhook-timestamp"].isdigit():
        raise WebhookSignatureInvalid
    for secret in settings().portone.webhook_secrets:
        try:
            Webhook(secret).verify(body, signed, json_parse=False)
        except (WebhookVerificationError, ValueError):  # ValueError: a signature or body that cannot be decoded
            continue
        return
    logger.warning("webhook refused: no valid signature")
    raise WebhookSignatureInvalid


def _topic(body: bytes) -> str:
    try:
        message = orjson.loads(body)
    except orjson.JSONDecodeError:
        return ""
    return str(message.get("type", "")) if isinstance(message, dict) else ""
