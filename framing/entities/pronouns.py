"""Pronouns, and the earlier mention each most likely takes up."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from itertools import chain, islice, pairwise
from math import exp, log, log1p
from typing import TYPE_CHECKING

import numpy as np

from framing.entities.mentions import QUOTED, UNNAMED, Cast, Mention
from framing.entities.roles import functions, gender_of_noun, role_of_words
from framing.precision import rounded
from framing.text.lexicon import word_lists

if TYPE_CHECKING:
    from spacy.tokens import Token

_LISTED = word_lists("names/words")


FADE = 0.55  # per sentence back
FARTHEST = 6  # sentences a pronoun looks back; if it finds nobody there, LAST_RESORT
LAST_RESORT = 25
MOST_OWNERS = 400  # mentions before "its" among which the owner is looked for
AHEAD = 3  # sentences it looks ahead if nobody at all was named before

PARTIES = ("party", "movement")
SINGULAR = {"he", "she", "him", "her", "his", "hers", "himself", "herself"}
PLURAL = {"they", "them", "their", "theirs", "themselves"}
NEUTER = {"it", "its", "itself"}
POSSESSIVE = {"its"}
FEMALE, MALE = {"she", "her", "hers", "herself"}, {"he", "him", "his", "himself"}
SOMEBODY = "one"  # stands for an epithet that tells no gender: "the 52-year-old"
_SOME = re.compile(r"(?:an?|one|another|some|my|our|his|her|their) ", re.IGNORECASE)
_PRONOUN = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Hh]im|[Hh]ers?|[Hh]is|[Tt]hey|[Tt]hem|[Tt]heirs?|[Ii]ts?|"
    r"(?:him|her|it)self|themselves)\b"
)


# What tells whom a pronoun takes up, of everybody it may; weighed in `data/models/pronouns/weights.json`.
FEATURES = (
    "salience",
    "same sentence",
    "both subjects",
    "subject owns",
    "same paragraph",
    "times named",
    "acted last",
    "spoke last",
    "spoke",
    "gender known",
    "unnamed",
    "quoted apart",
    "quoted together",
    "speaks here",
    "named in own words",
    "ahead",
)
ACTS = 0.8  # weight from which a mention is a subject outside quotation marks
LEADS = 0.95  # ... and from which it is that of a main clause
WITHIN = 60  # characters from the marks within which the speaker of what stands between them is named
_AFTER = re.compile(r"[ ,]{0,2}(?:[a-z]+ ){0,2}(?:[A-Z][\w.’'-]* ){0,4}")  # "said Senator"
_SAYS = re.compile(r" [a-z]+[^.!?;\n“”\"]{0,40}[,:] ?")
_BEFORE = re.compile(r" [a-z]+[^.!?;\n“”\"]{0,50}(?:[,:]|(\.)) ?")
_CLOSING = ("”", '"', "’", "'")
BESIDE = 50  # characters from the marks within which somebody is who speaks between them


@lru_cache(maxsize=1)
def weights() -> list[float]:
    """The weight of each of `FEATURES`, as `training/train_pronouns.py` fits them."""
    text = files("framing.data").joinpath("models/pronouns/weights.json").read_text("utf-8")
    return [json.loads(text)["weights"][name] for name in FEATURES]


def add_pairs(cast: Cast) -> None:
    """Two of a kind joined by "and" may be taken up by "they" and "their"."""
    pairs = []
    for one, other in pairwise(cast.mentions):
        between = cast.text[one.end : other.start]
        if (
            one.kind == other.kind
            and one.kind in {"person", "country"}
            and one.entity != other.entity
            and re.fullmatch(r",? and (?:the )?(?:[\w’'-]+ ){0,3}", between)
        ):
            pairs.append((one, other))
    for one, other in pairs:
        mention = cast.put(one.start, other.end, f"{one.entity}; {other.entity}", "group", "pair")
        mention.weight = one.weight
    _add_unnamed(cast)
    cast.mentions.sort(key=lambda mention: (mention.start, -mention.end))


def _add_unnamed(cast: Cast) -> None:
    """Unnamed people a pronoun may take up: "some Republicans", "two officials", "a passer-by"; subjects only."""
    strings = cast.doc.vocab.strings
    subjects = np.isin(cast.doc.to_array("DEP"), [strings["nsubj"], strings["nsubjpass"]])
    for place in np.flatnonzero(subjects).tolist():
        token = cast.doc[place]
        if cast.is_left_out(token.idx, token.idx + 1):
            continue
        end = token.idx + len(token.text)
        beside = cast.near(token.idx, end)
        if (
            token.tag_ in {"NNS", "NNPS"}
            and role_of_words(token.text) not in {"unknown", "media"}
            and not any(m.kind in {"group", *PARTIES} for m in beside)
        ):
            cast.put(token.left_edge.idx, end, cast.text[token.left_edge.idx : end], "unnamed", "noun")
        elif token.lower_ in functions() and not beside and is_unnamed(cast, token.left_edge.idx, token.tag_):
            cast.put(token.left_edge.idx, end, cast.text[token.left_edge.idx : end], UNNAMED, "noun")


def is_unnamed(cast: Cast, start: int, tag: str = "NN") -> bool:
    """Does a noun phrase bring in somebody without a name: "a passer-by", "his mother", "the General Secretary"?"""
    return (
        bool(_SOME.match(cast.text, start)) if tag == "NN" else tag == "NNP" and cast.text[start : start + 4] == "the "
    )


def add_pronouns(cast: Cast) -> None:
    """Put down every pronoun that finds somebody, in order: what one means counts for the next."""
    found = []
    for hit in _PRONOUN.finditer(cast.text):
        if not is_expletive(cast.token_at(hit.start())):
            found.append(hit)
    for hit in found:
        mark = _mark_beside(cast, hit.start(), hit.end())
        best = referent(cast, hit.start(), hit.group(), [mark] if mark else None)
        if best:
            mention = cast.put(*hit.span(), best.entity, best.kind, "pronoun")
            mention.seat, mention.certainty = best.seat, best.certainty
            cast.mentions.insert(
                bisect_left(cast.mentions, hit.start(), hi=len(cast.mentions) - 1, key=lambda m: m.start),
                cast.mentions.pop(),
            )


def _speakers(cast: Cast, mark: tuple[int, int]) -> list[Mention]:
    """Who says what stands between these marks: "“...,” said Berg", "Berg said, “...”", "“...,” Berg said. “...”"."""
    after = [
        m
        for m in cast.near(mark[1], mark[1] + WITHIN)
        if m.start >= mark[1] and _AFTER.fullmatch(cast.text, mark[1], m.start)
    ]
    before = [
        m
        for m in cast.near(max(mark[0] - WITHIN, 0), mark[0])
        if m.end <= mark[0]
        and (hit := _BEFORE.fullmatch(cast.text, m.end, mark[0]))
        and (not hit[1] or cast.text[: m.start].rstrip()[-1:] in _CLOSING)
    ]
    return [m for m in [*after, *before] if m.kind == "person" and m.weight >= ACTS]


def _mark_beside(cast: Cast, start: int, end: int) -> tuple[int, int] | None:
    """The words that "he" says, where they stand right before or after "he said"."""
    if cast.is_quoted(start) or cast.token_at(start).dep_ not in SUBJECTS:
        return None
    at = bisect_left(cast.marks, (start, start))
    if at and _AFTER.fullmatch(cast.text, cast.marks[at - 1][1], start):
        return cast.marks[at - 1]
    if at < len(cast.marks) and _SAYS.fullmatch(cast.text, end, cast.marks[at][0]):
        return cast.marks[at]
    return None


def speaker_mention(cast: Cast, place: int, name: str) -> Mention:
    """The speaker of a quotation as a mention at the place of its source, for what comes after."""
    head = re.split(r" (?:of|for|in|at|from|with|to) |,", name)[0].lower()
    office = any(" ".join(head.split()[-n:]) in functions() for n in (1, 2))  # "Stone's attorney" is no "it"
    kind = (
        "person"
        if any(person.name == name for person in cast.people)
        else UNNAMED
        if (office or is_unnamed(cast, place)) and role_of_words(name) in {"citizen", "anonymous", "expert", "unknown"}
        else "body"
    )
    return Mention(place, place, name, kind, "title", cast.sentence_at(place), 1.0)


class Heard(dict[int, list[str]]):
    """The speakers of the quotations read so far, by the offset of their source."""

    def __init__(self, cast: Cast) -> None:
        self.named = {mention.start for mention in cast.mentions if mention.kind != UNNAMED}
        self.places: list[int] = []  # in order
        self.alone: list[int] = []  # those of one speaker for whom no mention stands, in order

    def __setitem__(self, place: int, names: list[str]) -> None:
        if place not in self:
            insort(self.places, place)
        at = bisect_left(self.alone, place)
        self.alone[at : bisect_right(self.alone, place)] = (
            [place] if len(names) == 1 and place not in self.named else []
        )
        super().__setitem__(place, names)

    def before(self, start: int) -> Iterator[int]:
        """The places before `start`, the last first."""
        return (self.places[number] for number in range(bisect_left(self.places, start) - 1, -1, -1))


def referent(
    cast: Cast,
    start: int,
    pronoun: str,
    avoid: list[tuple[int, int]] | None = None,
    heard: Heard | None = None,
    never: frozenset[str] = frozenset(),
) -> Mention | None:
    """The mention before `start` that this pronoun most likely takes up.

    Of everybody it may mean the one with the highest sum of `FEATURES`, weighed; `certainty` is the chance that a
    conditional logit gives. Whoever is named in the spans to `avoid` (what "he" says) is seldom meant, nobody of
    `never` unless there is no other; `heard` has the speakers of quotations before, by offset.
    """
    shut_out: set[str | None] = set()
    if avoid:
        shut_out = {m.entity for span in avoid for m in cast.near(*span) if m.how != "pronoun"}
    word = pronoun.lower()
    kinds = (
        {"person", UNNAMED}
        if word in SINGULAR
        else {"person"}
        if word == SOMEBODY
        else {"country", "body"}
        if word in NEUTER
        else {"group", "unnamed", *PARTIES}
    )
    beside = re.search(r"[\w’'-]+(?= and $)", cast.text[max(0, start - 40) : start])
    if beside and word in {"its", "his", "her", "their"}:
        near = [
            m
            for m in cast.near(start - 6, start - 5)
            if m.end == start - 5 and m.kind in kinds | {"country"} and m.start < start
        ]
        if near:
            return near[-1]
    if word in POSSESSIVE:
        owner = _owner(cast, start, kinds, shut_out)
        if owner:
            return owner
    found = candidates(cast, start, word, kinds, shut_out, heard)
    found = {name: told for name, told in found.items() if name not in never} or found
    mark = cast.mark_around(start) if word in SINGULAR else None
    if mark:  # nobody says "he" of himself
        speaking = {m.entity for m in _speakers(cast, mark)}
        found = {name: told for name, told in found.items() if name not in speaking}
        if not found and speaking:
            return None
    if not found:
        return _named_next(cast, start, word)
    scores = {
        name: sum(w * x for w, x in zip(weights(), features, strict=True)) for name, (features, _) in found.items()
    }
    highest = max(scores.values())
    total = sum(exp(score - highest) for score in scores.values())
    best = max(scores, key=lambda name: (rounded(scores[name]), found[name][1].start))
    mention = found[best][1]
    return replace(mention, certainty=min(float(rounded(exp(scores[best] - highest) / total)), mention.certainty))


def candidates(
    cast: Cast, start: int, word: str, kinds: set[str], shut_out: set[str | None], heard: Heard | None
) -> dict[str, tuple[list[float], Mention]]:
    """Everybody a pronoun at `start` may take up, with `FEATURES` and the mention they were last named with."""
    here, token = cast.sentence_at(start), cast.token_at(start)
    quoted, mark = cast.is_quoted(start), cast.mark_around(start)
    spoke = [heard[place] for place in islice(heard.before(start), 3)] if heard else []  # the last first
    found: dict[str, list[Mention]] = {}
    actor = ""
    for mention in chain(_ahead(cast, start, token), _with_speakers(cast, start, heard)):
        if mention.sentence < here - (FARTHEST if found else LAST_RESORT):
            break
        if mention.kind in kinds and mention.entity and _agrees(cast, mention, word):
            found.setdefault(mention.entity, []).append(mention)
            if not actor and mention.weight >= LEADS and mention.start < start:
                actor = mention.entity
    told = {}
    for name, mentions in found.items():
        last = mentions[0]
        subject = last.weight >= ACTS or ACTS * QUOTED <= last.weight <= QUOTED
        told[name] = (
            [
                log(max(m.weight * FADE ** abs(here - m.sentence) for m in mentions) + 0.01),
                float(here == last.sentence),
                float(subject and token.dep_ in SUBJECTS),
                float(subject and here == last.sentence and token.dep_ == "poss"),
                float(cast.text.find("\n", last.start, start) < 0),
                log1p(cast.times_named(name, start)),
                float(name == actor),
                float(bool(spoke) and name in spoke[0] and name == actor),
                float(any(name in names for names in spoke)),
                float(word in SINGULAR and cast.genders.get(name, "") != ""),
                float(last.kind == UNNAMED),
                float(not quoted and cast.is_quoted(last.start)),
                float(quoted and cast.is_quoted(last.start)),
                float(
                    mark is not None
                    and any(
                        m.weight >= ACTS and (0 <= m.start - mark[1] < BESIDE or 0 <= (mark[0] - m.end) < BESIDE)
                        for m in mentions
                    )
                ),
                float(name in shut_out),
                float(last.start > start),
            ],
            last,
        )
    return told


def _ahead(cast: Cast, start: int, token: Token) -> Iterator[Mention]:
    """The subject of the sentence that a pronoun stands before: "In his letter, Berg said"."""
    at = bisect_left(cast.mentions, start + 1, key=lambda mention: mention.start)
    root = token.sent.root
    for mention in cast.mentions[at : at + 4] if not cast.is_quoted(start) else ():
        head = cast.head(mention.start, mention.end)
        if head.dep_ in SUBJECTS and head.head.i == root.i and token.i < head.left_edge.i:
            yield mention


def _owner(cast: Cast, start: int, kinds: set[str], shut_out: set[str | None]) -> Mention | None:
    """Whose "its invasion" is: the country the same noun was given before ("Russia's invasion"), or else the subject
    of the clause it stands in ("that Russia needs shells for its invasion")."""
    token = cast.token_at(start)
    fits = [
        m
        for m in islice(_before(cast, start), MOST_OWNERS)
        if m.kind in kinds and m.entity and m.entity not in shut_out and m.how != "place"
    ][::-1]
    noun = token.head.text
    if token.head.i > token.i and "country" in kinds and len(noun) > 3:
        for mention in reversed(fits):
            if mention.how != "pronoun" and re.match(
                rf"[’']s? (?:[\w-]+ ){{0,2}}{re.escape(noun)}\b", cast.text[mention.end : mention.end + 60]
            ):
                return mention
    verb = token.head
    while verb.head.i != verb.i and not any(
        child.dep_ in {"nsubj", "nsubjpass"} and child.right_edge.i < token.i for child in verb.children
    ):
        verb = verb.head
    subject = next(
        (child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"} and child.right_edge.i < token.i),
        None,
    )
    if subject is None:
        return None
    return next((m for m in fits if m.start <= subject.idx < m.end), None)


def _with_speakers(cast: Cast, start: int, heard: Heard | None) -> Iterator[Mention]:
    """The mentions before `start`, the last first, with the speakers of quotations that no mention stands for."""
    alone = bisect_left(heard.alone, start) if heard else 0
    if not heard or not alone:
        yield from _before(cast, start)
        return
    at = bisect_left(cast.mentions, start, key=lambda mention: mention.start)
    while at or alone:
        place = max(cast.mentions[at - 1].start if at else -1, heard.alone[alone - 1] if alone else -1)
        first = at
        while first and cast.mentions[first - 1].start == place:
            first -= 1
        yield from cast.mentions[first:at]
        at = first
        if alone and heard.alone[alone - 1] == place:
            alone -= 1
            yield speaker_mention(cast, place, heard[place][0])


def _before(cast: Cast, start: int) -> Iterator[Mention]:
    """The mentions that begin before `start`, the last first."""
    at = bisect_left(cast.mentions, start, key=lambda mention: mention.start)
    return (cast.mentions[number] for number in range(at - 1, -1, -1))


def _named_next(cast: Cast, start: int, word: str) -> Mention | None:
    """Of "She resigned. ... Anna Berg, the official, ...": the name that follows, where none went before."""
    first = next((m for m in cast.mentions if m.kind == "person" and m.how == "name"), None)
    if (
        word not in SINGULAR
        or first is None
        or first.start < start
        or cast.sentence_at(first.start) > cast.sentence_at(start) + AHEAD
    ):
        return None
    return first if _agrees(cast, first, word) else None


def _agrees(cast: Cast, mention: Mention, word: str) -> bool:
    if word not in SINGULAR:
        return mention.how != "place"
    gender = (
        gender_of_noun((mention.entity or "").split()[-1])
        if mention.kind == UNNAMED
        else cast.genders.get(mention.entity or "", "")
    )
    return not (gender == "m" and word in FEMALE) and not (gender == "f" and word in MALE)


# The "it" that takes up nobody: "it is his turn to travel", "it was all done", "it seems", "made it clear that".

LINKS = frozenset(["appear", "be", "become", "feel", "look", "prove", "remain", "seem", "sound"])
MAY_BE = frozenset(_LISTED["bodies_are"])
OF_SOMEBODY = frozenset(_LISTED["minds"])
OF_NOBODY_THAT = frozenset(["likely", "unlikely"])  # ... yet "it is likely that"
TOLD = frozenset(_LISTED["told"])
WEATHER = frozenset(_LISTED["weather"])
HOUR = frozenset(_LISTED["hours"])
OPENS_CLAUSE = frozenset(["that", "whether", "how", "why", "when", "where", "who", "what", "which", "if"])
SUBJECTS = frozenset(["nsubj", "nsubjpass"])
CLAUSES = frozenset(["ccomp", "csubj", "csubjpass", "advcl", "xcomp", "acl", "relcl"])


def is_expletive(token: Token) -> bool:
    """Does this "it" stand for no person, country or body, but for a clause, the situation, the weather or nothing?"""
    if token.lower_ != "it":
        return False
    if token.dep_ == "expl" or any(other.lower_ == "all" for other in _beside(token)):
        return True
    head = token.head
    if token.dep_ == "dobj":
        return head.lemma_ in {"mean", "say"} or any(
            child.dep_ == "oprd" and child.lemma_ not in OF_SOMEBODY and _clause(child, head) for child in head.rights
        )
    if token.dep_ not in SUBJECTS:
        return False
    if head.pos_ in {"ADJ", "NOUN"}:  # "made it clear that", "thought it a shame to"
        return head.lemma_ not in OF_SOMEBODY and _clause(head, head.head)
    if token.dep_ == "nsubjpass":
        return head.lemma_ not in TOLD | OF_SOMEBODY and head.lower_ not in OF_SOMEBODY and _that(head)
    return _of_a_verb(head)


def _beside(token: Token) -> list[Token]:
    """The word after "it", or after the auxiliaries that follow it: "it all", "it was all done"."""
    at, doc = token.i + 1, token.doc
    while at < len(doc) and doc[at].pos_ == "AUX":
        at += 1
    return [doc[at]] if at < len(doc) else []


def _of_a_verb(verb: Token) -> bool:
    lemma, children = verb.lemma_, list(verb.rights)
    if lemma in WEATHER:
        return True
    if lemma in LINKS:
        said = [child for child in verb.children if child.dep_ in {"attr", "acomp", "oprd"}]
        if any(
            _is_matter(child)
            if child.pos_ in {"NOUN", "PROPN", "NUM", "PRON"} or child.dep_ == "attr"
            else child.lower_ in HOUR or _is_fact(child, verb)
            for child in said
        ):
            return True
        if lemma in {"seem", "appear"}:
            return not said and not any(child.dep_ in {"xcomp", "oprd"} for child in children)
        return (
            lemma == "be"
            and not said
            and any(child.dep_ == "ccomp" and child.left_edge.lower_ in OPENS_CLAUSE for child in children)
        )
    if lemma == "turn" and any(child.lower_ == "out" for child in children):
        return not any(child.dep_ == "xcomp" for child in children)
    if lemma in {"emerge", "follow", "happen", "matter", "transpire"}:
        return any(child.dep_ == "ccomp" for child in children)
    if lemma == "take":
        return verb.tag_ != "VBG" and any(_takes(child) for child in verb.children)
    return lemma == "come" and any(
        child.lower_ == "to" and any(noun.lower_ in {"that", "this", "light", "nothing"} for noun in child.children)
        for child in children
    )


def _takes(child: Token) -> bool:
    """What is needed: "it took two weeks to ...", "what it takes to ..."."""
    if child.dep_ == "dobj":
        return child.lower_ == "what" or (
            child.ent_type_ in {"DATE", "TIME"} and any(_to(clause) for clause in [*child.rights, *child.head.rights])
        )
    return (
        child.dep_ in {"xcomp", "advcl"}
        and _to(child)
        and not any(other.dep_ == "dobj" and other.i > child.head.i for other in child.head.children)
    )


def _is_matter(noun: Token) -> bool:
    """Is what "it" is called no kind of country or body: "his turn", "the first journey", "Kim who ..."?"""
    if noun.tag_ == "JJS":
        return False
    if noun.pos_ in {"NUM", "PRON", "ADJ", "DET"} or noun.lower_ in {"one", "first", "last", "only"}:
        of = [inner for child in noun.rights if child.lower_ in {"of", "among"} for inner in child.children]
        if of:
            return not any(inner.lemma_.lower() in MAY_BE for inner in of)
        return not any(_to(child) for child in noun.rights)  # "the first to recognise them"
    return noun.lemma_.lower() not in MAY_BE


def _is_fact(word: Token, verb: Token) -> bool:
    """ "It is clear that ...", "it was rude to ...": of the clause, not of somebody."""
    if word.lower_ in OF_SOMEBODY:
        return word.lower_ in OF_NOBODY_THAT and (_that(word) or _that(verb))
    return _clause(word, verb)


def _clause(word: Token, verb: Token) -> bool:
    """Does an infinitive or a that-clause follow `word`?"""
    return _that(word) or any(
        child.i > word.i and child.dep_ in CLAUSES and (_to(child) or _opened(child))
        for child in [*word.rights, *verb.rights]
    )


def _that(word: Token) -> bool:
    return any(
        child.dep_ in {"ccomp", "csubj", "csubjpass"} and child.i > word.i and (_opened(child) or child.dep_ == "ccomp")
        for child in word.rights
    )


def _opened(clause: Token) -> bool:
    return clause.left_edge.lower_ in OPENS_CLAUSE


def _to(clause: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in clause.lefts)
