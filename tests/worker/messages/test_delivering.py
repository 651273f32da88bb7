"""The log is worked off: each message once, as far as anybody can know."""

import asyncio
from dataclasses import replace

import httpx
import pytest

from src.app.notification.models import Message, MessageStatus
from src.app.notification.services.delivery import log
from src.app.notification.services.delivery.delivering import MOST_UNKNOWNS, send_due
from src.app.notification.services.delivery.log import MessageRequest, queue
from src.app.notification.services.email.smtp import SmtpMail
from src.app.notification.services.lifecycle import sens_url
from src.app.notification.services.phone.sens import Sens
from src.app.notification.services.senders import Senders, Undelivered, senders, use_senders
from src.common.models.work_item import WorkStatus
from src.common.work import queue as work_queue
from src.core.configs import Settings, settings, use
from src.core.configs.identity_groups import IdentitySettings
from src.core.database import unit_of_work
from tests.app.notification.email.support import Relay, serving, talking, to
from tests.factories.orders import faulty, later
from tests.worker.messages.support import (
    LINK,
    VALUES,
    Mailer,
    Phones,
    a_phone,
    an_address,
    configured,
    inbox,
    queued,
    sending_by,
    state,
)

GONE = Undelivered("cut", may_have_gone=True)
AWAY = Undelivered("away")
NEVER = Undelivered("SMTP 550", is_final=True)


async def test_a_message_is_sent_once_and_says_so(client: httpx.AsyncClient) -> None:
    message, mailer = await queued(email="minji@example.com"), Mailer()
    with sending_by(mailer):
        assert (await send_due(), await send_due()) == (1, 0)

    assert await state(message) == ("SENT", "mail", 1, "")
    row = await Message.get(id=message.id)
    assert row.work_status == WorkStatus.DONE
    assert row.sent_at is not None
    (mail,) = mailer.taken
    assert (mail.to, mail.number) == ("minji@example.com", row.number)


async def test_two_runners_at_once_send_each_once(client: httpx.AsyncClient) -> None:
    for number in range(12):
        await queued(email=f"m{number}@example.com")
    mailer = Mailer()
    with sending_by(mailer):
        await asyncio.gather(*(send_due(limit=5) for _ in range(6)))
        while await send_due():
            pass

    assert sorted(mail.to for mail in mailer.taken) == sorted(f"m{number}@example.com" for number in range(12))


async def test_what_surely_did_not_go_is_tried_again_later_each_time_and_at_last_given_up(
    client: httpx.AsyncClient,
) -> None:
    message, mailer = await queued(email="minji@example.com"), Mailer([AWAY] * work_queue.MAX_ATTEMPTS)
    with sending_by(mailer):
        assert (await send_due(), await send_due()) == (1, 0)
        assert await state(message) == ("QUEUED", "", 1, "away")
        for hours in range(1, work_queue.MAX_ATTEMPTS + 5):
            with later(hours=2 * hours):
                await send_due()

    assert await state(message) == ("FAILED", "", work_queue.MAX_ATTEMPTS, "away")
    assert (await Message.get(id=message.id)).work_status == WorkStatus.DEAD
    assert len(mailer.taken) == work_queue.MAX_ATTEMPTS


@pytest.mark.parametrize("way", ["email", "phone"])
async def test_what_was_refused_for_good_is_not_tried_again(client: httpx.AsyncClient, way: str) -> None:
    message = await queued(email="a@b.co") if way == "email" else await queued(phone="01012345678")
    mailer, phones = Mailer([NEVER]), Phones([NEVER])
    with sending_by(mailer, phones):
        await send_due()
        with later(hours=5):
            assert await send_due() == 0

    assert await state(message) == ("FAILED", "", 1, "SMTP 550")
    assert len(mailer.taken) + len(phones.sms) == 1


