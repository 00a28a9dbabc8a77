"""Records of scrapers and services: nested fields made flat, values of several shapes made one text.

A record is a mapping as JSON or a table gives it. ``{"source": {"name": "Gazette"}}`` becomes ``source.name``; what
only wraps the fields of the article (``_source``, ``fields``, ``attributes``) is opened; a person, an outlet or a date
given as an object becomes the name or day in it.

Excel workbooks (xlsx): each sheet that has a header row is a table, read by openpyxl; nothing is computed. What
openpyxl is given has been checked: a workbook that unpacks to too much is refused.
"""

from __future__ import annotations

import ast
import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from framing.articles.decoding import Unreadable, open_zip, refuse_bomb
from framing.articles.fields import field_of, is_missing, squeezed

DEEPEST = 5  # levels of fields within fields that are opened
# Objects that hold the article's own fields: Elasticsearch, the Guardian, JSON:API, scrapers.
_WRAPPERS = set(
    """
    source_ fields attributes article story post document doc item data content metadata meta node properties
    newsarticle hit embedded yoastheadjson
""".split()
)
_LOOSE = {"metadata", "meta", "fields", "attributes", "embedded", "yoastheadjson"}  # one known field tells
_INSIDE = {  # where the value stands in an object that is given in its place, the preferred first
    "outlet": ["name", "title", "label", "display_name", "site", "domain", "hostname", "website", "uri", "url", "id"],
    "byline": ["name", "full_name", "display_name", "original", "author_name", "author", "label", "title"],
    "headline": ["main", "rendered", "text", "title", "headline", "default", "en", "value"],
    "standfirst": ["rendered", "text", "value", "default"],
    "text": ["rendered", "plain", "text", "body", "full", "value", "html", "content"],
    "date": ["$date", "$numberLong", "value", "iso", "date", "published", "date_time", "utc", "seconds", "_seconds"],
    "language": ["code", "iso", "name", "value"],
    "url": ["href", "url", "web", "value"],
    "event": ["uri", "id", "name", "title"],
    "article_id": ["$oid", "id", "value"],
}
_WRITTEN = re.compile(r"^\s*(?:\{\s*['\"]|\[\s*[\[{'\"])")  # an object or a list written out in a cell of a table
LONGEST_WRITTEN = 20_000  # characters of such a cell
_HOST = re.compile(r"^[\w-]+(?:\.[\w-]+)+$")
_ADDRESS = re.compile(r"^(?:[a-z][a-z+.-]*:)?//|^www\d?\.", re.I)


def flat(record: Mapping[str, Any], depth: int = DEEPEST) -> dict[str, Any]:
    """The fields of a record on one level; the outer field wins over one of the same name further in."""
    fields: dict[str, Any] = {}
    inner: list[dict[str, Any]] = []
    for name, value in record.items():
        name = str(name)
        value = _in_one_language(_opened(value))
        ours = field_of(name)
        if isinstance(value, Mapping):
            if depth and _is_wrapper(name, value):
                inner.append(flat(value, depth - 1))
                continue
            if ours:
                fields[name] = _inside(value, ours)
            if depth:
                for child, given in flat(value, depth - 1).items():
                    fields.setdefault(f"{name}.{child}", given)
        elif isinstance(value, list | tuple) and ours:
            if not (ours == "text" and _are_records(value)):
                fields[name] = _joined(value, ours)
        elif (
            isinstance(value, list | tuple)
            and depth
            and value
            and isinstance(value[0], Mapping)
            and not _are_records(value)
        ):
            fields[name] = value
            for child, given in flat(value[0], depth - 1).items():
                fields.setdefault(f"{name}.{child}", given)
        else:
            fields[name] = value
    for more in inner:
        for name, value in more.items():
            if name not in fields or is_missing(fields[name]):
                fields[name] = value
    return fields


def _in_one_language(value: Any) -> Any:
    """What an object holds whose one field is a language ({"en-US": "Council closes pool"})."""
    if isinstance(value, Mapping) and len(value) == 1:
        (name, given), *_ = value.items()
        if re.fullmatch(r"[a-z]{2}(?:[-_][A-Z]{2})?", str(name)) and isinstance(given, str | list):
            return given
    return value


def _are_records(values: list[Any] | tuple[Any, ...]) -> bool:
    """Whether a list in a text's place ({"article": [...]}) holds articles of their own, and no paragraphs."""
    known = [{field_of(name) for name in value} for value in values if isinstance(value, Mapping)]
    return len(known) == len(values) > 0 and all(
        "text" in names and names & {"headline", "date", "outlet"} for names in known
    )


def _is_wrapper(name: str, value: Mapping[str, Any]) -> bool:
    bare = "source_" if name == "_source" else squeezed(name)
    known = {field_of(child) for child in value}
    return bare in _WRAPPERS and len(known & {"headline", "text", "date", "url", "byline", "outlet"}) >= (
        1 if bare in _LOOSE else 2
    )


