"""Which adapter sends, and what the logs say about it."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from src.app.notification.services.delivery.sending import send_mail, send_sms
from src.app.notification.services.email.sandbox import SandboxMail
from src.app.notification.services.email.smtp import SmtpMail
from src.app.notification.services.lifecycle import close_senders, open_senders
from src.app.notification.services.senders import Senders, Undelivered, senders, use_senders
from src.core.configs import Settings
from src.core.configs.groups import ServerSettings
from src.core.configs.identity_groups import MessageSettings
from tests.app.notification.email.support import LETTER, Relay, serving, to
from tests.conftest import free_port

CODE = {"purpose": "sign_up", "code": "048213", "minutes": 3}


@pytest.fixture
async def before() -> AsyncIterator[Senders | None]:
    """Puts back what the app sends with."""
    try:
        kept: Senders | None = senders()
    except RuntimeError:
        kept = None
    yield kept
    use_senders(kept)


async def test_without_a_word_mail_goes_where_the_environment_says(
    before: Senders | None, shop_settings: Settings
) -> None:
    stage = replace(shop_settings, server=ServerSettings(env="stage"))
    smtp = replace(shop_settings, messages=MessageSettings(mail_adapter="smtp"))
    found = []
    for chosen in (shop_settings, stage, smtp):
        open_senders(chosen)
        found.append(type(senders().mail))
        await close_senders()

    assert found == [SandboxMail, SmtpMail, SmtpMail]
    with pytest.raises(RuntimeError, match="no senders"):
        senders()


async def test_a_mail_by_smtp_from_template_to_server(
    client: httpx.AsyncClient, before: Senders | None, shop_settings: Settings
) -> None:
    async with serving(Relay()) as relay:
        open_senders(replace(shop_settings, messages=to(relay.port)))
        await send_mail("minji@example.com", template="verification_code", values=CODE, language="en")

    (mail,) = relay.mails
    html = mail.get_body(("html",))
    assert mail["Subject"] == "[Micgolf] Your verification code"
    assert html is not None
    assert "048213" in html.get_content()


async def test_a_mail_into_the_inbox(client: httpx.AsyncClient, shop_settings: Settings) -> None:
    await SandboxMail(shop_settings.sandbox_url).send(LETTER)

    (item,) = (await client.get("/sandbox/inbox", params={"to": LETTER.to})).json()["items"][-1:]
    assert (item["channel"], item["subject"], item["body"]) == ("mail", LETTER.subject, LETTER.text)


async def test_an_inbox_that_is_not_there(client: httpx.AsyncClient, shop_settings: Settings) -> None:
    nobody = SandboxMail(f"http://127.0.0.1:{free_port()}/sandbox")
    elsewhere = SandboxMail(f"http://127.0.0.1:{shop_settings.server.port}/nowhere")

    with pytest.raises(Undelivered, match="ConnectError"):
        await nobody.send(LETTER)
    with pytest.raises(Undelivered, match="inbox 404"):
        await elsewhere.send(LETTER)


async def test_a_failure_is_logged_without_address_text_or_code(
    client: httpx.AsyncClient, before: Senders | None, shop_settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    messages = to(free_port(), sens_base_url=f"http://127.0.0.1:{free_port()}")
    open_senders(replace(shop_settings, messages=messages))
    with caplog.at_level(logging.DEBUG, logger="src"):
        with pytest.raises(Undelivered):
            await send_mail("minji@example.com", template="verification_code", values=CODE)
        with pytest.raises(Undelivered):
            await send_sms("010-1234-5678", template="verification_code", values=CODE)

    lines = [record.getMessage() for record in caplog.records if record.name.startswith("src.")]
    assert lines == [
        "message verification_code by mail: not sent (SMTPConnectError)",
        "message verification_code by sms: not sent (ConnectError)",
    ]
    assert "048213" not in caplog.text
    assert "minji" not in caplog.text
    assert "12345678" not in caplog.text
