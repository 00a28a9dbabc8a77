"""One source mention, one answer: the people or bodies that "he", "Putin's spokesman" or "both armies" mean.

Media that pass on what others said are told from sources in their own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from framing.entities.definite_descriptions import counterpart_meant, described_in, person_for
from framing.entities.epithets import meant_by, named_with, role_of_person
from framing.entities.mentions import Cast, Mention, covered
from framing.entities.names import is_short_for, plain_name
from framing.entities.places import place_words, us_states
from framing.entities.pronouns import NEUTER, PLURAL, SINGULAR, Heard, referent
from framing.entities.roles import OF_THEIR_BODY, Title, function_at, functions, media_names, role_of_words
from framing.quotes.corrections import SPEECHLESS
from framing.quotes.cues import VERBS
from framing.text.lexicon import word_lists
from framing.zones.passages import dateline

if TYPE_CHECKING:
    from spacy.tokens import Token

_LISTED = word_lists("quotes/words")


# A medium that passes somebody's words on: "Kim said, according to KCNA", "told Reuters".
_RELAY = re.compile(
    r"\b(?:according to|(?:quoted|cited|reported|carried|published|released|shown|broadcast|run) "
    r"(?:as saying )?(?:by|in|on)|citing|quoting|told|(?:interview|statement|comments?|remarks?) "
    r"(?:with|to|on|carried by|published (?:by|in))) ((?:[\w.’'&-]+ ?){1,7})",
    re.IGNORECASE,
)
_RELAYED = re.compile(
    r", (?:as )?((?:[\w.’'&-]+ ){1,6})(?:reported|reports|said|says|quoted (?:him|her|them) as "
    r"saying)\b"
)
_IN_THE_WORDS = re.compile(r"\bin the words of ([^,;:.\"“”]{2,60}), (?:to |that )?$")
_AS_PUT_BY = re.compile(
    r"[\"”]?,? as (?:suggested|put|claimed|described|stated|alleged|announced|argued|told) by "
    r"([^,;:.\"“”]{2,60})(?=[,;.])"
)
_IN_TELLING = re.compile(
    r", in ([Hh]is|[Hh]er|[A-Z][\w-]+(?: [A-Z][\w-]+)?(?=[’']s)) ?(?:[’']s )?"
    r"(?:telling|account|words|opinion|estimation), $"
)
_AGENCY = re.compile(r"\b(agency|newspaper|broadcaster|network|daily), (?=[A-Z])")
_MEDIUM = re.compile(
    r"(?:(?:the|a|an|state|state-run|official|local|news|agency|newspaper|daily|magazine|broadcaster|"
    r"channel|network|website|radio|television|TV)\s)*(?:[A-Z][\w.’'&-]*\s?)+(?:\s?(?:news|agency|television|"
    r"radio|newspaper|magazine|website)\b)*(?!\s?(?:host|writer|reporter|anchor|correspondent|editor|columnist|"
    r"journalist|presenter|contributor|commentator|analyst))"
)
_WORK = re.compile(
    r"\b(stud(?:y|ies)|papers?|surveys?|polls?|analysis|reports?) (?:published|released|conducted|"
    r"issued|commissioned|carried out|posted)\b(?! by\b).*",
    re.DOTALL,
)
_MEDIUM_ENDS = re.compile(r"\b(?:that|which|who|in|on|at|as|and|during|after|before|this|last|yesterday)\b")
TAIL = re.compile(
    r"(?:,(?!\d)| (?:who|which|that)(?: |$)| - | – | — |\(|;| in an? | in the capital\b|"
    r" on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day).*$",
    re.DOTALL,
)
_TO_WHOM = re.compile(r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)?(?= (?:[Tt]o|[Oo]n|About|Tells|Slams|Vs\.?) (?:the )?[A-Z])")
_PROPER = frozenset(_LISTED["proper"])


_POLL_OF_TWO = re.compile(  # "an NBC News/Wall Street Journal poll"
    r"((?:[A-Z][\w.’']* )*[A-Z][\w.’']*) ?[/–—-] ?((?:[A-Z][\w.’']* )*?[A-Z][\w.’']*) (?i:poll|survey)"
)
_NAME_GIVEN = re.compile(
    r"\b(?:gave (?:his|her|their) (?:first |full )?name (?:only )?as|(?:asked|wished|wanted) to "
    r"be (?:identified|named|called) (?:only )?as|identified (?:him|her|them)sel(?:f|ves) "
    r"(?:only )?as) ([A-Z][\w’'-]+(?: [A-Z][\w’'.-]+)*)"
)
_WHAT_IT_IS = re.compile(
    r"(?:[\w-]+ ){0,2}((?i:operator|company|firm|airline|carmaker|maker|manufacturer|retailer|"
    r"giant|start-up|startup|insurer|lender|supplier|developer|publisher|brand|chain|charity|"
    r"union|rival|competitor|broker|brokerage|bookmaker)) "
    r"([A-Z][\w’'&.-]*(?: (?:& )?[A-Z][\w’'&.-]*)*)"
)
_AGENCIES = re.compile(
    rf"\b(?:{'|'.join(re.escape(form) for forms in word_lists('names/agencies')['credited'].values() for form in forms)})\b"
)
_ALIAS = re.compile(r"\b((?:[A-Z][\w’'-]+ (?:of |for |on |the |and )*){1,7})\((?:the )?([A-Z][A-Z.]{1,7})\)")
_THE_MEDIUM = re.compile(
    r"(?:\w+(?:[’']s)?[- ]+)*(agency|newspaper|paper|daily|broadcaster|"
    r"channel|network|news site|website|wire service|state media|report)",
    re.IGNORECASE,
)


def media_aliases(text: str) -> dict[str, str]:
    """Names an article abbreviates, and the abbreviation: "Korean Central News Agency (KCNA)"."""
    found = {}
    for hit in _ALIAS.finditer(text):
        words = [word for word in hit.group(1).split() if word[0].isupper()]
        letters = hit.group(2).replace(".", "")
        while len(words) > len(letters):
            words.pop(0)
        if "".join(word[0] for word in words) == letters:
            found[hit.group(1)[hit.group(1).index(words[0]) :].strip()] = hit.group(2)
    return found


def _media_mentions(cast: Cast) -> list[Mention]:
    return [m for m in cast.mentions if m.kind == "body" and role_of_words(cast.text[m.start : m.end]) == "media"]


def medium_meant(cast: Cast, text: str, start: int, aliases: dict[str, str]) -> list[tuple[str, str]]:
    """The medium that "the agency" or "state media" stands for: the last one named before, else the only one."""
    if (
        not _THE_MEDIUM.fullmatch(text.strip())
        or re.match(r"an? ", text, re.IGNORECASE)
        or any(word in media_names() or role_of_words(word) == "media" for word in re.findall(r"\b[A-Z]\w+", text))
    ):
        return []
    kind = text.lower().split()[-1]
    if kind == "agency" and (
        text.split()[-1][0].isupper()
        or any(place < start and role_of_words(full) != "media" for place, full in named_with(cast.text, kind))
    ):
        return []  # "the European Space Agency", and "the agency" behind it
    named: list[tuple[int, str]] = []
    others: list[tuple[int, str]] = []
    for mention in cast.once(_media_mentions):
        words = cast.text[mention.start : mention.end]
        if any(word in media_names() or word in aliases.values() or words in aliases for word in words.split()):
            around = cast.text[max(0, mention.start - 50) : mention.end + 15].lower()
            beside = re.search(
                r"agency,? $", cast.text[max(0, mention.start - 9) : mention.start]
            ) or cast.text.startswith((" news agency", " agency", ", a news agency"), mention.end)
            if kind == "agency" and not beside and "agency" not in words.lower() and not _AGENCIES.search(words):
                continue  # a paper is no agency
            of_state = kind != "media" or re.search(r"state|official", around)
            (named if of_state else others).append((mention.start, as_written(words, aliases)[0][0]))
    named = named or others
    before = [name for where, name in named if where < start]
    names = {name for _, name in named}
    if kind == "report" and not re.search(r"\b(?:same|its|their)\b", text, re.IGNORECASE):
        return []
    if kind == "media" and len(names) != 1:
        return []
    chosen = before[-1] if before else names.pop() if len(names) == 1 else None
    return [(chosen, "media")] if chosen else []


def as_written(
    text: str, aliases: dict[str, str] | None = None, *, common: bool = False, body: bool = False
) -> list[tuple[str, str]]:
    """An unnamed or collective source in its own words, without what only describes it.

    `common` says that the first word is no name, whatever its first letter, `body` that it begins the name of a body.
    """
    for long, letters in (aliases or {}).items():
        if long in text:
            return [(letters, role_of_words(long))]
    short = _AGENCY.sub(r"\1 ", text)
    short = _WORK.sub(r"\1", TAIL.sub("", short)) or text
    role = role_of_words(short)
    role = role if role != "unknown" and role_of_words(text) != "anonymous" else role_of_words(text)
    if role_of_words(short) == "media":
        if poll := _POLL_OF_TWO.search(short):
            return [part for name in poll.groups() for part in as_written(name)]
        known = [
            word
            for word in re.findall(r"[A-Z]\w+|(?:[A-Z]\.){2,}", short)
            if word in media_names() or (word.isupper() and role_of_words(word) == "media")
        ]
        if known and not re.search(r"\b(?:agencies|newspapers)\b", short):
            proper = re.findall(r"(?:[A-Z][\w.]*\s)*[A-Z][\w.]*", plain_name(short))
            acronym = [word for word in known if word.isupper()]
            return [(acronym[0] if acronym and len(proper) != 1 else _whole_name(short, known[0]), "media")]
    named = _NAME_GIVEN.search(text)
    if named and role_of_words(named.group(1)) == "unknown":
        return [(named.group(1), role)]
    name = plain_name(short)
    if not re.search(r"\w", name):
        return []  # a mark that was taken for a source
    office = functions().get(" ".join(name.lower().split()[-2:]), "unknown")
    role = office if office in {"government", "other official"} and role in {"unknown", "military"} else role
    role = _role_of_head(name, role)
    told = _WHAT_IT_IS.fullmatch(name)
    if told and told.group(2) not in place_words():
        return [(told.group(2), role if role != "unknown" else "company")]
    words = name.split()
    if (
        words
        and not body
        and words[0][0].isupper()
        and words[0][1:].islower()
        and len(words) >= 1
        and text.startswith(words[0])
        and (not _proper(words, text) or (common and len(words) == 1))
    ):
        name = name[0].lower() + name[1:]
    return [(name, role)] if name else []


def _role_of_head(name: str, role: str) -> str:
    """The role of a person without a name by what they are: "the minister in charge of small firms" is no company."""
    head = re.split(r" (?:in|of|for|at|from|with|on|by|to) ", name)[0].split()
    noun = next(
        (
            noun
            for noun in (
                " ".join(head[-2:]).lower(),
                head[-1].lower() if head else "",
                (head[-1].lower().removesuffix("s") if head else ""),
            )
            if noun in functions()
        ),
        "",
    )
    own = functions().get(noun, "unknown") if noun != "officer" and head[-1].islower() else "unknown"
    whole = len(name.split()) == len(head)
    return (
        own
        if own != "unknown" and noun not in OF_THEIR_BODY and role != "anonymous" and (not whole or role == "unknown")
        else role
    )


def _proper(words: list[str], text: str) -> bool:
    """Does a source that begins a sentence begin with a proper name?"""
    low = words[0].lower()
    common = low in functions() or role_of_words(low) != "unknown" or (low.endswith("s") and low[:-1] in functions())
    if low in _PROPER or re.search(r"[’']s?$", low):
        return True
    place = any(" ".join(words[:n]) in place_words() or " ".join(words[:n]) in us_states() for n in (1, 2, 3))
    if len(words) > 1 and all(word[0].isupper() for word in words):
        return True  # "State Department"
    return place or not (common or (len(words) > 1 and words[1][:1].islower()))


def _whole_name(text: str, word: str) -> str:
    """The proper name around a word: "New York Times" around "Times"."""
    for hit in re.finditer(r"(?:[A-Z][\w.’'-]*\s)*[A-Z][\w.’'-]*", plain_name(text)):
        if word in hit.group().split():
            return hit.group()
    return word


def relay(cast: Cast, start: int, end: int, contents: list[tuple[int, int]], parts: list[tuple[str, str]]) -> Any:
    """The medium that relays a quotation, read from the sentence around source and cue."""
    if any(role == "media" for _, role in parts) or not parts:
        return pd.NA
    number = cast.sentence_at(start)
    first = cast.sentences[number]
    last = cast.sentences[number + 1] if number + 1 < len(cast.sentences) else len(cast.text)
    outside = cast.text[first:last]
    for a, b in contents:
        a, b = max(a - first, 0), min(b - first, len(outside))
        if a < b:
            outside = outside[:a] + " " * (b - a) + outside[b:]
    for pattern in (_RELAY, _RELAYED):
        for hit in pattern.finditer(outside):
            where = first + hit.start(1)
            if start <= where < end:
                continue
            medium = _medium(hit.group(1))
            if medium and medium not in {name for name, _ in parts}:
                return medium
    return pd.NA


def _medium(words: str) -> str | None:
    hit = _MEDIUM.match(_MEDIUM_ENDS.split(words)[0].strip())
    words = hit.group() if hit else ""
    if not words or words.lower().split()[-1] in {"reporters", "journalists", "media", "press", "news"}:
        return None
    if role_of_words(words) != "media" or not re.search(r"[A-Z]", words):
        return None
    named = as_written(words)
    return named[0][0] if named else None


def source_nearby(cast: Cast, contents: list[tuple[int, int]], cue_spans: Any) -> tuple[int, int] | None:
    """Where a quotation without a marked source has one: the subject of its cue, or of the words beside it.

    "He turned to his host and said: ..." has the subject of *turned*; "..., the mayor gushed" that of *gushed*.
    """
    for start, end in cue_spans or ():
        subject = _subject_of(cast.head(start, end), [])
        if subject:
            return subject
    put_by = _AS_PUT_BY.match(cast.text, contents[-1][1]) if contents else None
    if put_by:
        return put_by.span(1)
    if cue_spans or not contents:
        return None
    number = cast.sentence_at(contents[-1][1] - 1)
    first = cast.sentences[number]
    last = cast.sentences[number + 1] if number + 1 < len(cast.sentences) else len(cast.text)
    rest = [(a, b) for a, b in contents if b > first]
    named = _IN_THE_WORDS.search(cast.text, max(0, contents[0][0] - 80), contents[0][0]) or _IN_TELLING.search(
        cast.text, max(0, contents[0][0] - 60), contents[0][0]
    )
    if named:
        return named.span(1)
    after = re.compile(r"[\"”’']?:?\s?[\"”’']?:? ").match(cast.text, contents[-1][1] - 1)
    if ":" in cast.text[contents[-1][1] - 2 : contents[-1][1] + 2] and after:
        people = [
            m
            for m in cast.mentions
            if m.kind == "person"
            and m.how != "pronoun"
            and contents[-1][1] <= m.start < min(last, contents[-1][1] + 60)
        ]
        return (people[0].start, people[0].end) if people else None
    words = len(cast.text[first:last].split()) - sum(len(cast.text[max(a, first) : b].split()) for a, b in rest)
    if not 2 <= words <= 12 or not _touches_comma(cast.text, rest, first, last):
        return None
    verbs = [
        token
        for token in cast.doc[cast.token_at(first).i : cast.token_at(last - 1).i + 1]
        if token.pos_ == "VERB" and not _within(token.idx, rest)
    ]
    subjects = [subject for subject in (_subject_of(verb, contents) for verb in verbs) if subject]
    return subjects[0] if len(set(subjects)) == 1 else None


def _touches_comma(text: str, contents: list[tuple[int, int]], first: int, last: int) -> bool:
    """Does the sentence go on after the content with a comma, or lead up to it with one or a colon?"""
    after = text[contents[-1][1] : last].lstrip("\"”’'»")
    before = text[first : contents[0][0]].rstrip()
    inside = text[max(first, contents[-1][1] - 3) : contents[-1][1]]
    return bool(re.match(r"\s*,", after)) or ("," in inside and bool(after.strip())) or before[-1:] in {",", ":"}


def _subject_of(token: Any, contents: list[tuple[int, int]]) -> tuple[int, int] | None:
    for _ in range(4):
        for child in token.children:
            if child.dep_ == "nsubj" and not _within(child.idx, contents) and child.tag_ != "EX":
                end = child.right_edge.idx + len(child.right_edge.text)
                whole = (child.left_edge.idx, end)
                return (
                    whole
                    if not any(_within(place, contents) for place in (whole[0], end - 1))
                    else (child.idx, child.idx + len(child.text))
                )
        if token.dep_ not in {"conj", "xcomp", "advcl"} or token.head.i == token.i:
            return None
        token = token.head
    return None


def _within(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


FIRST_PERSON = {"i", "we", "me", "us", "you", "my", "our", "your", "myself", "ourselves", "one"}
WRITTEN = frozenset(_LISTED["written"])
MADE = WRITTEN - {"line", "words", "entry"} | frozenset(_LISTED["made"])
RELATIVE = {"who", "which", "that", "whom", "whose"}
BY_EPITHET = 0.5  # certainty of "the striker" and "the company", of which about three in four go to the right one
_QUOTED_BY = re.compile(r"\b(?:quot(?:ed|es|ing)|cit(?:ed|es|ing))\s+(.{2,80}?)\s+as (?:saying|telling|having said)")
_FOLLOWS_NAME = re.compile(
    r"\s*[,(\[–—-]|\s(?:[KQ]C|MP|MSP|MEP|[OM]BE|CBE|MD|PhD)\b|\s*$|"
    r"\s(?:who|and|of|from|at|in|on|himself|herself)\b|\sfor (?:his|her) part"
)
_ASIDE = re.compile(r"\b(?:who|which|that|whose|including|like|such as|led by)\b", re.IGNORECASE)
_OF_MINISTRY = re.compile(r"\bof (?:the|his|her|its|this) (?:\w+ )?(?:ministry|department)$")
_SPOKESMAN = re.compile(
    r"(?:spokes(?:man|woman|person)|press secretary|aide|lawyer) (?:for|of|to) (.+)|"
    r"(.+) (?:spokes(?:man|woman|person)|press secretary)"
)
# Of "officials interviewed by The Times" and "papers leaked to The Times": who only got or heard it.
_HANDED = re.compile(
    r"(?<=[a-z]),? (?:(?:leaked|given|sent|provided|handed|shown|forwarded|submitted) to|shared with|"
    r"(?:interviewed|contacted|reached|approached|obtained|seen|reviewed|viewed|consulted)(?= by)) .+$"
)
_WHEN_AHEAD = re.compile(  # "Earlier Friday, Rep. Ann Berg"
    r"(?:(?:Earlier|Later?|Early|On|Only) )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[Tt]oday|[Yy]esterday|[Tt]his week|"
    r"[Ll]ast (?:week|month|year))(?: (?:morning|afternoon|evening|night))?, (?=\w)"
)
_AND_OTHERS = re.compile(
    r" and (?!(?:his|her|its|their|my|our|Sons?|Brothers|Co|Company|Partners|Associates)\b)(?=\w)"
)  # "Schumer and fellow Senate Democrats"
_TITLE_AFTER_NOUN = re.compile(  # "chairman of the harbour committee Rep. Ann Berg"
    r"\b(?:of|for|at|in) (?:the |an? )?(?:[\w’'-]+ ){0,8}?(?!the |an? )[\w’'-]+ (?:Rep|Sen|Gov|Lt|Gen|Col|Dr)\. $"
)
_SPEAKS_FOR = re.compile(
    r"\b(?:spokes\w+|press secretary|aides?|lawyers?|attorneys?|advis[eo]rs?) (?:for|to|of) ((?:[\w.’'-]+ ){0,6})$"
)
_QUANTITY = re.compile(  # of people without names
    r"(?:(?:more|fewer|less) than |at least |at most |up to |about |around |nearly |almost |some |over |close to )?"
    r"(?:(?:an? |the |one |two |three )?(?:half[- ])?(?:dozen|dozens|scores?|hundreds?|handful|number|couple|group)(?: of)?|"
    r"several|many|most|some|few|two|three|four|five|six|seven|eight|nine|ten|\d[\d,]*)(?: of)? (?:the )?",
    re.IGNORECASE,
)
_FLOATING = re.compile(r"(?<=\w) (?:both|all|each|also|too|(?:him|her)self|themselves)$")  # "Berg and Reed both"
_AS_WELL = re.compile(r"(?<=\w),? as well as (?=\w)")
_GOVERNS = re.compile(
    r"\b(?:of|for|to|by|with|from|about|against|at|near|on|in|but|except|besides|than|behind|around|under|over|"
    r"support(?:s|ed|ing)|back(?:s|ed|ing)|oppos(?:es|ed|ing)|endors(?:es|ed|ing)|represent(?:s|ed|ing)|advis(?:es|ed|ing)|"
    r"surrounding|defending|accusing|criticizing|challenging)\b|[’']s\b"
)


@dataclass
class KnownSoFar:
    """What is known while the quotations of one article are read in order."""

    cast: Cast
    known: dict[str, list[Title]]  # titles from other articles
    heard: Heard  # speakers of earlier quotations, by the offset of their source
    aliases: dict[str, str]  # "Korean Central News Agency" -> "KCNA"
    roles: dict[str, str] = field(default_factory=dict)  # of the speakers so far, where known
    certainty: float = 1.0  # of the source read last: the least certain step on the way to its speaker


def resolve_source(
    reading: KnownSoFar, start: int, end: int, avoid: list[tuple[int, int]], depth: int = 0
) -> list[tuple[str, str]]:
    """The speakers a source mention stands for, each with a role."""
    cast = reading.cast
    while start < end and (cast.text[start].isspace() or cast.text[start] in ',;:—–"“'):
        start += 1
    place = dateline(cast.text, start, end)
    start = place[1] if place else start
    when = _WHEN_AHEAD.match(cast.text, start, end)
    start = when.end() if when else start
    while start and cast.text[start - 1] == "-" and cast.text[start : start + 1].isalpha():
        start = cast.index[cast.token_at(start).i - 2] if cast.token_at(start).i > 1 else 0  # "vice-premier"
    if cast.text[end : end + 1] == ":" and (hit := _TO_WHOM.match(cast.text, start, end)):
        in_body = any(m.kind == "body" and m.end > hit.end() for m in cast.near(start, hit.end()))
        end = end if in_body else hit.end()  # "Berg To Reed: ..." in a headline
    text = _FLOATING.sub("", cast.text[start:end].strip(" ,;:"))
    end = start + len(text)
    handed = _HANDED.search(text)
    if handed and not re.match(r",? (?:\w+ to|shared with) .* by ", handed.group()):
        text = text[: handed.start()]
        end = start + len(text)
    low = text.lower()
    if not text or (low in FIRST_PERSON and text != "US"):
        return []
    text = _without_inner_comma(cast, text, start)
    if text == "WHO" and not cast.in_headline(start):
        return as_written(text, reading.aliases, body=True)
    if low in SINGULAR | PLURAL | NEUTER:
        never = described_in(cast, avoid, reading.known) if low in SINGULAR else frozenset()
        mention = referent(cast, start, low, avoid, reading.heard, never)
        return _of_mention(reading, mention) if mention else []
    head = cast.head(start, end)
    if head.pos_ == "NOUN" and head.lemma_.lower() in SPEECHLESS:
        return []  # "two launches on the coast"
    if re.match(r"(?:who|which) \w", low):
        low = low.split()[0]  # "who until now"
    if re.match(r"(?:in|on|at|by|with|during|after|before) ", low) and head.pos_ in {"ADP", "SCONJ", "NUM", "ADV"}:
        return []  # where or when, and nobody
    if low in RELATIVE:
        return _of_relative(reading, start, low, head, avoid, depth)
    if depth < 2:
        split = _members(cast, head, start, end)
        if len(split) > 1:
            parts = [part for a, b in split for part in resolve_source(reading, a, b, avoid, depth + 1)]
            if parts:
                return parts
    maker = _maker(cast, head, start) if head.lemma_.lower() in MADE and depth < 2 else None
    if maker and not covered(*maker, avoid):
        return resolve_source(reading, *maker, avoid, depth + 1)
    person = _named_in(cast, head, start, end)
    if person:
        body = _speaker_before(reading, start) if re.match(r"[Ii]ts |[Tt]heir ", text) else ""
        named = [
            (name, _best_known(role, reading.roles.get(body, "unknown")))
            for name, role in _of_mention(reading, person, text)
        ]
        more = _AND_OTHERS.match(cast.text, person.end, end) if depth < 2 else None
        others = resolve_source(reading, more.end(), end, avoid, depth + 1) if more else []
        return named + [other for other in others if other[0] not in {name for name, _ in named}]
    beside = _body_beside(cast, head, start, end)
    if beside is not None:
        return _of_mention(reading, beside)
    whole = [
        m
        for m in cast.near(start, end)
        if m.kind in {"person", "group"} and m.how == "title" and m.start <= head.idx < m.end
    ]
    if whole and whole[0].entity:
        return _of_mention(reading, whole[0], text)
    counterpart = counterpart_meant(cast, TAIL.sub("", text), start)
    if counterpart and not any(
        m.entity == counterpart and m.how != "pronoun" for span in avoid for m in cast.near(*span)
    ):
        return [(counterpart, role_of_person(cast, counterpart))]
    described = _described(reading, head, start, end)
    if described:
        return [(described, role_of_person(cast, described))]
    medium = medium_meant(cast, text, start, reading.aliases)
    if medium:
        return medium
    meant = meant_by(cast, TAIL.sub("", text), start, reading.heard, avoid)
    if meant:
        reading.certainty = min(reading.certainty, BY_EPITHET)
        people = {person.name for person in cast.people}
        return [
            (
                name,
                role_of_person(cast, name) if name in people else _best_known(role_of_words(name), role_of_words(text)),
            )
            for name in meant.split("; ")
        ]
    opening = cast.token_at(start)
    begins_body = any(  # "Congress said no", "Holt aides"
        m.start == start and (m.kind == "body" or (m.kind == "person" and m.how in {"name", "short"}))
        for m in cast.near(start, end)
    )
    common = opening.pos_ in {"NOUN", "ADJ", "DET", "PRON", "NUM", "VERB"} and not opening.ent_type_ and not begins_body
    return [
        (name, _spoken_for(reading, name) if role == "unknown" else role)
        for name, role in as_written(text, reading.aliases, common=common, body=begins_body)
    ]


def _without_inner_comma(cast: Cast, text: str, start: int) -> str:
    """ "One small 2-month study" of "One small, 2-month study": the comma ends nothing where no noun stands before it."""
    comma = text.find(", ")
    before = cast.doc.char_span(start, start + comma, alignment_mode="expand") if comma > 0 else None
    if (
        before is None
        or any(t.pos_ in {"NOUN", "PROPN", "PRON", "VERB", "AUX"} for t in before)
        or before[-1].pos_ != "ADJ"
    ):
        return text
    return text[:comma] + text[comma + 1 :]


def _of_relative(
    reading: KnownSoFar, start: int, low: str, head: Token, avoid: list[tuple[int, int]], depth: int
) -> list[tuple[str, str]]:
    """Whom "who", "which" or "that" takes up: the noun its clause hangs on, who made it, or a person before it."""
    cast, verb = reading.cast, head.head
    if verb.dep_ != "relcl" or depth >= 2:
        return []
    noun = verb.head
    beside = _beside_relative(cast, start, noun) if low == "who" else None
    if beside is not None:
        return _of_mention(reading, beside)
    writer = _writer(noun) if low != "who" else None
    if writer is not None:
        last = writer.right_edge.idx + len(writer.right_edge.text)
        return resolve_source(reading, writer.left_edge.idx, last, avoid, depth + 1)
    while noun.dep_ == "conj":
        noun = noun.head
    named = _person_before(cast, start) if low == "who" else None
    if (
        named
        and not noun.left_edge.idx <= named.start <= noun.idx
        and not (noun.pos_ == "NOUN" and role_of_words(noun.text) != "unknown")
    ):
        return _of_mention(reading, named)
    return resolve_source(reading, noun.left_edge.idx, verb.head.idx + len(verb.head.text), avoid, depth + 1)


def _spoken_for(reading: KnownSoFar, name: str) -> str:
    """The role of whom "a spokesman for Berg" or "a Norvella spokesman" speaks for, if the article tells it."""
    hit = _SPOKESMAN.fullmatch(name)
    if not hit:
        return "unknown"
    whose = plain_name(hit.group(1) or hit.group(2))
    held = [p.name for p in reading.cast.people if whose == p.name or is_short_for(whose, p.name)]
    if len(held) == 1:
        return role_of_person(reading.cast, held[0])
    return next(
        (role for body, role in reading.roles.items() if body == whose or body.startswith(f"{whose} ")), "unknown"
    )


def _beside_relative(cast: Cast, start: int, noun: Token) -> Mention | None:
    """Whom "who" means in "his successor, Ada Berg, who ..." and in "Ada Berg, the only member who ..."."""

    def people(begin: int, end: int) -> list[Mention]:
        return [m for m in cast.near(max(0, begin), end) if m.kind == "person" and m.how in {"name", "short"}]

    right_before = [m for m in people(start - 3, start) if cast.text[m.end : start] in {", ", " "}]
    named = people(noun.head.idx, noun.head.idx + 1) if noun.dep_ == "appos" else []
    return next(iter([*right_before, *named]), None)


FAR_BEHIND = 100  # characters of "..., 47, of Mill Lane, Leyburn, who"


def _person_before(cast: Cast, start: int) -> Mention | None:
    """Of "Frith, 47, of Mill Lane, Leyburn, who denies ...": the person named last before *who* in the sentence."""
    here = cast.sentence_at(start)
    people = [
        m
        for m in cast.near(max(0, start - FAR_BEHIND), start)
        if m.kind == "person"
        and m.how in {"name", "short"}
        and m.start < start
        and m.sentence == here
        and re.fullmatch(r", (?:\d+, )?(?:of|from) [^.;:“”\"]{3,60}, ", cast.text[m.end : start])
    ]
    return people[0] if people else None


def _speaker_before(reading: KnownSoFar, start: int) -> str:
    """The body that was quoted last: whose "its director" is."""
    place = next(reading.heard.before(start), None)
    names = reading.heard[place] if place is not None else []
    return names[0] if len(names) == 1 and names[0] not in {p.name for p in reading.cast.people} else ""


def _best_known(*roles: str) -> str:
    return next((role for role in roles if role != "unknown"), "unknown")


def _writer(noun: Token) -> Token | None:
    """Of "Kim left a message in a book, which read": Kim."""
    token, written = noun, False
    for _ in range(6):
        written = (
            written
            or token.lower_ in WRITTEN
            or (
                token.lower_ == "book"
                and any(child.lower_.rstrip("s") in {"visitor", "guest"} for child in token.children)
            )
        )
        if token.pos_ == "VERB":
            break
        token = token.head
    subject = next((child for child in token.children if child.dep_ == "nsubj"), None)
    return subject if written and token.pos_ == "VERB" else None


_LETTERS = frozenset(["letter", "statement"])
_SIGNS = frozenset(["sign", "write", "draft", "pen", "author"])
_GIVES_OUT = frozenset(["release", "issue", "publish", "send", "circulate"])
_MAKES = (
    _SIGNS
    | _GIVES_OUT
    | frozenset(
        "post file deliver make produce submit put give read tweet adopt pass approve unveil present introduce".split()
    )
)


def _maker(cast: Cast, noun: Token, start: int) -> tuple[int, int] | None:
    """Whose statement, letter or video a source is: by its own words ("Holt's letter", "a letter from Holt", "the
    White House statement"), or by those of the last one before ("Holt released a statement ... the statement said")."""
    if not noun.text.islower():
        return None  # "the Washington Post"
    own = _possessor(noun)
    if own is not None:
        return own
    opening = cast.doc[noun.left_edge.i]
    if opening.lower_ not in {"the", "this", "that"} or noun.i - opening.i > 1:
        return None
    for token in reversed(cast.doc[: cast.token_at(start).i]):
        if token.lemma_ == noun.lemma_ and token.pos_ == "NOUN":
            found = _possessor(token) or _author(token)
            if found:
                return found
    return None


def _possessor(noun: Token) -> tuple[int, int] | None:
    for child in noun.children:
        if child.dep_ == "poss" or (
            child.dep_ in {"compound", "nmod"}
            and child.pos_ == "PROPN"
            and child.ent_type_ in {"PERSON", "ORG", "NORP"}
        ):
            name = next((ent for ent in child.doc.ents if ent.start <= child.i < ent.end), None)
            first = name.start_char if name is not None and child.dep_ != "poss" else child.left_edge.idx
            return first, child.idx + len(child)
        if child.dep_ == "acl" and child.lemma_.lower() in (_SIGNS | _GIVES_OUT if noun.lower_ in _LETTERS else _SIGNS):
            by = next((one for one in child.children if one.lower_ == "by"), None)
            who = next((one for one in by.children if one.dep_ == "pobj"), None) if by is not None else None
            if who is not None:
                return who.left_edge.idx, who.right_edge.idx + len(who.right_edge)
        if child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "from", "of"} and child.i > noun.i:
            named = next((one for one in child.children if one.dep_ == "pobj" and one.pos_ in {"PROPN", "PRON"}), None)
            if named is not None and named.ent_type_ in {"PERSON", "ORG", "NORP", ""}:
                return named.left_edge.idx, named.idx + len(named)
    return None


