"""Kinds of metrics that a process counts itself. Every family is declared once, in `metrics`.

Label values come from our own code (route templates, outcomes), never from user input: each new value takes cells
permanently. Counting is not thread-safe; the only possible loss is a count.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Generic, TypeVar

from src.core.observing.store import Key, Store

MICRO: Final = 1e-6
SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

store: Final = Store()
declared: Final[dict[str, "MetricFamily[Cells]"]] = {}


class Cells:
    """Some cells of the store. `values` are the label values."""

    def __init__(self, key: Key, width: int) -> None:
        self.key = key
        self.width = width
        self.cells = store.cells(key, width)

    def rebind(self, *, add: bool) -> None:
        """Move to the store's current cells. With `add`, the previous counts are added to them."""
        before, self.cells = self.cells, store.cells(self.key, self.width)
        if add:
            for number in range(self.width):
                self.cells[number] += before[number]


class Counter(Cells):
    """A number that only rises."""

    def add(self, much: int = 1) -> None:
        """Add to the count."""
        self.cells[0] += much


class Gauge(Cells):
    """A number that keeps the value last set, in whole units of the family's scale."""

    def set(self, value: int) -> None:
        """Set the value."""
        self.cells[0] = value

    def add(self, much: int) -> None:
        """Change the value by this amount."""
        self.cells[0] += much


class Histogram(Cells):
    """A histogram of durations: one cell per bound of the family, one above them, one for the sum."""

    bounds: Sequence[float] = SECONDS

    def observe(self, seconds: float) -> None:
        """Count one duration."""
        cells = self.cells
        cells[bisect_left(self.bounds, seconds)] += 1
        cells[-1] += int(seconds * 1_000_000)


C_co = TypeVar("C_co", bound=Cells, covariant=True)


@dataclass(eq=False)
class MetricFamily(Generic[C_co]):
    """A metric name with its labels. `known` label values exist from the start, so that their first increase is
    visible.

    `per_process` gauges carry the label ``worker``, the process's number; others are summed. A cell times `scale` is
    the exported value.
    """

    kind: type[C_co]
    name: str
    text: str
    labels: tuple[str, ...] = ()
    known: Iterable[tuple[str, ...]] = ()
    per_process: bool = False
    scale: float = 1
    children: dict[tuple[str, ...], C_co] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.name in declared:
            raise ValueError(f"{self.name} is declared twice")
        declared[self.name] = self
        for values in self.known if self.labels else ((),):
            self.of(*values)

    @property
    def width(self) -> int:
        """Cells per metric: for a histogram one per bound, one above them, one for the sum."""
        return len(SECONDS) + 2 if issubclass(self.kind, Histogram) else 1

    def of(self, *values: str) -> C_co:
        """Return the metric with these label values."""
        child = self.children.get(values)
        if child is None:
            if len(values) != len(self.labels):
                raise ValueError(f"{self.name} has the labels {self.labels}")
            child = self.children[values] = self.kind(Key(self.name, values), self.width)
        return child


def fingerprint() -> str:
    """Return a hash of the declarations: files of a release with others must not be read as this one's."""
    return repr(sorted((f.name, f.kind.__name__, f.labels, f.width) for f in declared.values())) + repr(SECONDS)


def open_store(folder: Path) -> None:
    """Count into shared memory from now on, and continue its counters. Raises OSError; then nothing has changed."""
    store.open(folder, fingerprint())
    store.clear({family.name for family in declared.values() if issubclass(family.kind, Gauge)})
    for child in _children():
        child.rebind(add=True)


def close_store() -> None:
    """Count privately again, from 0. Earlier counts stay in the shared memory."""
    store.close()
    for child in _children():
        child.rebind(add=isinstance(child, Gauge))


def _children() -> Iterator[Cells]:
    for family in declared.values():
        yield from family.children.values()
