"""Optimistic concurrency over HTTP: reads send ``ETag: "3"``, edits must send ``If-Match: "3"``.

Every row that staff edit has a version, which counts its edits. Routes that set a switch, reorder ids or act in bulk
need no ``If-Match``: their result does not depend on the earlier values.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Annotated, Final, Protocol, TypeVar

from fastapi import Depends, Header, Response
from pydantic import BaseModel

from src.common.exceptions.general import IfMatchRequired, StaleEdit
from src.common.openapi.marks import tells

FIRST: Final = 1  # version of a setting without a row: nobody has edited it yet


class Versioned(Protocol):
    """A row that counts its edits."""

    @property
    def version(self) -> int: ...


T = TypeVar("T")
R = TypeVar("R", bound=Versioned)

# Proxies that compress a response weaken its tag (``W/``).
TAG: Final = re.compile(r'(?:W/)?"([1-9][0-9]{0,8})"')
IfMatchHeader = Annotated[
    str | None, Header(alias="If-Match", description='The `ETag` of what you edit, as in `"3"`.', examples=['"3"'])
]


async def edited_version(if_match: IfMatchHeader = None) -> int:
    """Return the version that the caller read. Raises IfMatchRequired if the header is missing or malformed."""
    found = TAG.fullmatch((if_match or "").strip())
    if found is None:
        raise IfMatchRequired
    return int(found[1])


EditedVersion = Annotated[int, Depends(edited_version)]


def refuse_stale(current: int, edited: int) -> None:
    """Raise StaleEdit if the row, which the caller has locked, is not at the version that the client read."""
    if current != edited:
        raise StaleEdit(version=current)


async def or_fresh(edit: Awaitable[T], fresh: Callable[[], Awaitable[BaseModel]]) -> T:
    """Return the result of the edit. A StaleEdit is raised again with the current row, which `fresh` reads."""
    try:
        return await edit
    except StaleEdit as error:
        now = (await fresh()).model_dump(mode="json")
        raise StaleEdit(version=error.extras["version"], current=now) from error


@tells(headers=("ETag",))
def tag(response: Response, version: int) -> None:
    """Set the response's entity tag to this version."""
    response.headers["ETag"] = f'"{version}"'


@tells(headers=("ETag",))
def tagged(response: Response, row: R) -> R:
    """Return the row, with its version as the response's entity tag."""
    tag(response, row.version)
    return row
