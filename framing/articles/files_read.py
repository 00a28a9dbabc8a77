"""From a source to what its files gave, one file at a time; a file that cannot be read gives a reason."""

from __future__ import annotations

import stat
import time
import zipfile
from collections.abc import Iterator
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from framing.articles.decoding import is_docx, is_workbook, is_zip, open_zip, read_member, refuse_bomb
from framing.articles.files import MADE_BY_US, MANIFEST, RUN, WRITTEN, Listed, is_run, load, manifest_of, no_article
from framing.articles.formats import Reading, choose, importer
from framing.articles.formats.table import read_rows
from framing.articles.opened_file import File, Unreadable

LARGEST_TOTAL = 400_000_000  # bytes that an archive unpacks to
# Time for reading what is in an archive: enough for any honest one (a packed MB is some three hundred pages), too
# little for one that was made to keep a reader busy.
SECONDS, SECONDS_PER_MB = 20, 60
_OFFICE = {
    "xl/workbook.bin": "an Excel file in binary; save it as xlsx or CSV",
    "content.xml": "an OpenDocument file; save it as docx",
    "ppt/presentation.xml": "a PowerPoint file",
    "META-INF/container.xml": "an e-book",
}
Facts = dict[str, Any]  # encoding, format and reason of a file, for its row of the audit


def readings(source: Any, listed: Listed,
             format: str | None) -> Iterator[tuple[str, Reading | Unreadable | None, Facts]]:
    """Each file's name, what it gave (why nothing; None for an archive, whose files follow), and facts."""
    if isinstance(source, pd.DataFrame):
        if len(source) == 0 and "text" in source:
            return
        try:
            rows = source.to_dict("records")
            yield "", read_rows(rows, [], keep_empty=True), {"format": "table"}
        except Unreadable as error:
            raise ValueError(f"This table cannot be read: {error}.") from None
        return
    for name, path in listed.files:
        try:
            file = load(name, path)
        except Unreadable as error:
            yield name, error, {}
            continue
        if is_zip(file.data) and not is_docx(file.data) and not is_workbook(file.data) and format is None:
            yield from _readings_in_archive(file, listed)
        else:
            yield _reading(file, format)


def _readings_in_archive(archive: File, listed: Listed) -> Iterator[tuple[str, Reading | Unreadable | None, Facts]]:
    facts = {"format": "zip"}
    try:
        with open_zip(archive.data) as opened:
            refuse_bomb(opened, len(archive.data), LARGEST_TOTAL)
            n_files = len(entries(opened))
        described = _manifests(archive, listed)
        made = _outputs(archive)
        inside = members(archive, without=frozenset(described))
        first = next(inside, None)
    except Unreadable as error:
        yield archive.name, error, facts
        return
    yield archive.name, None, {**facts, "reason": f"an archive of {n_files:,} files"}
    listed.ignored += [(f"{archive.name}/{folder}".rstrip("/"), MADE_BY_US) for folder in sorted(made)]
    for name, file in chain([first] if first else [], inside):
        if _within(name.removeprefix(f"{archive.name}/"), made):
            continue
        if name != archive.name and (why := no_article(name)):
            listed.ignored.append((name, why))
        elif isinstance(file, Unreadable):
            yield name, file, {}
        elif is_zip(file.data) and not is_docx(file.data) and not is_workbook(file.data):
            yield name, Unreadable("an archive within an archive; unpack it first"), facts
        else:
            yield _reading(file, None)


def _manifests(archive: File, listed: Listed) -> set[str]:
    """Names of the manifests in an archive; what they say of its files is added to `listed`."""
    found = set()
    for name, file in members(archive, only=MANIFEST):
        about, broken = manifest_of(file) if isinstance(file, File) else ({}, [])
        if about:
            found.add(name.removeprefix(f"{archive.name}/"))
            folder = PurePosixPath(name).parent
            listed.about |= {(folder / path).as_posix(): row for path, row in about.items()}
            listed.ignored.append((name, "the manifest"))
            listed.missing += [(name, f"{where}: {why}") for where, why in broken]
    return found


def _outputs(archive: File) -> set[str]:
    """Folders of an archive that an earlier run wrote, told by their manifest."""
    return {PurePosixPath(name.removeprefix(f"{archive.name}/")).parent.as_posix()
            for name, file in members(archive, only=RUN) if isinstance(file, File) and is_run(file.data)}


def _within(name: str, folders: set[str]) -> bool:
    """Whether a file was written by a run into one of `folders`; at the top of an archive, by the names runs use."""
    path = PurePosixPath(name)
    return any((folder == "." and path.parts[0] in WRITTEN) or (
        folder != "." and path.is_relative_to(folder)) for folder in folders)


def _reading(file: File, format: str | None) -> tuple[str, Reading | Unreadable, Facts]:
    facts: Facts = {}
    try:
        known = importer(format) if format else choose(file)
        facts["format"] = known.name
        reading: Reading | Unreadable = known.read(file)
    except Unreadable as error:
        reading = error
    except (ValueError, LookupError, TypeError, AttributeError, OSError, ArithmeticError, RecursionError,
            NotImplementedError, AssertionError, MemoryError) as error:  # a file no importer foresaw
        reading = Unreadable(f"damaged, or not really {facts.get('format', 'text')} ({type(error).__name__}: "
                             f"{str(error)[:80]})")
    if "decoded" in file.__dict__:
        facts["encoding"] = file.decoded[1]
    return file.name, reading, facts


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
