"""Who is given words: shares of speech, who comes first and longest, by which verbs, and who is not quoted."""

from __future__ import annotations

from typing import Any

import pandas as pd

from framing.entities.names import split_speakers
from framing.quotes.cues import cue_stance, plain_cue
from framing.quotes.speakers import speaker_links
from framing.tables import KEYS, as_articles, require_columns

NOT_FOUND = "not found"
_NEEDED = [*KEYS, "quote_id", "kind", "speaker", "n_words"]


def spoken_rows(quotes: pd.DataFrame) -> pd.DataFrame:
    """`quotes` in others' words, not nested, one row per speaker of a group, in the order given.

    Scare quotes and deeds told in the outlet's words (`outlets_wording`) are not speech and are left out.
    """
    require_columns(quotes, _NEEDED, made_by="find_quotes")
    nested = quotes["nested"].fillna(False).astype(bool) if "nested" in quotes else pd.Series(False, index=quotes.index)
    own = quotes["voice"] == "outlet" if "voice" in quotes else quotes["kind"] == "scare"
    rows = quotes[~own & ~nested].copy()
    members = [split_speakers(speaker) or [pd.NA] for speaker in rows["speaker"]]
    if "speaker_role" in rows:
        roles = [split_speakers(role) for role in rows["speaker_role"]]
        rows["speaker_role"] = [(role if len(role) == len(names) else role[:1] * len(names)) or [pd.NA] * len(names)
                                for role, names in zip(roles, members, strict=True)]
    rows["speaker"] = members
    columns = ["speaker", "speaker_role"] if "speaker_role" in rows else ["speaker"]
    rows = rows.explode(columns, ignore_index=True) if len(rows) else rows.reset_index(drop=True)
    rows["n_words"] = rows["n_words"].astype("int64")
    return rows


def speech_share(quotes: pd.DataFrame, by: str = "speaker", *, per_event: bool = False, kind: str | None = None,
                 intervals: bool = False, seed: int = 0) -> pd.DataFrame:
    """Share of each outlet's quoted and reported words that goes to each speaker, or to each kind of speaker.

    Parameters
    ----------
    quotes : as from `find_quotes`. Scare quotes and quotations inside quotations do not count.
    by : "speaker", "speaker_role", "stance", "kind" or any other column of `quotes`.
    per_event : one row per outlet and event as well.
    kind : only "direct", "mixed" or "indirect" quotations.
    intervals : add ``low, high`` (95 %, events resampled; see `estimate_by`).

    Returns
    -------
    One row per outlet and `by`, largest share first: ``n_quotes``, ``n_words``, ``share`` (0 to 1, of the
    outlet's words of others), ``n_articles`` and ``n_events`` with that speaker. Unattributed words form a row of
    their own (missing `by`). What a group says counts for each member, so the total may exceed the words printed.
    Raises ``ValueError`` if a column is missing.

    Notes
    -----
    Shares built on a few quotes swing widely; read ``n_quotes`` beside them. They inherit the errors of
    `find_quotes`: see its scores.
    """
    rows = spoken_rows(quotes)
    require_columns(rows, [by], made_by="find_quotes")
    if kind is not None:
        rows = rows[rows["kind"] == kind]
    groups = ["outlet", "event"] if per_event else ["outlet"]
    table = rows.groupby([*groups, by], dropna=False, as_index=False, sort=True).agg(
        n_quotes=("n_words", "size"), n_words=("n_words", "sum"), n_articles=("article_id", "nunique"),
        n_events=("event", "nunique"))
    total = table.groupby(groups, dropna=False)["n_words"].transform("sum")
    table.insert(table.columns.get_loc("n_words") + 1, "share", table["n_words"] / total.where(total > 0))
    if intervals and not per_event:
        table = _with_intervals(table, rows, by, seed)
    order = [*groups, "share", by]
    return table.sort_values(order, ascending=[True] * len(groups) + [False, True], ignore_index=True, kind="stable")


