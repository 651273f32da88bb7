"""Check product pictures: only stored pictures may be shown, and pictures in use are kept from the upload sweep."""

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from src.app.product.errors import ImageUnknown
from src.app.product.models import Product, ProductImage
from src.common.media.addresses import FOLDER, path_of, paths_in
from src.common.media.errors import UploadNotFound
from src.common.media.uploads import ids_of, take_all
from src.common.models.upload import Upload
from src.core.configs import settings

AT_ONCE: Final = 200


async def pictures_shown(paths: frozenset[str]) -> set[str]:
    """Return the pictures among `paths` that a colour of a product or a detail page uses. See `media.references`.

    Detail texts are read only for pictures that no colour uses, AT_ONCE products at a time: the texts may be many and
    long.
    """
    shown = {str(path) for path in await ProductImage.filter(path__in=list(paths)).values_list("path", flat=True)}
    return shown | await _in_details(paths - shown) if paths - shown else shown


async def _in_details(paths: frozenset[str]) -> set[str]:
    found: set[str] = set()
    last = 0
    while True:
        window = Product.filter(id__gt=last, detail__contains=f"{FOLDER}/").order_by("id").limit(AT_ONCE)
        rows = await window.values_list("id", "detail")
        for row_id, detail in rows:
            found |= paths_in(detail) & paths
            last = row_id
        if len(rows) < AT_ONCE:
            return found


async def refuse_missing(paths: Sequence[str]) -> None:
    """Raise ImageUnknown with every path that is no file below the media folder. Checks the files in a thread. Paths of
    uploads are left to `lock_uploads`: they may be in an object storage."""
    if own := {path for path in paths if path_of(path) is None}:
        missing = await asyncio.to_thread(_missing, sorted(own), settings().server.state_dir / "media")
        if missing:
            raise ImageUnknown(images=missing)


async def missing(paths: Iterable[str]) -> frozenset[str]:
    """Return the paths that are neither an upload nor a file below the media folder. One query, and a thread."""
    wanted = frozenset(paths)
    uploads = {path for path in wanted if path_of(path) is not None}
    known = set(await ids_of(uploads)) if uploads else set()
    own = sorted(wanted - uploads)
    lost = await asyncio.to_thread(_missing, own, settings().server.state_dir / "media") if own else []
    return frozenset({*(uploads - known), *lost})


async def lock_uploads(paths: Sequence[str]) -> None:
    """Lock the uploads among these paths in the open transaction, so that the sweep does not delete them.

    Call it before other rows are locked. Raises ImageUnknown with the paths that are no longer uploads, or with all
    uploads' paths if the sweep deleted one of them between the query and the lock.
    """
    wanted = {path for path in paths if path_of(path) is not None}
    rows = dict(await Upload.filter(path__in=list(wanted)).values_list("path", "id")) if wanted else {}
    try:
        await take_all(list(rows.values()))
    except UploadNotFound:  # the sweep deleted an upload between the query and the lock
        raise ImageUnknown(images=sorted(wanted)) from None
    if missing := sorted(wanted - rows.keys()):
        raise ImageUnknown(images=missing)


def _missing(paths: Sequence[str], media: Path) -> list[str]:
    root = media.resolve()

    def is_stored(path: str) -> bool:
        file = (media / path).resolve()  # a link may lead out of the folder
        return file.is_relative_to(root) and file.is_file()

    return [path for path in paths if not is_stored(path)]
