"""Naver Login, the classic OAuth2 stack (docs/vendors/naver.md#signing-in). Its OIDC stack is not simulated."""

import base64
import secrets
import sqlite3
from collections.abc import Collection
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from src.sandbox.calls import Calls, RefusedError
from src.sandbox.config import OAuthClient, ProviderName
from src.sandbox.oauth import grants, people, wire
from src.sandbox.oauth.consent import Consent, Item, PageError
from src.sandbox.oauth.grants import Ask, Grant
from src.sandbox.oauth.people import Person
from src.sandbox.oauth.wire import Pairs, error
from src.sandbox.web import Answer, as_json

ACCESS_SECONDS: Final = 3600
REFRESH_SECONDS: Final = 365 * 86_400
NO_SESSION: Final = "no valid data in session"
ITEMS: Final[tuple[Item, ...]] = (
    Item("name", "name", "이름 / Name"),
    Item("nickname", "nickname", "별명 / Nickname"),
    Item("email", "email", "이메일 / E-mail"),
    Item("mobile", "phone", "휴대전화번호 / Mobile"),
    Item("profile_image", "image", "프로필 사진 / Picture"),
    Item("gender", "gender", "성별 / Gender"),
    Item("age", "age", "연령대 / Age range"),
    Item("birthday", "birthday", "생일 / Birthday"),
    Item("birthyear", "birthyear", "출생연도 / Birth year"),
)


class Naver:
    """Naver's endpoints. The token endpoint answers errors with HTTP 200, and its `expires_in` is a string."""

    name: ProviderName = "naver"
    title = "네이버 NAVER"
    authorize_path = "/oauth2.0/authorize"
    items: tuple[Item, ...] = ITEMS

    def __init__(self, clients: tuple[OAuthClient, ...], calls: Calls) -> None:
        self._clients = clients
        self._calls = calls
        self.consent = Consent(calls.store, self)

    def routes(self, prefix: str) -> list[BaseRoute]:
        """Routes below `prefix`, which stands for nid.naver.com and openapi.naver.com."""
        return [
            *self.consent.routes(prefix),
            Route(f"{prefix}/oauth2.0/token", self.token, methods=["GET", "POST"]),
            Route(f"{prefix}/oauth2.0/revoke", self.revoke, methods=["POST"]),
            Route(f"{prefix}/v1/nid/me", self.profile, methods=["GET"]),
        ]

    def ask(self, fields: dict[str, str]) -> Ask:
        """Check an authorize request. `state` is required; the consent items are set in Naver's console, not by a
        scope. Raises PageError."""
        client = wire.client_of(self._clients, "naver", fields.get("client_id"))
        if client is None:
            raise PageError(400, "invalid_client", "client_id: 등록되지 않은 애플리케이션입니다.")
        redirect_uri = fields.get("redirect_uri", "")
        if redirect_uri not in client.redirect_uris:
            raise PageError(400, "invalid_request", "redirect_uri: 등록된 Callback URL과 다릅니다.")
        if fields.get("response_type") != "code":
            raise PageError(400, "unsupported_response_type", "response_type: must be code")
        if not fields.get("state"):
            raise PageError(400, "invalid_request", "state: is required")
        return Ask(
            client=client,
            redirect_uri=redirect_uri,
            state=fields["state"],
            items=tuple(item.name for item in ITEMS),
        )

    def code(self) -> str:
        """Return a new code of 18 letters and digits."""
        return secrets.token_hex(9)

    def agreed(self, ask: Ask, code: str, _scope: str) -> Pairs:
        """Return `code` and `state`."""
        return [("code", code), ("state", ask.state or "")]

    def refused(self, ask: Ask) -> Pairs:
        """Return Naver's error and description."""
        return [("error", "access_denied"), ("error_description", "Canceled By User"), ("state", ask.state or "")]

    def granted(self, _ask: Ask, _consents: Collection[str]) -> str:
        """Return an empty scope: Naver returns none."""
        return ""

    async def token(self, request: Request) -> Response:
        """Issue, refresh or delete tokens, by `grant_type`. GET works too."""
        fields = await wire.all_fields(request)
        tokens = (fields.get("refresh_token", ""), fields.get("access_token", ""))
        operation = "naver_unlink" if fields.get("grant_type") == "delete" else "naver_token"
        answer = await self._calls.change(
            operation,
            lambda db, fault: self._token(db, fault, fields),
            lambda db: grants.whose(db, "naver", code=fields.get("code", ""), tokens=tokens),
        )
        return answer.response()

    async def revoke(self, request: Request) -> Response:
        """End the link of a token: 200 without a body, also for an expired or unknown token."""
        fields = await wire.form_fields(request)
        answer = await self._calls.change(
            "naver_unlink",
            lambda db, fault: self._revoke(db, fault, fields),
            lambda db: grants.whose(db, "naver", tokens=(fields.get("token", ""),)),
        )
        return answer.response()

    async def profile(self, request: Request) -> Response:
        """`{"resultcode", "message", "response"}`."""
        has_header = "authorization" in request.headers
        token = wire.bearer(request)
        answer = await self._calls.read(
            "naver_profile",
            lambda db, fault: _profile(db, fault, token, has_header=has_header),
            lambda db: grants.whose(db, "naver", tokens=(token,)),
        )
        return answer.response()

    def _token(self, db: sqlite3.Connection, fault: str | None, fields: dict[str, str]) -> Answer:
        client = self._client(fields, fault)
        if client is None:
            return error(200, "invalid_client", "wrong client id / client secret pair")
        match fields.get("grant_type"):
            case "authorization_code":
                return self._exchange(db, fault, fields, client)
            case "refresh_token":
                return self._refresh(db, fault, fields, client)
            case "delete":
                return self._delete(db, fields, client)
            case _:
                return error(200, "unsupported_grant_type", "grant_type is not supported")

    def _exchange(
        self, db: sqlite3.Connection, fault: str | None, fields: dict[str, str], client: OAuthClient
    ) -> Answer:
        grant = grants.by_code(db, "naver", fields.get("code", ""))
        if not fields.get("state"):
            return error(200, "invalid_request", "state is missing")
        if fault == "used_code" and grant is not None:
            grants.use(db, grant)
        if fault == "used_code" or grant is None or not grant.live() or grant.client_id != client.client_id:
            return error(200, "invalid_request", NO_SESSION)
        grants.use(db, grant)
        told = self._access(db, grant, fault)
        told["refresh_token"] = grants.issue(db, grant, "refresh", secrets.token_urlsafe(75), REFRESH_SECONDS)
        return as_json(told)

    def _refresh(
        self, db: sqlite3.Connection, fault: str | None, fields: dict[str, str], client: OAuthClient
    ) -> Answer:
        found = grants.by_token(db, "naver", fields.get("refresh_token", ""), "refresh")
        if found is None or found[0].client_id != client.client_id:
            return error(200, "invalid_request", "invalid refresh_token")
        return as_json(self._access(db, found[0], fault))

    def _access(self, db: sqlite3.Connection, grant: Grant, fault: str | None) -> dict[str, Any]:
        token = grants.issue(db, grant, "access", _access_token(), ACCESS_SECONDS)
        expires: object = ACCESS_SECONDS if fault == "number_expires_in" else str(ACCESS_SECONDS)
        return wire.bent({"access_token": token, "token_type": "bearer", "expires_in": expires}, fault)

    def _delete(self, db: sqlite3.Connection, fields: dict[str, str], client: OAuthClient) -> Answer:
        token = fields.get("access_token", "")
        if not token:
            return error(200, "invalid_request", "access_token is missing")
        found = grants.by_token(db, "naver", token, "access")
        if found is not None and found[0].client_id == client.client_id:
            grants.unlink(db, "naver", client.client_id, found[0].person)
        # An expired or unknown token is a success too, although the link then stays.
        return as_json({"access_token": token, "result": "success"})

    def _revoke(self, db: sqlite3.Connection, fault: str | None, fields: dict[str, str]) -> Answer:
        if fault == "temporarily_unavailable":
            return error(503, "temporarily_unavailable", "try again later")
        client = self._client(fields, fault)
        if client is None:
            return error(401, "unauthorized_client", "wrong client id / client secret pair")
        token = fields.get("token", "")
        if not token or fields.get("token_type_hint", "") not in ("", "access_token", "refresh_token"):
            return error(400, "invalid_request", "token is missing or token_type_hint is unknown")
        found = grants.by_token(db, "naver", token)
        if found is not None and found[0].client_id == client.client_id:
            grants.unlink(db, "naver", client.client_id, found[0].person)
        return Answer(200, b"")

    def _client(self, fields: dict[str, str], fault: str | None) -> OAuthClient | None:
        client = wire.client_of(self._clients, "naver", fields.get("client_id"))
        if client is None or fault == "wrong_secret":
            return None
        return client if wire.same(fields.get("client_secret", ""), client.client_secret) else None


