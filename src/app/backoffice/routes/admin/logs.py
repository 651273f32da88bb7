"""Routes of the audit log and the personal-data access log. There is none that changes them."""

from typing import Annotated

from fastapi import Depends, Query

from src.app.backoffice.dtos.admin.logs import AccessQuery, AccessRead, AuditQuery, AuditRead
from src.app.backoffice.services import logs
from src.common.dtos.pages import Page
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy

Auditor = Annotated[Identity, Depends(Policy("staff", "audit:read"))]

router = new_router(prefix="/admin", tags=["admin: audit logs"])


@router.get("/audit-logs", operation_id="searchAuditLog")
async def search_audit_log(asked: Annotated[AuditQuery, Query()], _: Auditor) -> Page[AuditRead]:
    """Every change of the back-office, every attempt that was refused (`access.denied`), and every sign-in of staff,
    successful (`staff.signed_in`) or not (`staff.sign_in_refused`). The newest first."""
    return await logs.audit_rows(asked)


@router.get("/personal-data-accesses", operation_id="searchPersonalDataAccesses")
async def search_accesses(asked: Annotated[AccessQuery, Query()], _: Auditor) -> Page[AccessRead]:
    """Who saw whose personal data unmasked, when and why. The newest first."""
    return await logs.accesses(asked)
