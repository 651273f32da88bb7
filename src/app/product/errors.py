"""Errors of the product domain."""

from typing import Any, ClassVar

from src.common.exceptions import Conflict, NotFound, Unprocessable


class ProductNotFound(NotFound):
    """Also for a product that is hidden or not on sale: the shop does not tell the difference."""

    code = "PRODUCT_NOT_FOUND"
    ko, en = "상품을 찾을 수 없습니다.", "The product was not found."


class StockShort(Conflict):
    """`left` is the units that may still be bought of `variant_id`. `held_by` is there where an unpaid order of the same
    member or cart holds some: paying or cancelling it is the way out. `lines` is there where an expired order is
    revived: each of its lines that is short."""

    code = "STOCK_SHORT"
    ko, en = "재고가 부족합니다. (남은 수량: {left}개)", "Not enough stock ({left} left)."
    sample: ClassVar[dict[str, Any]] = {
        "variant_id": 101,
        "left": 2,
        "held_by": {"order_no": "20261120-7Q6X9ZPM", "quantity": 1, "expires_at": "2026-11-20T13:30:00+09:00"},
    }

    def __init__(
        self,
        *,
        variant_id: int,
        left: int,
        held_by: dict[str, Any] | None = None,
        lines: list[dict[str, Any]] | None = None,
    ) -> None:
        more: dict[str, Any] = {"held_by": held_by, "lines": lines}
        super().__init__(variant_id=variant_id, left=left, **{name: value for name, value in more.items() if value})


class StockVariantNotFound(NotFound):
    """A colour and size by its id, whether or not it is on sale."""

    code = "STOCK_VARIANT_NOT_FOUND"
    ko, en = "상품 옵션을 찾을 수 없습니다.", "There is no such product option."
    sample: ClassVar[dict[str, Any]] = {"variant_id": 31}

    def __init__(self, *, variant_id: int) -> None:
        super().__init__(variant_id=variant_id)


class StockBelowZero(Conflict):
    """An adjustment takes more away than the `left` units that may still be sold."""

    code = "STOCK_BELOW_ZERO"
    ko, en = (
        "재고를 0개 미만으로 줄일 수 없습니다. (현재 재고: {left}개)",
        "Stock cannot go below zero ({left} left).",
    )
    sample: ClassVar[dict[str, Any]] = {"variant_id": 31, "left": 2}

    def __init__(self, *, variant_id: int, left: int) -> None:
        super().__init__(variant_id=variant_id, left=left)


class StockTooLarge(Conflict):
    """An adjustment would leave more than `limit` units; there are `left` now."""

    code = "STOCK_TOO_LARGE"
    ko, en = (
        "재고는 옵션당 {limit:,}개까지 둘 수 있습니다. (현재 재고: {left}개)",
        "A product option holds at most {limit:,} units ({left} now).",
    )
    sample: ClassVar[dict[str, Any]] = {"variant_id": 31, "left": 990_000, "limit": 1_000_000}

    def __init__(self, *, variant_id: int, left: int, limit: int) -> None:
        super().__init__(variant_id=variant_id, left=left, limit=limit)


class RestockNotNeeded(Conflict):
    """`left` units may be bought now."""

    code = "RESTOCK_NOT_NEEDED"
    ko, en = "지금 구매할 수 있는 상품입니다.", "It can be bought now."
    sample: ClassVar[dict[str, Any]] = {"variant_id": 31, "left": 2}

    def __init__(self, *, variant_id: int, left: int) -> None:
        super().__init__(variant_id=variant_id, left=left)


class RestockContactNeeded(Unprocessable):
    """A guest gave no contact, a member gave one, or the member's account has none."""

    code = "RESTOCK_CONTACT_NEEDED"
    ko, en = (
        "비회원은 알림 받을 이메일이나 연락처 하나를 입력해 주세요. 회원은 계정에 등록된 연락처로 보내 드립니다.",
        "Guests give one e-mail address or telephone number. Members are reached by the contact of their account.",
    )


class TooManyRestockAlerts(Conflict):
    """So many are open for this person already."""

    code = "TOO_MANY_RESTOCK_ALERTS"
    ko, en = (
        "재입고 알림은 최대 {limit}개까지 신청할 수 있습니다.",
        "At most {limit} restock alerts can be open at a time.",
    )
    sample: ClassVar[dict[str, Any]] = {"limit": 30}

    def __init__(self, *, limit: int) -> None:
        super().__init__(limit=limit)


class RestockAlertNotFound(NotFound):
    """Absent, sent already, or somebody else's."""

    code = "RESTOCK_ALERT_NOT_FOUND"
    ko, en = "재입고 알림을 찾을 수 없습니다.", "The restock alert was not found."


class ProductIsArchived(Conflict):
    """An archived product is restored before anything else is done with it."""

    code = "PRODUCT_ARCHIVED"
    ko, en = "삭제된 상품입니다. 먼저 복원해 주세요.", "The product is archived. Restore it first."


