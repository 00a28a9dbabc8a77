"""Records of scrapers and services: nested fields made flat, values of several shapes made one text.

A record is a mapping as JSON or a table gives it. ``{"source": {"name": "Gazette"}}`` becomes ``source.name``; what
only wraps the fields of the article (``_source``, ``fields``, ``attributes``) is opened; a person, an outlet or a date
given as an object becomes the name or day in it.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from typing import Any

from framing.articles.fields import field_of, is_missing, squeezed

DEEPEST = 5  # levels of fields within fields that are opened
# Objects that hold the article's own fields: Elasticsearch, the Guardian, JSON:API, scrapers.
_WRAPPERS = {
    "source_",
    "fields",
    "attributes",
    "article",
    "story",
    "post",
    "document",
    "doc",
    "item",
    "data",
    "content",
    "metadata",
    "meta",
    "node",
    "properties",
    "newsarticle",
    "hit",
}
_INSIDE = {  # where the value stands in an object that is given in its place, the preferred first
    "outlet": ["name", "title", "label", "display_name", "site", "domain", "hostname", "website", "uri", "url", "id"],
    "byline": ["name", "full_name", "display_name", "original", "author_name", "author", "label", "title"],
    "headline": ["main", "rendered", "text", "title", "headline", "default", "en", "value"],
    "standfirst": ["rendered", "text", "value", "default"],
    "text": ["rendered", "plain", "text", "body", "full", "value", "html", "content"],
    "date": ["$date", "$numberLong", "value", "iso", "date", "published", "date_time", "utc"],
    "language": ["code", "iso", "name", "value"], "url": ["href", "url", "web", "value"],
    "event": ["uri", "id", "name", "title"], "article_id": ["$oid", "id", "value"]}
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
        value = _opened(value)
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
            fields[name] = _joined(value, ours)
        else:
            fields[name] = value
    for more in inner:
        for name, value in more.items():
            if name not in fields or is_missing(fields[name]):
                fields[name] = value
    return fields


def _is_wrapper(name: str, value: Mapping[str, Any]) -> bool:
    bare = "source_" if name == "_source" else squeezed(name)
    known = {field_of(child) for child in value}
    return bare in _WRAPPERS and len(known & {"headline", "text", "date", "url", "byline", "outlet"}) >= (
        1 if bare in ("metadata", "meta", "fields", "attributes") else 2)


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
        parts = [str(known[name]) for name in ("first", "firstname", "givenname", "last", "lastname", "familyname")
                 if name in known and not is_missing(known[name])]
        return " ".join(parts) or None
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
    """"https://www.gazette.example/a?b" as "gazette.example"; None for what is no address."""
    bare = re.sub(r"^(?:[a-z][a-z+.-]*:)?//", "", (address or "").strip(), flags=re.I)
    host = re.split(r"[/?#:\s]", bare.rsplit("@", 1)[-1] if "/" not in bare.split("@")[0] else bare)[0].lower()
    host = re.sub(r"^(?:www\d?|m|mobile|amp)\.(?=[\w-]+\.)", "", host)
    return host if _HOST.match(host) and re.search(r"[a-z]", host) else None


def outlet_of(value: str) -> str | None:
    """An outlet as a field names it; an address or a host with "www." by its site's name."""
    return site_of(value) if _ADDRESS.match(value.strip()) else value


def is_host(value: str) -> bool:
    return bool(_ADDRESS.match(value) or _HOST.match(value.strip()))
