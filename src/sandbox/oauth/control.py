"""Control endpoints of the sign-in providers: list and change persons, and act as a person at a provider."""

import sqlite3
from functools import partial
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from src.sandbox.clock import rfc3339
from src.sandbox.config import OAuthClient
from src.sandbox.oauth import disconnecting, grants, keys, people, wire
from src.sandbox.oauth.consent import Consent, Decision, PageError, fault_of
from src.sandbox.oauth.people import Person
from src.sandbox.store import Store
from src.sandbox.web import RefusalError, Text, as_json, read_model

Word = Annotated[Text, Field(min_length=1, max_length=64)]


class AuthorizeBody(BaseModel):
    """Body of `POST /control/oauth/{provider}/authorize`."""

    model_config = ConfigDict(extra="forbid")

    authorize_url: Annotated[Text, Field(max_length=8000)]
    person: Word
    agree: Annotated[bool, Field(strict=True)] = True
    consents: Annotated[list[Word], Field(max_length=50)] | None = None
    fault: Annotated[Text, Field(max_length=100)] = ""


class DisconnectBody(BaseModel):
    """Body of `POST /control/oauth/{provider}/disconnect`. `referrer_type` is Kakao's code for the reason."""

    model_config = ConfigDict(extra="forbid")

    person: Word
    referrer_type: Word = "UNLINK_FROM_APPS"


class OAuthControl:
    """The endpoints under /control for signing in."""

    def __init__(self, store: Store, consents: list[Consent], clients: tuple[OAuthClient, ...] = ()) -> None:
        self._store = store
        self._clients = clients
        self._consents: Final = {consent.provider.name: consent for consent in consents}

    def routes(self, prefix: str) -> list[BaseRoute]:
        """Routes below `prefix`."""
        return [
            Route(prefix + "/people", self.list_people, methods=["GET"]),
            Route(prefix + "/people", self.put_person, methods=["POST"]),
            Route(prefix + "/oauth/{provider}/authorize", self.authorize, methods=["POST"]),
            Route(prefix + "/oauth/{provider}/links", self.list_links, methods=["GET"]),
            Route(prefix + "/oauth/{provider}/disconnect", self.disconnect, methods=["POST"]),
            Route(prefix + "/oauth/google/keys", self.rotate, methods=["POST"]),
        ]

    async def list_people(self, _request: Request) -> Response:
        """`{"items": [...]}`: all persons, with their ids at the providers and the items that they share."""
        everyone = await self._store.read(people.everyone)
        return as_json({"items": [person.listed() for person in everyone]}).response()

    async def put_person(self, request: Request) -> Response:
        """Add a person, or replace the one with this id -> 201 the person as listed."""
        person = await read_model(request, Person)
        await self._store.write(partial(people.put, person=person))
        return as_json(person.listed(), 201).response()

    async def authorize(self, request: Request) -> Response:
        """`{authorize_url, person, agree?, consents?, fault?}` -> `{"redirect_url"}`, the address to which the provider
        would redirect a browser."""
        consent = self._consent(request)
        provider = consent.provider
        body = await read_model(request, AuthorizeBody)
        query = _query(body.authorize_url, f"/oauth/{provider.name}{provider.authorize_path}")
        decision = Decision(
            person=body.person,
            agree=body.agree,
            consents=None if body.consents is None else frozenset(body.consents),
            fault=fault_of(provider.name, body.fault),
        )
        try:
            url = await consent.perform(wire.fields_of(query), decision)
        except PageError as error:
            raise RefusalError(error.status, error.code, error.detail) from error
        return as_json({"redirect_url": url}).response()

    async def list_links(self, request: Request) -> Response:
        """`{"items": [{client_id, person, subject, connected_at, consents}]}`: the persons who are linked."""
        provider = self._consent(request).provider.name
        items = await self._store.read(partial(grants.links, provider=provider))
        told = [{**item, "connected_at": rfc3339(item["connected_at"])} for item in items]
        return as_json({"items": told}).response()

    async def disconnect(self, request: Request) -> Response:
        """`{person, referrer_type?}`: disconnect the shop as a person does on the provider's own pages. The link ends,
        and the shop is notified -> `{"told": [status or null]}`, one item for each client that was linked."""
        name = self._consent(request).provider.name
        body = await read_model(request, DisconnectBody)
        person = await self._store.read(partial(people.find, person_id=body.person))
        if person is None:
            raise RefusalError(404, "PERSON_NOT_FOUND", "person: nobody has this id")
        clients = [client for client in self._clients if client.provider == name]
        linked = [one for one in clients if await self._store.write(partial(_unlinked, client=one, person=person))]
        told = [await disconnecting.tell(client, person, why=body.referrer_type) for client in linked]
        return as_json({"told": told}).response()

    async def rotate(self, _request: Request) -> Response:
        """Sign with a new key from now on -> 201 `{"kid"}`."""
        return as_json({"kid": await keys.rotate(self._store)}, 201).response()

    def _consent(self, request: Request) -> Consent:
        consent = self._consents.get(request.path_params["provider"])
        if consent is None:
            raise RefusalError(404, "PROVIDER_NOT_FOUND", "provider: kakao, naver or google")
        return consent


def _unlinked(db: sqlite3.Connection, client: OAuthClient, person: Person) -> bool:
    """End the link. Return True if there was one."""
    is_linked = grants.link_of(db, client.provider, client.client_id, person.id) is not None
    if is_linked:
        grants.unlink(db, client.provider, client.client_id, person.id)
    return is_linked


def _query(url: str, path: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise RefusalError(422, "VALIDATION_ERROR", "authorize_url: is no address") from error
    if not parts.path.endswith(path):
        raise RefusalError(422, "VALIDATION_ERROR", f"authorize_url: its path does not end in {path}")
    return parts.query
