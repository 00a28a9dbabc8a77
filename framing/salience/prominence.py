"""What leads, what gets space and what comes late, per article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

from framing.language import parse
from framing.quotes.finding import counted_quotes
from framing.quotes.speakers import resolve_mentions
from framing.quotes.voice import spans_by_article, voice_at
from framing.stats.comparison import estimate_by
from framing.steadiness import steady
from framing.tables import COLUMNS, KEYS, LEFT_OUT, WORD, as_articles, empty_table, require_columns
from framing.words.labels import find_labels
from framing.zones.passages import find_passages

if TYPE_CHECKING:
    from spacy.tokens import Doc

EXTRA = """
    order n_mentions n_outlet n_quoted n_reported n_words share_mentions share_sentences share_headline
    n_article_words start end longest_quotation first_quotation
""".split()
UNTOLD = [*LEFT_OUT, "byline", "credit"]  # zones that tell nothing of the event
SPEAKING = {"voice", "person", "body", "country", "seat", "party", "group"}  # kinds of items that can be quoted
OUTLET, UNATTRIBUTED = "the outlet", "unattributed"  # holders of words that are nobody's by name
PROFILE = """
    headline_share headline_share_low headline_share_high lead_share lead_share_low lead_share_high first_position
    share_words n_with n_articles n_events
