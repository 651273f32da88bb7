"""The audit log: one transaction with the change, never changed afterwards."""

import ast
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import Request

from src.common.identity import Identity
from src.common.logs.context import request_id
from src.common.models.append_only import AppendOnlyViolation
from src.common.models.audit_log import AuditLog
from src.common.models.personal_data_access import PersonalDataAccess
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work

SRC = Path(__file__).parents[2] / "src"
STAFF = Actor("staff:7", "203.0.113.7", "Mozilla/5.0", Identity("staff", 7, permissions=frozenset({"order:read"})))
TABLES = ("AuditLog", "PersonalDataAccess")
CHANGES = frozenset(["update", "delete", "bulk_update", "update_or_create", "select_for_update", "raw", "save"])


async def write(**values: Any) -> None:
    async def work() -> None:
        await audit.record("thing.changed", by=STAFF, target=("thing", 5), **values)

    await unit_of_work(work)


async def test_a_row_says_who_what_before_after_why_from_where_and_when(client: httpx.AsyncClient) -> None:
    token = request_id.set("req-1")
    await write(before={"color": "빨강"}, after={"color": "파랑"}, reason="고객 요청")
    request_id.reset(token)

    row = await AuditLog.get()
    assert (row.actor, row.action, row.target_type, row.target_id) == ("staff:7", "thing.changed", "thing", "5")
    assert (row.before, row.after, row.reason) == ({"color": "빨강"}, {"color": "파랑"}, "고객 요청")
    assert (row.address, row.user_agent, row.request_id) == ("203.0.113.7", "Mozilla/5.0", "req-1")
    assert row.created_at.utcoffset() is not None


async def test_without_a_transaction_nothing_is_written(client: httpx.AsyncClient) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        await audit.record("thing.changed", by=STAFF, target=("thing", 5))
    with pytest.raises(RuntimeError, match="committed"):
        await audit.accessed("x", by=STAFF, target_type="member", ids=[1], items="name", reason="")

    assert await AuditLog.all().count() + await PersonalDataAccess.all().count() == 0


async def test_a_change_that_fails_leaves_no_row(client: httpx.AsyncClient) -> None:
    async def work() -> None:
        await audit.record("thing.changed", by=STAFF, target=("thing", 5))
        raise LookupError

    with pytest.raises(LookupError):
        await unit_of_work(work)

    assert await AuditLog.all().count() == 0


async def test_every_person_whose_data_is_shown_has_a_row(client: httpx.AsyncClient) -> None:
    async def work() -> None:
        await audit.accessed(
            "member.list", by=STAFF, target_type="member", ids=[3, 5], items="name,phone", reason="확인"
        )

    await unit_of_work(work)

    rows = await PersonalDataAccess.all().order_by("id").values_list("actor", "target_id", "items", "reason")
    assert rows == [("staff:7", "3", "name,phone", "확인"), ("staff:7", "5", "name,phone", "확인")]


async def test_a_row_cannot_be_changed_or_removed_through_its_model(client: httpx.AsyncClient) -> None:
    await write(reason="그대로")
    row = await AuditLog.get()
    row.reason = "달라짐"

    with pytest.raises(AppendOnlyViolation):
        await row.save()
    with pytest.raises(AppendOnlyViolation):
        await row.delete()
    for change in (
        lambda: AuditLog.all().delete(),
        lambda: AuditLog.filter(id=row.id).update(reason="달라짐"),
        lambda: AuditLog.filter(id=row.id).order_by("id").limit(1).delete(),
        lambda: AuditLog.all().bulk_update([row], ["reason"]),
        lambda: PersonalDataAccess.exclude(id=0).delete(),
    ):
        with pytest.raises(AppendOnlyViolation):
            change()
    with pytest.raises(AppendOnlyViolation):
        await AuditLog.update_or_create({"reason": "달라짐"}, id=row.id)

    assert (await AuditLog.get()).reason == "그대로"


def changes_in(source: str) -> list[int]:
    """Lines that call something changing on a log's model, also at the end of a chain of calls, or name its table."""
    tree = ast.parse(source)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES:
            names = {inner.id for inner in ast.walk(node.func) if isinstance(inner, ast.Name)}
            found += [node.lineno] if names & set(TABLES) else []
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            sql = node.value.upper()
            is_change = any(verb in sql for verb in ("UPDATE ", "DELETE ", "TRUNCATE ", "DROP "))
            found += [node.lineno] if is_change and ("AUDIT_LOG" in sql or "PERSONAL_DATA_ACCESS" in sql) else []
    return found


def test_no_code_changes_or_removes_rows_of_the_logs() -> None:
    found = {
        str(file.relative_to(SRC)): lines
        for file in SRC.rglob("*.py")
        if "migrations" not in file.parts and (lines := changes_in(file.read_text()))
    }
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        "AuditLog.filter(id=1).update(reason='')",
        "PersonalDataAccess.all().delete()",
        "connection.execute_query('DELETE FROM audit_log')",
    ],
)
def test_a_planted_change_is_seen(source: str) -> None:
    assert changes_in(source) == [1]


def test_only_what_changed_is_kept() -> None:
    assert audit.changed({"a": 1, "b": 2}, {"a": 1, "b": 3}) == ({"b": 2}, {"b": 3})
    assert audit.changed({"a": 1}, {"a": 1}) == ({}, {})


def test_the_shop_itself_lacks_nothing_and_staff_lack_what_they_do_not_have() -> None:
    wanted = frozenset({"order:read", "order:write"})
    assert audit.SYSTEM.lacks(wanted) == frozenset()
    assert STAFF.lacks(wanted) == {"order:write"}
    assert (audit.SYSTEM.staff_id, STAFF.staff_id) == (None, 7)


async def test_a_denied_attempt_names_the_pattern_of_the_route_and_not_the_path(client: httpx.AsyncClient) -> None:
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/api/v1/admin/users/01012345678",
        "headers": [(b"user-agent", b"Browser\x07\xad" + b"x" * 300)],
        "client": ("203.0.113.7", 5555),
        "path_params": {"user_id": "01012345678"},
    }
    await audit.denied(Identity("staff", 9), Request(scope))

    row = await AuditLog.get()
    assert (row.actor, row.action, row.target_type) == ("staff:9", "access.denied", "route")
    assert row.target_id == "GET /api/v1/admin/users/{user_id}"
    assert row.user_agent == "Browser" + "x" * 193
