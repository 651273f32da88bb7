"""The authorize step of all three providers: a page to choose a person and to agree or refuse."""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, Protocol
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from src.sandbox import switches
from src.sandbox.config import ProviderName
from src.sandbox.oauth import grants, people, wire
from src.sandbox.oauth.grants import Ask
from src.sandbox.oauth.people import Person, What
from src.sandbox.oauth.wire import MAX_FIELDS, Pairs
from src.sandbox.pages import page
from src.sandbox.store import Store
from src.sandbox.switches import Switch
from src.sandbox.web import RefusalError, read_body

OWN: Final = "sandbox_"
"""Prefix of the page's own fields; all other fields are the shop's request."""
FAULTS: Final = {
    "wrong_state": "다른 state / Wrong state",
    "missing_state": "state 없음 / No state",
    "server_error": "server_error로 돌아감 / Comes back with server_error",
    "used_code": "이미 쓴 코드 / Code already used",
    "error_500": "500",
    "slow": "느린 응답 / Slow answer",
    "timeout_before": "시간 초과 / Times out",
    "garbage": "깨진 응답 / Garbage",
    "wrong_secret": "잘못된 비밀키 / Wrong secret",
    "missing_email": "이메일 없음 / No e-mail",
    "unverified_email": "확인되지 않은 이메일 / Unverified e-mail",
    "no_account": "kakao_account 없음 / No kakao_account",
    "missing_response": "response 없음 / No response",
    "mismatch": "다른 사람의 프로필 / Profile of somebody else",
    "bad_token": "거절된 토큰 / Token refused",
    "bad_token_200": "거절된 토큰, HTTP 200 / Token refused with HTTP 200",
    "id_token_missing": "없음 / Missing",
    "id_token_wrong_aud": "다른 aud / Wrong aud",
    "id_token_wrong_iss": "다른 iss / Wrong iss",
    "id_token_expired": "만료됨 / Expired",
    "id_token_wrong_nonce": "다른 nonce / Wrong nonce",
    "id_token_alg_none": "서명 없음 / alg none",
    "id_token_alg_hs256": "공개키로 HS256 / HS256 with the public key",
    "id_token_other_key": "다른 키 / Other key",
    "id_token_tampered": "바뀐 내용 / Tampered",
}
"""Faults that the page offers. A chosen fault applies once, to this sign-in only."""
_STEPS: Final = {"authorize": "돌아가기 / Return", "token": "토큰 / Token", "profile": "프로필 / Profile"}


@dataclass(frozen=True)
class Item:
    """A consent item, with the provider's name (`name`) and the sandbox's (`what`)."""

    name: str
    what: What
    label: str
    required: bool = False


class PageError(Exception):
    """An error of the request that the provider shows on its own page instead of redirecting to the shop."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail


class BounceError(Exception):
    """An error with which the provider redirects to the shop at once."""

    def __init__(self, url: str) -> None:
        super().__init__("back to the shop")
        self.url = url


class Provider(Protocol):
    """The differences between the providers."""

    name: ProviderName
    title: str
    authorize_path: str
    items: tuple[Item, ...]

    def ask(self, fields: dict[str, str]) -> Ask:
        """Check an authorize request. Raises PageError or BounceError."""
        ...

    def code(self) -> str:
        """Return a new code."""
        ...

    def agreed(self, ask: Ask, code: str, scope: str) -> Pairs:
        """Return the query of the redirect to the shop after a consent."""
        ...

    def refused(self, ask: Ask) -> Pairs:
        """Return the query of the redirect to the shop after a refusal."""
        ...

    def granted(self, ask: Ask, consents: Collection[str]) -> str:
        """Return the scope in the format of the token answer."""
        ...


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A person's choice on the page. `consents` None means all requested items."""

    person: str
    agree: bool
    consents: frozenset[str] | None = None
    fault: Switch | None = None


def fault_of(provider: ProviderName, text: str) -> Switch | None:
    """Return the switch for a text such as `kakao_token:error_500`; None for an empty text. Raises RefusalError 422 if
    it is not a fault of this provider."""
    operation, _, kind = text.partition(":")
    if not text:
        return None
    if not operation.startswith(f"{provider}_") or kind not in switches.kinds(operation):
        raise RefusalError(422, "VALIDATION_ERROR", "fault: is not '<operation>:<kind>' of this provider")
    return Switch(operation=operation, kind=kind)


def decide(db: sqlite3.Connection, provider: Provider, ask: Ask, decision: Decision) -> str:
    """Carry out the decision, and return the address to which the browser is redirected."""
    person = people.find(db, decision.person)
    if person is None:
        raise RefusalError(404, "PERSON_NOT_FOUND", "person: nobody has this id")
    chosen = decision.fault
    step = f"{provider.name}_authorize"
    fault = chosen.kind if chosen and chosen.operation == step else switches.take(db, step, person=person.id)
    if not decision.agree:
        return _back(ask, provider.refused(ask), fault)
    consents = _consents(provider, ask, person, decision.consents)
    scope = provider.granted(ask, consents)
    code = provider.code()
    grant_id = grants.create(db, provider.name, replace(ask, scope=scope), person, consents, code)
    if chosen and chosen.operation != step:
        switches.put_in(db, [chosen], grant_id)
    return _back(ask, provider.agreed(ask, code, scope), fault)


