"""Routes of settlement."""

from src.app.settlement.routes.admin import clearing
from src.common.http.routing import new_router, take_routes

admin_router = new_router("")
take_routes(admin_router, clearing.router)
