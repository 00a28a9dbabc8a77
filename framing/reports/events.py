"""One event as each outlet told it, and one outlet as it tells all events: what their pages show."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from framing.plots.style import SPEAKER_TRUST
from framing.quotes.speech import spoken_rows, with_governments
from framing.reports.reading import Places
from framing.salience.wire_copy import agency_credit
from framing.stats.limits import ALPHA, LEAST_USES
from framing.text.unicode import count, is_nameless, signed, spaced
from framing.zones.passages import words_per_article

NO_EVENT = "Articles of no named event"
NOBODY = "not identified"
MOST_SPEAKERS, MOST_ITEMS = 12, 8  # rows of an event or outlet; what is left out is summed up as "others"
MOST_WORDS = 12  # words of an outlet
MOST_RIVALS = 8  # pairs of rival names on one event, the surest first
VOICE_NAMES = {"outlet": "own voice", "quoted": "quoted", "reported": "reported"}


def event_names(articles: pd.DataFrame) -> list[Any]:
    """Events by their first date, then name; articles of no event last, as a missing name."""
    known = articles.dropna(subset=["event"])
    first = known.assign(day=known["date"].astype(str)).groupby("event")["day"].min() if len(known) else pd.Series()
    names = sorted(first.index, key=lambda name: (first[name], str(name)))
    return [*names, *([pd.NA] if articles["event"].isna().any() else [])]


def event_title(articles: pd.DataFrame, event: Any) -> str:
    """What a reader calls an event: its name; where that is a number or a hash, the first headline on it."""
    if pd.isna(event):
        return NO_EVENT
    headlines = articles.loc[articles["event"] == event, "headline"].dropna()
    if is_nameless(event) and len(headlines):
        return f"“{headlines.iloc[0]}”"
    return spaced(event)


def days_of(articles: pd.DataFrame) -> str:
    """The first and the last day of some articles, one where they are the same, nothing where none is known."""
    days = sorted(str(date)[:10] for date in articles["date"].dropna())
    return " to ".join(dict.fromkeys([days[0], days[-1]])) if days else ""


def days_apart(articles: pd.DataFrame) -> int:
    """Days between the first and the last of some articles; 0 where they are of one day, or have none."""
    days = [pd.Timestamp(day) for day in {str(date)[:10] for date in articles["date"].dropna()}]
    return (max(days) - min(days)).days if days else 0


ON_EVENTS = (
    "articles",
    "passages",
    "quotes",
    "labels",
    "coverage",
    "suggested_facts",
    "quote_matches",
    "missing_speakers",
)  # tables that the page of an event shows


def by_event(tables: dict[str, pd.DataFrame]) -> dict[Any, dict[str, pd.DataFrame]]:
    """The rows of each event in the tables that its page shows; each table is parted once."""
    found: dict[Any, dict[str, pd.DataFrame]] = {}
    for name in ON_EVENTS:
        table = tables.get(name)
        if table is not None and len(table) and "event" in table:
            for event, rows in table.groupby("event", sort=False, dropna=False):
                found.setdefault(pd.NA if pd.isna(event) else event, {})[name] = rows
    return found


def event_view(
    tables: dict[str, pd.DataFrame],
    here: dict[str, pd.DataFrame],
    title: str,
    number: int,
    places: Places,
    *,
    built_in: bool = False,
) -> dict[str, Any]:
    """Headlines and leads side by side, who is quoted where, facts, rival names, one statement in several cuts.

    `here` has the rows of this event, as from `by_event`.
    """
    nothing = pd.DataFrame()
    articles = here["articles"].sort_values(["outlet", "article_id"], kind="stable")
    outlets = list(dict.fromkeys(articles["outlet"].astype(str)))
    leads = _leads_of(here.get("passages", nothing))
    return {
        "id": f"event-{number}",
        "name": title,
        "outlets": outlets,
        "when": days_of(articles),
        "apart": days_apart(articles),
        "articles": [
            _card(row, leads, places, n)
            for row, n in zip(articles.itertuples(index=False), words_per_article(articles), strict=True)
        ],
        "trust": SPEAKER_TRUST,
        "speakers": _speakers(here.get("quotes", nothing), outlets, places),
        "facts": _facts(here, tables.get("facts"), outlets, places),
        "suggested": not len(here.get("coverage", nothing)),
        "built_in": built_in,
        "names": _names(here.get("labels", nothing), outlets, places),
        "rivals": _rivals(tables.get("rivals", nothing), articles, outlets, places),
        "statements": _statements(here.get("quote_matches", nothing), places),
        "missing": _missing(here.get("missing_speakers", nothing)),
    }


def _leads_of(passages: pd.DataFrame) -> dict[Any, str]:
    """The lead of each article, in one line."""
    rows = passages[passages["zone"] == "lead"] if len(passages) else passages
    return (
        {article: " ".join(" ".join(words).split()) for article, words in rows.groupby("article_id")["text"]}
        if len(rows)
        else {}
    )


def _card(article: Any, leads: dict[Any, str], places: Places, n_words: int) -> dict[str, Any]:
    return {
        "outlet": article.outlet,
        "headline": article.headline if pd.notna(article.headline) else "(no headline)",
        "standfirst": article.standfirst if pd.notna(article.standfirst) else "",
        "lead": leads.get(article.article_id, ""),
        "id": places.article(article.article_id),
        "href": places.link(article.article_id),
        "n_words": n_words,
        "credit": "" if pd.isna(credit := agency_credit(article)) else credit,
        "date": "" if pd.isna(article.date) else str(article.date)[:10],
    }


def _speakers(quotes: pd.DataFrame, outlets: list[str], places: Places) -> dict[str, Any]:
    """Words given to each speaker by each outlet, most words first, counted as `missing_speakers` counts; the rest as
    one row."""
    rows = [
        row | {"who": _called(row["speaker"])}
        for row in (with_governments(spoken_rows(quotes)).to_dict("records") if len(quotes) else [])
    ]
    n_words: Counter[str] = Counter()
    for row in rows:
        n_words[row["who"]] += row["n_words"]
    order = sorted(n_words.keys() - {NOBODY}, key=lambda who: (-n_words[who], who))
    shown, others = order[:MOST_SPEAKERS], count(len(order) - MOST_SPEAKERS, "other")
    cells: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        who = row["who"] if row["who"] in (*shown, NOBODY) else others
        cells.setdefault((who, str(row["outlet"])), []).append(row)
    told: dict[tuple[str, str], dict[str, Any]] = {}
    for key, part in cells.items():
        spots = [
            (row["article_id"], row["start"], row["end"])
            for row in part
            if pd.notna(row["start"]) and pd.notna(row["end"])
        ]
        told[key] = {"n": int(sum(row["n_words"] for row in part)), "quotes": len(part), "links": places.links(spots)}
    nobody: dict[str, Any] = {"n": 0, "quotes": 0, "links": []}
    names = [who for who in [*shown, others, NOBODY] if any(key[0] == who for key in told)]
    return {
        "rows": [(who, [told.get((who, outlet), nobody) for outlet in outlets]) for who in names],
        "most": max((cell["n"] for cell in told.values()), default=1) or 1,
    }


def _called(speaker: Any) -> str:
    return NOBODY if pd.isna(speaker) else str(speaker)


def spots_of(rows: pd.DataFrame) -> list[tuple[Any, Any, Any]]:
    """(article_id, start, end) of each row that has a place in its text."""
    return (
        [
            spot
            for spot in zip(rows["article_id"], rows["start"], rows["end"], strict=True)
            if pd.notna(spot[1]) and pd.notna(spot[2])
        ]
        if len(rows)
        else []
    )


def _facts(
    here: dict[str, pd.DataFrame], given: pd.DataFrame | None, outlets: list[str], places: Places
) -> list[tuple[str, list[Any]]]:
    """Facts down, outlets across: those looked for that somebody tells on this event, else suggested ones."""
    table = here.get("coverage", pd.DataFrame())
    if len(table):
        statements = {} if given is None else dict(zip(given["fact"], given["statement"], strict=True))
        cells = {key: _told(part, places) for key, part in table.groupby(["fact", table["outlet"].astype(str)])}
        no_article: dict[str, Any] = {"found": "no article", "links": []}
        return [
            (str(statements.get(fact, spaced(fact))), [cells.get((fact, outlet), no_article) for outlet in outlets])
            for fact in dict.fromkeys(table.loc[table["found"] != "not found", "fact"])
        ]
    rows = here.get("suggested_facts", pd.DataFrame())
    grid: list[tuple[str, list[Any]]] = []
    outlet_of = dict(zip(here["articles"]["article_id"], here["articles"]["outlet"].astype(str), strict=True))
    for row in rows.to_dict("records"):
        clear = {outlet_of.get(article) for article in row["clear"]}
        found = []
        for outlet in outlets:
            spots = [spot[:3] for spot in row["sentences"] if outlet_of.get(spot[0]) == outlet]
            word = "found" if outlet in clear else "unsure" if spots else "not found"
            found.append({"found": word, "links": places.links(spots)})
        grid.append((str(row["statement"]), found))
    return grid


def _told(rows: pd.DataFrame, places: Places) -> dict[str, Any]:
    found = next((word for word in ("found", "unsure", "not found") if (rows["found"] == word).any()), "no article")
    return {"found": found, "links": places.links(spots_of(rows[rows["found"] == found]))}


def _names(labels: pd.DataFrame, outlets: list[str], places: Places) -> list[tuple[str, str, list[Any]]]:
    """Rival names that the event's articles use: times in the outlet's own voice and in others'."""
    if labels.empty:
        return []
    cells: dict[tuple[str, str], dict[str, Any]] = {}
    for (concept, label, outlet), part in labels.groupby(["concept", "label", labels["outlet"].astype(str)], sort=True):
        own = int((part["voice"] == "outlet").sum())
        cells.setdefault((str(concept), str(label)), {})[outlet] = {
            "own": own,
            "others": len(part) - own,
            "links": places.links(spots_of(part)),
        }
    nothing: dict[str, Any] = {"own": 0, "others": 0, "links": []}
    return [(*name, [by.get(outlet, nothing) for outlet in outlets]) for name, by in cells.items()]


