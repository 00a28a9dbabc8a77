"""Names people and services give the columns of an articles table, and what stands in them: days, languages.

The list stands in ``data/pages/columns.toml``.
Names are compared by their letters and digits alone: "publishedAt", "published_at" and "Published At" are one name.
A name with a dot is a field within a field: ``source.name`` is ``{"source": {"name": ...}}``. Languages are two-letter
codes, from what exports and pages declare, and from the text where nothing is declared; their names and commonest words
stand in ``data/pages/languages.toml``. What begins the names of files and is no outlet: ``data/pages/file_names.toml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from framing.tables import WORD
from framing.text.lexicon import word_lists
from framing.text.unicode import fold

NAMES: dict[str, list[str]] = word_lists("pages/columns")  # ours first, then others in order of preference
MISSING = {"", "nan", "nat", "none", "null", "na", "n/a", "<na>", "#n/a"}  # as tables are saved


def key(name: object) -> str:
    """ "Publication Title " and "publication-title" as "publication_title"."""
    return re.sub(r"[\W_]+", "_", str(name).replace("\ufeff", "").strip().lower()).strip("_")


def squeezed(name: object) -> str:
    """A name by its letters and digits alone."""
    return re.sub(r"[\W_]+", "", str(name).lower())


_ORDER = {
    ours: {squeezed(name): place for place, name in reversed(list(enumerate(names)))} for ours, names in NAMES.items()
}
_OURS = {name: ours for ours, names in reversed(_ORDER.items()) for name in names}
# What stands before a name and says no more than that it is of the article: "og:title", "article.body", "meta_author".
_OF_THE_ARTICLE = re.compile(r"^(?:(?:meta|og|article|news|story|dc|dcterms|post|page|item|doc|document)_)+(?=[a-z])")


def field_of(name: object) -> str | None:
    """Our column that a column called `name` fills, or None.

    >>> field_of("publishedAt"), field_of("source.name"), field_of("colour")
    ('date', 'outlet', None)
    """
    return _OURS.get(squeezed(name)) or _OURS.get(_bare(name))


def _bare(name: object) -> str:
    return squeezed(_OF_THE_ARTICLE.sub("", key(name)))


def match(columns: Iterable[object]) -> dict[str, object]:
    """Our name -> theirs, the preferred name winning where several would do."""
    return {ours: theirs[0] for ours, theirs in match_all(columns).items()}


def match_all(columns: Iterable[Any]) -> dict[str, list[Any]]:
    """Our name -> all of theirs that mean it, the preferred first."""
    known: dict[str, list[Any]] = {}
    names = {column: squeezed(column) for column in columns}
    for column, name in names.items():
        known.setdefault(name if name in _OURS else _bare(column), []).append(column)
    for columns_ in known.values():  # "title" before "og:title"
        columns_.sort(key=lambda column: names[column] not in _OURS)
    found = {
        ours: sorted((name for name in known if name in order), key=order.__getitem__) for ours, order in _ORDER.items()
    }
    return {ours: [column for name in names for column in known[name]] for ours, names in found.items() if names}


def is_missing(value: object) -> bool:
    """Whether a cell is empty or holds what programs write for nothing: nan, NaT, None, null, NA."""
    return value is None or str(value).strip().lower() in MISSING


# Dates as ISO strings (2023-09-13), and nothing made up where a date can be read two ways.

_NAMES: dict[str, list[str]] = word_lists("pages/languages")["months"]
MONTHS = _NAMES["en"]
_PLAIN = str.maketrans("äáàâãåçéèêëíìîïñóòôõöúùûüśńşğ", "aaaaaaceeeeiiiinooooouuuusnsg")
_NUMBER = {name: number for names in _NAMES.values() for number, name in enumerate(names, 1)}
_OF = r"(?:of|de|di|del|do|da|d['’])"
_WORD = r"(?P<month>[^\W\d_]{3,12})\.?"
_ISO = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_EASTERN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_COMPACT = re.compile(r"^\s*(\d{4})(\d{2})(\d{2})(?:T?(?:\d{6}|\d{4})Z?)?\s*$")
_DAY_FIRST = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|[ºª°.])?[\s\-.]+(?:{_OF}\s*)?{_WORD}[\s\-,]+"
    rf"(?:{_OF}\s+)?(?P<year>\d{{4}})(?!\d)",
    re.I,
)
_MONTH_FIRST = re.compile(
    rf"\b{_WORD}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,\s*|\s+)(?P<year>\d{{4}})(?!\d)", re.I
)
_YEAR_FIRST = re.compile(rf"\b(?P<year>\d{{4}})[\s\-,]+{_WORD}[\s\-]+(?P<day>\d{{1,2}})\b", re.I)
_NUMERIC = re.compile(r"\b(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b")
_SECONDS = re.compile(r"^\s*(\d{10}|\d{13})(?:\.\d+)?\s*$")  # since 1970, or thousandths of them
_EARLIEST, _LATEST = 1990, 2100  # years within which a bare number of seconds is taken for a time
_EXCEL_BEGAN = date(1899, 12, 30)  # day 0 of Excel's count of days, its false leap day of 1900 included
_SERIAL = re.compile(r"^\s*(\d{5})(?:\.\d+)?\s*$")


def iso_date(value: object, *, day_first: bool | None = None) -> str | None:
    """The first full date in `value` as YYYY-MM-DD, or None where there is none or it is ambiguous.

    "04/05/2023" can be read two ways: it counts only when `day_first` says which, as "13/05/2023" or
    "2023-05-04" do by themselves. Months are understood in the languages of `_NAMES`.

    >>> iso_date("Wed, 13 Sep 2023 08:00:00 GMT")
    '2023-09-13'
    >>> iso_date("04/05/2023") is None
    True
    """
    if isinstance(value, datetime | date):
        return None if str(value) == "NaT" else value.isoformat()[:10]
    text = str(value)[:300]
    for pattern in (_ISO, _COMPACT, _EASTERN):
        if match := pattern.search(text):
            return _valid(*map(int, match.groups()[:3]))
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST):
        for match in pattern.finditer(text):
            if month := month_number(match["month"]):
                return _valid(int(match["year"]), month, int(match["day"]))
    if match := _NUMERIC.search(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if first == second or second > 12 or (first <= 12 and day_first is False and match[2] != "."):
            return _valid(year, first, second)
        if first > 12 or match[2] == "." or day_first:
            return _valid(year, second, first)
    return _from_seconds(text)


_DAYS = word_lists("pages/languages")
_CLOCK = re.compile(
    rf"(?:T|\b(?:at )?)\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:\.\d+)?)?Z?(?: ?[ap]\.?m\b\.?)?(?: ?\(?[A-Z]{{2,4}}\)?(?!\w))?|"
    rf"\b(?:{'|'.join([*_DAYS['weekdays'], *_DAYS['weekdays_short']])})\b",
    re.I,
)


def date_line(line: str) -> str | None:
    """The date of a line that is nothing but a date, with its weekday and time of day where it has them; else None.

    >>> date_line("Tuesday, March 25, 2014 4:15 PM ET")
    '2014-03-25'
    >>> date_line("The talks of March 25, 2014 failed") is None
    True
    """
    rest = _CLOCK.sub(" ", line).strip(" ,.|•·–—-")
    whole = any(
        match and len(match[0]) == len(rest)
        for pattern in (_ISO, _EASTERN, _DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST, _NUMERIC)
        for match in [pattern.search(rest)]
    )
    return iso_date(rest) if whole else None


def month_number(word: str) -> int | None:
    """1 to 12 for the name of a month in one of the languages known here, or None."""
    return _NUMBER.get(word.lower().translate(_PLAIN))


def excel_date(value: object) -> str | None:
    """The day that a serial number of an Excel sheet stands for (45356 is 2024-03-05), or None."""
    match = _SERIAL.match(str(value))
    return (_EXCEL_BEGAN + timedelta(days=int(match[1]))).isoformat() if match else None


def reads_day_first(values: Iterable[object]) -> bool | None:
    """Whether a column of numeric dates is day first (True), month first (False) or cannot be told."""
    first = second = 0
    for value in values:
        if match := _NUMERIC.search(str(value)[:300]):
            first, second = max(first, int(match[1])), max(second, int(match[3]))
    return True if first > 12 >= second else False if second > 12 >= first else None


def _from_seconds(text: str) -> str | None:
    match = _SECONDS.match(text)
    if not match:
        return None
    found = datetime.fromtimestamp(int(match[1]) / (1000 if len(match[1]) > 10 else 1), UTC).date()
    return found.isoformat() if _EARLIEST <= found.year < _LATEST else None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


_KNOWN = word_lists("pages/languages")
CODES = {name: code for code, names in _KNOWN["names"].items() for name in names}
UNKNOWN = "und"  # ISO 639: running text in a language that is not told, though surely not English


def language_code(name: object) -> str | None:
    """ "ENGLISH", "en-GB" or "eng" as "en"; None for what is not known."""
    word = re.split(r"[-_;,\s()]", str(name or "").strip().lower())[0]
    if word in CODES:
        return CODES[word]
    return word if (len(word) == 2 and word.isalpha() and word.isascii()) or word == UNKNOWN else None


_WORDS = {language: frozenset(words) for language, words in _KNOWN["commonest_words"].items()}
_SCRIPTS = {
    "ko": "[\uac00-\ud7a3]",
    "ja": "[\u3040-\u30ff]",
    "zh": "[\u4e00-\u9fff]",
    "el": "[\u0370-\u03ff]",
    "he": "[\u0590-\u05ff]",
}
_BY_SCRIPT = _KNOWN["scripts"]
# Letters that only one language of a script writes, in the order they are asked.
_TELLING = {
    "ar": [("ur", "ٹڈڑےں"), ("fa", "پچژگ"), ("ar", "")],
    "ru": [("uk", "іїєґ"), ("sr", "ђћџјљњ"), ("ru", "ыэ"), ("bg", "ъ"), ("ru", "")],
}
SAMPLE = 2_000  # characters looked at
ENOUGH = 20  # words below which no guess is made
EVIDENT = 0.12  # share of common words that running text has at least
_ENGLISH = frozenset(_KNOWN["english"]["words"])
ENGLISH_AT_LEAST = 0.06
RUNNING = 60  # words of a text that is called not English for want of English words


def guess_language(text: str) -> str | None:
    """The language of running text where it is evident from its commonest words or its script, else None.

    Text of sentences with next to no common English word is `UNKNOWN`: another language, not told which.
    """
    sample = text[:SAMPLE]
    letters = sum(letter.isalpha() for letter in sample)
    for language, script in _SCRIPTS.items():
        if letters and len(re.findall(script, sample)) > (0.2 if language == "ja" else 0.5) * letters:
            return language
    if other := _by_script(sample, letters):
        return other
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if len(words) < ENOUGH:
        return None
    counts = sorted(
        ((sum(word in common for word in words), language) for language, common in _WORDS.items()), reverse=True
    )
    (most, language), (second, _) = counts[:2]
    if most >= EVIDENT * len(words) and most >= 2 * second:
        return language
    near = {language for count, language in counts if count * 2 > most}
    if most >= EVIDENT * len(words) and "en" not in near:
        return language  # between near relatives (Danish, Norwegian) the first, as long as it is surely not English
    english = sum(word in _ENGLISH for word in words)
    sentences = len(re.findall(r"[^\W\d_]{2,}[.!?](?:\s|$)", sample))
    if len(words) >= RUNNING and sentences >= 3 and english < ENGLISH_AT_LEAST * len(words):
        return UNKNOWN
    return None


def _by_script(sample: str, letters: int) -> str | None:
    """The language of a text most of whose letters are in a script that is not Latin."""
    foreign = [letter for letter in sample if letter > "\u02ff" and letter.isalpha()]
    if not foreign or len(foreign) <= 0.5 * letters:
        return None
    scripts = Counter(unicodedata.name(letter, "?").split()[0] for letter in foreign)
    script, count = scripts.most_common(1)[0]
    if script == "LATIN" or count <= 0.5 * letters:
        return None
    found = _BY_SCRIPT.get(script, UNKNOWN)
    lower = sample.lower()
    return next(
        (
            language
            for language, telling in _TELLING.get(found, [])
            if not telling or sum(lower.count(letter) for letter in telling) > 0.01 * letters
        ),
        found,
    )


_DAY = r"(?:\d{4}[-._]\d{1,2}[-._]\d{1,2}|\d{1,2}[-._]\d{1,2}[-._]\d{2,4}|\d{8})(?!\d)"
_NUMBERED = re.compile(rf"^(?:[\W_]*(?:{_DAY}|\d+(?=\s*[.)\]_–—-])))+[\W_]*")  # "2016-07-12 ", "01 - ", "(3) "
_AROUND = re.compile(rf"^[\W_]+|(?:[\W_]*{_DAY})?[\W_]+$|[\W_]*{_DAY}$")
_SEPARATOR = re.compile(r"\s+[-–—|·~_]+\s+|__+|:\s+|\|")
_NO_OUTLETS = frozenset(word_lists("pages/file_names")["no_outlets"])
LONGEST_NAME = 6  # words of an outlet's name


def outlets_in_names(stems: list[str], texts: list[str], known: Iterable[str] = ()) -> list[str | None]:
    """The outlet that begins each file's name ("Fox News - Title"), or None; `texts` are what the files hold.

    Names are taken for outlets only where two or more of them begin two files or more each, and these are most files.
    A name ends where the headline of the text begins, else at a dash, colon or bar, else at the first underscore. What
    begins the headline itself, numbers, days and sections are no outlets. Outlets `known` need no second file.
    """
    bare = [_NUMBERED.sub("", stem) for stem in stems]
    numbers = [number.group() for stem in bare if (number := re.match(r"\d+\s+", stem))]
    if len(set(numbers)) == len(numbers):  # each file has a number of its own
        bare = [re.sub(r"^\d+\s+", "", stem) for stem in bare]
    ahead = [_before_headline(stem, text) for stem, text in zip(bare, texts, strict=True)]
    at_separator, at_underscore = (
        [_split(stem, mark) if before != "" else ("", "") for stem, before in zip(bare, ahead, strict=True)]
        for mark in (_SEPARATOR, re.compile("_"))
    )
    for split in ([(before or "", "") for before in ahead], at_separator, at_underscore):
        found = _repeated([_as_outlet(before) for before, _ in split])
        if any(found):
            if split is at_underscore and _go_on_alike(split):
                break
            if _which_of_two(split, texts):
                spelt = {squeezed(name): name for name in found if name}
                others = [spelt.get(squeezed(_as_outlet(before))) for before, _ in at_separator]
                return [name or other for name, other in zip(found, others, strict=True)]
    named = {squeezed(name): name for name in known}
    return [named.get(squeezed(_as_outlet(before))) for before, _ in at_separator]


def _before_headline(stem: str, text: str) -> str | None:
    """What stands in a file's name before the beginning of a first line of its text; None where there is none."""
    words = list(WORD.finditer(fold(stem).casefold()))
    lines = [line for line in text[:3000].splitlines() if line.strip()][:5]
    begun = [[word.group() for word in WORD.finditer(fold(line).casefold())] for line in lines]
    for number, word in enumerate(words[: LONGEST_NAME + 4]):
        rest = [other.group() for other in words[number : number + 4]]
        if number + 4 >= len(words) and len(rest) > 2:
            rest.pop()  # the last word may be cut short
        if len(rest) > 1 and any(line[: len(rest)] == rest for line in begun):
            return stem[: word.start()]
    return None


