"""Tables: CSV, TSV, JSON, JSON lines, Parquet, Excel; one article per row, column names as people have them.

Lists of stories (Media Cloud, GDELT) hold outlets, dates, titles and addresses, but no text: each row is joined by its
address to an article read from the same folder, a saved page that names its address, a table with addresses, or a text
file named after the address or the story's number.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from framing.articles.decoding import File, Format, Found, Reading, Unreadable, is_workbook
from framing.articles.fields import (
    excel_date,
    is_missing,
    iso_date,
    key,
    language_code,
    match,
    match_all,
    reads_day_first,
    squeezed,
)
from framing.articles.formats.records import flat, is_host, outlet_of, site_of, workbook_rows
from framing.tables import COLUMNS

DELIMITED = {".csv", ".tsv", ".tab", ".psv"}
SUFFIXES = {*DELIMITED, ".jsonl", ".ndjson", ".json", ".parquet", ".xlsx", ".xlsm"}
DELIMITERS = ",;\t|"
_LISTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")  # a list of names written out: "['Ann Lee', 'Bo Ek']"
_SEPARATOR = re.compile(r"\s*\"?sep=([,;\t|])\"?[ \t]*\r?\n", re.I)  # Excel's first line that names its delimiter
_JSON = re.compile(r"\s*(?:\[\s*)?\{\s*\"[^\"\n]{1,80}\"\s*:")  # how a list or lines of JSON objects begin
_SHORTENED = re.compile(r"(?:…|\.\.\.)?\s*\[\+?(\d+) chars?\]\s*$")  # NewsAPI's and GNews's mark of a text cut off
_PLACEHOLDERS = {"onlyavailableinpaidplans", "onlyavailableinprofessionalandcorporateplans"}  # newsdata.io, for a text
# Columns that hold a site's address or host: they name an outlet only where the value looks like one.
_HOSTS = {
    squeezed(name)
    for name in (
        "domain",
        "domain_name",
        "hostname",
        "website",
        "source_domain",
        "media_url",
        "thread.site",
        "thread.site_full",
        "site",
        "domain_url",
        "host",
        "root_url",
        "base_url",
        "source_host",
        "publisher_domain",
        "outlet_domain",
        "site_url",
    )
}
_HOST_ONLY = _HOSTS - {squeezed(name) for name in ("site", "source_domain", "thread.site", "thread.site_full")}
_SOCIAL = re.compile(r"(?:^|\.)(?:facebook|twitter|x|instagram|linkedin|youtube|tiktok|t)\.(?:com|me)$")
FEWEST = 3  # columns that are known by name of a table that is called a text
FEW_WORDS, MANY_WORDS = 5, 50  # a column of ids or links called "article", and one of texts beside it
_TAGS = re.compile(r"<(p|br|div|h[1-6]|li|a|em|strong|span|figure|img)\b[^>]*>", re.I)
csv.field_size_limit(50_000_000)


def sniff_table(file: File) -> bool:
    if file.data.startswith(b"PAR1") or is_workbook(file.data):
        return True
    if file.suffix in SUFFIXES - {".parquet", ".xlsx", ".xlsm"}:
        return bool(file.opening)
    if file.suffix not in {".txt", ""}:
        return False
    return _opens_with_columns(file.opening) or (
        bool(_JSON.match(file.opening.lstrip("\ufeff"))) and _is_json(file.text)
    )


def _opens_with_columns(opening: str) -> bool:
    """Whether a text begins as a table does: names of columns, of which one holds the text and two tell of it."""
    first = opening.lstrip("\ufeff\r\n").split("\n", 1)[0].rstrip("\r")
    return any(
        {"text"} < set(known := match(cell.strip(' "') for cell in first.split(mark))) and len(known) >= FEWEST
        for mark in DELIMITERS
        if first.count(mark) >= FEWEST - 1
    )


def read_table(file: File) -> Reading:
    """One article per row. Raises `Unreadable` naming the columns found where none holds the text."""
    broken: list[tuple[str, str]] = []
    return read_rows(rows_of(file, broken), broken, serial_dates=is_workbook(file.data))


def rows_of(file: File, broken: list[tuple[str, str]]) -> list[Mapping[str, Any]]:
    """The rows as mappings of column to value; rows that cannot be parsed are added to `broken`."""
    if is_workbook(file.data):
        return [*workbook_rows(file.data)]
    if file.data.startswith(b"PAR1") or file.suffix == ".parquet":
        return _parquet(file.data)
    if file.suffix in DELIMITED or (file.suffix in {".txt", ""} and _opens_with_columns(file.opening)):
        return list(_delimited(file.text, broken))
    if file.opening.lstrip("\ufeff \t\r\n").startswith("["):
        return _json(file.text)
    return list(_json_lines(file.text, broken))


def read_rows(
    rows: list[Any], broken: list[tuple[str, str]], *, keep_empty: bool = False, serial_dates: bool = False
) -> Reading:
    """Articles from rows (mappings of column to value); `keep_empty` keeps rows without any text."""
    if not rows and not broken:
        raise Unreadable("the table has no rows")
    names = shown = _names(rows[:100])
    finished = set(COLUMNS["articles"]) <= set(names)  # a table that read_articles made
    if not finished:
        _refuse_own(names)
        rows = [flat(row) for row in rows]
        names = _names(rows if len(rows) < 1_000 else rows[:1_000])
    theirs = match_all(names)
    text = _text_columns(rows, theirs.get("text", []))
    if not text:
        raise Unreadable(
            f"no column holds the text; the columns are {shown}. Name it 'text' "
            "(also understood: body, content, full_text, article)"
        )
    theirs["text"] = text
    if "headline" not in theirs and "name" in names and {"date", "outlet"} <= theirs.keys():
        theirs["headline"] = ["name"]  # schema.org's word for it, which elsewhere is a person's
    day_first = {column: reads_day_first(row.get(column) for row in rows) for column in theirs.get("date", [])}
    reading = Reading(skipped=list(broken))
    for number, row in enumerate(rows, 1):
        values = _finished_values(row, theirs) if finished else _values(row, theirs, as_given=keep_empty)
        if not keep_empty and not any((values.get(name) or "").strip() for name in ("text", "headline")):
            reading.skipped.append((f"row {number}", "no text"))
            continue
        date, problem = _date(row, theirs.get("date", []), day_first, serial_dates)
        reading.articles.append(_article(values, date, problem, number, finished))
    return reading


def _names(rows: list[Any]) -> list[object]:
    names: dict[object, None] = {}
    for row in rows:
        names.update(dict.fromkeys(row))
    return list(names)


def _refuse_own(names: list[object]) -> None:
    """Raise for a table that an earlier run wrote about articles: its rows are no articles."""
    for name, columns in COLUMNS.items():
        if name not in ("articles", "audit") and set(columns) <= set(names):
            raise Unreadable(f"not articles: a table of {name} that an earlier run of framing wrote")
    if {"path", "status", "reason", "duplicate_of", "n_repaired"} <= set(names):
        raise Unreadable("not articles: an audit that an earlier run of framing wrote")


def _text_columns(rows: list[Any], columns: list[object]) -> list[object]:
    """Columns that may hold the text, the likeliest first: one of ids or links gives way to one of texts."""
    words = {column: _mean_words(rows, column) for column in columns}
    columns = [column for column in columns if words[column] is not None] or columns[:1]
    if len(columns) > 1 and (words[columns[0]] or 0) < FEW_WORDS:
        fuller = [column for column in columns if (words[column] or 0) >= MANY_WORDS]
        columns = fuller + [column for column in columns if column not in fuller]
    return columns


def _mean_words(rows: list[Any], column: object) -> float | None:
    texts = [value for row in rows[:200] if isinstance(value := row.get(column), str) and not is_missing(value)]
    return sum(len(text.split()) for text in texts) / len(texts) if texts else None


def _values(row: Mapping[str, Any], theirs: dict[str, list[Any]], *, as_given: bool) -> dict[str, str | None]:
    """Each of our fields by the first of its columns that says something in this row.

    `as_given`: the words of a table in memory are taken as they are, whatever they say.
    """
    values: dict[str, str | None] = {}
    for ours, columns in theirs.items():
        if ours == "date":
            continue
        if as_given and ours in ("text", "headline", "standfirst"):
            values[ours] = _value(row.get(columns[0]))
            continue
        values[ours] = next(
            (
                said
                for place, column in enumerate(columns)
                if (said := _said(ours, column, row.get(column), first=place == 0))
            ),
            None,
        )
    return values


def _finished_values(row: Mapping[str, Any], theirs: dict[str, list[Any]]) -> dict[str, str | None]:
    """The fields of a table that `read_articles` made, as they stand."""
    return {ours: _value(row.get(columns[0])) for ours, columns in theirs.items() if ours != "date"}


def _said(ours: str, column: object, value: Any, *, first: bool) -> str | None:
    value = _value(value)
    if value is None or is_missing(value):
        return None
    if ours == "text":
        held = squeezed(value) not in _PLACEHOLDERS and (first or len(value.split()) >= FEW_WORDS)
        return value if held else None
    if ours == "outlet":
        if squeezed(column) in _HOST_ONLY and not is_host(value):
            return None
        if _SOCIAL.search(site_of(value) or ""):
            return None  # the outlet's page elsewhere, as article:publisher names it
        return outlet_of(value) if squeezed(column) not in _HOSTS else site_of(value) or value
    if ours == "url":
        return value if re.search(r"[./]", value) else None
    if ours == "byline" and value.isdecimal():
        return None  # the number of an author in a database
    if ours == "language":
        return language_code(value)
    return value


def _article(values: dict[str, Any], date: str | None, problem: str, number: int, finished: bool) -> Found:
    path = values.pop("path", None)
    text = values.pop("text", None) or ""
    if (byline := values.get("byline") or "").startswith("[") and (names := _LISTED.findall(byline)):
        values["byline"] = ", ".join(name or other for name, other in names)
    shortened = None if finished else _SHORTENED.search(text)
    if shortened:
        problem = f"cut off: the service gave the beginning only, {shortened[1]} characters are missing"
    site = None if finished else site_of(values.get("url"))
    return Found(
        **values,
        text=text,
        date=date,
        where=f"row {number}",
        problem=problem,
        finished=finished,
        site=site,
        cut=bool(shortened),
        path=path if finished else None,
        markup=not finished and len(_TAGS.findall(text)) > 1 and "</" in text,
    )


def _date(
    row: Mapping[str, Any], columns: list[Any], day_first: dict[Any, bool | None], serial: bool
) -> tuple[str | None, str]:
    """The first day that a column of dates tells, and what was wrong where none does."""
    problem = ""
    for column in columns:
        when = row.get(column)
        written = _value(when)
        if written is None or is_missing(written):
            continue
        found = iso_date(when, day_first=day_first.get(column)) or (excel_date(written) if serial else None)
        if found:
            return found, ""
        problem = problem or f"date {written[:40]!r} not understood or open to two readings"
    parts = {squeezed(name): row[name] for name in row if squeezed(name) in ("year", "month", "day")}
    if not problem and len(parts) == 3 and not any(is_missing(part) for part in parts.values()):
        year, month, day = (str(parts[name]).split(".")[0] for name in ("year", "month", "day"))
        return iso_date(f"{year}-{month}-{day}") or iso_date(f"{day} {month} {year}"), ""
    return None, problem


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
    text = text[told.end() :] if told else text
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
        whole = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        whole = None
    if isinstance(whole, dict):
        yield from _rows_within(whole)
        return
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            broken.append((f"line {number}", f"no JSON ({str(error)[:80]})"))
            continue
        if isinstance(row, dict) and len(pages := _pages(row)) > 0:
            yield from pages
        elif isinstance(row, dict):
            yield row
        else:
            broken.append((f"line {number}", f"a JSON {type(row).__name__}, not an object with a text"))


def _is_json(text: str) -> bool:
    """Whether a file of no telling name is JSON, whole or line by line."""
    text = text.lstrip("\ufeff").strip()
    for part in (text, text.split("\n", 1)[0]):
        try:
            return isinstance(json.loads(part), dict | list)
        except (ValueError, RecursionError):
            continue
    return False


def _pages(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The articles in one line that is a whole answer of a service, or none where the line is an article."""
    if has_text(row):
        return []
    found = _rows_within(row)
    return [] if found == [row] else found


