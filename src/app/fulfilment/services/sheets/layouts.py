"""Layouts of tracking sheets: ours, Smartstore's (발송처리 일괄 엑셀) and Cafe24's (송장번호 일괄등록), told apart by
their headings (docs/vendors/couriers.md#tracking-sheets)."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from src.app.fulfilment.dtos.admin.layouts import Layout
from src.app.fulfilment.models import ShipmentMethod
from src.common.sheets.errors import SheetHeaderWrong

HEADINGS: Final[Mapping[Layout, Sequence[str]]] = {
    Layout.OURS: ("상품주문번호", "수량", "배송방법", "택배사", "송장번호"),
    Layout.NAVER: ("상품주문번호", "배송방법", "택배사", "송장번호"),
    Layout.CAFE24: ("주문번호", "품목별 주문번호", "배송업체번호", "송장번호"),
}
EXAMPLES: Final[Mapping[Layout, Sequence[str]]] = {
    Layout.OURS: ("20261120-7Q6X9ZPM-01", "1", "택배", "CJ대한통운", "612345678901"),
    Layout.NAVER: ("20261120-7Q6X9ZPM-01", "택배,등기,소포", "CJ대한통운", "612345678901"),
    Layout.CAFE24: ("20261120-7Q6X9ZPM", "20261120-7Q6X9ZPM-01", "CJ대한통운", "612345678901"),
}
# The words of a heading without blanks, in small letters.
LINE: Final = ("상품주문번호", "품목별주문번호", "line_no")
ORDER: Final = ("주문번호", "order_no")
UNITS: Final = ("수량", "발송수량", "units")
METHOD: Final = ("배송방법", "method")
OF_CAFE24: Final = ("배송업체번호", "배송업체코드", "배송업체", "배송사코드")
COURIER: Final = ("택배사", "택배사코드", *OF_CAFE24, "courier")
NUMBER: Final = ("송장번호", "운송장번호", "tracking_no")
KEYS: Final = {"line_no": LINE, "order_no": ORDER, "units": UNITS, "method": METHOD, "courier": COURIER}
COLUMNS: Final = {**KEYS, "tracking_no": NUMBER}
METHODS: Final[Mapping[str, ShipmentMethod]] = {
    **dict.fromkeys(("", "택배", "택배,등기,소포", "등기", "소포", "parcel"), ShipmentMethod.PARCEL),
    **dict.fromkeys(("직접배송", "직접전달", "업체직송", "direct"), ShipmentMethod.DIRECT),
    **dict.fromkeys(("퀵", "퀵서비스", "quick"), ShipmentMethod.QUICK),
    **dict.fromkeys(("방문수령", "visit"), ShipmentMethod.VISIT),
    **dict.fromkeys(("배송없음", "none"), ShipmentMethod.NONE),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """The layout of a sheet, and the place of each column that it has."""

    layout: Layout
    places: Mapping[str, int]


def word_of(text: str) -> str:
    """Return what spellings of one word have in common: width, case and blanks do not count."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def is_heading(cells: Sequence[str]) -> bool:
    """Return whether this row begins a tracking sheet."""
    words = {word_of(cell) for cell in cells}
    return bool(words & {*LINE, *ORDER}) and bool(words & {*NUMBER})


def heading_of(cells: Sequence[str]) -> Heading:
    """Read the first row. Columns that mean nothing here are passed over: the sheets of others have many. Raises
    SheetHeaderWrong for one that is missing or there twice."""
    words = [word_of(cell) for cell in cells]
    found = {key: [place for place, word in enumerate(words) if word in known] for key, known in COLUMNS.items()}
    repeated = [cells[places[1]] for places in found.values() if len(places) > 1]
    missing = [name for key, name in (("courier", "택배사"), ("tracking_no", "송장번호")) if not found[key]]
    if not found["line_no"] and not found["order_no"]:
        missing = ["상품주문번호", *missing]
    if missing or repeated:
        raise SheetHeaderWrong(missing=missing, unknown=[], repeated=repeated)
    places = {key: places[0] for key, places in found.items() if places}
    return Heading(_layout(words, places), places)


def _layout(words: Sequence[str], places: Mapping[str, int]) -> Layout:
    if "line_no" not in places or words[places["courier"]] in OF_CAFE24:
        return Layout.CAFE24
    return Layout.NAVER if "method" in places and "units" not in places else Layout.OURS
