"""Who I am in the back-office, and reads of staff and roles."""

import httpx

from src.app.staff.models import Staff
from src.app.staff.services.permissions import ALL, REGISTRY
from tests.app.auth.support import API, code
from tests.app.staff.people import enable_totp, headers_with, make_role, staff_with
from tests.factories.people import make_staff, staff_bearer


async def test_me_tells_role_permissions_and_menu(client: httpx.AsyncClient) -> None:
    staff = await make_staff(login_id="admin")

    me = (await client.get(f"{API}/admin/me", headers=await staff_bearer(client, staff))).json()

    assert (me["id"], me["login_id"], me["name"]) == (staff.id, "admin", "박운영")
    assert (me["role"]["code"], me["role"]["name"]) == ("owner", "대표 관리자")
    assert me["permissions"] == sorted(ALL)
    assert me["second_factor"] == {"enabled": False, "recovery_codes_left": 0}
    assert me["must_change_password"] is False
    sale = next(group for group in me["menu"] if group["code"] == "sale")
    assert (sale["name"], sale["name_en"], sale["path"]) == ("판매관리", "Sales", None)
    assert sale["entries"][0] == {
        "code": "sale.search",
        "name": "주문통합검색",
        "name_en": "Order search",
        "path": "/admin/sale/search",
        "entries": [],
    }


async def test_the_menu_is_cut_to_the_permissions(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "product:read", "audit:read")

    me = (await client.get(f"{API}/admin/me", headers=headers)).json()

    assert me["permissions"] == ["audit:read", "product:read"]
    assert [(group["code"], [entry["code"] for entry in group["entries"]]) for group in me["menu"]] == [
        ("product", ["product.list"]),
        ("settings", ["settings.audit"]),
    ]


async def test_the_permissions_are_listed_with_their_meanings(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "role:read")

    items = (await client.get(f"{API}/admin/permissions", headers=headers)).json()["items"]

    assert [item["permission"] for item in items] == list(REGISTRY)
    assert {"permission": "order:read", "name": "주문·배송 조회", "name_en": "See orders and deliveries"} in items


async def test_roles_are_listed_with_permissions_and_holders(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "role:read")
    night = await make_role("claim:read", "order:read", name="야간 상담")
    await make_staff(role=night.code)
    await make_staff(role=night.code)

    items = (await client.get(f"{API}/admin/roles", headers=headers)).json()["items"]
    one = await client.get(f"{API}/admin/roles/{night.id}", headers=headers)

    assert [item["code"] for item in items[:5]] == ["owner", "manager", "cs", "md", "viewer"]
    assert items[0]["permissions"] == sorted(ALL)
    assert one.json() == items[-1]
    assert one.json() == {
        "id": night.id,
        "code": night.code,
        "name": "야간 상담",
        "is_builtin": False,
        "permissions": ["claim:read", "order:read"],
        "staff_count": 2,
        "version": 1,
    }
    assert code(await client.get(f"{API}/admin/roles/{night.id + 1}", headers=headers)) == (404, "ROLE_NOT_FOUND")


async def test_staff_are_listed_newest_first_and_found(client: httpx.AsyncClient) -> None:
    reader = await staff_with("staff:read")
    headers = await staff_bearer(client, reader)
    owner = await make_staff(login_id="boss", name="최대표")
    cs = await make_staff(login_id="cs.lee", name="이상담", role="cs")
    await Staff.filter(id=cs.id).update(status="SUSPENDED")

    async def found(query: str) -> list[int]:
        answer = (await client.get(f"{API}/admin/staff{query}", headers=headers)).json()
        assert answer["total"] == len(answer["items"])
        return [item["id"] for item in answer["items"]]

    assert await found("") == [cs.id, owner.id, reader.id]
    assert await found("?q=상담") == [cs.id]
    assert await found("?q=CS.L") == [cs.id]
    assert await found("?role=owner") == [owner.id]
    assert await found("?status=SUSPENDED") == [cs.id]
    assert await found("?role=owner&status=SUSPENDED") == []
    assert await found("?q=%25") == []
    page = (await client.get(f"{API}/admin/staff?page=2&size=2", headers=headers)).json()
    assert ([item["id"] for item in page["items"]], page["total"], page["page"], page["size"]) == ([reader.id], 3, 2, 2)


async def test_a_staff_member_shows_role_and_second_factor_and_no_secret(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "staff:read")
    staff = await make_staff(login_id="cs.lee", role="cs")
    await enable_totp(client, staff)

    answer = await client.get(f"{API}/admin/staff/{staff.id}", headers=headers)

    body = answer.json()
    assert set(body) == {
        "id",
        "login_id",
        "name",
        "role",
        "status",
        "second_factor",
        "must_change_password",
        "version",
        "created_at",
        "updated_at",
    }
    assert (body["login_id"], body["role"]["code"], body["status"]) == ("cs.lee", "cs", "ACTIVE")
    assert body["second_factor"] is True
    assert body["created_at"].endswith("+09:00")
    assert code(await client.get(f"{API}/admin/staff/{staff.id + 999}", headers=headers)) == (404, "STAFF_NOT_FOUND")
