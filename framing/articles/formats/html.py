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
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any

from framing.articles.decoding import AGREED, MAIN, File, Format, Found, Reading, Unreadable
from framing.articles.fields import iso_date, language_code
from framing.articles.formats.page_facts import Facts, headline, is_nobody, outlet, person_names
from framing.articles.markup import beginning, blocks_of, compose, parse
from framing.text.unicode import letters
from framing.zones.lines import BOX_OPENINGS, BOXES, BYLINE_OPENINGS, CLOCK, DATE, Line, opens_with, read_wording
from framing.zones.other_stories import kinship, vocabulary
from framing.zones.passages import zones_of

LARGEST_CARD = 80  # words of a box that links to another story
AKIN = 0.15  # share of content words that a paragraph elsewhere shares with the story, to be left to the rules
MOST = 0.6  # share of the main text that the story's element must hold
LONG_HEADING = 12  # words from which a heading before the first paragraph is a standfirst
FEWEST_OF_SENTENCE, SMALL_WORDS = 8, 0.25  # words, and share of function words, of a line that is no byline
LONG_ENOUGH = 20  # letters from which part of a main paragraph is recognised inside it
_ASIDE_TAGS = {"nav", "footer", "aside", "form", "button", "select", "dialog", "menu", "label", "amp-sidebar"}
_ASIDE_NAMES = re.compile(
    r"(?:^|[-_\s])(?:cookies?|consent|gdpr|newsletter|signup|sign-up|related|recommend\w*|promo\w*|share|sharing|social|"
    r"comments?|sidebar|menu|navbar|nav|navigation|breadcrumbs?|advert\w*|ads?|banner|paywall|subscribe|trending|popular|"
    r"most-read|mostread|read-?more|also-read|outbrain|taboola|footer|masthead|tags?|weather|ticker|modal|popup)"
    r"(?:$|[-_\s])",
    re.I,
)
_COMMENT_NAMES = re.compile(r"(?:^|[-_\s])(?:comments?|replies|reply|review)(?:$|[-_\s])", re.I)
_CAPTION_NAMES = re.compile(r"(?:^|[-_\s])(?:wp-)?(?:img-|image-|photo-|figure-)?(?:caption|cutline)(?:$|[-_\s])", re.I)
_BYLINE_NAMES = re.compile(r"(?:^|[-_\s])(?:byline|by-line|author|authors|writer|contributor)s?(?:$|[-_\s])", re.I)
_STANDFIRST_NAMES = re.compile(
    r"(?:^|[-_\s])(?:standfirst|subtitle|sub-title|subheadline|sub-headline|subhead|dek|deck|teaser-text|"
    r"article-summary|article__summary|summary|strapline|lede|abstract)(?:$|[-_\s])",
    re.I,
)


def page_zones(page: list[tuple[Any, str]], votes: list[list[bool]], title: str | None) -> list[tuple[str | None, str]]:
    """The zone of each block: by its markup where that tells, by the extractors, or None: left to the rules.

    Left to the rules are blocks outside the story's own element that the extractors took for the story, and
    blocks inside it that they took for none of it.
    """
    counts = [sum(vote) for vote in zip(*votes, strict=True)] or [0] * len(page)
    in_main = [count >= min(2, len(votes)) and bool(votes) for count in counts]
    agreed = [count == len(votes) > 1 for count in counts]
    headline = _headline_block(page, title)
    story = _story_element(page, in_main, headline)
    numbers = [number for number, found in enumerate(in_main) if found]
    found_enough = sum(len(page[number][1].split()) for number in numbers) >= ENOUGH
    first = headline if headline is not None else numbers[0] if numbers else 0
    holding = {story, *story.iterancestors(), *_holding_most(page, in_main)}
    cards = _cards(page, headline) | _boxes(page, holding, headline, in_main)
    told = vocabulary(
        _line(text)
        for (node, text), found in zip(page, in_main, strict=True)
        if found and any(parent is story for parent in node.iterancestors())
    )
    blocks: list[tuple[str | None, str]] = []
    for number, (node, text) in enumerate(page):
        within = any(parent is story for parent in (node, *node.iterancestors()))
        if number == headline:
            zone: str | None = "headline"
        elif number in cards:
            zone = "furniture"
        elif zone := _by_markup(node, text, holding, between=bool(numbers) and first < number < numbers[-1]):
            if zone == "byline" and _names_nobody(text):
                zone = None if any(known in (MAIN, AGREED) for known, _ in blocks) else "standfirst"
        elif in_main[number]:
            begun = any(zone in (MAIN, AGREED) for zone, _ in blocks)
            zone = _main_zone(node, text, begun=begun) if within else None if _akin(text, told) else "furniture"
        elif found_enough and not (numbers and first < number < numbers[-1]):
            zone = "furniture"
        elif within and "blockquote" in (node.tag, *(parent.tag for parent in node.iterancestors())):
            zone = "body"  # what the story quotes whole, a post or a letter, is left out by many extractors
        elif _is_list_of_links(node, text):
            zone = "furniture"
        blocks.append((AGREED if zone == MAIN and agreed[number] else zone or None, text))
    return blocks


