"""Staff route of the sales statistics."""

from typing import Annotated

from fastapi import Depends, Query

from src.app.settlement.dtos.admin.sales import SalesQuery, SalesRead
from src.app.settlement.services.sales import sales
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy

Reader = Annotated[Identity, Depends(Policy("staff", "statistics:read"))]

router = new_router("/admin/statistics", tags=["admin: settlements"])


@router.get("/sales", operation_id="readSalesStatistics")
async def read_sales_statistics(asked: Annotated[SalesQuery, Query()], _: Reader) -> SalesRead:
    """매출통계: paid orders and their won by hour, day or month, beside the days to compare with. From the journal, so
    that it adds up with the settlement."""
    return await sales(asked)
