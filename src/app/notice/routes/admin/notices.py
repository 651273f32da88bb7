"""Staff routes of notices and questions."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Path, Query, Response

from src.app.notice.dtos.admin import (
    FaqAdmin,
    FaqChange,
    FaqCreate,
    FaqOrder,
    NoticeAdmin,
    NoticeAdminQuery,
    NoticeChange,
    NoticeCreate,
)
from src.app.notice.dtos.requests import FaqQuery
from src.app.notice.errors import FaqNotFound, FaqOrderIncomplete, NoticeNotFound
from src.app.notice.services import faqs, notice_writing
from src.common.dtos.pages import Items, Page
from src.common.exceptions import documents
from src.common.exceptions.general import IfMatchRequired, StaleEdit
from src.common.http.etags import EditedVersion, or_fresh, tagged
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "notice:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "notice:write"))]
EDIT = (IfMatchRequired, StaleEdit)
RowId = Annotated[int, Path(ge=1, le=2**63 - 1)]

router = new_router("/admin", tags=["admin: notices"])


@router.get("/notices", operation_id="listAdminNotices")
async def list_notices(asked: Annotated[NoticeAdminQuery, Query()], _: Reader) -> Page[NoticeAdmin]:
    """Every notice, drafts and scheduled ones included."""
    return await notice_writing.find(asked)


@router.post("/notices", operation_id="createNotice", status_code=201)
async def create_notice(body: NoticeCreate, by: Acting, _: Writer) -> NoticeAdmin:
    """Write a notice, as a draft or published now or later."""
    return await notice_writing.create(body, by=by)


@router.get("/notices/{notice_id}", operation_id="readAdminNotice", responses=documents(NoticeNotFound))
async def read_notice(notice_id: RowId, response: Response, _: Reader) -> NoticeAdmin:
    """A notice with its text. Reading it here does not count. Send its `ETag` as `If-Match` with an edit."""
    return tagged(response, await notice_writing.one(notice_id))


@router.patch("/notices/{notice_id}", operation_id="changeNotice", responses=documents(NoticeNotFound, *EDIT))
async def change_notice(
    notice_id: RowId, body: NoticeChange, version: EditedVersion, response: Response, by: Acting, _: Writer
) -> NoticeAdmin:
    """Change, pin, publish or take back a notice."""
    edit = notice_writing.change(notice_id, body, version=version, by=by)
    return tagged(response, await or_fresh(edit, partial(notice_writing.one, notice_id)))


@router.delete(
    "/notices/{notice_id}", operation_id="removeNotice", status_code=204, responses=documents(NoticeNotFound, *EDIT)
)
async def remove_notice(notice_id: RowId, version: EditedVersion, by: Acting, _: Writer) -> None:
    """Remove a notice. The audit log keeps its text."""
    edit = notice_writing.remove(notice_id, version=version, by=by)
    await or_fresh(edit, partial(notice_writing.one, notice_id))


@router.get("/faqs", operation_id="listAdminFaqs")
async def list_faqs(asked: Annotated[FaqQuery, Query()], _: Reader) -> Items[FaqAdmin]:
    """Every question, also those not shown."""
    return await faqs.every(asked.category)


@router.post("/faqs", operation_id="createFaq", status_code=201)
async def create_faq(body: FaqCreate, by: Acting, _: Writer) -> FaqAdmin:
    """Write a question and its answer."""
    return await faqs.create(body, by=by)


@router.put("/faqs/order", operation_id="orderFaqs", responses=documents(FaqOrderIncomplete))
async def order_faqs(body: FaqOrder, by: Acting, _: Writer) -> Items[FaqAdmin]:
    """Put all questions of a category in order."""
    return await faqs.put_in_order(body, by=by)


@router.get("/faqs/{faq_id}", operation_id="readAdminFaq", responses=documents(FaqNotFound))
async def read_faq(faq_id: RowId, response: Response, _: Reader) -> FaqAdmin:
    """A question and its answer. Send its `ETag` as `If-Match` with an edit."""
    return tagged(response, await faqs.one(faq_id))


@router.patch("/faqs/{faq_id}", operation_id="changeFaq", responses=documents(FaqNotFound, *EDIT))
async def change_faq(
    faq_id: RowId, body: FaqChange, version: EditedVersion, response: Response, by: Acting, _: Writer
) -> FaqAdmin:
    """Change a question, or whether it is shown."""
    edit = faqs.change(faq_id, body, version=version, by=by)
    return tagged(response, await or_fresh(edit, partial(faqs.one, faq_id)))


@router.delete("/faqs/{faq_id}", operation_id="removeFaq", status_code=204, responses=documents(FaqNotFound, *EDIT))
async def remove_faq(faq_id: RowId, version: EditedVersion, by: Acting, _: Writer) -> None:
    """Remove a question."""
    await or_fresh(faqs.remove(faq_id, version=version, by=by), partial(faqs.one, faq_id))
