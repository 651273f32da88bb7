"""Receive Naver's message that a person disconnected the shop (연결 끊기 알림).

Source: docs/vendors/naver.md#when-somebody-disconnects-at-naver-연결-끊기-알림
"""

import base64
import binascii
import hashlib
import hmac
import logging
from collections.abc import Mapping
from datetime import UTC, datetime

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from src.app.auth.errors import DisconnectRefused, OAuthProviderNotFound
from src.app.auth.services.social.disconnecting import ending
from src.core.configs import settings

logger = logging.getLogger(__name__)

SIGNED = ("clientId", "encryptUniqueId", "timestamp")
MILLISECONDS_FROM = 10**11  # from here on a time is in milliseconds: as seconds it would be the year 5138


async def receive(fields: Mapping[str, str]) -> None:
    """End the link of the person whose id comes encrypted, unless it was made after the message's time. Naver proves
    itself by a signature, and sends a message once.

    Raises OAuthProviderNotFound where the client or its secret is not set, DisconnectRefused for another signature or
    client, or an id that cannot be read.
    """
    social = settings().social
    if not social.naver_client_id or not social.naver_client_secret:
        raise OAuthProviderNotFound
    key = hashlib.md5(social.naver_client_secret.encode(), usedforsecurity=False).digest()  # Naver's own rule
    signed = "&".join(f"{name}={fields.get(name, '')}" for name in SIGNED)
    wanted = hmac.new(key, signed.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
    given = _bytes_of(fields.get("signature", ""))
    is_ours = hmac.compare_digest(
        fields.get("clientId", "").encode("utf-8", "surrogatepass"), social.naver_client_id.encode()
    )
    if not (hmac.compare_digest(given, wanted) and is_ours):
        raise DisconnectRefused
    subject = _decrypted(_bytes_of(fields["encryptUniqueId"]), key)
    await ending.end("naver", subject, at=_moment(fields["timestamp"]))


def _bytes_of(text: str) -> bytes:
    """Decode URL-safe base64, with or without padding; return empty bytes for anything else."""
    try:
        return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return b""


def _decrypted(sealed: bytes, key: bytes) -> str:
    """Decrypt the id: 16 bytes of IV, then AES-128-CBC with PKCS5. Its signature was right, so a failure is Naver's or
    ours."""
    try:
        decryptor = Cipher(algorithms.AES(key), modes.CBC(sealed[:16])).decryptor()
        padded = decryptor.update(sealed[16:]) + decryptor.finalize()
        unpadder = padding.PKCS7(128).unpadder()
        return (unpadder.update(padded) + unpadder.finalize()).decode()
    except ValueError as error:  # not a length or padding that Naver sends
        logger.error("naver: a disconnect names nobody that can be read: %s", type(error).__name__)
        raise DisconnectRefused from None


def _moment(text: str) -> datetime | None:
    """Return the time of the event, None if the message has none. Naver documents seconds; milliseconds are accepted
    too."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):
        return None
    number = int(text)
    return datetime.fromtimestamp(number / 1000 if number >= MILLISECONDS_FROM else number, UTC)
