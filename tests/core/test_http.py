"""Clients made by src/core/http.py."""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec

import pytest

from src.core.http import new_http_client
from tests.factories.lines import Line, serving


class Searches:
    """Notes the modules that an import searches for, and finds none."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def find_spec(self, name: str, path: Sequence[str] | None, target: object = None) -> ModuleSpec | None:
        self.names.append(name)
        return None


async def test_a_second_request_searches_for_no_module(monkeypatch: pytest.MonkeyPatch) -> None:
    searches = Searches()
    async with serving(Line()) as line, new_http_client(line.url, read_seconds=20) as client:
        await client.get("/")
        monkeypatch.setattr(sys, "meta_path", [searches, *sys.meta_path])
        assert (await client.get("/")).status_code == 200

    assert searches.names == []
