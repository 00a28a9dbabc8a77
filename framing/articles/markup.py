"""HTML as a tree: parsed once, with bounds, and its text without tags."""

from __future__ import annotations

import re
from typing import Any

from framing.articles.opened_file import Unreadable

LONGEST_PAGE = 20_000_000  # characters
DEEPEST = 250  # elements inside one another, where the parser stops; news pages stay under fifty
MOST_ELEMENTS = 1_000_000
BLOCKS = {"address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "dialog", "div", "dl", "dt",
          "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
          "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "select", "summary",
          "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "amp-sidebar", "label", "button"}
UNSEEN = {"script", "style", "noscript", "template", "svg", "math", "head", "iframe", "object", "canvas", "video",
          "audio", "amp-analytics", "amp-ad", "textarea"}
# What may stand before a page: blanks, comments, an XML declaration, conditions for old browsers.
_BEFORE = re.compile(r"\A(?:\s+|<!--.{0,7900}?-->|<\?xml\b[^>]{0,400}\?>|<!-{0,2}\[if\b[^>]{0,200}>)+", re.S | re.I)
INLINE = {"a", "span", "time", "small", "strong", "b", "em", "i"}


def beginning(opening: str) -> str:
    """The opening of a page in lower case, from its first element on."""
    return _BEFORE.sub("", opening.lstrip("\ufeff"), count=1).lower()


def parse(text: str, *, most_elements: int = MOST_ELEMENTS) -> Any:
    """The root element. Raises `Unreadable` for a page too long or nested too deeply, or without elements."""
    from lxml import etree, html

    if len(text) > LONGEST_PAGE:
        raise Unreadable(f"refused: a page of {len(text) / 1e6:,.0f} million characters, more than "
                         f"{LONGEST_PAGE / 1e6:,.0f} million")
    text = re.sub(r"^\s*(?:<\?xml[^>]*\?>)?\s*(?:<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?[^>]*>)?", "", text, count=1)
    text = text.replace("\x00", "")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True,
                             remove_pis=True)
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
            found.append((node, text))

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
                parts.append(node.text)
        else:
            if skipping:
                if node is skipping[-1]:
                    skipping.pop()
                    if node.tail and node is not root:
                        parts.append(node.tail)
                continue
            if len(owner) > 1 and owner[-1] is node:
                close(owner.pop())
            if node.tail and node is not root:
                parts.append(node.tail)
    close(owner[-1])
    return found


def _only_elements(node: Any) -> bool:
    """Whether an element has no words of its own between its children: they are parts, not emphasis."""
    return node.tag in BLOCKS and not (node.text or "").strip() and not any(
        (child.tail or "").strip() for child in node)


def _is_data(row: Any) -> bool:
    """A row of short cells without paragraphs in them is a line of a table, not a column of a page."""
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    return len(cells) > 1 and not any(inner.tag in BLOCKS or inner.tag == "br" for cell in cells
                                      for inner in cell.iterdescendants())


def _hidden(node: Any) -> bool:
    style = (node.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or node.get("hidden") is not None
