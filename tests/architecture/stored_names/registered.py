"""Names that the running code has registered: imported, not read."""

import asyncio
import importlib
import json
import pkgutil
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import typer
from pydantic_settings import BaseSettings
from tortoise import Tortoise
from tortoise.utils import get_schema_sql

import src
from src import cli
from src.app.notification.services.catalogue import TEMPLATES
from src.app.notification.services.rendering import TEMPLATES as TEMPLATE_FOLDER
from src.app.outbound.services.catalogue import CATALOGUE, TEST
from src.app.staff.services.permissions import REGISTRY
from src.common.exceptions.base import AppError
from src.common.utils import tasks
from src.common.utils.outbox import Event
from src.core.configs import settings
from src.core.database.constraints import CHECKS
from src.core.database.tortoise import tortoise_config
from src.worker import carriers
from src.worker.handlers import HANDLERS
from src.worker.jobs import specs
from src.worker.registration import register_checks
from tests.architecture.sources import ROOT

NOT_TO_IMPORT: Final = ("__main__", "gunicorn_conf", "migrations")
IN_MEMORY: Final = {"engine": "src.core.database.sqlite", "credentials": {"file_path": ":memory:"}}


def collected() -> dict[str, list[str]]:
    """Every list of this module."""
    modules = tuple(imported())
    register_checks()
    tables, enums = asyncio.run(described())
    found = {
        "commands": commands(),
        "enum_values": enums,
        "error_codes": {error.code for error in below(AppError) if error.code and is_ours(error)},
        "job_names": job_names(),
        "message_templates": templates(),
        "metrics": metrics(modules),
        "operation_ids": operation_ids(),
        "permissions": permissions(),
        "tables": tables,
        "topics_and_event_types": topics(),
    }
    return {title: sorted(names) for title, names in found.items()}


def imported() -> Iterator[ModuleType]:
    """Every module of the shop but those that begin something when they are imported."""
    for found in pkgutil.walk_packages(src.__path__, "src."):
        if not any(part in NOT_TO_IMPORT for part in found.name.split(".")):
            yield importlib.import_module(found.name)


def below(root: type[Any]) -> Iterator[type[Any]]:
    """All subclasses, at any depth."""
    for each in root.__subclasses__():
        yield each
        yield from below(each)


def is_ours(found: type[Any]) -> bool:
    """Whether it is the shop's own, not a test's."""
    return found.__module__.partition(".")[0] == "src"


async def described() -> tuple[set[str], set[str]]:
    """Tables with their columns, indexes, unique keys and checks; the values of enumerated columns."""
    config = {**tortoise_config(settings()), "connections": {"default": IN_MEMORY}}
    await Tortoise.init(config=config, _enable_global_fallback=True)
    try:
        tables: set[str] = {f"{check.table} check {check.name}" for check in CHECKS}
        enums: set[str] = set()
        for model in Tortoise.apps["models"].values():
            told = model.describe(serializable=True)
            tables |= set(parts_of(told))
            for name, field in model._meta.fields_map.items():
                kind = getattr(field, "enum_type", None)
                if kind is not None and issubclass(kind, Enum):
                    column = model._meta.fields_db_projection[name]
                    enums |= {f"{told['table']}.{column} = {member.value!r}" for member in kind}
        tables |= set(index_names(get_schema_sql(Tortoise.get_connection("default"), safe=False)))
    finally:
        await Tortoise.close_connections()
    return tables, enums


def parts_of(told: dict[str, Any]) -> Iterator[str]:
    """``orders.total``, ``orders index (status, expires_at)``, ``orders unique (order_no)``, of one description."""
    table = told["table"]
    columns = {field["name"]: field["db_column"] for field in (told["pk_field"], *told["data_fields"])}
    for field in (*told["fk_fields"], *told["o2o_fields"]):
        columns[field["name"]] = field["raw_field"]
    yield table
    for field in (told["pk_field"], *told["data_fields"]):
        yield f"{table}.{field['db_column']}"
        if field["unique"]:
            yield f"{table} unique ({field['db_column']})"
    for kind, groups in (("index", told["indexes"]), ("unique", told["unique_together"])):
        for group in groups:
            yield f"{table} {kind} ({', '.join(columns.get(name, name) for name in group)})"


