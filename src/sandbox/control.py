"""`/control/faults`: the switches of all vendors in one list."""

import sqlite3
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from src.sandbox import switches
from src.sandbox.portone import faults
from src.sandbox.portone.faults import Fault
from src.sandbox.store import Store
from src.sandbox.switches import Switch
from src.sandbox.web import as_json, read_model


def _vendor(value: object) -> str:
    operation = value.get("operation") if isinstance(value, dict) else None
    return "other" if isinstance(operation, str) and operation in switches.BENDS else "portone"


class FaultList(BaseModel):
    """Body of `PUT /control/faults`."""

    model_config = ConfigDict(extra="forbid")

    faults: Annotated[
        list[Annotated[Annotated[Fault, Tag("portone")] | Annotated[Switch, Tag("other")], Discriminator(_vendor)]],
        Field(max_length=1000),
    ]


class FaultControl:
    """Set, list and clear switches."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def routes(self, prefix: str) -> list[BaseRoute]:
        """Routes below `prefix`."""
        return [
            Route(prefix + "/faults", self.show, methods=["GET"]),
            Route(prefix + "/faults", self.put, methods=["PUT"]),
            Route(prefix + "/faults", self.clear, methods=["DELETE"]),
        ]

    async def show(self, _request: Request) -> Response:
        """`{"faults": [{operation, kind, payment_id or person, left}]}`."""
        return as_json({"faults": await self._store.read(_listing)}).response()

    async def put(self, request: Request) -> Response:
        """Replace all switches by `{"faults": [{operation, kind, times?, payment_id? or person?}]}`."""
        body = await read_model(request, FaultList)

        def replace_all(db: sqlite3.Connection) -> list[dict[str, Any]]:
            _clear(db)
            faults.put_in(db, [fault for fault in body.faults if isinstance(fault, Fault)])
            switches.put_in(db, [fault for fault in body.faults if isinstance(fault, Switch)])
            return _listing(db)

        return as_json({"faults": await self._store.write(replace_all)}).response()

    async def clear(self, _request: Request) -> Response:
        """Remove all switches and answer 204."""
        await self._store.write(_clear)
        return Response(status_code=204)


def _clear(db: sqlite3.Connection) -> None:
    faults.clear(db)
    switches.clear(db)


def _listing(db: sqlite3.Connection) -> list[dict[str, Any]]:
    return faults.listing(db) + switches.listing(db)