async def test_a_mail_without_an_answer_goes_again_under_the_same_number(client: httpx.AsyncClient) -> None:
    message, mailer = await queued(email="minji@example.com"), Mailer([GONE])
    with sending_by(mailer):
        await send_due()
        assert await state(message) == ("QUEUED", "", 1, "cut")
        with later(minutes=5):
            await send_due()

    assert (await state(message))[0] == "SENT"
    assert {mail.number for mail in mailer.taken} == {message.number}
    assert len(mailer.taken) == 2


async def test_a_mail_that_never_gets_an_answer_ends_as_unknown(client: httpx.AsyncClient) -> None:
    message, mailer = await queued(email="minji@example.com"), Mailer([GONE] * 9)
    with sending_by(mailer):
        for hours in range(9):
            with later(hours=hours):
                await send_due()

    assert await state(message) == ("UNKNOWN", "", MOST_UNKNOWNS, "cut")
    assert len(mailer.taken) == MOST_UNKNOWNS


async def test_a_text_message_without_an_answer_is_never_sent_again(client: httpx.AsyncClient) -> None:
    message, phones = await queued(phone="01012345678"), Phones([GONE])
    with sending_by(phones=phones):
        for hours in range(9):
            with later(hours=hours):
                await send_due()

    assert await state(message) == ("UNKNOWN", "", 1, "cut")
    assert (await Message.get(id=message.id)).work_status == WorkStatus.DEAD
    assert len(phones.sms) == 1


async def dies_while_sending(message: Message) -> None:
    """What a worker that is killed between sending and noting it leaves behind."""
    (row,) = await work_queue.take_due(Message, limit=1)
    assert row.id == message.id
    await Message.filter(id=row.id).update(status=MessageStatus.SENDING)


async def test_of_a_killed_sender_the_mail_goes_again_and_the_text_message_does_not(client: httpx.AsyncClient) -> None:
    mailer, phones = Mailer(), Phones()
    mail = await queued(email="minji@example.com")
    await dies_while_sending(mail)
    text = await queued(phone="01012345678")
    await dies_while_sending(text)
    with sending_by(mailer, phones):
        assert await send_due() == 0  # the lease is still the dead worker's
        with later(minutes=3):
            await send_due()

    assert await state(mail) == ("SENT", "mail", 2, "")
    assert [taken.number for taken in mailer.taken] == [mail.number]
    assert await state(text) == ("UNKNOWN", "", 2, "the sender is gone")
    assert phones.sms == []


async def test_a_worker_killed_before_sending_loses_nothing(client: httpx.AsyncClient) -> None:
    message, phones = await queued(phone="01012345678"), Phones()
    assert len(await work_queue.take_due(Message, limit=1)) == 1
    with sending_by(phones=phones), later(minutes=3):
        await send_due()

    assert await state(message) == ("SENT", "sms", 2, "")
    assert len(phones.sms) == 1


async def test_alimtalk_goes_first_where_the_template_has_a_code(client: httpx.AsyncClient) -> None:
    phones = Phones()
    coded, bare = await queued(phone="01012345678"), await queued(phone="01012345678", template="order_expired")
    english = await queued(phone="01012345678", language="en")
    with configured(alimtalk_templates=("order_cancelled=OC01",)), sending_by(phones=phones, talks=True):
        await send_due()

    assert [(await state(row))[1] for row in (coded, bare, english)] == ["alimtalk", "sms", "sms"]
    (talk,) = phones.talks
    assert (talk.code, talk.to) == ("OC01", "01012345678")
    assert talk.text.startswith("[믹골프] 주문 취소")
    assert (await Message.get(id=coded.id)).provider_id == "RTALK-1"


@pytest.mark.parametrize(("answer", "texts", "end"), [(NEVER, 1, "sms"), (AWAY, 1, "sms"), (GONE, 0, "")])
async def test_what_kakao_surely_did_not_take_goes_by_sms_in_the_same_try(
    client: httpx.AsyncClient, answer: Undelivered, texts: int, end: str
) -> None:
    phones = Phones(talk_answers=[answer])
    message = await queued(phone="01012345678")
    with configured(alimtalk_templates=("order_cancelled=OC01",)), sending_by(phones=phones, talks=True):
        await send_due()
        with later(hours=1):
            await send_due()

    assert (len(phones.sms), len(phones.talks), (await state(message))[1]) == (texts, 1, end)


