"""Registry of the tables that show uploaded images. A table that holds an image's path must be registered, or the sweep
removes its images.

`src.bootstrap.hooks` names the domains; `tests/common/media/test_picture_tables.py` fails on a forgotten column.
"""

from collections.abc import Awaitable, Callable
from typing import Final

Finder = Callable[[frozenset[str]], Awaitable[set[str]]]
"""Return those of these paths that rows of the table use now. Only database reads."""

_finders: dict[str, Finder] = {}
AT_ONCE: Final = 200


def register_pictures(table: str, finder: Finder) -> None:
    """Register a table's check. A later registration replaces an earlier one."""
    _finders[table] = finder


def registered() -> frozenset[str]:
    """Return the names of the registered tables."""
    return frozenset(_finders)


async def shown_somewhere(paths: frozenset[str]) -> set[str]:
    """Return those of `paths` (at most AT_ONCE) that are in use. Each table is asked for those not found before.

    Raises RuntimeError if no table is registered: all images would look unused.
    """
    if not _finders:
        raise RuntimeError("no table is registered that shows pictures")
    shown: set[str] = set()
    for finder in _finders.values():
        if rest := paths - shown:
            shown |= await finder(rest)
    return shown & paths
