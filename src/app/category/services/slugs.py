"""Addresses made from names: Korean is written in Latin letters, syllable by syllable (국어의 로마자 표기법, without
the sound changes between syllables: an address must be readable, not a transcription)."""

import re
import unicodedata
from collections.abc import Container
from typing import Final

LONGEST: Final = 80
ROOM: Final = 8  # for "-123" behind a slug that is taken
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
    """A slug for this name that is not in `taken`: ``stand-bag``, else ``stand-bag-2`` and so on.

    Letters a-z, digits and hyphens, with at least one letter, at most LONGEST long.
    """
    stem = _stem(name)
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _stem(name: str) -> str:
    # Syllables first: NFKD would take them apart.
    latin = "".join(_latin(letter) for letter in unicodedata.normalize("NFKC", name).casefold())
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", plain)[: LONGEST - ROOM].strip("-")
    if not stem:
        return "category"
    return f"c-{stem}"[: LONGEST - ROOM].strip("-") if stem.replace("-", "").isdigit() else stem


def _latin(letter: str) -> str:
    """A Hangul syllable in Latin letters; an apostrophe is dropped, so that men's becomes mens; other
    signs are hyphens."""
    if not FIRST <= ord(letter) <= LAST:
        if letter in "'’":
            return ""
        return letter if letter.isalnum() else "-"
    initial, rest = divmod(ord(letter) - FIRST, len(MEDIALS) * len(FINALS))
    medial, final = divmod(rest, len(FINALS))
    return INITIALS[initial] + MEDIALS[medial] + FINALS[final]
