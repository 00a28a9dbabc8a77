"""How often each article uses each word: the counts that keyness, dispersion and frequency lists rest on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from framing.language import parse
from framing.quotes.finding import counted_quotes
from framing.quotes.voice import spans_by_article
from framing.stats.comparison import estimate_by
from framing.steadiness import steady
from framing.tables import COLUMNS, KEYS, LEFT_OUT, ZONES, as_articles, empty_table, require_columns
from framing.words import measures
from framing.words.house_styles import TITLES, fold_vocabulary, own_name_spans
from framing.words.index import UNITED_STATES, VOICES, Voice, WordIndex, in_voice, word_index
from framing.words.patterns import parts_of_speech
from framing.zones.passages import dateline, find_passages

UNITS = ["word", "lemma", "topic"]
FORMULAS = Path(__file__).parents[1] / "data" / "lexicons" / "formulas.txt"
PHRASE = (2, 4)  # words of a phrase
LEAST_PHRASE, LEAST_ARTICLES = 3, 2  # times, and articles, that make words that stand together a phrase
MOSTLY = 0.8  # share of its uses inside a longer phrase from which a phrase is only a part of it
TOGETHER = 3.0  # least pointwise mutual information, in bits, of first and last pair: no chance
NOT_STORY = ["byline", "credit"]  # who wrote and who photographed: the same words under every article of an outlet
COURTESY = {"mr", "mrs", "ms", "messrs"}  # one paper writes "Mr. Brook" where another writes "Brook"


@dataclass(frozen=True)
class WordCounts:
    """Counts of words by article.

    ``matrix`` (sparse) has a row per row of ``articles`` and a column per entry of ``words``; ``sizes`` is the
    number of words of each article. ``n_other_voices`` and ``n_furniture`` were left out, ``n_own_name`` words
    stood in the name of an outlet.
    """

    words: np.ndarray
    matrix: Any
    sizes: np.ndarray
    articles: pd.DataFrame
    n_other_voices: int
    n_furniture: int
    n_own_name: int


def frequencies(
    articles: pd.DataFrame,
    *,
    by: str | Sequence[str] | None = "outlet",
    unit: str = "word",
    voice: Voice = "outlet",
    pos: str | Sequence[str] | None = None,
    quotes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """How often each word occurs, per outlet, and how evenly over its articles.

    Parameters
    ----------
    articles : as from `read_articles`.
    by : column or columns of `articles` that make the groups; None for all articles together.
    unit : "word" (as written, in lower case, house style folded), "lemma" (dictionary form) or "topic" (words that tell
        of a topic, and phrases of two to four of them that stand together; function words, formulas of the trade in
        ``data/lexicons/formulas.txt``, datelines and single letters set aside).
    voice : whose words: by default the outlet's own; "quoted", "reported", a list of them, or None for all.
    pos : only words of this part of speech, or these, such as ``["ADJ", "NOUN"]``; rates stay per million of all words.

    Returns
    -------
    One row per group and word, the most frequent first: the group, ``word, n, per_million, n_articles``
    (articles that have it), ``n_articles_all``, and the dispersion over the group's articles: ``dp`` and
    ``dp_norm`` (0 even to 1 clumped), ``juilland_d`` (1 even to 0). Raises ``ValueError`` for a missing column, an
    unknown unit, voice or part of speech.
    """
    groups = [] if by is None else [by] if isinstance(by, str) else list(by)
    require_columns(articles, [name for name in groups if name not in KEYS], made_by="read_articles")
    columns = [*groups, "word", "n", "per_million", "n_articles", "n_articles_all", "dp", "dp_norm", "juilland_d"]
    counts = word_counts(articles, unit=unit, voice=voice, pos=pos, quotes=quotes)
    tables = []
    parts = (
        [((), np.arange(len(counts.articles)))]
        if not groups
        else [
            (key, np.sort(rows))
            for key, rows in _described(counts, articles, groups).groupby(groups, dropna=False).indices.items()
        ]
    )
    for key, rows in parts:
        matrix, sizes = counts.matrix[rows], counts.sizes[rows]
        n = np.asarray(matrix.sum(axis=0)).ravel().astype(int)
        here = np.flatnonzero(n)
        if not len(here):
            continue
        part = spread(matrix[:, here], sizes)
        part.insert(0, "word", counts.words[here])
        part.insert(1, "n", n[here])
        part.insert(2, "per_million", n[here] / sizes.sum() * 1e6)
        for name, value in zip(groups, key if isinstance(key, tuple) else (key,), strict=True):
            part[name] = value
        tables.append(part.sort_values(["n", "word"], ascending=[False, True]))
    if not tables:
        return pd.DataFrame({column: pd.Series(dtype="object") for column in columns})
    return pd.concat(tables, ignore_index=True)[columns]


def _described(counts: WordCounts, articles: pd.DataFrame, groups: list[str]) -> pd.DataFrame:
    """The articles of the counts with the columns that make the groups."""
    known = as_articles(articles).set_index("article_id", drop=False)
    return known.loc[counts.articles["article_id"], list(dict.fromkeys(["article_id", *groups]))].reset_index(drop=True)


def spread(matrix: Any, sizes: np.ndarray, *, block: int = 2000) -> pd.DataFrame:
    """Range and dispersion of each column of an articles x words matrix, a few thousand words at a time."""
    found = []
    for begin in range(0, matrix.shape[1], block):
        dense = matrix[:, begin : begin + block].toarray().T
        found.append(
            pd.DataFrame(
                {
                    "n_articles": (dense > 0).sum(axis=1),
                    "dp": measures.dp(dense, sizes),
                    "dp_norm": measures.dp_norm(dense, sizes) if len(sizes) > 1 else np.nan,
                    "juilland_d": measures.juilland_d(dense, sizes) if len(sizes) > 1 else np.nan,
                }
            )
        )
    table = pd.concat(found, ignore_index=True)
    table.insert(1, "n_articles_all", len(sizes))
    return table


def word_counts(
    articles: pd.DataFrame,
    *,
    unit: str = "word",
    voice: Voice = "outlet",
    pos: str | Sequence[str] | None = None,
    quotes: pd.DataFrame | None = None,
) -> WordCounts:
    """The counts themselves; parameters as for `frequencies`.

    House style is folded ("U.S.", curly apostrophes), titles ("Mr.", and "Rep." or "Representative" before a name, which
    each house shortens or leaves out in its own way) and single letters are left out, words
    cut at hyphens ("Jong-un" is "Jong Un"), bylines, credits and the outlet's own name set aside. Articles without a
    word in this voice have no row.
    """
    from scipy.sparse import csr_matrix

    if unit not in UNITS:
        raise ValueError(f"unit is {unit!r}; choose one of {UNITS}.")
    wanted = parts_of_speech(pos)
    articles = as_articles(articles)
    index = word_index(articles, quotes)
    own_names = _own_names(index)
    spoken = in_voice(index, voice)
    names, number = np.unique(folded_vocabulary(index), return_inverse=True)
    column = number[index.lemma if unit == "lemma" else index.form] if len(index.form) else index.form
    story = ~np.isin(index.zone, [ZONES.index(zone) for zone in NOT_STORY])
    keep = index.is_word & spoken & story & ~own_names & (names[column] != "" if len(names) else True)
    sizes = np.bincount(index.article[keep], minlength=len(articles)).astype(float)
    some = sizes > 0
    counted = keep & ~_titles_before_names(index)
    if wanted is not None:
        counted &= np.isin(index.pos, index.tag_numbers(wanted))
    if unit == "topic":
        words, matrix = _topics(index, names, column, counted)
        return WordCounts(
            words=words,
            matrix=matrix[some],
            sizes=sizes[some],
            articles=articles.loc[some, KEYS].reset_index(drop=True),
            n_other_voices=int((index.is_word & ~spoken).sum()),
            n_furniture=index.n_left_out,
            n_own_name=int((index.is_word & spoken & own_names).sum()),
        )
    used, column = np.unique(column[counted], return_inverse=True)
    matrix = csr_matrix((np.ones(len(column)), (index.article[counted], column)), shape=(len(articles), len(used)))
    return WordCounts(
        words=names[used].astype(str),
        matrix=matrix[some],
        sizes=sizes[some],
        articles=articles.loc[some, KEYS].reset_index(drop=True),
        n_other_voices=int((index.is_word & ~spoken).sum()),
        n_furniture=index.n_left_out,
        n_own_name=int((index.is_word & spoken & own_names).sum()),
    )


def _topics(index: WordIndex, names: np.ndarray, column: np.ndarray, counted: np.ndarray) -> tuple[np.ndarray, Any]:
    """Words and phrases that tell of a topic, and their counts by article."""
    from scipy.sparse import csr_matrix

    single, several = _formulas()
    plain = np.array(
        [len(name) < 3 or name in single or not any(c.isalpha() for c in name) for name in names], dtype=bool
    )
    counted = counted & ~_datelines(index)
    telling = counted & ~plain[column] if len(column) else counted
    halves = {
        place
        for place in np.flatnonzero(telling[2:]).tolist()
        if counted[place] and not telling[place] and _next(index, place, place + 2)
    }  # the "same" of "same-sex"
    hits: Counter[tuple[int, str]] = Counter()
    for place in np.flatnonzero(telling).tolist():
        if place - 2 in halves:
            continue
        hits[int(index.article[place]), str(names[column[place]])] += 1
    n_words, once = max(int(counted.sum()), 1), Counter(column[counted].tolist())
    pairs: Counter[tuple[int, int]] = Counter()
    runs: Counter[tuple[int, tuple[int, ...]]] = Counter()
    places = np.flatnonzero(counted).tolist()
    ends = [i for i in range(len(places)) if i + 1 == len(places) or not _next(index, places[i], places[i + 1])]
    begin = 0
    for end in ends:
        here = places[begin : end + 1]
        begin = end + 1
        pairs.update((int(column[a]), int(column[b])) for a, b in pairwise(here))
        for length in range(PHRASE[0], PHRASE[1] + 1):
            for first in range(len(here) - length + 1):
                opens = telling[here[first]] and here[first] - 2 not in halves
                if (opens or here[first] in halves) and telling[here[first + length - 1]]:
                    runs[
                        int(index.article[here[0]]), tuple(int(column[at]) for at in here[first : first + length])
                    ] += 1
    times, spread_over = Counter[tuple[int, ...]](), Counter(words for _, words in runs)
    for (_, words), n in runs.items():
        times[words] += n
    held = {
        part
        for words, n in times.items()
        if n >= LEAST_PHRASE
        for part in (words[:-1], words[1:])
        if n >= MOSTLY * times[part]
    }  # "majority leader" inside "senate majority leader"
    for (article, words), n in runs.items():
        if times[words] < LEAST_PHRASE or spread_over[words] < LEAST_ARTICLES or words in held:
            continue
        bits = min(np.log2(pairs[one, two] * n_words / (once[one] * once[two])) for one, two in (words[:2], words[-2:]))
        phrase = " ".join(str(names[word]) for word in words)
        if bits >= TOGETHER and phrase not in several:
            hits[article, phrase] = n
    found = sorted({word for _, word in hits})
    number = {word: place for place, word in enumerate(found)}
    rows = [article for article, _ in hits]
    matrix = csr_matrix(
        (np.array(list(hits.values()), dtype=float), (rows, [number[word] for _, word in hits])),
        shape=(len(index.articles), len(found)),
    )
    return np.array(found, dtype=str), matrix


def _next(index: WordIndex, one: int, other: int) -> bool:
    """Do the two words stand side by side in one sentence, with nothing or a hyphen between?"""
    if index.sentence_number[one] != index.sentence_number[other]:
        return False
    return other == one + 1 or (
        other == one + 2 and index.end[one] == index.start[one + 1] and (index.end[one + 1] == index.start[other])
    )


def _datelines(index: WordIndex) -> np.ndarray:
    """Tokens of a place name that opens a story: "WASHINGTON —", "STRELSAU, Ruritania (AP) --"."""
    marked = np.zeros(len(index.form), dtype=bool)
    for row, text in enumerate(index.articles["text"]):
        for line in re.finditer(r"[^\n]+", text):
            opening = dateline(text, *line.span())
            if opening:
                marked[slice(*index.tokens_of(row, *opening))] = True
    return marked


@lru_cache(maxsize=1)
def _formulas() -> tuple[frozenset[str], frozenset[str]]:
    """Single words that say nothing of a topic, and phrases."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    single, several = set(ENGLISH_STOP_WORDS), set()
    for line in FORMULAS.read_text(encoding="utf-8").splitlines():
        if line.startswith("="):
            several.add(line[1:].strip())
        elif not line.startswith("#"):
            single.update(line.split())
    return frozenset(single), frozenset(several)


