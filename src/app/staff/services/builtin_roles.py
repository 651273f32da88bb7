"""Built-in roles of every shop. They are created when missing, not by a migration."""

from dataclasses import dataclass
from typing import Final

from tortoise.exceptions import IntegrityError

from src.app.staff.models import Role, RolePermission
from src.app.staff.services.permissions import ALL, words_of
from src.common import clock
from src.core.database import unit_of_work

OWNER: Final = "owner"
TRIES: Final = 3

_READS: Final = frozenset(word for word in ALL if word.endswith(":read"))
_KEPT_FROM_MANAGERS: Final = frozenset({"staff:write", "role:write", "settings:write", "webhook:write"})
_KEPT_FROM_VIEWERS: Final = frozenset({"pii:read", "staff:read", "role:read", "audit:read"})


@dataclass(frozen=True, slots=True)
class Builtin:
    """Initial values of a role. Later its row is used instead; ``owner`` always has every permission."""

    name: str
    permissions: frozenset[str]


BUILTIN: Final[dict[str, Builtin]] = {
    OWNER: Builtin("대표 관리자", ALL),
    "manager": Builtin("운영 매니저", ALL - _KEPT_FROM_MANAGERS),
    "cs": Builtin(
        "고객 상담",
        words_of("order", "payment", "product", "coupon", "point", "event", "notice", "stock", only="read")
        | words_of("claim", "review", "inquiry", "member", "message")
        | {"dashboard:read", "order:write", "pii:read", "store:read"},
    ),
    "md": Builtin(
        "상품 MD",
        words_of("product", "category", "stock", "upload", "promotion", "banner", "event", "notice", "coupon", "review")
        | {"dashboard:read", "statistics:read", "order:read"},
    ),
    "viewer": Builtin("조회 전용", _READS - _KEPT_FROM_VIEWERS),
}


async def ensure_builtin_roles() -> None:
    """Create the built-in roles that are missing, each with its permissions, in a transaction of its own.

    Existing roles keep the changes of staff. Safe at any time, also in several processes at once.
    """
    for attempt in range(1, TRIES + 1):
        try:
            await unit_of_work(_make_missing)
        except IntegrityError:  # another process created one in between
            if attempt == TRIES:
                raise
        else:
            return


async def _make_missing() -> None:
    there = {code for (code,) in await Role.filter(code__in=list(BUILTIN)).values_list("code")}
    for code, builtin in BUILTIN.items():
        if code not in there:
            now = clock.now()
            role = await Role.create(code=code, name=builtin.name, is_builtin=True, created_at=now, updated_at=now)
            if code != OWNER:
                await RolePermission.bulk_create(
                    [RolePermission(role_id=role.id, permission=word) for word in sorted(builtin.permissions)]
                )
