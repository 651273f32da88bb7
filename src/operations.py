"""Liveness, readiness and version of this process. Responses contain no personal data and no secrets."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field
from redis.exceptions import RedisError
from tortoise import Tortoise
from tortoise.exceptions import BaseORMException

from src.common.http.routing import Route
from src.common.identity import Guest
from src.core.configs import settings
from src.core.database.schema import is_migrated
from src.core.redis import redis
from src.core.startup import revision_of

PROBE_SECONDS = 1.0

Part = Literal["database", "migrations", "redis"]


class Health(BaseModel):
    """The process answers."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """``ok``; ``degraded``: works without what is named; ``unavailable``: send no requests here."""

    status: Annotated[Literal["ok", "degraded", "unavailable"], Field(examples=["ok"])]
    failing: Annotated[list[Part], Field(examples=[[]])]


class VersionRead(BaseModel):
    """What runs: the release, the commit it was built from, and the environment."""

    version: Annotated[str, Field(examples=["0.1.0"])]
    revision: Annotated[str, Field(examples=["3f2a9c1"])]
    env: Annotated[str, Field(examples=["prod"])]


class Probe:
    """A check of a dependency. It runs at most once at a time, because a hanging server would hold a connection for
    every request, and is never cancelled, because a cancelled query would leave a broken connection in the pool."""

    def __init__(self, question: Callable[[], Awaitable[bool]]) -> None:
        self._question = question
        self._asking: asyncio.Task[bool] | None = None

    async def holds(self) -> bool:
        """Return True if the probe succeeded within PROBE_SECONDS."""
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._ask())
        await asyncio.wait({self._asking}, timeout=PROBE_SECONDS)
        return self._asking.done() and self._asking.result()

    async def _ask(self) -> bool:
        try:
            return await self._question()
        except (BaseORMException, RedisError, OSError, RuntimeError):
            return False


async def database_answers() -> bool:
    """Return True if the database answers."""
    await Tortoise.get_connection("default").execute_query("SELECT 1")
    return True


async def redis_answers() -> bool:
    """Return True if Redis answers."""
    return bool(await redis().ping())


class Readers:
    """The three probes of one app. The schema is not probed again once it was found migrated."""

    def __init__(self) -> None:
        self._database = Probe(database_answers)
        self._migrations = Probe(is_migrated)
        self._redis = Probe(redis_answers)
        self._was_migrated = False

    async def failing(self) -> list[Part]:
        """Return the names of the parts that do not answer or are not ready."""
        has_database, has_redis = await asyncio.gather(self._database.holds(), self._redis.holds())
        parts: list[Part] = []
        if not has_database:
            parts.append("database")
        elif not self._was_migrated:
            self._was_migrated = await self._migrations.holds()
            if not self._was_migrated:
                parts.append("migrations")
        if not has_redis:
            parts.append("redis")
        return parts


router = APIRouter(route_class=Route, tags=["shop: operations"])


@router.get("/health", operation_id="readHealth")
async def health(_: Guest) -> Health:
    """The process answers; nothing it depends on is asked."""
    return Health()


@router.get(
    "/health/ready",
    operation_id="readReadiness",
    responses={503: {"model": Readiness, "description": "Not ready"}},
)
async def ready(_: Guest, request: Request, response: Response) -> Readiness:
    """Whether requests may be sent here: 503 names a missing database or migration; without Redis it is degraded."""
    failing = await readers_of(request.app.state).failing()
    if not failing:
        return Readiness(status="ok", failing=[])
    if failing == ["redis"]:
        return Readiness(status="degraded", failing=failing)
    response.status_code = 503
    return Readiness(status="unavailable", failing=failing)


@router.get("/version", operation_id="readVersion")
async def version(_: Guest, request: Request) -> VersionRead:
    """The release, the commit and the environment of this process."""
    chosen = settings()
    return VersionRead(version=request.app.version, revision=revision_of(chosen), env=chosen.server.env)


def readers_of(state: Any) -> Readers:
    """Return the probes of an app; they are created at the first call."""
    if not hasattr(state, "readers"):
        state.readers = Readers()
    readers: Readers = state.readers
    return readers
