"""Who and what an article is about: every mention of a person, country or body, resolved."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from framing.cache import Recent
from framing.entities.definite_descriptions import newly_settled, person_for
from framing.entities.epithets import ages_of
from framing.entities.finding import find_mentions
from framing.entities.hosts_and_guests import PARTY_AT, party_meant
from framing.entities.mentions import Cast, Mention
from framing.entities.names import Names, merge_names
from framing.entities.people import covered
from framing.entities.places import countries_in, place_words
from framing.entities.register import Decisions, Register, register_of
from framing.entities.titles import Title
from framing.language import parse
from framing.steadiness import steady
from framing.tables import KEYS, LEFT_OUT, as_articles
from framing.zones.passages import passage_spans

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from framing.entities.titles import Title

COLUMNS = [*KEYS, "mention", "start", "end", "entity", "entity_kind", "how"]
PLACES = ("as written", "with their country")
IN_MEMORY = 500  # casts kept besides the parses

_recent: Recent[Cast] = Recent(IN_MEMORY)


def cast_of(row: Any, doc: Doc) -> Cast:
    """The `Cast` of a parsed article, kept for the next caller."""
    def made() -> Cast:
        spans = passage_spans(row)
        left_out = [(start, end) for start, end, zone in spans if zone in [*LEFT_OUT, "byline", "credit"]]
        headlines = [(start, end) for start, end, zone in spans if zone == "headline"]
        return find_mentions(row.text, doc, left_out, headlines)

    return _recent.made(f"{row.known_zones}|{row.text}", made)


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


def with_country(places: str) -> bool:
    """Whether a government named by its place counts with its country; raises ``ValueError`` for an unknown way."""
    if places not in PLACES:
        raise ValueError(f"places is {places!r}; use 'as written' (Moscow and Russia are two) or 'with their country' "
                         "(Moscow counts as Russia).")
    return places == "with their country"


@steady
def resolve_mentions(articles: pd.DataFrame, *, names: Names | Decisions = None, pronouns: bool = True,
                     places: str = "as written") -> pd.DataFrame:
    """Every mention of a person, country, body, party or group, and whom it stands for.

    Parameters
    ----------
    articles : as from `read_articles`.
    names : your own decisions: a ``names.toml`` (see `read_decisions`), or one name per person as in `canonical_names`.
    pronouns : keep "he", "she", "it", "they" where they could be resolved.
    places : "as written" keeps a capital or seat of government ("Moscow", "the White House") apart from its country;
        "with their country" counts it as the country.

    Returns
    -------
    One row per mention, in order: ``article_id, outlet, event``; ``mention`` (as written), ``start, end``;
    ``entity`` (one name across the corpus: "Kim Jong-un", "North Korea"); ``entity_kind`` ("person", "country",
    "seat": a capital or seat of government, "body", "party" or "group", as `names` lists them); ``how``: "name",
    "short" (a surname), "title" ("the North Korean leader", "his guest"), "seat" (a capital for its government),
    "place" (a capital as a place), "pronoun". "The two leaders" give one row per member. Mentions that could not be
    resolved, and names dropped by your decisions, are left out.

    Notes
    -----
    Resolved within the article by rules; titles that only another article gives count for descriptions that name a
    country. Pronouns go to the most salient earlier mention and err most.
    """
    joined = with_country(places)
    rows = []
    casts = [(row, cast_of(row, doc)) for row, doc in parse(as_articles(articles))]
    register = register_of({row.article_id: cast for row, cast in casts}, names)
    known = known_titles(cast for _, cast in casts)
    for row, cast in casts:
        for mention in sorted([*cast.mentions, *later_mentions(cast, known)], key=lambda m: (m.start, -m.end)):
            hidden = mention.how == "pair" or mention.kind.startswith("unnamed")
            if not mention.entity or hidden or (mention.how == "pronoun" and not pronouns):
                continue
            for name, kind in _entities(register, row.article_id, cast, mention, joined):
                rows.append([row.article_id, row.outlet, row.event, row.text[mention.start:mention.end],
                             mention.start, mention.end, name, kind, mention.how])
    return pd.DataFrame(rows, columns=COLUMNS)


def _entities(register: Register, article_id: Any, cast: Cast, mention: Mention,
              joined: bool) -> Iterator[tuple[str, str]]:
    """The printed name and kind of everybody a mention stands for."""
    for member in str(mention.entity).split("; ") if mention.kind == "group" else [str(mention.entity)]:
        kind = mention.kind
        if kind == "group":
            kind = "person" if any(person.name == member for person in cast.people) else "country"
        elif mention.seat and not joined:
            kind, member = "seat", mention.seat
        name = register.person(article_id, member) if kind == "person" else register.body(member) if kind == "body" \
            else member
        printed = register.printed(name)
        if printed is not None:
            grouped = printed in register.decisions.group.values()
            yield printed, "group" if grouped or kind == "movement" else kind


# Mentions that only the whole article, or the other articles, settle: "his guest", "the Russian", "the 52-year-old".
#
# They are read when everybody else is known, and no pronoun is decided by them. Kept to what proved right nine times
# in ten or more: epithets such as "the striker" or "the company" are resolved as sources only (see `epithets`).

_NATIONAL = re.compile(r"(?<![\w’'-])[Tt]he ([A-Z][\w-]+(?: [A-Z][\w-]+)?)(?![\w’'-]*\s?[A-Z])")
_AGE = re.compile(r"(?<![\w’'-])[Tt]he (\d{1,3})-year-old(?![\w-])")


def later_mentions(cast: Cast, known: dict[str, list[Title]]) -> list[Mention]:
    """Mentions of people beyond those of `cast`, in order; `known` holds titles from other articles."""
    found: list[Mention] = []
    for start, end, name in _candidates(cast, known):
        people = [m for m in cast.near(start, end) if m.kind == "person" and m.how != "pronoun"]
        inside_quote_of_them = covered(start, end, [(m.start, m.end) for m in found])
        if name and not people and not inside_quote_of_them and not covered(start, end, cast.left_out):
            found.append(Mention(start, end, name, "person", "title", cast.sentence_at(start)))
    return sorted(found, key=lambda mention: mention.start)


def _candidates(cast: Cast, known: dict[str, list[Title]]) -> Iterator[tuple[int, int, str | None]]:
    for hit in PARTY_AT.finditer(cast.text):
        if cast.token_at(hit.end() - 1).dep_ != "compound":  # "the guest book"
            yield *hit.span(), party_meant(cast, hit.group(), hit.start())
    for start, end, name in newly_settled(cast, known):
        words = cast.text[start:end]
        if countries_in(words) or re.match(r"[Ii]ts |[Tt]heir ", words):  # titles from elsewhere tell no "nominee"
            yield start, end, name
    for hit in _AGE.finditer(cast.text):
        if cast.token_at(hit.end() - 1).dep_ not in {"compound", "amod"}:
            named = [person.name for person in cast.people if hit.group(1) in ages_of(cast, person.name)
                     and person.first < hit.start()]
            yield *hit.span(), named[0] if len(named) == 1 else None
    for hit in _NATIONAL.finditer(cast.text):
        place = place_words().get(hit.group(1))
        if place and place.how == "adjective" and _stands_alone(cast, hit.end()):
            yield *hit.span(), person_for(cast, "leader", hit.group(), hit.start(), known=known)


def _stands_alone(cast: Cast, end: int) -> bool:
    """Is the adjective itself the noun: "the Russian noted", not "the Russian side" or "the Russians"?"""
    token = cast.token_at(end - 1)
    after = cast.text[end:end + 2]
    if token.tag_ in {"NNS", "NNPS"} or token.dep_ in {"amod", "compound", "nmod"}:
        return False
    return not re.match(r" [\w“\"(]", after) or (token.dep_ in {"nsubj", "nsubjpass"} and token.head.i > token.i)
