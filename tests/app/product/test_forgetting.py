"""What the workers forget when one thing changes: that thing, and what shows it."""

from collections.abc import Hashable
from typing import Any

import httpx
import pytest

from src.common.http import public_cache
from src.common.http.public_invalidation import Listener
from src.core.redis.pubsub import process_name
from tests.app.auth.support import API
from tests.factories.catalogue import make_category, make_product, variants_of
from tests.factories.people import staff_bearer

READS = ("/categories", "/home", "/products/OTHER", "/notices", "/events", "/faqs", "/shop-info", "/banners")


def kept() -> set[Hashable]:
    """The keys of the answers that this worker remembers."""
    return set(public_cache._public._entries)


async def warmed(client: httpx.AsyncClient, *more: str) -> set[Hashable]:
    public_cache.invalidate_all()
    for path in (*READS, *more):
        answer = await client.get(f"{API}{path}")
        assert answer.status_code in (200, 404), (path, answer.text)
    return kept()


async def adjusted(client: httpx.AsyncClient, variant_id: int, delta: int, key: str) -> None:
    staff = await staff_bearer(client)
    answer = await client.post(
        f"{API}/admin/variants/{variant_id}/stock-adjustments",
        json={"delta": delta, "reason": "실사"},
        headers={**staff, "Idempotency-Key": f"adjusting-{key}-0001"},
    )
    assert answer.status_code == 201, answer.text


def first_words(keys: set[Hashable]) -> list[Any]:
    return sorted(key[0] if isinstance(key, tuple) else key for key in keys)


@pytest.mark.fault("C16")
async def test_units_of_one_product_make_only_its_answers_forgotten(client: httpx.AsyncClient) -> None:
    bag = await make_category("bag")
    product = await make_product(code="BAG", category=bag, stock=3)
    await make_product(code="OTHER", stock=3)
    (variant,) = await variants_of(product)
    about = ("/products/BAG", f"/products/{product.id}", "/products?category=bag")
    before = await warmed(client, *about, "/products?color=없음", "/products?in_stock=true&color=없음")

    await adjusted(client, variant.id, 2, "more")
    assert first_words(before - kept()) == ["product", "product", "products"]

    before = await warmed(client, *about, "/products?color=없음", "/products?in_stock=true&color=없음")
    await adjusted(client, variant.id, -5, "none")
    assert first_words(before - kept()) == ["product", "product", "products", "products"], "and what asks for stock"
    page = (await client.get(f"{API}/products?in_stock=true")).json()
    assert [card["product_code"] for card in page["items"]] == ["OTHER"]
    assert (await client.get(f"{API}/products?category=bag")).json()["items"][0]["sold_out"] is True
    before = await warmed(client, *about, "/products?in_stock=true")
    await adjusted(client, variant.id, 1, "back")
    page = (await client.get(f"{API}/products?in_stock=true&facets=true")).json()
    assert (page["total"], page["facets"]["sizes"][0]["count"]) == (2, 2)


@pytest.mark.fault("C16")
async def test_the_other_workers_forget_the_same_and_all_where_they_do_not_know_the_word(
    client: httpx.AsyncClient,
) -> None:
    product = await make_product(code="BAG", stock=3)
    await make_product(code="OTHER")
    other = Listener("another-worker")
    before = await warmed(client, "/products/BAG")
    other._on_word(f"{process_name()} stock:{product.id}")
    assert first_words(before - kept()) == ["product"]
    other._on_word(f"{process_name()} a-later-release:7")
    assert kept() == set()


@pytest.mark.fault("C16")
@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("notices", {"category": "general", "title": "공지", "body": "내용"}, {"notices", "notice"}),
        ("faqs", {"category": "order", "question": "언제 오나요?", "answer": "곧 갑니다."}, {"faqs"}),
    ],
)
async def test_other_changes_of_one_thing_leave_the_catalogue(
    client: httpx.AsyncClient, path: str, body: dict[str, Any], words: set[str]
) -> None:
    staff = await staff_bearer(client)
    await make_product(code="OTHER")
    before = await warmed(client)
    assert (await client.post(f"{API}/admin/{path}", json=body, headers=staff)).status_code == 201
    gone = set(first_words(before - kept()))
    assert gone
    assert gone <= words


@pytest.mark.fault("C16")
async def test_the_frame_of_the_page_leaves_the_catalogue(client: httpx.AsyncClient) -> None:
    staff = await staff_bearer(client)
    await make_product(code="OTHER")
    before = await warmed(client, "/storefront/bootstrap")
    path = f"{API}/admin/storefront/promo-bar"
    assert (await client.put(path, json={"text": "무료배송"}, headers=staff)).status_code == 200
    assert first_words(before - kept()) == ["bootstrap"]
    assert (await client.get(f"{API}/storefront/bootstrap")).json()["promo_bar"]["text"] == "무료배송"
