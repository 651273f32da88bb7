"""Uploaded sheets: how large they are, and their content in pieces."""

import hashlib
from collections.abc import AsyncIterator
from typing import BinaryIO, Final

from fastapi import UploadFile

from src.common.work import task_files

PIECE: Final = 1024 * 1024


def measured(file: BinaryIO) -> tuple[int, str]:
    """Return the size in bytes and the SHA-256 of a file. Blocks: call it in a thread."""
    file.seek(0)
    size, digest = 0, hashlib.sha256()
    while piece := file.read(PIECE):
        size += len(piece)
        digest.update(piece)
    return size, digest.hexdigest()


def pieces_of(file: UploadFile) -> task_files.Pieces:
    """Return a function that yields the file from its beginning, each time it is called."""

    async def pieces() -> AsyncIterator[bytes]:
        await file.seek(0)
        while piece := await file.read(PIECE):
            yield piece

    return pieces
