"""SMS and AlimTalk by NCP SENS over HTTP (docs/vendors/sens.md)."""

import base64
import hashlib
import hmac
import re
import time
from typing import Any, Final
from urllib.parse import quote, urlencode

import httpx
import orjson

from src.app.notification.services.phone import results
from src.app.notification.services.phone.results import word
from src.app.notification.services.senders import Result, Talk, Undelivered
from src.common.dtos.phones import ANY, normal_phone
from src.common.sheets import euc_kr
from src.core.configs.formats import SENDER, digits_of
from src.core.configs.identity_groups import MessageSettings
from src.core.http import Answer, new_vendor_client

SMS_BYTES: Final = 90
LMS_BYTES: Final = 2000
TALK_CHARACTERS: Final = 1000
READ_SECONDS: Final = 10.0
NUMBER: Final = re.compile(ANY)
TAKEN: Final = "A000"
# Said by the gateway before anything was done; every other answer of 5xx, and a 2xx that is not 202, may come after.
NOT_REACHED: Final = (httpx.codes.SERVICE_UNAVAILABLE,)


def signature(method: str, path: str, *, timestamp: str, access_key: str, secret_key: str) -> str:
    """``x-ncp-apigw-signature-v2``: HMAC-SHA256 over method, path with query, time (ms) and access key, base64."""
    said = f"{method} {path}\n{timestamp}\n{access_key}"
    return base64.b64encode(hmac.new(secret_key.encode(), said.encode(), hashlib.sha256).digest()).decode()


def kind_of(text: str) -> str:
    """``SMS`` or ``LMS``, by the bytes of the text in EUC-KR, the encoding in which SENS counts.

    SENS cuts longer text without a word and fails on what EUC-KR has not: both raise Undelivered here.
    """
    try:
        length = euc_kr.byte_count(text)
    except UnicodeEncodeError as error:
        raise Undelivered("the text holds characters that SMS has not", is_final=True) from error
    if length > LMS_BYTES:
        raise Undelivered("the text is too long for an LMS", is_final=True)
    return "SMS" if length <= SMS_BYTES else "LMS"


