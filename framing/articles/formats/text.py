"""Plain text: the file is one article, or several between ruled lines; the text as it stands."""

from __future__ import annotations

import re

from framing.articles.fields import iso_date
from framing.articles.opened_file import File, Found, Reading, Unreadable

NAME = "text"
# A line that says when the story was published. A date in a sentence or beside the weather says nothing.
_PUBLISHED = re.compile(r"^\W*(?:first )?(?:published|posted|date|publication date)\b(?: on| at)?\s*:?\s*"
                        r"(.{6,60})$", re.I | re.M)


# A line ruled across the page, alone between articles pasted into one file.
_RULE = re.compile(r"^[ \t]*([-=_*#~–—])(?:[ \t]?\1){4,}[ \t]*\r?$", re.M)
FEWEST_WORDS = 80  # of each article in a file of several
LONGEST_TITLE = 30  # words


def sniff(file: File) -> bool:
    return bool(file.opening)


def read(file: File) -> Reading:
    text = file.text
    if not text.strip():
        raise Unreadable("the file is empty" if not file.data else "the file holds only white space")
    parts = several(text)
    if parts:
        return Reading([Found(text=part, date=published_on(part), where=f"part {number}")
                        for number, part in enumerate(parts, 1)], note=f"{len(parts)} articles between ruled lines")
    return Reading([Found(text=text, date=published_on(text))])


def several(text: str) -> list[str]:
    """The articles of a file that divides them by ruled lines; empty where it is one article.

    Only where every part begins with a title (a short line that is no sentence) and goes on with sentences: lines
    are also ruled between the sections of one article.
    """
    ends = [0, *(at for hit in _RULE.finditer(text) for at in hit.span()), len(text)]
    parts = [part.strip("\r\n") for begin, end in zip(ends[::2], ends[1::2], strict=True)
             if (part := text[begin:end]).strip()]
    return parts if len(parts) > 1 and all(_is_article(part) for part in parts) else []


def _is_article(part: str) -> bool:
    first, _, rest = part.strip().partition("\n")
    title = first.strip()
    return len(title.split()) in range(2, LONGEST_TITLE + 1) and not title.endswith((".", ":", ",", ";")) \
        and len(part.split()) >= FEWEST_WORDS and bool(re.search(r"\w[.!?][”\"’']?\s*$", rest, re.M))


def published_on(text: str) -> str | None:
    """The date of a line such as "Published: 13 September 2023", or None."""
    dates = (iso_date(match[1]) for match in _PUBLISHED.finditer(text))
    return next((found for found in dates if found), None)
