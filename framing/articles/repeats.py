"""What one export holds twice: a document under the same number, or the same text under the same head."""

from __future__ import annotations

from dataclasses import replace

from framing.articles.opened_file import AGREED, MAIN, Found, Reading
from framing.text.unicode import letters


def without_repeats(reading: Reading) -> Reading:
    """`reading` with every article once, the first; the copies are listed in ``repeated`` for the audit.

    Two records are one article where outlet, day, headline and text agree in letters and digits. A headline without a
    text repeats nothing, and neither do texts of a few words, which may be the same by chance.
    """
    if len(reading.articles) < 2 or any(found.finished for found in reading.articles):
        return reading
    first: dict[tuple[str, ...], str] = {}
    kept, copies = [], []
    for number, found in enumerate(reading.articles, 1):
        where = found.where or f"article {number}"
        key = _key(found)
        if key is None or key not in first:
            kept.append(found)
            if key is not None:
                first[key] = where
        else:
            copies.append((where, f"the same article as {first[key]}, and counted once"))
    if not copies:
        return reading
    declared = reading.declared
    return replace(reading, articles=kept, repeated=[*reading.repeated, *copies],
                   declared=declared - len(copies) if declared is not None else None)


def _key(found: Found) -> tuple[str, ...] | None:
    main = [text for zone, text in found.blocks if zone in (MAIN, AGREED, "lead", "body", None)]
    text = letters(" ".join(main) if found.blocks else found.text)
    if len(text) < LEAST_LETTERS:
        return None
    return (letters(found.outlet or found.site or ""), found.date or "", letters(found.headline or ""), text)


LEAST_LETTERS = 60  # of a text that two records are compared by
