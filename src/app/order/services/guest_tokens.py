"""Signed tokens that give a guest access to one order; they are never stored (docs/promises.md#p10)."""

import hmac
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import sha256

from src.app.order.models import Order
from src.common import clock
from src.core.configs import settings

LIFE = timedelta(days=90)


def issue(order: Order, *, since: datetime) -> str:
    """Return a token that is valid for 90 days from `since`. Equal order, version and `since` give an equal token."""
    secret = settings().security.guest_token_secret
    return _sign(order.order_no, order.guest_token_version, int((since + LIFE).timestamp()), secret)


def opens(token: str | None, order: Order) -> bool:
    """Return whether the token is ours, unexpired and of the order's present version. Compares in constant time.

    Tokens signed with a secret listed in ``OLD_GUEST_TOKEN_SECRETS`` are accepted too, so secrets can be rotated.
    """
    if not token or len(token) > 200 or not token.isascii():
        return False
    expiry, dot, _ = token.partition(".")
    if not dot or not expiry.isdigit() or len(expiry) > 12 or int(expiry) < clock.now().timestamp():
        return False
    security = settings().security
    secrets = (security.guest_token_secret, *security.old_guest_token_secrets)
    signed = [_sign(order.order_no, order.guest_token_version, int(expiry), secret) for secret in secrets]
    return any(hmac.compare_digest(token, one) for one in signed)


def _sign(order_no: str, version: int, expiry: int, secret: str) -> str:
    message = f"guest|{order_no}|{version}|{expiry}".encode()
    mac = hmac.new(secret.encode(), message, sha256).digest()
    return f"{expiry}.{urlsafe_b64encode(mac).decode().rstrip('=')}"
