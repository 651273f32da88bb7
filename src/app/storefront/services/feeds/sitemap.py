"""The sitemap (sitemaps.org, 0.9): an index, and files of at most MOST addresses each."""

from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from src.app.category.services import tree
from src.app.product.services import feeding
from src.app.storefront.errors import SitemapNotFound
from src.app.storefront.services.feeds import files
from src.app.storefront.services.feeds.pages import category_page, front, product_page, ways
from src.core.database.statements import fetch

MOST: Final = 50_000
HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
# The last id of each file but the last: a look along one index, and no offset.
ENDS: Final = "SELECT COUNT(*) AS total FROM product WHERE sale_status = %s AND display_status = %s"


async def index_file() -> Path:
    """The index. Its files stand below FRONT_URL, as the pages that they name: a sitemap speaks for its own host."""
    return await files.current("sitemap.xml", _index)


async def part_file(number: int) -> Path:
    """The file of this number, from 1. Raises SitemapNotFound."""
    if number > await _count():
        raise SitemapNotFound
    return await files.current(f"sitemap_{number}.xml", partial(_part, number))


async def _count() -> int:
    """How many files there are. Two queries."""
    products = int((await fetch(ENDS, feeding.FOR_SALE))[0]["total"])
    return -(-(1 + len(await tree.load()) + products) // MOST)


async def _index() -> AsyncIterator[bytes]:
    yield f"{HEAD}<sitemapindex {SPACE}>\n".encode()
    for number in range(1, await _count() + 1):
        yield f"<sitemap><loc>{escape(front())}/sitemap-{number}.xml</loc></sitemap>\n".encode()
    yield b"</sitemapindex>\n"


async def _part(number: int) -> AsyncIterator[bytes]:
    """Addresses in one fixed order: the home page, the categories, then products by id. Those of earlier files are
    walked over in pages, of which each costs some milliseconds."""
    yield f"{HEAD}<urlset {SPACE}>\n".encode()
    skipped = (number - 1) * MOST
    left = MOST
    async for lines in _addresses():
        some = lines[skipped : skipped + left]
        skipped = max(0, skipped - len(lines))
        left -= len(some)
        yield "".join(some).encode()
        if not left:
            break
    yield b"</urlset>\n"


async def _addresses() -> AsyncIterator[list[str]]:
    yield [_url(f"{front()}/"), *(_url(category_page(way)) for way in ways(await tree.load()).values())]
    async for rows in feeding.places():
        yield [_url(product_page(row["product_code"]), row["updated_at"]) for row in rows]


def _url(address: str, edited: Any = None) -> str:
    """Days only: SQLite tells moments as text."""
    day = "" if edited is None else f"<lastmod>{_day(edited)}</lastmod>"
    return f"<url><loc>{escape(address)}</loc>{day}</url>\n"


def _day(moment: datetime | str) -> str:
    return moment[:10] if isinstance(moment, str) else moment.date().isoformat()
