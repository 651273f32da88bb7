"""Optimistic concurrency over HTTP: ``ETag: "3"`` on what may be edited, ``If-Match: "3"`` on the edit.

Every row that staff edit counts its edits. Switches that set a value, reorders of ids and bulk calls need no
``If-Match``: what they ask for is the same whatever was there before.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Annotated, Final, Protocol, TypeVar

from fastapi import Depends, Header, Response
from pydantic import BaseModel

from src.common.exceptions.general import IfMatchRequired, StaleEdit
from src.common.openapi.marks import tells

FIRST: Final = 1  # of what has no row yet because nobody has edited it


class Versioned(Protocol):
    """A row that counts its edits."""

    @property
    def version(self) -> int: ...


T = TypeVar("T")
R = TypeVar("R", bound=Versioned)

# Proxies that compress an answer make its tag a weak one.
TAG: Final = re.compile(r'(?:W/)?"([1-9][0-9]{0,8})"')
IfMatchHeader = Annotated[
    str | None, Header(alias="If-Match", description='The `ETag` of what you edit, as in `"3"`.', examples=['"3"'])
]


async def edited_version(if_match: IfMatchHeader = None) -> int:
    """The version that the caller read. Raises IfMatchRequired where the header is missing or names none."""
    found = TAG.fullmatch((if_match or "").strip())
    if found is None:
        raise IfMatchRequired
    return int(found[1])


EditedVersion = Annotated[int, Depends(edited_version)]


def refuse_stale(current: int, edited: int) -> None:
    """Raise StaleEdit where the row, locked by the caller, is not the version that was read."""
    if current != edited:
        raise StaleEdit(version=current)


async def or_fresh(edit: Awaitable[T], fresh: Callable[[], Awaitable[BaseModel]]) -> T:
    """Return the result of the edit. Its StaleEdit is raised with the current row, read by `fresh`."""
    try:
        return await edit
    except StaleEdit as error:
        now = (await fresh()).model_dump(mode="json")
        raise StaleEdit(version=error.extras["version"], current=now) from error


@tells(headers=("ETag",))
def tag(response: Response, version: int) -> None:
    """Give the answer the entity tag of this version."""
    response.headers["ETag"] = f'"{version}"'


@tells(headers=("ETag",))
def tagged(response: Response, row: R) -> R:
    """Return the row, with its version as the response's entity tag."""
    tag(response, row.version)
    return row
