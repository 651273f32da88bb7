"""Other words for the same: kept by a domain above this one, which registers its list."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from src.app.product.services.search.filters import Word
from src.app.product.services.search.text import folded, words_of

LONGEST_TERM: Final = 3  # words of a question that one term may be
MOST_ALTERNATIVES: Final = 24  # of one word: each is a condition of the database
SHORTEST_PART: Final = 2  # letters of a term that is found at an end of a longer word

Terms = Mapping[str, tuple[tuple[str, ...], ...]]
"""By a folded term, its blanks aside, what else it stands for, each as folded words."""


@dataclass(frozen=True, slots=True)
class Synonyms:
    """What terms stand for. Made of pairs, so that no chain of them grows: 가 for 나 and 나 for 다 say nothing of 가
    for 다."""

    terms: Terms

    def meant(self, words: Sequence[str]) -> list[Word]:
        """What these folded words stand for, with themselves first: up to LONGEST_TERM of them together are one
        term."""
        found: list[Word] = []
        at = 0
        while at < len(words):
            length = next(
                (size for size in range(LONGEST_TERM, 0, -1) if self._is_term(words[at : at + size], size)), 1
            )
            own = tuple(words[at : at + length])
            found.append(self._alternatives(own))
            at += length
        return found

    def beginning(self, goes_on: Callable[[str], bool]) -> Iterable[str]:
        """The terms of which `goes_on` holds."""
        return (term for term in self.terms if goes_on(term))

    def _is_term(self, words: Sequence[str], size: int) -> bool:
        return len(words) == size and "".join(words) in self.terms

    def _alternatives(self, own: tuple[str, ...]) -> Word:
        whole = "".join(own)
        found = [own, *self.terms.get(whole, ())]
        if whole not in self.terms:
            found += self._of_ends(whole)
        return tuple(dict.fromkeys(found))[:MOST_ALTERNATIVES]

    def _of_ends(self, word: str) -> Iterable[tuple[str, ...]]:
        """골프글러브 is 골프 and what else 글러브 stands for: of the longest term at either end."""
        for cut in range(1, len(word) - SHORTEST_PART + 1):
            if other := self.terms.get(word[cut:]):
                return [(word[:cut], *words) for words in other]
        for cut in range(len(word) - 1, SHORTEST_PART - 1, -1):
            if other := self.terms.get(word[:cut]):
                return [(*words, word[cut:]) for words in other]
        return ()


NONE: Final = Synonyms({})
Provider = Callable[[], Awaitable[Synonyms]]
_provider: Provider | None = None


def made_of(pairs: Iterable[tuple[str, str]]) -> Synonyms:
    """Of (asked for, found too)."""
    terms: dict[str, dict[tuple[str, ...], None]] = {}
    for asked, other in pairs:
        words = tuple(words_of(other))
        if words and folded(asked) != folded(other):
            terms.setdefault(folded(asked), {})[words] = None
    return Synonyms({term: tuple(others) for term, others in terms.items()})


def register_synonyms(provider: Provider | None) -> None:
    """None: no word stands for another. Registering again replaces."""
    global _provider  # noqa: PLW0603 - the one place that keeps it
    _provider = provider


async def current() -> Synonyms:
    """The list as it is now. No query where it is remembered."""
    return NONE if _provider is None else await _provider()
