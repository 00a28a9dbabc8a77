"""House style: what newspapers write differently though they mean the same, folded and reported.

Titles ("Mr.", "Sen."), abbreviations ("U.S."), apostrophes, British and American spelling, names brought into
Latin letters ("Jong-un"), and the outlet's own name. Folding serves counting and matching; texts stay as read.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

import pandas as pd

from framing.tables import LEFT_OUT, as_articles
from framing.text.lexicon import word_lists
from framing.zones.passages import passage_spans

# British spellings and their American twins, by rule with exceptions ("organised" is "organized").


_LISTED = word_lists("lexicons/spelling")
_NO_SUFFIX = frozenset(_LISTED["ise_no_suffix"])
_OUR, _RE, _LL = _LISTED["our"], _LISTED["re"], _LISTED["double_l"]
_WORDS: dict[str, str] = _LISTED["american"]
_ISE = re.compile(r"(.{3,})is(e|es|ed|er|ers|ing|ation|ations|ational|able)$")
_OUR_FORM = re.compile(
    rf"((?:un|mis)?(?:{'|'.join(_OUR)}))our"
    r"(s|ed|ing|able|ably|ite|ites|er|ers|less|ful|hood|hoods|ly|)$"
)
_RE_FORM = re.compile(rf"({'|'.join(_RE)})re(s|d|)$")
_LL_FORM = re.compile(rf"({'|'.join(_LL)})l(ed|ing|er|ers|ings)$")


@lru_cache(maxsize=100_000)
def american(word: str) -> str:
    """The American spelling of a lower-case word; the word itself where both write it alike."""
    if word in _WORDS:
        return _WORDS[word]
    if hit := _OUR_FORM.fullmatch(word):
        return f"{hit[1]}or{hit[2]}"
    if hit := _RE_FORM.fullmatch(word):
        return f"{hit[1]}er{'ed' if hit[2] == 'd' else hit[2]}"
    if (hit := _LL_FORM.fullmatch(word)) and hit[1] not in ("control", "enrol"):
        return hit[1] + hit[2]
    if (
        (hit := _ISE.fullmatch(word))
        and hit[1] not in _NO_SUFFIX
        and not hit[1].endswith(
            (
                "prom",
                "rev",
                "superv",
                "telev",
                "surpr",
                "compr",
                "exerc",
                "adv",
                "dev",
                "ra",
                "no",
                "wa",
                "po",
                "pra",
                "prec",
                "conc",
                "expert",
                "franch",
                "improv",
                "lou",
                "cru",
                "bru",
                "gu",
                "ar",
                "upr",
                "sunr",
                "w",
            )
        )
    ):
        return f"{hit[1]}iz{hit[2]}"
    return word


HOUSE_STYLE = ["outlet", "kind", "before", "after", "n", "n_articles"]
KINDS = ["title", "abbreviation", "apostrophe", "spelling", "transliteration", "own name"]
SAME_LETTERS = 0.75  # share of letters (difflib) that two spellings of one name have in common at least; set by hand
LEAST_NAME = 5  # letters a name needs before two spellings of it are taken for one


TITLES: dict[str, str] = _LISTED["titles"]
_MONTHS = word_lists("pages/languages")["months"]
SHORT_MONTHS = {
    f"{short}.": month for short, month in zip(_MONTHS["en_short"], _MONTHS["en"], strict=True) if short != month
}
SHORT_MONTHS |= {"sept": "september", "sept.": "september"}
CONTRACTIONS = {"n't": "not", "'re": "are", "'m": "am", "'ll": "will", "'ve": "have", "'d": "would", "'s": "", "'": ""}
_DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_])+\.?")
_APOSTROPHES = str.maketrans(dict.fromkeys("‘’‚‛ʼʻ′`´", "'"))
_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:['’\-‑][^\W\d_]+)*(?:\.(?=\s+[A-Z\d]))?")
_NAME_WORD = re.compile(r"(?<![\w'’-])[^\W\d_]{3,}(?![\w-])")
_PAIR = re.compile(r"(?=(?<!\w)([A-Z][a-z]+ [A-Z][a-z]+)(?!\w))")
_HYPHENED = re.compile(r"[A-Z][\w’']+ ([A-Z][a-z]+[-‑](?:[a-z]{2,5}|[A-Z][a-z]{1,3}))\b")  # Kim Jong-un, Kim Jong-Un


@lru_cache(maxsize=200_000)
def fold_token(token: str) -> str:
    """One token in one house style: "U.S." is "US", "Mr." is "Mr", "Sen." "Senator", "organised" "organized".

    Capitals are kept as they are; "n't" becomes "not", and what is no word of its own ("'s") becomes empty.
    A lower-case "us" is left alone, so in a list of lower-case words "u.s." and the pronoun "us" fall together.
    """
    plain = token.translate(_APOSTROPHES)
    lower = plain.lower()
    if lower in CONTRACTIONS:
        return CONTRACTIONS[lower]
    if "." in plain and _DOTTED.fullmatch(plain):
        return plain.replace(".", "")
    folded = TITLES.get(lower) or SHORT_MONTHS.get(lower) or american(lower)
    return plain if folded == lower else _in_case_of(plain, folded)


def fold_vocabulary(words: Sequence[str]) -> list[str]:
    """Each of `words` in one house style, as `fold_token` has it; but a British spelling stays as written
    where its American twin is not among the words, so that no list shows a form that nobody wrote."""
    present = {word.translate(_APOSTROPHES) for word in words}
    folded = []
    for word in words:
        after = fold_token(word)
        lower = word.translate(_APOSTROPHES).lower()
        respelt = after.lower() == american(lower) != lower
        folded.append(word.translate(_APOSTROPHES) if respelt and after not in present else after)
    return folded


def _in_case_of(token: str, folded: str) -> str:
    if token.isupper() and len(token.rstrip(".")) > 1:
        return folded.upper()
    return folded.capitalize() if token[:1].isupper() else folded


def own_name_spans(text: str, outlet: str) -> list[tuple[int, int]]:
    """Where a text names the outlet itself: by its full name, or by its initials in capitals (three or more)."""
    words = [word for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)*", outlet) if word.lower() != "the"]
    if not words or outlet == "unknown":
        return []
    ways = [r"[\s\xa0-]+".join(re.escape(word) for word in words)]
    if len(words) == 1 and words[0].lower() == words[0]:
        ways = [re.escape(words[0].capitalize())]
    initials = "".join(word[0] for word in words).upper()
    if len(initials) >= 3 and initials.isalpha():
        ways.append(re.escape(initials))
    pattern = rf"(?<!\w)(?:[Tt]he )?(?:{'|'.join(ways)})(?!\w)"
    return [(hit.start(), hit.end()) for hit in re.finditer(pattern, text)]


def house_style(articles: pd.DataFrame) -> pd.DataFrame:
    """What was folded, before and after, for each outlet.

    Parameters
    ----------
    articles : as from `read_articles`. Page furniture and second stories are left out.

    Returns
    -------
    One row per outlet and form: ``outlet``; ``kind`` ("title", "abbreviation", "apostrophe", "spelling",
    "transliteration", "own name"); ``before`` (as written); ``after`` (as counted; empty for the outlet's own
    name, which is set aside); ``n`` (times) and ``n_articles``. Commonest first within each kind.

    Notes
    -----
    A British spelling is folded only where its American twin stands in these articles too, by rules with
    exceptions; a name as `transliterations` says. Read the table and see whether you agree.
    """
    table = as_articles(articles)
    names = transliterations(table)
    written = {word.lower() for text in table["text"] for word in _TOKEN.findall(text.translate(_APOSTROPHES))}
    n: Counter[tuple[str, str, str, str]] = Counter()
    spread: defaultdict[tuple[str, str, str, str], set[int]] = defaultdict(set)
    for number, article in enumerate(table.itertuples(index=False)):
        for kind, before, after in _folded(article, names, written):
            row = (str(article.outlet), kind, before, after)
            n[row] += 1
            spread[row].add(number)
    rows = sorted(n, key=lambda row: (row[0], KINDS.index(row[1]), -n[row], row[2]))
    return pd.DataFrame([[*row, n[row], len(spread[row])] for row in rows], columns=HOUSE_STYLE)


def _folded(article: Any, names: Mapping[str, str], present: set[str]) -> Iterator[tuple[str, str, str]]:
    """``(kind, before, after)`` for every word of one article that is folded."""
    for start, end, zone in passage_spans(article):
        if zone in LEFT_OUT:
            continue
        text = article.text[start:end]
        for first, last in own_name_spans(text, str(article.outlet)):
            yield "own name", text[first:last], ""
        for hit in _TOKEN.finditer(text):
            written = hit.group()
            plain = written.translate(_APOSTROPHES)
            if plain != written:
                yield "apostrophe", "’" if "’" in written else "‘", "'"
            bare = re.sub(r"'s?$", "", plain)
            if bare in names:
                yield "transliteration", bare, names[bare]
                continue
            after = fold_token(bare)
            lower = bare.lower()
            if after == bare or (after.lower() == american(lower) and after.lower() not in present):
                continue
            yield (
                (
                    "title"
                    if lower in TITLES
                    else "abbreviation"
                    if "." in bare or lower in SHORT_MONTHS
                    else "spelling"
                ),
                bare,
                after,
            )


def transliterations(articles: pd.DataFrame) -> dict[str, str]:
    """Spellings of one name in these articles, each with the form it is folded to.

    A hyphen is opened where the name stands without it too ("Jong-un", "Jong Un"). Of two capitalised words
    that sound alike ("Vostotchny", "Vostochny") the one in more articles is kept, if two outlets wrote about
    one event and each has its own form; so "Kerri" and "Kerry" in different stories stay two names.
    """
    from framing.entities.names import fold_name

    where: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)  # form -> its events and outlets
    in_articles: Counter[str] = Counter()
    small: set[str] = set()
    hyphened: set[str] = set()
    pairs: set[str] = set()
    table = as_articles(articles)
    for text, event, outlet in zip(table["text"], table["event"].astype(str), table["outlet"].astype(str), strict=True):
        words = set(_NAME_WORD.findall(text))
        small.update(word for word in words if word.islower())
        names = {word for word in words if len(word) >= LEAST_NAME and word[0].isupper() and word[1:].islower()}
        in_articles.update(names)
        for name in names:
            where[name].add((event, outlet))
        hyphened.update(_HYPHENED.findall(text))
        pairs.update(_PAIR.findall(text))
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for word in in_articles:
        if word.lower() not in small:
            groups[fold_name(word)].append(word)
    folded = {}
    for forms in groups.values():
        best = min(forms, key=lambda form: (-in_articles[form], form))
        for form in forms:
            alike = SequenceMatcher(None, form.lower(), best.lower()).ratio()
            if (
                form != best
                and alike >= SAME_LETTERS
                and not _inflected(form, best)
                and _rivals(where[form], where[best])
            ):
                folded[form] = best
    for form in hyphened:
        opened = " ".join(part.capitalize() for part in re.split("[-‑]", form))
        if opened in pairs:
            folded[form] = opened
    return dict(sorted(folded.items()))


def _rivals(one: set[tuple[str, str]], other: set[tuple[str, str]]) -> bool:
    """Two outlets on one event, each with its own form and neither with both."""
    return any(
        event == event2 and outlet != outlet2 and (event, outlet) not in other and (event2, outlet2) not in one
        for event, outlet in one
        for event2, outlet2 in other
    )


def _inflected(one: str, other: str) -> bool:
    """Two forms of one word, not two spellings: "Russian", "Russians"."""
    short, long = sorted((one, other), key=len)
    return long in (short + "s", short + "es") or american(one.lower()) == american(other.lower())