class ProductCodeTaken(Conflict):
    """Also where another product's address is this word: a code wins over an address and would hide it."""

    code = "PRODUCT_CODE_TAKEN"
    ko, en = "이미 사용 중인 상품코드입니다.", "The product code is taken."


class SlugTaken(Conflict):
    """Also where another product's code is this word. An address that was not given is made free by itself."""

    code = "SLUG_TAKEN"
    ko, en = "이미 사용 중인 상품 주소(slug)입니다.", "The slug is taken."


class SkuTaken(Conflict):
    """`skus` are those that other sizes have, retired ones included."""

    code = "SKU_TAKEN"
    ko, en = "이미 사용 중인 SKU입니다.", "The SKU is taken."
    sample: ClassVar[dict[str, Any]] = {"skus": ["01201110-001"]}

    def __init__(self, *, skus: list[str]) -> None:
        super().__init__(skus=skus)


class DiscountAbovePrice(Unprocessable):
    """`most` is the largest discount in won that this price allows."""

    code = "DISCOUNT_ABOVE_PRICE"
    ko, en = "할인 금액이 상품가보다 큽니다. (최대 {most}원)", "The discount is above the price (at most {most} won)."
    sample: ClassVar[dict[str, Any]] = {"most": 320000}

    def __init__(self, *, most: int) -> None:
        super().__init__(most=most)


class CategoryUnknown(Unprocessable):
    """`category_ids` are those that do not exist."""

    code = "CATEGORY_UNKNOWN"
    ko, en = "없는 카테고리입니다.", "There is no such category."
    sample: ClassVar[dict[str, Any]] = {"category_ids": [99]}

    def __init__(self, *, category_ids: list[int]) -> None:
        super().__init__(category_ids=category_ids)


class ImageUnknown(Unprocessable):
    """`images` are the paths that are no stored picture."""

    code = "IMAGE_UNKNOWN"
    ko, en = "저장되어 있지 않은 이미지입니다.", "There is no such picture."
    sample: ClassVar[dict[str, Any]] = {"images": ["products/01201110/0-9.webp"]}

    def __init__(self, *, images: list[str]) -> None:
        super().__init__(images=images)


class OptionUnknown(Unprocessable):
    """`option_ids` and `variant_ids` are no colours of this product, or no sizes of that colour."""

    code = "OPTION_UNKNOWN"
    ko, en = "이 상품의 옵션이 아닙니다.", "These are not options of this product."
    sample: ClassVar[dict[str, Any]] = {"option_ids": [], "variant_ids": [31]}

    def __init__(self, *, option_ids: list[int], variant_ids: list[int]) -> None:
        super().__init__(option_ids=option_ids, variant_ids=variant_ids)


class OptionsAlike(Unprocessable):
    """A new or changed name of a colour or size is alike to another one: only width or case of its letters differ."""

    code = "OPTIONS_ALIKE"
    ko, en = (
        "이름이 같은 컬러나 사이즈가 이미 있습니다. (전각/반각, 대소문자는 구분하지 않습니다.)",
        "There is a colour or size of that name already (width and case of letters do not count).",
    )


class StockFixed(Unprocessable):
    """`variant_ids` are sizes that are there already, retired ones included, with another stock than was sent."""

    code = "STOCK_FIXED"
    ko, en = (
        "이미 있는 사이즈의 재고는 재고 조정으로 변경해 주세요.",
        "The stock of a size that is there already is changed by an adjustment.",
    )
    sample: ClassVar[dict[str, Any]] = {"variant_ids": [31]}

    def __init__(self, *, variant_ids: list[int]) -> None:
        super().__init__(variant_ids=variant_ids)


class ImportTooManyProducts(Unprocessable):
    """`limit` is in products."""

    code = "IMPORT_TOO_MANY_PRODUCTS"
    ko, en = (
        "한 번에 상품 {limit:,}개까지 올릴 수 있습니다. 파일을 나누어 주세요.",
        "At most {limit:,} products are taken at once. Please split the file.",
    )
    sample: ClassVar[dict[str, Any]] = {"limit": 10_000}

    def __init__(self, *, limit: int) -> None:
        super().__init__(limit=limit)


class ExportTooLarge(Unprocessable):
    """An xlsx sheet has `limit` rows at most; these products have more sizes."""

    code = "EXPORT_TOO_LARGE"
    ko, en = (
        "xlsx 파일에는 {limit:,}행까지 담을 수 있습니다. csv로 받거나 조건을 좁혀 주세요.",
        "An xlsx file holds at most {limit:,} rows. Take the csv, or narrow the filters.",
    )
    sample: ClassVar[dict[str, Any]] = {"limit": 1_048_575}

    def __init__(self, *, limit: int) -> None:
        super().__init__(limit=limit)
