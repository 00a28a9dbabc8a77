"""What is missing or doubtful in a folder of articles, in plain words, and what to do about it."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from framing.articles.reading import STANDS_FOR_IT, cautions, left_aside, not_read, outlets_from_names
from framing.entities.register import read_decisions
from framing.reports.events import days_apart
from framing.reports.files import names_beside
from framing.reports.pipeline import in_vain
from framing.salience.wire_copy import find_wire_copy
from framing.stats.comparison import read_contrasts
from framing.studies.folder import Study, command, open_study
from framing.tables import empty_table
from framing.text.unicode import count, letters, listed
from framing.words.concepts import load_concepts
from framing.words.labels import find_labels

NAMED = 3  # files or articles named in a line
SHORT = 60  # words; a text below it is a caption, a teaser or a paywall more often than an article
MOSTLY_SHARED = 0.5  # of an article's words that stand in other outlets too, from which it is named; set by hand
FEW = 4  # times fewer articles than the middle outlet has, from which an outlet is named; set by hand
APART = 2  # days between the articles of one event, from which it is named; set by hand
FEW_EVENTS = 6  # shared events from which exchanging two outlets can give p < .05: 2 / 2**6 = .03
LEAST = ["what", "n", "finding", "to_do"]


def check_articles(source: Any) -> pd.DataFrame:
    """What is missing or doubtful in these articles, and what to do: one row per finding, gravest first.

    Parameters
    ----------
    source : as for `open_study`: a study folder, a folder or file of articles, a table, a bundled corpus by name.

    Returns
    -------
    ``what`` (files, encoding, outlets, events, dates, languages, duplicates, headlines, length, declared), ``n``
    (files, articles, outlets, events or files of declarations it is about), ``finding`` and ``to_do``, a sentence
    each. What is declared is looked for in the words of the articles, which takes as long as to parse them where
    concepts are declared. An empty table means that nothing was found doubtful, not that all is well: look at the
    zones of a few pages too. Raises as `read_articles`, and as `open_study` for declarations that cannot be read.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # each is a row here
        study = source if isinstance(source, Study) else open_study(source)
        articles, audit = study.articles, study.audit
    found = [
        *_files(audit),
        *_outlets(articles, audit),
        *_events(articles, study),
        *_dates(articles, audit, study),
        *_languages(articles),
        *_duplicates(articles, audit),
        *_headlines(articles),
        *_length(articles),
        *_declared(articles, study),
    ]
    return pd.DataFrame(found, columns=LEAST)


def _named(names: Any) -> str:
    return listed(map(str, names), NAMED)


def _files(audit: pd.DataFrame) -> Iterator[tuple[str, int, str, str]]:
    lost = not_read(audit)
    for reason, rows in lost.groupby(lost["reason"].fillna("no reason is known"), sort=False):
        where = _named(rows["path"].dropna().unique())
        yield (
            "files",
            len(rows),
            f"{count(len(rows), 'file')} not read: {reason} ({where}).",
            "Save it again as text, HTML, Word or PDF with text in it, or take it out of the folder.",
        )
    n, aside = left_aside(audit)
    if n:
        yield (
            "files",
            n,
            f"Files that are no articles were not read: {aside}.",
            "Nothing, unless one of them holds an article: then save it as text, HTML, Word or PDF with text in it.",
        )
    # What a PDF or a Word file holds is no damage: its ligatures and soft hyphens are how it sets a page.
    mended = audit[(pd.to_numeric(audit["n_repaired"]).fillna(0) > 0) & audit["encoding"].notna()]
    if len(mended):
        yield (
            "encoding",
            len(mended),
            f"In {count(len(mended), 'file')} damaged letters were mended "
            f"({_named(mended['path'].dropna().unique())}).",
            "Read one of them: if a name still looks wrong, save the file again as UTF-8.",
        )


