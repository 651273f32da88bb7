"""Kakao's OpenID Connect: discovery, keys, id_token and userinfo of a sign-in with the scope `openid`."""

import sqlite3
import time
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from src.sandbox.calls import Calls, RefusedError
from src.sandbox.oauth import grants, id_tokens, keys, people, wire
from src.sandbox.oauth.grants import Grant
from src.sandbox.oauth.kakao_profile import kapi_error, picture
from src.sandbox.oauth.people import Person
from src.sandbox.web import Answer, as_json

ISSUER: Final = "https://kauth.kakao.com"
OPENID: Final = "openid"
AUTHORIZE: Final = "/oauth/authorize"
LIFE_SECONDS: Final = 21_599
"""Lifetime of id_token and access token."""


class KakaoOpenId:
    """The endpoints that only a sign-in with `openid` needs."""

    def __init__(self, calls: Calls, base: str) -> None:
        self._calls = calls
        self._base = base

    def routes(self, prefix: str) -> list[BaseRoute]:
        """Routes below `prefix`."""
        return [
            Route(f"{prefix}/v1/oidc/userinfo", self.userinfo, methods=["GET", "POST"]),
            Route(f"{prefix}/.well-known/openid-configuration", self.discovery, methods=["GET"]),
            Route(f"{prefix}/.well-known/jwks.json", self.certs, methods=["GET"]),
        ]

    async def userinfo(self, request: Request) -> Response:
        """`GET or POST /v1/oidc/userinfo` by Bearer; 403 for a sign-in without `openid`."""
        token = wire.bearer(request)
        answer = await self._calls.read(
            "kakao_profile",
            lambda db, fault: _userinfo(db, fault, token),
            lambda db: grants.whose(db, "kakao", tokens=(token,)),
        )
        return answer.response()

    async def certs(self, _request: Request) -> Response:
        """The JWKS."""
        return await keys.published(self._calls, "kakao_certs")

    async def discovery(self, _request: Request) -> Response:
        """The discovery document, with Kakao's issuer and the sandbox's endpoints."""
        base = self._base
        document = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{base}{AUTHORIZE}",
            "token_endpoint": f"{base}/oauth/token",
            "userinfo_endpoint": f"{base}/v1/oidc/userinfo",
            "jwks_uri": f"{base}/.well-known/jwks.json",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "request_uri_parameter_supported": False,
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "code_challenge_methods_supported": ["S256"],
            "claims_supported": [
                "iss",
                "aud",
                "sub",
                "auth_time",
                "exp",
                "iat",
                "nonce",
                "nickname",
                "picture",
                "email",
            ],
        }
        return as_json(document).response()


def id_token(db: sqlite3.Connection, grant: Grant, nonce: str | None, fault: str | None) -> dict[str, str]:
    """Return `{"id_token"}` for a sign-in with the scope `openid`, else an empty dict."""
    person = people.find(db, grant.person)
    if person is None or OPENID not in grant.scope.split() or fault == "id_token_missing":
        return {}
    claims = _claims(person, grant, nonce=nonce, seconds=LIFE_SECONDS, fault=fault)
    return {"id_token": id_tokens.signed(db, claims, fault)}


def _userinfo(db: sqlite3.Connection, fault: str | None, token: str) -> Answer:
    found = grants.by_token(db, "kakao", token, "access")
    person = None if found is None else people.find(db, found[0].person)
    if found is None or person is None or fault == "bad_token":
        raise RefusedError(kapi_error(401, -401, "this access token does not exist"))
    if OPENID not in found[0].scope.split():
        raise RefusedError(kapi_error(403, -402, "insufficient scopes."))
    return as_json(_told(person, found[0].consents))


def _claims(
    person: Person, grant: Grant, *, nonce: str | None, seconds: int, fault: str | None = None
) -> dict[str, Any]:
    """Return the claims of Kakao's id_token, with its own names for a picture's address and the time of sign-in."""
    now = int(time.time())
    told: dict[str, Any] = {
        "iss": ISSUER,
        "aud": grant.client_id,
        "iat": now,
        "exp": now + seconds,
        "auth_time": now,
        **_told(person, grant.consents),
    }
    if nonce is not None:
        told["nonce"] = nonce
    return id_tokens.bent(told, fault, life=seconds)


def _told(person: Person, consents: frozenset[str]) -> dict[str, Any]:
    """Return the claims of `/v1/oidc/userinfo`: `sub` is the id as text; the others depend on the consents."""
    told: dict[str, Any] = {"sub": str(person.kakao_id())}
    if "profile_nickname" in consents:
        told["nickname"] = person.called()
    if "profile_image" in consents:
        told["picture"] = picture(person, 110)
    if "account_email" in consents and person.email is not None:
        told["email"] = person.email
    return told
