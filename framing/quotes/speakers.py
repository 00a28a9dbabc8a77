"""Who speaks: every source of a quotation resolved to one person or body within its article."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import pandas as pd

from framing.entities.mentions import Cast
from framing.entities.names import Names, merge_names, name_words, split_speakers
from framing.entities.organisations import party_named
from framing.entities.places import adjective_of, find_places, place_words
from framing.entities.pronouns import NEUTER, PLURAL, Heard
from framing.entities.register import Decisions, Register, register_of
from framing.entities.resolution import cast_of, known_titles, resolve_mentions
from framing.entities.roles import Title, media_names, role_of_function
from framing.language import parse
from framing.quotes.sources import KnownSoFar, media_aliases, relay, resolve_source, source_nearby, whom_it_quotes
from framing.tables import as_articles, require_columns

if TYPE_CHECKING:
    pass

__all__ = ["resolve_mentions", "resolve_speakers", "speaker_links"]

FILLED = ["speaker", "via", "speaker_role", "certainty"]
THRESHOLD = 0.43  # cuts off "it", "they" and pronouns for unnamed people where somebody else is about as near
# ... and from which "it" and "they" are taken for somebody, for whom certainties were not learned: of 23 that blind readers judged
# in news, 8 of 16 above it were right, and none of 7 below.
OF_THEY = 0.95
Answer = tuple[Any, Any, Any, Any]  # speaker, via, role, certainty
_GOVERNMENT = re.compile(
    r"\b(?:government|ministry|administration|leadership|cabinet|presidency|embassy)\b", re.IGNORECASE
)


def resolve_speakers(
    quotes: pd.DataFrame, articles: pd.DataFrame, *, names: Names | Decisions = None, threshold: float = THRESHOLD
) -> pd.DataFrame:
    """`quotes` with ``speaker``, ``via``, ``speaker_role`` and ``certainty`` filled in.

    Parameters
    ----------
    quotes : rows with ``article_id, source, source_spans, content_spans, cue_spans``, as the tagger of
        `find_quotes` makes them.
    articles : the articles they come from.
    names : your own decisions: see `framing.entities.register.read_decisions`.
    threshold : certainty under which the speaker is missing and not guessed; "it" and "they" ask for `OF_THEY`, unless it
        is lower than usual.

    Returns
    -------
    The table in its order. ``speaker``: one name per person or body across these articles ("Vladimir Putin" for
    "Putin", "the Russian head of state" and "he"); a group is written "Moscow; Pyongyang"; an unnamed source keeps
    its words ("US officials"); missing where a pronoun could not be resolved. Capitals and ministries are kept as
    written: `speaker_links` tells their governments. ``via``: the medium that relays the words ("KCNA" in "Kim said,
    according to KCNA"), else missing. ``speaker_role``: one of `framing.entities.roles.ROLES`; for a group whose
    members differ, one for each. ``certainty`` (0 to 1): 1 where the source names its speaker or nobody else could be
    meant; less for a pronoun, an epithet or a surname that several people bear: by how far the speaker is ahead of
    the next and how often such a source goes right (see `framing.entities.pronouns.SURE`), which is a rank and no
    probability. It is kept where the speaker is cut off.
    """
    require_columns(quotes, ["article_id", "source", "source_spans"], made_by="find_quotes")
    result = quotes.copy()
    for column in FILLED:
        result[column] = pd.Series([pd.NA] * len(result), index=result.index, dtype="object")
    if result.empty:
        return result
    articles = as_articles(articles)
    rows = dict(iter(result.groupby("article_id", sort=False)))
    found: dict[Any, Answer] = {}
    titles: dict[str, Counter[str]] = defaultdict(Counter)
    casts = {article.article_id: cast_of(article, doc) for article, doc in parse(articles)}
    known = known_titles(casts.values())
    for article_id, cast in casts.items():
        for person in cast.people:
            for title in person.titles:
                titles[person.name][role_of_function(title.noun, title.beside)] += 1
        if article_id in rows:
            found |= _resolve_article(cast, rows[article_id], known)
    for number, column in enumerate(FILLED):
        result[column] = pd.Series(
            [found.get(label, (pd.NA,) * 4)[number] for label in result.index], index=result.index, dtype="object"
        )
    of_they = max(threshold, OF_THEY) if threshold >= THRESHOLD else threshold
    unsure = [
        not pd.isna(sure) and sure < (of_they if str(source).lower() in PLURAL | NEUTER else threshold)
        for sure, source in zip(result["certainty"], result["source"], strict=True)
    ]
    result.loc[unsure, "speaker"] = pd.NA
    written = result["speaker"]
    result["speaker"] = _under_one_name(result, register_of(casts, names))
    roles = _best_roles(titles, written, result["speaker"])
    result["speaker_role"] = [
        _filled_role(role, speaker, roles)
        for role, speaker in zip(result["speaker_role"], result["speaker"], strict=True)
    ]
    return result


def _under_one_name(quotes: pd.DataFrame, register: Register) -> list[Any]:
    """Every speaker under the name that the register gives; one that it lacks under the commonest of its own forms."""
    parts = [
        [
            (
                register.people.get((article_id, part))
                or party_named(part)
                or register.bodies.get(part)
                or _medium(part),
                part,
            )
            for part in split_speakers(speaker)
        ]
        for article_id, speaker in zip(quotes["article_id"], quotes["speaker"], strict=True)
    ]
    others = Counter(part for row in parts for name, part in row if name is None)
    settled = {name: name for name in register.counts}
    of_variant = {
        variant: name
        for variant, (name, _) in merge_names(
            others | Counter(register.counts), {**settled, **register.decisions.merge}
        ).items()
    }
    found: list[Any] = []
    for row in parts:
        names = [name or of_variant.get(part, part) for name, part in row]
        printed = [name for name in map(register.printed, names) if name is not None]
        found.append("; ".join(dict.fromkeys(printed)) if printed else pd.NA)
    return found


def _medium(name: str) -> str | None:
    """ "Bloomberg" in an article without a person of that name is the agency, whoever other articles name."""
    return name if name in media_names() else None


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


def _resolve_article(cast: Cast, rows: pd.DataFrame, known: dict[str, list[Title]] | None = None) -> dict[Any, Answer]:
    """``{row label: (speaker, via, role, certainty)}`` for the quotes of one article."""
    reading = KnownSoFar(cast, known or {}, Heard(cast), media_aliases(cast.text))
    found: dict[Any, Answer] = {}
    order = rows.sort_values(["start", "end"]) if "start" in rows and "end" in rows else rows
    for row in order.itertuples():
        spans = list(row.source_spans) if isinstance(row.source_spans, (list, tuple)) else []
        spans = [span for span in spans if not cast.is_left_out(*span)]  # a byline is no source
        contents = [tuple(span) for span in getattr(row, "content_spans", ())]
        if not spans:
            near = source_nearby(cast, contents, getattr(row, "cue_spans", ()))
            spans = [near] if near and getattr(row, "kind", "") != "scare" else []
        if not spans:
            found[row.Index] = (pd.NA, pd.NA, "unknown", pd.NA)
            continue
        start, end = spans[0]
        reading.certainty = 1.0
        parts = resolve_source(reading, start, end, contents)
        via = pd.NA
        if parts and parts[0][1] == "media" and len(parts) == 1:
            swapped = whom_it_quotes(reading, start, contents)
            if swapped:
                via, parts = parts[0][0], swapped
        if pd.isna(via):
            via = relay(cast, start, end, contents, parts)
        names = list(dict.fromkeys(name for name, _ in parts))
        roles = [role for _, role in dict(parts).items()] if len(names) == len(dict(parts)) else [r for _, r in parts]
        role = roles[0] if len(set(roles)) == 1 else "; ".join(roles) if roles else "unknown"
        found[row.Index] = ("; ".join(names) if names else pd.NA, via, role, reading.certainty if names else pd.NA)
        reading.roles |= {name: known for name, known in parts if known != "unknown"}
        ends = [last - 1 for _, last in contents[-1:]] if getattr(row, "kind", "") == "direct" else []
        for place in [*(first for first, _ in spans), *ends]:
            reading.heard[place] = names  # whoever spoke last is who comes to mind next
    return {
        label: (name, via, reading.roles.get(name, role) if role == "unknown" and not pd.isna(name) else role, sure)
        for label, (name, via, role, sure) in found.items()
    }


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
    return {
        name: min(counts, key=lambda role: (role == "citizen", -counts[role], role)) for name, counts in roles.items()
    }


def _filled_role(role: Any, speaker: Any, known: dict[str, str]) -> Any:
    if pd.isna(speaker):
        return "unknown"
    parts = split_speakers(speaker)
    roles = split_speakers(role)
    roles = roles if len(roles) == len(parts) else roles[:1] * len(parts) or ["unknown"] * len(parts)
    filled = [
        known.get(part, own) if own == "unknown" or (len(name_words(part)) > 1 and part in known) else own
        for part, own in zip(parts, roles, strict=True)
    ]
    return filled[0] if len(set(filled)) == 1 else "; ".join(filled)
