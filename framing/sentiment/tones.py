"""How a sentence sounds, and how it sounds toward a person, country or body named in it.

In a sentence that quotes, what the outlet says of a target is scored without the words of others. Praise or
blame that the outlet's own words ascribe to somebody ("Kim praised Russia") is reported, not the outlet's.
"""

from __future__ import annotations

import re
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from framing.entities.pronouns import SINGULAR
from framing.language import parse
from framing.precision import rounded
from framing.quotes.voice import add_voice, spans_by_article
from framing.sentiment.features import Pair, SentenceReading, attitude, see
from framing.sentiment.model import (
    firmness,
    for_these_articles,
    load_model,
    probabilities,
    read_targets,
    scores_of,
    sides,
)
from framing.sentiment.wording import MILD, evaluating_words, wording_scores
from framing.steadiness import steady
from framing.tables import COLUMNS, KEYS, LEFT_OUT, as_articles, empty_table, require_columns
from framing.zones.passages import find_passages

if TYPE_CHECKING:
    from spacy.tokens import Span


Targets = str | Sequence[str] | Mapping[str, Iterable[str]] | None
# Words that seldom mean whom they are taken for: of 30 rows of "it" in real news that two readers judged, none did; of
# "its", "they", "them" and "their" in other people's words 1 of 4.
NEVER = frozenset(["it", "itself"])
MOST_MENTIONS = 16  # of one target in one sentence that are scored: prose has a handful, a list that runs on hundreds
LOOSE = frozenset(["its", "they", "them", "their"])
NOT_PROSE = ("byline", "credit")  # zones that name people without saying anything of them


class TargetMention(NamedTuple):
    """A target's name, title or pronoun in one article."""

    start: int
    end: int
    target: str


class Spoken(NamedTuple):
    """One target in one sentence in one voice: all its mentions there."""

    sentence: Sentence
    target: str
    voice: str
    speaker: Any
    mentions: list[TargetMention]
    pairs: list[Pair]  # each mention as the model sees it
    hidden: list[tuple[int, int]]  # stretches in which somebody else speaks, when this is the outlet's row

    def text(self) -> str:
        """The sentence, blank where somebody else speaks; offsets stay what they were."""
        first, last = self.sentence.start, self.sentence.end
        text = self.sentence.article.text[first:last]
        for start, end in self.hidden:
            start, end = max(start, first) - first, min(end, last) - first
            text = text[:start] + " " * (end - start) + text[end:]
        return text


# From which certainty "he" and "she" are targets: of 34 pronouns that readers judged in US news 32 meant the one taken, of 25 less
# certain ones 17. "It" and "they" never are: what they mean is not learned.
SURE_PRONOUN = 0.9


def mentions_of(articles: pd.DataFrame, resolved: pd.DataFrame, targets: Targets) -> dict[Any, list[TargetMention]]:
    """The mentions of the wanted targets, or of everyone, by article and in order.

    `resolved` is the table of `resolve_mentions`. A target is found where that gives its name or one of its
    variants to an entity, titles and sure pronouns included, and wherever one of them stands in the text as a word.
    """
    wanted = _wanted(targets)
    found: dict[Any, dict[tuple[int, str], TargetMention]] = {key: {} for key in articles["article_id"]}
    own_name = {} if wanted is None else {form.casefold(): name for name, forms in wanted.items() for form in forms}
    for row in resolved.itertuples(index=False):
        name = row.entity if wanted is None else own_name.get(str(row.entity).casefold())
        if name is not None and not _is_unsure(row):
            found[row.article_id][int(row.start), name] = TargetMention(int(row.start), int(row.end), name)
    for name, forms in (wanted or {}).items():
        pattern = re.compile(r"\b(?:" + "|".join(re.escape(form) for form in forms) + r")\b")
        for key, text in zip(articles["article_id"], articles["text"], strict=True):
            here = [(m.start, m.end) for m in found[key].values() if m.target == name]
            for hit in pattern.finditer(text):
                if not any(start < hit.end() and end > hit.start() for start, end in here):
                    found[key][hit.start(), name] = TargetMention(hit.start(), hit.end(), name)
    return {key: sorted(those.values()) for key, those in found.items()}


def _is_unsure(mention: Any) -> bool:
    """A pronoun that is too often somebody else's, or a building where something happens."""
    how, written = getattr(mention, "how", ""), str(getattr(mention, "mention", "")).lower()
    pronoun = how == "pronoun" and (written not in SINGULAR or getattr(mention, "certainty", 1.0) < SURE_PRONOUN)
    return pronoun or (how == "place" and getattr(mention, "entity_kind", "") == "seat")


