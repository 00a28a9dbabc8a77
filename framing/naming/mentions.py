"""Who and what an article is about: every mention of a person, country or body, resolved."""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

from framing.language import parse
from framing.naming.bodies import merge_bodies
from framing.naming.cast import Cast
from framing.naming.later_mentions import later_mentions
from framing.naming.names import Names, merge_names, read_names
from framing.naming.titles import Title
from framing.passages import passage_spans
from framing.steadiness import steady
from framing.tables import KEYS, LEFT_OUT, as_articles

if TYPE_CHECKING:
    from spacy.tokens import Doc

COLUMNS = [*KEYS, "mention", "start", "end", "entity", "entity_kind", "how"]
IN_MEMORY = 500  # casts kept besides the parses

_recent: OrderedDict[str, Cast] = OrderedDict()


def cast_of(row: Any, doc: Doc) -> Cast:
    """The `Cast` of a parsed article, kept for the next caller."""
    key = f"{row.known_zones}|{row.text}"
    if key not in _recent:
        left_out = [(start, end) for start, end, zone in passage_spans(row) if zone in [*LEFT_OUT, "byline", "credit"]]
        _recent[key] = Cast(row.text, doc, left_out)
        while len(_recent) > IN_MEMORY:
            _recent.popitem(last=False)
    _recent.move_to_end(key)
    return _recent[key]


def known_titles(casts: Iterable[Cast]) -> dict[str, list[Title]]:
    """The titles other articles give to people, by every form of their names: for articles that give none."""
    titles: dict[str, list[Title]] = defaultdict(list)
    names: Counter[str] = Counter()
    for cast in casts:
        for person in cast.people:
            names[person.name] += 1
            titles[person.name] += [title for title in person.titles if title.countries]
    settled = merge_names(names)
    together: dict[str, list[Title]] = defaultdict(list)
    for name, (target, _) in settled.items():
        together[target] += [title for title in titles[name] if title not in together[target]]
    return {name: together[target] for name, (target, _) in settled.items()}


@steady
def resolve_mentions(articles: pd.DataFrame, *, names: Names = None, pronouns: bool = True) -> pd.DataFrame:
    """Every mention of a person, country or body, and whom it stands for.

    Parameters
    ----------
    articles : as from `read_articles`.
    names : your own choice of one name per person, as in `canonical_names`.
    pronouns : keep "he", "she", "it", "they" where they could be resolved.

    Returns
    -------
    One row per mention, in order: ``article_id, outlet, event``; ``mention`` (as written), ``start, end``;
    ``entity`` (one name across the corpus: "Kim Jong-un", "North Korea"); ``entity_kind`` ("person",
    "country" or "body"); ``how``: "name", "short" (a surname), "title" ("the North Korean leader", "his guest"), "seat"
    (a capital for its government), "place" (a capital as a place), "pronoun". A group ("the two leaders") gives one
    row per member. Mentions that could not be resolved are left out.

    Notes
    -----
    Resolved within the article by rules; titles that only another article gives count for descriptions that name a
    country. Pronouns go to the most salient earlier mention and err most.
    """
    rows = []
    written: Counter[str] = Counter()  # how often the articles name each person otherwise than by an epithet
    casts = [(row, cast_of(row, doc)) for row, doc in parse(as_articles(articles))]
    known = known_titles(cast for _, cast in casts)
    for row, cast in casts:
        later = later_mentions(cast, known)
        for mention in sorted([*cast.mentions, *later], key=lambda m: (m.start, -m.end)):
            hidden = mention.how == "pair" or mention.kind.startswith("unnamed")
            if not mention.entity or hidden or (mention.how == "pronoun" and not pronouns):
                continue
            members = mention.entity.split("; ") if mention.kind == "group" else [mention.entity]
            for member in members:
                kind = mention.kind
                if kind == "group":
                    kind = "person" if any(p.name == member for p in cast.people) else "country"
                written[member] += kind == "person" and mention not in later
                rows.append([row.article_id, row.outlet, row.event, row.text[mention.start:mention.end],
                             mention.start, mention.end, member, kind, mention.how])
    table = pd.DataFrame(rows, columns=COLUMNS)
    people = {entity: written[entity] for entity in table.loc[table["entity_kind"] == "person", "entity"]}
    named = {entity: name for entity, (name, _) in merge_names(people, read_names(names)).items()}
    bodies = merge_bodies(Counter(table.loc[table["entity_kind"] == "body", "entity"]))
    of_kind = {"person": named, "body": bodies}
    table["entity"] = [of_kind.get(kind, {}).get(entity, entity)
                       for entity, kind in zip(table["entity"], table["entity_kind"], strict=True)]
    return table
