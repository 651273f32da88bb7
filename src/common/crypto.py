"""Stored secrets: encryption for values that are read again, keyed hashes for values that are only compared.

Both use ``DATA_KEY``. Values made with a key of ``OLD_DATA_KEYS`` are still accepted. To change the key, move the old
one there, and remove it when no stored value uses it any more.
"""

import base64
import hashlib
import hmac
from functools import lru_cache
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from src.core.configs import settings

SEAL: Final = b"micgolf seal v1"
HASH: Final = b"micgolf keyed hash v1"


class CannotUnseal(ValueError):
    """The value was sealed with a key that is no longer configured, or it was changed."""


def seal(text: str) -> str:
    """Encrypt and sign `text` with the newest key. Each call returns a different text, of about 4/3 of the length plus
    100 characters."""
    return _box(_keys()).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Decrypt a text sealed with any current or old key. Raises CannotUnseal; the error holds nothing of the value."""
    try:
        return _box(_keys()).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise CannotUnseal("sealed with another key, or changed") from None


def keyed_hash(purpose: str, text: str) -> str:
    """Return the HMAC-SHA256 of `text` with the newest key as 64 hex digits. It differs for each purpose."""
    return _hashed(_keys()[0], purpose, text)


def keyed_hashes(purpose: str, text: str) -> tuple[str, ...]:
    """Return the hashes with all accepted keys, newest first, to look up values that may be older than the newest
    key."""
    return tuple(_hashed(key, purpose, text) for key in _keys())


def hash_matches(purpose: str, text: str, stored: str) -> bool:
    """Return True if `stored` is the hash of this text by any accepted key. The time does not depend on the result."""
    given = stored.encode()
    found = [hmac.compare_digest(candidate.encode(), given) for candidate in keyed_hashes(purpose, text)]
    return any(found)


def _hashed(key: str, purpose: str, text: str) -> str:
    own_key = _derived(key, HASH + b"|" + purpose.encode())
    return hmac.new(own_key, text.encode(), hashlib.sha256).hexdigest()


def _keys() -> tuple[str, ...]:
    return (settings().identity.data_key, *settings().identity.old_data_keys)


@lru_cache(maxsize=8)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, SEAL))) for key in keys])


@lru_cache(maxsize=64)
def _derived(key: str, use: bytes) -> bytes:
    """Derive a separate key for one use. The configured key is long and random, so no slow derivation is needed."""
    return hmac.new(key.encode(), use, hashlib.sha256).digest()
