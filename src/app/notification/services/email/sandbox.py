"""Mail into the sandbox's inbox, where people and tests read it."""

import httpx
import orjson

from src.app.notification.services.email.mime import one_line
from src.app.notification.services.senders import Mail, Undelivered
from src.core.http import new_vendor_client


class SandboxMail:
    """A `MailSender` over HTTP. The inbox shows plain text, so that is what it gets."""

    def __init__(self, sandbox_url: str) -> None:
        self._client = new_vendor_client(sandbox_url, read_seconds=10.0)

    async def send(self, mail: Mail) -> None:
        """See `MailSender`."""
        body = {"channel": "mail", "to": mail.to, "subject": one_line(mail.subject), "body": mail.text}
        if mail.number:
            body["message_id"] = mail.number
        try:
            answer = await self._client.request("POST", "/inbox", content=orjson.dumps(body))
        except httpx.ConnectError as error:
            raise Undelivered(type(error).__name__) from error
        except httpx.HTTPError as error:
            raise Undelivered(type(error).__name__, may_have_gone=True) from error
        if answer.status_code != httpx.codes.CREATED:
            is_unsure = answer.status_code >= 500 and answer.status_code != httpx.codes.SERVICE_UNAVAILABLE
            raise Undelivered(f"inbox {answer.status_code}", may_have_gone=is_unsure)

    async def close(self) -> None:
        """See `MailSender`."""
        await self._client.aclose()
