"""The names of a corpus to read over before counting: who is named, under which name, and what is doubtful."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
from framing.text.unicode import count
from framing.zones.passages import passage_spans

_DRAFT = """# Names in doubt, to decide on before counting; notebook 08 shows all names. Take the # away before what is
# right, strike out what is wrong, and save the file as names.toml. A list drop must stand above the first [table]."""
_SECTIONS = {  # of the draft, in the order of the file
    "drop": "In a headline and hardly in its article. No person of the story (a street, a ship, a photo agency)?",
    "merge": "One surname. One person under two names, or several people? Strike out who is somebody else.",
    "split": "Taken for one. Are they two people?"}
_READ_OVER = 30  # names without a doubt in a draft
COLUMNS = ["doubt", "name", "kind", "variants", "n_mentions", "n_articles", "n_outlets", "role", "side"]
FEW = 2  # mentions in an article of somebody in its headline that make one look twice
KINDS = {"country": "place", "seat": "place"}


@dataclass(frozen=True)
class _Doubt:
    """Why a name may be wrong, in which section of names.toml that is put right, and which other names it is about."""

    reason: str
    section: str = ""
    others: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return " ".join([self.reason, ", ".join(self.others)]).strip()


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
    return _reviewed(articles, names)[0]


def draft_decisions(articles: pd.DataFrame, *, names: Names | Decisions = None) -> tuple[int, str]:
    """What to decide on the doubtful names of `names`: how many doubts, and a draft of ``names.toml``, commented out.

    Each doubt is a line that would put it right: a merge, a split, a drop. Below stand the names that nothing speaks
    against, to be read over. With the ``#`` before its lines of TOML taken away it is a file that `read_decisions`
    reads.
    """
    table, doubts = _reviewed(articles, names)
    said = {row.name: f"{row.name}: {count(row.n_mentions, 'mention')} in {count(row.n_articles, 'article')}"
            for row in table[table["kind"] == "person"].itertuples()}
    parts, n = [_DRAFT], 0
    for section, told in _SECTIONS.items():
        pairs = [(name, doubt) for name in said for doubt in doubts.get(name, []) if doubt.section == section]
        if section == "drop":
            lines = [f"{_quoted(name)}, # {said[name]}" for name, _ in pairs]
            lines = ["drop = [", *(f"  {line}" for line in lines), "]"] if lines else []
        else:
            proposals = _one_line_each(pairs, said) if section == "merge" else [
                (name, doubt.others) for name, doubt in pairs]
            lines = [f"{_quoted(name)} = [{', '.join(map(_quoted, others))}] # " + "; ".join(
                said.get(one, one) for one in [name, *others]) for name, others in proposals]
            lines = [f"[{section}]", *lines] if lines else []
        if lines:
            parts.append("\n".join([f"# {told}", "#", *(f"# {_plain(line)}" for line in lines)]))
            n += len(pairs) if section != "merge" else len(lines) - 1
    sure = [line for name, line in said.items() if name not in doubts][:_READ_OVER]
    if n and sure:
        parts.append("\n".join(["# Nothing speaks against these; are they people of the story, each under one name?",
                                "#", *(f"# {_plain(line)}" for line in sure)]))
    return n, "\n\n".join(parts) + "\n"


def _one_line_each(pairs: list[tuple[str, _Doubt]], said: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """People of one surname as one line for each full name: the others of that surname, then the bare surname."""
    groups = dict.fromkeys(tuple(sorted({name, *doubt.others} & set(said), key=list(said).index))
                           for name, doubt in pairs)
    lines: dict[str, list[str]] = {}
    for group in groups:
        full = [name for name in group if len(name_words(name)) > 1] or list(group[:1])
        bare = [name for name in group if name not in full]
        for number, name in enumerate(full):
            others = [*(full[1:] if number == 0 else []), *bare]
            lines[name] = list(dict.fromkeys([*lines.get(name, []), *others]))
    return [(name, others) for name, others in lines.items() if others]


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _plain(line: str) -> str:
    return "".join(c for c in " ".join(line.split()) if c.isprintable())


def _reviewed(articles: pd.DataFrame, names: Names | Decisions) -> tuple[pd.DataFrame, dict[str, list[_Doubt]]]:
    """The table of `names`, and the doubts by name."""
    table, decisions = as_articles(articles), read_decisions(names)
    ungrouped = Decisions(decisions.merge, decisions.split, decisions.rename, decisions.drop)
    mentions = resolve_mentions(table, names=ungrouped, pronouns=False)
    if mentions.empty:
        return pd.DataFrame(columns=COLUMNS), {}
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
        doubt = "; ".join(dict.fromkeys(map(str, doubts.get(name, [])))) if kind == "person" else ""
        rows.append([doubt or pd.NA, name, KINDS.get(str(kind), kind),
                     "; ".join(form for form, _ in sorted(written.items(), key=lambda item: (-item[1], item[0]))),
                     len(here), here["article_id"].nunique(), here["outlet"].nunique(), role,
                     decisions.group.get(str(name), pd.NA)])
    result = pd.DataFrame(rows, columns=COLUMNS)
    order = result.assign(sure=result["doubt"].isna()).sort_values(
        ["sure", "n_mentions", "name"], ascending=[True, False, True]).index
    return result.loc[order].reset_index(drop=True), doubts


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
            settled: Iterable[str]) -> dict[str, list[_Doubt]]:
    people = mentions[mentions["entity_kind"] == "person"]
    found: dict[str, list[_Doubt]] = defaultdict(list)
    for key, doubt in register.doubts.items():
        found[str(register.printed(register.people[key]))].append(_Doubt(doubt))
    surnames: dict[str, set[str]] = defaultdict(set)
    forms: dict[str, set[str]] = defaultdict(set)
    for (_, written), name in register.people.items():
        forms[str(register.printed(name))].add(written)
    for name in people["entity"].unique():
        surnames[name_words(name)[-1]].add(name)
    for name in people["entity"].unique():
        others = sorted(surnames[name_words(name)[-1]] - {name})
        if others:
            found[name].append(_Doubt("the same surname as", "merge", others[:3]))
        merged = sorted(form for form in forms[name] if name_words(form) != name_words(name)
                        and not is_short_for(form, name) and same_person(form, name))
        if merged:
            found[name].append(_Doubt("taken for one with", "split", merged))
    for (article_id, name), here in people.groupby(["article_id", "entity"], sort=True):
        top = [any(start <= place < end for start, end in heads[article_id]) for place in here["start"]]
        if any(top) and len(here) - sum(top) < FEW:
            found[str(name)].append(_Doubt("in a headline, and hardly in its article", "drop"))
    return {name: doubts for name, doubts in found.items() if doubts and name not in set(settled)}
