"""Google Sign-In by OpenID Connect (docs/vendors/google.md#signing-in)."""

import base64
import binascii
import secrets
import sqlite3
from collections.abc import Collection
from typing import Any, Final
from urllib.parse import unquote_plus

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from src.sandbox.calls import Calls
from src.sandbox.config import OAuthClient, ProviderName
from src.sandbox.oauth import google_tokens, grants, id_tokens, keys, people, wire
from src.sandbox.oauth.consent import BounceError, Consent, Item, PageError
from src.sandbox.oauth.google_tokens import ISSUER, claims_of
from src.sandbox.oauth.grants import Ask, Grant
from src.sandbox.oauth.wire import Pairs, error
from src.sandbox.web import Answer, as_json

ACCESS_SECONDS: Final = 3599
REFRESH_SECONDS: Final = 10 * 365 * 86_400
API: Final = "https://www.googleapis.com/auth/userinfo."
ITEMS: Final[tuple[Item, ...]] = (
    Item("profile", "name", "이름과 프로필 사진 / Name and picture"),
    Item("email", "email", "이메일 주소 / E-mail address"),
)


class Google:
    """Google's endpoints. The id_tokens are signed by RS256 with a key of the sandbox's JWKS, and have Google's
    issuer."""

    name: ProviderName = "google"
    title = "구글 Google"
    authorize_path = "/o/oauth2/v2/auth"
    items: tuple[Item, ...] = ITEMS

    def __init__(self, clients: tuple[OAuthClient, ...], calls: Calls, base: str) -> None:
        """`base`: the public address of `prefix`, for the discovery document."""
        self._clients = clients
        self._calls = calls
        self._base = base
        self.consent = Consent(calls.store, self)

    def routes(self, prefix: str) -> list[BaseRoute]:
        """Routes below `prefix`, which stands for accounts.google.com and the hosts of googleapis.com."""
        return [
            *self.consent.routes(prefix),
            Route(f"{prefix}/token", self.token, methods=["POST"]),
            Route(f"{prefix}/oauth2/v3/certs", self.certs, methods=["GET"]),
            Route(f"{prefix}/v1/userinfo", self.userinfo, methods=["GET", "POST"]),
            Route(f"{prefix}/revoke", self.revoke, methods=["POST"]),
            Route(f"{prefix}/.well-known/openid-configuration", self.discovery, methods=["GET"]),
        ]

    def ask(self, fields: dict[str, str]) -> Ask:
        """Check an authorize request. Raises PageError for errors, which Google shows on its own page, and BounceError
        for `prompt=none`."""
        client = wire.client_of(self._clients, "google", fields.get("client_id"))
        if client is None:
            raise PageError(401, "invalid_client", "The OAuth client was not found.")
        redirect_uri = fields.get("redirect_uri", "")
        if redirect_uri not in client.redirect_uris:
            raise PageError(400, "redirect_uri_mismatch", "redirect_uri: 등록된 주소와 다릅니다.")
        if fields.get("response_type") != "code":
            raise PageError(400, "unsupported_response_type", "response_type: must be code")
        scope = [_short(word) for word in fields.get("scope", "").split()]
        if not scope:
            raise PageError(400, "invalid_request", "Missing required parameter: scope")
        if unknown := set(scope) - {"openid", "email", "profile"}:
            raise PageError(400, "invalid_scope", f"scope: {', '.join(sorted(unknown))}")
        challenge, method = _challenge(fields)
        ask = Ask(
            client=client,
            redirect_uri=redirect_uri,
            state=fields.get("state"),
            items=tuple(item.name for item in ITEMS if item.name in scope),
            scope="openid" if "openid" in scope else "",
            nonce=fields.get("nonce") or None,
            challenge=challenge,
            method=method,
            offline=fields.get("access_type") == "offline",
            again="consent" in fields.get("prompt", "").split(),
        )
        if fields.get("prompt") == "none":
            raise BounceError(wire.address(redirect_uri, [*_state(ask), ("error", "interaction_required")]))
        return ask

    def code(self) -> str:
        """Return a new code, which contains a slash as Google's do."""
        return f"4/0A{secrets.token_urlsafe(52)}"

    def agreed(self, ask: Ask, code: str, scope: str) -> Pairs:
        """Return `state`, `code`, `scope`, `authuser` and `prompt`."""
        return [*_state(ask), ("code", code), ("scope", scope), ("authuser", "0"), ("prompt", "consent")]

    def refused(self, ask: Ask) -> Pairs:
        """Return Google's error, which has no description."""
        return [("error", "access_denied"), *_state(ask)]

    def granted(self, ask: Ask, consents: Collection[str]) -> str:
        """Return the granted scope, with `email` and `profile` as full URLs."""
        words = [f"{API}{item.name}" for item in reversed(ITEMS) if item.name in consents]
        return " ".join([*words, ask.scope] if ask.scope else words)

    async def token(self, request: Request) -> Response:
        """`POST /token`, with the secret in the form or in Basic authorization."""
        fields = _basic(request) | await wire.form_fields(request)
        await keys.ensure(self._calls.store)
        answer = await self._calls.change(
            "google_token",
            lambda db, fault: self._token(db, fault, fields),
            lambda db: grants.whose(
                db, "google", code=fields.get("code", ""), tokens=(fields.get("refresh_token", ""),)
            ),
        )
        return answer.response()

    async def certs(self, _request: Request) -> Response:
        """The JWKS."""
        return await keys.published(self._calls, "google_certs")

    async def userinfo(self, request: Request) -> Response:
        """Answer with the claims of the access token's person."""
        token = wire.bearer(request)
        answer = await self._calls.read(
            "google_profile",
            lambda db, fault: _userinfo(db, fault, token),
            lambda db: grants.whose(db, "google", tokens=(token,)),
        )
        return answer.response()

    async def revoke(self, request: Request) -> Response:
        """End the link of a token: 200 without a body; 400 for a token that is expired or revoked."""
        token = (await wire.all_fields(request)).get("token", "")
        answer = await self._calls.change(
            "google_unlink",
            lambda db, fault: _revoke(db, fault, token),
            lambda db: grants.whose(db, "google", tokens=(token,)),
        )
        return answer.response()

    async def discovery(self, _request: Request) -> Response:
        """The discovery document, with Google's issuer and the sandbox's endpoints."""
        base = self._base
        document = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{base}{self.authorize_path}",
            "token_endpoint": f"{base}/token",
            "userinfo_endpoint": f"{base}/v1/userinfo",
            "revocation_endpoint": f"{base}/revoke",
            "jwks_uri": f"{base}/oauth2/v3/certs",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "email", "profile"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "code_challenge_methods_supported": ["plain", "S256"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
        }
        return as_json(document).response()

    def _token(self, db: sqlite3.Connection, fault: str | None, fields: dict[str, str]) -> Answer:
        client = wire.client_of(self._clients, "google", fields.get("client_id"))
        if client is None:
            return error(401, "invalid_client", "The OAuth client was not found.")
        if not fields.get("client_secret"):
            return error(400, "invalid_request", "client_secret is missing.")
        if fault == "wrong_secret" or not wire.same(fields["client_secret"], client.client_secret):
            return error(401, "invalid_client", "The provided client secret is invalid.")
        match fields.get("grant_type"):
            case "authorization_code":
                return self._exchange(db, fault, fields, client)
            case "refresh_token":
                return self._refresh(db, fault, fields, client)
            case other:
                return error(400, "unsupported_grant_type", f"Invalid grant_type: {other or ''}")

    def _exchange(
        self, db: sqlite3.Connection, fault: str | None, fields: dict[str, str], client: OAuthClient
    ) -> Answer:
        code = fields.get("code", "")
        if not code.startswith("4/"):
            return error(400, "invalid_grant", "Malformed auth code.")
        grant = grants.by_code(db, "google", code)
        if fault == "used_code" and grant is not None:
            grants.use(db, grant)
        if fault == "used_code" or grant is None or not grant.live() or grant.client_id != client.client_id:
            return error(400, "invalid_grant", "Bad Request")
        if fields.get("redirect_uri") != grant.redirect_uri:
            return error(400, "redirect_uri_mismatch", "Bad Request")
        if wrong := _pkce_problem(grant, fields.get("code_verifier")):
            return error(400, "invalid_grant", wrong)
        grants.use(db, grant)
        told = self._access(db, grant)
        if grant.offline:
            told["refresh_token"] = grants.issue(
                db, grant, "refresh", f"1//{secrets.token_urlsafe(64)}", REFRESH_SECONDS
            )
        return _with_id_token(db, grant, told, grant.nonce, fault)

    def _refresh(
        self, db: sqlite3.Connection, fault: str | None, fields: dict[str, str], client: OAuthClient
    ) -> Answer:
        found = grants.by_token(db, "google", fields.get("refresh_token", ""), "refresh")
        if found is None or found[0].client_id != client.client_id:
            return error(400, "invalid_grant", "Bad Request")
        return _with_id_token(db, found[0], self._access(db, found[0]), None, fault)

    def _access(self, db: sqlite3.Connection, grant: Grant) -> dict[str, Any]:
        token = grants.issue(db, grant, "access", f"ya29.a0{secrets.token_urlsafe(120)}", ACCESS_SECONDS)
        return {"access_token": token, "expires_in": ACCESS_SECONDS, "scope": grant.scope, "token_type": "Bearer"}