def _outlets(articles: pd.DataFrame, audit: pd.DataFrame) -> Iterator[tuple[str, int, str, str]]:
    outlets = articles["outlet"].astype(str).value_counts()
    if names := outlets_from_names(audit):
        yield (
            "outlets",
            len(names),
            f"Outlets were read from the beginnings of file names: {', '.join(names)}.",
            "If one of them is no outlet, put each outlet's articles into a folder of its name.",
        )
    if len(articles) > 2 and outlets.max() == 1:
        stand_in = audit["reason"].astype(str).str.contains(STANDS_FOR_IT.partition("{")[0]).any()
        why = ": the file's name stands for the outlet where nothing names one" if stand_in else ""
        yield (
            "outlets",
            len(outlets),
            f"Every outlet has one article{why}.",
            "If that is wrong, put each outlet's articles into a folder of its name, name the outlets in articles.csv, "
            "or begin the files' names with them: Outlet - Title.",
        )
    if len(outlets) == 1:
        yield (
            "outlets",
            1,
            f"All articles are counted as one outlet, {outlets.index[0]!r}: nothing can be compared.",
            "Put each outlet's articles into a folder of its name, or name outlets in articles.csv.",
        )
    for caution in cautions(articles):
        if "not in English" not in caution:
            first, _, rest = caution.partition(". ")
            yield "outlets", 1, f"{first}.", rest or "Give each outlet one name."
    few = outlets[outlets * FEW < outlets.median()] if len(outlets) > 1 else outlets[:0]
    if len(few):
        yield (
            "outlets",
            len(few),
            f"{count(len(few), 'outlet')} with far fewer articles than the others ({_named(few.index)}).",
            "Check that folders and names are right, or leave these outlets out.",
        )


def _fill_in(column: str, study: Study) -> str:
    """How to fill in a column of the manifest: there is one, or a command writes it, or it has to be made."""
    if study.folder is None:
        return f"List the articles in articles.csv (path, outlet, event, date) and fill in the column {column}."
    if (study.folder / "articles" / "articles.csv").is_file():
        return f"Fill in the column {column} of articles/articles.csv."
    then = (
        "with events proposed in its column event. Read them, and mend what is wrong."
        if column == "event"
        else f"with what is known. Then fill in its column {column}."
    )
    return f"Run {command('manifest', study.folder)}: it writes articles/articles.csv, {then}"


def _events(articles: pd.DataFrame, study: Study) -> Iterator[tuple[str, int, str, str]]:
    several = articles["outlet"].nunique() > 1
    if articles["event"].isna().all():
        yield (
            "events",
            len(articles),
            "No article names its event, so outlets cannot be compared on the same events.",
            _fill_in("event", study),
        )
        return
    without = articles[articles["event"].isna()]
    if len(without):
        yield (
            "events",
            len(without),
            f"{count(len(without), 'article')} without an event ({_named(without['article_id'])}).",
            _fill_in("event", study),
        )
    outlets = articles.groupby("event")["outlet"].nunique()
    alone = outlets[outlets == 1]
    if several and len(alone):
        yield (
            "events",
            len(alone),
            f"{count(len(alone), 'event')} with one outlet only ({_named(alone.index)}): no comparison uses them.",
            "Add another outlet's article on the event, or check how the event is spelt.",
        )
    shared = int((outlets > 1).sum())
    if several and 0 < shared < FEW_EVENTS:
        yield (
            "events",
            shared,
            f"Outlets share {count(shared, 'event')}: too few for a difference between two "
            "outlets to be told from chance.",
            f"Describe and read instead of testing, or collect {FEW_EVENTS} events or more.",
        )


def _dates(articles: pd.DataFrame, audit: pd.DataFrame, study: Study) -> Iterator[tuple[str, int, str, str]]:
    without = articles[articles["date"].isna()]
    if len(without):
        parts = [part for reason in audit["reason"].dropna() for part in str(reason).split("; ")]
        reasons = [part for part in parts if re.search(r"\bdate\b", part) and "file's name" not in part]
        why = f" ({reasons[0]})" if reasons else ""
        yield (
            "dates",
            len(without),
            f"{count(len(without), 'article')} without a date: {_named(without['article_id'])}{why}.",
            f"{_fill_in('date', study)} A date is YYYY-MM-DD; none is guessed.",
        )
    later = articles[articles["date"].astype(str).str[:10].gt(date.today().isoformat()) & articles["date"].notna()]
    if len(later):
        yield (
            "dates",
            len(later),
            f"{count(len(later), 'article')} dated in the future ({_named(later['article_id'])}).",
            "Check day and month: 05/03 is read differently in London and New York.",
        )
    dated = articles.dropna(subset=["event", "date"])
    spans = {event: days_apart(rows) for event, rows in dated.groupby("event", sort=True)}
    apart = {event: days for event, days in spans.items() if days >= APART}
    if apart:
        yield (
            "dates",
            len(apart),
            f"{count(len(apart), 'event')} with articles {APART} days apart or more, {max(apart.values())} at most "
            f"({_named(apart)}).",
            "Read whether they tell of one happening: an earlier article cannot tell what came after it, so “not found” "
            "says nothing there.",
        )


