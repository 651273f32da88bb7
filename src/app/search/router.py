"""Routes of the search domain."""

from functools import partial
from typing import Annotated

from fastapi import Query, Request, Response

from src.app.search.dtos.requests import SuggestQuery
from src.app.search.dtos.responses import PopularTerm, Suggestions
from src.app.search.routes.admin import admin_router, words_router
from src.app.search.services import popular, suggesting
from src.common.dtos.pages import Items
from src.common.http.public_cache import public_answers, public_read, public_router
from src.common.identity import Guest

__all__ = ["admin_router", "router", "words_router"]

router = public_router(prefix="/search", tags=["shop: search"])


@router.get("/suggest", operation_id="suggestSearches", response_model=Suggestions, responses=public_answers())
async def suggest(query: Annotated[SuggestQuery, Query()], request: Request, _: Guest) -> Response:
    """Products, categories and popular words for what stands in the search field so far; first consonants and the
    other language's keys are understood. Suggestions are not counted as searches."""
    return await public_read(request, ("suggest", query), partial(suggesting.suggestions_json, query))


@router.get(
    "/popular", operation_id="listPopularSearches", response_model=Items[PopularTerm], responses=public_answers()
)
async def list_popular(request: Request, _: Guest) -> Response:
    """The ten words that were searched for most lately, newer searches weighing more. About a minute old."""
    return await public_read(request, ("popular",), popular.popular_json)
