"""Routes of the scheduled check of the shop's promises."""

from typing import Annotated

from fastapi import Depends, Query

from src.app.backoffice.dtos.admin.invariants import BreachQuery, BreachRead
from src.app.backoffice.services import invariants
from src.common.dtos.pages import Page
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy

Operator = Annotated[Identity, Depends(Policy("staff", "job:read"))]

router = new_router(prefix="/admin", tags=["admin: invariants"])


@router.get("/invariants", operation_id="listBreaches")
async def list_breaches(asked: Annotated[BreachQuery, Query()], _: Operator) -> Page[BreachRead]:
    """Promises of the shop that were found broken: stock that is not its ledger, money without an order, refunds that
    do not add up, webhooks that wait. The newest first."""
    return await invariants.find(asked)
