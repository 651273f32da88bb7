"""What somebody meant who typed with the keyboard in the other language: ``rhfvm`` is 골프, ``ㅡㅑㅊ해ㅣㄹ`` is
micgolf.

The standard Korean layout (두벌식, KS X 5002).
"""

from typing import Final

from src.app.product.services.search.text import CONSONANTS, FINALS, FIRST_SYLLABLE, LAST_SYLLABLE, VOWELS

_LETTERS: Final = "qwertyuiopasdfghjklzxcvbnm"
_JAMO: Final = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ"
_TO_JAMO: Final = dict(zip(_LETTERS, _JAMO, strict=True))
_TO_LETTER: Final = dict(zip(_JAMO, _LETTERS, strict=True))
# Typed with the shift key, which a folded question no longer shows: found by the plain key.
_SHIFTED: Final = {"ㅃ": "q", "ㅉ": "w", "ㄸ": "e", "ㄲ": "r", "ㅆ": "t", "ㅒ": "o", "ㅖ": "p"}
_JOINED: Final = {
    "ㅗㅏ": "ㅘ",
    "ㅗㅐ": "ㅙ",
    "ㅗㅣ": "ㅚ",
    "ㅜㅓ": "ㅝ",
    "ㅜㅔ": "ㅞ",
    "ㅜㅣ": "ㅟ",
    "ㅡㅣ": "ㅢ",
    "ㄱㅅ": "ㄳ",
    "ㄴㅈ": "ㄵ",
    "ㄴㅎ": "ㄶ",
    "ㄹㄱ": "ㄺ",
    "ㄹㅁ": "ㄻ",
    "ㄹㅂ": "ㄼ",
    "ㄹㅅ": "ㄽ",
    "ㄹㅌ": "ㄾ",
    "ㄹㅍ": "ㄿ",
    "ㄹㅎ": "ㅀ",
    "ㅂㅅ": "ㅄ",
}
PARTS: Final = {joined: parts for parts, joined in _JOINED.items()}
"""Two consonants or vowels of one letter of a syllable."""


def retyped(question: str) -> str | None:
    """The folded question in the other language's keys; None where that makes no sense."""
    if question.isascii():
        meant = " ".join(map(_hangul, question.split()))
        return meant if any(FIRST_SYLLABLE <= ord(letter) <= LAST_SYLLABLE for letter in meant) else None
    meant = "".join(map(_keys, question))
    return meant if meant.isascii() and meant != question else None


def composed(question: str) -> str | None:
    """The question with its single consonants and vowels as the syllables that they make; None where they make none."""
    if not any(letter in VOWELS for letter in question):
        return None
    made = " ".join(_syllables(list(word)) for word in question.split())
    return made if made != question else None


def _hangul(word: str) -> str:
    return _syllables([_TO_JAMO.get(letter, letter) for letter in word])


def _syllables(jamo: list[str]) -> str:
    """The syllables that these keys make. A consonant goes to the syllable that follows, where a vowel follows it."""
    made = []
    at = 0
    while at < len(jamo):
        syllable, at = _syllable(jamo, at)
        made.append(syllable)
    return "".join(made)


def _syllable(jamo: list[str], at: int) -> tuple[str, int]:
    if jamo[at] not in CONSONANTS or at + 1 >= len(jamo) or jamo[at + 1] not in VOWELS:
        return jamo[at], at + 1
    first, vowel = jamo[at], jamo[at + 1]
    at += 2
    if at < len(jamo) and vowel + jamo[at] in _JOINED:
        vowel = _JOINED[vowel + jamo[at]]
        at += 1
    last = ""
    for length in (2, 1):
        tail = "".join(jamo[at : at + length])
        final = _JOINED.get(tail, tail) if len(tail) == length else ""
        follows_vowel = at + length < len(jamo) and jamo[at + length] in VOWELS
        if final and final in FINALS and not follows_vowel:
            last, at = final, at + length
            break
    number = (CONSONANTS.index(first) * len(VOWELS) + VOWELS.index(vowel)) * len(FINALS) + FINALS.index(last)
    return chr(FIRST_SYLLABLE + number), at


def _keys(letter: str) -> str:
    if FIRST_SYLLABLE <= ord(letter) <= LAST_SYLLABLE:
        number, last = divmod(ord(letter) - FIRST_SYLLABLE, len(FINALS))
        first, vowel = divmod(number, len(VOWELS))
        return "".join(map(_keys_of_jamo, (CONSONANTS[first], VOWELS[vowel], FINALS[last])))
    return _keys_of_jamo(letter)


def _keys_of_jamo(jamo: str) -> str:
    return "".join(_SHIFTED.get(part) or _TO_LETTER.get(part, part) for part in PARTS.get(jamo, jamo))
