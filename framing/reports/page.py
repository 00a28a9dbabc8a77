"""One self-contained HTML page: what was read, what can be shown, and every result with its sentences."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from framing.precision import P_COLUMNS, p_cell, p_statement
from framing.reports.notebook import evidence
from framing.reports.pipeline import Analysis, analyze, manifest
from framing.stats.limits import in_words
from framing.tables import COLUMNS, as_articles, write_csv
from framing.text.unicode import count

MOST_ROWS = 40  # rows of a table shown on the page; the whole table is written as CSV


def report(source: Any, path: str | Path, *, size: str = "double", **choices: Any) -> Path:
    """Write the report on `source` to `path` and return the path.

    Parameters
    ----------
    source : an `Analysis`, or anything `read_articles` takes.
    path : the HTML file to write. It holds everything, needs no network and runs no script.
    size : size of the figures, a name of `style.SIZES`.
    choices : passed on to `analyze` (``concepts, facts, contrasts, seed``).
    """
    analysis = source if isinstance(source, Analysis) else analyze(source, **choices)
    pictures = [take_picture(name, drawn) for name, drawn in draw_figures(analysis, size=size)]
    page = render(analysis, pictures, manifest(analysis))
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")
    return path


@dataclass(frozen=True)
class Picture:
    """One drawn figure as the page needs it, with the files it was also written to."""

    name: str
    svg: str
    alt: str
    drawn: bool  # False where there was nothing to draw, as `alt` says
    files: tuple[Path, ...] = ()


def take_picture(name: str, drawn: Any, folder: Path | None = None) -> Picture:
    """The drawing as SVG, written to `folder` too where one is given; the figure is closed to free its memory."""
    import matplotlib.pyplot as plt

    from framing.plots.export import inline_svg, save_figure
    from framing.plots.style import about

    ax = drawn[0] if isinstance(drawn, list) else drawn
    alt, drawn_of = about(ax).alt, len(about(ax).data)
    files = save_figure(ax, folder / name) if folder else []
    svg = files[0].read_text(encoding="utf-8") if files else inline_svg(ax, alt)
    svg = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{name}-", svg)  # ids are unique on the page
    plt.close(ax.get_figure(root=True))
    return Picture(name, svg, alt, drawn_of > 0, tuple(files))


def draw_figures(analysis: Analysis, *, size: str = "double") -> Iterator[tuple[str, Any]]:
    """Every figure that these tables have something to draw for, by name, each drawn when it is asked for."""
    from framing import plots

    tables, outlets = analysis.tables, analysis.outlets
    options: dict[str, Any] = {"outlets": outlets, "size": size}
    yield "space", plots.plot_space(tables["voice_share"], **options)
    yield "labels", plots.plot_labels(tables["labels"], **options)
    shares = tables["label_share"]
    for number, concept in enumerate(_contested(shares), 1):
        yield f"label_share_{number}", plots.plot_label_share(shares, concept=concept, **options)
    for number, outlet in enumerate(outlets if "keyness" in tables else [], 1):
        yield f"keyness_{number}", plots.plot_keyness(tables["keyness"], outlet=outlet, **options)
    yield "speech_share", plots.plot_speech_share(tables["speech_share"], **options)
    yield "tone", plots.plot_tone(tables["tone_profile"], **options)
    yield "emphasis", plots.plot_emphasis(tables["emphasis_profile"], **options)
    if "coverage" in tables:
        yield "coverage", plots.plot_coverage(tables["coverage"], **options)
        yield "order", plots.plot_order(tables["coverage"], **options)
    declared, explored = _apart(tables["comparisons"])
    if len(declared):
        yield "declared", plots.plot_comparisons(declared, title="Contrasts declared before looking", **options)
    yield "comparisons", plots.plot_comparisons(explored, **options)


def _apart(comparisons: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Contrasts declared before looking, and the rest: they never share a table or a figure."""
    declared = comparisons["declared"].fillna(False).astype(bool)
    return (comparisons[declared].reset_index(drop=True),
            comparisons[~declared].dropna(axis="columns", how="all").reindex(
                columns=COLUMNS["comparisons"]).reset_index(drop=True))


def _contested(shares: pd.DataFrame, most: int = 4) -> list[str]:
    """The concepts with rival labels to compare (two or more labels, some outlet with two articles), at most four."""
    if shares.empty:
        return []
    used = shares[shares["n"] > 0].groupby("concept", sort=False).agg(
        n=("n", "sum"), labels=("label", "nunique"), outlets=("outlet", "nunique"), articles=("n_articles", "max"))
    used = used[(used["labels"] > 1) & (used["outlets"] > 1) & (used["articles"] > 1)]
    return [str(name) for name in used.sort_values("n", ascending=False, kind="stable").index[:most]]


