"""NCP SENS: SMS and AlimTalk (docs/vendors/sens.md). Delivered messages are put into the inbox."""

import base64
import hmac
import re
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final, TypeVar

import orjson
from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from src.sandbox import inbox, switches
from src.sandbox.calls import Calls, RefusedError
from src.sandbox.clock import now_ms, rfc3339
from src.sandbox.config import SensClient
from src.sandbox.pages import KOREA
from src.sandbox.sens import results
from src.sandbox.sens.results import Channel
from src.sandbox.sens.wire import SmsMessage, SmsRequest, TalkMessage, TalkRequest
from src.sandbox.store import Store
from src.sandbox.web import Answer, as_json, first_problem, read_body

SCHEMA: Final = """
CREATE TABLE sens_messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    request_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    type TEXT NOT NULL,
    sender TEXT NOT NULL,
    receiver TEXT NOT NULL,
    body TEXT NOT NULL,
    buttons TEXT NOT NULL,
    delivered INTEGER NOT NULL,
    reason TEXT NOT NULL,
    sent_at INTEGER NOT NULL
);
CREATE INDEX sens_messages_receiver ON sens_messages (receiver);
CREATE INDEX sens_messages_request ON sens_messages (request_id);
CREATE INDEX sens_messages_message ON sens_messages (message_id)
"""
CLOCK_SKEW_MS: Final = 300_000
LIMITS: Final = {"SMS": 90, "LMS": 2000, "MMS": 2000}
"""Maximum bytes of EUC-KR. A longer text is cut without an error."""
CHARSET: Final = "cp949"
"""EUC-KR with two bytes for rare syllables; Python's codec `euc_kr` encodes such a syllable in eight bytes."""
SUBJECT_BYTES: Final = 40
MAX_LISTED: Final = 1000

M = TypeVar("M", bound=BaseModel)


def _gateway(status: int, code: str, message: str, details: str) -> Answer:
    return as_json({"error": {"errorCode": code, "message": message, "details": details}}, status)


NOT_AUTHENTICATED: Final = _gateway(401, "200", "Authentication Failed", "Invalid authentication information.")
NOT_PERMITTED: Final = _gateway(401, "210", "Permission Denied", "Permission denied.")
NOT_FOUND: Final = _gateway(404, "300", "Not Found Exception", "URL not found.")
INSTEAD: Final = {
    **switches.INSTEAD,
    "error_500": _gateway(500, "900", "Unexpected Error", "Unexpected error."),
    "error_503": _gateway(503, "500", "Endpoint Error", "Endpoint connection error."),
    "error_429": _gateway(429, "420", "Rate Limited", "Rate limited."),
    "throttle": _gateway(429, "410", "Throttle Limited", "Throttle limited."),
    "quota": _gateway(429, "400", "Quota Exceeded", "Quota exceeded."),
    "unauthorized": NOT_AUTHENTICATED,
}


@dataclass(frozen=True, kw_only=True)
class Sending:
    """One message to one receiver. `reason` says why it is not delivered; empty if it is."""

    channel: Channel
    type: str
    sender: str
    receiver: str
    subject: str
    body: str
    reason: str = ""
    buttons: str = "[]"
    message_id: str = field(default_factory=lambda: secrets.token_hex(16))


