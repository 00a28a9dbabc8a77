"""Zip archives: opened and unpacked within bounds; bombs are refused."""

from __future__ import annotations

import io
import zipfile

from framing.articles.decoding import Unreadable

MOST_FILES = 20_000
LARGEST_MEMBER = 50_000_000  # bytes, unpacked
HIGHEST_RATIO = 200  # unpacked to packed size; text packs ten to one, bombs a thousand to one
_CHUNK = 1 << 20


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
    if info.file_size > 1_000_000 and info.file_size > HIGHEST_RATIO * max(info.compress_size, 1):
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
