"""Advertising goes to who wants it, by day, with its mark and its way out."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from src.app.notification.models import Message, MessageStatus, Way
from src.app.notification.services import hooks
from src.app.notification.services.delivery import log
from src.app.notification.services.delivery.delivering import send_due
from src.app.notification.services.delivery.log import AD_DAYS
from src.app.user.dtos.fields import MarketingChannel
from src.app.user.models import Consent, User
from src.app.user.services.marketing import opt_out
from src.app.user.services.marketing.advertising import Advertisement, ad_rule, advertise, morning_after
from src.common import clock
from src.common.clock import KST
from tests.app.user.conftest import SignedIn
from tests.app.user.test_consents import answers
from tests.worker.messages.support import Phones, configured, sending_by

SPRING = Advertisement(key="spring", title="봄 할인", body="스탠드백 10% 할인")


def at(hour: int, minute: int = 0) -> datetime:
    """That time tomorrow in Korea: a consent of today counts then."""
    tomorrow = datetime.now(KST) + timedelta(days=1)
    return tomorrow.replace(hour=hour, minute=minute, second=0, microsecond=0).astimezone(UTC)


async def agrees(member: SignedIn, **consents: bool) -> None:
    assert (await member.call("PUT", "/me/consents", answers(**consents))).status_code == 200


async def sent_at(moment: datetime) -> list[tuple[str, str, bool]]:
    phones = Phones()
    with sending_by(phones=phones), clock.as_of(moment):
        await send_due()
    return phones.sms


async def test_without_a_consent_nothing_is_even_queued(minji: SignedIn) -> None:
    assert not await advertise(SPRING, minji.member.id, "sms")
    await agrees(minji, marketing_email=True)
    assert not await advertise(SPRING, minji.member.id, "sms")
    assert await Message.all().count() == 0


async def test_an_advertisement_says_what_it_is_who_sends_it_and_how_to_refuse(minji: SignedIn) -> None:
    await agrees(minji, marketing_sms=True, marketing_email=True)
    with configured(ad_contact="02-1234-5678", ad_opt_out_phone="080-123-4567"), clock.as_of(at(12)):
        assert [await advertise(SPRING, minji.member.id, channel) for channel in ("sms", "email")] == [True, True]
    ((to, text, is_ad),) = await sent_at(at(12))

    token = opt_out.token_of(minji.member.id, "sms")
    assert (to, is_ad) == (minji.member.phone, True)
    assert text.startswith("(광고)[믹골프] 봄 할인\n스탠드백 10% 할인")
    assert "02-1234-5678" in text
    assert f"무료수신거부 080-123-4567 http://localhost:5173/opt-out?token={token}" in text
    content = log.opened(await Message.get(way=Way.MAIL))
    assert content is not None
    assert content.subject == "(광고) [믹골프] 봄 할인"
    assert opt_out.link(minji.member.id, "email") in content.text
    assert (content.talk, (await Message.get(way=Way.PHONE)).is_ad) == ("", True)


async def test_one_campaign_reaches_a_member_once_by_each_channel(minji: SignedIn) -> None:
    await agrees(minji, marketing_sms=True)
    with clock.as_of(at(12)):
        assert [await advertise(SPRING, minji.member.id, "sms") for _ in range(3)] == [True, False, False]
    assert await Message.all().count() == 1


@pytest.mark.parametrize("hour", [21, 23, 3, 7])
async def test_in_the_night_it_waits_for_the_morning(minji: SignedIn, hour: int) -> None:
    await agrees(minji, marketing_sms=True)
    with clock.as_of(at(hour)):
        assert await advertise(SPRING, minji.member.id, "sms")
    morning = morning_after(at(hour))

    assert await sent_at(at(hour)) == []
    assert await sent_at(morning - timedelta(seconds=1)) == []
    assert len(await sent_at(morning)) == 1
    assert morning.astimezone(KST).hour == 8


async def test_with_a_consent_to_the_night_it_goes_at_night(minji: SignedIn) -> None:
    await agrees(minji, marketing_sms=True, marketing_night=True)
    with clock.as_of(at(22)):
        assert await advertise(SPRING, minji.member.id, "sms")
    assert len(await sent_at(at(22))) == 1


async def test_one_of_the_day_that_was_held_up_does_not_go_at_night(minji: SignedIn) -> None:
    await agrees(minji, marketing_sms=True)
    with clock.as_of(at(20, 59)):
        assert await advertise(SPRING, minji.member.id, "sms")

    assert await sent_at(at(21)) == []
    assert (await Message.get()).attempts == 0
    assert len(await sent_at(morning_after(at(21)))) == 1


async def test_who_refuses_after_it_was_queued_does_not_get_it(minji: SignedIn) -> None:
    await agrees(minji, marketing_sms=True)
    with clock.as_of(at(22)):
        await advertise(SPRING, minji.member.id, "sms")
    await opt_out.refuse(opt_out.token_of(minji.member.id, "sms"))

    assert await sent_at(morning_after(at(22))) == []
    assert (await Message.get()).status is MessageStatus.WITHHELD


async def test_where_nobody_answers_for_consents_no_advertising_leaves(minji: SignedIn) -> None:
    await agrees(minji, marketing_sms=True)
    with clock.as_of(at(12)):
        await advertise(SPRING, minji.member.id, "sms")
    hooks.register_ad_rule(None)
    try:
        assert await sent_at(at(12)) == []
    finally:
        hooks.register_ad_rule(ad_rule)
    assert (await Message.get()).status is MessageStatus.WITHHELD


@pytest.mark.parametrize("channel", ["sms", "email"])
async def test_without_an_address_there_is_nothing_to_send(minji: SignedIn, channel: MarketingChannel) -> None:
    await agrees(minji, marketing_sms=True, marketing_email=True)
    await User.filter(id=minji.member.id).update(phone="", email=None)
    with clock.as_of(at(12)):
        assert not await advertise(SPRING, minji.member.id, channel)


async def test_the_record_of_advertising_is_kept_six_months(minji: SignedIn) -> None:
    await agrees(minji, marketing_sms=True)
    with configured(keep_days=7), clock.as_of(at(12)):
        await advertise(SPRING, minji.member.id, "sms")
        assert (await Message.get()).forget_at == at(12) + timedelta(days=AD_DAYS)


async def test_a_link_shows_and_refuses_without_a_sign_in(minji: SignedIn, client: httpx.AsyncClient) -> None:
    await agrees(minji, marketing_sms=True, marketing_email=True)
    token, path = opt_out.token_of(minji.member.id, "sms"), "/api/v1/messages/opt-out"

    looks = [await client.get(path, params={"token": token}) for _ in range(3)]
    assert {look.text for look in looks} == {'{"channel":"sms","is_opted_out":false}'}
    for _ in range(2):
        answer = await client.post(path, json={"token": token})
        assert (answer.status_code, answer.json()) == (200, {"channel": "sms", "is_opted_out": True})
    assert (await client.get(path, params={"token": token})).json()["is_opted_out"] is True

    body = (await minji.call("GET", "/me/consents")).json()
    states = {item["policy"]: item["agreed"] for item in body["items"]}
    assert (states["marketing_sms"], states["marketing_email"]) == (False, True)
    assert [row["policy"] for row in body["history"] if not row["agreed"]].count("marketing_sms") == 1


async def test_a_link_that_is_not_ours_refuses_nothing(minji: SignedIn, client: httpx.AsyncClient) -> None:
    await agrees(minji, marketing_sms=True)
    right = opt_out.token_of(minji.member.id, "sms")
    forged = [
        opt_out.token_of(minji.member.id + 1, "sms").replace(f"{minji.member.id + 1}.", f"{minji.member.id}.", 1),
        right.replace(".sms.", ".email."),
        right[:-1],
        right + "0",
        right.upper(),
        f"0{right}",
        f"{minji.member.id}.night.{right[-40:]}",
        "x",
        "١.sms." + "0" * 40,
        f"{'9' * 30}.sms.{'0' * 40}",
    ]
    for token in forged:
        for answer in (
            await client.get("/api/v1/messages/opt-out", params={"token": token}),
            await client.post("/api/v1/messages/opt-out", json={"token": token}),
        ):
            assert (answer.status_code, answer.json()["code"]) == (404, "OPT_OUT_LINK_INVALID"), token
    for body in ({}, {"token": ""}, {"token": "x" * 101}, {"token": 5}, {"token": right, "more": 1}):
        assert (await client.post("/api/v1/messages/opt-out", json=body)).status_code == 422
    assert (await client.get("/api/v1/messages/opt-out")).status_code == 422
    assert (await opt_out.look(right)).is_opted_out is False


async def test_the_link_of_somebody_who_left_changes_nothing(minji: SignedIn, client: httpx.AsyncClient) -> None:
    await User.filter(id=minji.member.id).update(status="WITHDRAWN")
    token = opt_out.token_of(minji.member.id, "email")
    before = await Consent.filter(user_id=minji.member.id).count()

    answer = await client.post("/api/v1/messages/opt-out", json={"token": token})

    assert answer.json() == {"channel": "email", "is_opted_out": True}
    assert await Consent.filter(user_id=minji.member.id).count() == before
