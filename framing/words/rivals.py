"""Rival names found from the coverage itself: what different outlets call the same thing on the same event."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from framing.precision import on_one_thread
from framing.steadiness import steady
from framing.tables import as_articles
from framing.text.lexicon import word_lists
from framing.words.index import VOICES, Voice, WordIndex, voices_asked, word_index
from framing.words.rival_mentions import Mention, Rarity, Uses, read_mentions, word_likenesses

SAYING = frozenset(word_lists("lexicons/common")["saying"])
COLUMNS = ["referent", "kind", "names", "n_events", "events", "used", "evidence", "sure", "parts", "p", "smallest_p"]
LEAST_LIKE = 0.5  # likeness by meaning that two names need, unless what stands around them agrees in several events
SENTENCES_ALIKE = 0.4  # cosine from which two sentences certainly tell one thing
SLOTS_ALIKE = 1.2  # rarity of the shared slots from which two words certainly stand in one place
LEAST_CONTEXT = 0.15  # how far the surroundings must agree (0 to 1) for two names to be proposed at all
CLEAR_CONTEXT = 0.45  # and for an event to count as one more that bears it out
FAINT_EVENTS, FAINT_SUM = 3, 0.5  # of names that recur in so many events, one or the other and never both: the sum
SPOKEN_CONTEXT = 0.6  # of verbs of saying, which stand in like surroundings whatever is said
UNLIKE_CONTEXT, UNLIKE_EVENTS = 0.5, 3  # and in how many events, for names that no list and no vector knows as alike
LEAST_SURE = 0.3
# Set by hand: of `sure`, what one event takes of the doubt, over how many; likeness of names that recur; what likeness
# alone is worth; and how wholly names that keep apart over several events must part.
BEARS_OUT, MOST_BORNE, LIKE_BY_EVENTS, LIKE_ALONE, WHOLLY = 0.6, 6, 0.6, 0.3, 0.9
LEAST_PARTING = 0.5  # difference between two articles in the share of one of two names
STANDING = 5  # events over which two names, never in one article and always on the same events, are one without more
BOTH = 0.15  # share of the articles of the events that may have both of two names that keep apart
TOPICAL = 0.3  # share of all events on which both are used: names of what the whole corpus is about
COINCIDE = 0.7  # share of the events of the rarer name on which the other is used too
RECURS = 0.15  # what each event adds to the certainty of names that keep apart over several
RIVALRIES = 60  # kept in an analysis and a study; more are not read
MOST_NAMES = 8  # of one rivalry
SPOKEN = 0.7  # weight in the order of verbs of saying: whose choice of them is often a house's habit
OTHERS_WORDS = 0.5  # of a rivalry of which only one outlet, or one name, is in the voice asked for
MORE_EVENTS = 0.5  # how fast further events count in the order: n ** 0.5
COMMON = 0.5  # how much of `sure` a name loses that every article has
BESIDE = 0.5  # and two nouns that stand together in every article: who writes both mostly means two things


@dataclass
class _Pair:
    """Two names of one kind, with the events in which articles part over them."""

    kind: str
    one: str
    other: str
    like: float
    events: dict[str, tuple[float, float, Mention, Mention]] = field(default_factory=dict)  # context, parting, places

    recurs: bool = False  # one or the other over several events
    common: float = 0.0  # share of all articles that have the commoner of the two
    beside: float = 0.0  # of the articles that have one of two nouns, the share that has both

    @property
    def sure(self) -> float:
        contexts = sorted((found[0] for found in self.events.values()), reverse=True)
        doubt = math.prod(1 - BEARS_OUT * context for context in contexts[:MOST_BORNE])
        if self.recurs:
            doubt *= (1 - RECURS) ** len(contexts)
        like = max(self.like, LIKE_BY_EVENTS) if len(contexts) >= UNLIKE_EVENTS else self.like
        return (
            like
            * (LIKE_ALONE + (1 - LIKE_ALONE) * (1 - doubt))
            * (1 - COMMON * self.common)
            * (1 - BESIDE * self.beside)
        )

    @property
    def weight(self) -> float:
        return self.sure * len(self.events) ** MORE_EVENTS


@steady
def find_rivals(
    articles: pd.DataFrame,
    *,
    quotes: pd.DataFrame | None = None,
    voice: Voice = "outlet",
    top: int | None = None,
    min_score: float = LEAST_SURE,
    n_permutations: int = 999,
    seed: int = 0,
) -> pd.DataFrame:
    """What different outlets call the same thing: names that compete within events, found without a concept file.

    Parameters
    ----------
    articles : as from `read_articles`, with ``event``; only articles of one event are lined up.
    quotes : as from `find_quotes`; found anew when not given.
    voice : whose words are compared, by default the outlet's own (what it reports in indirect speech, often in words of
        its own, helps to find names but is not compared); None for all.
    top : rows to keep. min_score : least ``sure``.
    n_permutations, seed : for ``p``; 0 leaves it missing.

    Returns
    -------
    One row per rivalry, those of several events and those that part the outlets most first: ``referent`` (words that
    stand around all of its names); ``kind`` ("noun", "verb", "modifier"); ``names``; ``n_events, events`` in
    which articles part over them; ``used``: ``(name, outlet, voice, n)``, every use in these events, the
    outlet's own voice first; ``evidence``: ``(name, article_id, start, end)`` of each of them; ``sure`` (0 to 1, that
    they name one thing); ``parts`` (0 to 1: mean difference between the articles of an event in the share of one name,
    over all its uses in own and reported words); ``p`` of the hypothesis that the outlets are alike in the name they
    choose, by every use in all events (missing below two), and ``smallest_p`` it could have had.

    Notes
    -----
    Proposals for a person to accept or strike out, by `accept_rivals`. Names are lined up by meaning (a word list,
    ``data/lexicons/near_names.txt``, near-synonyms, word vectors) and by what stands around them (the sentence, the
    verb they are subject or object of, the noun they describe). Names unlike in meaning are proposed only where their
    surroundings agree in several events. Once found, a rivalry is counted by every use of its names in the articles of
    its events, lined up or not, titles before names too ("President Brook"): proper names and listed phrases of another
    meaning are no use of a name; a name in another sense is one. What does not part the articles by these counts is
    dropped. Two nouns that the same articles use side by side are less sure: they mostly mean two things. Which outlet
    wrote what plays no part in the search, so that ``p``, from exchanging outlets within events, holds for what was
    found; a rivalry seen in one event shows nothing about an outlet's habit. How many rows are right is measured in
    docs/word-choice.md.
    """
    articles = as_articles(articles)
    table = rivalries(word_index(articles, quotes), voice, min_score)
    if top is not None:
        table = table.head(top)
    return tested(articles, table, n_permutations, seed)[COLUMNS]


def rivalries(index: WordIndex, voice: Voice = "outlet", min_score: float = LEAST_SURE) -> pd.DataFrame:
    """The rows of `find_rivals` before their test, with ``order`` and, for the test, each article's ``shares`` of names."""
    wanted = {VOICES.index(name) for name in voices_asked(voice)}
    lined_up = wanted | ({VOICES.index("reported")} if VOICES.index("outlet") in wanted else set())
    everything = read_mentions(index)
    mentions = [m for m in everything if m.voice in lined_up and not m.title]
    pairs = _pairs(index, mentions)
    uses = Uses(index, everything)
    rows = []
    for found in _groups(pairs, min_score):
        group = _still_parting(index, uses, found, lined_up, min_score)
        if group and (row := _row(index, uses, group, wanted)) is not None:
            rows.append(row)
    table = pd.DataFrame(rows, columns=[*COLUMNS, "order", "shares"])
    return table.sort_values(["order", "referent"], ascending=[False, True], kind="stable", ignore_index=True)


