"""One name per speaker: variants and transliterations, within an article and across the corpus."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd
from nicknames import NickNamer

from framing.entities.organisations import merge_bodies
from framing.entities.places import adjective_of, place_words
from framing.tables import require_columns
from framing.text.lexicon import read_list, word_lists

Names: TypeAlias = Mapping[str, Any] | pd.DataFrame | str | Path | None

_BODY = re.compile(
    r"\b(?:government|military|army|navy|air force|authorities|officials|ministry|police|coast guard|"
    r"leadership|administration|media|embassy)\b"
)
SEATED = "-(?:based|owned|backed|listed)"  # ends the word before the name of a firm: "Oslo-based Norvik"
PARTICLES = frozenset(word_lists("names/words")["particles"])
_PRONOUNS = {"he", "she", "it", "they", "who", "which", "his", "her", "their", "its", "him", "them", "that"}
CLOSE = 0.9  # share of letters (difflib) from which two longer names are two spellings of one; set by hand
DOMINANT = 5  # times as often named as anybody else of that name: then a bare surname means this person
_LETTERS_AFTER = {"phd", "md", "mp"}
_ORDINALS = {"ii", "iii", "iv"}  # "v" is an initial more often
_NEVER_SHORT = {"bill": {"robert"}, "robert": {"bill"}}  # what `nicknames` has and no newspaper
SUFFIXES = {"jr", "jnr", "sr", "snr"} | _ORDINALS  # what tells father from son
_LETTERS = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss"})
_FOLDS = [
    (r"[’'`.]", ""),
    (r"dzh|dj", "j"),
    (r"(?:iy|ij|yy|ii|yi|ey|ei|ie|y|j)(?=$|-)", "i"),
    (r"[yj]", "i"),
    (r"ei|ie", "e"),
    (r"tch|tsch|sch|sh|ch", "c"),
    (r"kh|gh|h(?=[aeiou])", "h"),
    (r"ou|oo", "u"),
    (r"ph|w|v|ff", "v"),
    (r"[qk]|ck", "k"),
    (r"tz|ts|z", "s"),
    (r"(.)\1+", r"\1"),
    (r"e$", ""),
]


def without_accents(word: str) -> str:
    """ "Munoz" for "Muñoz", "Sorensen" for "Sørensen": as many papers print it."""
    word = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return "".join(letter for letter in word if not unicodedata.combining(letter))


@lru_cache(maxsize=20_000)
def fold_name(word: str) -> str:
    """A word as it sounds whoever transliterates it: Dmitry, Dmitri and Dmitriy are one."""
    word = without_accents(word.lower())
    for pattern, sound in _FOLDS:
        word = re.sub(pattern, sound, word) or word
    return word


@lru_cache(maxsize=20_000)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name, lower case, hyphens opened, without suffixes: ("kim", "jong", "un").

    Initials are left out, but where nothing else stands before the surname: ("jk", "holm") of "J.K. Holm".
    """
    words = re.split(r"[\s-]+", re.sub(r"[’']s?$", "", name).replace(".", ". ").lower())
    kept = [word.strip(".,") for word in words]
    long = tuple(word for word in kept if len(word) > 1 and word not in SUFFIXES | _LETTERS_AFTER)
    if len(long) == 1 and (initials := "".join(takewhile(lambda word: len(word) == 1, kept))):
        return initials, *long
    return long or tuple(kept)


@lru_cache(maxsize=20_000)
def suffix_of(name: str) -> str:
    """What tells a son from his father: "jr" of "Paul Holt Jr.", "" where a name has none."""
    words = re.sub(r"[’']s?$", "", name).replace(",", " ").lower().split()
    last = words[-1].strip(".") if len(words) > 1 else ""
    return {"jnr": "jr", "snr": "sr"}.get(last, last) if last in SUFFIXES else ""


def without_suffix(name: str) -> str:
    """ "Paul Holt" of "Paul Holt Jr."."""
    return re.sub(r",?\s\S+$", "", name) if suffix_of(name) else name


@lru_cache(maxsize=20_000)
def _initials(name: str) -> tuple[str, ...]:
    """The initials between the first and the last word: ("h", "w") of "George H. W. Holt"."""
    words = re.sub(r"\.(?=\w)", ". ", without_suffix(name)).split()
    return tuple(word[0].lower() for word in words[1:-1] if re.fullmatch(r"\w\.?", word))