def _consents(provider: Provider, ask: Ask, person: Person, wanted: frozenset[str] | None) -> list[str]:
    known = {word for item in provider.items for word in (item.name, item.what)}
    if wanted is not None and not wanted <= known:
        raise RefusalError(422, "VALIDATION_ERROR", f"consents: {provider.name} knows {', '.join(sorted(known))}")
    return [
        item.name
        for item in provider.items
        if item.name in ask.items
        and (item.required or wanted is None or item.name in wanted or item.what in wanted)
        and item.what not in person.declines
    ]


def _back(ask: Ask, pairs: Pairs, fault: str | None) -> str:
    if fault == "server_error":
        pairs = [("error", "server_error"), ("error_description", "temporary failure")]
        pairs += [] if ask.state is None else [("state", ask.state)]
    elif fault == "wrong_state":
        pairs = [(name, "of-somebody-else" if name == "state" else text) for name, text in pairs]
    elif fault == "missing_state":
        pairs = [pair for pair in pairs if pair[0] != "state"]
    return wire.address(ask.redirect_uri, pairs)


class Consent:
    """GET shows the page; POST handles a click on a button."""

    def __init__(self, store: Store, provider: Provider) -> None:
        self._store = store
        self.provider = provider

    def routes(self, prefix: str) -> list[BaseRoute]:
        """Return the routes of the authorize endpoint below `prefix`."""
        path = prefix + self.provider.authorize_path
        return [Route(path, self.show, methods=["GET"]), Route(path, self.click, methods=["POST"])]

    async def show(self, request: Request) -> Response:
        """Show the consent page, or the provider's error page."""
        return await self._page(request, wire.query_fields(request))

    async def click(self, request: Request) -> Response:
        """Redirect (303) to the redirect_uri. A form without a button is an authorize request by POST, which shows the
        page."""
        raw = await read_body(request)
        try:
            pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="replace")
        except ValueError:
            return self._notice(request, 400, "BadRequest", "The form cannot be read.")
        theirs = wire.query_fields(request) | {name: text for name, text in pairs if not name.startswith(OWN)}
        ours = {name: text for name, text in pairs if name.startswith(OWN)}
        if f"{OWN}decision" not in ours:
            return await self._page(request, theirs)
        try:
            decision = Decision(
                person=ours.get(f"{OWN}person", ""),
                agree=ours[f"{OWN}decision"] == "agree",
                consents=frozenset(text for name, text in pairs if name == f"{OWN}consent"),
                fault=fault_of(self.provider.name, ours.get(f"{OWN}fault", "")),
            )
            url = await self.perform(theirs, decision)
        except (PageError, RefusalError) as error:
            return self._notice(request, error.status, error.code, error.detail)
        return RedirectResponse(url, status_code=303, headers={"cache-control": "no-store"})

    async def perform(self, fields: dict[str, str], decision: Decision) -> str:
        """Carry out a decision, and return the address for the browser. Raises PageError and RefusalError."""
        try:
            ask = self.provider.ask(fields)
        except BounceError as bounce:
            return bounce.url
        return await self._store.write(partial(decide, provider=self.provider, ask=ask, decision=decision))

    async def _page(self, request: Request, fields: dict[str, str]) -> Response:
        try:
            ask = self.provider.ask(fields)
        except PageError as error:
            return self._notice(request, error.status, error.code, error.detail)
        except BounceError as bounce:
            return RedirectResponse(bounce.url, status_code=302, headers={"cache-control": "no-store"})
        provider = self.provider
        return page(
            "oauth_consent",
            root=request.scope["root_path"],
            provider=provider,
            client=ask.client,
            hidden={name: text for name, text in fields.items() if not name.startswith(OWN)},
            items=[item for item in provider.items if item.name in ask.items],
            people=await self._store.read(people.everyone),
            steps=_faults(provider.name),
        )

    def _notice(self, request: Request, status: int, code: str, detail: str) -> Response:
        root = request.scope["root_path"]
        return page("oauth_error", root=root, status=status, provider=self.provider, code=code, detail=detail)


def _faults(provider: ProviderName) -> list[dict[str, Any]]:
    """Return the faults that the page offers, by step."""
    steps = []
    for step, label in _STEPS.items():
        operation = f"{provider}_{step}"
        possible = switches.kinds(operation)
        plain = [kind for kind in FAULTS if kind in possible and not kind.startswith("id_token_")]
        steps.append({"label": label, "operation": operation, "kinds": plain})
        tokens = [kind for kind in FAULTS if kind in possible and kind.startswith("id_token_")]
        if tokens:
            steps.append({"label": "id_token", "operation": operation, "kinds": tokens})
    return [{**step, "kinds": [(kind, FAULTS[kind]) for kind in step["kinds"]]} for step in steps]