def _wanted(targets: Targets) -> dict[str, list[str]] | None:
    """Each target's forms, longest first, or None for everyone."""
    if targets is None:
        return None
    if isinstance(targets, str):
        targets = [targets]
    if not isinstance(targets, Mapping):
        targets = {name: [] for name in targets}
    forms = {
        str(name): sorted(
            {str(name), *map(str, [more] if isinstance(more, str) else more)}, key=lambda form: (-len(form), form)
        )
        for name, more in targets.items()
    }
    if any(not form.strip() for those in forms.values() for form in those):
        raise ValueError(
            "A target has an empty name. Pass names such as ['Russia', 'Kim Jong Un'], or a "
            "dictionary such as {'Russia': ['Moscow', 'the Kremlin']}."
        )
    return forms


def spoken_of(
    articles: pd.DataFrame, quotes: pd.DataFrame | None, targets: Targets, mentions: pd.DataFrame | None = None
) -> Iterator[Spoken]:
    """Every target in every sentence, once per voice it is spoken of in, in the order of the text."""
    from framing.entities.resolution import resolve_mentions
    from framing.quotes.finding import counted_quotes

    quotes = counted_quotes(articles, quotes)
    resolved = resolve_mentions(articles) if mentions is None else mentions
    wanted, everyone = mentions_of(articles, resolved, targets), mentions_of(articles, resolved, None)
    spans, common = spans_by_article(articles, quotes), load_model().common
    for one in sentences(articles):
        key = one.article.article_id
        here = _within(wanted[key], one)
        if here and one.zone not in NOT_PROSE:
            spoken = spans.get(key, [])  # they do not overlap
            first = bisect_right(spoken, one.start, key=lambda span: span[1])
            voices = [span[:4] for span in spoken[first : bisect_left(spoken, one.end, key=lambda span: span[0])]]
            yield from _by_voice(one, here, voices, _within(everyone[key], one), common)


def _within(mentions: list[TargetMention], one: Sentence) -> list[TargetMention]:
    first = bisect_left(mentions, (one.start, -1, ""))
    return [mention for mention in mentions[first : bisect_left(mentions, (one.end, -1, ""))] if mention.end <= one.end]


def _by_voice(
    one: Sentence,
    mentions: list[TargetMention],
    voices: list[tuple[int, int, str, Any]],
    everyone: list[TargetMention],
    common: frozenset[str],
) -> Iterator[Spoken]:
    others = [(start, end) for start, end, *_ in voices]
    whole = SentenceReading(one.span, common)
    own = SentenceReading(one.span, common, others) if others else whole
    groups: dict[tuple[str, str], Spoken] = {}
    for mention in mentions:
        voice, speaker = next(((v, s) for a, b, v, s in voices if a <= mention.start < b), ("outlet", pd.NA))
        word = one.article.text[mention.start : mention.end].lower()
        if word in NEVER or (word in LOOSE and voice != "outlet"):
            continue
        reading = own if voice == "outlet" else whole
        seen = see(reading, mention.start, mention.end)
        if voice == "outlet":
            held, holder = attitude(reading, seen)
            if held:
                at = reading.tokens[holder].idx if holder >= 0 else -1
                voice, speaker = "reported", next((m.target for m in everyone if m.start <= at < m.end), pd.NA)
        hidden = others if reading is own else []
        group = groups.setdefault((mention.target, voice), Spoken(one, mention.target, voice, speaker, [], [], hidden))
        group.mentions.append(mention)
        if len(group.pairs) < MOST_MENTIONS:
            group.pairs.append((reading, seen))
    yield from sorted(groups.values(), key=lambda group: (group.mentions[0].start, group.target, group.voice))


# The sentences that tone is measured on, each with the zone of the page it stands in.


class Sentence(NamedTuple):
    """One sentence of one article; ``start`` and ``end`` index the article's text."""

    article: Any
    number: int
    start: int
    end: int
    zone: str
    span: Span


