"""Known words near one that finds nothing: known by a domain above this one, which registers its answer."""

from collections.abc import Awaitable, Callable, Sequence

NearWords = Callable[[str], Awaitable[Sequence[str]]]

_near_words: NearWords | None = None


def register_near_words(near_words: NearWords | None) -> None:
    """None: no word is near any other. Registering again replaces."""
    global _near_words  # noqa: PLW0603 - the one place that keeps it
    _near_words = near_words


async def near_words(text: str) -> Sequence[str]:
    """A few known words near the text, the nearest first, none of them the text itself."""
    return () if _near_words is None else await _near_words(text)
