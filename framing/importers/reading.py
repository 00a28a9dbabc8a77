"""From a source to what its files gave, one file at a time; a file that cannot be read gives a reason."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from framing.importers import File, Reading, Unreadable, choose, importer
from framing.importers.archive import entries, is_zip, members, open_zip, refuse_bomb
from framing.importers.docx import is_docx
from framing.importers.excel import is_workbook
from framing.importers.files import (
    MADE_BY_US,
    MANIFEST,
    RUN,
    WRITTEN,
    Listed,
    is_run,
    load,
    manifest_of,
    no_article,
)
from framing.importers.table import read_rows

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
            refuse_bomb(opened, len(archive.data))
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
        module = importer(format) if format else choose(file)
        facts["format"] = module.NAME
        reading: Reading | Unreadable = module.read(file)
    except Unreadable as error:
        reading = error
    except (ValueError, LookupError, TypeError, AttributeError, OSError, ArithmeticError, RecursionError,
            NotImplementedError, AssertionError, MemoryError) as error:  # a file no importer foresaw
        reading = Unreadable(f"damaged, or not really {facts.get('format', 'text')} ({type(error).__name__}: "
                             f"{str(error)[:80]})")
    if "decoded" in file.__dict__:
        facts["encoding"] = file.decoded[1]
    return file.name, reading, facts
