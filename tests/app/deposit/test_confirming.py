"""Staff record deposits: complete, short, more than asked, twice, late, under another name, and at once."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from src.app.deposit.models import Deposit
from src.app.deposit.services.retention.anonymising import anonymise_member
from src.app.journal.models import JournalEntry
from src.app.order.models import Order, OrderLine, OrderStatus
from src.app.payment.models import Discrepancy
from src.app.payment.services.invariants import paid_orders_are_settled
from src.app.settlement.services.clearing.invariants import orders_clear
from src.common import clock
from src.common.models import IdempotencyKey, LegalRecord, OutboxEvent
from src.common.records.invariants import EVERYTHING, Look
from src.worker.jobs.run import run_job
from tests.app.deposit.support import ADMIN, deposit, findings, waiting
from tests.app.staff.people import audited, headers_with
from tests.factories.archive import archive
from tests.factories.catalogue import make_variant
from tests.factories.orders import (
    cancel_order,
    events_of,
    expire,
    hops_of,
    ledger_of,
    make_order,
    new_key,
    order_of,
    read_order,
)

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture
async def headers(client: httpx.AsyncClient) -> dict[str, str]:
    return await headers_with(client, "payment:confirm", "payment:read", "order:read")


def said(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


async def test_the_whole_sum_settles_the_order(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    variant = await make_variant(price=50_000)
    placed = await waiting(client, variant)

    answer = await deposit(client, headers, placed.order_no, placed.total)

    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert (body["deposited"], body["deposits"][0]["is_other_name"]) == (placed.total, False)
    order = await order_of(placed)
    line = await OrderLine.get(order_id=order.id)
    assert (order.status, line.status, line.pay_method) == ("PAID", "PAID", "MANUAL_TRANSFER")
    assert order.paid_at is not None
    assert await ledger_of(variant) == [("HOLD", -1), ("SALE", 0)]
    assert await events_of(placed) == ["order.awaiting_deposit", "order.paid"]
    assert (await hops_of(client, placed))[-1] == ("AWAITING_DEPOSIT", "PAID", "staff")
    assert await findings() == []
    (row,) = await audited("order.deposit_recorded")
    assert (row["target_id"], row["after"]["amount"]) == (placed.order_no, placed.total)
    assert (await read_order(client, placed))["deposit"]["deposited"] == placed.total
    assert await paid_orders_are_settled(Look("settled", EVERYTHING)) == []
    booked = await JournalEntry.filter(order_id=order.id).values_list("kind", "amount")
    assert sorted((kind.value, amount) for kind, amount in booked) == [
        ("DEPOSIT", placed.total),
        ("SALE", 50_000),
        ("SHIPPING", placed.total - 50_000),
    ]


async def test_one_won_less_leaves_the_order_waiting_until_it_comes(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    placed = await waiting(client)

    await deposit(client, headers, placed.order_no, placed.total - 1)

    assert (await order_of(placed)).status == OrderStatus.AWAITING_DEPOSIT
    assert await findings() == [("DEPOSIT_SHORT", 1, True)]
    (finding,) = (await client.get(f"{ADMIN}/payments/discrepancies", headers=headers)).json()["items"]
    assert (finding["order_no"], finding["payment_id"], finding["amount"]) == (placed.order_no, None, 1)

    await deposit(client, headers, placed.order_no, 1, expected=placed.total - 1)

    assert (await order_of(placed)).status == OrderStatus.PAID
    assert await findings() == [("DEPOSIT_SHORT", 1, False)]


async def test_a_further_part_changes_the_finding_and_opens_it_again(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    placed = await waiting(client)
    await deposit(client, headers, placed.order_no, 1_000)
    resolver = await headers_with(client, "payment:read", "payment:reconcile")
    (finding,) = (await client.get(f"{ADMIN}/payments/discrepancies", headers=resolver)).json()["items"]
    path = f"{ADMIN}/payments/discrepancies/{finding['id']}/resolve"
    assert (await client.post(path, json={"reason": "고객 통화"}, headers=resolver)).status_code == 200

    await deposit(client, headers, placed.order_no, 2_000, expected=1_000)

    assert await findings() == [("DEPOSIT_SHORT", placed.total - 3_000, True)]


async def test_more_than_the_sum_settles_and_stands_on_the_list(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    placed = await waiting(client)
    await deposit(client, headers, placed.order_no, placed.total + 700)
    assert (await order_of(placed)).status == OrderStatus.PAID
    assert await findings() == [("DEPOSIT_SURPLUS", 700, True)]


async def test_the_sum_twice_is_a_surplus_of_the_second(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    placed = await waiting(client)
    await deposit(client, headers, placed.order_no, placed.total)

    answer = await deposit(client, headers, placed.order_no, placed.total, expected=placed.total)

    assert answer.json()["deposited"] == 2 * placed.total
    assert await findings() == [("DEPOSIT_SURPLUS", placed.total, True)]
    assert await events_of(placed) == ["order.awaiting_deposit", "order.paid"]


async def test_the_same_key_records_once_and_another_body_is_refused(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    placed, key = await waiting(client), new_key()
    first = await deposit(client, headers, placed.order_no, placed.total, key=key)

    again = await deposit(client, headers, placed.order_no, placed.total, key=key)
    other = await deposit(client, headers, placed.order_no, 1, key=key)

    assert (again.status_code, again.json(), again.headers["Idempotency-Replayed"]) == (200, first.json(), "true")
    assert said(other) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert await Deposit.all().count() == 1


async def test_a_key_whose_48_hours_are_over_still_records_nothing_more(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    placed, key = await waiting(client), new_key()
    await deposit(client, headers, placed.order_no, placed.total, key=key)
    await IdempotencyKey.all().delete()

    answer = await deposit(client, headers, placed.order_no, placed.total, key=key)

    assert (answer.status_code, answer.json()["deposited"]) == (200, placed.total)
    assert (await Deposit.all().count(), await findings()) == (1, [])


async def test_two_of_staff_at_once_record_one_deposit(client: httpx.AsyncClient) -> None:
    placed = await waiting(client)
    people = [await headers_with(client, "payment:confirm") for _ in range(4)]

    answers = await asyncio.gather(*(deposit(client, each, placed.order_no, placed.total) for each in people))

    assert sorted(said(answer) for answer in answers) == [(200, ""), *[(409, "DEPOSITS_CHANGED")] * 3]
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert refused.json()["deposited"] == placed.total
    assert (await Deposit.all().count(), await findings()) == (1, [])
    assert await events_of(placed) == ["order.awaiting_deposit", "order.paid"]


async def test_another_name_is_recorded_and_shown(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    placed = await waiting(client)

    await deposit(client, headers, placed.order_no, placed.total, depositor="박영희")

    clear = await headers_with(client, "order:read", "pii:read")
    seen = (await client.get(f"{ADMIN}/orders/{placed.order_no}", headers=clear)).json()["deposit"]
    hidden = (await client.get(f"{ADMIN}/orders/{placed.order_no}", headers=headers)).json()["deposit"]
    (row,), (masked,) = seen["deposits"], hidden["deposits"]
    assert (seen["depositor_name"], row["depositor"], row["is_other_name"]) == ("김민지", "박영희", True)
    assert (hidden["depositor_name"], masked["depositor"], masked["is_other_name"]) == ("김*지", "박*희", True)
    assert (await order_of(placed)).status == OrderStatus.PAID


async def test_a_name_with_other_blanks_is_the_same(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    placed = await waiting(client, depositor_name="(주)한 길")
    answer = await deposit(client, headers, placed.order_no, placed.total, depositor="(주) 한길")
    assert answer.json()["deposits"][0]["is_other_name"] is False


@pytest.mark.parametrize("how", ["expired", "cancelled"])
async def test_after_the_end_it_is_a_finding_and_nothing_is_revived(
    client: httpx.AsyncClient, headers: dict[str, str], how: str
) -> None:
    variant = await make_variant(price=50_000)
    placed = await waiting(client, variant)
    assert (await expire(days=20) if how == "expired" else (await cancel_order(client, placed)).status_code) in (1, 200)

    answer = await deposit(client, headers, placed.order_no, placed.total)

    assert answer.status_code == 200
    assert (await order_of(placed)).status.value == how.upper()
    assert await findings() == [("DEPOSIT_LATE", placed.total, True)]
    assert await ledger_of(variant) == [("HOLD", -1), ("RELEASE", 1)]


@pytest.mark.parametrize("how", ["expired", "cancelled"])
async def test_a_part_of_an_order_that_ends_is_to_go_back(
    client: httpx.AsyncClient, headers: dict[str, str], how: str
) -> None:
    placed = await waiting(client)
    await deposit(client, headers, placed.order_no, 1_000)
    await (expire(days=20) if how == "expired" else cancel_order(client, placed))
    assert await findings() == [("DEPOSIT_SHORT", placed.total - 1_000, False), ("DEPOSIT_LATE", 1_000, True)]


async def test_what_is_too_much_or_too_late_clears_while_somebody_is_to_give_it_back(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    paid, ended, waits = [await waiting(client) for _ in range(3)]
    await deposit(client, headers, paid.order_no, paid.total + 700)
    await cancel_order(client, ended)
    await deposit(client, headers, ended.order_no, 5_000)
    await deposit(client, headers, waits.order_no, 1_000)
    assert await orders_clear(Look("cleared", EVERYTHING)) == []

    await Discrepancy.all().update(resolved_at=clock.now())

    told = str(await orders_clear(Look("cleared", EVERYTHING)))
    assert paid.order_no in told
    assert ended.order_no in told
    assert waits.order_no not in told


async def test_at_the_moment_of_expiry_it_counts_until_the_order_has_ended(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    placed = await waiting(client)
    order = await order_of(placed)
    await Order.filter(id=order.id).update(expires_at=order.created_at - timedelta(seconds=1))

    answer = await deposit(client, headers, placed.order_no, placed.total)

    assert (answer.status_code, (await order_of(placed)).status) == (200, OrderStatus.PAID)
    assert await run_job("expire-orders") == 0
    assert await findings() == []


@pytest.mark.parametrize("round_", range(4))
async def test_expiry_and_a_deposit_at_once_end_in_one_of_the_two(
    client: httpx.AsyncClient, headers: dict[str, str], round_: int
) -> None:
    variant = await make_variant(price=50_000)
    placed = await waiting(client, variant)
    order = await order_of(placed)
    await Order.filter(id=order.id).update(expires_at=order.created_at - timedelta(seconds=1))

    async def job() -> int:
        await asyncio.sleep(0.004 * round_)
        return await run_job("expire-orders")

    expired, answer = await asyncio.gather(job(), deposit(client, headers, placed.order_no, placed.total))

    assert answer.status_code == 200
    status = (await order_of(placed)).status
    if expired:
        assert (status, await findings()) == (OrderStatus.EXPIRED, [("DEPOSIT_LATE", placed.total, True)])
        assert await ledger_of(variant) == [("HOLD", -1), ("RELEASE", 1)]
    else:
        assert (status, await findings()) == (OrderStatus.PAID, [])
        assert await ledger_of(variant) == [("HOLD", -1), ("SALE", 0)]


async def test_a_card_order_expects_no_transfer(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    order = await make_order(await make_variant())
    assert said(await deposit(client, headers, order.order_no, 10_000)) == (409, "NO_TRANSFER_EXPECTED")
    assert said(await deposit(client, headers, "20261120-7Q6X9ZPM", 10_000)) == (404, "ORDER_NOT_FOUND")


@pytest.mark.parametrize("body", [{"amount": 0}, {"amount": -5}, {"amount": "5"}, {"depositor": ""}, {"more": 1}])
async def test_what_is_no_deposit_is_refused(
    client: httpx.AsyncClient, headers: dict[str, str], body: dict[str, Any]
) -> None:
    placed = await waiting(client)
    answer = await deposit(client, headers, placed.order_no, **{"amount": 1, **body})
    assert answer.status_code == 422
    assert await Deposit.all().count() == 0


async def test_the_time_of_the_statement_is_kept_and_lies_behind(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    placed = await waiting(client)
    ahead = (clock.now() + timedelta(hours=1)).isoformat()
    assert said(await deposit(client, headers, placed.order_no, 1, deposited_at=ahead)) == (422, "DEPOSIT_IN_FUTURE")
    answer = await deposit(client, headers, placed.order_no, 1, deposited_at="2026-11-20T14:02:00+09:00")
    assert answer.json()["deposits"][0]["deposited_at"] == "2026-11-20T14:02:00+09:00"
    entry = await JournalEntry.get(kind="DEPOSIT")
    assert (entry.amount, f"{entry.day}") == (1, "2026-11-20")


async def test_the_list_of_lines_shows_what_to_look_for(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    placed = await waiting(client, depositor_name="김철수")
    asked = {"order_status": "AWAITING_DEPOSIT"}
    (row,) = (await client.get(f"{ADMIN}/order-lines", params=asked, headers=headers)).json()["items"]
    assert row["deposit_due_at"] == placed.body["deposit"]["due_at"]
    assert (row["manual_transfer"]["number"], row["manual_transfer"]["depositor_name"]) == ("110-123-456789", "김*수")
    assert row["virtual_account"] is None
    await deposit(client, headers, placed.order_no, placed.total)
    (row,) = (await client.get(f"{ADMIN}/order-lines", headers=headers)).json()["items"]
    assert (row["deposit_due_at"], row["manual_transfer"]) == (None, None)


async def test_who_reads_orders_may_not_confirm(client: httpx.AsyncClient) -> None:
    placed = await waiting(client)
    reader = await headers_with(client, "order:read", "order:write", "payment:read")
    assert (await deposit(client, reader, placed.order_no, placed.total)).status_code == 403


async def test_an_open_finding_keeps_the_order_live_and_rows_move_with_it(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    placed = await waiting(client)
    await deposit(client, headers, placed.order_no, 1_000)
    assert await expire(days=20) == 1
    await run_job("relay-outbox")
    assert await archive() == 0

    resolver = await headers_with(client, "payment:read", "payment:reconcile")
    asked = {"resolved": False}
    (finding,) = (await client.get(f"{ADMIN}/payments/discrepancies", params=asked, headers=resolver)).json()["items"]
    path = f"{ADMIN}/payments/discrepancies/{finding['id']}/resolve"
    await client.post(path, json={"reason": "송금 완료"}, headers=resolver)

    assert await archive() == 1
    assert (await read_order(client, placed))["deposit"]["deposited"] == 1_000
    await deposit(client, headers, placed.order_no, 500, expected=1_000)  # brings the order back
    assert (await findings())[-1] == ("DEPOSIT_LATE", 500, True)


async def test_the_invariant_sees_a_paid_order_whose_deposits_are_short(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    placed = await waiting(client)
    await deposit(client, headers, placed.order_no, placed.total)
    await Deposit.all().update(amount=placed.total - 1)
    (found,) = await paid_orders_are_settled(Look("settled", EVERYTHING))
    assert placed.order_no in str(found)


async def test_staff_hear_of_deposits_that_do_not_fit(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    placed = await waiting(client)
    await deposit(client, headers, placed.order_no, 1_000)
    await expire(days=20)
    told = await OutboxEvent.filter(topic="payment.discrepancy").order_by("id")
    rows = await Discrepancy.all().order_by("id")
    assert [row.kind for row in rows] == ["DEPOSIT_SHORT", "DEPOSIT_LATE"]
    assert [event.payload["discrepancy_id"] for event in told] == [row.id for row in rows]


async def test_a_name_that_comes_after_the_names_were_removed_is_removed_too(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    placed = await waiting(client)
    await expire(days=20)
    await Order.filter(order_no=placed.order_no).update(member_id=7)
    assert await anonymise_member(7) == 1
    await deposit(client, headers, placed.order_no, 1_000, depositor="김철수")

    assert await anonymise_member(7) == 1

    assert (await Deposit.get()).depositor == ""
    records = await LegalRecord.filter(domain="deposit").order_by("id")
    assert [record.payload["depositors"] for record in records] == [[], ["김철수"]]
    assert await anonymise_member(7) == 0
