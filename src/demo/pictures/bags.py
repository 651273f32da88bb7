"""Drawings of bags and pouches, in the units of an 800 x 800 picture."""

from src.demo.pictures.ink import Stroke, Tones, box, disc, emblem, moved, oval, path, seam, wordmark
from src.demo.pictures.shapes import (
    FACE,
    SHADE,
    SOFT,
    ball,
    covered_wood,
    iron,
    pocket,
    puller,
    snap_hook,
    strap,
    zipper,
)


def stand_bag(t: Tones) -> str:
    """A stand bag leaning on its two legs, clubs inside."""
    legs = "".join(
        path(f"M470 300L{x} {y}", "none", Stroke("#33373D", 12))
        + path(f"M470 300L{x} {y}", "none", Stroke("#9AA0A7", 4))
        + box((x - 22, y - 8, 44, 16), "#33373D", round_by=8)
        for x, y in ((590, 690), (660, 668))
    )
    body = (
        iron(366, 214, -10)
        + iron(446, 214, 12)
        + covered_wood(400, 220, -3, t)
        + strap("M306 262C180 300 190 470 318 520", t)
        + path("M292 206Q400 250 508 206L488 664Q400 696 312 664Z", FACE, Stroke(t.line, 3))
        + path("M288 196Q400 244 512 196L508 262Q400 306 292 262Z", t.trim, Stroke(t.line, 3))
        + path("M288 196Q400 244 512 196Q400 176 288 196Z", t.deep, Stroke(t.line, 3))
        + path("M310 620Q400 652 490 620L487 666Q400 698 313 666Z", t.trim, Stroke(t.line, 3))
        + path("M326 296L336 618M474 296L464 618", "none", seam(t.line))
        + pocket((342, 322, 116, 108), t)
        + pocket((338, 446, 124, 152), t)
        + puller(440, 346)
        + puller(442, 470)
        + wordmark(402, 398, 19, t.print)
        + emblem(400, 538, 27, t.print)
    )
    return legs + moved("rotate(-9 400 690)", body)


def caddie_bag(t: Tones) -> str:
    """A tour caddie bag, upright, with its side pockets."""
    return (
        iron(344, 206, -12)
        + iron(470, 206, 13)
        + covered_wood(372, 212, -8, t)
        + covered_wood(436, 214, 7, t)
        + strap("M282 262C170 330 176 480 284 560", t, 30)
        + path("M264 400Q226 420 230 500L238 600Q244 634 286 640Z", SHADE, Stroke(t.line, 3))
        + path("M536 400Q574 420 570 500L562 600Q556 634 514 640Z", SHADE, Stroke(t.line, 3))
        + path("M262 194Q400 246 538 194L524 672Q400 712 276 672Z", FACE, Stroke(t.line, 3))
        + path("M256 182Q400 240 544 182L538 260Q400 312 262 260Z", t.trim, Stroke(t.line, 3))
        + path("M256 182Q400 240 544 182Q400 152 256 182Z", t.deep, Stroke(t.line, 3))
        + path("M272 616Q400 656 528 616L524 674Q400 714 276 674Z", t.trim, Stroke(t.line, 3))
        + path("M312 290L318 626M488 290L482 626", "none", seam(t.line))
        + wordmark(402, 276, 23, t.trim_print)
        + pocket((332, 306, 136, 116), t)
        + pocket((326, 440, 148, 164), t)
        + puller(448, 330)
        + puller(454, 464)
        + emblem(400, 374, 26, t.print)
        + box((352, 506, 96, 66), t.trim, Stroke(t.line, 2.5), round_by=8)
        + wordmark(401, 545, 15, t.trim_print)
    )


def half_bag(t: Tones) -> str:
    """A light half bag for the practice range, with a few clubs."""
    body = (
        iron(378, 262, -9)
        + iron(424, 262, 11)
        + iron(402, 258, 1)
        + strap("M342 300C220 330 222 520 346 570", t, 20)
        + path("M332 256Q400 282 468 256L456 668Q400 690 344 668Z", FACE, Stroke(t.line, 3))
        + path("M328 244Q400 276 472 244L468 296Q400 322 332 296Z", t.trim, Stroke(t.line, 3))
        + path("M328 244Q400 276 472 244Q400 228 328 244Z", t.deep, Stroke(t.line, 3))
        + path("M343 636Q400 656 457 636L456 670Q400 692 344 670Z", t.trim, Stroke(t.line, 3))
        + box((374, 326, 52, 14), t.trim, Stroke(t.line, 2), round_by=7)
        + pocket((358, 440, 84, 168), t, round_by=18)
        + puller(424, 464)
        + emblem(400, 550, 22, t.print)
        + moved("rotate(90 400 388)", wordmark(400, 392, 15, t.print))
    )
    return moved("rotate(7 400 680)", body)


