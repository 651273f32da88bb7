"""GET /products/{ref} and its stock."""

from typing import Final
from urllib.parse import quote

import httpx
import pytest

from src.app.product.dtos.responses import ProductRead
from src.app.product.models import DisplayStatus, Product, ProductCategory, ProductImage, SaleStatus, Variant
from src.common.http import public_cache
from tests.app.product.captured import captured_sql
from tests.factories.catalogue import make_category, make_product, variants_of

PATH = "/api/v1/products"

PICTURE: Final = {"alt": "투어 스탠드백 블랙", "sizes": [], "slices": []}


async def test_detail_shows_exactly_the_contract(client: httpx.AsyncClient) -> None:
    major = await make_category("bag")
    leaf = await make_category("stand-bag", parent=major)
    product = await make_product(code="01201110", price=9_000, origin_price=10_000, stock=3, category=leaf)
    await ProductCategory.create(product_id=product.id, category_id=major.id, position=1)
    await Product.filter(id=product.id).update(rating=50, review_count=2)
    (variant,) = await variants_of(product)
    pictures = await ProductImage.filter(option_id=variant.option_id).order_by("position")
    answer = await client.get(f"{PATH}/01201110")
    assert answer.status_code == 200
    assert answer.json() == {
        "id": product.id,
        "product_code": "01201110",
        "slug": "product-01201110",
        "name": "투어 스탠드백",
        "brand": "MICGOLF",
        "description": "투어 스탠드백 설명",
        "detail": "투어 스탠드백 상세",
        "detail_pictures": [],
        "origin_price": 10_000,
        "price": 9_000,
        "discount": 1_000,
        "discount_option": "amount",
        "tax_type": "TAXABLE",
        "status": "ON_SALE",
        "categories": [
            {"id": leaf.id, "name": "STAND-BAG", "slug": "stand-bag"},
            {"id": major.id, "name": "BAG", "slug": "bag"},
        ],
        "breadcrumb": [
            {"id": major.id, "name": "BAG", "slug": "bag"},
            {"id": leaf.id, "name": "STAND-BAG", "slug": "stand-bag"},
        ],
        "options": [
            {
                "color": "블랙",
                "color_code": "#111111",
                "images": [
                    {"id": pictures[0].id, "image_url": "/media/products/01201110/0-0.svg", **PICTURE},
                    {"id": pictures[1].id, "image_url": "/media/products/01201110/0-1.svg", **PICTURE},
                ],
                "sizes": [
                    {
                        "variant_id": variant.id,
                        "sku": "01201110-0-S",
                        "size": "S",
                        "extra_price": 0,
                        "stock": 3,
                        "sold_out": False,
                    }
                ],
            }
        ],
        "specs": [],
        "notice": None,
        "rating": 5.0,
        "review_count": 2,
    }
    ProductRead.model_validate_json(answer.content)


@pytest.mark.parametrize("levels", [0, 1, 2, 3])
async def test_the_breadcrumb_leads_down_to_the_main_category(client: httpx.AsyncClient, levels: int) -> None:
    main = None
    for slug in ("major", "middle", "minor")[:levels]:
        main = await make_category(slug, parent=main)
    product = await make_product(category=main)

    body = (await client.get(f"{PATH}/{product.product_code}")).json()

    assert [step["slug"] for step in body["breadcrumb"]] == ["major", "middle", "minor"][:levels]


async def test_code_wins_over_slug_and_slug_over_id(client: httpx.AsyncClient) -> None:
    by_id = await make_product(code="x1")
    by_slug = await make_product(code="x2")
    by_code = await make_product(code=str(by_id.id))
    await Product.filter(id=by_slug.id).update(slug="X1")

    async def found(ref: str) -> int:
        found_id: int = (await client.get(f"{PATH}/{ref}")).json()["id"]
        return found_id

    assert await found(str(by_id.id)) == by_code.id
    assert await found("x1") == by_id.id
    assert await found("X1") == by_slug.id
    assert await found(str(by_slug.id)) == by_slug.id


