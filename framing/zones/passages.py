"""Where the article is on the page: one row per paragraph, with its zone."""

from __future__ import annotations

import json
import re
import warnings
from typing import Any

import pandas as pd

from framing.tables import COLUMNS, KEYS, LEFT_OUT, ZONES, as_articles, require_columns
from framing.zones.lines import WORD, paragraphs
from framing.zones.page_rules import Passage, zones_of

_CAPITAL = r"[A-Z][\w.'’\-]*"
_DATELINE = re.compile(  # "MOSCOW, Sept 13 (AP) — ", "New Delhi: ", "(Reuters) - "
    rf"(?:{_CAPITAL}(?:[ ,/&]+(?:{_CAPITAL}|\d{{1,4}}|of|de|and))*,?\s*)?(?:\([^()]{{2,40}}\)\s*)?"
    r"(?:[—–]+|--|-(?=\s)|:(?=\s)|\|)\s*")
_RUN_ON = re.compile(  # "Tsiolkovsky, Seoul According to ...": places run straight into the first sentence
    rf"{_CAPITAL}(?: {_CAPITAL})?(?:\s?[,/]\s?{_CAPITAL}(?: {_CAPITAL})??)+[.:]?\s+"
    r"(?=(?:According|The|A|An|In|On|At|After|As|It|He|She|They|For|With|When|While|There|Two|Three|This|By)\b)")


def find_passages(articles: pd.DataFrame) -> pd.DataFrame:
    """One row per paragraph of each article, with its zone on the page.

    Parameters
    ----------
    articles : as from `read_articles`; only ``text`` is required. ``known_zones`` (JSON spans
        ``[[start, end, zone], ...]``) wins over every rule, and a known ``headline`` is looked for first.

    Returns
    -------
    ``article_id, outlet, event``; ``passage`` (number within the article, from 0); ``zone`` (one of
    headline, standfirst, byline, lead, body, subheading, caption, credit, furniture, other_story);
    ``start, end`` (offsets in ``articles.text``, never overlapping, covering every character that is not
    blank); ``text``. Lines that an editor had broken to a fixed width form one paragraph. A dateline stays
    in the lead (see `dateline`). Raises ``ValueError`` for ``known_zones`` that cannot be read.

    Notes
    -----
    Rules of wording, shape and place for English-language pages, and a small network that looks again at sentences
    the rules leave in doubt (``framing/data/models/zones/MODEL_CARD.md``); no site is known by name. On five real pages
    every line has the zone a reader gave it. On 300 pages wrapped in furniture of twelve styles that were never
    read while rules and network were made, 99.5 % of the body's words stay body and .7 % of the furniture's words
    are taken for body; in 36 other styles 99.6 and .2 %. On harder furniture, whole sentences written to pass for
    news, about one word in seven slips through. Where a zone is wrong, put the line into a file ``zones.csv`` beside
    the articles (see `correct_zones`).

    Examples
    --------
    >>> page = "Bridge stays shut\\n\\nThe bridge stays shut until May, they said.\\n\\nSubscribe to our newsletter"
    >>> find_passages(pd.DataFrame({"text": [page]}))["zone"].tolist()
    ['headline', 'lead', 'furniture']
    """
    rows = []
    for article in as_articles(articles).itertuples(index=False):
        keys = [getattr(article, key) for key in KEYS]
        for number, (start, end, zone) in enumerate(passage_spans(article)):
            rows.append([*keys, number, zone, start, end, article.text[start:end]])
    return pd.DataFrame(rows, columns=COLUMNS["passages"])


def passage_spans(article: Any) -> tuple[Passage, ...]:
    """``(start, end, zone)`` of each paragraph of one row of an articles table, in order."""
    return zones_of(article.text, known=_or_none(article.known_zones), headline=_or_none(article.headline))