def has_text(record: Mapping[str, Any]) -> bool:
    """Whether a record holds the text of an article, in a field of its own or of an object that wraps it."""
    fields = flat(record)
    names = match_all(fields).get("text", [])
    return any(isinstance(fields[name], str) for name in names)


def _rows_within(whole: dict[str, Any], deepest: int = 4) -> list[dict[str, Any]]:
    """The articles of one object: itself, its list of objects that hold texts, its objects by name, or further in."""
    if has_text(whole):
        return [whole]
    lists = [
        value
        for value in whole.values()
        if isinstance(value, list) and value and all(isinstance(item, dict) for item in value)
    ]
    texts = [value for value in lists if any(has_text(item) for item in value[:20])]
    if len(texts) == 1 or (len(lists) == 1 and not texts):
        return (texts or lists)[0]
    inner = [value for value in whole.values() if isinstance(value, dict)]
    if inner and all(has_text(value) for value in inner):
        return inner
    for value in inner if deepest else []:
        found = _rows_within(value, deepest - 1)
        if found != [value] or has_text(value):
            return found
    return [whole]


def _json(text: str) -> list[Mapping[str, Any]]:
    try:
        rows = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"broken JSON ({str(error)[:80]})") from None
    if not all(isinstance(row, dict) for row in rows):
        raise Unreadable("a JSON list of something other than objects with a text")
    return [article for row in rows for article in (_pages(row) or [row])]


