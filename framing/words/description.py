"""How someone is described: adjectives, appositions, what they do and what is done to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from framing.tables import KEYS, as_articles, require_columns
from framing.words.index import Voice, WordIndex, rows_of, word_index
from framing.words.patterns import find_pattern

RELATIONS = ["modifier", "apposition", "predicate", "agent", "patient"]
COLUMNS = [*KEYS, "entity", "relation", "word", "form", "start", "end", "text", "zone", "voice", "speaker"]
_LINKING = ["be", "become", "remain", "seem", "stay", "look", "appear", "sound", "feel"]


def descriptions(
    articles: pd.DataFrame,
    entities: Any = None,
    *,
    mentions: pd.DataFrame | None = None,
    quotes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every word that describes a person, country or body, and every verb it does or has done to it.

    Parameters
    ----------
    articles : as from `read_articles`.
    entities : which ones: a list of names, or a dictionary of name to patterns ("the mayor": ["mayor",
        "Ada Brook"]); None for every person, country and body that `resolve_mentions` finds.
    mentions : as from `resolve_mentions`; found anew when not given.

    Returns
    -------
    One row per word, in order of place: ``entity``; ``relation``: "modifier" ("the *reclusive* Kim"),
    "apposition" ("Kim, the *dictator*"), "predicate" ("Kim is *isolated*"), "agent" (what the entity does),
    "patient" (what is done to it); ``word`` (verbs and
    nouns in dictionary form); ``form`` of verbs, "active" or "passive";
    ``start, end, text`` of the word as written; ``zone, voice, speaker``.

    Notes
    -----
    Rests on the parse of a small model, right for about nine words in ten on news, less in headlines; check
    `evidence` before you quote a count. `description_profile` counts.
    """
    articles = as_articles(articles)
    index = word_index(articles, quotes)
    rows: dict[tuple[int, str, str], tuple[str, str]] = {}
    for entity, first, last in _spans(articles, index, entities, mentions):
        for relation, place, form in _relations(index, first, last):
            number = index.form[place] if relation in ("modifier", "predicate") else index.lemma[place]
            rows.setdefault((place, entity, relation), (index.vocabulary[number], form))
    found = sorted(rows.items(), key=lambda item: item[0])
    places = np.array([place for (place, _, _), _ in found], dtype=np.int64)
    table = rows_of(index, places, places)
    return table.assign(
        entity=[entity for (_, entity, _), _ in found],
        relation=[relation for (_, _, relation), _ in found],
        word=[word for _, (word, _) in found],
        form=[form or pd.NA for _, (_, form) in found],
    )[COLUMNS]


def description_profile(table: pd.DataFrame, *, voice: Voice = "outlet") -> pd.DataFrame:
    """How often each outlet uses each word of an entity, and how much of it is done by it or to it.

    Parameters
    ----------
    table : as from `descriptions`. voice : by default the outlet's own words only; None for all.

    Returns
    -------
    One row per entity, outlet, relation and word, the most frequent first: ``n`` (times), ``n_articles``,
    ``n_relation`` (all words of this relation), ``n_passive`` (verbs in the passive), ``agent_share``: of the
    verbs that have the entity as agent or patient, the share it does (0 to 1).
    """
    require_columns(table, COLUMNS, made_by="descriptions")
    columns = ["entity", "outlet", "relation", "word", "n", "n_articles", "n_relation", "n_passive", "agent_share"]
    chosen = table if voice is None else table[table["voice"].isin([voice] if isinstance(voice, str) else voice)]
    if chosen.empty:
        return pd.DataFrame({column: pd.Series(dtype="object") for column in columns})
    chosen = chosen.assign(passive=chosen["form"].eq("passive").fillna(False).astype(int))
    group = ["entity", "outlet", "relation", "word"]
    counts = chosen.groupby(group, as_index=False).agg(
        n=("word", "size"), n_articles=("article_id", "nunique"), n_passive=("passive", "sum")
    )
    counts["n_relation"] = counts.groupby(group[:3])["n"].transform("sum")
    verbs = chosen[chosen["relation"].isin(["agent", "patient"])]
    does = verbs["relation"].eq("agent").groupby([verbs["entity"], verbs["outlet"]]).mean().rename("agent_share")
    counts = counts.merge(does.reset_index(), on=["entity", "outlet"], how="left")
    counts["order"] = counts["relation"].map(RELATIONS.index)
    return counts.sort_values(
        ["entity", "outlet", "order", "n", "word"], ascending=[True, True, True, False, True], ignore_index=True
    )[columns]


