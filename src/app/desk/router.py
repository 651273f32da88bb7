"""Routes of the desk."""

from src.app.desk.routes.admin import changes, export, lines, orders, papers, search
from src.common.http.routing import new_router, take_routes

admin_router = new_router("/admin")
take_routes(admin_router, lines.router, export.router, papers.router, orders.router, changes.router, search.router)
