"""Every request of docs/http/*.http answers what its file says it answers."""

import json
import re
from pathlib import Path

import httpx

from src.core.configs import settings
from src.demo.seeding import load_demo_shop
from tests.architecture.documents import operations
from tests.flows.http_files import problems, read

FOLDER = Path(__file__).parents[2] / "docs/http"
API = "/api/v1/"


TEXTS = {file.name: file.read_text() for file in sorted(FOLDER.glob("*.http"))}


async def send(texts: dict[str, str], base: httpx.URL) -> list[str]:
    """Each file by a browser of its own."""
    found = []
    for name, text in texts.items():
        async with httpx.AsyncClient(timeout=60, trust_env=False) as browser:
            found += [f"{name}:{one}" for one in await problems(text, browser, host=str(base).rstrip("/"))]
    return found


async def test_every_request_answers_what_its_file_says(client: httpx.AsyncClient, accounts_offered: None) -> None:
    assert await load_demo_shop(settings())
    assert await send(TEXTS, client.base_url) == []


async def test_another_answer_is_found(client: httpx.AsyncClient) -> None:
    wrong = (
        '### right\n# @name right\n# answers 200\n# has $.status "ok"\nGET {{host}}/health\n\n'
        "### status\n# answers 201\nGET {{host}}/health\n\n"
        '### value\n# answers 200\n# has $.status "down"\nGET {{host}}/health\n\n'
        "### chain\n# answers 404\nGET {{host}}/{{right.response.body.$.status}}\n\n"
        "### nowhere\n# answers 200\nGET {{host}}/{{left.response.body.$.status}}\n"
    )
    found = await send({"wrong.http": wrong}, client.base_url)
    assert [one.partition(" ")[2].partition(":")[0] for one in found] == ["status", "value", "nowhere"]


def test_every_request_says_what_it_answers_and_every_corner_of_the_api_is_there() -> None:
    asked = set()
    for name, text in TEXTS.items():
        _, requests = read(text)
        assert requests, name
        assert all(request.answers and request.title for request in requests), name
        asked |= {request.url for request in requests}

    def corner(path: str) -> str:
        side = "admin/" if path.startswith("admin/") else ""
        return side + re.split(r"[/?]", path.removeprefix(side))[0]

    document = json.loads((FOLDER.parent / "openapi.json").read_text())
    named = {name.partition(" ")[2].partition("{")[0] for name, _ in operations(document)}
    corners = {corner(path.removeprefix(API)) for path in named if path.startswith(API)}
    shown = {corner(url.removeprefix("{{api}}/")) for url in asked if url.startswith("{{api}}/")}
    assert sorted(corners - shown) == []
