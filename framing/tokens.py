"""One row per token, with its zone and whose voice it stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import pandas as pd

from framing.compare import estimate_by
from framing.language import parse
from framing.passages import find_passages
from framing.quotes import find_quotes
from framing.steadiness import steady
from framing.tables import COLUMNS, KEYS, LEFT_OUT, as_articles, empty_table, require_columns
from framing.voice import spans_by_article

VOICES = ["outlet", "quoted", "reported"]


@steady
def tokens(articles: pd.DataFrame, *, quotes: pd.DataFrame | None = None,
           leave_out: Sequence[str] = LEFT_OUT, progress: bool = False) -> pd.DataFrame:
    """Every running token of the articles, in order.

    Parameters
    ----------
    articles : as from `read_articles`.
    quotes : as from `find_quotes`; found anew when not given.
    leave_out : zones whose tokens are left out, by default page furniture and second stories.
    progress : show a progress bar while articles are parsed.

    Returns
    -------
    One row per token: ``article_id, outlet, event``; ``sentence`` (number within the article, from 0);
    ``start, end`` (offsets in ``articles.text``); ``token`` (as written), ``lemma``, ``pos`` (Universal
    Dependencies tag, "PUNCT" for marks); ``zone``; ``voice`` ("outlet", "quoted", "reported") and
    ``speaker`` (missing in the outlet's own voice and where the speaker is unknown).

    Notes
    -----
    Lemma and part of speech come from spaCy's small English model (tag accuracy about .97 on news);
    voice is as good as `find_quotes`, whose accuracy on hand-annotated news stands in its docstring.
    """
    articles = as_articles(articles)
    if articles.empty:
        return empty_table("tokens")
    quotes = find_quotes(articles) if quotes is None else quotes
    require_columns(quotes, ["article_id", "content_spans", "kind"], made_by="find_quotes")
    voices = spans_by_article(articles, quotes)
    passages = dict(list(find_passages(articles).groupby("article_id", sort=False)))
    rows = []
    for article, doc in parse(articles, progress=progress):
        here = passages.get(article.article_id)
        if here is None:
            continue
        zones = list(zip(here["start"], here["end"], here["zone"], strict=True))
        spoken = [(start, end, (voice, speaker))
                  for start, end, voice, speaker, *_ in voices.get(article.article_id, [])]
        zone_of, voice_of = _lookup(zones), _lookup(spoken)
        for number, sentence in enumerate(doc.sents):
            for token in sentence:
                zone = zone_of(token.idx)
                if token.is_space or zone is None or zone in leave_out:
                    continue
                voice, speaker = voice_of(token.idx) or ("outlet", pd.NA)
                rows.append((article.article_id, article.outlet, article.event, number, token.idx,
                             token.idx + len(token), token.text, token.lemma_, token.pos_, zone, voice, speaker))
    return pd.DataFrame(rows, columns=COLUMNS["tokens"])


def voice_share(token_table: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """How each outlet's words divide between its own voice and the voices it quotes.

    Parameters
    ----------
    token_table : as from `tokens`; punctuation is not counted.
    seed : of the bootstrap behind the intervals.

    Returns
    -------
    One row per outlet and voice ("outlet", "quoted", "reported"): ``share`` (0 to 1, mean over articles)
    with its interval ``low, high``, ``n_words``, ``n_articles``, ``n_events`` and ``method``.
    """
    require_columns(token_table, [*KEYS, "voice", "pos"], made_by="tokens")
    words = token_table[~token_table["pos"].isin(["PUNCT", "SPACE"])]
    rows = (words.groupby([*KEYS, "voice"], dropna=False).size().unstack(fill_value=0)
            .reindex(columns=VOICES, fill_value=0))
    rows = rows.div(rows.sum(axis=1), axis=0).stack().rename("share").reset_index()
    shares = estimate_by(rows, "share", by=["outlet", "voice"], seed=seed).rename(columns={"estimate": "share"})
    n_words = words.groupby(["outlet", "voice"]).size().rename("n_words").reset_index()
    shares = shares.merge(n_words, on=["outlet", "voice"], how="left").fillna({"n_words": 0})
    shares["voice"] = pd.Categorical(shares["voice"], VOICES, ordered=True)
    shares = shares.sort_values(["outlet", "voice"], ignore_index=True)
    return shares.astype({"voice": "object", "n_words": int})


def _lookup(spans):
    """A function giving the value of the sorted ``(start, end, value)`` span that holds a position."""
    starts = [start for start, _, _ in spans]

    def value_at(position: int):
        index = bisect_right(starts, position) - 1
        return spans[index][2] if index >= 0 and position < spans[index][1] else None
    return value_at
