"""Inbox that receives the shop's mail, SMS and AlimTalk when no message may leave the machine."""

import sqlite3
from functools import partial
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from src.sandbox.calls import Calls
from src.sandbox.clock import now_ms, rfc3339
from src.sandbox.pages import page
from src.sandbox.web import Answer, Text, as_json, prefers_html, read_model

SCHEMA: Final = """
CREATE TABLE inbox_messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT NOT NULL,
    receiver TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    message_id TEXT NOT NULL,
    sent_at INTEGER NOT NULL
);
CREATE INDEX inbox_messages_receiver ON inbox_messages (receiver)
"""

REFUSED: Final = as_json({"code": "REFUSED", "detail": "The mail server refuses the recipient."}, 422)
READABLE: Final = 200
"""Most messages shown on the HTML page."""


class Message(BaseModel):
    """One message to one receiver."""

    model_config = ConfigDict(extra="forbid")

    channel: Literal["mail", "sms", "alimtalk"]
    to: Annotated[Text, Field(min_length=1, max_length=320)]
    subject: Annotated[Text, Field(max_length=998)] = ""
    body: Annotated[Text, Field(max_length=500_000)]
    message_id: Annotated[Text, Field(max_length=200)] = ""


class Inbox:
    """The inbox over HTTP."""

    def __init__(self, calls: Calls) -> None:
        """`calls` applies the switches of the operation `mail`."""
        self._calls = calls

    def routes(self, prefix: str) -> list[BaseRoute]:
        """Routes at `prefix`."""
        return [Route(prefix, self.read, methods=["GET"]), Route(prefix, self.put, methods=["POST"])]

    async def put(self, request: Request) -> Response:
        """`{channel, to, subject?, body, message_id?}` -> 201 the message with `sent_at`."""
        message = await read_model(request, Message)
        return (await self._calls.change("mail", partial(_take, message=message))).response()

    async def read(self, request: Request) -> Response:
        """`?to=` -> `{"items": [...]}` oldest first; a browser gets a page, newest first."""
        receiver = request.query_params.get("to")
        items = await self._calls.store.read(partial(_listing, receiver=receiver))
        if not prefers_html(request):
            return as_json({"items": items}).response()
        newest = items[: -READABLE - 1 : -1]
        return page("inbox", root=request.scope["root_path"], items=newest, total=len(items), to=receiver or "")


def _take(db: sqlite3.Connection, fault: str | None, message: Message) -> Answer:
    """Deliver the message, refuse it (fault `refused`), or answer 201 without delivering it (fault `undelivered`)."""
    if fault == "refused":
        return REFUSED
    sent_at = now_ms()
    if fault != "undelivered":
        insert(db, message, sent_at)
    return as_json({**message.model_dump(), "sent_at": rfc3339(sent_at)}, 201)


def insert(db: sqlite3.Connection, message: Message, sent_at: int) -> None:
    """Deliver a message, inside the caller's write transaction."""
    db.execute(
        "INSERT INTO inbox_messages (channel, receiver, subject, body, message_id, sent_at) VALUES (?, ?, ?, ?, ?, ?)",
        (message.channel, message.to, message.subject, message.body, message.message_id, sent_at),
    )


def _listing(db: sqlite3.Connection, receiver: str | None) -> list[dict[str, Any]]:
    rows = db.execute(
        "SELECT * FROM inbox_messages WHERE :receiver IS NULL OR receiver = :receiver ORDER BY seq",
        {"receiver": receiver},
    ).fetchall()
    return [
        {
            "channel": row["channel"],
            "to": row["receiver"],
            "subject": row["subject"],
            "body": row["body"],
            "message_id": row["message_id"],
            "sent_at": rfc3339(row["sent_at"]),
        }
        for row in rows
    ]
