"""Facts and the omission grid: which article tells which fact, where, how early and in whose voice.

`suggest_facts` makes a first list for a person to edit: what several outlets tell in sentences that are alike.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from framing.quotes.finding import counted_quotes
from framing.quotes.voice import add_voice
from framing.salience.matching import BODY, CUES, Corpus, Match
from framing.salience.statements import (
    Countries,
    Saying,
    Term,
    Vocabulary,
    countries_of,
    facts_as_sayings,
    likeness,
    sayings_of,
)
from framing.salience.wire_copy import shared_passages
from framing.steadiness import steady
from framing.tables import COLUMNS, KEYS, WORD, as_articles, require_columns
from framing.text.lexicon import stem, synonyms
from framing.text.quotation_marks import quotation_spans

FOUND, UNSURE = 0.57, 0.45  # probabilities from which a fact counts as found, and as one for a person to decide
NEARLY = 0.35  # how much less alike an earlier passage may be than the best one and still be the evidence
EXTRA = ["speaker", "zone", "wire", "n_sentences"]
NOT_FOUND = "not found"


@steady
def coverage(
    articles: pd.DataFrame,
    facts: pd.DataFrame | str | Path,
    *,
    quotes: pd.DataFrame | None = None,
    found: float = FOUND,
    unsure: float = UNSURE,
) -> pd.DataFrame:
    """Which article tells which fact, with the sentence as evidence.

    Parameters
    ----------
    articles : as from `read_articles`.
    facts : a table, or a CSV file, with ``fact`` (a short name) and ``statement`` (one plain sentence).
    quotes : as from `find_quotes`, for the voice; found anew when not given.
    found, unsure : similarities (0 to 1) from which a cell is "found", or "unsure".

    Returns
    -------
    One row per fact and article, all combinations, facts in the order given: ``found`` ("found", "unsure" or
    "not found"); ``start, end`` of the evidence, the first place that states it, one sentence or two neighbouring
    ones (missing where not found); ``position`` (0 to 1, words of the article before it as a share of its words,
    furniture and byline not counted); ``similarity`` (0 to 1, of that sentence, or of the best one where not found);
    ``voice, speaker`` that holds it; ``sentence`` (the evidence as printed); ``zone``; ``wire`` (other outlets that
    print the evidence word for word: shared agency copy, most often); and ``n_sentences`` that were searched. Raises
    ``ValueError`` for a list without these columns, and for a statement with nothing in it to look for.

    Notes
    -----
    "Not found" means that no searched sentence states the fact closely enough, never that it was left out on
    purpose. Decide "unsure" cells by reading. On 28 real events, each left out of learning, precision of "found" is
    .90 and recall .87, unsure cells (5 %) counted as missed; on five real pages .92 and .91, on the bundled corpus
    .96 and .96. On invented events full of near misses and far paraphrases it is .77 and .63: read the evidence of a
    fact that is told by contraries, other numbers or figures of speech. See ``data/models/coverage/MODEL_CARD.md``.
    """
    articles = as_articles(articles)
    listed = read_facts(facts)
    columns = [*COLUMNS["coverage"], *EXTRA]
    if articles.empty or listed.empty:
        return pd.DataFrame({column: pd.Series(dtype="object") for column in columns})
    sayings = sayings_of(articles)
    corpus = Corpus(sayings, countries_of(articles))
    n_sentences = pd.Series([saying.article for saying in sayings]).value_counts().to_dict()
    before = _words_before(sayings)
    rows = []
    for name, fact in zip(listed["fact"], facts_as_sayings(listed["statement"], articles), strict=True):
        if not fact.terms:
            raise ValueError(
                f"The statement of {name!r} is {fact.text!r}, with no name, number or telling word to "
                "look for. Write one plain sentence that says who did what."
            )
        matches: dict[int, list[Match]] = {}
        for match in corpus.matches(fact):
            matches.setdefault(match.saying.article, []).append(match)
        for number, article in enumerate(articles.itertuples(index=False)):
            evidence = _evidence(matches.get(number, []), found)
            rows.append(_row(article, name, evidence, found, unsure, n_sentences.get(number, 0), before))
    table = pd.DataFrame(rows).astype({"start": "Int64", "end": "Int64"})
    table["position"] = pd.array(table["position"], dtype="Float64").to_numpy(float, na_value=float("nan"))
    quotes = counted_quotes(articles, quotes)
    voiced = add_voice(table, articles, quotes)
    here = table["start"].notna()
    table["voice"] = voiced["voice"].where(here, pd.NA)
    table["speaker"] = voiced["speaker"].where(here, pd.NA)
    table["wire"] = _shared_with(table, shared_passages(articles))
    return table.reindex(columns=columns)


def _shared_with(table: pd.DataFrame, shared: pd.DataFrame) -> list[Any]:
    """The other outlets that print most of the evidence word for word, missing where it is the outlet's alone."""
    copied = {
        article: rows[["outlet", "start", "end", "with_outlet"]].to_numpy().tolist()
        for article, rows in shared.groupby("article_id", sort=False)
    }
    found: list[Any] = []
    for row in table[["article_id", "start", "end"]].itertuples(index=False):
        others = {
            other
            for outlet, start, end, other in copied.get(row.article_id, [])
            if pd.notna(row.start)
            and other != outlet
            and 2 * (min(end, row.end) - max(start, row.start)) > row.end - row.start
        }
        found.append("; ".join(sorted(map(str, others))) or pd.NA)
    return found