def _main_words(page: list[tuple[Any, str]], in_main: list[bool]) -> tuple[Counter[Any], int]:
    """How many words of the main text each element holds, and how many there are."""
    words: Counter[Any] = Counter()
    total = 0
    for (node, text), found in zip(page, in_main, strict=True):
        if found:
            n = len(text.split())
            total += n
            for parent in (node, *node.iterancestors()):
                words[parent] += n
    return words, total


def _holding_most(page: list[tuple[Any, str]], in_main: list[bool]) -> set[Any]:
    """The elements that hold most of the main text, whatever they are called."""
    words, total = _main_words(page, in_main)
    return {parent for parent, n in words.items() if n >= 0.5 * total}


def _akin(text: str, told: Counter[str]) -> bool:
    """Whether a paragraph outside the story's element speaks of the same things."""
    return kinship([_line(text)], told) >= AKIN


def _line(text: str) -> Line:
    return Line(0, len(text), text, False)


def _cards(page: list[tuple[Any, str]], headline: int | None) -> set[int]:
    """Blocks that are links to other pages, and the few words that stand in one box with such a link."""
    holding = set() if headline is None else {page[headline][0], *page[headline][0].iterancestors()}
    words: dict[Any, int] = {}
    for node, text in page:
        n = len(text.split())
        for parent in (node, *node.iterancestors()):
            words[parent] = words.get(parent, 0) + n
    linked, boxes = set(), set()
    for number, (node, text) in enumerate(page):
        n = len(text.split())
        if number == headline or n < 4 or not _is_link(node, text):
            continue
        linked.add(number)
        around = next((parent for parent in node.iterancestors() if words[parent] > n), None)
        if around is not None and around not in holding and words[around] <= LARGEST_CARD:
            boxes.add(around)
    return linked | {
        number
        for number, (node, _) in enumerate(page)
        if boxes and number != headline and any(parent in boxes for parent in (node, *node.iterancestors()))
    }


def _boxes(page: list[tuple[Any, str]], holding: set[Any], headline: int | None, in_main: list[bool]) -> set[int]:
    """Blocks of an element that opens with a line such as "More from World", unless it holds most of the story.

    Below headline and first paragraphs it is a box though it hold more than the story: many pages of a few lines end
    with the whole text of others.
    """
    boxes = set()
    sizes: Counter[Any] = Counter()
    firsts: dict[Any, int] = {}
    told = [0]  # words of main text between the headline and each block
    for number, (node, text) in enumerate(page):
        told.append(told[-1] + len(text.split()) * (in_main[number] and headline is not None and number > headline))
        for parent in (node, *node.iterancestors()):
            sizes[parent] += len(text)
            firsts.setdefault(parent, number)
    for number, (node, text) in enumerate(page):
        if number != headline and _opens_box(_line(text)):
            around = next((parent for parent in (node, *node.iterancestors()) if sizes[parent] > len(text)), None)
            if around is not None and firsts[around] == number and (around not in holding or told[number] >= ENOUGH):
                boxes.add(around)
    return {
        number
        for number, (node, _) in enumerate(page)
        if number != headline and boxes and any(parent in boxes for parent in (node, *node.iterancestors()))
    }


def _opens_box(line: Line) -> bool:
    key = re.sub(r"^\d+ | \d+$", "", line.key)  # "8 Comments"
    return line.n <= 8 and (key in BOXES or (not line.ends_sentence and opens_with(line.key, BOX_OPENINGS)))


def _is_list_of_links(node: Any, text: str) -> bool:
    """Whether a block is hardly more than several links away from the page."""
    links = [link for link in node.iter("a") if not (link.get("href") or "#").startswith("#")]
    inside = sum(len(letters(link.text_content())) for link in links)
    return len(links) > 1 and inside >= 0.8 * len(letters(text))


