"""Web pages: every readable block of the page, its zone told by the markup, by several extractors and by rule.

Where two of trafilatura, Readability and Resiliparse agree is the main text (see `extractors`); headings, figure
captions, author and standfirst come from the markup, headline, byline, date and outlet from what the page states of
itself (see `page_facts`); what is in neither is furniture. Nothing readable is lost: the article's text is the whole
page.

Measured on 102 real pages of a public benchmark (tests/benchmarks/html_benchmark.py; the README has the figures), and
on pages that we made (tests/test_html_pages.py).
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from framing.articles.composition import compose
from framing.articles.fields import iso_date
from framing.articles.formats.extractors import ENOUGH, agreement, in_main_text, main_texts
from framing.articles.formats.html_zones import page_zones
from framing.articles.formats.page_facts import Facts, headline, outlet, person_names
from framing.articles.languages import language_code
from framing.articles.markup import beginning, blocks_of, parse
from framing.articles.opened_file import File, Found, Reading, Unreadable
from framing.zones.page_rules import zones_of

NAME = "html"
LEAST_AGREEMENT = .75  # of the words that the two extractors nearest to each other take for the article
MOST_ELEMENTS = 30_000  # of one page; news pages have a few thousand


def sniff(file: File) -> bool:
    opening = beginning(file.opening)
    return opening.startswith(("<!doctype html", "<html")) or bool(
        re.match(r"(?:<!--|<(?:\?xml|head|body|meta|title|article|main|section|div|h1|p)\b)", opening)
        and ("<html" in opening or file.suffix in {".html", ".htm", ".xhtml"}))


def read(file: File) -> Reading:
    """One article: the page. Raises `Unreadable` for a page without text, too long or nested too deeply."""
    root = parse(file.text, most_elements=MOST_ELEMENTS)
    page = blocks_of(root)
    if not page:
        raise Unreadable("the page holds no readable text")
    document, facts = _extract(file.text), Facts(root)
    url = getattr(document, "url", None) or _canonical(root)
    title = headline(facts, url or "", also=[*root.xpath("//title/text()")[:1], getattr(document, "title", None) or ""])
    blocks = [text for _, text in page]
    votes = [in_main_text(blocks, main) for main in main_texts(file.text, document, facts.body()).values()]
    authors = facts.authors() or person_names((getattr(document, "author", None) or "").split(";"))
    found = Found(
        blocks=tuple(page_zones(page, votes, title)), headline=title, byline="; ".join(authors) or None,
        date=facts.date() or _date(root, document), site=outlet(facts, url or "", title), url=url,
        language=language_code(root.get("lang") or getattr(document, "language", None)), certain=False)
    ended = "<html" not in file.opening.lower() or "</html" in file.text[-5_000:].lower()
    reasons = [] if ended else ["the page's markup is not closed; its end may be missing"]
    n_words = _words_of_story(found)
    if ended and not n_words:
        reasons.append("no running text was found on the page: a list of links, a video, or a text that a script "
                       "loads; open it and save the page as it is shown")
    elif n_words and (share := agreement(blocks, votes)) < LEAST_AGREEMENT:
        reasons.append(f"what is article and what is not is uncertain: of {len(votes)} ways of finding the main text "
                       f"the two nearest to each other share {share:.0%} of the words; look at its passages")
    return Reading([replace(found, problem="; ".join(reasons), cut=ended and not n_words)])


def _words_of_story(found: Found) -> int:
    """Words of lead and body, as `find_passages` will find them."""
    page, zones, _ = compose(found)
    passages = zones_of(page.text, known=json.dumps(zones) if zones else None, headline=page.headline)
    return sum(len(page.text[start:end].split()) for start, end, zone in passages if zone in ("lead", "body"))


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


def _canonical(root: Any) -> str | None:
    links = root.xpath("//link[@rel='canonical']/@href")
    return str(links[0]) if links else None


def _date(root: Any, document: Any) -> str | None:
    """The first time element, else what trafilatura finds by looking, where the page's statements have no date."""
    stated = (iso_date(when) for when in [*root.xpath("//time/@datetime")[:1], getattr(document, "date", None) or ""])
    return next((found for found in stated if found), None)
