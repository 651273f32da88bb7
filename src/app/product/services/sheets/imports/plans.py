"""The planned changes of a sheet, as data. Nothing here writes to the database."""

from dataclasses import dataclass, field
from typing import Any

from src.app.product.models import ProductOption, Variant
from src.app.product.services.sheets.imports.current_state import Present
from src.app.product.services.sheets.records import ColorRow, Outcome, Problem, ProductRow, SizeRow


@dataclass(slots=True)
class SizePlan:
    """The plan of a size: its row (None for a new size), the columns to write, and the units to add or remove."""

    wish: SizeRow
    row: Variant | None
    columns: dict[str, Any] = field(default_factory=dict)
    delta: int = 0
    sku: str = ""

    @property
    def outcome(self) -> Outcome:
        """The outcome of the size's row in the sheet."""
        if self.row is None:
            return "created"
        return "updated" if self.columns or self.delta else "unchanged"


@dataclass(slots=True)
class ColorPlan:
    """The plan of a colour: its row (None for a new colour) and the columns to write. `images` is None if pictures and
    texts stay; `alts` holds the alternative texts by path."""

    wish: ColorRow
    row: ProductOption | None
    columns: dict[str, Any] = field(default_factory=dict)
    images: list[str] | None = None
    alts: dict[str, str] = field(default_factory=dict)
    sizes: list[SizePlan] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        """True if more than the stock of its sizes changes."""
        return (
            self.row is None
            or bool(self.columns)
            or self.images is not None
            or any(size.row is None or size.columns for size in self.sizes)
        )


@dataclass(slots=True)
class ProductPlan:
    """The plan of a product: its present state (None for a new product) and the columns to write. `before` and `after`
    hold the changed values for the audit log."""

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
        """True if the product itself changes. This increments its version; a change of stock alone does not."""
        return self.present is None or bool(self.after) or any(color.is_changed for color in self.colors)

    @property
    def outcome(self) -> Outcome:
        """The outcome of the product."""
        if self.present is None:
            return "created"
        return "updated" if self.edits or any(size.delta for size in self.sizes) else "unchanged"

    @property
    def images(self) -> list[str]:
        """The pictures of the colours whose pictures change."""
        return [path for color in self.colors for path in color.images or ()]

    def rows(self) -> list[tuple[int, Outcome]]:
        """The outcome of each row. If the product or a colour changes, all of its rows count as changed."""
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