def _is_link(node: Any, text: str) -> bool:
    """Whether the whole block is one link away from the page."""
    around = next((parent for parent in (node, *node.iterancestors()) if parent.tag == "a"), None)
    anchors = [around] if around is not None else list(node.iter("a"))
    if len(anchors) != 1 or (anchors[0].get("href") or "#").startswith("#"):
        return False
    inside = len(letters(text if around is not None else anchors[0].text_content()))
    return inside >= 0.9 * len(letters(text))


def _story_element(page: list[tuple[Any, str]], in_main: list[bool], headline: int | None) -> Any:
    """The smallest element with most of the main text and, where it can be told, the headline."""
    words, total = _main_words(page, in_main)
    top = [] if headline is None else [page[headline][0], *page[headline][0].iterancestors()]
    wide = [parent for parent in top or sorted(words, key=words.__getitem__) if words.get(parent, 0) >= MOST * total]
    return wide[0] if wide and total else page[0][0].getroottree().getroot()


def _by_markup(node: Any, text: str, holding: set[Any], *, between: bool) -> str | None:
    """Caption, byline, standfirst or furniture where tags and class names say so.

    `between` paragraphs of the story a quoted post stays in it, though its frame be called "social".
    """
    lineage = [node, *node.iterancestors()]
    outside = [parent for parent in lineage if parent not in holding and isinstance(parent.tag, str)]
    words = len(text.split())
    if any(parent.tag == "figcaption" for parent in outside) or any(
        _CAPTION_NAMES.search(_names(parent)) for parent in outside[:2]
    ):
        return "caption"
    quoted = between and any(parent.tag == "blockquote" for parent in outside)
    if any(parent.tag in _ASIDE_TAGS or (not quoted and _ASIDE_NAMES.search(_names(parent))) for parent in outside):
        return "furniture"
    if words <= 20 and any(
        _BYLINE_NAMES.search(_names(parent)) or parent.get("itemprop") == "author" or parent.get("rel") == "author"
        for parent in outside[:3]
    ):
        return "byline" if re.search(r"[^\W\d_]", text) and not is_nobody(text) else "furniture"
    if words >= 4 and any(_STANDFIRST_NAMES.search(_names(parent)) for parent in outside[:2]):
        return "standfirst"
    return None


def _names_nobody(text: str) -> bool:
    """Whether a line in an author's place is a sentence of the story: no name, "by" or hour, and many small words."""
    line = _line(text)
    names = any(one[0].isupper() and other[0].isupper() for one, other in pairwise(line.words))
    return (
        line.n >= FEWEST_OF_SENTENCE
        and line.function_share >= SMALL_WORDS
        and not names
        and not opens_with(line.key, BYLINE_OPENINGS)
        and not DATE.search(text)
        and not CLOCK.search(text)
    )


def _main_zone(node: Any, text: str, *, begun: bool) -> str:
    """Inside the main text: tables, block quotations and lists of facts are body, headings subheadings.

    A list before the first paragraph is a standfirst in points, a long heading there a standfirst in one; the rest is
    found by rule.
    """
    if node.tag == "tr" or "blockquote" in (node.tag, *(parent.tag for parent in node.iterancestors())):
        return "body"
    if node.tag == "li" and len(text.split()) >= 4 and node.find(".//a") is None:
        return "body" if begun else "standfirst"
    if re.fullmatch("h[2-6]", node.tag) and not begun and len(text.split()) >= LONG_HEADING:
        return "standfirst"
    if not re.fullmatch("h[2-6]", node.tag):
        return MAIN
    return "furniture" if _invites(text) else "subheading"


def _invites(text: str) -> bool:
    """Whether a heading speaks to the visitor of the site: "Subscribe to continue reading"."""
    line = _line(text)
    read_wording([line])
    return line.n >= 3 and "short" in line.tags and not re.search(r"\d", text)


def _names(node: Any) -> str:
    return f"{node.get('class') or ''} {node.get('id') or ''}"[:500] if isinstance(node.tag, str) else ""


