"""Roles and their permissions: read and change. Writing functions run in the caller's transaction."""

from collections.abc import Collection, Sequence

from tortoise.expressions import F
from tortoise.functions import Count

from src.app.staff.dtos.admin.responses import PermissionRead, RoleRead
from src.app.staff.errors import BuiltinRoleFixed, PermissionUnknown, RoleInUse, RoleNotFound, RoleUnknown
from src.app.staff.models import Role, RolePermission, Staff
from src.app.staff.services.builtin_roles import OWNER
from src.app.staff.services.permissions import ALL, REGISTRY, known
from src.common import clock
from src.common.records import audit
from src.common.records.audit import Actor

SHOWN_HOLDERS = 20


async def permissions_in(role: Role) -> frozenset[str]:
    """Return the role's permissions: all for the owner, else the known words of its rows."""
    if role.code == OWNER:
        return ALL
    return known([word for (word,) in await RolePermission.filter(role_id=role.id).values_list("permission")])


async def by_code(code: str) -> Role:
    """Return the role with this code. Raises RoleUnknown."""
    role = await Role.get_or_none(code=code)
    if role is None:
        raise RoleUnknown
    return role


async def every() -> list[RoleRead]:
    """Return all roles, the built-in ones first, in the order of creation."""
    return await _read(await Role.all().order_by("-is_builtin", "id"))


async def one(role_id: int) -> RoleRead:
    """Return one role. Raises RoleNotFound."""
    found = await _read(await Role.filter(id=role_id))
    if not found:
        raise RoleNotFound
    return found[0]


def meanings() -> list[PermissionRead]:
    """Return every permission that a role can have."""
    return [PermissionRead(permission=word, name=told.ko, name_en=told.en) for word, told in REGISTRY.items()]


def checked(words: Collection[str]) -> frozenset[str]:
    """Return the words if all of them are permissions. Raises PermissionUnknown naming those that are not."""
    if unknown := sorted(set(words) - ALL):
        raise PermissionUnknown(permissions=", ".join(unknown))
    return frozenset(words)


async def add(code: str, *, name: str, permissions: frozenset[str], by: Actor) -> Role:
    """Write a role. A code in use raises IntegrityError, which the caller translates."""
    now = clock.now()
    role = await Role.create(code=code, name=name, created_at=now, updated_at=now)
    await _write(role.id, permissions)
    after = {"code": code, "name": name, "permissions": sorted(permissions)}
    await audit.record("role.created", by=by, target=("role", role.id), after=after)
    return role


async def change(
    role: Role, *, name: str | None, permissions: frozenset[str] | None, by: Actor
) -> list[tuple[int, int]]:
    """Change a locked role. If its permissions change, every holder's epoch rises; returns their ids and epochs.

    Raises BuiltinRoleFixed for the owner.
    """
    if role.code == OWNER:
        raise BuiltinRoleFixed
    held = await permissions_in(role)
    before, after = audit.changed(
        {"name": role.name, "permissions": sorted(held)},
        {
            "name": role.name if name is None else name,
            "permissions": sorted(held if permissions is None else permissions),
        },
    )
    if not after:
        return []
    await Role.filter(id=role.id).update(
        name=after.get("name", role.name), version=role.version + 1, updated_at=clock.now()
    )
    await audit.record("role.changed", by=by, target=("role", role.id), before=before, after=after)
    if "permissions" not in after:
        return []
    await RolePermission.filter(role_id=role.id).delete()
    await _write(role.id, after["permissions"])
    await Staff.filter(role_id=role.id).update(session_epoch=F("session_epoch") + 1, updated_at=clock.now())
    return [(staff.id, staff.session_epoch) for staff in await Staff.filter(role_id=role.id)]


async def remove(role: Role, *, by: Actor) -> None:
    """Remove a locked role that nobody has. Raises BuiltinRoleFixed, RoleInUse with its holders."""
    if role.is_builtin:
        raise BuiltinRoleFixed
    if count := await Staff.filter(role_id=role.id).count():
        holders = await Staff.filter(role_id=role.id).order_by("id").limit(SHOWN_HOLDERS)
        raise RoleInUse(
            count=count,
            holders=[{"id": staff.id, "login_id": staff.login_id, "name": staff.name} for staff in holders],
        )
    before = {"code": role.code, "name": role.name, "permissions": sorted(await permissions_in(role))}
    await Role.filter(id=role.id).delete()
    await audit.record("role.removed", by=by, target=("role", role.id), before=before)


async def _write(role_id: int, words: Collection[str]) -> None:
    await RolePermission.bulk_create([RolePermission(role_id=role_id, permission=word) for word in sorted(words)])


async def _read(roles: Sequence[Role]) -> list[RoleRead]:
    ids = [role.id for role in roles]
    words: dict[int, list[str]] = {role_id: [] for role_id in ids}
    for row in await RolePermission.filter(role_id__in=ids):
        words[row.role_id].append(row.permission)
    counted = (
        await Staff.filter(role_id__in=ids).annotate(count=Count("id")).group_by("role_id").values("role_id", "count")
    )
    counts = {row["role_id"]: row["count"] for row in counted}
    return [
        RoleRead(
            id=role.id,
            code=role.code,
            name=role.name,
            is_builtin=role.is_builtin,
            permissions=sorted(ALL if role.code == OWNER else known(words[role.id])),
            staff_count=counts.get(role.id, 0),
            version=role.version,
        )
        for role in roles
    ]
