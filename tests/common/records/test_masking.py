"""Personal data as it is shown to whom it is not for."""

import pytest

from src.common.records import masking


@pytest.mark.parametrize(
    ("value", "shown"),
    [("김민지", "김*지"), ("남궁민수", "남**수"), ("김수", "김*"), ("김", "*"), ("", ""), ("Ann Lee", "A*****e")],
)
def test_names(value: str, shown: str) -> None:
    assert masking.name(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("minji@example.com", "mi***@example.com"),
        ("abc@example.com", "ab***@example.com"),
        ("ab@example.com", "a***@example.com"),
        ("a@example.com", "a***@example.com"),
        (None, None),
    ],
)
def test_addresses(value: str | None, shown: str | None) -> None:
    assert masking.email(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("01012345678", "010-****-5678"),
        ("0212345678", "02-****-5678"),
        ("021234567", "02-***-4567"),
        ("0311234567", "031-***-4567"),
        ("", ""),
        ("12345", "*****"),
    ],
)
def test_telephone_numbers(value: str, shown: str) -> None:
    assert masking.phone(value) == shown


def test_login_ids_hide_their_length() -> None:
    assert masking.login_id("minji.kim") == masking.login_id("mini") == "mi***"
    assert masking.login_id(None) is None
