"""Invented news pages: a story wrapped in the furniture of a site, drawn at random from 48 styles.

The styles, in `data/furniture.json`, are of our own writing: lines above the headline (``top``), between headline
and story (``under``), inside the story (``mid``, one box each) and below it (``end``). `SEEN` served to tune the
rules of `find_passages`; `HELD` was written after that and its errors were never read line by line: only its overall
scores were seen, and once the lengths of the sentences still missed (see ``framing/data/models/zones/MODEL_CARD.md``).
Lines that are not furniture carry a mark: ``B>`` byline, ``C>`` credit, ``P>`` caption.
"""

from __future__ import annotations

import json
import random
import re
import textwrap
from pathlib import Path
from typing import NamedTuple


class Piece(NamedTuple):
    truth: str  # headline, standfirst, body, byline, credit, caption, furniture, other_story
    text: str


_DATA = json.loads((Path(__file__).parent / "data" / "furniture.json").read_text(encoding="utf-8"))
STYLES: list[dict[str, list[str]]] = _DATA["styles"]
OTHER_STORIES: list[list[str]] = _DATA["other_stories"]
SEEN = STYLES
HELD: list[dict[str, list[str]]] = _DATA["held"]


def make_page(
    story: list[Piece], rng: random.Random, styles: list[dict[str, list[str]]], *, other: list[str] | None = None
) -> tuple[str, list[tuple[int, int, str]]]:
    """A page with `story` inside furniture of one style, and ``(start, end, truth)`` of each of its lines."""
    style = rng.choice(styles)
    head = [piece for piece in story if piece.truth in ("headline", "standfirst")]
    body = [piece for piece in story if piece.truth in ("body", "subheading")]
    pieces = _some(style["top"], rng) + head + _some(style["under"], rng)
    boxes = sorted(rng.sample(range(1, max(len(body), 2)), k=min(2, len(body) - 1)) if len(body) > 2 else [])
    for number, paragraph in enumerate(body):
        if number in boxes:
            pieces += _some([rng.choice(style["mid"])], rng, keep=1)
        pieces.append(paragraph)
    pieces += _some(style["end"], rng)
    if other:
        pieces += [Piece("other_story", line) for line in other]
    return _set_out(pieces, rng)


def _some(blocks: list[str], rng: random.Random, keep: float = 0.8) -> list[Piece]:
    names = {"B>": "byline", "C>": "credit", "P>": "caption"}
    pieces = []
    for block in blocks:
        if rng.random() <= keep:
            truth = names.get(block[:2], "furniture")
            pieces += [Piece(truth, line) for line in (block[2:] if truth != "furniture" else block).split("\n")]
    return pieces


def _set_out(pieces: list[Piece], rng: random.Random) -> tuple[str, list[tuple[int, int, str]]]:
    """Print the pieces: blank lines between all, or only between paragraphs, or lines wrapped; any line end."""
    newline = rng.choice(["\n", "\n", "\n", "\r\n"])
    layout = rng.choice(["airy", "airy", "tight", "wrapped"])
    text, spans = "", []
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if before is not None:
            close = layout == "tight" or (
                layout == "airy" and before.truth == piece.truth == "furniture" and rng.random() < 0.5
            )
            text += newline if close else newline * 2
        printed = piece.text
        if layout == "wrapped" and len(printed) > 72:
            printed = newline.join(textwrap.wrap(printed, 72, break_long_words=False, break_on_hyphens=False))
        spans.append((len(text), len(text) + len(printed), piece.truth))
        text += printed
    return text, spans


def n_words(text: str) -> int:
    return len(re.findall(r"\w[\w'’.-]*", text))


def tally(text: str, spans: list[tuple[int, int, str]], passages) -> dict[str, int]:
    """Words of the page by what they are and what they were taken for, as ``"truth > zone"``."""
    counts: dict[str, int] = {}
    for start, end, truth in spans:
        for hit in re.finditer(r"\w[\w'’.-]*", text[start:end]):
            position = start + hit.start()
            zone = next(zone for a, b, zone in passages if a <= position < b)
            counts[f"{truth} > {zone}"] = counts.get(f"{truth} > {zone}", 0) + 1
    return counts
