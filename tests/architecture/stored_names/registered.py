"""Names that the running code has registered. They are found by what they are, in whatever module they lie."""

import asyncio
import importlib
import json
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import cache
from types import ModuleType
from typing import Any, Final

import typer
from pydantic_settings import BaseSettings
from tortoise import Tortoise
from tortoise.utils import get_schema_sql

import src
from src import cli, main
from src.common.work.jobs import FORMER_NAMES
from src.core.configs import settings
from src.core.database.tortoise import tortoise_config
from tests.architecture.sources import ROOT, SRC

NOT_TO_IMPORT: Final = ("__main__", "gunicorn_conf", "migrations")
IN_MEMORY: Final = {"engine": "src.core.database.sqlite", "credentials": {"file_path": ":memory:"}}


def collected() -> dict[str, list[str]]:
    """Every list of this module."""
    tables, enums = asyncio.run(described())
    found = {
        "commands": commands(),
        "enum_values": enums,
        "error_codes": error_codes(),
        "message_templates": templates(),
        "metrics": metrics(),
        "operation_ids": operation_ids(),
        "permissions": permissions(),
        "tables": tables,
        "topics_and_event_types": topics(),
    }
    return {title: sorted(names) for title, names in found.items()}


@cache
def imported() -> tuple[ModuleType, ...]:
    """Every module of the shop but those that begin something when they are imported."""
    return tuple(
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(src.__path__, "src.")
        if not any(part in NOT_TO_IMPORT for part in found.name.split("."))
    )


@cache
def things() -> tuple[tuple[str, Any], ...]:
    """Everything that a module of the shop has a name for, each thing once."""
    found = {id(thing): (name, thing) for module in imported() for name, thing in vars(module).items()}
    return tuple(found.values())


def the(what: str, fits: Callable[[str, Any], bool]) -> Any:
    """The one thing that fits. Raises LookupError naming what is looked for: this module then has to follow."""
    found = [thing for name, thing in things() if fits(name, thing)]
    if len(found) != 1:
        raise LookupError(f"{len(found)} things in src look like {what}: see {__name__}")
    return found[0]


def mapping(what: str, *, key: str, of: Callable[[Any], bool]) -> Mapping[str, Any]:
    """The one mapping with this key, whose values are of this kind."""
    found: Mapping[str, Any] = the(what, lambda _, it: isinstance(it, Mapping) and key in it and of(it[key]))
    return found


def classes() -> Iterator[type[Any]]:
    """All classes of the shop."""
    yield from (it for _, it in things() if isinstance(it, type) and it.__module__.startswith("src."))


def error_codes() -> set[str]:
    """Codes of what may be answered instead of success: of errors with a Korean text."""
    errors: list[Any] = [each for each in classes() if issubclass(each, Exception) and hasattr(each, "ko")]
    return {error.code for error in errors if error.code}


async def described() -> tuple[set[str], set[str]]:
    """Tables with their columns, indexes, unique keys and checks; the values of enumerated columns."""
    config = {**tortoise_config(settings()), "connections": {"default": IN_MEMORY}}
    await Tortoise.init(config=config, _enable_global_fallback=True)
    try:
        tables: set[str] = {f"{check.table} check {check.name}" for check in checks()}
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


def checks() -> tuple[Any, ...]:
    """The CHECK constraints, which no model describes."""
    found: tuple[Any, ...] = the(
        "the CHECK constraints", lambda _, it: isinstance(it, tuple) and bool(it) and hasattr(it[0], "condition")
    )
    return found


def topics() -> set[str]:
    """Topics, those somebody waits for included, with the fields of their payload; types of outgoing webhooks."""
    waited_for = mapping("the handlers of topics", key="order.paid", of=lambda it: isinstance(it, tuple))
    found = {f"topic {topic}" for topic in waited_for}
    for event in classes():
        if isinstance(topic := getattr(event, "topic", None), str):
            fields = getattr(event, "__dataclass_fields__", {})
            names = [name for name, field in fields.items() if "ClassVar" not in str(field.type)]
            found |= {f"topic {topic}", *(f"topic {topic} with {name}" for name in names)}
    told = mapping("the catalogue of webhooks", key="order.paid", of=lambda it: hasattr(it, "version"))
    kind = type(told["order.paid"])
    alone = [it for _, it in things() if isinstance(it, kind)]
    return found | {f"webhook {each.name} version {each.version}" for each in (*told.values(), *alone)}


def templates() -> set[str]:
    """Templates by name, with the ways they go and the values they may name, and the files of their texts."""
    folder = next(SRC.rglob("ko/*.mail.txt")).parents[1]
    found = {f"file {path.relative_to(folder)}" for path in folder.rglob("*.*")}
    every = mapping("the templates of messages", key="verification_code", of=lambda it: hasattr(it, "ways"))
    for name, template in every.items():
        found |= {f"template {name}", *(f"template {name} by {way.value}" for way in template.ways)}
        found |= {f"template {name} names {value}" for value in template.values}
    return found


def job_names() -> set[str]:
    """Jobs, whose names are those of their leases too, names of before that ``run-job`` answers, and the streams that
    carry work by its priority."""
    specs = the("the list of jobs", lambda name, it: name == "specs" and callable(it))
    lanes = mapping("the lanes of work", key="high", of=lambda it: isinstance(it, int))
    return {f"job {name}" for name in (*specs(), *FORMER_NAMES)} | {f"lane {lane}" for lane in lanes}


def metrics() -> set[str]:
    """``shop_orders_total{status}``: whatever is called ``shop_`` and has labels, of any class."""
    found = set()
    for _, thing in things():
        name = getattr(thing, "name", None)
        if isinstance(name, str) and name.startswith("shop_"):
            labels = next(getattr(thing, each) for each in ("labels", "labelnames") if hasattr(thing, each))
            own = ("worker",) if getattr(thing, "per_process", False) else ()
            found.add(f"{name}{{{','.join((*labels, *own))}}}")
    return found


def commands() -> set[str]:
    """What can be started: modules, and each command of the command line with its options."""
    return set(entry_points()) | set(_commands(typer.main.get_command(cli.app), "src.cli"))


def entry_points() -> Iterator[str]:
    """Modules with a ``__main__`` part, and what gunicorn and uvicorn serve."""
    if hasattr(main, "app"):
        yield "gunicorn src.main:app"
    for file in SRC.rglob("*.py"):
        if '__name__ == "__main__"' in file.read_text():
            yield "python -m " + ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__main__")


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
    return set(mapping("the list of permissions", key="pii:read", of=lambda it: hasattr(it, "ko")))


def setting_names() -> set[str]:
    """Environment variables that the groups of settings read."""
    groups = (each for each in classes() if issubclass(each, BaseSettings))
    return {field.alias for group in groups for field in group.model_fields.values() if field.alias}


def crossed_headers() -> set[str]:
    """Headers that pages of other origins may send and read."""
    given: list[Any] = [each.kwargs for each in main.app.user_middleware]
    return {name for each in given for word in ("allow_headers", "expose_headers") for name in each.get(word, ())}
