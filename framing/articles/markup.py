"""HTML as a tree; and from what an importer found to the text of an article, with the zones known for certain."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from framing.articles.decoding import AGREED, MAIN, Found, Unreadable
from framing.tables import LEFT_OUT, ZONES
from framing.text.unicode import letters, repair
from framing.zones.lines import Line, paragraphs, read_wording
from framing.zones.passages import zones_of

LONGEST_PAGE = 20_000_000  # characters
DEEPEST = 250  # elements inside one another, where the parser stops; news pages stay under fifty
MOST_ELEMENTS = 1_000_000
BLOCKS = set(
    """
    address article aside blockquote body caption dd details dialog div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section select summary table
    tbody td tfoot th thead tr ul amp-sidebar label button
""".split()
)
UNSEEN = set(
    """
    script style noscript template svg math head iframe object canvas video audio amp-analytics amp-ad textarea
""".split()
)
# What may stand before a page: blanks, comments, an XML declaration, conditions for old browsers.
_BEFORE = re.compile(r"\A(?:\s+|<!--.{0,7900}?-->|<\?xml\b[^>]{0,400}\?>|<!-{0,2}\[if\b[^>]{0,200}>)+", re.S | re.I)
_WRAPPED = re.compile(r"(?<=[^\n]{50})\n(?=[^\S\n]*\S)")  # within a paragraph of a ``pre``: its lines are long
INLINE = {"a", "span", "time", "small", "strong", "b", "em", "i"}


def beginning(opening: str) -> str:
    """The opening of a page in lower case, from its first element on."""
    return _BEFORE.sub("", opening.lstrip("\ufeff"), count=1).lower()


def parse(text: str, *, most_elements: int = MOST_ELEMENTS) -> Any:
    """The root element. Raises `Unreadable` for a page too long or nested too deeply, or without elements."""
    from lxml import etree, html

    if len(text) > LONGEST_PAGE:
        raise Unreadable(
            f"refused: a page of {len(text) / 1e6:,.0f} million characters, more than {LONGEST_PAGE / 1e6:,.0f} million"
        )
    text = re.sub(r"^\s*(?:<\?xml[^>]*\?>)?\s*(?:<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?[^>]*>)?", "", text, count=1)
    text = text.replace("\x00", "")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise Unreadable(f"no HTML page ({str(error)[:80]})") from None
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise Unreadable(f"refused: elements nested more than {DEEPEST} deep, as no news page is")
    n_elements = sum(1 for _ in root.iter())
    if n_elements > most_elements:
        raise Unreadable(f"refused: a page of {n_elements:,} elements, more than {most_elements:,}")
    return root


def text_of(node: Any) -> str:
    """All text in an element that a reader sees, its blocks on lines of their own."""
    return "\n".join(lines_of(node))


def lines_of(node: Any) -> list[str]:
    """The text of an element, one line per block, without what is not shown."""
    return [text for _, text in blocks_of(node)]


def blocks_of(root: Any) -> list[tuple[Any, str]]:
    """``(element, text)`` of each block of running text in reading order; every shown character is in one."""
    found: list[tuple[Any, str]] = []
    parts: list[str] = []
    owner = [root]

    def close(node: Any) -> None:
        text = re.sub(r"[ \t\r\f\n]+", " ", "".join(parts))
        text = text.replace("\x0b", "\n").replace("\x1f", "\t")
        text = "\n".join(line.strip(" ") for line in text.split("\n")).strip()
        parts.clear()
        if text:
            found.extend((node, part) for part in (re.split(r"\n{2,}", text) if node.tag == "pre" else [text]))

    def shown(text: str) -> str:
        return _WRAPPED.sub(" ", text).replace("\n", "\x0b") if owner[-1].tag == "pre" else text

    from lxml import etree

    skipping: list[Any] = []
    rows: set[Any] = set()
    only: dict[Any, bool] = {}  # whether a parent holds elements only: asked once for all its children

    def within_parts(node: Any) -> bool:
        parent = node.getparent()
        if parent is not None and parent not in only:
            only[parent] = _only_elements(parent)
        return parent is not None and only[parent]

    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if not skipping and (tag in UNSEEN or _hidden(node)):
                skipping.append(node)
            if skipping:
                continue
            if tag in ("td", "th") and node.getparent() in rows:
                parts.append("\x1f" if node.getprevious() is not None else "")
            elif tag in BLOCKS or (tag == "time" and within_parts(node)):
                if tag == "tr" and _is_data(node):
                    rows.add(node)
                close(owner[-1])
                owner.append(node)
            elif tag in INLINE and within_parts(node):
                parts.append(" ")
            if tag == "br":
                parts.append("\x0b")
            if node.text:
                parts.append(shown(node.text))
        else:
            if skipping:
                if node is skipping[-1]:
                    skipping.pop()
                    if node.tail and node is not root:
                        parts.append(shown(node.tail))
                continue
            if len(owner) > 1 and owner[-1] is node:
                close(owner.pop())
            if node.tail and node is not root:
                parts.append(shown(node.tail))
    close(owner[-1])
    return found


def _only_elements(node: Any) -> bool:
    """Whether an element has no words of its own between its children: they are parts, not emphasis."""
    return (
        node.tag in BLOCKS and not (node.text or "").strip() and not any((child.tail or "").strip() for child in node)
    )


def _is_data(row: Any) -> bool:
    """A row of short cells without paragraphs in them is a line of a table, not a column of a page."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    return len(cells) > 1 and not any(
        inner.tag in BLOCKS or inner.tag == "br" for cell in cells for inner in cell.iterdescendants()
    )