def _parquet(data: bytes) -> list[Mapping[str, Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(data), use_threads=False)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Unreadable(f"broken Parquet file ({str(error)[:80]})") from None
    return table.to_pylist()


# Lists of stories without their texts.


def sniff_stories(file: File) -> bool:
    if not file.opening:
        return False
    if file.suffix in DELIMITED:
        return _is_list(re.split(r"[,\t;]", file.opening.lstrip("\ufeff").split("\n", 1)[0].replace('"', "")))
    if file.suffix in {".json", ".jsonl", ".ndjson"} and re.search(
        r'"(?:seendate|media_name|media_url)"', file.opening
    ):
        try:
            rows = rows_of(file, [])
        except Unreadable:
            return False
        return bool(rows) and _is_list(list(rows[0]))
    return False


def _is_list(names: list[str]) -> bool:
    """Whether these columns name stories and where they stand, and hold no text of theirs."""
    columns = {key(name) for name in names}
    return (
        {"url", "title"} <= columns
        and "text" not in match(names)
        and bool({"media_name", "media_url", "stories_id", "seendate", "mobileurl", "url_mobile"} & columns)
    )


def read_stories(file: File) -> Reading:
    """One `Found` per story, without text, under ``listed``."""
    broken: list[tuple[str, str]] = []
    rows = rows_of(file, broken)
    if not rows and not broken:
        raise Unreadable("a list of stories without stories")
    theirs = {key(name): name for name in (rows[0] if rows else ())}
    reading = Reading(skipped=broken)
    for number, row in enumerate(rows, 1):

        def value(*names: str, row: Any = row) -> str | None:
            return next(
                (
                    str(row[theirs[name]]).strip()
                    for name in names
                    if name in theirs and not is_missing(row[theirs[name]])
                ),
                None,
            )

        outlet = value("media_name", "media_url", "domain")
        reading.listed.append(
            Found(
                headline=value("title"),
                outlet=outlet_of(outlet) if outlet else site_of(value("url")),
                url=value("url"),
                date=iso_date(value("publish_date", "seendate", "date") or ""),
                language=language_code(value("language")),
                article_id=value("stories_id", "id"),
                where=f"row {number}",
            )
        )
    return reading


def same_address(url: str | None) -> str:
    """An address without what varies between copies: scheme, www, mobile and AMP marks, query, slash."""
    if not url:
        return ""
    bare = re.sub(r"^[a-z]+://", "", url.strip().lower()).split("#")[0]
    path, _, query = bare.partition("?")
    kept = "&".join(part for part in query.split("&") if re.match(r"(?:id|p|article|story|storyid|newsid)=", part))
    path = re.sub(r"^(?:www\d?|m|mobile|amp)\.", "", path)
    path = re.sub(r"(?:/amp|\.amp|/index\.html?)?/*$", "", path)
    return f"{path}?{kept}" if kept else path


def names_for(story: Found) -> set[str]:
    """File names (in lower case, letters and digits only) under which the text of a story may lie."""
    address = same_address(story.url)
    last = re.sub(r"\.(?:html?|php|aspx?)$", "", address.split("?")[0].rsplit("/", 1)[-1])
    names = {key(address), key(last), key(story.article_id or "")}
    return {name for name in names if len(name) >= 4}


FORMATS = [Format("mediacloud", sniff_stories, read_stories), Format("table", sniff_table, read_table)]
