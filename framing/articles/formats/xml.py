"""XML: answers of Factiva's interface, feeds (RSS, Atom), NITF, and any other with elements named for a text.

An element is a record where it holds a text and a headline or a day; records are those of one name, side by side. Names
of elements are understood as names of columns are (`framing.articles.fields`). XML in which no text is found is
refused with the names of its elements: it is never read as words.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from framing.articles.decoding import File, Format, Reading, Unreadable
from framing.articles.fields import field_of, squeezed
from framing.articles.formats.table import read_rows
from framing.articles.markup import beginning

SUFFIXES = {".xml", ".rss", ".atom", ".nitf", ".newsml"}
LONGEST = 50_000_000  # characters
_TEXT = {"leadparagraph", "tailparagraphs", "bodycontent", "fulltext", "encoded", "paragraphs", "txt", "hl2text"}
_PARAGRAPHS = {"p", "para", "paragraph", "block", "par", "absatz", "li", "parrafo", "paragraphe", "alinea"}
# Elements of any field, whose name an attribute gives: <field name="title">, as Solr and databases write.
_UNNAMED = {
    "field",
    "str",
    "arr",
    "date",
    "data",
    "value",
    "property",
    "attr",
    "param",
    "column",
    "col",
    "element",
    "tag",
}
_TITLES = {"hl1", "hedline", "headline", "title"}
_OFFICE = re.compile(r"<\?mso-application|schemas\.microsoft\.com/office|urn:oasis:names:tc:opendocument")
TEASER = 40  # words from which the summary of a feed's entry that holds no other text is taken for its text


def sniff(file: File) -> bool:
    opening = file.opening.lstrip("\ufeff \t\r\n")
    if not opening.startswith("<") or re.search(r"<html\b|<!doctype html", beginning(opening)[:3000]):
        return False
    return (
        opening.startswith("<?xml")
        or file.suffix in SUFFIXES
        or bool(
            re.match(r"<(?:rss|feed|PPSResponse|ppsArticleResponse|nitf|newsML|newsItem|RDF|channel)\b", opening, re.I)
        )
    )


def read(file: File) -> Reading:
    root, broken = _parse(file.text)
    records = _records(root)
    rows = [_row(record) for record in records]
    kept = [row for row in rows if "text" in row]
    if not kept and broken:
        raise Unreadable(f"broken XML ({broken})")
    if not kept:
        names = Counter(_name(node) for node in root.iter() if isinstance(node.tag, str)).most_common(8)
        raise Unreadable(
            "XML in a layout not known here: no element is named for a text; its elements are "
            + ", ".join(f"{name} ({count})" for name, count in names)
        )
    site = _channel(records[0]) if len(records) > 1 or _name(records[0]) in ("item", "entry") else None
    for row in rows:
        if site and not any(field_of(name) == "outlet" for name in row):
            row["site_name"] = site
    reading = read_rows(rows, [])
    reading.declared = _declared(root)
    if broken and reading.articles:
        reading.skipped.append((f"record {len(rows)} or later", f"the XML breaks off ({broken})"))
    return reading


def _parse(text: str) -> tuple[Any, str]:
    """The root, and what is wrong where the XML breaks off. No entity is resolved and nothing is fetched."""
    from lxml import etree

    if len(text) > LONGEST:
        raise Unreadable(
            f"refused: {len(text) / 1e6:,.0f} million characters of XML, more than {LONGEST / 1e6:,.0f} million"
        )
    if "<!ENTITY" in text:
        raise Unreadable("refused: the XML declares entities, which no export does")
    if _OFFICE.search(text[:4_000]):
        raise Unreadable("a Word, Excel or OpenDocument file in XML; save it as docx, xlsx or CSV")
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"), count=1).replace("\x00", "")
    data = text.encode("utf-8", "replace")
    settings = {
        "resolve_entities": False,
        "no_network": True,
        "load_dtd": False,
        "huge_tree": False,
        "remove_comments": True,
        "remove_pis": True,
    }
    try:
        return etree.fromstring(data, etree.XMLParser(**settings)), ""
    except (etree.XMLSyntaxError, ValueError) as error:
        said = str(error)[:80]
    parser = etree.XMLParser(recover=True, **settings)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise Unreadable(f"broken XML ({said})")
    whole = all(entry.domain_name == "NAMESPACE" for entry in parser.error_log)  # a prefix that is declared nowhere
    return root, "" if whole else said


def _name(node: Any) -> str:
    if not isinstance(node.tag, str):
        return ""
    name = str(node.tag).rsplit("}", 1)[-1].rsplit(":", 1)[-1]
    if name.lower() in _UNNAMED:
        return next((str(node.get(key)) for key in ("name", "Name", "key", "id") if node.get(key)), name)
    return name


def _is_text(node: Any) -> bool:
    name = squeezed(_name(node))
    return name in _TEXT or field_of(name) == "text"


def _is_record(node: Any) -> bool:
    names = {
        field_of(_name(child)) or ("text" if _is_text(child) else None)
        for child in node.iterdescendants()
        if isinstance(child.tag, str)
    }
    names |= {field_of(name) for name in node.attrib}
    held = bool({"text", "standfirst"} & names) or (_is_text(node) and bool((node.text or "").strip()))
    return held and bool(names & {"headline", "date", "url"})


def _records(root: Any) -> list[Any]:
    """The outermost elements of one name, side by side, that each hold an article; else the whole, as one."""
    level = [root]
    while level:
        inner = []
        for node in level:
            children = [child for child in node if isinstance(child.tag, str)]
            counts = Counter(_name(child) for child in children)
            for name in (name for name, count in counts.most_common() if count > 1):
                records = [child for child in children if _name(child) == name]
                held = [child for child in records if _is_record(child)]
                if len(held) > 1 and len(held) >= 0.5 * len(records):
                    return records
            inner += children
        level = inner
    lone = next(
        (
            node
            for node in root.iter()
            if isinstance(node.tag, str) and _name(node).lower() in ("item", "entry") and _is_record(node)
        ),
        None,
    )
    return [root if lone is None else lone]


def _row(record: Any) -> dict[str, Any]:
    row: dict[str, Any] = {}
    texts: list[str] = []
    for name, value in record.attrib.items():
        if field_of(name) and value.strip():
            row.setdefault(str(name).rsplit("}", 1)[-1], value.strip())
    stack = list(reversed([child for child in record if isinstance(child.tag, str)]))
    if not stack and _is_text(record):
        texts += _paragraphs(record)
    while stack:
        node = stack.pop()
        name, ours = _name(node), field_of(_name(node))
        children = [child for child in node if isinstance(child.tag, str)]
        holds_text = any(_is_text(child) for child in node.iterdescendants() if isinstance(child.tag, str))
        if _is_text(node) and not holds_text:
            texts += _paragraphs(node)
        elif ours and ours != "text" and not holds_text and not (children and squeezed(name) == "head"):
            said = _value(node, ours)
            if said and ours == "byline" and name in row:
                row[name] = f"{row[name]}, {said}"
            elif said:
                row.setdefault(name, said)
            _attributes(node, row)
        elif squeezed(name) in _TITLES and not holds_text:
            row.setdefault("headline", " ".join("".join(node.itertext()).split()))
        else:
            for child in children:  # <source><name>: a field within a field
                joined = f"{name}.{_name(child)}"
                if field_of(joined) and (said := _value(child, str(field_of(joined)))):
                    row.setdefault(joined, said)
            _attributes(node, row)
            stack += reversed(children)
    if texts:
        row["text"] = "\n\n".join(texts)
        return row
    teaser = next((row[name] for name in row if field_of(name) == "standfirst"), "")
    if len(teaser.split()) >= TEASER:
        row["text"] = teaser
    return row


def _attributes(node: Any, row: dict[str, Any]) -> None:
    for name, value in node.attrib.items():
        if value == _name(node):
            continue  # the field's own name
        ours = field_of(f"{_name(node)}.{name}") or field_of(name)
        if ours in ("date", "url", "outlet", "language") and value.strip():
            row.setdefault(str(name) if ours != "outlet" else "source_name", value.strip())
        elif squeezed(name) in ("norm", "datetime", "value") and field_of(_name(node)) == "date":
            row.setdefault("date", value.strip())


def _value(node: Any, ours: str) -> str:
    names = (
        [
            child
            for child in node.iterdescendants()
            if isinstance(child.tag, str) and _name(child).lower() in ("name", "fullname", "persname")
        ]
        if ours in ("byline", "outlet")
        else []
    )
    if names:
        return ", ".join(dict.fromkeys(" ".join("".join(child.itertext()).split()) for child in names))
    said = " ".join(" ".join(node.itertext()).split())
    if not said:
        said = next(
            (
                str(node.get(name))
                for name in ("norm", "datetime", "value", "href", "content", "when")
                if node.get(name)
            ),
            "",
        )
    return said


def _paragraphs(node: Any) -> list[str]:
    """The paragraphs of a text: its elements, or the markup written out in it, or the whole."""
    inner = [
        child
        for child in node.iterdescendants()
        if isinstance(child.tag, str)
        and _name(child).lower() in _PARAGRAPHS
        and not any(
            _name(below).lower() in _PARAGRAPHS for below in child.iterdescendants() if isinstance(below.tag, str)
        )
    ]
    if inner:
        said = [" ".join("".join(child.itertext()).split()) for child in inner]
        return [text for text in said if text]
    values = [child for child in node if _name(child)]
    if len(values) > 1 and len({child.tag for child in values}) == 1 and not (node.text or "").strip():
        listed = [" ".join("".join(child.itertext()).split()) for child in values]  # a list of texts
        return [text for text in listed if text]
    whole = "".join(node.itertext()).strip()
    return [whole] if whole else []


def _channel(record: Any) -> str | None:
    """What the feed around an entry calls itself."""
    for parent in record.iterancestors():
        for child in parent:
            if isinstance(child.tag, str) and _name(child).lower() in ("title", "name") and (child.text or "").strip():
                return str(child.text).strip()
    return None


def _declared(root: Any) -> int | None:
    """How many articles an answer of Factiva's interface says it holds."""
    for node in root.iter():
        if (
            isinstance(node.tag, str)
            and _name(node).lower().endswith("resultset")
            and str(node.get("count", "")).isdecimal()
        ):
            return int(node.get("count"))
    return None


FORMATS = [Format("xml", sniff, read)]
