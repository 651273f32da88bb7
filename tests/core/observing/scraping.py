"""What a scrape says, read by Prometheus's own parser."""

from collections.abc import Mapping
from dataclasses import dataclass

import httpx
from prometheus_client.parser import text_string_to_metric_families


@dataclass(frozen=True)
class Scrape:
    """Samples by name: for each its labels and its value."""

    samples: Mapping[str, list[tuple[dict[str, str], float]]]

    def value(self, name: str, /, **labels: str) -> float:
        """The sum of the samples that carry these labels, 0 where there is none."""
        return sum(value for found, value in self.samples.get(name, []) if labels.items() <= found.items())

    def labels(self, name: str) -> set[str]:
        """Every label that a sample of this name carries."""
        return {label for found, _ in self.samples.get(name, []) for label in found}


def parsed(text: str) -> Scrape:
    """Raises ValueError on what Prometheus would not read."""
    samples: dict[str, list[tuple[dict[str, str], float]]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            samples.setdefault(sample.name, []).append((sample.labels, sample.value))
    return Scrape(samples)


async def scraped(port: int) -> Scrape:
    """What ``/metrics`` on this port of loopback says now."""
    async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
        answer = (await client.get(f"http://127.0.0.1:{port}/metrics")).raise_for_status()
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    return parsed(answer.text)


async def answers(port: int) -> bool:
    """Whether anybody answers a scrape."""
    try:
        await scraped(port)
    except httpx.HTTPError:
        return False
    return True
