"""Timing of every SQL statement, and a log line for slow ones.

The text is logged without literals; the values of parameters never reach this module.
"""

import logging
import re
from typing import Final

from src.core.observing.context import current_route
from src.core.observing.metrics import SLOW_STATEMENTS, STATEMENT_SECONDS
from src.core.observing.server_timing import took

logger = logging.getLogger("shop.slow_query")

LONGEST: Final = 2_000
LITERALS: Final = re.compile(r"""'(?:[^'\\]|\\.|'')*'|(?<!["`\w.])\d+(?:\.\d+)?\b""")
VERB: Final = re.compile(r"\s*(\w+)")
TABLE: Final = re.compile(r"""(?:FROM|INTO|UPDATE)\s+[`"]?(\w+)""", re.IGNORECASE)
MANY: Final = re.compile(r"(\?|%s)(?:\s*,\s*(?:\?|%s))+")

_seconds: Final = STATEMENT_SECONDS.of()
_slow: Final = SLOW_STATEMENTS.of()
_limit: float | None = None


def log_slower_than(milliseconds: int) -> None:
    """Log statements that take longer; 0 logs none."""
    global _limit  # noqa: PLW0603 - read at every statement, set at the start
    _limit = milliseconds / 1000 if milliseconds else None


def ended(text: str, seconds: float) -> None:
    """Record the duration of a statement, including the wait for its connection."""
    _seconds.observe(seconds)
    took("db", seconds)
    if _limit is not None and seconds >= _limit:
        _slow.add()
        logger.warning(
            "slow statement",
            extra={"sql": without_values(text), "ms": round(seconds * 1000, 1), "route": current_route()},
        )


def without_values(text: str) -> str:
    """Return the statement with ``?`` for each literal and each list of parameters, at most LONGEST characters."""
    return MANY.sub(r"\1, ...", LITERALS.sub("?", " ".join(text[: 4 * LONGEST].split())))[:LONGEST]


def name_of(text: str) -> str:
    """Return the statement's name in a trace, as in ``SELECT orders``."""
    verb, table = VERB.match(text), TABLE.search(text)
    return " ".join(found[1] for found in (verb, table) if found) or "SQL"
