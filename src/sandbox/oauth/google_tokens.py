"""Google's id_token: claims, signature, and every way it can be wrong (facts page 5.3)."""

import base64
import hashlib
import hmac
import sqlite3
import time
from typing import Any, Final

import jwt
import orjson

from src.sandbox.oauth import keys
from src.sandbox.oauth.grants import Grant
from src.sandbox.oauth.people import Person

ISSUER: Final = "https://accounts.google.com"
LIFE_SECONDS: Final = 3600


def claims_of(person: Person, consents: frozenset[str], fault: str | None) -> dict[str, Any]:
    """What id_token and userinfo tell of a person. `hd` comes with the scope email or profile, as at Google."""
    told: dict[str, Any] = {"sub": person.google_sub()}
    if "email" in consents and person.email is not None and fault != "missing_email":
        told["email"] = person.email
        told["email_verified"] = person.email_verified and fault != "unverified_email"
    if person.hd is not None and consents:
        told["hd"] = person.hd
    if "profile" in consents:
        told |= {
            "name": person.name,
            "given_name": person.name[1:] or person.name,
            "family_name": person.name[:1],
            "picture": person.picture(),
        }
    return told


def payload(person: Person, grant: Grant, access_token: str, nonce: str | None, fault: str | None) -> dict[str, Any]:
    """All claims, bent by `fault` if it is about one."""
    now = int(time.time())
    half = hashlib.sha256(access_token.encode()).digest()[:16]
    claims: dict[str, Any] = {
        "iss": ISSUER,
        "azp": grant.client_id,
        "aud": grant.client_id,
        **claims_of(person, grant.consents, fault),
        "at_hash": _text(half),
        "iat": now,
        "exp": now + LIFE_SECONDS,
    }
    if nonce is not None and fault != "id_token_missing_nonce":
        claims["nonce"] = nonce
    match fault:
        case "id_token_wrong_aud":
            claims["aud"] = claims["azp"] = "client-of-somebody-else.apps.googleusercontent.com"
        case "id_token_wrong_iss":
            claims["iss"] = "https://accounts.google.example"
        case "id_token_old_iss":
            claims["iss"] = "accounts.google.com"
        case "id_token_expired":
            claims |= {"iat": now - 2 * LIFE_SECONDS, "exp": now - LIFE_SECONDS}
        case "id_token_wrong_nonce":
            claims["nonce"] = "nonce-of-another-sign-in"
        case _:
            pass
    return claims


def signed(db: sqlite3.Connection, claims: dict[str, Any], fault: str | None) -> str:
    """The compact JWT; `fault` may break its signature."""
    kid, key = keys.signing(db)
    match fault:
        case "id_token_alg_none":
            return f"{_part({'alg': 'none', 'kid': kid, 'typ': 'JWT'})}.{_part(claims)}."
        case "id_token_alg_hs256":
            message = f"{_part({'alg': 'HS256', 'kid': kid, 'typ': 'JWT'})}.{_part(claims)}"
            return f"{message}.{_text(hmac.digest(keys.public_pem(key), message.encode(), 'sha256'))}"
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


def _part(value: dict[str, Any]) -> str:
    return _text(orjson.dumps(value))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
