"""Mail by SMTP, against a real server."""

import time
from pathlib import Path
from typing import Any

import pytest

from src.app.notification.services.email.mime import one_line
from src.app.notification.services.email.smtp import SmtpMail
from src.app.notification.services.senders import Mail, Undelivered
from src.core.configs.identity_groups import MessageSettings
from tests.app.notification.email.support import CREDENTIALS, LETTER, Relay, certificate, serving, talking, to
from tests.conftest import free_port

SIGNED_IN = {"smtp_user": CREDENTIALS[0], "smtp_password": CREDENTIALS[1]}


async def failure(settings: MessageSettings, mail: Mail = LETTER) -> tuple[str, bool]:
    """Why the mail was not delivered, and whether it may have gone all the same."""
    with pytest.raises(Undelivered) as caught:
        await SmtpMail(settings).send(mail)
    return caught.value.reason, caught.value.may_have_gone


async def test_a_mail_arrives_as_text_and_html() -> None:
    async with serving(Relay()) as relay:
        await SmtpMail(to(relay.port, mail_from="믹골프 <no-reply@micgolf.example>")).send(LETTER)

    (mail,), (envelope,) = relay.mails, relay.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == ("no-reply@micgolf.example", ["minji@example.com"])
    assert (mail["From"], mail["To"]) == ("믹골프 <no-reply@micgolf.example>", "minji@example.com")
    assert mail["Subject"] == "[믹골프] 인증번호"
    assert mail["Message-ID"].endswith("@micgolf.example>")
    assert mail["Date"] is not None
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == LETTER.text
    assert html.get_content().strip() == LETTER.html


async def test_a_refused_recipient_is_not_delivered() -> None:
    async with serving(Relay(at_recipient="550 5.1.1 minji@example.com unknown")) as relay:
        assert await failure(to(relay.port)) == ("SMTP 550", False)

    assert relay.mails == []


@pytest.mark.parametrize("answer", ["451 4.3.0 later", "552 5.3.4 too big", "554 5.7.1 123456 looks like spam"])
async def test_a_refused_message_is_not_delivered(answer: str) -> None:
    async with serving(Relay(at_data=answer)) as relay:
        assert await failure(to(relay.port)) == (f"SMTP {answer[:3]}", False)


async def test_nobody_listens() -> None:
    _, may_have_gone = await failure(to(free_port()))
    assert not may_have_gone


async def test_a_server_that_says_nothing_is_given_up() -> None:
    started = time.perf_counter()
    async with talking([]) as port:
        _, may_have_gone = await failure(to(port, smtp_timeout_seconds=0.3))

    assert not may_have_gone  # the text was never on its way
    assert time.perf_counter() - started < 20


async def test_a_server_that_drips_is_given_up_as_a_whole() -> None:
    started = time.perf_counter()
    async with talking([b"220-hello\r\n"] * 600, pause=0.1) as port:
        _, may_have_gone = await failure(to(port, smtp_timeout_seconds=0.4))

    assert not may_have_gone
    assert time.perf_counter() - started < 20


async def test_no_answer_to_the_message_leaves_it_open() -> None:
    async with serving(Relay(hang=3)) as relay:
        assert (await failure(to(relay.port, smtp_timeout_seconds=0.4)))[1]


async def test_a_server_of_another_protocol_is_a_failure() -> None:
    async with talking([b"HTTP/1.1 400 Bad Request\r\n\r\n"]) as port:
        await failure(to(port, smtp_timeout_seconds=0.4))


async def test_starttls_never_falls_back_to_plain_text() -> None:
    async with serving(Relay()) as relay:
        _, may_have_gone = await failure(to(relay.port, smtp_security="starttls", **SIGNED_IN))

    assert not may_have_gone
    assert (relay.mails, relay.signed_in) == ([], [])


@pytest.mark.parametrize(
    ("security", "reason"), [("starttls", "SSLCertVerificationError"), ("tls", "SMTPConnectError")]
)
async def test_a_certificate_that_nobody_vouches_for_is_refused(security: str, reason: str, tmp_path: Path) -> None:
    context, _ = certificate(tmp_path)
    offered: dict[str, Any] = {"offers": context} if security == "starttls" else {"inside": context}
    async with serving(Relay(), **offered) as relay:
        assert await failure(to(relay.port, smtp_security=security, **SIGNED_IN)) == (reason, False)

    assert (relay.mails, relay.signed_in) == ([], [])


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_inside_tls_the_shop_signs_in(security: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    offered: dict[str, Any] = {"offers": context} if security == "starttls" else {"inside": context}
    async with serving(Relay(), needs_auth=True, **offered) as relay:
        await SmtpMail(to(relay.port, smtp_security=security, **SIGNED_IN)).send(LETTER)
        reason, _ = await failure(to(relay.port, smtp_security=security, smtp_user="shop", smtp_password="wrong"))

    assert reason == "SMTP 535"
    assert [mail["To"] for mail in relay.mails] == ["minji@example.com"]


async def test_certificates_are_read_once_for_many_mails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    async with serving(Relay(), needs_auth=True, offers=context) as relay:
        sender = SmtpMail(to(relay.port, smtp_security="starttls", **SIGNED_IN))
        await sender.send(LETTER)
        trusted.unlink()
        await sender.send(LETTER)

    assert len(relay.mails) == 2


async def test_a_password_is_not_sent_without_tls() -> None:
    async with serving(Relay()) as relay:
        await failure(to(relay.port, **SIGNED_IN))

    assert (relay.mails, relay.signed_in) == ([], [])


async def test_a_subject_stays_one_header() -> None:
    rude = Mail(to=LETTER.to, subject="안녕\r\nBcc: all@example.com\r\n\r\n<b>", text="t\n", html="h")
    async with serving(Relay()) as relay:
        await SmtpMail(to(relay.port)).send(rude)

    (mail,), (envelope,) = relay.mails, relay.envelopes
    assert mail["Subject"] == "안녕 Bcc: all@example.com <b>"
    assert mail["Bcc"] is None
    assert envelope.rcpt_tos == [LETTER.to]


@pytest.mark.parametrize(
    "address", ["", "minji", "a@b.c\r\nRCPT TO:<x@y.z>", "a@b.c, x@y.z", "a@b.c\nBcc: x@y.z", "<a@b.c>", "a b@c.d"]
)
async def test_what_is_no_single_address_is_not_mailed(address: str) -> None:
    async with serving(Relay()) as relay:
        assert await failure(to(relay.port), Mail(address, "s", "t", "h")) == ("not an address", False)

    assert relay.mails == []


def test_a_subject_is_bounded() -> None:
    assert one_line("가" * 500) == "가" * 200
    assert one_line("\u2028a\u0000b\t c ") == "a b c"
