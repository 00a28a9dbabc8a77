"""Web pages: every readable block of the page, its zone told by the markup, by trafilatura and by rule.

trafilatura (Barbaresi 2021) finds the main text and the metadata; headings, figure captions, author and
standfirst come from the markup; what is in neither is furniture. Nothing readable is lost: the article's
text is the whole page.
"""

from __future__ import annotations

import re
from typing import Any

from framing.importers.base import MAIN, File, Found, Reading, Unreadable
from framing.importers.dates import iso_date
from framing.importers.languages import language_code
from framing.importers.markup import blocks_of, parse
from framing.unicode import fold

NAME = "html"
ENOUGH = 40  # words of main text below which trafilatura is taken to have found nothing
MOST_ELEMENTS = 30_000  # of one page; news pages have a few thousand
MOST = .6  # share of the main text that the story's element must hold
LONG_ENOUGH = 20  # letters from which part of a main paragraph is recognised inside it
_ASIDE_TAGS = {"nav", "footer", "aside", "form", "button", "select", "dialog", "menu", "label", "amp-sidebar"}
_ASIDE_NAMES = re.compile(
    r"(?:^|[-_\s])(?:cookies?|consent|gdpr|newsletter|signup|sign-up|related|recommend\w*|promo\w*|share|sharing|social|"
    r"comments?|sidebar|menu|navbar|nav|navigation|breadcrumbs?|advert\w*|ads?|banner|paywall|subscribe|trending|popular|"
    r"most-read|mostread|read-?more|also-read|outbrain|taboola|footer|masthead|tags?|weather|ticker|modal|popup)"
    r"(?:$|[-_\s])", re.I)
_CAPTION_NAMES = re.compile(r"(?:^|[-_\s])(?:wp-)?(?:img-|image-|photo-|figure-)?(?:caption|cutline)(?:$|[-_\s])", re.I)
_BYLINE_NAMES = re.compile(r"(?:^|[-_\s])(?:byline|by-line|author|authors|writer|contributor)s?(?:$|[-_\s])", re.I)
_STANDFIRST_NAMES = re.compile(
    r"(?:^|[-_\s])(?:standfirst|subtitle|sub-title|subheadline|sub-headline|subhead|dek|deck|teaser-text|"
    r"article-summary|article__summary|summary|strapline|lede|abstract)(?:$|[-_\s])", re.I)


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
    return Reading([Found(
        blocks=tuple(_zones(page, _main_text(document), title)), headline=title,
        byline=getattr(document, "author", None), date=_date(root, document),
        outlet=_meta(root, "og:site_name") or None, url=getattr(document, "url", None) or _canonical(root),
        language=language_code(root.get("lang") or getattr(document, "language", None)))])


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


def _main_text(document: Any) -> list[str]:
    return [plain for line in (getattr(document, "text", None) or "").split("\n") if (plain := _plain(line))]


def _zones(page: list[tuple[Any, str]], main: list[str], title: str | None) -> list[tuple[str | None, str]]:
    """The zone of each block: by its markup where that tells, by trafilatura, or None: left to the rules.

    Left to the rules are blocks outside the story's own element that trafilatura took for the story, and
    blocks inside it that trafilatura took for none of it.
    """
    headline = _headline_block(page, title)
    in_main = _in_main_text(page, main)
    story = _story_element(page, in_main, headline)
    numbers = [number for number, found in enumerate(in_main) if found]
    found_enough = sum(len(page[number][1].split()) for number in numbers) >= ENOUGH
    first = headline if headline is not None else numbers[0] if numbers else 0
    blocks: list[tuple[str | None, str]] = []
    for number, (node, text) in enumerate(page):
        within = any(parent is story for parent in (node, *node.iterancestors()))
        if number == headline:
            zone: str | None = "headline"
        elif zone := _by_markup(node, text, in_main[number], story):
            pass
        elif in_main[number]:
            zone = _main_zone(node, text, begun=any(zone == MAIN for zone, _ in blocks)) if within else None
        elif found_enough and not (numbers and first < number < numbers[-1]):
            zone = "furniture"
        blocks.append((zone or None, text))
    return blocks


