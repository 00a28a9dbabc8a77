"""Facts and the omission grid: which article tells which fact, where, how early and in whose voice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from framing.quotes.finding import find_quotes
from framing.quotes.voice import add_voice
from framing.salience.matching import BODY, CUES, Corpus, Match
from framing.salience.statements import Countries, Saying, Term, countries_of, facts_as_sayings, likeness, sayings_of
from framing.salience.wire_copy import shared_passages
from framing.steadiness import steady
from framing.tables import COLUMNS, KEYS, WORD, as_articles, require_columns

FOUND, UNSURE = 0.57, 0.45  # probabilities from which a fact counts as found, and as one for a person to decide
NEARLY = 0.35  # how much less alike an earlier passage may be than the best one and still be the evidence
EXTRA = ["speaker", "zone", "wire", "n_sentences"]
NOT_FOUND = "not found"


@steady
def coverage(articles: pd.DataFrame, facts: pd.DataFrame | str | Path, *, quotes: pd.DataFrame | None = None,
             found: float = FOUND, unsure: float = UNSURE) -> pd.DataFrame:
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
    purpose. Decide "unsure" cells by reading. On five real pages and 45 facts that nothing was learned from,
    precision of "found" is about .90 and recall about .91, unsure cells (5 %) counted as missed; on the bundled
    corpus .96 and .93 with facts left out of learning. On invented events full of near misses and far
    paraphrases it is .76 and .63: read the evidence of a fact that is told by contraries, other numbers or
    figures of speech. See ``data/models/coverage/MODEL_CARD.md``.
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
            raise ValueError(f"The statement of {name!r} is {fact.text!r}, with no name, number or telling word to "
                             "look for. Write one plain sentence that says who did what.")
        matches: dict[int, list[Match]] = {}
        for match in corpus.matches(fact):
            matches.setdefault(match.saying.article, []).append(match)
        for number, article in enumerate(articles.itertuples(index=False)):
            evidence = _evidence(matches.get(number, []), found)
            rows.append(_row(article, name, evidence, found, unsure, n_sentences.get(number, 0), before))
    table = pd.DataFrame(rows).astype({"start": "Int64", "end": "Int64"})
    table["position"] = pd.array(table["position"], dtype="Float64").to_numpy(float, na_value=float("nan"))
    quotes = find_quotes(articles) if quotes is None else quotes
    voiced = add_voice(table, articles, quotes)
    here = table["start"].notna()
    table["voice"] = voiced["voice"].where(here, pd.NA)
    table["speaker"] = voiced["speaker"].where(here, pd.NA)
    table["wire"] = _shared_with(table, shared_passages(articles))
    return table.reindex(columns=columns)


def _shared_with(table: pd.DataFrame, shared: pd.DataFrame) -> list[Any]:
    """The other outlets that print most of the evidence word for word, missing where it is the outlet's alone."""
    copied = {article: rows[["outlet", "start", "end", "with_outlet"]].to_numpy().tolist()
              for article, rows in shared.groupby("article_id", sort=False)}
    found: list[Any] = []
    for row in table[["article_id", "start", "end"]].itertuples(index=False):
        others = {other for outlet, start, end, other in copied.get(row.article_id, [])
                  if pd.notna(row.start) and other != outlet
                  and 2 * (min(end, row.end) - max(start, row.start)) > row.end - row.start}
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
        raise ValueError(f"{int(unnamed.sum())} of {len(listed)} facts have no name; the first statement without one "
                         f"is {listed.loc[unnamed, 'statement'].iloc[0]!r}. Give each a short name in the column fact.")
    empty = listed["statement"].isna() | (listed["statement"].astype(str).str.strip() == "")
    if empty.any():
        unsaid = ", ".join(map(str, listed.loc[empty, "fact"].head(5)))
        raise ValueError(f"{int(empty.sum())} of {len(listed)} facts have no statement: {unsaid}. "
                         "Write one plain sentence for each.")
    twice = listed["fact"][listed["fact"].duplicated()]
    if len(twice):
        raise ValueError(f"The fact {twice.iloc[0]!r} stands in the list twice. Give every fact a name of its own.")
    return listed.reset_index(drop=True)


def _facts_in(path: Path) -> pd.DataFrame:
    """The rows of a CSV file of facts, whatever its encoding and delimiter, column names in lower case."""
    from framing.articles.formats.table import rows_of
    from framing.articles.opened_file import File, Unreadable

    needed = "a CSV file with the columns fact and statement, one plain sentence per fact"
    if not path.is_file():
        raise FileNotFoundError(f"There is no file of facts {path.name!r} at the place given. Write {needed}.")
    broken: list[tuple[str, str]] = []
    try:
        rows = rows_of(File(f"{path.stem}.csv", path.read_bytes()), broken)
    except Unreadable as error:
        raise ValueError(f"The facts in {path.name!r} cannot be read: {error}. Save them as {needed}.") from None
    if broken:
        raise ValueError(f"The facts in {path.name!r} cannot be read: {broken[0][0]}: {broken[0][1]}. A statement with "
                         "a comma in it stands between double quotes.")
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


