"""POST /admin/products."""

import asyncio
from typing import Any

import httpx
import pytest

from src.app.product.models import Product, ProductImage, ProductOption, StockLedger, Variant
from src.app.product.services.naming import slug_of
from src.app.product.services.stock.ledger import ledger_gaps
from src.common.models.audit_log import AuditLog
from src.core.database import drain
from tests.app.auth.support import API, code
from tests.app.product.editing.support import BLACK, NOTICE, PRODUCTS, made, new, store
from tests.app.staff.people import audited
from tests.factories.catalogue import make_category
from tests.factories.people import staff_bearer


async def test_a_new_product_is_in_the_shop_at_once_with_everything(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    major = await make_category("bag")
    leaf = await make_category("stand-bag", parent=major)
    assert (await client.get(f"{API}/products/BAG-1")).status_code == 404
    assert (await client.get(f"{API}/products")).json()["total"] == 0
    first, second = store("b.webp", "a.webp")
    body = new(
        leaf,
        category_ids=[leaf.id, major.id],
        description="가볍고\n튼튼한",
        detail="1 < 2, 14분할 탑",
        discount={"option": "percent", "value": 15},
        specs=[{"name": "무게", "value": "2.3kg"}],
        notice=NOTICE,
        options=[
            {**BLACK, "images": [first, second]},
            {**BLACK, "color": "화이트", "sizes": [{"size": "S", "stock": 4}]},
        ],
        reason="신상품",
    )

    answer = await client.post(PRODUCTS, json=body, headers=headers)

    assert answer.status_code == 201, answer.text
    form = answer.json()
    assert (form["version"], answer.headers["etag"]) == (1, '"1"')
    assert (form["slug"], form["price"], form["stock"], form["sold_out"]) == ("투어-스탠드백", 85_000, 7, False)
    assert form["notice"] == NOTICE
    page = (await client.get(f"{API}/products/투어-스탠드백")).json()
    assert (page["id"], page["price"], page["discount"], page["discount_option"]) == (form["id"], 85_000, 15, "percent")
    assert [category["id"] for category in page["categories"]] == [leaf.id, major.id]
    assert page["specs"] == [{"name": "무게", "value": "2.3kg"}]
    assert page["notice"]["fields"][0] == {"name": "종류", "value": "스탠드백"}
    black, white = page["options"]
    assert black["color_code"] == "#1A1A1A"
    assert [image["image_url"] for image in black["images"]] == ["/media/tests/b.webp", "/media/tests/a.webp"]
    assert [(size["sku"], size["stock"]) for size in black["sizes"]] == [("BAG-1-001", 3), ("BAG-M", 0)]
    assert [(size["sku"], size["stock"]) for size in white["sizes"]] == [("BAG-1-002", 4)]
    assert await ledger_gaps() == []
    assert await StockLedger.filter(kind="OPENING").count() == 3
    (row,) = await audited("product.created")
    assert (row["target_id"], row["reason"], row["after"]["name"]) == (str(form["id"]), "신상품", "투어 스탠드백")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"options": [{**BLACK, "color_code": "red"}]}, "options.0.color_code"),
        ({"options": [{**BLACK, "images": [f"tests/{n}.webp" for n in range(7)]}]}, "options.0.images"),
        ({"options": [{**BLACK, "images": ["tests/0.webp"] * 2}]}, "options.0.images"),
        ({"options": [{**BLACK, "images": ["../secret.webp"]}]}, "options.0.images.0"),
        ({"options": [{**BLACK, "images": ["tests/../../x.webp"]}]}, "options.0.images.0"),
        ({"options": [{**BLACK, "sizes": [{"size": "S", "stock": -1}]}]}, "options.0.sizes.0.stock"),
        ({"options": [{**BLACK, "sizes": [{"size": "S"}, {"size": "s"}]}]}, "options.0.sizes"),
        ({"options": [BLACK, {**BLACK, "sizes": [{"size": "L"}]}]}, "options"),
        ({"options": [BLACK, {**BLACK, "color": "화이트"}]}, "options"),  # the SKU BAG-M twice
        ({"options": []}, "options"),
        ({"options": [{**BLACK, "sizes": []}]}, "options.0.sizes"),
        ({"origin_price": -1}, "origin_price"),
        ({"origin_price": 1000.5}, "origin_price"),
        ({"discount": {"option": "percent", "value": 101}}, "discount"),
        ({"discount": {"option": "amount", "value": 0}}, "discount.value"),
        ({"discount": {"option": "amount", "value": 1, "starts_at": "2026-12-01T00:00:00"}}, "discount.starts_at"),
        (
            {
                "discount": {
                    "option": "amount",
                    "value": 1,
                    "starts_at": "2026-12-01T00:00:00Z",
                    "ends_at": "2026-12-01T09:00:00+09:00",
                }
            },
            "discount",
        ),
        ({"slug": "12-34"}, "slug"),
        ({"slug": "a/b"}, "slug"),
        ({"product_code": "a b"}, "product_code"),
        ({"name": "가\u0000방"}, "name"),
        ({"name": "<b>가방</b>"}, "name"),
        ({"detail": "<script>alert(1)</script>"}, "detail"),
        ({"detail": "가" * 20_001}, "detail"),
        ({"category_ids": []}, "category_ids"),
        ({"notice": {"kind": "bag", "fields": {"type": "가방"}}}, "notice"),
        ({"notice": {"kind": "car", "fields": {}}}, "notice.kind"),
        ({"specs": [{"name": "", "value": "x"}]}, "specs.0.name"),
        ({"price": 1}, "price"),
        ({"version": 9}, "version"),
    ],
)
async def test_bad_input_saves_nothing(client: httpx.AsyncClient, changes: dict[str, Any], field: str) -> None:
    headers = await staff_bearer(client)
    category = await make_category("bag")

    answer = await client.post(PRODUCTS, json=new(category, **changes), headers=headers)

    assert code(answer) == (422, "VALIDATION_ERROR")
    assert answer.json()["errors"][0]["field"] == field
    await _assert_nothing()


