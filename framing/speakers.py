"""Who speaks: every source of a quotation resolved to one person or body within its article."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from framing.cast import Cast, Mention
from framing.descriptions import described_in, person_for
from framing.language import parse
from framing.mentions import cast_of, resolve_mentions
from framing.names import Names, apply_names, merge_names, name_words, split_speakers
from framing.people import Title, function_at
from framing.places import adjective_of, find_places, place_words
from framing.pronouns import NEUTER, PLURAL, SINGULAR, referent
from framing.relays import as_written, media_aliases, medium_meant, relay, source_nearby
from framing.roles import SPOKEN_FOR, functions, role_of_function, role_of_words
from framing.tables import as_articles, require_columns

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["resolve_mentions", "resolve_speakers", "speaker_links"]

FIRST_PERSON = {"i", "we", "me", "us", "you", "my", "our", "your", "myself", "ourselves", "one"}
WRITTEN = {"message", "letter", "note", "entry", "inscription", "line", "words", "tweet", "post", "email", "text",
           "sign", "placard", "banner"}
RELATIVE = {"who", "which", "that", "whom", "whose"}
_QUOTED_BY = re.compile(r"\b(?:quot(?:ed|es|ing)|cit(?:ed|es|ing))\s+(.{2,80}?)\s+as (?:saying|telling|having said)")
_FOLLOWS_NAME = re.compile(r"\s*[,(\[–—-]|\s(?:who|and|of|from|at|in|on|himself|herself)\b|\s*$")
_ASIDE = re.compile(r"\b(?:who|which|that|whose|including|like|such as|led by)\b", re.IGNORECASE)
_GOVERNS = re.compile(r"\b(?:of|for|to|by|with|from|about|against|at|near|on)\b|[’']s\b")
_GOVERNMENT = re.compile(r"\b(?:government|ministry|administration|leadership|cabinet|presidency|embassy)\b",
                         re.IGNORECASE)


def resolve_speakers(quotes: pd.DataFrame, articles: pd.DataFrame, *, names: Names = None) -> pd.DataFrame:
    """`quotes` with ``speaker``, ``via`` and ``speaker_role`` filled in.

    Parameters
    ----------
    quotes : rows with ``article_id, source, source_spans, content_spans, cue_spans``, as the tagger of
        `find_quotes` makes them.
    articles : the articles they come from.
    names : your own choice of one name per speaker: see `canonical_names`.

    Returns
    -------
    The table in its order. ``speaker``: one name per person or body across these articles ("Vladimir Putin" for
    "Putin", "the Russian head of state" and "he"); a group is written "Moscow; Pyongyang"; an unnamed source keeps
    its words ("US officials"); missing where a pronoun could not be resolved. Capitals and ministries are kept as
    written: `speaker_links` tells their governments. ``via``: the medium that relays the words ("KCNA" in "Kim said,
    according to KCNA"), else missing. ``speaker_role``: one of `framing.roles.ROLES`; for a group whose members
    differ, one for each.
    """
    require_columns(quotes, ["article_id", "source", "source_spans"], made_by="find_quotes")
    result = quotes.copy()
    for column in ("speaker", "via", "speaker_role"):
        result[column] = pd.Series([pd.NA] * len(result), index=result.index, dtype="object")
    if result.empty:
        return result
    articles = as_articles(articles)
    rows = dict(iter(result.groupby("article_id", sort=False)))
    found: dict[Any, tuple[Any, Any, Any]] = {}
    titles: dict[str, Counter[str]] = defaultdict(Counter)
    casts = {article.article_id: cast_of(article, doc) for article, doc in parse(articles)}
    known = _known_titles(casts.values())
    for article_id, cast in casts.items():
        for person in cast.people:
            for title in person.titles:
                titles[person.name][role_of_function(title.noun, title.beside)] += 1
        if article_id in rows:
            found |= _resolve_article(cast, rows[article_id], known)
    for number, column in enumerate(("speaker", "via", "speaker_role")):
        result[column] = pd.Series([found.get(label, (pd.NA,) * 3)[number] for label in result.index],
                                   index=result.index, dtype="object")
    written = result["speaker"]
    result = apply_names(result, names, also=Counter(person.name for cast in casts.values() for person in cast.people))
    roles = _best_roles(titles, written, result["speaker"])
    result["speaker_role"] = [_filled_role(role, speaker, roles) for role, speaker in
                              zip(result["speaker_role"], result["speaker"], strict=True)]
    return result


def speaker_links(quotes: pd.DataFrame) -> pd.DataFrame:
    """The government that each capital, country or ministry among the speakers stands for.

    One row per such speaker: ``speaker`` (as in `quotes`), ``link`` ("North Korean government" for "Pyongyang"),
    ``country``. Raises ``ValueError`` without ``speaker``.
    """
    require_columns(quotes, ["speaker"], made_by="find_quotes")
    rows = []
    for speaker in sorted({part for value in quotes["speaker"].dropna() for part in split_speakers(value)}):
        place = place_words().get(speaker.replace("’", "'"))
        inside = [p.country for _, _, p in find_places(speaker)]
        if place or (_GOVERNMENT.search(speaker) and len(set(inside)) == 1):
            country = place.country if place else inside[0]
            rows.append([speaker, f"{adjective_of(country)} government", country])
    return pd.DataFrame(rows, columns=["speaker", "link", "country"])


# -- one article


@dataclass
class Reading:
    """What is known while the quotations of one article are read in order."""

    cast: Cast
    known: dict[str, list[Title]]  # titles from other articles
    heard: dict[int, list[str]]  # speakers of earlier quotations, by the offset of their source
    aliases: dict[str, str]  # "Korean Central News Agency" -> "KCNA"


def _known_titles(casts: Iterable[Cast]) -> dict[str, list[Title]]:
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


def _resolve_article(cast: Cast, rows: pd.DataFrame,
                     known: dict[str, list[Title]] | None = None) -> dict[Any, tuple[Any, Any, Any]]:
    """``{row label: (speaker, via, role)}`` for the quotes of one article."""
    reading = Reading(cast, known or {}, {}, media_aliases(cast.text))
    found: dict[Any, tuple[Any, Any, Any]] = {}
    later: list[tuple[Any, int, str]] = []  # descriptions such as "Putin's spokesman" that the text has not settled
    order = rows.sort_values(["start", "end"]) if "start" in rows and "end" in rows else rows
    for row in order.itertuples():
        spans = list(row.source_spans) if isinstance(row.source_spans, (list, tuple)) else []
        contents = [tuple(span) for span in getattr(row, "content_spans", ())]
        if not spans:
            near = source_nearby(cast, contents, getattr(row, "cue_spans", ()))
            spans = [near] if near and getattr(row, "kind", "") != "scare" else []
        if not spans:
            found[row.Index] = (pd.NA, pd.NA, "unknown")
            continue
        start, end = spans[0][0], spans[-1][1] if spans[-1][1] - spans[0][0] < 200 else spans[0][1]
        parts = _resolve(reading, start, end, contents)
        via = pd.NA
        if parts and parts[0][1] == "media" and len(parts) == 1:
            swapped = _whom_it_quotes(reading, start, contents)
            if swapped:
                via, parts = parts[0][0], swapped
        if pd.isna(via):
            via = relay(cast, start, end, contents, parts)
        names = list(dict.fromkeys(name for name, _ in parts))
        roles = [role for _, role in dict(parts).items()] if len(names) == len(dict(parts)) else [r for _, r in parts]
        role = roles[0] if len(set(roles)) == 1 else "; ".join(roles) if roles else "unknown"
        found[row.Index] = ("; ".join(names) if names else pd.NA, via, role)
        _bridge(cast, row, found, later, start, end, names)
        reading.heard[start] = names
    return found


def _resolve(reading: Reading, start: int, end: int, avoid: list[tuple[int, int]],
             depth: int = 0) -> list[tuple[str, str]]:
    """The speakers a source mention stands for, each with a role."""
    cast = reading.cast
    while start < end and (cast.text[start].isspace() or cast.text[start] in ",;:—–\"“"):
        start += 1
    text = cast.text[start:end].strip(" ,;:")
    end = start + len(text)
    low = text.lower()
    if not text or (low in FIRST_PERSON and text != "US"):
        return []
    if low in SINGULAR | PLURAL | NEUTER:
        never = described_in(cast, avoid, reading.known) if low in SINGULAR else frozenset()
        mention = referent(cast, start, low, avoid, reading.heard, never)
        return _of_mention(reading, mention) if mention else []
    head = cast.head(start, end)
    if low in RELATIVE:
        verb = head.head
        if verb.dep_ == "relcl" and depth < 2:
            noun = verb.head
            writer = _writer(noun) if low != "who" else None
            if writer is not None:
                last = writer.right_edge.idx + len(writer.right_edge.text)
                return _resolve(reading, writer.left_edge.idx, last, avoid, depth + 1)
            while noun.dep_ == "conj":
                noun = noun.head
            first = noun.left_edge.idx
            last = verb.head.idx + len(verb.head.text)
            return _resolve(reading, first, last, avoid, depth + 1)
        return []
    if depth < 2:
        split = _members(cast, head, start, end)
        if len(split) > 1:
            parts = [part for a, b in split for part in _resolve(reading, a, b, avoid, depth + 1)]
            if parts:
                return parts
    person = _named_in(cast, head, start, end)
    if person:
        return _of_mention(reading, person, text)
    whole = [m for m in cast.mentions if m.start < end and start < m.end and m.kind in {"person", "group"}
             and m.how == "title" and m.start <= head.idx < m.end]
    if whole and whole[0].entity:
        return _of_mention(reading, whole[0], text)
    described = _described(reading, head, start, end)
    if described:
        return [(described, _role_of_person(cast, described, text))]
    opening = cast.token_at(start)
    common = opening.pos_ in {"NOUN", "ADJ", "DET", "PRON", "NUM", "VERB"} and not opening.ent_type_
    return medium_meant(cast, text, start, reading.aliases) or as_written(text, reading.aliases, common=common)


def _writer(noun: Token) -> Token | None:
    """Of "Kim left a message in a book, which read": Kim."""
    token, written = noun, False
    for _ in range(6):
        written = written or token.lower_ in WRITTEN
        if token.pos_ == "VERB":
            break
        token = token.head
    subject = next((child for child in token.children if child.dep_ == "nsubj"), None)
    return subject if written and token.pos_ == "VERB" else None


def _members(cast: Cast, head: Token, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of a source that "and" joins: "the army of X and the government of Y" is two."""
    heads = [head]
    while True:
        nexts = [t for t in heads[-1].children if t.dep_ == "conj" and t.i > heads[-1].i and start <= t.idx < end]
        if not nexts:
            break
        heads.append(nexts[0])
    if len(heads) == 1 or not any(t.lower_ in {"and", "&", ","} for h in heads for t in h.children):
        return [(start, end)]
    if not all(t.pos_ in {"NOUN", "PROPN", "PRON", "X", "NUM"} for t in heads):
        return [(start, end)]
    if any(child.dep_ == "poss" and child.pos_ == "PRON" for child in heads[-1].children):
        return [(start, end)]  # "Washington and its allies"
    if heads[0].pos_ == "NOUN" and heads[-1].pos_ == "NOUN" and not _own_words(heads[-1], start):
        return [(start, end)]  # "US officials and analysts": one unnamed group
    borders = []
    for number, token in enumerate(heads):
        first = start if number == 0 else max(token.left_edge.idx, start)
        if number + 1 < len(heads):
            cut = cast.text.rfind(" and ", first, heads[number + 1].idx)
            comma = cast.text.rfind(",", first, heads[number + 1].idx)
            cut = cut if cut > first else comma if comma > first else heads[number + 1].left_edge.idx
            borders.append((first, cut))
        else:
            borders.append((first, end))
    trimmed = []
    for first, last in borders:
        piece = cast.text[first:last]
        lead = re.match(r"(?:\s*(?:both|and|,|&)\s+)+", piece + " ", re.IGNORECASE)
        first += len(lead.group()) if lead and len(lead.group()) < len(piece) else 0
        if first < last:
            trimmed.append((first, last))
    return trimmed


def _own_words(token: Token, start: int) -> bool:
    """Has this joined noun words of its own before it ("and the government of Japan")?"""
    return any(child.dep_ in {"det", "poss"} and child.i < token.i for child in token.children)


def _named_in(cast: Cast, head: Token, start: int, end: int) -> Mention | None:
    """The person a source names: "spokesman John Kirby", "Matthew Miller, spokesman for ..."."""
    for mention in cast.mentions:
        if not (start <= mention.start and mention.end <= end and mention.kind == "person"
                and mention.how in {"name", "short"}):
            continue
        before, after = cast.text[start:mention.start], cast.text[mention.end:end]
        if after and not _FOLLOWS_NAME.match(after):
            continue
        if _ASIDE.search(before):
            continue
        last = before.lower().split()[-1:]
        if (mention.start <= head.idx < mention.end or not _GOVERNS.search(before) or before.endswith(", ")
                or (last and last[0] in functions())):
            return mention
    return None


def _described(reading: Reading, head: Token, start: int, end: int) -> str | None:
    """The person of a description that was not definite enough to be a mention of its own."""
    cast = reading.cast
    words = cast.text[start:end]
    if re.match(r"(?:an?|another|some|one|two|several|many|any)\b", words, re.IGNORECASE):
        return None
    if (re.fullmatch(r"[Tt]he (?:[A-Z]\w+ ?){1,2}", words) and head.tag_ not in {"NNS", "NNPS", "NNP"}) or \
            (re.fullmatch(r"[Tt]he (?:[A-Z]\w+ ?){1,2}", words) and words[4:] in place_words() \
            and place_words()[words[4:]].how == "adjective" and not words.endswith("s")):
        return person_for(cast, "leader", words, start, known=reading.known)  # "the Russian"
    upto = words[:head.idx + len(head.text) - start]
    noun = function_at(re.findall(r"[\w’'-]+", upto))
    if re.match(r" of (?:state|government)", words[len(upto):]):
        noun = (noun or "head") + words[len(upto):].split(",")[0]
    if not noun or head.tag_ in {"NNS", "NNPS"}:
        return None
    return person_for(cast, noun, words, start, known=reading.known)


def _of_mention(reading: Reading, mention: Mention, text: str = "") -> list[tuple[str, str]]:
    cast = reading.cast
    if mention.kind in {"group", "person"}:
        people = {person.name for person in cast.people}
        return [(name, _role_of_person(cast, name, text) if name in people else role_of_words(name))
                for name in (mention.entity or "").split("; ")]
    earlier = [m for m in cast.mentions
               if m.entity == mention.entity and m.how != "pronoun" and m.start <= mention.start]
    source = earlier[-1] if earlier and mention.how == "pronoun" else mention
    return as_written(cast.text[source.start:source.end], reading.aliases)


def _role_of_person(cast: Cast, name: str, text: str = "") -> str:
    titles = next((person.titles for person in cast.people if person.name == name), [])
    roles = [role_of_function(title.noun, title.beside) for title in titles]
    return next((role for role in roles if role != "unknown"), "unknown")


def _whom_it_quotes(reading: Reading, start: int, contents: list[tuple[int, int]]) -> list[tuple[str, str]]:
    """Of "the agency quoted X as saying": X, who speaks."""
    cast = reading.cast
    hit = _QUOTED_BY.search(cast.text, start, start + 200)
    if not hit or cast.sentence_at(hit.start()) != cast.sentence_at(start):
        return []
    return _resolve(reading, hit.start(1), hit.end(1), contents, depth=1)


def _bridge(cast: Cast, row: Any, found: dict[Any, tuple[Any, Any, Any]], later: list[tuple[Any, int, str]],
            start: int, end: int, names: list[str]) -> None:
    """Let "Putin's spokesman" be the person quoted next whom the text brings in without any title.

    Newspapers vary: a spokesman is quoted, then a name nobody has explained is quoted. Only the very next quotation,
    and only a name first mentioned there, settles it.
    """
    if later and names and getattr(row, "nested", False) is not True:
        label, where, noun = later.pop()
        person = next((p for p in cast.people if p.name == names[0]), None)
        if person and not person.titles and where < person.first and abs(person.first - start) < 60:
            role = role_of_function(noun, cast.text[where:where + 60])
            found[label] = (person.name, found[label][1], role)
            found[row.Index] = (found[row.Index][0], found[row.Index][1], role)
    text = cast.text[start:end]
    if len(names) == 1 and names[0] not in {p.name for p in cast.people}:
        hit = re.search(r"[’']s (?:\w+ )?(" + "|".join(SPOKEN_FOR) + r"|lawyer|aide|press secretary)\b", cast.text[
            start:end + 90])
        if hit and (hit.start() < len(text)):
            later[:] = [(row.Index, start, hit.group(1))]


def _best_roles(titles: dict[str, Counter[str]], written: pd.Series, settled: pd.Series) -> dict[str, str]:
    """The commonest known role of each settled name, over every article and variant."""
    of_variant: dict[str, str] = {}
    for before, after in zip(written, settled, strict=True):
        if not pd.isna(before) and not pd.isna(after):
            of_variant |= dict(zip(split_speakers(before), split_speakers(after), strict=False))
    roles: dict[str, Counter[str]] = defaultdict(Counter)
    for name, counts in titles.items():
        target = of_variant.get(name, name)
        for role, n in counts.items():
            if role != "unknown":
                roles[target][role] += n
    return {name: min(counts, key=lambda role: (role == "citizen", -counts[role], role))
            for name, counts in roles.items()}


def _filled_role(role: Any, speaker: Any, known: dict[str, str]) -> Any:
    if pd.isna(speaker):
        return "unknown"
    parts = split_speakers(speaker)
    roles = split_speakers(role)
    roles = roles if len(roles) == len(parts) else roles[:1] * len(parts) or ["unknown"] * len(parts)
    filled = [known.get(part, own) if own == "unknown" or (len(name_words(part)) > 1 and part in known) else own
              for part, own in zip(parts, roles, strict=True)]
    return filled[0] if len(set(filled)) == 1 else "; ".join(filled)
