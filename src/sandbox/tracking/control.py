"""Move parcels: by scripts and tests (`/control/parcels`), and by a person on a page (`/parcels`)."""

import sqlite3
from functools import partial
from typing import Annotated, Final
from urllib.parse import parse_qsl

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from src.sandbox.config import SandboxConfig
from src.sandbox.pages import page
from src.sandbox.store import Store
from src.sandbox.tracking import parcels, pushes
from src.sandbox.tracking.parcels import COMPANIES, MOVES, Action, Command, Parcel
from src.sandbox.tracking.pushes import Pusher, PushMode
from src.sandbox.web import RefusalError, Text, as_json, is_id, read_body, read_model

MAX_FIELDS: Final = 10
BUTTONS: Final = {
    **{action.value: told.label for action, told in MOVES.items()},
    Action.STEP_BACK.value: "한 단계 뒤로 / A step back",
    Action.WRONG_NUMBER.value: "없는 송장번호 / Wrong number",
}


class ParcelBody(BaseModel):
    """Body of `POST /control/parcels/{courier}/{number}`. `at`: when it was scanned; now if absent."""

    model_config = ConfigDict(extra="forbid")

    action: Action
    at: AwareDatetime | None = None
    place: Annotated[Text, Field(max_length=100)] = ""
    text: Annotated[Text, Field(max_length=200)] = ""
    webhook: PushMode = PushMode.SEND


class ParcelControl:
    """The endpoints. `courier` is the service's number of it."""

    def __init__(self, config: SandboxConfig, store: Store, pusher: Pusher) -> None:
        self._config = config
        self._store = store
        self._pusher = pusher

    def routes(self) -> list[BaseRoute]:
        """Routes below the sandbox's own path."""
        return [
            Route("/control/parcels", self.list_parcels, methods=["GET"]),
            Route("/control/parcels/{courier}/{number}", self.act, methods=["POST"]),
            Route("/control/parcels/{courier}/{number}", self.show, methods=["GET"]),
            Route("/control/pushes", self.list_pushes, methods=["GET"]),
            Route("/parcels", self.read_page, methods=["GET"]),
            Route("/parcels", self.press, methods=["POST"]),
        ]

    async def act(self, request: Request) -> Response:
        """`{action, at?, place?, text?, webhook?}` -> 200 the parcel with its scans."""
        parcel = _parcel(request.path_params["courier"], request.path_params["number"])
        body = await read_model(request, ParcelBody)
        at = None if body.at is None else round(body.at.timestamp() * 1000)
        command = Command(body.action, at=at, place=body.place, words=body.text)
        await self._move(parcel, command, body.webhook)
        return as_json(await self._store.read(partial(parcels.shown, parcel=parcel))).response()

    async def show(self, request: Request) -> Response:
        """The parcel with its scans; `is_known` is False for one that the service does not know."""
        parcel = _parcel(request.path_params["courier"], request.path_params["number"])
        return as_json(await self._store.read(partial(parcels.shown, parcel=parcel))).response()

    async def list_parcels(self, _request: Request) -> Response:
        """`{"items": [...]}`: the parcels that were moved last, the newest first."""
        return as_json({"items": await self._store.read(parcels.listing)}).response()

    async def list_pushes(self, _request: Request) -> Response:
        """`{"items": [...]}`: pushes with their attempts, oldest first."""
        return as_json({"items": await self._store.read(pushes.listing)}).response()

    async def read_page(self, request: Request) -> Response:
        """The page of the courier: a parcel for each card, a button for each scan."""
        items = await self._store.read(parcels.listing)
        return page(
            "parcels", root=request.scope["root_path"], items=items, companies=COMPANIES, buttons=BUTTONS, status=200
        )

    async def press(self, request: Request) -> Response:
        """A button of the page: `courier`, `number`, `action` -> 303 to the page."""
        raw = (await read_body(request)).decode("ascii", "replace")
        try:
            fields = dict(parse_qsl(raw, max_num_fields=MAX_FIELDS))
        except ValueError as error:
            raise RefusalError(422, "VALIDATION_ERROR", "the form cannot be read") from error
        parcel = _parcel(fields.get("courier", ""), "".join(fields.get("number", "").split()).replace("-", ""))
        if fields.get("action") not in BUTTONS:
            raise RefusalError(422, "VALIDATION_ERROR", "action: there is no such button")
        await self._move(parcel, Command(Action(fields["action"])), PushMode.SEND)
        return RedirectResponse(f"{request.scope['root_path']}/parcels", status_code=303)

    async def _move(self, parcel: Parcel, command: Command, mode: PushMode) -> None:
        def work(db: sqlite3.Connection) -> None:
            parcels.move(db, parcel, command)
            if command.action is not Action.WRONG_NUMBER:
                pushes.enqueue(db, self._config, parcel, mode)

        await self._store.write(work)
        self._pusher.wake()


def _parcel(courier: str, number: str) -> Parcel:
    """Raises RefusalError 422 for a courier that the service does not have, and for no number."""
    if courier not in COMPANIES:
        raise RefusalError(422, "VALIDATION_ERROR", f"courier: one of {', '.join(COMPANIES)}")
    if not is_id(number) or not (number.isascii() and number.isalnum()):
        raise RefusalError(422, "VALIDATION_ERROR", "number: letters and digits")
    return Parcel(courier, number)
