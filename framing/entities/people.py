"""The people an article names: full names, with the titles the text gives them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from nameparser.config import CONSTANTS

from framing.entities.mentions import KIN, Person, covering, joined, nicknames, surnames_shared
from framing.entities.names import (
    PARTICLES,
    SEATED,
    given_names,
    is_given_name,
    is_short_for,
    is_surname_in_words,
    is_without_suffix,
    longer_names,
    name_words,
    of_a_family,
    same_person,
    suffix_of,
    without_accents,
    without_suffix,
)
from framing.entities.places import find_places, place_words
from framing.entities.roles import (
    ABBREVIATED,
    DETERMINERS,
    Run,
    Title,
    function_at,
    functions,
    gender_of_noun,
    role_of_words,
    same_function,
    title_after,
    title_before,
)
from framing.entities.things import BEFORE, firms_by_seat, nobodies, things
from framing.text.lexicon import word_lists

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LISTED = word_lists("names/words")

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĦĪĮİĶĹĻŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŴŶŹŻŽ"
_ADDRESS = "|".join(word.title() for word in ABBREVIATED)
_WORD = (
    rf"(?:(?:{_ADDRESS})\.|(?:[JS]n?r)\b\.?|"
    rf"(?:[dl][aeiu]|v[ao]n)[{_UPPER}][a-z]\w+|(?:al|el|ad|ash)-[{_UPPER}]\w+(?:-\w+)*|[{_UPPER}]\.(?:[{_UPPER}]\.)*|"
    rf"[{_UPPER}]\w*(?:[’'](?![sS]\b)\w+)*(?:-\w+)*)"
)
_SMALL_IN_NAMES = "|".join(sorted(PARTICLES - {"do", "ben", "abu"}))
_RUN = re.compile(
    rf"(?<![\w&@#/-])(?<!\w[’']){_WORD}(?:[ \u00a0](?:(?:{_SMALL_IN_NAMES}) ){{0,3}}{_WORD}|, [JS]n?r\b\.?)*"
)
_WORDS = re.compile(r"[^\s,;:.!?()\"“”‘—–]+(?:\.(?=\S))?")
_AGE = re.compile(r",\s\d\d\b")
_CALENDAR = set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december christmas easter ramadan thanksgiving hanukkah
""".split()
)
_NO_OPENERS = frozenset(_LISTED["openers"])
_NO_NAMES = frozenset(_LISTED["beside_names"])
_ADJECTIVES = {"democratic", "republican", "conservative", "liberal", "socialist", "communist", "christian", "muslim"}
_ALONE = frozenset(_LISTED["bodies_alone"])
_PARTISANS = {"democrat", "republican", "independent", "libertarian"}  # "the California Democrat" names nobody
_LETTERS_AFTER = {
    "KC": "lawyer",
    "QC": "lawyer",
    "SC": "lawyer",
    "MP": "mp",
    "MSP": "mp",
    "MS": "mp",
    "MLA": "mp",
    "MEP": "mep",
    "TD": "mp",
    "OBE": "",
    "MBE": "",
    "CBE": "",
    "PhD": "doctor",
    "MD": "doctor",
}
_SITES = frozenset(_LISTED["sites"])
SITE_AHEAD = re.compile(rf"[ \u00a0](?:{'|'.join(sorted(_SITES))})\b")
_HER = frozenset(_LISTED["address_of_women"])
_HIS = frozenset(_LISTED["address_of_men"])
_CLERGY = {"father": "priest", "sister": "nun", "mother": "nun", "brother": "monk", "fr": "priest"}
_OFFICES = frozenset(_LISTED["offices"])