def _with_intervals(table: pd.DataFrame, rows: pd.DataFrame, by: str, seed: int) -> pd.DataFrame:
    from framing.stats.comparison import estimate_by

    rows, table = (part.assign(who=part[by].astype(object).where(part[by].notna(), "\0")) for part in (rows, table))
    total = rows.groupby(KEYS, dropna=False)["n_words"].sum().rename("total").reset_index()
    said = rows.groupby(["article_id", "who"])["n_words"].sum().rename("words").reset_index()
    long = total[total["total"] > 0].merge(rows[["outlet", "who"]].drop_duplicates(), on="outlet")
    long = long.merge(said, on=["article_id", "who"], how="left").fillna({"words": 0})
    found = estimate_by(long, "words", per="total", by=["outlet", "who"], seed=seed)
    return table.merge(found[["outlet", "who", "low", "high"]], on=["outlet", "who"], how="left").drop(columns="who")


def leading_speakers(quotes: pd.DataFrame) -> pd.DataFrame:
    """Who is quoted first, at greatest length and in the headline of each article.

    One row per article with a quotation: ``article_id, outlet, event``; ``first`` (speaker of the first quotation in
    lead or body), ``longest`` and ``longest_words`` (the most words given to one speaker in the article), ``headline``
    (speakers in headline or standfirst, "; " between them), ``n_quotes``, ``n_speakers`` and ``share_direct`` (0 to
    1, of the words of others, those in quotations wholly between marks). Missing where no speaker is known.
    """
    rows = spoken_rows(quotes)
    require_columns(rows, ["zone", "start"], made_by="find_quotes")
    found = []
    for keys, part in rows.groupby(KEYS, dropna=False, sort=False):
        part = part.sort_values("start", kind="stable")
        above = part["zone"].isin(["headline", "standfirst"])
        told = part[~above]
        words = part.dropna(subset=["speaker"]).groupby("speaker")["n_words"].sum().sort_index()
        total = part["n_words"].sum()
        found.append([*keys, told["speaker"].iloc[0] if len(told) else pd.NA,
                      words.idxmax() if len(words) else pd.NA, int(words.max()) if len(words) else pd.NA,
                      "; ".join(dict.fromkeys(part.loc[above, "speaker"].dropna())) or pd.NA,
                      part["quote_id"].nunique(), len(words),
                      part.loc[part["kind"] == "direct", "n_words"].sum() / total if total else pd.NA])
    return pd.DataFrame(found, columns=[*KEYS, "first", "longest", "longest_words", "headline", "n_quotes",
                                        "n_speakers", "share_direct"])


def speech_forms(quotes: pd.DataFrame, by: str = "speaker") -> pd.DataFrame:
    """Direct or indirect: in which form each outlet lets each speaker speak.

    One row per outlet and `by`: ``n_quotes``; ``direct, mixed, indirect`` (words in quotations of each kind);
    ``share_direct`` (0 to 1). Most words first. Who is paraphrased is put in the outlet's words.
    """
    rows = spoken_rows(quotes)
    require_columns(rows, [by], made_by="find_quotes")
    words = rows.pivot_table(index=["outlet", by], columns="kind", values="n_words", aggfunc="sum", fill_value=0)
    words = words.reindex(columns=["direct", "mixed", "indirect"], fill_value=0)
    table = words.reset_index()
    table.columns.name = None
    counts = rows.groupby(["outlet", by]).size().rename("n_quotes").reset_index()
    table = table.merge(counts, on=["outlet", by])
    total = table[["direct", "mixed", "indirect"]].sum(axis=1)
    table["share_direct"] = table["direct"] / total.where(total > 0)
    table["_total"] = total
    table = table.sort_values(["outlet", "_total", by], ascending=[True, False, True], ignore_index=True)
    return table[["outlet", by, "n_quotes", "direct", "mixed", "indirect", "share_direct"]]


