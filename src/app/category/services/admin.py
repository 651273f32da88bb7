"""The category tree for staff. Each change invalidates the public reads."""

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from tortoise.exceptions import IntegrityError

from src.app.category.dtos.admin.requests import CategoryChange, CategoryCreate, CategoryReorder
from src.app.category.dtos.admin.responses import CategoryAdminRead
from src.app.category.errors import CategoryInUse, CategoryNotFound, CategorySlugTaken
from src.app.category.services import editing, tree
from src.app.category.services.hooks import product_counts
from src.common.dtos.pages import Items
from src.common.http.public_invalidation import shown_changed
from src.common.records.audit import Actor
from src.core.database import unit_of_work

T = TypeVar("T")

TRIES: Final = 3


async def listed() -> Items[CategoryAdminRead]:
    """Return the whole tree with the numbers of products. Three queries."""
    nodes = await tree.load_placed()
    direct, below = await product_counts().direct_counts(), await product_counts().subtree_counts()
    children: dict[int | None, list[tree.PlacedNode]] = {}
    for node in nodes:
        children.setdefault(node.parent_id, []).append(node)

    def read(node: tree.PlacedNode) -> CategoryAdminRead:
        return CategoryAdminRead(
            id=node.id,
            name=node.name,
            slug=node.slug,
            parent_id=node.parent_id,
            depth=node.depth,
            position=node.position,
            product_count=direct.get(node.id, 0),
            subtree_product_count=below.get(node.id, 0),
            version=node.version,
            children=[read(child) for child in children.get(node.id, [])],
        )

    return Items(items=[read(node) for node in children.get(None, [])])


async def one(category_id: int) -> CategoryAdminRead:
    """Return a category with its subtree. Raises CategoryNotFound."""
    waiting = list((await listed()).items)
    while waiting:
        found = waiting.pop()
        if found.id == category_id:
            return found
        waiting += found.children
    raise CategoryNotFound


async def create(body: CategoryCreate, *, by: Actor) -> CategoryAdminRead:
    """Add a category. Of simultaneous calls with one slug one succeeds; a slug made from the name gets a suffix
    instead.

    Raises CategoryParentUnknown, CategoryTooDeep, CategorySlugTaken.
    """
    for attempt in range(1, TRIES + 1):
        try:
            return await one(await _changing(lambda: editing.add(body, by=by)))
        except IntegrityError:  # the tree was empty, so there was no row to lock
            if body.slug is not None or attempt == TRIES:
                raise CategorySlugTaken from None
    raise AssertionError("unreachable")


async def change(category_id: int, body: CategoryChange, *, version: int, by: Actor) -> CategoryAdminRead:
    """Rename or move. Raises CategoryNotFound, StaleEdit, CategoryParentUnknown, CategoryCycle, CategoryTooDeep,
    CategorySlugTaken."""
    await _changing(lambda: editing.change(category_id, body, version=version, by=by))
    return await one(category_id)


async def reorder(body: CategoryReorder, *, by: Actor) -> Items[CategoryAdminRead]:
    """Put siblings into another order. Raises CategoryParentUnknown, CategoryOrderOutdated."""
    await _changing(lambda: editing.reorder(body, by=by))
    return await listed()


async def remove(category_id: int, *, version: int, by: Actor) -> None:
    """Remove an empty category. Raises CategoryNotFound, StaleEdit, CategoryInUse."""
    try:
        await _changing(lambda: editing.remove(category_id, version=version, count=product_counts().count_in, by=by))
    except IntegrityError:  # something was added to it between the count and the removal
        products = await product_counts().count_in(category_id)
        raise CategoryInUse(products=products, children=len((await one(category_id)).children)) from None


async def _changing(use_case: Callable[[], Awaitable[T]]) -> T:
    async def write() -> T:
        done = await use_case()
        shown_changed()
        return done

    return await unit_of_work(write)
