"""The text that Prometheus reads (exposition format 0.0.4)."""

from collections.abc import Iterator, Sequence

from src.core.observing.families import MICRO, SECONDS, Cells, Gauge, Histogram, MetricFamily, declared
from src.core.observing.gauges import Readings
from src.core.observing.store import Key, Snapshot

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


def rendered(snapshots: Sequence[Snapshot], readings: Readings) -> bytes:
    """Return all metrics: counters summed over every process that ever counted, gauges over live processes."""
    lines: list[str] = []
    for family in declared.values():
        lines += _family(family, snapshots)
    for figure, values in readings.items():
        lines += _head(figure.name, figure.text, "gauge")
        lines += [_line(figure.name, figure.labels, found, value) for found, value in sorted(values.items())]
    return ("\n".join(lines) + "\n").encode()


def _head(name: str, text: str, kind: str) -> tuple[str, str]:
    return f"# HELP {name} {text}", f"# TYPE {name} {kind}"


def _family(family: MetricFamily[Cells], snapshots: Sequence[Snapshot]) -> Iterator[str]:
    is_gauge, is_histogram = issubclass(family.kind, Gauge), issubclass(family.kind, Histogram)
    yield from _head(family.name, family.text, "gauge" if is_gauge else "histogram" if is_histogram else "counter")
    labels = (*family.labels, "worker") if family.per_process else family.labels
    sums: dict[tuple[str, ...], list[int]] = {}
    for snapshot in snapshots:
        if is_gauge and not snapshot.is_alive:
            continue
        for values, cells in _of(family.name, snapshot):
            whole = (*values, str(snapshot.number)) if family.per_process else values
            before = sums.setdefault(whole, [0] * family.width)
            sums[whole] = [one + other for one, other in zip(before, cells, strict=True)]
    for values, summed in sorted(sums.items()):
        if is_histogram:
            yield from _histogram(family.name, labels, values, summed)
        else:
            yield _line(family.name, labels, values, summed[0] * family.scale)


def _of(name: str, snapshot: Snapshot) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
    for key, cells in snapshot.cells.items():
        if key.family == name:
            yield key.values, cells


def _histogram(name: str, labels: tuple[str, ...], values: tuple[str, ...], cells: Sequence[int]) -> Iterator[str]:
    total = 0
    for bound, count in zip((*(f"{bound:g}" for bound in SECONDS), "+Inf"), cells[:-1], strict=True):
        total += count
        yield _line(f"{name}_bucket", (*labels, "le"), (*values, bound), total)
    yield _line(f"{name}_sum", labels, values, cells[-1] * MICRO)
    yield _line(f"{name}_count", labels, values, total)


def _line(name: str, labels: Sequence[str], values: Sequence[str], value: float) -> str:
    inside = ",".join(f'{label}="{one.translate(ESCAPES)}"' for label, one in zip(labels, values, strict=True))
    return f"{name}{{{inside}}} {_number(value)}" if inside else f"{name} {_number(value)}"


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.10g}"


def private_snapshot(families: Sequence[MetricFamily[Cells]]) -> Snapshot:
    """Return the metrics of this process alone, where there is no shared memory."""
    cells = {Key(f.name, values): tuple(child.cells) for f in families for values, child in f.children.items()}
    return Snapshot(number=0, is_alive=True, cells=cells)