def _hidden(node: Any) -> bool:
    """Is it shown to nobody, or only to whoever points at a link: a card with somebody's portrait in mid-sentence?"""
    style = (node.get("style") or "").replace(" ", "").lower()
    if "display:none" in style or node.get("hidden") is not None:
        return True
    return bool(_CARD.search(node.get("class") or "")) and len("".join(node.itertext())) < LONGEST_CARD


_CARD = re.compile(r"\b(?:rollover|tooltip|popover|hover-?card|popup|pop-up|flyout)", re.IGNORECASE)
LONGEST_CARD = 400  # characters; what is longer is a text, whatever it is called


Zone = tuple[int, int, str]
LONGEST_ARTICLE = 2_000_000  # characters; a longer text is a file of something else
NEAR_THE_TOP = 5_000  # characters of a page within which its headline stands
LONGEST_STANDFIRST = 0.8  # of the length of the text below it
LONG = 30  # words of a paragraph that is text beside text, though it speak to the reader as a site does
MARKED = {"short", "stamp", "link", "site", "box"}
_BREAK = "\n\n"
# "By", and its like in other languages before two words with capitals: "Von Jane Pyke", and not "Von der Heide".
_BY = re.compile(r"^\s*(?:(?i:by)\b\s*:?|(?i:von|par|por|door|di|av|af)\s+(?=[^\W\d_a-z]\S*\s+[^\W\d_a-z]))")
_HALF = re.compile("[\ud800-\udfff]")


