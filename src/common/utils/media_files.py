"""Pictures from the state folder, with a cache time and nothing that a picture could run."""

import mimetypes
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from src.common.utils.media.addresses import FOLDER

FOREVER = "public, max-age=31536000, immutable"  # the name of an upload is never used for another picture
HEADERS = {
    "Cache-Control": "public, max-age=3600",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}


mimetypes.add_type("image/webp", ".webp")  # Python 3.11 leaves it to the system's list, which images may lack


class MediaFiles(StaticFiles):
    """Static files whose answers carry `HEADERS`. A path that no file can have is 404."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await super().get_response(path, scope)
        except ValueError:  # a zero byte in the path
            return await super().get_response("absent", scope)
        if path.startswith(f"{FOLDER}/"):
            response.headers["Cache-Control"] = FOREVER
        return response

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """As the base class makes it, plus the headers, on 304 too."""
        response = super().file_response(*args, **kwargs)
        response.headers.update(HEADERS)
        return response