async def test_what_only_the_rows_can_tell_saves_nothing_either(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    category = await make_category("bag")
    (picture,) = store("a.webp")

    above = await client.post(
        PRODUCTS, json=new(category, discount={"option": "amount", "value": 100_001}), headers=headers
    )
    assert (code(above), above.json()["most"]) == ((422, "DISCOUNT_ABOVE_PRICE"), 100_000)
    nowhere = await client.post(PRODUCTS, json=new(category, category_ids=[category.id, 987_654]), headers=headers)
    assert (code(nowhere), nowhere.json()["category_ids"]) == ((422, "CATEGORY_UNKNOWN"), [987_654])
    blank = await client.post(
        PRODUCTS, json=new(category, options=[{**BLACK, "images": [picture, "tests/none.webp"]}]), headers=headers
    )
    assert (code(blank), blank.json()["images"]) == ((422, "IMAGE_UNKNOWN"), ["tests/none.webp"])
    await _assert_nothing()


async def test_names_are_taken_once_and_hide_nobody_elses_page(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    category = await make_category("bag")
    await made(client, headers, category)
    other = {"product_code": "BAG-2", "options": [{**BLACK, "sizes": [{"size": "S"}]}]}

    async def refused(**changes: Any) -> tuple[int, str]:
        return code(await client.post(PRODUCTS, json=new(category, **{**other, **changes}), headers=headers))

    assert await refused(product_code="BAG-1") == (409, "PRODUCT_CODE_TAKEN")
    assert await refused(slug="투어-스탠드백") == (409, "SLUG_TAKEN")
    assert await refused(options=[BLACK]) == (409, "SKU_TAKEN")
    second = await made(client, headers, category, **other)
    assert second["slug"] == "투어-스탠드백-2"
    third = {**other, "product_code": "tour", "slug": "x-tour"}
    await made(client, headers, category, **third)
    assert await refused(product_code="x-tour") == (409, "PRODUCT_CODE_TAKEN")  # a code would hide that page
    assert await refused(product_code="BAG-4", slug="tour") == (409, "SLUG_TAKEN")


async def test_one_product_added_twice_at_once_is_there_once(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    category = await make_category("bag")

    answers = await asyncio.gather(*(client.post(PRODUCTS, json=new(category), headers=headers) for _ in range(3)))

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert (await Product.all().count(), await Variant.all().count(), await StockLedger.all().count()) == (1, 2, 2)


async def test_a_client_that_goes_away_leaves_a_whole_product_or_none(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    category = await make_category("bag")
    for number in range(8):
        options = [{**BLACK, "sizes": [{"size": size, "stock": 1} for size in "ABCDEFGHIJ"]}]
        calling = asyncio.create_task(
            client.post(PRODUCTS, json=new(category, product_code=f"C{number}", options=options), headers=headers)
        )
        await asyncio.sleep(0.004 * number)
        calling.cancel()
        await asyncio.gather(calling, return_exceptions=True)
    await asyncio.sleep(0.3)  # what the server had begun to read
    await drain()

    products = await Product.all().count()
    counts = [await model.all().count() for model in (ProductOption, Variant, StockLedger)]
    assert counts == [products, products * 10, products * 10]
    assert len(await audited("product.created")) == products
    assert await ledger_gaps() == []


async def test_products_of_one_name_added_at_once_get_addresses_of_their_own(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    category = await make_category("bag")
    options = [{**BLACK, "sizes": [{"size": "S"}]}]

    answers = await asyncio.gather(
        *(
            client.post(PRODUCTS, json=new(category, product_code=f"BAG-{n}", options=options), headers=headers)
            for n in range(12)
        )
    )

    assert [answer.status_code for answer in answers] == [201] * 12
    slugs = {answer.json()["slug"] for answer in answers}
    assert len(slugs) == 12
    assert "투어-스탠드백" in slugs
    assert all(slug.startswith("투어-스탠드백") for slug in slugs)


async def test_a_copy_shows_the_same_under_its_own_names_and_sells_nothing_yet(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    category = await make_category("bag")
    (picture,) = store("a.webp")
    discount = {"option": "percent", "value": 10, "starts_at": None, "ends_at": "2999-01-01T00:00:00+09:00"}
    first = await made(
        client, headers, category, notice=NOTICE, discount=discount, options=[{**BLACK, "images": [picture]}]
    )
    address = f"{PRODUCTS}/{first['id']}/copy"

    answers = [await client.post(address, json={"product_code": "BAG-2"}, headers=headers) for _ in range(2)]

    assert code(answers[1]) == (409, "PRODUCT_CODE_TAKEN")
    copy = answers[0].json()
    assert (copy["slug"], copy["sale_status"], copy["display_status"]) == ("투어-스탠드백-2", "STOPPED", "HIDDEN")
    assert (copy["stock"], [size["sku"] for size in copy["options"][0]["sizes"]]) == (0, ["BAG-2-001", "BAG-2-002"])
    same = ("name", "origin_price", "discount_plan", "notice", "specs", "categories", "price")
    assert {name: copy[name] for name in same} == {name: first[name] for name in same}
    assert copy["options"][0]["images"][0]["path"] == picture
    assert len(await audited("product.created")) == 2
    gone = await client.post(f"{PRODUCTS}/987654321/copy", json={"product_code": "BAG-3"}, headers=headers)
    assert code(gone) == (404, "PRODUCT_NOT_FOUND")


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Tour  Bag! (2026)", "tour-bag-2026"), ("Ｔｏｕｒ 백", "tour-백"), ("2026", "product-2026"), ("★★★", "product")],
)
def test_an_address_is_made_from_any_name(name: str, slug: str) -> None:
    assert slug_of(name) == slug


async def _assert_nothing() -> None:
    counts = [await model.all().count() for model in (Product, ProductOption, ProductImage, Variant, StockLedger)]
    assert counts == [0] * 5
    assert not await AuditLog.filter(action="product.created").exists()