def _rivals(
    rivals: pd.DataFrame, articles: pd.DataFrame, outlets: list[str], places: Places
) -> list[tuple[str, list[list[dict[str, Any]]]]]:
    """Names that the outlets were found to use for one thing on this event: in each cell the words, times and where."""
    outlet_of = dict(zip(articles["article_id"], articles["outlet"].astype(str), strict=True))
    rows = []
    for row in rivals.itertuples() if len(rivals) else []:
        spots: dict[str, dict[str, list[Any]]] = {outlet: {} for outlet in outlets}
        for name, article, start, end in row.evidence:
            if article in outlet_of:
                spots[outlet_of[article]].setdefault(str(name), []).append((article, start, end))
        told = [words for words in spots.values() if words]
        if len(told) > 1 and len({name for words in told for name in words}) > 1:
            rows.append(
                (
                    " / ".join(map(str, row.names)),
                    [
                        [
                            {"name": name, "n": len(found), "links": places.links(found)}
                            for name, found in spots[outlet].items()
                        ]
                        for outlet in outlets
                    ],
                )
            )
    return rows[:MOST_RIVALS]


def _statements(matches: pd.DataFrame, places: Places) -> list[dict[str, Any]]:
    """Each statement that several outlets print, the fullest version first, with what the others cut."""
    found = []
    for _, rows in matches.groupby("utterance", sort=True) if len(matches) else []:
        speaker = _called(next(iter(rows["speaker"].dropna()), pd.NA))
        found.append(
            {
                "speaker": speaker,
                "n": count(rows["outlet"].nunique(), "outlet"),
                "versions": [
                    {
                        "outlet": row["outlet"],
                        "kind": row["kind"],
                        "content": row["content"],
                        "cut": _list(row["cut"]),
                        "given_to": "" if _called(row["speaker"]) == speaker else _called(row["speaker"]),
                        "n_pieces": int(row["n_pieces"]),
                        "kept": f"{float(row['kept']):.0%}",
                        "verbatim": f"{float(row['verbatim']):.0%}",
                        "href": places.link(row["article_id"], row["start"]),
                    }
                    for row in rows.to_dict("records")
                ],
            }
        )
    return found


