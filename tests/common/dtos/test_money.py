"""Whole won."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from src.common.dtos.money import MAX_WON, Won, discounted, spread

won = TypeAdapter[int](Won)


@pytest.mark.parametrize("amount", [0, 1, 1_000_000_000])
def test_whole_won_up_to_a_thousand_million_is_won(amount: int) -> None:
    assert won.validate_json(str(amount)) == amount


@pytest.mark.parametrize("text", ["-1", "1000000001", "1.0", "1.5", '"1"', "true", "null", "1e3", "1" * 40, "[]"])
def test_anything_else_is_not(text: str) -> None:
    with pytest.raises(ValidationError):
        won.validate_json(text)


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (101, [1, 1, 1], [34, 34, 33]),
        (10, [3, 3, 4], [3, 3, 4]),
        (1, [1, 2], [0, 1]),
        (5, [0, 0], [3, 2]),
        (7, [0, 5], [0, 7]),
        (0, [4, 5], [0, 0]),
        (2500, [45_000, 55_000], [1125, 1375]),
        (1, [5], [1]),
        (3, [1, 1, 1, 1, 1], [1, 1, 1, 0, 0]),
    ],
)
def test_spread_gives_the_largest_remainders_one_more(amount: int, weights: list[int], parts: list[int]) -> None:
    assert spread(amount, weights) == parts


@given(st.integers(0, MAX_WON), st.lists(st.integers(0, MAX_WON), min_size=1, max_size=50))
def test_parts_add_up_and_are_at_most_one_won_off(amount: int, weights: list[int]) -> None:
    parts = spread(amount, weights)
    assert sum(parts) == amount
    total = sum(weights)
    if total:
        assert all(abs(part * total - amount * weight) < total for part, weight in zip(parts, weights, strict=True))
        assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)


@pytest.mark.parametrize(("amount", "weights"), [(-1, [1]), (1, []), (1, [-1, 2])])
def test_spread_of_nonsense_is_refused(amount: int, weights: list[int]) -> None:
    with pytest.raises(ValueError, match="spread needs"):
        spread(amount, weights)


@pytest.mark.parametrize(
    ("origin", "option", "value", "price"),
    [
        (10_000, "percent", 10, 9_000),
        (9_990, "percent", 15, 8_490),  # 8,491.5 cut down to whole 10 won
        (10_000, "percent", 100, 0),
        (10_000, "percent", 0, 10_000),
        (10_000, "amount", 1_234, 8_766),
        (10_000, "amount", 10_001, 0),
        (10_000, None, 50, 10_000),
        (10_000, "", 50, 10_000),
    ],
)
def test_products_own_discount(origin: int, option: str | None, value: int, price: int) -> None:
    assert discounted(origin, option=option, value=value) == price
