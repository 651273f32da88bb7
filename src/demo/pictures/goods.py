"""Drawings of balls and accessories, in the units of an 800 x 800 picture."""

from itertools import pairwise

from src.demo.pictures.ink import (
    Letters,
    Stroke,
    Tones,
    box,
    disc,
    emblem,
    faded,
    mix,
    moved,
    oval,
    path,
    seam,
    wordmark,
    words,
)
from src.demo.pictures.shapes import FACE, SHADE, SOFT, ball, ribs, snap_hook

_BOX = Tones.of("#22303C")
_STEEL = Tones.of("#C3C8CE")


def ball_box(t: Tones) -> str:
    """A dozen box of balls with three of them in front."""
    return (
        path("M150 236L212 176H640L590 236Z", _BOX.light, Stroke(_BOX.dark, 3))
        + path("M590 236L640 176V500L590 566Z", _BOX.dark, Stroke(_BOX.deep, 3))
        + box((150, 236, 440, 330), _BOX.base, Stroke(_BOX.dark, 3), round_by=4)
        + path("M150 430L590 330V420L150 520Z", t.base)
        + path("M590 330L640 270V350L590 420Z", t.dark)
        + path("M150 536L590 436", "none", Stroke(t.base, 6))
        + emblem(208, 300, 30, "#F3F1EA")
        + wordmark(366, 314, 40, "#F3F1EA")
        + words("12 GOLF BALLS", 266, 368, Letters(size=19, fill="#AEB6BE", weight=600, spacing=2))
        + ball(250, 610, 84, t.base)
        + ball(430, 626, 84, t.base)
        + ball(606, 606, 84, t.base)
        + moved("rotate(-8 430 626)", wordmark(432, 632, 19, t.print))
    )


def tee_set(t: Tones) -> str:
    """Five tees of different lengths, a ball on the longest."""

    def tee(x: float, top: float) -> str:
        return (
            path(
                f"M{x - 40} {top}Q{x} {top + 14} {x + 40} {top}Q{x + 34} {top + 34} {x + 13} {top + 60}L{x + 11} 640"
                f"L{x} 690L{x - 11} 640L{x - 13} {top + 60}Q{x - 34} {top + 34} {x - 40} {top}Z",
                FACE,
                Stroke(t.line, 3),
            )
            + oval((x, top, 40, 10), t.light, Stroke(t.line, 3))
            + "".join(path(f"M{x - 12} {y}H{x + 12}", "none", Stroke(t.print, 7)) for y in (540, 562, 584))
        )

    return (
        tee(196, 400)
        + tee(298, 340)
        + ball(400, 214, 66)
        + tee(400, 276)
        + tee(502, 340)
        + tee(604, 400)
        + moved("rotate(-8 400 214)", wordmark(401, 219, 15, "#2A2D33"))
    )


def ball_marker(t: Tones) -> str:
    """A ball marker and the clip that holds it on a cap."""
    return (
        moved(
            "rotate(-14 250 430)",
            path(
                "M172 250Q172 190 232 190H268Q328 190 328 250V600Q328 660 268 660H232Q172 660 172 600Z",
                _STEEL.base,
                Stroke(_STEEL.line, 4),
            ),
            path("M196 262Q196 214 236 214H264Q304 214 304 262V596Q304 636 264 636H236Q196 636 196 596Z", _STEEL.light),
            disc(250, 540, 64, _STEEL.dark, Stroke(_STEEL.line, 3)),
            disc(250, 540, 16, _STEEL.deep),
            wordmark(252, 330, 20, "#4A4D52"),
        )
        + disc(480, 384, 190, _STEEL.base, Stroke(_STEEL.line, 4))
        + disc(480, 384, 172, FACE, Stroke(t.line, 4))
        + disc(480, 384, 150, "none", Stroke(t.print, 4, "3 9"))
        + emblem(480, 352, 74, t.print)
        + wordmark(484, 478, 34, t.print)
    )


