"""Staff routes of synonyms and of search statistics."""

from typing import Annotated

from fastapi import Depends, Query, Response

from src.app.search.dtos.admin import SearchTermQuery, SearchTermRead, Synonyms, SynonymsRead
from src.app.search.services import statistics, synonyms
from src.common.dtos.pages import Page
from src.common.exceptions import documents
from src.common.exceptions.general import IfMatchRequired, StaleEdit
from src.common.http.etags import EditedVersion, or_fresh, tagged
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Analyst = Annotated[Identity, Depends(Policy("staff", "statistics:read"))]
admin_router = new_router("/admin/statistics", tags=["admin: search"])


@admin_router.get("/search-terms", operation_id="listSearchTerms")
async def list_search_terms(asked: Annotated[SearchTermQuery, Query()], _: Analyst) -> Page[SearchTermRead]:
    """What people searched for on which Korean days, and what of it found nothing. Some minutes behind."""
    return await statistics.search_terms(asked)


Reader = Annotated[Identity, Depends(Policy("staff", "product:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "product:write"))]
words_router = new_router("/admin/search", tags=["admin: search"])


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