def read_runs(text: str, doc: Doc, index: list[int], left_out: list[tuple[int, int]]) -> list[Run]:
    """The capitalised stretches of `text` that may hold a name, sentence-initial words trimmed.

    `index` holds the offset of every token; stretches in `left_out` (page furniture) are not read.
    """
    titled = title_case_lines(text)
    outside = covering(left_out)
    runs = []
    for hit in _RUN.finditer(text):
        line = bisect_right(titled, (hit.start(), len(text))) - 1
        if line >= 0 and hit.start() < titled[line][1]:
            continue
        if outside(hit.start(), hit.start() + 1):
            continue
        words = [(m.start() + hit.start(), m.group()) for m in re.finditer(r"[^ \u00a0]+", hit.group())]
        ends = next((n for n, (_, word) in enumerate(words) if n and re.fullmatch(r"[JS]n?r\.", word)), len(words))
        words = words[: ends + 1]  # "his son, Paul Holt Jr. The two ..."
        if len(words) > 1 and len(words[0][1]) > 4 and words[0][1].isupper() and not words[1][1].isupper():
            words.pop(0)  # a kicker before the sentence: "ALLIANCE Washington said"
        while len(words) > 1 and re.search(f"{SEATED}$", words[0][1]):
            words.pop(0)  # "Oslo-based Norvik"
        while words:
            token = doc[max(bisect_right(index, words[0][0]) - 1, 0)]
            if not _opens_name(token, words[0][1], len(words)):
                words.pop(0)
            else:
                break
        if words:
            runs.append(_cut(text, words))
    return joined(text, runs)


def _opens_name(token: Token, word: str, n_words: int) -> bool:
    low = word.lower().rstrip(".")
    if word in {"A.", "I."}:
        return n_words > 1
    if low in _CALENDAR and not (low in {"may", "april", "june", "august"} and n_words > 1):
        return False
    if low in _NO_OPENERS and n_words > 1:
        return False
    if low in {"the", "a", "an", "i", "mr", "mrs", "ms"} | DETERMINERS:
        return low in {"mr", "mrs", "ms"}
    if token.is_sent_start or token.i == 0 or not token.nbor(-1).is_alpha:
        if token.pos_ in {"ADP", "SCONJ", "ADV", "CCONJ", "DET", "PRON", "VERB", "AUX", "INTJ", "PART"}:
            named = token.ent_type_ == "PERSON" and (n_words != 2 or is_given_name(low))  # "Following Berg"
            return named or low in functions()
        if n_words > 2 and token.pos_ in {"NOUN", "ADJ"} and token.ent_type_ == "" and token.i + 1 < len(token.doc):
            return token.nbor().ent_type_ != "PERSON" or low in functions()  # "Rival Anna Berg"
        return n_words > 1 or token.pos_ in {"PROPN", "ADJ", "X"} or token.ent_type_ != ""
    return True


TITLE_LINE, CAPITALS = (4, 30), 0.9  # words of a headline that tell its case, and share in capitals; set by hand


def title_case_lines(text: str) -> list[tuple[int, int]]:
    """Lines that capitalise most words, as some headlines do: there a capital tells nothing."""
    lines = []
    for hit in re.finditer(r"[^\n]+", text):
        long = [word for word in re.findall(r"[^\W\d_]+", hit.group()) if len(word) > 3]
        share = sum(word[0].isupper() for word in long) / max(len(long), 1)
        if TITLE_LINE[0] <= len(long) <= TITLE_LINE[1] and share >= CAPITALS and hit.group().rstrip()[-1:] != ".":
            lines.append(hit.span())
    return lines