class Sens:
    """The endpoints under /sens."""

    def __init__(self, client: SensClient | None, calls: Calls) -> None:
        """`calls` must answer faults with the `INSTEAD` of this module."""
        self._client = client
        self._calls = calls

    def routes(self, prefix: str) -> list[BaseRoute]:
        """Routes below `prefix`, which stands for https://sens.apigw.ntruss.com."""
        end = "/v2/services/{service_id}/messages"
        return [
            Route(f"{prefix}/sms{end}", partial(self._endpoint, prefix, self._sms), methods=["POST"]),
            Route(f"{prefix}/alimtalk{end}", partial(self._endpoint, prefix, self._alimtalk), methods=["POST"]),
            *(
                Route(f"{prefix}/{channel}{end}{one}", partial(self._result, prefix, channel), methods=["GET"])
                for channel in ("sms", "alimtalk")
                for one in ("", "/{message_id}")
            ),
        ]

    async def _result(self, prefix: str, channel: Channel, request: Request) -> Response:
        """Return the results of the messages of `?requestId=`, or of one."""
        try:
            self._own(request, prefix, channel)
            asked = results.Asked(
                channel=channel,
                request_id=request.query_params.get("requestId", ""),
                message_id=request.path_params.get("message_id", ""),
            )
            answer = await self._calls.read(f"{channel}_result", partial(results.answer, asked=asked))
        except RefusedError as refused:
            answer = refused.answer
        return answer.response()

    def _own(self, request: Request, prefix: str, channel: Channel) -> None:
        client = self._authorized(request, prefix)
        own = client.service_id if channel == "sms" else client.alimtalk_service_id or client.service_id
        if request.path_params["service_id"] != own:
            raise RefusedError(NOT_PERMITTED)

    async def _endpoint(self, prefix: str, send: Callable[[SensClient, str, bytes], Any], request: Request) -> Response:
        raw = await read_body(request)
        try:
            client = self._authorized(request, prefix)
            answer: Answer = await send(client, request.path_params["service_id"], raw)
        except RefusedError as refused:
            answer = refused.answer
        return answer.response()

    async def _sms(self, client: SensClient, service_id: str, raw: bytes) -> Answer:
        if service_id != client.service_id:
            raise RefusedError(NOT_PERMITTED)
        ask = _model(SmsRequest, raw)
        return await self._calls.change("sms", partial(_send_sms, ask=ask))

    async def _alimtalk(self, client: SensClient, service_id: str, raw: bytes) -> Answer:
        if service_id != (client.alimtalk_service_id or client.service_id):
            raise RefusedError(NOT_PERMITTED)
        ask = _model(TalkRequest, raw)
        return await self._calls.change("alimtalk", partial(_send_alimtalk, ask=ask))

    def _authorized(self, request: Request, prefix: str) -> SensClient:
        client = self._client
        if client is None:
            raise RefusedError(NOT_FOUND)
        timestamp = request.headers.get("x-ncp-apigw-timestamp", "")
        in_time = re.fullmatch("[0-9]{1,16}", timestamp) and abs(int(timestamp) - now_ms()) <= CLOCK_SKEW_MS
        if not in_time or request.headers.get("x-ncp-iam-access-key") != client.access_key:
            raise RefusedError(NOT_AUTHENTICATED)
        given = request.headers.get("x-ncp-apigw-signature-v2", "").encode("latin-1")
        signed = (
            signature(client, request.method, path, timestamp).encode() for path in _signed_paths(request, prefix)
        )
        if not any(hmac.compare_digest(given, one) for one in signed):
            raise RefusedError(NOT_AUTHENTICATED)
        return client


