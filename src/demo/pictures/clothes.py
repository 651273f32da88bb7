"""Drawings of clothing, in the units of an 800 x 800 picture."""

from src.demo.pictures.ink import Stroke, Tones, box, emblem, mirrored, moved, oval, path, seam, wordmark
from src.demo.pictures.shapes import FACE, SHADE, SOFT, argyle, button, puller, ribs, zipper

_SHORT_SLEEVE = "M232 214C196 226 176 252 164 286L112 412Q160 446 228 452L266 352Z"
_LONG_SLEEVE = "M236 212C204 224 188 250 180 290L112 600Q106 634 122 640L176 652Q192 654 198 634L266 372Z"
_BODY = "M330 168L232 212Q262 300 250 380L244 672Q400 696 556 672L550 380Q538 300 568 212L470 168Q400 206 330 168Z"


def _collar(t: Tones) -> str:
    return (
        oval((400, 178, 66, 24), t.deep)
        + path("M330 164Q400 176 470 164Q462 196 400 214Q338 196 330 164Z", t.deep)
        + path("M326 160Q340 146 352 152Q376 202 400 218L364 272Q330 232 314 182Z", SHADE, Stroke(t.line, 3))
        + path("M474 160Q460 146 448 152Q424 202 400 218L436 272Q470 232 486 182Z", SHADE, Stroke(t.line, 3))
    )


def _placket(t: Tones) -> str:
    return (
        path("M384 222H416V356H384Z", SOFT, Stroke(t.line, 2.5))
        + path("M389 350H411", "none", Stroke(t.line, 2))
        + button(400, 256, t)
        + button(400, 294, t)
        + button(400, 332, t)
    )


def polo_shirt(t: Tones) -> str:
    """A short-sleeved polo shirt."""
    return (
        mirrored(
            path(_SHORT_SLEEVE, SHADE, Stroke(t.line, 3)),
            path("M124 384Q170 416 236 424L228 452Q160 446 112 412Z", t.trim, Stroke(t.line, 3)),
        )
        + path(_BODY, SOFT, Stroke(t.line, 3))
        + path("M245 648Q400 672 555 648", "none", seam(t.line, 2))
        + path("M270 402Q284 470 276 560M530 402Q516 470 524 560", "none", Stroke(t.dark, 4))
        + path("M244 436Q400 456 556 436L557 478Q400 498 243 478Z", t.trim)
        + _placket(t)
        + _collar(t)
        + emblem(486, 312, 22, t.print)
        + moved("rotate(-2 300 330)", wordmark(312, 318, 13, t.print))
    )


def long_polo(t: Tones) -> str:
    """A long-sleeved polo shirt with ribbed cuffs."""
    cuff = moved("rotate(12 146 648)", box((106, 622, 84, 40), t.trim, Stroke(t.line, 3), round_by=8))
    return (
        mirrored(path(_LONG_SLEEVE, SHADE, Stroke(t.line, 3)), cuff)
        + path(_BODY, SOFT, Stroke(t.line, 3))
        + path("M245 648Q400 672 555 648", "none", seam(t.line, 2))
        + path("M270 410Q284 480 276 570M530 410Q516 480 524 570", "none", Stroke(t.dark, 4))
        + _placket(t)
        + _collar(t)
        + emblem(486, 312, 22, t.print)
        + wordmark(402, 424, 27, t.print)
    )


def knit(t: Tones) -> str:
    """A round-necked sweater with argyle on the chest."""
    cuff = moved("rotate(12 146 640)", ribs((104, 602, 86, 56), t))
    return (
        mirrored(path(_LONG_SLEEVE, SHADE, Stroke(t.line, 3)), cuff)
        + path(_BODY, SOFT, Stroke(t.line, 3))
        + argyle((320, 420), 3, 1, t)
        + ribs((240, 628, 320, 56), t)
        + path("M330 166Q400 262 470 166", "none", Stroke(t.line, 29))
        + path("M330 166Q400 262 470 166", "none", Stroke(t.base, 23))
        + path("M342 150Q400 230 458 150Q400 172 342 150Z", t.deep)
        + path("M334 176Q400 250 466 176", "none", Stroke(t.dark, 3, "2 8"))
        + emblem(486, 300, 20, t.print)
        + wordmark(402, 592, 22, t.print)
    )


