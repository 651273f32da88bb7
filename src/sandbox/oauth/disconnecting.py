"""Notify the shop, as the provider does, that a person has disconnected it at Kakao or Naver.

Sources: docs/vendors/kakao.md#when-somebody-disconnects-at-kakao-연결-해제-알림 and
docs/vendors/naver.md#when-somebody-disconnects-at-naver-연결-끊기-알림.
"""

import base64
import hashlib
import hmac
import secrets
import time
from typing import Final

import httpx
from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from src.sandbox.config import OAuthClient
from src.sandbox.oauth.people import Person

ANSWER_SECONDS: Final = 3.0
"""Kakao's timeout for the answer. Neither provider retries."""


async def tell(client: OAuthClient, person: Person, *, why: str) -> int | None:
    """Notify the shop, and return the status of its answer. None if the request failed or timed out, or if the client
    has no `disconnect_url` or is Google's."""
    if not client.disconnect_url or client.provider == "google":
        return None
    form, headers = _kakao(client, person, why) if client.provider == "kakao" else (_naver(client, person), {})
    async with httpx.AsyncClient(timeout=ANSWER_SECONDS, trust_env=False) as calls:
        try:
            answer = await calls.post(client.disconnect_url, data=form, headers=headers)
        except httpx.HTTPError:
            return None
    return answer.status_code


def _kakao(client: OAuthClient, person: Person, why: str) -> tuple[dict[str, str], dict[str, str]]:
    form = {"app_id": "123456", "user_id": str(person.kakao_id()), "referrer_type": why}
    return form, {"Authorization": f"KakaoAK {client.admin_key}"}


def _naver(client: OAuthClient, person: Person) -> dict[str, str]:
    key = hashlib.md5(client.client_secret.encode(), usedforsecurity=False).digest()
    form = {
        "clientId": client.client_id,
        "encryptUniqueId": sealed(person.naver_id(), key),
        "timestamp": str(int(time.time())),
    }
    signed = "&".join(f"{name}={text}" for name, text in form.items())
    return {**form, "signature": _text(hmac.new(key, signed.encode(), hashlib.sha256).digest())}


def sealed(subject: str, key: bytes) -> str:
    """Encrypt the id as Naver does: a random IV, then AES-128-CBC with PKCS5 padding; in base64url."""
    padder = padding.PKCS7(128).padder()
    padded = padder.update(subject.encode()) + padder.finalize()
    iv = secrets.token_bytes(16)
    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return _text(iv + encryptor.update(padded) + encryptor.finalize())


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
