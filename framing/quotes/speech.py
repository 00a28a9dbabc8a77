"""Who is given words: shares of speech, who comes first and longest, by which verbs, and who is not quoted.

The same utterance in several outlets, translated, trimmed or paraphrased, is set side by side by `quote_matches`.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from framing.entities.names import fold_name, split_speakers
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
    rows = quotes[_in_others_words(quotes)].copy()
    members = [split_speakers(speaker) or [pd.NA] for speaker in rows["speaker"]]
    if "speaker_role" in rows:
        roles = [split_speakers(role) for role in rows["speaker_role"]]
        rows["speaker_role"] = [
            (role if len(role) == len(names) else role[:1] * len(names)) or [pd.NA] * len(names)
            for role, names in zip(roles, members, strict=True)
        ]
    rows["speaker"] = members
    columns = ["speaker", "speaker_role"] if "speaker_role" in rows else ["speaker"]
    rows = rows.explode(columns, ignore_index=True) if len(rows) else rows.reset_index(drop=True)
    rows["n_words"] = rows["n_words"].astype("int64")
    return rows


def _in_others_words(quotes: pd.DataFrame) -> pd.Series:
    """Which rows are neither the outlet's own words nor nested in others'."""
    nested = quotes["nested"].fillna(False).astype(bool) if "nested" in quotes else pd.Series(False, index=quotes.index)
    own = quotes["voice"] == "outlet" if "voice" in quotes else quotes["kind"] == "scare"
    return ~own & ~nested


def with_governments(rows: pd.DataFrame, links: pd.DataFrame | None = None) -> pd.DataFrame:
    """`rows` of `spoken_rows` with a capital, country or ministry among the speakers under its government's name.

    `links`: as from `speaker_links`, where they are known already.
    """
    links = speaker_links(rows) if links is None else links
    called = dict(zip(links["speaker"], links["link"], strict=True))
    return rows.assign(speaker=[called.get(name, name) for name in rows["speaker"]])


def speech_share(
    quotes: pd.DataFrame,
    by: str = "speaker",
    *,
    per_event: bool = False,
    kind: str | None = None,
    intervals: bool = False,
    seed: int = 0,
) -> pd.DataFrame:
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
        n_quotes=("n_words", "size"),
        n_words=("n_words", "sum"),
        n_articles=("article_id", "nunique"),
        n_events=("event", "nunique"),
    )
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
        found.append(
            [
                *keys,
                told["speaker"].iloc[0] if len(told) else pd.NA,
                words.idxmax() if len(words) else pd.NA,
                int(words.max()) if len(words) else pd.NA,
                "; ".join(dict.fromkeys(part.loc[above, "speaker"].dropna())) or pd.NA,
                part["quote_id"].nunique(),
                len(words),
                part.loc[part["kind"] == "direct", "n_words"].sum() / total if total else pd.NA,
            ]
        )
    return pd.DataFrame(
        found,
        columns=[*KEYS, "first", "longest", "longest_words", "headline", "n_quotes", "n_speakers", "share_direct"],
    )


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
    rows = with_governments(rows, links)
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
                found.append(
                    [
                        outlet,
                        event,
                        speaker,
                        NOT_FOUND,
                        "; ".join(sorted(by_others.index)),
                        len(by_others),
                        int(by_others.sum()),
                        is_named,
                    ]
                )
    table = pd.DataFrame(
        found,
        columns="""
        outlet event speaker found quoted_by n_outlets n_words named
    """.split(),
    )
    return table.sort_values(
        ["n_outlets", "n_words", "outlet", "event", "speaker"],
        ascending=[False, False, True, True, True],
        ignore_index=True,
    )


def _named(articles: pd.DataFrame, links: pd.DataFrame) -> dict[tuple[Any, Any], set[str]]:
    """Who is mentioned, by outlet and event; a country stands for its government."""
    from framing.entities.resolution import resolve_mentions

    government = dict(zip(links["country"], links["link"], strict=True))
    named: dict[tuple[Any, Any], set[str]] = {}
    for row in resolve_mentions(articles, pronouns=False, places="with their country").itertuples():
        named.setdefault((row.outlet, row.event), set()).add(government.get(row.entity, row.entity))
    return named


MATCHED = """
    event utterance outlet speaker via kind content n_words n_pieces kept verbatim cut article_id quote_id start end