def _cut(text: str, words: list[tuple[int, str]]) -> Run:
    """A run of capitalised words as a title and a name: "Former Gov. Anna Berg Jr." names "Anna Berg Jr."."""
    start, end = words[0][0], words[-1][0] + len(words[-1][1])
    suffix = suffix_of(" ".join(word for _, word in words))
    words = words[:-1] if suffix else words
    letters = words.pop()[1] if len(words) > 2 and words[-1][1] in _LETTERS_AFTER else ""
    plain = [word.lower().rstrip(".,") for _, word in words]
    if (
        len(words) > 1
        and not letters
        and functions().get(plain[-1], "citizen") not in {"citizen", "unknown"}
        and (" ".join(plain[-2:]) in functions() or plain[0] == "comrade")
    ):
        return Run(start, end, start, text[start:end], "", "", "")  # "General Secretary": a title without a name
    first, noun, address = _title_of(text, words, plain)
    noun = noun or _LETTERS_AFTER.get(letters, "")
    if " ".join(word for _, word in words[first:]) in place_words() and not (
        first and first == len(words) - 1 and (noun or address)
    ):  # "Representative Jordan" is somebody
        return Run(start, end, words[first][0], text[words[first][0] : end], "", "", "")
    while first + 1 < len(words) - _is_chad(words[first:]) and (
        " ".join(w for _, w in words[first : first + 2]) in place_words() or words[first][1] in place_words()
    ):
        first += 2 if " ".join(w for _, w in words[first : first + 2]) in place_words() else 1
    first = min(first, len(words) - 1)
    begin, last = words[first][0], words[-1][0] + len(words[-1][1])
    name = text[begin:last].rstrip(",")
    if suffix:
        last, name = end, f"{name} {suffix.upper() if suffix in {'ii', 'iii', 'iv'} else suffix.title() + '.'}"
    return Run(start, last, begin, name, text[start:begin].strip(), noun, address)


def _is_chad(words: list[tuple[int, str]]) -> bool:
    """Is a name of two words one whose first is that of a place, too: "Chad Griffin", "Jordan Holt"?"""
    return len(words) == 2 and is_given_name(words[0][1]) and words[1][1].lower() not in _PARTISANS


def _title_of(text: str, words: list[tuple[int, str]], plain: list[str]) -> tuple[int, str, str]:
    """How many words of a run are a title, its function noun, and the form of address."""
    last = max((i for i in range(len(plain) - 1) if _opens_title(plain, i)), default=-1)
    address = plain[last] if last >= 0 and plain[last] in ABBREVIATED else ""
    noun = function_at([word for _, word in words[: last + 1]]) if last >= 0 else ""
    noun = _CLERGY.get(noun, noun) if last == len(words) - 2 or last == 0 else noun
    if address == "ms" and words[last][1] == "MS":
        noun, address = "mp", ""  # Member of the Senedd
    if address and last > 0 and not noun:
        noun = function_at([word for _, word in words[:last]])
    if (
        last < 0
        and len(words) > 1
        and words[0][1] in _OFFICES
        and re.search(r"(?:Secretary|Minister) (?:of|for) $", text[max(0, words[0][0] - 14) : words[0][0]])
    ):
        return 1, "secretary of state" if words[0][1] == "State" else "minister", ""
    if not is_given_name(plain[0]):
        last = max([last, *(i for i, word in enumerate(plain[:-1]) if _is_of_title(word))])
    return last + 1, noun, address


def _is_of_title(word: str) -> bool:
    """Is this a word of titles that names nobody: "former", "special", "republican", "editor-in-chief"?"""
    return (
        word in _NO_NAMES
        or (len(word) > 3 and word in CONSTANTS.titles)
        or word.startswith(("then-", "ex-"))
        or word.endswith(("-chief", "-elect", "-designate", "-general"))
    )


def _opens_title(plain: list[str], i: int) -> bool:
    """Does the title before a name end with this word? "Nurse Berg" has one, "Baker Street" has none."""
    if plain[i] in ABBREVIATED:
        return plain[i] not in {"pc", "dc", "dci"} or len(plain) - i > 2
    role = functions().get(plain[i]) or (functions().get(plain[i][:-1]) if plain[i].endswith("s") else None)
    return role is not None and (role != "citizen" or plain[i] in _CLERGY or plain[i] == "nurse" or len(plain) - i > 2)


