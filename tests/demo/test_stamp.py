"""The stamp that spares a start from drawing the demo shop's pictures."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from src.demo.stamp import is_current, remember

ROOT = Path(__file__).resolve().parents[2]
NAMES = ["products/1/0-0.svg", "banners/1.svg"]


@pytest.fixture
def media(tmp_path: Path) -> Path:
    """A folder with two pictures and their stamp."""
    folder = tmp_path / "media"
    for name in NAMES:
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text("<svg/>")
    remember(tmp_path / "stamp", folder, NAMES)
    return folder


def test_pictures_are_current_until_one_changes(media: Path) -> None:
    (media / "products/own.png").write_bytes(b"own")

    assert is_current(media.parent / "stamp", media)


@pytest.mark.parametrize(
    "change",
    [
        lambda media: (media / NAMES[0]).unlink(),
        lambda media: (media / NAMES[1]).write_text("<sv"),
        lambda media: (media.parent / "stamp").unlink(),
        lambda media: (media.parent / "stamp").write_bytes(
            (media.parent / "stamp").read_bytes().replace(b'"source":"', b'"source":"0')
        ),
        lambda media: (media.parent / "stamp").write_bytes((media.parent / "stamp").read_bytes()[:50]),
    ],
    ids=["a picture is missing", "a picture is cut short", "no stamp", "another demo shop", "half a stamp"],
)
def test_pictures_are_not_current_after_a_change(media: Path, change: Callable[[Path], object]) -> None:
    change(media)

    assert not is_current(media.parent / "stamp", media)


SECOND_START = """
import sys
from pathlib import Path
from src.demo import seeding
seeding._draw(Path(sys.argv[1]))
print(any(name.startswith(("src.demo.catalogue", "src.demo.pictures")) for name in sys.modules))
"""


def test_a_second_start_reads_no_catalogue(tmp_path: Path) -> None:
    told = [
        subprocess.run(
            [sys.executable, "-c", SECOND_START, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    ]

    assert told == ["True\n", "False\n"]
    assert len(list((tmp_path / "media").rglob("*.svg"))) == 649
