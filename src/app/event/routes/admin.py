"""Staff routes of the event domain."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Path, Query, Response
from fastapi.responses import StreamingResponse

from src.app.event.dtos.admin import (
    CommentAdmin,
    CommentAdminQuery,
    CommentBulkDecision,
    CommentDecision,
    DecisionOutcome,
    EventAdmin,
    EventAdminQuery,
    EventChange,
    EventCreate,
    ExportQuery,
    ReportRead,
    WithReason,
)
from src.app.event.errors import CommentNotFound, EventHasComments, EventNotFound, EventPeriodReversed
from src.app.event.services import entries, managing, moderating
from src.app.product.errors import ImageUnknown
from src.common.dtos.pages import Items, Page
from src.common.exceptions import documents
from src.common.exceptions.general import IfMatchRequired, StaleEdit
from src.common.http.etags import EditedVersion, or_fresh, tagged
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.media.errors import UploadNotFound
from src.common.openapi.marks import files, tells
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "event:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "event:write"))]
EDIT = (EventNotFound, IfMatchRequired, StaleEdit)
RowId = Annotated[int, Path(ge=1, le=2**63 - 1)]

CSV = files("text/csv")

router = new_router("/admin", tags=["admin: events"])


@router.get("/events", operation_id="listAdminEvents")
async def list_events(asked: Annotated[EventAdminQuery, Query()], _: Reader) -> Page[EventAdmin]:
    """Every event, unpublished and scheduled ones included."""
    return await managing.find(asked)


@router.post(
    "/events",
    operation_id="createEvent",
    status_code=201,
    responses=documents(EventPeriodReversed, UploadNotFound, ImageUnknown),
)
async def create_event(body: EventCreate, by: Acting, _: Writer) -> EventAdmin:
    """Write an event, with its period and the path of an uploaded picture."""
    return await managing.create(body, by=by)


@router.get("/events/{event_id}", operation_id="readAdminEvent", responses=documents(EventNotFound))
async def read_event(event_id: RowId, response: Response, _: Reader) -> EventAdmin:
    """An event with its text. Reading it here does not count. Send its `ETag` as `If-Match` with an edit."""
    return tagged(response, await managing.one(event_id))


@router.patch(
    "/events/{event_id}",
    operation_id="changeEvent",
    responses=documents(*EDIT, EventPeriodReversed, UploadNotFound, ImageUnknown),
)
async def change_event(
    event_id: RowId, body: EventChange, version: EditedVersion, response: Response, by: Acting, _: Writer
) -> EventAdmin:
    """Change an event, publish it or take it off the shop."""
    edit = managing.change(event_id, body, version=version, by=by)
    return tagged(response, await or_fresh(edit, partial(managing.one, event_id)))


@router.delete(
    "/events/{event_id}",
    operation_id="removeEvent",
    status_code=204,
    responses=documents(*EDIT, EventHasComments),
)
async def remove_event(event_id: RowId, version: EditedVersion, by: Acting, _: Writer) -> None:
    """Remove an event that nobody wrote under."""
    await or_fresh(managing.remove(event_id, version=version, by=by), partial(managing.one, event_id))


@router.get(
    "/events/{event_id}/entries/export",
    operation_id="exportEventEntries",
    response_class=StreamingResponse,
    responses={**documents(EventNotFound), **CSV},
)
@tells(headers=("Content-Disposition", "Cache-Control"))
async def export_entries(
    event_id: RowId, asked: Annotated[ExportQuery, Query()], by: Acting, _: Reader
) -> StreamingResponse:
    """Everybody who wrote under an event, as csv. Personal data needs `pii:read`, and each person shown is logged."""
    pieces = await entries.export(event_id, asked, by=by)
    name = f'attachment; filename="event-{event_id}-entries.csv"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return StreamingResponse(pieces, media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/event-comments", operation_id="listAdminComments")
async def list_comments(asked: Annotated[CommentAdminQuery, Query()], _: Reader) -> Page[CommentAdmin]:
    """Comments of all events; with `reported=true` those that wait for a decision, the most reported first."""
    return await moderating.find(asked)


@router.post("/event-comments/decisions", operation_id="decideComments")
async def decide_comments(body: CommentBulkDecision, by: Acting, _: Writer) -> Items[DecisionOutcome]:
    """Show or hide many comments, with a result for each."""
    return await moderating.decide_all(body, by=by)


@router.get(
    "/events/{event_id}/comments/{comment_id}/reports",
    operation_id="listCommentReports",
    responses=documents(CommentNotFound),
)
async def list_reports(event_id: RowId, comment_id: RowId, _: Reader) -> Items[ReportRead]:
    """Why members reported a comment."""
    return await moderating.reports_of(event_id, comment_id)


@router.patch(
    "/events/{event_id}/comments/{comment_id}", operation_id="decideComment", responses=documents(CommentNotFound)
)
async def decide_comment(
    event_id: RowId, comment_id: RowId, body: CommentDecision, by: Acting, _: Writer
) -> CommentAdmin:
    """Show or hide a comment, with the reason. Either answers the reports of it."""
    return await moderating.decide(event_id, comment_id, body, by=by)


@router.delete(
    "/events/{event_id}/comments/{comment_id}",
    operation_id="removeAdminComment",
    status_code=204,
    responses=documents(CommentNotFound),
)
async def remove_comment(
    event_id: RowId, comment_id: RowId, asked: Annotated[WithReason, Query()], by: Acting, _: Writer
) -> None:
    """Remove a comment for good."""
    await moderating.remove(event_id, comment_id, by=by, reason=asked.reason)
