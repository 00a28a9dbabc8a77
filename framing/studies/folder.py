"""The folder of a study: articles, what is declared about them, notebooks; made once, opened by commands and notebooks.

A study folder holds ``articles/`` (with a manifest ``articles.csv``), ``concepts.toml``, ``facts.csv``,
``contrasts.toml``, ``names.toml`` and ``notebooks/``; the bundled corpora have the same form. A file that
declares nothing yet counts as absent. What was measured lies in ``measured/``, as Parquet.
"""

from __future__ import annotations

import csv
import json
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from framing.articles.reading import EXAMPLES, example_names, example_path, read_with_audit
from framing.quotes.certainty import COUNTED_FROM
from framing.tables import fingerprint
from framing.text.lexicon import stem
from framing.text.unicode import count, did_you_mean, listed, one_line

if TYPE_CHECKING:
    from framing.reports.pipeline import Analysis
import framing

DRAWN_WITH = ("fonttools", "pillow", "jinja2", "pyarrow")  # what else decides over the bytes of a file
DECLARED = {"concepts": "concepts.toml", "facts": "facts.csv", "contrasts": "contrasts.toml", "names": "names.toml"}
MANIFEST = ["path", "outlet", "event", "date", "headline"]
LONGEST_EVENT = 48  # letters of a proposed event's name
MOST_WORDS = 5  # of a proposed event's name
SOURCES = 40  # speakers that are no name in a draft of decisions on names
PROPOSED = 20  # rivalries in a draft: the first of the table `rivals`, which has more
PARAMETERS = {"ARTICLES": "..", "FIGURES": "../figures"}  # of a study's notebooks, seen from their own folder