""".split()
CHAINED = 0.7  # of the likeness asked for that the fullest versions of two groups need to be joined; set by hand
SAME_WORD = 0.68  # cosine of word vectors from which two words count as translations of one
LEAST_WORDS = 3  # content words two versions share at least
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


class _Version(NamedTuple):
    rows: tuple[Any, ...]  # of `quotes`, in the order of the text: the pieces into which an article parts a statement
    words: list[str]  # content words as stems, in order
    known: frozenset[str]
    who: frozenset[str]

    @property
    def row(self) -> Any:
        """The longest piece."""
        return max(self.rows, key=lambda row: row.n_words)


def quote_matches(quotes: pd.DataFrame, *, similarity: float = 0.6) -> pd.DataFrame:
    """Utterances that at least two outlets print, one row per version, with what each version cut.

    Parameters
    ----------
    quotes : as from `find_quotes`; compared within each event.
    similarity : how much of the shorter version the longer one must hold (0 to 1), rare words counting more.

    Returns
    -------
    One row per version, the fullest first, an article's pieces of one statement together: ``event``; ``utterance``
    (number within the table); ``outlet, speaker, via, kind, content, n_words``; ``n_pieces`` (quotations of the
    article that are joined here); ``kept`` (0 to 1: content words of the fullest version that this one has, by the
    same word or one of like meaning, in whatever order); ``verbatim`` (0 to 1: those that stand here as the same words
    in the same order); ``cut``, those it lacks, in the order and wording of the fullest version; ``article_id``, and
    ``quote_id, start, end`` of its longest piece. Utterances in most outlets go first.

    Notes
    -----
    Two versions match if they share words, or words of like meaning by static word vectors, and their speakers do
    not contradict each other. A version shares at least three content words with the fullest one; what an article
    says again of what it has quoted already is not listed. Set phrases that a speaker says twice are one utterance
    here; a free paraphrase with no word in common is missed. The fullest version printed need not be all that was
    said. Read the rows side by side before writing that something was cut.
    """
    require_columns(
        quotes, [*KEYS, "quote_id", "kind", "speaker", "content", "n_words", "start", "end"], made_by="find_quotes"
    )
    rows = quotes[_in_others_words(quotes) & quotes["event"].notna()]
    links = speaker_links(rows)
    country = dict(zip(links["speaker"], links["link"], strict=True))
    found: list[tuple[Any, list[_Version]]] = []
    for event, part in rows.groupby("event", sort=True):
        versions = [_version(row, country) for row in part.sort_values(["article_id", "start"]).itertuples(index=False)]
        waiting = _groups([v for v in versions if len(v.known) >= LEAST_WORDS], similarity)
        while waiting:
            joined, others = _by_article(waiting.pop())
            waiting += _groups(others, similarity)
            if len({version.row.outlet for version in joined}) > 1:
                found.append((event, joined))
    found.sort(
        key=lambda item: (
            -len({v.row.outlet for v in item[1]}),
            -len(item[1]),
            str(item[0]),
            min((v.row.article_id, v.row.start) for v in item[1]),
        )
    )
    table = []
    for number, (event, group) in enumerate(found, start=1):
        for version in group:
            row, kinds = version.row, {piece.kind for piece in version.rows}
            kept, cut = _compared(group[0], version)
            table.append(
                [
                    event,
                    number,
                    row.outlet,
                    row.speaker,
                    getattr(row, "via", pd.NA),
                    row.kind if len(kinds) == 1 else "mixed",
                    " … ".join(piece.content for piece in version.rows),
                    sum(piece.n_words for piece in version.rows),
                    len(version.rows),
                    kept,
                    _in_order(group[0].words, version.words) / len(group[0].words),
                    cut,
                    row.article_id,
                    row.quote_id,
                    row.start,
                    row.end,
                ]
            )
    return pd.DataFrame(table, columns=MATCHED)


def _version(row: Any, country: dict[str, str]) -> _Version:
    words = [_stem(word) for word in _WORD.findall(row.content)]
    kept = [word for word in words if word not in _small()]
    return _Version((row,), kept, frozenset(kept), frozenset(country.get(s, s) for s in split_speakers(row.speaker)))


def _by_article(group: list[_Version]) -> tuple[list[_Version], list[_Version]]:
    """One version per article, the fullest first: its pieces that hold different parts of the fullest one, joined; and
    those of other speakers or with less than `LEAST_WORDS` words of the fullest, which may be another statement.

    What holds no part that another piece of its article lacks is said again, and left out.
    """
    fullest = min(group, key=lambda v: (-len(v.known), v.row.outlet, v.row.start))
    like = _alike(sorted({word for version in group for word in version.known}))
    same = {id(v): len(_held(fullest, v, like)) >= LEAST_WORDS and not _contradict(fullest, v) for v in group}
    others = [version for version in group if not same[id(version)]]
    pieces: dict[Any, list[_Version]] = {fullest.row.article_id: [fullest]}
    held: dict[Any, set[str]] = {fullest.row.article_id: set(fullest.known)}
    for version in sorted(
        (v for v in group if same[id(v)]), key=lambda v: (-len(_held(fullest, v, like)), v.row.start)
    ):
        article = version.row.article_id
        new = _held(fullest, version, like) - held.setdefault(article, set())
        if len(new) >= LEAST_WORDS:
            pieces.setdefault(article, []).append(version)
            held[article] |= new
    first = fullest.row.article_id
    order = sorted(pieces, key=lambda article: (article != first, -len(held[article]), str(article)))
    return [_joined(pieces[article]) for article in order], others


def _held(fullest: _Version, version: _Version, like: dict[str, set[str]]) -> set[str]:
    """The words of the fullest version that `version` has, or a word of like meaning for."""
    return {word for word in fullest.known if word in version.known or like[word] & version.known}


def _joined(parts: list[_Version]) -> _Version:
    parts = sorted(parts, key=lambda v: v.row.start)
    words = [word for part in parts for word in part.words]
    return _Version(
        tuple(row for part in parts for row in part.rows),
        words,
        frozenset(words),
        frozenset().union(*(part.who for part in parts)),
    )


def _in_order(one: list[str], other: list[str]) -> int:
    """The most words of `one` that stand in `other` in the same order.

    The longest common subsequence by whole rows of bits, one for each word of `other` (Hyyrö 2004).
    """
    places: dict[str, int] = {}
    for place, word in enumerate(other):
        places[word] = places.get(word, 0) | 1 << place
    every = (1 << len(other)) - 1
    row = every  # a bit is gone where one word more is in order
    for word in one:
        kept = row & places.get(word, 0)
        row = (row + kept | row - kept) & every
    return len(other) - row.bit_count()


def _groups(versions: list[_Version], similarity: float) -> list[list[_Version]]:
    """Versions joined by likeness, groups of at least two outlets."""
    document = Counter(word for version in versions for word in version.known)
    weight = {word: float(np.log(1 + len(versions) / n)) for word, n in document.items()}
    like = _alike(sorted(document))
    wider = [version.known.union(*(like[word] for word in version.known)) for version in versions]
    parent = list(range(len(versions)))
    pairs = []
    for a, b in combinations(range(len(versions)), 2):
        one, other = versions[a], versions[b]
        if len(one.known & wider[b]) < LEAST_WORDS:
            continue
        if one.row.outlet == other.row.outlet or _contradict(one, other):
            continue
        score, shared = _likeness(one.known, other.known, weight, like)
        if shared >= LEAST_WORDS and score >= similarity:
            pairs.append((score, a, b))
    for _, a, b in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        top_a, top_b = _top(parent, a), _top(parent, b)
        if top_a != top_b and not _too_far(top_a, top_b, parent, versions, weight, like, similarity):
            parent[max(top_a, top_b)] = min(top_a, top_b)
    groups: dict[int, list[_Version]] = {}
    for number, version in enumerate(versions):
        groups.setdefault(_top(parent, number), []).append(version)
    return [group for group in groups.values() if len({v.row.outlet for v in group}) > 1]


def _too_far(
    one: int,
    other: int,
    parent: list[int],
    versions: list[_Version],
    weight: dict[str, float],
    like: dict[str, set[str]],
    similarity: float,
) -> bool:
    """Would joining two groups chain utterances whose fullest versions are unlike?"""
    members = [[v for n, v in enumerate(versions) if _top(parent, n) == top] for top in (one, other)]
    fullest = [max(group, key=lambda v: len(v.known)) for group in members]
    score, _ = _likeness(fullest[0].known, fullest[1].known, weight, like)
    return score < similarity * CHAINED


def _top(parent: list[int], number: int) -> int:
    while parent[number] != number:
        number = parent[number]
    return number


def _contradict(one: _Version, other: _Version) -> bool:
    """Are the speakers others? A medium may stand for the one it reports: KCNA in one outlet, Kim in the other."""
    relayed = "media" in {getattr(one.row, "speaker_role", ""), getattr(other.row, "speaker_role", "")}
    return bool(one.who and other.who) and not one.who & other.who and not relayed


def _likeness(
    one: frozenset[str], other: frozenset[str], weight: dict[str, float], like: dict[str, set[str]]
) -> tuple[float, int]:
    short, long = sorted([one, other], key=lambda words: (sum(weight[word] for word in words), sorted(words)))
    shared = [word for word in short if word in long or like.get(word, set()) & long]
    total = sum(weight[word] for word in short)
    return (sum(weight[word] for word in shared) / total if total else 0.0), len(shared)


def _compared(fullest: _Version, version: _Version) -> tuple[float, Any]:
    """Share of the fullest version's content words that this one has, and the stretches it lacks."""
    like = _alike(sorted(fullest.known | version.known))
    missing: list[str] = []
    stretch: list[str] = []
    n_kept = n_all = 0
    for word in _WORD.findall(fullest.row.content):
        stem = _stem(word)
        if stem in _small():
            if stretch:
                stretch.append(word)
            continue
        n_all += 1
        if stem in version.known or like.get(stem, set()) & version.known:
            n_kept += 1
            missing += _closed(stretch)
            stretch = []
        else:
            stretch.append(word)
    missing += _closed(stretch)
    return (n_kept / n_all if n_all else 1.0), " … ".join(missing) or pd.NA


