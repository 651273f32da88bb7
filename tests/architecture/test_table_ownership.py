"""Only the owner of a table queries or changes it (decision 0001)."""

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src"
QUERIES = frozenset(
    [
        "all",
        "annotate",
        "bulk_create",
        "bulk_update",
        "create",
        "exclude",
        "exists",
        "fetch_for_list",
        "filter",
        "first",
        "get",
        "get_or_create",
        "get_or_none",
        "in_bulk",
        "raw",
        "select_for_update",
        "update_or_create",
    ]
)


def foreign_queries(source: str, domain: str) -> list[str]:
    """Calls such as ``Order.filter(...)`` on models that were imported from another domain."""
    tree = ast.parse(source)
    foreign = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
        if node.module.startswith("src.app.") and ".models" in node.module and node.module.split(".")[2] != domain
    }
    return [
        f"{node.value.id}.{node.attr} in line {node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in foreign
        and node.attr in QUERIES
    ]


def test_only_the_owner_queries_a_table() -> None:
    found = {}
    for folder in ("app", "bootstrap", "worker"):
        for file in (SRC / folder).rglob("*.py"):
            parts = file.relative_to(SRC).parts
            domain = parts[1] if parts[0] == "app" else folder
            if calls := foreign_queries(file.read_text(), domain):
                found[str(file.relative_to(SRC))] = calls
    assert found == {}


@pytest.mark.parametrize("call", ["Order.filter(id=1)", "Order.create(id=1)", "Order.get_or_none(id=1)"])
def test_a_planted_query_on_a_foreign_table_is_found(call: str) -> None:
    source = f"from src.app.order.models import Order\n\nasync def f() -> None:\n    await {call}\n"
    assert len(foreign_queries(source, "checkout")) == 1
    assert foreign_queries(source, "order") == []
