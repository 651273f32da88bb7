"""Signed addresses of this app to which one file may be PUT: the local replacement for presigned bucket addresses."""

from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from src.common import clock
from src.common.crypto import hash_matches, keyed_hash

PURPOSE: Final = "put a picture"


def signed(key: str, *, content_type: str, size: int, until: datetime) -> str:
    """Return the address. Its HMAC-SHA256 signature covers key, type, size and expiry."""
    values = {"type": content_type, "size": str(size), "expires": str(int(until.timestamp()))}
    values["signature"] = keyed_hash(PURPOSE, _text(key, values["type"], values["size"], values["expires"]))
    return f"/media/{key}?{urlencode(values)}"


def allowed_size(key: str, query: dict[str, str], *, content_type: str) -> int | None:
    """Return the number of bytes that may be PUT to this address now with this type. None if the signature or the type
    is wrong, or the address has expired."""
    size, expires = query.get("size", ""), query.get("expires", "")
    text = _text(key, query.get("type", ""), size, expires)
    if not hash_matches(PURPOSE, text, query.get("signature", "")):
        return None
    is_open = clock.now().timestamp() < int(expires)
    return int(size) if is_open and content_type == query["type"] else None


def _text(*parts: str) -> str:
    return "\n".join(parts)