class SensControl:
    """Control of the messages that SENS accepted, delivered or not."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def routes(self, prefix: str) -> list[BaseRoute]:
        """Routes below `prefix`."""
        return [Route(prefix + "/messages", self.show, methods=["GET"])]

    async def show(self, request: Request) -> Response:
        """`?to=` -> `{"items": [{request_id, channel, type, from, to, body, buttons?, delivered, reason,
        sent_at}]}`."""
        items = await self._store.read(partial(_listing, receiver=request.query_params.get("to")))
        return as_json({"items": items}).response()


def signature(client: SensClient, method: str, path: bytes, timestamp: str) -> str:
    """Return signature-v2. `path` includes the query, exactly as sent; the secret is used as text, not as base64."""
    message = b"%s %s\n%s\n%s" % (method.encode(), path, timestamp.encode(), client.access_key.encode())
    return base64.b64encode(hmac.digest(client.secret_key.encode(), message, "sha256")).decode()


def cut(text: str, limit: int) -> str:
    """Return the longest start of `text` that fits into `limit` bytes of EUC-KR. Raises UnicodeEncodeError for
    characters that EUC-KR does not have."""
    return text.encode(CHARSET)[:limit].decode(CHARSET, "ignore")


def _signed_paths(request: Request, prefix: str) -> list[bytes]:
    """Return the paths that a client may have signed: without and with the sandbox's prefix, which NCP does not
    have."""
    path: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    query: bytes = request.scope["query_string"]
    whole = path + b"?" + query if query else path
    return [whole.removeprefix(f"{request.scope['root_path']}{prefix}".encode()), whole]


def _model(model: type[M], raw: bytes) -> M:
    try:
        return model.model_validate(orjson.loads(raw))
    except orjson.JSONDecodeError as error:
        raise RefusedError(_service("The body is not JSON.")) from error
    except ValidationError as error:
        raise RefusedError(_service(first_problem(error))) from error


def _service(message: str) -> Answer:
    return as_json({"status": 400, "error": "Bad Request", "message": message}, 400)


def _send_sms(db: sqlite3.Connection, fault: str | None, ask: SmsRequest) -> Answer:
    if fault == "service_error":
        return _service("The sender number is not registered.")
    return _accepted(db, [_sms_of(ask, message, fault) for message in ask.messages])


def _sms_of(ask: SmsRequest, message: SmsMessage, fault: str | None) -> Sending:
    subject = "" if ask.type == "SMS" else message.subject or ask.subject or ""
    body = message.content or ask.content
    reason = "undelivered" if fault == "undelivered" else ""
    try:
        subject, body = cut(subject, SUBJECT_BYTES), cut(body, LIMITS[ask.type])
    except UnicodeEncodeError:
        reason = "not EUC-KR"
    return Sending(
        channel="sms",
        type=ask.type,
        sender=ask.sender,
        receiver=message.to,
        subject=subject,
        body=body,
        reason=reason,
    )


def _send_alimtalk(db: sqlite3.Connection, fault: str | None, ask: TalkRequest) -> Answer:
    if fault == "service_error":
        return _service("The template does not exist.")
    reason = fault if fault in ("rejected", "undelivered") else ""
    sendings = [
        Sending(
            channel="alimtalk",
            type=ask.template_code,
            sender=ask.plus_friend_id,
            receiver=message.to,
            subject=message.title or "",
            body=message.content,
            reason=reason or "",
            buttons=orjson.dumps(
                [button.model_dump(by_alias=True, exclude_none=True) for button in message.buttons]
            ).decode(),
        )
        for message in ask.messages
    ]
    rejected = reason == "rejected"
    if reason == "undelivered":
        sendings += [_instead(message) for message in ask.messages if message.use_sms_failover]
    told = [
        {
            "messageId": sending.message_id,
            "countryCode": message.country_code,
            "to": message.to,
            "content": message.content,
            "requestStatusCode": "R000" if rejected else "A000",
            "requestStatusName": "fail" if rejected else "success",
            "requestStatusDesc": "템플릿과 다른 내용" if rejected else "성공",
            "useSmsFailover": message.use_sms_failover,
        }
        for message, sending in zip(ask.messages, sendings, strict=False)
    ]
    return _accepted(db, sendings, messages=told)


def _instead(message: TalkMessage) -> Sending:
    """Return the SMS that SENS sends if Kakao does not deliver: the text of `failover_config`, else the message."""
    config = message.failover_config
    return Sending(
        channel="sms",
        type=config.type if config else "LMS",
        sender=config.sender if config else "",
        receiver=message.to,
        subject="",
        body=config.content if config else message.content,
    )


def _accepted(db: sqlite3.Connection, sendings: list[Sending], **more: object) -> Answer:
    """Store the messages, deliver those without a `reason`, and answer 202: accepted, not necessarily delivered."""
    now = now_ms()
    request_id = f"RSSA-{now}-{secrets.token_hex(4)}"
    for sending in sendings:
        db.execute(
            "INSERT INTO sens_messages (request_id, message_id, channel, type, sender, receiver, body, buttons,"
            " delivered, reason, sent_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                request_id,
                sending.message_id,
                sending.channel,
                sending.type,
                sending.sender,
                sending.receiver,
                sending.body,
                sending.buttons,
                not sending.reason,
                sending.reason,
                now,
            ),
        )
        if not sending.reason:
            arrived = inbox.Message(
                channel=sending.channel, to=sending.receiver, subject=sending.subject, body=sending.body
            )
            inbox.insert(db, arrived, now)
    moment = datetime.fromtimestamp(now / 1000, UTC).astimezone(KOREA).replace(tzinfo=None)
    told = {
        "requestId": request_id,
        "requestTime": moment.isoformat(timespec="milliseconds"),
        "statusCode": "202",
        "statusName": "success",
    }
    return as_json({**told, **more}, 202)


def _listing(db: sqlite3.Connection, receiver: str | None) -> list[dict[str, Any]]:
    rows = db.execute(
        "SELECT * FROM (SELECT * FROM sens_messages WHERE :receiver IS NULL OR receiver = :receiver"
        " ORDER BY seq DESC LIMIT :limit) ORDER BY seq",
        {"receiver": receiver, "limit": MAX_LISTED},
    ).fetchall()
    return [
        {
            "request_id": row["request_id"],
            "channel": row["channel"],
            "type": row["type"],
            "from": row["sender"],
            "to": row["receiver"],
            "body": row["body"],
            **({"buttons": orjson.loads(row["buttons"])} if row["buttons"] != "[]" else {}),
            "delivered": bool(row["delivered"]),
            "reason": row["reason"],
            "sent_at": rfc3339(row["sent_at"]),
        }
        for row in rows
    ]
