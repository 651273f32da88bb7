"""Registry of the tables that show uploaded images. A table that holds an image's path must be registered, or the sweep
removes its images.

`src.bootstrap.hooks` names the domains; `tests/common/media/test_picture_tables.py` fails on a forgotten column.
"""

from collections.abc import Awaitable, Callable
from typing import Final

Finder = Callable[[frozenset[str]], Awaitable[set[str]]]
"""Which of these paths rows of the table show now. Database reads only."""

_finders: dict[str, Finder] = {}
AT_ONCE: Final = 200


def register_pictures(table: str, finder: Finder) -> None:
    """Register a table's check. Registering a table again replaces it."""
    _finders[table] = finder


def registered() -> frozenset[str]:
    """The tables that answered for their pictures."""
    return frozenset(_finders)


async def shown_somewhere(paths: frozenset[str]) -> set[str]:
    """Return those of `paths` (at most AT_ONCE) that are in use. Each table is asked for those not found before.

    Raises RuntimeError where no table is registered: nothing could then tell which images are in use.
    """
    if not _finders:
        raise RuntimeError("no table is registered that shows pictures")
    shown: set[str] = set()
    for finder in _finders.values():
        if rest := paths - shown:
            shown |= await finder(rest)
    return shown & paths