def read_facts(facts: pd.DataFrame | str | Path) -> pd.DataFrame:
    """The list of facts as a table with ``fact`` and ``statement``. Raises as `coverage` does."""
    if isinstance(facts, str | Path):
        facts = _facts_in(Path(facts))
    require_columns(facts, ["fact", "statement"], made_by="suggest_facts")
    listed = facts[["fact", "statement"]].astype("object")
    unnamed = listed["fact"].isna() | (listed["fact"].astype(str).str.strip() == "")
    if unnamed.any():
        raise ValueError(
            f"{int(unnamed.sum())} of {len(listed)} facts have no name; the first statement without one "
            f"is {listed.loc[unnamed, 'statement'].iloc[0]!r}. Give each a short name in the column fact."
        )
    empty = listed["statement"].isna() | (listed["statement"].astype(str).str.strip() == "")
    if empty.any():
        unsaid = ", ".join(map(str, listed.loc[empty, "fact"].head(5)))
        raise ValueError(
            f"{int(empty.sum())} of {len(listed)} facts have no statement: {unsaid}. Write one plain sentence for each."
        )
    twice = listed["fact"][listed["fact"].duplicated()]
    if len(twice):
        raise ValueError(f"The fact {twice.iloc[0]!r} stands in the list twice. Give every fact a name of its own.")
    return listed.reset_index(drop=True)


def _facts_in(path: Path) -> pd.DataFrame:
    """The rows of a CSV file of facts, whatever its encoding and delimiter, column names in lower case."""
    from framing.articles.decoding import File, Unreadable
    from framing.articles.formats.table import rows_of

    needed = "a CSV file with the columns fact and statement, one plain sentence per fact"
    if not path.is_file():
        raise FileNotFoundError(f"There is no file of facts {path.name!r} at the place given. Write {needed}.")
    broken: list[tuple[str, str]] = []
    try:
        rows = rows_of(File(f"{path.stem}.csv", path.read_bytes()), broken)
    except Unreadable as error:
        raise ValueError(f"The facts in {path.name!r} cannot be read: {error}. Save them as {needed}.") from None
    if broken:
        raise ValueError(
            f"The facts in {path.name!r} cannot be read: {broken[0][0]}: {broken[0][1]}. A statement with "
            "a comma in it stands between double quotes."
        )
    if not rows and not path.read_bytes().strip():
        raise ValueError(f"The file of facts {path.name!r} is empty. Write {needed}.")
    columns = {str(name).strip().lower(): [row.get(name) for row in rows] for name in (rows[0] if rows else {})}
    return pd.DataFrame(columns or {"fact": [], "statement": []}).replace("", pd.NA)


def _words_before(sayings: list[Saying]) -> dict[tuple[int, int], float]:
    """Where each sentence stands, by article and start: the share of the article's words before it."""
    n_words = pd.Series([len(WORD.findall(saying.text)) for saying in sayings], dtype=float)
    article = pd.Series([saying.article for saying in sayings])
    share = (n_words.groupby(article).cumsum() - n_words) / n_words.groupby(article).transform("sum").clip(lower=1)
    return {(saying.article, saying.start): float(at) for saying, at in zip(sayings, share, strict=True)}


