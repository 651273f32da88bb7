"""docs/openapi.json is what the routes say, on every machine."""

import json
from pathlib import Path

import pytest

from src.core.configs import Settings
from src.core.configs.groups import ServerSettings
from src.main import create_app
from tests.architecture.sources import ROOT

FILE = ROOT / "docs/openapi.json"


@pytest.mark.fault("A5")
def test_the_file_is_what_the_routes_say(shop_settings: Settings) -> None:
    said = json.loads(json.dumps(create_app(shop_settings, with_runner=False).openapi()))
    written = json.loads(FILE.read_text()) if FILE.exists() else {}
    changed = [part for part in said if said[part] != written.get(part)]
    assert changed == [], "renew it: python -m src.contract"


def test_the_document_says_nothing_of_the_settings(tmp_path: Path) -> None:
    other = Settings(server=ServerSettings(env="test", port=9_999, state_dir=tmp_path, body_limit=2_000))
    said = json.loads(json.dumps(create_app(other, with_runner=False).openapi()))
    assert said == json.loads(FILE.read_text())


def test_the_file_is_sorted() -> None:
    written = FILE.read_text()
    assert written == json.dumps(json.loads(written), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
