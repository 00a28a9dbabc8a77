"""Concept sets: which of its rival names each outlet gives a thing, and in whose voice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from framing.entities.places import place_words
from framing.stats.limits import LEAST_OUTLETS
from framing.steadiness import steady
from framing.tables import COLUMNS, KEYS, ZONES, as_articles, empty_table, require_columns
from framing.text.unicode import listed
from framing.words.concepts import Concept, Label, load_concepts
from framing.words.index import Voice, WordIndex, rows_of, voices_asked, word_index
from framing.words.patterns import find_pattern, longest, sequences

_IGNORED = "\0"  # stands in the place of a label where a phrase of `ignore` was found


@steady
def find_labels(articles: pd.DataFrame, concepts: Any = None, *, quotes: pd.DataFrame | None = None) -> pd.DataFrame:
    """Every place where an article uses one of the declared names for a thing.

    Parameters
    ----------
    articles : as from `read_articles`.
    concepts : a concept file (TOML), a folder of them or what `load_concepts` returns; None for the
        concept files that come with framing (war, relations between states, protest, migration, ...).
    quotes : as from `find_quotes`, to tell voices apart; found anew when not given.

    Returns
    -------
    One row per hit, in order of place: ``article_id, outlet, event``; ``concept`` and ``label``;
    ``start, end`` (offsets in ``articles.text``) and ``text``, the words as written; ``zone``; ``voice``
    ("outlet", "quoted", "reported") and ``speaker`` (missing where unknown or the outlet's own);
    ``sentence``, the sentence it stands in. Page furniture and second stories are left out.

    Notes
    -----
    Of overlapping hits the longest counts: "war of aggression" is not also "war", and in "illegal Cuban immigrants" the
    label of illegal immigrants counts, not that of immigrants. Words in capitals that name a body ("Freedom to Marry")
    are no hit. A label says which word was written, not that the word was loaded, apt or wrong; read the sentences
    before you count. On the
    bundled corpus all 190 planted labels are found, none wrongly, and over nine in ten in the right voice. Part of
    speech and kinds of name (GPE, ...) come from a small model and are wrong now and then.
    """
    articles = as_articles(articles)
    found = load_concepts(concepts)
    if articles.empty:
        return empty_table("labels")
    index = word_index(articles, quotes)
    hits: list[tuple[int, int, str, str]] = []
    for concept in found:
        for phrase in concept.ignore:
            hits += [(a, b, concept.name, _IGNORED) for a, b in _find(index, phrase, concept).tolist()]
        hits += [(a, b, concept.name, label) for a, b, label in label_hits(index, concept)]
    if not hits:
        return empty_table("labels")
    spans = np.array([hit[:2] for hit in hits])
    seen: set[tuple[int, int, str]] = set()
    rows = []
    for number in longest(spans):
        first, last, concept_name, label_name = hits[number]
        if (first, last, concept_name) in seen:
            continue  # two labels of one concept with the same words: the one declared first
        seen.add((first, last, concept_name))
        if label_name != _IGNORED:
            rows.append((first, last, concept_name, label_name))
    return _table(index, rows)


def label_share(
    labels: pd.DataFrame, *, by: str | Sequence[str] = "outlet", voice: Voice = "outlet", seed: int = 0
) -> pd.DataFrame:
    """How often each outlet chose each of the rival names, as a share of its namings of the thing.

    Parameters
    ----------
    labels : as from `find_labels`.
    by : "outlet", or ``["outlet", "event"]`` for one line per outlet and event.
    voice : whose words count, by default the outlet's own; a list of voices, or None for all. What somebody
        says in indirect speech ("reported") is often in the outlet's words: see both.
    seed : of the resampling behind the intervals.

    Returns
    -------
    One row per group, concept and label that any group uses: ``concept``, ``outlet`` (and ``event``),
    ``label, n`` (times), ``n_concept`` (times the thing was named at all), ``share`` (0 to 1), ``low`` and
    ``high`` (95 % interval, articles or events resampled; missing where there are too few),
    ``n_articles`` (articles of the group that name the thing) and ``n_events``. Labels without an outlet, or an
    event where `by` asks for it, are in no row.

    Notes
    -----
    Only namings that were declared count; `suggest_labels` looks for others. With few articles the interval
    is wide or missing, and that is the finding.
    """
    group = [by] if isinstance(by, str) else list(by)
    require_columns(labels, [*KEYS, "concept", "label", "voice", *group], made_by="find_labels")
    columns = ["concept", *group, "label", "n", "n_concept", "share", "low", "high", "n_articles", "n_events"]
    chosen = labels if voice is None else labels[labels["voice"].isin(voices_asked(voice))]
    chosen = chosen.dropna(subset=group)  # what belongs to no group has no share in one
    if chosen.empty:
        return pd.DataFrame({column: pd.Series(dtype="object") for column in columns})
    from framing.stats.comparison import estimate_by

    tables = []
    for concept, here in chosen.groupby("concept", sort=False):
        per_article = here.groupby(KEYS, dropna=False).size().reset_index(name="n_concept")
        for name in dict.fromkeys(here["label"]):
            n = here[here["label"] == name].groupby("article_id").size()
            per_article["n"] = per_article["article_id"].map(n).fillna(0).astype(int)
            sums = per_article.groupby(group, as_index=False)[["n", "n_concept"]].sum()
            shares = estimate_by(per_article, "n", per="n_concept", by=group, seed=seed)
            tables.append(
                sums.merge(shares.rename(columns={"estimate": "share"}), on=group).assign(concept=concept, label=name)
            )
    table = pd.concat(tables, ignore_index=True)
    order = {name: number for number, name in enumerate(dict.fromkeys(chosen["concept"]))}
    table = table.sort_values(group, kind="stable").sort_values("concept", key=lambda c: c.map(order), kind="stable")
    return table[columns].reset_index(drop=True)


LEAST_HITS = 5  # in the outlets' own voice, before the names of a thing are drawn


def competing(labels: pd.DataFrame, *, min_count: int = LEAST_HITS) -> pd.DataFrame:
    """The hits of those concepts whose names compete: several names, two outlets, `min_count` hits in their own voice.

    `too_rare` says in one line which others there were. With fewer, a share says nothing: two hits make every outlet
    all or nothing.
    """
    require_columns(labels, ["concept", "label", "outlet", "voice"], made_by="find_labels")
    return labels[labels["concept"].isin(_competing(labels, min_count))].reset_index(drop=True)


def too_rare(labels: pd.DataFrame, *, min_count: int = LEAST_HITS) -> str:
    """One line that names the concepts found too rarely to be drawn; empty where there is none."""
    require_columns(labels, ["concept", "label", "outlet", "voice"], made_by="find_labels")
    kept = _competing(labels, min_count)
    counts = labels[~labels["concept"].isin(kept)].groupby("concept").size().sort_values(ascending=False, kind="stable")
    if counts.empty:
        return ""
    names = listed(f"{name} ({n})" for name, n in counts.items())
    return (
        f"Too rare to be drawn (fewer than {LEAST_OUTLETS} outlets, {min_count} "
        f"hits in the outlets' own voice or two names): {names}."
    )


def never_found(labels: pd.DataFrame, concepts: Sequence[Concept]) -> list[str]:
    """The declared concepts and labels without a hit in `labels`, a line for each concept that has some."""
    hits, found = set(zip(labels["concept"], labels["label"], strict=True)), []
    for concept in concepts:
        without = [label.name for label in concept.labels if (concept.name, label.name) not in hits]
        if len(without) == len(concept.labels):
            found.append(f"concept {concept.name!r}: no word of it was found")
        elif without:
            found.append(f"concept {concept.name!r}: {listed(map(repr, without))} not found, its other labels were")
    return found


def _competing(labels: pd.DataFrame, min_count: int) -> list[str]:
    own = labels[labels["voice"] == "outlet"].groupby("concept")
    enough = (own.size() >= min_count) & (own["outlet"].nunique() >= LEAST_OUTLETS) & (own["label"].nunique() > 1)
    return [str(name) for name in enough[enough].index]


def label_hits(index: WordIndex, concept: Concept) -> list[tuple[int, int, str]]:
    """First token, last token and label of every name of the concept, before the longest of all concepts are taken."""
    sides = _sides(index, concept)
    found: list[tuple[int, int, str]] = []
    alone: list[tuple[int, int, str]] = []  # names with nothing near that says what they name
    for label in concept.labels:
        spans = _label_spans(index, label, concept, sides)
        near = _has_near(index, spans, label.near, label.within, concept) if label.near and len(spans) else None
        for number, (first, last) in enumerate(spans.tolist()):
            (found if near is None or near[number] else alone).append((first, last, label.name))
    if not found:
        return []
    modified = _modifiers(concept)
    return [_longer(index, _around(hit, alone), modified) for hit in found]


def _label_spans(
    index: WordIndex, label: Label, concept: Concept, sides: dict[int, list[tuple[int, int, str]]]
) -> np.ndarray:
    """Where a name of the label stands, whatever is near it."""
    spans = np.concatenate([_find(index, pattern, concept) for pattern in label.patterns])
    if not len(spans):
        return spans
    if label.pos:
        spans = spans[np.isin(index.pos[spans[:, 1]], index.tag_numbers(list(label.pos)))]
    if len(spans):
        spans = spans[~part_of_a_name(index, spans, of_body=label.name.islower())]
    if concept.between and len(spans):
        spans = spans[[_has_two(sides.get(int(index.sentence_number[a]), []), a, b) for a, b in spans.tolist()]]
    if not concept.titles and len(spans):
        spans = spans[~_before_name(index, spans)]
    if label.object and len(spans):
        spans = spans[_done_to(index, spans, label.object, concept)]
    if label.not_near and len(spans):
        spans = spans[~_has_near(index, spans, label.not_near, label.within, concept)]
    return np.unique(spans, axis=0)


def _around(hit: tuple[int, int, str], alone: Sequence[tuple[int, int, str]]) -> tuple[int, int, str]:
    """The longer name of another label that holds the hit: that the shorter one counts says what it names."""
    longer = [other for other in alone if other[0] <= hit[0] and hit[1] <= other[1] and other[:2] != hit[:2]]
    return max(longer, key=lambda other: other[1] - other[0], default=hit)


BESIDE = [
    "ADJ",
    "ADV",
    "CCONJ",
    "NOUN",
    "NUM",
    "PROPN",
    "PUNCT",
    "VERB",
]  # what may stand between a modifier and its noun
REACH_LEFT = 5  # tokens before a noun in which its modifier may stand


def _modifiers(concept: Concept) -> dict[str, dict[str, str]]:
    """For each last word of a name of two words, what may stand before it and which label that is."""
    found: dict[str, dict[str, str]] = {}
    for label in concept.labels:
        for steps in (steps for pattern in label.patterns for steps in sequences(pattern)):
            if len(steps) == 2 and all(step.kind == "word" for step in steps):
                found.setdefault(steps[1].value, {}).setdefault(steps[0].value, label.name)
    return found


def _longer(index: WordIndex, hit: tuple[int, int, str], modified: dict[str, dict[str, str]]) -> tuple[int, int, str]:
    """The hit, or the name it belongs to by a word before it: "undocumented" in "undocumented young immigrants"."""
    first, last, label = hit
    words = {index.vocabulary[index.form[last]], index.vocabulary[index.lemma[last]]}
    before = {left: name for word in words for left, name in modified.get(word, {}).items()}
    beside = index.tag_numbers(BESIDE)
    for at in range(first - 1, max(first - 1 - REACH_LEFT, -1), -1):
        if index.sentence_number[at] != index.sentence_number[last] or index.pos[at] not in beside:
            break
        name = before.get(index.vocabulary[index.form[at]])
        if name is not None and name != label and first <= _top(index, at, first) <= last:
            return at, last, name
    return hit


def _top(index: WordIndex, at: int, until: int) -> int:
    """The word that the one at `at` describes, over those joined to it; none before `until`."""
    while at < until and index.head[at] != at:
        at = int(index.head[at])
    return at


OBJECTS = ["dobj", "nsubjpass", "dative"]


def _done_to(index: WordIndex, spans: np.ndarray, patterns: Sequence[str], concept: Concept) -> np.ndarray:
    """For each span: is what the deed is done to one of these, or left unsaid?"""
    wanted = np.zeros(len(index.form), dtype=bool)
    for first, last in np.concatenate([_find(index, pattern, concept) for pattern in patterns]).tolist():
        wanted[first : last + 1] = True
    objects, conj, of, pobj, amod = (
        np.isin(column, index.tag_numbers(tags))
        for column, tags in (
            (index.dep, OBJECTS),
            (index.dep, ["conj"]),
            (index.dep, ["prep"]),
            (index.dep, ["pobj"]),
            (index.dep, ["amod"]),
        )
    )
    of &= index.form == index.number_of.get("of", -1)
    fits = np.ones(len(spans), dtype=bool)
    for number, (first, last) in enumerate(spans.tolist()):
        at = next((n for n in range(first, last + 1) if not first <= index.head[n] <= last), last)
        begin, stop = index.sentence_bounds[index.sentence_number[at] : index.sentence_number[at] + 2]
        here = np.arange(begin, stop)
        below = here[index.head[here] == at]
        done = [*below[objects[below]]]
        for preposition in below[of[below]]:
            done += [*here[(index.head[here] == preposition) & pobj[here]]]
        done += [int(index.head[at])] if amod[at] else []
        done += [n for n in here if conj[n] and index.head[n] in done]
        fits[number] = not done or bool(wanted[done].any())
    return fits


def _before_name(index: WordIndex, spans: np.ndarray) -> np.ndarray:
    """True for spans that stand as a title before a name: "President Obama", "rebel leader Ada Brook"."""
    last = spans[:, 1]
    following = np.minimum(last + 1, len(index.form) - 1)
    to_name = (
        np.isin(index.dep[last], index.tag_numbers(["compound", "nmod"]))
        & (index.head[last] > last)
        & np.isin(index.pos[index.head[last]], index.tag_numbers(["PROPN"]))
    )
    beside = (
        np.isin(index.entity[following], index.tag_numbers(["PERSON"]))
        & (index.sentence_number[following] == index.sentence_number[last])
        & (following > last)
    )
    return np.asarray(to_name | beside)


BODIES = ["ORG", "LAW", "WORK_OF_ART", "PRODUCT", "FAC"]  # kinds of names whose words say nothing of what they name


def part_of_a_name(index: WordIndex, spans: np.ndarray, *, of_body: bool = True) -> np.ndarray:
    """True for spans that are part of a longer name or, with `of_body`, name a body; a person's title is neither.

    "White House Counsel Ada Brook" is called a counsel, though the words before are a name.
    """
    last = spans[:, 1]
    following = np.minimum(last + 1, len(index.form) - 1)
    person = np.isin(index.entity, index.tag_numbers(["PERSON"]))
    title = (person[following] & (index.sentence_number[following] == index.sentence_number[last])) | (
        person[index.head[last]] & (index.head[last] > last)
    )
    named = _in_longer_name(index, spans)
    if of_body:
        named |= _names_a_body(index, spans)
    return np.asarray(named & (~title | person[last]))


def _in_longer_name(index: WordIndex, spans: np.ndarray) -> np.ndarray:
    """True for spans in capitals inside a longer name: "Alliance" in "Ohio Christian Alliance"; headlines apart."""
    body, proper, person = (
        np.isin(column, index.tag_numbers(tags))
        for column, tags in ((index.entity, BODIES), (index.pos, ["PROPN"]), (index.entity, ["PERSON"]))
    )
    event = np.isin(index.entity, index.tag_numbers(["EVENT"]))
    hyphen = np.ones(len(index.form), dtype=bool)
    hyphen[index.steps] = False
    found = np.zeros(len(spans), dtype=bool)
    for number, (first, last) in enumerate(spans.tolist()):
        if index.zone[first] == ZONES.index("headline") or not proper[first : last + 1].all() or event[last]:
            continue
        before = first - 2 if first > 1 and hyphen[first - 1] else first - 1
        for at, inner in ((before, first), (last + 1, last)):
            if 0 <= at < len(body) and index.sentence_number[at] == index.sentence_number[first]:
                named = body[at] and body[inner] and index.entity[at] == index.entity[inner]
                surname = person[at] and person[inner] and at < first
                part = proper[at] and index.head[at] == inner and index.tags[index.dep[at]] == "compound"
                found[number] |= bool(named or surname or part)
    return found


SMALL = ["ADP", "CCONJ", "DET", "PART"]  # words that a name in capitals leaves small: Freedom to Marry


def _names_a_body(index: WordIndex, spans: np.ndarray) -> np.ndarray:
    """True for spans of several words in capitals that name a body, a law or a work; headlines apart.

    A phrase with a small word between its capitals ("Freedom to Marry") is a name whatever the model takes it for.
    """
    body = np.isin(index.entity, index.tag_numbers(BODIES))
    small = np.isin(index.pos, index.tag_numbers(SMALL))
    found = np.zeros(len(spans), dtype=bool)
    for number, (first, last) in enumerate(spans.tolist()):
        places = [n for n in range(first, last + 1) if index.is_word[n]]
        if len(places) < 2 or index.zone[first] == ZONES.index("headline"):
            continue
        text = index.articles["text"].iloc[index.article[first]]
        large = [text[index.start[n]].isupper() for n in places if not small[n]]
        inside = [not text[index.start[n]].isupper() for n in places[1:-1] if small[n]]
        named = body[first : last + 1].any() or (inside and all(inside) and not _in_title_case(index, text, first))
        found[number] = len(large) > 1 and all(large) and bool(named)
    return found


def _in_title_case(index: WordIndex, text: str, at: int) -> bool:
    """Does the sentence write most words that are no names with capitals, as headlines inside a text do?"""
    begin, stop = index.sentence_bounds[index.sentence_number[at] : index.sentence_number[at] + 2]
    common = np.isin(index.pos[begin:stop], index.tag_numbers(["ADJ", "ADV", "NOUN", "VERB"]))
    large = [text[index.start[n]].isupper() for n in np.arange(begin, stop)[common] if n != begin]
    return sum(large) > len(large) / 2


def _sides(index: WordIndex, concept: Concept) -> dict[int, list[tuple[int, int, str]]]:
    """What the concept may stand between: by sentence, first and last token and which one, a state by its country."""
    if not concept.between:
        return {}
    country = {word.lower(): place.country for word, place in place_words().items()}
    sides: dict[int, list[tuple[int, int, str]]] = {}
    for pattern in concept.between:
        for first, last in _find(index, pattern, concept).tolist():
            words = " ".join(index.vocabulary[n] for n in index.form[first : last + 1])
            sides.setdefault(int(index.sentence_number[first]), []).append((first, last, country.get(words, words)))
    return sides


def _has_two(sides: list[tuple[int, int, str]], first: int, last: int) -> bool:
    return len({which for begin, end, which in sides if end < first or begin > last}) > 1


def _has_near(
    index: WordIndex, spans: np.ndarray, patterns: Sequence[str], within: int, concept: Concept
) -> np.ndarray:
    """For each span: is one of the patterns within reach, in the same sentence and outside the span?"""
    others = np.concatenate([_find(index, pattern, concept) for pattern in patterns])
    others = others[np.argsort(others[:, 0], kind="stable")]
    sentence = index.sentence_number
    near = np.zeros(len(spans), dtype=bool)
    for number, (first, last) in enumerate(spans):
        begin = np.searchsorted(others[:, 0], first - within - 8)
        stop = np.searchsorted(others[:, 0], last + within, side="right")
        for other, other_last in others[begin:stop]:
            apart = other_last < first or other > last
            close = other_last >= first - within
            if apart and close and sentence[other] == sentence[first]:
                near[number] = True
                break
    return near


def _find(index: WordIndex, pattern: str, concept: Concept) -> np.ndarray:
    return find_pattern(index, pattern, sets=concept.sets, plurals=True)


def _table(index: WordIndex, rows: list[tuple[int, int, str, str]]) -> pd.DataFrame:
    if not rows:
        return empty_table("labels")
    first, last = (np.array([row[i] for row in rows]) for i in (0, 1))
    table = rows_of(index, first, last)
    return table.assign(concept=[row[2] for row in rows], label=[row[3] for row in rows])[COLUMNS["labels"]]


# Names that a concept file does not know yet: what else stands where a label would stand.

SUGGESTIONS = ["concept", "phrase", "n", "n_articles", "outlets", "how", "article_id", "start", "end", "sentence"]
_LEFT = ["amod", "compound", "nmod"]


def suggest_labels(
    articles: pd.DataFrame,
    concepts: Any = None,
    *,
    referent: str | Sequence[str] | None = None,
    min_n: int = 1,
    quotes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Noun phrases that name something of the referent and that no declared label covers.

    Parameters
    ----------
    articles : as from `read_articles`.
    concepts : as for `find_labels`; concepts with a ``referent`` are looked at.
    referent : the words to look around ("Ukraine"), instead of those in the concept file; what any of its labels
        covers is left out.
    min_n : times a phrase must occur.

    Returns
    -------
    One row per concept and phrase, the most frequent first: ``phrase`` ("fighting"), ``n, n_articles``,
    ``outlets`` that use it, ``how`` it stands ("fighting in Ukraine"), and the first place: ``article_id,
    start, end, sentence``.

    Notes
    -----
    For a person to choose from: many are names of other things ("ambassador in Ukraine"). Found by the parse,
    so headlines give fewer.
    """
    articles = as_articles(articles)
    found = load_concepts(concepts)
    if referent is not None:
        words = (referent,) if isinstance(referent, str) else tuple(referent)
        known = [] if concepts is None else found
        found = [
            Concept(
                name="about " + words[0],
                referent=words,
                labels=tuple(x for c in known for x in c.labels),
                sets={name: entries for c in known for name, entries in c.sets.items()},
            )
        ]
    found = [concept for concept in found if concept.referent]
    index = word_index(articles, quotes)
    rows = []
    for concept in found:
        covered = _known(articles, index, concept, quotes)
        for first, last, how in _phrases(index, concept):
            if not covered[first : last + 1].any():
                rows.append((concept.name, _text(index, first, last), how, first, last))
    return _suggested(index, rows, min_n)


def _known(articles: pd.DataFrame, index: WordIndex, concept: Concept, quotes: pd.DataFrame | None) -> np.ndarray:
    """True for tokens that a label of the concept covers."""
    covered = np.zeros(len(index.form), dtype=bool)
    if not concept.labels:
        return covered
    row_of = {article_id: row for row, article_id in enumerate(articles["article_id"])}
    for hit in find_labels(articles, [concept], quotes=quotes).itertuples(index=False):
        covered[slice(*index.tokens_of(row_of[hit.article_id], hit.start, hit.end))] = True
    return covered


def _phrases(index: WordIndex, concept: Concept) -> Iterator[tuple[int, int, str]]:
    """First and last token of each noun phrase tied to the referent, and the whole as written."""
    seen = set()
    for pattern in concept.referent:
        for first, last in find_pattern(index, pattern, sets=concept.sets).tolist():
            head = next((i for i in range(first, last + 1) if not first <= index.head[i] <= last), last)
            dep, above = index.tags[index.dep[head]], int(index.head[head])
            if dep == "pobj" and index.tags[index.pos[above]] == "ADP":
                noun = int(index.head[above])
            elif dep in ("poss", "nmod", "compound", "amod"):
                noun = above
            else:
                continue
            if index.tags[index.pos[noun]] != "NOUN" or first <= noun <= last or noun in seen:
                continue
            seen.add(noun)
            begin = noun
            while (
                begin > 0
                and index.head[begin - 1] == noun
                and index.tags[index.dep[begin - 1]] in _LEFT
                and not (first <= begin - 1 <= last)
            ):
                begin -= 1
            text = index.articles["text"].iloc[index.article[noun]]
            whole = text[index.start[min(begin, first)] : index.end[max(noun, last)]]
            yield begin, noun, " ".join(whole.split())


def _text(index: WordIndex, first: int, last: int) -> str:
    """The phrase with its last word in dictionary form."""
    words = [index.vocabulary[number] for number in index.form[first:last]]
    return " ".join([*words, index.vocabulary[index.lemma[last]]])


def _suggested(index: WordIndex, rows: list[tuple[str, str, str, int, int]], min_n: int) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["concept", "phrase", "how", "first", "last"])
    if table.empty:
        return pd.DataFrame({column: pd.Series(dtype="object") for column in SUGGESTIONS})
    placed = rows_of(index, table["first"].to_numpy(dtype=int), table["last"].to_numpy(dtype=int))
    table = table.join(placed[["article_id", "outlet", "start", "end", "sentence"]])
    grouped = table.groupby(["concept", "phrase"], sort=False, as_index=False).agg(
        n=("how", "size"),
        n_articles=("article_id", "nunique"),
        outlets=("outlet", lambda names: ", ".join(sorted(set(map(str, names))))),
        how=("how", "first"),
        article_id=("article_id", "first"),
        start=("start", "first"),
        end=("end", "first"),
        sentence=("sentence", "first"),
    )
    grouped = grouped[grouped["n"] >= min_n]
    return grouped.sort_values(
        ["concept", "n_articles", "n", "phrase"], ascending=[True, False, False, True], ignore_index=True
    )[SUGGESTIONS]
