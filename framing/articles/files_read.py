"""From a source to what its files gave, one file at a time; a file that cannot be read gives a reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from framing.articles.archive import is_zip, members
from framing.articles.files import MANIFEST, Listed, load, manifest_of, no_article
from framing.articles.formats import File, Reading, Unreadable, choose, importer
from framing.articles.formats.docx import is_docx
from framing.articles.formats.table import read_rows

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
        if is_zip(file.data) and not is_docx(file.data) and format is None:
            yield from _readings_in_archive(file, listed)
        else:
            yield _reading(file, format)


def _readings_in_archive(archive: File, listed: Listed) -> Iterator[tuple[str, Reading | Unreadable | None, Facts]]:
    facts = {"format": "zip"}
    try:
        inside = list(members(archive))
    except Unreadable as error:
        yield archive.name, error, facts
        return
    yield archive.name, None, {**facts, "reason": f"an archive of {len(inside)} files"}
    for name, file in inside:
        is_manifest = isinstance(file, File) and PurePosixPath(name).name == MANIFEST
        about, broken = manifest_of(file) if is_manifest and isinstance(file, File) else ({}, [])
        if about:
            folder = PurePosixPath(name).parent
            listed.about |= {(folder / path).as_posix(): row for path, row in about.items()}
            listed.ignored.append((name, "the manifest"))
            listed.missing += [(name, f"{where}: {why}") for where, why in broken]
        elif why := no_article(name):
            listed.ignored.append((name, why))
        elif isinstance(file, Unreadable):
            yield name, file, {}
        elif is_zip(file.data) and not is_docx(file.data):
            yield name, Unreadable("an archive within an archive; unpack it first"), facts
        else:
            yield _reading(file, None)


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
