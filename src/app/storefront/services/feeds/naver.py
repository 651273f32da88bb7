"""The product file for Naver Shopping (EP 3.0, whole catalogue): one line of tab-separated values per product.

docs/feeds.md describes columns, order and limits, and what has not been checked with Naver yet.
"""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any, Final

from src.app.category.services import tree
from src.app.category.services.tree import Node
from src.app.product.services import feeding, prices
from src.app.product.services.media import media_url
from src.app.shipping.services.fees import Goods, Tariff
from src.app.shipping.services.queries import load_tariff
from src.app.storefront.services.feeds import files
from src.app.storefront.services.feeds.pages import absolute, product_page, ways

NAME: Final = "naver.tsv"
COLUMNS: Final = (
    "id",
    "title",
    "price_pc",
    "price_mobile",
    "normal_price",
    "link",
    "mobile_link",
    "image_link",
    "category_name1",
    "category_name2",
    "category_name3",
    "category_name4",
    "condition",
    "brand",
    "shipping",
    "review_count",
)
LONGEST_TITLE: Final = 100
LONGEST_BRAND: Final = 60
LEVELS: Final = 4


async def file() -> Path:
    """Return the file, at most `files.KEPT_SECONDS` old."""
    return await files.current(NAME, _pieces)


async def _pieces() -> AsyncIterator[bytes]:
    await prices.settle()
    tariff, places = await load_tariff(), ways(await tree.load())
    yield _line(COLUMNS)
    async for rows in feeding.buyable():
        yield b"".join(_line(_values(row, tariff, places)) for row in rows)


def _values(row: Mapping[str, Any], tariff: Tariff, places: Mapping[int, list[Node]]) -> tuple[object, ...]:
    page = product_page(row["product_code"])
    names = [node.name for node in places.get(row["category_id"], [])][:LEVELS]
    return (
        row["product_code"],
        row["name"][:LONGEST_TITLE],
        row["price"],
        row["price"],
        row["origin_price"] if row["origin_price"] > row["price"] else "",
        page,
        page,
        absolute(media_url(row["picture"])),
        *names,
        *[""] * (LEVELS - len(names)),
        "신상품",
        row["brand"][:LONGEST_BRAND],
        tariff.fee([Goods(product_id=row["id"], quantity=1, amount=row["price"])], None),
        row["review_count"],
    )


def _line(values: tuple[object, ...]) -> bytes:
    """Join the values of a line. Tabs and line breaks inside a value become blanks, because they would start a new
    value."""
    return ("\t".join(" ".join(str(value).split()) for value in values) + "\n").encode()
