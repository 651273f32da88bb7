"""SMS by NCP SENS over httpx (facts page, part 6)."""

import base64
import hashlib
import hmac
import re
import time
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from src.app.notification.services.senders import Undelivered
from src.core.configs.identity_groups import MessageSettings
from src.core.http import new_http_client

SMS_BYTES: Final = 90
LMS_BYTES: Final = 2000
READ_SECONDS: Final = 10.0
NUMBER: Final = re.compile(r"0[0-9]{8,10}")


def signature(method: str, path: str, *, timestamp: str, access_key: str, secret_key: str) -> str:
    """``x-ncp-apigw-signature-v2``: HMAC-SHA256 over method, path with query, time (ms) and access key, base64."""
    said = f"{method} {path}\n{timestamp}\n{access_key}"
    return base64.b64encode(hmac.new(secret_key.encode(), said.encode(), hashlib.sha256).digest()).decode()


def kind_of(text: str) -> str:
    """``SMS`` or ``LMS``, by the bytes of the text in EUC-KR, the encoding in which SENS counts.

    SENS cuts longer text without a word and fails on what EUC-KR has not: both raise Undelivered here.
    """
    try:
        length = len(text.encode("euc-kr"))
    except UnicodeEncodeError as error:
        raise Undelivered("the text holds characters that SMS has not") from error
    if length > LMS_BYTES:
        raise Undelivered("the text is too long for an LMS")
    return "SMS" if length <= SMS_BYTES else "LMS"


class Sens:
    """An `SmsSender`. There is no idempotency key: no answer means that it may have gone, and it is not repeated."""

    def __init__(self, chosen: MessageSettings, *, base_url: str) -> None:
        self._settings = chosen
        self._client = new_http_client(base_url, read_seconds=READ_SECONDS)
        self._prefix = urlsplit(base_url).path.rstrip("/")  # of the sandbox; SENS itself has none

    async def send(self, to: str, *, text: str) -> None:
        """See `SmsSender`. 202 means accepted by SENS, not delivered to the telephone."""
        body = {
            "type": kind_of(text),
            "contentType": "COMM",
            "countryCode": "82",
            "from": _digits(self._settings.sens_sender),
            "content": text,
            "messages": [{"to": _digits(to)}],
        }
        request = self._client.build_request("POST", f"/sms/v2/services/{self._settings.sens_service_id}/messages")
        request = self._client.build_request("POST", request.url, json=body, headers=self._signed(request))
        try:
            answer = await self._client.send(request)
        except httpx.ConnectError as error:
            raise Undelivered(type(error).__name__) from error
        except httpx.HTTPError as error:
            raise Undelivered(type(error).__name__, may_have_gone=True) from error
        if answer.status_code != httpx.codes.ACCEPTED:
            raise Undelivered(f"SENS {answer.status_code} {_error_code(answer)}".strip())

    async def close(self) -> None:
        """See `SmsSender`."""
        await self._client.aclose()

    def _signed(self, request: httpx.Request) -> dict[str, str]:
        """The headers for exactly the path that goes on the wire, the sandbox's prefix left out."""
        timestamp = str(time.time_ns() // 1_000_000)
        access_key = self._settings.sens_access_key
        path = request.url.raw_path.decode("ascii").removeprefix(self._prefix)
        return {
            "Content-Type": "application/json; charset=utf-8",
            "x-ncp-apigw-timestamp": timestamp,
            "x-ncp-iam-access-key": access_key,
            "x-ncp-apigw-signature-v2": signature(
                "POST", path, timestamp=timestamp, access_key=access_key, secret_key=self._settings.sens_secret_key
            ),
        }


def _digits(number: str) -> str:
    digits = number.replace("-", "").replace(" ", "")
    if not NUMBER.fullmatch(digits):
        raise Undelivered("not a telephone number")
    return digits


def _error_code(answer: httpx.Response) -> str:
    """The gateway's error code, where the body has one of digits."""
    try:
        body: Any = answer.json()
        code = str(body["error"]["errorCode"])
    except (ValueError, KeyError, TypeError):
        return ""
    return code if code.isdigit() and len(code) <= 5 else ""
