"""Sign webhooks like PortOne, by Standard Webhooks (docs/vendors/portone.md#webhooks)."""

import base64
import hashlib
import hmac


def sign(key: bytes, webhook_id: str, timestamp: int, body: bytes) -> str:
    """Return `v1,<base64>`, the HMAC-SHA256 of `id.timestamp.body`. `timestamp` is in seconds; `body` must be the exact
    bytes that are sent."""
    mac = hmac.new(key, b".".join([webhook_id.encode(), str(timestamp).encode(), body]), hashlib.sha256)
    return "v1," + base64.b64encode(mac.digest()).decode()
