"""A client that edits as the forms of the back-office do: it reads what it edits, and sends its version along."""

from typing import Any

import httpx

EDITS = ("PUT", "PATCH", "DELETE")


class FormClient(httpx.AsyncClient):
    """Without an ``If-Match`` of the caller, an edit under ``/admin`` sends the ETag of the same address read before.

    What has no ETag, because it is not there or needs none, is sent with ``"1"``. A test of versions names them itself.
    """

    async def request(self, method: str, url: Any, **options: Any) -> httpx.Response:
        path = str(url).partition("?")[0]
        headers = httpx.Headers(options.get("headers"))
        if method in EDITS and path.startswith("/api/v1/admin/") and "if-match" not in headers:
            masked = {"masked": "true"} if path.startswith("/api/v1/admin/users/") else {}  # no look to be logged
            read = await super().request("GET", path, params=masked, headers=headers)
            headers["If-Match"] = read.headers.get("etag", '"1"')
            options["headers"] = headers
        return await super().request(method, url, **options)
