"""Colours and sizes of a product, as staff write them."""

from typing import Annotated, Any, Final, Self

from pydantic import AfterValidator, Field, model_validator

from src.app.product.dtos import fields as f
from src.common.dtos.fields import ClosedInput

MAX_COLORS: Final = 30
MAX_SIZES: Final = 60


class SizeNew(ClosedInput):
    """A size. Without `sku` one is made. `stock` are the units it opens with."""

    size: f.Size
    sku: f.Sku | None = None
    stock: f.Units = 0
    extra_price: f.ExtraPrice = 0


SIZES_ALIKE: Final = ("같은 사이즈가 두 번 있습니다.", "Two sizes are alike.")
COLORS_ALIKE: Final = ("같은 컬러가 두 번 있습니다.", "Two colours are alike.")


def _unlike_sizes(sizes: list[Any]) -> list[Any]:
    return _unlike(sizes, "size", *SIZES_ALIKE)


def _unlike_size_edits(sizes: list[Any]) -> list[Any]:
    return _unlike_edits(sizes, "size", "variant_id", *SIZES_ALIKE)


def _unlike_color_edits(options: list[Any]) -> list[Any]:
    return _unlike_edits(_unlike_skus(options), "color", "id", *COLORS_ALIKE)


def unlike_colors(options: list[Any]) -> list[Any]:
    """Return the options. Raises PydanticCustomError if two colours have one name, or two sizes one SKU."""
    return _unlike(_unlike_skus(options), "color", *COLORS_ALIKE)


def _unlike_skus(options: list[Any]) -> list[Any]:
    skus = [size.sku for option in options for size in option.sizes if size.sku is not None]
    if len(set(skus)) != len(skus):
        raise f.custom("repeated", "같은 SKU가 두 번 있습니다.", "The same SKU is there twice.")
    return options


def _unlike(items: list[Any], name: str, ko: str, en: str) -> list[Any]:
    names = [f.name_key(getattr(item, name)) for item in items]
    if len(set(names)) != len(names):
        raise f.custom("repeated", ko, en)
    return items


def _unlike_edits(items: list[Any], name: str, row_id: str, ko: str, en: str) -> list[Any]:
    """Refuse alike names. Stored ones from before this rule are accepted if they differ exactly and each has its id."""
    groups: dict[str, list[Any]] = {}
    for item in items:
        groups.setdefault(f.name_key(getattr(item, name)), []).append(item)
    for some in groups.values():
        names = {getattr(item, name) for item in some}
        if len(names) < len(some) or (len(some) > 1 and any(getattr(item, row_id) is None for item in some)):
            raise f.custom("repeated", ko, en)
    return items


class OptionNew(ClosedInput):
    """A colour with its pictures (the first is the thumbnail) and sizes, in the order to show."""

    color: f.Color
    color_code: f.ColorCode
    images: f.Images = []
    sizes: Annotated[list[SizeNew], Field(min_length=1, max_length=MAX_SIZES), AfterValidator(_unlike_sizes)]


class SizeEdit(ClosedInput):
    """A size: an existing one by `variant_id`, or by its name; else a new one. `stock` is for new ones only: the stock
    of the others moves by adjustments. Without `extra_price` an existing size keeps its own."""

    variant_id: f.RowIdField | None = None
    size: f.Size
    sku: f.Sku | None = None
    stock: f.Units | None = None
    extra_price: f.ExtraPrice | None = None

    @model_validator(mode="after")
    def _keeps_stock(self) -> Self:
        if self.variant_id is not None and self.stock is not None:
            raise f.custom(
                "stock_fixed",
                "기존 사이즈의 재고는 재고 조정으로 변경해 주세요.",
                "The stock of an existing size is changed by an adjustment.",
            )
        return self


class OptionEdit(ClosedInput):
    """A colour: an existing one by `id`, or by its name; else a new one."""

    id: f.RowIdField | None = None
    color: f.Color
    color_code: f.ColorCode
    images: f.Images = []
    sizes: Annotated[list[SizeEdit], Field(min_length=1, max_length=MAX_SIZES), AfterValidator(_unlike_size_edits)]


class OptionsReplace(ClosedInput):
    """All colours and sizes, in the order to show. What is not in it is retired."""

    options: Annotated[
        list[OptionEdit],
        Field(
            max_length=MAX_COLORS,
            examples=[
                [
                    {
                        "id": 9,
                        "color": "블랙",
                        "color_code": "#111111",
                        "images": [],
                        "sizes": [{"variant_id": 31, "size": "9.0인치"}, {"size": "9.5인치", "stock": 5}],
                    }
                ]
            ],
        ),
        AfterValidator(_unlike_color_edits),
    ]
    reason: f.Reason = ""

    @model_validator(mode="after")
    def _each_row_once(self) -> Self:
        ids = [option.id for option in self.options if option.id is not None]
        sizes = [size.variant_id for option in self.options for size in option.sizes if size.variant_id is not None]
        if len(set(ids)) != len(ids) or len(set(sizes)) != len(sizes):
            raise f.custom("repeated", "같은 옵션이 두 번 있습니다.", "The same option is there twice.")
        return self
