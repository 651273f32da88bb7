"""What a command needs to run a job outside the server: database, Redis and the payment provider, opened and closed."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from tortoise import Tortoise

from src.app.auth.services.social.providers.registry import close_providers, open_providers
from src.app.notification.services.lifecycle import close_senders, open_senders
from src.app.outbound.services.lifecycle import close_outbound, open_outbound
from src.app.payment.services.provider.base import use_provider
from src.app.payment.services.provider.portone import PortOne
from src.bootstrap.hooks import register_checks
from src.common.http import rate_limits
from src.common.media.opening import close_store, open_store
from src.core.configs import Settings
from src.core.database import drain
from src.core.database.tortoise import tortoise_config
from src.core.redis import close_redis, open_redis


@asynccontextmanager
async def standalone(chosen: Settings) -> AsyncIterator[None]:
    """Open everything for the body. The embedded Redis lives in the server's process: here it is another, empty one."""
    register_checks()
    async with AsyncExitStack() as stack:
        open_redis(chosen)
        rate_limits.open_limiter(chosen)
        stack.push_async_callback(close_redis)
        await Tortoise.init(config=tortoise_config(chosen), _enable_global_fallback=True)
        stack.push_async_callback(Tortoise.close_connections)
        stack.push_async_callback(drain)
        portone = PortOne(chosen)
        stack.push_async_callback(portone.close)
        use_provider(portone)
        open_providers(chosen)
        stack.push_async_callback(close_providers)
        open_senders(chosen)
        stack.push_async_callback(close_senders)
        open_outbound(chosen)
        stack.push_async_callback(close_outbound)
        open_store(chosen)
        stack.callback(close_store)
        yield
        use_provider(None)
