"""Web pages: every readable block of the page, its zone told by the markup, by several extractors and by rule.

trafilatura (Barbaresi 2021), the Readability algorithm (readability-lxml) and Resiliparse (Bevendorff et al. 2018) err
on different pages; what two of them keep is the article's. A page's own ``articleBody`` (schema.org) has a voice too.
Headings, figure captions, author and standfirst come from the markup, headline, byline, date and outlet from what the
page states of itself (see `page_facts`); what is in neither is furniture. Nothing readable is lost: the article's text
is the whole page.

Measured on 102 real pages of a public benchmark (tests/benchmarks/html_benchmark.py; the README has the figures), and
on pages that we made (tests/test_html_pages.py).
"""

from __future__ import annotations

import json
import logging
import re
import warnings
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from typing import Any

from framing.articles.composition import compose
from framing.articles.fields import iso_date
from framing.articles.formats.html_zones import page_zones
from framing.articles.formats.page_facts import Facts, headline, outlet, person_names
from framing.articles.languages import language_code
from framing.articles.markup import beginning, blocks_of, parse
from framing.articles.opened_file import File, Format, Found, Reading, Unreadable
from framing.text.unicode import letters
from framing.zones.page_rules import zones_of

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


# What several extractors take for the main text of a page, and how far they agree, block by block.

ENOUGH = 40  # words of main text below which an extractor is taken to have found nothing
GRAM = 3  # words in a row by which part of a line is recognised in a main text
MOST_WORDS = 60  # of a line that are compared when lines are matched in part
PART = 0.6  # share of a line's words that must be found in a main text
BESIDE = 4  # lines on each side that tell which of two same lines is the one kept
ERRORS = (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, LookupError, AssertionError)
_WORD = re.compile(r"\w+")
_SILENT = logging.NullHandler()


def main_texts(text: str, document: Any, stated: str) -> dict[str, str]:
    """The main text of the page by the name of who found it; of each that found enough.

    `document` is trafilatura's reading, `stated` the ``articleBody`` that the page gives itself.
    """
    found = {
        "trafilatura": (getattr(document, "text", None) or ""),
        "readability": _safely(_readability, text),
        "resiliparse": _safely(_resiliparse, text),
        "stated": stated,
    }
    return {name: main for name, main in found.items() if len(_WORD.findall(main)) >= ENOUGH}


def _safely(extract: Callable[[str], str], text: str) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return extract(text)
    except ERRORS:
        return ""  # the others read the page without it


def _readability(text: str) -> str:
    from lxml.html import document_fromstring
    from readability import Document

    from framing.articles.markup import text_of

    logging.getLogger("readability").addHandler(_SILENT)  # else it prints its failures, which are no failures here
    return text_of(document_fromstring(Document(text).summary()))


def _resiliparse(text: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(text, main_content=True, alt_texts=False, links=False, list_bullets=False))


def in_main_text(blocks: list[str], main: str) -> list[bool]:
    """Which of `blocks` stand in the text `main`: as a line, within one, or with most of their words in a row.

    Of lines that say the same, as many are taken as the main text has: those with the most of it beside them.
    """
    lines = [letters(line) for line in main.split("\n")]
    whole: dict[str, int] = {}
    for line in lines:
        if line:
            whole[line] = whole.get(line, 0) + 1
    words = _WORD.findall(main.lower())
    grams = set(zip(words, words[1:], words[2:], strict=False))
    found: list[bool] = []
    same: dict[str, list[int]] = {}
    for number, block in enumerate(blocks):
        pieces = [letters(piece) for piece in block.split("\n")]
        plain = "".join(pieces)
        same.setdefault(plain, []).append(number)
        found.append(
            bool(plain)
            and (
                plain in whole
                or _mostly_in(block, grams)
                or sum(len(piece) for piece in pieces if piece in whole) > PART * len(plain)
            )
        )
    for plain, numbers in same.items():
        if len(numbers) < 2 or not found[numbers[0]]:
            continue
        alike, last = set(numbers), len(found)
        at = {
            number: sum(
                found[other]
                for other in range(max(number - BESIDE, 0), min(number + BESIDE + 1, last))
                if other not in alike
            )
            for number in numbers
        }
        n_kept = max(whole.get(plain, 0), 1)
        for number in sorted(numbers, key=lambda number: (-at[number], number))[n_kept:]:
            found[number] = False
    return found


def agreement(blocks: list[str], votes: list[list[bool]]) -> float:
    """Share (0 to 1) of words that the two readings nearest to each other have in common, of all that either has.

    1 where fewer than two readings found a main text: nothing is there to agree.
    """
    sizes = [len(_WORD.findall(block)) for block in blocks]
    shares = []
    for first, second in combinations(votes, 2):
        either = sum(n for n, a, b in zip(sizes, first, second, strict=True) if a or b)
        shares.append(
            sum(n for n, a, b in zip(sizes, first, second, strict=True) if a and b) / either if either else 0.0
        )
    return max(shares, default=1.0)


def _mostly_in(block: str, grams: set[tuple[str, str, str]]) -> bool:
    words = _WORD.findall(block.lower())[:MOST_WORDS]
    if len(words) < GRAM:
        return False
    hit = [False] * len(words)
    for at, gram in enumerate(zip(words, words[1:], words[2:], strict=False)):
        if gram in grams:
            hit[at : at + GRAM] = [True] * GRAM
    return sum(hit) >= PART * len(words)


FORMATS = [Format("html", sniff, read)]
