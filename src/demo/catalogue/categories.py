"""The category tree of the shop: majors, middle categories and, for shirts and headcovers, one level more."""

from collections.abc import Iterator
from typing import Final

from src.demo.catalogue.records import DemoCategory

_Minor = tuple[str, str]
_Middle = tuple[str, str, tuple[_Minor, ...]]
_Major = tuple[str, str, tuple[_Middle, ...]]

_TREE: Final[tuple[_Major, ...]] = (
    (
        "golf-bags",
        "골프백",
        (
            ("caddie-bags", "캐디백", ()),
            ("stand-bags", "스탠드백", ()),
            ("boston-bags", "보스턴백", ()),
            ("half-bags", "하프백", ()),
            ("travel-covers", "항공커버", ()),
        ),
    ),
    (
        "pouches",
        "파우치",
        (
            ("multi-pouches", "다용도 파우치", ()),
            ("ball-pouches", "볼 파우치", ()),
            ("shoe-bags", "슈즈백", ()),
            ("cooler-bags", "보냉백", ()),
        ),
    ),
    (
        "gloves",
        "장갑",
        (
            ("men-gloves", "남성 장갑", ()),
            ("women-gloves", "여성 장갑", ()),
            ("season-gloves", "방한·우천 장갑", ()),
        ),
    ),
    (
        "headwear",
        "모자",
        (
            ("ball-caps", "볼캡", ()),
            ("bucket-hats", "버킷햇", ()),
            ("visors", "선바이저", ()),
            ("beanies", "비니", ()),
        ),
    ),
    (
        "apparel",
        "의류",
        (
            ("polo-shirts", "폴로 셔츠", (("men-polos", "남성 폴로"), ("women-polos", "여성 폴로"))),
            ("knits-vests", "니트·베스트", ()),
            ("outerwear", "바람막이·아우터", ()),
            ("pants", "팬츠", ()),
            ("skirts", "스커트", ()),
        ),
    ),
    (
        "golf-balls",
        "골프공",
        (
            ("urethane-balls", "우레탄 볼", ()),
            ("distance-balls", "비거리 볼", ()),
            ("color-balls", "컬러 볼", ()),
            ("gift-balls", "선물 세트", ()),
        ),
    ),
    (
        "accessories",
        "액세서리",
        (
            ("headcovers", "헤드커버", (("wood-covers", "드라이버·우드 커버"), ("putter-covers", "퍼터 커버"))),
            ("tees-markers", "티·볼마커", ()),
            ("towels-umbrellas", "타월·우산", ()),
            ("belts", "벨트", ()),
            ("socks", "양말", ()),
        ),
    ),
)


def _categories() -> Iterator[DemoCategory]:
    for first, (major, major_name, middles) in enumerate(_TREE, start=1):
        yield DemoCategory(slug=major, name=major_name, parent=None, position=first, depth=1)
        for second, (middle, middle_name, minors) in enumerate(middles, start=1):
            yield DemoCategory(slug=middle, name=middle_name, parent=major, position=second, depth=2)
            for third, (minor, minor_name) in enumerate(minors, start=1):
                yield DemoCategory(slug=minor, name=minor_name, parent=middle, position=third, depth=3)


CATEGORIES: Final = tuple(_categories())
"""Every node, each after its parent."""
