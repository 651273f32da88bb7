"""Staff routes of policies."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Path, Query, Response

from src.app.notice.dtos.admin import (
    PolicyAdmin,
    PolicyAdminQuery,
    PolicyChange,
    PolicyCreate,
    PolicyPublish,
    PolicyWithdraw,
)
from src.app.notice.errors import (
    PolicyDayPast,
    PolicyDayTaken,
    PolicyInForce,
    PolicyNotFound,
    PolicyPublished,
    PolicyVersionTaken,
)
from src.app.notice.services import policy_writing
from src.common.dtos.pages import Page
from src.common.exceptions import documents
from src.common.exceptions.general import IfMatchRequired, StaleEdit
from src.common.http.etags import EditedVersion, or_fresh, tag
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "settings:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "settings:write"))]
EDIT = (PolicyNotFound, IfMatchRequired, StaleEdit)
RowId = Annotated[int, Path(ge=1, le=2**63 - 1)]

NO_REASON = PolicyWithdraw()  # the default, because the body is optional

router = new_router("/admin/policies", tags=["admin: policies"])


@router.get("", operation_id="listAdminPolicies")
async def list_policies(asked: Annotated[PolicyAdminQuery, Query()], _: Reader) -> Page[PolicyAdmin]:
    """Versions of all policies, drafts included, the newest first."""
    return await policy_writing.find(asked)


@router.post("", operation_id="draftPolicy", status_code=201, responses=documents(PolicyVersionTaken))
async def draft_policy(body: PolicyCreate, by: Acting, _: Writer) -> PolicyAdmin:
    """Write a draft of a new version."""
    return await policy_writing.draft(body, by=by)


@router.get("/{policy_id}", operation_id="readAdminPolicy", responses=documents(PolicyNotFound))
async def read_policy(policy_id: RowId, response: Response, _: Reader) -> PolicyAdmin:
    """A version with its text. Send its `ETag` as `If-Match` with an edit: it is the `revision`."""
    found = await policy_writing.one(policy_id)
    tag(response, found.revision)
    return found


@router.patch(
    "/{policy_id}",
    operation_id="changePolicy",
    responses=documents(*EDIT, PolicyPublished, PolicyVersionTaken),
)
async def change_policy(
    policy_id: RowId, body: PolicyChange, version: EditedVersion, response: Response, by: Acting, _: Writer
) -> PolicyAdmin:
    """Change a draft."""
    edit = policy_writing.change(policy_id, body, revision=version, by=by)
    changed = await or_fresh(edit, partial(policy_writing.one, policy_id))
    tag(response, changed.revision)
    return changed


@router.post(
    "/{policy_id}/publish",
    operation_id="publishPolicy",
    responses=documents(PolicyNotFound, PolicyPublished, PolicyDayPast, PolicyDayTaken),
)
async def publish_policy(policy_id: RowId, body: PolicyPublish, by: Acting, _: Writer) -> PolicyAdmin:
    """Publish a draft, in force from that Korean day on; before it, it can be withdrawn. Members are asked to agree to
    new terms again."""
    return await policy_writing.publish(policy_id, body, by=by)


@router.post("/{policy_id}/withdraw", operation_id="withdrawPolicy", responses=documents(PolicyNotFound, PolicyInForce))
async def withdraw_policy(policy_id: RowId, by: Acting, _: Writer, body: PolicyWithdraw = NO_REASON) -> PolicyAdmin:
    """Take back a version that was published for a later day: it is a draft again. Again changes nothing."""
    return await policy_writing.withdraw(policy_id, body, by=by)


@router.delete(
    "/{policy_id}", operation_id="removePolicy", status_code=204, responses=documents(*EDIT, PolicyPublished)
)
async def remove_policy(policy_id: RowId, version: EditedVersion, by: Acting, _: Writer) -> None:
    """Remove a draft."""
    edit = policy_writing.remove(policy_id, revision=version, by=by)
    await or_fresh(edit, partial(policy_writing.one, policy_id))