def _pairs(index: WordIndex, mentions: list[Mention]) -> list[_Pair]:
    """Names of one kind that different outlets use on one event in places that agree."""
    rarity = Rarity(mentions)
    alike_in_corpus = _Sentences(index)
    events = index.articles["event"].astype(object).where(index.articles["event"].notna(), None).tolist()
    outlets = index.articles["outlet"].astype(str).tolist()
    together = _joined(index, mentions)
    by_event: dict[Any, list[Mention]] = defaultdict(list)
    for m in mentions:
        if events[m.article] is not None:
            by_event[events[m.article], m.kind].append(m)
    found: dict[tuple[str, str, str], _Pair] = {}
    for (event, kind), here in sorted(by_event.items(), key=lambda item: (str(item[0][0]), item[0][1])):
        if len({outlets[m.article] for m in here}) > 1:
            _of_event(found, str(event), kind, here, outlets, rarity, alike_in_corpus, together)
    with_name: dict[str, set[int]] = defaultdict(set)
    for m in mentions:
        with_name[m.name].add(m.article)
    return [settled for pair in found.values() if (settled := _settled(pair, with_name, events)) is not None]


def _of_event(
    found: dict[tuple[str, str, str], _Pair],
    event: str,
    kind: str,
    here: list[Mention],
    outlets: list[str],
    rarity: Rarity,
    sentences: _Sentences,
    together: set[tuple[str, str]],
) -> None:
    places: dict[str, list[Mention]] = defaultdict(list)
    for m in here:
        places[m.name].append(m)
    names = sorted(places)
    words = [places[name][0].key for name in names]
    like = word_likenesses([_meaning(word, places[name][0].head) for word, name in zip(words, names, strict=True)])
    counts = {name: Counter(m.article for m in places[name]) for name in names}
    for i, j in combinations(range(len(names)), 2):
        one, other = names[i], names[j]
        if (one, other) in together or (kind == "modifier" and places[one][0].head != places[other][0].head):
            continue
        if kind == "verb" and like[i, j] < LEAST_LIKE:
            continue
        parting = _parting(counts[one], counts[other], outlets)
        if parting < LEAST_PARTING:
            continue
        context, a, b = _context(places[one], places[other], outlets, rarity, sentences)
        if like[i, j] >= LEAST_LIKE or context >= UNLIKE_CONTEXT:
            pair = found.setdefault((kind, one, other), _Pair(kind, one, other, float(like[i, j])))
            pair.events[event] = (context, parting, a, b)


