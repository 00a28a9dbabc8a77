"""Tables for a paper: LaTeX, Markdown, Word and Excel, with caption and notes; and where the methods come from."""

from __future__ import annotations

import re
import tomllib
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd

from framing.reports.notebook import shown_cell
from framing.reports.pipeline import Analysis, methods_paragraph
from framing.text.unicode import spaced

FORMATS = (".tex", ".md", ".docx", ".xlsx")
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)  # so that the same table gives the same bytes
_LATEX = {"\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
          "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what no XML may hold


def save_table(table: pd.DataFrame, path: str | Path, *, caption: str = "", notes: str = "",
               columns: Sequence[str] | None = None, digits: int = 2) -> Path:
    """Write a table for a paper, in the format that the name of the file ends in, and return the path.

    Parameters
    ----------
    table : any result, a row for each of its rows.
    path : ends in ``.tex`` (booktabs), ``.md``, ``.docx`` or ``.xlsx``.
    caption, notes : printed above and below.
    columns : which are written, in this order; all by default. Their names are written in words, p values as .031.
    digits : decimals of other numbers. Excel keeps numbers as numbers, shown with so many decimals.

    Notes
    -----
    Every cell is text or a number: what looks like a formula or a command of LaTeX stays words. The same table gives
    the same bytes. Raises ``ValueError`` for another ending or a column that is not there.
    """
    path = Path(path)
    if path.suffix not in FORMATS:
        raise ValueError(f"{path.name!r} ends in {path.suffix or 'nothing'}; name a file that ends in one of "
                         f"{', '.join(FORMATS)}.")
    missing = [name for name in columns or [] if name not in table]
    if missing:
        raise ValueError(f"This table has no {', '.join(missing)}; its columns are {list(table)}.")
    chosen = table[list(columns)] if columns is not None else table
    names = _headings()
    heads = [names.get(str(column), spaced(column)) for column in chosen]
    cells = [[_CONTROL.sub("", shown_cell(column, value, digits)) for column, value in
              zip(chosen.columns, row, strict=True)] for row in chosen.itertuples(index=False, name=None)]
    path.parent.mkdir(parents=True, exist_ok=True)
    caption, notes = _CONTROL.sub("", caption), _CONTROL.sub("", notes)
    if path.suffix == ".xlsx":
        _excel(chosen, heads, cells, path, caption, notes, digits)
    elif path.suffix == ".docx":
        _word(heads, cells, path, caption, notes)
    else:
        write = _latex if path.suffix == ".tex" else _markdown
        numeric = [pd.api.types.is_numeric_dtype(chosen[column]) for column in chosen]
        path.write_text(write(heads, cells, numeric, caption, notes), encoding="utf-8")
    return path


def _headings() -> dict[str, str]:
    text = (resources.files("framing") / "data" / "templates" / "headings.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["columns"])


def _latex(heads: list[str], cells: list[list[str]], numeric: list[bool], caption: str, notes: str) -> str:
    def safe(words: str) -> str:
        return "".join(_LATEX.get(letter, letter) for letter in " ".join(words.split()))

    def line(row: list[str]) -> str:
        return " & ".join(map(safe, row)) + r" \\"

    body = [r"\begin{table}", r"\centering", *([rf"\caption{{{safe(caption)}}}"] if caption else []),
            r"\begin{tabular}{" + "".join("r" if right else "l" for right in numeric) + "}", r"\toprule", line(heads),
            r"\midrule", *map(line, cells), r"\bottomrule", r"\end{tabular}",
            *([rf"\par\smallskip\footnotesize {safe(notes)}"] if notes else []), r"\end{table}"]
    return "\n".join(body) + "\n"


def _markdown(heads: list[str], cells: list[list[str]], numeric: list[bool], caption: str, notes: str) -> str:
    def safe(words: str) -> str:
        return re.sub(r"([\\`*_\[\]<>|])", r"\\\1", " ".join(words.split()))

    def line(row: list[str]) -> str:
        return "| " + " | ".join(map(safe, row)) + " |"

    rule = "|" + "|".join("---:" if right else ":---" for right in numeric) + "|"
    return "\n".join([*([f"**{safe(caption)}**", ""] if caption else []), line(heads), rule, *map(line, cells),
                      *(["", safe(notes)] if notes else [])]) + "\n"


def _word(heads: list[str], cells: list[list[str]], path: Path, caption: str, notes: str) -> None:
    from docx import Document

    document = Document()
    document.core_properties.created = document.core_properties.modified = NO_DATE.replace(tzinfo=None)
    if caption:
        document.add_paragraph(caption, style="Caption")
    table = document.add_table(rows=1 + len(cells), cols=len(heads), style="Light List")
    for row, words in zip(table.rows, [heads, *cells], strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    if notes:
        document.add_paragraph(notes)
    document.save(str(path))
    _without_dates(path)


def _excel(table: pd.DataFrame, heads: list[str], cells: list[list[str]], path: Path, caption: str, notes: str,
           digits: int) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.properties.created = book.properties.modified = NO_DATE.replace(tzinfo=None)
    sheet: Any = book.active
    rows: list[list[Any]] = [*([[caption]] if caption else []), heads]
    for place, words in enumerate(cells):
        rows.append([_number(table.iloc[place, column], text) for column, text in enumerate(words)])
    rows += [[notes]] if notes else []
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column, value)
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula
            elif isinstance(value, float):
                cell.number_format = "0." + "0" * digits
    for cell in sheet[2 if caption else 1]:
        cell.font = Font(bold=True)
    book.save(path)
    _without_dates(path)


def _number(value: Any, words: str) -> Any:
    """The number itself where the cell is one, else its words."""
    is_number = isinstance(value, int | float) or hasattr(value, "dtype")
    return (value.item() if hasattr(value, "item") else value) if is_number and not isinstance(value, bool) and (
        pd.notna(value)) and not isinstance(value, str) else words


def _without_dates(path: Path) -> None:
    """The same archive with one date on every part, and none inside: Office files note when they were saved."""
    with zipfile.ZipFile(path) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", data)
            archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


# The methods in words, and where they come from.

_USED = {"westfall1993resampling": "p_adjusted", "phipson2010permutation": "p_adjusted",
         "newcombe1998paired": "Newcombe",
         "efron1993introduction": "bootstrap|jackknife", "wilson1927probable": "Wilson"}
_BY_TABLE = {"keyness": "dunning1993accurate", "quotes": "newell2018attribution", "tone": "hamborg2021newsmtsc"}


def bibliography(analysis: Analysis) -> str:
    """BibTeX of the works that this run's methods come from: only those that some row of its tables used."""
    text = (resources.files("framing") / "data" / "templates" / "methods.bib").read_text(encoding="utf-8")
    entries = {match[1]: match[0] for match in re.finditer(r"@\w+\{(\w+),.*", text)}
    compared = analysis.tables.get("comparisons", pd.DataFrame())
    tested = bool(len(compared)) and bool(compared["p_adjusted"].notna().any())
    methods = " ".join(str(method) for table in analysis.tables.values() if "method" in table
                       for method in table["method"].dropna().unique())
    used = {key for key, sign in _USED.items() if (tested if sign == "p_adjusted" else re.search(sign, methods))}
    used |= {key for name, key in _BY_TABLE.items() if len(analysis.tables.get(name, ()))}
    return "\n".join(entry for key, entry in entries.items() if key in used) + ("\n" if used else "")


def save_methods(analysis: Analysis, folder: str | Path) -> list[Path]:
    """Write ``methods.txt`` (a paragraph true of this run) and ``methods.bib`` (its sources); returns the paths."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / "methods.txt", folder / "methods.bib"]
    written[0].write_text(methods_paragraph(analysis) + "\n", encoding="utf-8")
    written[1].write_text(bibliography(analysis), encoding="utf-8")
    return written
