"""The columns of a product sheet in their order, with names, accepted values and examples.

A row is one size of a colour of a product. The rows of a product are consecutive, and each has the product's code.
Cells of the product or of a colour may be empty below its first row.
"""

from dataclasses import dataclass
from typing import Final, Literal

from src.app.product.models import DisplayStatus, SaleStatus, TaxType

Level = Literal["product", "color", "size"]

CLEAR: Final = "[비움]"
CLEARS: Final = frozenset({"[비움]", "[clear]"})
SALE: Final = {"판매중": SaleStatus.ON_SALE, "판매중지": SaleStatus.STOPPED}
DISPLAY: Final = {"전시중": DisplayStatus.SHOWN, "전시중지": DisplayStatus.HIDDEN}
TAXES: Final = {"과세": TaxType.TAXABLE, "면세": TaxType.TAX_FREE}
DISCOUNTS: Final = {"정률": "percent", "정액": "amount"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `ko` is the heading that exports write; imports also accept `key`, the English name."""

    key: str
    ko: str
    level: Level
    about_ko: str
    about_en: str
    example: str
    may_clear: bool = False


COLUMNS: Final = (
    Column("product_code", "상품코드", "product", "필수. 모든 행에 입력", "Required, on every row", "01201110"),
    Column("name", "상품명", "product", "새 상품에는 필수", "Required for a new product", "투어 스탠드백"),
    Column("slug", "상품주소", "product", "비우면 상품명으로 생성", "Made from the name where empty", "투어-스탠드백"),
    Column("brand", "브랜드", "product", "", "", "믹골프(MICGOLF)"),
    Column("description", "간단설명", "product", "500자까지", "At most 500 letters", "가볍고 튼튼한 스탠드백", may_clear=True),
    Column("detail", "상세설명", "product", "20,000자까지, HTML 불가", "At most 20,000 letters, no markup", "14분할 탑", may_clear=True),
    Column("categories", "카테고리", "product", "주소(slug) 경로. 여러 개는 줄바꿈이나 |로 구분, 첫 번째가 대표. 새 상품에는 필수", "Slug paths, separated by | or line breaks, the main one first. Required for a new product", "golf-bags/stand-bags"),
    Column("origin_price", "상품가", "product", "원. 새 상품에는 필수", "Won. Required for a new product", "320000"),
    Column("discount_option", "할인방식", "product", "정률(%) 또는 정액(원). [비움]이면 할인 없음", "정률 (percent) or 정액 (amount). [clear] removes the discount", "정률", may_clear=True),
    Column("discount", "할인값", "product", "% 또는 원", "Percent or won", "10"),
    Column("discount_starts_at", "할인시작", "product", "한국 시간. 2026-12-01 09:00:00", "Korean time", "2026-12-01 00:00:00", may_clear=True),
    Column("discount_ends_at", "할인종료", "product", "한국 시간. 이 시각 직전까지 할인", "Korean time, excluded", "2026-12-08 00:00:00", may_clear=True),
    Column("sale_status", "판매상태", "product", "판매중 또는 판매중지", "판매중 (ON_SALE) or 판매중지 (STOPPED)", "판매중"),
    Column("display_status", "전시상태", "product", "전시중 또는 전시중지", "전시중 (SHOWN) or 전시중지 (HIDDEN)", "전시중"),
    Column("tax_type", "과세구분", "product", "과세 또는 면세. 새 상품은 비우면 과세", "과세 (TAXABLE) or 면세 (TAX_FREE). Empty for a new product: 과세", "과세"),
    Column("specs", "제품사양", "product", "한 줄에 하나씩 '이름: 값'. 이름 속 콜론은 \\:", "One 'name: value' a line; a colon in a name is \\:", "무게: 2.3kg", may_clear=True),
    Column("notice_kind", "고시품목", "product", "의류, 구두/신발, 가방, 패션잡화, 스포츠용품, 기타 재화", "Kind of the statutory notice", "가방", may_clear=True),
    Column("notice", "고시정보", "product", "한 줄에 하나씩 '항목: 값'. 품목의 모든 항목", "One 'item: value' a line, every item of the kind", "종류: 스탠드백"),
    Column("version", "버전", "product", "내려받은 값 그대로. 그 사이 수정된 상품은 오류", "As exported: a product edited since is an error", "3"),
    Column("color", "컬러", "color", "사이즈와 함께 필수", "Required beside the size", "블랙"),
    Column("color_code", "컬러코드", "color", "#RRGGBB. 새 컬러에는 필수", "#RRGGBB. Required for a new colour", "#111111"),
    Column("images", "이미지", "color", "올려 둔 이미지의 경로. 줄바꿈이나 |로 구분", "Paths of uploaded pictures, separated by | or line breaks", "uploads/ab/0123.webp", may_clear=True),
    Column("image_alts", "이미지 설명", "color", "이미지와 같은 순서로 한 줄에 하나씩. 건너뛸 이미지는 [비움]", "What each picture shows, a line each in the order of the pictures; [clear] for one without", "블랙 스탠드백 옆모습", may_clear=True),
    Column("size", "사이즈", "size", "컬러와 함께 필수", "Required beside the colour", "9.0인치"),
    Column("sku", "SKU", "size", "비우면 생성", "Made where empty", "01201110-001"),
    Column("extra_price", "옵션추가금", "size", "원. 비우면 그대로, 새 사이즈는 0", "Won beyond the product's price. Empty: as it is, 0 for a new size", "0"),
    Column("stock", "재고", "size", "판매 가능 수량. 비우면 그대로", "Units for sale. Empty: as it is", "12"),
    Column("stock_base", "기준재고", "size", "내려받은 값 그대로. 재고를 고친 행은 그 사이 팔렸으면 오류 (재고 덮어쓰기를 선택하면 반영)", "As exported: a row with another stock is an error where units were sold since, unless the upload overwrites stock", "12"),
)  # fmt: skip
BY_KEY: Final = {column.key: column for column in COLUMNS}
HEADINGS: Final = tuple(column.ko for column in COLUMNS)
REASONS: Final = ("오류 행", "오류 열", "오류 내용", "Error")
"""The additional columns of an error file. Imports ignore them, so a corrected error file can be uploaded as it is."""
