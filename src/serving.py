"""Steps of every server start: prepare the database, print the addresses; and the development server."""

from importlib.util import find_spec
from pathlib import Path

from src.core.configs import Settings


async def prepare(chosen: Settings) -> bool:
    """Migrate and, in local, load the demo shop into an empty database. Return True if it was loaded now.

    With ``MIGRATE_AT_START=false`` MySQL is not changed: workers are not ready until it is migrated by another command.
    """
    from src.core.database.schema import prepared

    if chosen.database.mysql is not None and not chosen.server.migrate_at_start:
        return False
    async with prepared(chosen):
        if chosen.server.env != "local" or not chosen.server.demo_shop or find_spec("src.demo.seeding") is None:
            return False
        from src.demo.seeding import load_demo_shop

        return bool(await load_demo_shop(chosen))


def announcement(chosen: Settings, *, host: str, is_fresh: bool) -> list[str]:
    """Return the lines that a start prints."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - compared, not bound
    base = f"http://{shown}:{chosen.server.port}"
    parts = "SQLite" if chosen.database.mysql is None else "MySQL", "Redis" if chosen.redis.url else "embedded Redis"
    workers = f"{chosen.server.workers} worker" + ("s" if chosen.server.workers > 1 else "")
    lines = [
        f"Micgolf shop · ENV={chosen.server.env} · {parts[0]}, {parts[1]} · {workers}",
        f"  시작 / start page     {base}/",
        f"  API 문서 / docs       {base}/docs",
        f"  상태 / health         {base}/health/ready",
    ]
    if port := chosen.metrics_port("web"):
        lines.append(f"  메트릭 / metrics      http://{chosen.observe.metrics_host}:{port}/metrics")
    if chosen.sandbox:
        lines.append(f"  메시지함 / inbox      {base}/sandbox/inbox")
    if chosen.server.env == "local" and chosen.server.demo_shop and find_spec("src.demo.seeding"):
        loaded = "데모 상점을 넣었습니다 / demo shop loaded" if is_fresh else "데모 상점 / demo shop"
        lines += [
            f"  {loaded}:",
            "    회원 / member       demo / Demo!2345    POST /api/v1/auth/sign-in",
            "    관리자 / staff      admin / Admin!2345  POST /api/v1/admin/auth/sign-in",
        ]
    return lines


def bind_host(chosen: Settings) -> str:
    """Return the address to listen on: the setting, else loopback in local and all interfaces elsewhere."""
    return chosen.server.bind_host or ("127.0.0.1" if chosen.is_local else "0.0.0.0")  # noqa: S104


def serve_for_development(chosen: Settings, *, reload: bool) -> None:
    """Serve with one process until it is stopped; with `reload` it restarts when a file under ``src`` changes.

    The database is prepared once, before serving: restart by hand after a change to a model. Not for production: no
    master replaces a dead worker, and connections are not drained.
    """
    import uvicorn

    uvicorn.run(
        "src.main:app",
        host=bind_host(chosen),
        port=chosen.server.port,
        reload=reload,
        reload_dirs=[str(Path(__file__).parent)] if reload else None,
        http="httptools",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips=chosen.server.trusted_proxies,
        timeout_keep_alive=20,  # as in gunicorn_conf.py: longer than our clients keep idle connections
        timeout_graceful_shutdown=5,
    )
