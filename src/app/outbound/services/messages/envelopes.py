"""The text of a message. It is put together once; what may be forgotten is kept beside it and put in when it goes
out."""

from datetime import datetime
from typing import Any, Final

import orjson

from src.app.outbound.dtos.payloads import Envelope

PERSONAL: Final = "customer"


def body_of(type_: str, *, version: int, sequence: int, at: datetime, data: dict[str, Any]) -> str:
    """The message as JSON, its personal part null."""
    envelope = Envelope(type=type_, version=version, sequence=sequence, timestamp=at, data=data)
    return envelope.model_dump_json()


def with_personal(body: str, personal: dict[str, Any] | None) -> str:
    """The message with its personal part, where there is one. The same again for the same values."""
    if personal is None:
        return body
    message = orjson.loads(body)
    message["data"][PERSONAL] = personal
    return orjson.dumps(message).decode()
