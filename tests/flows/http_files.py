"""Read and send the requests of docs/http/*.http, the format of VS Code's REST Client and JetBrains' HTTP client.

Beside that format each request says in comments what it answers: ``# answers 201`` and, as often as needed,
``# has $.order.status "PAID"``, the JSON value at a path of the answer.
"""

import json
import re
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

REFERENCE = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
VARIABLE = re.compile(r"@(\w+)\s*=\s*(.*)")
STEP = re.compile(r"\.(\w+)|\[(\d+)\]")


@dataclass(kw_only=True)
class Request:
    """One request as it is written, before its variables are filled in."""

    title: str
    line: int
    name: str = ""
    method: str = ""
    url: str = ""
    headers: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    answers: int = 0
    has: list[tuple[str, Any]] = field(default_factory=list)


def read(text: str) -> tuple[dict[str, str], list[Request]]:
    """The variables and the requests of a file. Raises ValueError on a line that is none of the format."""
    variables: dict[str, str] = {}
    requests: list[Request] = []
    is_body = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("###"):
            requests.append(Request(title=line[3:].strip(), line=number))
            is_body = False
        elif is_body:
            requests[-1].body.append(line)
        elif line.startswith("#"):
            if requests:
                _take_comment(requests[-1], line[1:].strip())
        elif found := VARIABLE.fullmatch(line):
            variables[found[1]] = found[2].strip()
        elif not line.strip():
            is_body = bool(requests and requests[-1].method)
        elif not requests:
            raise ValueError(f"line {number}: before the first ###")
        elif not requests[-1].method:
            requests[-1].method, requests[-1].url = line.split(" ", 1)
        else:
            requests[-1].headers.append(line)
    return variables, requests


def _take_comment(request: Request, said: str) -> None:
    word, _, rest = said.partition(" ")
    if word == "@name":
        request.name = rest.strip()
    elif word == "answers":
        request.answers = int(rest)
    elif word == "has":
        path, _, value = rest.partition(" ")
        request.has.append((path, json.loads(value)))


def at(document: Any, path: str) -> Any:
    """The value at ``$.items[0].name``. Raises LookupError or TypeError where there is none."""
    for name, index in STEP.findall(path.removeprefix("$")):
        document = document[name] if name else document[int(index)]
    return document


class Sender:
    """Sends the requests of one file in their order; later ones may name the answers of earlier ones."""

    def __init__(self, client: httpx.AsyncClient, variables: dict[str, str]) -> None:
        self._client = client
        self._variables = variables
        self._answers: dict[str, httpx.Response] = {}

    async def send(self, request: Request) -> httpx.Response:
        """The answer to one request. Raises LookupError for a variable that nothing sets."""
        headers = dict(line.split(":", 1) for line in map(self._filled, request.headers))
        told = {name.strip(): value.strip() for name, value in headers.items()}
        is_form = told.get("Content-Type", "").startswith("multipart/")  # its lines end with CRLF (RFC 2046, 5.1.1)
        content = ("\r\n" if is_form else "\n").join(self._filled("\n".join(request.body).strip()).split("\n"))
        url = self._filled(request.url)
        answer = await self._client.request(request.method, url, headers=told, content=content.encode())
        if request.name:
            self._answers[request.name] = answer
        return answer

    def _filled(self, text: str) -> str:
        return REFERENCE.sub(lambda found: self._value(found[1]), text)

    def _value(self, name: str) -> str:
        if name == "$timestamp":
            return str(int(time.time()))
        if name in self._variables:
            return self._filled(self._variables[name])
        request, _, rest = name.partition(".response.")
        answer = self._answers[request]
        if rest.startswith("headers."):
            return answer.headers[rest.removeprefix("headers.")]
        return str(at(answer.json(), rest.removeprefix("body.")))


async def problems(text: str, client: httpx.AsyncClient, *, host: str) -> list[str]:
    """Send a whole file to `host`; what did not answer as the file says, by line and title."""
    variables, requests = read(text)
    sender = Sender(client, {**variables, "host": host})
    found = []
    for request in requests:
        try:
            told = _differences(request, await sender.send(request))
        except (LookupError, TypeError, ValueError) as error:
            told = [repr(error)]
        found += [f"{request.line} {request.title}: {one}" for one in told]
    return found


def _differences(request: Request, answer: httpx.Response) -> list[str]:
    if answer.status_code != request.answers:
        return [f"{answer.status_code} {answer.text[:300]}"]
    values = [(path, wanted, at(answer.json(), path)) for path, wanted in request.has]
    return [f"{path} is {value!r}" for path, wanted, value in values if value != wanted]
