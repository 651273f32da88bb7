"""Kakao Login (docs/vendors/kakao.md#signing-in): kauth.kakao.com and kapi.kakao.com below one prefix."""

import secrets
import sqlite3
from collections.abc import Collection
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from src.sandbox.calls import Calls, RefusedError, Whose
from src.sandbox.clock import now_ms
from src.sandbox.config import OAuthClient, ProviderName
from src.sandbox.oauth import grants, kakao_profile, keys, people, wire
from src.sandbox.oauth.consent import BounceError, Consent, Item, PageError
from src.sandbox.oauth.grants import Ask, Grant
from src.sandbox.oauth.kakao_openid import AUTHORIZE, LIFE_SECONDS, OPENID, KakaoOpenId, id_token
from src.sandbox.oauth.kakao_profile import ITEMS, kapi_error
from src.sandbox.oauth.people import Person
from src.sandbox.oauth.wire import Pairs
from src.sandbox.web import Answer, as_json

ACCESS_SECONDS: Final = LIFE_SECONDS
REFRESH_SECONDS: Final = 5_183_999
RENEWED_BELOW_MS: Final = 30 * 86_400_000
"""A refresh replaces a refresh token that expires in less than 30 days; any other is kept."""
JSON: Final = "application/json;charset=UTF-8"