def sentences(articles: pd.DataFrame) -> Iterator[Sentence]:
    """Every sentence with a word in it outside page furniture and second stories, in order.

    Sentences are numbered within the article as in `framing.words.tokens`.
    """
    zones_of = dict(list(find_passages(articles).groupby("article_id", sort=False)))
    for article, doc in parse(articles):
        if article.article_id not in zones_of:
            continue
        passages = zones_of[article.article_id]
        begins, zones = passages["start"].tolist(), passages["zone"].tolist()
        for number, span in enumerate(doc.sents):
            words = [token for token in span if not token.is_space]
            if not any(token.is_alpha or token.like_num for token in words):
                continue
            start, end = words[0].idx, words[-1].idx + len(words[-1])
            zone = zones[max(bisect_right(begins, start) - 1, 0)]
            if zone not in LEFT_OUT:
                yield Sentence(article, number, start, end, zone, span)


SENTENCE_TONE = [
    *KEYS,
    "sentence",
    "start",
    "end",
    "zone",
    "voice",
    "speaker",
    "textblob_polarity",
    "textblob_subjectivity",
    "vader_compound",
    "text",
]

TONE_PROFILE = """
    outlet target voice measure estimate low high n_sentences n_coloured n_negative n_positive n_articles n_events
    method valence valence_low valence_high
""".split()
METHODS = ("default", "vader", "textblob")
VADER_NEUTRAL = 0.05  # its authors' threshold
BATCH = 512  # rows scored at once
PRONOUNS = frozenset([*SINGULAR, "they", "them", "their", "its"])
CHANCES = ["negative", "neutral", "positive"]
Scorer = Callable[[pd.DataFrame], pd.DataFrame]


@steady
def sentence_tone(articles: pd.DataFrame, *, quotes: pd.DataFrame | None = None) -> pd.DataFrame:
    """The usual word-list scores of every sentence: a baseline to look at, not a finding.

    Parameters
    ----------
    articles : as from `read_articles`.
    quotes : as from `find_quotes`; found anew when not given.

    Returns
    -------
    One row per sentence outside page furniture: ``article_id, outlet, event``; ``sentence`` (its number in
    the article); ``start, end``; ``zone``; ``voice`` ("outlet", "quoted" or "reported": whoever speaks most of
    the sentence) and ``speaker``; ``textblob_polarity`` (-1 to 1), ``textblob_subjectivity`` (0 to 1),
    ``vader_compound`` (-1 to 1); ``text``.

    Notes
    -----
    Both lists score the words of a sentence, not what it says of anyone in it. Against hand labels of tone
    toward a named person in news (NewsMTSC test sentences), the sign of TextBlob reaches a macro-F1 of .40 to
    .42 and VADER .48 to .51, where .33 is a blind guess; TextBlob calls a negative portrayal positive more
    often than negative. Use `tone` for tone toward someone.

    References
    ----------
    Hutto & Gilbert (2014), VADER, ICWSM. Loria, TextBlob. Hamborg & Donnay (2021), NewsMTSC, EACL.
    """
    articles = as_articles(articles)
    rows = []
    for one in sentences(articles):
        text = one.article.text[one.start : one.end]
        polarity, subjectivity = textblob_scores(text)
        rows.append(
            [
                *(getattr(one.article, key) for key in KEYS),
                one.number,
                one.start,
                one.end,
                one.zone,
                polarity,
                subjectivity,
                vader_score(text),
                text,
            ]
        )
    table = pd.DataFrame(rows, columns=[name for name in SENTENCE_TONE if name not in ("voice", "speaker")])
    if table.empty:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in SENTENCE_TONE})
    return add_voice(table, articles, quotes)[SENTENCE_TONE]