def _preferred(match: Match) -> float:
    """Body before headline, one sentence before two, where they state the fact about equally well."""
    return match.score + (0.05 if match.saying.zone in BODY else 0.0)


def _row(article: Any, fact: str, match: Match | None, found: float, unsure: float, n_sentences: int,
         before: dict[tuple[int, int], float]) -> dict[str, Any]:
    score = match.score if match else 0.0
    verdict = "found" if score >= found else "unsure" if score >= unsure else NOT_FOUND
    row: dict[str, Any] = {"article_id": article.article_id, "outlet": article.outlet, "event": article.event,
                           "fact": fact, "found": verdict, "similarity": round(min(score, 1.0), 4),
                           "n_sentences": n_sentences, "start": pd.NA, "end": pd.NA, "position": pd.NA,
                           "sentence": pd.NA, "zone": pd.NA}
    if match and verdict != NOT_FOUND:
        saying = match.saying
        row |= {"start": saying.start, "end": saying.end, "position": before[saying.article, saying.start],
                "sentence": article.text[saying.start:saying.end], "zone": saying.zone}
    return row


# The headline against the body: what one says that the other does not.

DIFFERENCES = [*KEYS, "item", "kind", "stands_in", "n_mentions", "similarity", "start", "end", "sentence"]
ALIKE = 0.7  # likeness from which a word of the one is told in the other
OFTEN = 3  # mentions in the body that the headline could have taken up
TOLD, UNCLEAR = 0.57, 0.45  # as in `coverage`


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
    "amount" or "word"; ``n_mentions`` in lead and body; ``start, end`` of the first mention, for the headline as a
    whole of the sentence.

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
        found = [_whole(corpus, head[0], number), *_only_headline(head, body, country_of),
                 *_only_body(head, body, country_of, often)]
        for row in found:
            start, end = row.pop("start"), row.pop("end")
            sentence = article.text[start:end] if row["kind"] == "headline" and pd.notna(start) else _around(
                here, start, article.text)
            rows.append({**keys, **row, "start": start, "end": end, "sentence": sentence})
    return pd.DataFrame(rows, columns=DIFFERENCES)


def _whole(corpus: Corpus, head: Saying, number: int) -> dict[str, Any]:
    inside = [match for match in corpus.matches(head) if match.saying.article == number and match.saying.zone in BODY]
    best = max(inside, key=lambda match: match.score, default=None)
    score = best.score if best else 0.0
    told = "both" if score >= TOLD else "unsure" if score >= UNCLEAR else "headline"
    here = best is not None and told != "headline"
    return {"item": head.text, "kind": "headline", "stands_in": told, "n_mentions": pd.NA,
            "similarity": round(score, 4), "start": best.saying.start if best and here else pd.NA,
            "end": best.saying.end if best and here else pd.NA}


def _only_headline(head: Sequence[Saying], body: Sequence[Saying], country_of: Countries) -> list[dict[str, Any]]:
    told = [term for saying in body for term in saying.terms]
    rows, seen = [], set()
    for term in (term for saying in head for term in saying.terms):
        if term.key in CUES or (term.kind, term.key) in seen:
            continue
        seen.add((term.kind, term.key))
        if max((likeness(term, other, country_of) for other in told), default=0.0) < ALIKE:
            rows.append(_difference(term, "headline", 0))
    return rows


def _only_body(head: Sequence[Saying], body: Sequence[Saying], country_of: Countries,
               often: int) -> list[dict[str, Any]]:
    mentions: dict[str, list[Term]] = {}
    for term in (term for saying in body for term in saying.terms if term.kind == "name"):
        mentions.setdefault(term.key, []).append(term)
    printed = [term for saying in head for term in saying.terms]
    rows = []
    for terms in sorted(mentions.values(), key=lambda terms: (-len(terms), terms[0].start)):
        if len(terms) >= often and max((likeness(terms[0], o, country_of) for o in printed), default=0.0) < ALIKE:
            rows.append(_difference(terms[0], "body", len(terms)))
    return rows


def _difference(term: Term, stands_in: str, n_mentions: int) -> dict[str, Any]:
    return {"item": term.key, "kind": term.kind, "stands_in": stands_in, "n_mentions": n_mentions, "similarity": pd.NA,
            "start": term.start, "end": term.end}


def _around(sayings: Sequence[Saying], start: Any, text: str) -> Any:
    return next((text[s.start:s.end] for s in sayings if pd.notna(start) and s.start <= start < s.end), pd.NA)