def render(analysis: Analysis, pictures: list[Picture], about: dict[str, Any]) -> str:
    """The page as a string. Every word that comes from an article is escaped by the template.

    Names files beside it (tables, data of figures, the manifest) where the pictures were written to files.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(loader=PackageLoader("framing", "data/templates"), autoescape=True,
                              undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("report.html").render(
        about=about, analysis=analysis, outlets=analysis.outlets, notes=analysis.notes,
        sections=_sections(analysis, pictures), shown=_shown, count=count,
        files=any(picture.files for picture in pictures))


def _sections(analysis: Analysis, pictures: list[Picture]) -> list[dict[str, Any]]:
    """The chapters of the page: question, figures, tables, and what the result does not show."""
    declared, explored = _apart(analysis.tables["comparisons"])
    tables, articles = {**analysis.tables, "declared": declared, "comparisons": explored}, analysis.articles

    def named(*stems: str) -> list[Picture]:
        return [picture for picture in pictures
                if picture.name in stems or picture.name.rsplit("_", 1)[0] in stems]

    chapters = [
        ("What was read?", [], ["audit"], "A file that could not be read is a row here, with the reason."),
        ("What can this sample show?", [], ["sample"],
         "Read this before any result: no contrast of such a kind can have a smaller p value, before any adjustment."),
        ("Which words did each outlet choose?", named("labels", "label_share", "keyness"),
         ["label_share", "labels", "loaded"],
         "Labels are counted in the outlet's own voice. The open word lists are exploration: in real news, with "
         "fewer than about 50 events, they can hardly show anything."),
        ("Who speaks, and how much?", named("space", "speech_share"), ["speech_share", "quotes"],
         "Quotations are found by a model that misses some and cuts some short; read a few before you count."),
        ("How do they sound about people and countries?", named("tone"), ["tone_profile", "tone"],
         "A model scores each sentence toward its target. It is wrong in about one sentence of four; means over many "
         "sentences are steadier. A sentence that reports bad news about somebody is not hostility."),
        ("What leads, what gets space?", named("emphasis", "coverage", "order"),
         ["emphasis_profile", "emphasis", *(["coverage"] if "coverage" in tables else [])],
         "“Not found” means not found in these articles by this search. It shows no intent."),
        *([("Do the declared contrasts hold?", named("declared"), ["declared"],
            "Fixed before looking and tested as one family. A contrast holds where the adjusted p is below .05 and the "
            "difference lies on the declared side.")] if len(declared) else []),
        ("What differs between outlets?", named("comparisons"), ["comparisons"],
         "Exploration: these measures were not declared before looking. A claim needs a contrast declared in advance."),
    ]
    lines = {"Do the declared contrasts hold?": _verdicts(declared), "What was read?": _what_was_read(tables["audit"]),
             "What can this sample show?": in_words(tables["sample"]).splitlines()}
    return [{"title": title, "figures": [picture for picture in drawn if picture.drawn], "caution": caution,
             "lines": [*lines.get(title, []), *dict.fromkeys(picture.alt for picture in drawn if not picture.drawn)],
             "tables": [_table(name, tables[name], articles) for name in wanted if len(tables.get(name, ""))]}
            for title, drawn, wanted, caution in chapters]


def _what_was_read(audit: pd.DataFrame) -> list[str]:
    parsed, found = (int(pd.to_numeric(audit[name]).sum()) for name in ("parsed", "found"))
    words = f"{count(parsed, 'article')} read" + (f", of {found:,} found." if found > parsed else ".")
    others = audit.loc[audit["status"] != "read", "status"].value_counts()
    return [words + (f" In the table: {', '.join(f'{n} {status}' for status, n in others.items())}." if len(others)
                     else "")]


def _table(name: str, table: pd.DataFrame, articles: pd.DataFrame) -> dict[str, Any]:
    """A table for the page: its first rows, offsets replaced by the passage they stand for."""
    rows = table.head(MOST_ROWS)
    rows = rows[[column for column in rows if not len(rows) or (rows[column].notna() & (rows[column] != "")).any()]]
    for column in [name for name in P_COLUMNS if name in rows]:
        rows = rows.assign(**{column: [pd.NA if pd.isna(p) else p_cell(column, p) for p in rows[column]]})
    if {"article_id", "start", "end"} <= set(rows.columns) and len(rows):
        seen = _in_context(rows, as_articles(articles))
        rows = rows.drop(columns=[c for c in ("content", "text", "sentence", "content_spans", "cue_spans",
                                              "source_spans", "event") if c in rows])
        rows = rows.drop(columns=["start", "end"])
        rows.insert(2, "in_context", seen)
    return {"name": name, "file": "comparisons" if name == "declared" else name, "columns": list(rows.columns),
            "rows": rows.itertuples(index=False, name=None), "n_shown": len(rows), "n_rows": len(table)}


def _in_context(rows: pd.DataFrame, articles: pd.DataFrame) -> list[dict[str, Any]]:
    """The passage of each row with what stands around it, a space between them only where the article has one."""
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    seen = evidence(rows[["article_id", "start", "end"]], articles, context=60).to_dict("records")
    for row in seen:
        if pd.notna(row["start"]):
            text = texts[row["article_id"]]
            row["before"] += " " * text[:row["start"]][-1:].isspace()
            row["after"] = " " * text[row["end"]:row["end"] + 1].isspace() + row["after"]
    return seen


def _verdicts(declared: pd.DataFrame) -> list[str]:
    """One sentence for each declared contrast: does it hold up in this sample?"""
    lines = []
    for row in declared.to_dict("records"):
        p = p_statement(row["p_adjusted"])
        if pd.isna(row["p_adjusted"]):
            verdict = str(row["note"]) or "not tested"
        elif row["p_adjusted"] >= .05:
            verdict = f"not shown by this sample ({p})"
        else:
            verdict = {True: "holds", False: "the difference goes the other way"}.get(row["as_declared"],
                                                                                        "there is a difference")
            verdict += f" ({row['estimate']:+.2f}, {p})"
        lines.append(f"{row['name']}: {verdict}.")
    return lines


def _shown(cell: Any) -> str:
    """A cell as a reader wants it: few digits, nothing for what is missing."""
    if isinstance(cell, float):
        return "" if pd.isna(cell) else f"{cell:.3g}"
    if isinstance(cell, list | tuple):
        return ", ".join(map(str, cell))
    return "" if cell is None or cell is pd.NA or cell is pd.NaT else str(cell)


# What a run leaves in its folder: tables, figures, the report and a manifest.


def write_outputs(analysis: Analysis, folder: str | Path, *, parquet: bool = False,
                  size: str = "double") -> list[Path]:
    """Write ``tables/``, ``figures/``, ``report.html`` and ``manifest.json`` under `folder`; return the paths.

    Existing files of the same names are replaced, others are left alone. The same run writes the same bytes.
    """
    folder = Path(folder)
    check_folder(folder)
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    written = []
    for name, table in analysis.tables.items():
        written.append(folder / "tables" / f"{name}.csv")
        write_csv(table, written[-1])
        if parquet:
            written.append(folder / "tables" / f"{name}.parquet")
            storable(table).to_parquet(written[-1], index=False)
    pictures = [take_picture(name, drawn, folder / "figures") for name, drawn in draw_figures(analysis, size=size)]
    written += [file for picture in pictures for file in picture.files]
    about = manifest(analysis)
    written.append(folder / "report.html")
    written[-1].write_text(render(analysis, pictures, about), encoding="utf-8")
    written.append(folder / "manifest.json")
    written[-1].write_text(json.dumps(about, indent=2, ensure_ascii=False, default=str) + "\n", encoding="utf-8")
    return written


def check_folder(folder: Path) -> None:
    """Raise ``ValueError`` where `folder` cannot be one, because it or a folder above it is a file."""
    for path in (folder, *folder.parents):
        if path.exists():
            if not path.is_dir():
                raise ValueError(f"{path} is a file, so nothing can be written to {folder}. Give the name of a "
                                 "folder, which may be new.")
            return


def storable(table: pd.DataFrame) -> pd.DataFrame:
    """`table` with columns of one type each, as Parquet needs: tuples of spans become JSON."""
    def plain(cell: Any) -> Any:
        return json.dumps(cell) if isinstance(cell, list | tuple) else cell

    result = table.copy()
    for column in result.columns:
        if result[column].dtype == object:
            result[column] = result[column].map(plain).convert_dtypes()
            if result[column].dtype == object:
                result[column] = result[column].map(lambda cell: None if pd.isna(cell) else str(cell))
    return result
