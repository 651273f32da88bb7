"""Standard Webhooks signatures as PortOne makes them (docs/vendors/portone.md#webhooks)."""

import base64
import hashlib
import hmac


def sign(key: bytes, webhook_id: str, timestamp: int, body: bytes) -> str:
    """`v1,<base64>` over `id.timestamp.body`; `timestamp` in seconds, `body` the very bytes that are sent."""
    mac = hmac.new(key, b".".join([webhook_id.encode(), str(timestamp).encode(), body]), hashlib.sha256)
    return "v1," + base64.b64encode(mac.digest()).decode()
