"""Tortoise's configuration, made from the settings. aerich reads `AERICH` by name."""

from pathlib import Path
from typing import Any

from src.core.configs import Settings, settings

MIGRATIONS = Path(__file__).parent / "migrations"
MODEL_MODULES = (
    "src.common.models",
    "src.app.user.models",
    "src.app.staff.models",
    "src.app.auth.models",
    "src.app.category.models",
    "src.app.notice.models",
    "src.app.shop.models",
    "src.app.product.models",
    "src.app.shipping.models",
    "src.app.promotion_product.models",
    "src.app.search.models",
    "src.app.banner.models",
    "src.app.event.models",
    "src.app.order.models",
    "src.app.journal.models",
    "src.app.deposit.models",
    "src.app.payment.models",
    "src.app.receipt.models",
    "src.app.escrow.models",
    "src.app.claim.models",
    "src.app.desk.models",
    "src.app.fulfilment.models",
    "src.app.settlement.models",
    "src.app.storefront.models",
    "src.app.outbound.models",
    "src.app.notification.models",
)
CONNECT_SECONDS = 5
# A value that does not fit is an error, whatever the server's default: values are never cut silently.
STRICT = "STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION"


def sqlite_file(chosen: Settings) -> Path:
    """Return the path of the embedded database."""
    return chosen.server.state_dir / "shop.db"


def tortoise_config(chosen: Settings, *, is_bounded: bool = True) -> dict[str, Any]:
    """Return the config of one process: every pooled connection runs READ COMMITTED in UTC with a bounded lock wait.

    Without `is_bounded` a statement has no time limit; migrations need that.
    """
    mysql = chosen.database.mysql
    if mysql is None:
        connection: dict[str, Any] = {
            "engine": "src.core.database.sqlite",
            "credentials": {"file_path": str(sqlite_file(chosen)), "busy_timeout": 10_000, "synchronous": "NORMAL"},
        }
    else:
        connection = {
            "engine": "src.core.database.mysql",
            "credentials": {
                **mysql.model_dump(),
                "minsize": 1,
                "maxsize": chosen.database.pool_size,
                "pool_recycle": chosen.database.pool_recycle_seconds,
                "wait_seconds": chosen.database.pool_wait_seconds,
                "read_seconds": chosen.database.read_timeout_seconds if is_bounded else None,
                "connect_timeout": CONNECT_SECONDS,
                "init_command": (
                    "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED; SET SESSION time_zone='+00:00', "
                    f"innodb_lock_wait_timeout={chosen.database.lock_wait_seconds}, sql_mode='{STRICT}'"
                ),
            },
        }
    return {
        "connections": {"default": connection},
        "apps": {"models": {"models": [*MODEL_MODULES, "aerich.models"], "default_connection": "default"}},
        "use_tz": True,
        "timezone": "UTC",
    }


def __getattr__(name: str) -> Any:
    """Make `AERICH` on demand, so that importing this module reads no environment."""
    if name == "AERICH":
        return tortoise_config(settings())
    raise AttributeError(name)
