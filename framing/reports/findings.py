"""What this sample shows, in three to seven plain sentences made from tables, each with its numbers and sentences."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from framing.plots.style import SPEAKER_TRUST, TONE_TRUST, VOICE_TRUST
from framing.precision import p_statement, p_words
from framing.quotes.speech import spoken_rows, with_governments
from framing.reports.pipeline import WORDING, Analysis, measure_tables
from framing.stats.comparison import estimate_by
from framing.stats.intervals import wilson
from framing.stats.limits import ALPHA
from framing.text.unicode import count, signed
from framing.words.agency import by_actor

COLUMNS = """
    sentence kind measure item outlet reference estimate low high n n_articles p_adjusted numbers rests_on
    evidence
""".split()
FEWEST_CASES = 5  # events, articles or sentences behind a finding; fewer are cases to read, not a finding
MOST, MOST_OF_ONE = 7, 3  # sentences in all, and of one measure, so that no measure crowds out the others
ENOUGH = 3  # differences from which nothing is said of all outlets together


def findings(analysis: Analysis) -> pd.DataFrame:
    """The differences between outlets that this sample shows, in plain sentences, the clearest first.

    Parameters
    ----------
    analysis : as from `analyze`; a table that it lacks gives no sentence.

    Returns
    -------
    Three to seven rows where there is something to say: ``sentence``; ``kind`` ("declared": a contrast fixed before
    looking; "difference": found by exploration; "seen": holds of all outlets together, nothing compared; "nothing":
    no difference could be shown); ``measure, item, outlet, reference``; ``estimate`` (the difference, or the share that
    is seen) with ``low`` and ``high`` (95 %); ``n`` cases (events where paired, else articles) and ``n_articles``;
    ``p_adjusted``; ``numbers`` (these in words); ``rests_on`` (how far to trust the measure); ``evidence``, a tuple of
    (article_id, start, end), the passages behind it.

    Notes
    -----
    A difference is named where its adjusted p is below .05: declared contrasts within their family, explored ones after
    Bonferroni over the measures explored, on top of max-T within each. So outlets that do not differ are said to in at
    most one study of twenty. Nothing rests on fewer than five events (articles, where events cannot be paired) and five
    passages. What is not named may still differ: read what the sample can show.
    """
    tables = analysis.tables
    comparisons = tables.get("comparisons", pd.DataFrame(columns=["measure"]))
    found = _differences(comparisons, tables)
    if not found:
        found.append(_nothing(comparisons))
    if len(found) < ENOUGH:
        found += [row for seen in (_voice, _speaker, _unheard, _headlines, _quotation) if (row := seen(tables))]
    return pd.DataFrame(found, columns=COLUMNS)[:MOST]


def sample_sentence(sample: pd.DataFrame | None) -> str:
    """What a sample of this size can show at all, in one sentence; from `what_can_show`."""
    if sample is None or sample.empty:
        return "There is one outlet, so nothing can be compared."
    rest = sample[sample["reference"] == "rest"] if (sample["reference"] == "rest").any() else sample
    least = rest["smallest_p"].astype(float).min()
    if not least <= ALPHA:
        return (
            "This sample is too small to tell any difference between outlets from chance: the smallest possible p "
            f"is {p_words(least, exact=True)}."
        )
    seen = rest["detectable"].dropna().astype(float)
    if not len(seen) and rest["note"].astype("string").str.startswith("not paired").fillna(False).all():
        return (
            "These outlets share too few events to be compared: where one differs from the others, the events that it "
            "covers may be why. Read the events one by one."
        )
    between = " between one outlet and the others together" if (rest["reference"] == "rest").all() else ""
    measure = str(rest["measure"].iloc[0])
    large = (
        f"a difference{between} in the {measure} would be found in four samples of five if it were "
        f"{_span(seen)}, smaller ones less often"
        if len(seen)
        else f"the articles vary too little in the {measure} to say how large a difference would be found"
    )
    events = rest["n_events"].astype(int)
    n = count(events.max(), "event") if events.max() else count(rest["n_articles"].astype(int).max(), "article")
    return f"With {n} to compare on, {large}."


def _span(numbers: pd.Series) -> str:
    low, high = (f"{100 * float(number):.0f}" for number in (numbers.min(), numbers.max()))
    return f"about {low} points" if low == high else f"{low} to {high} points, depending on the outlet"


def passages_of(row: dict[str, Any], tables: dict[str, pd.DataFrame]) -> tuple[Any, ...]:
    """The passages behind one row of `comparisons`, as (article_id, start, end)."""
    if pd.isna(row["estimate"]):
        return ()
    key, item = _measure_of(str(row["measure"]))
    return _passages(row | {"key": key, "what": item}, tables)


# Differences: rows of `comparisons` that can be told from chance.


def _differences(comparisons: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> list[dict[str, Any]]:
    rows = _in_families(comparisons)
    rows = rows[(rows["family_p"] < ALPHA) & rows["estimate"].notna()]
    rows = rows.assign(size=rows["estimate"].astype(float).abs())
    rows = rows.sort_values(["is_declared", "family_p", "size"], ascending=[False, True, False], kind="stable")
    found: list[dict[str, Any]] = []
    per_measure: dict[str, int] = {}
    seen: set[tuple[str, ...]] = set()
    declared: set[tuple[str, ...]] = set()
    for row in rows.to_dict("records"):
        key = (row["key"], str(row["what"]), str(row["outlet"]), str(row["reference"]))
        told = not row["is_declared"] and key[:3] in declared  # of another reference, which says nearly the same
        evidence = _passages(row, tables)
        if (
            told
            or key in seen
            or len(found) == MOST
            or per_measure.get(row["key"], 0) == MOST_OF_ONE
            or _n_cases(row) < FEWEST_CASES
            or len(evidence) < FEWEST_CASES
        ):
            continue
        seen.add(key)
        declared |= {key[:3]} if row["is_declared"] else set()
        per_measure[row["key"]] = per_measure.get(row["key"], 0) + 1
        found.append(_difference(row, evidence))
    return found


def _in_families(comparisons: pd.DataFrame) -> pd.DataFrame:
    """The rows with the measure and item that their words name, and with p adjusted for the whole exploration."""
    rows = comparisons.reindex(
        columns=dict.fromkeys(
            [
                *comparisons,
                "measure",
                "outlet",
                "reference",
                "estimate",
                "low",
                "high",
                "p_adjusted",
                "n_articles",
                "n_events",
                "target_value",
                "reference_value",
                "note",
                "declared",
            ]
        )
    ).reset_index(drop=True)
    named = [_measure_of(str(words)) for words in rows["measure"]]
    rows["key"], rows["what"] = [key for key, _ in named], [item for _, item in named]
    rows["is_declared"] = rows["declared"].fillna(False).astype(bool)
    explored = rows[~rows["is_declared"] & rows["p_adjusted"].notna()]
    families = max(explored["key"].nunique(), 1)
    p = rows["p_adjusted"].astype(float)
    rows["family_p"] = p.where(rows["is_declared"], (p * families).clip(upper=1.0))
    return rows


def _measure_of(words: str) -> tuple[str, str]:
    """The measure and the item of "uses “romance”"; a measure that has no wording is an item of "other"."""
    for name, pattern in _wordings():
        if match := pattern.fullmatch(words):
            return name, next(iter(match.groups()), "")
    return "other", words


@cache
def _wordings() -> list[tuple[str, re.Pattern[str]]]:
    return [
        (name, re.compile(re.escape(wording).replace(r"\{item\}", "(.+)"), re.DOTALL))
        for name, wording in sorted(WORDING.items(), key=lambda pair: -len(pair[1]))
    ]


def _n_cases(row: dict[str, Any]) -> int:
    loose = str(row["note"]).startswith("not paired")
    n = row["n_articles"] if loose else row["n_events"]
    return 0 if pd.isna(n) else int(n) // (2 if loose else 1)


def _difference(row: dict[str, Any], evidence: tuple[Any, ...]) -> dict[str, Any]:
    words = _templates()["difference"].get(row["key"], _templates()["difference"]["other"])
    unit, loose = words["unit"], str(row["note"]).startswith("not paired")
    others = "the other outlets" if row["reference"] == "rest" else str(row["reference"])
    sentence = words["more" if row["estimate"] > 0 else "less"].format(
        outlet=row["outlet"],
        others=others,
        item=row["what"],
        target=_value(row["target_value"], unit),
        reference=_value(row["reference_value"], unit),
    )
    n = int(row["n_articles"] if loose else row["n_events"])
    on = (
        f"{count(n, 'article')}, not on the same events, which may explain it"
        if loose
        else f"paired on {count(n, 'event')}, {count(int(row['n_articles']), 'article')}"
    )
    between = "" if pd.isna(row["low"]) else f", 95 % interval {_gap(row['low'], unit)} to {_gap(row['high'], unit)}"
    exact = ", before rounding" if unit == "percent" and not _adds_up(row) else ""
    numbers = (
        f"Difference {_gap(row['estimate'], unit)}{' points' if unit == 'percent' else ''}{exact}{between}; {on}; "
        f"adjusted {p_statement(row['family_p'])}{'' if row['is_declared'] else ' over all measures'}"
        + ("; declared before looking" if row["is_declared"] else "; found by exploration")
    )
    return {
        "sentence": sentence,
        "kind": "declared" if row["is_declared"] else "difference",
        "measure": row["key"],
        "item": row["what"],
        "outlet": row["outlet"],
        "reference": row["reference"],
        "estimate": row["estimate"],
        "low": row["low"],
        "high": row["high"],
        "n": n,
        "n_articles": int(row["n_articles"]),
        "p_adjusted": row["family_p"],
        "numbers": numbers,
        "rests_on": _trust(words["rests_on"]),
        "evidence": evidence,
    }


def _value(value: Any, unit: str) -> str:
    if pd.isna(value):
        return "an unknown value"
    return f"{100 * value:.0f}\u00a0%" if unit == "percent" else signed(value)


def _adds_up(row: dict[str, Any]) -> bool:
    """Whether the two values as printed are as far apart as is printed."""
    target, reference, estimate = (f"{100 * row[name]:.0f}" for name in ("target_value", "reference_value", "estimate"))
    return "nan" in (target, reference) or int(target) - int(reference) == int(estimate)


def _gap(value: Any, unit: str) -> str:
    return f"{100 * value:+.0f}".replace("-", "−") if unit == "percent" else signed(value)


def _passages(row: dict[str, Any], tables: dict[str, pd.DataFrame]) -> tuple[Any, ...]:
    """The passages behind one contrast, of the side that has more, or, where there is none, of the outlet."""
    more = bool(row["estimate"] > 0)
    rows = _rows_of(str(row["key"]), str(row["what"]), tables)
    one = rows[rows["outlet"].astype(str) == str(row["outlet"])]
    other = (
        rows[rows["outlet"].astype(str) != str(row["outlet"])]
        if row["reference"] == "rest"
        else rows[rows["outlet"].astype(str) == str(row["reference"])]
    )
    both = row["key"] in ("voice_share", "tone", "valence", "other")  # whose value is no count of passages
    return _places(one if more or both else other)


def _rows_of(key: str, item: str, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The rows that a measure counts, with ``article_id, outlet, start, end``."""
    none = pd.DataFrame(columns=["article_id", "outlet", "start", "end"])
    if key in ("label_use", "label_share"):
        rows = tables.get("labels", none)
        return rows[(rows["label"] == item) & (rows["voice"] == "outlet")] if len(rows) else none
    if key in ("tone", "valence"):
        rows = tables.get("tone", none)
        return rows[(rows["target"] == item) & (rows["voice"] == "outlet")] if len(rows) else none
    if key == "speech_share":
        rows = tables.get("quotes", none)
        return rows[rows["speaker"].fillna("") == item] if len(rows) else none
    if key in ("headline", "lead"):
        rows = tables.get("emphasis", none)
        if rows.empty:
            return none
        rows = rows[
            (rows["item"] == item) & (rows["kind"] != "voice") & rows[f"in_{key}"].fillna(False).astype(bool)
        ].drop_duplicates("article_id")
        return _standing_in(rows, key, tables)
    if key == "loaded_share":
        rows = tables.get("loaded", none)
        return rows[rows["voice"] == "outlet"] if len(rows) else none
    if key in ("acts", "no_doer"):
        rows = tables.get("agency", none)
        rows = by_actor(rows[rows["voice"] == "outlet"]) if len(rows) else none.assign(actor="", acts=0, nobody=0)
        return rows[(rows["actor"] == item) & (rows["acts"] == 1 if key == "acts" else rows["nobody"] == 1)]
    articles = tables["articles"]
    return articles.assign(start=0, end=0)


