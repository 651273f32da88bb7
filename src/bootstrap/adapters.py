"""Open and close the adapters of a process: one list for web server, worker, scheduler and command line."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from tortoise import Tortoise

from src.app.auth.services.social.providers.registry import close_providers, open_providers
from src.app.event.services import views as event_views
from src.app.notice.services import views as notice_views
from src.app.notice.services.policy_versions import refresh_at_start
from src.app.notification.services.lifecycle import close_senders, open_senders
from src.app.outbound.services.lifecycle import close_outbound, open_outbound
from src.app.payment.services.channels import memory as payment_channels
from src.app.payment.services.provider.base import use_provider
from src.app.payment.services.provider.portone import PortOne
from src.app.search.services import counting
from src.app.shipping.services.tracking.lifecycle import close_tracker, open_tracker
from src.bootstrap.hooks import register_hooks
from src.common.http import rate_limits
from src.common.http.public_invalidation import Listener
from src.common.media.opening import close_store, open_store
from src.common.records.view_counts import flush_at_end
from src.core.configs import Settings
from src.core.database import drain
from src.core.database.tortoise import tortoise_config
from src.core.redis import close_redis, open_redis


@asynccontextmanager
async def opened(chosen: Settings, *, is_web: bool = False) -> AsyncIterator[None]:
    """Register the hooks and open all adapters for the body; close them in reverse order when transactions have ended.

    The adapters are Redis, the rate limits, the database, PortOne, the sign-in providers, the message senders, the
    tracking service, the outgoing webhooks and the store of files. No client connects before its first call. With
    `is_web` the listener for changes to public responses, the published policies, the payment channels and the counts
    in memory are added; the counts are written to the database at the end. An embedded Redis is part of the process:
    each process opens its own empty one.
    """
    register_hooks()
    async with AsyncExitStack() as stack:
        open_redis(chosen)
        stack.push_async_callback(close_redis)
        if is_web:
            await _open_listener(stack)
        rate_limits.open_limiter(chosen)
        await _open_database(chosen, stack)
        if is_web:
            await _open_memory(stack)
        _open_clients(chosen, stack)
        yield


async def _open_listener(stack: AsyncExitStack) -> None:
    stack.push_async_callback(counting.flush)
    listener = Listener()
    await listener.start()
    stack.push_async_callback(listener.stop)


async def _open_database(chosen: Settings, stack: AsyncExitStack) -> None:
    await Tortoise.init(config=tortoise_config(chosen), _enable_global_fallback=True)
    stack.push_async_callback(Tortoise.close_connections)
    stack.push_async_callback(drain)


async def _open_memory(stack: AsyncExitStack) -> None:
    stack.push_async_callback(flush_at_end, notice_views.flush)
    stack.push_async_callback(flush_at_end, event_views.flush)
    await refresh_at_start()
    await payment_channels.refresh_at_start()


def _open_clients(chosen: Settings, stack: AsyncExitStack) -> None:
    portone = PortOne(chosen)
    stack.push_async_callback(portone.close)
    use_provider(portone)
    stack.callback(use_provider, None)
    open_providers(chosen)
    stack.push_async_callback(close_providers)
    open_senders(chosen)
    stack.push_async_callback(close_senders)
    open_tracker(chosen)
    stack.push_async_callback(close_tracker)
    open_outbound(chosen)
    stack.push_async_callback(close_outbound)
    open_store(chosen)
    stack.callback(close_store)
