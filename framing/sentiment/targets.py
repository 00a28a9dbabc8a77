"""Where the people, countries and bodies of a corpus are spoken of, and in whose voice.

In a sentence that quotes, what the outlet says of a target is scored without the words of others. Praise or
blame that the outlet's own words ascribe to somebody ("Kim praised Russia") is reported, not the outlet's.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from framing.language import parse
from framing.quotes.voice import spans_by_article
from framing.sentiment.features import Pair, SentenceReading, attitude, see
from framing.sentiment.model import load_model
from framing.tables import LEFT_OUT
from framing.zones.passages import find_passages

if TYPE_CHECKING:
    from spacy.tokens import Span

Targets = str | Sequence[str] | Mapping[str, Iterable[str]] | None
# Words that seldom mean whom they are taken for: of 30 rows of "it" in real news that two readers judged, none did; of
# "its", "they", "them" and "their" in other people's words 1 of 4.
NEVER = frozenset(["it", "itself"])
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


def mentions_of(articles: pd.DataFrame, resolved: pd.DataFrame, targets: Targets) -> dict[Any, list[TargetMention]]:
    """The mentions of the wanted targets, or of everyone, by article and in order.

    `resolved` is the table of `resolve_mentions`. A target is found where that gives its name or one of its
    variants to an entity, pronouns and titles included, and wherever one of them stands in the text as a word.
    """
    wanted = _wanted(targets)
    found: dict[Any, dict[tuple[int, str], TargetMention]] = {key: {} for key in articles["article_id"]}
    own_name = {} if wanted is None else {form.casefold(): name for name, forms in wanted.items() for form in forms}
    for row in resolved.itertuples(index=False):
        name = row.entity if wanted is None else own_name.get(str(row.entity).casefold())
        if name is not None:
            found[row.article_id][int(row.start), name] = TargetMention(int(row.start), int(row.end), name)
    for name, forms in (wanted or {}).items():
        pattern = re.compile(r"\b(?:" + "|".join(re.escape(form) for form in forms) + r")\b")
        for key, text in zip(articles["article_id"], articles["text"], strict=True):
            here = [(m.start, m.end) for m in found[key].values() if m.target == name]
            for hit in pattern.finditer(text):
                if not any(start < hit.end() and end > hit.start() for start, end in here):
                    found[key][hit.start(), name] = TargetMention(hit.start(), hit.end(), name)
    return {key: sorted(those.values()) for key, those in found.items()}


def _wanted(targets: Targets) -> dict[str, list[str]] | None:
    """Each target's forms, longest first, or None for everyone."""
    if targets is None:
        return None
    if isinstance(targets, str):
        targets = [targets]
    if not isinstance(targets, Mapping):
        targets = {name: [] for name in targets}
    forms = {str(name): sorted({str(name), *map(str, [more] if isinstance(more, str) else more)},
                               key=lambda form: (-len(form), form)) for name, more in targets.items()}
    if any(not form.strip() for those in forms.values() for form in those):
        raise ValueError("A target has an empty name. Pass names such as ['Russia', 'Kim Jong Un'], or a "
                         "dictionary such as {'Russia': ['Moscow', 'the Kremlin']}.")
    return forms


def spoken_of(articles: pd.DataFrame, quotes: pd.DataFrame | None, targets: Targets,
              mentions: pd.DataFrame | None = None) -> Iterator[Spoken]:
    """Every target in every sentence, once per voice it is spoken of in, in the order of the text."""
    from framing.entities.resolution import resolve_mentions

    if quotes is None:
        from framing.quotes.finding import find_quotes

        quotes = find_quotes(articles)
    resolved = resolve_mentions(articles) if mentions is None else mentions
    wanted, everyone = mentions_of(articles, resolved, targets), mentions_of(articles, resolved, None)
    spans, common = spans_by_article(articles, quotes), load_model().common
    for one in sentences(articles):
        key = one.article.article_id
        here = _within(wanted[key], one)
        if here and one.zone not in NOT_PROSE:
            spoken = spans.get(key, [])  # they do not overlap
            first = bisect_right(spoken, one.start, key=lambda span: span[1])
            voices = [span[:4] for span in spoken[first:bisect_left(spoken, one.end, key=lambda span: span[0])]]
            yield from _by_voice(one, here, voices, _within(everyone[key], one), common)


def _within(mentions: list[TargetMention], one: Sentence) -> list[TargetMention]:
    first = bisect_left(mentions, (one.start, -1, ""))
    return [mention for mention in mentions[first:bisect_left(mentions, (one.end, -1, ""))] if mention.end <= one.end]


def _by_voice(one: Sentence, mentions: list[TargetMention], voices: list[tuple[int, int, str, Any]],
              everyone: list[TargetMention], common: frozenset[str]) -> Iterator[Spoken]:
    others = [(start, end) for start, end, *_ in voices]
    whole = SentenceReading(one.span, common)
    own = SentenceReading(one.span, common, others) if others else whole
    groups: dict[tuple[str, str], Spoken] = {}
    for mention in mentions:
        voice, speaker = next(((v, s) for a, b, v, s in voices if a <= mention.start < b), ("outlet", pd.NA))
        word = one.article.text[mention.start:mention.end].lower()
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
        group = groups.setdefault((mention.target, voice),
                                  Spoken(one, mention.target, voice, speaker, [], [], hidden))
        group.mentions.append(mention)
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