def _headline_block(page: list[tuple[Any, str]], title: str | None) -> int | None:
    """The block that is the headline: the heading that says the title, else the first h1 with a few words."""
    wanted = letters(title or "")
    headings = [
        number
        for number, (node, _) in enumerate(page)
        if node.tag in ("h1", "h2") or any(parent.tag == "h1" for parent in node.iterancestors())
    ]
    for number in [*headings, *(number for number in range(len(page)) if number not in headings)]:
        plain = letters(page[number][1])
        if wanted and (plain == wanted or (len(plain) >= LONG_ENOUGH and plain in wanted and number in headings)):
            return number
    return next(
        (number for number in headings if page[number][0].tag == "h1" and len(page[number][1].split()) >= 3), None
    )


LEAST_AGREEMENT = 0.75  # of the words that the two extractors nearest to each other take for the article
_SUFFIXES = {".html", ".htm", ".xhtml", ".shtml"}
MOST_ELEMENTS = 30_000  # of one page; news pages have a few thousand


def sniff(file: File) -> bool:
    """A page by its first element, by an ``html`` element after whatever a server wrote before it, or by its suffix."""
    opening = beginning(file.opening)
    if opening.startswith(("<!doctype html", "<html")):
        return True
    if file.suffix in _SUFFIXES:
        return bool(
            re.search(r"<(?:html|head|body|meta|title|article|main|section|div|h1|p)\b", file.text[:100_000], re.I)
        )
    return file.opening.lstrip("\ufeff \t\r\n").startswith("<") and bool(re.search(r"<html\b", opening))


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
    alone = not votes
    if alone and any(vote := _of_most_sentences(page)):
        votes = [vote]
    authors = facts.authors() or person_names((getattr(document, "author", None) or "").split(";"))
    found = Found(
        blocks=tuple(page_zones(page, votes, title)),
        headline=title,
        byline="; ".join(authors) or None,
        date=facts.date() or _date(root, document),
        site=outlet(facts, url or "", title),
        url=url,
        language=language_code(root.get("lang") or getattr(document, "language", None)),
        certain=False,
    )
    ended = "<html" not in file.opening.lower() or "</html" in file.text[-5_000:].lower()
    reasons = [] if ended else ["the page's markup is not closed; its end may be missing"]
    n_words = _words_of_story(found)
    if ended and not n_words:
        reasons.append(
            "no running text was found on the page: a list of links, a video, or a text that a script "
            "loads; open it and save the page as it is shown"
        )
    elif n_words and (share := agreement(blocks, votes)) < LEAST_AGREEMENT:
        reasons.append(
            f"what is article and what is not is uncertain: of {len(votes)} ways of finding the main text "
            f"the two nearest to each other share {share:.0%} of the words; look at its passages"
        )
    elif n_words and alone:
        reasons.append("no reading found a main text; what holds most of the sentences was taken; look at its passages")
    if 0 < n_words < STUB and facts.paid():
        reasons.append(
            f"the page is for subscribers and holds {n_words} words of its story, which may be the beginning only; "
            "save it as a subscriber sees it, or leave it out"
        )
    return Reading([replace(found, problem="; ".join(reasons), cut=ended and not n_words)])


def _of_most_sentences(page: list[tuple[Any, str]]) -> list[bool]:
    """Where every extractor is put off by class names: the sentences of the smallest element with most of them.

    None are found where they stand in several elements named for comments: those are the readers'.
    """
    sentences = [
        len(text.split()) * (len(text.split()) >= FEWEST_OF_SENTENCE and bool(re.search(r"[.!?…][”\"’')]*$", text)))
        for _, text in page
    ]
    words: Counter[Any] = Counter()
    around: set[Any] = set()
    for (node, _), n in zip(page, sentences, strict=True):
        lineage = [node, *node.iterancestors()]
        if not n or any(parent.tag in ("nav", "footer", "select") for parent in lineage):
            continue
        around |= {next((parent for parent in lineage if _COMMENT_NAMES.search(_names(parent))), None)} - {None}
        for parent in lineage:
            words[parent] += n
    total = max(words.values(), default=0)
    holding = [parent for parent, n in words.items() if n >= MOST * total]
    if total < ENOUGH or len(around) > 1 or not holding:
        return [False] * len(page)
    story = min(holding, key=lambda parent: sum(1 for _ in parent.iter()))
    return [bool(n) and story in (node, *node.iterancestors()) for (node, _), n in zip(page, sentences, strict=True)]


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
            document = (
                trafilatura.bare_extraction(
                    text,
                    with_metadata=True,
                    include_comments=False,
                    favor_recall=freely,
                    date_extraction_params={"extensive_search": False, "original_date": True},
                )
                or document
            )
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

STUB = 200  # words under which the text of a page for subscribers is taken for its beginning
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
