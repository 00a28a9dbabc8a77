"""Tables to look at in a notebook, few rows and few digits, and for a paper: LaTeX, Markdown, Word and Excel.

In a notebook the HTML is the same on every run; in a paper a table has its caption, its notes and its methods.
"""

from __future__ import annotations

import html
import re
import tomllib
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd

from framing.precision import P_COLUMNS, p_cell, same
from framing.reports.pipeline import Analysis, methods_paragraph
from framing.reports.reading import Mark, cut_at_marks
from framing.tables import as_articles, require_columns
from framing.text.unicode import count, is_nameless, spaced


class ShownTable:
    """A table as HTML that Jupyter shows and nbval compares; every cell is escaped."""

    def __init__(self, markup: str, words: str) -> None:
        self._markup, self._words = markup, words

    def _repr_html_(self) -> str:
        return self._markup

    def __repr__(self) -> str:
        return self._words


def show_table(
    table: pd.DataFrame,
    columns: list[str] | None = None,
    *,
    rows: int = 10,
    digits: int = 2,
    width: int = 90,
    caption: str = "",
    outlets: Sequence[str] = (),
) -> ShownTable:
    """The first `rows` of a table, numbers with `digits` decimals, long texts cut at `width` characters.

    P values are written as in figures (".031", "< .001"), missing cells as "–". Each of `outlets` (all those of
    the corpus) has a bar of the colour that it has in figures. Under the table stands how many of its rows are shown.
    """
    from framing.plots.style import outlet_colours

    chosen = table[columns] if columns is not None else table
    shown = chosen.head(rows)
    cells = [
        [_cut(shown_cell(name, value, digits), width) for name, value in zip(chosen.columns, row, strict=True)]
        for row in shown.itertuples(index=False, name=None)
    ]
    numeric = [pd.api.types.is_numeric_dtype(chosen[name]) and chosen[name].dtype != bool for name in chosen]
    styles = ['style="text-align:right"' if right else 'style="text-align:left"' for right in numeric]
    head = "".join(
        f'<th scope="col" {style}>{html.escape(str(name))}</th>'
        for name, style in zip(chosen.columns, styles, strict=True)
    )
    colours = outlet_colours(outlets)
    bars = [
        [
            f'{style[:-1]};border-left:5px solid {colours[cell]}"' if name == "outlet" and cell in colours else style
            for name, cell, style in zip(chosen.columns, line, styles, strict=True)
        ]
        for line in cells
    ]
    body = "\n".join(
        "<tr>"
        + "".join(f"<td {style}>{html.escape(cell)}</td>" for cell, style in zip(line, bar, strict=True))
        + "</tr>"
        for line, bar in zip(cells, bars, strict=True)
    )
    size = count(len(table), "row")
    size = f"{len(shown)} of {size}" if len(shown) < len(table) else size
    under = html.escape(f"{caption} {size}".strip())
    return ShownTable(
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n<p>{under}</p>",
        f"Table of {size}: {', '.join(map(str, chosen.columns))}",
    )


NAMELESS = 12  # letters of a number or hash, from which it is cut: no reader needs the rest to tell events apart


def shown_cell(column: Any, value: Any, digits: int) -> str:
    """A cell in words: numbers with `digits` decimals, p values as .031, what is missing as a dash."""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        return "–"
    if column == "event" and len(str(value)) > NAMELESS and is_nameless(value):
        return f"{str(value)[:8]}…"
    if column in P_COLUMNS and isinstance(value, float) and 0 <= value <= 1:
        return p_cell(column, value)
    if isinstance(value, float):
        value = same(value)
        small = 0 < abs(value) < 0.5 * 10**-digits
        return f"{value:.1g}" if small else f"{value:.{digits}f}"
    return " ".join(str(value).split())


def _cut(words: str, width: int) -> str:
    return words if len(words) <= width else words[: width - 1] + "…"


# One article to read.

VOICES_SHOWN = {"quoted": ("background:#fdf1d6", "quoted"), "reported": ("background:#e4eef7", "reported")}
ZONES_SHOWN = {
    "headline": "font-size:1.3em;font-weight:bold",
    "standfirst": "font-style:italic;font-weight:bold",
    "subheading": "font-weight:bold",
    "byline": "font-variant:small-caps",
    "caption": "font-size:.85em",
    "credit": "font-size:.85em",
    "furniture": "color:#8a8a8a;font-size:.85em",
    "other_story": "color:#8a8a8a;font-size:.85em",
}


