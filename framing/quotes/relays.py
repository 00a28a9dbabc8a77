"""Sources in their own words, and the media that pass on what others said."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from framing.entities.mentions import Cast
from framing.entities.names import plain_name
from framing.entities.places import place_words, us_states
from framing.entities.roles import OF_THEIR_BODY, functions, media_names, role_of_words

# A medium that passes somebody's words on: "Kim said, according to KCNA", "told Reuters".
_RELAY = re.compile(r"\b(?:according to|(?:quoted|cited|reported|carried|published|released|shown|broadcast|run) "
                    r"(?:as saying )?(?:by|in|on)|citing|quoting|told|(?:interview|statement|comments?|remarks?) "
                    r"(?:with|to|on|carried by|published (?:by|in))) ((?:[\w.’'&-]+ ?){1,7})", re.IGNORECASE)
_RELAYED = re.compile(r", (?:as )?((?:[\w.’'&-]+ ){1,6})(?:reported|reports|said|says|quoted (?:him|her|them) as "
                      r"saying)\b")
_IN_THE_WORDS = re.compile(r"\bin the words of ([^,;:.\"“”]{2,60}), (?:to |that )?$")
_AS_PUT_BY = re.compile(r"[\"”]?,? as (?:suggested|put|claimed|described|stated|alleged|announced|argued|told) by "
                        r"([^,;:.\"“”]{2,60})(?=[,;.])")
_IN_TELLING = re.compile(r", in ([Hh]is|[Hh]er|[A-Z][\w-]+(?: [A-Z][\w-]+)?(?=[’']s)) ?(?:[’']s )?"
                         r"(?:telling|account|words|opinion|estimation), $")
_AGENCY = re.compile(r"\b(agency|newspaper|broadcaster|network|daily), (?=[A-Z])")
_MEDIUM = re.compile(r"(?:(?:the|a|an|state|state-run|official|local|news|agency|newspaper|daily|magazine|broadcaster|"
                     r"channel|network|website|radio|television|TV)\s)*(?:[A-Z][\w.’'&-]*\s?)+(?:\s?(?:news|agency|television|"
                     r"radio|newspaper|magazine|website)\b)*(?!\s?(?:host|writer|reporter|anchor|correspondent|editor|columnist|"
                     r"journalist|presenter|contributor|commentator|analyst))")
_WORK = re.compile(r"\b(stud(?:y|ies)|papers?|surveys?|polls?|analysis|reports?) (?:published|released|conducted|"
                   r"issued|commissioned|carried out|posted)\b(?! by\b).*", re.DOTALL)
_MEDIUM_ENDS = re.compile(r"\b(?:that|which|who|in|on|at|as|and|during|after|before|this|last|yesterday)\b")
TAIL = re.compile(r"(?:,| who | which | that | - | – | — |\(|;| in an? | in the capital\b|"
                  r" on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day).*$", re.DOTALL)
_PROPER = {"western", "eastern", "northern", "southern", "european", "african", "asian", "arab", "islamic", "muslim",
           "christian", "jewish", "democrats", "republicans", "democratic", "republican", "palestinian", "kurdish"}


_NAME_GIVEN = re.compile(r"\b(?:gave (?:his|her|their) (?:first |full )?name (?:only )?as|(?:asked|wished|wanted) to "
                         r"be (?:identified|named|called) (?:only )?as|identified (?:him|her|them)sel(?:f|ves) "
                         r"(?:only )?as) ([A-Z][\w’'-]+(?: [A-Z][\w’'.-]+)*)")
_THEIRS = re.compile(r"(?:[A-Z][\w&.-]*\s)*[A-Z][\w&.-]*[’']s? ([A-Z][\w’'-]+ [A-Z][\w’'-]+)")
_WHAT_IT_IS = re.compile(r"(?:[\w-]+ ){0,2}((?i:operator|company|firm|airline|carmaker|maker|manufacturer|retailer|"
                         r"giant|start-up|startup|insurer|lender|supplier|developer|publisher|brand|chain|charity|"
                         r"union|rival|competitor|broker|brokerage|bookmaker)) "
                         r"([A-Z][\w’'&.-]*(?: (?:& )?[A-Z][\w’'&.-]*)*)")
_ALIAS = re.compile(r"\b((?:[A-Z][\w’'-]+ (?:of |for |on |the |and )*){1,7})\((?:the )?([A-Z][A-Z.]{1,7})\)")
_THE_MEDIUM = re.compile(r"(?:\w+(?:[’']s)?[- ]+)*(agency|newspaper|paper|daily|broadcaster|"
                         r"channel|network|news site|website|wire service|state media|report)", re.IGNORECASE)


def media_aliases(text: str) -> dict[str, str]:
    """Names an article abbreviates, and the abbreviation: "Korean Central News Agency (KCNA)"."""
    found = {}
    for hit in _ALIAS.finditer(text):
        words = [word for word in hit.group(1).split() if word[0].isupper()]
        letters = hit.group(2).replace(".", "")
        while len(words) > len(letters):
            words.pop(0)
        if "".join(word[0] for word in words) == letters:
            found[hit.group(1)[hit.group(1).index(words[0]):].strip()] = hit.group(2)
    return found


def medium_meant(cast: Cast, text: str, start: int, aliases: dict[str, str]) -> list[tuple[str, str]]:
    """The medium that "the agency" or "state media" stands for: the last one named before, else the only one."""
    if not _THE_MEDIUM.fullmatch(text.strip()) or re.match(r"an? ", text, re.IGNORECASE) or any(
            word in media_names() or role_of_words(word) == "media" for word in re.findall(r"\b[A-Z]\w+", text)):
        return []
    kind = text.lower().split()[-1]
    named: list[tuple[int, str]] = []
    others: list[tuple[int, str]] = []
    for mention in cast.mentions:
        words = cast.text[mention.start:mention.end]
        if mention.kind == "body" and role_of_words(words) == "media" and any(
                word in media_names() or word in aliases.values() or words in aliases for word in words.split()):
            around = cast.text[max(0, mention.start - 50):mention.end + 15].lower()
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


def as_written(text: str, aliases: dict[str, str] | None = None, *, common: bool = False) -> list[tuple[str, str]]:
    """An unnamed or collective source in its own words, without what only describes it.

    `common` says that the first word is no name, whatever its first letter.
    """
    for long, letters in (aliases or {}).items():
        if long in text:
            return [(letters, role_of_words(long))]
    short = _AGENCY.sub(r"\1 ", text)
    short = _WORK.sub(r"\1", TAIL.sub("", short)) or text
    role = role_of_words(short)
    role = role if role != "unknown" and role_of_words(text) != "anonymous" else role_of_words(text)
    if role_of_words(short) == "media":
        known = [word for word in re.findall(r"[A-Z]\w+|(?:[A-Z]\.){2,}", short) if word in media_names() or (
            word.isupper() and role_of_words(word) == "media")]
        if known and not re.search(r"\b(?:agencies|newspapers)\b", short):
            proper = re.findall(r"(?:[A-Z][\w.]*\s)*[A-Z][\w.]*", plain_name(short))
            acronym = [word for word in known if word.isupper()]
            return [(acronym[0] if acronym and len(proper) != 1 else _whole_name(short, known[0]), "media")]
    named = _NAME_GIVEN.search(text) or _THEIRS.fullmatch(short)
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
    if words and words[0][0].isupper() and words[0][1:].islower() and len(words) >= 1 and text.startswith(words[0]) \
            and (not _proper(words, text) or (common and len(words) == 1)):
        name = name[0].lower() + name[1:]
    return [(name, role)] if name else []


def _role_of_head(name: str, role: str) -> str:
    """The role of a person without a name by what they are: "the minister in charge of small firms" is no company."""
    head = re.split(r" (?:in|of|for|at|from|with|on|by|to) ", name)[0].split()
    noun = next((noun for noun in (" ".join(head[-2:]).lower(), head[-1].lower() if head else "", (
        head[-1].lower().removesuffix("s") if head else "")) if noun in functions()), "")
    own = functions().get(noun, "unknown") if noun != "officer" and head[-1].islower() else "unknown"
    whole = len(name.split()) == len(head)
    return own if own != "unknown" and noun not in OF_THEIR_BODY and role != "anonymous" and (
        not whole or role == "unknown") else role


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
            kept = hit.group().split()
            while len(kept) > 1 and (kept[0] in place_words() and place_words()[kept[0]].how == "adjective"):
                kept.pop(0)
            return " ".join(kept)
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
        cast.text, max(0, contents[0][0] - 60), contents[0][0])
    if named:
        return named.span(1)
    after = re.compile(r"[\"”’']?:?\s?[\"”’']?:? ").match(cast.text, contents[-1][1] - 1)
    if ":" in cast.text[contents[-1][1] - 2:contents[-1][1] + 2] and after:
        people = [m for m in cast.mentions if m.kind == "person" and m.how != "pronoun"
                  and contents[-1][1] <= m.start < min(last, contents[-1][1] + 60)]
        return (people[0].start, people[0].end) if people else None
    words = len(cast.text[first:last].split()) - sum(len(cast.text[max(a, first):b].split()) for a, b in rest)
    if not 2 <= words <= 12 or not _touches_comma(cast.text, rest, first, last):
        return None
    verbs = [token for token in cast.doc[cast.token_at(first).i:cast.token_at(last - 1).i + 1]
             if token.pos_ == "VERB" and not _within(token.idx, rest)]
    subjects = [subject for subject in (_subject_of(verb, contents) for verb in verbs) if subject]
    return subjects[0] if len(set(subjects)) == 1 else None


def _touches_comma(text: str, contents: list[tuple[int, int]], first: int, last: int) -> bool:
    """Does the sentence go on after the content with a comma, or lead up to it with one or a colon?"""
    after = text[contents[-1][1]:last].lstrip("\"”’'»")
    before = text[first:contents[0][0]].rstrip()
    inside = text[max(first, contents[-1][1] - 3):contents[-1][1]]
    return bool(re.match(r"\s*,", after)) or ("," in inside and bool(after.strip())) or before[-1:] in {",", ":"}


def _subject_of(token: Any, contents: list[tuple[int, int]]) -> tuple[int, int] | None:
    for _ in range(4):
        for child in token.children:
            if child.dep_ == "nsubj" and not _within(child.idx, contents) and child.tag_ != "EX":
                end = child.right_edge.idx + len(child.right_edge.text)
                whole = (child.left_edge.idx, end)
                return whole if not any(_within(place, contents) for place in (whole[0], end - 1)) else (
                    child.idx, child.idx + len(child.text))
        if token.dep_ not in {"conj", "xcomp", "advcl"} or token.head.i == token.i:
            return None
        token = token.head
    return None


def _within(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)
