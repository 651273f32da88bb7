"""Results of a bench: rounds of candidate and limit in turns, and their ratio."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tests.bench.support.machine import load_average, wait_for_calm


@dataclass(frozen=True, kw_only=True)
class Load:
    """Result of one run against one side. `cpu` is the CPU seconds of the side's only Python process."""

    done: int
    seconds: float
    cpu: float
    p50_ms: float = 0.0
    p99_ms: float = 0.0
    failed: int = 0
    created: int = 0
    example: str = ""

    @property
    def rate(self) -> float:
        """Requests done per second."""
        return self.done / self.seconds

    @property
    def cpu_us(self) -> float:
        """Microseconds of the process's CPU for each request done."""
        return self.cpu * 1e6 / max(1, self.done)


def turns(rounds: int, sides: Mapping[str, Callable[[], Load]]) -> dict[str, list[Load]]:
    """Run every side once in each round, in reverse order in every second round. The first round is a warm-up and is
    not measured."""
    loads: dict[str, list[Load]] = {name: [] for name in sides}
    for number in range(rounds + 1):
        wait_for_calm()
        order = list(sides) if number % 2 else list(sides)[::-1]
        for name in order:
            load = sides[name]()
            if load.failed:
                print(f"  {name}: {load.failed} of {load.done} failed {load.example}", flush=True)
            if number:
                loads[name].append(load)
        rates = "  ".join(f"{name} {loads[name][-1].rate:.0f}/s" for name in sides if loads[name])
        print(f"  round {number}: {rates or 'warm-up'}  (load {load_average()})", flush=True)
    return loads


def ratio_line(what: str, candidate: Sequence[Load], limit: Sequence[Load], floor: float | None) -> str:
    """Return one line of a result: the median of the rounds' ratios, their range, the ratio by CPU, and the rates."""
    ratios = [one.rate / other.rate for one, other in zip(candidate, limit, strict=True)]
    by_cpu = statistics.median(one.cpu_us for one in limit) / statistics.median(one.cpu_us for one in candidate)
    middle = statistics.median(ratios)
    verdict = "" if floor is None else f" {'ok' if middle >= floor else 'MISSED'} (>= {floor})"
    return (
        f"{what}: {middle:.2f} [{min(ratios):.2f} to {max(ratios):.2f}]{verdict}; by CPU {by_cpu:.2f}; "
        f"{median_rate(candidate):.0f}/s of {median_rate(limit):.0f}/s; "
        f"p50 {statistics.median(one.p50_ms for one in candidate):.2f} ms, "
        f"p99 {statistics.median(one.p99_ms for one in candidate):.2f} ms; "
        f"{statistics.median(one.cpu_us for one in candidate):.0f} us of CPU"
    )


def median_rate(loads: Sequence[Load]) -> float:
    """Return the median of the rounds' rates."""
    return statistics.median(load.rate for load in loads)
