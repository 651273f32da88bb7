"""Turn the query of the callback into the proved person; translate a provider's errors for the caller."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from src.app.auth.dtos.social import SocialReturn
from src.app.auth.errors import OAuthCodeInvalid, OAuthConsentRefused, OAuthProviderUnavailable
from src.app.auth.services.social.providers.base import Ask, Profile, ProviderName, SocialProvider
from src.app.auth.services.social.providers.wire import OUR_FAULT, word
from src.common.vendors import Declined, Nonsense, Unreachable
from src.core.observing.vendors import vendor_call

logger = logging.getLogger(__name__)

REFUSED: Final = frozenset(
    {"access_denied", "login_required", "consent_required", "interaction_required", "account_selection_required"}
)


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person who has just been proved to be this subject of this provider."""

    provider: ProviderName
    profile: Profile
    refresh_token: str | None = field(default=None, repr=False)


async def proved(body: SocialReturn, *, provider: SocialProvider, ask: Ask) -> Person:
    """Exchange the code, once, and read the profile. Call outside any transaction.

    Raises OAuthConsentRefused, OAuthCodeInvalid, OAuthProviderUnavailable.
    """
    if body.error is not None or body.code is None:
        raise _returned(provider.name, body.error or "")
    with _answers(provider.name):
        with vendor_call(provider.name, "exchange"):
            granted = await provider.exchange(body.code, ask)
        with vendor_call(provider.name, "profile"):
            profile = await provider.profile(granted, ask)
    return Person(provider=provider.name, profile=profile, refresh_token=granted.refresh_token)


def _returned(name: str, error: str) -> OAuthConsentRefused | OAuthProviderUnavailable:
    """Return the error of the callback. It came through the browser, so only known words are accepted and logged."""
    if error in REFUSED:
        return OAuthConsentRefused()
    if error in OUR_FAULT:
        logger.error("%s refuses our sign-in client: %s", name, error)
    else:
        logger.warning("%s sent somebody back with an error", name)
    return _unavailable()


@contextmanager
def _answers(name: str) -> Iterator[None]:
    try:
        yield
    except Declined as error:
        logger.info("%s declined a code: %s", name, word(error.reason))
        raise OAuthCodeInvalid from None
    except Unreachable as error:
        logger.warning("%s cannot be reached: %s", name, error.reason)
        raise _unavailable() from None
    except Nonsense as error:
        logger.error("%s answers what it must not, or our client is set up wrongly: %s", name, error.reason)
        raise _unavailable() from None


def _unavailable() -> OAuthProviderUnavailable:
    return OAuthProviderUnavailable(headers={"Retry-After": "5"})