def _languages(articles: pd.DataFrame) -> Iterator[tuple[str, int, str, str]]:
    for caution in cautions(articles):
        if "not in English" in caution:
            first, _, rest = caution.partition(". ")
            yield "languages", int(first.split()[0]), f"{first}.", rest


def _duplicates(articles: pd.DataFrame, audit: pd.DataFrame) -> Iterator[tuple[str, int, str, str]]:
    twice = audit[audit["status"] == "duplicate"]
    wire = find_wire_copy(articles)
    near = wire[wire["duplicate"].notna() & ~wire["article_id"].isin(twice["article_id"])]
    if len(twice):
        once = not twice["article_id"].isin(articles["article_id"]).any()
        pairs = [f"{copy} as {first}" for copy, first in zip(twice["article_id"], twice["duplicate_of"], strict=True)]
        yield (
            "duplicates",
            len(twice),
            f"{count(len(twice), 'article')} with the same text as another of its outlet ({_named(pairs)}): copies, "
            f"counted {'once' if once else 'twice'}.",
            "Delete one of each.",
        )
    if len(near):
        yield (
            "duplicates",
            len(near),
            f"{count(len(near), 'article')} nearly the same as another of its outlet ({_named(near['article_id'])}).",
            "Keep the version you want to study: an updated story counts once.",
        )
    texts = articles["text"].map(letters)
    same = articles[texts.duplicated(keep=False) & (texts != "") & ~articles["article_id"].isin(near["article_id"])]
    same = same[~same["article_id"].isin(twice["article_id"]) & ~same["article_id"].isin(twice["duplicate_of"])]
    if len(same):
        yield (
            "duplicates",
            len(same),
            f"{count(len(same), 'article')} with the same text under different outlets ({_named(same['article_id'])}).",
            "If it is one article saved twice, delete the copy; if both outlets printed it, it is agency copy: say so.",
        )
    mostly = pd.to_numeric(wire["share"]).fillna(0) > MOSTLY_SHARED
    shared = wire[mostly & ~wire["article_id"].isin(same["article_id"])]
    if len(shared):
        yield (
            "duplicates",
            len(shared),
            f"{count(len(shared), 'article')} with more than half of its words shared "
            f"with other outlets ({_named(shared['article_id'])}): agency copy, most often.",
            "Say so when you compare; framing.salience.without_wire_copy() leaves shared passages out.",
        )


def _headlines(articles: pd.DataFrame) -> Iterator[tuple[str, int, str, str]]:
    without = articles[articles["headline"].isna()]
    if len(without):
        yield (
            "headlines",
            len(without),
            f"In {count(len(without), 'article')} no headline was recognised ({_named(without['article_id'])}).",
            "Fill in the column headline of articles.csv, or put the headline on a line of its own at the top.",
        )


def _length(articles: pd.DataFrame) -> Iterator[tuple[str, int, str, str]]:
    brief = articles[pd.to_numeric(articles["n_words"]).fillna(0) < SHORT]
    if len(brief):
        yield (
            "length",
            len(brief),
            f"{count(len(brief), 'article')} of fewer than {SHORT} words ({_named(brief['article_id'])}).",
            "Open one: a teaser or a paywall is no article. Save the whole text or leave it out.",
        )


def _declared(articles: pd.DataFrame, study: Study) -> Iterator[tuple[str, int, str, str]]:
    """What the study declares and these articles do not have; articles are parsed where concepts are declared."""
    names = study.names or names_beside(study.source)
    concepts = None if study.concepts is None else load_concepts(study.concepts)
    found = in_vain(
        articles,
        labels=None if concepts is None else find_labels(articles, concepts, quotes=empty_table("quotes")),
        concepts=concepts or (),
        decisions=None if names is None else read_decisions(names),
        contrasts=None if study.contrasts is None else read_contrasts(study.contrasts),
    )
    for line in found:
        yield "declared", 1, line, "Mend how it is written, or strike it out; what is right may simply not be there."


def check_in_words(source: Any) -> str:
    """`check_articles` as lines to print: which articles these are, then what is doubtful and what to do."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        study = source if isinstance(source, Study) else open_study(source)
        found = check_articles(study)
        lines = [study.in_words()]
    lines += [f"- {row.finding}\n  {row.to_do}" for row in found.itertuples()]
    return "\n".join(
        lines
        if len(found)
        else [*lines, "Nothing doubtful was found. Look at the zones of a few pages all the same (notebook 01)."]
    )
