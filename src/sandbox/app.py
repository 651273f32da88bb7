"""The sandbox as one ASGI app."""

import sqlite3

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from src.sandbox import inbox, receiver, sens, switches
from src.sandbox.calls import Calls
from src.sandbox.config import SandboxConfig
from src.sandbox.control import FaultControl
from src.sandbox.inbox import Inbox
from src.sandbox.oauth import schema as oauth_schema
from src.sandbox.oauth.control import OAuthControl
from src.sandbox.oauth.google import Google
from src.sandbox.oauth.kakao import Kakao
from src.sandbox.oauth.naver import Naver
from src.sandbox.pages import page
from src.sandbox.portone import schema
from src.sandbox.portone.api.rest import Rest
from src.sandbox.portone.browser.window import Window
from src.sandbox.portone.control import Control
from src.sandbox.portone.errors import PortOneError
from src.sandbox.portone.origin import PortOneOrigin
from src.sandbox.portone.service import Service
from src.sandbox.receiver import Receiver, ReceiverControl
from src.sandbox.routing import Direct
from src.sandbox.sens import Sens, SensControl
from src.sandbox.store import Store
from src.sandbox.tracking import schema as tracking_schema
from src.sandbox.tracking.api import TrackingApi
from src.sandbox.tracking.control import ParcelControl
from src.sandbox.tracking.pushes import Pusher
from src.sandbox.web import Answer, RefusalError, as_json


class Sandbox:
    """Simulated vendors. Mount `app` in every worker process; each calls `start` before it serves and `stop` after.
    `portone` serves PortOne's part at the root of an origin, where PortOne's SDKs expect it.

    All state is in `config.file`: it survives a SIGKILL, and pending webhooks are delivered after a restart.
    """

    def __init__(self, config: SandboxConfig) -> None:
        parts = {
            "portone": schema.SCHEMA,
            "inbox": inbox.SCHEMA,
            "vendor": switches.SCHEMA,
            "oauth": oauth_schema.SCHEMA,
            "sens": sens.SCHEMA,
            "receiver": receiver.SCHEMA,
            "tracking": tracking_schema.SCHEMA,
        }
        self._store = Store(config.file, parts)
        self._portone = Service(config, self._store)
        self._pusher = Pusher(config, self._store)
        # Plain routes instead of Mount: `root_path` is then always the sandbox's own path, which the pages link to.
        routes = [
            Route("/", _index, methods=["GET"]),
            *Rest(self._portone).routes("/portone"),
            *Window(self._portone).routes("/portone"),
            *Control(self._portone).routes("/control"),
            *FaultControl(self._store).routes("/control"),
            *_sign_in(config, Calls(self._store, self._portone.hold)),
            *Sens(config.sens, Calls(self._store, self._portone.hold, instead=sens.INSTEAD)).routes("/sens"),
            *SensControl(self._store).routes("/control"),
            *Inbox(Calls(self._store, self._portone.hold)).routes("/inbox"),
            *Receiver(Calls(self._store, self._portone.hold)).routes("/receiver"),
            *ReceiverControl(self._store).routes("/control"),
            *TrackingApi(config.tracking, Calls(self._store, self._portone.hold)).routes("/tracking"),
            *ParcelControl(config, self._store, self._pusher).routes(),
        ]
        refusing = (PortOneError, RefusalError, HTTPException, ClientDisconnect, sqlite3.OperationalError)
        inner = Starlette(routes=routes, exception_handlers=dict.fromkeys(refusing, _say_no))
        self.app: ASGIApp = Direct(routes, inner=inner, refusing=refusing, answer=_say_no)
        self.portone: ASGIApp = PortOneOrigin(self.app)

    async def start(self) -> None:
        """Open the file and start delivering webhooks and pushes."""
        await self._store.open()
        await self._portone.start()
        await self._pusher.start()

    async def stop(self) -> None:
        """Stop delivering and close the file. Running webhook attempts get a short time to end; pending webhooks stay
        in the file."""
        await self._pusher.stop()
        await self._portone.stop()
        await self._store.close()


def _sign_in(config: SandboxConfig, calls: Calls) -> list[BaseRoute]:
    """Return the routes of the three sign-in providers and of their control."""
    kakao = Kakao(config.oauth, calls, f"{config.base_url}/oauth/kakao")
    naver = Naver(config.oauth, calls)
    google = Google(config.oauth, calls, f"{config.base_url}/oauth/google")
    control = OAuthControl(calls.store, [kakao.consent, naver.consent, google.consent], config.oauth)
    return [
        *kakao.routes("/oauth/kakao"),
        *naver.routes("/oauth/naver"),
        *google.routes("/oauth/google"),
        *control.routes("/control"),
    ]


async def _index(request: Request) -> Response:
    return page("index", root=request.scope["root_path"])


async def _say_no(request: Request, error: Exception) -> Response:
    """Answer an error in the format of the requested interface: PortOne's below `/portone/`, the sandbox's own
    elsewhere."""
    status, code, detail = _reason(error)
    path = request.scope["path"].removeprefix(request.scope["root_path"])
    if not path.startswith("/portone/"):
        return as_json({"code": code, "detail": detail}, status).response()
    answer = error.answer() if isinstance(error, PortOneError) else _as_portone(status, code, detail)
    return answer.response()


def _reason(error: Exception) -> tuple[int, str, str]:
    match error:
        case PortOneError():
            return error.status, error.type, error.message
        case RefusalError():
            return error.status, error.code, error.detail
        case HTTPException():
            return error.status_code, error.detail.upper().replace(" ", "_"), error.detail
        case ClientDisconnect():
            return 400, "CLIENT_DISCONNECTED", "The request ended early."
        case _:
            return 503, "SANDBOX_BUSY", "The file of the sandbox is held by another process."


def _as_portone(status: int, code: str, detail: str) -> Answer:
    return as_json({"type": code, "message": detail}, status)