@lru_cache(maxsize=1)
def _namer() -> NickNamer:
    return NickNamer()


@lru_cache(maxsize=20_000)
def _short_for(given: str) -> frozenset[str]:
    """The names that this given name shortens or that shorten it: "charles" for "chuck"."""
    return frozenset((_namer().nicknames_of(given) | _namer().canonicals_of(given)) - _NEVER_SHORT.get(given, set()))


@lru_cache(maxsize=20_000)
def is_given_name(word: str) -> bool:
    """Is this a given name, or short for one, in English or in ``data/names/given_names.csv``?"""
    return bool(_short_for(word.lower())) or word.title() in given_names()


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """Given names and whether newspapers mostly write "she" ("f") or "he" ("m") for them."""
    return {
        name: "f" if row["pronoun"] == "she" else "m"
        for row in read_list("given_names")
        for name in row["names"].split(";")
    }


@lru_cache(maxsize=50_000)
def same_person(one: str, other: str) -> bool:
    """Are two full names one person's? Surnames must sound alike and given names must agree."""
    first, second = name_words(one), name_words(other)
    if suffix_of(one) != suffix_of(other):
        return False  # father and son, until an article shows that they are one: see `find_people`
    inside, outside = _initials(one), _initials(other)
    if inside and outside and inside[0] != outside[0]:
        return False
    if inside and outside and len(first) < 3 and len(second) < 3 and inside != outside:
        return False
    if first == second:
        return True
    if len(first) < 2 or len(second) < 2:
        return False
    a, b = [fold_name(word) for word in first], [fold_name(word) for word in second]
    if "".join(a) == "".join(b):
        return True
    if len(a) == 2 and a == b[::-1] and not (is_given_name(first[0]) and is_given_name(first[1])):
        return True  # "Ishida Kenji", as his own country's papers write Kenji Ishida
    if a[-1] == b[-1] or _close(a[-1], b[-1]):
        alike = _close(a[0], b[0]) and not (
            is_given_name(first[0]) and is_given_name(second[0]) and _consonants(a[0]) != _consonants(b[0])
        )  # Mohammed and Muhammad are one; Ivana and Ivanka, each a name of its own, are two
        return a[0] == b[0] or alike or (a[-1] == b[-1] and second[0] in _short_for(first[0]))
    return len(a) > 2 and len(b) > 2 and (set(a) <= set(b) or set(b) <= set(a))


def _consonants(word: str) -> str:
    return re.sub("[aeiouyh]|(?<=(.))\\1", "", word.replace("x", "ks").replace("c", "k").replace("ph", "f"))


def _close(one: str, other: str) -> bool:
    return len(one) > 3 and one[:1] == other[:1] and SequenceMatcher(None, one, other).ratio() >= CLOSE


def is_short_for(short: str, full: str) -> bool:
    """May `short` ("Putin", "Kim") stand for `full` ("Vladimir Putin", "Kim Jong-un")?"""
    few, many = name_words(short), name_words(full)
    if short.isupper() and len(short) < 5 and short not in full:
        return False  # "UN" is not Kim Jong Un
    if not few or len(few) >= len(many) or suffix_of(short) not in {"", suffix_of(full)}:
        return False
    if len(few) == 1:
        return fold_name(few[0]) in (fold_name(many[-1]), fold_name(many[0]))
    return many[-len(few) :] == few or many[: len(few)] == few or _last_words_alike(few, many)