def show(
    article: pd.DataFrame | pd.Series, *, quotes: pd.DataFrame | None = None, labels: pd.DataFrame | None = None
) -> ShownTable:
    """One article as framing reads it, to be read by a person.

    Parameters
    ----------
    article : a row of the articles table, or a table whose first row is shown.
    quotes : as from `find_quotes`: quoted and reported words get a background, and the speaker's name on hovering.
    labels : as from `find_labels`: hits are underlined, with the name of the label on hovering.

    Returns
    -------
    HTML for a notebook. Zones are told apart by type: the headline large, what is left out of every count pale. Every
    word of the article is escaped. Raises ``ValueError`` for a table without rows or without ``text``.
    """
    from framing.zones.passages import find_passages

    table = as_articles(article.to_frame().T if isinstance(article, pd.Series) else article).head(1)
    if table.empty:
        raise ValueError("There is no article to show: the table has no rows.")
    row = table.iloc[0]
    marks = [*_marked(quotes, row["article_id"], _speech), *_marked(labels, row["article_id"], _named)]
    lines = [
        f'<p style="{ZONES_SHOWN.get(str(part.zone), "")}" title="{html.escape(str(part.zone))}">'
        f"{_with_marks(str(row['text']), int(part.start), int(part.end), marks)}</p>"
        for part in find_passages(table).itertuples()
    ]
    known = [row["outlet"], row["event"], row["date"]]
    about = " · ".join(
        shown_cell(name, cell, 2) for name, cell in zip(("", "event", ""), known, strict=True) if pd.notna(cell)
    )
    key = (
        "".join(f' <span style="{style}">{name}</span>' for style, name in VOICES_SHOWN.values())
        if (quotes is not None)
        else ""
    )
    return ShownTable(
        '<div style="max-width:44em;line-height:1.5">\n'
        f"<p><b>{html.escape(about)}</b>{key}</p>\n" + "\n".join(lines) + "\n</div>",
        f"Article {row['article_id']}: {about}",
    )


def _speech(row: Any) -> tuple[str, str] | None:
    style, name = VOICES_SHOWN.get(row.voice, ("", ""))
    return (style, f"{name}: {'no speaker by name' if pd.isna(row.speaker) else row.speaker}") if style else None


def _named(row: Any) -> tuple[str, str]:
    return "text-decoration:underline;font-weight:bold", f"{row.concept}: {row.label}"


def _marked(rows: pd.DataFrame | None, article_id: Any, look: Any) -> list[Mark]:
    """``(start, end, style, words on hovering)`` of every piece of these rows that stands in the article."""
    if rows is None:
        return []
    found = []
    for row in rows[rows["article_id"] == article_id].itertuples():
        marked = look(row)
        for start, end in getattr(row, "content_spans", None) or [(row.start, row.end)]:
            if marked:
                found.append((int(start), int(end), *marked))
    return found


def _with_marks(text: str, start: int, end: int, marks: list[Mark]) -> str:
    """The characters from `start` to `end`, each stretch with the marks that cover it."""
    pieces = []
    for piece, over in cut_at_marks(text, start, end, marks):
        words = html.escape(piece).replace("\n", "<br>")
        for _, _, style, told in over:
            words = f'<span style="{style}" title="{html.escape(told)}">{words}</span>'
        pieces.append(words)
    return "".join(pieces)


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
    articles = as_articles(articles).drop_duplicates("article_id")
    known = {row[0]: row[1:] for row in articles[["article_id", "outlet", "event", "text"]].itertuples(index=False)}
    strangers = sorted(set(table["article_id"].astype(str)) - set(map(str, known)))
    if strangers:
        raise ValueError(
            f"{len(strangers)} article_id of these rows are not among the articles "
            f"(the first is {strangers[0]!r}). Pass the articles table the rows were made from."
        )
    found = []
    for article_id, start, end in table[["article_id", "start", "end"]].itertuples(index=False):
        outlet, event, text = known[article_id]
        where = (article_id, outlet, event)
        if pd.isna(start) or pd.isna(end):
            found.append((*where, pd.NA, pd.NA, pd.NA, pd.NA, pd.NA))
            continue
        start, end = int(start), int(end)
        if not 0 <= start <= end <= len(text):
            raise ValueError(
                f"Offsets {start} to {end} lie outside article {article_id!r} of {len(text)} "
                "characters. Pass the articles table the rows were made from."
            )
        found.append((*where, _before(text, start, context), text[start:end], _after(text, end, context), start, end))
    columns = ["article_id", "outlet", "event", "before", "passage", "after", "start", "end"]
    return pd.DataFrame(found, columns=columns)