def _author(noun: Token) -> tuple[int, int] | None:
    """Who "said in a statement" or "released a video": the subject of the verb that the noun hangs on."""
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in {"in", "with", "by"} else noun.head
    if verb.pos_ != "VERB" or noun.dep_ not in {"pobj", "dobj"} or verb.lemma_.lower() not in _MAKES | VERBS:
        return None
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if subject is None or subject.lemma_.lower() in MADE:
        return None
    return subject.left_edge.idx, subject.right_edge.idx + len(subject.right_edge)


def _members(cast: Cast, head: Token, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of a source that "and" joins: "the army of X and the government of Y" is two."""
    too = _AS_WELL.search(cast.text, start, end)
    if too:
        return [
            part for a, b in ((start, too.start()), (too.end(), end)) for part in _members(cast, cast.head(a, b), a, b)
        ]
    heads = [head]
    while True:
        nexts = [t for t in heads[-1].children if t.dep_ == "conj" and t.i > heads[-1].i and start <= t.idx < end]
        if not nexts:
            break
        heads.append(nexts[0])
    joined = _two_names(cast, head, start, end) if len(heads) == 1 else []
    if joined:
        return joined
    if len(heads) == 1 or not any(t.lower_ in {"and", ","} for h in heads for t in h.children):
        return [(start, end)]
    if _is_title(cast, heads):
        return [(start, end)]  # "Chris Early, senior vice president partnerships and revenue"
    verb = next((t for t in head.head.lefts if t.dep_ in {"aux", "auxpass"}), head.head)
    one = verb.tag_ == "VBZ" and head.dep_ == "nsubj" and all(t.pos_ == "PROPN" for t in heads)
    if one or not all(t.pos_ in {"NOUN", "PROPN", "PRON", "X", "NUM"} for t in heads):
        return [(start, end)]  # "the Gay and Lesbian Alliance has asked"
    if any(child.dep_ == "poss" and child.pos_ == "PRON" for child in heads[-1].children) and not any(
        child.dep_ == "appos" and child.ent_type_ == "PERSON" for child in heads[-1].children
    ):
        return [(start, end)]  # "Washington and its allies", but "Berg and her lawyer, Tom Rook," are two
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


def _is_title(cast: Cast, heads: list[Token]) -> bool:
    """Is what "and" joins to a name a title behind its comma, in small letters and without a word of its own?"""
    name, *others = heads
    behind = cast.text[name.idx + len(name) : others[0].idx + len(others[0])]
    joined = {t.text for t in others}
    offices = {word for word in re.findall(r"[a-z]+", behind) if word in functions() or word in _SHORT_OFFICES} - joined
    common = all(t.pos_ == "NOUN" and t.text.islower() and not _own_words(t, 0) for t in others)
    return name.pos_ == "PROPN" and behind.lstrip()[:1] == "," and bool(offices) and common


_SHORT_OFFICES = {"vp", "svp", "evp", "ceo", "cfo", "coo"}


def _two_names(cast: Cast, head: Token, start: int, end: int) -> list[tuple[int, int]]:
    """ "The Weekly Standard and ABC News": two names, where the parse takes the first for a part of the second."""
    joints = [t for first in head.lefts if first.pos_ == "PROPN" for t in first.rights if t.lower_ == "and"]
    for joint in (t for t in joints if start < t.idx < end):
        plural = head.tag_ in {"NNS", "NNPS"} and joint.nbor(-1).tag_ not in {"NNS", "NNPS"}
        if plural and _QUANTITY.match(cast.text, start, joint.idx):
            continue  # "a half-dozen House and Senate Democrats"
        names = [ent for ent in cast.doc.ents if start <= ent.start_char < end and ent.label_ in {"ORG", "PERSON"}]
        first = cast.text[start : joint.idx].split()
        whole = len(first) - (first[0].lower() == "the") > 1 or first[-1].isupper() or first[-1] in media_names()
        if whole and any(ent.end <= joint.i for ent in names) and any(ent.start > joint.i for ent in names):
            return [(start, joint.idx - 1), (joint.idx + 4, end)]
    return []


def _own_words(token: Token, start: int) -> bool:
    """Has this joined noun words of its own before it ("and the government of Japan")?"""
    return any(child.dep_ in {"det", "poss"} and child.i < token.i for child in token.children)


def _named_in(cast: Cast, head: Token, start: int, end: int) -> Mention | None:
    """The person a source names: "spokesman John Kirby", "Matthew Miller, spokesman for ..."."""
    for mention in cast.near(start, end):
        if not (
            start <= mention.start
            and mention.end <= end
            and mention.kind == "person"
            and mention.how in {"name", "short"}
        ):
            continue
        before, after = cast.text[start : mention.start], cast.text[mention.end : end]
        if after and not _FOLLOWS_NAME.match(after) and not _tells_when(cast.token_at(mention.end + 1)):
            continue
        if _ASIDE.search(before) or _is_of_another(before):
            continue
        last = before.lower().split()[-1:]
        if (
            mention.start <= head.idx < mention.end
            or not _GOVERNS.search(before)
            or re.search(r", (?:[A-Z]\w+[’']s )?$", before)
            or _TITLE_AFTER_NOUN.search(before)
            or (last and last[0] in functions())
        ):
            return mention
    return None


def _is_of_another(before: str) -> bool:
    """Is a name that follows whom somebody speaks for: "a spokesperson for Mayor Ann Berg"?"""
    hit = _SPEAKS_FOR.search(before)
    titled = {word.strip(".") for word in hit.group(1).lower().split()} if hit else set()
    return hit is not None and titled <= _TITLED | functions().keys()


_TITLED = frozenset(
    "mr mrs ms miss dr sen rep gov sir dame lord lady former then vice the president-elect u.s us".split()
)


def _body_beside(cast: Cast, head: Token, start: int, end: int) -> Mention | None:
    """The body that a source names behind what it is: "The group that owns her music, Big Anchor,"."""
    if not head.text.islower():
        return None
    for mention in cast.near(head.idx + len(head), end):
        last = not cast.text[mention.end : end].strip(" ,")
        if (
            mention.kind == "body"
            and start < mention.start
            and last
            and cast.text[mention.start - 2 : mention.start] == ", "
        ):
            return mention
    return None


def _tells_when(token: Token) -> bool:
    """What begins behind a name that is no part of it: "Berg over the weekend", "Berg Friday", "Berg later"."""
    return token.ent_type_ in {"DATE", "TIME"} or (
        token.pos_ in {"ADP", "ADV", "SCONJ"} and token.lower_ not in {"for", "against"} and token.text.islower()
    )


def _described(reading: KnownSoFar, head: Token, start: int, end: int) -> str | None:
    """The person of a description that was not definite enough to be a mention of its own."""
    cast = reading.cast
    words = cast.text[start:end]
    if re.match(r"(?:an?|another|some|one|two|several|many|any)\b", words, re.IGNORECASE):
        return None
    if (re.fullmatch(r"[Tt]he (?:[A-Z]\w+ ?){1,2}", words) and head.tag_ not in {"NNS", "NNPS", "NNP"}) or (
        re.fullmatch(r"[Tt]he (?:[A-Z]\w+ ?){1,2}", words)
        and words[4:] in place_words()
        and place_words()[words[4:]].how == "adjective"
        and not words.endswith("s")
    ):
        return person_for(cast, "leader", words, start, known=reading.known)  # "the Russian"
    upto = words[: head.idx + len(head.text) - start]
    noun = function_at(re.findall(r"[\w’'-]+", upto))
    if noun in {"head", "chief", "boss"} and _OF_MINISTRY.search(words):
        noun = words = "minister"
    if re.match(r" of (?:state|government)", words[len(upto) :]):
        noun = (noun or "head") + words[len(upto) :].split(",")[0]
    if not noun or head.tag_ in {"NNS", "NNPS"}:
        return None
    return person_for(cast, noun, words, start, known=reading.known)


def _of_mention(reading: KnownSoFar, mention: Mention, text: str = "") -> list[tuple[str, str]]:
    cast = reading.cast
    reading.certainty = min(reading.certainty, mention.certainty)
    if mention.kind.startswith("unnamed"):
        return as_written(mention.entity or "", reading.aliases)
    if mention.kind in {"group", "person"}:
        people = {person.name for person in cast.people}
        return [
            (name, role_of_person(cast, name) if name in people else role_of_words(name))
            for name in (mention.entity or "").split("; ")
        ]
    if mention.start == mention.end:  # the speaker of a quotation, where no mention stands
        return [(mention.entity or "", role_of_words(mention.entity or ""))]
    earlier = (
        m
        for m in reversed(cast.mentions)
        if m.entity == mention.entity and m.how != "pronoun" and m.start <= mention.start
    )
    source = next(earlier, mention) if mention.how == "pronoun" else mention
    return as_written(cast.text[source.start : source.end], reading.aliases)


def whom_it_quotes(reading: KnownSoFar, start: int, contents: list[tuple[int, int]]) -> list[tuple[str, str]]:
    """Of "the agency quoted X as saying": X, who speaks."""
    cast = reading.cast
    hit = _QUOTED_BY.search(cast.text, start, start + 200)
    if not hit or cast.sentence_at(hit.start()) != cast.sentence_at(start):
        return []
    return resolve_source(reading, hit.start(1), hit.end(1), contents, depth=1)