@dataclass(frozen=True)
class Study:
    """Articles, what is declared about them, and the tables measured on them.

    ``source`` is the folder, file or table of articles; ``folder`` the study folder, None for articles alone.
    ``concepts, facts, contrasts, names`` are the files that declare something, None where nothing is declared.
    """

    name: str
    source: Any
    folder: Path | None = None
    concepts: Path | None = None
    facts: Path | None = None
    contrasts: Path | None = None
    names: Path | None = None

    @cached_property
    def _read(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        return read_with_audit(self.source)

    @property
    def articles(self) -> pd.DataFrame:
        """One row per article, as from `read_articles`."""
        return self._read[0].copy()

    @property
    def audit(self) -> pd.DataFrame:
        """One row per file and article, as from `audit_articles`."""
        return self._read[1].copy()

    @property
    def outlets(self) -> list[str]:
        """The outlets in alphabetical order."""
        return sorted(self._read[0]["outlet"].astype(str).unique())

    @property
    def events(self) -> list[str]:
        """The events in alphabetical order; empty where none is named."""
        return sorted(self._read[0]["event"].dropna().astype(str).unique())

    def key(self, name: str) -> pd.DataFrame | None:
        """Gold, ``key/gold_NAME.csv`` beside the articles, such as "quotes"; None where there is none."""
        if not isinstance(self.source, Path):
            return None
        file = self.source.parent / "key" / f"gold_{name}.csv"
        return pd.read_csv(file) if file.is_file() else None

    def table(self, name: str) -> pd.DataFrame:
        """The table `name`, such as "quotes" or "tone": read where it was measured on the same articles, else measured.

        See `framing.studies.measured.MEASURES` for the names. Raises ``ValueError`` for any other.
        """
        from framing.studies.measured import measured

        return measured(self, name)

    def analysis(
        self,
        *,
        places: str = "as written",
        certainty: float = COUNTED_FROM,
        seed: int = 0,
        progress: bool = False,
        jobs: int = 1,
        scheduler: Any = None,
    ) -> Analysis:
        """Everything `analyze` measures, kept for the notebooks; what was measured of a text before is read."""
        from framing.reports.pipeline import analyze
        from framing.studies.measured import keep

        analysis = analyze(
            self.source,
            concepts=self.concepts,
            facts=self.facts,
            contrasts=self.contrasts,
            names=self.names,
            places=places,
            certainty=certainty,
            seed=seed,
            progress=progress,
            jobs=jobs,
            scheduler=scheduler,
        )
        # Where an article was left out, the notebooks say so again; they count places as they are written,
        # and attributions from the usual certainty on.
        if len(analysis.articles) == len(self._read[0]) and places == "as written" and certainty == COUNTED_FROM:
            keep(self, analysis.tables, seed=seed)
        return analysis

    def key_of_run(self, *choices: Any) -> bytes:
        """A digest of all that the files of an analysis rest on: articles, declarations, `choices` and versions."""
        from framing import cache
        from framing.reports.files import PACKAGES, names_beside, package_version

        declared = [getattr(self, name) for name in DECLARED]
        declared[-1] = declared[-1] or names_beside(self.source)
        return cache.key_of(
            "files of a run",
            str(self.source),
            fingerprint(*self._read),
            [file and (str(file), _bytes_of(Path(file))) for file in declared],
            choices,
            [(name, package_version(name)) for name in (*PACKAGES, *DRAWN_WITH)],
            platform.python_version(),
        )

    def in_words(self) -> str:
        """Which articles these are, in a sentence or two: how many, whose, on what, from when."""
        articles = self._read[0]
        outlets, events, dates = self.outlets, self.events, sorted(articles["date"].dropna().astype(str))
        told = f"{count(len(articles), 'article')} of {count(len(outlets), 'outlet')} ({listed(outlets)})"
        about = f" on {count(len(events), 'event')}" if events else ", no events named"
        when = (
            ""
            if not dates
            else (f", all of {dates[0]}" if dates[0] == dates[-1] else f", from {dates[0]} to {dates[-1]}")
        )
        undated = len(articles) - len(dates)
        rest = f" {count(undated, 'article')} without a date." if undated and dates else ""
        return f"{told}{about}{when or ', without dates'}.{rest}"


def _bytes_of(place: Path) -> list[bytes]:
    """What a file holds, or each file of a folder of concepts; nothing where there is none, which is said later."""
    paths = sorted(place.glob("*.toml")) if place.is_dir() else [place]
    return [path.read_bytes() for path in paths if path.is_file()]


def open_study(source: Any = None) -> Study:
    """A study to measure: a study folder, a folder or file of articles, a table, or a bundled corpus by name.

    Parameters
    ----------
    source : the path of a study folder (see `new_study`) or of articles; a table of articles; the name of a bundled
        corpus ("summit", "tannery"); None stands for "summit".

    Returns
    -------
    `Study`: ``articles``, ``audit``, ``outlets``, ``events``; ``table(name)`` gives what is measured on them, from
    ``measured/`` in the study folder where nothing changed since.
    Raises ``FileNotFoundError`` for a path that is not there, saying what can be given.
    """
    if source is None or (isinstance(source, str) and source in example_names() and not Path(source).exists()):
        return _study(example_path(source or "summit"))
    if not isinstance(source, str | Path):
        return Study("a table", source)
    path = Path(source).expanduser()
    if not path.exists():
        raise FileNotFoundError(
            f"There is no folder or file {str(source)!r}.{did_you_mean(path)} Give a study folder, a folder of "
            f"articles, or the name of a bundled corpus: {', '.join(example_names())}."
        )
    return _study(path) if is_study(path) else Study(path.resolve().name, path)


def is_study(folder: Path) -> bool:
    """Whether `folder` has the form of a study: a sub-folder ``articles`` beside files that declare something."""
    return (folder / "articles").is_dir() and any(
        (folder / name).is_file() for name in [*DECLARED.values(), f"{folder.resolve().name}.toml"]
    )


def _study(folder: Path) -> Study:
    places = {name: folder / file for name, file in DECLARED.items()}
    if not places["concepts"].exists():
        places["concepts"] = folder / f"{folder.resolve().name}.toml"
    bundled = folder.parent == EXAMPLES
    told: dict[str, Any] = {name: place for name, place in places.items() if declares(place)}
    return Study(folder.resolve().name, folder / "articles", None if bundled else folder, **told)


def declares(file: Path) -> bool:
    """Whether the file is there and says anything beside its comments and its header."""
    if not file.is_file():
        return False
    text = file.read_text(encoding="utf-8-sig")
    if file.suffix == ".csv":
        rows = [row for row in csv.reader(text.splitlines()) if any(cell.strip() for cell in row)]
        return len(rows) > 1
    try:
        return bool(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(
            f"{file.name} cannot be read as TOML: {error}. Put texts between quotation marks, and lists "
            "between square brackets."
        ) from error


def new_study(folder: str | Path, *, articles: str | Path | None = None) -> list[Path]:
    """Make a study folder: a place for articles, files to declare things in, and notebooks wired to them.

    Parameters
    ----------
    folder : where; made if it is not there. Files that are there already are left as they are.
    articles : a folder of articles to copy into it.

    Returns
    -------
    The files written. Raises ``ValueError`` for a path that is a file, ``FileNotFoundError`` for articles that are
    not there.
    """
    folder = Path(folder).expanduser()
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder} is a file. Give the name of a folder, which may be new.")
    if articles is not None and not Path(articles).is_dir():
        raise FileNotFoundError(f"There is no folder {str(articles)!r} to copy articles from.")
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    if articles is not None:
        shutil.copytree(articles, folder / "articles", dirs_exist_ok=True)
    written = []
    name = folder.resolve().name
    for template in sorted(files("framing").joinpath("data", "study").iterdir(), key=lambda one: one.name):
        place = folder / template.name
        text = template.read_text(encoding="utf-8").replace("{study}", name)
        if _write(place, re.sub(r"\{framing ([a-z]+)\}", lambda found: command(found[1], folder), text)):
            written.append(place)
    for source in notebook_sources():
        place = folder / "notebooks" / source.name
        if _write(place, wired(source.read_text(encoding="utf-8"), PARAMETERS)):
            written.append(place)
    return written


def draft_manifest(study: Study) -> Path:
    """Write ``articles/articles.csv`` with what is known of each file that holds one article, to be completed by hand.

    Where no article names its event, events are proposed by `group_events`, each named by the words that its headlines
    share. Returns the file. Raises ``ValueError`` where there is one already, or where `study` has no folder of its own.
    """
    from framing.salience.events import group_events
    from framing.tables import write_csv

    place = _own_folder(study) / "articles" / "articles.csv"
    if place.exists():
        raise ValueError(f"There is a manifest {place} already: complete that one.")
    articles = study.articles
    if articles["event"].isna().all():
        articles["event"] = _named_by_headlines(group_events(articles)["event"], articles["headline"])
    alone = ~articles["path"].duplicated(keep=False) & articles["path"].notna()
    write_csv(articles.loc[alone, MANIFEST].sort_values("path"), place)
    return place


def _named_by_headlines(events: pd.Series, headlines: pd.Series) -> list[str]:
    """The events, each named by the words that its headlines share, so that no outlet names it for the others.

    By its first headline, cut short, where they share fewer than two words; by its number where there is none.
    """
    names: dict[str, str] = {}
    for event in dict.fromkeys(events):
        told = headlines[(events == event).to_numpy()].dropna().astype(str).tolist()
        name = _shared_words(told) or (told[0] if told else event)
        name = textwrap.shorten(name, LONGEST_EVENT, placeholder="…")
        name = event if name in ("", "…") else name
        names[event] = name if name not in names.values() else f"{name} ({event})"
    return [names[event] for event in events]


def _shared_words(headlines: list[str]) -> str:
    """The words that half of the headlines share, and two at least, as they stand in the one that has most of them."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    lines = [
        {
            stem(word.lower()): word
            for word in re.findall(r"\w+(?:[-.]\w+)*(?=['’]s\b)?", line)
            if word.lower() not in ENGLISH_STOP_WORDS and len(word) > 1
        }
        for line in headlines
    ]
    counts = Counter(word for line in lines for word in line)
    shared = {word for word, n in counts.items() if n >= max(2, len(lines) / 2)}
    fullest = max(lines, key=lambda line: len(line.keys() & shared), default={})
    words = [written for word, written in fullest.items() if word in shared]
    return " ".join(words[:MOST_WORDS]) if len(words) > 1 else ""


def draft_of(study: Study, what: str) -> str:
    """Write a draft of what a study declares, for a person to edit, into the study folder: "facts", "rivals", "names".

    Facts as ``facts_draft.csv`` (see `suggest_facts`), rivals as ``concepts_draft.toml`` (see `accept_rivals`), names
    as ``names_draft.toml`` (see `draft_decisions`). Returns what was written and what to do with it, in words. Raises
    ``ValueError`` where the draft is there already, lest edits be lost, and where `study` has no folder of its own.
    """
    folder, name = _own_folder(study), DECLARED["concepts" if what == "rivals" else what]
    place = folder / name.replace(".", "_draft.")
    if place.exists():
        raise ValueError(f"There is a draft {place} already: edit that one, or delete it to have a new one.")
    n, advice = {"facts": _draft_facts, "rivals": _draft_rivals, "names": _draft_names}[what](study, place)
    if not n:
        return f"Nothing to propose was found, and nothing was written. {advice}"
    return f"Wrote {count(n, 'proposal')} to {place}. {advice} Then save it as {folder / name}."


def _draft_facts(study: Study, place: Path) -> tuple[int, str]:
    from framing.tables import write_csv

    draft = study.table("facts_drafted")
    if len(draft):
        write_csv(draft[["fact", "statement", "n_outlets", "n_articles", "kind"]], place)
    return len(draft), (
        "Keep what is one plain fact, and shorten it in your own words."
        if len(draft)
        else "Facts are proposed where two outlets or more tell one event."
    )


def _draft_rivals(study: Study, place: Path) -> tuple[int, str]:
    from framing.words.concepts import accept_rivals

    rivals = study.table("rivals").head(PROPOSED)
    if len(rivals):
        accept_rivals(rivals, rivals.index, place)
    return len(rivals), (
        "Strike out what is no rivalry, and say in a note what each name implies."
        if len(rivals)
        else "Rival names are found where two outlets or more tell one event."
    )


def _draft_names(study: Study, place: Path) -> tuple[int, str]:
    from framing.entities.resolution import draft_decisions

    n, text = draft_decisions(study.articles, names=study.names)
    sources = _no_names(study)
    if sources:
        n, text = n + len(sources), "\n".join([text, *_SOURCES, *(f"# {line}" for line in sources), ""])
    if n:
        place.write_text(text, encoding="utf-8", newline="\n")
    return n, (
        "Take the # away before what is right, and keep what you decided before." if n else "No name is in doubt."
    )


_SOURCES = [
    "# Sources that are no name. Where one means a person of the story, write it behind that person's name under [merge]:",
    '# so "Ann Holt" = ["House speaker"] counts what the House speaker said as hers, in every article.',
    "#",
]


def _no_names(study: Study) -> list[str]:
    """The speakers that are no name that the articles have, but a description or a noun, a line each, by quotations."""
    from framing.entities.resolution import names
    from framing.quotes.speech import spoken_rows

    named = names(study.articles, names=study.names)
    known = {*named["name"].astype(str), *(form for forms in named["variants"].dropna() for form in forms.split("; "))}
    spoken = spoken_rows(study.table("quotes")).dropna(subset=["speaker"])
    spoken = spoken[~spoken["speaker"].isin(known)]
    counts = spoken.groupby("speaker")["article_id"].agg(["size", "nunique"])
    counts = counts.sort_values("size", ascending=False, kind="stable").head(SOURCES)
    return [
        one_line(f"{row.Index}: {count(row.n, 'quotation')} in {count(row.n_articles, 'article')}")
        for row in counts.rename(columns={"size": "n", "nunique": "n_articles"}).itertuples()
    ]


def _own_folder(study: Study) -> Path:
    if study.folder is None:
        raise ValueError(f"{study.name} is no study folder. Make one with: {command('new')} STUDY --articles FOLDER")
    return study.folder


def command(*arguments: Any) -> str:
    """A line to type: `framing` by its name where the shell finds this one, else by its path, with `arguments`."""
    beside = Path(sys.executable).with_name("framing.exe" if os.name == "nt" else "framing")
    found = shutil.which("framing")
    if found and (not beside.is_file() or Path(found).resolve() == beside.resolve()):
        words = ["framing"]
    elif beside.is_file():
        here = Path.cwd()
        near = beside.is_relative_to(here) and beside.parent != here
        words = [str(beside.relative_to(here) if near else beside)]
    else:
        words = [sys.executable, "-m", "framing"]
    words += map(str, arguments)
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def _write(place: Path, text: str) -> bool:
    if place.exists():
        return False
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8", newline="\n")
    return True


def notebook_sources() -> list[Path]:
    """The notebooks that come with framing, in order: those of the wheel, else those of the repository."""
    package = Path(__file__).parents[1]
    for folder in (package / "data" / "notebooks", package.parent / "notebooks"):
        found = sorted(folder.glob("[0-9][0-9]_*.ipynb"))
        if found:
            return found
    return []


def wired(notebook: str, parameters: dict[str, str]) -> str:
    """A notebook's JSON without outputs, its cell tagged "parameters" set to `parameters`."""
    content = json.loads(notebook)
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
        if "parameters" in cell.get("metadata", {}).get("tags", []):
            lines = [f"{name} = {value!r}" for name, value in parameters.items()]
            cell["source"] = [line + "\n" for line in lines[:-1]] + lines[-1:]
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


ALL = "all events"
FIGURES = ("names", "share of names", "tone", "speakers")


class Explorer:
    """What is chosen (`event`, `outlets`, `concept`, `target`) and the figure of it; see `explorer`."""

    def __init__(self, study: Study) -> None:
        self.study, self.event, self.outlets = study, ALL, list(study.outlets)
        self.concepts = sorted(study.table("labels")["concept"].dropna().astype(str).unique())
        counts = study.table("tone")["target"].value_counts()
        self.targets = sorted(map(str, counts.index[:30]))
        self.concept = self.concepts[0] if self.concepts else ""
        self.target = str(counts.index[0]) if len(counts) else ""

    def chosen(self, name: str) -> pd.DataFrame:
        """The rows of the study's table `name` that belong to the event and the outlets chosen."""
        table = self.study.table(name)
        table = table[table["outlet"].isin(self.outlets)]
        return (table if self.event == ALL else table[table["event"] == self.event]).reset_index(drop=True)

    def figure(self, which: str) -> Any:
        """The Axes of one of `FIGURES`, drawn by the same function that a notebook calls."""
        if which == "names":
            return framing.plots.plot_labels(self.chosen("labels"), outlets=self.study.outlets)
        if which == "share of names":
            shares = framing.label_share(self.chosen("labels"))
            return framing.plots.plot_label_share(shares, concept=self.concept, outlets=self.study.outlets)
        if which == "tone":
            tone = self.chosen("tone")
            profile = framing.tone_profile(tone[tone["target"] == self.target])
            return framing.plots.plot_tone(profile, outlets=self.study.outlets)
        if which == "speakers":
            return framing.plots.plot_speech_share(
                framing.speech_share(self.chosen("quotes")), outlets=self.study.outlets
            )
        raise ValueError(f"There is no figure {which!r}; choose one of {', '.join(FIGURES)}.")

    def export(self, which: str, folder: str | Path) -> list[Path]:
        """Write the figure with its data to `folder`, named after it; the files are returned."""
        return framing.save_figure(self.figure(which), Path(folder) / f"explored_{which.replace(' ', '_')}")


def explorer(study: Any = None, *, folder: str | Path = "explored") -> Any:
    """Controls for event, outlets, concept and target, and the figure of what is chosen.

    Parameters
    ----------
    study : as for `open_study`, or what that returned.
    folder : where the button "Export" writes the figure and its data.

    Returns
    -------
    A widget for JupyterLab. It shows nothing that the functions do not give: the figure is made by the same call, and a
    notebook that others should be able to follow uses the functions. Raises ``ImportError`` where ipywidgets is not
    installed.
    """
    try:
        import ipywidgets as widgets
    except ImportError:
        raise ImportError('The explorer needs ipywidgets. Run: pip install "media-framing[notebooks]"') from None
    state = Explorer(study if isinstance(study, Study) else open_study(study))
    which = widgets.Dropdown(options=FIGURES, description="Figure")
    event = widgets.Dropdown(options=[ALL, *state.study.events], description="Event")
    outlets = widgets.SelectMultiple(options=state.study.outlets, value=state.study.outlets, description="Outlets")
    concept = widgets.Dropdown(options=state.concepts, description="Concept")
    target = widgets.Dropdown(options=state.targets, value=state.target or None, description="Target")
    button, picture, said = widgets.Button(description="Export"), widgets.HTML(), widgets.Label()

    def draw(_: Any = None) -> None:
        state.event, state.outlets = event.value, list(outlets.value)
        state.concept, state.target = concept.value or "", target.value or ""
        try:
            picture.value = framing.show_figure(state.figure(which.value))._repr_html_()
        except ValueError as nothing:  # such as a concept that this event does not have
            picture.value = f"<p>{escape(str(nothing))}</p>"

    def export(_: Any) -> None:
        said.value = "Written: " + ", ".join(path.name for path in state.export(which.value, folder))

    for control in (which, event, outlets, concept, target):
        control.observe(draw, names="value")
    button.on_click(export)
    draw()
    wrapped = widgets.Layout(flex_flow="row wrap")  # a narrow notebook cuts nothing off
    return widgets.VBox(
        [
            widgets.HBox([which, event, concept, target], layout=wrapped),
            widgets.HBox([outlets, button, said], layout=wrapped),
            picture,
        ]
    )