def _evidence(matches: list[Match], found: float) -> Match | None:
    """The first passage of the body that states the fact about as well as the best one does."""
    if not matches:
        return None
    best = max(matches, key=lambda match: (_preferred(match), -match.saying.start))
    if best.score < found or best.saying.zone not in BODY:
        return best
    early = [match for match in matches if match.saying.zone in BODY and match.score >= max(found, best.score - NEARLY)]
    return min(early, key=lambda match: (match.saying.start, match.saying.end))


IN_BODY = 0.05  # set by hand: so much better must a headline state a fact to be shown rather than a sentence below
OVERLAP = 0.5  # share of the shorter fact's words from which two proposals are one; set by hand


def _preferred(match: Match) -> float:
    """Body before headline, one sentence before two, where they state the fact about equally well."""
    return match.score + (IN_BODY if match.saying.zone in BODY else 0.0)


def _row(
    article: Any,
    fact: str,
    match: Match | None,
    found: float,
    unsure: float,
    n_sentences: int,
    before: dict[tuple[int, int], float],
) -> dict[str, Any]:
    score = match.score if match else 0.0
    verdict = "found" if score >= found else "unsure" if score >= unsure else NOT_FOUND
    row: dict[str, Any] = {
        "article_id": article.article_id,
        "outlet": article.outlet,
        "event": article.event,
        "fact": fact,
        "found": verdict,
        "similarity": round(min(score, 1.0), 4),
        "n_sentences": n_sentences,
        "start": pd.NA,
        "end": pd.NA,
        "position": pd.NA,
        "sentence": pd.NA,
        "zone": pd.NA,
    }
    if match and verdict != NOT_FOUND:
        saying = match.saying
        row |= {
            "start": saying.start,
            "end": saying.end,
            "position": before[saying.article, saying.start],
            "sentence": article.text[saying.start : saying.end],
            "zone": saying.zone,
        }
    return row


# The headline against the body: what one says that the other does not.

DIFFERENCES = [*KEYS, "item", "kind", "stands_in", "n_mentions", "similarity", "start", "end", "sentence"]
ALIKE = 0.7  # likeness from which a word of the one is told in the other
OFTEN = 3  # mentions in the body that the headline could have taken up


@steady
def headline_against_body(articles: pd.DataFrame, *, often: int = OFTEN) -> pd.DataFrame:
    """What the headline says that the body does not, and what the body dwells on that the headline leaves aside.

    Parameters
    ----------
    articles : as from `read_articles`.
    often : mentions that a name needs in lead and body to be listed as missing from the headline.

    Returns
    -------
    Three kinds of rows per article with a headline and a body, in this order: one for the headline as a whole
    (``kind`` "headline": ``similarity``, 0 to 1, how probably a sentence of lead or body states it; ``stands_in``
    "both", "unsure" or "headline"; ``sentence`` the best sentence, missing where it is "headline" alone); one per name,
    amount or word of the headline that no word of the body resembles (``stands_in`` "headline"); one per name of
    the body, mentioned at least `often` times, that the headline lacks (``stands_in`` "body"). ``kind`` is "name",
    "amount" or "word" (a capital or seat of government stands as written: "White House"); ``n_mentions`` in lead and
    body; ``start, end`` of the first mention, for the headline as a whole of the sentence.

    Notes
    -----
    Short headlines leave nearly everything aside; read the rows of several outlets on one event side by side.
    A play on words in a headline ("Train of friendship") counts as words of its own.
    """
    articles = as_articles(articles)
    rows: list[dict[str, Any]] = []
    sayings = sayings_of(articles)
    corpus, country_of = Corpus(sayings), countries_of(articles)
    corpus.country_of = country_of
    for number, article in enumerate(articles.itertuples(index=False)):
        here = [saying for saying in sayings if saying.article == number]
        head = [saying for saying in here if saying.zone == "headline"]
        body = [saying for saying in here if saying.zone in BODY]
        if not head or not body:
            continue
        keys = {key: getattr(article, key) for key in KEYS}
        found = [
            _whole(corpus, head[0], number),
            *_only_headline(head, body, country_of),
            *_only_body(head, body, country_of, often),
        ]
        for row in found:
            start, end = row.pop("start"), row.pop("end")
            sentence = (
                article.text[start:end]
                if row["kind"] == "headline" and pd.notna(start)
                else _around(here, start, article.text)
            )
            rows.append({**keys, **row, "start": start, "end": end, "sentence": sentence})
    return pd.DataFrame(rows, columns=DIFFERENCES)


