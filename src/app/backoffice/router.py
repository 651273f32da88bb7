"""Routes of the back-office domain, under /admin."""

from src.app.backoffice.routes.admin import (
    categories,
    dashboard,
    invariants,
    jobs,
    logs,
    members,
    tasks,
    uploads,
)
from src.common.http.routing import new_router, take_routes

admin_router = new_router("/admin")
take_routes(admin_router, dashboard.router, members.router, logs.router)
take_routes(admin_router, categories.router, uploads.router)
take_routes(admin_router, jobs.router, tasks.router, invariants.router)
