"""The providers of this process: those that have a client id. The lifespan of the app opens and closes them."""

from src.app.auth.errors import OAuthProviderNotFound
from src.app.auth.services.social.providers.base import SocialProvider
from src.app.auth.services.social.providers.google import Google
from src.app.auth.services.social.providers.kakao import Kakao
from src.app.auth.services.social.providers.naver import Naver
from src.core.configs import Settings

_open: dict[str, SocialProvider] = {}


def open_providers(chosen: Settings) -> None:
    """Create an adapter for each provider with a client id in the settings. They connect at first use."""
    social = chosen.social
    _open.clear()
    if social.kakao_client_id:
        _open["kakao"] = Kakao(chosen)
    if social.naver_client_id:
        _open["naver"] = Naver(chosen)
    if social.google_client_id:
        _open["google"] = Google(chosen)


async def close_providers() -> None:
    """Close all pools."""
    while _open:
        await _open.popitem()[1].close()


def named(provider: str) -> SocialProvider:
    """Return the enabled provider of this name. Raises OAuthProviderNotFound."""
    if provider not in _open:
        raise OAuthProviderNotFound
    return _open[provider]


def callback_url(chosen: Settings, provider: str) -> str:
    """Return the redirect address: a page of the front end, to be registered with the provider exactly so."""
    return f"{chosen.identity.front_url.rstrip('/')}/oauth/{provider}/callback"