def _short(word: str) -> str:
    return word.removeprefix(API) if word.startswith(API) else word


def _state(ask: Ask) -> Pairs:
    return [] if ask.state is None else [("state", ask.state)]


def _challenge(fields: dict[str, str]) -> tuple[str | None, str]:
    challenge = fields.get("code_challenge") or None
    method = fields.get("code_challenge_method") or "plain"
    if method not in ("plain", "S256"):
        raise PageError(400, "invalid_request", "code_challenge_method: must be plain or S256")
    if challenge is not None and not 43 <= len(challenge) <= 128:
        raise PageError(400, "invalid_request", "code_challenge: must be 43 to 128 characters")
    return challenge, method


def _pkce_problem(grant: Grant, verifier: str | None) -> str | None:
    if grant.challenge is None:
        return "code_verifier or verifier is not needed." if verifier else None
    if not verifier:
        return "Missing code verifier."
    return None if grant.proves(verifier) else "Invalid code verifier."


def _basic(request: Request) -> dict[str, str]:
    scheme, _, text = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return {}
    try:
        name, _, secret = base64.b64decode(text, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return {}
    return {"client_id": unquote_plus(name), "client_secret": unquote_plus(secret)}


def _with_id_token(
    db: sqlite3.Connection, grant: Grant, told: dict[str, Any], nonce: str | None, fault: str | None
) -> Answer:
    person = people.find(db, grant.person)
    if person is not None and "openid" in grant.scope.split() and fault != "id_token_missing":
        claims = google_tokens.payload(person, grant, told["access_token"], nonce, fault)
        told["id_token"] = id_tokens.signed(db, claims, fault)
    return as_json(wire.bent(told, fault))


def _userinfo(db: sqlite3.Connection, fault: str | None, token: str) -> Answer:
    found = grants.by_token(db, "google", token, "access")
    person = None if found is None else people.find(db, found[0].person)
    if found is None or person is None or fault == "bad_token":
        return error(401, "invalid_request", "Invalid Credentials")
    told = claims_of(person, found[0].consents, fault)
    if fault == "mismatch":
        told["sub"] = "100000000000000000001"
    return as_json(told)


def _revoke(db: sqlite3.Connection, fault: str | None, token: str) -> Answer:
    found = grants.by_token(db, "google", token)
    if found is None or fault == "bad_token":
        return error(400, "invalid_token", "Token expired or revoked")
    grants.unlink(db, "google", found[0].client_id, found[0].person)
    return Answer(200, b"")
