"""Media Cloud story lists (csv): outlets, dates, titles and addresses of stories, but no text.

Each row is joined by its address to an article read from the same folder: a saved page that names its
address, a table with addresses, or a text file named after the address or the story's number.
"""

from __future__ import annotations

import re
from typing import Any

from framing.articles.fields import iso_date, key, language_code, match
from framing.articles.formats.table import rows_of
from framing.articles.opened_file import File, Found, Reading, Unreadable

NAME = "mediacloud"


def sniff(file: File) -> bool:
    if file.suffix not in {".csv", ".tsv"} or not file.opening:
        return False
    columns = {key(name) for name in re.split(r"[,\t;]", file.opening.lstrip("\ufeff").split("\n", 1)[0])}
    return {"url", "title"} <= columns and bool({"media_name", "media_url", "stories_id"} & columns) \
        and "text" not in match(columns)


def read(file: File) -> Reading:
    """One `Found` per story, without text, under ``listed``."""
    broken: list[tuple[str, str]] = []
    rows = rows_of(file, broken)
    if not rows and not broken:
        raise Unreadable("a Media Cloud list without stories")
    theirs = {key(name): name for name in (rows[0] if rows else ())}
    reading = Reading(skipped=broken)
    for number, row in enumerate(rows, 1):
        def value(*names: str, row: Any = row) -> str | None:
            return next((str(row[theirs[name]]).strip() for name in names
                         if name in theirs and str(row[theirs[name]]).strip()), None)
        reading.listed.append(Found(
            headline=value("title"), outlet=value("media_name", "media_url"), url=value("url"),
            date=iso_date(value("publish_date") or ""), language=language_code(value("language")),
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
