"""Wide banner pictures: a golf course with flag and sun, a product on the fairway and the banner's text."""

from typing import NamedTuple

from src.demo.catalogue.records import DemoBanner
from src.demo.pictures.frame import definitions, placed
from src.demo.pictures.ink import (
    Letters,
    Stroke,
    Tones,
    box,
    disc,
    emblem,
    faded,
    lightness,
    mix,
    moved,
    oval,
    path,
    words,
)
from src.demo.pictures.shapes import ball

WIDTH = 1600
HEIGHTS = {"banner": 640, "promotion": 420}
_LEFT = 110
_TEXT_ROOM = 780
_MIDDLE_TREES = ((600, 446, 0.8), (646, 450, 1.05), (690, 450, 0.7))
_RIGHT_TREES = ((1090, 424, 0.9), (1130, 424, 0.65), (1490, 440, 1.2), (1546, 446, 0.9))


class Sky(NamedTuple):
    """The colours of the sky, the sun and the grass."""

    top: str
    horizon: str
    sun: str
    grass: str


def draw_banner(banner: DemoBanner) -> str:
    """Return the SVG text of a banner's picture, 1600 wide, 640 high (type `banner`) or 420 high (type `promotion`).

    A pure function. Title and sub title are escaped and placed left; the product is placed right.
    """
    height = HEIGHTS[banner.type]
    tones = Tones.of(banner.color_code)
    sky = _sky(banner.color_code)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        f' role="img">{definitions(tones)}{_air(sky, banner.number, height)}'
        f"{moved(f'translate(0 {height - 640})', _course(sky, banner))}"
        f"{placed(banner.picture, tones, (1290, height * 0.53), height * 0.76)}"
        f"{moved(f'translate(0 {height - 640})', _near(sky))}"
        f"{_lettering(banner, sky, height)}</svg>\n"
    )


def _sky(color_code: str) -> Sky:
    return Sky(
        top=mix(color_code, "#DCEBF3", 0.72),
        horizon=mix(color_code, "#FFF6E6", 0.88),
        sun="#FFD27A",
        grass=mix(color_code, "#5FA35A", 0.88),
    )


def _air(sky: Sky, number: int, height: int) -> str:
    sun_x, sun_y = 880 + number * 61 % 180, height * 0.27
    shape = "M0 40Q-4 14 26 14Q38 -14 74 -4Q96 -26 124 -2Q160 -2 158 28Q176 40 150 44H14Q2 44 0 40Z"
    places = ((620 + number * 53 % 200, height * 0.12, 1), (1010, height * 0.24, 0.7), (1390, height * 0.1, 1.1))
    clouds = faded(
        0.8, *(moved(f"translate({x:g} {y:g}) scale({size:g})", path(shape, "#FFFFFF")) for x, y, size in places)
    )
    return (
        f'<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="{sky.top}"/>'
        f'<stop offset="0.8" stop-color="{sky.horizon}"/></linearGradient></defs>'
        + box((0, 0, WIDTH, height), "url(#sky)")
        + disc(sun_x, sun_y, height * 0.21, mix(sky.sun, sky.horizon, 0.72))
        + disc(sun_x, sun_y, height * 0.145, mix(sky.sun, sky.horizon, 0.35))
        + disc(sun_x, sun_y, height * 0.1, sky.sun)
        + clouds
    )


