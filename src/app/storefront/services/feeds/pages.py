"""Addresses of the shop's pages, which are below FRONT_URL."""

from urllib.parse import quote

from src.app.category.services.tree import Node
from src.common.http.routing import API
from src.core.configs import settings


def front() -> str:
    """Return the shop's address without a slash at the end."""
    return settings().identity.front_url.rstrip("/")


def product_page(product_code: str) -> str:
    """Return the address of a product's page."""
    return f"{front()}/products/{quote(product_code, safe='')}"


def category_page(way: list[Node]) -> str:
    """Return the address of a category's page. `way` is the path from the top of the tree to the category."""
    return f"{front()}/shop/{'/'.join(quote(node.slug, safe='') for node in way)}"


def absolute(url: str) -> str:
    """Return the absolute address of a picture: below MEDIA_BASE_URL if set, else at this API's API_URL, else below
    FRONT_URL. The Host header is never used, because the file is kept and served to everybody."""
    return url if url.startswith("http") else f"{settings().api_url.removesuffix(API) or front()}{url}"


def ways(nodes: list[Node]) -> dict[int, list[Node]]:
    """Return, by category id, the path from the top of the tree to the category, which is the last element."""
    by_id = {node.id: node for node in nodes}
    found = {}
    for node in nodes:
        way = [node]
        while (above := by_id.get(way[0].parent_id or 0)) is not None and above not in way:
            way.insert(0, above)
        found[node.id] = way
    return found
