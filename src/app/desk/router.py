"""Routes of the desk."""

from src.app.desk.routes.admin import lines, orders, search
from src.common.http.routing import new_router, take_routes

admin_router = new_router("/admin")
take_routes(admin_router, lines.router, orders.router, search.router)
