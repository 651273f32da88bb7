"""The couriers of the shop as values: found by any of their names, with the numbers that they give to parcels."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from src.app.shipping.dtos.admin.couriers import PLACE
from src.app.shipping.errors import CourierUnknown, TrackingNoInvalid, TrackingNoMissing

LONGEST_NUMBER: Final = 30
SHORTEST_NUMBER: Final = 6
SIGNS: Final = "−'"  # the minus of formulas, and the mark by which Excel keeps digits as text
COMPANY: Final = ("(주)", "주식회사")
KIND: Final = "택배"


@dataclass(frozen=True, slots=True, kw_only=True)
class Courier:
    """One courier. `code` is ours; an empty code of somebody else is unknown, an empty `tracking_url` does not exist.

    `number_digits` are the numbers of digits that its tracking numbers may have; empty: any, and letters too.
    """

    code: str
    name: str
    name_en: str
    aliases: tuple[str, ...] = ()
    naver_code: str = ""
    cafe24_code: str = ""
    delivery_tracker_id: str = ""
    sweettracker_code: str = ""
    tracking_url: str = ""
    number_digits: tuple[int, ...] = ()
    is_active: bool = True

    def link(self, number: str) -> str | None:
        """Return the courier's own page about this parcel, None where it has none. `number` must be a read one."""
        return self.tracking_url.replace(PLACE, number) or None

    def words(self) -> tuple[str, ...]:
        """Return everything that people and sheets call this courier. Numbers of tracking services are not among it:
        nobody writes them into a sheet, and a bare "04" could mean anything."""
        return tuple(
            filter(None, (self.code, self.name, self.name_en, *self.aliases, self.naver_code, self.cafe24_code))
        )

    def tracking_codes(self) -> tuple[str, ...]:
        """Return the codes of tracking services for this courier."""
        return tuple(filter(None, (self.sweettracker_code, self.delivery_tracker_id)))


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel as a courier knows it: our code of the courier, and the number without blanks and dashes."""

    courier: str
    number: str


class CourierBook:
    """All couriers of the shop in the order to show, those that are switched off included."""

    def __init__(self, couriers: Iterable[Courier]) -> None:
        self._by_code = {courier.code: courier for courier in couriers}
        self._traced = {code: courier for courier in self for code in courier.tracking_codes()}
        self._by_word = {key_of(word): courier for courier in self for word in courier.words()}

    def __iter__(self) -> Iterator[Courier]:
        return iter(self._by_code.values())

    def get(self, code: str) -> Courier | None:
        """Return the courier with exactly this code of ours, switched off or not."""
        return self._by_code.get(code)

    def traced(self, code: str) -> Courier | None:
        """Return the courier that tracking services mean by exactly this code: ours, SweetTracker's number or
        delivery-tracker's id; switched off or not."""
        return self._by_code.get(code) or self._traced.get(code)

    def find(self, text: str) -> Courier | None:
        """Return the courier that this text means, switched off or not: our code, Naver's, Cafe24's, a Korean or
        English name or an alias, however it is written (`key_of`)."""
        return self._by_word.get(key_of(text)) if text else None

    def offered(self, text: str) -> Courier:
        """Return the courier that this text means. Raises CourierUnknown, also for one that is switched off."""
        courier = self.find(text)
        if courier is None or not courier.is_active:
            raise CourierUnknown(courier=text.strip()[:50])
        return courier

    def parcel(self, courier: str, number: str) -> Parcel:
        """Read courier and tracking number as somebody typed or imported them. Pure; the only way to make a Parcel.

        Raises CourierUnknown, TrackingNoMissing, TrackingNoInvalid, in this order.
        """
        chosen = self.offered(courier)
        return Parcel(chosen.code, read_number(chosen, number))


def key_of(text: str) -> str:
    """Return what two spellings of one courier have in common: "㈜ CJ 대한통운" and "cj대한통운택배" are one.

    Width, case, blanks and signs do not count, nor does "택배" at the end or the form of the company.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    for word in COMPANY:
        plain = plain.replace(word, "")
    key = "".join(letter for letter in plain if letter.isalnum())
    return key.removesuffix(KIND) or key


def read_number(courier: Courier, text: str) -> str:
    """Return a tracking number of this courier in the form in which it is stored: ASCII digits and capitals only.

    Full-width digits are made plain; blanks, dashes and signs without a shape fall out. Raises TrackingNoMissing for a
    text without anything else, TrackingNoInvalid for another alphabet, a length that this courier does not have, and a
    number of one digit all along, which people type to fill the field. No check digit is computed: no courier has
    published how (docs/vendors/couriers.md#numbers).
    """
    number = plain_number(text)
    if not number:
        raise TrackingNoMissing
    if not _fits(courier, number):
        raise TrackingNoInvalid(courier=courier.name, digits=list(courier.number_digits))
    return number


def plain_number(text: str) -> str:
    """Return the letters and digits of a tracking number as somebody typed it: plain, in capitals, without blanks,
    dashes and signs without a shape."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(letter for letter in plain if not _falls_out(letter))


def _falls_out(letter: str) -> bool:
    return letter in SIGNS or unicodedata.category(letter) in ("Zs", "Zl", "Zp", "Cc", "Cf", "Pd")


def _fits(courier: Courier, number: str) -> bool:
    if not number.isascii() or not number.isalnum() or len(set(number)) == 1:
        return False
    if courier.number_digits:
        return number.isdigit() and len(number) in courier.number_digits
    return SHORTEST_NUMBER <= len(number) <= LONGEST_NUMBER and any(letter.isdigit() for letter in number)


def clashes(couriers: Iterable[Courier]) -> MappingProxyType[str, tuple[str, ...]]:
    """Return the words and the tracking services' codes that mean more than one of these couriers, each with their
    codes of ours. Empty: the book can be read without a doubt."""
    meant: dict[tuple[str, str], dict[str, str]] = {}
    for courier in couriers:
        for word in courier.words():
            meant.setdefault(("word", key_of(word)), {})[courier.code] = word
        for code in courier.tracking_codes():
            meant.setdefault(("code", code), {})[courier.code] = code
    return MappingProxyType({next(iter(by.values())): tuple(by) for by in meant.values() if len(by) > 1})
