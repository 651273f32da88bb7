"""End a link at its provider."""

import logging

from src.app.auth.errors import OAuthProviderNotFound
from src.app.auth.models import SocialAccount
from src.app.auth.services.social import links
from src.app.auth.services.social.providers import registry
from src.common.vendors import VendorError
from src.core.observing.vendors import vendor_call

logger = logging.getLogger(__name__)


async def unlink_at_provider(link: SocialAccount) -> bool:
    """End the link at the provider; return True if it succeeded. A failure is logged without the person's id, and never
    raised."""
    try:
        adapter = registry.named(link.provider)
        with vendor_call(adapter.name, "unlink"):
            await adapter.unlink(link.subject, refresh_token=links.refresh_token_of(link))
    except OAuthProviderNotFound:
        logger.warning("a link could not be ended at %s: switched off", link.provider)
        return False
    except VendorError as error:
        logger.warning("a link could not be ended at %s: %s: %s", link.provider, type(error).__name__, error.reason)
        return False
    return True
