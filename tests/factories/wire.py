"""respx under aiohttp: the requests of vendor clients are answered by a router, and none is sent.

``respx.mock(using=ON_AIOHTTP)`` stands below everything that builds a request: path, headers and body are those that
would go out.
"""

from typing import Any, Final

import httpx
from respx.mocks import AbstractRequestMocker

ON_AIOHTTP: Final = "aiohttp"


class Answered:
    """A router's answer, as aiohttp gives it."""

    def __init__(self, answer: httpx.Response) -> None:
        self.status = answer.status_code
        self._content = answer.content

    async def read(self) -> bytes:
        return self._content


class AiohttpMocker(AbstractRequestMocker):
    """Stands in for every session of aiohttp."""

    name = ON_AIOHTTP
    targets = ["aiohttp.ClientSession"]
    target_methods = ["_request"]

    @classmethod
    def to_httpx_request(cls, **kwargs: Any) -> httpx.Request:
        headers, content = kwargs.get("headers"), kwargs.get("data") or b""
        return httpx.Request(kwargs["method"], str(kwargs["str_or_url"]), headers=headers, content=content)

    @classmethod
    async def from_async_httpx_response(cls, httpx_response: httpx.Response, target: Any, **kwargs: Any) -> Answered:
        await httpx_response.aread()
        return Answered(httpx_response)