def _settled(pair: _Pair, with_name: dict[str, set[int]], events: Sequence[Any]) -> _Pair | None:
    """The pair with the events that bear it out; None where none does.

    An event does where the surroundings of the two names clearly agree; or faintly, where they recur in several
    events and articles have one or the other, hardly ever both.
    """
    one, other = with_name[pair.one], with_name[pair.other]
    pair.common = max(len(one), len(other)) / max(len(events), 1)
    spoken = pair.kind == "verb" and bool({pair.one, pair.other} & SAYING)
    clear = {
        event: found
        for event, found in pair.events.items()
        if found[0] >= (SPOKEN_CONTEXT if spoken else CLEAR_CONTEXT)
    }
    apart = len(one & other) <= BOTH * len(one | other) and min(len(one), len(other)) >= FAINT_EVENTS
    shared = len(pair.events)
    rarer = min(len({events[n] for n in one}), len({events[n] for n in other}))
    recurs = shared >= FAINT_EVENTS and sum(found[0] for found in pair.events.values()) >= FAINT_SUM
    standing = shared >= STANDING
    topical = rarer >= TOPICAL * len({event for event in events if event is not None}) and shared >= COINCIDE * rarer
    parting = float(np.mean([found[1] for found in pair.events.values()]))
    if apart and topical and (recurs or standing) and pair.like >= LEAST_LIKE and parting > WHOLLY:
        pair.recurs = True
        return pair
    if pair.like < LEAST_LIKE:
        clear = {event: found for event, found in clear.items() if found[0] >= UNLIKE_CONTEXT}
        pair.events = clear if len(clear) >= UNLIKE_EVENTS else {}
    elif clear or spoken:
        pair.events = clear
    else:
        best = max(pair.events, key=lambda event: (pair.events[event][0], event))
        pair.events = {best: pair.events[best]} if pair.events[best][0] >= LEAST_CONTEXT else {}
    return pair if pair.events else None


