"""Composition root of the web server: gunicorn serves `app`.

Routers, middlewares and the sandbox are put together only here. `src.bootstrap` opens adapters and registers the hooks
between domains; `src.worker` has the jobs and their executors.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any, Literal

from fastapi import APIRouter, FastAPI

from src import operations
from src.app.auth.router import admin_router as auth_admin
from src.app.auth.router import router as auth
from src.app.auth.services.sessions.gate import SessionGate
from src.app.backoffice.router import admin_router as backoffice_admin
from src.app.banner.router import admin_router as banner_admin
from src.app.banner.router import router as banner
from src.app.cart.router import router as cart
from src.app.category.router import admin_router as category_admin
from src.app.category.router import router as category
from src.app.checkout.router import admin_router as checkout_admin
from src.app.checkout.router import router as checkout
from src.app.claim.router import admin_router as claim_admin
from src.app.deposit.router import admin_router as deposit_admin
from src.app.desk.router import admin_router as desk_admin
from src.app.event.router import admin_router as event_admin
from src.app.event.router import router as event
from src.app.fulfilment.router import admin_router as fulfilment_admin
from src.app.fulfilment.router import router as fulfilment
from src.app.notice.router import admin_router as notice_admin
from src.app.notice.router import router as notice
from src.app.notification.router import admin_router as notification_admin
from src.app.notification.services.texts import buttons
from src.app.outbound.router import admin_router as outbound_admin
from src.app.payment.router import admin_router as payment_admin
from src.app.payment.router import router as payment
from src.app.product.router import admin_router as product_admin
from src.app.product.router import router as product
from src.app.promotion_product.router import admin_router as promotion_product_admin
from src.app.promotion_product.router import router as promotion_product
from src.app.receipt.router import admin_router as receipt_admin
from src.app.receipt.router import router as receipt
from src.app.search.router import admin_router as search_admin
from src.app.search.router import router as search
from src.app.search.router import words_router as search_words
from src.app.settlement.router import admin_router as settlement_admin
from src.app.shipping.router import admin_router as shipping_admin
from src.app.shipping.router import router as shipping
from src.app.shop.router import admin_router as shop_admin
from src.app.shop.router import router as shop
from src.app.staff.router import admin_router as staff_admin
from src.app.storefront.router import admin_router as storefront_admin
from src.app.storefront.router import files_router as storefront_files
from src.app.storefront.router import router as storefront
from src.app.user.router import admin_router as user_admin
from src.app.user.router import router as user
from src.bootstrap.adapters import opened
from src.common.handlers.registration import register
from src.common.http.route_table import RouteTable
from src.common.http.routing import take_routes
from src.common.logs.setup import set_up_logging
from src.common.media.addresses import INCOMING
from src.common.media.static_files import MediaFiles
from src.common.middlewares.body_limit import BodyLimit
from src.common.middlewares.cors import Cors
from src.common.middlewares.envelope import Envelope
from src.common.middlewares.trusted_hosts import TrustedHosts
from src.common.records import audit
from src.common.work import wakeup
from src.core.configs import Settings, settings
from src.core.configs.checks import problems
from src.core.observing.tracing import Tracing
from src.pages import add_pages
from src.worker.executors import register_executors
from src.worker.process.in_web import start_work
from src.worker.process.telemetry import exported, observed

if TYPE_CHECKING:
    from src.sandbox import OAuthClient, Sandbox, TrackingService

# Route matching is linear: the most requested routers come first.
ROUTERS: tuple[APIRouter, ...] = (
    product,
    storefront,
    promotion_product,
    search,
    category,
    banner,
    notice,
    event,
    shop,
    shipping,
    user,
    cart,
    checkout,
    receipt,
    fulfilment,
    payment,
    auth,
    auth_admin,
    staff_admin,
    user_admin,
    backoffice_admin,
    notification_admin,
    payment_admin,
    checkout_admin,
    receipt_admin,
    deposit_admin,
    fulfilment_admin,
    claim_admin,
    desk_admin,
    settlement_admin,
    promotion_product_admin,
    notice_admin,
    event_admin,
    storefront_admin,
    banner_admin,
    shop_admin,
    shipping_admin,
    product_admin,
    category_admin,
    search_admin,
    search_words,
    outbound_admin,
)
PORTONE_HOST = "portone.localhost"  # browsers resolve every name below localhost to this machine
EXPOSED = (
    "X-New-Token",
    "X-Cart-Token",
    "X-Request-ID",
    "X-Process-Time",
    "ETag",
    "Retry-After",
    "Idempotency-Replayed",
    "Deprecation",
    "Sunset",
    "Link",
)
ALLOWED = (
    "Authorization",
    "Content-Type",
    "Idempotency-Key",
    "X-Cart-Token",
    "X-Guest-Token",
    "X-Request-ID",
    "If-Match",
    "If-None-Match",
)


class Shop(FastAPI):
    """FastAPI with the OpenAPI document of `common.openapi`."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI document. It is built at the first call, so that the start does not wait for it."""
        if self.openapi_schema is None:
            from src.common.openapi.document import document_of

            self.openapi_schema = document_of(self)
        return self.openapi_schema


