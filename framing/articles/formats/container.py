"""Files with pages inside: e-mails, web pages saved as one file, layouts of several articles that no importer knows.

A page of one story states what it is in its head (``og:title``, JSON-LD, a canonical address); an export of a database
does not, and repeats one element for each of its articles, with a title, a day and sentences in every one. Reading it
as one page would make one article of many: a table of articles is read, the rest refused.

The subject of a newsletter or alert (.eml) is the headline, the day it was sent the date; a page within a message
(.mhtml) is read as HTML.
"""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

from framing.articles.decoding import File, Format, Found, Reading, Unreadable
from framing.articles.fields import iso_date, match
from framing.articles.formats import html
from framing.articles.formats.html import MOST_ELEMENTS
from framing.articles.formats.table import read_rows

_STATED = re.compile(
    r"property\s*=\s*[\"']?(?:og:title|og:type|article:published_time)|"
    r"\"@type\"\s*:\s*\"?\[?\"?(?:News)?Article|rel\s*=\s*[\"']?canonical|\"articleBody\"|"
    r"(?:name|itemprop)\s*=\s*[\"']?(?:articleBody|parsely-)",
    re.I,
)
_PAGE = re.compile(r"<(?:html|body|div|table|article|h\d|p)\b", re.I)
_RECORDS = {"div", "article", "section", "li", "table", "tr", "td", "dl", "dd", "blockquote", "center", "p", "pre"}
SHARE = 0.8  # of the page's words that its records hold, and of the elements of one kind that are records
SENTENCES = 2  # of each record, at least
DAY_ALONE = 8  # words of a line that is a day and little else
LEAST_TITLE = 3  # words of a title
SHORT = 25  # words of a line that gives a title or a day
_SENTENCE = re.compile(r"[^\W\d_]{2,}[.!?][”\"’']?(?=\s|$)")


def sniff(file: File) -> bool:
    opening = file.opening.lstrip("\ufeff \t\r\n")
    if not opening.startswith("<") or not _PAGE.search(opening) or _STATED.search(file.text):
        return False
    root = _root(file)
    return root is not None and (_table(root) is not None or _n_articles(root) > 1)


def read(file: File) -> Reading:
    root = _root(file)
    if root is None:
        raise Unreadable("no HTML page")
    rows = _table(root)
    if rows is not None:
        return read_rows(rows, [])
    raise Unreadable(
        f"refused: the page holds {_n_articles(root)} records that look like articles of their own, in a "
        "layout not known here; export them as text, RTF, docx or CSV, or save one article to a page"
    )


def _root(file: File) -> Any:
    from framing.articles.markup import parse

    try:
        return parse(file.text)
    except Unreadable:
        return None  # for the importer of pages to say


def _table(root: Any) -> list[dict[str, str]] | None:
    """The rows of a table whose header names a text and what it is the text of; None where there is none."""
    from framing.articles.markup import text_of

    for table in root.iter("table"):
        rows = [cells for row in table.xpath("./tr|./thead/tr|./tbody/tr") if (cells := row.xpath("./td|./th"))]
        if len(rows) < 2 or any(cell.find(".//table") is not None for cell in rows[0]):
            continue
        header = [" ".join(text_of(cell).split()) for cell in rows[0]]
        known = match(header)
        if "text" in known and {"headline", "date", "outlet"} & known.keys():
            return [dict(zip(header, map(text_of, row), strict=False)) for row in rows[1:] if len(row) == len(header)]
    return None


def _n_articles(root: Any) -> int:
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        return 0  # the importer of pages refuses it
    return max(_n_elements(root), _n_headed(root), _n_dated(root))


def _n_elements(root: Any) -> int:
    """How many elements of one kind each hold an article, where together they hold the page; else 0."""
    from framing.articles.markup import lines_of

    total = sum(len(line.split()) for line in lines_of(root))
    kinds: dict[tuple[str, str], list[Any]] = {}
    for node in root.iter(*_RECORDS):
        kinds.setdefault((node.tag, re.sub(r"\d+", "", node.get("class") or "")), []).append(node)
    best = 0
    for nodes in kinds.values():
        inside = set(nodes)
        outer = [node for node in nodes if not any(parent in inside for parent in node.iterancestors())]
        if len(outer) < 2 or len(outer) > 5_000:
            continue
        texts = [lines_of(node) for node in outer]
        held = [lines for lines in texts if _is_article(lines)]
        words = sum(len(line.split()) for lines in held for line in lines)
        long = [lines for lines in texts if sum(len(line.split()) for line in lines) > SHORT]
        if len(held) > 1 and len(held) >= SHARE * len(long) and words >= SHARE * total:
            best = max(best, len(held))
    return best