def _or_none(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def page_fields(articles: pd.DataFrame) -> pd.DataFrame:
    """Headline, standfirst and byline of each article, read from the zones of its page.

    Returns
    -------
    One row per article, in the same order: ``article_id, headline, standfirst, byline``; missing where the
    page has none. Lines of one zone are joined by a space; bullets and "By" are left out.
    """
    rows = []
    for article in as_articles(articles).itertuples(index=False):
        found: dict[str, list[str]] = {"headline": [], "standfirst": [], "byline": []}
        for start, end, zone in passage_spans(article):
            if zone in found:
                found[zone].append(re.sub(r"\s+", " ", article.text[start:end]).strip("•·▪●◦‣* "))
        bylines = [re.sub(r"^(?:written )?by\s*:?\s+", "", line, flags=re.I) for line in found["byline"]]
        fields = [" ".join(found["headline"][:1]), " ".join(found["standfirst"]), ", ".join(bylines)]
        rows.append([article.article_id, *(field or pd.NA for field in fields)])
    return pd.DataFrame(rows, columns=["article_id", "headline", "standfirst", "byline"], dtype="object")


def words_per_article(articles: pd.DataFrame) -> pd.Series:
    """Words of each article (numbers included), furniture and other stories left out; in the same order."""
    counts = [sum(n for zone, n in _words_by_zone(article).items() if zone not in LEFT_OUT)
              for article in as_articles(articles).itertuples(index=False)]
    return pd.Series(counts, dtype="Int64", name="n_words")


def words_left_out(articles: pd.DataFrame) -> pd.DataFrame:
    """How many words of each page no measure counts, by zone.

    Returns
    -------
    One row per article and zone left out: ``article_id, outlet, event, zone, n_words`` and ``share`` (0 to 1,
    of all words on the page).
    """
    rows = []
    for article in as_articles(articles).itertuples(index=False):
        counts = _words_by_zone(article)
        total = sum(counts.values())
        for zone in LEFT_OUT:
            n = counts.get(zone, 0)
            rows.append([*(getattr(article, key) for key in KEYS), zone, n, n / total if total else 0.0])
    return pd.DataFrame(rows, columns=[*KEYS, "zone", "n_words", "share"])


def _words_by_zone(article: Any) -> dict[str, int]:
    counts: dict[str, int] = {}
    for start, end, zone in passage_spans(article):
        counts[zone] = counts.get(zone, 0) + len(WORD.findall(article.text, start, end))
    return counts


def correct_zones(articles: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """`articles` with zones set by hand: a person's corrections win over every rule and every importer.

    Parameters
    ----------
    articles : as from `read_articles`.
    corrections : one row per corrected paragraph, as in a file ``zones.csv`` in the articles' folder:
        ``article_id`` or ``path`` (which article), ``line`` (how the paragraph begins), ``zone``.

    Returns
    -------
    The same table with ``known_zones`` completed. Raises ``ValueError`` for a missing column or an unknown
    zone; corrections that fit no paragraph give one warning that names the first of them.
    """
    articles = as_articles(articles)
    require_columns(corrections, ["line", "zone"], made_by="pandas.read_csv('zones.csv')")
    names = [column for column in ("article_id", "path") if column in corrections]
    if not names:
        raise ValueError(f"The corrections have the columns {list(corrections)}; they need article_id or path, "
                         "to say which article each line belongs to.")
    wrong = sorted(set(corrections["zone"].astype(str)) - set(ZONES))
    if wrong:
        raise ValueError(f"The corrections name the zones {', '.join(wrong)}; known zones are {', '.join(ZONES)}.")
    used: set[int] = set()
    known = list(articles["known_zones"])
    wanted = corrections.to_dict("records")
    for number, article in enumerate(articles.itertuples(index=False)):
        mine = [(i, row) for i, row in enumerate(wanted)
                if any(pd.notna(row[name]) and str(row[name]) == str(getattr(article, name)) for name in names)]
        spans = []
        for line in paragraphs(article.text) if mine else []:
            text = " ".join(line.text.split())
            for i, row in mine:
                if text.startswith(" ".join(str(row["line"]).split())):
                    spans.append([line.start, line.end, str(row["zone"])])
                    used.add(i)
                    break
        if spans:
            known[number] = json.dumps(_overlay(json.loads(_or_none(known[number]) or "[]"), spans))
    lost = [str(row["line"]) for i, row in enumerate(wanted) if i not in used]
    if lost:
        warnings.warn(f"{len(lost)} of {len(wanted)} zone corrections fit no paragraph; the first begins "
                      f"{lost[0][:60]!r}. Copy the beginning of the line as the page has it.", stacklevel=2)
    articles["known_zones"] = pd.Series(known, dtype="object")
    return articles


def _overlay(below: list[list[Any]], above: list[list[Any]]) -> list[list[Any]]:
    """Spans of `above`, and what they leave uncovered of `below`, in order."""
    kept = [list(span) for span in below]
    for start, end, _ in above:
        pieces = []
        for first, last, zone in kept:
            pieces += [[a, b, zone] for a, b in ((first, min(last, start)), (max(first, end), last)) if a < b]
        kept = pieces
    return sorted([*kept, *above])


def dateline(text: str) -> tuple[int, int] | None:
    """Where the dateline of a lead paragraph stands ("SEOUL, Sept 13 (AP) — "), or None.

    The span runs from the first letter to the first letter of the sentence proper. A name and a colon
    ("Moscow: ...") count; a speaker in an interview ("Ada Brown: ...") cannot be told apart by form alone.
    """
    begin = len(text) - len(text.lstrip())
    for pattern in (_DATELINE, _RUN_ON):
        hit = pattern.match(text, begin, begin + 120)
        if hit and re.search(r"\w", hit.group()) and len(hit.group().split()) <= 14 \
                and hit.end() < len(text.rstrip()):
            return begin, hit.end()
    return None
