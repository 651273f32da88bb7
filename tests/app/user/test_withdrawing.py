"""Leaving: the grace period, its cancellation, its end."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from src.app.order.models import OrderStatus
from src.app.order.services.withdrawal import has_open_orders
from src.app.user.errors import LoginIdTaken
from src.app.user.models import Address, Consent, RetiredLoginId, User, UserStatus, Withdrawal
from src.app.user.services import hooks
from src.app.user.services.account.registration import create_member
from src.app.user.services.withdrawing import finish_due
from src.common import clock
from src.common.clock import korean
from src.common.exceptions.general import NotAllowed
from src.common.identity import Identity
from src.common.models import OutboxEvent
from src.core.configs import settings
from tests.app.user.conftest import SignedIn, code, fields, set_suspended
from tests.app.user.test_addresses import add
from tests.factories.catalogue import make_product, variants_of
from tests.factories.orders import later, make_order
from tests.factories.people import bearer

WITHDRAWAL = "/me/withdrawal"


async def finish(**delta: float) -> int:
    """Run the job so much later; two weeks and a second are beyond the grace period."""
    with later(**(delta or {"days": 14, "seconds": 1})):
        return await finish_due()


async def ended(who: SignedIn) -> None:
    """The grace period is over and the job has not run yet."""
    await User.filter(id=who.member.id).update(withdraw_at=clock.now() - timedelta(seconds=1))


async def test_asking_begins_the_grace_period_and_asking_again_does_not_prolong_it(minji: SignedIn) -> None:
    before = clock.now()
    first = await minji.call("POST", WITHDRAWAL, {"reason": "자주 이용하지 않아요."})
    again = await minji.call("POST", WITHDRAWAL, {"reason": "다른 이유"})

    assert (first.status_code, again.status_code) == (200, 200)
    user = await User.get(id=minji.member.id)
    assert user.withdraw_at is not None
    grace = timedelta(seconds=settings().identity.withdrawal_grace_seconds)
    assert before + grace <= user.withdraw_at <= clock.now() + grace
    assert first.json() == again.json() == {"status": "WITHDRAWING", "withdraw_at": korean(user.withdraw_at)}
    rows = await Withdrawal.all().values_list("user_id", "reason", "due_at", "cancelled_at", "finished_at")
    assert rows == [(user.id, "자주 이용하지 않아요.", user.withdraw_at, None, None)]


async def test_simultaneous_requests_are_one(minji: SignedIn) -> None:
    answers = await asyncio.gather(*(minji.call("POST", WITHDRAWAL, {}) for _ in range(8)))

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["withdraw_at"] for answer in answers}) == 1
    assert await Withdrawal.all().count() == 1


async def test_during_the_grace_period_the_member_signs_in_and_sees_the_end(minji: SignedIn) -> None:
    asked = await minji.call("POST", WITHDRAWAL, {})

    headers = await bearer(minji.client, minji.member)
    me = (await minji.client.get("/api/v1/me", headers=headers)).json()

    assert (me["status"], me["withdraw_at"]) == ("WITHDRAWING", asked.json()["withdraw_at"])
    assert await finish(days=13) == 0


async def test_cancelling_makes_an_active_member_again(minji: SignedIn) -> None:
    await minji.call("POST", WITHDRAWAL, {})

    answers = [await minji.call("DELETE", WITHDRAWAL) for _ in range(2)]

    assert [(answer.status_code, answer.content) for answer in answers] == [(204, b"")] * 2
    user = await User.get(id=minji.member.id)
    assert (user.status, user.withdraw_at, user.name) == (UserStatus.ACTIVE, None, "김민지")
    (row,) = await Withdrawal.all()
    assert (row.cancelled_at is not None, row.finished_at) == (True, None)
    assert await finish() == 0
    assert (await minji.call("POST", WITHDRAWAL, {})).status_code == 200
    assert await Withdrawal.all().count() == 2


async def test_cancelling_after_the_end_is_too_late_even_before_the_job_ran(minji: SignedIn) -> None:
    await minji.call("POST", WITHDRAWAL, {})
    await ended(minji)

    assert code(await minji.call("DELETE", WITHDRAWAL)) == (409, "WITHDRAWAL_OVER")
    assert await finish_due() == 1


async def test_cancel_and_job_at_the_same_moment_agree(minji: SignedIn) -> None:
    await minji.call("POST", WITHDRAWAL, {})
    await ended(minji)

    cancelling = asyncio.create_task(minji.call("DELETE", WITHDRAWAL))
    finished = await asyncio.gather(*(finish_due() for _ in range(3)))
    answer = await cancelling

    assert code(answer) in {(409, "WITHDRAWAL_OVER"), (401, "INVALID_TOKEN")}
    assert sum(finished) == 1
    assert (await User.get(id=minji.member.id)).status == UserStatus.WITHDRAWN


async def test_the_end_leaves_nothing_personal_and_tells_the_others_once(minji: SignedIn, other: SignedIn) -> None:
    await add(minji)
    await add(other)
    await minji.call("PUT", "/me/consents", {"agreements": [{"policy": "marketing_sms", "agreed": True}]})
    await minji.call("POST", WITHDRAWAL, {"reason": "김민지라서요"})
    consents = await Consent.filter(user_id=minji.member.id).count()

    assert [await finish(), await finish()] == [1, 0]

    user = await User.get(id=minji.member.id)
    assert (user.login_id, user.email, user.name, user.phone, user.password_hash) == (None, None, "", "", "")
    assert (user.status, user.session_epoch, user.withdraw_at) == (UserStatus.WITHDRAWN, 1, None)
    assert user.anonymised_at is not None
    assert user.created_at == minji.member.created_at
    assert await Address.filter(user_id=user.id).count() == 0
    assert await Consent.filter(user_id=user.id).count() == consents == 4
    (row,) = await Withdrawal.all()
    assert (row.reason, row.finished_at, row.cancelled_at) == ("", user.anonymised_at, None)
    events = await OutboxEvent.filter(topic="user.withdrawn").values_list("aggregate", "payload")
    assert events == [(f"user:{user.id}", {"user_id": user.id, "session_epoch": 1})]
    assert code(await minji.call("GET", "/me")) == (401, "INVALID_TOKEN")
    assert (await other.call("GET", "/me")).json()["name"] == "김민지"
    assert await Address.filter(user_id=other.member.id).count() == 1


async def test_members_leave_together_and_do_not_disturb_each_other(minji: SignedIn, other: SignedIn) -> None:
    for who in (minji, other):
        await who.call("POST", WITHDRAWAL, {})

    with later(days=15):
        finished = await asyncio.gather(*(finish_due() for _ in range(4)))

    assert sum(finished) == 2
    rows = await User.all().values_list("login_id", "email", "name", "status")
    assert rows == [(None, None, "", UserStatus.WITHDRAWN)] * 2
    assert await OutboxEvent.filter(topic="user.withdrawn").count() == 2


async def test_a_member_of_a_social_login_only_leaves_too(minji: SignedIn) -> None:
    await User.filter(id=minji.member.id).update(login_id=None, email=None, password_hash="", phone="")
    await minji.call("POST", WITHDRAWAL, {})

    assert await finish() == 1
    assert await RetiredLoginId.all().count() == 0


async def test_afterwards_the_address_is_free_and_the_login_id_is_not(minji: SignedIn) -> None:
    await minji.call("POST", WITHDRAWAL, {})
    await finish()
    values: dict[str, Any] = {"password_hash": "$2b$x", "name": "김민지", "email": "minji@example.com", "phone": "0"}

    available = [
        (await minji.client.get(f"/api/v1/auth/availability?{query}")).json()["available"]
        for query in ("login_id=Minji.Kim", "email=minji@example.com")
    ]

    assert available == [False, True]
    with pytest.raises(LoginIdTaken):
        await create_member(login_id="minji.kim", **values)
    again = await create_member(login_id="minji.again", **values)
    assert again.id != minji.member.id


async def test_of_a_leaving_login_id_nobody_gets_hold_at_the_same_moment(minji: SignedIn) -> None:
    await minji.call("POST", WITHDRAWAL, {})
    await ended(minji)

    async def take(number: int) -> str:
        try:
            await create_member(
                login_id="minji.kim", password_hash="x", name="김", email=f"{number}@example.com", phone="0"
            )
        except LoginIdTaken:
            return "taken"
        return "made"

    outcomes = await asyncio.gather(*(take(number) for number in range(5)), finish_due())

    assert outcomes == ["taken"] * 5 + [1]
    assert await User.all().count() == 1


@pytest.mark.parametrize(
    ("status", "blocks"),
    [
        (OrderStatus.PENDING, True),
        (OrderStatus.AWAITING_DEPOSIT, True),
        (OrderStatus.PAID, True),
        (OrderStatus.PREPARING, True),
        (OrderStatus.SHIPPING, True),
        (OrderStatus.DELIVERED, False),
        (OrderStatus.CONFIRMED, False),
        (OrderStatus.EXPIRED, False),
        (OrderStatus.CANCELLED, False),
    ],
)
async def test_an_order_under_way_keeps_its_member(minji: SignedIn, status: OrderStatus, blocks: bool) -> None:
    hooks.register_withdrawal_check("OPEN_ORDERS", has_open_orders)
    (variant,) = await variants_of(await make_product())
    await make_order(variant, status=status, member_id=minji.member.id)

    answer = await minji.call("POST", WITHDRAWAL, {})

    assert answer.status_code == (409 if blocks else 200)
    if blocks:
        assert (answer.json()["code"], answer.json()["reasons"]) == ("WITHDRAWAL_BLOCKED", ["OPEN_ORDERS"])
        assert (await User.get(id=minji.member.id)).status == UserStatus.ACTIVE
        assert await Withdrawal.all().count() == 0


async def test_another_members_order_keeps_nobody_and_all_reasons_are_told(minji: SignedIn, other: SignedIn) -> None:
    async def always(user_id: int) -> bool:
        return True

    hooks.register_withdrawal_check("OPEN_ORDERS", has_open_orders)
    (variant,) = await variants_of(await make_product())
    await make_order(variant, member_id=other.member.id)
    assert (await minji.call("POST", WITHDRAWAL, {})).status_code == 200

    hooks.register_withdrawal_check("OPEN_CLAIMS", always)
    answer = await other.call("POST", WITHDRAWAL, {})
    assert answer.json()["reasons"] == ["OPEN_CLAIMS", "OPEN_ORDERS"]


async def test_an_order_of_the_grace_period_postpones_the_end(minji: SignedIn) -> None:
    hooks.register_withdrawal_check("OPEN_ORDERS", has_open_orders)
    await minji.call("POST", WITHDRAWAL, {})
    (variant,) = await variants_of(await make_product())
    order = await make_order(variant, status=OrderStatus.SHIPPING, member_id=minji.member.id)

    assert await finish() == 0
    assert (await User.get(id=minji.member.id)).name == "김민지"
    order.status = OrderStatus.DELIVERED
    await order.save(update_fields=["status"])
    assert await finish() == 1


async def test_a_suspended_member_leaves_at_the_end_and_comes_back_as_leaving(minji: SignedIn) -> None:
    await minji.call("POST", WITHDRAWAL, {})
    await set_suspended(minji.member, True)
    assert (await User.get(id=minji.member.id)).status == UserStatus.SUSPENDED
    await set_suspended(minji.member, False)
    assert (await User.get(id=minji.member.id)).status == UserStatus.WITHDRAWING
    await set_suspended(minji.member, True)

    assert await finish() == 1


async def test_a_failing_check_keeps_its_member_and_not_the_others(minji: SignedIn, other: SignedIn) -> None:
    for who in (minji, other):
        await who.call("POST", WITHDRAWAL, {})

    async def fails(user_id: int) -> bool:
        if user_id == minji.member.id:
            raise RuntimeError
        return False

    hooks.register_withdrawal_check("BROKEN", fails)

    assert await finish() == 1
    assert (await User.get(id=minji.member.id)).name == "김민지"
    assert (await User.get(id=other.member.id)).name == ""


async def test_who_does_not_prove_to_be_the_member_cannot_leave(minji: SignedIn) -> None:
    told: list[tuple[int | None, str | None]] = []

    async def only_with_password(by: Identity, password: str | None) -> None:
        told.append((by.member_id, password))
        if password != "Golf!2345":
            raise NotAllowed

    hooks.register_reauthentication(only_with_password)

    refused = [await minji.call("POST", WITHDRAWAL, body) for body in ({}, {"password": "wrong"})]
    allowed = await minji.call("POST", WITHDRAWAL, {"password": "Golf!2345"})

    assert [code(answer) for answer in refused] == [(403, "FORBIDDEN")] * 2
    assert allowed.status_code == 200
    assert told == [(minji.member.id, given) for given in (None, "wrong", "Golf!2345")]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"reason": "a\u0000b"}, "reason"),
        ({"reason": "가" * 501}, "reason"),
        ({"password": ""}, "password"),
        ({"user_id": 1}, "user_id"),
        ({"withdraw_at": "2026-01-01T00:00:00Z"}, "withdraw_at"),
    ],
)
async def test_bad_input_is_refused(minji: SignedIn, body: dict[str, Any], field: str) -> None:
    assert fields(await minji.call("POST", WITHDRAWAL, body)) == [field]
    assert await Withdrawal.all().count() == 0


async def test_cancelling_without_a_request_changes_nothing(client: httpx.AsyncClient, minji: SignedIn) -> None:
    assert (await minji.call("DELETE", WITHDRAWAL)).status_code == 204
    assert (await User.get(id=minji.member.id)).updated_at == minji.member.updated_at
