"""Which tables show uploaded pictures. Every table with a path of one registers itself, or the sweep takes it away.

`src.bootstrap.hooks` is where domains are named; `tests/common/media/test_picture_tables.py` fails on a forgotten
column.
"""

from collections.abc import Awaitable, Callable
from typing import Final

Finder = Callable[[frozenset[str]], Awaitable[set[str]]]
"""Which of these paths rows of the table show now. Database reads only."""

_finders: dict[str, Finder] = {}
AT_ONCE: Final = 200


def register_pictures(table: str, finder: Finder) -> None:
    """Registering a table again replaces what it had."""
    _finders[table] = finder


def registered() -> frozenset[str]:
    """The tables that answered for their pictures."""
    return frozenset(_finders)


async def shown_somewhere(paths: frozenset[str]) -> set[str]:
    """Those of `paths` (at most AT_ONCE) that something shows. Each table is asked for what none before it had.

    Raises RuntimeError where no table is registered: then nothing could tell what is in use.
    """
    if not _finders:
        raise RuntimeError("no table is registered that shows pictures")
    shown: set[str] = set()
    for finder in _finders.values():
        if rest := paths - shown:
            shown |= await finder(rest)
    return shown & paths