def _closed(stretch: list[str]) -> list[str]:
    while stretch and _stem(stretch[-1]) in _small():
        stretch.pop()
    return [" ".join(stretch)] if stretch else []


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    """Function words, as stems."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(_stem(word) for word in ENGLISH_STOP_WORDS) | {"s", "t", "said", "say"}


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """A word without its commonest endings, as it sounds: "conquerors" is "conqueror", "rocketry" stays."""
    word = re.sub(r"[’']s?$", "", word.lower())
    if any(letter.isdigit() for letter in word):
        return word
    for ending, least in (("ies", 3), ("ing", 4), ("ed", 4), ("es", 4), ("s", 3)):
        if word.endswith(ending) and len(word) - len(ending) >= least and not word.endswith("ss"):
            word = word[: -len(ending)] + ("y" if ending == "ies" else "")
            break
    return word.rstrip("e") if len(word) > 4 else word


def _alike(words: list[str]) -> dict[str, set[str]]:
    """For each word the others of like sound or meaning."""
    from framing.precision import one_thread, rounded
    from framing.text.lexicon import word_vector

    like: dict[str, set[str]] = {word: set() for word in words}
    if len(words) < 2:
        return like
    vectors = np.array([word_vector(word) for word in words])
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = vectors / np.where(norms > 0, norms, 1)
    with one_thread():
        close = rounded(vectors @ vectors.T) >= SAME_WORD
    for a, b in zip(*np.nonzero(np.triu(close, 1)), strict=True):
        if not any(letter.isdigit() for letter in words[a] + words[b]):
            like[words[a]].add(words[b])
            like[words[b]].add(words[a])
    sounds: dict[str, list[str]] = {}
    for word in words:
        sounds.setdefault(fold_name(word)[:6] if len(word) > 5 else word, []).append(word)
    for group in sounds.values():
        for word in group:
            like[word] |= set(group) - {word}
    return like