def _whole(corpus: Corpus, head: Saying, number: int) -> dict[str, Any]:
    inside = [match for match in corpus.matches(head) if match.saying.article == number and match.saying.zone in BODY]
    best = max(inside, key=lambda match: match.score, default=None)
    score = best.score if best else 0.0
    told = "both" if score >= FOUND else "unsure" if score >= UNSURE else "headline"
    here = best is not None and told != "headline"
    return {
        "item": head.text,
        "kind": "headline",
        "stands_in": told,
        "n_mentions": pd.NA,
        "similarity": round(score, 4),
        "start": best.saying.start if best and here else pd.NA,
        "end": best.saying.end if best and here else pd.NA,
    }


def _only_headline(head: Sequence[Saying], body: Sequence[Saying], country_of: Countries) -> list[dict[str, Any]]:
    told = Vocabulary([term for saying in body for term in saying.terms])
    rows, seen = [], set()
    for term in (term for saying in head for term in saying.terms):
        if term.key in CUES or (term.kind, term.key) in seen:
            continue
        seen.add((term.kind, term.key))
        if told.likeness(term, country_of).max(initial=0.0) < ALIKE:
            rows.append(_difference(term, "headline", 0))
    return rows


def _only_body(
    head: Sequence[Saying], body: Sequence[Saying], country_of: Countries, often: int
) -> list[dict[str, Any]]:
    mentions: dict[str, list[Term]] = {}
    for term in (term for saying in body for term in saying.terms if term.kind == "name"):
        mentions.setdefault(term.seat or term.key, []).append(term)
    printed = [term for saying in head for term in saying.terms]
    rows = []
    for terms in sorted(mentions.values(), key=lambda terms: (-len(terms), terms[0].start)):
        if len(terms) >= often and max((likeness(terms[0], o, country_of) for o in printed), default=0.0) < ALIKE:
            rows.append(_difference(terms[0], "body", len(terms)))
    return rows


def _difference(term: Term, stands_in: str, n_mentions: int) -> dict[str, Any]:
    return {
        "item": term.seat or term.key,
        "kind": term.kind,
        "stands_in": stands_in,
        "n_mentions": n_mentions,
        "similarity": pd.NA,
        "start": term.start,
        "end": term.end,
    }


def _around(sayings: Sequence[Saying], start: Any, text: str) -> Any:
    return next((text[s.start : s.end] for s in sayings if pd.notna(start) and s.start <= start < s.end), pd.NA)


SUGGESTED = ["fact", "statement", "n_outlets", "n_articles", "kind", "score", "sentences", "clear"]
LIKE = 0.2  # likeness of two sentences that makes them tell one thing
QUOTED, COUNTED = 1.6, 1.6  # weight of words in quotation marks, and of amounts
NAMED, GROUPED = 0.6, 0.5  # of names, and of near-synonyms
BONUS, PER_OUTLET = {"quotation": 0.1, "number": 0.05}, 0.05  # on the score, in the order of the proposals
KERNEL = 2  # terms that two sentences must share
STEP = math.log(1.1)  # amounts with a unit count as one within a step of a tenth
FEW, MANY = 4, 45  # words of a statement
PRONOUN = re.compile(
    r"^[“\"‘']?(?:he|she|it|they|this|that|these|those|both|in return|there|but|and|however|"
    r"meanwhile)\b",
    re.IGNORECASE,
)
NAME = re.compile(r"[^\w-]+")


