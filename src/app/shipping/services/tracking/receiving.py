"""Receive scans that somebody sends to the shop: check the secret, store the message once, answer; it is read later
(docs/architecture.md#r13)."""

import hashlib
import hmac
import logging
from collections.abc import Mapping
from typing import Final

from tortoise.exceptions import IntegrityError

from src.app.shipping.errors import TrackingSecretInvalid
from src.common import clock
from src.common.logs.context import request_id
from src.common.models.inbox_message import InboxMessage
from src.core.configs import settings
from src.core.database.statements import insert, new_row
from src.core.observing.metrics import WEBHOOKS

logger = logging.getLogger(__name__)

SOURCE: Final = "tracking"
TOPIC: Final = "scans"
SECRET_HEADER: Final = "x-tracking-secret"
ID_HEADER: Final = "x-message-id"
MAX_ID_LENGTH: Final = 120


async def receive(body: bytes, headers: Mapping[str, str]) -> None:
    """Store a message of somebody who knows a secret, once for its id. Raises TrackingSecretInvalid for all others.

    A message without an id of 1 to 120 letters is known by its content: the same scans again tell nothing new. Content
    is not looked at here, so that a message which nobody can read is answered and kept as well.
    """
    if not _knows(headers.get(SECRET_HEADER, "")):
        WEBHOOKS.of(SOURCE, "refused").add()
        logger.warning("scans refused: no valid secret")
        raise TrackingSecretInvalid
    now = clock.now()
    try:
        await insert(
            new_row(
                InboxMessage,
                source=SOURCE,
                message_id=_message_id(body, headers.get(ID_HEADER, "")),
                topic=TOPIC,
                body=body.decode("utf-8", "replace"),
                request_id=request_id.get(),
                received_at=now,
                available_at=now,
            )
        )
    except IntegrityError:
        WEBHOOKS.of(SOURCE, "repeated").add()
    else:
        WEBHOOKS.of(SOURCE, "stored").add()


def _knows(told: str) -> bool:
    """Compare with every secret of the shop; how long it takes says nothing about any of them."""
    given = told.encode()
    found = [hmac.compare_digest(given, secret.encode()) for secret in settings().tracking_secrets if secret]
    return any(found)


def _message_id(body: bytes, told: str) -> str:
    if told.isascii() and told.isprintable() and 0 < len(told) <= MAX_ID_LENGTH:
        return told
    return f"sha256:{hashlib.sha256(body).hexdigest()}"
