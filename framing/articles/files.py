"""Which files a source holds, the manifest that describes them, and what each file gave or why it gave nothing."""

from __future__ import annotations

import os
import stat
import time
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from framing.articles.decoding import File, Unreadable, is_docx, is_workbook, is_zip, open_zip, read_member, refuse_bomb
from framing.articles.fields import excel_date, field_of, is_missing, iso_date, reads_day_first
from framing.articles.formats import Reading, choose, importer
from framing.articles.formats.table import SUFFIXES as TABLES, read_rows, rows_of
from framing.tables import COLUMNS
from framing.text.unicode import did_you_mean

MANIFEST = "articles.csv"
CORRECTIONS = "zones.csv"  # zones of paragraphs corrected by hand
LARGEST_FILE = 50_000_000  # bytes of a file of text; an export of ten thousand articles is about that
LARGEST_TABLE = 150_000_000  # bytes of a table or an archive
# What a run of `framing analyze` leaves in its folder; kept here by name, since nothing else in it is an article.
RUN = "manifest.json"
WRITTEN = {RUN, "report.html", "tables", "figures"}
MADE_BY_US = "written by an earlier run of framing, not articles"
_RUN_MARKS = (b'"framing"', b'"corpus_sha256"')
LARGEST_RUN = 64_000_000  # bytes of such a manifest: a line per article
# Files that lie beside articles and are none; anything else is read or named in the audit.
NO_ARTICLES = set(
    """
    .css .js .json5 .map .png .jpg .jpeg .gif .svg .webp .avif .ico .woff .woff2 .ttf .otf .eot .mp3 .mp4 .webm
    .toml .yaml .yml .ini .cfg .lock .py .r .ipynb .sh .bib .pyc .url .webloc .lnk
""".split()
)
BY_NAME = {"readme", "license", "licence", "changelog", "contributing", "thumbs.db", "desktop.ini"}


@dataclass
class Listed:
    """The files of a source: to read, set aside with a reason, and listed but not there."""

    files: list[tuple[str, Path]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    ignored: list[tuple[str, str]] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)
    about: dict[str, dict[str, str]] = field(default_factory=dict)  # path -> what the manifest says of it
    corrections: list[dict[str, str]] = field(default_factory=list)  # rows of zones.csv


def list_files(source: Any) -> Listed:
    """The files of a folder, a file, or a list of either. Raises with one clear line where there are none."""
    if isinstance(source, str | os.PathLike):
        path = _existing(source)
        return _folder(path) if path.is_dir() else Listed(files=[(shown(path.name), path)])
    if isinstance(source, Iterable) and not isinstance(source, bytes):
        return _list(list(source))
    raise TypeError(
        f"Articles are read from a folder, a file, a list of files or a table, not from {type(source).__name__}."
    )


def load(name: str, path: Path) -> File:
    """The bytes of one file. Raises `Unreadable` for one too large, or closed to us."""
    try:
        size = path.stat().st_size
        largest = LARGEST_TABLE if path.suffix.lower() in {*TABLES, ".zip"} else LARGEST_FILE
        if size > largest:
            raise Unreadable(
                f"{size / 1e6:,.0f} MB, more than the {largest / 1e6:,.0f} MB read at once; split the file"
            )
        if not path.is_file():
            raise Unreadable("not a regular file")
        return File(name, path.read_bytes())
    except OSError as error:
        raise Unreadable(f"cannot be opened ({error.strerror or error})") from None


def _existing(source: str | os.PathLike[str]) -> Path:
    if str(source).startswith(("http://", "https://")):
        raise ValueError(
            f"{str(source)[:100]} is a web address; nothing is downloaded here. "
            "Save the page as HTML and give the file."
        )
    path = Path(source).expanduser()
    try:
        found = path.exists()
    except (OSError, ValueError):  # too long for a path, or with a NUL in it
        found = False
    if not found:
        shown = str(source)[:200]
        raise FileNotFoundError(
            f"There is no file or folder {shown!r}.{did_you_mean(path)} Give the path of a folder of "
            "articles, a file, a list of files, or a table with a column 'text'."
        )
    return path


