"""Routes of the dashboard."""

from typing import Annotated

from fastapi import Depends, Response

from src.app.backoffice.dtos.admin.dashboard import Dashboard, ProductCardCounts
from src.app.backoffice.services import dashboard
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy

DashboardReader = Annotated[Identity, Depends(Policy("staff", "dashboard:read"))]

router = new_router(prefix="/admin", tags=["admin: dashboard"])


@router.get("/dashboard", operation_id="readDashboard", response_model=Dashboard)
async def read_dashboard(_: DashboardReader) -> Response:
    """Every card of the dashboard in one answer: orders and deliveries, claims, settlement, products, each with the
    list that it counts. Counted at most every 10 seconds."""
    return Response(await dashboard.cards(), media_type="application/json", headers={"Cache-Control": "no-store"})


@router.get("/dashboard/products", operation_id="countProductsForDashboard")
async def count_products_for_dashboard(_: DashboardReader) -> ProductCardCounts:
    """The product card of the dashboard: on sale, sold out, stopped, and what the three curated lists show."""
    return await dashboard.products()
