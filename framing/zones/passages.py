"""Where the article is on the page: one row per paragraph, with its zone.

The zone of a paragraph is told by its wording, its shape and its place, and by a classifier where these leave doubt.
"""

from __future__ import annotations

import json
import re
import warnings
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pandas as pd

from framing.tables import COLUMNS, KEYS, LEFT_OUT, ZONES, as_articles, require_columns
from framing.zones.classifier import reconsider
from framing.zones.lines import CLOCK, WORD, Line, ends_short, is_name, paragraphs, read_wording
from framing.zones.other_stories import addresses, kinship, read_below, vocabulary

Passage = tuple[int, int, str]  # start, end, zone
LONGEST_HEADLINE = 30  # words
LONGEST_TITLE = 18  # words of a headline that ends like a sentence
ABOVE = 60  # lines looked through for a headline
POSTS = 3  # time stamps over sentences that make a page a live blog


@lru_cache(maxsize=1024)
def zones_of(text: str, *, known: str | None = None, headline: str | None = None) -> tuple[Passage, ...]:
    """``(start, end, zone)`` of each paragraph of one page, in order, covering every non-blank character.

    `known` is JSON ``[[start, end, zone], ...]``: spans that win over every rule; `headline` is the
    headline where it is known from elsewhere. Raises ``ValueError`` for spans that cannot be read.
    """
    lines = _cut(paragraphs(text), _known_spans(known, len(text)), text)
    given = {line.zone for line in lines}
    title = next((line for line in lines if line.zone == "headline"), None)
    if title is not None:
        title.zone = ""  # the rules need to see where it stands, to tell what is above it and below
    free = [line for line in lines if not line.zone]
    if free:
        by_rule(free, title.text if title is not None else headline or "")
        reconsider(free)
    for line in free:
        if line is title:
            line.zone = "headline"
        elif line.zone == "lead" and "lead" in given:
            line.zone = "body"
    return tuple((line.start, line.end, line.zone) for line in lines)


def _known_spans(known: str | None, length: int) -> list[Passage]:
    if not known:
        return []
    try:
        rows = sorted((int(start), int(end), str(zone)) for start, end, zone in json.loads(known))
    except (ValueError, TypeError) as error:
        raise ValueError(
            f"known_zones holds {known[:60]!r}, which is not a list of [start, end, zone]. "
            "Write it as JSON, or leave it missing and the zones are found by rule."
        ) from error
    wrong = sorted({zone for _, _, zone in rows} - set(ZONES))
    if wrong:
        raise ValueError(f"known_zones names {', '.join(wrong)}; the zones are {', '.join(ZONES)}.")
    spans: list[Passage] = []
    last = 0
    for start, end, zone in rows:
        start, end = max(start, last), min(end, length)
        if start < end:
            spans.append((start, end, zone))
            last = end
    return spans


def _cut(lines: list[Line], spans: list[Passage], text: str) -> list[Line]:
    """`lines` cut at the borders of known spans, the pieces inside carrying their zone."""
    if not spans:
        return lines
    pieces = []
    starts, ends = [start for start, _, _ in spans], [end for _, end, _ in spans]
    for line in lines:
        inside = spans[bisect_right(ends, line.start) : bisect_left(starts, line.end)]
        marks = sorted(
            {
                line.start,
                line.end,
                *(min(max(at, line.start), line.end) for start, end, _ in inside for at in (start, end)),
            }
        )
        for begin, stop in pairwise(marks):
            piece = text[begin:stop]
            begin, stop = begin + len(piece) - len(piece.lstrip()), stop - (len(piece) - len(piece.rstrip()))
            if begin < stop:
                zone = next((zone for start, end, zone in inside if start <= begin < end), "")
                pieces.append(Line(begin, stop, text[begin:stop], line.after_blank, zone))
    return pieces


def by_rule(lines: list[Line], title: str = "") -> None:
    """Set the zone of each line by wording, shape and place alone; `title` is the headline where it is known."""
    for place, line in enumerate(lines):
        line.place = place
    read_wording(lines)
    _video_boxes(lines)
    top = _headline(lines, title)
    _photo_captions(lines, top)
    lead = _lead(lines, top)
    _above(lines, top, lead)
    if lead is not None:
        read_below(lines, lead, top)
    for line in lines:
        if not line.zone:
            line.zone = "body" if line.is_prose else "furniture"


def _video_boxes(lines: list[Line]) -> None:
    """A running time and the title that follows it, often printed twice, are a video box."""
    for i, line in enumerate(lines):
        if "duration" in line.tags:
            for after in lines[i + 1 : i + 4]:
                if after.is_prose or after.zone not in ("", "furniture"):
                    break
                if after is lines[i + 1] or "twice" in after.tags:
                    after.zone = "furniture"


