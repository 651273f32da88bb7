"""The staff route of the search box."""

from typing import Annotated

from fastapi import Depends, Query

from src.app.desk.dtos.admin.search import QuickFound, QuickQuery
from src.app.desk.services import quick
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "order:read"))]

router = new_router("/admin/search", tags=["admin: orders"])


@router.get("", operation_id="searchBackOffice")
async def search_back_office(asked: Annotated[QuickQuery, Query()], by: Acting, _: Reader) -> QuickFound:
    """빠른 검색: lines by recipient, recipient's telephone, tracking number or product code. Masked and logged like the
    list of lines."""
    return await quick.search(asked, by=by)
