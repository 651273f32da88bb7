"""Pictures from the state folder, with a cache time and nothing that a picture could run."""

from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

HEADERS = {
    "Cache-Control": "public, max-age=3600",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}


class MediaFiles(StaticFiles):
    """Static files whose answers carry `HEADERS`. A path that no file can have is 404."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            return await super().get_response(path, scope)
        except ValueError:  # a zero byte in the path
            return await super().get_response("absent", scope)

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """As the base class makes it, plus the headers, on 304 too."""
        response = super().file_response(*args, **kwargs)
        response.headers.update(HEADERS)
        return response
