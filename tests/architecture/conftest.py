"""What the tests of this folder have in common."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave these tests out of the coverage, which doubles what they cost: they read sources and documents, and what of
    the shop they run is covered by its own tests."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.no_cover)
