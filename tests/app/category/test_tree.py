"""GET /categories."""

import httpx

from src.app.category.dtos.responses import CategoryRead
from src.app.category.services import tree
from src.app.category.services.tree import Node, subtree
from src.common.dtos.pages import Items
from src.common.http import public_cache
from tests.app.product.captured import captured_sql
from tests.factories.catalogue import make_category

PATH = "/api/v1/categories"


async def test_empty_shop_has_an_empty_tree(client: httpx.AsyncClient) -> None:
    assert (await client.get(PATH)).json() == {"items": []}


async def test_tree_nests_children_by_position_then_id(client: httpx.AsyncClient) -> None:
    second = await make_category("second", position=2)
    first = await make_category("first", position=1)
    late = await make_category("late", parent=first, position=5)
    early = await make_category("early", parent=first)
    also = await make_category("also-early", parent=first)
    leaf = await make_category("leaf", parent=late)
    answer = await client.get(PATH)
    assert answer.json() == {
        "items": [
            {
                "id": first.id,
                "name": "FIRST",
                "slug": "first",
                "depth": 1,
                "children": [
                    {"id": early.id, "name": "EARLY", "slug": "early", "depth": 2, "children": []},
                    {"id": also.id, "name": "ALSO-EARLY", "slug": "also-early", "depth": 2, "children": []},
                    {
                        "id": late.id,
                        "name": "LATE",
                        "slug": "late",
                        "depth": 2,
                        "children": [{"id": leaf.id, "name": "LEAF", "slug": "leaf", "depth": 3, "children": []}],
                    },
                ],
            },
            {"id": second.id, "name": "SECOND", "slug": "second", "depth": 1, "children": []},
        ]
    }
    Items[CategoryRead].model_validate_json(answer.content)


async def test_whole_tree_is_one_query(client: httpx.AsyncClient) -> None:
    parent = await make_category("a")
    for number in range(5):
        parent = await make_category(f"b{number}", parent=parent)
    public_cache.invalidate_all()
    with captured_sql() as statements:
        await tree.tree_json()
    assert len(statements) == 1


def test_subtree_of_a_circle_ends() -> None:
    nodes = [Node(1, 2, "a", "a", 1), Node(2, 1, "b", "b", 2), Node(3, None, "c", "c", 1)]
    assert subtree(nodes, 1) == {1, 2}
    assert subtree(nodes, 3) == {3}
