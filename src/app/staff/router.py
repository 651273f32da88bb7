"""Routes of the staff domain, all of them under /admin."""

from src.app.staff.routes.admin import me, roles, staff
from src.common.http.routing import new_router, take_routes

admin_router = new_router()
take_routes(admin_router, me.router, roles.router, staff.router)
