"""What a shopper is told of an order, once for each event."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from src.app.checkout.dtos.events import OrderCancelled, OrderPaid
from src.app.notification.models import Message, MessageStatus
from src.app.order.models import Order, OrderStatus
from src.app.payment.dtos.events import RefundAccountChanged, RefundNeedsAccount
from src.app.payment.models import Payment, Refund, RefundAccount, RefundReason
from src.common import clock
from src.common.ids import new_ulid
from src.common.models import OutboxEvent
from src.common.models.work_item import WorkStatus
from src.worker.events.handlers import HANDLERS
from src.worker.jobs.run import run_job
from tests.factories.catalogue import make_product, make_variant, variants_of
from tests.factories.orders import (
    Placed,
    complete,
    control,
    expire,
    faulty,
    later,
    make_order,
    order_of,
    payment_of,
    place,
)
from tests.factories.people import bearer, make_member
from tests.worker.messages.support import a_phone, again, an_address, deliver, happens, inbox, planted, texts_of

pytestmark = pytest.mark.usefixtures("accounts_offered")


def orderer() -> dict[str, str]:
    return {"name": "김민지", "phone": a_phone(), "email": an_address()}


async def paid(client: httpx.AsyncClient, who: dict[str, str], **headers: str) -> Placed:
    product = await make_product(name="투어 스탠드백 ⛳", price=45_000)
    variant = (await variants_of(product))[0]
    placed = await place(client, (variant.id, 2), orderer=who, headers=headers)
    await control(client, placed.payment_id, "pay")
    assert (await complete(client, placed.payment_id)).json()["order_status"] == "PAID"
    return placed


async def waiting(client: httpx.AsyncClient, who: dict[str, str]) -> Placed:
    placed = await place(client, ((await make_variant()).id, 1), orderer=who)
    await control(client, placed.payment_id, "issue_virtual_account", valid_hours=24)
    assert (await complete(client, placed.payment_id)).json()["order_status"] == "AWAITING_DEPOSIT"
    return placed


async def test_a_guest_is_told_of_the_payment_by_mail_and_sms_once(client: httpx.AsyncClient) -> None:
    who = orderer()
    placed = await paid(client, who)

    assert await deliver() == 2
    for _ in range(5):
        await again()
        assert await run_job("send-messages") == 0

    (mail,) = await inbox(client, who["email"])
    (sms,) = await inbox(client, who["phone"])
    assert mail["subject"] == "[믹골프] 결제가 완료되었습니다"
    for part in (placed.order_no, "김민지", "투어 스탠드백", f"{placed.total:,}원", "신용카드", "영수증: http"):
        assert part in mail["body"], part
    assert sms["body"].startswith("[믹골프] 결제 완료")
    assert "⛳" not in sms["body"]
    rows = await Message.all()
    assert {(row.status, row.order_no, row.member_id) for row in rows} == {(MessageStatus.SENT, placed.order_no, None)}
    assert await OutboxEvent.exclude(work_status=WorkStatus.DONE).count() == 0


async def test_nothing_of_whom_it_went_to_stands_in_the_log_in_clear(client: httpx.AsyncClient) -> None:
    who = orderer()
    await paid(client, who)
    await deliver()

    for row in await Message.all().values():
        text = " ".join(str(value) for value in row.values())
        assert all(value not in text for value in who.values())


async def test_the_same_event_at_once_from_many_sides_is_one_message(client: httpx.AsyncClient) -> None:
    order = await make_order(await make_variant(), status=OrderStatus.PAID)
    payload = {"order_id": order.id}

    done = await asyncio.gather(*(HANDLERS["order.cancelled"][0](payload) for _ in range(5)), return_exceptions=True)
    await HANDLERS["order.cancelled"][0](payload)

    assert await Message.all().count() == 2
    assert None in done


async def test_who_ordered_in_english_is_written_to_in_english(client: httpx.AsyncClient) -> None:
    who = orderer()
    await paid(client, who, **{"Accept-Language": "en-GB"})
    await deliver()

    (mail,) = await inbox(client, who["email"])
    assert mail["subject"] == "[Micgolf] Your payment is complete"
    assert "By: card" in mail["body"]
    assert (await inbox(client, who["phone"]))[0]["body"].startswith("[Micgolf] Payment complete")


async def test_a_members_order_is_in_the_log_under_the_member(client: httpx.AsyncClient) -> None:
    member, who = await make_member(), orderer()
    await paid(client, who, **await bearer(client, member))
    await deliver()

    assert {row.member_id for row in await Message.all()} == {member.id}
    assert len(await inbox(client, who["email"])) == 1


async def test_who_pays_by_account_is_told_where_to_and_until_when(client: httpx.AsyncClient) -> None:
    who = orderer()
    placed = await waiting(client, who)
    await deliver()
    await again()
    await deliver()

    payment = await payment_of(placed.payment_id)
    assert payment.account_due_at is not None
    due = f"{payment.account_due_at.astimezone(clock.KST):%Y-%m-%d %H:%M}"
    for to in (who["email"], who["phone"]):
        (told,) = await inbox(client, to)
        for part in (payment.account_number, payment.account_holder, f"{placed.total:,}원", due, placed.order_no):
            assert part in told["body"], part
        assert "KOOKMIN" not in told["body"]


async def test_an_account_that_was_paid_before_the_event_came_is_not_asked_for(client: httpx.AsyncClient) -> None:
    who = orderer()
    placed = await waiting(client, who)
    await control(client, placed.payment_id, "deposit")
    await complete(client, placed.payment_id)

    await deliver()

    assert {row.template for row in await Message.all()} == {"order_paid"}


async def test_only_who_was_given_an_account_hears_that_the_order_expired(client: httpx.AsyncClient) -> None:
    with_account, without = orderer(), orderer()
    await waiting(client, with_account)
    await place(client, ((await make_variant()).id, 1), orderer=without)
    await deliver()

    assert await expire(days=4) == 2
    with later(days=4, minutes=1):
        await deliver()

    assert [mail["subject"] for mail in await inbox(client, with_account["email"])] == [
        "[믹골프] 주문이 접수되었습니다. 입금을 기다리고 있습니다",
        "[믹골프] 입금 기한이 지나 주문이 취소되었습니다",
    ]
    assert await inbox(client, without["email"]) == []


async def test_money_that_came_late_is_told_to_be_on_its_way_back(client: httpx.AsyncClient) -> None:
    who = orderer()
    placed = await place(client, ((await make_variant()).id, 1), orderer=who)
    await expire(minutes=31)
    await control(client, placed.payment_id, "pay")
    assert (await complete(client, placed.payment_id)).status_code == 409
    await run_job("send-refunds")

    await deliver()
    await again()
    await deliver()

    (mail,) = await inbox(client, who["email"])
    assert mail["subject"] == "[믹골프] 환불이 처리되었습니다"
    assert f"환불 금액: {placed.total:,}원" in mail["body"]
    assert "주문 기한이 지난 뒤 결제되어" in mail["body"]


async def test_who_must_name_an_account_for_the_refund_is_asked(client: httpx.AsyncClient) -> None:
    who = orderer()
    placed = await waiting(client, who)
    async with faulty(client, "get", "error_500", times=10):
        assert await expire(hours=26) == 0
        assert await expire(hours=33) == 1
    await control(client, placed.payment_id, "deposit")
    assert (await complete(client, placed.payment_id)).status_code == 409
    for _ in range(3):
        await run_job("send-refunds")

    for _ in range(2):
        with later(hours=34):
            await deliver()
            await again()

    (told,) = [mail for mail in await inbox(client, who["email"]) if "계좌를 알려" in mail["subject"]]
    assert told["subject"] == "[믹골프] 환불받으실 계좌를 알려 주세요"
    assert f"환불 금액: {placed.total:,}원" in told["body"]
    assert "비밀번호나 카드 번호를 묻지 않습니다" in told["body"]


async def test_a_cancelled_order_is_told_in_both_languages(client: httpx.AsyncClient) -> None:
    for language in ("ko", "en"):
        order = await make_order(await make_variant(), status=OrderStatus.PAID)
        await Order.filter(id=order.id).update(language=language)
        await happens(OrderCancelled(order_id=order.id))
    await deliver()

    subjects = [row["subject"] for row in await inbox(client, "minji@example.com")][-2:]
    assert sorted(subjects) == [  # sent side by side
        "[Micgolf] Your order was cancelled",
        "[믹골프] 주문이 취소되었습니다",
    ]


async def test_planted_events_of_claims_are_told(client: httpx.AsyncClient) -> None:
    order = await make_order(await make_variant(), status=OrderStatus.SHIPPING)
    for status in ("REQUESTED", "REQUESTED", "COMPLETED", "SOMETHING_NEW"):
        await planted("claim.changed", order_id=order.id, claim_id=9, kind="RETURN", status=status)

    assert await deliver() == 4

    keys = {row.event_key for row in await Message.all()}
    assert keys == {"claim.changed:9:REQUESTED", "claim.changed:9:COMPLETED"}
    assert "반품 신청이 완료되었습니다." in (await texts_of("claim_changed"))["mail"]


async def test_of_an_order_that_was_separated_nobody_is_told(client: httpx.AsyncClient) -> None:
    order = await make_order(await make_variant(), status=OrderStatus.PAID)
    await Order.filter(id=order.id).update(orderer_email="", orderer_phone="", orderer_name="")
    await happens(OrderPaid(order_id=order.id))

    assert await deliver() == 0
    assert await OutboxEvent.exclude(work_status=WorkStatus.DONE).count() == 0


async def test_a_refund_that_needs_an_account_names_its_amount_in_english(client: httpx.AsyncClient) -> None:
    order = await make_order(await make_variant())
    await Order.filter(id=order.id).update(language="en")
    now = clock.now()
    payment = await Payment.create(
        payment_id=new_ulid(), order_id=order.id, pay_method="CARD", total_amount=500, created_at=now, updated_at=now
    )
    refund = await Refund.create(
        refund_no=new_ulid(),
        payment_id=payment.id,
        reason=RefundReason.DUPLICATE,
        amount=12_500,
        idempotency_key="k" * 32,
        available_at=now + timedelta(days=1),
        created_at=now,
    )
    await happens(RefundNeedsAccount(refund_id=refund.id))
    await deliver()

    assert "KRW 12,500" in (await texts_of("refund_needs_account"))["mail"]
    assert "the order was paid twice" in (await texts_of("refund_needs_account"))["phone"]


def noon(days: int = 0) -> datetime:
    today = datetime.now(clock.KST).replace(hour=12, minute=0, second=0, microsecond=0)
    return (today + timedelta(days=days)).astimezone(UTC)


async def test_a_deposit_is_asked_for_again_once_before_it_is_due(client: httpx.AsyncClient) -> None:
    who = orderer()
    placed = await waiting(client, who)
    await deliver()
    await Payment.filter(payment_id=placed.payment_id).update(account_due_at=noon(1) + timedelta(hours=9))
    await Order.filter(order_no=placed.order_no).update(expires_at=noon(1) + timedelta(hours=10))

    found = []
    for hours in (-4, 0, 1, 5):
        with clock.as_of(noon(1) + timedelta(hours=hours)):
            found.append(await run_job("remind-deposits"))
            await run_job("send-messages")

    assert found == [0, 1, 0, 0]
    mails = await inbox(client, who["email"])
    assert [mail["subject"] for mail in mails][1:] == ["[믹골프] 입금 기한이 얼마 남지 않았습니다"]
    assert len(await inbox(client, who["phone"])) == 2


async def test_a_reminder_of_the_night_waits_for_the_morning_or_is_left(client: httpx.AsyncClient) -> None:
    early, late = await waiting(client, orderer()), await waiting(client, orderer())
    for placed, hours in ((early, 19), (late, 22)):  # due at 7 and at 10 the day after
        await Payment.filter(payment_id=placed.payment_id).update(account_due_at=noon(1) + timedelta(hours=hours))
        await Order.filter(order_no=placed.order_no).update(expires_at=noon(1) + timedelta(hours=hours + 1))

    with clock.as_of(noon(1) + timedelta(hours=11)):
        assert await run_job("remind-deposits") == 1

    rows = await Message.filter(template="deposit_reminder")
    assert {row.order_no for row in rows} == {late.order_no}
    assert {row.available_at for row in rows} == {noon(1) + timedelta(hours=20)}


async def test_a_paid_order_is_not_reminded(client: httpx.AsyncClient) -> None:
    placed = await waiting(client, orderer())
    await control(client, placed.payment_id, "deposit")
    await complete(client, placed.payment_id)
    with later(hours=14):
        assert await run_job("remind-deposits") == 0
    assert (await order_of(placed)).status == OrderStatus.PAID


async def test_the_orderer_is_told_once_which_account_refunds_go_to(client: httpx.AsyncClient) -> None:
    order = await make_order(await make_variant())
    row = await RefundAccount.create(
        order_id=order.id,
        bank="KAKAO",
        number_sealed="sealed",
        number_hash="h",
        number_end="5678",
        holder="김민지",
        state="ACCEPTED",
        given_by="guest",
        created_at=clock.now(),
    )
    for _ in range(2):
        await happens(RefundAccountChanged(order_id=order.id, account_id=row.id))
        await deliver()
    texts = await texts_of("refund_account_changed")
    assert "카카오뱅크 ****5678" in texts["mail"]
    assert "카카오뱅크 ****5678" in texts["phone"]
