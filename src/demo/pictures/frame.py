"""Compose a picture from a drawing: background, light, shadow and one of three views."""

from collections.abc import Callable
from typing import NamedTuple

from src.demo.catalogue.records import Picture
from src.demo.pictures import bags, clothes, goods, headwear
from src.demo.pictures.ink import (
    Letters,
    Stroke,
    Tones,
    box,
    disc,
    faded,
    lightness,
    mix,
    moved,
    oval,
    path,
    wordmark,
    words,
)
from src.demo.pictures.shapes import ball

VIEWS = 3
"""Pictures per colour: 0 the front, 1 a close-up, 2 its size next to a golf ball."""

_BALL_CM = 4.27


class Subject(NamedTuple):
    """A drawing with its bounds in the picture (left, top, right, bottom), the centre of its close-up and its real
    size."""

    draw: Callable[[Tones], str]
    bounds: tuple[int, int, int, int]
    focus: tuple[int, int]
    width_cm: float
    height_cm: float


_SUBJECTS: dict[Picture, Subject] = {
    Picture.STAND_BAG: Subject(bags.stand_bag, (180, 60, 680, 700), (345, 370), 24, 88),
    Picture.CADDIE_BAG: Subject(bags.caddie_bag, (196, 50, 580, 706), (400, 370), 27, 91),
    Picture.HALF_BAG: Subject(bags.half_bag, (250, 130, 490, 690), (405, 540), 15, 84),
    Picture.TRAVEL_COVER: Subject(bags.travel_cover, (262, 84, 538, 714), (400, 300), 36, 124),
    Picture.BOSTON_BAG: Subject(bags.boston_bag, (130, 176, 670, 650), (450, 440), 48, 32),
    Picture.POUCH: Subject(bags.pouch, (138, 288, 730, 602), (222, 350), 24, 16),
    Picture.BALL_POUCH: Subject(bags.ball_pouch, (240, 96, 560, 676), (400, 400), 11, 14),
    Picture.SHOE_BAG: Subject(bags.shoe_bag, (214, 144, 586, 678), (370, 500), 22, 36),
    Picture.COOLER_BAG: Subject(bags.cooler_bag, (190, 120, 650, 656), (400, 498), 28, 24),
    Picture.GLOVE: Subject(headwear.glove, (230, 90, 670, 654), (430, 480), 12, 22),
    Picture.GLOVE_PAIR: Subject(headwear.glove_pair, (50, 196, 750, 672), (220, 490), 13, 26),
    Picture.CAP: Subject(headwear.cap, (64, 184, 664, 590), (330, 390), 28, 16),
    Picture.BUCKET_HAT: Subject(headwear.bucket_hat, (116, 228, 684, 666), (470, 520), 34, 20),
    Picture.VISOR: Subject(headwear.visor, (140, 290, 660, 658), (330, 420), 26, 15),
    Picture.BEANIE: Subject(headwear.beanie, (204, 90, 596, 656), (400, 540), 23, 29),
    Picture.POLO_SHIRT: Subject(clothes.polo_shirt, (112, 148, 688, 686), (420, 270), 72, 70),
    Picture.LONG_POLO: Subject(clothes.long_polo, (108, 148, 692, 686), (420, 270), 76, 71),
    Picture.KNIT: Subject(clothes.knit, (104, 150, 696, 686), (400, 420), 78, 68),
    Picture.VEST: Subject(clothes.vest, (236, 150, 564, 688), (400, 380), 50, 66),
    Picture.WIND_JACKET: Subject(clothes.wind_jacket, (104, 110, 696, 686), (400, 190), 78, 70),
    Picture.TROUSERS: Subject(clothes.trousers, (254, 104, 546, 694), (420, 190), 46, 102),
    Picture.SHORTS: Subject(clothes.shorts, (214, 172, 586, 622), (440, 270), 54, 52),
    Picture.SKIRT: Subject(clothes.skirt, (160, 192, 640, 640), (450, 250), 54, 41),
    Picture.BALL_BOX: Subject(goods.ball_box, (150, 176, 690, 710), (430, 600), 18, 13),
    Picture.TEE_SET: Subject(goods.tee_set, (156, 148, 644, 690), (400, 270), 9, 8),
    Picture.BALL_MARKER: Subject(goods.ball_marker, (140, 190, 670, 660), (480, 352), 6, 5),
    Picture.DIVOT_TOOL: Subject(goods.divot_tool, (240, 140, 560, 690), (440, 290), 4, 9),
    Picture.TOWEL: Subject(goods.towel, (240, 92, 556, 670), (400, 420), 40, 60),
    Picture.UMBRELLA: Subject(goods.umbrella, (92, 96, 708, 704), (330, 330), 125, 98),
    Picture.BELT: Subject(goods.belt, (122, 256, 678, 568), (420, 490), 14, 7),
    Picture.SOCKS: Subject(goods.socks, (160, 108, 640, 692), (190, 250), 20, 30),
    Picture.HEADCOVER: Subject(goods.headcover, (226, 60, 574, 688), (400, 570), 16, 37),
    Picture.PUTTER_COVER: Subject(goods.putter_cover, (150, 150, 656, 580), (560, 350), 16, 12),
}


def draw_product(kind: Picture, color_code: str, view: int) -> str:
    """Return the SVG text of one picture, 800 x 800: a kind of product in a `#RRGGBB`, view 0 to `VIEWS` - 1.

    A pure function. The text is one XML document without scripts, styles or external references. Raises ValueError for
    another view.
    """
    if view not in range(VIEWS):
        raise ValueError(f"no such view: {view}")
    tones = Tones.of(color_code)
    body = (_front, _close_up, _with_size)[view](kind, tones)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800" width="800" height="800" role="img">'
        f"{definitions(tones)}{body}{_corner(tones)}</svg>\n"
    )