@steady
def tone(
    articles: pd.DataFrame,
    targets: Targets = None,
    *,
    quotes: pd.DataFrame | None = None,
    mentions: pd.DataFrame | None = None,
    method: str | Scorer = "default",
) -> pd.DataFrame:
    """How each sentence sounds toward each person, country or body in it, by whose voice says so: two questions apart.

    Parameters
    ----------
    articles : as from `read_articles`.
    targets : whom to score: names (``["Russia", "Kim Jong Un"]``) or names with other forms
        (``{"Russia": ["Moscow", "the Kremlin"]}``). None: everyone that `resolve_mentions` finds.
    quotes : as from `find_quotes`; found anew when not given.
    mentions : as from `resolve_mentions`; found anew when not given, so that ``Moscow`` is not scored as Russia.
    method : "default" (the shipped models), "vader" or "textblob" (word lists on the sentence, as baselines), or
        your own function: given a table with ``sentence, start, end`` it returns, as `score_targets` does, a
        table of as many rows with ``polarity`` and ``score``.

    Returns
    -------
    One row per sentence, target and voice, in the order of the text: ``article_id, outlet, event``;
    ``sentence`` (its number); ``target``;
    ``wording`` (-1 to 1): does the choice of words evaluate the target, whatever is told? and ``words``, those that do;
    ``valence`` (-1 to 1): is something good or bad told of it, however plainly? Probability of good less that of bad;
    ``polarity`` (-1, 0, 1): the verdict on it, given the shares of good and bad that these articles have, 0 for "plain
    or unsure", always so where only a pronoun stands for the target; ``score`` (-1 to 1): how firm that verdict is,
    below .34 in size where the polarity is 0, else not;
    ``start, end`` (the target's first mention there); ``zone``; ``voice``; ``speaker`` (missing in the outlet's voice
    and where unknown); ``method``. Other methods than the default have no ``wording``. Raises ``ValueError`` for an
    unknown method, and warns of targets that no sentence names.

    Notes
    -----
    An arrest is bad news and no hostility: read ``wording`` in the outlet's own voice for how an outlet sounds, and
    ``valence`` for what it reports. In a sentence that quotes, the outlet's row is scored without the words of others.
    Praise or blame that the sentence ascribes to somebody ("Kim praised Russia") is "reported", not the outlet's tone.
    Names are hidden from the models. Single rows err often; see docs/tone.md for how often, and measure it on your own
    texts with `check_tone`. ``score`` depends a little on the other articles given: they tell how common praise and
    blame are; ``wording`` and ``valence`` do not.

    References
    ----------
    Trained on NewsMTSC: Hamborg & Donnay (2021), EACL. Shares: Saerens, Latinne & Decaestecker (2002), Neural
    Computation 14.
    """
    if not callable(method) and method not in METHODS:
        raise ValueError(f"There is no method {method!r}; choose one of {', '.join(METHODS)}, or pass a function.")
    articles = as_articles(articles)
    if articles.empty:
        return empty_table("tone")
    name = method if isinstance(method, str) else getattr(method, "__name__", "own")
    spoken, rows, parts = spoken_of(articles, quotes, targets, mentions), [], []
    while batch := list(islice(spoken, BATCH)):
        parts.append(_read(batch) if method == "default" else _asked(batch, method))
        rows += [
            [
                *(getattr(one.sentence.article, key) for key in KEYS),
                one.sentence.number,
                one.target,
                one.mentions[0].start,
                one.mentions[0].end,
                one.sentence.zone,
                one.voice,
                one.speaker,
                name,
            ]
            for one in batch
        ]
    columns = [*KEYS, "sentence", "target", "start", "end", "zone", "voice", "speaker", "method"]
    table = pd.DataFrame(rows, columns=columns)
    _warn_of_absent(targets, set(table["target"]))
    if not rows:
        return empty_table("tone")
    table = pd.concat([table, pd.concat(parts, ignore_index=True)], axis=1)
    if method == "default":
        table["score"] = firmness(for_these_articles(table[CHANCES].to_numpy()), table["unnamed"].to_numpy(bool))
        table["polarity"] = sides(table["score"].to_numpy())
    return table[COLUMNS["tone"]].astype({"polarity": "Int64", "score": float, "valence": float, "wording": float})


def _warn_of_absent(targets: Targets, found: set[str]) -> None:
    """One warning for all the targets that no sentence speaks of."""
    wanted = [targets] if isinstance(targets, str) else targets or []
    absent = [str(name) for name in wanted if str(name) not in found]
    if absent:
        names = ", ".join(repr(name) for name in absent)
        warnings.warn(
            f"No sentence of these articles names {names}. Check the spelling against the entity column of "
            "resolve_mentions(articles) and against canonical_names(find_quotes(articles)), or give "
            f"the forms the articles use: targets={{{absent[0]!r}: ['another form']}}.",
            stacklevel=3,
        )


def _read(batch: list[Spoken]) -> pd.DataFrame:
    """What the models say of each; several mentions in one sentence share one verdict, and the strongest wording."""
    pairs = [pair for one in batch for pair in one.pairs]
    ends = np.cumsum([len(one.pairs) for one in batch])[:-1]
    chance = np.array([rounded(part.mean(0)) for part in np.split(probabilities(pairs), ends)])
    worded = [part[np.abs(part).argmax()] for part in np.split(wording_scores(pairs), ends)]
    unnamed = np.array([_unnamed(one) for one in batch], bool)
    words = ["; ".join(dict.fromkeys(word for pair in one.pairs for word in evaluating_words(*pair))) for one in batch]
    table = pd.DataFrame(chance, columns=CHANCES)
    return table.assign(
        valence=rounded(chance[:, 2] - chance[:, 0]),
        wording=rounded(np.where(unnamed, np.clip(worded, -MILD, MILD), worded)),
        words=words,
        unnamed=unnamed,
    )


