"""The ledger of a variant, and what runs out."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from src.app.product.models import Product, SaleStatus, StockKind, StockLedger, Variant
from tests.app.auth.support import API, code
from tests.app.product.captured import captured_sql
from tests.app.staff.people import staff_with
from tests.factories.catalogue import make_product, make_variant, variants_of
from tests.factories.orders import make_order, new_key
from tests.factories.people import staff_bearer

LEDGER = f"{API}/admin/stock/ledger"
LOW = f"{API}/admin/stock/low"


@pytest.fixture
async def office(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """A client signed in as staff who may see and correct stock."""
    kim = await staff_with("stock:read", "stock:adjust")
    client.headers.update(await staff_bearer(client, kim))
    return client


async def adjust(client: httpx.AsyncClient, variant: Variant, delta: int) -> None:
    path = f"{API}/admin/variants/{variant.id}/stock-adjustments"
    answer = await client.post(path, json={"delta": delta, "reason": "실사"}, headers={"Idempotency-Key": new_key()})
    assert answer.status_code == 201, answer.text


async def test_the_ledger_shows_every_change_with_the_balance_after_it(office: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=10)
    await make_order(variant, 3)
    await adjust(office, variant, 4)
    await make_variant(stock=99)

    with captured_sql() as statements:
        answer = await office.get(LEDGER, params={"variant_id": variant.id})

    body = answer.json()
    assert (body["variant"]["variant_id"], body["variant"]["size"], body["stock"]) == (variant.id, "S", 11)
    assert body["total"] == 3
    shown = [(row["kind"], row["delta"], row["balance"], row["reason"], row["actor_name"]) for row in body["items"]]
    assert shown == [
        ("ADJUST", 4, 11, "실사", "박운영"),
        ("HOLD", -3, 7, None, None),
        ("OPENING", 10, 10, None, None),
    ]
    assert len(statements) <= 10


async def test_filters_and_pages_do_not_change_the_balances(office: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=10)
    for delta in (5, -3, 8):
        await adjust(office, variant, delta)
    await make_order(variant, 2)

    async def balances(**asked: Any) -> list[int]:
        answer = await office.get(LEDGER, params={"variant_id": variant.id, **asked})
        assert answer.status_code == 200, answer.text
        return [row["balance"] for row in answer.json()["items"]]

    assert await balances() == [18, 20, 12, 15, 10]
    assert await balances(kind="ADJUST") == [20, 12, 15]
    assert await balances(kind="ADJUST", size=1, page=2) == [12]
    assert await balances(size=2, page=3) == [10]
    assert await balances(page=9) == []
    old = datetime(2026, 1, 5, 15, 0, tzinfo=UTC)  # the 6th in Korea
    await StockLedger.filter(variant_id=variant.id, kind=StockKind.OPENING).update(created_at=old)
    assert await balances(**{"from": "2026-01-06", "to": "2026-01-06"}) == [10]
    assert await balances(to="2026-01-05") == []


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"variant_id": "0"},
        {"variant_id": "x"},
        {"variant_id": "1", "kind": "SOLD"},
        {"variant_id": "1", "from": "2026-02-02", "to": "2026-02-01"},
        {"variant_id": "1", "size": "101"},
        {"variant_id": "1", "sort": "id"},
    ],
)
async def test_a_bad_question_is_refused(office: httpx.AsyncClient, asked: dict[str, str]) -> None:
    assert code(await office.get(LEDGER, params=asked)) == (422, "VALIDATION_ERROR")


async def test_a_variant_that_never_was_has_no_ledger_and_a_deleted_one_has(office: httpx.AsyncClient) -> None:
    unknown = await office.get(LEDGER, params={"variant_id": 999_999})
    assert code(unknown) == (404, "STOCK_VARIANT_NOT_FOUND")
    variant = await make_variant(stock=3)
    await Variant.filter(id=variant.id).delete()

    body = (await office.get(LEDGER, params={"variant_id": variant.id})).json()

    assert (body["variant"]["name"], body["stock"], [row["balance"] for row in body["items"]]) == (None, None, [3])


async def test_a_row_that_was_written_past_the_services_is_shown_without_a_reason(office: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=3)
    by_hand = {"variant_id": variant.id, "kind": StockKind.ADJUST, "source": "adjust:by-hand"}
    await StockLedger.create(**by_hand, delta=0, created_at=datetime.now(UTC))

    answer = await office.get(LEDGER, params={"variant_id": variant.id})

    assert [(row["balance"], row["reason"]) for row in answer.json()["items"]] == [(3, None), (3, None)]


async def test_what_runs_out_comes_with_the_fewest_first(office: httpx.AsyncClient) -> None:
    none, few = await make_variant(stock=0), await make_variant(stock=2)
    async with httpx.AsyncClient(base_url=office.base_url, timeout=60, trust_env=False) as shopper:
        for to in ("a@example.com", "b@example.com"):
            path = f"{API}/products/{none.product_id}/restock-alerts"
            asked = await shopper.post(path, json={"variant_id": none.id, "email": to})
            assert asked.status_code == 201, asked.text
    await make_variant(stock=6)
    stopped = await make_product(stock=1)
    await Product.filter(id=stopped.id).update(sale_status=SaleStatus.STOPPED)
    (of_stopped,) = await variants_of(stopped)

    with captured_sql() as statements:
        body = (await office.get(LOW)).json()
    everything = (await office.get(LOW, params={"threshold": 2, "sale_status": "all"})).json()

    assert [(row["variant_id"], row["stock"]) for row in body["items"]] == [(none.id, 0), (few.id, 2)]
    assert [row["waiting"] for row in body["items"]] == [2, 0]
    assert body["items"][0]["name"] == "투어 스탠드백"
    assert (body["items"][0]["color"], body["items"][0]["size"]) == ("블랙", "S")
    assert body["total"] == 2
    assert [row["variant_id"] for row in everything["items"]] == [none.id, of_stopped.id, few.id]
    assert len([statement for statement in statements if "variant" in statement]) == 5
    assert (await office.get(LOW, params={"threshold": 0})).json()["total"] == 1
    for bad in ({"threshold": -1}, {"threshold": "x"}, {"sale_status": "GONE"}, {"page": 0}):
        assert code(await office.get(LOW, params=bad)) == (422, "VALIDATION_ERROR")
