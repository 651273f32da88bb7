"""One suite on both rings: the sandbox over real HTTP, and respx answers by hand (docs/architecture.md#r18)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from src.app.payment.services.provider.base import CancellationStatus
from src.common.vendors import Declined, Nonsense, Unreachable
from src.core.configs import Settings
from tests.contract.stages import sandbox_stage, wire_stage
from tests.contract.support import ID, REASON, TOTAL, WHOLE, Seen, Stage, look

DONE = CancellationStatus.SUCCEEDED


@pytest.fixture(params=["sandbox", "wire"])
async def stage(request: pytest.FixtureRequest, shop_settings: Settings, tmp_path: Path) -> AsyncIterator[Stage]:
    if request.param == "sandbox":
        async with sandbox_stage(shop_settings, tmp_path / "sandbox.db") as made:
            yield made
    else:
        async with wire_stage(shop_settings) as wired:
            yield wired


async def test_unknown_payment_is_none(stage: Stage) -> None:
    await stage.nothing()
    assert await stage.portone.get(ID) is None


async def test_registered_payment_whose_window_never_opened_is_none(stage: Stage) -> None:
    await stage.registered()
    assert await stage.portone.get(ID) is None


async def test_paid_payment_is_read(stage: Stage) -> None:
    await stage.paid()
    assert await look(stage) == Seen("PAID", TOTAL, TOTAL, 0, TOTAL, by_account=False, cancellations=())
    seen = await stage.portone.get(ID)
    assert seen is not None
    assert seen.paid_at is not None
    assert seen.receipt_url.startswith("http")
    assert seen.pg_tx_id
    assert seen.pg_provider
    assert seen.account is None


async def test_failed_payment_says_why(stage: Stage) -> None:
    await stage.failed()
    assert await look(stage) == Seen("FAILED", TOTAL, TOTAL, 0, TOTAL, by_account=False, cancellations=())
    seen = await stage.portone.get(ID)
    assert seen is not None
    assert (seen.failure, seen.paid_at) == ("카드사에서 승인을 거절했습니다.", None)


async def test_pending_payment_is_read(stage: Stage) -> None:
    await stage.pending()
    assert (await look(stage)).status == "PAY_PENDING"


async def test_issued_account_is_read(stage: Stage) -> None:
    await stage.account_issued()
    assert await look(stage) == Seen(
        "VIRTUAL_ACCOUNT_ISSUED", TOTAL, TOTAL, 0, TOTAL, by_account=True, cancellations=()
    )
    seen = await stage.portone.get(ID)
    assert seen is not None
    assert seen.account is not None
    assert seen.account.bank
    assert seen.account.number
    assert seen.account.due_at is not None
    assert seen.account.due_at.tzinfo is not None


async def test_partly_cancelled_payment_is_read(stage: Stage) -> None:
    await stage.paid()
    await stage.partly_cancelled(900)
    assert await look(stage) == Seen(
        "PARTIAL_CANCELLED", TOTAL, TOTAL, 900, TOTAL - 900, by_account=False, cancellations=((DONE, 900),)
    )


async def test_registering_answers_nothing(stage: Stage) -> None:
    await stage.nothing()
    await stage.portone.pre_register(ID, amount=TOTAL)


async def test_registering_what_is_paid_is_declined(stage: Stage) -> None:
    await stage.paid()
    with pytest.raises(Declined) as declined:
        await stage.portone.pre_register(ID, amount=TOTAL)
    assert declined.value.reason == "ALREADY_PAID"


async def test_cancel_of_everything_succeeds_once_and_its_key_replays_it(stage: Stage) -> None:
    await stage.paid()
    first = await stage.portone.cancel(ID, WHOLE)
    second = await stage.portone.cancel(ID, WHOLE)

    assert (first.status, first.amount, first.reason) == (DONE, TOTAL, REASON)
    assert second == first
    assert await look(stage) == Seen(
        "CANCELLED", TOTAL, TOTAL, TOTAL, 0, by_account=False, cancellations=((DONE, TOTAL),)
    )


async def test_cancel_over_a_balance_that_is_not_true_any_more_is_declined(stage: Stage) -> None:
    await stage.paid()
    await stage.partly_cancelled(900)
    with pytest.raises(Declined) as declined:
        await stage.portone.cancel(ID, WHOLE)
    assert declined.value.reason == "CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN"


async def test_cancel_of_an_unknown_payment_is_declined(stage: Stage) -> None:
    await stage.nothing()
    with pytest.raises(Declined) as declined:
        await stage.portone.cancel(ID, replace(WHOLE, amount=1, vat=0, cancellable=1))
    assert declined.value.reason == "PAYMENT_NOT_FOUND"


@pytest.mark.parametrize(
    ("kind", "status"),
    [("cancel_requested", CancellationStatus.REQUESTED), ("cancel_failed", CancellationStatus.FAILED)],
)
async def test_cancel_answered_200_is_not_yet_a_refund(stage: Stage, kind: str, status: CancellationStatus) -> None:
    await stage.paid()
    await stage.answers("cancel", kind)
    answer = await stage.portone.cancel(ID, WHOLE)
    assert (answer.status, answer.amount) == (status, TOTAL)


@pytest.mark.parametrize(
    ("kind", "error", "reason"),
    [
        ("pg_error_502", Declined, "PG_PROVIDER"),
        ("UNAUTHORIZED", Declined, "UNAUTHORIZED"),
        ("FORBIDDEN", Declined, "FORBIDDEN"),
        ("INVALID_REQUEST", Declined, "INVALID_REQUEST"),
        ("MAX_CANCEL_COUNT_REACHED", Declined, "MAX_CANCEL_COUNT_REACHED"),
        ("IDEMPOTENCY_OUTSTANDING_REQUEST", Unreachable, "IDEMPOTENCY_OUTSTANDING_REQUEST"),
        ("error_500", Unreachable, "500"),
        ("error_503", Unreachable, "503"),
        ("error_429", Unreachable, "429"),
        ("timeout_before", Unreachable, "ReadTimeout"),
        ("timeout_after", Unreachable, "ReadTimeout"),
        ("error_500_after", Unreachable, "500"),
        ("garbage", Nonsense, "not JSON"),
    ],
)
async def test_cancel_that_does_not_end_well_is_one_of_three_errors(
    stage: Stage, kind: str, error: type[Exception], reason: str
) -> None:
    await stage.paid()
    await stage.answers("cancel", kind)
    with pytest.raises(error) as raised:
        await stage.portone.cancel(ID, WHOLE)
    assert type(raised.value) is error
    assert str(raised.value) == reason


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("error_500", Unreachable),
        ("error_429", Unreachable),
        ("timeout_before", Unreachable),
        ("garbage", Nonsense),
        ("UNAUTHORIZED", Declined),
        ("PG_PROVIDER", Declined),
    ],
)
async def test_get_that_does_not_end_well_is_never_none(stage: Stage, kind: str, error: type[Exception]) -> None:
    await stage.paid()
    await stage.answers("get", kind)
    with pytest.raises(error):
        await stage.portone.get(ID)


async def test_closed_account_is_cancelled_and_cannot_be_closed_again(stage: Stage) -> None:
    await stage.account_issued()
    await stage.portone.close_account(ID)
    assert (await look(stage)).status == "CANCELLED"
    with pytest.raises(Declined) as declined:
        await stage.portone.close_account(ID)
    assert declined.value.reason == "PAYMENT_NOT_WAITING_FOR_DEPOSIT"


async def test_words_of_tomorrow_come_through(stage: Stage) -> None:
    await stage.paid()
    await stage.answers("get", "unknown_status")
    seen = await stage.portone.get(ID)
    assert seen is not None
    assert seen.status == "SOMETHING_NEW"
    await stage.answers("get", "extra_fields")
    assert (await look(stage)).status == "PAID"


async def test_a_payment_is_listed_by_the_moment_of_its_change(stage: Stage) -> None:
    await stage.paid()
    await stage.partly_cancelled(900)
    seen = await stage.portone.get(ID)
    assert seen is not None
    at, step = seen.status_changed_at, timedelta(seconds=1)

    page = await stage.portone.changed(since=at - step, until=at + step, page=0, size=10)
    assert (page.payments, page.count) == ((seen,), 1)
    for since, until, number in ((at + step, at + 2 * step, 0), (at - 2 * step, at - step, 0), (at, at + step, 1)):
        empty = await stage.portone.changed(since=since, until=until, page=number, size=10)
        assert (empty.payments, empty.count) == ((), 0)


async def test_the_moment_of_a_change_is_inside_its_range(stage: Stage) -> None:
    await stage.paid()
    seen = await stage.portone.get(ID)
    assert seen is not None
    at = seen.status_changed_at
    assert (await stage.portone.changed(since=at, until=at, page=0, size=10)).payments == (seen,)


@pytest.mark.parametrize(
    ("kind", "error"),
    [("error_503", Unreachable), ("timeout_before", Unreachable), ("garbage", Nonsense), ("UNAUTHORIZED", Declined)],
)
async def test_a_list_that_does_not_end_well_is_never_empty(stage: Stage, kind: str, error: type[Exception]) -> None:
    await stage.paid()
    await stage.answers("list", kind)
    now = datetime.now(UTC)
    with pytest.raises(error):
        await stage.portone.changed(since=now - timedelta(days=1), until=now, page=0, size=10)
