"""Simulated back-office system that stores the shop's outgoing webhooks, so that they can be tried by hand.

It has no key and checks no signature. Stored webhooks are listed with the headers that a real receiver would check.
"""

import sqlite3
from functools import partial
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from src.sandbox.calls import Calls, Whose
from src.sandbox.clock import now_ms, rfc3339
from src.sandbox.store import Store
from src.sandbox.web import Answer, as_json, path_id, read_body

SCHEMA: Final = """
CREATE TABLE receiver_messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    receiver TEXT NOT NULL,
    message_id TEXT NOT NULL,
    timestamp TEXT NOT NULL,
    signature TEXT NOT NULL,
    body TEXT NOT NULL,
    received_at INTEGER NOT NULL
);
CREATE INDEX receiver_messages_receiver ON receiver_messages (receiver)
"""
HUGE_BYTES: Final = 5_000_000
MAX_LISTED: Final = 1000
RETRY_AFTER: Final = {"Retry-After": "5"}
BENT: Final = {
    "gone": Answer(410, b"Gone", "text/plain"),
    "redirect": Answer(307, b"", "text/plain"),
    "huge": Answer(200, b"x" * HUGE_BYTES, "text/plain"),
}
"""Answers for the faults of the operation `receiver`, given after the message is stored. A switch applies to the
receiver named in `person`, or to every receiver. `timeout_before` waits and stores nothing; `slow` waits, then stores
the message."""


class Receiver:
    """`POST /receiver/{name}` stores a webhook and answers 204."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def routes(self, prefix: str) -> list[BaseRoute]:
        """Routes below `prefix`."""
        return [Route(prefix + "/{name}", self.take, methods=["POST"])]

    async def take(self, request: Request) -> Response:
        """Store the message, or apply the fault of a switch. 429 and 503 carry `Retry-After: 5`."""
        name = path_id(request, "name")
        body = (await read_body(request)).decode("utf-8", "replace")
        named = ("webhook-id", "webhook-timestamp", "webhook-signature")
        values = (name, *(request.headers.get(header, "") for header in named), body, now_ms())
        effect = partial(_keep, values=values)
        answer = (await self._calls.change("receiver", effect, lambda _: Whose(person=name))).response()
        if answer.status_code == 307:
            answer.headers["Location"] = str(request.url)
        if answer.status_code in (429, 503):
            answer.headers.update(RETRY_AFTER)
        return answer


class ReceiverControl:
    """Control of the receivers' messages."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def routes(self, prefix: str) -> list[BaseRoute]:
        """Routes below `prefix`."""
        return [Route(prefix + "/received", self.show, methods=["GET"])]

    async def show(self, request: Request) -> Response:
        """`?receiver=` -> `{"items": [{receiver, headers, body, received_at}]}`, oldest first."""
        items = await self._store.read(partial(_listing, receiver=request.query_params.get("receiver")))
        return as_json({"items": items}).response()


def _keep(db: sqlite3.Connection, fault: str | None, values: tuple[object, ...]) -> Answer:
    db.execute(
        "INSERT INTO receiver_messages (receiver, message_id, timestamp, signature, body, received_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        values,
    )
    return Answer(204, b"") if fault is None else BENT[fault]


def _listing(db: sqlite3.Connection, receiver: str | None) -> list[dict[str, Any]]:
    rows = db.execute(
        "SELECT * FROM (SELECT * FROM receiver_messages WHERE :receiver IS NULL OR receiver = :receiver"
        " ORDER BY seq DESC LIMIT :most) ORDER BY seq",
        {"receiver": receiver, "most": MAX_LISTED},
    ).fetchall()
    return [
        {
            "receiver": row["receiver"],
            "headers": {
                "webhook-id": row["message_id"],
                "webhook-timestamp": row["timestamp"],
                "webhook-signature": row["signature"],
            },
            "body": row["body"],
            "received_at": rfc3339(row["received_at"]),
        }
        for row in rows
    ]