def _in_main_text(page: list[tuple[Any, str]], main: list[str]) -> list[bool]:
    whole, joined = set(main), "\n".join(main)
    long = [line for line in whole if len(line) >= LONG_ENOUGH]
    found = []
    for _, text in page:
        plain = _plain(text)
        part = len(plain) >= LONG_ENOUGH and (
            plain in joined or sum(len(line) for line in long if line in plain) > .8 * len(plain))
        found.append(plain in whole or part)
    return found


def _story_element(page: list[tuple[Any, str]], in_main: list[bool], headline: int | None) -> Any:
    """The smallest element with most of the main text and, where it can be told, the headline."""
    words: dict[Any, int] = {}
    total = 0
    for (node, text), found in zip(page, in_main, strict=True):
        if found:
            n = len(text.split())
            total += n
            for parent in (node, *node.iterancestors()):
                words[parent] = words.get(parent, 0) + n
    top = [] if headline is None else [page[headline][0], *page[headline][0].iterancestors()]
    wide = [parent for parent in top or sorted(words, key=words.__getitem__)
            if words.get(parent, 0) >= MOST * total]
    return wide[0] if wide and total else page[0][0].getroottree().getroot()


def _by_markup(node: Any, text: str, is_main: bool, story: Any) -> str | None:
    """Caption, byline, standfirst or furniture where tags and class names say so."""
    lineage = [node, *node.iterancestors()]
    holding = {story, *story.iterancestors()}
    outside = [parent for parent in lineage if parent not in holding and isinstance(parent.tag, str)]
    words = len(text.split())
    if any(parent.tag == "figcaption" for parent in outside) or any(
            _CAPTION_NAMES.search(_names(parent)) for parent in outside[:2]):
        return "caption"
    aside = any(parent.tag in _ASIDE_TAGS or _ASIDE_NAMES.search(_names(parent)) for parent in outside)
    if aside and not (is_main and node.tag == "blockquote"):
        return "furniture"
    if words <= 20 and any(_BYLINE_NAMES.search(_names(parent)) or parent.get("itemprop") == "author"
                           or parent.get("rel") == "author" for parent in outside[:3]):
        return "byline" if re.search(r"[^\W\d_]", text) else "furniture"
    if words >= 4 and any(_STANDFIRST_NAMES.search(_names(parent)) for parent in outside[:2]):
        return "standfirst"
    return None


def _main_zone(node: Any, text: str, *, begun: bool) -> str:
    """Inside the main text: tables and lists of facts are body, headings subheadings, the rest by rule.

    A list before the first paragraph is a standfirst in points.
    """
    if node.tag == "tr":
        return "body"
    if node.tag == "li" and len(text.split()) >= 4 and node.find(".//a") is None:
        return "body" if begun else "standfirst"
    return "subheading" if re.fullmatch("h[2-6]", node.tag) else MAIN


def _names(node: Any) -> str:
    return f"{node.get('class') or ''} {node.get('id') or ''}"[:500] if isinstance(node.tag, str) else ""


def _headline_block(page: list[tuple[Any, str]], title: str | None) -> int | None:
    """The block that is the headline: the heading that says the title, else the first h1 with a few words."""
    wanted = _plain(title or "")
    headings = [number for number, (node, _) in enumerate(page) if node.tag in ("h1", "h2")
                or any(parent.tag == "h1" for parent in node.iterancestors())]
    for number in [*headings, *(number for number in range(len(page)) if number not in headings)]:
        plain = _plain(page[number][1])
        if wanted and (plain == wanted or (len(plain) >= LONG_ENOUGH and plain in wanted and number in headings)):
            return number
    return next((number for number in headings if page[number][0].tag == "h1"
                 and len(page[number][1].split()) >= 3), None)


def _title(root: Any, document: Any) -> str | None:
    """The headline: og:title or trafilatura's title where a heading says it too, else the page's own heading."""
    candidates = [_meta(root, "og:title"), getattr(document, "title", None), *root.xpath("//title/text()")[:1]]
    headings = [" ".join(node.text_content().split()) for node in root.iter("h1", "h2")][:20]
    for candidate in candidates:
        plain = _plain(candidate or "")
        for heading in headings:
            if plain and len(_plain(heading)) >= 8 and (_plain(heading) in plain or plain in _plain(heading)):
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


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text)).casefold()
