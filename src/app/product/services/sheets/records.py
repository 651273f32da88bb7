"""What a sheet asks of products, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from src.app.product.services.sheets.columns import BY_KEY
from src.common.exceptions import AppError

Outcome = Literal["created", "updated", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is refused, or what of a saved one is worth a second look. `column` is a key, empty for the whole row;
    `code` is stable, empty for what is only told in words; `extras` are numbers beside the words."""

    row: int
    column: str
    ko: str
    en: str
    code: str = ""
    extras: Mapping[str, int] = field(default_factory=dict)

    @property
    def heading(self) -> str:
        """The column as it stands in the sheet."""
        return BY_KEY[self.column].ko if self.column else ""


def refusal(row: int, column: str, error: AppError) -> Problem:
    """The same words as the back-office's form has."""
    return Problem(row, column, error.detail("ko"), error.detail("en"))


@dataclass(slots=True)
class SizeRow:
    """A size. None: as it is. `base` is the stock that the editor saw."""

    row: int
    size: str
    sku: str | None = None
    stock: int | None = None
    base: int | None = None


@dataclass(slots=True)
class ColorRow:
    """A colour with the sizes that are named."""

    row: int
    color: str
    color_code: str | None = None
    images: list[str] | None = None
    image_alts: list[str] | None = None
    sizes: list[SizeRow] = field(default_factory=list)


@dataclass(slots=True)
class ProductRow:
    """What the rows of one product ask. `given` holds what is not empty, by column; a cleared cell is None or empty."""

    code: str
    rows: list[int]
    given: dict[str, Any] = field(default_factory=dict)
    colors: list[ColorRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def row(self) -> int:
        """Its first row."""
        return self.rows[0]

    @property
    def sizes(self) -> list[SizeRow]:
        """The sizes of all its colours."""
        return [size for color in self.colors for size in color.sizes]

    def refuse(self, column: str, ko: str, en: str, *, row: int = 0) -> None:
        """Note what is wrong, with the first row unless another is named."""
        self.problems.append(Problem(row or self.row, column, ko, en))


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one product: an outcome for each of its rows, or why there is none."""

    code: str
    outcome: Outcome
    rows: Sequence[tuple[int, Outcome]]
    problems: Sequence[Problem] = ()
    warnings: Sequence[Problem] = ()


def failed(wish: ProductRow, problems: Sequence[Problem]) -> Result:
    """Nothing of the product is saved."""
    return Result(wish.code, "failed", [(row, "failed") for row in wish.rows], list(problems))
