"""The statutory product notice (상품정보제공고시), and the items that it must have for each kind of goods.

Kinds and items follow the annex of the notice on product information in electronic commerce (전자상거래 등에서의 상품
등의 정보제공에 관한 고시, 공정거래위원회), as far as a golf shop sells such goods.
"""

from collections.abc import Iterable
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

NoticeKind = Literal["clothing", "shoes", "bag", "fashion", "sports", "other"]

_MAKER: Final = {
    "manufacturer": "제조자(수입자)",
    "country": "제조국",
    "caution": "취급시 주의사항",
    "warranty": "품질보증기준",
    "after_service": "A/S 책임자와 전화번호",
}
KINDS: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "clothing": (
        "의류",
        {
            "material": "제품 소재",
            "color": "색상",
            "size": "치수",
            "manufacturer": "제조자(수입자)",
            "country": "제조국",
            "caution": "세탁방법 및 취급시 주의사항",
            "made_on": "제조연월",
            "warranty": "품질보증기준",
            "after_service": "A/S 책임자와 전화번호",
        },
    ),
    "shoes": ("구두/신발", {"material": "제품의 주소재", "color": "색상", "size": "치수", **_MAKER}),
    "bag": ("가방", {"type": "종류", "material": "소재", "color": "색상", "size": "크기", **_MAKER}),
    "fashion": ("패션잡화", {"type": "종류", "material": "소재", "size": "치수", **_MAKER}),
    "sports": (
        "스포츠용품",
        {
            "model": "품명 및 모델명",
            "size": "크기, 중량",
            "color": "색상",
            "material": "재질",
            "parts": "제품 구성",
            "released": "동일모델의 출시년월",
            "manufacturer": "제조자(수입자)",
            "country": "제조국",
            "details": "상품별 세부 사양",
            "warranty": "품질보증기준",
            "after_service": "A/S 책임자와 전화번호",
        },
    ),
    "other": (
        "기타 재화",
        {
            "model": "품명 및 모델명",
            "certification": "법에 의한 인증·허가 사항",
            "country": "제조국 또는 원산지",
            "manufacturer": "제조자(수입자)",
            "after_service": "A/S 책임자와 전화번호",
        },
    ),
}


def wrong_fields(kind: str, given: Iterable[str]) -> list[str]:
    """Return the given items that this kind does not have, and the required items that are missing."""
    return sorted(set(given) ^ set(KINDS[kind][1]))


class NoticeField(BaseModel):
    """An item of a notice, named in Korean."""

    model_config = ConfigDict(frozen=True)

    name: str
    value: str


class ProductNoticeRead(BaseModel):
    """A notice as the product's page shows it."""

    model_config = ConfigDict(frozen=True)

    kind: NoticeKind
    kind_name: str
    fields: list[NoticeField]