def definitions(t: Tones) -> str:
    """Return the gradients, the shadow and the lens that drawings and frames refer to."""
    low, dusk = mix("#E7E6E1", t.base, 0.06), mix(t.base, t.dark, 0.4)
    return (
        "<defs>"
        f"{_gradient('face', (t.light, 0), (t.base, 0.32), (t.base, 0.62), (t.dark, 1))}"
        f"{_gradient('soft', (mix(t.base, t.light, 0.45), 0), (t.base, 0.55), (dusk, 1), down=True)}"
        f"{_gradient('shade', (mix(t.base, t.dark, 0.35), 0), (mix(t.base, t.dark, 0.8), 1), down=True)}"
        '<radialGradient id="room" cx="50%" cy="40%" r="75%">'
        f'<stop offset="0" stop-color="#FBFAF8"/><stop offset="1" stop-color="{low}"/></radialGradient>'
        '<filter id="cast" x="-20%" y="-20%" width="140%" height="140%">'
        '<feDropShadow dx="0" dy="10" stdDeviation="12" flood-color="#14181D" flood-opacity="0.2"/></filter>'
        '<clipPath id="lens"><circle cx="592" cy="576" r="158"/></clipPath>'
        "</defs>"
    )


def _gradient(name: str, *stops: tuple[str, float], down: bool = False) -> str:
    ends = 'x1="0" y1="0" x2="0" y2="1"' if down else 'x1="0" y1="0" x2="1" y2="0"'
    inner = "".join(f'<stop offset="{offset:g}" stop-color="{color}"/>' for color, offset in stops)
    return f'<linearGradient id="{name}" {ends}>{inner}</linearGradient>'


def placed(kind: Picture, t: Tones, middle: tuple[float, float], room: float) -> str:
    """Return a drawing with its shadow, centred on `middle`; its longer side is `room` units long."""
    subject = _SUBJECTS[kind]
    left, top, right, bottom = subject.bounds
    scale = room / max(right - left, bottom - top)
    x, y = middle[0] - scale * (left + right) / 2, middle[1] - scale * (top + bottom) / 2
    floor = oval((middle[0], middle[1] + scale * (bottom - top) / 2 + 4, scale * (right - left) * 0.42, 13), "#14181D")
    return (
        faded(0.1, floor)
        + '<g filter="url(#cast)">'
        + moved(f"translate({x:.1f} {y:.1f}) scale({scale:.3f})", subject.draw(t))
        + "</g>"
    )


def _corner(t: Tones) -> str:
    return wordmark(706, 768, 17, mix(t.base, "#8A8F96", 0.85) if lightness(t.base) > 0.3 else "#8A8F96")


def _front(kind: Picture, t: Tones) -> str:
    return box((0, 0, 800, 800), "url(#room)") + placed(kind, t, (400, 396), 616)


def _close_up(kind: Picture, t: Tones) -> str:
    subject = _SUBJECTS[kind]
    x, y = subject.focus
    tint = mix(t.base, "#F6F5F1", 0.84)
    zoom = 1.9
    inside = moved(f"translate({592 - zoom * x:.1f} {576 - zoom * y:.1f}) scale({zoom})", subject.draw(t))
    return (
        box((0, 0, 800, 800), tint)
        + path("M0 800V560L800 250V800Z", mix(tint, "#FFFFFF", 0.5))
        + placed(kind, t, (316, 352), 500)
        + disc(592, 576, 166, "#FFFFFF", Stroke(mix(t.base, "#C9CDD2", 0.8), 2))
        + f'<g clip-path="url(#lens)">{disc(592, 576, 160, mix(tint, "#FFFFFF", 0.35))}{inside}</g>'
    )


def _with_size(kind: Picture, t: Tones) -> str:
    subject = _SUBJECTS[kind]
    left, top, right, bottom = subject.bounds
    room = 470.0
    scale = room / max(right - left, bottom - top)
    half_width, half_height = scale * (right - left) / 2, scale * (bottom - top) / 2
    x, y = 420.0, 364.0
    rule = Stroke("#6B7178", 2)
    side, below = x - half_width - 44, y + half_height + 46
    label = Letters(size=24, fill="#4A4D52", weight=600)
    lines = (
        f"M{side} {y - half_height}V{y + half_height}M{side - 9} {y - half_height}h18M{side - 9} {y + half_height}h18"
        f"M{x - half_width} {below}H{x + half_width}M{x - half_width} {below - 9}v18M{x + half_width} {below - 9}v18"
    )
    radius = _BALL_CM / 2 * (2 * half_height / subject.height_cm)
    beside = min(x + half_width + radius + 26, 790 - radius)
    scale_ball = ball(beside, y + half_height - radius, radius) if 6 < radius < 64 else ""
    return (
        box((0, 0, 800, 800), "#F7F6F3")
        + _dimples(mix(t.base, "#F0EFEB", 0.86))
        + placed(kind, t, (x, y), room)
        + scale_ball
        + path(lines, "none", rule)
        + words(f"{subject.width_cm:g} cm", x, below + 38, label)
        + moved(f"translate({side - 18} {y}) rotate(-90)", words(f"{subject.height_cm:g} cm", 0, 0, label))
    )


def _dimples(color: str) -> str:
    return "".join(disc(column * 80 + (row % 2) * 40, row * 69, 22, color) for row in range(12) for column in range(11))
