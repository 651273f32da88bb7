"""Locking reads of the category tree."""

from src.app.category.models import Category


async def lock_tree() -> dict[int, Category]:
    """Lock all categories until the transaction ends. Returns them by id, siblings in display order.

    Changes of the tree therefore run one after another: of two moves that together would make a cycle, the second sees
    the result of the first. The rows are few, and products only take shared locks on them.
    """
    rows = await Category.all().order_by("id").select_for_update()
    return {row.id: row for row in sorted(rows, key=lambda row: (row.position, row.id))}
