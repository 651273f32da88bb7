"""Public identifiers."""

import re
from collections import Counter
from datetime import UTC, datetime

import pytest

from src.common.ids import (
    CROCKFORD,
    ORDER_NO_PATTERN,
    PAYMENT_ID_PATTERN,
    as_typed,
    check_character,
    new_order_no,
    new_token,
    new_ulid,
)

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_alphabet_is_crockfords() -> None:
    assert CROCKFORD == ALPHABET
    assert len(set(CROCKFORD)) == 32
    assert not set(CROCKFORD) & set("ILOU")


@pytest.mark.parametrize(
    ("seven", "check"),
    [
        ("0000000", "0"),
        ("0000001", "1"),
        ("ZZZZZZZ", "S"),  # 7 x 31 = 217 = 6 x 32 + 25
        ("1234567", "W"),  # 28
        ("7Q6X9ZP", "Z"),  # 7 + 23 + 6 + 29 + 9 + 31 + 22 = 127 = 3 x 32 + 31
    ],
)
def test_check_character_is_the_sum_mod_32(seven: str, check: str) -> None:
    assert check_character(seven) == check


def test_order_number_has_the_korean_date_and_a_right_check_character() -> None:
    for _ in range(200):
        number = new_order_no(datetime(2026, 11, 20, 15, 0, tzinfo=UTC))
        assert re.fullmatch(ORDER_NO_PATTERN, number)
        day, _, rest = number.partition("-")
        assert day == "20261121"
        assert ALPHABET.index(rest[7]) == sum(map(ALPHABET.index, rest[:7])) % 32


def test_order_number_one_second_before_korean_midnight_is_still_of_the_day() -> None:
    assert new_order_no(datetime(2026, 11, 20, 14, 59, 59, tzinfo=UTC)).startswith("20261120-")


def test_order_numbers_use_the_whole_alphabet_and_do_not_repeat() -> None:
    numbers = [new_order_no(datetime(2026, 11, 20, tzinfo=UTC)) for _ in range(3000)]
    assert len(set(numbers)) == 3000
    seen = Counter(character for number in numbers for character in number[9:16])
    assert set(seen) == set(ALPHABET)
    assert max(seen.values()) < 2 * min(seen.values())


@pytest.mark.parametrize(
    "text", ["20261120-7Q6X9ZP", "20261120-7Q6X9ZPMM", "2026112-7Q6X9ZPM", "20261120_7Q6X9ZPM", "20261120-7Q6X9ZPU", ""]
)
def test_pattern_takes_no_other_text(text: str) -> None:
    assert re.fullmatch(ORDER_NO_PATTERN, text) is None


@pytest.mark.parametrize(
    ("typed", "number"),
    [(" 20261120-7q6x9zpm\n", "20261120-7Q6X9ZPM"), ("2o26ii2o-oilOIL00", "20261120-01101100")],
)
def test_number_as_a_person_types_it_is_read(typed: str, number: str) -> None:
    assert as_typed(typed) == number


@pytest.mark.parametrize("value", [None, 7, ["20261120-7Q6X9ZPM"], {"a": 1}])
def test_what_is_no_text_is_left_to_the_validation(value: object) -> None:
    assert as_typed(value) is value


def test_ulid_fits_every_provider_and_sorts_by_time() -> None:
    ulids = [new_ulid() for _ in range(500)]
    assert all(re.fullmatch(PAYMENT_ID_PATTERN, ulid) and len(ulid) == 26 for ulid in ulids)
    assert len(set(ulids)) == 500
    assert [ulid[:10] for ulid in ulids] == sorted(ulid[:10] for ulid in ulids)


def test_token_holds_128_bits() -> None:
    tokens = {new_token() for _ in range(500)}
    assert len(tokens) == 500
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", token) for token in tokens)
