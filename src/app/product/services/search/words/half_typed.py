"""What a word may become while it is typed: an input method shows 캗 on the way to 캐디, and 스탠드배 before 스탠드백.

The last letter of a word may be a syllable that grows, a syllable whose last consonant begins the next one, or a
consonant that waits for its vowel. Each way is a stem and a range of letters of which one follows it. The ranges are
ranges of pairs in the index too, so that a few look-ups tell which of them occur.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from src.app.product.services.search import bitsets, id_sets
from src.app.product.services.search import text as search_text
from src.app.product.services.search.filters import led_to
from src.app.product.services.search.keyboard import PARTS
from src.app.product.services.search.text import CONSONANTS, FINALS, FIRST_SYLLABLE, SYLLABLES_EACH, VOWELS
from src.core.database.statements import fetch

MOST: Final = 32  # letters that may follow a stem
LETTER: Final = 2**16
# The next pair is found from the last one, so that a pair of very many products is one look-up too.
NEXT: Final = """
WITH RECURSIVE step (id, n) AS (
    SELECT (SELECT g.id FROM product_gram g WHERE g.id BETWEEN %s AND %s ORDER BY g.id LIMIT 1), 1
    UNION ALL
    SELECT (
        SELECT g.id FROM product_gram g WHERE g.id BETWEEN (step.id | {last}) + 1 AND %s
        ORDER BY g.id LIMIT 1
    ), n + 1
    FROM step WHERE step.id IS NOT NULL AND n < %s
)
SELECT id FROM step WHERE id IS NOT NULL
"""
_GROWN_VOWELS: Final = {"ㅗ": "ㅚ", "ㅜ": "ㅟ", "ㅡ": "ㅢ"}
_GROWN_FINALS: Final = {"ㄱ": "ㄳ", "ㄴ": "ㄶ", "ㄹ": "ㅀ", "ㅂ": "ㅄ", "ㅅ": "ㅆ"}


@dataclass(frozen=True, slots=True)
class Stem:
    """A text, and the first and the last of the letters of which one follows it."""

    text: str
    first: str
    last: str


def stems_of(word: str) -> list[Stem]:
    """The ways in which a folded word may go on; none for one that does not end in Korean, or in consonants alone."""
    if not word or search_text.is_initials(word):
        return []
    text, letter = word[:-1], word[-1]
    if letter in CONSONANTS:
        return [Stem(text, *_beginning_with(letter))]
    number = ord(letter) - FIRST_SYLLABLE
    if not 0 <= number < SYLLABLES_EACH * len(CONSONANTS):
        return []
    vowel, final = VOWELS[number // len(FINALS) % len(VOWELS)], FINALS[number % len(FINALS)]
    if not final:
        grown = VOWELS.index(_GROWN_VOWELS.get(vowel, vowel)) - VOWELS.index(vowel)
        return [Stem(text, letter, chr(ord(letter) + (grown + 1) * len(FINALS) - 1))]
    parts = PARTS.get(final, final)  # two consonants, or one
    left, moved = parts[:-1], parts[-1]
    cut = chr(ord(letter) - FINALS.index(final) + FINALS.index(left))
    stems = [Stem(text + cut, *_beginning_with(moved))]
    if final in _GROWN_FINALS:
        more = FINALS.index(_GROWN_FINALS[final]) - FINALS.index(final)
        stems.append(Stem(text, chr(ord(letter) + 1), chr(ord(letter) + more)))
    return stems


def may_become(word: str, stems: Iterable[Stem]) -> bool:
    """Whether one of the stems goes on in the folded word."""
    return any(re.search(f"{re.escape(stem.text)}[{stem.first}-{stem.last}]", word) for stem in stems)


async def completions(word: str) -> list[str]:
    """What the word may become with one letter more or another last one, as the texts of products have it: MOST for
    each way. One query for each, none where nothing holds the stem."""
    found = []
    for stem in stems_of(word):
        if await _occurs(stem.text):
            found += [stem.text + letter for letter in await _following(stem)]
    return list(dict.fromkeys(found))


def _beginning_with(consonant: str) -> tuple[str, str]:
    first = FIRST_SYLLABLE + CONSONANTS.index(consonant) * SYLLABLES_EACH
    return chr(first), chr(first + SYLLABLES_EACH - 1)


async def _occurs(text: str) -> bool:
    """Whether any product may hold the text: by the sets that a search for it remembers."""
    if len(text) < 2:
        return True
    one = led_to(text)
    return bitsets.count(await id_sets.selected(one.text, one.values)) > 0


async def _following(stem: Stem) -> list[str]:
    """The letters of the stem's range that follow its last letter somewhere, or begin a pair where it has none."""
    if stem.text:
        each = 2**search_text.ID_BITS
        low, high = (search_text.range_of_pair(stem.text[-1], letter) for letter in (stem.first, stem.last))
    else:
        each = 2**search_text.ID_BITS * LETTER
        low, high = (search_text.range_of_letter(letter) for letter in (stem.first, stem.last))
    rows = await fetch(NEXT.replace("{last}", str(each - 1)), (low[0], high[1], high[1], MOST))
    return [chr(int(row["id"]) // each % LETTER) for row in rows]