def _list(cell: Any) -> str:
    if isinstance(cell, list | tuple):
        return ", ".join(map(str, cell))
    return "" if cell is None or pd.isna(cell) else str(cell)


def _missing(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Per outlet the speakers whom at least two others quote, most widely quoted first; one other is chance."""
    if table.empty:
        return []
    several = table[table["n_outlets"] > 1]
    found = []
    for outlet, rows in several.groupby("outlet", sort=True):
        found.append(
            {
                "outlet": outlet,
                "speakers": [
                    {
                        "speaker": row["speaker"],
                        "by": row["quoted_by"],
                        "n": int(row["n_words"]),
                        "named": bool(row["named"]) if pd.notna(row["named"]) else False,
                    }
                    for row in rows.head(MOST_ITEMS).to_dict("records")
                ],
                "more": max(len(rows) - MOST_ITEMS, 0),
            }
        )
    return found


# One outlet: its voice, whom it quotes, its names, its tone and what it leads with, on the same scales for all.


def outlet_view(
    tables: dict[str, pd.DataFrame],
    outlet: str,
    number: int,
    titles: dict[Any, str],
    places: Places,
    *,
    built_in: bool = False,
) -> dict[str, Any]:
    """`built_in`: the names counted are those that come with framing, not declared by the user; so in `event_view`."""

    def own(name: str) -> pd.DataFrame:
        table = tables.get(name, pd.DataFrame())
        return table[table["outlet"].astype(str) == outlet] if len(table) and "outlet" in table else pd.DataFrame()

    articles = own("articles")
    return {
        "id": f"outlet-{number}",
        "name": outlet,
        "built_in": built_in,
        "n_articles": count(len(articles), "article"),
        "n_events": int(articles["event"].nunique()),
        "voices": [
            _bar(
                VOICE_NAMES.get(str(row["voice"]), str(row["voice"])),
                row["share"],
                row,
                n=count(int(row["n_articles"]), "article"),
            )
            for row in own("voice_share").to_dict("records")
        ],
        "speakers": _leading(own("speech_share"), own("quotes"), places),
        "names": _chosen(own("label_share"), own("labels"), places),
        "rare": _rarely_named(own("labels")),
        "tone": _tones(own("tone_profile"), own("tone"), places),
        "leads": _leads(own("emphasis_profile"), own("emphasis"), places),
        "words": _words(own("keyness")),
        "articles": [
            {
                "headline": row.headline if pd.notna(row.headline) else str(row.article_id),
                "event": "" if pd.isna(row.event) or titles[row.event] == f"“{row.headline}”" else titles[row.event],
                "date": "" if pd.isna(row.date) else str(row.date)[:10],
                "href": places.link(row.article_id),
            }
            for row in articles.itertuples(index=False)
        ],
    }


def _bar(name: str, share: Any, row: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    known = row or {}
    low, high = (float("nan") if known.get(end) is None else known[end] for end in ("low", "high"))
    between = f"{100 * low:.0f} to {100 * high:.0f} %" if pd.notna(low) and pd.notna(high) else ""
    return {
        "concept": "",
        "kind": "",
        "n": "",
        "links": [],
        "name": name,
        "share": 0.0 if pd.isna(share) else 100 * float(share),
        "between": between,
        **more,
    }


def _leading(shares: pd.DataFrame, quotes: pd.DataFrame, places: Places) -> list[dict[str, Any]]:
    if shares.empty:
        return []
    rows = shares.assign(known=shares["speaker"].notna()).sort_values(
        ["known", "share"], ascending=False, kind="stable"
    )
    named, rest = rows[rows["known"]], rows[~rows["known"]]
    found, said = [], spoken_rows(quotes) if len(quotes) else quotes
    for row in named.head(MOST_ITEMS).to_dict("records"):
        spots = said[said["speaker"].fillna("") == row["speaker"]] if len(said) else said
        n = count(int(row["n_quotes"]), "quotation")
        found.append(_bar(str(row["speaker"]), row["share"], row, n=n, links=places.links(spots_of(spots))))
    others = named.iloc[MOST_ITEMS:]
    if len(others):
        found.append(
            _bar(
                count(len(others), "other"), others["share"].sum(), n=count(int(others["n_quotes"].sum()), "quotation")
            )
        )
    if len(rest):
        found.append(_bar(NOBODY, rest["share"].sum(), n=count(int(rest["n_quotes"].sum()), "quotation")))
    return found


def often_named(shares: pd.DataFrame) -> pd.DataFrame:
    """Names in use, of things that their outlet names often enough for a share."""
    return shares[(shares["n"] > 0) & (shares["n_concept"] >= LEAST_USES)]


def _chosen(shares: pd.DataFrame, labels: pd.DataFrame, places: Places) -> list[dict[str, Any]]:
    """Shares of names, of things that the outlet names `LEAST_USES` times or more."""
    if shares.empty:
        return []
    found = []
    for row in often_named(shares).to_dict("records"):
        named = labels[labels["concept"] == row["concept"]] if len(labels) else labels
        spots = named[(named["label"] == row["label"]) & (named["voice"] == "outlet")] if len(named) else named
        found.append(
            _bar(
                str(row["label"]),
                row["share"],
                row,
                concept=str(row["concept"]),
                n=count(int(row["n"]), "use"),
                links=places.links(spots_of(spots)),
            )
        )
    return sorted(found, key=lambda bar: (bar["concept"], -bar["share"], bar["name"]))


def _rarely_named(labels: pd.DataFrame) -> str:
    """How many things the outlet names too rarely for a share, in words; empty where there are none."""
    times = labels[labels["voice"] == "outlet"].groupby("concept").size() if len(labels) else pd.Series(dtype=int)
    n = int((times < LEAST_USES).sum())
    return f"{count(n, 'thing')} named fewer than {LEAST_USES} times: too rare for a share." if n else ""


def _tones(profile: pd.DataFrame, tone: pd.DataFrame, places: Places) -> list[dict[str, Any]]:
    rows = profile[(profile["voice"] == "outlet") & (profile["n_articles"] >= 2)] if len(profile) else profile
    if rows.empty:
        return []
    rows = rows.sort_values(["n_articles", "target"], ascending=[False, True], kind="stable").head(MOST_ITEMS)
    found = []
    for row in rows.to_dict("records"):
        spots = tone[(tone["target"] == row["target"]) & (tone["voice"] == "outlet")]
        between = (
            f"{signed(row['low'])} to {signed(row['high'])}" if pd.notna(row["low"]) and pd.notna(row["high"]) else ""
        )
        found.append(
            {
                "name": str(row["target"]),
                "at": 50 + 50 * float(row["estimate"]),
                "value": signed(row["estimate"]),
                "between": between,
                "n": int(row["n_articles"]),
                "links": places.links(spots_of(spots)),
            }
        )
    return found


def _leads(profile: pd.DataFrame, emphasis: pd.DataFrame, places: Places) -> list[dict[str, Any]]:
    rows = profile[profile["kind"] != "voice"] if len(profile) else profile
    if rows.empty or not rows["headline_share"].notna().any():
        return []
    rows = rows[rows["headline_share"].fillna(0) > 0].sort_values(
        ["headline_share", "lead_share", "item"], ascending=[False, False, True], kind="stable"
    )
    found = []
    for row in rows.head(MOST_ITEMS).to_dict("records"):
        here = (
            emphasis[
                (emphasis["item"] == row["item"])
                & (emphasis["kind"] == row["kind"])
                & emphasis["in_headline"].fillna(False).astype(bool)
            ]
            if len(emphasis)
            else emphasis
        )
        links = [places.link(article) for article in here["article_id"].unique()] if len(here) else []
        found.append(
            _bar(
                str(row["item"]),
                row["headline_share"],
                {"low": row.get("headline_share_low"), "high": row.get("headline_share_high")},
                kind=str(row["kind"]),
                n=len(links),
                links=links,
            )
        )
    return found


def _words(keyness: pd.DataFrame) -> list[dict[str, Any]]:
    """Words that the outlet uses more than the rest and that the sample can show; none otherwise."""
    if keyness.empty or "p_adjusted" not in keyness:
        return []
    rows = keyness[(keyness["p_adjusted"].astype(float) < ALPHA) & (keyness["log_ratio"] > 0)]
    return [
        {"word": row["word"], "n": f"{row['n_target']}:{row['n_reference']}"}
        for row in rows.sort_values(["log_likelihood", "word"], ascending=[False, True])
        .head(MOST_WORDS)
        .to_dict("records")
    ]
