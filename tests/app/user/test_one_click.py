"""Advertising mails name their way out for mail programs (RFC 2369, RFC 8058)."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from src.app.notification.services.delivery.delivering import send_due
from src.app.notification.services.email.smtp import SmtpMail
from src.app.notification.services.senders import Senders, senders, use_senders
from src.app.user.models import Consent
from src.app.user.services.marketing import opt_out
from src.app.user.services.marketing.advertising import Advertisement, advertise
from src.common import clock
from src.core.configs import settings, use
from src.core.configs.groups import ServerSettings
from tests.app.notification.email.support import Relay, serving, to
from tests.app.user.conftest import SignedIn
from tests.app.user.test_advertising import agrees, at
from tests.worker.messages.support import queued

PATH = "/api/v1/messages/opt-out"
FORM = {"List-Unsubscribe": "One-Click"}
SPRING = Advertisement(key="spring", title="봄 할인", body="스탠드백 10% 할인")
API = "https://api.a-rather-long-name-of-a-shop.example"


async def mailed(relay: Relay) -> None:
    """What waits goes over the wire to a real server."""
    before = senders()
    use_senders(Senders(mail=SmtpMail(to(relay.port)), sms=before.sms))
    try:
        with clock.as_of(at(12)):
            await send_due()
    finally:
        use_senders(before)


@pytest.mark.fault("A14")
@pytest.mark.parametrize("url", [API, f"{API}/", f"{API}/api/v1"])
async def test_an_advertisement_names_its_one_click_and_other_mails_do_not(minji: SignedIn, url: str) -> None:
    await agrees(minji, marketing_email=True)
    chosen = replace(settings(), server=settings().server.model_copy(update={"api_url": url}))
    with use(chosen), clock.as_of(at(12)):
        assert await advertise(SPRING, minji.member.id, "email")
    await queued(email="told@example.com")
    async with serving(Relay()) as relay:
        await mailed(relay)
    ads = [mail for mail in relay.mails if str(mail["Subject"]).startswith("(광고)")]
    others = [mail for mail in relay.mails if mail not in ads]
    raw = relay.envelopes[relay.mails.index(ads[0])].content
    assert isinstance(raw, bytes)
    token = opt_out.token_of(minji.member.id, "email")
    assert f"\r\nList-Unsubscribe: <{API}{PATH}?token={token}>\r\n".encode() in raw
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw
    assert [(mail["List-Unsubscribe"], mail["List-Unsubscribe-Post"]) for mail in others] == [(None, None)]


async def test_without_an_address_of_the_api_the_page_is_named(minji: SignedIn) -> None:
    await agrees(minji, marketing_email=True)
    chosen = replace(settings(), server=ServerSettings(env="prod", api_url=""))
    with use(chosen), clock.as_of(at(12)):
        assert await advertise(SPRING, minji.member.id, "email")
    async with serving(Relay()) as relay:
        await mailed(relay)
    (mail,) = relay.mails
    assert mail["List-Unsubscribe"] == f"<{opt_out.link(minji.member.id, 'email')}>"
    assert mail["List-Unsubscribe-Post"] is None


@pytest.mark.fault("A14")
async def test_one_click_refuses_and_a_repeat_changes_nothing(client: httpx.AsyncClient, minji: SignedIn) -> None:
    await agrees(minji, marketing_email=True, marketing_sms=True)
    before = await Consent.all().count()
    address = opt_out.link(minji.member.id, "email")
    token = parse_qs(urlsplit(address).query)["token"][0]

    looked = await client.get(PATH, params={"token": token})
    assert (looked.json(), await Consent.all().count()) == ({"channel": "email", "is_opted_out": False}, before)

    first = await client.post(PATH, params={"token": token}, data=FORM)
    again = await client.post(PATH, params={"token": token}, data=FORM)
    parts = await client.post(PATH, params={"token": token}, files={"List-Unsubscribe": (None, "One-Click")})
    assert [(answer.status_code, answer.json()) for answer in (first, again, parts)] == [
        (200, {"channel": "email", "is_opted_out": True})
    ] * 3
    assert await Consent.all().count() == before + 1
    sms = await client.get(PATH, params={"token": opt_out.token_of(minji.member.id, "sms")})
    assert sms.json()["is_opted_out"] is False


@pytest.mark.fault("A14")
async def test_only_the_form_with_the_right_token_counts(client: httpx.AsyncClient, minji: SignedIn) -> None:
    await agrees(minji, marketing_email=True)
    before = await Consent.all().count()
    token = opt_out.token_of(minji.member.id, "email")
    other = token.replace(f"{minji.member.id}.", f"{minji.member.id + 1}.", 1)
    codes = [
        (answer.status_code, answer.json()["code"])
        for answer in (
            await client.post(PATH, params={"token": token}, data={"List-Unsubscribe": "Two-Click"}),
            await client.post(PATH, params={"token": token}, data={"other": "One-Click"}),
            await client.post(PATH, data=FORM),
            await client.post(PATH, params={"token": "x" * 101}, data=FORM),
            await client.post(PATH, params={"token": other}, data=FORM),
            await client.post(PATH, params={"token": token.replace("email", "sms")}, data=FORM),
            await client.post(PATH, params={"token": token}),
        )
    ]
    assert codes == [(422, "VALIDATION_ERROR")] * 4 + [codes[4]] * 2 + [(422, "VALIDATION_ERROR")]
    assert codes[4][1].startswith("OPT_OUT")
    assert await Consent.all().count() == before
