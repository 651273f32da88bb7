"""What a sheet would change: nothing here writes anything."""

from dataclasses import dataclass, field
from typing import Any

from src.app.product.models import ProductOption, Variant
from src.app.product.services.sheets.imports.current_state import Present
from src.app.product.services.sheets.records import ColorRow, Outcome, Problem, ProductRow, SizeRow


@dataclass(slots=True)
class SizePlan:
    """A size: the row that it is (None: a new one), its new columns, and the units that come or go."""

    wish: SizeRow
    row: Variant | None
    columns: dict[str, Any] = field(default_factory=dict)
    delta: int = 0
    sku: str = ""

    @property
    def outcome(self) -> Outcome:
        """What becomes of its row."""
        if self.row is None:
            return "created"
        return "updated" if self.columns or self.delta else "unchanged"


@dataclass(slots=True)
class ColorPlan:
    """A colour, as `SizePlan`. `images` None: they stay, with what is said of them; `alts` is that, by path."""

    wish: ColorRow
    row: ProductOption | None
    columns: dict[str, Any] = field(default_factory=dict)
    images: list[str] | None = None
    alts: dict[str, str] = field(default_factory=dict)
    sizes: list[SizePlan] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        """Whether more than the stock of its sizes changes."""
        return (
            self.row is None
            or bool(self.columns)
            or self.images is not None
            or any(size.row is None or size.columns for size in self.sizes)
        )


@dataclass(slots=True)
class ProductPlan:
    """A product. `columns` are what is written, `before` and `after` what the log says of it."""

    wish: ProductRow
    present: Present | None
    columns: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    category_ids: list[int] | None = None
    colors: list[ColorPlan] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    slug: str = ""

    @property
    def sizes(self) -> list[SizePlan]:
        """The sizes of all its colours."""
        return [size for color in self.colors for size in color.sizes]

    @property
    def edits(self) -> bool:
        """Whether the product itself changes: that counts a version, stock does not."""
        return self.present is None or bool(self.after) or any(color.is_changed for color in self.colors)

    @property
    def outcome(self) -> Outcome:
        """What becomes of the product."""
        if self.present is None:
            return "created"
        return "updated" if self.edits or any(size.delta for size in self.sizes) else "unchanged"

    @property
    def images(self) -> list[str]:
        """The pictures that it names anew."""
        return [path for color in self.colors for path in color.images or ()]

    def rows(self) -> list[tuple[int, Outcome]]:
        """What becomes of each row: where product or colour change, all rows of it do."""
        if self.present is None or self.after:
            return [(row, self.outcome) for row in self.wish.rows]
        found: dict[int, Outcome] = dict.fromkeys(self.wish.rows, "unchanged")
        for color in self.colors:
            for size in color.sizes:
                is_recoloured = size.outcome == "unchanged" and _recoloured(color)
                found[size.wish.row] = "updated" if is_recoloured else size.outcome
        return sorted(found.items())


def _recoloured(color: ColorPlan) -> bool:
    return bool(color.columns) or color.images is not None
