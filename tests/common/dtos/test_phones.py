"""Telephone numbers as people write them."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from src.common.dtos.fields import MobilePhone, OwnPhone, Phone
from src.common.dtos.phones import hyphened, normal_phone, same_phone, shown_phone

WRITTEN = [
    ("010-1234-5678", "01012345678"),
    (" 010 1234 5678 ", "01012345678"),
    ("010.1234.5678", "01012345678"),
    ("(010) 1234-5678", "01012345678"),
    ("+82 10-1234-5678", "01012345678"),
    ("+821012345678", "01012345678"),
    ("+82 (0)10-1234-5678", "01012345678"),
    ("0082 10 1234 5678", "01012345678"),
    ("82-10-1234-5678", "01012345678"),
    ("＋８２ １０－１２３４－５６７８", "01012345678"),
    ("０１０１２３４５６７８", "01012345678"),
    ("010\u00a01234\u00a05678", "01012345678"),
    ("010\u20111234\u20135678", "01012345678"),
    ("\u202a010-1234-5678\u202c", "01012345678"),
    ("010–1234—5678", "01012345678"),
    ("010·1234·5678", "01012345678"),
    ("02-123-4567", "021234567"),
    ("+82 2 1234 5678", "0212345678"),
    ("031)123-4567", "0311234567"),
    ("0507-1234-5678", "050712345678"),
    ("+82 507-1234-5678", "050712345678"),
    ("070-1234-5678", "07012345678"),
]


@pytest.mark.parametrize(("written", "kept"), WRITTEN)
def test_a_number_is_kept_as_digits_from_the_first_zero(written: str, kept: str) -> None:
    assert TypeAdapter(Phone).validate_python(written) == kept
    assert normal_phone(kept) == kept


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", "12345", "010-1234", "010-1234-56789", "020-1234-56789", "+1 212 555 0100", "0101234567a"),
        *("010-1234-5678 내선 3", "0" * 30, "-" * 100 + "01012345678", None, 1012345678, True, ["01012345678"]),
    ],
)
def test_what_is_no_number_is_refused(written: Any) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Phone).validate_python(written)


def test_safe_numbers_are_nobodys_own_and_codes_need_a_mobile() -> None:
    for kind, number in ((OwnPhone, "0507-1234-5678"), (MobilePhone, "0507-1234-5678"), (MobilePhone, "02-123-4567")):
        with pytest.raises(ValidationError):
            TypeAdapter(kind).validate_python(number)
    assert TypeAdapter(OwnPhone).validate_python("051-123-4567") == "0511234567"
    assert TypeAdapter(MobilePhone).validate_python("+82 11 123 4567") == "0111234567"


def test_numbers_are_compared_however_they_are_written() -> None:
    assert same_phone("010-1234-5678", "+82 10 1234 5678")
    assert not same_phone("01012345678", "01012345679")
    assert not same_phone("", "")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        *(("", ""), ("1588-1234", "1588-1234"), ("02-1234-5678", "02-1234-5678"), ("1588.1234", "1588-1234")),
        *(("+82 2-1234-5678", "02-1234-5678"), ("０２ １２３４ ５６７８", "02-1234-5678")),
    ],
)
def test_the_shops_own_number_is_shown_with_hyphens(written: str, shown: str) -> None:
    assert shown_phone(written) == shown


@pytest.mark.parametrize(
    ("kept", "shown"),
    [("01012345678", "010-1234-5678"), ("021234567", "02-123-4567"), ("050712345678", "0507-1234-5678"), ("1", "1")],
)
def test_hyphens_stand_where_people_write_them(kept: str, shown: str) -> None:
    assert hyphened(kept) == shown
