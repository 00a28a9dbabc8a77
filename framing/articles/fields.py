"""Names people give the columns of an articles table, and which of ours each one means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

# Ours first; then, in order of preference, names seen in exports and shared corpora.
NAMES: dict[str, list[str]] = {
    "article_id": ["article_id", "id", "doc_id", "document_id", "uid", "stories_id", "story_id"],
    "outlet": ["outlet", "publication", "publication_title", "newspaper", "media_name", "media_outlet",
               "publisher", "source", "source_name", "sitename", "site_name", "site", "journal", "paper",
               "medium"],
    "event": ["event", "event_id", "main_event"],
    "date": ["date", "published", "publish_date", "published_at", "publication_date", "date_published",
             "published_date", "pub_date", "pubdate", "date_publish", "datetime", "time"],
    "headline": ["headline", "title", "article_title", "head", "hed", "heading"],
    "standfirst": ["standfirst", "subtitle", "subheadline", "sub_headline", "summary", "abstract", "dek",
                   "deck", "description", "excerpt"],
    "byline": ["byline", "author", "authors", "by", "creator"],
    "text": ["text", "body", "content", "article", "article_text", "full_text", "fulltext", "maintext",
             "main_text", "body_text", "article_body", "article_content", "raw_text", "story", "story_text"],
    "language": ["language", "lang"],
    "url": ["url", "link", "article_url", "source_url", "canonical_url", "web_url", "uri", "guid"],
    "path": ["path", "file", "filename", "file_name", "filepath"],
    "known_zones": ["known_zones"],
}
_OURS = {name: ours for ours, names in NAMES.items() for name in names}


def key(name: object) -> str:
    """"Publication Title " and "publication-title" as "publication_title"."""
    return re.sub(r"[\W_]+", "_", str(name).replace("\ufeff", "").strip().lower()).strip("_")


def field_of(name: object) -> str | None:
    """Our column that a column called `name` fills, or None."""
    return _OURS.get(key(name))


def match(columns: Iterable[object]) -> dict[str, object]:
    """Our name -> theirs, the preferred name winning where several would do."""
    theirs: dict[str, object] = {}
    for column in columns:
        theirs.setdefault(key(column), column)
    return {ours: theirs[name] for ours, names in NAMES.items()
            if (name := next((name for name in names if name in theirs), None))}


# Dates as ISO strings (2023-09-13), and nothing made up where a date can be read two ways.

MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december"]
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_ISO = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"^\s*(\d{4})(\d{2})(\d{2})(?:T?\d{6}Z?)?\s*$")
_DAY_FIRST = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s\-.]+(?:of\s+)?{_MONTH}[\s\-,]+(?P<year>\d{{4}})", re.I)
_MONTH_FIRST = re.compile(
    rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,\s*|\s+)(?P<year>\d{{4}})", re.I)
_NUMERIC = re.compile(r"\b(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b")


def iso_date(value: object, *, day_first: bool | None = None) -> str | None:
    """The first full date in `value` as YYYY-MM-DD, or None where there is none or it is ambiguous.

    "04/05/2023" can be read two ways: it counts only when `day_first` says which, as "13/05/2023" or
    "2023-05-04" do by themselves.
    """
    if isinstance(value, datetime | date):
        return None if str(value) == "NaT" else value.isoformat()[:10]
    text = str(value)[:300]
    for pattern in (_ISO, _COMPACT):
        if match := pattern.search(text):
            return _valid(*map(int, match.groups()[:3]))
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        if match := pattern.search(text):
            month = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(match["month"].lower()))
            return _valid(int(match["year"]), month, int(match["day"]))
    if match := _NUMERIC.search(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if first == second or second > 12 or (first <= 12 and day_first is False and match[2] != "."):
            return _valid(year, first, second)
        if first > 12 or match[2] == "." or day_first:
            return _valid(year, second, first)
    return None


def reads_day_first(values: Iterable[object]) -> bool | None:
    """Whether a column of numeric dates is day first (True), month first (False) or cannot be told."""
    first = second = 0
    for value in values:
        if match := _NUMERIC.search(str(value)[:300]):
            first, second = max(first, int(match[1])), max(second, int(match[3]))
    return True if first > 12 >= second else False if second > 12 >= first else None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


# Languages as two-letter codes, from what exports and pages declare.

CODES = {"english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "spanish": "es",
         "español": "es", "italian": "it", "italiano": "it", "dutch": "nl", "portuguese": "pt", "polish": "pl",
         "russian": "ru", "ukrainian": "uk", "chinese": "zh", "japanese": "ja", "korean": "ko", "arabic": "ar",
         "turkish": "tr", "swedish": "sv", "danish": "da", "norwegian": "no", "finnish": "fi", "czech": "cs",
         "hungarian": "hu", "romanian": "ro", "greek": "el", "hebrew": "he", "hindi": "hi", "indonesian": "id"}


def language_code(name: object) -> str | None:
    """"ENGLISH", "en-GB" or "eng" as "en"; None for what is not known."""
    word = re.split(r"[-_;,\s]", str(name or "").strip().lower())[0]
    if word in CODES:
        return CODES[word]
    if len(word) == 2 and word.isalpha():
        return word
    return "en" if word == "eng" else None


# The commonest words of running text that few other languages here share.
_COMMON = {
    "en": "the of and to in is that was for with said has from are which",
    "de": "der die und den das von mit ist des ein nicht auch auf sich dem",
    "fr": "le les des et est une dans qui pour que sur pas du au avec",
    "es": "el los las del que una por con para se su como más fue sus",
    "it": "il di che della per una sono con del gli alla nel anche più ha",
    "pt": "os que uma para com não da dos ao na em mais foi pelo são",
    "nl": "het een van en dat op zijn voor met niet aan ook bij werd naar",
    "pl": "nie się na jest że do przez jak po dla który oraz od tym",
    "sv": "och att det som på är av för den med till inte har ett om"}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_SCRIPTS = {"ko": "[\uac00-\ud7a3]", "ja": "[\u3040-\u30ff]", "zh": "[\u4e00-\u9fff]", "el": "[\u0370-\u03ff]",
            "he": "[\u0590-\u05ff]"}
SAMPLE = 2_000  # characters looked at
ENOUGH = 20  # words below which no guess is made
EVIDENT = .12  # share of common words that running text has at least


def guess_language(text: str) -> str | None:
    """The language of running text where it is evident from its commonest words or its script, else None."""
    sample = text[:SAMPLE]
    letters = sum(letter.isalpha() for letter in sample)
    for language, script in _SCRIPTS.items():
        if letters and len(re.findall(script, sample)) > (.2 if language == "ja" else .5) * letters:
            return language
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if len(words) < ENOUGH:
        return None
    counts = sorted(((sum(word in common for word in words), language) for language, common in _WORDS.items()),
                    reverse=True)
    (most, language), (second, _) = counts[:2]
    return language if most >= EVIDENT * len(words) and most >= 2 * second else None
