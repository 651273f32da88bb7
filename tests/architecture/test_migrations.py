"""The running release survives every migration (docs/operations.md, Releases)."""

import importlib
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from tests.architecture.contracting import findings, texts_of, unmarked
from tests.architecture.sources import ROOT

FOLDER = ROOT / "src/core/database/migrations/models"
# Up to here nothing was deployed. Never raised after the first release.
BASELINE = 3
RELEASE = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def number_of(file: Path) -> int:
    return int(file.name.partition("_")[0])


def newer() -> list[Path]:
    return [file for file in sorted(FOLDER.glob("[0-9]*_*.py"), key=number_of) if number_of(file) > BASELINE]


async def sql_of(file: Path) -> tuple[ModuleType, str]:
    module = importlib.import_module(f"src.core.database.migrations.models.{file.stem}")
    return module, await module.upgrade(None)


async def test_no_migration_takes_away_what_the_running_release_uses() -> None:
    broken = []
    before = [(await sql_of(file))[1] for file in sorted(FOLDER.glob("[0-9]*_*.py"), key=number_of)[: BASELINE + 1]]
    for file in newer():
        module, sql = await sql_of(file)
        broken += [(file.name, finding) for finding in unmarked(module, sql, RELEASE, texts_of(before))]
        before.append(sql)
    assert broken == []


async def test_the_sql_of_a_migration_is_really_read() -> None:
    _, sql = await sql_of(FOLDER / "2_20261120235124_back_office_catalogue.py")
    assert "ADD `version` INT NOT NULL DEFAULT 1" in sql
    assert findings(sql) == []


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("DROP TABLE IF EXISTS `notice`", "drops a table"),
        ("TRUNCATE `notice`", "empties a table"),
        ("DELETE FROM `notice` WHERE id > 1", "empties a table"),
        ("ALTER TABLE `product` DROP COLUMN `price`", "drops a column"),
        ("alter table `product` drop `price`", "drops a column"),
        ("ALTER TABLE `product`\n  ADD `a` INT,\n  DROP COLUMN `price`", "drops a column"),
        ("ALTER TABLE `product` DROP PRIMARY KEY", "drops a column"),
        ("ALTER TABLE `product` RENAME COLUMN `price` TO `amount`", "renames"),
        ("RENAME TABLE `a` TO `b`", "renames"),
        ("ALTER TABLE `product` MODIFY COLUMN `name` VARCHAR(10) NOT NULL", "changes a column"),
        ("ALTER TABLE `product` CHANGE `name` `title` VARCHAR(10)", "changes a column"),
        ("ALTER TABLE `product` ADD `weight` INT NOT NULL", "adds a column that the older code does not fill"),
        ("ALTER TABLE `product` ADD COLUMN `weight` INT NOT NULL", "adds a column that the older code does not fill"),
        ("ALTER TABLE `product` ADD UNIQUE INDEX `u` (`name`)", "forbids duplicates"),
        ("ALTER TABLE `product` ADD CONSTRAINT `u` UNIQUE (`name`)", "forbids duplicates"),
        ("CREATE UNIQUE INDEX `u` ON `product` (`name`)", "forbids duplicates"),
    ],
)
def test_what_takes_something_away_is_seen(statement: str, what: str) -> None:
    assert what in [finding.what for finding in findings(f"CREATE TABLE `x` (`id` INT NOT NULL);\n{statement};")]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE `x` (`id` BIGINT NOT NULL, `code` VARCHAR(9) NOT NULL UNIQUE)",
        "ALTER TABLE `product` ADD `weight` INT",
        "ALTER TABLE `product` ADD `weight` INT NOT NULL DEFAULT 0",
        "ALTER TABLE `product` ADD INDEX `i` (`name`)",
        "ALTER TABLE `product` DROP INDEX `i`",
        "ALTER TABLE `product` RENAME INDEX `i` TO `j`",
        "ALTER TABLE `product` ADD CONSTRAINT `f` FOREIGN KEY (`a_id`) REFERENCES `a` (`id`)",
        "UPDATE `product` SET `weight` = 0",
        "ALTER TABLE `variant` ADD CONSTRAINT ck_variant_stock CHECK (stock >= 0)",  # what no row of now breaks
        "",
    ],
)
def test_what_only_adds_is_let_through(statement: str) -> None:
    assert findings(statement) == []


