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
# The number of products that have a page.
ENDS: Final = "SELECT COUNT(*) AS total FROM product WHERE sale_status = %s AND display_status = %s"


async def index_file() -> Path:
    """Return the index. It names its files below FRONT_URL, where the pages are, because a sitemap is valid only for
    its own host."""
    return await files.current("sitemap.xml", _index)


async def part_file(number: int) -> Path:
    """Return the file of this number, counted from 1. Raises SitemapNotFound."""
    if number > await _count():
        raise SitemapNotFound
    return await files.current(f"sitemap_{number}.xml", partial(_part, number))


async def _count() -> int:
    """Count the files of the sitemap. Two queries."""
    products = int((await fetch(ENDS, feeding.FOR_SALE))[0]["total"])
    return -(-(1 + len(await tree.load()) + products) // MOST)


async def _index() -> AsyncIterator[bytes]:
    yield f"{HEAD}<sitemapindex {SPACE}>\n".encode()
    for number in range(1, await _count() + 1):
        yield f"<sitemap><loc>{escape(front())}/sitemap-{number}.xml</loc></sitemap>\n".encode()
    yield b"</sitemapindex>\n"


async def _part(number: int) -> AsyncIterator[bytes]:
    """Yield the addresses of one file. All addresses have a fixed order: the home page, the categories, then products
    by id. The addresses of earlier files are read and skipped, a page at a time, at some milliseconds per page."""
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
    """Build an entry. The last edit is given as a day, which works for times and for SQLite's text alike."""
    day = "" if edited is None else f"<lastmod>{_day(edited)}</lastmod>"
    return f"<url><loc>{escape(address)}</loc>{day}</url>\n"


def _day(moment: datetime | str) -> str:
    return moment[:10] if isinstance(moment, str) else moment.date().isoformat()
