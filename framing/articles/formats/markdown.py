"""Markdown: headings become headline and subheadings; front matter gives date, author and outlet."""

from __future__ import annotations

import re
from typing import Any

from framing.articles.fields import field_of, iso_date
from framing.articles.opened_file import File, Found, Reading, Unreadable

NAME = "markdown"
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S)
_FIELD = re.compile(r"^([A-Za-z][\w -]{0,40}):[ \t]*(.*)$", re.M)
_IMAGE = re.compile(r"!\[([^\]\n]*)\]\([^)\s]*(?:\s+\"[^\"\n]*\")?\)")
_LINK = re.compile(r"\[([^\]\n]+)\]\([^)\s]*(?:\s+\"[^\"\n]*\")?\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|\*|_)(?=\S)([^*_\n]+?)(?<=\S)\1(?!\w)")


def sniff(file: File) -> bool:
    return file.suffix in {".md", ".markdown"} and bool(file.opening)


def read(file: File) -> Reading:
    """One article; a paragraph that is only an image is its caption, marks of emphasis are left out."""
    text = file.text
    front = _FRONT.match(text)
    fields = dict(_front_fields(front[1])) if front else {}
    body = text[front.end():] if front else text
    blocks: list[tuple[str | None, str]] = []
    for paragraph in re.split(r"\r?\n[ \t]*(?:\r?\n)+", body.strip("\r\n")):
        blocks += _blocks(paragraph, first=not any(zone == "headline" for zone, _ in blocks))
    if not any(text.strip() for _, text in blocks) and not fields.get("headline"):
        raise Unreadable("the file is empty")
    if any(zone == "headline" for zone, _ in blocks):
        fields.pop("headline", None)
    elif fields.get("headline"):
        blocks.insert(0, ("headline", fields["headline"]))
    fields["date"] = iso_date(fields.get("date", "")) or ""
    given: dict[str, Any] = {name: value for name, value in fields.items() if value}
    return Reading([Found(text=text, blocks=tuple(blocks), **given)])


def _front_fields(front: str) -> list[tuple[str, str]]:
    pairs = [(field_of(name), value.strip().strip("\"'[]")) for name, value in _FIELD.findall(front)]
    return [(name, value) for name, value in pairs if name and name != "text"]


def _blocks(paragraph: str, *, first: bool) -> list[tuple[str | None, str]]:
    lines: list[tuple[str | None, str]] = []
    for line in paragraph.splitlines():
        heading = re.match(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$", line)
        only_image = re.fullmatch(r"\s*" + _IMAGE.pattern + r"\s*", line)
        if heading:
            zone = "headline" if len(heading[1]) == 1 and first else "subheading"
            first = first and zone != "headline"
            lines.append((zone, _plain(heading[2])))
        elif only_image:
            lines.append(("caption", only_image[1]))
        elif re.fullmatch(r"\s*([-*_]\s*){3,}", line):
            continue
        else:
            line = _plain(re.sub(r"^\s{0,3}>\s?", "", line))
            if lines and lines[-1][0] is None:
                lines[-1] = (None, f"{lines[-1][1]}\n{line}")
            else:
                lines.append((None, line))
    return [(zone, line) for zone, line in lines if line.strip()]


def _plain(line: str) -> str:
    line = _LINK.sub(r"\1", _IMAGE.sub(r"\1", line))
    return _EMPHASIS.sub(r"\2", line)
