"""Tones of a colour, and the basic SVG shapes of the pictures.

Every function returns SVG text. Coordinates are in the units of the picture (800 x 800 for products).
"""

from dataclasses import dataclass
from html import escape
from typing import NamedTuple, Self

FONT = "'Helvetica Neue',Helvetica,Arial,'Apple SD Gothic Neo','Malgun Gothic','Noto Sans KR',sans-serif"
_BLACK = "#0D0F12"
_WHITE = "#FFFFFF"


def _channels(code: str) -> tuple[int, int, int]:
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def mix(one: str, other: str, share: float) -> str:
    """Return the colour between two `#RRGGBB`; `share` 0 gives the first, 1 the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(_channels(one), _channels(other), strict=True))
    return f"#{red:02X}{green:02X}{blue:02X}"


def lightness(code: str) -> float:
    """Return the perceived lightness of a colour, 0 (black) to 1 (white)."""
    red, green, blue = _channels(code)
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Tones:
    """Tones of one colour for a drawing: faces, edges and print. Each tone is visible on the others."""

    base: str
    light: str
    """The lit side."""
    dark: str
    """The shaded side."""
    deep: str
    """Openings and folds."""
    line: str
    """Outlines and seams."""
    trim: str
    """Straps, zips and ribs: a muted second colour."""
    print: str
    """Letters and logos."""
    trim_print: str
    """Letters on the trim."""

    @classmethod
    def of(cls, color_code: str) -> Self:
        """Return the tones of a `#RRGGBB`. Dark colours get light seams, light colours dark ones."""
        light = lightness(color_code)
        if light < 0.3:
            return cls(
                base=color_code,
                light=mix(color_code, _WHITE, 0.2),
                dark=mix(color_code, _BLACK, 0.4),
                deep=mix(color_code, _BLACK, 0.65),
                line=mix(color_code, _WHITE, 0.36),
                trim=mix(color_code, _WHITE, 0.14),
                print="#F3F1EA",
                trim_print="#F3F1EA",
            )
        return cls(
            base=color_code,
            light=mix(color_code, _WHITE, 0.5),
            dark=mix(color_code, _BLACK, 0.14),
            deep=mix(color_code, _BLACK, 0.42),
            line=mix(color_code, _BLACK, 0.34),
            trim=mix(color_code, _BLACK, 0.55 if light > 0.6 else 0.3),
            print="#2A2D33" if light > 0.6 else "#F6F4EE",
            trim_print="#F6F4EE",
        )


class Stroke(NamedTuple):
    """A line: colour, width and, for seams, the dash pattern."""

    color: str
    width: float = 3
    dash: str = ""

    def __str__(self) -> str:
        dashes = f' stroke-dasharray="{self.dash}"' if self.dash else ""
        return (
            f' stroke="{self.color}" stroke-width="{self.width:g}" stroke-linejoin="round" stroke-linecap="round"'
            f"{dashes}"
        )


def seam(color: str, width: float = 2.5) -> Stroke:
    """A stitched line."""
    return Stroke(color, width, "7 6")


def path(d: str, fill: str = "none", stroke: Stroke | None = None) -> str:
    """A path."""
    return f'<path d="{d}" fill="{fill}"{stroke or ""}/>'


def box(
    place: tuple[float, float, float, float], fill: str, stroke: Stroke | None = None, *, round_by: float = 0
) -> str:
    """A rectangle at (x, y, width, height)."""
    x, y, width, height = place
    corner = f' rx="{round_by:g}"' if round_by else ""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"{corner} fill="{fill}"{stroke or ""}/>'


def oval(place: tuple[float, float, float, float], fill: str, stroke: Stroke | None = None) -> str:
    """An ellipse at (centre x, centre y, radius x, radius y)."""
    x, y, rx, ry = place
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{rx:g}" ry="{ry:g}" fill="{fill}"{stroke or ""}/>'


def disc(x: float, y: float, radius: float, fill: str, stroke: Stroke | None = None) -> str:
    """A circle."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{fill}"{stroke or ""}/>'


def moved(transform: str, *parts: str) -> str:
    """A group of shapes under an SVG transform."""
    return f'<g transform="{transform}">{"".join(parts)}</g>'


def faded(opacity: float, *parts: str) -> str:
    """The shapes with an opacity from 0 (invisible) to 1 (solid)."""
    return f'<g opacity="{opacity:g}">{"".join(parts)}</g>'


def mirrored(*parts: str) -> str:
    """The shapes, and the same shapes mirrored at the vertical middle of a product picture (x = 400)."""
    body = "".join(parts)
    return body + moved("translate(800 0) scale(-1 1)", body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Typography of words: size in units, weight, letter spacing in units and text anchor."""

    size: float
    fill: str
    weight: int = 700
    spacing: float = 0
    anchor: str = "middle"


def words(content: str, x: float, y: float, letters: Letters) -> str:
    """One line of text, escaped."""
    return (
        f'<text x="{x:g}" y="{y:g}" font-family="{FONT}" font-size="{letters.size:g}" font-weight="{letters.weight}"'
        f' letter-spacing="{letters.spacing:g}" text-anchor="{letters.anchor}" fill="{letters.fill}">'
        f"{escape(content)}</text>"
    )


def wordmark(x: float, y: float, size: float, fill: str) -> str:
    """The name of the brand, centred on x."""
    return words("MICGOLF", x, y, Letters(size=size, fill=fill, weight=800, spacing=round(size * 0.14, 1)))


def emblem(x: float, y: float, radius: float, fill: str) -> str:
    """The brand's emblem, centred: a flag on a green in a ring."""
    scale = radius / 50
    return moved(
        f"translate({x:g} {y:g}) scale({scale:.3f})",
        disc(0, 0, 46, "none", Stroke(fill, 6)),
        path("M-8 28V-30L22 -17L-8 -4", "none", Stroke(fill, 7)),
        path("M-26 30Q0 18 26 30", "none", Stroke(fill, 6)),
    )
