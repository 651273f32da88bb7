"""What staff saved, and is worth a second look."""

import secrets
from datetime import timedelta
from typing import Any

import httpx
import pytest

from src.app.product.models import Product
from src.common import clock
from src.common.clock import korean
from tests.app.product.editing.support import BLACK, PRODUCTS, at, made, read, store
from tests.app.product.sheets.support import as_csv, counts, csv_rows, file_of, imported, more, row
from tests.factories.catalogue import make_category, make_product

ADMIN = "/api/v1/admin"
ONE = [{**BLACK, "sizes": [{"size": "S"}]}]
ENDED = {"option": "percent", "value": 10, "starts_at": "2020-01-01T00:00:00+09:00", "ends_at": "2020-02-01T00:00:00+09:00"}  # fmt: skip
DISCOUNTS: list[tuple[dict[str, Any], list[str]]] = [
    ({"discount": ENDED}, ["DISCOUNT_ENDED"]),
    ({"discount": {"option": "percent", "value": 91}}, ["DISCOUNT_DEEP"]),
    ({"discount": {"option": "amount", "value": 90_001}}, ["DISCOUNT_DEEP"]),
    ({"discount": {"option": "percent", "value": 95, "starts_at": "2999-01-01T00:00:00+09:00"}}, ["DISCOUNT_DEEP"]),
    ({"discount": {"option": "percent", "value": 100}}, ["DISCOUNT_DEEP", "PRICE_ZERO"]),
    ({"origin_price": 0}, ["PRICE_ZERO"]),
    ({"discount": {"option": "percent", "value": 90}}, []),
    ({"discount": {"option": "percent", "value": 10}}, []),
]


def codes(warnings: list[dict[str, Any]]) -> list[str]:
    """Their codes, where each says something in both languages."""
    assert all(one["detail"] and one["en"] and one["detail"] != one["en"] for one in warnings)
    return [one["code"] for one in warnings]


@pytest.mark.fault("M20")
@pytest.mark.parametrize(("change", "expected"), DISCOUNTS)
async def test_a_price_that_hardly_anybody_means_is_told(
    client: httpx.AsyncClient, headers: dict[str, str], change: dict[str, Any], expected: list[str]
) -> None:
    plain = await made(client, headers, await make_category("cap"))
    assert plain["warnings"] == []
    answer = await client.patch(f"{PRODUCTS}/{plain['id']}", json=change, headers=at(headers, plain["version"]))
    assert answer.status_code == 200, answer.text
    assert codes(answer.json()["warnings"]) == expected
    assert codes((await read(client, headers, plain["id"]))["warnings"]) == expected
    other = await make_category("hat")
    new = await made(client, headers, other, product_code="NEW", options=ONE, **change)
    assert codes(new["warnings"]) == expected
    copied = await client.post(f"{PRODUCTS}/{plain['id']}/copy", json={"product_code": "COPY"}, headers=headers)
    assert codes(copied.json()["warnings"]) == expected


async def test_a_discount_that_begins_after_it_ends_is_refused(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    plain = await made(client, headers, await make_category("cap"))
    turned = {**ENDED, "starts_at": ENDED["ends_at"], "ends_at": ENDED["starts_at"]}
    answer = await client.patch(
        f"{PRODUCTS}/{plain['id']}", json={"discount": turned}, headers=at(headers, plain["version"])
    )
    assert answer.status_code == 422


@pytest.mark.fault("M20")
async def test_prices_of_many_are_told_each(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    first, second = [await make_product(price=10_000) for _ in range(2)]
    keyed = {**headers, "Idempotency-Key": secrets.token_hex(16)}
    body = {"ids": [first.id, second.id, 2**40], "discount": ENDED}
    for _ in range(2):  # a repeat answers the same
        answer = await client.post(f"{PRODUCTS}/bulk-price", json=body, headers=keyed)
        assert [codes(item["warnings"]) for item in answer.json()["items"]] == [["DISCOUNT_ENDED"]] * 2 + [[]]


@pytest.mark.fault("M20")
async def test_an_import_tells_it_with_the_row(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    over = {"discount_option": "정률", "discount": "10", "discount_ends_at": "2020-01-01 0:00:00"}
    rows = [row("A"), row("B", **over), row("C", discount_option="정액", discount="99999"), row("D", origin_price="0")]
    dry = await imported(client, headers, as_csv(*rows), dry_run=True)
    task = await imported(client, headers, as_csv(*rows))
    assert counts(task) == (4, 0, 0, 0)
    for one in (dry, task):
        assert codes(one["result"]["warnings"]) == ["DISCOUNT_ENDED", "DISCOUNT_DEEP", "PRICE_ZERO"]
    assert [(one["row"], one["column"], one["product_code"]) for one in task["result"]["warnings"]] == [
        (3, "할인종료", "B"),
        (4, "할인값", "C"),
        (5, "상품가", "D"),
    ]
    report = csv_rows(await file_of(client, headers, task, "report"))
    assert [(line["결과"], line["열"]) for line in report] == [("등록", ""), ("등록", "할인종료"), ("등록", "할인값"), ("등록", "상품가")]  # fmt: skip
    again = await imported(client, headers, as_csv(*rows))
    assert (counts(again), again["result"]["warnings"]) == ((0, 0, 4, 0), [])
    changed = await imported(client, headers, as_csv(more("A", size="FREE", origin_price="0")))
    assert codes(changed["result"]["warnings"]) == ["PRICE_ZERO"]
    assert (await Product.get(product_code="A")).price == 0


@pytest.mark.fault("M20")
async def test_a_period_that_is_over_is_told_of_banners_events_and_picks(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    now = clock.now().replace(microsecond=0)
    past = {"starts_at": korean(now - timedelta(days=9)), "ends_at": korean(now - timedelta(days=2))}
    later = {"ends_at": korean(now + timedelta(days=2))}
    product = await make_product()
    bodies: list[tuple[str, dict[str, Any]]] = [
        ("events", {"title": "봄", "body": "봄", "image_path": store("event.webp")[0]}),
        ("promotions/best/items", {"product_code": product.product_code}),
    ]
    for path, body in bodies:
        answer = await client.post(f"{ADMIN}/{path}", json={**body, **past}, headers=headers)
        assert answer.status_code == 201, answer.text
        assert codes(answer.json()["warnings"]) == ["PERIOD_ENDED"], path
        url = f"{ADMIN}/{path}/{answer.json()['id']}"
        changed = await client.patch(url, json=later, headers=headers)
        assert (changed.status_code, changed.json()["warnings"]) == (200, []), changed.text
        turned = await client.patch(url, json={"starts_at": korean(now + timedelta(days=3))}, headers=headers)
        assert turned.status_code == 422