def travel_cover(t: Tones) -> str:
    """A padded travel cover for a golf bag, on wheels."""
    return (
        disc(310, 690, 24, "#33373D")
        + disc(490, 690, 24, "#33373D")
        + disc(310, 690, 9, "#9AA0A7")
        + disc(490, 690, 9, "#9AA0A7")
        + path("M352 116C352 78 448 78 448 116", "none", Stroke(t.trim, 16))
        + path(
            "M276 250C276 150 330 104 400 104C470 104 524 150 524 250L532 660Q532 686 506 686H294Q268 686 268 660Z",
            FACE,
            Stroke(t.line, 3),
        )
        + path("M268 560H532V660Q532 686 506 686H294Q268 686 268 660Z", t.trim, Stroke(t.line, 3))
        + zipper("M306 560L314 260C316 190 350 150 400 150C450 150 484 190 486 260L494 560", t)
        + puller(494, 540)
        + box((262, 326, 276, 22), t.trim, Stroke(t.line, 2.5))
        + box((262, 492, 276, 22), t.trim, Stroke(t.line, 2.5))
        + box((380, 318, 40, 38), "#33373D", round_by=6)
        + box((380, 484, 40, 38), "#33373D", round_by=6)
        + emblem(400, 244, 42, t.print)
        + wordmark(403, 436, 34, t.print)
        + path("M300 620H500M300 646H500", "none", Stroke(t.line, 3))
    )


def boston_bag(t: Tones) -> str:
    """A boston bag with two handles and a shoe compartment."""
    return (
        path("M262 330C262 140 538 140 538 330", "none", Stroke(t.line, 25))
        + path("M262 330C262 140 538 140 538 330", "none", Stroke(t.trim, 20))
        + path(
            "M190 330Q200 296 240 296H560Q600 296 610 330L668 590Q672 634 630 634H170Q128 634 132 590Z",
            SOFT,
            Stroke(t.line, 3),
        )
        + path("M190 330L132 590Q128 634 170 634H222L236 296Q200 298 190 330Z", SHADE, Stroke(t.line, 3))
        + path("M610 330L668 590Q672 634 630 634H578L564 296Q600 298 610 330Z", SHADE, Stroke(t.line, 3))
        + zipper("M214 316H586", t)
        + puller(566, 318, -20)
        + path("M282 634V360C282 210 300 186 400 186C500 186 518 210 518 360V634", "none", Stroke(t.line, 25))
        + path("M282 634V360C282 210 300 186 400 186C500 186 518 210 518 360V634", "none", Stroke(t.trim, 20))
        + path("M282 626V366M518 626V366", "none", seam(t.light, 2))
        + box((344, 178, 112, 32), t.dark, Stroke(t.line, 3), round_by=14)
        + box((306, 404, 188, 176), FACE, Stroke(t.line, 3), round_by=20)
        + zipper("M326 430H474", t)
        + puller(456, 432)
        + emblem(400, 490, 29, t.print)
        + wordmark(402, 554, 21, t.print)
        + path("M132 604Q400 616 668 604", "none", seam(t.line))
        + path("M176 634v14M624 634v14", "none", Stroke("#33373D", 18))
    )


def pouch(t: Tones) -> str:
    """A flat pouch with a wrist strap."""
    return (
        path(
            "M628 344C720 330 740 430 724 520C716 560 676 556 678 516C684 450 680 396 628 400",
            "none",
            Stroke(t.line, 19),
        )
        + path(
            "M628 344C720 330 740 430 724 520C716 560 676 556 678 516C684 450 680 396 628 400",
            "none",
            Stroke(t.trim, 14),
        )
        + path(
            "M150 320Q152 288 186 288H596Q630 288 632 320L644 560Q644 602 604 602H178Q138 602 138 560Z",
            SOFT,
            Stroke(t.line, 3),
        )
        + path(
            "M147 382L138 560Q138 602 178 602H604Q644 602 644 560L635 382Q390 404 147 382Z", SHADE, Stroke(t.line, 3)
        )
        + zipper("M178 332H604", t)
        + puller(206, 334, 18)
        + path("M160 580H622", "none", seam(t.line))
        + box((606, 328, 34, 32), t.trim, Stroke(t.line, 2.5), round_by=6)
        + emblem(391, 468, 40, t.print)
        + wordmark(394, 556, 26, t.print)
    )


