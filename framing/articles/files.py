"""Which files a source holds, and the manifest that describes them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from framing.articles.decoding import is_docx, is_zip, open_zip, read_member
from framing.articles.fields import field_of, iso_date, reads_day_first
from framing.articles.formats import Reading, choose, importer
from framing.articles.formats.table import SUFFIXES as TABLES, read_rows, rows_of
from framing.articles.opened_file import File, Unreadable

LARGEST_TOTAL = 400_000_000
_OFFICE = {"xl/workbook.xml": "an Excel file; save it as CSV", "content.xml": "an OpenDocument file; save it as docx",
           "ppt/presentation.xml": "a PowerPoint file", "META-INF/container.xml": "an e-book"}
MANIFEST = "articles.csv"
CORRECTIONS = "zones.csv"  # zones of paragraphs corrected by hand
LARGEST_FILE = 50_000_000  # bytes of a file of text; an export of ten thousand articles is about that
LARGEST_TABLE = 150_000_000  # bytes of a table or an archive
# Files that lie beside articles and are none; anything else is read or named in the audit.
NO_ARTICLES = {".css", ".js", ".json5", ".map", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif",
               ".ico", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".mp3", ".mp4", ".webm", ".toml", ".yaml",
               ".yml", ".ini", ".cfg", ".lock", ".py", ".r", ".ipynb", ".sh", ".bib", ".pyc", ".url", ".webloc",
               ".lnk"}
BY_NAME = {"readme", "license", "licence", "changelog", "contributing", "thumbs.db", "desktop.ini"}


@dataclass
class Listed:
    """The files of a source: to read, set aside with a reason, and listed but not there."""

    files: list[tuple[str, Path]] = field(default_factory=list)
    ignored: list[tuple[str, str]] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)
    about: dict[str, dict[str, str]] = field(default_factory=dict)  # path -> what the manifest says of it
    corrections: list[dict[str, str]] = field(default_factory=list)  # rows of zones.csv


def list_files(source: Any) -> Listed:
    """The files of a folder, a file, or a list of either. Raises with one clear line where there are none."""
    if isinstance(source, str | os.PathLike):
        path = _existing(source)
        return _folder(path) if path.is_dir() else Listed(files=[(path.name, path)])
    if isinstance(source, Iterable) and not isinstance(source, bytes):
        return _list(list(source))
    raise TypeError(f"Articles are read from a folder, a file, a list of files or a table, not from "
                    f"{type(source).__name__}.")


def load(name: str, path: Path) -> File:
    """The bytes of one file. Raises `Unreadable` for one too large, or closed to us."""
    try:
        size = path.stat().st_size
        largest = LARGEST_TABLE if path.suffix.lower() in {*TABLES, ".zip"} else LARGEST_FILE
        if size > largest:
            raise Unreadable(f"{size / 1e6:,.0f} MB, more than the {largest / 1e6:,.0f} MB read at once; "
                             "split the file")
        if not path.is_file():
            raise Unreadable("not a regular file")
        return File(name, path.read_bytes())
    except OSError as error:
        raise Unreadable(f"cannot be opened ({error.strerror or error})") from None


def _existing(source: str | os.PathLike[str]) -> Path:
    if str(source).startswith(("http://", "https://")):
        raise ValueError(f"{str(source)[:100]} is a web address; nothing is downloaded here. "
                         "Save the page as HTML and give the file.")
    path = Path(source).expanduser()
    try:
        found = path.exists()
    except (OSError, ValueError):  # too long for a path, or with a NUL in it
        found = False
    if not found:
        shown = str(source)[:200]
        raise FileNotFoundError(f"There is no file or folder {shown!r}. Give the path of a folder of "
                                "articles, a file, a list of files, or a table with a column 'text'.")
    return path


def _list(items: list[Any]) -> Listed:
    listed = Listed()
    paths = []
    for item in items:
        if not isinstance(item, str | os.PathLike):
            raise TypeError(f"A list of articles holds paths, not {type(item).__name__}. For texts in memory "
                            "pass a table with a column 'text'.")
        path = _existing(item)
        paths += [(path, f) for f in _walk(path)] if path.is_dir() else [(path.parent, path)]
    if not paths:
        raise ValueError("The list of files is empty.")
    try:
        common = Path(os.path.commonpath([path.resolve().parent for _, path in paths]))
    except ValueError:
        common = None  # different drives
    for _, path in paths:
        name = path.resolve().relative_to(common).as_posix() if common else path.as_posix()
        listed.files.append((name, path))
    return listed


def _walk(folder: Path) -> list[Path]:
    """Every file below `folder` in a fixed order; links to folders are not followed."""
    paths = []
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__MACOSX")
        paths += [Path(here, name) for name in names]
    return sorted(paths, key=lambda path: path.relative_to(folder).parts)


def _folder(folder: Path) -> Listed:
    listed = Listed(corrections=_read_corrections(folder / CORRECTIONS))
    paths = [(path.relative_to(folder).as_posix(), path) for path in _walk(folder)]
    manifests = set()
    for name, path in paths:
        about, broken = read_manifest(path) if path.name == MANIFEST else ({}, [])
        if about:
            manifests.add(name)
            listed.missing += [(name, f"{where}: {why}") for where, why in broken]
            listed.about |= {(PurePosixPath(name).parent / inside).as_posix(): row for inside, row in about.items()}
    beside = {PurePosixPath(name).parent for name in listed.about}
    for name, path in paths:
        if name in manifests:
            listed.ignored.append((name, "the manifest"))
        elif listed.corrections and name == CORRECTIONS:
            listed.ignored.append((name, "zones corrected by hand"))
        elif name in listed.about:
            listed.files.append((name, path))
        elif why := no_article(name):
            listed.ignored.append((name, why))
        elif listed.about and (PurePosixPath(name).parent not in beside or path.suffix.lower() in TABLES):
            listed.ignored.append((name, f"not listed in {MANIFEST}"))
        else:
            listed.files.append((name, path))
    there = {name for name, _ in listed.files}
    for name in listed.about:
        if name not in there:
            outside = name.startswith("/") or ".." in PurePosixPath(name).parts
            listed.missing.append((name, f"listed in {MANIFEST}, but " +
                                   ("leads out of the folder" if outside else "there is no such file")))
    if not listed.files and not listed.missing:
        raise ValueError(f"The folder {str(folder)!r} holds no articles ({len(listed.ignored)} other files). "
                         "Put text, HTML, docx, rtf or CSV files in it, or give another folder.")
    return listed


def no_article(name: str) -> str:
    """Why a file of this name is surely no article, or ""."""
    path = PurePosixPath(name)
    if path.name.startswith((".", "~$")):
        return "a hidden file"
    if path.stem.lower() in BY_NAME or path.name.lower() in BY_NAME:
        return "about the folder, not an article"
    if path.suffix.lower() in NO_ARTICLES:
        return f"a {path.suffix.lower()} file, not an article"
    within_page = any(part.endswith("_files") for part in path.parts[:-1])
    if within_page and path.suffix.lower() in {".html", ".htm", ".txt", ""}:
        return "a part of a saved web page"
    return ""


def _read_corrections(path: Path) -> list[dict[str, str]]:
    """The rows of ``zones.csv``, or none where it is absent or is something else of that name."""
    try:
        rows = [dict(row) for row in rows_of(load(CORRECTIONS, path), [])] if path.is_file() else []
    except Unreadable:
        return []
    return rows if rows and {"line", "zone"} <= rows[0].keys() and {"article_id", "path"} & rows[0].keys() else []


def read_manifest(path: Path) -> tuple[dict[str, dict[str, str]], list[tuple[str, str]]]:
    """What ``articles.csv`` says of each file, and its broken rows; nothing where it is a table of articles."""
    try:
        return manifest_of(load(MANIFEST, path))
    except Unreadable:
        return {}, []


def manifest_of(file: File) -> tuple[dict[str, dict[str, str]], list[tuple[str, str]]]:
    """Path -> columns and the broken rows, as `read_manifest`, of a file already loaded."""
    broken: list[tuple[str, str]] = []
    try:
        rows = rows_of(file, broken)
    except Unreadable:
        return {}, []
    names = {name: field_of(name) for row in rows[:1] for name in row}
    if "path" not in names.values() or "text" in names.values():
        return {}, []
    ours = [{field: str(row[name]).strip() for name, field in names.items()
             if field and str(row[name]).strip()} for row in rows]
    day_first = reads_day_first(row.get("date") for row in ours)
    about = {}
    for row in ours:
        if "date" in row and (found := iso_date(row["date"], day_first=day_first)):
            row["date"] = found
        if row.get("path"):
            about[PurePosixPath(row.pop("path").replace("\\", "/")).as_posix()] = row
    return about, broken


# From a source to what its files gave, one file at a time; a file that cannot be read gives a reason.

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


def members(file: File) -> Iterator[tuple[str, File | Unreadable]]:
    """``(name, file)`` for each file in a zip archive, or ``(name, why it is not read)``, sorted by name."""
    total = 0
    with open_zip(file.data) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        names = {info.filename for info in infos}
        for mark, what in _OFFICE.items():
            if mark in names:
                raise Unreadable(f"not articles: the file is {what}")
        seen: set[str] = set()
        for info in sorted(infos, key=lambda info: info.filename):
            inside = info.filename.replace("\\", "/")
            name = f"{file.name}/{inside}"
            parts = PurePosixPath(inside).parts
            if inside.startswith("/") or ".." in parts or ":" in (parts[0] if parts else ""):
                yield name, Unreadable("refused: its path leads out of the archive")
                continue
            if inside in seen:
                yield name, Unreadable("a second file of the same name in the archive")
                continue
            seen.add(inside)
            if parts[0] == "__MACOSX":
                continue
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
