"""Locking reads of the category tree."""

from src.app.category.models import Category


async def lock_tree() -> dict[int, Category]:
    """Every category by id, siblings in the order to show, all locked until the transaction ends.

    So one change of the tree comes after the other: of two moves that together would make a circle the second sees
    what the first did. The rows are few, and products only take shared locks on them.
    """
    rows = await Category.all().order_by("id").select_for_update()
    return {row.id: row for row in sorted(rows, key=lambda row: (row.position, row.id))}