def create_app(chosen: Settings, *, with_runner: bool = True) -> FastAPI:
    """Create the app for these settings. Raises SystemExit that names every wrong setting."""
    if found := problems(chosen) or buttons.unknown(chosen):
        raise SystemExit("refusing to start:\n" + "\n".join(f"  - {problem}" for problem in found))
    sandbox = _sandbox(chosen)
    app = Shop(
        title="Micgolf shop",
        version="0.1.0",
        description="Shop backend of Micgolf. 믹골프 쇼핑몰 백엔드 API.",
        lifespan=_lifespan(chosen, sandbox, with_runner=with_runner),
        redirect_slashes=False,
        docs_url=None,  # src/pages.py serves the pages without content from other servers
        redoc_url=None,
        # Otherwise FastAPI looks for exporters at every request.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.state.gate = SessionGate()
    app.state.on_denied = audit.denied
    register_executors()
    register(app)
    # The last added is the outermost.
    app.add_middleware(BodyLimit, limit=chosen.server.body_limit, own=body_limits(chosen))
    app.add_middleware(
        Cors,
        allow_origins=list(chosen.server.cors_origins),
        allow_credentials=True,
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=list(ALLOWED),
        expose_headers=list(EXPOSED),
    )
    if chosen.server.allowed_hosts:
        app.add_middleware(TrustedHosts, allowed=chosen.server.allowed_hosts)
    app.add_middleware(
        Envelope,
        is_local=chosen.is_local,
        is_counted=bool(chosen.metrics_port("web")),
        is_timed=chosen.server_timing,
    )
    if chosen.observe.tracing_endpoint:
        app.add_middleware(Tracing)
    take_routes(app.router, *ROUTERS, storefront_files, operations.router)
    add_pages(app, has_sandbox=sandbox is not None)
    app.mount("/media", MediaFiles(directory=chosen.server.state_dir / "media", check_dir=False), name="media")
    if sandbox is not None:
        app.mount("/sandbox", sandbox.app, name="sandbox")
        app.host(PORTONE_HOST, sandbox.portone, name="sandbox-portone")
    app.router.middleware_stack = RouteTable(app.router)
    return app


def body_limits(chosen: Settings) -> dict[str, int]:
    """Return the limits in bytes of the paths with a limit of their own. The form around a file may add 16 KiB."""
    return {
        "/api/v1/admin/uploads": chosen.media.upload_limit + 16_384,
        f"/media/{INCOMING}/": chosen.media.upload_limit,
        "/api/v1/admin/products/import": chosen.imports.file_limit + 16_384,
        "/api/v1/admin/settings/shipping/surcharges/import": chosen.imports.file_limit + 16_384,
    }


def _sandbox(chosen: Settings) -> "Sandbox | None":
    """Create the simulators from their configuration. None if they are off or run in another process: then their code
    is not loaded, as in production."""
    if not chosen.sandbox or chosen.server.sandbox_url:
        return None
    from src.sandbox import Sandbox, SandboxConfig, SensClient

    return Sandbox(
        SandboxConfig(
            base_url=chosen.sandbox_url,
            webhook_url=f"http://127.0.0.1:{chosen.server.port}/api/v1/webhooks/portone",
            webhook_secret=chosen.portone.webhook_secrets[0],
            api_secret=chosen.portone.api_secret,
            store_id=chosen.portone.store_id,
            channel_keys=tuple(filter(None, (chosen.portone.channel_key, chosen.portone.easy_pay_channel_key))),
            file=chosen.server.state_dir / "sandbox.db",
            oauth=oauth_clients(chosen),
            sens=SensClient(
                access_key=chosen.messages.sens_access_key,
                secret_key=chosen.messages.sens_secret_key,
                service_id=chosen.messages.sens_service_id,
                alimtalk_service_id=chosen.messages.alimtalk_service_id,
            ),
            tracking=_tracking(chosen),
        )
    )


def _tracking(chosen: Settings) -> "TrackingService":
    """Return the shop's account at the simulated tracking service. Without a secret of the shop nothing is pushed."""
    from src.sandbox import TrackingService

    secrets = chosen.tracking_secrets
    return TrackingService(
        api_key=chosen.tracking_key,
        push_url=f"http://127.0.0.1:{chosen.server.port}/api/v1/webhooks/tracking" if secrets else "",
        push_secret=secrets[0] if secrets else "",
    )


def oauth_clients(chosen: Settings) -> "tuple[OAuthClient, ...]":
    """Return the shop's clients at the simulated providers, each with one redirect address on the front end."""
    from src.sandbox import OAuthClient

    social = chosen.social
    secrets: dict[Literal["kakao", "naver", "google"], tuple[str, str, str]] = {
        "kakao": (social.kakao_client_id, social.kakao_client_secret, social.kakao_admin_key),
        "naver": (social.naver_client_id, social.naver_client_secret, ""),
        "google": (social.google_client_id, social.google_client_secret, ""),
    }
    return tuple(
        OAuthClient(
            provider=provider,
            client_id=client_id,
            client_secret=client_secret,
            redirect_uris=(f"{chosen.identity.front_url.rstrip('/')}/oauth/{provider}/callback",),
            admin_key=admin_key,
            disconnect_url=f"http://127.0.0.1:{chosen.server.port}/api/v1/oauth/{provider}/disconnect",
        )
        for provider, (client_id, client_secret, admin_key) in secrets.items()
    )


def _lifespan(
    chosen: Settings, sandbox: "Sandbox | None", *, with_runner: bool
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Return the lifespan that opens the adapters of a web process and starts its background work, and ends both in
    reverse order."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(observed(chosen, role="web"))
            await stack.enter_async_context(opened(chosen, is_web=True))
            if sandbox is not None:
                await sandbox.start()
                stack.push_async_callback(sandbox.stop)
            await stack.enter_async_context(exported(chosen, role="web"))
            if with_runner:
                await start_work(chosen, stack)
            yield
        wakeup.reset()

    return lifespan


set_up_logging(settings().server.log_level, is_text=settings().server.log_format == "text")
app = create_app(settings())
