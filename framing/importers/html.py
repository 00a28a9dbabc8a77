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
LONG_ENOUGH = 20  # letters from which part of a main paragraph is recognised inside it
_ASIDE_TAGS = {"nav", "footer", "aside", "form", "button", "select", "dialog", "menu", "label", "amp-sidebar"}
_ASIDE_NAMES = re.compile(
    r"(?:^|[-_\s])(?:cookies?|consent|gdpr|newsletter|signup|sign-up|related|recommend\w*|promo\w*|share|sharing|social|"
    r"comments?|sidebar|menu|navbar|nav|navigation|breadcrumbs?|advert\w*|ads?|banner|paywall|subscribe|trending|popular|"
    r"most-read|mostread|read-?more|also-read|outbrain|taboola|footer|masthead|tags?|weather|ticker|modal|popup)"
    r"(?:$|[-_\s])", re.I)
_WHOLE = {"html", "body", "article", "main"}
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
    root = parse(file.text)
    page = blocks_of(root)
    if not page:
        raise Unreadable("the page holds no readable text")
    document = _extract(file.text)
    main = [plain for line in (document.text or "").split("\n") if (plain := _plain(line))] if document else []
    title = _title(root, document)
    blocks = _zones(page, main, title)
    if sum(len(text.split()) for zone, text in blocks if zone == MAIN) < ENOUGH:
        blocks = [(zone if zone in ("headline", "caption") else None, text) for zone, text in blocks]
    byline = getattr(document, "author", None)
    return Reading([Found(
        blocks=tuple(blocks), headline=title, byline=byline, date=_date(root, document),
        outlet=_meta(root, "og:site_name") or None, url=getattr(document, "url", None) or _canonical(root),
        language=language_code(root.get("lang") or getattr(document, "language", None)))])


def _extract(text: str) -> Any:
    import trafilatura

    try:
        return trafilatura.bare_extraction(text, with_metadata=True, include_comments=False, favor_recall=True,
                                           date_extraction_params={"extensive_search": False, "original_date": True})
    except (ValueError, TypeError, AttributeError, RecursionError, KeyError, IndexError, AssertionError):
        return None  # the rules read the page without it


def _zones(page: list[tuple[Any, str]], main: list[str], title: str | None) -> list[tuple[str | None, str]]:
    whole, joined = set(main), "\n".join(main)
    headline = _headline_block(page, title)
    blocks: list[tuple[str | None, str]] = []
    for number, (node, text) in enumerate(page):
        plain = _plain(text)
        is_main = plain in whole or (len(plain) >= LONG_ENOUGH and plain in joined) or (
            len(plain) >= LONG_ENOUGH and sum(len(line) for line in whole if line in plain) > .8 * len(plain))
        blocks.append(("headline" if number == headline else _zone(node, text, is_main), text))
    return blocks


def _zone(node: Any, text: str, is_main: bool) -> str | None:
    lineage = [node, *node.iterancestors()]
    tags = [parent.tag for parent in lineage if isinstance(parent.tag, str)]
    words = len(text.split())
    if "figcaption" in tags or any(_CAPTION_NAMES.search(_names(parent)) for parent in lineage[:2]):
        return "caption"
    aside = any(tag in _ASIDE_TAGS for tag in tags) or any(
        _ASIDE_NAMES.search(_names(parent)) for parent in lineage if parent.tag not in _WHOLE)
    if any(_BYLINE_NAMES.search(_names(parent)) or parent.get("itemprop") == "author" or parent.get("rel") == "author"
           for parent in lineage[:3]) and words <= 20 and not aside:
        return "byline" if re.search(r"[^\W\d_]", text) else "furniture"
    if any(_STANDFIRST_NAMES.search(_names(parent)) for parent in lineage[:2]) and not aside and words >= 4:
        return "standfirst"
    if is_main and not (aside and words < 12):
        return "subheading" if re.fullmatch("h[2-6]", node.tag) else MAIN
    return "furniture"


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