def _spans(
    articles: pd.DataFrame, index: WordIndex, entities: Any, mentions: pd.DataFrame | None
) -> Iterator[tuple[str, int, int]]:
    """Entity, first and last token of every mention."""
    if isinstance(entities, dict):
        for entity, patterns in entities.items():
            for pattern in [patterns] if isinstance(patterns, str) else patterns:
                for first, last in find_pattern(index, pattern, lemmas=False):
                    yield entity, int(first), int(last)
        return
    if mentions is None:
        from framing.entities.resolution import resolve_mentions

        mentions = resolve_mentions(articles)
    require_columns(mentions, ["article_id", "entity", "start", "end"], made_by="resolve_mentions")
    if entities is not None:
        wanted = {str(name).casefold() for name in entities}
        mentions = mentions[mentions["entity"].astype(str).str.casefold().isin(wanted)]
    row_of = {article_id: row for row, article_id in enumerate(articles["article_id"])}
    for mention in mentions.itertuples(index=False):
        row = row_of.get(mention.article_id)
        if row is None:
            continue
        first, behind = index.tokens_of(row, mention.start, mention.end)
        if first < behind:
            yield mention.entity, first, behind - 1


def _relations(index: WordIndex, first: int, last: int) -> Iterator[tuple[str, int, str]]:
    """Relation, token and form of each word that describes the mention at these tokens."""
    inside = range(first, last + 1)
    head = next((i for i in inside if not first <= index.head[i] <= last or index.head[i] == i), last)
    dep = index.tags[index.dep[head]]
    for child in _children(index, head):
        name = index.tags[index.dep[child]]
        if not first <= child <= last:
            if name in ("amod", "nmod") or (name == "compound" and _pos(index, child) in ("ADJ", "NOUN")):
                yield "modifier", child, ""
            elif name == "appos" and not _is_name(index, child):
                yield "apposition", child, ""
    above = int(index.head[head])
    if dep == "appos" and not _is_name(index, above):
        yield "apposition", above, ""
    elif dep == "compound" and _pos(index, above) == "PROPN" and above not in inside:
        yield from _relations(index, above, above)
    elif dep == "nsubj" and _pos(index, above) in ("VERB", "AUX"):
        if index.vocabulary[index.lemma[above]] in _LINKING:
            yield from (
                ("predicate", child, "")
                for child in _children(index, above)
                if index.tags[index.dep[child]] in ("acomp", "attr")
            )
        else:
            yield from (("agent", verb, "active") for verb in [above, *_joined(index, above)])
    elif dep == "nsubjpass":
        yield from (("patient", verb, "passive") for verb in [above])
    elif dep in ("dobj", "obj") and _pos(index, above) == "VERB":
        yield "patient", above, "active"
    elif dep == "pobj" and index.tags[index.dep[above]] == "agent":
        yield "agent", int(index.head[above]), "passive"


def _joined(index: WordIndex, verb: int) -> Iterator[int]:
    """Verbs joined to this one that share its subject."""
    for child in _children(index, verb):
        if (
            index.tags[index.dep[child]] == "conj"
            and _pos(index, child) == "VERB"
            and not any(index.tags[index.dep[other]] in ("nsubj", "nsubjpass") for other in _children(index, child))
        ):
            yield child
            yield from _joined(index, child)


def _children(index: WordIndex, head: int) -> list[int]:
    begin, stop = index.sentence_bounds[index.sentence_number[head] : index.sentence_number[head] + 2]
    here = np.flatnonzero(index.head[begin:stop] == head) + begin
    return [int(child) for child in here if child != head]


def _is_name(index: WordIndex, place: int) -> bool:
    """Someone or somewhere else that the parser took for an apposition."""
    return index.tags[index.entity[place]] in ("PERSON", "GPE")


def _pos(index: WordIndex, place: int) -> str:
    return index.tags[index.pos[place]]