async def test_a_content_whose_key_is_gone_fails_and_keeps_nobody_waiting(client: httpx.AsyncClient) -> None:
    lost, fine = await queued(email="a@example.com"), await queued(email="b@example.com")
    await Message.filter(id=lost.id).update(content="gAAAAABnope")
    mailer = Mailer()
    with sending_by(mailer):
        await send_due()

    assert (await state(lost))[0] == "FAILED"
    assert (await state(fine))[0] == "SENT"


async def test_a_changed_key_still_opens_what_was_queued(client: httpx.AsyncClient) -> None:
    message, mailer, old = await queued(email="a@example.com"), Mailer(), settings().identity.data_key
    turned = replace(settings(), identity=IdentitySettings(data_key="n" * 40, old_data_keys=(old,)))
    with use(turned), sending_by(mailer):
        await send_due()
        assert log.recipient_hash("a@example.com") != message.recipient_hash
        assert message.recipient_hash in log.recipient_hashes("a@example.com")

    assert (await state(message))[0] == "SENT"


async def test_what_asks_to_be_forgotten_is_gone_with_its_sending(client: httpx.AsyncClient) -> None:
    message, mailer = await queued(email="a@example.com", forget_when_sent=True), Mailer([AWAY])
    with sending_by(mailer):
        await send_due()
        assert (await Message.get(id=message.id)).content != ""
        with later(hours=1):
            await send_due()

    row = await Message.get(id=message.id)
    assert (row.status, row.content, row.recipient_hash, row.member_id) == (MessageStatus.SENT, "", "", None)


async def test_nothing_is_taken_where_there_is_nothing_to_send_with(client: httpx.AsyncClient) -> None:
    message, before = await queued(email="a@example.com"), senders()
    use_senders(None)
    try:
        with pytest.raises(RuntimeError, match="no senders"):
            await send_due()
    finally:
        use_senders(before)
    assert await state(message) == ("QUEUED", "", 0, "")


async def test_a_message_needs_the_transaction_of_its_event(client: httpx.AsyncClient) -> None:
    notice = MessageRequest(event_key="e:1", template="order_cancelled", values={**VALUES, "link": LINK})
    with pytest.raises(RuntimeError, match="transaction"):
        await queue(notice, email="a@example.com")

    async def fails() -> None:
        await queue(notice, email="a@example.com")
        raise ValueError("undone")

    with pytest.raises(ValueError, match="undone"):
        await unit_of_work(fails)
    assert await Message.all().count() == 0


# --- a real mail server


async def test_a_mail_server_that_hangs_before_the_text_is_tried_until_it_answers(
    client: httpx.AsyncClient, shop_settings: Settings
) -> None:
    message, before = await queued(email="minji@example.com"), senders()
    try:
        async with talking([]) as port:
            use_senders(Senders(SmtpMail(to(port, smtp_timeout_seconds=0.2)), before.sms))
            for hours in range(MOST_UNKNOWNS + 2):
                with later(hours=hours):
                    assert await send_due() == 1
        assert (await state(message))[0] == "QUEUED"
        async with serving(Relay()) as relay:
            use_senders(Senders(SmtpMail(to(relay.port)), before.sms))
            with later(hours=9):
                await send_due()
    finally:
        use_senders(before)

    assert (await state(message))[0] == "SENT"
    (mail,) = relay.mails
    assert mail["Message-ID"] == f"<{message.number.lower()}@micgolf.example>"