def compose(found: Found, *, clean: bool = True) -> tuple[Found, list[Zone], int]:
    """`found` with its final text, the zones known in it, and how many characters were repaired.

    Without `clean` the text is left exactly as found, and is all body; half of a surrogate pair, which is no character
    and which no file or parser takes, is the sign for a lost one.
    """
    if any(_HALF.search(text) for text in [found.text or "", *(text for _, text in found.blocks)]):
        found = replace(
            found,
            text=_HALF.sub("\ufffd", found.text or ""),
            blocks=tuple((zone, _HALF.sub("\ufffd", text)) for zone, text in found.blocks),
        )
    if not clean:
        text = found.text or _BREAK.join(text for _, text in found.blocks)
        return replace(found, text=text, blocks=()), [(0, len(text), "body")], 0
    if found.markup:
        found = replace(found, text=_without_tags(found.text))
    if found.finished:
        return found, _given_zones(found, found.text), 0
    repaired: dict[str, Any] = {}
    n_repaired = 0
    for name in ("headline", "standfirst", "byline", "outlet", "site"):
        value = getattr(found, name)
        if value is not None:
            value, n = repair(value)
            repaired[name] = re.sub(r"\s*\n\s*", " ", value).strip() or None
    if found.blocks:
        blocks = []
        for zone, text in found.blocks:
            text, n = repair(text)
            blocks.append((zone, text.strip("\n")))
            n_repaired += n
        text, zones = join(blocks)
        zones = settle_zones(text, zones, certain=found.certain) if len(text) <= LONGEST_ARTICLE else []
    else:
        text, n_repaired = repair(found.text)
        zones = _given_zones(found, text)
    found = replace(found, **repaired, text=text, blocks=())
    text, zones = place(found, zones)
    byline = _BY.sub("", found.byline).strip() if found.byline else None
    return replace(found, text=text, byline=byline), zones, n_repaired


def _without_tags(text: str) -> str:
    """The paragraphs of a text that is written in HTML, as content systems and feeds keep it."""
    from framing.articles.decoding import Unreadable

    try:
        return _BREAK.join(lines_of(parse(f"<html><body>{text}</body></html>")))
    except Unreadable:
        return text


def join(blocks: list[tuple[str | None, str]]) -> tuple[str, list[Zone]]:
    """The blocks as paragraphs of one text, and where those with a zone stand in it."""
    text, zones = "", []
    for zone, block in blocks:
        if not block.strip():
            continue
        text += _BREAK if text else ""
        if zone:
            zones.append((len(text), len(text) + len(block), zone))
        text += block
    return text, zones


def settle_zones(text: str, zones: list[Zone], *, certain: bool = True) -> list[Zone]:
    """`zones` with a zone for every paragraph where MAIN stretches are known: found by rule, with one proviso.

    The file's structure says that a paragraph belongs to the article; the rules of `find_passages` say
    whether it is lead, body, subheading, caption or credit. Where the two disagree about whole sentences,
    a `certain` structure is right; of a guessed one (a web page's main text) the rules may still call a
    sentence furniture by its wording, not another story, and no long one beside body text in one element.
    Paragraphs of which the structure says nothing are decided in the same reading.
    """
    main = [(start, end) for start, end, zone in zones if zone in (MAIN, AGREED)]
    agreed = {start for start, _, zone in zones if zone == AGREED}
    known = [(start, end, zone) for start, end, zone in zones if zone not in (MAIN, AGREED)]
    if not main:
        return known
    headlines = [(start, end) for start, end, zone in known if zone == "headline"]
    told = [(start, end, zone) for start, end, zone in known if zone != "headline"]
    title = text[slice(*headlines[0])] if headlines else None
    verdicts: list[Zone] = []
    marked = _marked_lines(text, main) if agreed else set()
    by_rule = zones_of(text, known=json.dumps(told) if told else None, headline=title)
    holding = _holding_body(by_rule, main)
    spans = iter(main)
    span = next(spans, None)
    for start, end, zone in by_rule:
        while span and span[1] <= start:
            span = next(spans, None)
        if any(a <= start < b for a, b in headlines):
            zone = "headline"
        elif span and span[0] <= start:
            line = Line(start, end, text[start:end], False)
            beside = span in holding and line.n >= LONG
            sure = start not in marked if span[0] in agreed else certain and line.is_prose
            overruled = zone in LEFT_OUT and (sure or (line.is_prose and (beside or zone == "other_story")))
            if overruled or (zone == "headline" and headlines):
                zone = "body"
        elif zone == "headline" and headlines:
            zone = "furniture"
        verdicts.append((start, end, zone))
    _short_standfirsts(verdicts, main)
    if not any(zone == "lead" for _, _, zone in verdicts):
        first = next(
            (
                n
                for n, (start, _, zone) in enumerate(verdicts)
                if zone == "body" and any(a <= start < b for a, b in main)
            ),
            None,
        )
        if first is not None:
            verdicts[first] = (*verdicts[first][:2], "lead")
    return verdicts


