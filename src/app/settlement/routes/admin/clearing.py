"""Staff route of the clearing report."""

from typing import Annotated

from fastapi import Depends, Query

from src.app.settlement.dtos.admin.clearing import ClearingRead
from src.app.settlement.services.clearing import report
from src.common.dtos.pages import PageQuery
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy

Reader = Annotated[Identity, Depends(Policy("staff", "settlement:read"))]

router = new_router("/admin", tags=["admin: settlements"])


@router.get("/clearing", operation_id="readClearing")
async def read_clearing(asked: Annotated[PageQuery, Query()], _: Reader) -> ClearingRead:
    """Orders whose money does not add up: what was sold, what is due and what was paid and given back differ. Looked for
    every night; the goal is none."""
    return await report.read(asked)
