"""Couriers are found by every name, and tracking numbers read as people type them."""

import unicodedata

import pytest

from src.app.shipping.errors import CourierUnknown, TrackingNoInvalid, TrackingNoMissing
from src.app.shipping.services.couriers.book import Courier, CourierBook, Parcel, clashes
from src.app.shipping.services.couriers.defaults import DEFAULTS

BOOK = CourierBook(DEFAULTS)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CJ대한통운", "CJ"),
        ("대한통운", "CJ"),
        ("cj", "CJ"),
        (" CJ 대한통운 ", "CJ"),
        ("CJ대한통운택배", "CJ"),
        ("㈜CJ대한통운", "CJ"),
        ("CJ대한통운(주)", "CJ"),
        ("ＣＪ대한통운", "CJ"),
        ("씨제이대한통운", "CJ"),
        ("CJGLS", "CJ"),
        ("CJ Logistics", "CJ"),
        ("HYUNDAI", "LOTTE"),
        ("현대택배", "LOTTE"),
        ("롯데", "LOTTE"),
        ("KGB", "LOGEN"),
        ("로젠", "LOGEN"),
        ("우체국", "EPOST"),
        ("우체국 택배", "EPOST"),
        ("CUPARCEL", "CU"),
        ("CU편의점택배", "CU"),
        ("CH1", "ETC"),
        ("기타", "ETC"),
    ],
)
def test_courier_is_found_by_its_words_of_every_world(text: str, code: str) -> None:
    found = BOOK.find(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["", "  ", "택배", "한국택배", "04", "kr.cjlogistics", "CJ대한통운 한진택배", "-"])
def test_word_of_no_courier_finds_none(text: str) -> None:
    assert BOOK.find(text) is None
    with pytest.raises(CourierUnknown):
        BOOK.parcel(text, "612345678901")


def test_decomposed_name_of_a_mac_is_the_same_name() -> None:
    assert BOOK.offered(unicodedata.normalize("NFD", "CJ대한통운")).code == "CJ"


def test_no_word_of_the_defaults_means_two_couriers() -> None:
    assert clashes(DEFAULTS) == {}
    assert len({courier.code for courier in DEFAULTS}) == len(DEFAULTS)


def test_word_of_two_couriers_is_told_with_both_codes() -> None:
    two = (
        Courier(code="A1", name="가나택배", name_en="A"),
        Courier(code="B1", name="다라", name_en="B", aliases=("가나",)),
    )
    assert clashes(two) == {"가나택배": ("A1", "B1")}


def test_code_of_a_tracking_service_for_two_couriers_is_told() -> None:
    two = [Courier(code=word, name=word, name_en=word, sweettracker_code="46") for word in ("A1", "B1")]
    assert clashes(two) == {"46": ("A1", "B1")}


def test_courier_is_traced_by_exact_codes_only() -> None:
    traced = [BOOK.traced(word) for word in ("CJ", "04", "kr.cjlogistics")]
    assert [courier and courier.code for courier in traced] == ["CJ", "CJ", "CJ"]
    assert [BOOK.traced(word) for word in ("cj", "4", "CJGLS", "대한통운", "")] == [None] * 5


def test_courier_that_is_switched_off_is_found_but_not_offered() -> None:
    book = CourierBook([Courier(code="OLD", name="옛날택배", name_en="Old", is_active=False)])
    assert book.get("OLD") is not None
    assert book.find("옛날") is book.get("OLD")
    with pytest.raises(CourierUnknown):
        book.parcel("OLD", "612345678901")


@pytest.mark.parametrize(
    "text",
    [
        "612345678901",
        "6123-4567-8901",
        " 6123 4567 8901\n",
        "６１２３４５６７８９０１",
        "6123–4567—8901",
        "6123−4567‐8901",
        "\ufeff612345678901\u200b",
        "'612345678901",
        "6123\u00a04567\u30008901",
    ],
)
def test_number_is_read_however_it_is_written(text: str) -> None:
    assert BOOK.parcel("CJ", text) == Parcel("CJ", "612345678901")


@pytest.mark.parametrize("text", ["", " ", "--", "\ufeff", "　"])
def test_number_without_a_sign_is_missing(text: str) -> None:
    with pytest.raises(TrackingNoMissing):
        BOOK.parcel("CJ", text)


@pytest.mark.parametrize(
    ("courier", "text"),
    [
        ("CJ", "61234567890"),
        ("CJ", "6123456789012"),
        ("CJ", "61234567890A"),
        ("CJ", "6.12346E+11"),
        ("CJ", "612345678901.0"),
        ("CJ", "000000000000"),
        ("CJ", "٦١٢٣٤٥٦٧٨٩٠١"),
        ("CJ", "612345678901, 612345678902"),
        ("CJ", "6123456789½1"),
        ("EPOST", "612345678901"),
        ("LOGEN", "612345678901"),
        ("KDEXP", "12345"),
        ("KDEXP", "1" * 31),
        ("KDEXP", "NUMBER"),
        ("KDEXP", "운송장123456"),
        ("ETC", "7777777"),
    ],
)
def test_number_that_the_courier_cannot_have_is_invalid(courier: str, text: str) -> None:
    with pytest.raises(TrackingNoInvalid):
        BOOK.parcel(courier, text)


def test_courier_without_known_lengths_takes_letters_and_any_length() -> None:
    assert BOOK.parcel("기타 택배", "rr 123456789 kr") == Parcel("ETC", "RR123456789KR")
    assert BOOK.parcel("KDEXP", "3012345678") == Parcel("KDEXP", "3012345678")


def test_unknown_courier_is_told_before_a_missing_number() -> None:
    with pytest.raises(CourierUnknown) as refused:
        BOOK.parcel("한국택배", "")
    assert refused.value.extras == {"courier": "한국택배"}


def test_refusal_names_the_courier_and_its_lengths() -> None:
    with pytest.raises(TrackingNoInvalid) as refused:
        BOOK.parcel("cj", "1234")
    assert refused.value.extras == {"courier": "CJ대한통운", "digits": [10, 12]}
    assert refused.value.detail("ko") == "송장번호를 확인해 주세요. CJ대한통운에서 쓰는 형식이 아닙니다."


def test_link_holds_the_number_and_is_absent_without_a_page() -> None:
    link = BOOK.offered("CJ").link("612345678901")
    assert link == "https://trace.cjlogistics.com/next/tracking.html?wblNo=612345678901"
    assert BOOK.offered("쿠팡").link("612345678901") is None
