"""Serve images from the state folder, with a cache time and without scripts."""

import mimetypes
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from src.common.handlers.problems import problem_response
from src.common.media.addresses import FOLDER, INCOMING
from src.common.media.errors import AddressRefused
from src.common.media.signing import allowed_size
from src.common.media.store import MediaStoreUnavailable, store

FOREVER = "public, max-age=31536000, immutable"  # the name of an upload is never used for another image
HEADERS = {
    "Cache-Control": "public, max-age=3600",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}


mimetypes.add_type("image/webp", ".webp")  # Python 3.11 needs the system's list, which container images may lack


class MediaFiles(StaticFiles):
    """Static files whose responses have `HEADERS`. A path that no file can have is answered with 404."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Store a file on PUT to a signed address, and serve files otherwise."""
        if scope["type"] == "http" and scope["method"] == "PUT":
            await (await self._taken(Request(scope, receive)))(scope, receive, send)
            return
        await super().__call__(scope, receive, send)

    async def _taken(self, request: Request) -> Response:
        """Store an announced file unchanged; it is not served. Returns 204 or the problem."""
        key = self.get_path(request.scope).replace("\\", "/")
        kind = request.headers.get("content-type", "")
        size = allowed_size(key, dict(request.query_params), content_type=kind)
        if size is None or not key.startswith(f"{INCOMING}/"):
            return problem_response(AddressRefused(), request.scope)
        content = bytearray()
        async for piece in request.stream():
            content += piece
            if len(content) > size:
                break
        if len(content) != size:
            return problem_response(AddressRefused(), request.scope)
        try:
            await store().put(key, bytes(content), content_type=kind)
        except MediaStoreUnavailable as error:
            return problem_response(error, request.scope)
        return Response(status_code=204)

    async def get_response(self, path: str, scope: Scope) -> Response:
        if path.replace("\\", "/").partition("/")[0] == INCOMING:
            path = "absent"  # these files are not checked yet
        try:
            response = await super().get_response(path, scope)
        except ValueError:  # a zero byte in the path
            return await super().get_response("absent", scope)
        if path.startswith(f"{FOLDER}/"):
            response.headers["Cache-Control"] = FOREVER
        return response

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """Return the base class's response with `HEADERS`, also for 304."""
        response = super().file_response(*args, **kwargs)
        response.headers.update(HEADERS)
        return response
