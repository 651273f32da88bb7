"""Find alike names: names of colours or sizes that a person reads as the same, such as ``Ｍ``, ``M`` and ``m``.

A new or changed name must not be alike to an existing one. Alike names from before this rule stay: staff get a warning,
and the colours and sizes are identified by id or SKU.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from src.app.product.dtos.fields import name_key
from src.app.product.models import ProductOption, Variant


class _Row(Protocol):
    id: Any
    is_retired: Any


R = TypeVar("R", bound=_Row)


def color_of(row: ProductOption) -> str:
    """The name of a colour."""
    return str(row.color)


def size_of(row: Variant) -> str:
    """The name of a size."""
    return str(row.size)


def meant(rows: Iterable[R], name: str, *, by: Callable[[R], str]) -> list[R]:
    """Return the rows that a name refers to: the alike rows in use, else the retired row of exactly that name, else the
    alike retired rows. More than one row means that the name is ambiguous."""
    key = name_key(name)
    alike = [row for row in rows if name_key(by(row)) == key]
    used = [row for row in alike if not row.is_retired]
    return used or [row for row in alike if by(row) == name] or alike


def the_one(rows: Iterable[R], name: str, *, by: Callable[[R], str]) -> R | None:
    """Return one row of `meant`: the one of exactly that name, else the first. None if there is none."""
    found = meant(rows, name, by=by)
    return next((row for row in found if by(row) == name), found[0] if found else None)


def clash(used: Sequence[R], wanted: Sequence[tuple[R | None, str]], *, by: Callable[[R], str]) -> bool:
    """Return whether one row is wanted twice, or a new or restored row would be alike to another row.

    `used` holds the rows that are not retired. `wanted` holds a row (None for a new one) and a name for each colour or
    size that the product shall have.
    """
    chosen = [row.id for row, _ in wanted if row is not None]
    if len(set(chosen)) < len(chosen):
        return True
    held = Counter(name_key(by(row)) for row in used)
    there = {row.id for row in used}
    for row, name in wanted:
        if row is None or row.id not in there:
            key = name_key(name if row is None else by(row))
            if held[key]:
                return True
            held[key] += 1
    return False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two or more alike names: colours of a product (`color` is empty) or sizes of the colour `color`. For each name,
    `skus` holds the SKUs of its sizes."""

    product_id: int
    color: str
    names: list[str]
    skus: list[list[str]]


def pairs_in(colors: Sequence[tuple[int, int, str]], sizes: Sequence[tuple[int, str, str]]) -> list[Pair]:
    """Find the alike names among colours (id, product id, name) and their sizes (colour id, name, SKU). Pass no retired
    rows."""
    skus: defaultdict[int, list[str]] = defaultdict(list)
    of_color: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for option_id, size, sku in sizes:
        skus[option_id].append(sku)
        of_color[option_id].append((size, sku))
    of_product: defaultdict[int, list[tuple[str, list[str]]]] = defaultdict(list)
    for option_id, product_id, color in colors:
        of_product[product_id].append((color, skus[option_id]))
    found = [Pair(product_id, "", *some) for product_id, names in of_product.items() for some in _alike(names)]
    for option_id, product_id, color in colors:
        named = [(size, [sku]) for size, sku in of_color[option_id]]
        found += [Pair(product_id, color, *some) for some in _alike(named)]
    return found


def _alike(named: Sequence[tuple[str, list[str]]]) -> list[tuple[list[str], list[list[str]]]]:
    groups: defaultdict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for name, skus in named:
        groups[name_key(name)].append((name, skus))
    return [([name for name, _ in some], [skus for _, skus in some]) for some in groups.values() if len(some) > 1]
