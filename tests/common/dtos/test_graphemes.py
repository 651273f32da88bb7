"""Characters as a person sees them."""

import unicodedata

import pytest

from src.common.dtos.graphemes import count, is_visible

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("가나다", 3),
        (unicodedata.normalize("NFD", "각값"), 2),
        ("e\u0301a\u0300", 2),
        ("⛳️🏌️‍♀️", 2),
        (FAMILY * 3, 3),
        ("👍🏽👍", 2),
        ("🇰🇷🇯🇵", 2),
        ("🇰🇷🇯", 2),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f!", 2),
        ("👩🏻\u200d❤️\u200d💋\u200d👨🏼", 1),
        ("a\u200db", 2),
        ("a" + "\u0301" * 47, 4),
        ("한 줄\n두 줄", 7),
        ("😀" * 500, 500),
    ],
)
def test_what_a_reader_sees_is_counted(text: str, expected: int) -> None:
    assert count(text) == expected


@pytest.mark.parametrize("text", ["", " \n\t", "\u200d\u200b", "\u3164\u3164", "\ufe0f", "\u2800"])
def test_blank_texts_show_nothing(text: str) -> None:
    assert not is_visible(text)


@pytest.mark.parametrize("text", ["가", " a ", "🙂", "\u3164."])
def test_others_do(text: str) -> None:
    assert is_visible(text)
