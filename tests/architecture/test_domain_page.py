"""docs/domain.md tells the statuses and hops of the code, and docs/glossary.md names what there is."""

import re
from collections.abc import Mapping
from enum import StrEnum

import pytest

from src.app.event.models import FLOW as COMMENT_FLOW
from src.app.fulfilment.models import FLOW as SHIPMENT_FLOW
from src.app.notification.models import MessageStatus
from src.app.order.models import FLOW as ORDER_FLOW
from src.app.payment.models import DiscrepancyKind, PaymentStatus, PaymentVerdict, RefundStatus, may_follow
from src.app.product.models import AlertStatus, StockKind
from src.app.user.models import UserStatus
from src.common.models.background_task import TaskStatus
from src.common.models.work_item import WorkStatus
from tests.architecture.sources import ROOT, SRC

PAGE = (ROOT / "docs/domain.md").read_text()
GLOSSARY = (ROOT / "docs/glossary.md").read_text()
PAYMENT_FLOW = {
    held: {told for told in PaymentStatus if told != held and may_follow(held, told)} for held in PaymentStatus
}
NAMES: dict[str, type[StrEnum]] = {
    "Verdicts": PaymentVerdict,
    "Discrepancies": DiscrepancyKind,
    "Stock": StockKind,
}
WORDS: dict[str, type[StrEnum]] = {
    "Refunds": RefundStatus,
    "Messages to shoppers": MessageStatus,
    "Restock alerts": AlertStatus,
    "Long tasks": TaskStatus,
    "Members": UserStatus,
    "Work": WorkStatus,
}


def rows(page: str, heading: str) -> dict[str, set[str]]:
    """The table below a heading: the word of each row's first cell, and the words of its last one."""
    section = re.split(rf"^#+ {re.escape(heading)}$", page, flags=re.MULTILINE)[1]
    lines = re.split(r"^#", section, flags=re.MULTILINE)[0].splitlines()
    cells = [line.strip("|").split("|") for line in lines if line.startswith("| `")]
    return {re.findall(r"`(\w+)`", row[0])[0]: set(re.findall(r"`(\w+)`", row[-1])) for row in cells}


@pytest.mark.parametrize(
    ("heading", "flow"),
    [
        ("Orders", ORDER_FLOW),
        ("Payments", PAYMENT_FLOW),
        ("Shipments", SHIPMENT_FLOW),
        ("Comments under events", COMMENT_FLOW),
    ],
)
def test_the_hops_are_those_of_the_code(heading: str, flow: Mapping[StrEnum, set[StrEnum]]) -> None:
    assert rows(PAGE, heading) == {origin.value: {to.value for to in targets} for origin, targets in flow.items()}


@pytest.mark.parametrize(("heading", "enum"), [*NAMES.items(), *WORDS.items()])
def test_every_status_is_told(heading: str, enum: type[StrEnum]) -> None:
    wanted = {member.name if heading in NAMES else member.value for member in enum}
    assert set(rows(PAGE, heading)) == wanted


@pytest.mark.parametrize("heading", ["Refunds", "Long tasks", "Members", "Work", "Restock alerts"])
def test_hops_lead_to_statuses_of_the_table(heading: str) -> None:
    told = rows(PAGE, heading)
    ends = {"TASK_CANCELLED"}
    assert set().union(*told.values()) - ends <= set(told)


def test_a_planted_hop_is_seen() -> None:
    planted = PAGE.replace("or a part of it | by its lines |", "or a part of it | `DELIVERED`, `PAID` |")
    assert rows(planted, "Orders")["SHIPPING"] == {"DELIVERED", "PAID"}
    assert rows(PAGE, "Orders")["SHIPPING"] == set()


def unknown_names(page: str) -> list[str]:
    """Names in the last column of a glossary that are neither a table, a column, a class, a job nor a path."""
    code = "\n".join(path.read_text() for path in SRC.rglob("*.py"))
    tables = set(re.findall(r'table = "(\w+)"', code)) | {"orders_archive"}
    found = []
    for line in page.splitlines():
        cell = line.strip("|").split("|")[-1] if line.startswith("| ") else ""
        for name in re.findall(r"`([^`]+)`", cell):
            owner, _, part = name.partition(".")
            is_known = (
                owner in tables
                or re.search(rf"^(class {owner}\b|{owner}\b.* = )", code, flags=re.MULTILINE) is not None
                or f'"{name}"' in code
                or ("/" in name and (ROOT / name).exists())
            )
            has_part = not part or re.search(rf"^    {part}\b.* = ", code, flags=re.MULTILINE) is not None
            if not (is_known and has_part):
                found.append(name)
    return found


def test_the_glossary_names_what_there_is() -> None:
    assert unknown_names(GLOSSARY) == []


def test_a_planted_name_is_seen() -> None:
    planted = "| 쿠폰 | coupon | `coupon_use`, `Coupon`, `orders.coupon_no` |\n| 주문 | order | `orders`, `Order` |"
    assert unknown_names(planted) == ["coupon_use", "Coupon", "orders.coupon_no"]