def _list(items: list[Any]) -> Listed:
    listed = Listed()
    paths = []
    for item in items:
        if not isinstance(item, str | os.PathLike):
            raise TypeError(
                f"A list of articles holds paths, not {type(item).__name__}. For texts in memory "
                "pass a table with a column 'text'."
            )
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
        listed.files.append((shown(name), path))
    listed.files = _apart(listed.files)
    return listed


def shown(name: str) -> str:
    """A file's name as text that can be written anywhere: bytes that are no UTF-8 and control characters replaced."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join("\ufffd" if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in text)


def _apart(files: list[tuple[str, Path]]) -> list[tuple[str, Path]]:
    """The files, each under a name of its own, where two names are shown alike."""
    used: set[str] = set()
    apart = []
    for name, path in files:
        pure, copy, unique = PurePosixPath(name), 2, name
        while unique in used:
            unique, copy = pure.with_name(f"{pure.stem}~{copy}{pure.suffix}").as_posix(), copy + 1
        used.add(unique)
        apart.append((unique, path))
    return apart


def _walk(folder: Path) -> list[Path]:
    """Every file below `folder` in a fixed order; links to folders are not followed."""
    paths = []
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__MACOSX")
        paths += [Path(here, name) for name in names]
    return sorted(paths, key=lambda path: path.relative_to(folder).parts)


def is_run(data: bytes) -> bool:
    """Whether these bytes are the ``manifest.json`` that a run of framing wrote."""
    return data.lstrip().startswith(b"{") and all(mark in data for mark in _RUN_MARKS)


def _outputs(paths: list[Path]) -> set[Path]:
    """Folders that an earlier run wrote: told by its manifest or, where it was stopped before that, by its audit."""
    found = set()
    for path in paths:
        try:
            if path.name == RUN and path.stat().st_size <= LARGEST_RUN and is_run(path.read_bytes()):
                found.add(path.parent)
            elif path.name == "audit.csv" and path.parent.name == "tables" and _starts_like_an_audit(path):
                found.add(path.parent.parent)
        except OSError:
            continue  # it is read, and named, as any other file
    return found


def _starts_like_an_audit(path: Path) -> bool:
    with path.open("rb") as file:
        return ",".join(COLUMNS["audit"]).encode() in file.read(500)


def _made_by_a_run(path: Path, folder: Path, outputs: set[Path]) -> bool:
    """Whether a run wrote this file; where it wrote beside the articles themselves, by the names that runs use."""
    return any(
        (made == folder and path.relative_to(folder).parts[0] in WRITTEN) or (made != folder and made in path.parents)
        for made in outputs
    )


def _link_out(path: Path, folder: Path) -> str:
    """Why a link is not read: it leads out of the folder, or to a file that is read itself; else ""."""
    if not path.is_symlink():
        return ""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return ""  # a loop or a dead end, which opening it will say
    if target.is_relative_to(folder.resolve()):
        return ""
    return "a link to a file outside the folder; copy the file into it" if target.is_file() else ""


def _linked_twice(path: Path, folder: Path) -> bool:
    try:
        return path.is_symlink() and path.is_file() and path.resolve(strict=True).is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return False


def _folder(folder: Path) -> Listed:
    listed = Listed(corrections=_read_corrections(folder / CORRECTIONS))
    walked = _walk(folder)
    outputs = _outputs(walked)
    listed.ignored += [(shown(made.relative_to(folder).as_posix()), MADE_BY_US) for made in sorted(outputs)]
    walked = [path for path in walked if not _made_by_a_run(path, folder, outputs)]
    paths = _apart([(shown(path.relative_to(folder).as_posix()), path) for path in walked])
    listed.refused += [
        (shown(link.relative_to(folder).as_posix()), "a link to a folder outside this one; copy the folder")
        for link in _folders_linked_out(folder)
    ]
    manifests = set()
    for name, path in paths:
        if path.name == MANIFEST and _link_out(path, folder):
            continue
        about, broken = read_manifest(path) if path.name == MANIFEST else ({}, [])
        if about:
            manifests.add(name)
            listed.missing += [(name, f"{where}: {why}") for where, why in broken]
            listed.about |= {(PurePosixPath(name).parent / inside).as_posix(): row for inside, row in about.items()}
    beside = {PurePosixPath(name).parent for name in listed.about}
    refused = set()
    for name, path in paths:
        if name in manifests:
            listed.ignored.append((name, "the manifest"))
        elif listed.corrections and name == CORRECTIONS:
            listed.ignored.append((name, "zones corrected by hand"))
        elif why := _link_out(path, folder):
            refused.add(name)
            listed.refused.append((name, why))
        elif name in listed.about:
            listed.files.append((name, path))
        elif why := no_article(name):
            listed.ignored.append((name, why))
        elif _linked_twice(path, folder):
            listed.ignored.append((name, "a link to another file of the folder, which is read itself"))
        elif listed.about and (PurePosixPath(name).parent not in beside or path.suffix.lower() in TABLES):
            listed.ignored.append((name, f"not listed in {MANIFEST}"))
        else:
            listed.files.append((name, path))
    there = {name for name, _ in listed.files} | refused
    for name in listed.about:
        if name not in there:
            outside = name.startswith("/") or ".." in PurePosixPath(name).parts
            listed.missing.append(
                (
                    name,
                    f"listed in {MANIFEST}, but " + ("leads out of the folder" if outside else "there is no such file"),
                )
            )
    if not listed.files and not listed.missing and not listed.refused:
        raise ValueError(
            f"The folder {str(folder)!r} holds no articles ({len(listed.ignored)} other files). "
            "Put text, HTML, docx, rtf or CSV files in it, or give another folder."
        )
    return listed


def _folders_linked_out(folder: Path) -> list[Path]:
    """Links to folders that lie outside `folder`; those within it are read where they are."""
    links = []
    for here, folders, _ in os.walk(folder):
        links += [
            path
            for name in sorted(folders)
            if (path := Path(here, name)).is_symlink()
            and not name.startswith(".")
            and not path.resolve().is_relative_to(folder.resolve())
        ]
        folders[:] = [name for name in folders if not name.startswith(".")]
    return links


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
    ours = [
        {field: str(row[name]).strip() for name, field in names.items() if field and not is_missing(row[name])}
        for row in rows
    ]
    day_first = reads_day_first(row.get("date") for row in ours)
    about = {}
    for row in ours:
        if written := row.pop("date", None):
            if found := iso_date(written, day_first=day_first) or (
                excel_date(written) if is_workbook(file.data) else None
            ):
                row["date"] = found
            else:
                row["problem"] = f"date {written[:40]!r} not understood or open to two readings"
        if row.get("path"):
            about[PurePosixPath(row.pop("path").replace("\\", "/")).as_posix()] = row
    return about, broken


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


def readings(
    source: Any, listed: Listed, format: str | None
) -> Iterator[tuple[str, Reading | Unreadable | None, Facts]]:
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
        made = _packed_outputs(archive)
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


def _packed_outputs(archive: File) -> set[str]:
    """Folders of an archive that an earlier run wrote, told by their manifest."""
    return {
        PurePosixPath(name.removeprefix(f"{archive.name}/")).parent.as_posix()
        for name, file in members(archive, only=RUN)
        if isinstance(file, File) and is_run(file.data)
    }


def _within(name: str, folders: set[str]) -> bool:
    """Whether a file was written by a run into one of `folders`; at the top of an archive, by the names runs use."""
    path = PurePosixPath(name)
    return any(
        (folder == "." and path.parts[0] in WRITTEN) or (folder != "." and path.is_relative_to(folder))
        for folder in folders
    )


def _reading(file: File, format: str | None) -> tuple[str, Reading | Unreadable, Facts]:
    facts: Facts = {}
    try:
        known = importer(format) if format else choose(file)
        facts["format"] = known.name
        reading: Reading | Unreadable = known.read(file)
    except Unreadable as error:
        reading = error
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        OSError,
        ArithmeticError,
        RecursionError,
        NotImplementedError,
        AssertionError,
        MemoryError,
    ) as error:  # a file no importer foresaw
        reading = Unreadable(
            f"damaged, or not really {facts.get('format', 'text')} ({type(error).__name__}: {str(error)[:80]})"
        )
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
                yield (
                    file.name,
                    Unreadable(
                        f"reading the archive took longer than the {deadline.seconds:,.0f} seconds "
                        f"that one of its size is given; its last {len(infos) - number:,} files "
                        "were not read. Unpack it and give the folder"
                    ),
                )
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