@steady
def suggest_facts(articles: pd.DataFrame, *, top: int = 40, min_outlets: int = 2) -> pd.DataFrame:
    """What several outlets tell, with the sentences that tell it: a draft of the list for `coverage`.

    Parameters
    ----------
    articles : as from `read_articles`; articles of one event are compared with each other.
    top : how many proposals to give.
    min_outlets : outlets that must tell it.

    Returns
    -------
    One row per proposal, the clearest likeness first, shared quotations, amounts and many outlets before others:
    ``fact`` (a name made of its words), ``statement`` (the plainest of its sentences, as printed),
    ``n_outlets, n_articles`` that tell it, ``kind`` ("quotation": words that several put in quotation marks;
    "number": an amount that several give; "wording"), ``score`` (0 to 1, mean likeness of the sentences),
    ``sentences`` (a tuple of ``article_id, start, end, sentence``), ``clear`` (a tuple of the article_ids among them
    whose sentence tells the whole sentence that the proposal was made from, that one included).

    Notes
    -----
    On 34 real events of US news two sentences of one row, taken for their shared words, tell one thing in half of the
    pairs; two that are ``clear`` in seven to eight of ten.
    On ten invented events the first drafts hold half of the listed facts that two outlets share, and half of the
    drafts are such a fact; others join sentences that only resemble each other. Edit before use: shorten each
    statement to one plain fact in your own words, delete what does not matter, add what only one outlet tells,
    save it as CSV and pass it to `coverage`. A quotation from a page in the list is still that page's text.
    """
    articles = as_articles(articles)
    if articles.empty:
        return pd.DataFrame(columns=SUGGESTED)
    sayings = sayings_of(articles)
    country_of = countries_of(articles)
    events = articles["event"].astype("object").where(articles["event"].notna(), "")
    found: list[dict[str, Any]] = []
    told: dict[int, list[Saying]] = {}
    for saying in sayings:
        told.setdefault(saying.article, []).append(saying)
    for _, places in events.groupby(events, sort=True).groups.items():
        here = [saying for number in sorted(places.tolist()) for saying in told.get(number, [])]
        if articles.loc[places, "outlet"].nunique() >= min_outlets:
            found += _proposals(articles, here, country_of, top, min_outlets)
    found.sort(key=lambda row: (-_rank(row), row["statement"]))
    table = pd.DataFrame(_different(found)[:top], columns=SUGGESTED)
    table["fact"] = _unique(table["fact"].tolist())
    return table


def facts_of_events(articles: pd.DataFrame, *, top: int = 12) -> pd.DataFrame:
    """The one list of proposals that the report, the draft and the notebooks show: up to `top` of each event.

    As from `suggest_facts`, with ``event``, the same order over all events; only proposals that two outlets tell
    clearly, each statement once. Articles of no event count as one event, whose name is missing.
    """
    found = []
    for event, part in articles.groupby(articles["event"].astype("object"), dropna=False, sort=True):
        outlet_of = dict(zip(part["article_id"], part["outlet"], strict=True))
        for row in suggest_facts(part, top=top).drop_duplicates("statement").to_dict("records"):
            if len({outlet_of[article] for article in row["clear"]}) > 1:
                found.append(row | {"event": event})
    found.sort(key=lambda row: (-_rank(row), row["statement"], str(row["event"])))
    table = pd.DataFrame(found, columns=[*SUGGESTED, "event"])
    table["fact"] = _unique(table["fact"].tolist())
    return table


def _rank(row: dict[str, Any]) -> float:
    """Clear likeness first; words that several quote, amounts that several give and further outlets count more."""
    return row["score"] + BONUS.get(row["kind"], 0.0) + PER_OUTLET * (row["n_outlets"] - 2)


@dataclass(frozen=True)
class _Link:
    """A sentence with those of other outlets that resemble it."""

    centre: int
    score: float
    kernel: frozenset[str]


def _proposals(
    articles: pd.DataFrame, sayings: list[Saying], country_of: Any, most: int, least: int
) -> list[dict[str, Any]]:
    papers, texts = articles["outlet"].astype(str).tolist(), articles["text"].tolist()
    outlets = [papers[saying.article] for saying in sayings]
    bags = [_bag(saying, texts[saying.article]) for saying in sayings]
    spread = Counter(key for bag in bags for key in bag)
    total = max(len(sayings), 100)
    vectors = [
        _unit({key: value * math.log(total / spread[key]) for key, value in bag.items() if spread[key] > 1})
        for bag in bags
    ]
    links = sorted(_links(sayings, outlets, vectors, least), key=lambda link: (-link.score, link.centre))
    corpus = Corpus(sayings, country_of)
    kept: list[dict[str, Any]] = []
    taken: list[frozenset[str]] = []
    in_vain: set[tuple[int, str, frozenset[str]]] = set()
    for link in links:
        if len(kept) >= most:
            break
        centre = sayings[link.centre]
        tried = (centre.article, centre.text, link.kernel)
        if tried in in_vain or any(_overlap(link.kernel, other) for other in taken):
            continue
        row = _proposal(articles, sayings, corpus, link, least)
        if row is None:
            in_vain.add(tried)  # an article may say one thing a thousand times
        else:
            kept.append(row)
            taken.append(link.kernel)
    return kept


