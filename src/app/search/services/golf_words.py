"""The default synonyms of a Korean golf shop."""

from typing import Final

from src.app.search.dtos.admin import Synonyms
from src.app.search.dtos.synonyms import SynonymRule

# The words of a line mean the same thing and find each other.
SAME: Final = (
    ("장갑", "글러브", "글로브", "glove"),
    ("캐디백", "골프백", "caddie bag", "golf bag"),
    ("스탠드백", "stand bag"),
    ("보스턴백", "보스톤백", "boston bag"),
    ("모자", "캡", "햇", "hat", "cap"),
    ("바이저", "선바이저", "썬바이저", "visor"),
    ("골프공", "골프볼", "golf ball"),
    ("볼마커", "볼마크", "ball marker"),
    ("파우치", "pouch"),
    ("항공커버", "여행용 커버", "트래블 커버", "travel cover"),
    ("헤드커버", "클럽커버", "head cover"),
    ("우산", "엄브렐러", "umbrella"),
    ("수건", "타월", "타올", "towel"),
    ("바지", "팬츠", "슬랙스", "pants"),
    ("치마", "스커트", "skirt"),
    ("티셔츠", "셔츠", "shirt"),
    ("조끼", "베스트", "vest"),
    ("점퍼", "자켓", "재킷", "바람막이", "jacket"),
    ("거리측정기", "레인지파인더", "rangefinder"),
    ("양말", "삭스", "socks"),
    ("여성", "여자", "레이디스", "women"),
    ("남성", "남자", "맨즈"),
    ("블랙", "검정", "black"),
    ("화이트", "흰색", "white"),
)
# The first word is the wider term: it also finds the others, but they do not find it.
WIDER: Final = (("가방", "캐디백", "보스턴백", "파우치"), ("의류", "티셔츠", "바지", "치마"), ("옷", "의류"))

DEFAULT: Final = Synonyms(
    items=[
        *(SynonymRule(term=term, synonyms=others, both_ways=True) for term, *others in SAME),
        *(SynonymRule(term=term, synonyms=others, both_ways=False) for term, *others in WIDER),
    ]
)
