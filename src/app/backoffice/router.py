"""Routes of the back-office domain, under /admin."""

from src.app.backoffice.routes import (
    categories,
    dashboard,
    invariants,
    jobs,
    logs,
    members,
    messages,
    staffing,
    stock,
    tasks,
    uploads,
)
from src.common.http.routing import new_router, take_routes

admin_router = new_router("/admin")
take_routes(admin_router, dashboard.router, members.router, staffing.router, logs.router)
take_routes(admin_router, categories.router, stock.router, uploads.router)
take_routes(admin_router, jobs.router, tasks.router, messages.router, invariants.router)
