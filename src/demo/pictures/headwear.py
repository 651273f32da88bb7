"""Drawings of gloves and hats, in the units of an 800 x 800 picture."""

from src.demo.pictures.ink import Stroke, Tones, box, disc, emblem, moved, path, seam, wordmark
from src.demo.pictures.shapes import FACE, SHADE, SOFT, ribs

_FINGERS = (
    ("M318 380L268 196", 62),
    ("M374 350L356 132", 66),
    ("M436 350L446 122", 66),
    ("M494 370L534 164", 64),
    ("M520 530L640 404", 74),
)
_PALM = "M286 372Q290 330 330 330H486Q526 330 528 372L560 476Q572 520 540 556L516 596V640H298V596Q280 480 286 372Z"


def _hand(color: str, grow: float) -> str:
    """The silhouette of a hand in one colour. Draw it first larger in the outline colour, to give it one outline."""
    fingers = "".join(path(d, "none", Stroke(color, width + grow)) for d, width in _FINGERS)
    return fingers + path(_PALM, color, Stroke(color, max(grow, 1)))


def glove(t: Tones) -> str:
    """The back of a left glove."""
    knuckles = "".join(
        path(f"M{x - 17} {y}Q{x} {y - 16} {x + 17} {y}", "none", Stroke(t.line, 3))
        for x, y in ((314, 372), (374, 352), (436, 352), (493, 368))
    )
    holes = "".join(
        disc(x0 + (x1 - x0) * n / 5, y0 + (y1 - y0) * n / 5, 4, t.deep)
        for x0, y0, x1, y1 in ((305, 330, 276, 226), (371, 306, 360, 170), (438, 306, 445, 160), (502, 326, 526, 200))
        for n in range(6)
    )
    return (
        _hand(t.line, 6)
        + _hand(t.base, 0)
        + path("M500 556Q536 520 560 476L528 372Q520 470 500 556Z", t.dark)
        + path("M344 372L348 300M405 366V296M464 370L468 300", "none", Stroke(t.line, 4))
        + knuckles
        + holes
        + path("M528 520Q556 506 574 488", "none", seam(t.line))
        + path("M312 400Q400 372 498 400", "none", seam(t.line))
        + ribs((292, 592, 230, 62), t)
        + path(
            "M338 486Q338 466 358 466H512Q538 466 538 500Q538 534 512 534H358Q338 534 338 514Z",
            t.trim,
            Stroke(t.line, 3),
        )
        + path("M350 478H510M350 522H510", "none", seam(t.line, 2))
        + wordmark(434, 509, 23, t.trim_print)
        + emblem(402, 432, 22, t.print)
    )


def glove_pair(t: Tones) -> str:
    """A pair of warm gloves with long cuffs."""
    hand = (
        _hand(t.line, 6)
        + _hand(t.base, 0)
        + path("M344 372L348 300M405 366V296M464 370L468 300", "none", Stroke(t.line, 4))
        + path("M300 420Q400 388 506 420M298 448Q400 416 514 448", "none", seam(t.line))
        + path("M284 570Q404 592 530 570L546 700Q404 728 268 700Z", FACE, Stroke(t.line, 3))
        + path("M276 664Q404 690 540 664L546 704Q404 732 266 704Z", t.light, Stroke(t.line, 3))
        + box((286, 560, 244, 22), t.trim, Stroke(t.line, 3), round_by=8)
    )
    return (
        moved("translate(-70 140) scale(0.68)", hand)
        + moved("translate(870 140) scale(-0.68 0.68)", hand)
        + "".join(emblem(x, 480, 22, t.print) + wordmark(x + 1, 575, 17, t.print) for x in (205, 595))
    )


