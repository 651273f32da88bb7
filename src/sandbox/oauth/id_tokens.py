"""id_tokens of OpenID Connect: signed correctly, or made invalid by the fault of a switch."""

import base64
import hmac
import sqlite3
from typing import Any, Final

import jwt
import orjson

from src.sandbox.oauth import keys

OTHER: Final = "client-of-somebody-else"


def bent(claims: dict[str, Any], fault: str | None, *, life: int) -> dict[str, Any]:
    """Return the claims, changed by `fault` if it applies to a claim. `life` is in seconds."""
    now = claims["iat"]
    match fault:
        case "id_token_wrong_aud":
            return {name: OTHER if name in ("aud", "azp") else value for name, value in claims.items()}
        case "id_token_wrong_iss":
            return {**claims, "iss": "https://issuer.of.somebody-else.example"}
        case "id_token_expired":
            return {**claims, "iat": now - 2 * life, "exp": now - life}
        case "id_token_wrong_nonce":
            return {**claims, "nonce": "nonce-of-another-sign-in"}
        case "id_token_missing_nonce":
            return {name: value for name, value in claims.items() if name != "nonce"}
        case _:
            return claims


def signed(db: sqlite3.Connection, claims: dict[str, Any], fault: str | None) -> str:
    """Return the compact JWT. Some faults make its signature or algorithm invalid. Call it in a write transaction."""
    kid, key = keys.signing(db)
    match fault:
        case "id_token_alg_none":
            return f"{_part({'alg': 'none', 'kid': kid, 'typ': 'JWT'})}.{_part(claims)}."
        case "id_token_alg_hs256":
            message = f"{_part({'alg': 'HS256', 'kid': kid, 'typ': 'JWT'})}.{_part(claims)}"
            return f"{message}.{text_of(hmac.digest(keys.public_pem(key), message.encode(), 'sha256'))}"
        case "id_token_other_key":
            key = keys.stranger(db)[1]
        case "id_token_unknown_kid":
            kid, key = keys.stranger(db)
        case _:
            pass
    token = jwt.encode(claims, key, algorithm="RS256", headers={"kid": kid})
    if fault == "id_token_tampered":
        head, _, signature = token.split(".")
        return f"{head}.{_part({**claims, 'sub': '100000000000000000001'})}.{signature}"
    return token


def text_of(raw: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _part(value: dict[str, Any]) -> str:
    return text_of(orjson.dumps(value))
