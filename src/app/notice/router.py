"""Routes of the notice domain: notices, questions, policies."""

from functools import partial
from typing import Annotated

from fastapi import Path, Query, Request, Response

from src.app.notice.dtos.requests import FaqQuery, NoticeQuery, PolicyQuery
from src.app.notice.dtos.responses import FaqRead, NoticeRead, NoticeRow, PolicyRead, PolicyVersionRead
from src.app.notice.errors import NoticeNotFound, PolicyNotFound
from src.app.notice.routes.admin import notices as admin_notices
from src.app.notice.routes.admin import policies as admin_policies
from src.app.notice.services import faqs, notices, policies, seen
from src.app.notice.services.views import VIEWS
from src.common.dtos.pages import Items, Page
from src.common.http.public_cache import public_answers, public_read, public_router
from src.common.http.routing import new_router, take_routes
from src.common.identity import ClientAddress, Guest, Member

router = public_router(tags=["shop: notices"])
counted = new_router(tags=["shop: notices"])
admin_router = new_router()
take_routes(admin_router, admin_notices.router, admin_policies.router)

NoticeId = Annotated[int, Path(ge=1, le=2**63 - 1)]
Policy = Annotated[str, Path(description="`terms`, `privacy`, `cookie`, `sale`, `refund`, `marketing`.")]


@router.get("/notices", operation_id="listNotices", response_model=Page[NoticeRow], responses=public_answers())
async def list_notices(query: Annotated[NoticeQuery, Query()], request: Request, _: Guest) -> Response:
    """Published notices: pinned ones first, then the newest."""
    return await public_read(request, ("notices", query), partial(notices.page_json, query))


@counted.get(
    "/notices/{notice_id}",
    operation_id="readNotice",
    response_model=NoticeRead,
    responses=public_answers(NoticeNotFound),
)
async def read_notice(notice_id: NoticeId, request: Request, who: ClientAddress, _: Guest) -> Response:
    """A notice, with the one before it and the one after. Reading it counts, once in ten minutes per address."""
    answer = await public_read(request, ("notice", notice_id), partial(notices.notice_json, notice_id))
    VIEWS.saw(notice_id, who)
    return answer


@counted.put("/me/notices/seen", operation_id="markNoticesSeen", status_code=204)
async def mark_notices_seen(by: Member) -> None:
    """I look at the notices now: those until now are no longer counted in `GET /me/badges`."""
    await seen.look(by)


@router.get("/faqs", operation_id="listFaqs", response_model=Items[FaqRead], responses=public_answers())
async def list_faqs(query: Annotated[FaqQuery, Query()], request: Request, _: Guest) -> Response:
    """Questions and answers, by category and in their order."""
    return await public_read(request, ("faqs", query.category), partial(faqs.faqs_json, query.category))


@router.get(
    "/policies/{policy}", operation_id="readPolicy", response_model=PolicyRead, responses=public_answers(PolicyNotFound)
)
async def read_policy(policy: Policy, query: Annotated[PolicyQuery, Query()], request: Request, _: Guest) -> Response:
    """The text of a policy: the version in force, or the published one that is named."""
    build = partial(policies.policy_json, policy, query.version)
    return await public_read(request, ("policy", policy, query.version), build)


@router.get(
    "/policies/{policy}/versions",
    operation_id="listPolicyVersions",
    response_model=Items[PolicyVersionRead],
    responses=public_answers(PolicyNotFound),
)
async def list_policy_versions(policy: Policy, request: Request, _: Guest) -> Response:
    """Every published version of a policy, the newest first; announced ones too."""
    return await public_read(request, ("policy-versions", policy), partial(policies.versions_json, policy))


take_routes(router, counted)
