"""What members are told of their leaving, and what is forgotten of what was said to them."""

from datetime import timedelta

import httpx

from src.app.notification.models import Message, MessageStatus
from src.app.notification.services.delivery import forgetting, log
from src.app.user.models import UserStatus
from src.app.user.services.withdrawing import finish_due
from src.common import clock
from src.worker.jobs.run import run_job
from tests.factories.orders import later
from tests.factories.people import PASSWORD, bearer, make_member
from tests.worker.messages.support import Mailer, again, an_address, deliver, inbox, queued, sending_by, state

API = "/api/v1"


async def test_who_asks_to_leave_hears_of_it_once_and_of_staying(client: httpx.AsyncClient) -> None:
    email = an_address()
    headers = await bearer(client, await make_member(email=email))
    for _ in range(2):
        asked = await client.post(
            f"{API}/me/withdrawal", json={"reason": "쉬고 싶어요", "password": PASSWORD}, headers=headers
        )
        assert asked.status_code == 200
    await deliver()
    await again()
    await deliver()

    (mail,) = await inbox(client, email)
    assert mail["subject"] == "[믹골프] 회원 탈퇴 신청이 접수되었습니다"
    assert asked.json()["withdraw_at"][:16].replace("T", " ") in mail["body"]
    assert "쉬고 싶어요" not in mail["body"]

    for _ in range(2):
        assert (await client.delete(f"{API}/me/withdrawal", headers=headers)).status_code == 204
    await deliver()
    assert [one["subject"] for one in await inbox(client, email)][1:] == ["[믹골프] 회원 탈퇴 신청이 철회되었습니다"]


async def test_a_second_request_is_told_again(client: httpx.AsyncClient) -> None:
    email = an_address()
    headers = await bearer(client, await make_member(email=email))
    asked = {"reason": "", "password": PASSWORD}
    await client.post(f"{API}/me/withdrawal", json=asked, headers=headers)
    await deliver()
    await client.delete(f"{API}/me/withdrawal", headers=headers)
    await deliver()
    await client.post(f"{API}/me/withdrawal", json=asked, headers=headers)
    await deliver()
    assert len(await inbox(client, email)) == 3


async def test_a_request_that_was_taken_back_before_its_event_came_is_not_told(client: httpx.AsyncClient) -> None:
    email = an_address()
    headers = await bearer(client, await make_member(email=email))
    await client.post(f"{API}/me/withdrawal", json={"reason": "", "password": PASSWORD}, headers=headers)
    await client.delete(f"{API}/me/withdrawal", headers=headers)
    await deliver()
    assert [mail["subject"] for mail in await inbox(client, email)] == ["[믹골프] 회원 탈퇴 신청이 철회되었습니다"]


async def test_the_last_word_goes_out_after_the_address_is_gone_and_nothing_of_it_stays(
    client: httpx.AsyncClient,
) -> None:
    email = an_address()
    member = await make_member(email=email)
    headers = await bearer(client, member)
    await client.post(f"{API}/me/withdrawal", json={"reason": "", "password": PASSWORD}, headers=headers)
    await deliver()
    earlier = await queued(email=email, member_id=member.id)
    with later(days=15):
        assert await finish_due() == 1
        assert await run_job("relay-outbox") >= 1
        assert (await state(earlier))[0] == "WITHHELD"
        assert await run_job("send-messages") == 1

    assert [mail["subject"] for mail in await inbox(client, email)][1:] == ["[믹골프] 회원 탈퇴가 완료되었습니다"]
    assert {(row.content, row.recipient_hash) for row in await Message.all()} == {("", "")}
    await member.refresh_from_db()
    assert member.status == UserStatus.WITHDRAWN
    assert await Message.filter(template="withdrawal_finished", member_id=None).count() == 1


async def test_who_has_no_mail_address_is_reached_by_telephone(client: httpx.AsyncClient) -> None:
    member = await make_member(phone="01099990001")
    headers = await bearer(client, member)
    member.email = None
    await member.save(update_fields=["email"])
    await client.post(f"{API}/me/withdrawal", json={"reason": "", "password": PASSWORD}, headers=headers)
    await deliver()
    assert len(await inbox(client, "01099990001")) == 1


async def test_addresses_and_texts_are_forgotten_in_time_and_rows_after_three_years(client: httpx.AsyncClient) -> None:
    mailer = Mailer()
    old, young = await queued(email="old@example.com"), await queued(email="young@example.com")
    with sending_by(mailer):
        await run_job("send-messages")
    await Message.filter(id=old.id).update(forget_at=clock.now() - timedelta(seconds=1))

    assert await forgetting.forget_old() == 1
    assert await forgetting.forget_old() == 0

    rows = {row.id: row for row in await Message.all()}
    assert (rows[old.id].content, rows[old.id].recipient_hash, rows[old.id].status) == ("", "", MessageStatus.SENT)
    assert log.opened(rows[young.id]) is not None
    with later(days=3 * 366 + 1):
        assert await run_job("forget-messages") == 3  # one is emptied first, both are deleted
    assert await Message.all().count() == 0


async def test_what_waits_is_not_forgotten_before_it_is_stale(client: httpx.AsyncClient) -> None:
    waiting = await queued(email="a@example.com", forget_when_sent=True)
    with later(hours=1):
        assert await forgetting.forget_old() == 0
    with later(days=8):
        assert await forgetting.forget_old() == 1
    assert (await Message.get(id=waiting.id)).content == ""
