"""Web pages: every readable block of the page, its zone told by the markup, by trafilatura and by rule.

trafilatura (Barbaresi 2021) finds the main text and the metadata; headings, figure captions, author and
standfirst come from the markup; what is in neither is furniture. Nothing readable is lost: the article's
text is the whole page.

Measured by tests/test_html_pages.py on invented pages, as share of the article's words kept and furniture's
share of the words counted: 1.00 and .00 on twenty pages of as many builds (these were known while it was
written), .99 and .06 on forty random pages whose class names say nothing (trafilatura alone .87 and .34, the
rules on text alone .95 and .22).
"""

from __future__ import annotations

import re
from typing import Any

from framing.importers.base import File, Found, Reading, Unreadable
from framing.importers.dates import iso_date
from framing.importers.extractors import ENOUGH, in_main_text, main_texts
from framing.importers.html_zones import page_zones
from framing.importers.languages import language_code
from framing.importers.markup import blocks_of, parse
from framing.unicode import letters

NAME = "html"
MOST_ELEMENTS = 30_000  # of one page; news pages have a few thousand


def sniff(file: File) -> bool:
    opening = file.opening[:3000].lstrip("\ufeff \t\r\n").lower()
    return opening.startswith(("<!doctype html", "<html")) or bool(
        re.match(r"<(\?xml|!--|head|body|meta|article|main|section|div|h1|p)\b", opening)
        and ("<html" in opening or file.suffix in {".html", ".htm", ".xhtml"}))


def read(file: File) -> Reading:
    """One article: the page. Raises `Unreadable` for a page without text, too long or nested too deeply."""
    root = parse(file.text, most_elements=MOST_ELEMENTS)
    page = blocks_of(root)
    if not page:
        raise Unreadable("the page holds no readable text")
    document = _extract(file.text)
    title = _title(root, document)
    texts = main_texts(file.text, document, "")
    votes = [in_main_text([text for _, text in page], main) for main in texts.values()]
    ended = "<html" not in file.opening.lower() or "</html" in file.text[-5_000:].lower()
    return Reading([Found(
        blocks=tuple(page_zones(page, votes, title)), headline=title,
        byline=getattr(document, "author", None), date=_date(root, document),
        site=_meta(root, "og:site_name") or None, url=getattr(document, "url", None) or _canonical(root),
        language=language_code(root.get("lang") or getattr(document, "language", None)), certain=False,
        problem="" if ended else "the page's markup is not closed; its end may be missing")])


def _extract(text: str) -> Any:
    """What trafilatura makes of the page, reading more freely where its first reading finds next to nothing."""
    import trafilatura

    document: Any = None
    for freely in (False, True):
        try:
            document = trafilatura.bare_extraction(
                text, with_metadata=True, include_comments=False, favor_recall=freely,
                date_extraction_params={"extensive_search": False, "original_date": True}) or document
        except (ValueError, TypeError, AttributeError, RecursionError, LookupError, AssertionError):
            continue  # the rules read the page without it
        if document is not None and len((document.text or "").split()) >= ENOUGH:
            break
    return document


def _title(root: Any, document: Any) -> str | None:
    """The headline: og:title or trafilatura's title where a heading says it too, else the page's own heading."""
    candidates = [_meta(root, "og:title"), getattr(document, "title", None), *root.xpath("//title/text()")[:1]]
    headings = [" ".join(node.text_content().split()) for node in root.iter("h1", "h2")][:20]
    for candidate in candidates:
        plain = letters(candidate or "")
        for heading in headings:
            if plain and len(letters(heading)) >= 8 and (letters(heading) in plain or plain in letters(heading)):
                return heading
    firsts = [" ".join(node.text_content().split()) for node in root.iter("h1")]
    first = next((text for text in firsts if len(text.split()) >= 3), None)
    return first or next((candidate.strip() for candidate in candidates if candidate and candidate.strip()), None)


def _meta(root: Any, name: str) -> str:
    for attribute in ("property", "name", "itemprop"):
        for node in root.xpath("//meta[@content]"):
            if (node.get(attribute) or "").lower() == name:
                return str(node.get("content")).strip()
    return ""


def _canonical(root: Any) -> str | None:
    links = root.xpath("//link[@rel='canonical']/@href")
    return str(links[0]) if links else None


def _date(root: Any, document: Any) -> str | None:
    """What the page declares in its metadata or a time element; trafilatura's own search where it does not."""
    for name in ("article:published_time", "datepublished", "date", "dc.date", "dcterms.created", "pubdate",
                 "publish-date", "publication_date", "parsely-pub-date", "sailthru.date"):
        if found := iso_date(_meta(root, name)):
            return found
    for when in root.xpath("//time/@datetime")[:1]:
        if found := iso_date(when):
            return found
    return iso_date(getattr(document, "date", None) or "")