def _before(text: str, start: int, context: int) -> str:
    piece = text[max(0, start - context) : start]
    if start > context and " " in piece:
        piece = "…" + piece[piece.index(" ") :]
    return " ".join(piece.split())


def _after(text: str, end: int, context: int) -> str:
    piece = text[end : end + context]
    if end + context < len(text) and " " in piece:
        piece = piece[: piece.rindex(" ")] + " …"
    return " ".join(piece.split())


FORMATS = (".tex", ".md", ".docx", ".xlsx")
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)  # so that the same table gives the same bytes
_LATEX = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what no XML may hold


def save_table(
    table: pd.DataFrame,
    path: str | Path,
    *,
    caption: str = "",
    notes: str = "",
    columns: Sequence[str] | None = None,
    digits: int = 2,
) -> Path:
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
        raise ValueError(
            f"{path.name!r} ends in {path.suffix or 'nothing'}; name a file that ends in one of {', '.join(FORMATS)}."
        )
    missing = [name for name in columns or [] if name not in table]
    if missing:
        raise ValueError(f"This table has no {', '.join(missing)}; its columns are {list(table)}.")
    chosen = table[list(columns)] if columns is not None else table
    names = _headings()
    heads = [names.get(str(column), spaced(column)) for column in chosen]
    cells = [
        [_CONTROL.sub("", shown_cell(column, value, digits)) for column, value in zip(chosen.columns, row, strict=True)]
        for row in chosen.itertuples(index=False, name=None)
    ]
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

    body = [
        r"\begin{table}",
        r"\centering",
        *([rf"\caption{{{safe(caption)}}}"] if caption else []),
        r"\begin{tabular}{" + "".join("r" if right else "l" for right in numeric) + "}",
        r"\toprule",
        line(heads),
        r"\midrule",
        *map(line, cells),
        r"\bottomrule",
        r"\end{tabular}",
        *([rf"\par\smallskip\footnotesize {safe(notes)}"] if notes else []),
        r"\end{table}",
    ]
    return "\n".join(body) + "\n"


def _markdown(heads: list[str], cells: list[list[str]], numeric: list[bool], caption: str, notes: str) -> str:
    def safe(words: str) -> str:
        return re.sub(r"([\\`*_\[\]<>|])", r"\\\1", " ".join(words.split()))

    def line(row: list[str]) -> str:
        return "| " + " | ".join(map(safe, row)) + " |"

    rule = "|" + "|".join("---:" if right else ":---" for right in numeric) + "|"
    return (
        "\n".join(
            [
                *([f"**{safe(caption)}**", ""] if caption else []),
                line(heads),
                rule,
                *map(line, cells),
                *(["", safe(notes)] if notes else []),
            ]
        )
        + "\n"
    )


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


def _excel(
    table: pd.DataFrame, heads: list[str], cells: list[list[str]], path: Path, caption: str, notes: str, digits: int
) -> None:
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
    return (
        (value.item() if hasattr(value, "item") else value)
        if is_number and not isinstance(value, bool) and (pd.notna(value)) and not isinstance(value, str)
        else words
    )


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

_USED = {
    "westfall1993resampling": "p_adjusted",
    "phipson2010permutation": "p_adjusted",
    "newcombe1998paired": "Newcombe",
    "efron1993introduction": "bootstrap|jackknife",
    "wilson1927probable": "Wilson",
}
_BY_TABLE = {"keyness": "dunning1993accurate", "quotes": "newell2018attribution", "tone": "hamborg2021newsmtsc"}


def bibliography(analysis: Analysis) -> str:
    """BibTeX of the works that this run's methods come from: only those that some row of its tables used."""
    text = (resources.files("framing") / "data" / "templates" / "methods.bib").read_text(encoding="utf-8")
    entries = {match[1]: match[0] for match in re.finditer(r"@\w+\{(\w+),.*", text)}
    compared = analysis.tables.get("comparisons", pd.DataFrame())
    tested = bool(len(compared)) and bool(compared["p_adjusted"].notna().any())
    methods = " ".join(
        str(method)
        for table in analysis.tables.values()
        if "method" in table
        for method in table["method"].dropna().unique()
    )
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