def _photo_captions(lines: list[Line], top: int | None) -> None:
    """A photo credit on a line of its own closes the caption above it, a title line included."""
    for i, line in enumerate(lines):
        if "photo" not in line.tags or i == 0:
            continue
        above, title = lines[i - 1], lines[i - 2] if i >= 2 else None
        if above.zone or i - 1 == (-1 if top is None else top) + 1 or above.n > 30:
            continue
        if (
            title is not None
            and not title.zone
            and not title.is_prose
            and title.n <= 8
            and not re.search(r"[.!?]\s+[A-Z]|[“\"]|\b(?:said|says|told|warned|added|according)\b", above.text)
        ):
            above.zone = title.zone = "caption"
        elif not above.ends_sentence and above.n >= 3:
            above.zone = "caption"


def _headline(lines: list[Line], title: str) -> int | None:
    """The line that is the headline, or None: the title known, else the best line above the prose."""
    if title.strip():
        wanted = re.sub(r"\W+", "", title).lower()
        for i, line in enumerate(lines[:ABOVE]):
            if re.sub(r"\W+", "", line.text).lower() == wanted:
                line.zone = "headline"
                return i
    prose = [line for line in lines if line.is_prose and not line.zone]
    story = vocabulary(prose[:12])
    stop = next(
        (
            i
            for i, line in enumerate(lines)
            if line.is_prose and not line.zone and not _is_title(line, lines) and not line.is_bullet
        ),
        len(lines),
    )
    post = _first_post(lines)
    best, best_score = None, 0.0
    for i, line in enumerate(lines[: min(stop, ABOVE)]):
        if best is not None and i == post:  # what stands over the first post is the title of a live blog
            break
        if line.zone and not (post is not None and i < post and _says_live(line)):
            continue
        if (
            line.n < 2
            or line.n > LONGEST_HEADLINE
            or line.trails_off
            or line.is_bullet
            or "dash" in line.tags
            or (line.ends_sentence and not _is_title(line, lines))
        ):
            continue
        shared = sum(word in story for word in line.content)
        kin = shared / max(len(line.content), 1)
        if line.n >= 4 and (shared >= 2 or kin >= 0.3):
            best = i  # the first line that speaks of the story; what follows it is a standfirst
            break
        score = 2 * kin + 0.2 * min(line.n, 6) - (0.8 if "section" in line.tags else 0)
        score += 1.2 * kinship([line], vocabulary([Line(0, 0, title, False)])) if title else 0
        if best is None or score > best_score + 0.25:
            best, best_score = i, score
    if best is None and not prose and not lines[0].zone:
        best = 0
    if best is not None:
        lines[best].zone = "headline"
    return best


def _first_post(lines: list[Line]) -> int | None:
    """Where a live blog begins to tell: the first of its time stamps, each of which stands over a sentence."""
    posts = [
        i
        for i, line in enumerate(lines)
        if line.zone == "furniture"
        and line.n <= 8
        and CLOCK.search(line.text)
        and any(after.is_prose for after in lines[i + 1 : i + 3])
    ]
    return posts[0] if len(posts) >= POSTS else None


def _says_live(line: Line) -> bool:
    """ "Follow live: Orvane waits for the flood": a link on any other page."""
    return line.n >= 3 and "live" in line.key.split() and not line.ends_sentence


def _is_title(line: Line, lines: list[Line]) -> bool:
    """A headline though it ends like a sentence: a short question or exclamation, or one ending in an abbreviation."""
    if line.n > LONGEST_TITLE:
        return False
    if line.bare_end.endswith(("?", "!")):
        return True
    below = lines[line.place + 1] if line.place + 1 < len(lines) else None
    apart = line.place == 0 and below is not None and below.zone in ("byline", "furniture")
    return ends_short(line.bare_end) and (apart or line.in_title_case)


def _lead(lines: list[Line], top: int | None) -> int | None:
    """The first paragraph of the story itself, after standfirst, byline and captions."""
    free = [i for i in range(0 if top is None else top + 1, len(lines)) if lines[i].is_prose and not lines[i].zone]
    prose = [i for i in free if not lines[i].is_bullet and "dash" not in lines[i].tags] or free
    if not prose:
        return None
    first = prose[0]
    if len(prose) > 1 and top is not None and lines[first].n <= 40:
        second = prose[1]
        between = lines[first + 1 : second]
        apart = any(
            line.zone == "byline" or "stamp" in line.tags or (not line.zone and is_name(line.text)) for line in between
        )
        if apart and first - top <= 2 and second - first <= 8 and lines[second].n >= 8:
            return second
    return first