def index_names(schema: str) -> Iterator[str]:
    """``orders index idx_orders_status_5e5e64`` for every index that has a name."""
    for line in schema.splitlines():
        words = line.replace('"', " ").replace("(", " ").split()
        if words[:2] == ["CREATE", "INDEX"] or words[:3] == ["CREATE", "UNIQUE", "INDEX"]:
            at = words.index("ON")
            yield f"{words[at + 1]} index {words[at - 1]}"


def topics() -> set[str]:
    """Topics, those somebody waits for included, with the fields of their payload; types of outgoing webhooks."""
    found = {f"topic {topic}" for topic in HANDLERS}
    for event in filter(is_ours, below(Event)):
        fields = getattr(event, "__dataclass_fields__", {})
        names = [name for name, field in fields.items() if "ClassVar" not in str(field.type)]
        if topic := getattr(event, "topic", ""):
            found |= {f"topic {topic}", *(f"topic {topic} with {name}" for name in names)}
    return found | {f"webhook {kind.name} version {kind.version}" for kind in (*CATALOGUE.values(), TEST)}


def templates() -> set[str]:
    """Templates by name, with the ways they go and the values they may name, and the files of their texts."""
    found = {f"file {path.relative_to(TEMPLATE_FOLDER)}" for path in Path(TEMPLATE_FOLDER).rglob("*.*")}
    for name, template in TEMPLATES.items():
        found |= {f"template {name}", *(f"template {name} by {way.value}" for way in template.ways)}
        found |= {f"template {name} names {value}" for value in template.values}
    return found


def job_names() -> set[str]:
    """Jobs, whose names are those of their leases too; kinds of long tasks; kinds of work that Redis carries."""
    kinds = {f"carried {kind}" for kind in carriers._executors} | {f"task {name}" for name in tasks._works}
    lanes = {f"stream {carriers.PREFIX}{lane}" for lane in carriers.LANES} | {f"group {carriers.GROUP}"}
    return {f"job {name}" for name in specs()} | kinds | lanes


def metrics(modules: tuple[ModuleType, ...]) -> set[str]:
    """``shop_orders_total{status}``: whatever is called ``shop_`` and has labels, of any class."""
    found = set()
    for module in modules:
        for thing in vars(module).values():
            name = getattr(thing, "name", None)
            if isinstance(name, str) and name.startswith("shop_"):
                labels = next(getattr(thing, each) for each in ("labels", "labelnames") if hasattr(thing, each))
                own = ("worker",) if getattr(thing, "per_process", False) else ()
                found.add(f"{name}{{{','.join((*labels, *own))}}}")
    return found


def commands() -> set[str]:
    """What can be started: modules, and each command of the command line with its options."""
    return {f"python -m {name}" for name in entry_points()} | set(_commands(typer.main.get_command(cli.app), "src.cli"))


def entry_points() -> Iterator[str]:
    """Modules with a ``__main__`` part, and what gunicorn and uvicorn serve."""
    if hasattr(sys.modules.get("src.main"), "app"):
        yield "gunicorn src.main:app"
    for file in (ROOT / "src").rglob("*.py"):
        if '__name__ == "__main__"' in file.read_text():
            yield ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__main__")


def _commands(command: Any, path: str) -> Iterator[str]:
    yield path
    for option in command.params:
        yield f"{path} {'/'.join(option.opts)}"
    for name, child in getattr(command, "commands", {}).items():  # groups have some
        yield from _commands(child, f"{path} {name}")


def operation_ids() -> set[str]:
    """Of docs/openapi.json, with method and path."""
    paths = json.loads((ROOT / "docs/openapi.json").read_text())["paths"]
    return {
        f"{operation['operationId']} {method.upper()} {path}"
        for path, item in paths.items()
        for method, operation in item.items()
        if isinstance(operation, dict) and "operationId" in operation
    }


def permissions() -> set[str]:
    """The words of policies, which roles hold."""
    return set(REGISTRY)


def setting_names() -> set[str]:
    """Environment variables that the groups of settings read."""
    return {
        field.alias
        for group in filter(is_ours, below(BaseSettings))
        for field in group.model_fields.values()
        if field.alias
    }
