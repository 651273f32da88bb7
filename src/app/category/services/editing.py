"""Change the category tree. Call these functions inside a unit of work: each locks the whole tree first, and writes its
audit row with the change. A call that changes nothing writes nothing, so a repeat is harmless."""

from collections.abc import Awaitable, Callable
from typing import Final

from src.app.category.dtos.admin.requests import CategoryChange, CategoryCreate, CategoryReorder
from src.app.category.dtos.events import CategoryMoved, CategoryRenamed
from src.app.category.errors import (
    CategoryCycle,
    CategoryInUse,
    CategoryNotFound,
    CategoryOrderOutdated,
    CategoryParentUnknown,
    CategorySlugTaken,
    CategoryTooDeep,
)
from src.app.category.models import Category
from src.app.category.services.locks import lock_tree
from src.app.category.services.slugs import slug_of
from src.app.category.services.tree import Node, subtree
from src.common.http.etags import refuse_stale
from src.common.records import audit
from src.common.records.audit import Actor
from src.common.work.outbox import emit

MAX_DEPTH: Final = 3  # 대·중·소분류

Tree = dict[int, Category]


async def add(body: CategoryCreate, *, by: Actor) -> int:
    """Add the category after its siblings. Returns its id. Raises CategoryParentUnknown, CategoryTooDeep,
    CategorySlugTaken."""
    tree = await lock_tree()
    depth = _depth_below(tree, body.parent_id)
    _refuse_deeper(depth)
    taken = {row.slug for row in tree.values()}
    if body.slug in taken:
        raise CategorySlugTaken
    row = await Category.create(
        parent_id=body.parent_id,
        name=body.name,
        slug=body.slug or slug_of(body.name, taken=taken),
        depth=depth,
        position=_next_position(tree, body.parent_id),
    )
    await audit.record(
        "category.created", by=by, target=("category", row.id), after=_described(row), reason=body.reason
    )
    made: int = row.id
    return made


async def change(category_id: int, body: CategoryChange, *, version: int, by: Actor) -> bool:
    """Rename a category, change its slug, or move it with its subtree. Returns whether anything changed.

    Emits CategoryRenamed for a new name, CategoryMoved for a new parent without a new name. Raises CategoryNotFound,
    StaleEdit, CategoryParentUnknown, CategoryCycle, CategoryTooDeep, CategorySlugTaken.
    """
    tree = await lock_tree()
    row = _one(tree, category_id)
    refuse_stale(row.version, version)
    before = _described(row)
    if body.slug is not None and any(other.slug == body.slug for other in tree.values() if other.id != row.id):
        raise CategorySlugTaken
    row.name, row.slug = body.name or row.name, body.slug or row.slug
    if body.moves and body.parent_id != row.parent_id:
        await _move(tree, row, parent_id=body.parent_id)
    old, new = audit.changed(before, _described(row))
    if not new:
        return False
    row.version += 1
    await row.save(update_fields=["name", "slug", "parent_id", "depth", "position", "version"])
    if "name" in new:
        await emit(CategoryRenamed(category_id=row.id))
    elif "parent_id" in new:
        await emit(CategoryMoved(category_id=row.id))
    await audit.record(
        "category.changed", by=by, target=("category", row.id), before=old, after=new, reason=body.reason
    )
    return True


async def reorder(body: CategoryReorder, *, by: Actor) -> bool:
    """Put all categories below one parent into this order. Returns whether anything changed.

    Raises CategoryParentUnknown, and CategoryOrderOutdated if the ids are not exactly the categories below the parent.
    """
    tree = await lock_tree()
    _depth_below(tree, body.parent_id)
    before = [row.id for row in tree.values() if row.parent_id == body.parent_id]
    if set(before) != set(body.ids):
        raise CategoryOrderOutdated(ids=before)
    if before == body.ids:
        return False
    for position, category_id in enumerate(body.ids):
        if tree[category_id].position != position:
            await Category.filter(id=category_id).update(position=position)
    await audit.record(
        "category.reordered",
        by=by,
        target=("category", body.parent_id or "root"),
        before={"ids": before},
        after={"ids": body.ids},
        reason=body.reason,
    )
    return True


async def remove(category_id: int, *, version: int, count: Callable[[int], Awaitable[int]], by: Actor) -> None:
    """Delete an empty category. `count` returns the number of its products. If a product is added between the count and
    the deletion, the foreign key raises IntegrityError. Raises CategoryNotFound, StaleEdit, CategoryInUse."""
    tree = await lock_tree()
    row = _one(tree, category_id)
    refuse_stale(row.version, version)
    products = await count(category_id)
    children = sum(other.parent_id == category_id for other in tree.values())
    if products or children:
        raise CategoryInUse(products=products, children=children)
    await Category.filter(id=category_id).delete()
    await audit.record("category.removed", by=by, target=("category", category_id), before=_described(row))


async def _move(tree: Tree, row: Category, *, parent_id: int | None) -> None:
    """Set parent, depth and position of the row without saving it, and save the depths of its subtree."""
    nodes = [Node(node.id, node.parent_id, node.name, node.slug, node.depth) for node in tree.values()]
    inside = subtree(nodes, row.id)
    if parent_id in inside:
        raise CategoryCycle
    depth = _depth_below(tree, parent_id)
    deeper = depth - row.depth
    _refuse_deeper(max(tree[category_id].depth for category_id in inside) + deeper)
    if deeper:
        for category_id in sorted(inside - {row.id}):
            await Category.filter(id=category_id).update(depth=tree[category_id].depth + deeper)
    row.position = _next_position(tree, parent_id)
    row.parent_id, row.depth = parent_id, depth


def _one(tree: Tree, category_id: int) -> Category:
    if category_id not in tree:
        raise CategoryNotFound
    return tree[category_id]


def _depth_below(tree: Tree, parent_id: int | None) -> int:
    if parent_id is None:
        return 1
    if parent_id not in tree:
        raise CategoryParentUnknown
    above: int = tree[parent_id].depth
    return above + 1


def _refuse_deeper(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise CategoryTooDeep(limit=MAX_DEPTH, depth=depth)


def _next_position(tree: Tree, parent_id: int | None) -> int:
    last: int = max((row.position for row in tree.values() if row.parent_id == parent_id), default=-1)
    return last + 1


def _described(row: Category) -> dict[str, object]:
    return {
        "name": row.name,
        "slug": row.slug,
        "parent_id": row.parent_id,
        "depth": row.depth,
        "position": row.position,
    }
