"""Where the shop's pages are: below FRONT_URL."""

from urllib.parse import quote

from src.app.category.services.tree import Node
from src.common.http.routing import API
from src.core.configs import settings


def front() -> str:
    """The shop's own address, without a slash at its end."""
    return settings().identity.front_url.rstrip("/")


def product_page(product_code: str) -> str:
    """The page of a product."""
    return f"{front()}/products/{quote(product_code, safe='')}"


def category_page(way: list[Node]) -> str:
    """The page of a category, given the way down to it."""
    return f"{front()}/shop/{'/'.join(quote(node.slug, safe='') for node in way)}"


def absolute(url: str) -> str:
    """The address of a picture for others: as MEDIA_BASE_URL says, else at this API as API_URL says, else below
    FRONT_URL. Never made of a Host header: a file is kept for everybody."""
    return url if url.startswith("http") else f"{settings().api_url.removesuffix(API) or front()}{url}"


def ways(nodes: list[Node]) -> dict[int, list[Node]]:
    """By category id the way down to it, itself last."""
    by_id = {node.id: node for node in nodes}
    found = {}
    for node in nodes:
        way = [node]
        while (above := by_id.get(way[0].parent_id or 0)) is not None and above not in way:
            way.insert(0, above)
        found[node.id] = way
    return found
