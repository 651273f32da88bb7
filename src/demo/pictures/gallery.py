"""Write the demo shop's pictures to a folder, in the layout of the image addresses."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from src.demo.catalogue import BANNERS, PRODUCTS
from src.demo.pictures.banners import draw_banner
from src.demo.pictures.frame import VIEWS, draw_product

_READABLE = 0o644


def picture_path(product_code: str, color_index: int, view: int) -> str:
    """Return the path of a product's picture relative to the folder. It has slashes and also ends the picture's
    address."""
    return f"products/{product_code}/{color_index}-{view}.svg"


def banner_path(number: int) -> str:
    """Return the path of a banner's picture relative to the folder."""
    return f"banners/{number}.svg"


def write_pictures(folder: Path) -> list[str]:
    """Write every picture of the demo shop under `folder`, about 2 KB to 20 KB each. Return their paths below it.

    It may be repeated and may run in several processes at once: a file with the same content is not written, and a
    different one is replaced atomically, so that a reader never sees half a picture. Other files are not touched.
    """
    written = []
    for relative, drawing in _pictures():
        _put(folder / relative, drawing.encode())
        written.append(relative)
    return written


def _pictures() -> Iterator[tuple[str, str]]:
    for product in PRODUCTS:
        for color_index, color in enumerate(product.colors):
            for view in range(VIEWS):
                relative = picture_path(product.product_code, color_index, view)
                yield relative, draw_product(product.picture, color.code, view)
    for banner in BANNERS:
        yield banner_path(banner.number), draw_banner(banner)


def _put(target: Path, content: bytes) -> None:
    try:
        if target.read_bytes() == content:
            return
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, prefix=".", suffix=".part", delete=False) as file:
        part = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), _READABLE)
            part.replace(target)
        except BaseException:
            part.unlink()
            raise
