"""Routes of the search domain."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Query, Request, Response

from src.app.search.dtos.requests import SearchTermQuery, SuggestQuery
from src.app.search.dtos.responses import PopularTerm, SearchTermRead, Suggestions
from src.app.search.dtos.synonyms import Synonyms, SynonymsRead
from src.app.search.services import popular, statistics, suggesting, synonyms
from src.common.dtos.pages import Items, Page
from src.common.exceptions import documents
from src.common.exceptions.general import IfMatchRequired, StaleEdit
from src.common.http.etags import EditedVersion, or_fresh, tagged
from src.common.http.public_cache import public_answers, public_read, public_router
from src.common.http.routing import new_router
from src.common.identity import Guest, Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "product:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "product:write"))]
Analyst = Annotated[Identity, Depends(Policy("staff", "statistics:read"))]

router = public_router(prefix="/search", tags=["shop: search"])
admin_router = new_router("/admin/statistics", tags=["admin: search"])
words_router = new_router("/admin/search", tags=["admin: search"])


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


@admin_router.get("/search-terms", operation_id="listSearchTerms")
async def list_search_terms(asked: Annotated[SearchTermQuery, Query()], _: Analyst) -> Page[SearchTermRead]:
    """What people searched for on which Korean days, and what of it found nothing. Some minutes behind."""
    return await statistics.search_terms(asked)


@words_router.get("/synonyms", operation_id="readSynonyms")
async def read_synonyms(response: Response, _: Reader) -> SynonymsRead:
    """Words that find each other, or one way only. Send its `ETag` as `If-Match` with an edit."""
    return tagged(response, await synonyms.read())


@words_router.put("/synonyms", operation_id="setSynonyms", responses=documents(IfMatchRequired, StaleEdit))
async def set_synonyms(
    body: Synonyms, version: EditedVersion, response: Response, by: Acting, _: Writer
) -> SynonymsRead:
    """Set the whole list. Searches follow at once, on every worker. Blanks, case, width and punctuation of the words do
    not matter; a word of a rule may stand for several words of a question, as in `golf bag`."""
    return tagged(response, await or_fresh(synonyms.replace(body, version=version, by=by), synonyms.read))
