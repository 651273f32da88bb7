"""The JSON text of a message. It is built once; the personal part, which can be erased, is stored apart and inserted
when the message is sent."""

from datetime import datetime
from typing import Any, Final

import orjson

from src.app.outbound.dtos.payloads import Envelope

PERSONAL: Final = "customer"


def body_of(type_: str, *, version: int, sequence: int, at: datetime, data: dict[str, Any]) -> str:
    """Return the message as JSON; its personal part is null."""
    envelope = Envelope(type=type_, version=version, sequence=sequence, timestamp=at, data=data)
    return envelope.model_dump_json()


def with_personal(body: str, personal: dict[str, Any] | None) -> str:
    """Return the message with its personal part, if there is one. Equal arguments give the same text."""
    if personal is None:
        return body
    message = orjson.loads(body)
    message["data"][PERSONAL] = personal
    return orjson.dumps(message).decode()
