"""Folding, grams and the other keyboard."""

import unicodedata

import pytest

from src.app.product.services.search import text as search_text
from src.app.product.services.search.keyboard import retyped


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("골프 백", "골프백"),
        (unicodedata.normalize("NFD", "골프백"), "골프백"),
        ("ＭＩＣ golf\u3000①", "micgolf1"),
        ("ㄱㅍㅂ", "ㄱㅍㅂ"),
        ("ㄱㅏ", "ㄱㅏ"),
        ("골프🏌", "골프\ufffd"),
        ("STRASSE ß", "strassess"),
        ("  ", ""),
    ],
)
def test_every_spelling_folds_to_one(text: str, wanted: str) -> None:
    assert search_text.folded(text) == wanted
    assert search_text.folded(wanted) == wanted


def test_a_document_holds_the_grams_of_every_part_of_its_words() -> None:
    words = search_text.document(["투어 스탠드백", "AB-12", "투어스탠드백"])
    assert words == "투어스탠드백\nab-12\n"
    initials = search_text.initials_of("투어스탠드백\n")
    assert initials == "ㅌㅇㅅㅌㄷㅂ\n"
    grams = search_text.grams_of(words, initials)
    for part in ("투어", "스탠드백", "드백", "b-1", "ㅌㅇ", "ㅅㅌㄷㅂ"):
        assert set(search_text.grams_of_word(part)) <= grams, part
    for other in ("백a", "투스", "ㅂㅌ", "ㅌㅅㅌ"):
        assert not set(search_text.grams_of_word(other)) <= grams, other


def test_every_posting_fits_the_column_and_no_two_are_alike() -> None:
    last = search_text.LARGEST_PRODUCT_ID
    assert search_text.posting(2**32 - 1, last) == 2**63 - 1
    low, high = search_text.range_of(5)
    assert (low, high) == (search_text.posting(5, 0), search_text.posting(5, last))
    assert high + 1 == search_text.range_of(6)[0]
    with pytest.raises(ValueError, match="31 bits"):
        search_text.posting(1, last + 1)


def test_every_letter_begins_a_gram() -> None:
    words = search_text.document(["백", "볼"])
    for letter in "백볼":
        low, high = search_text.range_of_letter(letter)
        assert [gram for gram in search_text.grams_of(words, "") if low <= search_text.posting(gram, 7) <= high]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rhfvm", "골프"),
        ("rhfvmqor", "골프백"),
        ("xndj tmxosem", "투어 스탠드"),
        ("ekfr", "닭"),
        ("dhkd", "왕"),
        ("rkqtdl", "값이"),
        ("ㅡㅑㅊ해ㅣㄹ", "micgolf"),
        ("12345", None),
        ("qqq", None),
        ("-", None),
        ("é", None),
    ],
)
def test_the_other_keyboard(typed: str, meant: str | None) -> None:
    assert retyped(typed) == meant