class Found(NamedTuple):
    """The people of an article, and what looks like people."""

    people: list[Person]
    spots: list[tuple[int, int, int]]  # where they are named in full: start, end, number in `people`
    bodies: set[str]  # names like theirs that bodies bear
    unsure: set[str]  # single words that are somebody's only if other articles name a person so


def find_people(text: str, doc: Doc, runs: list[Run]) -> Found:
    """The people named in full, and where."""
    people: list[Person] = []
    spots: list[tuple[int, int, int]] = []
    runs = _with_suffix(text, runs)
    n_single = Counter(run.name for run in runs)
    by_surname = _lone_surnames(doc, runs)
    in_entity = covering([(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == "PERSON"])
    waiting = []
    seated = firms_by_seat(text, runs)
    no_people = things(text, doc, runs) | seated
    names = {run.name for run in runs}
    tails = longer_names(names, names)
    apart = _relatives(text, names)
    for run in sorted(runs, key=lambda run: run.name in tails):
        if run.name in no_people or run.name == "Republic" or _is_office(run.name):
            continue  # "terminal operator Marlin Docks", "Shadow Transport Secretary"
        title = title_before(text, run)
        n_words = len(name_words(run.name))
        if n_words == 1 and title and not run.address and _is_no_surname(text, run):
            continue
        if n_words == 1 or (
            _no_person(run.name)
            and not (  # "Sen. Rand Paul", "Michael R. Bloomberg, former mayor"
                is_given_name(run.name.split()[0]) and (run.address or title_after(text, run.end))
            )
            and not _is_like_a_site(run.name, bool(title or run.address), by_surname)
            and not ("-" in run.name and _AGE.match(text, run.end))
        ):
            if n_words == 1 and (title or run.address):
                waiting.append((run, title))
            elif (
                n_words == 1
                and not run.name.isupper()
                and in_entity(run.name_start, run.name_start + 1)
                and not _is_common(text, run.name)
                and (n_single[run.name] > 1 or _is_subject(doc, run))
            ):
                waiting.append((run, None))
            continue
        after = title_after(text, run.end)
        known = any(_is_form(run.name, form) for person in people for form in person.forms)
        tagged = in_entity(run.name_start, run.end)
        if (
            title
            or run.address
            or after
            or known
            or tagged
            or _AGE.match(text, run.end)
            or _named_like_one(doc, run, by_surname)
        ):
            number = _add(people, run.name, run.name_start, apart)
            spots.append((run.name_start, run.end, number))
            _learn(people[number], run, [title, after])
    for given, (surname, gender) in surnames_shared(text, people).items():
        number = _add(people, f"{given} {surname}", text.index(given))
        people[number].gender = people[number].gender or gender
    for nick, number in nicknames(text, people).items():
        people[number].nicknames.append(nick)
    for number, other in _other_surnames(text, people, n_single):
        people[number].nicknames.append(other)
    nicks = {without_accents(nick) for person in people for nick in person.nicknames}
    for run, title in waiting:
        if without_accents(run.name) not in nicks:
            _add_surname(people, run, title, title_after(text, run.end))
    gone = nobodies(text, doc, runs, people)
    left = [number for number in range(len(people)) if number not in gone]
    new = {number: place for place, number in enumerate(left)}
    return Found(
        [people[number] for number in left],
        [(start, end, new[number]) for start, end, number in spots if number in new],
        seated | {form for number, nobody in gone.items() if nobody.body for form in people[number].forms},
        {form for number, nobody in gone.items() if nobody.unsure for form in people[number].forms},
    )


def _with_suffix(text: str, runs: list[Run]) -> list[Run]:
    """The runs, with "Owen Ware" as "Owen K. Ware Jr." where the text writes the suffix and the plain name once.

    Newspapers give the suffix at the first mention and leave it out in headlines and later; they repeat it where father and
    son are both in the story. They never add an initial: "Owen K. Ware" is not "Owen Ware Jr.".
    """
    names = Counter(run.name for run in runs if " " in run.name)
    full: dict[str, str] = {}
    for name in names:
        words = name_words(name)
        if suffix_of(name) and len(words) > 1:
            written = re.findall(rf"\b{re.escape(words[-1])},? {suffix_of(name)}\b", text, re.IGNORECASE)
            plain = {other: n for other, n in names.items() if is_without_suffix(other, name)}
            other = next((run.name_start for run in runs if run.name in plain), 0)
            first = min(run.name_start for run in runs if run.name == name)
            headline = other < first and "\n" in text[other:first]
            if (
                len(written) == 1
                and sum(plain.values()) == 1
                and (headline or other > first)
                and not of_a_family(text, name)
            ):
                full |= dict.fromkeys(plain, name)
    return [run._replace(name=full.get(run.name, run.name)) for run in runs]


def _add_surname(people: list[Person], run: Run, title: Title | None, after: Title | None) -> None:
    """Put a surname with a title, an address or a deed to the person it is short for, or to somebody new."""
    gender = "f" if run.address in _HER else "m" if run.address in _HIS else ""
    short = [n for n, person in enumerate(people) if any(is_short_for(run.name, form) for form in person.forms)]
    fits = [n for n in short if not {gender, people[n].gender or pronoun_of(people[n].name)} >= {"f", "m"}]
    if gender and short and not fits:
        return  # the other Boyle, whom only an address tells apart: see `families`
    if title and fits and not suffix_of(run.name):
        held = [n for n in fits if any(same_function(title.noun, own.noun) for own in people[n].titles)]
        fits = held or [n for n in fits if not _is_relative(people[n])]
    if not fits:
        if not run.address and (
            (run.name in place_words() and not title) or (not title and role_of_words(run.name) != "unknown")
        ):
            return
        fits = [n for n, person in enumerate(people) if run.name in person.forms] or [
            _add(people, run.name, run.name_start)
        ]
    _learn(people[fits[0]], run, [title, after])


def _is_relative(person: Person) -> bool:
    """Is this somebody's son or daughter to the article, so that "President Brenner" is somebody else?"""
    return bool(suffix_of(person.name)) or any(title.noun in KIN.split("|") for title in person.titles)


def _is_common(text: str, word: str) -> bool:
    """Is a capitalised word an office, a plural or a word that the text also writes small?"""
    low = word.lower()
    if low in functions() or low in CONSTANTS.titles:
        return True
    begun = re.match(r"\w*", low)
    return bool(begun and begun.group() in _behind_articles(text)) and bool(
        re.search(rf"\b(?:the|an?) {re.escape(low)}\b", text)
    )


@lru_cache(maxsize=2)
def _behind_articles(text: str) -> frozenset[str]:
    """Every word that stands behind "the" or "a"."""
    return frozenset(re.findall(r"\b(?:the|an?) (\w*)", text))


def _is_office(name: str) -> bool:
    """Is a name of several words an office? "Paul Baker" and "Ann King" are somebody."""
    words = name.split()
    named = len(words) in {2, 3} and is_given_name(words[0]) and words[0].lower() not in functions()
    return len(words) > 1 and function_at(words) != "" and not (named and function_at(words) == words[-1].lower())


def _is_no_surname(text: str, run: Run) -> bool:
    """Is the word behind a title none of a person: "major American cities", "chief TV critic", the "Justice Department"?

    "Representative Jordan" and "Justice Banks" are somebody.
    """
    if run.noun and text[run.start].isupper():
        return run.name in _ALONE
    place = place_words().get(run.name)
    kind = role_of_words(run.name) != "unknown" or run.name.lower() in _ADJECTIVES
    return kind or run.name.isupper() or (place is not None and place.how == "adjective")


@lru_cache(maxsize=20_000)
def _no_person(name: str) -> bool:
    words = name.split()
    if words[0] in BEFORE:
        return True
    if len(words) > 1 and (words[-1] in _SITES or words[-1].lower() in _PARTISANS):
        return True
    if len(words) == 1 and re.search(r"[a-z]-[A-Z]", name):
        return True  # "Kim-Putin"
    named = len(words) in {2, 3} and is_given_name(words[0])  # "Ed Jordan", "Ada Cuba"
    if named and (find_places(name) or words[-1].lower() in functions()):
        return False
    return (
        len(words) > 5
        or role_of_words(name) != "unknown"
        or bool(find_places(name))
        or any(word.lower() in _CALENDAR for word in words)
        or (name.isupper() and len(words) == 1)
    )


def _named_like_one(doc: Doc, run: Run, subjects: dict[str, str]) -> bool:
    """Is this a given name with a surname, or a name whose last word speaks or acts elsewhere (`subjects`)?"""
    words = run.name.split()
    if len(words) not in {2, 3} or run.name.isupper() or words[-1] in place_words():
        return False
    if pronoun_of(run.name):
        span = doc.char_span(run.name_start, run.end, alignment_mode="expand")
        return span is not None and not any(ent.label_ in {"FAC", "EVENT", "LAW", "WORK_OF_ART"} for ent in span.ents)
    if words[-1] not in subjects:
        return False
    if _is_subject(doc, run._replace(name_start=run.end - len(words[-1]))):
        return True
    token = doc.char_span(run.name_start, run.end, alignment_mode="expand")
    return subjects[words[-1]] == run.name and token is not None and not token[0].is_sent_start


def _lone_surnames(doc: Doc, runs: list[Run]) -> dict[str, str]:
    """Single words that speak or act, and the one two-word name of the text that ends with them, if there is one."""
    single = {run.name for run in runs if " " not in run.name and not run.name.isupper() and _is_subject(doc, run)}
    holding: dict[str, set[str]] = {word: set() for word in single}
    for run in runs:
        for word in run.name.split() if " " in run.name else []:
            if word in holding:
                holding[word].add(run.name)
    return {
        word: next(iter(names)) if len(names) == 1 and next(iter(names)).split()[1:] == [word] else ""
        for word, names in holding.items()
    }


def _is_subject(doc: Doc, run: Run) -> bool:
    span = doc.char_span(run.name_start, run.end, alignment_mode="expand")
    return span is not None and span.root.dep_ in {"nsubj", "nsubjpass"} and span.root.head.pos_ in {"VERB", "AUX"}


def _is_form(name: str, form: str) -> bool:
    return same_person(form, name) or is_surname_in_words(name, form)


def _is_like_a_site(name: str, titled: bool, by_surname: dict[str, str]) -> bool:
    """Is this somebody called like a place: "Rebecca Hall", of whom the text says that Hall speaks or acts?"""
    words = name.split()
    return (
        len(words) == 2
        and words[1] in _SITES
        and (titled or by_surname.get(words[1]) == name)
        and is_given_name(words[0])
        and words[0] not in BEFORE
    )


def _other_surnames(text: str, people: list[Person], single: Counter[str]) -> list[tuple[int, str]]:
    """Surnames that stand in the middle: "Marin" of "Ana Marin Soto", where the text writes it alone and never "Soto"."""
    first_and_last = Counter(word for person in people for word in {*_ends(person)})
    found = []
    for number, person in enumerate(people):
        for form in person.forms:
            words = without_suffix(form).split()
            if len(words) < 3 or (single[words[-1]] and first_and_last[words[-1].lower()] < 2):
                continue
            for word in words[1:-1]:
                if single[word] and len(word) > 2 and not first_and_last[word.lower()]:
                    found.append((number, word))
    return list(dict.fromkeys(found))


def _ends(person: Person) -> Iterator[str]:
    """The first and last words of somebody's full names, lower case."""
    most = max(len(name_words(form)) for form in person.forms)
    for form in person.forms:
        words = without_suffix(form).lower().split()
        if len(name_words(form)) == most:
            yield from (words[0], words[-1])


def _relatives(text: str, names: set[str]) -> set[frozenset[str]]:
    """Names that could be one person's, which the text gives to two of a family: "Owen Ware and his son, Owen T. Ware"."""
    by_surname: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        if len(words := name_words(name)) > 1:
            by_surname[words[-1]].append(name)
    return {
        frozenset((one, other))
        for alike in by_surname.values()
        for one, other in permutations(alike, 2)
        if same_person(one, other)
        and re.search(
            rf"\b{re.escape(one)}\b[^\n]{{0,300}}?\b(?:[Hh]is|[Hh]er|[Ww]hose) (?:[\w-]+ ){{0,2}}(?:{KIN}),? "
            rf"(?:former |late |then )?(?:[A-Z][\w.-]* ){{0,3}}{re.escape(other)}\b",
            text,
        )
    }


def _add(people: list[Person], name: str, start: int, apart: Collection[frozenset[str]] = ()) -> int:
    for number, person in enumerate(people):
        told_apart = any(frozenset((name, form)) in apart for form in person.forms)
        if not told_apart and any(_is_form(name, form) for form in person.forms):
            person.forms[name] += 1
            return number
    people.append(Person(Counter([name]), first=start))
    return len(people) - 1


def _learn(person: Person, run: Run, titles: list[Title | None]) -> None:
    for title in titles:
        if title and title not in person.titles:
            person.titles.append(title)
    nouns = {title.noun for title in titles if title}
    told = {gender_of_noun(noun) for noun in nouns if noun not in KIN.split("|")}  # "Berg, wife of ..." may be a list
    told |= {"f"} if run.address in _HER or "first lady" in nouns else set()
    if "f" in told:
        person.gender = "f"
    elif run.address in _HIS or "m" in told:
        person.gender = "m"


def pronoun_of(name: str) -> str:
    """Whether newspapers mostly write "she" ("f") or "he" ("m") for this given name, else "".

    Only a hint for pronouns where the article itself says nothing; never part of any table.
    """
    words = name.split()
    return given_names().get(words[0], "") if len(words) > 1 else ""


def _with_particles(words: list[str]) -> Iterator[str]:
    """How a surname of several words is written: "van der Berg", "Van der Berg", "al-Sharif", "Sharif"."""
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in PARTICLES:
        first -= 1
    if first == len(words) - 1 and first > 1 and len(words[first - 1]) > 2 and not is_given_name(words[first - 1]):
        first -= 1  # "López Obrador"
    surname = " ".join(words[first:])
    article, _, rest = words[-1].partition("-")
    if article.lower() in {"al", "el", "ad", "ash"} and rest:
        yield rest
        yield f"{article.title()}-{rest}"
        yield f"{article.lower()}-{rest}"
    if " " in surname:
        yield surname
        yield surname[0].upper() + surname[1:]


def short_forms(people: list[Person]) -> Iterator[tuple[str, int]]:
    """Short names that may stand for one of the people: surnames, nicknames, given names, in this order."""
    for number, person in enumerate(people):
        for form in person.forms:
            words = re.split(r"[\s\u00a0]+", without_suffix(form))
            surname = words[-1]
            yield surname, number
            yield from ((written, number) for written in _with_particles(words))
            if suffix_of(form):
                yield f"{surname} {form.split()[-1]}", number
                yield f"{surname} {form.split()[-1].rstrip('.')}", number
            if len(words := without_suffix(form).split()) > 2 or suffix_of(form):
                yield f"{words[0]} {words[-1]}", number  # headlines leave out what stands between
    for number, person in enumerate(people):
        for nick in person.nicknames:
            yield nick, number
    for number, person in enumerate(people):
        for form in person.forms:
            yield re.split(r"[\s\u00a0]+", form)[0], number
