"""Call the shop's ASGI app from inside, without a socket. Run by `tests.bench.instructions`, in either checkout.

    python asgi_caller.py BODIES DEMO     (the working directory is the checkout)

Reads lines ``KIND COUNT`` and answers each with ``done`` once so many requests were answered, sixteen at once.
"""

import asyncio
import json
import os
import secrets
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, os.getcwd())  # noqa: PTH109 - the checkout that is measured, not the one of this file

PATHS = {
    "list": "/api/v1/products?size=20",
    "detail": "/api/v1/products/01201110",
    "home": "/api/v1/home",
    "categories": "/api/v1/categories",
    "me": "/api/v1/me",
}
JSON = (b"content-type", b"application/json")
AT_ONCE = 16


class Caller:
    """The app between its start and its end, and what is asked of it."""

    def __init__(self, app: Any, state: dict[str, Any], bodies: list[bytes]) -> None:
        self.app, self.state, self.bodies = app, state, bodies
        self.token: tuple[bytes, bytes] = (b"", b"")

    async def call(
        self, method: str, path: str, headers: Iterable[tuple[bytes, bytes]] = (), body: bytes = b""
    ) -> tuple[int, bytes]:
        """One request; returns status and body."""
        answered, messages, found = asyncio.Event(), [{"type": "http.request", "body": body, "more_body": False}], []
        name, _, query = path.partition("?")

        async def receive() -> dict[str, Any]:
            if messages:
                return messages.pop()
            await answered.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            found.append(message)

        scope = {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "method": method,
            "scheme": "http", "path": name, "raw_path": name.encode(), "query_string": query.encode(), "root_path": "",
            "headers": [(b"host", b"127.0.0.1:8000"), (b"content-length", str(len(body)).encode()), *headers],
            "client": ("127.0.0.1", 5000), "server": ("127.0.0.1", 8000), "state": dict(self.state),
        }  # fmt: skip
        await self.app(scope, receive, send)
        answered.set()
        return found[0]["status"], b"".join(message.get("body", b"") for message in found[1:])

    async def sign_in(self, demo: dict[str, str]) -> None:
        """Get the demo member's token."""
        status, text = await self.call("POST", "/api/v1/auth/sign-in", [JSON], json.dumps(demo).encode())
        assert status == 200, text
        self.token = (b"authorization", b"Bearer " + json.loads(text)["access_token"].encode())

    async def ask(self, kind: str, count: int) -> None:
        """So many requests of a kind."""
        numbers = iter(range(count))

        async def some() -> None:
            for number in numbers:
                if kind == "orders":
                    key = (b"idempotency-key", secrets.token_hex(13).encode())
                    body = self.bodies[number % len(self.bodies)]
                    status, text = await self.call("POST", "/api/v1/orders", [JSON, key], body)
                else:
                    status, text = await self.call("GET", PATHS[kind], [self.token] if kind == "me" else [])
                assert status in (200, 201), (status, text)

        await asyncio.gather(*(some() for _ in range(AT_ONCE)))


async def main(bodies: list[bytes], demo: str) -> None:
    """See the module's text."""
    from tests.bench.noop_app import app

    async with app.router.lifespan_context(app) as state:
        caller = Caller(app, dict(state or {}), bodies)
        await caller.sign_in(json.loads(demo))
        print("done", flush=True)
        reader = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        while line := (await reader.readline()).decode().split():
            await caller.ask(line[0], int(line[1]))
            print("done", flush=True)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]).read_bytes().splitlines(), sys.argv[2]))
