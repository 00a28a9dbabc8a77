"""The report: findings first, each event as every outlet told it, articles to read, and every result with its rows."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache as once, partial
from importlib import resources
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from framing.plots.export import font_face
from framing.plots.words import BUILT_IN
from framing.precision import P_COLUMNS, p_cell, p_statement
from framing.reports.events import by_event, days_of, event_names, event_title, event_view, often_named, outlet_view
from framing.reports.files import MANIFEST, beside, files_in, put_in_place
from framing.reports.findings import findings, passages_of, sample_sentence
from framing.reports.pipeline import Analysis, analyze, manifest
from framing.reports.reading import Places, address, readings, rows_of_articles
from framing.reports.write_up import evidence, save_methods
from framing.stats.limits import ALPHA, in_words
from framing.tables import COLUMNS, LEFT_OUT, as_articles, write_csv
from framing.text.unicode import count, signed, spaced
from framing.words.labels import too_rare
from framing.zones.passages import words_per_article

MOST_ROWS = 300  # rows of a table shown on the page; the whole table is written as CSV


def report(source: Any, path: str | Path, *, size: Any = "page", **choices: Any) -> Path:
    """Write the report on `source` to `path` and return the path.

    Parameters
    ----------
    source : an `Analysis`, or anything `read_articles` takes.
    path : the HTML file to write. It needs no network, and everything can be read where scripts are off. A study of
        more than `SMALL` articles or `SMALL_WORDS` words becomes this page and a folder beside it, of the same name
        without ``.html``.
    size : size of the figures, a name of `style.SIZES`.
    choices : passed on to `analyze` (``concepts, facts, contrasts, seed``).
    """
    analysis = source if isinstance(source, Analysis) else analyze(source, **choices)
    pictures = [take_picture(name, drawn) for name, drawn in draw_figures(analysis, size=size)]
    path = Path(path)
    _write_pages(render(analysis, pictures, manifest(analysis), name=path.stem), path)
    return path


def _write_pages(pages: dict[str, str], path: Path) -> None:
    """The first page as `path`, the others under the folder of its name."""
    for name, markup in pages.items():
        place = path.parent / name if name else path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(markup, encoding="utf-8")


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

    from framing.plots.export import SAVING, inline_svg, save_figure, settled
    from framing.plots.style import about, figure_of

    ax = drawn[0] if isinstance(drawn, list) else drawn
    alt, drawn_of = about(ax).alt, len(about(ax).data)
    with plt.rc_context(SAVING), settled(figure_of(ax)):
        files = save_figure(ax, folder / name) if folder and drawn_of else []  # nothing drawn is no figure
        svg = inline_svg(ax, alt, text=True)
    svg = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{name}-", svg)  # ids are unique on the page
    plt.close(ax.get_figure(root=True))
    return Picture(name, svg, alt, drawn_of > 0, tuple(files))


FEW_DAYS = 3  # dates up to which a timeline shows nothing that the table of outlets does not


def draw_figures(analysis: Analysis, *, size: Any = "page") -> Iterator[tuple[str, Any]]:
    """Every figure that these tables have something to draw for, by name, each drawn when it is asked for.

    Of many outlets those with most articles are drawn (`Analysis.drawn`), which the notes say.
    """
    from framing import plots

    tables, outlets = analysis.tables, analysis.drawn
    options: dict[str, Any] = {"outlets": outlets, "size": size}
    if analysis.articles["date"].nunique() > FEW_DAYS:
        yield "timeline", plots.plot_timeline(analysis.articles, **options)
    yield "space", plots.plot_space(tables["voice_share"], **options)
    if len(tables.get("rivals", ())):
        yield "rivals", plots.plot_rivals(tables["rivals"], **options)
    built_in = analysis.built_in
    yield "labels", plots.plot_labels(tables["labels"], built_in=built_in, **options)
    shares = tables["label_share"]
    for number, concept in enumerate(_contested(shares), 1):
        yield f"label_share_{number}", plots.plot_label_share(shares, concept=concept, built_in=built_in, **options)
    for number, outlet in enumerate(outlets if "keyness" in tables else [], 1):
        if _shows_words(tables["keyness"], outlet):
            yield f"keyness_{number}", plots.plot_keyness(tables["keyness"], outlet=outlet, **options)
    yield "sources", plots.plot_sources(tables["speech_share"], **options)
    yield "speech_share", plots.plot_speech_share(tables["speech_share"], **options)
    if len(tables.get("agency_share", ())):
        yield "agency", plots.plot_agency(tables["agency_share"], **options)
    yield "tone", plots.plot_tone(tables["tone_profile"], **options)
    yield "emphasis", plots.plot_emphasis(tables["emphasis_profile"], **options)
    if "coverage" in tables:
        yield "coverage", plots.plot_coverage(tables["coverage"], facts=tables.get("facts"), **options)
        yield "order", plots.plot_order(tables["coverage"], facts=tables.get("facts"), **options)
    declared, explored = _apart(tables["comparisons"])
    if len(declared):
        yield "declared", plots.plot_comparisons(declared, title="Contrasts declared before looking", **options)
    yield "comparisons", plots.plot_comparisons(explored, **options)


def _shows_words(keyness: pd.DataFrame, outlet: str) -> bool:
    """Whether the sample shows any word of this outlet to differ; a figure of words it does not show misleads."""
    from framing.plots.words import drawn_words

    return bool((drawn_words(keyness, outlet)["p_adjusted"].astype(float) < ALPHA).any())


def _apart(comparisons: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Contrasts declared before looking, and the rest: they never share a table or a figure."""
    declared = comparisons["declared"].fillna(False).astype(bool)
    return (
        comparisons[declared].reset_index(drop=True),
        comparisons[~declared]
        .dropna(axis="columns", how="all")
        .reindex(columns=COLUMNS["comparisons"])
        .reset_index(drop=True),
    )


