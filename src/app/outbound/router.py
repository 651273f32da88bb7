"""Routes of the outbound domain, all of them under /admin."""

from src.app.outbound.routes.admin import admin_router

__all__ = ["admin_router"]
