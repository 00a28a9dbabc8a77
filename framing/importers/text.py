"""Plain text: the file is one article, its text as it stands."""

from __future__ import annotations

import re

from framing.importers.base import File, Found, Reading, Unreadable
from framing.importers.dates import iso_date

NAME = "text"
# A line that says when the story was published. A date in a sentence or beside the weather says nothing.
_PUBLISHED = re.compile(r"^\W*(?:first )?(?:published|posted|date|publication date)\b(?: on| at)?\s*:?\s*"
                        r"(.{6,60})$", re.I | re.M)


def sniff(file: File) -> bool:
    return bool(file.opening)


def read(file: File) -> Reading:
    text = file.text
    if not text.strip():
        raise Unreadable("the file is empty" if not file.data else "the file holds only white space")
    return Reading([Found(text=text, date=published_on(text))])


def published_on(text: str) -> str | None:
    """The date of a line such as "Published: 13 September 2023", or None."""
    dates = (iso_date(match[1]) for match in _PUBLISHED.finditer(text))
    return next((found for found in dates if found), None)
