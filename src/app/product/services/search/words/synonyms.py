"""Synonyms of search terms. A higher domain keeps the list and registers it here."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from src.app.product.services.search.filters import Word
from src.app.product.services.search.text import folded, words_of

LONGEST_TERM: Final = 3  # most words of a question that are read as one term
MOST_ALTERNATIVES: Final = 24  # for one word: each is a condition in SQL
SHORTEST_PART: Final = 2  # fewest letters of either part when a term is found at an end of a longer word

Terms = Mapping[str, tuple[tuple[str, ...], ...]]
"""Maps a folded term without blanks to its synonyms, each as folded words."""


@dataclass(frozen=True, slots=True)
class Synonyms:
    """The synonyms of terms. They are pairs and not transitive: 가 for 나 and 나 for 다 do not make 가 a synonym of
    다."""

    terms: Terms

    def meant(self, words: Sequence[str]) -> list[Word]:
        """Return the alternatives of these folded words, the words themselves first. Up to LONGEST_TERM neighbouring
        words are read as one term."""
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
        """The terms for which `goes_on` is true."""
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
        """Split a compound word at a term: 골프글러브 is 골프 and each synonym of 글러브. The longest term at the end
        is used, else the longest at the beginning."""
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
    """Build the synonyms from pairs of (searched term, term that it also finds)."""
    terms: dict[str, dict[tuple[str, ...], None]] = {}
    for asked, other in pairs:
        words = tuple(words_of(other))
        if words and folded(asked) != folded(other):
            terms.setdefault(folded(asked), {})[words] = None
    return Synonyms({term: tuple(others) for term, others in terms.items()})


def register_synonyms(provider: Provider | None) -> None:
    """Set the provider of the list; None means no synonyms. A second call replaces the first."""
    global _provider  # noqa: PLW0603 - the one place that keeps it
    _provider = provider


async def current() -> Synonyms:
    """Return the current list. No query if the provider has it cached."""
    return NONE if _provider is None else await _provider()