PRODUCT = """
CREATE TABLE IF NOT EXISTS `product` (
    `id` BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT,
    `code` VARCHAR(40) NOT NULL UNIQUE,
    `name` VARCHAR(60) NOT NULL,
    `note` VARCHAR(60),
    `price` INT NOT NULL,
    `state` VARCHAR(9) NOT NULL COMMENT 'ON: ON\nOFF: OFF' DEFAULT 'ON'
) CHARACTER SET utf8mb4;
ALTER TABLE `product` ADD `label` VARCHAR(20) NOT NULL DEFAULT '';
ALTER TABLE `product` MODIFY COLUMN `name` VARCHAR(120) NOT NULL
"""


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE `product` MODIFY COLUMN `name` VARCHAR(200) NOT NULL",
        "alter table `product` modify `note` varchar(61)",
        "ALTER TABLE `product` MODIFY COLUMN `code` VARCHAR(63) NOT NULL",
        "ALTER TABLE `product`\n  MODIFY COLUMN `name` VARCHAR(121) NOT NULL,\n  ADD `weight` INT",
        "ALTER TABLE `product` MODIFY COLUMN `label` VARCHAR(21) NOT NULL DEFAULT ''",
        "ALTER TABLE `product` MODIFY COLUMN `state` VARCHAR(9) NOT NULL COMMENT 'ON: ON\nOFF: OFF\nX: X' DEFAULT 'ON'",
    ],
)
def test_a_longer_text_takes_nothing_away(statement: str) -> None:
    assert findings(statement, texts_of([PRODUCT])) == []


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE `product` MODIFY COLUMN `name` VARCHAR(119) NOT NULL",
        "ALTER TABLE `product` MODIFY COLUMN `name` VARCHAR(200)",
        "ALTER TABLE `product` MODIFY COLUMN `note` VARCHAR(200) NOT NULL",
        "ALTER TABLE `product` MODIFY COLUMN `label` VARCHAR(21) NOT NULL",
        "ALTER TABLE `product` MODIFY COLUMN `name` TEXT NOT NULL",
        "ALTER TABLE `product` MODIFY COLUMN `name` VARBINARY(200) NOT NULL",
        "ALTER TABLE `product` MODIFY COLUMN `name` VARCHAR(200) COLLATE utf8mb4_general_ci NOT NULL",
        "ALTER TABLE `product` MODIFY COLUMN `price` VARCHAR(200) NOT NULL",
        "ALTER TABLE `product` MODIFY COLUMN `state` VARCHAR(9) NOT NULL COMMENT 'ON: ON' DEFAULT 'OFF'",
        "ALTER TABLE `product` CHANGE `name` `name` VARCHAR(200) NOT NULL",
        "ALTER TABLE `other` MODIFY COLUMN `name` VARCHAR(200) NOT NULL",
        "ALTER TABLE `product` MODIFY `name` VARCHAR(200) NOT NULL, MODIFY `note` VARCHAR(20)",
    ],
)
def test_another_change_of_a_text_is_still_seen(statement: str) -> None:
    assert "changes a column" in [finding.what for finding in findings(statement, texts_of([PRODUCT]))]


def migration(marker: object = None) -> ModuleType:
    """A migration with this marker."""
    made = ModuleType("planted")
    if marker is not None:
        made.__dict__["CONTRACT"] = marker
    return made


def test_a_planted_contraction_needs_the_last_release_that_used_it() -> None:
    sql = "ALTER TABLE `product` DROP COLUMN `price`"
    assert len(unmarked(migration(), sql, "0.3.0")) == 1
    assert unmarked(migration(("0.2.0", "price moved to product_price")), sql, "0.3.0") == []
    for marker in (
        ("0.3.0", "the release that stops may not contract"),
        ("0.10.0", "later"),
        ("0.2.0", " "),
        ("v2", "x"),
    ):
        assert len(unmarked(migration(marker), sql, "0.3.0")) == 1, marker
    assert len(unmarked(migration(("0.2.0", "nothing is taken away")), "", "0.3.0")) == 1
