"""Routes of settlement."""

from src.app.settlement.routes.admin import clearing, settlements
from src.common.http.routing import new_router, take_routes

admin_router = new_router("")
take_routes(admin_router, settlements.router, clearing.router)
