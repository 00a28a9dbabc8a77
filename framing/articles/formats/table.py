"""Tables: CSV, TSV, JSON, JSON lines, Parquet; one article per row, column names as people have them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from framing.articles.fields import iso_date, match, reads_day_first
from framing.articles.opened_file import File, Found, Reading, Unreadable
from framing.tables import COLUMNS

NAME = "table"
SUFFIXES = {".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet"}
DELIMITERS = ",;\t|"
_LISTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")  # a list of names written out: "['Ann Lee', 'Bo Ek']"
_SEPARATOR = re.compile(r"\s*\"?sep=([,;\t|])\"?[ \t]*\r?\n", re.I)  # Excel's first line that names its delimiter
csv.field_size_limit(50_000_000)


def sniff(file: File) -> bool:
    if file.data.startswith(b"PAR1"):
        return True
    return file.suffix in SUFFIXES - {".parquet"} and bool(file.opening)


def read(file: File) -> Reading:
    """One article per row. Raises `Unreadable` naming the columns found where none holds the text."""
    broken: list[tuple[str, str]] = []
    return read_rows(rows_of(file, broken), broken)


def rows_of(file: File, broken: list[tuple[str, str]]) -> list[Mapping[str, Any]]:
    """The rows as mappings of column to value; rows that cannot be parsed are added to `broken`."""
    if file.data.startswith(b"PAR1") or file.suffix == ".parquet":
        return _parquet(file.data)
    if file.suffix in {".csv", ".tsv"}:
        return list(_delimited(file.text, broken))
    if file.opening.lstrip("\ufeff \t\r\n").startswith("["):
        return _json(file.text)
    return list(_json_lines(file.text, broken))


def read_rows(rows: list[Any], broken: list[tuple[str, str]], *, keep_empty: bool = False) -> Reading:
    """Articles from rows (mappings of column to value); `keep_empty` keeps rows without any text."""
    names: list[object] = []
    for row in rows[:100]:
        names += [name for name in row if name not in names]
    if not rows and not broken:
        raise Unreadable("the table has no rows")
    theirs = match(names)
    if "text" not in theirs:
        raise Unreadable(f"no column holds the text; the columns are {names}. Name it 'text' "
                         "(also understood: body, content, full_text, article)")
    day_first = reads_day_first(row.get(theirs.get("date")) for row in rows) if "date" in theirs else None
    finished = set(COLUMNS["articles"]) <= set(names)  # a table that read_articles made
    reading = Reading(skipped=list(broken))
    for number, row in enumerate(rows, 1):
        values = {ours: _value(row.get(name)) for ours, name in theirs.items()}
        if not keep_empty and not any((values.get(name) or "").strip() for name in ("text", "headline")):
            reading.skipped.append((f"row {number}", "no text"))
            continue
        reading.articles.append(_article(values, row.get(theirs.get("date")), number, day_first, finished))
    return reading


def _article(values: dict[str, Any], when: Any, number: int, day_first: bool | None,
             finished: bool) -> Found:
    path = values.pop("path", None)
    written = values.pop("date", None)
    found = iso_date(when, day_first=day_first) if written else None
    problem = f"date {written[:40]!r} not understood or open to two readings" if written and not found else ""
    values["text"] = values["text"] or ""
    if (byline := values.get("byline") or "").startswith("[") and (names := _LISTED.findall(byline)):
        values["byline"] = ", ".join(name or other for name, other in names)
    return Found(**values, date=found, where=f"row {number}", problem=problem, finished=finished,
                 path=path if finished else None)


def _value(value: Any) -> str | None:
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    if isinstance(value, str):
        return value if value else None
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return None
    return str(value)


def _delimited(text: str, broken: list[tuple[str, str]]) -> Iterator[dict[str, str]]:
    text = text.lstrip("\ufeff")
    told = _SEPARATOR.match(text)
    text = text[told.end():] if told else text
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = told[1] if told else max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    number = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            broken.append((f"row {number}", f"broken row at line {reader.line_num} ({error})"))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if header is None:
            header = cells
            continue
        number += 1
        if len(cells) != len(header):
            broken.append((f"row {number}", f"{len(cells)} cells where the header has {len(header)}"))
            continue
        yield dict(zip(header, cells, strict=True))


def _json_lines(text: str, broken: list[tuple[str, str]]) -> Iterator[Mapping[str, Any]]:
    try:  # one object over many lines: a single article, or {"articles": [...]}
        whole = json.loads(text)
    except (ValueError, RecursionError):
        whole = None
    if isinstance(whole, dict):
        yield from _rows_within(whole)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            broken.append((f"line {number}", f"no JSON ({str(error)[:80]})"))
            continue
        if isinstance(row, dict):
            yield row
        else:
            broken.append((f"line {number}", f"a JSON {type(row).__name__}, not an object with a text"))


def _rows_within(whole: dict[str, Any], deepest: int = 3) -> list[dict[str, Any]]:
    """The articles of one object: itself, its only list of objects, its objects by name, or one level further in."""
    if "text" in match(whole):
        return [whole]
    lists = [value for value in whole.values() if isinstance(value, list)
             and value and all(isinstance(item, dict) for item in value)]
    if len(lists) == 1:
        return lists[0]
    inner = [value for value in whole.values() if isinstance(value, dict)]
    if len(inner) == len(whole) and all("text" in match(value) for value in inner):
        return inner
    if len(inner) == 1 and not lists and deepest:
        found = _rows_within(inner[0], deepest - 1)
        return [whole] if found == inner else found
    return [whole]


def _json(text: str) -> list[Mapping[str, Any]]:
    try:
        rows = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"broken JSON ({str(error)[:80]})") from None
    if not all(isinstance(row, dict) for row in rows):
        raise Unreadable("a JSON list of something other than objects with a text")
    return rows


def _parquet(data: bytes) -> list[Mapping[str, Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(data), use_threads=False)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Unreadable(f"broken Parquet file ({str(error)[:80]})") from None
    return table.to_pylist()