def _meaning(key: str, head: str) -> str:
    """The word whose meaning counts: of a phrase that no list knows, its head."""
    from framing.words.rival_mentions import near_names

    return key if " " not in key or key in near_names()[0] else head


def _parting(one: Counter[int], other: Counter[int], outlets: Sequence[str]) -> float:
    """The largest difference between two articles of different outlets in the share of the first name."""
    shares = {article: one[article] / (one[article] + other[article]) for article in one.keys() | other.keys()}
    return max(
        (abs(shares[a] - shares[b]) for a, b in combinations(sorted(shares), 2) if outlets[a] != outlets[b]),
        default=0.0,
    )


def _context(
    ones: list[Mention], others: list[Mention], outlets: Sequence[str], rarity: Rarity, sentences: _Sentences
) -> tuple[float, Mention, Mention]:
    """How far the surroundings agree at the best of their places, and these places."""
    best: tuple[float, Mention, Mention] = (0.0, ones[0], others[0])
    for a in ones[:12]:
        for b in others[:12]:
            if outlets[a.article] == outlets[b.article]:
                continue
            slots = min(rarity.of(a.slots & b.slots) / SLOTS_ALIKE, 1.0)
            if 0.5 * slots + 0.5 <= best[0]:  # no sentences could be alike enough
                continue
            told = min(sentences.alike(a.sentence, b.sentence) / SENTENCES_ALIKE, 1.0)
            value = 0.5 * slots + 0.5 * told
            if value > best[0] + 1e-9:
                best = (value, a, b)
    return best


def _joined(index: WordIndex, mentions: list[Mention]) -> set[tuple[str, str]]:
    """Names that stand side by side in a list or in one clause: two things, whoever writes so."""
    conj = index.tags.index("conj") if "conj" in index.tags else -1
    named = {m.last: m for m in mentions}
    found = set()
    for place, m in named.items():
        other = named.get(int(index.head[place]))
        if index.dep[place] == conj and other is not None and other.kind == m.kind:
            found |= {(m.name, other.name), (other.name, m.name)}
    return found


class _Sentences:
    """How alike two sentences are in the rare words they share, names among them."""

    def __init__(self, index: WordIndex) -> None:
        content = np.isin(index.pos, index.tag_numbers(["NOUN", "PROPN", "VERB", "ADJ", "NUM"]))
        self.bags: dict[int, dict[int, float]] = defaultdict(dict)
        n = max(int(index.sentence_number[-1]) + 1 if len(index.form) else 1, 2)
        places = np.flatnonzero(content)
        seen = Counter(
            word
            for _, word in set(zip(index.sentence_number[places].tolist(), index.lemma[places].tolist(), strict=True))
        )
        for place in places.tolist():
            word = int(index.lemma[place])
            self.bags[int(index.sentence_number[place])][word] = math.log(n / seen[word])
        self.length = {number: math.sqrt(sum(v * v for v in bag.values())) or 1.0 for number, bag in self.bags.items()}

    def alike(self, one: int, other: int) -> float:
        first, second = self.bags.get(one, {}), self.bags.get(other, {})
        shared = first.keys() & second.keys()
        total = sum(first[word] * second[word] for word in shared)
        return total / (self.length.get(one, 1.0) * self.length.get(other, 1.0))


