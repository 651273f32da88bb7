"""The demo pictures: safe to show, different where they must differ, and written in one step."""

import re
import stat
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from src.demo.catalogue import BANNERS, PRODUCTS, DemoBanner, Picture
from src.demo.pictures import VIEWS, banner_path, draw_banner, draw_product, picture_path, write_pictures

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {
    "svg",
    "defs",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "text",
    "stop",
    "filter",
    "linearGradient",
    "radialGradient",
    "feDropShadow",
    "clipPath",
}


def parsed(picture: str) -> ET.Element:
    return ET.fromstring(picture)  # noqa: S314 - our own text


def assert_harmless(picture: str) -> ET.Element:
    """The picture parses, holds only shapes, and refers to nothing outside itself."""
    root = parsed(picture)
    assert root.tag == f"{SVG}svg"
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= ALLOWED
    names = {name.lower() for element in root.iter() for name in element.attrib}
    assert not [name for name in names if "href" in name or name.startswith("on") or name in ("style", "src")]
    ids = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
    assert set(re.findall(r"url\(([^)]*)\)", picture)) <= {f"#{name}" for name in ids}
    assert not re.search(r"script|javascript:|<!|data:", picture, re.IGNORECASE)
    assert not re.search(r"\b(nan|inf)\b", picture, re.IGNORECASE)
    return root


@pytest.mark.parametrize("kind", list(Picture))
@pytest.mark.parametrize("color_code", ["#1F2023", "#FAFAF8", "#C1323C"])
def test_every_kind_draws_harmless_pictures_that_differ_by_view(kind: Picture, color_code: str) -> None:
    pictures = [draw_product(kind, color_code, view) for view in range(VIEWS)]

    for picture in pictures:
        assert assert_harmless(picture).attrib["viewBox"] == "0 0 800 800"
        assert "MICGOLF" in picture
        assert len(picture.encode()) < 60_000
    assert len(set(pictures)) == VIEWS == 3


def test_picture_shows_the_colour_it_was_asked_for() -> None:
    assert "#2B62AE" in draw_product(Picture.CAP, "#2B62AE", 0)
    assert "#2B62AE" not in draw_product(Picture.CAP, "#C1323C", 0)


@pytest.mark.parametrize("view", [-1, 3])
def test_unknown_view_is_refused(view: int) -> None:
    with pytest.raises(ValueError, match="no such view"):
        draw_product(Picture.CAP, "#2B62AE", view)


@pytest.mark.parametrize("banner", BANNERS, ids=lambda banner: f"banner-{banner.number}")
def test_banner_is_harmless_and_says_its_words(banner: DemoBanner) -> None:
    root = assert_harmless(draw_banner(banner))

    said = [element.text for element in root.iter(f"{SVG}text")]
    assert banner.title in said
    assert banner.sub_title in said
    assert root.attrib["viewBox"] == ("0 0 1600 640" if banner.type == "banner" else "0 0 1600 420")


def test_markup_in_a_banner_title_stays_text() -> None:
    title = "<script>alert('1')</script> & \"더\""
    banner = DemoBanner(
        number=9, type="banner", title=title, sub_title="-", link_url="/", picture=Picture.CAP, color_code="#2B62AE"
    )

    root = parsed(draw_banner(banner))

    assert title in [element.text for element in root.iter(f"{SVG}text")]
    assert not list(root.iter(f"{SVG}script"))


def test_all_pictures_of_the_shop_are_written_in_the_documented_layout(tmp_path: Path) -> None:
    write_pictures(tmp_path)

    expected = {
        picture_path(product.product_code, color_index, view)
        for product in PRODUCTS
        for color_index in range(len(product.colors))
        for view in range(VIEWS)
    } | {banner_path(banner.number) for banner in BANNERS}
    assert {file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*") if file.is_file()} == expected
    assert "products/01201110/0-0.svg" in expected
    assert "banners/1.svg" in expected
    assert stat.S_IMODE((tmp_path / "banners/1.svg").stat().st_mode) == 0o644


def test_writing_twice_leaves_the_same_files_untouched(tmp_path: Path) -> None:
    write_pictures(tmp_path)
    before = {
        file: (file.read_bytes(), file.stat().st_ino, file.stat().st_mtime_ns) for file in tmp_path.rglob("*.svg")
    }

    write_pictures(tmp_path)

    after = {file: (file.read_bytes(), file.stat().st_ino, file.stat().st_mtime_ns) for file in tmp_path.rglob("*.svg")}
    assert after == before


def test_damaged_picture_is_replaced_and_foreign_files_stay(tmp_path: Path) -> None:
    write_pictures(tmp_path)
    damaged = tmp_path / picture_path("01201110", 0, 0)
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:100])
    foreign = tmp_path / "products/own.png"
    foreign.write_bytes(b"own")

    write_pictures(tmp_path)

    assert damaged.read_bytes() == whole
    assert foreign.read_bytes() == b"own"
