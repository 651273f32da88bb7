"""Translate text that was typed with the keyboard in the wrong language: ``rhfvm`` means 골프, ``ㅡㅑㅊ해ㅣㄹ`` means
micgolf.

The keys are those of the standard Korean layout (두벌식, KS X 5002).
"""

from typing import Final

from src.app.product.services.search.text import CONSONANTS, FINALS, FIRST_SYLLABLE, LAST_SYLLABLE, VOWELS

_LETTERS: Final = "qwertyuiopasdfghjklzxcvbnm"
_JAMO: Final = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ"
_TO_JAMO: Final = dict(zip(_LETTERS, _JAMO, strict=True))
_TO_LETTER: Final = dict(zip(_JAMO, _LETTERS, strict=True))
# Typed with the shift key. A folded question is in lower case, so these map to the key without shift.
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
"""The two jamo of which a compound jamo consists, as ㄱ and ㅅ of ㄳ."""


def retyped(question: str) -> str | None:
    """Translate the folded question into the other language by its keys. None if no Korean syllable, or no plain ASCII
    text, results."""
    if question.isascii():
        meant = " ".join(map(_hangul, question.split()))
        return meant if any(FIRST_SYLLABLE <= ord(letter) <= LAST_SYLLABLE for letter in meant) else None
    meant = "".join(map(_keys, question))
    return meant if meant.isascii() and meant != question else None


def composed(question: str) -> str | None:
    """Compose the single consonants and vowels of the question into syllables; None if that changes nothing."""
    if not any(letter in VOWELS for letter in question):
        return None
    made = " ".join(_syllables(list(word)) for word in question.split())
    return made if made != question else None


def _hangul(word: str) -> str:
    return _syllables([_TO_JAMO.get(letter, letter) for letter in word])


def _syllables(jamo: list[str]) -> str:
    """Compose jamo into syllables. A consonant before a vowel begins the next syllable."""
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
