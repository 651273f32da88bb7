"""Signing keys and signatures of messages (Standard Webhooks, symmetric, ``v1``)."""

import base64
import secrets
from datetime import datetime, timedelta
from typing import Final

from standardwebhooks import Webhook

from src.app.outbound.models import OutboundWebhook
from src.common.crypto import unseal

OLD_KEY_SIGNS: Final = timedelta(hours=24)
KEY_BYTES: Final = 32


def new_secret() -> str:
    """Return ``whsec_`` followed by 256 random bits in base64."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


def signed_headers(webhook: OutboundWebhook, *, message_id: str, body: str, at: datetime) -> dict[str, str]:
    """Return the three headers of a message that is sent at `at`. Until `old_secret_until` the old key signs too.

    Raises CannotUnseal if ``DATA_KEY`` was changed without keeping the old one.
    """
    sealed = [webhook.secret]
    if webhook.old_secret_until is not None and webhook.old_secret_until > at:
        sealed.append(webhook.old_secret)
    signatures = [Webhook(unseal(one)).sign(message_id, at, body) for one in sealed]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