def cue_table(quotes: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """With which words speech is introduced: one row per outlet and cue, commonest first.

    ``outlet`` (or another column, such as "speaker"), ``cue`` in base form ("have repeatedly denied" and "denies" are
    "deny"), its ``stance``, ``n_quotes``, ``share`` of the outlet's quotations that have a cue (0 to 1), and
    ``speakers``, the up to three speakers it introduces most.
    """
    rows = spoken_rows(quotes)
    require_columns(rows, [by, "cue"], made_by="find_quotes")
    rows = rows.dropna(subset=["cue", by])
    rows = rows.assign(cue=[plain_cue(cue) for cue in rows["cue"]])
    found = []
    for (group, cue), part in rows.groupby([by, "cue"], sort=True):
        names = part["speaker"].dropna().value_counts()
        names = sorted(names.index, key=lambda name: (-names[name], name))[:3]
        found.append([group, cue, cue_stance(cue), part["quote_id"].nunique(), "; ".join(names) or pd.NA])
    table = pd.DataFrame(found, columns=[by, "cue", "stance", "n_quotes", "speakers"])
    total = table.groupby(by)["n_quotes"].transform("sum")
    table.insert(4, "share", table["n_quotes"] / total)
    return table.sort_values(["n_quotes", by, "cue"], ascending=[False, True, True], ignore_index=True)


def missing_speakers(quotes: pd.DataFrame, articles: pd.DataFrame | None = None, *, least: int = 1) -> pd.DataFrame:
    """Who is quoted by other outlets on the same event and not found here.

    Parameters
    ----------
    quotes : as from `find_quotes`.
    articles : also look at articles that quote nobody, and say whether they name the speaker.
    least : only speakers that at least this many other outlets quote.

    Returns
    -------
    One row per outlet, event and speaker: ``found`` (always "not found"); ``quoted_by`` (the other outlets, "; "
    between them), ``n_outlets``, ``n_words`` they give; ``named``: does an article here name the speaker without
    quoting? (missing without `articles`). Capitals, countries and their governments count as one speaker.
    Most words first.

    Notes
    -----
    "Not found" is about these articles and this tool. It is no evidence of intent: the outlet may have quoted the
    speaker elsewhere, or `find_quotes` may have missed it.
    """
    rows = spoken_rows(quotes).dropna(subset=["speaker", "event"])
    links = speaker_links(rows)
    called = dict(zip(links["speaker"], links["link"], strict=True))
    rows["speaker"] = [called.get(name, name) for name in rows["speaker"]]
    keys = rows[KEYS] if articles is None else as_articles(articles)[KEYS]
    outlets = keys.dropna(subset=["event"]).drop_duplicates(["outlet", "event"])
    named = _named(articles, links) if articles is not None else {}
    found = []
    words = rows.groupby(["event", "speaker", "outlet"])["n_words"].sum()
    for event, part in outlets.groupby("event", sort=True):
        if event not in words.index.get_level_values("event"):
            continue
        here = words.loc[event]
        for outlet in sorted(part["outlet"].unique()):
            for speaker, given in here.groupby(level="speaker"):
                by_others = given.droplevel("speaker")
                if outlet in by_others.index or len(by_others) < least:
                    continue
                is_named: Any = (speaker in named.get((outlet, event), set())) if articles is not None else pd.NA
                found.append([outlet, event, speaker, NOT_FOUND, "; ".join(sorted(by_others.index)), len(by_others),
                              int(by_others.sum()), is_named])
    table = pd.DataFrame(found, columns=["outlet", "event", "speaker", "found", "quoted_by", "n_outlets", "n_words",
                                         "named"])
    return table.sort_values(["n_outlets", "n_words", "outlet", "event", "speaker"],
                             ascending=[False, False, True, True, True], ignore_index=True)


def _named(articles: pd.DataFrame, links: pd.DataFrame) -> dict[tuple[Any, Any], set[str]]:
    """Who is mentioned, by outlet and event; a country stands for its government."""
    from framing.entities.resolution import resolve_mentions

    government = dict(zip(links["country"], links["link"], strict=True))
    named: dict[tuple[Any, Any], set[str]] = {}
    for row in resolve_mentions(articles, pronouns=False, places="with their country").itertuples():
        named.setdefault((row.outlet, row.event), set()).add(government.get(row.entity, row.entity))
    return named
