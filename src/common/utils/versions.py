"""Optimistic concurrency over HTTP: ``ETag: "3"`` on what may be edited, ``If-Match: "3"`` on the edit."""

import re
from typing import Annotated, Final

from fastapi import Depends, Header, Response

from src.common.exceptions.general import IfMatchRequired, StaleEdit

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


def tag(response: Response, version: int) -> None:
    """Give the answer the entity tag of this version."""
    response.headers["ETag"] = f'"{version}"'
