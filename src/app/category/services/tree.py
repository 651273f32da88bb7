"""Read the category tree. It is small, so it is always read whole, in one query."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from src.app.category.dtos.responses import CategoryRead
from src.app.category.models import Category
from src.common.dtos.pages import Items


@dataclass(frozen=True, slots=True)
class Node:
    """A category without its position among its siblings."""

    id: int
    parent_id: int | None
    name: str
    slug: str
    depth: int


@dataclass(frozen=True, slots=True)
class PlacedNode(Node):
    """A category as staff edit it, with its position and version."""

    position: int
    version: int


async def load_placed() -> list[PlacedNode]:
    """Return every category with its position, siblings in display order. One query."""
    columns = ("id", "parent_id", "name", "slug", "depth", "position", "version")
    return [PlacedNode(**row) for row in await Category.all().order_by("position", "id").values(*columns)]


async def load() -> list[Node]:
    """Return every category, siblings in display order. One query."""
    rows = await Category.all().order_by("position", "id").values("id", "parent_id", "name", "slug", "depth")
    return [Node(**row) for row in rows]


def subtree(nodes: Sequence[Node], root_id: int) -> set[int]:
    """Return the root's id and the ids of all categories below it."""
    below = _by_parent(nodes)
    found: set[int] = set()
    waiting = [root_id]
    while waiting:
        node_id = waiting.pop()
        if node_id not in found:  # a cycle in the data must not cause an endless loop
            found.add(node_id)
            waiting += [node.id for node in below[node_id]]
    return found


def names_up(nodes: Sequence[Node]) -> dict[int, list[str]]:
    """Return, by category id, the category's name followed by the names of its ancestors, the nearest first."""
    by_id = {node.id: node for node in nodes}

    def names(node: Node) -> list[str]:
        found = {node.id: node.name}
        above = by_id.get(node.parent_id or 0)
        while above is not None and above.id not in found:  # a cycle in the data must not cause an endless loop
            found[above.id] = above.name
            above = by_id.get(above.parent_id or 0)
        return list(found.values())

    return {node.id: names(node) for node in nodes}


async def tree_json() -> bytes:
    """Return the whole tree as ``{"items": [...]}``. One query."""
    return Items(items=await tree_items()).model_dump_json().encode()


async def tree_items() -> list[CategoryRead]:
    """Return the major categories with their subtrees. One query."""
    below = _by_parent(await load())

    def read(node: Node) -> CategoryRead:
        children = [read(child) for child in below[node.id]]
        return CategoryRead(id=node.id, name=node.name, slug=node.slug, depth=node.depth, children=children)

    return [read(node) for node in below[None]]


def _by_parent(nodes: Sequence[Node]) -> defaultdict[int | None, list[Node]]:
    below: defaultdict[int | None, list[Node]] = defaultdict(list)
    for node in nodes:
        below[node.parent_id].append(node)
    return below
