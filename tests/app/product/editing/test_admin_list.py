"""GET /admin/products and its numbers."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from src.app.backoffice.services import dashboard
from src.app.product.models import DisplayStatus, Product, SaleStatus, Variant
from src.app.promotion_product.models import PromotionCode, PromotionItem
from src.common import clock
from tests.app.auth.support import API, code
from tests.app.product.captured import captured_sql
from tests.app.product.editing.support import PRODUCTS
from tests.factories.catalogue import make_category, make_product, variants_of
from tests.factories.people import staff_bearer


async def codes(client: httpx.AsyncClient, headers: dict[str, str], **params: Any) -> list[str]:
    """The product codes of one page, in order."""
    answer = await client.get(PRODUCTS, params=params, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.json()["total"] >= len(answer.json()["items"])
    return [item["product_code"] for item in answer.json()["items"]]


async def test_a_row_shows_the_columns_of_the_screen(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    product = await make_product(code="BAG", price=9_000, origin_price=10_000, stock=3, colors=2, sizes=2)
    retired = (await variants_of(product))[0]
    await Variant.filter(id=retired.id).update(is_retired=True)

    answer = await client.get(PRODUCTS, headers=headers)

    (row,) = answer.json()["items"]
    assert row == {
        "id": product.id,
        "product_code": "BAG",
        "name": "투어 스탠드백",
        "sale_status": "ON_SALE",
        "display_status": "SHOWN",
        "tax_type": "TAXABLE",
        "sold_out": False,
        "stock": 9,
        "origin_price": 10_000,
        "discount": 1_000,
        "discount_option": "amount",
        "price": 9_000,
        "thumbnail_url": "/media/products/BAG/0-0.svg",
        "created_at": clock.korean(product.created_at),
        "updated_at": clock.korean(product.updated_at),
        "archived_at": None,
        "version": 1,
    }
    assert answer.headers["cache-control"] == "no-store"


async def test_every_filter_and_all_of_them_together(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    major = await make_category("bag")
    leaf = await make_category("stand-bag", parent=major)
    other = await make_category("cap")
    bag = await make_product(code="BAG-100", name="투어 스탠드백", price=90_000, origin_price=100_000, category=leaf)
    cap = await make_product(code="CAP-100", name="투어 모자", price=30_000, stock=0, category=other)
    old = await make_product(code="OLD_%", name="낡은 것", price=10_000)
    await Product.filter(id=old.id).update(
        sale_status=SaleStatus.STOPPED,
        display_status=DisplayStatus.HIDDEN,
        created_at=clock.korean_day((clock.now() - timedelta(days=10)).astimezone(clock.KST).date())[0],
    )
    day = (clock.now() - timedelta(days=10)).astimezone(clock.KST).date()
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({}, ["OLD_%", "CAP-100", "BAG-100"]),
        ({"id": cap.id}, ["CAP-100"]),
        ({"product_code": "-100"}, ["CAP-100", "BAG-100"]),
        ({"product_code": "_%"}, ["OLD_%"]),
        ({"name": "투어 백"}, ["BAG-100"]),
        ({"name": " "}, ["OLD_%", "CAP-100", "BAG-100"]),
        ({"status": "on_sale"}, ["BAG-100"]),
        ({"status": "sold_out"}, ["CAP-100"]),
        ({"status": "stopped"}, ["OLD_%"]),
        ({"display_status": "SHOWN"}, ["CAP-100", "BAG-100"]),
        ({"category_id": major.id}, ["BAG-100"]),
        ({"category_id": 987_654}, []),
        ({"from": day, "to": day}, ["OLD_%"]),
        ({"to": day - timedelta(days=1)}, []),
        ({"from": day + timedelta(days=1)}, ["CAP-100", "BAG-100"]),
        ({"min_price": 30_000, "max_price": 90_000}, ["CAP-100", "BAG-100"]),
        ({"min_price": 90_001}, []),
        ({"has_discount": True}, ["BAG-100"]),
        ({"has_discount": False}, ["OLD_%", "CAP-100"]),
        (
            {"category_id": major.id, "status": "on_sale", "has_discount": True, "name": "투어", "id": bag.id},
            ["BAG-100"],
        ),
    ]
    for params, expected in cases:
        assert await codes(client, headers, **params) == expected, params


@pytest.mark.parametrize(
    "params",
    [
        {"status": "gone"},
        {"sort": "random"},
        {"id": "x"},
        {"id": 2**63},
        {"from": "2026-11-02", "to": "2026-11-01"},
        {"page": 10_001},
        {"size": 101},
        {"color": "블랙"},
        {"name": "가" * 121},
        {"min_price": -1},
    ],
)
async def test_bad_filters_are_refused(client: httpx.AsyncClient, params: dict[str, Any]) -> None:
    headers = await staff_bearer(client)
    assert code(await client.get(PRODUCTS, params=params, headers=headers)) == (422, "VALIDATION_ERROR")


async def test_every_sort_is_total_over_the_pages(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    now = clock.now()
    for number in range(7):
        await make_product(code=f"P{number}", name="같은 이름", price=1_000 * (number % 3))
    await Product.all().update(created_at=now, updated_at=now)
    for sort in ("newest", "oldest", "updated", "name", "code", "price_asc", "price_desc"):
        found = [name for page in (1, 2, 3) for name in await codes(client, headers, sort=sort, page=page, size=3)]
        assert sorted(found) == [f"P{number}" for number in range(7)], sort
    assert await codes(client, headers, sort="price_desc", size=3) == ["P5", "P2", "P4"]
    assert await codes(client, headers, sort="oldest", size=2) == ["P0", "P1"]


async def test_number_of_queries_does_not_grow(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    category = await make_category("bag")

    async def queries(**params: Any) -> int:
        with captured_sql() as statements:
            await codes(client, headers, **params)
        return len([statement for statement in statements if "staff" not in statement and "role" not in statement])

    counts = []
    for _ in range(2):
        for _ in range(4):
            await make_product(category=category, colors=3, sizes=4)
        counts.append([await queries(), await queries(category_id=category.id, status="on_sale", sort="price_asc")])
    assert counts == [[7, 10], [7, 10]]


async def test_the_numbers_add_up_and_the_dashboard_says_the_same(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    empty = {"total": 0, "on_sale": 0, "sold_out": 0, "stopped": 0, "hidden": 0}
    assert (await client.get(f"{PRODUCTS}/summary", headers=headers)).json() == empty
    products = [await make_product() for _ in range(4)]
    products.append(await make_product(stock=0))
    await Product.filter(id=products[0].id).update(sale_status=SaleStatus.STOPPED)
    await Product.filter(id=products[1].id).update(display_status=DisplayStatus.HIDDEN)
    archived = await make_product()
    await client.delete(f"{PRODUCTS}/{archived.id}", headers=headers)
    for position, product in enumerate(products):
        await PromotionItem.create(code=PromotionCode.BEST, product_id=product.id, position=position)
    await PromotionItem.create(code=PromotionCode.NEW, product_id=products[2].id, is_active=False)

    summary = (await client.get(f"{PRODUCTS}/summary", headers=headers)).json()
    card = (await client.get(f"{API}/admin/dashboard/products", headers=headers)).json()

    assert summary == {"total": 5, "on_sale": 3, "sold_out": 1, "stopped": 1, "hidden": 1}
    assert card == {"on_sale": 3, "sold_out": 1, "stopped": 1, "best": 3, "new": 0, "md_pick": 0}
    for status in ("on_sale", "sold_out", "stopped"):
        page = await client.get(PRODUCTS, params={"status": status}, headers=headers)
        assert page.json()["total"] == summary[status]
    dashboard.forget()
    shown = (await client.get(f"{API}/admin/dashboard", headers=headers)).json()["products"]
    assert {name: value for name, value in shown.items() if name != "links"} == card
