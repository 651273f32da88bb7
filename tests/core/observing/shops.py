"""The shop as it is started, watched: one worker on SQLite, with a port for metrics."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from tests.concurrency.support import Shop, running, until
from tests.conftest import free_port
from tests.core.observing.scraping import answers


class Watched:
    """A running shop and where its metrics are."""

    def __init__(self, shop: Shop, metrics: int, state: Path) -> None:
        self.shop, self.metrics, self.state = shop, metrics, state

    def database(self, statement: str) -> None:
        """Run a statement behind the shop's back."""
        with sqlite3.connect(self.state / "shop.db", timeout=30) as connection:
            connection.execute(statement)

    def client(self) -> httpx.AsyncClient:
        """A client of the shop."""
        return self.shop.client()


@asynccontextmanager
async def watched(state: Path, **environment: str) -> AsyncIterator[Watched]:
    """A shop on embedded parts whose ``/metrics`` answers."""
    port = free_port()
    embedded = {"WEB_CONCURRENCY": "1", "METRICS_PORT": str(port), "METRICS_DIR": str(state / "metrics")}
    async with running({**embedded, **environment}, state) as shop:

        async def is_there() -> bool:
            return await answers(port)

        assert await until(is_there), shop.said()[-3000:]
        yield Watched(shop, port, state)
