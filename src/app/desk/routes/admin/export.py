"""The staff route that exports order lines."""

from typing import Annotated

from fastapi import Depends, Query

from src.app.desk.dtos.admin.export import ExportQuery
from src.app.desk.services.export import request
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting
from src.common.work.task_reads import TaskRead

Exporter = Annotated[Identity, Depends(Policy("staff", "order:export"))]

router = new_router("/admin/order-lines", tags=["admin: orders"])


@router.get("/export", operation_id="exportOrderLines", status_code=202)
async def export_order_lines(asked: Annotated[ExportQuery, Query()], by: Acting, _: Exporter) -> TaskRead:
    """주문 내려받기: the lines of the list as an xlsx or csv in our columns, Smartstore's or Cafe24's, as a task. `GET
    /admin/tasks/{id}` tells how far it is and gives the file. Masked unless `personal` is asked for, which needs
    `pii:export` and a reason."""
    return await request.ask(asked, by=by)
