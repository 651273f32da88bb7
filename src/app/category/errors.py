"""Errors of the category domain."""

from collections.abc import Sequence
from typing import Any, ClassVar

from src.common.exceptions import Conflict, NotFound, Unprocessable


class CategoryNotFound(NotFound):
    code = "CATEGORY_NOT_FOUND"
    ko, en = "카테고리를 찾을 수 없습니다.", "The category was not found."


class CategoryParentUnknown(Unprocessable):
    code = "CATEGORY_PARENT_UNKNOWN"
    ko, en = "상위 카테고리를 찾을 수 없습니다.", "There is no such parent category."


class CategorySlugTaken(Conflict):
    code = "CATEGORY_SLUG_TAKEN"
    ko, en = "이미 사용 중인 카테고리 주소(slug)입니다.", "Another category has this slug."


class CategoryCycle(Conflict):
    """A category cannot be below itself."""

    code = "CATEGORY_CYCLE"
    ko, en = (
        "카테고리를 자기 자신이나 하위 카테고리 아래로 옮길 수 없습니다.",
        "A category cannot be moved below itself or one of its own children.",
    )


class CategoryTooDeep(Conflict):
    """`limit` is the deepest level that there is; `depth` the one that something would be on."""

    code = "CATEGORY_TOO_DEEP"
    ko, en = (
        "카테고리는 대·중·소분류 {limit}단계까지만 만들 수 있습니다.",
        "Categories have at most {limit} levels.",
    )
    sample: ClassVar[dict[str, Any]] = {"limit": 3, "depth": 4}

    def __init__(self, *, limit: int, depth: int) -> None:
        super().__init__(limit=limit, depth=depth)


class CategoryInUse(Conflict):
    """What is in the way of its removal: `products` directly in it and `children` directly below it."""

    code = "CATEGORY_IN_USE"
    ko, en = (
        "상품 {products}개와 하위 카테고리 {children}개가 있어 삭제할 수 없습니다. 먼저 옮기거나 삭제해 주세요.",
        "The category still holds {products} products and {children} categories. Move or remove them first.",
    )
    sample: ClassVar[dict[str, Any]] = {"products": 12, "children": 3}

    def __init__(self, *, products: int, children: int) -> None:
        super().__init__(products=products, children=children)


class CategoryOrderOutdated(Conflict):
    """The list does not name exactly the categories below this parent; `ids` are those there now, in their order."""

    code = "CATEGORY_ORDER_OUTDATED"
    ko, en = (
        "그사이 카테고리가 바뀌었습니다. 새로 고친 뒤 다시 정렬해 주세요.",
        "The categories have changed in between. Please reload and sort again.",
    )
    sample: ClassVar[dict[str, Any]] = {"ids": [4, 2, 9]}

    def __init__(self, *, ids: Sequence[int]) -> None:
        super().__init__(ids=list(ids))
