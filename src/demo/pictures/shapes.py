"""Parts that several drawings share: balls, zips, buckles, golf clubs, pile and argyle."""

from src.demo.pictures.ink import Stroke, Tones, box, disc, faded, mix, moved, oval, path

FACE = "url(#face)"
"""The fill of a round object: light on the left, shade on the right."""
SOFT = "url(#soft)"
"""The fill of cloth: a little lighter at the top."""
SHADE = "url(#shade)"
"""The fill of a part in the shade."""

_STEEL = "#C3C8CE"
_STEEL_DARK = "#8A9199"


def ball(x: float, y: float, radius: float, color: str = "#FDFDFB") -> str:
    """A golf ball with dimples."""
    edge, dimple, shine = mix(color, "#0D0F12", 0.22), mix(color, "#0D0F12", 0.1), mix(color, "#FFFFFF", 0.75)
    dots = "".join(
        oval((column * 20 + (row % 2) * 10, row * 17, 5.6, 5.2), dimple)
        for row in range(-2, 3)
        for column in range(-2, 3)
        if (column * 20 + (row % 2) * 10) ** 2 + (row * 17) ** 2 < 1500
    )
    return moved(
        f"translate({x:g} {y:g}) scale({radius / 50:.3f})",
        disc(0, 0, 49, color, Stroke(edge, 2.5)),
        path("M-34 34A48 48 0 0 0 46 -10A56 56 0 0 1 -34 34Z", mix(color, "#0D0F12", 0.07)),
        dots,
        oval((-17, -25, 13, 7), shine),
    )


def zipper(d: str, t: Tones) -> str:
    """A zip along a path."""
    return path(d, "none", Stroke(t.deep, 9)) + path(d, "none", Stroke("#B9BEC4", 3.5, "1 6"))


def puller(x: float, y: float, turn: float = 0) -> str:
    """The puller that hangs on a zip."""
    return moved(
        f"translate({x:g} {y:g}) rotate({turn:g})",
        disc(0, 0, 7, _STEEL, Stroke(_STEEL_DARK, 2)),
        box((-5, 5, 10, 28), _STEEL, Stroke(_STEEL_DARK, 2), round_by=4),
    )


def snap_hook(x: float, y: float, size: float = 1) -> str:
    """A carabiner, hanging from (x, y)."""
    return moved(
        f"translate({x:g} {y:g}) scale({size:g})",
        path(
            "M0 0C26 0 30 22 26 44L18 84C14 100 -14 100 -18 84L-26 44C-30 22 -26 0 0 0Z",
            "none",
            Stroke(_STEEL_DARK, 13),
        ),
        path("M0 0C26 0 30 22 26 44L18 84C14 100 -14 100 -18 84L-26 44C-30 22 -26 0 0 0Z", "none", Stroke(_STEEL, 8)),
        path("M24 36L19 74", "none", Stroke("#FFFFFF", 5)),
    )


def button(x: float, y: float, t: Tones, radius: float = 7) -> str:
    """A shirt button."""
    return disc(x, y, radius, t.light, Stroke(t.line, 2)) + disc(x - 2, y, 1.3, t.deep) + disc(x + 2, y, 1.3, t.deep)


def iron(x: float, y: float, turn: float) -> str:
    """An iron, head up. Its shaft enters the bag at (x, y)."""
    return moved(
        f"translate({x:g} {y:g}) rotate({turn:g})",
        path("M0 0V-86", "none", Stroke(_STEEL_DARK, 6)),
        path("M-5 -82L-6 -104L38 -128Q48 -130 48 -116L44 -92Q42 -82 30 -82Z", _STEEL, Stroke(_STEEL_DARK, 3)),
        path("M4 -92L40 -104M4 -100L40 -114", "none", Stroke(_STEEL_DARK, 2)),
    )


def covered_wood(x: float, y: float, turn: float, t: Tones) -> str:
    """A wood under a headcover in the colour of the bag. It enters the bag at (x, y)."""
    outline = "M-20 0L-18 -52C-52 -70 -60 -128 -22 -146C16 -160 56 -138 54 -96C53 -76 36 -60 20 -52L22 0Z"
    return moved(
        f"translate({x:g} {y:g}) rotate({turn:g})",
        path(outline, FACE, Stroke(t.line, 3)),
        path("M-50 -98Q0 -76 54 -100L50 -82Q4 -60 -44 -80Z", t.print),
        path("M-18 -40H20M-19 -26H21M-19 -12H21", "none", Stroke(t.line, 3)),
    )


def strap(d: str, t: Tones, width: float = 26) -> str:
    """A padded strap along a path."""
    return (
        path(d, "none", Stroke(t.line, width + 5))
        + path(d, "none", Stroke(t.trim, width))
        + path(d, "none", Stroke(t.light, 2, "6 6"))
    )


def pocket(place: tuple[float, float, float, float], t: Tones, *, round_by: float = 22) -> str:
    """A raised pocket with a zip along its top."""
    x, y, width, height = place
    return (
        faded(0.25, box((x + 5, y + 7, width, height), t.deep, round_by=round_by))
        + box(place, FACE, Stroke(t.line, 3), round_by=round_by)
        + zipper(f"M{x + 20:g} {y + 22:g}H{x + width - 20:g}", t)
    )


def argyle(place: tuple[float, float], columns: int, rows: int, t: Tones) -> str:
    """Argyle diamonds with thin crossing lines, `place` at the middle of the first one; each 80 wide, 110 high."""
    middles = [(place[0] + c * 80, place[1] + r * 110, (c + r) % 2) for c in range(columns) for r in range(rows)]
    diamonds = "".join(
        path(f"M{x:g} {y - 55:g}l40 55l-40 55l-40 -55Z", (t.light, t.dark)[odd]) for x, y, odd in middles
    )
    lines = "".join(f"M{x - 40:g} {y - 55:g}l80 110M{x + 40:g} {y - 55:g}l-80 110" for x, y, _ in middles)
    return faded(0.75, diamonds) + faded(0.6, path(lines, "none", Stroke(t.print, 2, "8 6")))


def ribs(place: tuple[float, float, float, float], t: Tones, step: float = 12) -> str:
    """A ribbed knit edge at (x, y, width, height)."""
    x, y, width, height = place
    count = int(width / step)
    lines = "".join(f"M{x + step * (n + 0.5):g} {y + 5:g}v{height - 10:g}" for n in range(count))
    return box(place, t.base, Stroke(t.line, 3), round_by=7) + path(lines, "none", Stroke(t.dark, 4))
