"""Tables for a notebook: few rows, few digits, the same HTML on every run."""

from __future__ import annotations

import html
from typing import Any

import pandas as pd

from framing.precision import same
from framing.stats.p_values import P_COLUMNS, p_cell
from framing.tables import as_articles, require_columns


class ShownTable:
    """A table as HTML that Jupyter shows and nbval compares; every cell is escaped."""

    def __init__(self, markup: str, words: str) -> None:
        self._markup, self._words = markup, words

    def _repr_html_(self) -> str:
        return self._markup

    def __repr__(self) -> str:
        return self._words


def show_table(table: pd.DataFrame, columns: list[str] | None = None, *, rows: int = 10, digits: int = 2,
               width: int = 90, caption: str = "") -> ShownTable:
    """The first `rows` of a table, numbers with `digits` decimals, long texts cut at `width` characters.

    P values are written as in figures (".031", "< .001"), missing cells as "–". Under the table stands how many
    of its rows are shown.
    """
    chosen = table[columns] if columns is not None else table
    shown = chosen.head(rows)
    cells = [[_cut(shown_cell(name, value, digits), width) for name, value in zip(chosen.columns, row, strict=True)]
             for row in shown.itertuples(index=False, name=None)]
    numeric = [pd.api.types.is_numeric_dtype(chosen[name]) and chosen[name].dtype != bool for name in chosen]
    styles = ['style="text-align:right"' if right else 'style="text-align:left"' for right in numeric]
    head = "".join(f'<th scope="col" {style}>{html.escape(str(name))}</th>'
                   for name, style in zip(chosen.columns, styles, strict=True))
    body = "\n".join("<tr>" + "".join(f"<td {style}>{html.escape(cell)}</td>"
                                      for cell, style in zip(line, styles, strict=True)) + "</tr>" for line in cells)
    count = f"{len(shown)} of {len(table)} rows" if len(shown) < len(table) else f"{len(table)} rows"
    under = html.escape(f"{caption} {count}".strip())
    return ShownTable(f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n<p>{under}</p>",
                      f"Table of {count}: {', '.join(map(str, chosen.columns))}")


def shown_cell(column: Any, value: Any, digits: int) -> str:
    """A cell in words: numbers with `digits` decimals, p values as .031, what is missing as a dash."""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        return "–"
    if column in P_COLUMNS and isinstance(value, float) and 0 <= value <= 1:
        return p_cell(column, value)
    if isinstance(value, float):
        value = same(value)
        small = 0 < abs(value) < 0.5 * 10**-digits
        return f"{value:.1g}" if small else f"{value:.{digits}f}"
    return " ".join(str(value).split())


def _cut(words: str, width: int) -> str:
    return words if len(words) <= width else words[:width - 1] + "…"


# From any number back to its sentences.


def evidence(rows: pd.DataFrame | pd.Series, articles: pd.DataFrame, *, context: int = 120) -> pd.DataFrame:
    """The words behind each row, with what stands before and after them.

    Parameters
    ----------
    rows : one row or a table of rows cut from text: any table with ``article_id, start, end``, such as
        those of `find_quotes`, `find_labels`, `tone`, `coverage` or `concordance`.
    articles : the articles they were cut from.
    context : characters shown on either side, cut at a word.

    Returns
    -------
    One row per row given, in the same order: ``article_id, outlet, event, before, passage, after,
    start, end``. ``passage`` is exactly ``text[start:end]``. A row with no offsets (a fact that was not
    found, say) keeps its place with a missing passage.
    Raises ``ValueError`` for rows whose ``article_id`` is not among the articles or whose offsets lie
    outside the text: such rows come from other articles or from texts since changed.
    """
    table = rows.to_frame().T if isinstance(rows, pd.Series) else rows
    if "start" not in table and isinstance(articles, pd.DataFrame) and "start" in articles:
        table, articles = articles, table  # either order reads well, so either is taken
    require_columns(table, ["article_id", "start", "end"], made_by="find_quotes")
    articles = as_articles(articles).drop_duplicates("article_id").set_index("article_id")
    strangers = sorted(set(table["article_id"].astype(str)) - set(articles.index.astype(str)))
    if strangers:
        raise ValueError(f"{len(strangers)} article_id of these rows are not among the articles "
                         f"(the first is {strangers[0]!r}). Pass the articles table the rows were made from.")
    found = []
    for row in table.itertuples(index=False):
        article = articles.loc[row.article_id]
        where = (row.article_id, article["outlet"], article["event"])
        if pd.isna(row.start) or pd.isna(row.end):
            found.append((*where, pd.NA, pd.NA, pd.NA, pd.NA, pd.NA))
            continue
        text, start, end = article["text"], int(row.start), int(row.end)
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"Offsets {start} to {end} lie outside article {row.article_id!r} of {len(text)} "
                             "characters. Pass the articles table the rows were made from.")
        found.append((*where, _before(text, start, context), text[start:end], _after(text, end, context),
                      start, end))
    columns = ["article_id", "outlet", "event", "before", "passage", "after", "start", "end"]
    return pd.DataFrame(found, columns=columns)


def _before(text: str, start: int, context: int) -> str:
    piece = text[max(0, start - context):start]
    if start > context and " " in piece:
        piece = "…" + piece[piece.index(" "):]
    return " ".join(piece.split())


def _after(text: str, end: int, context: int) -> str:
    piece = text[end:end + context]
    if end + context < len(text) and " " in piece:
        piece = piece[:piece.rindex(" ")] + " …"
    return " ".join(piece.split())