def _standing_in(rows: pd.DataFrame, zone: str, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The headline, or lead, in which each row's item stands."""
    passages = tables.get("passages", pd.DataFrame(columns=["article_id", "zone", "start", "end"]))
    places = passages[passages["zone"] == zone].drop_duplicates("article_id").set_index("article_id")
    here = rows["article_id"].isin(places.index)
    rows = rows[here]
    return rows.assign(start=rows["article_id"].map(places["start"]), end=rows["article_id"].map(places["end"]))


def _places(rows: pd.DataFrame) -> tuple[Any, ...]:
    return tuple(
        (article, int(start), int(end))
        for article, start, end in zip(rows["article_id"], rows["start"], rows["end"], strict=True)
        if pd.notna(start) and pd.notna(end)
    )


# Nothing shown, and what holds of all outlets together.


def _nothing(comparisons: pd.DataFrame) -> dict[str, Any]:
    words, rows = _templates()["nothing"], _in_families(comparisons)
    tested = rows.dropna(subset=["family_p"])
    within, over = tested["p_adjusted"].min(), tested["family_p"].min()
    sentence = (
        words["differences"].format(n=len(tested), within=p_words(within), over=p_words(over))
        if len(tested)
        else words["untested"].format(why="it takes two outlets with several articles each")
    )
    return _row(
        sentence=f"{sentence} {words['instead']}",
        kind="nothing",
        n=len(tested),
        p_adjusted=over if len(tested) else pd.NA,
    )


def _voice(tables: dict[str, pd.DataFrame]) -> dict[str, Any] | None:
    if not len(tables.get("tokens", ())):
        return None
    rows = measure_tables(tables, measures=["voice_share"])["voice_share"].assign(together="all")
    if len(rows) < FEWEST_CASES:
        return None
    found = estimate_by(rows, "value", by="together", n_boot=499).iloc[0]
    return _seen(
        "voice",
        found["estimate"],
        found["low"],
        found["high"],
        len(rows),
        "voice",
        tuple((article, 0, 0) for article in rows["article_id"]),
        estimate=f"{100 * found['estimate']:.0f}\u00a0%",
    )


def _speaker(tables: dict[str, pd.DataFrame]) -> dict[str, Any] | None:
    quotes = tables.get("quotes", pd.DataFrame())
    if quotes.empty or not quotes["speaker"].notna().any():
        return None
    quotes, n_articles = spoken_rows(quotes).dropna(subset=["speaker"]), len(tables["articles"])
    by = (
        quotes.groupby("speaker")["article_id"]
        .nunique()
        .reset_index(name="n")
        .sort_values(["n", "speaker"], ascending=[False, True])
    )
    if len(by) < 2 or by["n"].iloc[0] < FEWEST_CASES or by["n"].iloc[0] == by["n"].iloc[1]:
        return None
    item, n = str(by["speaker"].iloc[0]), int(by["n"].iloc[0])
    low, high = map(float, wilson(n, n_articles))
    here = quotes[quotes["speaker"] == item]
    return _seen(
        "speaker",
        n / n_articles,
        low,
        high,
        n_articles,
        "speakers",
        _places(here),
        item=item,
        n=n,
        n_articles=n_articles,
        n_outlets=here["outlet"].nunique(),
        all_outlets=tables["articles"]["outlet"].nunique(),
        next=by["speaker"].iloc[1],
        n_next=by["n"].iloc[1],
    )


def _unheard(tables: dict[str, pd.DataFrame]) -> dict[str, Any] | None:
    """Whom two outlets or more quote on an event and another one does not even name."""
    rows, quotes = tables.get("missing_speakers", pd.DataFrame()), tables.get("quotes", pd.DataFrame())
    if rows.empty or quotes.empty:
        return None
    rows = rows[
        (rows["n_outlets"] > 1)
        & rows["named"].eq(False).fillna(False).astype(bool)
        & ~rows["speaker"].str[:1].str.islower()
    ]
    together = tables["articles"].groupby("event")["outlet"].nunique()
    n, n_events = rows["event"].nunique(), int((together > 2).sum())
    said = with_governments(spoken_rows(quotes))
    here = said.merge(rows[["event", "speaker"]].drop_duplicates(), on=["event", "speaker"])
    if n < FEWEST_CASES or len(here) < FEWEST_CASES:
        return None
    low, high = map(float, wilson(n, n_events))
    first = rows.sort_values(["n_words", "speaker"], ascending=[False, True]).iloc[0]
    return _seen(
        "missing",
        n / n_events,
        low,
        high,
        n_events,
        "speakers",
        _places(here),
        item=first["speaker"],
        n=n,
        n_events=n_events,
        n_words=int(first["n_words"]),
        not_in=first["outlet"],
        quoted_by=str(first["quoted_by"]).replace("; ", " and "),
    )


def _headlines(tables: dict[str, pd.DataFrame]) -> dict[str, Any] | None:
    rows = tables.get("headline_against_body", pd.DataFrame())
    if rows.empty:
        return None
    rows = rows[rows["kind"] == "headline"]
    alone = rows[rows["stands_in"] == "headline"]
    if len(alone) < FEWEST_CASES:
        return None
    low, high = map(float, wilson(len(alone), len(rows)))
    return _seen(
        "headline",
        len(alone) / len(rows),
        low,
        high,
        len(rows),
        "headline",
        tuple((article, 0, 0) for article in alone["article_id"]),
        n=len(alone),
        n_articles=len(rows),
    )


def _quotation(tables: dict[str, pd.DataFrame]) -> dict[str, Any] | None:
    rows = tables.get("quote_matches", pd.DataFrame())
    if rows.empty:
        return None
    widest = (
        rows.groupby("utterance")
        .agg(n_outlets=("outlet", "nunique"), n=("outlet", "size"))
        .sort_values(["n_outlets", "n"], ascending=False, kind="stable")
    )
    here = rows[rows["utterance"] == widest.index[0]]
    speakers = here["speaker"].dropna()
    if len(here) < FEWEST_CASES or speakers.empty:
        return None
    kept = float(here["kept"].min())
    return _seen(
        "quotation",
        kept,
        pd.NA,
        pd.NA,
        len(here),
        "speakers",
        _places(here),
        item=speakers.iloc[0],
        n=len(here),
        n_outlets=here["outlet"].nunique(),
        rank="as many as any other here"
        if len(widest) > 1 and widest.iloc[0].equals(widest.iloc[1])
        else "the most here",
        kept=f"{100 * kept:.0f}\u00a0%",
    )


def _seen(
    name: str, value: Any, low: Any, high: Any, n_cases: int, trust: str, evidence: tuple[Any, ...], **words: Any
) -> dict[str, Any]:
    between = "" if pd.isna(low) else f"{100 * value:.0f} %, 95 % interval {100 * low:.0f} to {100 * high:.0f} %; "
    return _row(
        sentence=_templates()["seen"][name].format(**words),
        kind="seen",
        measure=name,
        item=words.get("item", ""),
        estimate=value,
        low=low,
        high=high,
        n=n_cases,
        n_articles=n_cases,
        numbers=f"{between}n = {n_cases}; no outlet is compared",
        rests_on=_trust(trust),
        evidence=evidence,
    )


def _row(**known: Any) -> dict[str, Any]:
    usual = dict.fromkeys(COLUMNS, pd.NA) | {
        "measure": "",
        "item": "",
        "outlet": "",
        "reference": "",
        "numbers": "",
        "rests_on": "",
        "evidence": (),
    }
    return usual | known


def _trust(name: str) -> str:
    known = {"voice": VOICE_TRUST, "speakers": SPEAKER_TRUST, "tone": TONE_TRUST}
    return known.get(name) or str(_templates()["rests_on"][name])


@cache
def _templates() -> dict[str, Any]:
    return tomllib.loads((files("framing") / "data" / "templates" / "findings.toml").read_text(encoding="utf-8"))