def divot_tool(t: Tones) -> str:
    """A divot tool with a magnetic marker in its head."""
    return moved(
        "rotate(24 400 400)",
        path(
            "M330 250C330 130 470 130 470 250L462 470C460 510 452 530 448 560"
            "L436 716Q432 726 428 716L420 570Q400 544 380 570"
            "L372 716Q368 726 364 716L352 560C348 530 340 510 338 470Z",
            _STEEL.base,
            Stroke(_STEEL.line, 4),
        ),
        path(
            "M348 260C348 156 452 156 452 260L444 470Q440 520 428 540Q400 522 372 540Q360 520 356 470Z",
            FACE,
            Stroke(t.line, 3),
        ),
        disc(400, 234, 50, _STEEL.light, Stroke(_STEEL.line, 4)),
        disc(400, 234, 40, t.trim, Stroke(t.line, 3)),
        emblem(400, 234, 25, t.print),
        moved("rotate(90 400 400)", wordmark(402, 409, 27, t.print)),
    )


def towel(t: Tones) -> str:
    """A folded towel that hangs on a hook."""
    waffle = "".join(f"M{x} 260V640" for x in range(268, 540, 30)) + "".join(
        f"M244 {y}H556" for y in range(270, 640, 30)
    )
    return (
        snap_hook(400, 92, 1.15)
        + path("M372 228Q400 196 428 228L556 268V650H500L470 250Z", t.dark, Stroke(t.line, 3))
        + path("M240 268L386 222Q400 216 414 222L556 268V662Q400 676 240 662Z", SOFT, Stroke(t.line, 3))
        + faded(0.55, path(waffle, "none", Stroke(t.dark, 2)))
        + disc(400, 240, 15, _STEEL.base, Stroke(_STEEL.line, 3))
        + disc(400, 240, 7, t.deep)
        + path("M240 560Q400 574 556 560V606Q400 620 240 606Z", t.trim)
        + path("M240 624Q400 638 556 624", "none", Stroke(t.trim, 7))
        + box((312, 356, 176, 136), SHADE, Stroke(t.line, 2.5), round_by=10)
        + emblem(400, 408, 32, t.print)
        + wordmark(402, 474, 22, t.print)
    )


def umbrella(t: Tones) -> str:
    """An open golf umbrella."""
    ribs_at = (92, 195, 298, 400, 502, 605, 708)
    panels = "".join(
        path(
            f"M400 132Q{_lean(left)} 210 {left} 430Q{(left + right) / 2:g} 384 {right} 430Q{_lean(right)} 210 400 132Z",
            (SOFT, t.print if t.print != "#2A2D33" else t.trim)[n % 2],
            Stroke(t.line, 3),
        )
        for n, (left, right) in enumerate(pairwise(ribs_at))
    )
    return (
        path("M400 400V640", "none", Stroke(_STEEL.line, 13))
        + path("M400 400V640", "none", Stroke(_STEEL.base, 7))
        + box((384, 590, 32, 114), "#33373D", Stroke("#1C1F24", 3), round_by=14)
        + path("M388 622H412M388 640H412M388 658H412", "none", Stroke("#6B7178", 3))
        + panels
        + path("M400 132V100", "none", Stroke("#33373D", 11))
        + emblem(352, 344, 24, t.print)
    )


def _lean(x: int) -> int:
    return round(400 + (x - 400) * 0.78)


def belt(t: Tones) -> str:
    """A belt, rolled up, with a plate buckle."""
    holes = "".join(oval((x, 514 - (x - 560) * 0.16, 6, 8), t.deep) for x in (560, 590, 620))
    return (
        path("M122 340C122 230 678 230 678 340V430C678 330 122 330 122 430Z", t.deep, Stroke(t.line, 3))
        + path("M160 372C200 300 600 300 640 372L640 430C590 360 210 360 160 430Z", t.dark, Stroke(t.line, 3))
        + path("M122 340C122 480 678 480 678 340V446C678 588 122 588 122 446Z", FACE, Stroke(t.line, 3))
        + path("M128 362C140 486 660 486 672 362M128 436C140 566 660 566 672 436", "none", seam(t.line, 2))
        + holes
        + box((316, 428, 168, 140), _STEEL.base, Stroke(_STEEL.line, 4), round_by=16)
        + box((332, 444, 136, 108), _STEEL.light, Stroke(_STEEL.line, 2.5), round_by=10)
        + emblem(400, 486, 28, "#4A4D52")
        + wordmark(401, 540, 17, "#4A4D52")
        + box((500, 436, 26, 126), t.trim, Stroke(t.line, 3), round_by=6)
    )


