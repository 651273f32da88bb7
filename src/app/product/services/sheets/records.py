"""The wishes that a sheet's rows express, and the results of an import."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from src.app.product.services.sheets.columns import BY_KEY
from src.common.exceptions import AppError

Outcome = Literal["created", "updated", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Problem:
    """An error that refuses a row, or a warning about a saved row. `column` is a key, empty for the whole row. `code`
    is stable, empty if there are only the texts. `extras` holds numbers in addition to the texts."""

    row: int
    column: str
    ko: str
    en: str
    code: str = ""
    extras: Mapping[str, int] = field(default_factory=dict)

    @property
    def heading(self) -> str:
        """The column's heading in the sheet."""
        return BY_KEY[self.column].ko if self.column else ""


def refusal(row: int, column: str, error: AppError) -> Problem:
    """Make a problem with the texts of an error, which are those of the back-office form."""
    return Problem(row, column, error.detail("ko"), error.detail("en"))


@dataclass(slots=True)
class SizeRow:
    """A size in a sheet. None keeps the stored value. `base` is the stock that the editor saw."""

    row: int
    size: str
    sku: str | None = None
    stock: int | None = None
    base: int | None = None
    extra_price: int | None = None


@dataclass(slots=True)
class ColorRow:
    """A colour in a sheet, with its sizes there. None keeps the stored value."""

    row: int
    color: str
    color_code: str | None = None
    images: list[str] | None = None
    image_alts: list[str] | None = None
    sizes: list[SizeRow] = field(default_factory=list)


@dataclass(slots=True)
class ProductRow:
    """The wish of one product's rows. `given` holds the non-empty cells by column key; a cell that clears is None or an
    empty value."""

    code: str
    rows: list[int]
    given: dict[str, Any] = field(default_factory=dict)
    colors: list[ColorRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def row(self) -> int:
        """The number of its first row."""
        return self.rows[0]

    @property
    def sizes(self) -> list[SizeRow]:
        """The sizes of all its colours."""
        return [size for color in self.colors for size in color.sizes]

    def refuse(self, column: str, ko: str, en: str, *, row: int = 0) -> None:
        """Add a problem, for the first row unless `row` is given."""
        self.problems.append(Problem(row or self.row, column, ko, en))


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one product: its outcome, the outcome of each of its rows, and its problems and warnings."""

    code: str
    outcome: Outcome
    rows: Sequence[tuple[int, Outcome]]
    problems: Sequence[Problem] = ()
    warnings: Sequence[Problem] = ()


def failed(wish: ProductRow, problems: Sequence[Problem]) -> Result:
    """Make the result of a product of which nothing is saved."""
    return Result(wish.code, "failed", [(row, "failed") for row in wish.rows], list(problems))
