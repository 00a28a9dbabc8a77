"""Is this paragraph part of the same story? Told by its words, not by its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from framing.zones.lines import Line


def kinship(lines: Iterable[Line], story: Counter[str]) -> float:
    """Share of the content words of `lines` that the story so far also uses (0 to 1)."""
    shared = total = 0
    for line in lines:
        total += len(line.content)
        shared += sum(word in story for word in line.content)
    return shared / total if total else 0.0


def vocabulary(lines: Iterable[Line]) -> Counter[str]:
    """In how many of `lines` each content word stands."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(line.content)
    return counts
