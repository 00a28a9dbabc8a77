"""The names of a corpus to read over before counting: who is named, under which name, and what is doubtful."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import pandas as pd

from framing.entities.epithets import role_of_person
from framing.entities.mentions import Cast
from framing.entities.names import Names, is_short_for, name_words, same_person
from framing.entities.register import Decisions, Register, read_decisions, register_of
from framing.entities.resolution import cast_of, resolve_mentions
from framing.entities.roles import role_of_words
from framing.language import parse
from framing.tables import as_articles
from framing.zones.passages import passage_spans

COLUMNS = ["doubt", "name", "kind", "variants", "n_mentions", "n_articles", "n_outlets", "role", "side"]
FEW = 2  # mentions in an article of somebody in its headline that make one look twice
KINDS = {"country": "place", "seat": "place"}


def names(articles: pd.DataFrame, *, names: Names | Decisions = None) -> pd.DataFrame:
    """Everybody the articles name, doubtful ones first: read it, write ``names.toml``, and every table follows.

    Parameters
    ----------
    articles : as from `read_articles`.
    names : decisions made before, as for `resolve_mentions`; what they settle is in no doubt.

    Returns
    -------
    One row per name: ``doubt`` (why it may be wrong: two people of one surname, a bare surname that several bear, a
    headline's name that its article hardly names again, full names that were taken for one; else missing), ``name``,
    ``kind`` ("person", "body", "place", "party" or "group"), ``variants`` (as written, the commonest first),
    ``n_mentions`` (pronouns aside), ``n_articles``, ``n_outlets``, ``role`` (one of `framing.entities.roles.ROLES`;
    missing for places) and ``side`` (of your ``[group]``, under which the name is counted). Doubtful rows
    first, then the most mentioned.

    Notes
    -----
    On 50 events of US news, 18 of 20 people of a story stand under their name and in no other row; the rest are
    doubts more often than not. A person whom no article names in full stays a bare surname.
    """
    table, decisions = as_articles(articles), read_decisions(names)
    ungrouped = Decisions(decisions.merge, decisions.split, decisions.rename, decisions.drop)
    mentions = resolve_mentions(table, names=ungrouped, pronouns=False)
    if mentions.empty:
        return pd.DataFrame(columns=COLUMNS)
    casts = {row.article_id: cast_of(row, doc) for row, doc in parse(table)}
    register = register_of(casts, ungrouped)
    heads = {row.article_id: [span for *span, zone in passage_spans(row) if zone == "headline"]
             for row in table.itertuples()}
    doubts = _doubts(mentions, register, heads, settled=set(decisions.merge.values()) | {
        name for pair in decisions.split for name in pair})
    roles = _roles(casts, register)
    rows = []
    for (name, kind), here in mentions.groupby(["entity", "entity_kind"], sort=True):
        named = here[here["how"].isin(["name", "short", "seat", "place"])]
        written = Counter(named["mention"] if len(named) else here["mention"])
        role = roles.get(name, "unknown") if kind == "person" else pd.NA if kind in KINDS else role_of_words(str(name))
        rows.append([doubts.get(name, pd.NA) if kind == "person" else pd.NA, name, KINDS.get(str(kind), kind),
                     "; ".join(form for form, _ in sorted(written.items(), key=lambda item: (-item[1], item[0]))),
                     len(here), here["article_id"].nunique(), here["outlet"].nunique(), role,
                     decisions.group.get(str(name), pd.NA)])
    result = pd.DataFrame(rows, columns=COLUMNS)
    order = result.assign(sure=result["doubt"].isna()).sort_values(
        ["sure", "n_mentions", "name"], ascending=[True, False, True]).index
    return result.loc[order].reset_index(drop=True)


def _roles(casts: dict[Any, Cast], register: Register) -> dict[str, str]:
    """The commonest known role of each person, over the articles."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for article_id, cast in casts.items():
        for person in cast.people:
            role = role_of_person(cast, person.name)
            if role != "unknown":
                counts[str(register.printed(register.person(article_id, person.name)))][role] += 1
    return {name: min(roles, key=lambda role: (-roles[role], role)) for name, roles in counts.items()}


def _doubts(mentions: pd.DataFrame, register: Register, heads: dict[Any, list[Any]], *,
            settled: Iterable[str]) -> dict[str, str]:
    people = mentions[mentions["entity_kind"] == "person"]
    found: dict[str, list[str]] = defaultdict(list)
    for key, doubt in register.doubts.items():
        found[str(register.printed(register.people[key]))].append(doubt)
    surnames: dict[str, set[str]] = defaultdict(set)
    forms: dict[str, set[str]] = defaultdict(set)
    for (_, written), name in register.people.items():
        forms[str(register.printed(name))].add(written)
    for name in people["entity"].unique():
        surnames[name_words(name)[-1]].add(name)
    for name in people["entity"].unique():
        others = sorted(surnames[name_words(name)[-1]] - {name})
        if others:
            found[name].append(f"the same surname as {', '.join(others[:3])}")
        merged = sorted(form for form in forms[name] if name_words(form) != name_words(name)
                        and not is_short_for(form, name) and same_person(form, name))
        if merged:
            found[name].append(f"taken for one with {', '.join(merged)}")
    for (article_id, name), here in people.groupby(["article_id", "entity"], sort=True):
        top = [any(start <= place < end for start, end in heads[article_id]) for place in here["start"]]
        if any(top) and len(here) - sum(top) < FEW:
            found[str(name)].append("in a headline, and hardly in its article")
    return {name: "; ".join(dict.fromkeys(reasons)) for name, reasons in found.items()
            if reasons and name not in set(settled)}
