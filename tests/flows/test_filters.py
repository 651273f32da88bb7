"""Every filter of every list takes what its documented length allows, and says 422 to what is longer."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from fastapi import FastAPI

from tests.factories.people import bearer, staff_bearer

# A letter of one byte, a digit, a letter of three bytes, and one that grows when it is case-folded.
LETTERS = ("a", "1", "가", "ß", "%")


def text_filters(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, name and schema of each query parameter of a GET that is free text."""
    for path, item in document["paths"].items():
        for parameter in item.get("get", {}).get("parameters", ()):
            schema = parameter["schema"]
            if parameter["in"] != "query" or schema.get("type") != "string":
                continue
            if "enum" in schema or "const" in schema or schema.get("format") in ("date", "date-time"):
                continue
            yield path, parameter["name"], schema


def fill(path: str) -> str:
    """The path with an id that nothing has; who is not there is a 404, which is as good an answer."""
    return "/".join("1" if part.startswith("{") else part for part in path.split("/"))


@pytest.mark.fault("C5")
def test_every_text_filter_says_how_long_it_may_be(app: FastAPI) -> None:
    unbounded = [
        f"{path} {name}"
        for path, name, schema in text_filters(app.openapi())
        if "maxLength" not in schema and "{" not in schema.get("pattern", "")  # {1,40} in a pattern is a length too
    ]
    assert unbounded == []
    assert len(list(text_filters(app.openapi()))) > 40


@pytest.mark.fault("C5")
async def test_no_value_of_a_filter_is_a_fault_of_the_server(client: httpx.AsyncClient, app: FastAPI) -> None:
    staff, member = await staff_bearer(client), await bearer(client)
    broken, taken = [], []
    for path, name, schema in text_filters(app.openapi()):
        headers = staff if "/admin/" in path else member
        longest = schema.get("maxLength", 100)
        for letter in LETTERS:
            for length in (1, longest - 1, longest):
                answer = await client.get(fill(path), params={name: letter * length}, headers=headers)
                if answer.status_code >= 500:
                    broken.append((path, name, letter, length, answer.status_code))
            if "maxLength" in schema:
                longer = await client.get(fill(path), params={name: letter * (longest + 1)}, headers=headers)
                if longer.status_code != 422:
                    taken.append((path, name, letter, longest + 1, longer.status_code))
    assert broken == []
    assert taken == []


@pytest.mark.fault("C5")
@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        ("/admin/messages", "order_no", "1" * 40),
        ("/admin/messages", "template", "a" * 41),
        ("/admin/outbox", "aggregate", "a" * 400),
    ],
)
async def test_an_answer_to_a_value_longer_than_its_column(
    client: httpx.AsyncClient, path: str, name: str, value: str
) -> None:
    answer = await client.get(f"/api/v1{path}", params={name: value}, headers=await staff_bearer(client))
    assert answer.status_code == 422


@pytest.mark.fault("C5")
async def test_no_text_in_a_path_is_a_fault_of_the_server(client: httpx.AsyncClient, app: FastAPI) -> None:
    staff, member = await staff_bearer(client), await bearer(client)
    broken = []
    for path, item in app.openapi()["paths"].items():
        named = [
            parameter["name"]
            for parameter in item.get("get", {}).get("parameters", ())
            if parameter["in"] == "path" and parameter["schema"].get("type") == "string"
        ]
        for name in named:
            for letter in LETTERS:
                for length in (1, 41, 300):
                    called = fill(path.replace(f"{{{name}}}", quote(letter * length, safe="")))
                    answer = await client.get(called, headers=staff if "/admin/" in path else member)
                    if answer.status_code >= 500:
                        broken.append((called, answer.status_code))
    assert broken == []
