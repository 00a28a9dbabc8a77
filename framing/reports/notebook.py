"""Tables for a notebook: few rows, few digits, the same HTML on every run."""

from __future__ import annotations

import html
from typing import Any

import pandas as pd

from framing.stats.p_values import P_COLUMNS, p_cell


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
    cells = [[_cell(name, value, digits, width) for name, value in zip(chosen.columns, row, strict=True)]
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


def _cell(column: Any, value: Any, digits: int, width: int) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        return "–"
    if column in P_COLUMNS and isinstance(value, float) and 0 <= value <= 1:
        return p_cell(column, value)
    if isinstance(value, float):
        small = 0 < abs(value) < 0.5 * 10**-digits
        return f"{value:.1g}" if small else f"{value:.{digits}f}"
    words = " ".join(str(value).split())
    return words if len(words) <= width else words[:width - 1] + "…"