def _unnamed(one: Spoken) -> bool:
    """Does only a pronoun stand for the target there? It is too often somebody else's for a verdict."""
    text = one.sentence.article.text
    return all(text[mention.start : mention.end].lower() in PRONOUNS for mention in one.mentions)


def _asked(batch: list[Spoken], method: str | Scorer) -> pd.DataFrame:
    """What a word list or the reader's own function says of each."""
    if isinstance(method, str):
        values = [vader_score(one.text()) if method == "vader" else textblob_scores(one.text())[0] for one in batch]
        least = VADER_NEUTRAL if method == "vader" else 0.0
        polarity = [int(value > least) - int(value < -least) for value in values]
    else:
        table = pd.DataFrame(
            {
                "sentence": [one.text() for one in batch],
                "start": [one.mentions[0].start - one.sentence.start for one in batch],
                "end": [one.mentions[0].end - one.sentence.start for one in batch],
            }
        )
        found = method(table)
        if not isinstance(found, pd.DataFrame) or len(found) != len(table):
            raise ValueError(
                f"The function given as method returned {type(found).__name__} for {len(table)} rows. "
                "Return a table with one row per row given and the columns polarity and score."
            )
        require_columns(found, ["polarity", "score"], made_by="score_targets")
        values, polarity = list(found["score"]), list(found["polarity"])
    return pd.DataFrame({"polarity": polarity, "score": values, "valence": values, "wording": np.nan, "words": pd.NA})


def tone_profile(tone_table: pd.DataFrame, *, n_boot: int = 2000, seed: int = 0) -> pd.DataFrame:
    """Mean wording toward each target per outlet and voice, and what was told beside it; the article is the unit.

    Parameters
    ----------
    tone_table : as from `tone`.
    n_boot, seed : of the bootstrap over events.

    Returns
    -------
    One row per outlet, target and voice: ``measure`` ("wording"; "score" where the method gives no wording);
    ``estimate`` (-1 to 1: each article's mean of it, averaged over articles), ``low, high`` (95 % interval; missing
    with fewer than two events), ``n_sentences``, ``n_coloured`` (those whose wording, or score, takes a side: .34 and
    more) and of these ``n_negative``, ``n_positive``; ``n_articles``, ``n_events``, ``method``; ``valence,
    valence_low, valence_high``: the same mean of what is told, good or bad. Raises ``ValueError`` if a column is
    missing.

    Notes
    -----
    The interval covers which articles happened to be sampled, not the model's own error: see `check_tone`. Below
    about 30 sentences the order of two targets is often wrong. To claim that outlets differ use `compare`;
    `tone_contributors` shows the sentences that a mean rests on.
    """
    from framing.stats.comparison import estimate_by

    require_columns(tone_table, [*KEYS, "target", "voice", "polarity", "score"], made_by="tone")
    by = ["outlet", "target", "voice"]
    if tone_table.empty:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in TONE_PROFILE})
    measure = _measure(tone_table)
    rows = tone_table.assign(value=tone_table[measure].astype(float))
    rows["told"] = rows["valence" if "valence" in rows else "score"].astype(float)
    side = pd.Series(sides(rows["value"].to_numpy()), rows.index) if measure == "wording" else rows["polarity"]
    rows["negative"], rows["positive"] = side < 0, side > 0
    rows["coloured"] = rows["negative"] | rows["positive"]
    articles = rows.groupby([*KEYS, "target", "voice"], dropna=False, as_index=False)[["value", "told"]].mean()
    counts = rows.groupby(by, as_index=False).agg(
        n_sentences=("value", "count"),
        n_coloured=("coloured", "sum"),
        n_negative=("negative", "sum"),
        n_positive=("positive", "sum"),
    )
    told = estimate_by(articles, "told", by=by, n_boot=n_boot, seed=seed)
    told = told.rename(columns={"estimate": "valence", "low": "valence_low", "high": "valence_high"})
    table = estimate_by(articles, "value", by=by, n_boot=n_boot, seed=seed).merge(counts, on=by)
    table = table.merge(told[[*by, "valence", "valence_low", "valence_high"]], on=by).assign(measure=measure)
    for low, high in (("low", "high"), ("valence_low", "valence_high")):  # no score is beyond
        table[low], table[high] = table[low].clip(lower=-1), table[high].clip(upper=1)
    return table[TONE_PROFILE].sort_values(by, ignore_index=True)


