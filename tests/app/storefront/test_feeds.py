"""Files of the whole catalogue: Naver's product feed and the sitemap."""

from xml.etree import ElementTree as ET

import httpx
import pytest

from src.app.category.models import Category
from src.app.product.models import DisplayStatus, Product, ProductImage, ProductOption, SaleStatus
from src.app.storefront.services.feeds import files
from src.core.configs import settings
from src.core.database.statements import change, dialect
from tests.app.auth.support import API, code
from tests.app.product.captured import captured_sql
from tests.factories.catalogue import make_category, make_product

FEED = f"{API}/feeds/naver.tsv"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture(autouse=True)
def anew() -> None:
    files.forget()


async def lines(client: httpx.AsyncClient) -> list[dict[str, str]]:
    files.forget()
    answer = await client.get(FEED)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/tab-separated-values; charset=utf-8"
    head, *rows = answer.text.splitlines()
    return [dict(zip(head.split("\t"), row.split("\t"), strict=True)) for row in rows]


async def pictured(code: str, **values: object) -> Product:
    product = await make_product(code=code, **values)  # type: ignore[arg-type]
    option = await ProductOption.filter(product_id=product.id).order_by("position").first()
    assert option is not None
    if not await ProductImage.filter(option_id=option.id).exists():
        await ProductImage.create(option_id=option.id, path=f"products/{code}.jpg", position=0)
    return product


@pytest.mark.fault("S13")
async def test_the_feed_tells_what_can_be_bought(client: httpx.AsyncClient) -> None:
    above = await make_category("golf-bags")
    below = await make_category("stand", parent=above)
    product = await pictured("A/1", name="투어\u00a0 백", category=below, price=9_000, origin_price=10_000)
    for code_, changes in (
        ("HIDDEN", {"display_status": DisplayStatus.HIDDEN}),
        ("STOPPED", {"sale_status": SaleStatus.STOPPED}),
    ):
        await Product.filter(id=(await pictured(code_)).id).update(**changes)
    await pictured("SOLD", stock=0)
    dear = await pictured("DEAR", price=200_000)

    rows = await lines(client)

    assert [row["id"] for row in rows] == ["A/1", dear.product_code]
    (row, other) = rows
    assert row["title"] == "투어 백"
    assert (row["price_pc"], row["price_mobile"], row["normal_price"]) == ("9000", "9000", "10000")
    assert row["link"] == f"{settings().identity.front_url}/products/A%2F1"
    assert row["image_link"].startswith("http")
    assert (row["category_name1"], row["category_name2"], row["category_name3"]) == ("GOLF-BAGS", "STAND", "")
    assert (row["shipping"], other["shipping"]) == ("2500", "0")
    assert other["normal_price"] == ""
    assert row["brand"] == product.brand
    await ProductImage.all().delete()
    assert await lines(client) == []


@pytest.mark.fault("S13")
async def test_a_file_is_kept_with_its_tag_and_made_once(client: httpx.AsyncClient) -> None:
    await pictured("A")
    first = await client.get(FEED, headers={"Host": "evil.example"})
    assert first.headers["cache-control"] == "public, max-age=600"
    assert "evil" not in first.text
    await pictured("B")
    again = await client.get(FEED, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    with captured_sql() as statements:
        assert (await client.get(FEED)).text == first.text
    assert statements == []
    files.forget()
    assert (await client.get(FEED)).headers["etag"] != first.headers["etag"]


async def copied(product: Product, times: int) -> None:
    """So many products like this one, by one statement."""
    own = {"product_code": "CONCAT('C', n.n)", "slug": "CONCAT('c-', n.n)"}
    if dialect() == "sqlite":
        own = {"product_code": "'C' || n.n", "slug": "'c-' || n.n"}
    columns = [column for column in Product._meta.fields_db_projection.values() if column != "id"]
    digits = " CROSS JOIN ".join(
        f"(SELECT {' UNION ALL SELECT '.join(f'{d} AS d' for d in range(10))}) d{place}" for place in range(5)
    )
    numbers = f"SELECT d0.d + 10 * d1.d + 100 * d2.d + 1000 * d3.d + 10000 * d4.d AS n FROM {digits}"
    values = ", ".join(own.get(column, f"p.{column}") for column in columns)
    await change(
        f"INSERT INTO product ({', '.join(columns)}) SELECT {values} FROM product p CROSS JOIN ({numbers}) n "
        f"WHERE p.id = {product.id} AND n.n < {times}"
    )


@pytest.mark.fault("S13")
async def test_every_page_of_the_shop_is_in_the_sitemap(client: httpx.AsyncClient) -> None:
    above = await make_category("golf-bags")
    below = await make_category("stand", parent=above)
    await Category.filter(id=below.id).update(slug="a&b")
    product = await make_product(code="P0", stock=0)
    await Product.filter(id=(await make_product(code="P1")).id).update(display_status=DisplayStatus.HIDDEN)
    await copied(product, 49_999)
    front = settings().identity.front_url

    index = ET.fromstring((await client.get("/sitemap.xml")).content)  # noqa: S314 - our own answer
    parts = [element.text or "" for element in index.iter(LOC)]
    assert parts == [f"{front}/sitemap-1.xml", f"{front}/sitemap-2.xml"]
    found: list[list[str | None]] = []
    for path in parts:
        answer = await client.get(path.removeprefix(front))
        assert answer.headers["content-type"].startswith("text/xml")
        found.append([element.text for element in ET.fromstring(answer.content).iter(LOC)])  # noqa: S314
    assert [len(part) for part in found] == [50_000, 3]
    assert found[0][:4] == [
        f"{front}/", f"{front}/shop/golf-bags", f"{front}/shop/golf-bags/a%26b", f"{front}/products/P0",
    ]  # fmt: skip
    assert len({*found[0], *found[1]}) == 50_003
    assert f"{front}/products/P1" not in {*found[0], *found[1]}
    assert code(await client.get("/sitemap-3.xml")) == (404, "SITEMAP_NOT_FOUND")
    assert (await client.get("/sitemap-0.xml")).status_code == 422


@pytest.mark.fault("S13")
async def test_a_page_of_products_costs_the_same_however_many(client: httpx.AsyncClient) -> None:
    async def cost() -> int:
        files.forget()
        with captured_sql() as statements:
            await client.get(FEED)
            await client.get("/sitemap-1.xml")
        return len(statements)

    await pictured("A")
    few = await cost()
    for number in range(8):
        await pictured(f"B{number}")
    assert few > 5
    assert await cost() == few