def _groups(pairs: list[_Pair], least: float) -> list[list[_Pair]]:
    """Pairs joined into rivalries: first those of one event, then over events those that share two names."""
    kept = [pair for pair in pairs if pair.sure >= least]
    by_event: dict[tuple[str, str], list[_Pair]] = defaultdict(list)
    for pair in kept:
        for event in pair.events:
            by_event[pair.kind, event].append(pair)
    clusters = [
        (kind, event, cluster) for (kind, event), here in sorted(by_event.items()) for cluster in _clusters(here, event)
    ]
    clusters.sort(
        key=lambda found: (-sum(pair.recurs for pair in found[2]), -max(pair.weight for pair in found[2]), found[:2])
    )
    rivalries: list[tuple[str, set[str], list[tuple[str, _Pair]]]] = []
    for kind, event, cluster in clusters:
        names = {name for pair in cluster for name in (pair.one, pair.other)}
        home = next(
            (r for r in rivalries if r[0] == kind and len(r[1] & names) > 1 and len(r[1] | names) <= MOST_NAMES), None
        )
        if home is None:
            home = (kind, set(), [])
            rivalries.append(home)
        home[1].update(names)
        home[2].extend((event, pair) for pair in cluster)
    return [_gathered(told) for _, _, told in rivalries]


def _clusters(pairs: list[_Pair], event: str) -> list[list[_Pair]]:
    """The pairs of one event joined: a name joins where it is paired with half of the names there."""
    order = sorted(pairs, key=lambda pair: (not pair.recurs, -pair.like * pair.events[event][0], pair.one, pair.other))
    linked = {frozenset((pair.one, pair.other)): pair for pair in order}
    found: list[set[str]] = []
    for pair in order:
        two = {pair.one, pair.other}
        home = next((names for names in found if names & two), None)
        if home is None:
            found.append(two)
            continue
        for name in two - home:
            ties = sum(frozenset((name, known)) in linked for known in home)
            if 2 * ties >= len(home) and len(home) < MOST_NAMES:
                home.add(name)
    return [[pair for key, pair in linked.items() if key <= names] for names in found]


def _gathered(told: list[tuple[str, _Pair]]) -> list[_Pair]:
    """Each pair once, with the events of this rivalry only."""
    events: dict[tuple[str, str], dict[str, tuple[float, float, Mention, Mention]]] = defaultdict(dict)
    pairs = {}
    for event, pair in told:
        pairs[pair.one, pair.other] = pair
        events[pair.one, pair.other][event] = pair.events[event]
    return [replace(pair, events=events[key]) for key, pair in pairs.items()]


def _still_parting(index: WordIndex, uses: Uses, group: list[_Pair], voices: set[int], least: float) -> list[_Pair]:
    """The pairs over which articles part by all uses of the names too, not only by those that were lined up."""
    outlets = index.articles["outlet"].astype(str).tolist()
    of_article = index.articles["event"].astype(str).tolist()
    counts: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for name, first, _ in uses.of(group[0].kind, _names(group)):
        article = int(index.article[first])
        counts[of_article[article], name][article] += int(index.voice[first]) in voices
    kept = []
    for pair in group:
        events, both, either = {}, 0, 0
        for event, (context, _, a, b) in pair.events.items():
            one, other = +counts[event, pair.one], +counts[event, pair.other]
            parting = _parting(one, other, outlets)
            if parting >= LEAST_PARTING:
                events[event] = (context, parting, a, b)
                both, either = both + len(one.keys() & other.keys()), either + len(one.keys() | other.keys())
        beside = both / either if either and pair.kind != "verb" else 0.0
        pair = replace(pair, events=events)
        if events and pair.sure >= least:
            kept.append(replace(pair, beside=beside))  # stands lower, but is not left out for it
    return kept


def _names(group: list[_Pair]) -> list[str]:
    return list(dict.fromkeys(name for pair in group for name in (pair.one, pair.other)))


