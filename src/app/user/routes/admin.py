"""Routes that show and change members, for staff."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Path, Query, Response

from src.app.user.dtos.admin import (
    MemberChange,
    MemberDetail,
    MemberQuery,
    MemberRow,
    MemoCreate,
    MemoRead,
    PersonalData,
    Unmasking,
)
from src.app.user.errors import MemberHasLeft, MemberNotFound
from src.app.user.services.admin import members, memos, standing
from src.common.dtos.pages import Page, PageQuery
from src.common.dtos.reasons import NO_REASON, Looking, WithReason
from src.common.exceptions import documents
from src.common.exceptions.general import IfMatchRequired, StaleEdit
from src.common.http.etags import EditedVersion, or_fresh, tagged
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "member:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "member:write"))]
PersonalDataReader = Annotated[Identity, Depends(Policy("staff", "pii:read"))]
UserId = Annotated[int, Path(ge=1, le=2**63 - 1)]

CHANGE_ERRORS = documents(MemberNotFound, MemberHasLeft)

admin_router = new_router(prefix="/admin/users", tags=["admin: members"])


@admin_router.get("", operation_id="listMembers")
async def list_members(asked: Annotated[MemberQuery, Query()], by: Acting, _: Reader) -> Page[MemberRow]:
    """Members. Personal data is masked without `pii:read`; with it, every member shown is in the access log."""
    return await members.find(asked, by=by)


@admin_router.get("/{user_id}", operation_id="readMember", responses=documents(MemberNotFound))
async def read_member(
    user_id: UserId, asked: Annotated[Looking, Query()], response: Response, by: Acting, _: Reader
) -> MemberDetail:
    """A member with consents, memos, sessions and orders. Masked and logged like the list. Send the `ETag` as
    `If-Match` with an edit."""
    return tagged(response, await members.one(user_id, asked, by=by))


@admin_router.post("/{user_id}/unmask", operation_id="unmaskMember", responses=documents(MemberNotFound))
async def unmask_member(user_id: UserId, body: Unmasking, by: Acting, _: PersonalDataReader) -> PersonalData:
    """The clear values of one member, for a reason that is kept in the access log: for screens that show the list and
    the detail with `masked=true`."""
    return await members.unmask(user_id, body, by=by)


@admin_router.patch(
    "/{user_id}",
    operation_id="changeMember",
    responses=documents(MemberNotFound, MemberHasLeft, IfMatchRequired, StaleEdit),
)
async def change_member(
    user_id: UserId, body: MemberChange, version: EditedVersion, response: Response, by: Acting, _: Writer
) -> MemberRow:
    """Suspend a member, let one back in, or set the grade. `status` needs `member:suspend` besides; a suspension ends
    all sessions at once."""
    edit = standing.change(user_id, body, version=version, by=by)
    return tagged(response, await or_fresh(edit, partial(members.masked, user_id)))


@admin_router.post("/{user_id}/force-logout", operation_id="forceLogout", status_code=204, responses=CHANGE_ERRORS)
async def force_logout(user_id: UserId, by: Acting, _: Writer, body: WithReason = NO_REASON) -> None:
    """End all sessions of a member at once."""
    await standing.force_logout(user_id, body, by=by)


@admin_router.get("/{user_id}/memos", operation_id="listMemos", responses=documents(MemberNotFound))
async def list_memos(user_id: UserId, asked: Annotated[PageQuery, Query()], _: Reader) -> Page[MemoRead]:
    """Notes of staff about a member, the newest first."""
    return await memos.every(user_id, asked)


@admin_router.post("/{user_id}/memos", operation_id="addMemo", status_code=201, responses=CHANGE_ERRORS)
async def add_memo(user_id: UserId, body: MemoCreate, by: Acting, _: Writer) -> MemoRead:
    """Add a note about a member. Notes are not changed afterwards."""
    return await memos.add(user_id, body, by=by)
