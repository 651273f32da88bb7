"""Routes of the event domain."""

from functools import partial
from typing import Annotated

from fastapi import Path, Query, Request, Response

from src.app.event.dtos.requests import CommentQuery, CommentReportWrite, CommentWrite, EventQuery
from src.app.event.dtos.responses import CommentRead, EventPage, EventRead, MyComment
from src.app.event.errors import (
    CommentNotFound,
    CommentTwice,
    EventClosed,
    EventNotFound,
    OwnComment,
    ReportedAlready,
)
from src.app.event.routes import admin
from src.app.event.services import commenting, comments, showing
from src.app.event.services.views import VIEWS
from src.common.dtos.pages import Page
from src.common.exceptions import documents
from src.common.exceptions.general import TooManyAttempts
from src.common.http.public_cache import public_answers, public_read, public_router
from src.common.http.routing import new_router, take_routes
from src.common.identity import ClientAddress, Guest, Member

router = public_router(tags=["shop: events"])
plain = new_router("/events", tags=["shop: events"])
admin_router = new_router()
take_routes(admin_router, admin.router)

RowId = Annotated[int, Path(ge=1, le=2**63 - 1)]


@router.get("/events", operation_id="listEvents", response_model=EventPage, responses=public_answers())
async def list_events(query: Annotated[EventQuery, Query()], request: Request, _: Guest) -> Response:
    """Events that have begun, by tab, with the counts of all tabs."""
    return await public_read(request, ("events", query), partial(showing.page_json, query))


@plain.get("/{event_id}", operation_id="readEvent", response_model=EventRead, responses=public_answers(EventNotFound))
async def read_event(event_id: RowId, request: Request, who: ClientAddress, _: Guest) -> Response:
    """An event. Reading it counts, once in ten minutes per address."""
    answer = await public_read(request, ("event", event_id), partial(showing.event_json, event_id))
    VIEWS.saw(event_id, who)
    return answer


@plain.get(
    "/{event_id}/comments",
    operation_id="listComments",
    response_model=Page[CommentRead],
    responses=public_answers(EventNotFound),
)
async def list_comments(
    event_id: RowId, query: Annotated[CommentQuery, Query()], request: Request, _: Guest
) -> Response:
    """Comments that are not hidden, the newest first, their authors masked."""
    key = ("event-comments", comments.revision(), event_id, query)
    return await public_read(request, key, partial(comments.page_json, event_id, query))


@plain.get("/{event_id}/comments/mine", operation_id="listMyComments")
async def list_my_comments(event_id: RowId, query: Annotated[CommentQuery, Query()], by: Member) -> Page[MyComment]:
    """My comments under an event, also those that staff or reports hid; not those that I took back."""
    return await comments.mine(event_id, query, by=by)


@plain.post(
    "/{event_id}/comments",
    operation_id="writeComment",
    status_code=201,
    responses=documents(EventNotFound, EventClosed, CommentTwice, TooManyAttempts),
)
async def write_comment(event_id: RowId, body: CommentWrite, by: Member) -> MyComment:
    """Write a comment while the event is on."""
    return await commenting.write(event_id, body, by=by)


@plain.patch(
    "/{event_id}/comments/{comment_id}",
    operation_id="editComment",
    responses=documents(EventNotFound, EventClosed, CommentNotFound, CommentTwice, TooManyAttempts),
)
async def edit_comment(event_id: RowId, comment_id: RowId, body: CommentWrite, by: Member) -> MyComment:
    """Change my comment while the event is on."""
    return await commenting.edit(event_id, comment_id, body, by=by)


@plain.delete(
    "/{event_id}/comments/{comment_id}",
    operation_id="removeComment",
    status_code=204,
    responses=documents(CommentNotFound),
)
async def remove_comment(event_id: RowId, comment_id: RowId, by: Member) -> None:
    """Take my comment back. One that was reported stays visible to staff, and cannot be written again."""
    await commenting.remove(event_id, comment_id, by=by)


@plain.post(
    "/{event_id}/comments/{comment_id}/report",
    operation_id="reportComment",
    status_code=204,
    responses=documents(CommentNotFound, OwnComment, ReportedAlready, TooManyAttempts),
)
async def report_comment(event_id: RowId, comment_id: RowId, body: CommentReportWrite, by: Member) -> None:
    """Report a comment to staff, once. After several reports it is hidden until they decide."""
    await commenting.report(event_id, comment_id, body, by=by)


take_routes(router, plain)