def folded_vocabulary(index: WordIndex) -> np.ndarray:
    """The vocabulary in one house style; what is no word of its own ("'s") becomes empty.

    Two spellings of one name become the commoner; the country keeps its capitals ("US"), so that it is not "us".
    Courtesy titles and single letters ("D-Ohio") are no words either.
    """
    folded = [
        word if word not in COURTESY and (len(word) > 1 or word in ("a", "i") or not word.isalpha()) else ""
        for word in fold_vocabulary(index.vocabulary)
    ]
    alike = {before.lower(): after.lower() for before, after in index.transliterations.items()}
    return np.array(
        [
            "US" if word == UNITED_STATES else alike.get(after, after)
            for word, after in zip(index.vocabulary, folded, strict=True)
        ],
        dtype=object,
    )


def _titles_before_names(index: WordIndex) -> np.ndarray:
    """Tokens of a title that houses shorten ("Rep.", "Senator", "Gov."), where a person's name follows it."""
    short = set(TITLES) - {"st.", "jr.", "sr."}
    shortened, titled = (
        np.isin(index.form, [n for n, word in enumerate(index.vocabulary) if word in titles])
        for titles in (short, short | {TITLES[word] for word in short})
    )
    proper = np.isin(index.pos, index.tag_numbers(["PROPN"]))
    person = np.isin(index.entity, index.tag_numbers(["PERSON"])) | (
        proper & np.isin(index.entity, index.tag_numbers([""]))
    )
    stop = np.isin(index.form, [index.number_of.get(".", -1)])
    found = np.zeros(len(titled) + 2, dtype=bool)
    for place in np.flatnonzero(titled[:-2])[::-1].tolist():  # backwards: "Lieutenant General Ada Brook"
        after = place + 1 + int(shortened[place] and stop[place + 1])  # "Sgt" and "." may be two tokens
        same = shortened[place] or index.sentence_number[place] == index.sentence_number[after]
        named = proper if shortened[place] else person
        found[place] = same and bool(named[after] or found[after])
    return found[: len(titled)]


