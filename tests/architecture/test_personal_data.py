"""Every table with a member's id belongs to a domain that can export and erase, and every column has its class."""

from collections.abc import Collection, Iterable, Mapping
from importlib import import_module
from inspect import iscoroutinefunction

from tortoise import Tortoise
from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.models import Model

from src.bootstrap.hooks import register_hooks
from src.common.records import personal_data, retention
from src.core.database.tortoise import MODEL_MODULES

# The mechanism itself: requests of every domain, which `records.anonymising` answers.
SHARED = frozenset({"anonymisation"})


def models() -> list[type[Model]]:
    """Every model but the migrations' own."""
    if not Tortoise.apps:
        Tortoise.init_models(list(MODEL_MODULES), "models")
    return [model for model in Tortoise.apps["models"].values() if model._meta.db_table != "aerich"]


def names_a_member(model: type[Model]) -> bool:
    """Whether a row of it tells of a member: by a column of that name, or a reference to the members' table."""
    fields = model._meta.fields_map.values()
    references = {str(field.model_name) for field in fields if isinstance(field, ForeignKeyFieldInstance)}
    return "models.User" in references or not {"member_id", "user_id"}.isdisjoint(model._meta.fields_db_projection)


def without_a_contract(found: Iterable[type[Model]], registered: Collection[str]) -> list[str]:
    """Tables with a member's id whose domain registered nothing."""
    missing = []
    for model in found:
        parts = model.__module__.split(".")
        domain = parts[2] if parts[:2] == ["src", "app"] else ""
        if names_a_member(model) and domain not in registered and model._meta.db_table not in SHARED:
            missing.append(model._meta.db_table)
    return sorted(missing)


def without_a_class(found: Iterable[type[Model]], known: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Columns that have no class, and columns with a class that no table has."""
    there = {(model._meta.db_table, column) for model in found for column in model._meta.fields_db_projection.values()}
    classed = {(table, column) for table, columns in known.items() for column in columns}
    return sorted(f"{table}.{column}" for table, column in there ^ classed)


def test_every_table_with_a_members_id_has_export_and_erase() -> None:
    register_hooks()
    found = models()
    assert sum(names_a_member(model) for model in found) > 15
    assert without_a_contract(found, personal_data.registered()) == []


def test_a_planted_table_without_a_contract_is_found() -> None:
    found = models()
    domains = set(personal_data.registered())
    assert without_a_contract(found, domains - {"product"}) == ["restock_alert"]
    assert "event_comment_report" in without_a_contract(found, domains - {"event"})
    assert "user_memo" in without_a_contract(found, domains - {"user"})


def test_the_module_of_each_domain_is_what_is_registered() -> None:
    register_hooks()
    for domain, module in personal_data.registered().items():
        assert module is import_module(f"src.app.{domain}.services.personal_data")
        assert iscoroutinefunction(module.export)
        assert iscoroutinefunction(module.erase)


def test_every_column_of_every_table_has_a_class() -> None:
    assert without_a_class(models(), retention.columns()) == []


def test_a_planted_column_without_a_class_is_found() -> None:
    known = {table: dict(columns) for table, columns in retention.columns().items()}
    del known["users"]["phone"]
    known["users"]["nickname"] = "membership"
    assert without_a_class(models(), known) == ["users.nickname", "users.phone"]


def test_a_rule_ends_only_what_the_table_of_classes_gives_that_class() -> None:
    register_hooks()
    rules = personal_data.rules()
    assert {rule.retention for rule in rules} >= {"advertisement", "dispute", "contract", "payment", "unneeded"}
    for rule in rules:
        kept = retention.classes()[rule.retention]
        assert kept.months or kept.days
        assert rule.table in retention.columns()
        assert " / " in rule.subject
