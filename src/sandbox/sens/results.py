"""Results of messages that SENS accepted, by request id or by message id (docs/vendors/sens.md#results).

A message reaches its final state at once. The faults ``pending`` and ``failed`` change one answer, but not the message.
"""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal

from src.sandbox.pages import KOREA
from src.sandbox.web import Answer, as_json

Channel = Literal["sms", "alimtalk"]

SMS_FAILED: Final = "3018"
TALK_FAILED: Final = "3018"
NOT_FOUND: Final = as_json({"status": 404, "error": "Not Found", "message": "The message does not exist."}, 404)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The requested messages. If `message_id` is empty, all messages of the request."""

    channel: Channel
    request_id: str
    message_id: str


def answer(db: sqlite3.Connection, fault: str | None, asked: Asked) -> Answer:
    """Return the result of one message, or the results of all messages of a request."""
    rows = db.execute(
        "SELECT * FROM sens_messages WHERE channel = :channel AND"
        " CASE WHEN :one = '' THEN request_id = :request ELSE message_id = :one END ORDER BY seq",
        {"channel": asked.channel, "request": asked.request_id, "one": asked.message_id},
    ).fetchall()
    if not rows:
        return NOT_FOUND
    told = [(_sms if asked.channel == "sms" else _talk)(row, fault) for row in rows]
    if asked.channel == "alimtalk" and asked.message_id:
        return as_json(told[0])
    return as_json({"requestId": rows[0]["request_id"], "statusCode": "200", "statusName": "success", "messages": told})


def _common(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "requestId": row["request_id"],
        "messageId": row["message_id"],
        "requestTime": _korean(row["sent_at"]),
        "countryCode": "82",
        "to": row["receiver"],
        "content": row["body"],
    }


def _sms(row: sqlite3.Row, fault: str | None) -> dict[str, Any]:
    common = {**_common(row), "type": row["type"], "from": row["sender"]}
    if fault == "pending":
        return {**common, "status": "PROCESSING", "statusName": "processing"}
    is_delivered = row["delivered"] and fault != "failed"
    return {
        **common,
        "status": "COMPLETED",
        "statusCode": "0" if is_delivered else SMS_FAILED,
        "statusName": "success" if is_delivered else "fail",
        "statusMessage": "성공" if is_delivered else "전송 실패",
        "telcoCode": "SKT",
        "completeTime": _korean(row["sent_at"]),
    }


def _talk(row: sqlite3.Row, fault: str | None) -> dict[str, Any]:
    common = {
        **_common(row),
        "templateCode": row["type"],
        "plusFriendId": row["sender"],
        "requestStatusCode": "R000" if row["reason"] == "rejected" else "A000",
        "requestStatusName": "fail" if row["reason"] == "rejected" else "success",
    }
    if fault == "pending":
        return common
    is_delivered = row["delivered"] and fault != "failed"
    return {
        **common,
        "messageStatusCode": "0000" if is_delivered else TALK_FAILED,
        "messageStatusName": "success" if is_delivered else "fail",
        "messageStatusDesc": "성공" if is_delivered else "전송 실패",
        "completeTime": _korean(row["sent_at"]),
    }


def _korean(moment: int) -> str:
    local = datetime.fromtimestamp(moment / 1000, UTC).astimezone(KOREA).replace(tzinfo=None)
    return local.isoformat(timespec="milliseconds")