def _row(index: WordIndex, uses: Uses, group: list[_Pair], wanted: set[int]) -> dict[str, Any] | None:
    names = _names(group)
    events = sorted({event for pair in group for event in pair.events})
    ids, outlets = index.articles["article_id"].tolist(), index.articles["outlet"].astype(str).tolist()
    there = index.articles["event"].astype(str).isin(events).tolist()
    everywhere = [
        (name, int(index.article[first]), int(index.voice[first]), int(index.start[first]), int(index.end[last]))
        for name, first, last in uses.of(group[0].kind, names)
    ]
    inside = [use for use in everywhere if there[use[1]]]
    used = Counter((name, outlets[article], VOICES[voice]) for name, article, voice, _, _ in inside)
    asked = [(name, article) for name, article, voice, _, _ in inside if voice in wanted]
    if not asked:  # all of it is somebody else's wording
        return None
    totals = Counter(name for name, _ in asked)
    names.sort(key=lambda name: (-totals[name], name))
    parting = [max(pair.events[event][1] for pair in group if event in pair.events) for event in events]
    sure = max(pair.sure for pair in group)
    spoken = group[0].kind == "verb" and bool(set(names) & SAYING)
    order = sure * float(np.mean(parting)) * _borne_out(group) ** MORE_EVENTS * (SPOKEN if spoken else 1.0)
    if min(len({outlets[article] for _, article in asked}), len(totals)) < 2:
        order *= OTHERS_WORDS
    return {
        "referent": _referent(group, names),
        "kind": group[0].kind,
        "names": tuple(names),
        "n_events": len(events),
        "events": tuple(events),
        "used": tuple((*key, n) for key, n in sorted(used.items(), key=_own_first)),
        "evidence": tuple(sorted((name, ids[article], start, end) for name, article, _, start, end in inside)),
        "sure": round(sure, 3),
        "parts": round(float(np.mean(parting)), 3),
        "p": np.nan,
        "smallest_p": np.nan,
        "order": order,
        "shares": _shares(
            [(name, article) for name, article, voice, _, _ in everywhere if voice in wanted], names, ids
        ),
    }


def _own_first(item: tuple[tuple[str, str, str], int]) -> tuple[str, str, int]:
    (name, outlet, voice), _ = item
    return name, outlet, VOICES.index(voice)


def _borne_out(group: list[_Pair]) -> int:
    """Events that clearly bear one of the pairs out; all of them for names that keep apart; at least one."""
    return max(
        1,
        len(
            {
                event
                for pair in group
                for event, found in pair.events.items()
                if pair.recurs or found[0] >= CLEAR_CONTEXT
            }
        ),
    )


def _referent(group: list[_Pair], names: Iterable[str]) -> str:
    """What all names stand by: the noun described, else the words most often shared around them."""
    if group[0].kind == "modifier":
        return group[0].one.split()[-1]
    parts = {word for name in names for word in name.split()}
    words = Counter(
        word
        for pair in group
        for _, _, a, b in pair.events.values()
        for slot in a.slots & b.slots
        if (word := slot.split()[-1]) not in parts and len(word) > 2
    )
    return ", ".join(word for word, _ in sorted(words.items(), key=lambda item: (-item[1], item[0]))[:2]) or "-"


def _shares(asked: list[tuple[str, int]], names: list[str], ids: list[Any]) -> pd.DataFrame:
    """Of each article that names the thing, the share of each name."""
    counts = Counter(asked)
    articles = sorted({article for _, article in asked}, key=lambda article: str(ids[article]))
    table = pd.DataFrame(
        [[counts[name, article] for name in names] for article in articles],
        index=[ids[article] for article in articles],
        columns=names,
        dtype=float,
    )
    return table.div(table.sum(axis=1), axis=0)


@on_one_thread
def tested(articles: pd.DataFrame, table: pd.DataFrame, n_permutations: int, seed: int) -> pd.DataFrame:
    """The rows of `rivalries` with ``p`` and ``smallest_p``."""
    from framing.stats.comparison import alike

    if not n_permutations:
        return table
    keyed = articles.set_index("article_id")[["outlet", "event"]]
    for row, shares in zip(table.index, table["shares"], strict=True):
        there = keyed.loc[shares.index]
        p, least = alike(shares.to_numpy(), there["outlet"], there["event"], n_permutations=n_permutations, seed=seed)
        table.loc[row, ["p", "smallest_p"]] = p, least
    return table
