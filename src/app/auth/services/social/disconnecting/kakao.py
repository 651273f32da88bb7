"""Receive Kakao's message that a person disconnected the shop (연결 해제 알림).

Source: docs/vendors/kakao.md#when-somebody-disconnects-at-kakao-연결-해제-알림
"""

import hmac
from collections.abc import Mapping
from typing import Final

from src.app.auth.errors import DisconnectRefused, OAuthProviderNotFound
from src.app.auth.services.social.disconnecting import ending
from src.core.configs import settings

SCHEME: Final = "KakaoAK"


async def receive(fields: Mapping[str, str], *, authorization: str) -> None:
    """End the link of `user_id`. Kakao proves itself by our admin key and sends a message once.

    Raises OAuthProviderNotFound where no admin key is set, DisconnectRefused for another one.
    """
    key = settings().social.kakao_admin_key
    if not key:
        raise OAuthProviderNotFound
    scheme, _, given = authorization.partition(" ")
    is_right = hmac.compare_digest(given.strip().encode("utf-8", "surrogatepass"), key.encode())
    if scheme.casefold() != SCHEME.casefold() or not is_right:
        raise DisconnectRefused
    await ending.end("kakao", fields.get("user_id", "")[:255])
