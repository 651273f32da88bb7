"""The shop's colours and the sizes it sells in."""

from inspect import cleandoc
from typing import Final

from src.demo.catalogue.records import DemoColor, Discount


def percent(value: int) -> Discount:
    """A discount of `value` percent."""
    return Discount(option="percent", value=value)


def amount(value: int) -> Discount:
    """A discount of `value` won."""
    return Discount(option="amount", value=value)


def text(*parts: str) -> str:
    """The parts without their indentation, one empty line between them."""
    return "\n\n".join(cleandoc(part) for part in parts)


BLACK: Final = DemoColor(name="블랙", code="#1F2023")
CHARCOAL: Final = DemoColor(name="차콜", code="#4A4D52")
GRAY: Final = DemoColor(name="그레이", code="#9A9EA3")
SILVER: Final = DemoColor(name="실버", code="#C9CDD2")
WHITE: Final = DemoColor(name="화이트", code="#FAFAF8")
IVORY: Final = DemoColor(name="아이보리", code="#EFE7D6")
BEIGE: Final = DemoColor(name="베이지", code="#D6C4A6")
CAMEL: Final = DemoColor(name="카멜", code="#B8864F")
BROWN: Final = DemoColor(name="브라운", code="#5E4334")
KHAKI: Final = DemoColor(name="카키", code="#6C6E4C")
GREEN: Final = DemoColor(name="그린", code="#1F5E47")
LIME: Final = DemoColor(name="라임", code="#B9D64B")
MINT: Final = DemoColor(name="민트", code="#A8D9C8")
SKY: Final = DemoColor(name="스카이블루", code="#9FC7E6")
BLUE: Final = DemoColor(name="블루", code="#2B62AE")
NAVY: Final = DemoColor(name="네이비", code="#1F2B47")
LAVENDER: Final = DemoColor(name="라벤더", code="#BBAAD9")
PINK: Final = DemoColor(name="핑크", code="#F1B9C6")
CORAL: Final = DemoColor(name="코랄", code="#EE7F6B")
RED: Final = DemoColor(name="레드", code="#C1323C")
BURGUNDY: Final = DemoColor(name="버건디", code="#6F2336")
YELLOW: Final = DemoColor(name="옐로우", code="#F4D24C")
ORANGE: Final = DemoColor(name="오렌지", code="#EE7D35")
GOLD: Final = DemoColor(name="골드", code="#C8A45D")

BAG_INCHES: Final = ("8.5인치", "9인치", "9.5인치")
CADDIE_INCHES: Final = ("9인치", "9.5인치")
BAG_VOLUME: Final = ("S", "M", "L")
TWO_VOLUMES: Final = ("M", "L")
FREE_AND_LARGE: Final = ("FREE", "XL")
MEN_GLOVES: Final = ("21호", "22호", "23호", "24호", "25호")
WOMEN_GLOVES: Final = ("18호", "19호", "20호", "21호")
CAP_SIZES: Final = ("M", "L", "XL")
MEN_TOPS: Final = ("95", "100", "105", "110")
WOMEN_TOPS: Final = ("85", "90", "95", "100")
MEN_WAIST: Final = ("30", "32", "34", "36", "38")
WOMEN_BOTTOMS: Final = ("S", "M", "L", "XL")
BALL_DOZENS: Final = ("1더즌", "2더즌", "3더즌")
BALL_BOXES: Final = ("6구", "1더즌", "2더즌")
SOCK_PACKS: Final = ("1켤레", "3켤레", "5켤레")
