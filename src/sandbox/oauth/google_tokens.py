"""The claims of Google's id_token and userinfo (docs/vendors/google.md#the-id_token)."""

import hashlib
import time
from typing import Any, Final

from src.sandbox.oauth import id_tokens
from src.sandbox.oauth.grants import Grant
from src.sandbox.oauth.people import Person

ISSUER: Final = "https://accounts.google.com"
LIFE_SECONDS: Final = 3600


def claims_of(person: Person, consents: frozenset[str], fault: str | None) -> dict[str, Any]:
    """Return the claims of id_token and userinfo. `hd` comes with the scope email or profile, as at Google."""
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
    """Return all claims of the id_token, changed by `fault` if it applies to a claim."""
    now = int(time.time())
    half = hashlib.sha256(access_token.encode()).digest()[:16]
    claims: dict[str, Any] = {
        "iss": ISSUER,
        "azp": grant.client_id,
        "aud": grant.client_id,
        **claims_of(person, grant.consents, fault),
        "at_hash": id_tokens.text_of(half),
        "iat": now,
        "exp": now + LIFE_SECONDS,
    }
    if nonce is not None:
        claims["nonce"] = nonce
    if fault == "id_token_old_iss":
        claims["iss"] = "accounts.google.com"
    return id_tokens.bent(claims, fault, life=LIFE_SECONDS)
