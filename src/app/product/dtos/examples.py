"""Example responses for the documentation. A test validates them against the models."""

from pydantic.config import JsonDict

from src.common.media.shapes import UPLOAD

CARD: JsonDict = {
    "id": 7,
    "product_code": "01201110",
    "slug": "tour-stand-bag",
    "name": "투어 스탠드백",
    "origin_price": 320000,
    "price": 288000,
    "discount": 10,
    "discount_option": "percent",
    "thumbnail_url": UPLOAD["url"],
    "thumbnail_sizes": UPLOAD["sizes"],
    "alt": "투어 스탠드백 블랙",
    "sold_out": False,
    "colors": [{"color": "블랙", "color_code": "#111111"}],
    "badges": ["best", "sale"],
    "rating": 4.7,
    "review_count": 12,
}
FACETS: JsonDict = {
    "categories": [{"id": 2, "name": "스탠드백", "slug": "stand-bag", "count": 1}],
    "colors": [{"color": "블랙", "color_code": "#111111", "count": 1}],
    "sizes": [{"size": "9.0인치", "count": 1}],
    "price": {"min": 288000, "max": 288000},
}
PAGE: JsonDict = {"items": [CARD], "total": 1, "page": 1, "size": 20, "facets": FACETS, "did_you_mean": "스탠드백"}
NOTICE_FIELDS: JsonDict = {
    "type": "스탠드백",
    "material": "폴리에스터 100%",
    "color": "블랙",
    "size": "9.0인치",
    "manufacturer": "믹골프",
    "country": "대한민국",
    "caution": "젖은 천으로 닦아 그늘에서 말리세요.",
    "warranty": "공정거래위원회 고시 소비자분쟁해결기준에 따름",
    "after_service": "믹골프 고객센터 02-1234-5678",
}
PRODUCT: JsonDict = {
    "id": 7,
    "product_code": "01201110",
    "slug": "tour-stand-bag",
    "name": "투어 스탠드백",
    "brand": "믹골프(MICGOLF)",
    "description": "가볍고 튼튼한 투어형 스탠드백",
    "detail": "14분할 탑, 방수 원단, 듀얼 스트랩",
    "detail_pictures": [],
    "origin_price": 320000,
    "price": 288000,
    "discount": 10,
    "discount_option": "percent",
    "tax_type": "TAXABLE",
    "status": "ON_SALE",
    "categories": [{"id": 2, "name": "스탠드백", "slug": "stand-bag"}],
    "breadcrumb": [
        {"id": 1, "name": "골프백", "slug": "golf-bag"},
        {"id": 2, "name": "스탠드백", "slug": "stand-bag"},
    ],
    "options": [
        {
            "color": "블랙",
            "color_code": "#111111",
            "images": [
                {
                    "id": 11,
                    "image_url": UPLOAD["url"],
                    "alt": "투어 스탠드백 블랙",
                    "sizes": UPLOAD["sizes"],
                    "slices": [],
                }
            ],
            "sizes": [
                {
                    "variant_id": 31,
                    "sku": "01201110-0-9.0IN",
                    "size": "9.0인치",
                    "extra_price": 0,
                    "stock": 12,
                    "sold_out": False,
                }
            ],
        }
    ],
    "specs": [{"name": "무게", "value": "2.3kg"}],
    "notice": {"kind": "bag", "kind_name": "가방", "fields": [{"name": "종류", "value": "스탠드백"}]},
    "rating": 4.7,
    "review_count": 12,
}