def _opened(value: Any) -> Any:
    """A cell that holds an object or a list written out, as JSON or Python writes it, as that object."""
    if not isinstance(value, str) or len(value) > LONGEST_WRITTEN or not _WRITTEN.match(value):
        return value
    for read in (json.loads, ast.literal_eval):
        try:
            found = read(value.strip())
        except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
            continue
        return found if isinstance(found, dict | list) else value
    return value


def _inside(value: Mapping[str, Any], ours: str) -> Any:
    known = {squeezed(name) if not str(name).startswith("$") else str(name): given for name, given in value.items()}
    for name in _INSIDE.get(ours, ["name", "value"]):
        given = known.get(name if name.startswith("$") else squeezed(name))
        if isinstance(given, Mapping):
            given = _inside(given, ours)
        if not is_missing(given):
            return given
    if ours == "byline":
        parts = [
            str(known[name])
            for name in ("first", "firstname", "givenname", "last", "lastname", "familyname")
            if name in known and not is_missing(known[name])
        ]
        if parts or not value or not all(isinstance(given, Mapping) for given in value.values()):
            return " ".join(parts) or None
        return _joined(list(value.values()), ours)  # people by their numbers: {"0": {"name": ...}}
    return None


def _joined(values: list[Any] | tuple[Any, ...], ours: str) -> str | None:
    """The texts in a list: names with commas, paragraphs of a text under one another, else the first."""
    said = [_inside(value, ours) if isinstance(value, Mapping) else value for value in values]
    texts = [str(value).strip() for value in said if not is_missing(value) and not isinstance(value, list | Mapping)]
    if ours == "byline":
        return ", ".join(dict.fromkeys(texts)) or None
    if ours in ("text", "standfirst"):
        return "\n\n".join(texts) or None
    return texts[0] if texts else None


def site_of(address: str | None) -> str | None:
    """ "https://www.gazette.example/a?b" as "gazette.example"; None for what is no address."""
    bare = re.sub(r"^(?:[a-z][a-z+.-]*:)?//", "", (address or "").strip(), flags=re.I)
    host = re.split(r"[/?#:\s]", bare.rsplit("@", 1)[-1] if "/" not in bare.split("@")[0] else bare)[0].lower()
    host = re.sub(r"^(?:www\d?|m|mobile|amp)\.(?=[\w-]+\.)", "", host)
    return host if _HOST.match(host) and re.search(r"[a-z]", host) else None


def outlet_of(value: str) -> str | None:
    """An outlet as a field names it; an address or a host with "www." by its site's name."""
    return site_of(value) if _ADDRESS.match(value.strip()) else value


def is_host(value: str) -> bool:
    return bool(_ADDRESS.match(value) or _HOST.match(value.strip()))


# Excel workbooks.

LARGEST_BOOK = 400_000_000  # bytes of all parts, unpacked
MOST_ROWS = 1_000_000  # of one sheet: Excel itself stops there
WIDEST = 500  # columns of a sheet that are looked at
HEADER_WITHIN = 20  # rows at the top of a sheet among which its header stands


def workbook_rows(data: bytes) -> list[dict[str, Any]]:
    """The rows of all sheets that have the columns of the first of them, as column -> value; dates as dates."""
    with open_zip(data) as archive:
        refuse_bomb(archive, len(data), LARGEST_BOOK, whole=True)
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        found = _sheets(data)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        IndexError,
        ValueError,
        TypeError,
        AttributeError,
        OSError,
        EOFError,
        SyntaxError,
        OverflowError,
    ) as error:
        raise Unreadable(f"a damaged Excel workbook ({type(error).__name__}: {str(error)[:80]})") from None
    if not found:
        raise Unreadable("the Excel workbook holds no table: no row of column names with rows below it")
    return found


def _sheets(data: bytes) -> list[dict[str, Any]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    found: list[dict[str, Any]] = []
    first: set[str] = set()
    try:
        for sheet in book.worksheets:
            columns, table = _table(sheet)
            if table and (not first or first & set(columns)):
                first = first or set(columns)
                found += table
    finally:
        book.close()
    return found


def _table(sheet: Any) -> tuple[list[str], list[dict[str, Any]]]:
    """The names of a sheet's columns and its rows; the header is the row near the top with most known names."""
    from framing.articles.fields import field_of

    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()  # what a sheet says of its size need not be true
    top: list[tuple[Any, ...]] = []
    cells = sheet.iter_rows(values_only=True, max_col=WIDEST, max_row=MOST_ROWS)
    for row in cells:
        top.append(row)
        if len(top) == HEADER_WITHIN:
            break
    known = [sum(bool(cell is not None and field_of(cell)) for cell in row) for row in top]
    filled = next((number for number, row in enumerate(top) if any(cell is not None for cell in row)), None)
    if filled is None:
        return [], []
    header = max(range(len(top)), key=lambda number: (known[number], -number)) if max(known) > 1 else filled
    names = [str(cell).strip() if cell is not None else "" for cell in top[header]]
    table = []
    for row in (*top[header + 1 :], *cells):
        record = {name: cell for name, cell in zip(names, row, strict=False) if name}
        if any(cell is not None and str(cell).strip() for cell in record.values()):
            table.append(record)
    return [name for name in names if name], table
