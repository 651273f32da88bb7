"""Staff routes for payment discrepancies and the webhook inbox."""

from typing import Annotated

from fastapi import Depends, Path, Query

from src.app.payment.dtos.admin.discrepancies import (
    DiscrepancyQuery,
    DiscrepancyRead,
    InboxQuery,
    InboxRead,
    Resolution,
)
from src.app.payment.errors import (
    DiscrepancyNotFound,
    DiscrepancyResolved,
    WebhookMessageNotFound,
    WebhookMessageWaits,
)
from src.app.payment.services.discrepancies import review
from src.app.payment.services.webhooks import inbox
from src.common.dtos.pages import Page
from src.common.exceptions import documents
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "payment:read"))]
Reconciler = Annotated[Identity, Depends(Policy("staff", "payment:reconcile"))]
RowId = Annotated[int, Path(ge=1, le=2**63 - 1)]

router = new_router(prefix="/admin", tags=["admin: payments"])


@router.get("/payments/discrepancies", operation_id="listDiscrepancies")
async def list_discrepancies(asked: Annotated[DiscrepancyQuery, Query()], _: Reader) -> Page[DiscrepancyRead]:
    """Money that does not add up by itself and needs a person: cancelled by nobody of ours, paid with another amount,
    paid under an id that is not ours, refunds that wait for an account or are refused, deposits of less or more than
    the order costs or after it ended. The newest first."""
    return await review.find(asked)


@router.post(
    "/payments/discrepancies/{discrepancy_id}/resolve",
    operation_id="resolveDiscrepancy",
    responses=documents(DiscrepancyNotFound, DiscrepancyResolved),
)
async def resolve_discrepancy(discrepancy_id: RowId, body: Resolution, by: Acting, _: Reconciler) -> DiscrepancyRead:
    """Close a discrepancy with what was found out and done. It moves no money; a second time is a 409."""
    return await review.resolve(discrepancy_id, body.reason, by=by)


@router.get("/webhook-inbox", operation_id="listInboxWebhooks")
async def list_webhooks(asked: Annotated[InboxQuery, Query()], _: Reader) -> Page[InboxRead]:
    """Webhooks that were taken in: waiting, worked off, or given up after too many tries. The newest first."""
    return await inbox.find(asked)


@router.post(
    "/webhook-inbox/{message_id}/replay",
    operation_id="replayInboxWebhook",
    responses=documents(WebhookMessageNotFound, WebhookMessageWaits),
)
async def replay_webhook(message_id: RowId, by: Acting, _: Reconciler) -> InboxRead:
    """Work a message off again. PortOne is asked again, so nothing happens twice; one that is due anyway is a 409."""
    return await inbox.replay(message_id, by=by)
