"""`GET /payments-by-cursor` and `GET /payment-events-by-cursor`: payments and events in the order of their creation."""

import base64
import sqlite3
from typing import Annotated, Any, Final

import orjson
from pydantic import AwareDatetime, Field, StrictInt

from src.sandbox.clock import now_ms
from src.sandbox.portone.errors import PortOneError
from src.sandbox.portone.lists.search import DAY_MS
from src.sandbox.portone.payment.model import Wire
from src.sandbox.web import Text

MOST: Final = 1000
AHEAD_MS: Final = 1000


class CursorRequest(Wire):
    """The JSON in `requestBody`. `from` and `until` are inclusive; `cursor` is the one of the last item seen."""

    store_id: Text | None = None
    from_: Annotated[AwareDatetime | None, Field(alias="from")] = None
    until: AwareDatetime | None = None
    cursor: Annotated[Text, Field(max_length=300)] | None = None
    size: Annotated[StrictInt, Field(ge=1, le=MOST)] = 10


def payments_after(db: sqlite3.Connection, ask: CursorRequest) -> bytes:
    """Return `{"items": [{payment, cursor}]}`. A payment that changes between two pages keeps its position."""
    start, until = _range(ask)
    moment, last_id = _place(ask.cursor, (start - 1, ""))
    rows = db.execute(
        "SELECT id, requested_at, doc FROM portone_payments WHERE status IS NOT NULL AND requested_at BETWEEN ? AND ?"
        " AND (requested_at, id) > (?, ?) ORDER BY requested_at, id LIMIT ?",
        (start, until, moment, last_id, ask.size),
    ).fetchall()
    return _items("payment", [(row["doc"], [row["requested_at"], row["id"]]) for row in rows])


def events_after(db: sqlite3.Connection, ask: CursorRequest) -> bytes:
    """Return `{"items": [{paymentEvent, cursor}]}`: approvals and cancellations."""
    start, until = _range(ask)
    (last,) = _place(ask.cursor, (0,))
    rows = db.execute(
        "SELECT seq, doc FROM portone_events WHERE created_at BETWEEN ? AND ? AND seq > ? ORDER BY seq LIMIT ?",
        (start, until, last, ask.size),
    ).fetchall()
    return _items("paymentEvent", [(row["doc"], [row["seq"]]) for row in rows])


def _range(ask: CursorRequest) -> tuple[int, int]:
    # Changes of one payment lie a millisecond apart (`next_moment`): several at once run ahead of the clock.
    until = now_ms() + AHEAD_MS if ask.until is None else round(ask.until.timestamp() * 1000)
    return until - 90 * DAY_MS if ask.from_ is None else round(ask.from_.timestamp() * 1000), until


def _place(cursor: str | None, first: tuple[Any, ...]) -> tuple[Any, ...]:
    if cursor is None:
        return first
    try:
        place = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        place = None
    if not isinstance(place, list) or [type(value) for value in place] != [type(value) for value in first]:
        raise PortOneError("INVALID_REQUEST", "cursor: is none of a former answer")
    return tuple(place)


def _items(name: str, found: list[tuple[bytes, list[Any]]]) -> bytes:
    items = [
        b'{"%s":%s,"cursor":"%s"}'
        % (name.encode(), bytes(doc), base64.urlsafe_b64encode(orjson.dumps(place)).rstrip(b"="))
        for doc, place in found
    ]
    return b'{"items":[' + b",".join(items) + b"]}"