def _is_article(lines: list[str]) -> bool:
    lines = [part for line in lines for part in line.split("\n") if part.strip()]
    dated = any(iso_date(line) for line in lines[:8] if len(line.split()) <= SHORT)
    titled = any(
        2 <= len(line.split()) <= SHORT and not line.rstrip().endswith(".") and not iso_date(line) for line in lines[:8]
    )
    return dated and titled and len(_SENTENCE.findall(" ".join(lines))) >= SENTENCES


def _n_dated(root: Any) -> int:
    """How many lines are a day, each beside a title and before sentences of its own; 0 for fewer than two.

    A chronology has days and sentences too, but no titles beside them.
    """
    from framing.articles.markup import lines_of

    lines = [part.strip() for line in lines_of(root) for part in line.split("\n") if part.strip()]
    days = [number for number, line in enumerate(lines) if len(line.split()) <= DAY_ALONE and iso_date(line)]
    days = [number for number, before in zip(days, [-9, *days], strict=False) if number - before > 2]
    if len(days) < 2:
        return 0
    held = 0
    for start, end in zip(days, [*days[1:], len(lines)], strict=True):
        beside = [*lines[max(0, start - 3) : start], *lines[start + 1 : start + 4]]
        titled = any(
            LEAST_TITLE <= len(line.split()) <= SHORT
            and not re.search(r"[.!?:;][”\"’']?$", line)
            and not iso_date(line)
            for line in beside
        )
        held += titled and len(_SENTENCE.findall(" ".join(lines[start:end]))) >= SENTENCES
    words = sum(len(line.split()) for line in lines[max(0, days[0] - 4) :])
    return held if held == len(days) and words >= SHARE * sum(len(line.split()) for line in lines) else 0


def _n_headed(root: Any) -> int:
    """How many headings have a day right below or above them and sentences down to the next; 0 for fewer than two."""
    from framing.articles.markup import blocks_of

    blocks = blocks_of(root)
    best = 0
    for tag in ("h1", "h2", "h3", "h4"):
        heads = [number for number, (node, _) in enumerate(blocks) if node.tag == tag]
        if len(heads) < 2:
            continue
        ends = [*heads[1:], len(blocks)]
        held = sum(_is_article([text for _, text in blocks[start:end]]) for start, end in zip(heads, ends, strict=True))
        words = sum(len(text.split()) for _, text in blocks[heads[0] :])
        if held > 1 and held >= SHARE * len(heads) and words >= SHARE * sum(len(text.split()) for _, text in blocks):
            best = max(best, held)
    return best


_NEEDED = (rb"^From:", rb"^Date:", rb"^Subject:")
_HEADER = re.compile(rb"[A-Za-z][\w-]{1,40}:[ \t]")


def sniff_mail(file: File) -> bool:
    head = re.split(rb"\r?\n\r?\n", file.data[:20_000], maxsplit=1)[0]
    return (
        bool(_HEADER.match(head))
        and all(re.search(name, head, re.M | re.I) for name in _NEEDED)
        and not re.search(rb"^(?:From:.*<Saved by|Snapshot-Content-Location:)", head, re.M | re.I)
    )


def read_mail(file: File) -> Reading:
    """One article: the page of the mail where it has one, else its text."""
    message = message_from_bytes(file.data, policy=policy.default)
    subject = " ".join(str(message["subject"] or "").split()) or None
    page, text = message.get_body(("html",)), message.get_body(("plain",))
    if isinstance(page, EmailMessage) and (content := _content(page)).strip():
        reading = html.read(File(file.name, content.encode("utf-8-sig")))
        reading.articles = [
            replace(found, headline=found.headline or subject, date=found.date or _sent(message))
            for found in reading.articles
        ]
        if reading.articles:
            return reading
    if isinstance(text, EmailMessage) and (content := _content(text)).strip():
        return Reading([Found(text=content, headline=subject, date=_sent(message))])
    raise Unreadable("an e-mail without a text")


def _content(part: EmailMessage) -> str:
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError, ValueError):  # an encoding nobody knows
        data = part.get_payload(decode=True)
        return data.decode("utf-8", "replace") if isinstance(data, bytes) else ""


def _sent(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(message["date"])).date().isoformat()
    except (TypeError, ValueError):
        return None


def sniff_mhtml(file: File) -> bool:
    return bool(
        re.search(rb"^MIME-Version:\s*1\.0", file.data[:4_000], re.M | re.I)
        and re.search(rb"Content-Type:\s*(?:multipart/related|text/html)", file.data[:8_000], re.I)
    )


def read_mhtml(file: File) -> Reading:
    message = message_from_bytes(file.data, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            data = part.get_payload(decode=True)
            if isinstance(data, bytes) and data.strip():
                return html.read(File(file.name, data))
    raise Unreadable("a saved web page without the page in it")


FORMATS = [
    Format("container", sniff, read),
    Format("mail", sniff_mail, read_mail),
    Format("mhtml", sniff_mhtml, read_mhtml),
]
