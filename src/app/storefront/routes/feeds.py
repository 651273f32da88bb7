"""Routes of the files that other services fetch: the product feed and the sitemap."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import FileResponse

from src.app.storefront.errors import SitemapNotFound
from src.app.storefront.services.feeds import files, naver, sitemap
from src.common.exceptions import documents
from src.common.http.public_cache import names
from src.common.http.routing import Route, new_router
from src.common.identity import Guest
from src.common.openapi.headers import named

CACHE: Final = f"public, max-age={files.KEPT_SECONDS}"
TSV: Final = "text/tab-separated-values; charset=utf-8"
XML: Final = "text/xml; charset=utf-8"


def _documented(media_type: str, *errors: Any) -> dict[int | str, dict[str, Any]]:
    told = {"headers": named("ETag", "Cache-Control")}
    kind = media_type.partition(";")[0]
    return {
        200: {"content": {kind: {"schema": {"type": "string"}}}, **told},
        304: {"description": "`If-None-Match` names the current `ETag`.", **told},
        **documents(*errors),
    }


router = new_router("/feeds", tags=["shop: storefront"])
# At the root, because a sitemap is valid only for addresses below its own folder (sitemaps.org).
root_router = APIRouter(route_class=Route, tags=["shop: storefront"])
Number = Annotated[int, Path(ge=1, le=10_000, examples=[1])]


def _sent(request: Request, file: Any, media_type: str) -> Response:
    headers = {"ETag": files.etag_of(file), "Cache-Control": CACHE}
    if names(request.headers.get("if-none-match", ""), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return FileResponse(file, media_type=media_type, headers=headers)


@router.get("/naver.tsv", operation_id="readNaverFeed", response_class=FileResponse, responses=_documented(TSV))
async def read_naver_feed(request: Request, _: Guest) -> Response:
    """Everything that can be bought now, for Naver Shopping (EP 3.0, tab-separated, UTF-8), ten minutes old at most.
    Products that are hidden, stopped, sold out or without a picture are left out."""
    return _sent(request, await naver.file(), TSV)


@root_router.get(
    "/sitemap.xml", operation_id="readSitemapIndex", response_class=FileResponse, responses=_documented(XML)
)
async def read_sitemap_index(request: Request, _: Guest) -> Response:
    """The index of the sitemap's files."""
    return _sent(request, await sitemap.index_file(), XML)


@root_router.get(
    "/sitemap-{number}.xml",
    operation_id="readSitemap",
    response_class=FileResponse,
    responses=_documented(XML, SitemapNotFound),
)
async def read_sitemap(number: Number, request: Request, _: Guest) -> Response:
    """Up to 50,000 addresses of the shop: the home page, categories, and products that are shown."""
    return _sent(request, await sitemap.part_file(number), XML)
