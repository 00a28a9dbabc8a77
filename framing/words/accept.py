"""Rivalries that a person accepts, written as a concept file to be counted with and edited."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from framing.tables import require_columns
from framing.words.concepts import load_concepts

_HEADER = """# Rival names proposed by find_rivals, for a person to accept. Edit freely: strike out names, add
# patterns, give each concept a name and each label a note. How a file is written: framing.words.concepts; count with
# find_labels.
"""
_MARKS = re.compile(r"[()\[\]|*@]")  # mean something else in a pattern


def accept_rivals(rivals: pd.DataFrame, rows: Iterable[int], path: str | Path) -> Path:
    """Write the accepted rivalries as a concept file that `load_concepts` and `find_labels` read.

    Parameters
    ----------
    rivals : as from `find_rivals`. rows : which of them, by the index of the table (0 is the first).
    path : where to write; a file that is there is replaced.

    Returns
    -------
    The path. Each rivalry is a concept named by its referent and its commonest name, with a comment on the events and
    on which outlet wrote what; each name is a label, held to the part of speech it was found in.
    Raises ``ValueError`` for rows that the table does not have, and where no row is accepted.
    """
    require_columns(rivals, ["referent", "kind", "names", "events", "used", "sure"], made_by="find_rivals")
    wanted = list(dict.fromkeys(rows))
    unknown = [row for row in wanted if row not in rivals.index]
    if unknown or not wanted:
        raise ValueError(f"There is no row {', '.join(map(str, unknown)) or 'given'}; the table's rows are "
                         f"{rivals.index.min()} to {rivals.index.max()}. Pass the numbers of the rows to accept.")
    parts, taken = [_HEADER], set()
    for row in rivals.loc[wanted].itertuples():
        names = [name for name in row.names if not _MARKS.search(name)]
        title = f"{names[0]}, of {row.referent}" if row.referent != "-" else f"{names[0]} and its rivals"
        while title in taken:
            title += ", again"
        taken.add(title)
        parts.append(f"\n[[concept]]\nname = {_text(title)}")
        parts.append(f"# sure {row.sure}; events: {_plain(', '.join(row.events))}")
        for name in names:
            counts = [f"{outlet} {n} ({voice})" for used, outlet, voice, n in row.used if used == name]
            lines = ["[[concept.label]]", f"name = {_text(name)}", f"patterns = [{_text(name)}]"]
            if " " not in name:
                lines.append(f'pos = {["NOUN", "PROPN"] if row.kind == "noun" else ["VERB", "AUX"]}'.replace("'", '"'))
            lines.append(f"# {_plain(', '.join(counts))}")
            parts.append("\n".join(lines))
    target = Path(path)
    target.write_text("\n".join(parts) + "\n", encoding="utf-8")
    load_concepts(target)
    return target


def _text(words: str) -> str:
    return json.dumps(_plain(words), ensure_ascii=False)


def _plain(words: str) -> str:
    """On one line, without marks that no TOML file may hold."""
    return "".join(c for c in " ".join(words.split()) if c.isprintable())