def vest(t: Tones) -> str:
    """A V-necked sleeveless vest with argyle."""
    body = "M326 152L272 176Q304 290 244 372L240 672Q400 696 560 672L556 372Q496 290 528 176L474 152L400 330Z"
    return (
        path("M326 152Q400 186 474 152L400 322Z", t.deep)
        + path(body, SOFT, Stroke(t.line, 3))
        + argyle((320, 430), 3, 2, t)
        + mirrored(
            path("M284 178Q316 292 258 372", "none", Stroke(t.line, 25)),
            path("M284 178Q316 292 258 372", "none", Stroke(t.trim, 19)),
        )
        + path("M330 162L400 326L470 162", "none", Stroke(t.line, 25))
        + path("M330 162L400 326L470 162", "none", Stroke(t.trim, 19))
        + ribs((236, 630, 328, 56), t)
        + emblem(486, 330, 20, t.print)
        + wordmark(402, 614, 17, t.print)
    )


def wind_jacket(t: Tones) -> str:
    """A wind jacket with a stand collar and a full zip."""
    cuff = moved("rotate(12 146 648)", box((104, 626, 86, 32), t.trim, Stroke(t.line, 3), round_by=8))
    return (
        mirrored(path(_LONG_SLEEVE, SHADE, Stroke(t.line, 3)), cuff)
        + path(_BODY, SOFT, Stroke(t.line, 3))
        + path(
            "M330 168L232 212Q252 268 253 320Q330 352 400 352Q470 352 547 320Q548 268 568 212L470 168Z",
            t.trim,
            Stroke(t.line, 3),
        )
        + path("M338 122Q400 104 462 122L476 196Q400 222 324 196Z", FACE, Stroke(t.line, 3))
        + path("M338 122Q400 104 462 122Q400 140 338 122Z", t.deep)
        + zipper("M400 136V676", t)
        + puller(400, 196)
        + mirrored(zipper("M284 500L306 596", t))
        + box((242, 644, 316, 34), t.trim, Stroke(t.line, 3), round_by=8)
        + path("M270 400Q284 440 280 480M530 400Q516 440 520 480", "none", Stroke(t.dark, 4))
        + emblem(484, 288, 22, t.trim_print)
        + wordmark(316, 296, 16, t.trim_print)
    )


def trousers(t: Tones) -> str:
    """Tapered trousers with creases."""
    leg = "M400 124H292L262 330L254 684Q300 698 350 688L400 330Z"
    return (
        mirrored(
            path(leg, FACE, Stroke(t.line, 3)),
            path("M318 250L304 684", "none", Stroke(t.dark, 4)),
            path("M298 190Q330 196 342 160", "none", Stroke(t.line, 3)),
            path("M255 664Q300 676 352 668", "none", seam(t.line, 2)),
        )
        + path("M290 110H510L514 158H286Z", t.trim, Stroke(t.line, 3))
        + path("M400 158V260Q398 286 380 290", "none", seam(t.line))
        + "".join(box((x, 104, 16, 60), t.base, Stroke(t.line, 2.5), round_by=4) for x in (318, 466))
        + button(400, 134, t, 9)
        + emblem(470, 214, 17, t.print)
    )


def shorts(t: Tones) -> str:
    """Knee-length shorts."""
    leg = "M400 196H276L226 600Q290 628 372 614L400 420Z"
    return (
        mirrored(
            path(leg, FACE, Stroke(t.line, 3)),
            path("M314 320L300 606", "none", Stroke(t.dark, 4)),
            path("M262 270Q306 280 330 236", "none", Stroke(t.line, 3)),
            path("M230 574Q292 602 375 588", "none", seam(t.line, 2)),
        )
        + path("M270 180H530L536 238H264Z", t.trim, Stroke(t.line, 3))
        + path("M400 238V340Q398 372 372 378", "none", seam(t.line))
        + "".join(box((x, 172, 20, 74), t.base, Stroke(t.line, 2.5), round_by=5) for x in (308, 472))
        + button(400, 209, t, 10)
        + emblem(496, 306, 20, t.print)
    )


def skirt(t: Tones) -> str:
    """A pleated skirt."""
    hems = (160, 228, 296, 365, 435, 504, 572, 640)
    waists = (286, 318, 351, 384, 416, 449, 482, 514)
    pleats = "".join(
        path(
            f"M{waists[n]} 250L{hems[n]} {_hem(hems[n])}L{hems[n + 1]} {_hem(hems[n + 1])}L{waists[n + 1]} 250Z",
            SOFT if n % 2 else SHADE,
            Stroke(t.line, 3),
        )
        for n in range(7)
    )
    return (
        pleats
        + path("M174 570Q400 640 626 570", "none", Stroke(t.print, 8))
        + path("M280 192Q400 212 520 192L526 254Q400 276 274 254Z", t.trim, Stroke(t.line, 3))
        + path("M280 206Q400 226 520 206M276 242Q400 264 524 242", "none", seam(t.line, 2))
        + wordmark(402, 242, 19, t.trim_print)
        + emblem(498, 320, 19, t.print)
    )


def _hem(x: int) -> int:
    return round(640 - ((x - 400) / 240) ** 2 * 40)