def _contested(shares: pd.DataFrame, most: int = 4) -> list[str]:
    """The concepts with rival labels to compare (two or more labels, some outlet with two articles), at most four."""
    if shares.empty:
        return []
    used = (
        often_named(shares)
        .groupby("concept", sort=False)
        .agg(n=("n", "sum"), labels=("label", "nunique"), outlets=("outlet", "nunique"), articles=("n_articles", "max"))
    )
    used = used[(used["labels"] > 1) & (used["outlets"] > 1) & (used["articles"] > 1)]
    return [str(name) for name in used.sort_values("n", ascending=False, kind="stable").index[:most]]


SMALL, SMALL_WORDS = 150, 40_000  # articles and words that one page holds in less than 5 MB; more become a folder
Pages = dict[str, str]  # name of each page under the folder of the first ("" is the first itself), and its markup


def render(analysis: Analysis, pictures: list[Picture], about: dict[str, Any], *, name: str = "report") -> Pages:
    """The pages of the report. Every word that comes from an article is escaped by the templates.

    Names files beside it (tables, data of figures, the manifest) where the pictures were written to files.
    """
    tables, n_words = analysis.tables, pd.to_numeric(analysis.articles["n_words"], errors="coerce").sum()
    one_page = len(analysis.articles) <= SMALL and n_words <= SMALL_WORDS
    events, parts = event_names(analysis.articles), by_event(tables)
    titles = {event: event_title(parts[event]["articles"], event) for event in events}
    page_of = {number: "" if one_page else f"{name}/event-{number}.html" for number in range(1, len(events) + 1)}
    listed = [
        (
            titles[event],
            f"{page_of[number]}#event-{number}",
            days_of(parts[event]["articles"]),
            count(len(parts[event]["articles"]), "article"),
        )
        for number, event in enumerate(events, 1)
    ]
    places, built_in = Places(tables), analysis.built_in
    for number, event in enumerate(events, 1):
        for article in parts[event]["articles"]["article_id"]:
            places.pages[article] = page_of[number]
    read = readings(tables, places)
    views: dict[str, list[Callable[[], dict[str, Any]]]] = {}

    def add(page: str, view: Callable[[], dict[str, Any]]) -> None:
        views.setdefault("" if one_page else page, []).append(view)

    rest = {part: "" if one_page else f"{name}/{part}.html" for part in ("outlets", "results", "search")}
    add("", lambda: _overview(analysis, titles, listed, places, rest["outlets"]))
    for number, event in enumerate(events, 1):
        near = [
            (words, page_of[other], f"event-{other}")
            for words, other in (("the event before", number - 1), ("the event after", number + 1))
            if other in page_of
        ]
        add(page_of[number], partial(_event, tables, parts[event], titles[event], number, places, read, near, built_in))
    for number, outlet in enumerate(analysis.outlets, 1):
        add(rest["outlets"], partial(_outlet, tables, outlet, number, titles, places, built_in))
    add(
        rest["results"], lambda: {"kind": "results", "id": "results", "sections": _sections(analysis, pictures, places)}
    )
    add(rest["search"], lambda: {"kind": "search", "id": "search"})
    add("", lambda: {"kind": "methods", "id": "methods"})
    ids = {"outlets": "outlet-1", "results": "results", "search": "search"}
    contents = [
        ("Findings", "", "findings"),
        ("Outlets", rest["outlets"], ids["outlets"]),
        ("Search", rest["search"], ids["search"]),
        ("All measures", rest["results"], ids["results"]),
        ("Methods", "", "methods"),
    ]
    environment = _environment()
    script = _asset("report.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    fonts = font_face([picture.svg for picture in pictures])
    pages = {}
    for page, makers in views.items():
        places.here = page
        made = [make() for make in makers]
        holds_figures = any(view["kind"] == "results" for view in made)
        pages[page] = environment.get_template("report.html").render(
            about=about,
            outlets=analysis.outlets,
            notes=analysis.notes,
            views=made,
            shown=_shown,
            count=count,
            signed=signed,
            first=not page,
            title=_title(made),
            contents=[(words, _between(page, other, anchor, name)) for words, other, anchor in contents],
            css=_asset("report.css") + (fonts if holds_figures else ""),
            js=script,
            script_hash=f"sha256-{digest}",
            texts=_texts(tables, titles, places) if any(view["kind"] == "search" for view in made) else "",
            files=any(picture.files for picture in pictures),
        )
    return pages


def _between(page: str, other: str, anchor: str, name: str) -> str:
    """The address of a part of `other` from `page`."""
    if page and not other:
        return f"../{name}.html#{anchor}"
    return f"{address(page, other)}#{anchor}"


def _title(views: list[dict[str, Any]]) -> str:
    """What a page is called, by the first of its views."""
    first = views[0]
    if first["kind"] == "event":
        return str(first["event"]["name"])
    return {"outlet": "The outlets", "results": "Every measure", "search": "Search"}.get(
        str(first["kind"]), "How did these outlets tell the story?"
    )


@once
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("framing", "data/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@once
def _asset(name: str) -> str:
    return (resources.files("framing") / "data" / "templates" / name).read_text(encoding="utf-8")


@once
def _headings() -> dict[str, dict[str, str]]:
    return tomllib.loads(_asset("headings.toml"))


SHOWN_PASSAGES = 5  # printed under a finding; the numbers beside it lead to the others


def _overview(
    analysis: Analysis,
    titles: dict[Any, str],
    listed: list[tuple[str, str, str, str]],
    places: Places,
    outlets_page: str,
) -> dict[str, Any]:
    found = findings(analysis).to_dict("records")
    texts = analysis.articles.drop_duplicates("article_id")
    called = {row.article_id: _article_called(row, titles) for row in texts.itertuples(index=False)}
    nearby = []
    for row in found:
        row["links"] = places.links(row["evidence"])
        spots = [spot for spot in row["evidence"] if spot[2] > spot[1]]
        rows = pd.DataFrame(spread(spots, SHOWN_PASSAGES), columns=["article_id", "start", "end"])
        lines = _in_context(rows, as_articles(texts)) if len(rows) else []
        nearby.append(
            [
                line | {"href": places.link(line["article_id"], line["start"]), "source": called[line["article_id"]]}
                for line in lines
            ]
        )
    read = []
    for number, outlet in enumerate(analysis.outlets, 1):
        part = analysis.articles[analysis.articles["outlet"].astype(str) == outlet]
        read.append(
            {
                "outlet": outlet,
                "n_articles": len(part),
                "n_events": part["event"].nunique(),
                "n_words": f"{int(words_per_article(part).sum()):,}",
                "href": f"{outlets_page}#outlet-{number}",
                "dates": days_of(part),
            }
        )
    return {
        "kind": "overview",
        "id": "findings",
        "findings": found,
        "nearby": nearby,
        "read": read,
        "uneven": _uneven(analysis.articles),
        "events": listed,
        "sample": sample_sentence(analysis.tables.get("sample")),
    }


def _uneven(articles: pd.DataFrame) -> str:
    """Which outlets lack events that others cover; nothing where all cover the same, or no events are known."""
    known = articles.dropna(subset=["event"])
    n_events = known["event"].nunique()
    lacking = n_events - known.groupby(known["outlet"].astype(str))["event"].nunique()
    words = [f"{outlet} has no article on {n} of {n_events} events" for outlet, n in lacking.items() if n]
    return "; ".join(words) if len(lacking) > 1 else ""


def _article_called(row: Any, titles: dict[Any, str]) -> str:
    """An article as one cites it: its outlet, its own headline (or, of one without, its event) and its day."""
    headline = f"“{row.headline}”" if pd.notna(row.headline) else ""
    event = titles.get(row.event, "") if pd.notna(row.event) else ""
    day = str(row.date)[:10] if pd.notna(row.date) else ""
    return ", ".join(part for part in (str(row.outlet), headline or event, day) if part)


def spread(spots: list[Any], most: int) -> list[Any]:
    """So many of the passages, spread evenly over their order."""
    return spots if len(spots) <= most else [spots[number * len(spots) // most] for number in range(most)]


def _event(
    tables: dict[str, pd.DataFrame],
    here: dict[str, pd.DataFrame],
    title: str,
    number: int,
    places: Places,
    read: dict[Any, Any],
    near: list[tuple[str, str, str]],
    built_in: bool,
) -> dict[str, Any]:
    view = event_view(tables, here, title, number, places, built_in=built_in)
    dates = {card["id"]: card["date"] for card in view["articles"]}
    ids = here["articles"].sort_values(["outlet", "article_id"], kind="stable")["article_id"]
    return {
        "kind": "event",
        "id": view["id"],
        "event": view,
        "near": [(words, f"{address(places.here, page)}#{anchor}") for words, page, anchor in near],
        "readings": [read[article] | {"date": dates[read[article]["id"]]} for article in ids],
    }


def _outlet(
    tables: dict[str, pd.DataFrame], outlet: str, number: int, titles: dict[Any, str], places: Places, built_in: bool
) -> dict[str, Any]:
    view = outlet_view(tables, outlet, number, titles, places, built_in=built_in)
    return {"kind": "outlet", "id": view["id"], "outlet": view}


def _texts(tables: dict[str, pd.DataFrame], titles: dict[Any, str], places: Places) -> str:
    """The articles for the search as JSON, in which nothing can end the script that holds it."""
    quotes, passages = (rows_of_articles(tables.get(name)) for name in ("quotes", "passages"))
    found = [
        {
            "outlet": str(row.outlet),
            "event": "" if pd.isna(row.event) else titles[row.event],
            "text": row.text,
            "voices": [
                [int(start), int(end), quote["voice"]]
                for quote in quotes.get(row.article_id, [])
                for start, end in quote["content_spans"]
            ],
            "out": [
                [int(zone["start"]), int(zone["end"])]
                for zone in passages.get(row.article_id, [])
                if zone["zone"] in LEFT_OUT
            ],
            "starts": places.starts[row.article_id],
            "href": places.link(row.article_id),
        }
        for row in tables["articles"].itertuples(index=False)
    ]
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return (
        text.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def _sections(analysis: Analysis, pictures: list[Picture], places: Places) -> list[dict[str, Any]]:
    """The chapters of the page: question, figures, tables, and what the result does not show."""
    declared, explored = _apart(analysis.tables["comparisons"])
    tables, articles = {**analysis.tables, "declared": declared, "comparisons": explored}, analysis.articles

    def named(*stems: str) -> list[Picture]:
        return [picture for picture in pictures if picture.name in stems or picture.name.rsplit("_", 1)[0] in stems]

    chapters = [
        (
            "What was read?",
            named("timeline"),
            ["audit"],
            "A file that could not be read is a row here, with the reason.",
        ),
        (
            "What can this sample show?",
            [],
            ["sample"],
            "Read this before any result: no contrast of such a kind can have a smaller p value, before any adjustment.",
        ),
        (
            "Which words did each outlet choose?",
            named("rivals", "labels", "label_share", "keyness"),
            ["label_share", "labels", "loaded"],
            "Rival names found in the coverage are proposals: read them on the pages of the events. Labels are counted in "
            "the outlet's own voice. The open word lists are exploration: in real news, with "
            "fewer than about 50 events, they can hardly show anything.",
        ),
        (
            "Who speaks, and how much?",
            named("space", "sources", "speech_share"),
            ["speech_share", "quotes", "quote_matches", "missing_speakers"],
            "Quotations are found by a model that misses some and cuts some short; read a few before you count. n "
            "counts what several said jointly once for each of them; the table of quotations and the pages of articles list "
            "it once, and list also words nested in others' words and the outlet's own, which n leaves out.",
        ),
        (
            "Who does what to whom?",
            named("agency"),
            ["agency_share", "agency"],
            "By the parse of a small model, right in about six of seven clauses.",
        ),
        (
            "How do they sound about people and countries?",
            named("tone"),
            ["tone_profile", "tone"],
            "A model scores each sentence toward its target. It is wrong in about one sentence of four; means over many "
            "sentences are steadier. A sentence that reports bad news about somebody is not hostility.",
        ),
        (
            "What leads, what gets space?",
            named("emphasis", "coverage", "order"),
            ["emphasis_profile", "emphasis", "headline_against_body", "coverage"],
            "“Not found” means not found in these articles by this search. It shows no intent.",
        ),
        *(
            [
                (
                    "Do the declared contrasts hold?",
                    named("declared"),
                    ["declared"],
                    "Fixed before looking and tested as one family. A contrast holds where the adjusted p is below .05 and the "
                    "difference lies on the declared side.",
                )
            ]
            if len(declared)
            else []
        ),
        (
            "What differs between outlets?",
            named("comparisons"),
            ["comparisons"],
            "Exploration: these measures were not declared before looking. A claim needs a contrast declared in advance.",
        ),
    ]
    built_in = analysis.built_in and len(tables["labels"]) > 0
    shipped = [f"Labels: {BUILT_IN.strip()}", *filter(None, [too_rare(tables["labels"])])] if built_in else []
    lines = {
        "Do the declared contrasts hold?": _verdicts(declared),
        "Which words did each outlet choose?": shipped,
        "What was read?": _what_was_read(tables["audit"]),
        "What can this sample show?": in_words(tables["sample"]).splitlines(),
    }
    return [
        {
            "title": title,
            "figures": [picture for picture in drawn if picture.drawn],
            "caution": caution,
            "lines": [*lines.get(title, []), *dict.fromkeys(picture.alt for picture in drawn if not picture.drawn)],
            "tables": [
                _table(name, tables[name], articles, analysis, places) for name in wanted if len(tables.get(name, ""))
            ],
        }
        for title, drawn, wanted, caution in chapters
    ]


def _what_was_read(audit: pd.DataFrame) -> list[str]:
    parsed, found = (int(pd.to_numeric(audit[name]).sum()) for name in ("parsed", "found"))
    words = f"{count(parsed, 'article')} read" + (f", of {found:,} found." if found > parsed else ".")
    others = audit.loc[audit["status"] != "read", "status"].value_counts()
    return [
        words + (f" In the table: {', '.join(f'{n} {status}' for status, n in others.items())}." if len(others) else "")
    ]


def _table(
    name: str, table: pd.DataFrame, articles: pd.DataFrame, analysis: Analysis, places: Places
) -> dict[str, Any]:
    """A table for the page, offsets replaced by the passage they stand for; of a long one a spread over its outlets."""
    rows = _spread_rows(table)
    rows = rows[[column for column in rows if not len(rows) or (rows[column].notna() & (rows[column] != "")).any()]]
    for column in [name for name in P_COLUMNS if name in rows]:
        rows = rows.assign(**{column: [pd.NA if pd.isna(p) else p_cell(column, p) for p in rows[column]]})
    if {"article_id", "start", "end"} <= set(rows.columns) and len(rows):
        seen = [
            line | {"href": places.link(line["article_id"], line["start"]) if pd.notna(line["start"]) else ""}
            for line in _in_context(rows, as_articles(articles))
        ]
        rows = rows.drop(
            columns=[
                c
                for c in ("content", "text", "sentence", "content_spans", "cue_spans", "source_spans", "event")
                if c in rows
            ]
        )
        rows = rows.drop(columns=["start", "end"])
        rows.insert(2, "in_context", seen)
    elif {"outlet", "estimate", "measure"} <= set(rows.columns) or name in SOURCES:
        rows["sentences_"] = [places.links(spots) for spots in _behind(name, rows, analysis)]
    titles = _headings()
    return {
        "name": name,
        "file": "comparisons" if name == "declared" else name,
        "title": titles["tables"].get(name, spaced(name).capitalize()),
        "columns": [
            {
                "name": column,
                "title": "sentences" if column == "sentences_" else titles["columns"].get(column, spaced(column)),
            }
            for column in rows.columns
        ],
        "rows": rows.itertuples(index=False, name=None),
        "n_shown": len(rows),
        "n_rows": len(table),
    }


def _spread_rows(table: pd.DataFrame) -> pd.DataFrame:
    """All rows of a short table; of a long one as many of each outlet, in the order of the table."""
    if len(table) <= MOST_ROWS or "outlet" not in table:
        return table.head(MOST_ROWS)
    turn = table.groupby(table["outlet"].astype(str)).cumcount().to_numpy()
    return table.iloc[np.sort(np.argsort(turn, kind="stable")[:MOST_ROWS])]


@dataclass(frozen=True)
class Summed:
    """Which rows a table of sums adds up: their table, and for each of its columns those that hold its value there."""

    table: str
    columns: dict[str, tuple[str, ...]]
    own_voice: bool = False  # only the outlet's own words are counted


SOURCES = {
    "label_share": Summed("labels", {"outlet": ("outlet",), "label": ("label",)}, own_voice=True),
    "speech_share": Summed("quotes", {"outlet": ("outlet",), "speaker": ("speaker",)}),
    "tone_profile": Summed("tone", {"outlet": ("outlet",), "target": ("target",), "voice": ("voice",)}),
    "emphasis_profile": Summed("emphasis", {"outlet": ("outlet",), "item": ("item",), "kind": ("kind",)}),
    "agency_share": Summed("agency", {"outlet": ("outlet",), "actor": ("agent", "patient")}, own_voice=True),
}


def _behind(name: str, rows: pd.DataFrame, analysis: Analysis) -> list[Any]:
    """The passages that each row of a table of sums, or of contrasts, rests on."""
    if name not in SOURCES:
        return [passages_of(row, analysis.tables) for row in rows.to_dict("records")]
    source, spots = SOURCES[name], ["article_id", "start", "end"]
    table = analysis.tables.get(source.table, pd.DataFrame())
    if table.empty or not {*spots, *(one for several in source.columns.values() for one in several)} <= set(table):
        return [()] * len(rows)
    if source.own_voice:
        table = table[table["voice"] == "outlet"]
    keys = list(source.columns)
    parts = [
        pd.concat([table[spots], table[list(chosen)].set_axis(keys, axis="columns")], axis="columns")
        for chosen in product(*source.columns.values())
    ]
    told = pd.concat(parts, ignore_index=True).dropna(subset=["start", "end", *keys])
    found: dict[tuple[Any, ...], list[Any]] = {}
    for key, spot in zip(
        told[keys].itertuples(index=False, name=None), told[spots].itertuples(index=False, name=None), strict=True
    ):
        found.setdefault(key, []).append(spot)
    return [found.get(key, ()) for key in rows[keys].itertuples(index=False, name=None)]


def _in_context(rows: pd.DataFrame, articles: pd.DataFrame) -> list[dict[str, Any]]:
    """The passage of each row with what stands around it, a space between them only where the article has one."""
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    seen = evidence(rows[["article_id", "start", "end"]], articles, context=60).to_dict("records")
    for row in seen:
        if pd.notna(row["start"]):
            text = texts[row["article_id"]]
            row["before"] += " " * text[: row["start"]][-1:].isspace()
            row["after"] = " " * text[row["end"] : row["end"] + 1].isspace() + row["after"]
    return seen


def _verdicts(declared: pd.DataFrame) -> list[str]:
    """One sentence for each declared contrast: does it hold up in this sample?"""
    lines = []
    for row in declared.to_dict("records"):
        p = p_statement(row["p_adjusted"])
        if pd.isna(row["p_adjusted"]):
            verdict = str(row["note"]) or "not tested"
        elif row["p_adjusted"] >= ALPHA:
            verdict = f"not shown by this sample ({p})"
        else:
            verdict = {True: "holds", False: "the difference goes the other way"}.get(
                row["as_declared"], "there is a difference"
            )
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


def write_outputs(
    analysis: Analysis,
    folder: str | Path,
    *,
    parquet: bool = False,
    size: Any = "page",
    then: Callable[[Path], None] | None = None,
) -> list[Path]:
    """Write tables, figures, the report, its manifest and the methods under `folder`; return the paths.

    Everything is written beside and then moved: a run that fails or is stopped leaves what was there before. Files of
    an earlier run that this one does not write go; others are left alone. The same run writes the same bytes. What was
    written is handed to `then` before it is moved.
    """
    with beside(Path(folder)) as scratch:
        _write_all(analysis, scratch, parquet=parquet, size=size)
        if then is not None:
            then(scratch)
        return put_in_place(scratch, Path(folder))


def _write_all(analysis: Analysis, folder: Path, *, parquet: bool, size: Any) -> None:
    (folder / "tables").mkdir()
    for name, table in analysis.tables.items():
        write_csv(table, folder / "tables" / f"{name}.csv")
        if parquet:
            storable(table).to_parquet(folder / "tables" / f"{name}.parquet", index=False)
    pictures = [take_picture(name, drawn, folder / "figures") for name, drawn in draw_figures(analysis, size=size)]
    about = manifest(analysis)
    _write_pages(render(analysis, pictures, about), folder / "report.html")
    save_methods(analysis, folder)
    about["files"] = files_in(folder)
    (folder / MANIFEST).write_text(
        json.dumps(about, indent=2, ensure_ascii=False, default=str) + "\n", encoding="utf-8"
    )


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
