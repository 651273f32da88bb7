"""Routes of settlement."""

from src.app.settlement.routes.admin import clearing, sales, settlements, sheets
from src.common.http.routing import new_router, take_routes

admin_router = new_router("")
take_routes(admin_router, settlements.router, sheets.form_router, sheets.router, clearing.router, sales.router)
