"""`python -m src.sandbox`: run the sandbox as its own process at http://<host>:<port>/sandbox. PortOne's API is also
served at the root."""

import argparse
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from src.sandbox.app import Sandbox
from src.sandbox.config import DEFAULT_CHANNEL_KEY, PROVIDERS, OAuthClient, SandboxConfig, SensClient, TrackingService
from src.sandbox.routing import Below


def main() -> None:
    """Serve with the settings of the flags until a signal."""
    flags = _flags()
    base_url = flags.base_url or f"http://{flags.host}:{flags.port}/sandbox"
    config = SandboxConfig(
        base_url=base_url.rstrip("/"),
        webhook_url=flags.webhook_url,
        webhook_secret=flags.webhook_secret,
        api_secret=flags.api_secret,
        store_id=flags.store_id,
        channel_keys=tuple(flags.channel_key) or (DEFAULT_CHANNEL_KEY,),
        file=flags.file,
        late_webhook_seconds=flags.late_webhook_seconds,
        retry_unit_seconds=flags.retry_unit_seconds,
        slow_seconds=flags.slow_seconds,
        oauth=tuple(
            OAuthClient(
                provider, f"local-{provider}-client", f"local-{provider}-secret", tuple(flags.redirect_uri), admin_key
            )
            for provider, admin_key in zip(PROVIDERS, ("local-kakao-admin-key", "", ""), strict=True)
        ),
        sens=SensClient("local-sens-access-key", "local-sens-secret-key", flags.sens_service_id),
        tracking=TrackingService(flags.tracking_key, flags.push_url, flags.push_secret),
    )
    # Keep idle connections longer than the shop's clients do, so that no request is sent on one that is closing.
    uvicorn.run(
        standalone(Sandbox(config)),
        host=flags.host,
        port=flags.port,
        access_log=False,
        timeout_keep_alive=20,
        proxy_headers=False,
    )


def standalone(sandbox: Sandbox) -> ASGIApp:
    """Return an app that serves the sandbox and starts and stops it with its own lifespan."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await sandbox.start()
        try:
            yield
        finally:
            await sandbox.stop()

    routes = [Mount("/sandbox", app=sandbox.app), Route("/", _to_sandbox), Mount("/", app=sandbox.portone)]
    return Below("/sandbox", sandbox.app, Starlette(routes=routes, lifespan=lifespan))


async def _to_sandbox(_request: Request) -> Response:
    return RedirectResponse("/sandbox/")


def _flags() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m src.sandbox",
        description=__doc__,
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen on")
    add("--port", type=int, default=8900, help="port to listen on")
    add("--base-url", help="own public address, if not http://<host>:<port>/sandbox")
    add("--webhook-url", default="http://127.0.0.1:8000/api/v1/webhooks/portone", help="where PortOne webhooks go")
    # Public default secrets are safe here: the sandbox handles no real money.
    add("--webhook-secret", default="whsec_c2FuZGJveC13ZWJob29rLXNlY3JldC0wMDAx", help="signs webhooks")
    add("--api-secret", default="sandbox-api-secret", help="what 'Authorization: PortOne <secret>' must carry")
    add(
        "--channel-key",
        action="append",
        default=[],
        help=f"a channel of the store; {DEFAULT_CHANNEL_KEY} when none is named",
    )
    add("--store-id", default="store-sandbox", help="the store")
    add(
        "--file", type=Path, default=Path(tempfile.gettempdir()) / "shop-sandbox" / "sandbox.db", help="keeps all state"
    )
    add(
        "--redirect-uri",
        action="append",
        default=[],
        help="registered at Kakao, Naver and Google for local-<provider>-client with the secret local-<provider>-secret",
    )
    add("--sens-service-id", default="ncp:sms:kr:000000000000:sandbox", help="of local-sens-access-key")
    add("--tracking-key", default="local-tracking-api-key", help="what t_key must be")
    add("--push-url", default="", help="where scans of parcels are pushed to; nowhere if empty")
    add("--push-secret", default="local-tracking-webhook-secret", help="sent with each push")
    add("--late-webhook-seconds", type=float, default=5.0, help="how late 'late' is")
    add("--retry-unit-seconds", type=float, default=60.0, help="unit of the waits 0, 1, 4, 16, 64, 256")
    add("--slow-seconds", type=float, default=20.0, help="how long the timeout faults wait")
    return parser.parse_args()


if __name__ == "__main__":
    main()
