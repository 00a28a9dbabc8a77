"""What an importer is given and what it gives back.

An importer is a module with ``NAME``, ``sniff(file)`` (is this my format, judged by content) and
``read(file)``, which returns a `Reading` or raises `Unreadable` with a reason for the audit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from framing.articles.decoding import Unreadable, decode, rtf_text, word_paragraphs
from framing.articles.pdf_text import pdf_text

__all__ = ["AGREED", "MAIN", "File", "Found", "Reading", "Unreadable"]
MAIN = "main"
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