class Sens:
    """An `SmsSender`, a `TalkSender` and a `ResultReader`. There is no idempotency key: no answer means that it may
    have gone, and nothing that could be asked afterwards names it (the request id is in the answer), so it is not
    repeated.
    """

    def __init__(self, chosen: MessageSettings, *, base_url: str) -> None:
        self._settings = chosen
        self._client = new_vendor_client(base_url, read_seconds=READ_SECONDS)

    async def send(self, to: str, *, text: str, is_ad: bool = False) -> str:
        """See `SmsSender`. 202 means accepted by SENS, not delivered to the telephone."""
        body = {
            "type": kind_of(text),
            "contentType": "AD" if is_ad else "COMM",
            "countryCode": "82",
            "from": _sender(self._settings.sens_sender),
            "content": text,
            "messages": [{"to": _digits(to)}],
        }
        return _request_id(await self._post(f"/sms/v2/services/{self._settings.sens_service_id}/messages", body))

    async def talk(self, message: Talk) -> str:
        """See `TalkSender`. The text must be the approved one, else the message is refused although the answer is
        202."""
        if len(message.text) > TALK_CHARACTERS:
            raise Undelivered("the text is too long for an AlimTalk", is_final=True)
        instead = {
            "type": kind_of(message.instead),
            "from": _sender(self._settings.sens_sender),
            "content": message.instead,
        }
        one: dict[str, Any] = {"to": _digits(message.to), "content": message.text}
        if message.buttons:
            one["buttons"] = [dict(button) for button in message.buttons]
        one |= {"useSmsFailover": True, "failoverConfig": instead}
        body = {
            "plusFriendId": self._settings.alimtalk_channel,
            "templateCode": message.code,
            "messages": [one],
        }
        answer = await self._post(f"/alimtalk/v2/services/{self._settings.alimtalk_service_id}/messages", body)
        told = _first_message(answer)
        if told.get("requestStatusCode") != TAKEN:
            raise Undelivered(f"AlimTalk {word(told.get('requestStatusCode'))}".strip(), is_final=True)
        return _request_id(answer)

    async def result(self, request_id: str, *, is_talk: bool) -> Result | None:
        """See `ResultReader`. The list of the request names its one message; where that says nothing final yet, the
        message itself is asked for."""
        kind = "alimtalk" if is_talk else "sms"
        service = self._settings.alimtalk_service_id if is_talk else self._settings.sens_service_id
        path, read = f"/{kind}/v2/services/{service}/messages", results.of_talk if is_talk else results.of_sms
        listed = results.first(await self._get(path, {"requestId": request_id}))
        found = read(listed)
        if found is None and (message_id := word(listed.get("messageId"))):
            found = read(results.first(await self._get(f"{path}/{quote(message_id, safe='')}", {})))
        return found

    async def close(self) -> None:
        """See `SmsSender`."""
        await self._client.aclose()

    async def _get(self, path: str, query: dict[str, str]) -> dict[str, Any]:
        """What SENS tells. Raises Undelivered where it tells nothing: then it is asked later."""
        target = f"{path}?{urlencode(query)}" if query else path
        try:
            answer = await self._client.request("GET", target, headers=self._signed("GET", target))
        except httpx.HTTPError as error:
            raise Undelivered(type(error).__name__, may_have_gone=True) from error
        if not _is_success(answer):
            raise Undelivered(f"SENS {answer.status_code} {_error_code(answer)}".strip())
        return _parsed(answer)

    async def _post(self, path: str, body: dict[str, Any]) -> Answer:
        """The answer 202. Raises Undelivered for everything else."""
        headers = self._signed("POST", path)
        try:
            answer = await self._client.request("POST", path, content=orjson.dumps(body), headers=headers)
        except httpx.ConnectError as error:
            raise Undelivered(type(error).__name__) from error
        except httpx.HTTPError as error:
            raise Undelivered(type(error).__name__, may_have_gone=True) from error
        if answer.status_code != httpx.codes.ACCEPTED:
            is_unsure = _is_success(answer) or (answer.status_code >= 500 and answer.status_code not in NOT_REACHED)
            raise Undelivered(
                f"SENS {answer.status_code} {_error_code(answer)}".strip(),
                may_have_gone=is_unsure,
                is_final=answer.status_code == httpx.codes.BAD_REQUEST,
            )
        return answer

    def _signed(self, method: str, target: str) -> dict[str, str]:
        """The headers for exactly the path that goes on the wire, the sandbox's prefix left out."""
        timestamp = str(time.time_ns() // 1_000_000)
        access_key = self._settings.sens_access_key
        return {
            "Content-Type": "application/json; charset=utf-8",
            "x-ncp-apigw-timestamp": timestamp,
            "x-ncp-iam-access-key": access_key,
            "x-ncp-apigw-signature-v2": signature(
                method, target, timestamp=timestamp, access_key=access_key, secret_key=self._settings.sens_secret_key
            ),
        }


def _sender(number: str) -> str:
    """The shop's own number, representative ones included, which nobody could be sent to."""
    digits = digits_of(number)
    if not SENDER.fullmatch(digits):
        raise Undelivered("SENS_SENDER is no number that can send")
    return digits


def _digits(number: str) -> str:
    digits = str(normal_phone(number))
    if not NUMBER.fullmatch(digits):
        raise Undelivered("not a telephone number", is_final=True)
    return digits


def _is_success(answer: Answer) -> bool:
    return 200 <= answer.status_code < 300


def _parsed(answer: Answer) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _request_id(answer: Answer) -> str:
    """What SENS calls the request; a 202 without it was accepted all the same."""
    return word(_parsed(answer).get("requestId"))


def _first_message(answer: Answer) -> dict[str, Any]:
    """What is said of the one message. A 202 that does not say it may have gone."""
    messages = _parsed(answer).get("messages")
    if not isinstance(messages, list) or not messages or not isinstance(messages[0], dict):
        raise Undelivered("AlimTalk 202 without a message", may_have_gone=True)
    return messages[0]


def _error_code(answer: Answer) -> str:
    """The gateway's error code, where the body has one of digits."""
    error = _parsed(answer).get("error")
    code = str(error.get("errorCode", "")) if isinstance(error, dict) else ""
    return code if code.isdigit() and len(code) <= 5 else ""
