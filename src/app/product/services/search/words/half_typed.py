"""Complete a half-typed word: while 캐디 is typed, an input method shows 캗; before 스탠드백 it shows 스탠드배.

The last letter of a word may be a syllable that still grows, a syllable whose last consonant will begin the next one,
or a consonant that waits for its vowel. Each case is a stem and a range of letters, one of which follows the stem. Such
a range is also a range of pairs in the index, so a few look-ups find the letters that occur.
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

MOST: Final = 32  # letters that are tried after a stem
LETTER: Final = 2**16
# Each step seeks the next pair after the last one, so that a pair with very many products is also one look-up.
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
    """A text, and the range of letters (first to last) of which one follows it."""

    text: str
    first: str
    last: str


def stems_of(word: str) -> list[Stem]:
    """The ways in which a folded word may go on. Empty if it does not end in a Korean letter or has consonants
    alone."""
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
    """Return whether the folded word contains one of the stems followed by a letter of its range."""
    return any(re.search(f"{re.escape(stem.text)}[{stem.first}-{stem.last}]", word) for stem in stems)


async def completions(word: str) -> list[str]:
    """Return the forms of the word with one more letter or another last letter that occur in products' texts, at most
    MOST for each stem. One query per stem that occurs, and one for each stem whose id set is not cached."""
    found = []
    for stem in stems_of(word):
        if await _occurs(stem.text):
            found += [stem.text + letter for letter in await _following(stem)]
    return list(dict.fromkeys(found))


def _beginning_with(consonant: str) -> tuple[str, str]:
    first = FIRST_SYLLABLE + CONSONANTS.index(consonant) * SYLLABLES_EACH
    return chr(first), chr(first + SYLLABLES_EACH - 1)


async def _occurs(text: str) -> bool:
    """Return whether any product may contain the text, by the cached set that a search for it uses."""
    if len(text) < 2:
        return True
    one = led_to(text)
    return bitsets.count(await id_sets.selected(one.text, one.values)) > 0


async def _following(stem: Stem) -> list[str]:
    """Return the letters of the stem's range that follow its last letter in some product; for an empty stem, those that
    begin a pair."""
    if stem.text:
        each = 2**search_text.ID_BITS
        low, high = (search_text.range_of_pair(stem.text[-1], letter) for letter in (stem.first, stem.last))
    else:
        each = 2**search_text.ID_BITS * LETTER
        low, high = (search_text.range_of_letter(letter) for letter in (stem.first, stem.last))
    rows = await fetch(NEXT.replace("{last}", str(each - 1)), (low[0], high[1], high[1], MOST))
    return [chr(int(row["id"]) // each % LETTER) for row in rows]