async def test_hidden_product_keeps_its_code_from_naming_another(client: httpx.AsyncClient) -> None:
    shown = await make_product()
    hidden = await make_product(code=str(shown.id))
    await Product.filter(id=hidden.id).update(display_status=DisplayStatus.HIDDEN)
    assert (await client.get(f"{PATH}/{shown.id}")).status_code == 404
    assert (await client.get(f"{PATH}/{shown.product_code}")).json()["id"] == shown.id


@pytest.mark.parametrize("change", [{"display_status": DisplayStatus.HIDDEN}, {"sale_status": SaleStatus.STOPPED}])
async def test_product_not_for_sale_is_not_found(client: httpx.AsyncClient, change: dict[str, str]) -> None:
    product = await make_product()
    await Product.filter(id=product.id).update(**change)
    for ref in (product.product_code, product.slug, str(product.id)):
        for path in (f"{PATH}/{ref}", f"{PATH}/{ref}/stock"):
            answer = await client.get(path)
            assert answer.status_code == 404
            assert answer.json()["code"] == "PRODUCT_NOT_FOUND"
            assert answer.headers["cache-control"] == "no-store"


async def test_not_found_is_not_remembered(client: httpx.AsyncClient) -> None:
    assert (await client.get(f"{PATH}/new-code")).status_code == 404
    product = await make_product(code="new-code")
    assert (await client.get(f"{PATH}/new-code")).json()["id"] == product.id


@pytest.mark.parametrize(
    "ref",
    [
        "999999999",
        str(2**63),
        "9" * 300,
        "-1",
        "0",
        "00",
        "1.0",
        "1e3",
        "٣",
        "²",
        "a\x00b",
        "\x00",
        "\r\nX-Evil: 1",
        "⛳",
        "가" * 300,
        "' OR '1'='1",
        "%",
        "_",
        "\u202e",
        "\ufffe",
        "..",
        " ",
    ],
)
@pytest.mark.parametrize("tail", ["", "/stock"])
async def test_hostile_ref_is_not_found(client: httpx.AsyncClient, ref: str, tail: str) -> None:
    await make_product()
    # httpx resolves ".." by itself; its dots go encoded.
    answer = await client.get(f"{PATH}/{quote(ref, safe='').replace('.', '%2E')}{tail}")
    assert answer.status_code == 404, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("raw", ["%ED%A0%80", "%FF", "%C0%80", "a%2Fb", "%"])
async def test_ref_that_is_no_text_is_never_a_server_error(client: httpx.AsyncClient, raw: str) -> None:
    assert (await client.get(f"{PATH}/{raw}")).status_code in (400, 404, 422)


async def test_trailing_blank_names_another_product(client: httpx.AsyncClient) -> None:
    product = await make_product(code="plain")
    assert (await client.get(f"{PATH}/plain%20")).status_code == 404
    assert (await client.get(f"{PATH}/{product.slug}%20")).status_code == 404
    assert (await client.get(f"{PATH}/PLAIN")).status_code == 404


async def test_sold_out_product_is_still_shown(client: httpx.AsyncClient) -> None:
    await make_product(code="gone", stock=0)
    answer = (await client.get(f"{PATH}/gone")).json()
    assert answer["status"] == "SOLD_OUT"
    assert answer["options"][0]["sizes"][0]["sold_out"] is True


async def test_stock_is_fresh_and_never_cached(client: httpx.AsyncClient) -> None:
    product = await make_product(colors=2, sizes=2, stock=5)
    variants = await variants_of(product)
    path = f"{PATH}/{product.slug}/stock"
    answer = await client.get(path)
    assert answer.json() == {"items": [{"variant_id": variant.id, "stock": 5} for variant in variants]}
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers
    await Variant.filter(id=variants[1].id).update(stock=2)
    assert [item["stock"] for item in (await client.get(path)).json()["items"]] == [5, 2, 5, 5]


async def test_number_of_queries_does_not_grow_with_the_options(client: httpx.AsyncClient) -> None:
    await make_product(code="small")
    await make_product(code="large", colors=4, sizes=4)
    for code in ("small", "large"):
        public_cache.invalidate_all()
        with captured_sql() as statements:
            await client.get(f"{PATH}/{code}")
        assert len(statements) == 5
        with captured_sql() as statements:
            await client.get(f"{PATH}/{code}/stock")
        assert len(statements) == 2
