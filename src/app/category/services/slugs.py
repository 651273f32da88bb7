"""Make slugs from names. Korean is romanised syllable by syllable (국어의 로마자 표기법, without the sound changes
between syllables: a slug must be readable, not an exact transcription)."""

import re
import unicodedata
from collections.abc import Container
from typing import Final

LONGEST: Final = 80
ROOM: Final = 8  # letters reserved for a number such as "-123" after a slug in use
FIRST: Final = 0xAC00
LAST: Final = 0xD7A3
INITIALS: Final = "g kk n d tt r m b pp s ss _ j jj ch k t p h".replace("_", "").split(" ")
MEDIALS: Final = [
    "a",
    "ae",
    "ya",
    "yae",
    "eo",
    "e",
    "yeo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "eu",
    "ui",
    "i",
]
FINALS: Final = "_ k k k n n n t l k m l l l p l m p p t t ng t t k t p t".replace("_", "").split(" ")


def slug_of(name: str, *, taken: Container[str]) -> str:
    """Return a slug for this name that is not in `taken`: ``stand-bag``, else ``stand-bag-2`` and so on.

    It consists of the letters a-z, digits and hyphens, with at least one letter and at most LONGEST characters.
    """
    stem = _stem(name)
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _stem(name: str) -> str:
    # Romanise before NFKD, which would decompose the syllables.
    latin = "".join(_latin(letter) for letter in unicodedata.normalize("NFKC", name).casefold())
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", plain)[: LONGEST - ROOM].strip("-")
    if not stem:
        return "category"
    return f"c-{stem}"[: LONGEST - ROOM].strip("-") if stem.replace("-", "").isdigit() else stem


def _latin(letter: str) -> str:
    """Romanise a Hangul syllable. An apostrophe is dropped, so that men's becomes mens; other signs become hyphens."""
    if not FIRST <= ord(letter) <= LAST:
        if letter in "'’":
            return ""
        return letter if letter.isalnum() else "-"
    initial, rest = divmod(ord(letter) - FIRST, len(MEDIALS) * len(FINALS))
    medial, final = divmod(rest, len(FINALS))
    return INITIALS[initial] + MEDIALS[medial] + FINALS[final]
