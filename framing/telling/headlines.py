"""The headline against the body: what one says that the other does not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from framing.steadiness import steady
from framing.tables import KEYS, as_articles
from framing.telling.alikeness import Countries, likeness
from framing.telling.looks import BODY, CUES
from framing.telling.matching import Corpus
from framing.telling.sayings import Saying, Term, countries_of, sayings_of

COLUMNS = [*KEYS, "item", "kind", "stands_in", "n_mentions", "similarity", "start", "end", "sentence"]
ALIKE = 0.7  # likeness from which a word of the one is told in the other
OFTEN = 3  # mentions in the body that the headline could have taken up
TOLD, UNSURE = 0.57, 0.45  # as in `coverage`


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
    return pd.DataFrame(rows, columns=COLUMNS)


def _whole(corpus: Corpus, head: Saying, number: int) -> dict[str, Any]:
    inside = [match for match in corpus.matches(head) if match.saying.article == number and match.saying.zone in BODY]
    best = max(inside, key=lambda match: match.score, default=None)
    score = best.score if best else 0.0
    told = "both" if score >= TOLD else "unsure" if score >= UNSURE else "headline"
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
            rows.append(_row(term, "headline", 0))
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
            rows.append(_row(terms[0], "body", len(terms)))
    return rows


def _row(term: Term, stands_in: str, n_mentions: int) -> dict[str, Any]:
    return {"item": term.key, "kind": term.kind, "stands_in": stands_in, "n_mentions": n_mentions, "similarity": pd.NA,
            "start": term.start, "end": term.end}


def _around(sayings: Sequence[Saying], start: Any, text: str) -> Any:
    return next((text[s.start:s.end] for s in sayings if pd.notna(start) and s.start <= start < s.end), pd.NA)