def _bag(saying: Saying, text: str) -> dict[str, float]:
    """The sentence as weighted terms, near-synonyms by their line in the list, quoted words heavier."""
    marks = [(m.start, m.end) for m in quotation_spans(text, saying.start, saying.end)]
    bag: dict[str, float] = {}
    for term in saying.terms:
        quoted = QUOTED if any(a <= term.start < b for a, b in marks) else 1.0
        for key, weight in _keys(term):
            bag[key] = max(bag.get(key, 0.0), weight * quoted)
    return bag


def _keys(term: Term) -> list[tuple[str, float]]:
    if term.amount is not None:
        value, unit = term.amount.value, term.amount.unit
        if unit and unit != "year" and value > 0:  # 400 miles and 650 kilometres fall into one step
            return [(f"{round(math.log(value) / STEP)} {unit}", COUNTED)]
        return [(f"{value:g} {unit}", COUNTED)]
    if term.kind == "name":
        return [(term.key, NAMED)]
    if term.key in CUES:
        return []
    return [(stem(term.key), 1.0), *((f"#{number}", GROUPED) for number in sorted(synonyms().get(term.key, ())))]


def _unit(bag: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(value * value for value in bag.values())) or 1.0
    return {key: value / length for key, value in bag.items()}


def _links(sayings: list[Saying], outlets: list[str], vectors: list[dict[str, float]], least: int) -> list[_Link]:
    """Each sentence of a body that resembles one of another outlet, with the words they share.

    Sentences of one outlet that hold the same terms are compared once, whatever their number; the last stands for all.
    """
    kinds = [(outlet, *vector.items()) for outlet, vector in zip(outlets, vectors, strict=True)]
    last = {kinds[number]: number for number, saying in enumerate(sayings) if saying.zone in BODY}
    holders: dict[str, list[int]] = {}
    for number in last.values():
        for key in vectors[number]:
            holders.setdefault(key, []).append(number)
    known: dict[Any, tuple[float, frozenset[str]] | None] = {}
    found = []
    for number, saying in enumerate(sayings):
        if saying.zone not in BODY or not FEW <= len(saying.text.split()) <= MANY:
            continue
        kind = kinds[number]
        if kind not in known:
            known[kind] = _resembling(number, outlets, vectors, holders, least)
        if (link := known[kind]) is not None:
            found.append(_Link(number, *link))
    return found


def _resembling(
    number: int, outlets: list[str], vectors: list[dict[str, float]], holders: dict[str, list[int]], least: int
) -> tuple[float, frozenset[str]] | None:
    """The likeness of a sentence with the nearest of each other outlet, summed, and the words they share; or None."""
    vector = vectors[number]
    alike: dict[int, float] = {}
    for key, value in vector.items():
        for other in holders.get(key, ()) if value else ():
            alike[other] = alike.get(other, 0.0) + value * vectors[other][key]
    best: dict[str, tuple[float, int]] = {}
    for other, value in alike.items():
        if outlets[other] != outlets[number] and value >= LIKE:
            best[outlets[other]] = max(best.get(outlets[other], (0.0, -1)), (value, other))
    if len(best) + 1 < least:
        return None
    shared = Counter(key for _, other in best.values() for key in vector.keys() & vectors[other].keys())
    kernel = frozenset(key for key, n in shared.items() if n * 2 >= len(best))
    if sum(not key.startswith("#") for key in kernel) < KERNEL:
        return None
    return sum(value for value, _ in best.values()), kernel