def socks(t: Tones) -> str:
    """A pair of crew socks."""
    outline = (
        "M206 116H344V430Q346 462 378 482L500 552C560 590 540 666 470 662"
        "C420 660 380 640 340 622L238 574Q202 556 204 510Z"
    )

    def sock(x: float, y: float) -> str:
        return moved(
            f"translate({x:g} {y:g})",
            path(outline, FACE, Stroke(t.line, 3)),
            path("M204 452Q262 470 262 528Q262 560 246 578L238 574Q202 556 204 510Z", t.trim, Stroke(t.line, 3)),
            path(
                "M470 535L500 552C560 590 540 666 470 662Q446 661 424 655Q426 576 470 535Z", t.trim, Stroke(t.line, 3)
            ),
            path("M206 216H344M206 236H344", "none", Stroke(t.print, 7)),
            ribs((200, 108, 150, 74), t),
        )

    return sock(90, 26) + sock(-40, 0) + emblem(236, 316, 32, t.print) + wordmark(238, 384, 18, t.print)


def headcover(t: Tones) -> str:
    """A driver headcover with a knitted neck."""
    tufts = "".join(
        moved(f"rotate({turn} 400 124)", path("M400 124L391 60L400 52L409 60Z", t.light, Stroke(t.line, 2)))
        for turn in range(0, 360, 18)
    )
    return (
        tufts
        + disc(400, 124, 48, t.light, Stroke(t.line, 2))
        + path(
            "M400 158C520 158 578 236 574 326C570 410 506 440 482 490H318"
            "C294 440 230 410 226 326C222 236 280 158 400 158Z",
            FACE,
            Stroke(t.line, 3),
        )
        + path("M236 276Q400 330 564 276Q572 300 574 330Q400 384 226 330Q227 300 236 276Z", t.print, Stroke(t.line, 2))
        + path("M400 160V296M400 352V490", "none", seam(t.line))
        + wordmark(402, 332, 30, t.trim if t.print != "#2A2D33" else t.light)
        + words("1", 440, 446, Letters(size=66, fill=t.print, weight=800))
        + emblem(352, 422, 28, t.print)
        + ribs((316, 484, 168, 204), t, 14)
        + box((312, 534, 176, 22), t.trim, Stroke(t.line, 2.5), round_by=6)
        + box((312, 574, 176, 22), t.trim, Stroke(t.line, 2.5), round_by=6)
    )


def putter_cover(t: Tones) -> str:
    """A cover for a blade putter."""
    return (
        path("M548 330L600 150", "none", Stroke(_STEEL.line, 22))
        + path("M548 330L600 150", "none", Stroke(_STEEL.base, 15))
        + path(
            "M150 420Q150 336 234 332L500 322L520 258Q526 240 546 244L606 258"
            "Q626 264 622 284L606 340Q656 356 656 420V500"
            "Q656 580 576 580H230Q150 580 150 500Z",
            SOFT,
            Stroke(t.line, 3),
        )
        + path("M150 476H656V500Q656 580 576 580H230Q150 580 150 500Z", SHADE, Stroke(t.line, 3))
        + path("M168 500Q172 562 232 562H574Q634 562 638 500", "none", seam(t.line))
        + path("M520 334L540 262M606 340L590 400Q584 420 564 420H520", "none", Stroke(t.line, 3))
        + emblem(248, 408, 42, t.print)
        + wordmark(412, 424, 40, t.print)
        + path("M230 528H576", "none", Stroke(mix(t.print, t.base, 0.2), 5))
    )