def _access_token() -> str:
    """Return a token that contains `+`, `/` and `=`: it breaks if a client puts it into a query unescaped."""
    return "AAAAO+/" + base64.b64encode(secrets.token_bytes(46)).decode()


def _profile(db: sqlite3.Connection, fault: str | None, token: str, *, has_header: bool) -> Answer:
    if not has_header:
        raise RefusedError(_refusal(401, "028", "Authentication header not exists"))
    found = grants.by_token(db, "naver", token, "access")
    person = None if found is None else people.find(db, found[0].person)
    if found is None or person is None or fault in ("bad_token", "bad_token_200"):
        raise RefusedError(_refusal(200 if fault == "bad_token_200" else 401, "024", "Authentication failed"))
    told = _response(person, found[0].consents)
    match fault:
        case "missing_email":
            told.pop("email", None)
        case "missing_id":
            told.pop("id")
        case "mismatch":
            told["id"] = "id-of-somebody-else"
    answer: dict[str, Any] = {"resultcode": "00", "message": "success", "response": told}
    if fault == "missing_response":
        answer.pop("response")
    return as_json(answer)


def _response(person: Person, consents: frozenset[str]) -> dict[str, Any]:
    """Return the profile without the items that were refused or are not in the account."""
    birthday = person.birthday and f"{person.birthday[:2]}-{person.birthday[2:]}"
    mobile = person.phone and "0" + person.phone.removeprefix("+82 ")
    values = {
        "nickname": person.called(),
        "profile_image": person.picture(),
        "age": _age(person),
        "gender": person.gender and person.gender[0].upper(),
        "email": person.email,
        "mobile": mobile,
        "name": person.name,
        "birthday": birthday,
        "birthyear": person.birthyear,
    }
    told: dict[str, Any] = {"id": person.naver_id()}
    told |= {name: text for name, text in values.items() if text is not None and name in consents}
    if "mobile" in told and person.phone:
        told["mobile_e164"] = person.phone.replace(" ", "").replace("-", "")
    return told


def _age(person: Person) -> str | None:
    """Return the age range, such as `30-39`. The year is fixed at 2025, so that answers do not change."""
    if person.birthyear is None:
        return None
    decade = max(0, 2025 - int(person.birthyear)) // 10 * 10
    return "60-" if decade >= 60 else f"{decade}-{decade + 9}"


def _refusal(status: int, code: str, message: str) -> Answer:
    return as_json({"resultcode": code, "message": message}, status)
