"""Fold text for search and compute its grams. Pure functions, the same for products and for questions.

A gram is a pair of neighbouring letters of a folded text as one 32-bit number. Three neighbouring first consonants are
a gram too, because pairs of them are too common to be selective.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

CONSONANTS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
FIRST_SYLLABLE, LAST_SYLLABLE, SYLLABLES_EACH = 0xAC00, 0xD7A3, 588
VOWELS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS: Final = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
FIRST_JAMO, LAST_JAMO = "\u3131", "\u318e"
# Conjoining jamo that are left outside a syllable, to the jamo that a keyboard types.
PARTS: Final = {
    **{chr(0x1100 + number): letter for number, letter in enumerate(CONSONANTS)},
    **{chr(0x1161 + number): letter for number, letter in enumerate(VOWELS)},
    **{chr(0x11A7 + number): letter for number, letter in enumerate(FINALS) if letter},
}
HALF_WIDTH: Final = "\uffa0", "\uffdc"
SIGNS_OF_NAMES: Final = frozenset("-_.%!&#@*\\")  # they occur in names and codes: AB-12, 10.5, 100%
SEPARATING: Final = frozenset("`´|\u318d\u119e\uffe8\u3164\u115f\u1160\uffa0")
"""Separators in addition to punctuation. U+318D is typed as a middle dot; the last four are invisible letters."""
PRIVATE: Final = 0xE000  # private-use letters, which no text contains, encode grams of three consonants
LARGEST_LETTER: Final = 0xFFFF
STRANGE: Final = "\ufffd"
ID_BITS: Final = 31
LARGEST_PRODUCT_ID: Final = 2**ID_BITS - 1
END: Final = "\n"  # ends each field, so that no gram spans two fields and every letter begins a gram


def folded(text: str) -> str:
    """Return the same form for all spellings that shall match: composed, without case, width, blanks and separators."""
    return "".join(_parted(text))


def words_of(question: str) -> list[str]:
    """The folded words of a question, each once. Blanks and punctuation except SIGNS_OF_NAMES separate them."""
    return list(dict.fromkeys("".join(word) for word in "".join(_spaced(question)).split()))


def without_signs(question: str) -> str:
    """The folded question with every sign as a blank."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in _spaced(question)).split())


def _parted(text: str) -> Iterator[str]:
    return (letter for letter in _spaced(text) if letter != " ")


def _spaced(text: str) -> Iterator[str]:
    """Yield the folded letters, with a blank for each separator."""
    apart = "".join(map(_plain, unicodedata.normalize("NFC", text)))
    for letter in unicodedata.normalize("NFC", apart.casefold()):
        if ord(letter) > LARGEST_LETTER:
            yield STRANGE
        else:
            yield PARTS.get(letter, letter)


@lru_cache(maxsize=8_192)
def _plain(letter: str) -> str:
    """Return a letter without its width or circle, a blank for a separator, nothing for an invisible letter. Jamo of a
    keyboard stay as they are: NFKC would turn them into conjoining jamo, which combine with their neighbours."""
    if letter.isspace() or letter in SEPARATING:
        return " "
    if FIRST_JAMO <= letter <= LAST_JAMO:
        return letter
    wide = unicodedata.normalize("NFKC", letter)
    if HALF_WIDTH[0] <= letter <= HALF_WIDTH[1]:
        return "".join(PARTS.get(part, "") for part in wide)
    kind = unicodedata.category(letter)
    if kind == "Cf":
        return ""
    if kind.startswith("P") and wide not in SIGNS_OF_NAMES:
        return " "
    return "".join(" " if part.isspace() or part in SEPARATING else part for part in wide)


def initials_of(word: str) -> str:
    """Replace each syllable of a folded text by its first consonant; other letters stay."""
    return "".join(
        CONSONANTS[(ord(letter) - FIRST_SYLLABLE) // SYLLABLES_EACH]
        if FIRST_SYLLABLE <= ord(letter) <= LAST_SYLLABLE
        else letter
        for letter in word
    )


def is_initials(word: str) -> bool:
    """Return whether the word consists of consonants alone, such as ``ㄱㅍㅂ``."""
    return bool(word) and all(letter in CONSONANTS for letter in word)


def document(fields: Iterable[str]) -> str:
    """Join the folded fields, each once and followed by END."""
    return "".join(f"{word}{END}" for word in dict.fromkeys(map(folded, fields)) if word)


def grams_of(words: str, initials: str) -> frozenset[int]:
    """Every gram of a product's two texts."""
    return frozenset((*_pairs(words), *_pairs(_consonants_only(initials)), *_triples(initials)))


def grams_of_word(word: str) -> list[int]:
    """The grams of a searched word: a text that contains the word has all of them. Empty for a single letter."""
    if is_initials(word) and len(word) > 2:
        return list(dict.fromkeys(_triples(word)))
    return list(dict.fromkeys(_gram(first, second) for first, second in pairwise(word)))


def range_of(gram: int) -> tuple[int, int]:
    """The smallest and the largest `ProductGram.id` of a gram."""
    return gram << ID_BITS, (gram << ID_BITS) | LARGEST_PRODUCT_ID


def range_of_pair(first: str, second: str) -> tuple[int, int]:
    """The smallest and the largest `ProductGram.id` of two neighbouring letters."""
    return range_of(_gram(first, second))


def range_of_letter(letter: str) -> tuple[int, int]:
    """The smallest and the largest `ProductGram.id` of all grams that begin with a letter."""
    return range_of(_gram(letter, "\0"))[0], range_of(_gram(letter, chr(LARGEST_LETTER)))[1]


def posting(gram: int, product_id: int) -> int:
    """The `ProductGram.id` of a gram of a product. Raises ValueError for a product id of more than 31 bits."""
    if product_id > LARGEST_PRODUCT_ID:
        raise ValueError("the search index takes product ids of 31 bits")
    return (gram << ID_BITS) | product_id


def _gram(first: str, second: str) -> int:
    return (min(ord(first), LARGEST_LETTER) << 16) | min(ord(second), LARGEST_LETTER)


def _pairs(text: str) -> Iterator[int]:
    return (_gram(first, second) for first, second in pairwise(text) if first != END)


def _consonants_only(initials: str) -> str:
    return "".join(letter if letter in CONSONANTS else END for letter in initials)


def _triples(initials: str) -> Iterator[int]:
    numbers = [CONSONANTS.find(letter) for letter in initials]
    for first, second, third in zip(numbers, numbers[1:], numbers[2:], strict=False):
        if min(first, second, third) >= 0:
            yield ((PRIVATE + first) << 16) | (PRIVATE + second * len(CONSONANTS) + third)
