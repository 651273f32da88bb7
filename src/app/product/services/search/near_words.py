"""Hook for known words near a word that finds nothing. A higher domain registers the function that returns them."""

from collections.abc import Awaitable, Callable, Sequence

NearWords = Callable[[str], Awaitable[Sequence[str]]]

_near_words: NearWords | None = None


def register_near_words(near_words: NearWords | None) -> None:
    """Set the function for `near_words`; None means no near words. A second call replaces the first."""
    global _near_words  # noqa: PLW0603 - the one place that keeps it
    _near_words = near_words


async def near_words(text: str) -> Sequence[str]:
    """Return a few known words near the text, the nearest first, without the text itself."""
    return () if _near_words is None else await _near_words(text)