def _holding_body(by_rule: Sequence[Zone], spans: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of `spans` (elements of a page) that hold a paragraph which is lead or body by rule."""
    starts = [start for start, _ in spans]
    told = (start for start, _, zone in by_rule if zone in ("lead", "body"))
    return {
        spans[place] for start in told if (place := bisect_right(starts, start) - 1) >= 0 and start < spans[place][1]
    }


def _short_standfirsts(verdicts: list[Zone], main: list[tuple[int, int]]) -> None:
    """A standfirst by rule that is as long as the text below it, or stands over paragraphs above the lead, is text."""
    told = sum(end - start for start, end, zone in verdicts if zone in ("lead", "body"))
    by_rule = [
        n
        for n, (start, _, zone) in enumerate(verdicts)
        if zone == "standfirst" and any(a <= start < b for a, b in main)
    ]
    zones = [zone for _, _, zone in verdicts]
    over = "lead" in zones and "body" in zones[: zones.index("lead")]
    if over or sum(verdicts[n][1] - verdicts[n][0] for n in by_rule) > LONGEST_STANDFIRST * told:
        for n in by_rule:
            verdicts[n] = (*verdicts[n][:2], "body")
        for n, (start, end, zone) in enumerate(verdicts):
            if zone == "lead":
                verdicts[n] = (start, end, "body")


def _marked_lines(text: str, spans: list[tuple[int, int]]) -> set[int]:
    """Where those paragraphs of `spans` begin that are furniture by their wording alone."""
    lines = [
        replace(line, start=line.start + start, end=line.end + start)
        for start, end in spans
        for line in paragraphs(text[start:end])
    ]
    read_wording(lines)
    return {line.start for line in lines if line.tags & MARKED}


def place(found: Found, zones: list[Zone]) -> tuple[str, list[Zone]]:
    """Mark headline, standfirst and byline where they stand on the page; put first those that do not.

    A part is on the page if a line near the top says the same, whatever the case and marks. One that is
    only part of a longer line (a site's name added) is on the page too, but not marked. Of what only the
    metadata of a web page say, the headline alone is put before its text.
    """
    text = found.text
    known = {zone for _, _, zone in zones}
    missing: list[tuple[str | None, str]] = []
    for zone in ("headline", "standfirst", "byline"):
        value = getattr(found, zone)
        if not value or zone in known:
            continue
        at = _line_with(value, text)
        if at:
            if not any(a < at[1] and at[0] < b for a, b, _ in zones):
                zones = [*zones, (*at, zone)]
        elif (found.certain or zone == "headline") and letters(value) not in letters(text[:NEAR_THE_TOP]):
            missing.append((zone, value))
    if missing:
        head, head_zones = join(missing)
        shift = len(head) + len(_BREAK) if text else 0
        text = f"{head}{_BREAK}{text}" if text else head
        zones = head_zones + [(a + shift, b + shift, zone) for a, b, zone in zones]
    return text, sorted(zones)


def _line_with(value: str, text: str) -> tuple[int, int] | None:
    wanted = letters(value)
    for match in re.finditer(r"[^\n]*\S[^\n]*", text[:NEAR_THE_TOP]):
        line = match.group()
        if wanted and wanted in (letters(line), letters(_BY.sub("", line))):
            return (match.start() + len(line) - len(line.lstrip()), match.start() + len(line.rstrip()))
    return None


def _given_zones(found: Found, text: str) -> list[Zone]:
    """Zones of an articles table read before, kept if they still fit the text."""
    if not found.known_zones or text != found.text:
        return []
    try:
        zones = sorted((int(a), int(b), str(zone)) for a, b, zone in json.loads(found.known_zones))
    except (ValueError, TypeError, RecursionError):
        return []
    ends = [0, *(b for _, b, _ in zones)]
    fits = all(end <= a < b <= len(text) and zone in ZONES for end, (a, b, zone) in zip(ends, zones, strict=False))
    return zones if fits else []