def _own_names(index: WordIndex) -> np.ndarray:
    """Tokens that stand in the name of the article's own outlet."""
    marked = np.zeros(len(index.form), dtype=bool)
    for row, article in enumerate(index.articles.itertuples(index=False)):
        for start, end in own_name_spans(article.text, str(article.outlet)):
            marked[slice(*index.tokens_of(row, start, end))] = True
    return marked


# One row per token, with its zone and whose voice it stands in.


@steady
def tokens(
    articles: pd.DataFrame,
    *,
    quotes: pd.DataFrame | None = None,
    leave_out: Sequence[str] = LEFT_OUT,
    progress: bool = False,
) -> pd.DataFrame:
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
    quotes = counted_quotes(articles, quotes)
    require_columns(quotes, ["article_id", "content_spans", "kind"], made_by="find_quotes")
    voices = spans_by_article(articles, quotes)
    passages = dict(list(find_passages(articles).groupby("article_id", sort=False)))
    rows = []
    for article, doc in parse(articles, progress=progress):
        here = passages.get(article.article_id)
        if here is None:
            continue
        zones = list(zip(here["start"], here["end"], here["zone"], strict=True))
        spoken = [
            (start, end, (voice, speaker)) for start, end, voice, speaker, *_ in voices.get(article.article_id, [])
        ]
        zone_of, voice_of = _lookup(zones), _lookup(spoken)
        for number, sentence in enumerate(doc.sents):
            for token in sentence:
                zone = zone_of(token.idx)
                if token.is_space or zone is None or zone in leave_out:
                    continue
                voice, speaker = voice_of(token.idx) or ("outlet", pd.NA)
                rows.append(
                    (
                        article.article_id,
                        article.outlet,
                        article.event,
                        number,
                        token.idx,
                        token.idx + len(token),
                        token.text,
                        token.lemma_,
                        token.pos_,
                        zone,
                        voice,
                        speaker,
                    )
                )
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
    rows = (
        words.groupby([*KEYS, "voice"], dropna=False).size().unstack(fill_value=0).reindex(columns=VOICES, fill_value=0)
    )
    rows = rows.div(rows.sum(axis=1), axis=0).stack().rename("share").reset_index()
    shares = estimate_by(rows, "share", by=["outlet", "voice"], seed=seed).rename(columns={"estimate": "share"})
    n_words = words.groupby(["outlet", "voice"]).size().rename("n_words").reset_index()
    shares = shares.merge(n_words, on=["outlet", "voice"], how="left").fillna({"n_words": 0})
    shares["voice"] = pd.Categorical(shares["voice"], VOICES, ordered=True)
    shares = shares.sort_values(["outlet", "voice"], ignore_index=True)
    return shares.astype({"voice": "object", "n_words": int})


def _lookup(spans: Sequence[tuple[Any, ...]]) -> Callable[[int], Any]:
    """A function giving the value of the sorted ``(start, end, value)`` span that holds a position."""
    starts = [start for start, _, _ in spans]

    def value_at(position: int) -> Any:
        index = bisect_right(starts, position) - 1
        return spans[index][2] if index >= 0 and position < spans[index][1] else None

    return value_at