""".split()
COUNTS = ["n_articles", "n_events"]
WEIGHTS = ("inverted_pyramid",)


@steady
def emphasis(
    articles: pd.DataFrame,
    items: pd.DataFrame | None = None,
    *,
    quotes: pd.DataFrame | None = None,
    labels: pd.DataFrame | None = None,
    mentions: pd.DataFrame | None = None,
    weight: str | None = None,
) -> pd.DataFrame:
    """Where each article puts each person, country, body, label and quoted voice, and how much room it gets.

    Parameters
    ----------
    articles : as from `read_articles`.
    items : optional, anything else to follow: a table with ``article_id, item, start, end`` (and
        ``kind``), one row per place where the item stands, such as the found rows of `coverage`.
        By default: people, countries and bodies named, labels of `find_labels`, voices of `find_quotes`.
    quotes, labels, mentions : as from `find_quotes`, `find_labels`, `resolve_mentions`; found anew when not given.
    weight : "inverted_pyramid" adds ``weighted_share``: each word of the item counts 1 minus its position,
        so that the first word of the article counts 1 and the last 0, over the same sum for all words.

    Returns
    -------
    One row per article and item, ordered by article, kind and rank:

    ``item``, ``kind`` ("person", "country", "seat", "body", "party", "group", "label",
    "voice" or as given);
    ``in_headline, in_standfirst, in_lead`` (True or False; missing where the article has no such zone);
    ``first_position`` (0 to 1, words before the first mention as a share of the article's words);
    ``share_words`` (0 to 1, words of the item's mentions or, for a voice, of its quotations, over the
    article's words); ``rank`` (1 = most words among items of its kind); ``order`` (1 = mentioned first);
    ``n_mentions`` and how many of them in each voice (``n_outlet, n_quoted, n_reported``);
    ``share_mentions`` (0 to 1, sums to 1 within article and kind); ``share_sentences``;
    ``share_headline`` (words of the headline that belong to the item); ``n_words, n_article_words``;
    ``start, end`` of the first mention; ``longest_quotation`` (words of the longest unbroken stretch in
    quotation marks that the item speaks) and ``first_quotation`` (0 to 1, words before the first of them), both
    missing for an item that is not quoted. Kind "voice" has a row for the outlet's own words, and its
    ``share_words`` sum to 1.

    Notes
    -----
    Page furniture, second stories, bylines and credits are not the article's words here. Names are resolved by
    rules, so read some mentions with `evidence` first. The plain counts stand beside every share. Attention, prominence
    and valence as dimensions of salience: Kiousis, "Explicating Media Salience", 2004.
    """
    if weight is not None and weight not in WEIGHTS:
        raise ValueError(f"There is no weight {weight!r}; choose from {', '.join(WEIGHTS)}, or None for plain shares.")
    articles = as_articles(articles)
    columns = [*COLUMNS["emphasis"], *EXTRA, *(["weighted_share"] if weight else [])]
    if articles.empty:
        return empty_table("emphasis").reindex(columns=columns)
    quotes = counted_quotes(articles, quotes)
    hits = _hits(articles, items, quotes, labels, mentions)
    by_article = dict(list(hits.groupby("article_id", sort=False)))
    voices = spans_by_article(articles, quotes)
    passages = dict(list(find_passages(articles).groupby("article_id", sort=False)))
    rows: list[dict[str, Any]] = []
    for article, doc in parse(articles):
        if article.article_id not in passages:
            continue
        page = Page.read(article.text, passages[article.article_id], doc, voices.get(article.article_id, []))
        here = by_article.get(article.article_id, hits.iloc[:0])
        found = [
            page.profile(item, kind, list(zip(spans["start"], spans["end"], strict=True)), weight)
            for (kind, item), spans in here.groupby(["kind", "item"], sort=True)
        ]
        found += [page.profile(item, "voice", spans, weight) for item, spans in page.voices()]
        keys = {key: getattr(article, key) for key in KEYS}
        rows += [{**keys, **row} for row in _ranked([row for row in found if row is not None])]
    return pd.DataFrame(rows, columns=columns)


def emphasis_profile(table: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """How often each outlet puts an item in headline and lead, and how early it first stands.

    Parameters
    ----------
    table : as from `emphasis`.

    Returns
    -------
    One row per outlet, kind and item: ``headline_share, lead_share`` (0 to 1, of the outlet's articles that
    have a headline, a lead), each with ``_low`` and ``_high``; ``first_position`` and ``share_words`` (means
    over the articles that have the item at all); ``n_with`` (articles with the item); ``n_articles`` and
    ``n_events`` that have a headline or that have a lead, whichever are more. An article without the item counts as
    not having it in headline or lead.
    """
    require_columns(table, [*KEYS, "kind", "item", "in_headline", "in_lead"], made_by="emphasis")
    if table.empty:
        return pd.DataFrame(columns=["outlet", "kind", "item", *PROFILE])
    by = ["outlet", "kind", "item"]
    articles = table[KEYS].drop_duplicates("article_id")
    zones = table.groupby("article_id")[["in_headline", "in_lead"]].agg(lambda seen: seen.notna().any())
    items = table[["kind", "item"]].drop_duplicates()
    result = (
        articles[["outlet"]]
        .drop_duplicates()
        .merge(items, how="cross")
        .merge(
            table.groupby(by)
            .agg(
                first_position=("first_position", "mean"),
                share_words=("share_words", "mean"),
                n_with=("first_position", "count"),
            )
            .reset_index(),
            on=by,
            how="left",
        )
    )
    result["n_with"] = result["n_with"].fillna(0).astype("int64")
    for column, name in (("in_headline", "headline_share"), ("in_lead", "lead_share")):
        here = articles[articles["article_id"].map(zones[column])]
        result = result.merge(
            _shares(here, table[table[column].fillna(False).astype(bool)], items, name, seed),
            on=by,
            how="left",
            suffixes=("", "_again"),
        )
    for name in COUNTS:
        result[name] = result[[name, f"{name}_again"]].max(axis=1).fillna(0).astype("int64")
    return result.sort_values(by, ignore_index=True).reindex(columns=[*by, *PROFILE])


def _shares(articles: pd.DataFrame, standing: pd.DataFrame, items: pd.DataFrame, name: str, seed: int) -> pd.DataFrame:
    """The share of each outlet's articles in which an item stands, with its interval, for all `items`.

    Thousands of items stand in the same few ways (nowhere, in one article, ...): each way is estimated once.
    """
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    event_of = articles["event"].astype("object").where(articles["event"].notna(), articles["article_id"])
    events = dict(zip(articles["article_id"], event_of, strict=True))
    for row in standing[["article_id", "outlet", "kind", "item"]].itertuples(index=False):
        counts.setdefault((row.outlet, row.kind, row.item), Counter())[events[row.article_id]] += 1
    single = event_of.groupby(articles["outlet"]).agg(lambda seen: seen.is_unique)
    ways: dict[tuple[str, Any], int] = {}
    rows: list[tuple[str, str, str, int, Counter[str]]] = []
    for outlet in sorted(single.index):
        for kind, item in items.itertuples(index=False):
            told = counts.get((outlet, kind, item), Counter())
            way: tuple[str, Any] = (outlet, told.total() if single[outlet] else tuple(sorted(told.items(), key=str)))
            rows.append((outlet, kind, item, ways.setdefault(way, len(ways)), told))
    of_outlet = dict(list(articles.groupby("outlet", sort=False)))
    tables, seen = [], set()
    for outlet, _, _, number, told in rows:
        if number not in seen:
            seen.add(number)
            here = of_outlet[outlet].assign(way=number, cluster=[events[a] for a in of_outlet[outlet]["article_id"]])
            nth = here.groupby("cluster").cumcount()
            values = [float(n < told[cluster]) for n, cluster in zip(nth, here["cluster"], strict=True)]
            tables.append(here.assign(**{name: values}))
    found = pd.DataFrame([row[:4] for row in rows], columns=["outlet", "kind", "item", "way"])
    if not tables:
        return found.reindex(columns=["outlet", "kind", "item", name, f"{name}_low", f"{name}_high", *COUNTS])
    shares = estimate_by(pd.concat(tables), name, by=["outlet", "way"], seed=seed).rename(
        columns={"estimate": name, "low": f"{name}_low", "high": f"{name}_high"}
    )
    return found.merge(shares, on=["outlet", "way"], how="left").drop(columns=["way", "method"])


def _hits(
    articles: pd.DataFrame,
    items: pd.DataFrame | None,
    quotes: pd.DataFrame,
    labels: pd.DataFrame | None,
    mentions: pd.DataFrame | None,
) -> pd.DataFrame:
    """Every place where an item stands: ``article_id, kind, item, start, end``."""
    columns = ["article_id", "kind", "item", "start", "end"]
    if items is not None:
        require_columns(items, ["article_id", "item", "start", "end"], made_by="coverage")
        given = items if "kind" in items else items.assign(kind="item")
        return given.dropna(subset=["start", "end"])[columns]
    labels = find_labels(articles, quotes=quotes) if labels is None else labels
    mentions = resolve_mentions(articles) if mentions is None else mentions
    mentions = mentions.rename(columns={"entity": "item", "entity_kind": "kind"})
    named = labels.assign(kind="label").rename(columns={"label": "item"})
    return pd.concat([mentions[columns], named[columns]], ignore_index=True).dropna(subset=["item"])


def _ranked(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of one article with rank, order and share of mentions within each kind."""
    done = []
    for kind in sorted({row["kind"] for row in rows}):
        group = [row for row in rows if row["kind"] == kind]
        mentions = sum(row["n_mentions"] for row in group)
        first = sorted(group, key=lambda row: (row["start"], -row["end"], row["item"]))
        for order, row in enumerate(first, 1):
            row["order"], row["share_mentions"] = order, row["n_mentions"] / mentions
        for rank, row in enumerate(sorted(group, key=lambda row: (-row["n_words"], row["order"])), 1):
            done.append({**row, "rank": rank})
    return done


@dataclass(frozen=True)
class Page:
    """One article as its words: where each stands, in which zone and sentence, in whose voice."""

    words: list[tuple[int, int]]
    zones: list[str]
    sentences: list[int]
    speakers: list[tuple[str, str]]  # voice, and who holds the word: OUTLET, a speaker or UNATTRIBUTED

    @classmethod
    def read(cls, text: str, passages: pd.DataFrame, doc: Doc, spans: list[Any]) -> Page:
        starts = [sentence.start_char for sentence in doc.sents]
        words, zones, sentences, speakers = [], [], [], []
        for row in passages.itertuples(index=False):
            if row.zone in UNTOLD:
                continue
            for hit in WORD.finditer(text, row.start, row.end):
                voice, speaker, _ = voice_at(spans, hit.start())
                holder = OUTLET if voice == "outlet" else UNATTRIBUTED if pd.isna(speaker) else str(speaker)
                words.append(hit.span())
                zones.append(row.zone)
                sentences.append(bisect_right(starts, hit.start()) - 1)
                speakers.append((voice, holder))
        return cls(words, zones, sentences, speakers)

    def voices(self) -> list[tuple[str, list[tuple[int, int]]]]:
        """Each holder of words with the stretches it holds, the outlet first."""
        stretches: dict[str, list[tuple[int, int]]] = {}
        for number, (_, holder) in enumerate(self.speakers):
            mine = stretches.setdefault(holder, [])
            if mine and number and self.speakers[number - 1][1] == holder:
                mine[-1] = (mine[-1][0], self.words[number][1])
            else:
                mine.append(self.words[number])
        return sorted(stretches.items(), key=lambda pair: (pair[0] != OUTLET, pair[0]))

    @cached_property
    def quoted(self) -> dict[str, tuple[int, float]]:
        """Holders of words in quotation marks: words of the longest stretch, share of words before the first."""
        found: dict[str, tuple[int, float]] = {}
        place = 0
        for (voice, holder), stretch in groupby(self.speakers):
            length = len(list(stretch))
            if voice == "quoted":
                longest, first = found.get(holder, (0, place / len(self.words)))
                found[holder] = (max(longest, length), first)
            place += length
        return found

    def profile(self, item: str, kind: str, spans: list[tuple[int, int]], weight: str | None) -> dict[str, Any] | None:
        """One row for an item that stands at `spans`; None where all of them are on furniture."""
        starts = [start for start, _ in self.words]
        longest, first = self.quoted.get(item, (pd.NA, pd.NA)) if kind in SPEAKING else (pd.NA, pd.NA)
        members: list[list[int]] = []
        for start, end in sorted(spans):
            inside = list(range(bisect_left(starts, start), bisect_left(starts, end)))
            if inside:
                members.append(inside)
        if not members:
            return None
        held = sorted({number for group in members for number in group})
        zones, n_words = {self.zones[n] for n in held}, len(self.words)
        present, headline = set(self.zones), self.zones.count("headline")
        voices = [self.speakers[group[0]][0] for group in members]
        row = {
            "item": item,
            "kind": kind,
            "first_position": held[0] / n_words,
            "n_words": len(held),
            "share_words": len(held) / n_words,
            "n_mentions": len(members),
            "n_article_words": n_words,
            "share_sentences": len({self.sentences[n] for n in held}) / len(set(self.sentences)),
            "share_headline": (sum(self.zones[n] == "headline" for n in held) / headline if headline else pd.NA),
            "start": self.words[members[0][0]][0],
            "end": self.words[members[0][-1]][1],
            **{f"n_{voice}": voices.count(voice) for voice in ("outlet", "quoted", "reported")},
            **{
                f"in_{zone}": zone in zones if zone in present else pd.NA for zone in ("headline", "standfirst", "lead")
            },
            "longest_quotation": longest,
            "first_quotation": first,
        }
        if weight == "inverted_pyramid":
            total = sum(1 - n / n_words for n in range(n_words))
            row["weighted_share"] = sum(1 - n / n_words for n in held) / total
        return row


# In which order outlets tell the facts they share.

AGREEMENT = ["outlet", "other", "agreement", "low", "high", "n_facts", "n_articles", "n_events", "method"]
STATISTICS = ("kendall", "spearman")


def order_of_telling(table: pd.DataFrame) -> pd.DataFrame:
    """The place of each fact in the telling of each article: 1 is told first.

    Parameters
    ----------
    table : as from `coverage`.

    Returns
    -------
    The rows with ``found`` "found", with ``order`` (1 to the number of facts found in the article; two facts in one
    sentence share the lower number), by article and order.
    """
    require_columns(table, ["article_id", "fact", "found", "position"], made_by="coverage")
    rows = table[(table["found"] == "found") & table["position"].notna()].copy()
    position = rows["position"].astype(float)
    rows["order"] = position.groupby(rows["article_id"], sort=False).rank(method="min").astype("int64")
    return rows.sort_values(["article_id", "order"], kind="stable", ignore_index=True)


def order_agreement(table: pd.DataFrame, *, statistic: str = "kendall", least: int = 3, seed: int = 0) -> pd.DataFrame:
    """Do two outlets tell the facts they share in the same order?

    Parameters
    ----------
    table : as from `coverage`.
    statistic : "kendall" (tau-b: pairs of facts in the same order, less those in the other) or "spearman".
    least : facts that two articles must share to be compared.

    Returns
    -------
    One row per pair of outlets: ``agreement`` (-1 the other way round, 0 unrelated, 1 the same order: mean over
    pairs of articles on one event), ``low, high`` (95 %, see `estimate_by`), ``n_facts`` (mean number of facts
    compared), ``n_articles`` (pairs of articles), ``n_events`` and ``method``. Raises ``ValueError`` for another
    `statistic`.

    Notes
    -----
    Two articles of the inverted pyramid agree somewhat by habit, so compare pairs of outlets with each other rather
    than with 0. Order over few shared facts is coarse: with three, tau is -1, -.33, .33 or 1.
    """
    from scipy.stats import kendalltau, spearmanr

    if statistic not in STATISTICS:
        raise ValueError(f"There is no statistic {statistic!r}; choose from {', '.join(STATISTICS)}.")
    require_columns(table, ["article_id", "outlet", "event", "fact", "found", "position"], made_by="coverage")
    rows = order_of_telling(table)
    rows["event"] = rows["event"].astype("object").where(rows["event"].notna(), "all articles")
    pairs: list[dict[str, Any]] = []
    for event, here in rows.groupby("event", sort=True):
        told = {
            key: part.set_index("fact")["position"].astype(float)
            for key, part in here.groupby(["outlet", "article_id"], sort=True)
        }
        for (one, first), (two, second) in combinations(told, 2):
            both = pd.concat([told[one, first], told[two, second]], axis=1, keys=["a", "b"]).dropna()
            if one == two or len(both) < least or both["a"].nunique() < 2 or both["b"].nunique() < 2:
                continue
            value = (kendalltau if statistic == "kendall" else spearmanr)(both["a"], both["b"])[0]
            pairs.append(
                {
                    "article_id": f"{first} / {second}",
                    "outlet": one,
                    "other": two,
                    "event": event,
                    "agreement": float(value),
                    "n_facts": len(both),
                }
            )
    if not pairs:
        return pd.DataFrame(columns=AGREEMENT)
    found = pd.DataFrame(pairs)
    result = estimate_by(found, "agreement", by=["outlet", "other"], seed=seed)
    result = result.rename(columns={"estimate": "agreement"})
    result[["low", "high"]] = result[["low", "high"]].clip(-1, 1)
    facts = found.groupby(["outlet", "other"])["n_facts"].mean().round(1).reset_index()
    return result.merge(facts, on=["outlet", "other"]).reindex(columns=AGREEMENT)