def _proposal(
    articles: pd.DataFrame, sayings: list[Saying], corpus: Corpus, link: _Link, least: int
) -> dict[str, Any] | None:
    """The kernel of a sentence looked for in every article, as `coverage` would."""
    centre = sayings[link.centre]
    terms = [t for t in centre.terms if {key for key, _ in _keys(t)} & link.kernel]
    if len(terms) < KERNEL or all(term.kind == "name" for term in terms):
        return None
    best: dict[int, tuple[float, Saying]] = {centre.article: (1.0, centre)}
    for match in corpus.matches(replace(centre, terms=terms), pairs=False):
        held = best.get(match.saying.article)
        if match.score >= FOUND and (held is None or match.score > held[0]):
            best[match.saying.article] = (match.score, match.saying)
    told = [saying for _, (_, saying) in sorted(best.items())]
    n_outlets = articles["outlet"].iloc[list(best)].nunique()
    if n_outlets < least:
        return None
    scores = [score for score, saying in best.values() if saying is not centre]
    quoted = sum(_quoted_words(saying, articles["text"].iloc[saying.article], link.kernel) for saying in told) >= 2
    kind = "quotation" if quoted else "number" if any(t.amount for t in terms) else "wording"
    whole_sentences = [saying for saying in told if saying is centre or _says_something(saying)]
    plain = min(whole_sentences, key=lambda saying: (_plainness(saying, link.kernel), saying.article))
    words = [t.key for t in sorted(terms, key=lambda t: -corpus.rare(_n_with(corpus, t))) if t.kind == "word"][:3]
    whole = {(m.saying.article, m.saying.start) for m in corpus.matches(centre) if m.score >= FOUND}
    clear = [saying for saying in told if saying is centre or (saying.article, saying.start) in whole]
    return {
        "kernel": link.kernel,
        "fact": NAME.sub("_", "_".join(dict.fromkeys(words)) or "fact").strip("_"),
        "statement": re.sub(r"\s+", " ", plain.text),
        "n_outlets": int(n_outlets),
        "n_articles": len(best),
        "kind": kind,
        "score": round(float(np.mean(scores)), 4),
        "sentences": tuple((articles["article_id"].iloc[s.article], s.start, s.end, s.text) for s in told),
        "clear": tuple(articles["article_id"].iloc[saying.article] for saying in clear),
    }


def _says_something(saying: Saying) -> bool:
    """More than a few words, and more than names: "Iowa" alone is no fact."""
    return len(saying.text.split()) >= FEW and any(term.kind != "name" for term in saying.terms)


def _n_with(corpus: Corpus, term: Term) -> float:
    numbers = {n for n, other in enumerate(corpus.terms) if other.key == term.key}
    return sum(not numbers.isdisjoint(bag.tolist()) for bag in corpus.bags)


def _quoted_words(saying: Saying, text: str, kernel: frozenset[str]) -> bool:
    """Does the sentence put two of the shared words in quotation marks?"""
    marks = [(m.start, m.end) for m in quotation_spans(text, saying.start, saying.end)]
    inside = {
        key
        for term in saying.terms
        for key, _ in _keys(term)
        if any(a <= term.start < b for a, b in marks) and not key.startswith("#")
    }
    return len(inside & kernel) >= 2


def _plainness(saying: Saying, kernel: frozenset[str]) -> float:
    """Words of the sentence, more for one that begins with a pronoun or a quotation, or lacks the shared words, and
    for a headline: less is plainer."""
    has = {key for term in saying.terms for key, _ in _keys(term)}
    lacking = len(kernel - has) / len(kernel)
    return len(saying.text.split()) * (1 + lacking) + sum(
        [15 * bool(PRONOUN.match(saying.text)), 15 * (saying.zone not in BODY), 5 * (saying.text[:1] in "“\"‘'")]
    )


def _overlap(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) > OVERLAP * min(len(one), len(other))


def _different(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what another event's proposal has said before."""
    kept: list[dict[str, Any]] = []
    for row in rows:
        if not any(_overlap(row["kernel"], other["kernel"]) for other in kept):
            kept.append(row)
    return kept


def _unique(names: list[str]) -> list[str]:
    result: dict[str, None] = {}
    for name in names:
        called, number = name, 1
        while called in result:
            number += 1
            called = f"{name}_{number}"
        result[called] = None
    return list(result)
