"""The tables everything agrees on: their columns, empty forms and one check for missing columns."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import pandas as pd

from framing.precision import printed

WORD = re.compile(r"\w+(?:['’-]\w+)*")  # one running word: punctuation never counts
KEYS = ["article_id", "outlet", "event"]

COLUMNS: dict[str, list[str]] = {
    "articles": [
        *KEYS,
        "date",
        "headline",
        "standfirst",
        "byline",
        "text",
        "n_words",
        "language",
        "url",
        "path",
        "known_zones",
    ],
    "passages": [*KEYS, "passage", "zone", "start", "end", "text"],
    "quotes": [
        *KEYS,
        "quote_id",
        "kind",
        "content",
        "content_spans",
        "cue",
        "cue_spans",
        "source",
        "source_spans",
        "speaker",
        "stance",
        "n_words",
        "zone",
        "voice",
        "start",
        "end",
        "via",
        "speaker_role",
        "nested",
        "certainty",
        "attribution_certainty",
    ],
    "tokens": [*KEYS, "sentence", "start", "end", "token", "lemma", "pos", "zone", "voice", "speaker"],
    "labels": [*KEYS, "concept", "label", "start", "end", "text", "zone", "voice", "speaker", "sentence"],
    "tone": [
        *KEYS,
        "sentence",
        "target",
        "wording",
        "valence",
        "polarity",
        "score",
        "words",
        "start",
        "end",
        "zone",
        "voice",
        "speaker",
        "method",
    ],
    "emphasis": [
        *KEYS,
        "item",
        "kind",
        "in_headline",
        "in_standfirst",
        "in_lead",
        "first_position",
        "share_words",
        "rank",
    ],
    "coverage": [*KEYS, "fact", "found", "start", "end", "position", "similarity", "voice", "sentence"],
    "comparisons": """
        measure outlet reference estimate low high p p_adjusted n_articles n_events smallest_p method
        effect_size effect target_value reference_value q_value note declared
    """.split(),
    "audit": """
        path article_id status reason declared found parsed duplicate_of encoding n_repaired format
    """.split(),
}

ZONES = """
    headline standfirst byline lead body subheading caption credit furniture other_story
""".split()
LEFT_OUT = ["furniture", "other_story"]  # zones that no measure counts as the article's words


def empty_table(name: str) -> pd.DataFrame:
    """The table `name` with its columns and no rows."""
    return pd.DataFrame({column: pd.Series(dtype="object") for column in COLUMNS[name]})


def require_columns(table: pd.DataFrame, columns: Iterable[str], *, made_by: str) -> None:
    """Raise ``ValueError`` naming the columns `table` lacks, those it has, and where to get it."""
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"Expected a table, got {type(table).__name__}. Pass the table that {made_by}() returns.")
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise ValueError(
            f"This table has no {', '.join(missing)}; its columns are {list(table.columns)}. "
            f"Pass the table that {made_by}() returns, or rename your columns to match."
        )


def as_articles(articles: pd.DataFrame) -> pd.DataFrame:
    """`articles` with every column of an articles table, missing ones filled with NA, order kept.

    Only ``text`` is required; ``article_id`` is numbered where absent, ``outlet`` is "unknown" where absent or missing.
    Raises ``ValueError`` for a table without ``text`` or with one ``article_id`` on two rows, and ``TypeError`` for
    anything but a table.
    """
    if not isinstance(articles, pd.DataFrame):
        raise TypeError(
            f"Expected a table of articles, got {type(articles).__name__}. Pass the table that read_articles() returns."
        )
    require_columns(articles, ["text"], made_by="read_articles")
    table = articles.copy(deep=False).reset_index(drop=True)
    if "article_id" not in table:
        table["article_id"] = [f"a{number:05d}" for number in range(1, len(table) + 1)]
    elif table["article_id"].duplicated().any():
        twice = table["article_id"][table["article_id"].duplicated(keep=False)]
        raise ValueError(
            f"{len(twice)} articles share an article_id with another (the first is {twice.iloc[0]!r}). "
            "Give every article an id of its own, or leave the column out and they are numbered."
        )
    if "outlet" not in table:
        table["outlet"] = "unknown"
    elif table["outlet"].isna().any():
        table["outlet"] = table["outlet"].astype(object).where(table["outlet"].notna(), "unknown")
    for column in COLUMNS["articles"]:
        if column not in table:
            table[column] = pd.Series([pd.NA] * len(table), dtype="object")
    table["text"] = ["" if pd.isna(text) else str(text) for text in table["text"]]
    return table


def fingerprint(*tables: pd.DataFrame) -> str:
    """A digest of every name and cell of these tables, by which what was made of them is found again."""
    digest = hashlib.blake2b(digest_size=16)
    for table in tables:
        for name in table.columns:
            for cell in (name, *table[name]):
                digest.update(f"{cell!r}\x1f".encode())  # repr tells a missing cell from the word "<NA>"
    return digest.hexdigest()


def write_csv(table: pd.DataFrame, path: str | Path | TextIO) -> None:
    """Write `table` as UTF-8 CSV that a spreadsheet opens as text, never as a formula.

    A text cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line end gets an apostrophe before it,
    as the OWASP page on CSV injection advises; a cell with a lone carriage return does not end its row. Numbers keep
    six significant digits, the same on every machine.
    """
    columns = {place: _plain(table.iloc[:, place]) for place in range(table.shape[1])}
    plain = pd.DataFrame(columns, index=table.index).set_axis(table.columns, axis=1)
    returns = any(
        isinstance(cell, str) and "\r" in cell
        for column in columns.values()
        if column.dtype == object
        for cell in column
    )
    plain.to_csv(
        path,
        index=False,
        lineterminator="\n",
        float_format=printed,
        quoting=csv.QUOTE_NONNUMERIC if returns else csv.QUOTE_MINIMAL,
    )


def _plain(column: pd.Series) -> pd.Series:
    """The column as it is written; one of numbers or times alone needs nothing: `printed` is the format of numbers."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iufbmM":
        return column
    cells = [
        float(printed(cell)) if isinstance(cell, float) else f"'{cell}" if _is_formula(cell) else cell
        for cell in column.to_numpy(dtype=object)
    ]
    return pd.Series(cells, index=column.index, dtype=object)


def _is_formula(cell: Any) -> bool:
    return isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"}
