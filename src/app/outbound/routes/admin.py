"""Routes of outgoing webhooks, all of them for staff."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Path, Query, Response

from src.app.outbound.dtos.admin.requests import DeliveryQuery, ReplayRange, WebhookChange, WebhookCreate, WebhookQuery
from src.app.outbound.dtos.admin.responses import (
    DeliveryDetail,
    DeliveryRead,
    EventTypeRead,
    ReplayOutcome,
    WebhookRead,
    WebhookWithSecret,
)
from src.app.outbound.errors import (
    OutboundAddressRefused,
    OutboundDeliveryBusy,
    OutboundDeliveryNotFound,
    OutboundTypeUnknown,
    OutboundUrlInvalid,
    OutboundWebhookLimit,
    OutboundWebhookNotFound,
    OutboundWebhookOff,
)
from src.app.outbound.services import queries, webhooks
from src.app.outbound.services.deliveries import replay
from src.app.outbound.services.messages import catalogue
from src.common.dtos.pages import Items, Page
from src.common.exceptions import documents
from src.common.exceptions.general import IfMatchRequired, StaleEdit
from src.common.http.etags import EditedVersion, or_fresh, tag, tagged
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "webhook:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "webhook:write"))]
RowId = Annotated[int, Path(ge=1, le=2**63 - 1)]

EDITS = (OutboundWebhookNotFound, IfMatchRequired, StaleEdit)
TARGETS = (OutboundUrlInvalid, OutboundAddressRefused, OutboundTypeUnknown)

admin_router = new_router("/admin/outbound-webhooks", tags=["admin: outbound webhooks"])


@admin_router.get("", operation_id="listOutboundWebhooks")
async def list_webhooks(asked: Annotated[WebhookQuery, Query()], _: Reader) -> Page[WebhookRead]:
    """Webhooks, the newest first."""
    return await queries.listed(asked)


@admin_router.post(
    "", operation_id="createOutboundWebhook", status_code=201, responses=documents(*TARGETS, OutboundWebhookLimit)
)
async def create_webhook(body: WebhookCreate, response: Response, by: Acting, _: Writer) -> WebhookWithSecret:
    """Add a webhook. The answer shows the key that messages are signed with, this once."""
    made = await webhooks.create(body, by=by)
    tag(response, made.version)
    return made


@admin_router.get("/event-types", operation_id="listOutboundEventTypes")
async def list_event_types(_: Reader) -> Items[EventTypeRead]:
    """What a webhook can be told of, with the JSON schema of each message."""
    return Items(items=catalogue.described())


@admin_router.get(
    "/deliveries/{delivery_id}", operation_id="readOutboundDelivery", responses=documents(OutboundDeliveryNotFound)
)
async def read_delivery(delivery_id: RowId, by: Acting, _: Reader) -> DeliveryDetail:
    """What was sent and what came back. Personal data needs `pii:read`, and the look is logged."""
    return await queries.delivery(delivery_id, by=by)


@admin_router.post(
    "/deliveries/{delivery_id}/replay",
    operation_id="replayOutboundDelivery",
    status_code=202,
    responses=documents(OutboundDeliveryNotFound, OutboundWebhookNotFound, OutboundWebhookOff, OutboundDeliveryBusy),
)
async def replay_delivery(delivery_id: RowId, by: Acting, _: Writer) -> DeliveryRead:
    """Send one message again, under its id."""
    return await replay.replay(delivery_id, by=by)


@admin_router.get("/{webhook_id}", operation_id="readOutboundWebhook", responses=documents(OutboundWebhookNotFound))
async def read_webhook(webhook_id: RowId, response: Response, _: Reader) -> WebhookRead:
    """One webhook. Its `ETag` is needed to change it."""
    found = await queries.one(webhook_id)
    tag(response, found.version)
    return found


@admin_router.patch("/{webhook_id}", operation_id="changeOutboundWebhook", responses=documents(*EDITS, *TARGETS))
async def change_webhook(
    webhook_id: RowId, body: WebhookChange, version: EditedVersion, response: Response, by: Acting, _: Writer
) -> WebhookRead:
    """Change what is given; the rest stays. One with personal data is changed with `pii:read` only."""
    edit = webhooks.change(webhook_id, body, version=version, by=by)
    return tagged(response, await or_fresh(edit, partial(queries.one, webhook_id)))


@admin_router.delete(
    "/{webhook_id}", operation_id="removeOutboundWebhook", status_code=204, responses=documents(*EDITS)
)
async def remove_webhook(webhook_id: RowId, version: EditedVersion, by: Acting, _: Writer) -> None:
    """Remove a webhook. What waits for it is not sent any more."""
    await or_fresh(webhooks.remove(webhook_id, version=version, by=by), partial(queries.one, webhook_id))


@admin_router.post("/{webhook_id}/rotate-secret", operation_id="rotateOutboundSecret", responses=documents(*EDITS))
async def rotate_secret(
    webhook_id: RowId, version: EditedVersion, response: Response, by: Acting, _: Writer
) -> WebhookWithSecret:
    """A new key, shown this once. For 24 hours messages are signed with the old one as well."""
    edit = webhooks.rotate(webhook_id, version=version, by=by)
    return tagged(response, await or_fresh(edit, partial(queries.one, webhook_id)))


@admin_router.post(
    "/{webhook_id}/test",
    operation_id="tryOutboundWebhook",
    status_code=202,
    responses=documents(OutboundWebhookNotFound, OutboundWebhookOff),
)
async def try_webhook(webhook_id: RowId, by: Acting, _: Writer) -> DeliveryRead:
    """Send a `webhook.test` message. What became of it stands in its delivery."""
    return await replay.send_test(webhook_id, by=by)


@admin_router.get(
    "/{webhook_id}/deliveries", operation_id="listOutboundDeliveries", responses=documents(OutboundWebhookNotFound)
)
async def list_deliveries(webhook_id: RowId, asked: Annotated[DeliveryQuery, Query()], _: Reader) -> Page[DeliveryRead]:
    """Messages of a webhook, the newest first."""
    return await queries.deliveries(webhook_id, asked)


@admin_router.post(
    "/{webhook_id}/replay",
    operation_id="replayOutboundDeliveries",
    status_code=202,
    responses=documents(OutboundWebhookNotFound, OutboundWebhookOff),
)
async def replay_deliveries(webhook_id: RowId, body: ReplayRange, by: Acting, _: Writer) -> ReplayOutcome:
    """Send the failed messages of a time again, or all of them; 1,000 by one call."""
    return await replay.replay_range(webhook_id, body, by=by)
