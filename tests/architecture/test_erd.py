"""docs/erd.md is what the models say."""

import re

import pytest
from tortoise import fields

from src import erd
from src.core.database.models import Model
from src.core.database.tortoise import MODEL_MODULES
from tests.architecture.sources import SRC

BOX = re.compile(r"    \w+ \{|    \}|        [\w()]+ \w+( (PK|FK|UK)(, (PK|FK|UK))*)?( \"null\")?")
LINE = re.compile(r"    \w+ [|}][|o](--|\.\.)[|o][|{] \w+ : \w+")


def test_the_page_is_what_the_models_say() -> None:
    assert erd.FILE.read_text() == erd.text_of(), "renew it: python -m src.erd"


def test_a_new_column_and_a_new_domain_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    from src.app.banner import models

    class Planted(Model):
        id = fields.BigIntField(primary_key=True)
        banner: fields.ForeignKeyNullableRelation["Model"] = fields.ForeignKeyField("models.Banner", null=True)
        member_id = fields.BigIntField()

        class Meta:
            table = "planted"

    Planted.__module__ = "src.app.banner.models.planted"
    monkeypatch.setattr(models, "Planted", Planted, raising=False)
    text = erd.text_of()
    assert text != erd.FILE.read_text()
    assert (
        '    planted {\n        bigint id PK\n        bigint banner_id FK "null"\n        bigint member_id\n    }\n'
        in text
    )
    assert "    banner |o--o{ planted : banner_id\n    users ||..o{ planted : member_id\n" in text
    assert "## banner\n" not in erd.text_of([module for module in MODEL_MODULES if "banner" not in module])


def test_every_table_is_on_the_page_once() -> None:
    written = erd.FILE.read_text()
    declared = {
        table
        for path in SRC.rglob("models/*.py")
        for table in re.findall(r'^        table = "(\w+)"$', path.read_text(), flags=re.MULTILINE)
    }
    drawn = re.findall(r"^    (\w+) \{$", written, flags=re.MULTILINE)
    assert len(declared) > 60
    assert sorted(drawn) == sorted(declared)


def test_the_diagrams_are_mermaid() -> None:
    blocks = re.findall(r"```mermaid\n(.*?)```", erd.FILE.read_text(), flags=re.DOTALL)
    assert len(blocks) == len(MODEL_MODULES)
    for block in blocks:
        first, *lines = block.splitlines()
        assert first == "erDiagram"
        assert [line for line in lines if not BOX.fullmatch(line) and not LINE.fullmatch(line)] == []