def _course(sky: Sky, banner: DemoBanner) -> str:
    """Hills, trees and the fairway, with their base at y = 640. A low banner has no trees behind its text."""
    leaves = mix(sky.grass, "#1F4A36", 0.45)
    far, middle = mix(sky.grass, sky.horizon, 0.62), mix(sky.grass, sky.horizon, 0.34)
    shift = banner.number * 61 % 160
    trees = _MIDDLE_TREES + _RIGHT_TREES if banner.type == "banner" else _RIGHT_TREES
    return (
        path(f"M0 450Q{200 + shift} 330 {470 + shift} 420T1000 380T1600 400V640H0Z", far)
        + "".join(_tree(x, y, size, leaves) for x, y, size in trees)
        + path(f"M0 500Q{300 - shift} 420 700 470T1240 430T1600 470V640H0Z", middle)
        + path("M0 560Q420 470 860 510T1600 486V640H0Z", sky.grass)
        + path("M520 640Q760 520 1010 500Q1180 490 1330 500Q1090 560 1080 640Z", mix(sky.grass, "#F2F6B8", 0.22))
        + path("M700 640Q880 530 1090 503Q1140 500 1190 499Q960 560 920 640Z", mix(sky.grass, "#F2F6B8", 0.36))
        + oval((960, 512, 150, 17), mix(sky.grass, "#E9F3B0", 0.45))
        + oval((716, 530, 74, 13), "#EFE0B8", Stroke("#D9C595", 2))
        + _flag(960, 510)
    )


def _tree(x: int, y: int, size: float, color: str) -> str:
    return moved(
        f"translate({x} {y}) scale({size:g})",
        box((-4, -20, 8, 46), "#6B5138"),
        path("M0 -118Q34 -64 40 -18Q0 2 -40 -18Q-34 -64 0 -118Z", color),
        path("M0 -118Q34 -64 40 -18Q22 -8 0 -7Z", mix(color, "#0D0F12", 0.16)),
    )


def _flag(x: int, y: int) -> str:
    return (
        oval((x, y, 15, 4), "#27402F")
        + path(f"M{x} {y}V{y - 178}", "none", Stroke("#F7F7F4", 6))
        + path(
            f"M{x + 3} {y - 178}Q{x + 34} {y - 192} {x + 62} {y - 166}Q{x + 84} {y - 150} {x + 104} {y - 158}"
            f"Q{x + 90} {y - 122} {x + 62} {y - 128}Q{x + 34} {y - 134} {x + 3} {y - 118}Z",
            "#D2383F",
        )
        + emblem(x + 44, y - 150, 13, "#FFFFFF")
    )


def _near(sky: Sky) -> str:
    """The grass in front and a ball on it."""
    blades = "".join(
        f"M{x} 640q{(x * 7) % 9 - 4} -{16 + (x * 13) % 14} {(x * 5) % 13 - 6} -{22 + (x * 11) % 16}"
        for x in range(6, 1600, 23)
    )
    return (
        path("M0 616Q500 590 900 606T1600 596V640H0Z", mix(sky.grass, "#1F4A36", 0.3))
        + path(blades, "none", Stroke(mix(sky.grass, "#1F4A36", 0.42), 4))
        + oval((1044, 606, 26, 5), mix(sky.grass, "#0D0F12", 0.5))
        + ball(1044, 584, 23)
    )


def _lettering(banner: DemoBanner, sky: Sky, height: int) -> str:
    ink = "#1B2530" if lightness(sky.top) > 0.5 else "#FFFFFF"
    size = min(height * 0.04 + 56, _TEXT_ROOM / max(_widths(banner.title), 1))
    small = min(height * 0.02 + 20, _TEXT_ROOM / max(_widths(banner.sub_title), 1))
    middle = height * 0.36 + 20
    return (
        path(f"M{_LEFT} {middle - size - 26:.1f}h64", "none", Stroke("#D2383F", 6))
        + words("MICGOLF", _LEFT, middle - size - 46, Letters(size=22, fill=ink, weight=800, spacing=4, anchor="start"))
        + words(
            banner.title, _LEFT, middle, Letters(size=round(size), fill=ink, weight=800, spacing=-1, anchor="start")
        )
        + words(
            banner.sub_title,
            _LEFT,
            middle + small * 2,
            Letters(size=round(small), fill=mix(ink, sky.top, 0.15), weight=500, anchor="start"),
        )
    )


def _widths(content: str) -> float:
    """Return the width of a line in ems: a Korean letter counts 1, a Latin letter 0.56."""
    return sum(1 if letter >= "\u1100" else 0.56 for letter in content)
