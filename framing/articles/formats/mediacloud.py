"""Lists of stories (csv, json) of Media Cloud and GDELT: outlets, dates, titles and addresses, but no text.

Each row is joined by its address to an article read from the same folder: a saved page that names its
address, a table with addresses, or a text file named after the address or the story's number.
"""

from __future__ import annotations

import re
from typing import Any

from framing.articles.fields import is_missing, iso_date, key, match
from framing.articles.formats.records import outlet_of, site_of
from framing.articles.formats.table import rows_of
from framing.articles.languages import language_code
from framing.articles.opened_file import File, Found, Reading, Unreadable

NAME = "mediacloud"


def sniff(file: File) -> bool:
    if not file.opening:
        return False
    if file.suffix in {".csv", ".tsv"}:
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
    return {"url", "title"} <= columns and "text" not in match(names) and bool(
        {"media_name", "media_url", "stories_id", "seendate", "mobileurl", "url_mobile"} & columns)


def read(file: File) -> Reading:
    """One `Found` per story, without text, under ``listed``."""
    broken: list[tuple[str, str]] = []
    rows = rows_of(file, broken)
    if not rows and not broken:
        raise Unreadable("a list of stories without stories")
    theirs = {key(name): name for name in (rows[0] if rows else ())}
    reading = Reading(skipped=broken)
    for number, row in enumerate(rows, 1):
        def value(*names: str, row: Any = row) -> str | None:
            return next((str(row[theirs[name]]).strip() for name in names
                         if name in theirs and not is_missing(row[theirs[name]])), None)
        outlet = value("media_name", "media_url", "domain")
        reading.listed.append(Found(
            headline=value("title"), outlet=outlet_of(outlet) if outlet else site_of(value("url")), url=value("url"),
            date=iso_date(value("publish_date", "seendate", "date") or ""), language=language_code(value("language")),
            article_id=value("stories_id", "id"), where=f"row {number}"))
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
