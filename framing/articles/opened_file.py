"""What an importer is given and what it gives back.

An importer is a `Format`: a name, ``sniff(file)`` (is this my format, judged by content) and ``read(file)``, which
returns a `Reading` or raises `Unreadable` with a reason for the audit. `without_repeats` then leaves out what one
export holds twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

from framing.articles.decoding import Unreadable, decode, pdf_text, rtf_text, word_paragraphs
from framing.text.unicode import letters

__all__ = ["AGREED", "MAIN", "File", "Format", "Found", "Reading", "Unreadable", "without_repeats"]
MAIN = "main"
LEAST_LETTERS = 60  # of a text that two records are compared by
AGREED = "agreed"  # MAIN of a web page, by all who looked for it


@dataclass(frozen=True)
class Found:
    """One article as found in a file, nothing repaired yet.

    `blocks` are ``(zone, text)`` paragraphs of the page in order, which become the article's text: a zone
    where the structure tells it, ``MAIN`` where it only tells that the paragraph belongs to the article (its finer zone
    is found by rule; ``AGREED`` where all readings of a web page tell it), None where it tells nothing. Without blocks,
    `text` is the page and `headline`, `standfirst` and `byline` are looked for in it, and put before it where it lacks
    them.
    """

    text: str = ""
    headline: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    date: str | None = None
    outlet: str | None = None
    site: str | None = None  # what a web page calls its site: the outlet where no folder or manifest names it
    event: str | None = None
    url: str | None = None
    language: str | None = None
    article_id: str | None = None
    known_zones: str | None = None
    blocks: tuple[tuple[str | None, str], ...] = ()
    where: str = ""  # "row 12", "document 3": for the audit
    problem: str = ""  # what was odd, though the article was read
    path: str | None = None  # of a table read before: the file it was made from
    finished: bool = False  # from a table that read_articles made: its text is final
    certain: bool = True  # MAIN stretches are the article's beyond doubt, as in a database's export
    cut: bool = False  # its end is missing; `problem` says how that shows
    markup: bool = False  # `text` is written in HTML, whose tags are no words


@dataclass
class Reading:
    """All that one file gave: articles, what it declares to hold, and what could not be parsed."""

    articles: list[Found] = field(default_factory=list)
    declared: int | None = None
    skipped: list[tuple[str, str]] = field(default_factory=list)  # (where in the file, why)
    listed: list[Found] = field(default_factory=list)  # described here, their text in another file
    note: str = ""
    repeated: list[tuple[str, str]] = field(default_factory=list)  # (where, of which article it is a copy): left out


class Format(NamedTuple):
    """A kind of file: its name in the audit, how it is known, and how it is read."""

    name: str
    sniff: Callable[[File], bool]
    read: Callable[[File], Reading]


@dataclass(frozen=True)
class File:
    """The bytes of one file and its name, relative to what was given to `read_articles`."""

    name: str
    data: bytes = field(repr=False)

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name).stem

    @cached_property
    def decoded(self) -> tuple[str, str]:
        """The text and the name of the encoding. Raises `Unreadable` for bytes that are no text."""
        try:
            return decode(self.data)
        except ValueError as error:
            raise Unreadable(str(error)) from None

    @property
    def text(self) -> str:
        return self.decoded[0]

    @cached_property
    def lines(self) -> list[str]:
        """Its paragraphs or lines of text, out of a docx, an RTF, a PDF or a plain text file."""
        if self.data.startswith(b"%PDF"):
            return pdf_text(self.data).split("\n")
        if self.data.startswith(b"PK"):
            return [line for _, text in word_paragraphs(self.data) for line in text.split("\n")]
        if self.data.startswith(b"{\\rtf"):
            return rtf_text(self.data).split("\n")
        return self.text.splitlines()

    @cached_property
    def lines_or_none(self) -> list[str]:
        """`lines`, or none for a file that is something else; for recognising a layout."""
        try:
            return self.lines
        except Unreadable:
            return []

    @cached_property
    def opening(self) -> str:
        """The first few thousand characters, or "" where the bytes are no text."""
        try:
            return self.text[:8_000]
        except Unreadable:
            return ""


# What one export holds twice: a document under the same number, or the same text under the same head.

def without_repeats(reading: Reading) -> Reading:
    """`reading` with every article once, the first; the copies are listed in ``repeated`` for the audit.

    Two records are one article where outlet, day, headline and text agree in letters and digits. A headline without a
    text repeats nothing, and neither do texts of a few words, which may be the same by chance.
    """
    if len(reading.articles) < 2 or any(found.finished for found in reading.articles):
        return reading
    first: dict[tuple[str, ...], str] = {}
    kept, copies = [], []
    for number, found in enumerate(reading.articles, 1):
        where = found.where or f"article {number}"
        key = _key(found)
        if key is None or key not in first:
            kept.append(found)
            if key is not None:
                first[key] = where
        else:
            copies.append((where, f"the same article as {first[key]}, and counted once"))
    if not copies:
        return reading
    declared = reading.declared
    return replace(reading, articles=kept, repeated=[*reading.repeated, *copies],
                   declared=declared - len(copies) if declared is not None else None)


def _key(found: Found) -> tuple[str, ...] | None:
    main = [text for zone, text in found.blocks if zone in (MAIN, AGREED, "lead", "body", None)]
    text = letters(" ".join(main) if found.blocks else found.text)
    if len(text) < LEAST_LETTERS:
        return None
    return (letters(found.outlet or found.site or ""), found.date or "", letters(found.headline or ""), text)