def cap(t: Tones) -> str:
    """A six-panel cap, from the side."""
    return (
        path("M632 430Q668 448 664 500L640 506Q612 486 612 452Z", t.deep)
        + path("M236 474C222 300 326 196 456 196C592 196 664 300 656 484Q450 440 236 474Z", FACE, Stroke(t.line, 3))
        + path("M452 198C380 214 336 320 342 456M460 198C520 220 556 320 558 458", "none", Stroke(t.line, 3))
        + path("M446 204C370 222 326 320 330 458M466 204C532 224 568 322 570 460", "none", seam(t.line, 2))
        + path("M236 474Q450 440 656 484L656 512Q450 472 238 500Z", t.dark, Stroke(t.line, 3))
        + path(
            "M238 470C156 476 92 514 62 566C56 584 72 592 92 586"
            "C200 548 340 540 486 534C516 532 526 512 506 494C450 452 330 460 238 470Z",
            SOFT,
            Stroke(t.line, 3),
        )
        + path(
            "M96 568C190 524 340 508 490 514M120 546C200 504 330 488 470 494M156 520C230 486 330 474 436 478",
            "none",
            seam(t.line, 2),
        )
        + disc(456, 196, 13, t.trim, Stroke(t.line, 3))
        + disc(404, 268, 6, t.deep)
        + disc(524, 276, 6, t.deep)
        + emblem(300, 380, 33, t.print)
        + wordmark(450, 404, 21, t.print)
    )


def bucket_hat(t: Tones) -> str:
    """A bucket hat with a ribbon."""
    return (
        path(
            "M232 466Q400 520 568 466L676 586Q692 616 656 630Q400 706 144 630Q108 616 124 586Z", SOFT, Stroke(t.line, 3)
        )
        + path(
            "M206 500Q400 562 594 500M180 532Q400 600 620 532M154 566Q400 638 646 566M140 598Q400 672 660 598",
            "none",
            seam(t.line, 2),
        )
        + path("M274 270Q400 212 526 270L570 474Q400 530 230 474Z", FACE, Stroke(t.line, 3))
        + path("M274 270Q400 318 526 270Q400 212 274 270Z", t.light, Stroke(t.line, 3))
        + path("M242 420Q400 470 558 420L570 476Q400 532 230 476Z", t.trim, Stroke(t.line, 3))
        + path("M400 294V444", "none", Stroke(t.line, 2.5))
        + disc(322, 334, 6, t.deep)
        + disc(478, 334, 6, t.deep)
        + emblem(400, 374, 36, t.print)
        + wordmark(402, 493, 21, t.trim_print)
    )


def visor(t: Tones) -> str:
    """A sun visor, open at the top."""
    return (
        path("M218 402C226 286 574 286 582 402", "none", Stroke(t.line, 53))
        + path("M218 402C226 286 574 286 582 402", "none", Stroke(t.deep, 47))
        + path(
            "M206 470Q400 404 594 470C664 520 672 606 632 650Q620 662 600 652"
            "Q400 580 200 652Q180 662 168 650C128 606 136 520 206 470Z",
            SOFT,
            Stroke(t.line, 3),
        )
        + path("M178 630Q400 556 622 630M172 600Q400 526 628 600M176 568Q400 494 624 568", "none", seam(t.line, 2))
        + path("M192 372Q400 300 608 372Q618 420 598 482Q400 412 202 482Q182 420 192 372Z", FACE, Stroke(t.line, 3))
        + path("M202 384Q400 314 598 384M206 468Q400 398 594 468", "none", seam(t.line, 2))
        + emblem(400, 380, 31, t.print)
        + moved("rotate(10 510 412)", wordmark(500, 404, 17, t.print))
    )


def beanie(t: Tones) -> str:
    """A knitted hat with a pompom."""
    tufts = "".join(
        moved(f"rotate({turn} 400 176)", path("M400 176L392 98L400 90L408 98Z", t.light, Stroke(t.line, 2)))
        for turn in range(0, 360, 15)
    )
    knit = "".join(
        path(f"M{x} 540C{x + bend} 400 {x + bend} 320 {400 + (x - 400) * 0.28:g} 236", "none", Stroke(t.dark, 5))
        for x, bend in ((250, 8), (290, 6), (330, 4), (370, 1), (410, -1), (450, -2), (490, -5), (530, -7), (556, -8))
    )
    return (
        tufts
        + disc(400, 176, 62, t.light, Stroke(t.line, 2))
        + path("M222 546C206 340 300 218 400 218C500 218 594 340 578 546Z", SOFT, Stroke(t.line, 3))
        + knit
        + ribs((204, 526, 392, 130), t, 20)
        + box((318, 556, 164, 68), SHADE, Stroke(t.line, 3), round_by=8)
        + wordmark(402, 599, 24, t.print)
    )