def _measure(tone_table: pd.DataFrame) -> str:
    """What a table from `tone` is averaged by: wording where it has any."""
    return "wording" if "wording" in tone_table and tone_table["wording"].notna().any() else "score"


def tone_contributors(
    tone_table: pd.DataFrame,
    *,
    outlet: str | None = None,
    target: str | None = None,
    voice: str = "outlet",
    by: str = "wording",
    top: int = 10,
) -> pd.DataFrame:
    """The sentences that the means of `tone_profile` rest on most, the largest contribution first.

    Parameters
    ----------
    tone_table : as from `tone`.
    outlet, target : only theirs; None takes all.
    voice : whose words.
    by : the column averaged: "wording", "valence" or "score".
    top : how many rows.

    Returns
    -------
    Rows of `tone_table` with ``contribution``: how much of the mean of its outlet and target comes from this row, so
    that all of them sum to the ``estimate``. Pass them to `evidence` to read the sentences. Raises ``ValueError`` for a
    missing column, and for an outlet or target that no row has.
    """
    require_columns(tone_table, [*KEYS, "target", "voice", by], made_by="tone")
    rows = tone_table[tone_table["voice"] == voice]
    for column, wanted in (("outlet", outlet), ("target", target)):
        if wanted is not None and not (rows[column] == wanted).any():
            there = ", ".join(map(repr, rows[column].value_counts().index[:5]))
            raise ValueError(
                f"No row in the voice {voice!r} has the {column} {wanted!r}; the most frequent are {there}."
            )
        rows = rows if wanted is None else rows[rows[column] == wanted]
    group = rows.groupby(["outlet", "target"])["article_id"]
    size = rows.groupby(["article_id", "outlet", "target"])["article_id"].transform("size")
    rows = rows.assign(contribution=rows[by].astype(float) / size / group.transform("nunique"))
    order = rows["contribution"].abs().sort_values(ascending=False, kind="stable").index
    return rows.loc[order[:top]].reset_index(drop=True)


def score_targets(table: pd.DataFrame) -> pd.DataFrame:
    """Tone toward one target per row: what a sentence says of the person, country or body marked in it.

    Parameters
    ----------
    table : with ``sentence`` (text), ``start`` and ``end`` (characters of the target in that sentence).

    Returns
    -------
    A copy with two more columns: ``polarity`` (-1 negative, 0 neutral, 1 positive: the likeliest class) and
    ``score`` (-1 to 1: probability of positive less that of negative). Both are missing where a cell is missing
    or the sentence empty.
    Raises ``ValueError`` where a target lies outside its sentence or holds no word.

    Notes
    -----
    The target's name is hidden from the model, other names too. On hand-labelled news about three of four
    classes are right; the model card has the scores by class and kind of sentence. Irony, and praise or blame that
    needs knowledge of the world, are missed. Use means over many sentences, and `check_tone` on your own texts.

    References
    ----------
    Trained on NewsMTSC: Hamborg & Donnay (2021), EACL.
    """
    require_columns(table, ["sentence", "start", "end"], made_by="tone")
    result = table.copy()
    known = table[["sentence", "start", "end"]].notna().all(axis=1).to_numpy(dtype=bool)
    known = known & np.array([bool(str(text).strip()) for text in table["sentence"]], dtype=bool)
    rows = [
        (str(row.sentence), int(row.start), int(row.end))
        for row in table.loc[known, ["sentence", "start", "end"]].itertuples(index=False)
    ]
    score, polarity = np.full(len(table), np.nan), np.full(len(table), np.nan)
    if rows:
        score[known], polarity[known] = scores_of(read_targets(rows))
    result["polarity"] = pd.Series(polarity, index=table.index).astype("Int64")
    result["score"] = pd.Series(score, index=table.index)
    return result


def textblob_scores(text: str) -> tuple[float, float]:
    """TextBlob's polarity (-1 to 1) and subjectivity (0 to 1) of one piece of text."""
    from textblob import TextBlob

    polarity, subjectivity = TextBlob(text).sentiment
    return float(polarity), float(subjectivity)


def vader_score(text: str) -> float:
    """VADER's compound score (-1 to 1) of one piece of text."""
    return float(_vader().polarity_scores(text)["compound"])


@lru_cache(maxsize=1)
def _vader() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()