class Kakao:
    """Kakao's endpoints. The client secret is sent in the form, ids are 64-bit numbers, and errors of an authorize
    request are shown on a page."""

    name: ProviderName = "kakao"
    title = "카카오 Kakao"
    authorize_path = AUTHORIZE
    items: tuple[Item, ...] = ITEMS

    def __init__(self, clients: tuple[OAuthClient, ...], calls: Calls, base: str) -> None:
        """`base`: the public address of `prefix`, for the discovery document."""
        self._clients = clients
        self._calls = calls
        self._base = base
        self.consent = Consent(calls.store, self)

    def routes(self, prefix: str) -> list[BaseRoute]:
        """Routes below `prefix`."""
        return [
            *self.consent.routes(prefix),
            Route(f"{prefix}/oauth/token", self.token, methods=["POST"]),
            Route(f"{prefix}/v2/user/me", self.profile, methods=["GET", "POST"]),
            Route(f"{prefix}/v1/user/unlink", self.unlink, methods=["POST"]),
            *KakaoOpenId(self._calls, self._base).routes(prefix),
        ]

    def ask(self, fields: dict[str, str]) -> Ask:
        """Check an authorize request. Raises PageError with a KOE code, never a redirect, for errors; BounceError for
        `prompt=none`."""
        client = wire.client_of(self._clients, "kakao", fields.get("client_id"))
        if client is None:
            raise PageError(401, "KOE101", "client_id: 잘못된 앱 키입니다. (invalid_client)")
        redirect_uri = fields.get("redirect_uri", "")
        if redirect_uri not in client.redirect_uris:
            raise PageError(400, "KOE006", "redirect_uri: 등록되지 않은 Redirect URI입니다.")
        if (kind := fields.get("response_type")) != "code":
            code = "KOE202" if kind == "token" else "KOE201"
            raise PageError(400, code, "response_type: must be code (invalid_request)")
        scope = [word for word in fields.get("scope", "").replace(",", " ").split(" ") if word]
        known = {item.name for item in ITEMS} | {OPENID}
        if unknown := set(scope) - known:
            raise PageError(400, "KOE205", f"설정하지 않은 동의 항목: {', '.join(sorted(unknown))} (invalid_scope)")
        challenge = fields.get("code_challenge") or None
        if challenge and fields.get("code_challenge_method") != "S256":
            raise PageError(400, "KOE001", "code_challenge_method: must be S256")
        ask = Ask(
            client=client,
            redirect_uri=redirect_uri,
            state=fields.get("state"),
            # A scope of only `openid` names no consent item, so all items of the app are requested.
            items=tuple(item.name for item in ITEMS if not set(scope) - {OPENID} or item.name in scope),
            scope=OPENID if OPENID in scope else "",
            nonce=fields.get("nonce") or None,
            challenge=challenge,
            method="S256",
        )
        if fields.get("prompt") == "none":
            told = [("error", "login_required"), ("error_description", "user authentication required.")]
            raise BounceError(wire.address(redirect_uri, told + _state(ask)))
        return ask

    def code(self) -> str:
        """Return a new code of 64 characters."""
        return secrets.token_urlsafe(48)

    def agreed(self, ask: Ask, code: str, _scope: str) -> Pairs:
        """Return `code`, and `state` if the request had one."""
        return [("code", code), *_state(ask)]

    def refused(self, ask: Ask) -> Pairs:
        """Return Kakao's error and description."""
        return [("error", "access_denied"), ("error_description", "User denied access"), *_state(ask)]

    def granted(self, ask: Ask, consents: Collection[str]) -> str:
        """Return the agreed scopes, separated by blanks."""
        return " ".join([*consents, ask.scope] if ask.scope else consents)

    async def token(self, request: Request) -> Response:
        """`POST /oauth/token`."""
        fields = await wire.form_fields(request)
        await keys.ensure(self._calls.store)
        answer = await self._calls.change(
            "kakao_token",
            lambda db, fault: self._token(db, fault, fields),
            lambda db: grants.whose(
                db, "kakao", code=fields.get("code", ""), tokens=(fields.get("refresh_token", ""),)
            ),
        )
        return answer.response()

    async def profile(self, request: Request) -> Response:
        """`GET or POST /v2/user/me`, by Bearer or by admin key."""
        fields = await wire.all_fields(request)
        answer = await self._calls.read(
            "kakao_profile",
            lambda db, fault: self._profile(db, fault, request, fields),
            lambda db: self._whose(db, request, fields),
        )
        return answer.response()

    async def unlink(self, request: Request) -> Response:
        """`POST /v1/user/unlink`, by Bearer or by admin key -> `{"id"}`."""
        fields = await wire.all_fields(request)
        answer = await self._calls.change(
            "kakao_unlink",
            lambda db, fault: self._unlink(db, fault, request, fields),
            lambda db: self._whose(db, request, fields),
        )
        return answer.response()

    def _token(self, db: sqlite3.Connection, fault: str | None, fields: dict[str, str]) -> Answer:
        if fault == "rate_limit":
            return _kauth(429, "rate_limit_exceeded", "token request rate limit exceeded", "KOE237")
        client = wire.client_of(self._clients, "kakao", fields.get("client_id"))
        if client is None:
            return _kauth(401, "invalid_client", f"Not exist client_id [{fields.get('client_id', '')}]", "KOE101")
        if fault == "wrong_secret" or not wire.same(fields.get("client_secret", ""), client.client_secret):
            return _kauth(401, "invalid_client", "Bad client credentials", "KOE010")
        match fields.get("grant_type"):
            case "authorization_code":
                return self._exchange(db, fault, fields, client)
            case "refresh_token":
                return self._refresh(db, fault, fields, client)
            case _:
                return _kauth(400, "unsupported_grant_type", "grant_type is not supported", "KOE310")

    def _exchange(
        self, db: sqlite3.Connection, fault: str | None, fields: dict[str, str], client: OAuthClient
    ) -> Answer:
        code = fields.get("code", "")
        grant = grants.by_code(db, "kakao", code)
        if fault == "used_code" and grant is not None:
            grants.use(db, grant)
        if fault == "used_code" or grant is None or not grant.live() or grant.client_id != client.client_id:
            # Kakao's own message contains the code, so the shop must not log the message.
            return _kauth(400, "invalid_grant", f"authorization code not found for code={code}", "KOE320")
        if fields.get("redirect_uri") != grant.redirect_uri:
            return _kauth(400, "invalid_grant", "Redirect URI mismatch.", "KOE303")
        if grant.challenge is not None and not grant.proves(fields.get("code_verifier", "")):
            return _kauth(400, "invalid_grant", "code_verifier mismatch")
        grants.use(db, grant)
        told = self._access(db, grant) | self._renewed(db, grant) | {"scope": grant.scope}
        return _json(wire.bent(told | id_token(db, grant, grant.nonce, fault), fault))

    def _refresh(
        self, db: sqlite3.Connection, fault: str | None, fields: dict[str, str], client: OAuthClient
    ) -> Answer:
        token = fields.get("refresh_token", "")
        if not token:
            return _kauth(400, "invalid_grant", "refresh_token is missing", "KOE319")
        found = grants.by_token(db, "kakao", token, "refresh")
        if found is None or found[0].client_id != client.client_id:
            return _kauth(400, "invalid_grant", "expired_or_invalid_refresh_token", "KOE322")
        grant, expires_at = found
        told = self._access(db, grant)
        if expires_at - now_ms() < RENEWED_BELOW_MS:
            grants.drop_token(db, token)
            told |= self._renewed(db, grant)
        return _json(wire.bent(told | id_token(db, grant, None, fault), fault))

    def _access(self, db: sqlite3.Connection, grant: Grant) -> dict[str, Any]:
        token = grants.issue(db, grant, "access", secrets.token_urlsafe(42), ACCESS_SECONDS)
        return {"access_token": token, "token_type": "bearer", "expires_in": ACCESS_SECONDS}

    def _renewed(self, db: sqlite3.Connection, grant: Grant) -> dict[str, Any]:
        token = grants.issue(db, grant, "refresh", secrets.token_urlsafe(42), REFRESH_SECONDS)
        return {"refresh_token": token, "refresh_token_expires_in": REFRESH_SECONDS}

    def _profile(self, db: sqlite3.Connection, fault: str | None, request: Request, fields: dict[str, str]) -> Answer:
        person, grant, connected_at = self._subject(db, fault, request, fields)
        names = kakao_profile.wanted(fields.get("property_keys"))
        return _json(kakao_profile.document(person, grant.consents, connected_at, names, fault))

    def _unlink(self, db: sqlite3.Connection, fault: str | None, request: Request, fields: dict[str, str]) -> Answer:
        person, grant, _ = self._subject(db, fault, request, fields)
        grants.unlink(db, "kakao", grant.client_id, person.id)
        return _json({"id": person.kakao_id()})

    def _subject(
        self, db: sqlite3.Connection, fault: str | None, request: Request, fields: dict[str, str]
    ) -> tuple[Person, Grant, int]:
        """Return the person of the request, their grant and the time of their link. Raises RefusedError for a caller
        without the right, and for a person who is not linked."""
        if fault == "bad_token":
            raise RefusedError(kapi_error(401, -401, "this access token does not exist"))
        client, person = self._named(db, request, fields)
        link = None
        if client is not None and person is not None and fault != "unlinked":
            link = grants.link_of(db, "kakao", client.client_id, person.id)
        if person is None or link is None:
            raise RefusedError(kapi_error(400, -101, "NotRegisteredUserException"))
        return person, *link

    def _named(
        self, db: sqlite3.Connection, request: Request, fields: dict[str, str]
    ) -> tuple[OAuthClient | None, Person | None]:
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if scheme == "KakaoAK":
            admin = self._admin(key.strip())
            if fields.get("target_id_type") != "user_id":
                raise RefusedError(kapi_error(400, -2, "target_id_type: must be user_id"))
            return admin, people.by_subject(db, "kakao", fields.get("target_id", ""))
        found = grants.by_token(db, "kakao", wire.bearer(request), "access")
        if found is None:
            raise RefusedError(kapi_error(401, -401, "this access token does not exist"))
        client = wire.client_of(self._clients, "kakao", found[0].client_id)
        return client, people.find(db, found[0].person)

    def _admin(self, key: str) -> OAuthClient:
        for client in self._clients:
            if client.provider == "kakao" and client.admin_key and wire.same(key, client.admin_key):
                return client
        raise RefusedError(kapi_error(401, -401, "wrong appKey or admin key"))

    def _whose(self, db: sqlite3.Connection, request: Request, fields: dict[str, str]) -> Whose:
        if token := wire.bearer(request):
            return grants.whose(db, "kakao", tokens=(token,))
        person = people.by_subject(db, "kakao", fields.get("target_id", ""))
        return Whose(None if person is None else person.id)


def _state(ask: Ask) -> Pairs:
    return [] if ask.state is None else [("state", ask.state)]


def _json(value: dict[str, Any], status: int = 200) -> Answer:
    return Answer(status, as_json(value).body, JSON)


def _kauth(status: int, error: str, description: str, code: str | None = None) -> Answer:
    told = {"error": error, "error_description": description}
    return _json(told if code is None else {**told, "error_code": code}, status)