def _last_words_alike(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    return [fold_name(word) for word in few] == [fold_name(word) for word in many[-len(few) :]]


def is_without_suffix(plain: str, name: str) -> bool:
    """May this be the bearer of a suffix without it: "Owen Ware" of "Owen K. Ware Jr.", never "Owen K. Ware" of "Owen Ware Jr."?"""
    bare = without_suffix(name)
    return not suffix_of(plain) and same_person(plain, bare) and len(plain.split()) <= len(bare.split())


def of_a_family(text: str, name: str) -> bool:
    """Does the text tell the bearer of a suffix from a father or a son: "his eldest son, Owen Ware Jr."?"""
    surname = re.escape(name_words(name)[-1])
    return bool(
        re.search(rf"\b(?:younger|elder|older|senior)(?: \w+\.?)? {surname}\b", text)
        or re.search(
            rf"\b(?:sons?|father|dad|namesake|eldest)\b[^.\n]{{0,40}}\b{surname},? {suffix_of(name)}\b",
            text,
            re.IGNORECASE,
        )
        or re.search(
            rf"\b{surname},? {suffix_of(name)}\b\.?,[^.\n]{{0,30}}\b(?:sons?|father|dad|namesake|eldest)\b",
            text,
            re.IGNORECASE,
        )
    )


def is_surname_in_words(short: str, full: str) -> bool:
    """Is this the surname, of several words, of a longer name: "van der Berg", "Lopez Marin", "Berg-Olsen"?"""
    few, many = name_words(short), name_words(full)
    return (
        1 < len(few) < len(many)
        and suffix_of(short) in {"", suffix_of(full)}
        and (few[0] in PARTICLES or len(few) > 2 or not is_given_name(few[0]))
        and len(few[0]) > 1
        and _last_words_alike(few, many)
    )


def longer_names(names: Iterable[str], among: Iterable[str]) -> dict[str, list[str]]:
    """The names that are the surname, of several words, of longer ones, with those: "van der Berg": ["Ursula van der Berg"]."""
    by_last: dict[str, list[str]] = {}
    for name in among:
        if len(name_words(name)) > 2:
            by_last.setdefault(fold_name(name_words(name)[-1]), []).append(name)
    return {
        name: found
        for name in names
        if len(name_words(name)) > 1
        and (found := [o for o in by_last.get(fold_name(name_words(name)[-1]), ()) if is_surname_in_words(name, o)])
    }


def is_surname_of(word: str, full: str) -> bool:
    """Is this word, in whatever capitals, the surname of this name? Of three words, the first may be it ("Kim")."""
    words = name_words(full)
    return word.lower() in (words[-1], words[0] if len(words) > 2 else "")


def plain_name(mention: str) -> str:
    """A mention without article, possessive and quotation marks: "the South Korean military" -> "South Korean
    military", "the Interfax news agency" -> "Interfax"."""
    name = re.sub(r"\s+", " ", mention).strip(" ,;:\"“”‘’'()[]–—-")
    name = name if re.search(r"\b[A-Z]\.(?:[A-Z]\.)*$", name) else name.rstrip(".")
    name = re.sub(r"[’']s?$", "", name)
    name = re.sub(
        r"^(?:(?:the|an?|some|many|several|most|all|both|other|this|that|these|those|its|their|his|her|our|"
        r"my)\s+)+(?=\S)(?!of\b)"
        r"(?!(?<=those )(?:\w+(?:ed|ing)|held|who|behind|against|close|familiar)\b)"
        r"(?!(?:(?<=many )|(?<=some )|(?<=most )|(?<=those ))(?:who|in|with|at|on|from|near)\b)",
        "",
        name,
        flags=re.IGNORECASE,
    )
    name = re.sub(rf"^[\w.-]+{SEATED} (?=[A-Z])", "", name)  # "Oslo-based Norvik"
    name = re.sub(r"^(?:Mr|Mrs|Ms|Miss|Dr|Sen|Rep|Gov|Gen|Prof|Sir)\.? (?=[A-Z])", "", name)
    agency = re.fullmatch(r"(?:[\w’'-]+\s){0,5}?(?:news\s)?agency,?\s([A-Z]\w+(?:\s[A-Z]\w+)?)", name)
    if agency:
        return agency.group(1)
    agency = re.fullmatch(r"(?:[a-z]+(?:-\w+)?\s)*([A-Z]\w+(?:\s[A-Z]\w+)?)\s(?:state\s)?news\sagency", name)
    if agency and not mention.lower().startswith("a ") and agency.group(1) not in place_words():
        return agency.group(1)
    return _of_country(name)


def _of_country(name: str) -> str:
    """A country's body under one form: "the military of South Korea", "South Korea's military" and "the military
    in Seoul" are the "South Korean military", "American officials" the "US officials"."""
    hit = re.fullmatch(r"([a-z]+(?: [a-z]+)?) (?:in|of) (?:the )?([A-Z][\w.]*(?: [A-Z][\w.]*)*)", name)
    if hit and hit.group(2) in place_words() and _BODY.search(hit.group(1)):
        return f"{adjective_of(place_words()[hit.group(2)].country)} {hit.group(1)}"
    hit = re.fullmatch(r"([A-Z][\w.]*(?: [A-Z][\w.]*)*)(?:[’']s?)? ([a-z].*)", name)
    if hit and hit.group(1) in place_words() and place_words()[hit.group(1)].how != "seat":
        return f"{adjective_of(place_words()[hit.group(1)].country)} {hit.group(2)}"
    return name


def read_names(names: Names) -> dict[str, str]:
    """``{variant: name}`` from a mapping, a table or a CSV file with the columns ``name`` and ``variant``.

    A folder stands for the file ``speakers.csv`` in it. A mapping may give one variant or a list per name
    (``{"Kim Jong Un": ["Kim Jong-un", "Kim"]}``). Raises ``ValueError`` when columns are missing.
    """
    if names is None:
        return {}
    if isinstance(names, Mapping):
        pairs = [
            (str(name), variant)
            for name, variants in names.items()
            for variant in ([variants] if isinstance(variants, str) else variants)
        ]
    else:
        table = names
        if not isinstance(table, pd.DataFrame):
            path = Path(table)
            path = path / "speakers.csv" if path.is_dir() else path
            if not path.exists():
                raise FileNotFoundError(
                    f"There is no file {path.name} at the place given for names. Write one with "
                    "the columns name and variant, as canonical_names() returns them."
                )
            table = pd.read_csv(path, dtype="string")
        require_columns(table, ["name", "variant"], made_by="canonical_names")
        pairs = list(table[["name", "variant"]].dropna().itertuples(index=False, name=None))
    chosen = {str(variant).strip(): str(name).strip() for name, variant in pairs}
    return {**{name: name for name in chosen.values()}, **chosen}


def canonical_names(quotes: pd.DataFrame, *, names: Names = None) -> pd.DataFrame:
    """One name per speaker across the corpus, with every variant found for it.

    Parameters
    ----------
    quotes : any table with a ``speaker`` column (and ``outlet``), as from `find_quotes`.
    names : your own decisions, which go first: see `read_names`.

    Returns
    -------
    One row per variant: ``name``, ``variant``, ``n`` (rows with that variant), ``how`` ("chosen" by you, "same",
    "spelling", "short", "unsure": a short name that fits several people and is left alone, or "printed": a source as
    printed that was resolved to this name). Save it as ``speakers.csv``, edit ``name``, and pass it back as
    ``names=``. Raises ``ValueError`` without ``speaker``.

    Notes
    -----
    The commonest full form is the name. Names are merged on spelling alone, so two people with one name become
    one, and a married name stays apart: read the table before believing a count.
    """
    require_columns(quotes, ["speaker"], made_by="find_quotes")
    counts: Counter[str] = Counter()
    for speaker in quotes["speaker"].dropna():
        counts.update(split_speakers(speaker))
    merged = merge_names(counts, read_names(names))
    rows = [(name, variant, counts[variant], how) for variant, (name, how) in merged.items()]
    if "source" in quotes:  # names as the articles print them
        pairs = quotes[["speaker", "source"]].dropna()
        written = Counter(
            (merged[speaker][0], plain_name(source))
            for speaker, source in zip(pairs["speaker"], pairs["source"], strict=True)
            if speaker in merged
        )
        rows += [
            (name, variant, n, "printed")
            for (name, variant), n in written.items()
            if variant not in counts
            and re.search(r"[A-Z]", variant)
            and len(variant) < 60
            and variant.casefold() != name.casefold()
            and variant.casefold() not in _PRONOUNS
        ]
    table = pd.DataFrame(rows, columns=["name", "variant", "n", "how"])
    return table.sort_values(["name", "n", "variant"], ascending=[True, False, True], ignore_index=True)


def split_speakers(speaker: Any) -> list[str]:
    """The members of a group: ``"Moscow; Pyongyang"`` is two speakers."""
    return [] if pd.isna(speaker) else [part.strip() for part in str(speaker).split(";") if part.strip()]


def merge_names(counts: Mapping[str, int], chosen: Mapping[str, str] | None = None) -> dict[str, tuple[str, str]]:
    """``{variant: (name, how)}`` for names with their counts; `chosen` variants are settled beforehand."""
    chosen = dict(chosen or {})
    merged: dict[str, tuple[str, str]] = {v: (chosen[v], "chosen") for v in counts if v in chosen}
    folded = {variant.casefold(): name for variant, name in chosen.items()}
    longer = longer_names(counts, [*counts, *chosen.values()])
    order = sorted((v for v in counts if v not in merged), key=lambda v: (v in longer, -counts[v], v))
    keys: dict[str, list[str]] = {}
    places: dict[str, str] = {}
    full = [v for v in order if _is_name(v) and len(name_words(v)) > 1]
    heads = _Heads(name for name in dict.fromkeys(chosen.values()) if len(name_words(name)) > 1)
    bodies = merge_bodies({variant: counts[variant] for variant in order if variant not in full})
    for variant in order:
        place = place_words().get(plain_name(variant))
        if variant.casefold() in folded:
            merged[variant] = (folded[variant.casefold()], "chosen")
        elif place and place.how == "name":
            merged[variant] = (places.setdefault(place.country, variant), "same")
        elif variant in full:
            head = next((name for name in heads.like(variant) if same_person(name, variant)), None)
            whole = {merged[name][0] for name in longer.get(variant, ()) if name in merged}
            if not head and len(whole) == 1:
                merged[variant] = (whole.pop(), "short")
                continue
            merged[variant] = (head, "spelling") if head else (variant, "same")
            if not head:
                heads.add(variant)
        else:
            keys.setdefault(plain_name(bodies[variant]).casefold(), []).append(variant)
    for group in keys.values():
        for variant in group:
            people = [h for h in heads.holding(variant) if is_short_for(variant, h)] if _is_name(variant) else []
            last = [h for h in people if fold_name(name_words(h)[-1]) == fold_name(name_words(variant)[-1])]
            people = last if len(last) == 1 and len(name_words(variant)) == 1 else people
            most = sorted(people, key=lambda head: -counts.get(head, 0))
            if len(most) > 1 and counts.get(most[0], 0) >= DOMINANT * max(counts.get(most[1], 0), 1):
                people = most[:1]
            if len(people) == 1:
                merged[variant] = (people[0], "short")
            else:
                merged[variant] = (group[0], "unsure" if people else "same")
    return merged


class _Heads:
    """Names settled so far, found by how their first and last words sound, so that a large corpus stays quick."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_sound: dict[tuple[str, str], list[str]] = {}
        self._by_word: dict[str, list[str]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        words = [fold_name(word) for word in name_words(name)]
        for key in dict.fromkeys([(words[0][:1], words[-1][:1]), (words[0], ""), ("", words[-1])]):
            self._by_sound.setdefault(key, []).append(name)
        for word in dict.fromkeys([words[0], words[-1]]):
            self._by_word.setdefault(word, []).append(name)

    def like(self, name: str) -> list[str]:
        words = [fold_name(word) for word in name_words(name)]
        keys = [(words[0][:1], words[-1][:1]), (words[0], ""), ("", words[-1])]  # the last for Chuck and Charles
        keys += [(words[-1], "")] * (len(words) == 2)  # the surname first
        return list(dict.fromkeys(other for key in keys for other in self._by_sound.get(key, [])))

    def holding(self, short: str) -> list[str]:
        words = [fold_name(word) for word in name_words(short)]
        return list(dict.fromkeys(name for word in words for name in self._by_word.get(word, [])))


def _is_name(variant: str) -> bool:
    """Does this look like a person's name: every word capitalised, no place and no body word?"""
    from framing.entities.roles import role_of_words

    words = variant.split()
    return (
        bool(words)
        and all(word[:1].isupper() or word.split("-")[0] in PARTICLES for word in words)
        and variant not in place_words()
        and not (len(words) > 1 and role_of_words(variant) != "unknown")
    )


def apply_names(
    table: pd.DataFrame, names: Names = None, *, column: str = "speaker", also: Mapping[str, int] | None = None
) -> pd.DataFrame:
    """`table` with every speaker under one name, as `canonical_names` finds or `names` decides.

    `also` counts further names that the articles hold, so that "Velik" finds an "Anton Velik" who never speaks.
    """
    require_columns(table, [column], made_by="find_quotes")
    counts: Counter[str] = Counter(also or {})
    for value in table[column].dropna():
        counts.update(split_speakers(value))
    of_variant = {variant: name for variant, (name, _) in merge_names(counts, read_names(names)).items()}
    result = table.copy()
    result[column] = [
        pd.NA
        if pd.isna(value)
        else "; ".join(dict.fromkeys(of_variant.get(part, part) for part in split_speakers(value)))
        for value in table[column]
    ]
    return result


def best_form(forms: Iterable[str]) -> str:
    """The commonest of several written forms; ties go to the longer, then to the first by alphabet."""
    counts = Counter(forms)
    return min(counts, key=lambda form: (-counts[form], -len(form), form))