async def test_a_mail_server_that_takes_the_mail_twice_got_one_message_id(client: httpx.AsyncClient) -> None:
    """It takes the text, and its answer is lost: the second copy is the same mail to every program."""
    message, before = await queued(email="minji@example.com"), senders()
    taken = asyncio.Event()

    class Forgetful(Relay):
        async def handle_DATA(self, *given: object) -> str:  # noqa: N802
            answer = await super().handle_DATA(*given)  # type: ignore[arg-type]
            if not taken.is_set():
                taken.set()
                await asyncio.sleep(3)  # longer than the shop waits for the answer
            return answer

    try:
        async with serving(Forgetful()) as relay:
            use_senders(Senders(SmtpMail(to(relay.port, smtp_timeout_seconds=1.0)), before.sms))
            await send_due()
            assert taken.is_set()
            assert (await state(message))[0] == "QUEUED"
            use_senders(Senders(SmtpMail(to(relay.port)), before.sms))
            with later(hours=1):
                await send_due()
    finally:
        use_senders(before)

    assert (await state(message))[0] == "SENT"
    assert [mail["Message-ID"] for mail in relay.mails] == [f"<{message.number.lower()}@micgolf.example>"] * 2


@pytest.mark.parametrize(("answer", "end"), [("550 no such user", "FAILED"), ("451 busy", "QUEUED")])
async def test_a_mail_server_that_refuses(client: httpx.AsyncClient, answer: str, end: str) -> None:
    message, before = await queued(email="minji@example.com"), senders()
    try:
        async with serving(Relay(at_recipient=answer)) as relay:
            use_senders(Senders(SmtpMail(to(relay.port)), before.sms))
            await send_due()
    finally:
        use_senders(before)

    assert await state(message) == (end, "", 1, f"SMTP {answer[:3]}")


# --- the sandbox


@pytest.mark.parametrize(
    ("kind", "end", "arrived"),
    [
        ("refused", "QUEUED", 0),
        ("error_503", "QUEUED", 0),
        ("error_500_after", "SENT", 2),  # it took the mail and said 500: the same number goes again
        ("undelivered", "SENT", 0),  # it said yes and lost it: nobody can know
    ],
)
async def test_the_inbox_misbehaves(client: httpx.AsyncClient, kind: str, end: str, arrived: int) -> None:
    address = an_address()
    message = await queued(email=address)
    async with faulty(client, "mail", kind):
        await send_due()
        if end == "SENT":
            with later(hours=1):
                await send_due()

    assert (await state(message))[0] == end
    mails = await inbox(client, address)
    assert [mail["message_id"] for mail in mails] == [message.number] * arrived


@pytest.mark.parametrize(
    ("kind", "end", "arrived"),
    [("error_503", "SENT", 1), ("error_500_after", "UNKNOWN", 1), ("service_error", "FAILED", 0)],
)
async def test_sens_misbehaves(client: httpx.AsyncClient, kind: str, end: str, arrived: int) -> None:
    phone = a_phone()
    message = await queued(phone=phone)
    async with faulty(client, "sms", kind):
        await send_due()
        with later(hours=1):
            await send_due()

    assert (await state(message))[0] == end
    assert len(await inbox(client, phone)) == arrived


@pytest.mark.parametrize(("kind", "channels"), [("", ["alimtalk"]), ("rejected", ["sms"]), ("service_error", ["sms"])])
async def test_alimtalk_at_the_sandbox(
    client: httpx.AsyncClient, shop_settings: Settings, kind: str, channels: list[str]
) -> None:
    phone, before = a_phone(), senders()
    await queued(phone=phone)
    service = shop_settings.messages.sens_service_id
    with configured(
        alimtalk_templates=("order_cancelled=OC01",), alimtalk_channel="@micgolf", alimtalk_service_id=service
    ) as chosen:
        sens = Sens(chosen.messages, base_url=sens_url(chosen))
        use_senders(Senders(before.mail, sens, sens))
        try:
            if kind:
                async with faulty(client, "alimtalk", kind):
                    await send_due()
            else:
                await send_due()
        finally:
            use_senders(before)
            await sens.close()

    assert [item["channel"] for item in await inbox(client, phone)] == channels