def ball_pouch(t: Tones) -> str:
    """A small pouch for two balls that hangs on the belt."""
    return (
        snap_hook(400, 96, 1.5)
        + box((372, 214, 56, 84), t.trim, Stroke(t.line, 3), round_by=12)
        + ball(342, 300, 66)
        + ball(456, 294, 66)
        + path(
            "M262 316Q400 356 538 316L560 560C562 640 500 676 400 676C300 676 238 640 240 560Z", FACE, Stroke(t.line, 3)
        )
        + path("M256 306Q400 348 544 306L548 366Q400 408 252 366Z", t.trim, Stroke(t.line, 3))
        + path("M262 322Q400 362 538 322", "none", seam(t.line))
        + path("M262 590C276 636 330 654 400 654C470 654 524 636 538 590", "none", seam(t.line))
        + box((386, 372, 28, 60), "#33373D", round_by=8)
        + disc(400, 420, 9, "#C3C8CE")
        + emblem(400, 514, 44, t.print)
        + wordmark(402, 606, 23, t.print)
    )


def shoe_bag(t: Tones) -> str:
    """A shoe bag with a carrying handle and air holes."""
    holes = "".join(disc(306 + c * 22, 596 + r * 22, 5, t.deep) for c in range(3) for r in range(2))
    holes += "".join(disc(450 + c * 22, 596 + r * 22, 5, t.deep) for c in range(3) for r in range(2))
    shoe = (
        "M318 470C318 436 346 424 366 436C384 452 404 462 436 468C472 474 492 484 492 504C492 512 486 516 476 516H332"
        "Q318 516 318 502Z"
    )
    return (
        path("M338 214C338 120 462 120 462 214", "none", Stroke(t.line, 27))
        + path("M338 214C338 120 462 120 462 214", "none", Stroke(t.trim, 22))
        + path(
            "M236 300C240 228 280 204 400 204C520 204 560 228 564 300L584 640Q586 678 546 678H254Q214 678 216 640Z",
            FACE,
            Stroke(t.line, 3),
        )
        + zipper("M256 560L268 314C272 262 308 242 400 242C492 242 528 262 532 314L544 560", t)
        + puller(544, 556)
        + path("M222 560H578L584 640Q586 678 546 678H254Q214 678 216 640Z", t.trim, Stroke(t.line, 3))
        + holes
        + path(shoe, "none", Stroke(t.print, 6))
        + path("M318 494H492M372 446L388 434M392 456L406 444", "none", Stroke(t.print, 6))
        + wordmark(402, 346, 31, t.print)
        + path("M330 372H470", "none", Stroke(t.print, 3))
    )


def cooler_bag(t: Tones) -> str:
    """A cooler bag for drinks, seen a little from above."""
    flake = "".join(
        moved(f"rotate({turn})", path("M0 0V-44M0 -26L-13 -39M0 -26L13 -39", "none", Stroke(t.print, 6)))
        for turn in range(0, 360, 60)
    )
    return (
        strap("M208 330C170 60 640 60 606 330", t, 22)
        + path("M196 316L250 244H566L612 316Z", t.light, Stroke(t.line, 3))
        + path("M606 316L650 268V588L606 652Z", t.dark, Stroke(t.line, 3))
        + path("M612 316L650 268L566 244Z", t.light, Stroke(t.line, 3))
        + box((190, 316, 420, 340), SOFT, Stroke(t.line, 3), round_by=20)
        + path("M190 340Q190 316 214 316H586Q610 316 610 340V388H190Z", SHADE, Stroke(t.line, 3))
        + zipper("M206 388H594", t)
        + puller(560, 390)
        + box((250, 432, 300, 176), FACE, Stroke(t.line, 3), round_by=16)
        + box((258, 440, 284, 160), "none", seam(t.line), round_by=12)
        + moved("translate(400 498)", flake)
        + wordmark(402, 582, 24, t.print)
        + oval((400, 280, 62, 9), t.trim)
    )