def _above(lines: list[Line], top: int | None, lead: int | None) -> None:
    """Zones of the lines above the lead: standfirst, byline, caption, or furniture."""
    stop = len(lines) if lead is None else lead
    prose = [line for line in lines[stop:] if line.is_prose and not line.zone]
    post = _first_post(lines)
    story, spoken = vocabulary(prose), {word for line in prose for word in line.words}
    for i, line in enumerate(lines[:stop]):
        if line.zone:
            continue
        if "twice" in line.tags and i != top:
            line.zone = "furniture"
            continue
        named = is_name(line.text) and line.words[-1] not in spoken
        if "dash" in line.tags:
            line.zone = "caption"
        elif top is None or i < top:
            line.zone = "body" if line.is_prose and top is None else "furniture"
        elif named:
            line.zone = "byline"
        elif post is not None and i > post > top:
            line.zone = "subheading"
        elif line.is_bullet and i > top:
            line.zone = "standfirst"
        elif "section" in line.tags or (line.n <= 3 and not line.ends_sentence):
            line.zone = "furniture"
        elif line.n >= 4 and (
            sum(word in story for word in line.content) > (line.n >= 10)
            or not story
            or (i - 1 == top and not line.tags and not addresses([line]))
        ):
            line.zone = "standfirst" if lead is not None or i <= top + 3 else "furniture"
        else:
            line.zone = "furniture"
    if lead is not None:
        lines[lead].zone = "lead"


_UP = "A-ZÀ-ÖØ-Þ"
_DAY = rf"(?:[{_UP}][a-z]{{2,8}}\.? \d{{1,2}}|\d{{1,2}} [{_UP}][a-z]{{2,8}}\.?|[A-Z][a-z]{{2,5}}day)(?:,? \d{{4}})?"
_WIRE = rf"\((?![DRI]-)(?:[{_UP}][^()\n]{{1,40}}|dpa)\)"  # an agency, and no senator's party
_REGION = rf"(?:, [{_UP}][\w.’-]*(?: [{_UP}][\w.’-]*){{0,2}},?)?"
_DATELINE = re.compile(
    rf"\s*((?:[{_UP}][{_UP}.’'-]+(?:(?: |/| and )[{_UP}][{_UP}.’'-]+){{0,3}}{_REGION}(?:,? {_DAY})?(?: ?{_WIRE}:?)?|"
    rf"[{_UP}][\w.’'-]+(?: [{_UP}][\w.’'-]+){{0,2}}{_REGION}(?:,? {_DAY}(?: ?{_WIRE}:?)?|,? ?{_WIRE}:?)|"
    rf"(?:{_DAY} )?{_WIRE}:?)(?:\s?[—–―]-?\s?|\s--\s*|--\s+|\s-\s+|(?<=:)\s+))(?=\S)"
)


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
    counts = [
        sum(n for zone, n in _words_by_zone(article).items() if zone not in LEFT_OUT)
        for article in as_articles(articles).itertuples(index=False)
    ]
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
        raise ValueError(
            f"The corrections have the columns {list(corrections)}; they need article_id or path, "
            "to say which article each line belongs to."
        )
    wrong = sorted(set(corrections["zone"].astype(str)) - set(ZONES))
    if wrong:
        raise ValueError(f"The corrections name the zones {', '.join(wrong)}; known zones are {', '.join(ZONES)}.")
    used: set[int] = set()
    known = list(articles["known_zones"])
    wanted = corrections.to_dict("records")
    for number, article in enumerate(articles.itertuples(index=False)):
        mine = [
            (i, row)
            for i, row in enumerate(wanted)
            if any(pd.notna(row[name]) and str(row[name]) == str(getattr(article, name)) for name in names)
        ]
        spans = []
        for line in paragraphs(article.text) if mine else []:
            text = " ".join(line.text.split())
            for i, row in mine:
                if text.startswith(" ".join(str(row["line"]).split())):
                    spans.append([line.start, line.end, str(row["zone"])])
                    used.add(i)
                    break
        if spans:
            known[number] = with_spans(known[number], spans)
    lost = [str(row["line"]) for i, row in enumerate(wanted) if i not in used]
    if lost:
        warnings.warn(
            f"{len(lost)} of {len(wanted)} zone corrections fit no paragraph; the first begins "
            f"{lost[0][:60]!r}. Copy the beginning of the line as the page has it.",
            stacklevel=2,
        )
    articles["known_zones"] = pd.Series(known, dtype="object")
    return articles


def with_spans(known: Any, spans: list[list[Any]]) -> str:
    """The cell ``known_zones`` with these spans, which go before those that it has."""
    return json.dumps(_overlay(json.loads(_or_none(known) or "[]"), spans))


def _overlay(below: list[list[Any]], above: list[list[Any]]) -> list[list[Any]]:
    """Spans of `above`, and what they leave uncovered of `below`, in order."""
    kept = [list(span) for span in below]
    for start, end, _ in above:
        pieces = []
        for first, last, zone in kept:
            pieces += [[a, b, zone] for a, b in ((first, min(last, start)), (max(first, end), last)) if a < b]
        kept = pieces
    return sorted([*kept, *above])


def dateline(text: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Where the dateline that opens a paragraph stands ("SEOUL, Sept 13 (AP) — "), or None.

    A place in capitals, or one with a day or an agency, and a dash; the span runs from its first letter to the first
    letter of the sentence proper. "New Delhi: ..." cannot be told from a speaker by its form and is none.
    """
    hit = _DATELINE.match(text, start, len(text) if end is None else end)
    return hit.span(1) if hit else None