def _split(stem: str, mark: re.Pattern[str]) -> tuple[str, str]:
    found = mark.search(stem)
    return (stem[: found.start()], stem[found.end() :]) if found else ("", "")


def _as_outlet(before: str) -> str:
    """`before` without days and marks around it, or "" where it cannot be an outlet's name."""
    name = _AROUND.sub("", _AROUND.sub("", before.replace("_", " ")))
    letters = re.sub(r"[\W\d_]+", " ", fold(name)).strip()
    code = len(name) == 2 and name.islower()  # such as "en"
    too_long = len(WORD.findall(name)) > LONGEST_NAME
    return "" if len(letters) < 2 or code or too_long or letters.casefold() in _NO_OUTLETS else name


def _repeated(names: list[str]) -> list[str | None]:
    """`names`, each in its commonest spelling, where two or more are repeated and these are most; else None throughout."""
    keys = [squeezed(name) for name in names]
    counts = Counter(key for key in keys if key)
    repeated = [key for key, n in counts.items() if n > 1]
    apart = {re.sub(r"\d", "", key) for key in repeated}  # "team 1" and "team 2" are one
    if len(apart) < 2 or 2 * sum(counts[key] for key in repeated) <= len(names):
        return [None] * len(names)
    spelt: dict[str, Counter[str]] = {}
    for key, name in zip(keys, names, strict=True):
        spelt.setdefault(key, Counter())[name] += 1
    return [spelt[key].most_common(1)[0][0] if key else None for key in keys]


def _go_on_alike(split: list[tuple[str, str]]) -> bool:
    """Whether all files of one first word have one second word too: "new_york_times", "new_york_post"."""
    seconds: dict[str, list[str]] = {}
    for before, after in split:
        seconds.setdefault(squeezed(before), []).append(squeezed(after.split("_")[0]))
    return any(len(those) > 1 and len(set(those)) == 1 for first, those in seconds.items() if first)


def _which_of_two(split: list[tuple[str, str]], texts: list[str]) -> bool:
    """Whether the first part is the outlet where the rests repeat as well: the rest is, oftener, what the text tells."""
    if not any(_repeated([after for _, after in split])):
        return True
    told = [fold(text).casefold() for text in texts]
    first, rest = (
        sum(part[side].casefold() in text for part, text in zip(split, told, strict=True)) for side in (0, 1)
    )
    return rest > first
