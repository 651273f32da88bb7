"""A known word near one that finds nothing: known by a domain above this one, which registers its answer."""

from collections.abc import Awaitable, Callable

NearWord = Callable[[str], Awaitable[str | None]]

_near_word: NearWord | None = None


def register_near_word(near_word: NearWord | None) -> None:
    """None: no word is near any other. Registering again replaces."""
    global _near_word  # noqa: PLW0603 - the one place that keeps it
    _near_word = near_word


async def near_word(text: str) -> str | None:
    """The known word that is nearest to the text, another one than the text itself."""
    return None if _near_word is None else await _near_word(text)
