"""The RSA keys of id_tokens. They are created once and stored in the sandbox's file, so that all worker processes sign
with the same key."""

import asyncio
import base64
import secrets
import sqlite3
from functools import lru_cache, partial
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from starlette.responses import Response

from src.sandbox.calls import Calls
from src.sandbox.store import Store
from src.sandbox.web import Answer, as_json

BITS: Final = 2048


async def ensure(store: Store) -> None:
    """Create the signing key, unless there is one."""
    if not await store.read(_has_key):
        pem = await asyncio.to_thread(_new_pem)
        await store.write(partial(_put_first, pem=pem))


async def rotate(store: Store) -> str:
    """Sign with a new key from now on, and return its kid. Earlier keys stay published."""
    await ensure(store)
    pem = await asyncio.to_thread(_new_pem)
    return await store.write(partial(_put, pem=pem, published=True))


async def published(calls: Calls, operation: str) -> Response:
    """Answer a JWKS endpoint. `operation` is the one of its switches."""
    await ensure(calls.store)
    answer = await calls.read(operation, _answered)
    response = answer.response()
    if answer.status == 200:
        response.headers["cache-control"] = "public, max-age=20000, must-revalidate, no-transform"
    return response


def signing(db: sqlite3.Connection) -> tuple[str, rsa.RSAPrivateKey]:
    """Return the kid and the current signing key."""
    return _latest(db, published=True)


def stranger(db: sqlite3.Connection) -> tuple[str, rsa.RSAPrivateKey]:
    """Return a kid and a key that are not in the JWKS. The first call creates the key; call it in a write
    transaction."""
    if not _has_key(db, published=False):
        _put(db, _new_pem(), published=False)
    return _latest(db, published=False)


def jwks(db: sqlite3.Connection) -> dict[str, Any]:
    """Return the published keys, newest first (RFC 7517)."""
    rows = db.execute("SELECT kid, pem FROM oauth_keys WHERE published = 1 ORDER BY seq DESC").fetchall()
    return {"keys": [jwk(row["kid"], _loaded(row["pem"])) for row in rows]}


def _answered(db: sqlite3.Connection, fault: str | None) -> Answer:
    if fault == "no_keys":
        return as_json({"keys": []})
    if fault == "other_keys":
        return as_json({"keys": [jwk(*stranger(db))]})
    return as_json(jwks(db))


def jwk(kid: str, key: rsa.RSAPrivateKey) -> dict[str, str]:
    """Return the public key as JWK."""
    numbers = key.public_key().public_numbers()
    return {"kid": kid, "kty": "RSA", "alg": "RS256", "use": "sig", "n": _number(numbers.n), "e": _number(numbers.e)}


def public_pem(key: rsa.RSAPrivateKey) -> bytes:
    """Return the public key as PEM, which a forger uses as the secret of HS256."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _has_key(db: sqlite3.Connection, *, published: bool = True) -> bool:
    return db.execute("SELECT 1 FROM oauth_keys WHERE published = ? LIMIT 1", (published,)).fetchone() is not None


def _put_first(db: sqlite3.Connection, pem: bytes) -> None:
    # Another process may have created the key since the check.
    if not _has_key(db):
        _put(db, pem, published=True)


def _put(db: sqlite3.Connection, pem: bytes, *, published: bool) -> str:
    kid = secrets.token_hex(20)
    db.execute("INSERT INTO oauth_keys (kid, pem, published) VALUES (?, ?, ?)", (kid, pem, published))
    return kid


def _latest(db: sqlite3.Connection, *, published: bool) -> tuple[str, rsa.RSAPrivateKey]:
    row = db.execute(
        "SELECT kid, pem FROM oauth_keys WHERE published = ? ORDER BY seq DESC LIMIT 1", (published,)
    ).fetchone()
    return row["kid"], _loaded(row["pem"])


def _new_pem() -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@lru_cache(maxsize=32)
def _loaded(pem: bytes) -> rsa.RSAPrivateKey:
    key = load_pem_private_key(pem, password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("the file of the sandbox holds another kind of key")
    return key


def _number(value: int) -> str:
    raw = value.to_bytes((value.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
