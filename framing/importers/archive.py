"""Zip archives: each file in them is read as if it lay in a folder, within bounds; bombs and paths out are refused.

An archive is judged first by its own list of files (how many, how large unpacked, how much of it overlaps), refused
whole in one line where that list is no honest archive's, and then unpacked file by file, no further than allowed.
"""

from __future__ import annotations

import io
import stat
import time
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from framing.importers.base import File, Unreadable

MOST_FILES = 20_000
LARGEST_MEMBER = 50_000_000  # bytes, unpacked
LARGEST_TOTAL = 400_000_000
HIGHEST_RATIO = 200  # unpacked to packed size; text packs ten to one, bombs a thousand to one
SMALL = 5_000_000  # bytes unpacked, all together, below which no archive is called a bomb
# Time for reading what is in an archive: enough for any honest one (a packed MB is some three hundred pages), too
# little for one that was made to keep a reader busy.
SECONDS, SECONDS_PER_MB = 20, 60
_CHUNK = 1 << 20
_OFFICE = {
    "xl/workbook.bin": "an Excel file in binary; save it as xlsx or CSV",
    "content.xml": "an OpenDocument file; save it as docx",
    "ppt/presentation.xml": "a PowerPoint file",
    "META-INF/container.xml": "an e-book",
}


def is_zip(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive, its list of files read. Raises `Unreadable` where it is damaged or has too many files."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(f"a damaged archive ({str(error)[:80]})") from None
    if len(archive.infolist()) > MOST_FILES:
        raise Unreadable(f"refused: an archive of {len(archive.infolist()):,} files, more than {MOST_FILES:,}")
    return archive


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, largest: int = LARGEST_MEMBER) -> bytes:
    """The bytes of one file, unpacked no further than `largest`. Raises `Unreadable` with the reason."""
    if info.flag_bits & 1:
        raise Unreadable("protected by a password")
    if info.file_size > largest:
        raise Unreadable(f"refused: {info.file_size / 1e6:,.0f} MB unpacked, more than {largest / 1e6:,.0f} MB")
    if _is_bomb(info):
        raise Unreadable(f"refused: packed {info.file_size // max(info.compress_size, 1)} to one, as only a zip "
                         "bomb is")
    chunks, size = [], 0
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > largest:  # what the archive says of its sizes need not be true
                    raise Unreadable(f"refused: more than {largest / 1e6:,.0f} MB unpacked")
                chunks.append(chunk)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, NotImplementedError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"damaged in the archive ({str(error)[:80]})") from None
    except Exception as error:  # zlib.error and its like from other packers
        raise Unreadable(f"damaged in the archive ({str(error)[:80]})") from None
    return b"".join(chunks)


def refuse_bomb(archive: zipfile.ZipFile, packed: int, largest: int | None = None, *, whole: bool = False) -> None:
    """Raise `Unreadable` where the archive's own list of files shows that it was made to overwhelm a reader.

    Single files that unpack to too much are left to `read_member`, unless the archive is read as a `whole`.
    """
    infos = archive.infolist()
    largest = LARGEST_TOTAL if largest is None else largest
    total = sum(info.file_size for info in infos if whole or not _is_bomb(info))
    if total > SMALL and total > HIGHEST_RATIO * max(packed, 1):
        raise Unreadable(f"refused: {len(infos):,} files of {total / 1e6:,.0f} MB packed {total // max(packed, 1)} to "
                         "one, as only a zip bomb is")
    if sum(info.compress_size for info in infos) > packed:
        raise Unreadable("refused: its files overlap within the archive, as only a zip bomb's do")
    if total > largest:
        raise Unreadable(f"refused: the archive unpacks to more than {largest / 1e6:,.0f} MB; unpack it and give the "
                         "folder")


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > 1_000_000 and info.file_size > HIGHEST_RATIO * max(info.compress_size, 1)


class Deadline:
    """The time that one archive may take, by its size."""

    def __init__(self, packed: int) -> None:
        self.seconds = SECONDS + SECONDS_PER_MB * packed / 1e6
        self._ends = time.monotonic() + self.seconds

    @property
    def passed(self) -> bool:
        return time.monotonic() > self._ends


def members(
    file: File, *, only: str = "", without: frozenset[str] = frozenset()
) -> Iterator[tuple[str, File | Unreadable]]:
    """``(name, file)`` for each file in a zip archive, or ``(name, why it is not read)``, sorted by name.

    One file is unpacked at a time. With `only`, files of that name alone; `without` leaves out names (in the archive).
    """
    total = 0
    deadline = Deadline(len(file.data))
    with open_zip(file.data) as archive:
        infos = entries(archive)
        names = {info.filename for info in infos}
        for mark, what in _OFFICE.items():
            if mark in names:
                raise Unreadable(f"not articles: the file is {what}")
        seen: set[str] = set()
        for number, info in enumerate(infos):
            inside = info.filename.replace("\\", "/")
            name = f"{file.name}/{inside}"
            parts = PurePosixPath(inside).parts
            if (only and (not parts or parts[-1] != only)) or inside in without:
                continue
            if inside.startswith("/") or ".." in parts or ":" in (parts[0] if parts else ""):
                yield name, Unreadable("refused: its path leads out of the archive")
                continue
            if inside in seen:
                yield name, Unreadable("a second file of the same name in the archive")
                continue
            seen.add(inside)
            if not parts or parts[0] == "__MACOSX":
                continue
            if stat.S_ISLNK(info.external_attr >> 16):
                yield name, Unreadable("a link to another file, not a file")
                continue
            if deadline.passed:
                yield file.name, Unreadable(f"reading the archive took longer than the {deadline.seconds:,.0f} seconds "
                                            f"that one of its size is given; its last {len(infos) - number:,} files "
                                            "were not read. Unpack it and give the folder")
                return
            try:
                data = read_member(archive, info)
                total += len(data)
                if total > LARGEST_TOTAL:
                    raise Unreadable(f"refused: the archive unpacks to more than {LARGEST_TOTAL / 1e6:,.0f} MB")
                yield name, File(name, data)
            except Unreadable as error:
                yield name, error
                if total > LARGEST_TOTAL:
                    return


def entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of an archive, sorted by name, without its folders."""
    return sorted((info for info in archive.infolist() if not info.is_dir()), key=lambda info: info.filename)
