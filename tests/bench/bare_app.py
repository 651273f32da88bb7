"""The limits of the benches: FastAPI routes that only return bytes, served by gunicorn with uvicorn's own worker.

``BENCH_BYTES`` is a folder with one file of bytes for each route, ``/bytes/<name>``; with ``REDIS_URL`` there is
``/redis/<name>`` too, which reads one key of Redis first. No route has a parameter, and FastAPI's telemetry is off as
in the shop unless ``BENCH_TELEMETRY`` is set: both would slow down the limit and make it easier to reach.
"""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import FastAPI, Response
from fastapi.telemetry import TelemetryConfig
from redis.asyncio import Redis

SILENT: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}


def create_bare_app(folder: Path, redis_url: str, *, has_telemetry: bool) -> FastAPI:
    """Return an app with one route for each file of the folder, or two with `redis_url`."""
    app = FastAPI() if has_telemetry else FastAPI(telemetry=SILENT)
    for file in sorted(folder.iterdir()):
        app.get(f"/bytes/{file.stem}")(_same_bytes(file.read_bytes()))
        if redis_url:
            app.get(f"/redis/{file.stem}")(_after_redis(file.read_bytes(), Redis.from_url(redis_url)))

    @app.get("/not-modified")
    async def not_modified() -> Response:
        return Response(status_code=304)

    @app.get("/ready")
    async def ready() -> Response:
        return Response(b"ok")

    return app


def _same_bytes(body: bytes) -> Callable[[], Awaitable[Response]]:
    async def same_bytes() -> Response:
        return Response(body, media_type="application/json")

    return same_bytes


def _after_redis(body: bytes, redis: "Redis") -> Callable[[], Awaitable[Response]]:
    async def after_redis() -> Response:
        await redis.get("bench")
        return Response(body, media_type="application/json")

    return after_redis


app = create_bare_app(
    Path(os.environ["BENCH_BYTES"]),
    os.environ.get("REDIS_URL", ""),
    has_telemetry=bool(os.environ.get("BENCH_TELEMETRY")),
)
