"""The models, the newest migration and the tables that a database really has are one schema."""

import json
from pathlib import Path
from typing import Any

import pytest
from aerich.utils import decompress_dict, get_models_describe, import_py_file
from fastapi import FastAPI
from tortoise import Tortoise

from src.core.database.schema_lock import TABLE
from src.core.database.tortoise import MIGRATIONS
from tests.conftest import REAL

# What the database does not know. Backward relations repeat other models' foreign keys, in the order of loading.
WORDS = {"docstring", "description", "python_type", "name", "backward_fk_fields", "backward_o2o_fields"}


def bare(value: Any) -> Any:
    """A description of models without the words that may change freely."""
    if isinstance(value, dict):
        return {key: bare(inner) for key, inner in value.items() if key not in WORDS}
    if isinstance(value, list | tuple):
        return [bare(inner) for inner in value]
    return value


def newest_migration() -> Path:
    files = Path(MIGRATIONS, "models").glob("[0-9]*_*.py")
    return max(files, key=lambda file: int(file.name.partition("_")[0]))


def columns_of_models() -> dict[str, set[str]]:
    models = Tortoise.apps["models"].values()
    return {model._meta.db_table: set(model._meta.fields_db_projection.values()) for model in models}


async def columns_of_database() -> dict[str, set[str]]:
    connection = Tortoise.get_connection("default")
    if REAL:
        question = (
            "SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema=DATABASE()"
        )
    else:
        question = (
            "SELECT m.name AS t, p.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) p "
            "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
        )
    found: dict[str, set[str]] = {}
    for row in (await connection.execute_query(question))[1]:
        found.setdefault(row["t"], set()).add(row["c"])
    return found


async def test_the_newest_migration_ends_at_the_models(app: FastAPI) -> None:
    state = decompress_dict(import_py_file(newest_migration()).MODELS_STATE)
    described = json.loads(json.dumps(get_models_describe("models"), default=str))
    before, now = bare(json.loads(json.dumps(state, default=str))), bare(described)
    changed = sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
    assert changed == [], "a changed model needs its migration: .venv/bin/aerich migrate --name what_changed"


def test_a_changed_column_is_a_drift() -> None:
    before = {"models.Order": {"table": "order", "docstring": "a", "data_fields": [{"db_column": "total"}]}}
    reworded = {"models.Order": {"table": "order", "docstring": "b", "data_fields": [{"db_column": "total"}]}}
    changed = {"models.Order": {"table": "order", "docstring": "a", "data_fields": [{"db_column": "sum"}]}}
    assert bare(before) == bare(reworded)
    assert bare(before) != bare(changed)


def test_no_migration_is_numbered_twice() -> None:
    numbers = [file.name.partition("_")[0] for file in Path(MIGRATIONS, "models").glob("[0-9]*_*.py")]
    assert len(numbers) == len(set(numbers))


async def test_the_database_has_the_tables_and_columns_of_the_models(app: FastAPI) -> None:
    # Run on both pairs, so that SQLite, made from the models, and MySQL, made by migrations, are the same.
    found, wanted = await columns_of_database(), columns_of_models()
    assert {table: found.get(table) for table in wanted if found.get(table) != wanted[table]} == {}
    assert found.keys() - wanted.keys() == ({TABLE} if REAL else set())


@pytest.mark.skipif(not REAL, reason="collations are MySQL's")
async def test_every_table_and_text_column_is_binary(app: FastAPI) -> None:
    connection = Tortoise.get_connection("default")
    _, rows = await connection.execute_query(
        "SELECT table_name AS t, table_collation AS c FROM information_schema.tables WHERE table_schema=DATABASE() "
        "UNION SELECT CONCAT(table_name, '.', column_name), collation_name FROM information_schema.columns "
        "WHERE table_schema=DATABASE() AND collation_name IS NOT NULL AND data_type != 'json' AND data_type != 'longtext'"
    )
    others = {row["t"]: row["c"] for row in rows if row["c"] != "utf8mb4_bin"}
    assert others == {}
