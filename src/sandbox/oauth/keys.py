"""The RSA keys behind id_tokens, made once and kept in the sandbox's file, so that all workers sign alike."""

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
    """Make the key that signs, unless there is one."""
    if not await store.read(_has_key):
        pem = await asyncio.to_thread(_new_pem)
        await store.write(partial(_put_first, pem=pem))


async def rotate(store: Store) -> str:
    """Sign with a new key from now on; those before stay published. Answers its kid."""
    await ensure(store)
    pem = await asyncio.to_thread(_new_pem)
    return await store.write(partial(_put, pem=pem, published=True))


async def published(calls: Calls, operation: str) -> Response:
    """The answer of a JWKS endpoint, whose switch is `operation`."""
    await ensure(calls.store)
    answer = await calls.read(operation, _answered)
    response = answer.response()
    if answer.status == 200:
        response.headers["cache-control"] = "public, max-age=20000, must-revalidate, no-transform"
    return response


def signing(db: sqlite3.Connection) -> tuple[str, rsa.RSAPrivateKey]:
    """The kid and the key that sign now."""
    return _latest(db, published=True)


def stranger(db: sqlite3.Connection) -> tuple[str, rsa.RSAPrivateKey]:
    """A key that is not in the JWKS, with its kid. Made when first asked for, inside a write transaction."""
    if not _has_key(db, published=False):
        _put(db, _new_pem(), published=False)
    return _latest(db, published=False)


def jwks(db: sqlite3.Connection) -> dict[str, Any]:
    """The published keys, newest first (RFC 7517)."""
    rows = db.execute("SELECT kid, pem FROM oauth_keys WHERE published = 1 ORDER BY seq DESC").fetchall()
    return {"keys": [jwk(row["kid"], _loaded(row["pem"])) for row in rows]}


def _answered(db: sqlite3.Connection, fault: str | None) -> Answer:
    if fault == "no_keys":
        return as_json({"keys": []})
    if fault == "other_keys":
        return as_json({"keys": [jwk(*stranger(db))]})
    return as_json(jwks(db))


def jwk(kid: str, key: rsa.RSAPrivateKey) -> dict[str, str]:
    """The public half as JWK."""
    numbers = key.public_key().public_numbers()
    return {"kid": kid, "kty": "RSA", "alg": "RS256", "use": "sig", "n": _number(numbers.n), "e": _number(numbers.e)}


def public_pem(key: rsa.RSAPrivateKey) -> bytes:
    """The public half as text, which an HS256 forger uses as his secret."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _has_key(db: sqlite3.Connection, *, published: bool = True) -> bool:
    return db.execute("SELECT 1 FROM oauth_keys WHERE published = ? LIMIT 1", (published,)).fetchone() is not None


def _put_first(db: sqlite3.Connection, pem: bytes) -> None:
    # Another process may have been faster.
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
