"""Stock corrected by hand."""

import asyncio
import secrets
from typing import Any

import httpx
import pytest

from src.app.product.models import StockAdjustment, StockKind, StockLedger, Variant
from src.app.product.services.stock.ledger import MAX_STOCK, ledger_gaps
from src.common import clock
from src.common.models.audit_log import AuditLog
from src.common.models.idempotency_key import IdempotencyKey, KeyState
from tests.app.auth.support import API, code
from tests.app.staff.people import audited, headers_with, staff_with
from tests.common.http.test_public_invalidation import Answers
from tests.factories.catalogue import make_product, make_variant, variants_of
from tests.factories.orders import order_body, post_order
from tests.factories.people import staff_bearer

BULK = f"{API}/admin/stock/adjustments"


@pytest.fixture
async def office(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """A client signed in as staff who may see and correct stock."""
    client.headers.update(await headers_with(client, "stock:read", "stock:adjust"))
    return client


def keyed(key: str | None = None) -> dict[str, str]:
    return {"Idempotency-Key": key or secrets.token_hex(16)}


async def adjust(
    client: httpx.AsyncClient, variant: Variant, delta: Any, *, key: str | None = None, reason: Any = "실사"
) -> httpx.Response:
    path = f"{API}/admin/variants/{variant.id}/stock-adjustments"
    return await client.post(path, json={"delta": delta, "reason": reason}, headers=keyed(key))


async def stock_of(variant: Variant) -> int:
    assert await ledger_gaps() == []
    return (await Variant.get(id=variant.id)).stock


async def test_an_adjustment_moves_counter_ledger_and_log_together_and_shoppers_see_it(
    client: httpx.AsyncClient,
) -> None:
    kim = await staff_with("stock:adjust")
    client.headers.update(await staff_bearer(client, kim))
    variant = await make_variant(stock=5)
    page = f"{API}/products/{variant.product_id}"
    assert (await client.get(page)).json()["status"] == "ON_SALE"

    answer = await adjust(client, variant, -5, reason="파손 5개")

    assert answer.status_code == 201, answer.text
    row = await StockAdjustment.get()
    assert answer.json() == {"adjustment_id": row.id, "variant_id": variant.id, "delta": -5, "stock": 0}
    assert (row.actor, row.reason, row.batch) == (f"staff:{kim.id}", "파손 5개", "")
    assert await stock_of(variant) == 0
    entry = await StockLedger.get(kind=StockKind.ADJUST)
    assert (entry.variant_id, entry.source, entry.delta) == (variant.id, f"adjust:{row.id}", -5)
    (told,) = await audited("stock.adjusted")
    assert (told["target_type"], told["target_id"], told["reason"]) == ("variant", str(variant.id), "파손 5개")
    assert (told["before"], told["after"]) == ({"stock": 5}, {"stock": 0, "adjustment_id": row.id})
    assert (await client.get(page)).json()["status"] == "SOLD_OUT"


@pytest.mark.parametrize(
    "changes",
    [
        {"delta": 0},
        {"delta": 1.5},
        {"delta": "3"},
        {"delta": True},
        {"delta": 1_000_001},
        {"delta": None},
        {"reason": ""},
        {"reason": "  "},
        {"reason": "가" * 201},
        {"reason": "a\u0000b"},
        {"stock": 5},
    ],
)
async def test_bad_input_changes_nothing(office: httpx.AsyncClient, changes: dict[str, Any]) -> None:
    variant = await make_variant(stock=5)
    path = f"{API}/admin/variants/{variant.id}/stock-adjustments"

    answer = await office.post(path, json={"delta": 1, "reason": "실사", **changes}, headers=keyed())

    assert code(answer) == (422, "VALIDATION_ERROR")
    assert await stock_of(variant) == 5
    assert await StockAdjustment.all().count() == 0


async def test_stock_goes_neither_below_zero_nor_beyond_the_limit(office: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=5)

    below, above = await adjust(office, variant, -6), await adjust(office, variant, MAX_STOCK - 4)

    assert code(below) == (409, "STOCK_BELOW_ZERO")
    assert (below.json()["variant_id"], below.json()["left"]) == (variant.id, 5)
    assert code(above) == (409, "STOCK_TOO_LARGE")
    assert (await adjust(office, variant, MAX_STOCK - 5)).status_code == 201
    assert await stock_of(variant) == MAX_STOCK
    gone = await office.post(
        f"{API}/admin/variants/999999/stock-adjustments", json={"delta": 1, "reason": "실사"}, headers=keyed()
    )
    assert code(gone) == (404, "STOCK_VARIANT_NOT_FOUND")
    assert await AuditLog.filter(action="stock.adjusted").count() == 1


async def test_a_repeat_does_nothing_and_answers_the_same(office: httpx.AsyncClient) -> None:
    variant, other = await make_variant(stock=5), await make_variant(stock=5)
    key = secrets.token_hex(16)

    first = await adjust(office, variant, 3, key=key)
    await adjust(office, variant, -1)
    again = await adjust(office, variant, 3, key=key)

    assert (again.status_code, again.json()) == (201, first.json())
    assert (again.headers["Idempotency-Replayed"], "Idempotency-Replayed" in first.headers) == ("true", False)
    assert await stock_of(variant) == 7
    assert code(await adjust(office, variant, 4, key=key)) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert (await adjust(office, other, 3, key=key)).json()["stock"] == 8  # another path is another request
    path = f"{API}/admin/variants/{variant.id}/stock-adjustments"
    assert code(await office.post(path, json={"delta": 1, "reason": "실사"})) == (400, "IDEMPOTENCY_KEY_REQUIRED")


async def test_the_same_key_at_the_same_moment_counts_once(office: httpx.AsyncClient) -> None:
    variant, key = await make_variant(stock=5), secrets.token_hex(16)

    answers = await asyncio.gather(*(adjust(office, variant, 2, key=key) for _ in range(6)))

    assert {answer.status_code for answer in answers} <= {201, 409}
    assert {code(answer)[1] for answer in answers if answer.status_code == 409} <= {"IDEMPOTENCY_IN_PROGRESS"}
    assert await stock_of(variant) == 7


async def test_a_crash_before_the_commit_leaves_nothing_and_a_later_repeat_counts_once(
    office: httpx.AsyncClient,
) -> None:
    """What a process leaves that dies after claiming the key: a running row whose lease ends."""
    variant, key = await make_variant(stock=5), secrets.token_hex(16)
    await adjust(office, variant, 2, key=key)
    assert await stock_of(variant) == 7
    done = await IdempotencyKey.get(request_key=key)
    await IdempotencyKey.filter(id=done.id).update(state=KeyState.RUNNING, lease_until=clock.now(), effect="")
    await StockAdjustment.all().delete()
    await StockLedger.filter(kind=StockKind.ADJUST).delete()
    await Variant.filter(id=variant.id).update(stock=5)

    answer = await adjust(office, variant, 2, key=key)

    assert answer.status_code == 201, answer.text
    assert await stock_of(variant) == 7


async def test_adjusting_beside_buyers_never_oversells(office: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=6)

    async def buy() -> None:
        async with httpx.AsyncClient(base_url=office.base_url, timeout=60, trust_env=False) as shopper:
            await post_order(shopper, order_body((variant.id, 1), expected_total=12_500))

    await asyncio.gather(*(buy() for _ in range(5)), *(adjust(office, variant, -2) for _ in range(5)))

    moves = [delta for (delta,) in await StockLedger.filter(variant_id=variant.id).values_list("delta")]
    assert await stock_of(variant) == sum(moves) in (0, 1)
    assert {row for row in moves if row < 0} <= {-1, -2}


async def test_a_bulk_has_a_result_for_each_item_in_its_order(office: httpx.AsyncClient) -> None:
    first, second, third = await variants_of(await make_product(sizes=3, stock=5))
    body = {
        "items": [
            {"variant_id": third.id, "delta": 4, "reason": "입고"},
            {"variant_id": 999_999, "delta": 1},
            {"variant_id": second.id, "delta": -6},
            {"variant_id": first.id, "delta": -5},
        ],
        "reason": "재고 실사",
    }
    key = secrets.token_hex(16)

    answers = [await office.post(BULK, json=body, headers=keyed(key)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[1].json() == answers[0].json()
    assert answers[1].headers["Idempotency-Replayed"] == "true"
    results = answers[0].json()["results"]
    assert [(row["variant_id"], row["outcome"], row["stock"], row["code"]) for row in results] == [
        (third.id, "adjusted", 9, None),
        (999_999, "refused", None, "STOCK_VARIANT_NOT_FOUND"),
        (second.id, "refused", 5, "STOCK_BELOW_ZERO"),
        (first.id, "adjusted", 0, None),
    ]
    assert (answers[0].json()["adjusted"], answers[0].json()["refused"]) == (2, 2)
    assert [await stock_of(row) for row in (first, second, third)] == [0, 5, 9]
    assert [row["reason"] for row in await audited("stock.adjusted")] == ["재고 실사", "입고"]


async def test_what_other_answers_are_made_of_is_not_forgotten(office: httpx.AsyncClient) -> None:
    variant, other = await make_variant(stock=5), await make_variant(stock=5)
    answers = Answers()
    for delta in (-4, 3, -4, 9, 1):
        assert (await adjust(office, variant, delta)).status_code == 201
        assert await answers.read() == 1, delta
    several = {"items": [{"variant_id": row.id, "delta": -5} for row in (variant, other)], "reason": "실사"}
    assert (await office.post(BULK, json=several, headers=keyed())).json()["adjusted"] == 2
    assert await answers.read() == 1


async def test_bulks_over_the_same_variants_in_other_orders_end(office: httpx.AsyncClient) -> None:
    first, second = await variants_of(await make_product(sizes=2, stock=50))

    def body(*order: Variant) -> dict[str, Any]:
        return {"items": [{"variant_id": row.id, "delta": -1} for row in order], "reason": "실사"}

    answers = await asyncio.gather(
        *(
            office.post(BULK, json=body(*(pair if n % 2 else pair[::-1])), headers=keyed())
            for n in range(10)
            for pair in [(first, second)]
        )
    )

    assert {answer.status_code for answer in answers} == {200}
    assert [await stock_of(first), await stock_of(second)] == [40, 40]


@pytest.mark.parametrize(
    "items",
    [
        [],
        [{"variant_id": 1, "delta": 1}, {"variant_id": 1, "delta": 2}],
        [{"variant_id": 1, "delta": 0}],
        [{"variant_id": 0, "delta": 1}],
        [{"variant_id": n, "delta": 1} for n in range(1, 502)],
    ],
)
async def test_a_bulk_that_is_none_is_refused(office: httpx.AsyncClient, items: list[Any]) -> None:
    answer = await office.post(BULK, json={"items": items, "reason": "실사"}, headers=keyed())

    assert code(answer) == (422, "VALIDATION_ERROR")


async def test_without_the_permission_nothing_changes(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=5)
    client.headers.update(await headers_with(client, "stock:read", "product:write"))

    assert code(await adjust(client, variant, 1)) == (403, "FORBIDDEN")
    assert code(await client.post(BULK, json={})) == (403, "FORBIDDEN")
    assert await stock_of(variant) == 5
    client.headers.update(await headers_with(client, "product:read"))
    assert code(await client.get(f"{API}/admin/stock/ledger")) == (403, "FORBIDDEN")
    assert code(await client.get(f"{API}/admin/stock/low")) == (403, "FORBIDDEN")
