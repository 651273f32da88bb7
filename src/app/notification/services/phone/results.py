"""What SENS tells of a message that it took (docs/vendors/sens.md#results): a text message has a status and its
result's code, an AlimTalk the code of the message, which is missing while it is under way."""

from datetime import UTC, datetime
from typing import Any, Final

from src.app.notification.services.senders import Result
from src.common.clock import KST

COMPLETED: Final = "COMPLETED"
SUCCESS: Final = "success"
SMS_DELIVERED: Final = "0"
TALK_DELIVERED: Final = "0000"
TALK_TAKEN: Final = "A000"


def first(body: dict[str, Any]) -> dict[str, Any]:
    """The one message of an answer: in its list, or the answer itself; empty where there is none."""
    messages = body.get("messages")
    if not isinstance(messages, list):
        return body
    return messages[0] if messages and isinstance(messages[0], dict) else {}


def of_sms(told: dict[str, Any]) -> Result | None:
    """The end of a text message."""
    if told.get("status") != COMPLETED:
        return None
    code, name = word(told.get("statusCode")), told.get("statusName")
    return Result(name == SUCCESS or (name is None and code == SMS_DELIVERED), code, _moment(told.get("completeTime")))


def of_talk(told: dict[str, Any]) -> Result | None:
    """The end of an AlimTalk. One that Kakao refused after it was taken never gets a code of its own."""
    code, taken = word(told.get("messageStatusCode")), word(told.get("requestStatusCode"))
    if not code and taken and taken != TALK_TAKEN:
        return Result(is_delivered=False, code=taken, at=_moment(told.get("completeTime")))
    if not code:
        return None
    return Result(code == TALK_DELIVERED, code, _moment(told.get("completeTime")))


def word(value: object) -> str:
    """A short word of the provider that is safe to log and keep."""
    return "".join(letter for letter in str(value or "") if letter.isalnum() or letter in "-_.")[:100]


def _moment(text: object) -> datetime | None:
    """Times of SENS are Korean and say no zone."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=KST)).astimezone(UTC)
