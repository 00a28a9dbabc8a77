"""Who said what: every attribution in the articles, direct, mixed or indirect, one row each.

Some quotations are attributed by layout, not by a sentence: "BERG: We will not sell.", "Q: ...", a quotation followed
by "— Anna Berg, nurse", lists in which each quotation stands under its speaker's name, posts under "Name (@handle)".
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice, pairwise
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd

from framing import cache
from framing.entities.mentions import covering
from framing.entities.register import Decisions, read_decisions
from framing.language import parse
from framing.quotes import pieces, tagger
from framing.quotes.certainty import COUNTED_FROM, NEVER_COUNTED, chance, evidence, signs
from framing.quotes.corrections import SUBJECTS, corrected, is_kicker
from framing.quotes.cues import VERBS, outlets_wording
from framing.quotes.pieces import titles, without_titles
from framing.quotes.tagger import Attribution, Span
from framing.steadiness import steady
from framing.tables import COLUMNS, KEYS, LEFT_OUT, WORD, as_articles, empty_table, fingerprint
from framing.text.lexicon import word_lists
from framing.text.quotation_marks import Mark, quotation_spans
from framing.zones.passages import dateline, passage_spans

_LABEL = re.compile(
    r"([\"“„«'‘]?)(?!DEAR )((?:[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}|Q|A)(?: \([^()]{1,30}\))?)"
    r"(:|(?:(?<!\b[A-Z])|(?<=\b[QA]))\.(?= )) ?(?=\S)"
)  # "BERG." but not "U.S. officials"
_DASH = re.compile(
    r"(?:[—–―]|--|-(?= ))\s*([A-Z@][\w.'’@-]*(?: (?:[A-Z@(][\w.'’@()-]*|de|of|the|van|von|la)){0,6}"
    r"(?:, [^.!?:“”\"]{1,60})?)\.?\s*$"
)
_NAME = re.compile(r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}(?:, [^.!?:“”\"]{1,60})?")
_TURN = re.compile(r"([A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3})(:) (?=\S)")
_REMARK = re.compile(r"\W*[(\[][^()\[\]]*[)\]]\W*")  # "(CROSSTALK)", "[applause]"
_POSTER = re.compile(r"((?:[A-Z][\w.’'&-]* ?){1,6}\(?@\w+\)?|@\w+)(?: ?[·•|,-].{0,30})?")
_SIGNED_POST = re.compile(r"(?:—|–|--)\s*([^()\n@—]{2,60}?) \(@\w{1,20}\),? [A-Z][a-z]+\.? \d{1,2}, \d{4}$")
SHORT_LINE = 5  # words under which a line above a signature is not all of a post
TURNS = 2  # labelled turns, or names above quotations, from which it is a layout and not an accident


def by_layout(text: str, passages: list[Span]) -> list[Attribution]:
    """The attributions that the layout of the paragraphs shows, in order."""
    whole = {span: _whole_quotation(text, span) for span in passages}
    found = []
    turns = [
        (span, hit)
        for span in passages
        if (hit := _LABEL.match(text, *span)) and hit.end() < span[1] and not is_kicker(text, hit.span(2))
    ]
    if len(turns) >= TURNS and len({hit[3] for _, hit in turns}) == 1:
        found += _spoken(text, passages, dict(turns))
    labels = [
        (span, hit)
        for span in passages
        if (hit := _TURN.match(text, *span)) and hit.end() + 15 < span[1] and not is_kicker(text, hit.span(1))
    ]
    named = Counter(hit[1] for _, hit in labels)
    if not turns and len(labels) >= 2 * TURNS and min(named.values()) > 1:
        found += [Attribution([(hit.end(), span[1])], [hit.span(2)], [hit.span(1)]) for span, hit in labels]
    posts = [
        Attribution([post], [], [who.span(1)])
        for name, post in pairwise(passages)
        if (who := _POSTER.fullmatch(text, *name)) and not whole[post] and " " in text[slice(*post)].strip()
    ]
    begun = any(text[end - 1] in '.!?”"' for _, end in passages if posts and end <= posts[0].source[0][0])
    found += posts if begun or len(posts) > 1 else []  # "Ann Berg @annberg" above the first sentence is a byline
    found += embedded(text, passages)
    if not turns:
        found += answers(text, passages)
    found += statements(text, passages)
    said = {attribution.content[0] for attribution in found}
    found += [one for one in unmarked(text, passages) if one.content[0] not in said]
    listed = [
        (name, quote)
        for name, quote in pairwise(passages)
        if whole[quote] and not whole[name] and _NAME.fullmatch(text, *name)
    ]
    dashed = [(name, quote) for quote, name in pairwise(passages) if whole[quote] and _DASH.match(text, *name)]
    for quote in passages:
        tail = _DASH.search(text, *quote)
        marks = quotation_spans(text, *quote) if tail else []
        if tail and marks and marks[0].start == quote[0] and text[marks[-1].end : tail.start()].strip() == "":
            found.append(Attribution([(quote[0], marks[-1].end)], [], [tail.span(1)]))
    for name, quote in dashed:
        if signed := _DASH.match(text, *name):
            found.append(Attribution([quote], [], [signed.span(1)]))
    if len(listed) >= TURNS and not dashed:
        found += [
            Attribution([quote], [], [(name[0], name[0] + len(text[slice(*name)].split(",")[0]))])
            for name, quote in listed
        ]
    return sorted(found, key=lambda attribution: attribution.content)


def embedded(text: str, passages: list[Span]) -> list[Attribution]:
    """Posts that a page embeds: what stands above, or before, "— Ann Berg (@annberg) May 14, 2024".

    A line of a few words above it belongs to the post as well, with the line above that.
    """
    found, begun = [], 0  # the first passage that may belong to the next post
    for number, span in enumerate(passages):
        signed = _SIGNED_POST.search(text, *span)
        if not signed:
            continue
        before = text[span[0] : signed.start()].rstrip()
        first = number
        while (
            not before
            and first > begun
            and (first == number or len(text[slice(*passages[first])].split()) < SHORT_LINE)
        ):
            first -= 1
        content = [(span[0], span[0] + len(before))] if before else list(passages[first:number])
        name = signed.group(1).rstrip("".join({mark for mark in signed.group(1) if not mark.isalnum()} - {".", ")"}))
        if content and name:
            found.append(Attribution(content, [], [(signed.start(1), signed.start(1) + len(name))]))
        begun = number + 1
    return found


def _spoken(text: str, passages: list[Span], turns: dict[Span, re.Match[str]]) -> list[Attribution]:
    """The labelled turns, with the paragraphs that carry one on.

    Those have no label of their own but open a mark as the turn did, or stand between the turns of a transcript without
    marks.
    """
    found: list[Attribution] = []
    last = max(turns)
    dense = len(turns) * 2 > sum(min(turns) <= span <= last for span in passages)
    opened = ""
    for span in passages:
        if hit := turns.get(span):
            opened = hit[1]
            found.append(Attribution([_without_mark(text, hit.end(), span[1], opened)], [hit.span(3)], [hit.span(2)]))
        elif not found or _REMARK.fullmatch(text, *span):
            continue
        elif opened and text[span[0]] == opened and (_is_open(text[slice(*span)]) or _whole_quotation(text, span)):
            found[-1].content.append(_without_mark(text, span[0] + 1, span[1], opened))
        elif not opened and dense and span < last:
            found[-1].content.append(span)
    return found


def _is_open(paragraph: str) -> bool:
    return sum(map(paragraph.count, '"”“»«„')) % 2 == 1


def _without_mark(text: str, start: int, end: int, opened: str) -> Span:
    """A turn whose mark was opened before its label, without the mark that closes it."""
    return start, end - bool(opened and _is_open(text[start:end]) and text[end - 1] in '"”“»«')


def _whole_quotation(text: str, span: Span) -> bool:
    if text[span[0]].isalnum():
        return False
    marks = [mark for mark in quotation_spans(text, *span) if mark.depth == 0]
    return (
        bool(marks) and marks[0].start == span[0] and sum(m.end - m.start for m in marks) >= 0.9 * (span[1] - span[0])
    )


def prefer(layout: list[Attribution], found: list[Attribution], text: str) -> list[Attribution]:
    """`found` without the pieces that the layout gives to somebody, then the layout's own.

    A turn labelled only "Q" or "A" yields to what was found in it, as it names nobody.
    """
    before = covering([span for attribution in found for span in attribution.content])
    layout = [
        a for a in layout if not a.source or text[slice(*a.source[0])] not in {"Q", "A"} or not before(*a.content[0])
    ]
    taken = covering([span for attribution in layout for span in attribution.content])
    for attribution in found if layout else []:
        attribution.content = [span for span in attribution.content if not taken(*span)]
    return [attribution for attribution in found if attribution.content] + layout


# Interviews printed as questions and answers without names or quotation marks, and statements printed in full.
#
# A paragraph that ends in a question mark, followed by one in the first person, again and again, is an interview: the
# answers are those of the person the introduction is about. "... issued the following statement:" gives the paragraphs
# below it to whoever issued it; "... lashed out on Twitter, saying:" before a paragraph without marks gives that one away, and
# so does a post that is signed "— Anna Berg (@aberg) May 3".

QUESTIONS = 3  # questions from which it is an interview
LONGEST_QUESTION = 60  # words; set by hand
_FIRST_PERSON = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|[Uu]s)\b")
_SECOND_PERSON = re.compile(r"\b(?:you|your|What|How|Why|When|Where|Who|Do|Did|Is|Are|Any)\b", re.IGNORECASE)
_MARKED = re.compile(r"[\"“”„«»][^\"“”„«»]*[\"“”„«»]")
_INTERVIEWEE = re.compile(
    rf"(?<![Bb]y )(?<![\w’'-])([A-Z][\w’'-]+(?: (?:{'|'.join(word_lists('names/words')['particles'])}) | )"
    r"(?:[A-Z][\w’'.-]+ )?"
    r"[A-Z][\w’'-]+)"
)
_ISSUED = re.compile(
    r"(?P<who>[^.:\n]{3,140}?) (?P<cue>(?:issued|released|published|made|read out|posted|circulated) "
    r"(?:the following|this|a|an) (?:[\w-]+ ){0,4}(?:statement|communiqué|communique|declaration|"
    r"letter|message|announcement|appeal|note|post))\b[^.?!\n]*:$"
)
_SAYING_NEXT = re.compile(
    r"(?:^|(?<=[.!?”\"] ))(?!(?:Read|See|Watch|Listen|Click|Here|Below|Scroll)\b)(?P<said>[^.!?:“”\"\n]{2,160}?\b"
    r"(?P<cue>said|says|saying|wrote|writes|writing|tweeted|tweets|tweeting|posted|posting|replied|replying|responded|"
    r"responding|added|adding|stated|stating|declared|declaring)"
    r"(?: (?:this|the following|on|in|to|at|from|via)\b[^.,:“”\"\n]{0,60})?):$"
)
_SAYER = re.compile(
    r"(?:[Hh]e|[Ss]he|[Tt]hey|I|[Oo]ne(?: [\w-]+){1,3}?|[Tt]he(?: [\w-]+){1,3}?)(?= \w+(?:ed|id|ote|ook|ent)\b)|"
    r"\b(?!(?:And|But|So|Then|Later|Meanwhile|After|Before|In|On|At|As|When|While|Still|Yet|Also|Soon|That|Twitter|Facebook|Instagram|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|"
    r"November|December)\b)"
    r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*"
)
_SIGNED_POST = re.compile(r"\s*(?:[—–―]|--)\s*(?P<who>[^—–―()\n]{2,60}?) \(@\w+\)[^\n]{0,40}$")


def answers(text: str, passages: list[Span]) -> list[Attribution]:
    """The answers of an interview, with the interviewee's first full name as their source."""
    asked = [
        number
        for number, (start, end) in enumerate(passages)
        if text[start:end].rstrip("”\"’' ").endswith("?")
        and _SECOND_PERSON.search(text, start, end)
        and len(text[start:end].split()) <= LONGEST_QUESTION
    ]
    replied = [number + 1 for number in asked if number + 1 < len(passages) and number + 1 not in asked]
    spoken = [number for number in replied if _in_first_person(text, passages[number])]
    if len(replied) < QUESTIONS or len(spoken) * 2 < len(replied):
        return []
    source = _interviewee(text, passages, asked[0])
    found = []
    for first in replied:
        pieces = [passages[first]]
        for number in range(first + 1, len(passages)):
            if number in asked or not _in_first_person(text, passages[number]):
                break
            pieces.append(passages[number])
        found.append(Attribution(pieces, [], [source] if source else []))
    return found


def statements(text: str, passages: list[Span]) -> list[Attribution]:
    """What follows "the ministry issued the following statement:", as long as it goes on in the first person."""
    found = []
    for number, (start, end) in enumerate(passages[:-1]):
        opening = dateline(text, start, end)
        begin = opening[1] if opening else start
        hit = _ISSUED.search(text, begin, end) if text[end - 1] == ":" else None
        below = passages[number + 1 :]
        if not hit or text[below[0][0]] in "\"“„«'‘":
            continue
        spoken = [place for place, span in enumerate(below) if _in_first_person(text, span)]
        last = 0
        for place, later in pairwise([0, *spoken]):
            if later - place > 2:
                break
            last = later
        found.append(Attribution(list(below[: last + 1]), [hit.span("cue")], [hit.span("who")]))
    return found


def unmarked(text: str, passages: list[Span]) -> list[Attribution]:
    """Paragraphs without marks that somebody says all the same: below "Berg wrote on Twitter:", or signed as a post."""
    found = []
    for (start, end), below in pairwise([*passages, (len(text), len(text))]):
        if signed := _SIGNED_POST.search(text, start, end):
            if not quotation_spans(text, start, signed.start()):
                found.append(Attribution([(start, signed.start())], [], [signed.span("who")]))
        elif (
            (hit := _SAYING_NEXT.search(text[start:end]))
            and below[0] < below[1]
            and text[below[0]] not in "\"“„«'‘"
            and not _SIGNED_POST.search(text, *below)
        ):
            cue = (start + hit.start("cue"), start + hit.end("cue"))
            named = [one.span() for one in _SAYER.finditer(text, start + hit.start("said"), cue[1])]
            who = named[0 if hit["cue"].split()[0].endswith("ing") else -1 :][:1]
            found.append(Attribution([below], [cue], who))
    return found


def _in_first_person(text: str, span: Span) -> bool:
    return bool(_FIRST_PERSON.search(_MARKED.sub("", text[slice(*span)])))


def _interviewee(text: str, passages: list[Span], first: int) -> Span | None:
    """The first full name in the introduction whose surname the article repeats most."""
    names = [hit for start, end in passages[:first] for hit in _INTERVIEWEE.finditer(text, start, end)]
    if not names:
        return None
    return max(names, key=lambda hit: (text.count(hit[1].split()[-1]), -hit.start())).span(1)


BETWEEN = " … "  # stands in `content` where the cue interrupts it
NAME_OF_THING = 4  # words between marks that may be a slogan or a name
LITTLE = 6  # words between marks that a doubtful row may keep as scare quotes
IN_MEMORY = 20  # corpora whose quotes are kept in memory
FIRST_PERSON = {"i", "we", "me", "us", "my", "our"}
Finder = Callable[[Any, list[Span]], list[Attribution]]

_recent: cache.Recent[pd.DataFrame] = cache.Recent(IN_MEMORY)


@steady
def find_quotes(
    articles: pd.DataFrame,
    *,
    method: str | Finder = "tagger",
    nested: bool = True,
    names: Any = None,
    threshold: float | None = None,
    certainty: float = 0.0,
    progress: bool = False,
) -> pd.DataFrame:
    """Every attribution in the articles: what was said or thought, by whom, and with which words.

    Parameters
    ----------
    articles : as from `read_articles`; only ``text`` is required.
    method : "tagger" (the learned tagger), "rules" (a verb list on the parse, for comparison), or a function
        that takes a parsed article and the spans of its paragraphs and returns a list of `Attribution`.
    nested : also give what others are said to have said ("Kim told Putin that KCNA had reported ..."), as
        rows with ``nested`` True. A word in such a row is in the row around it, too.
    names : your own decisions on names, as for `resolve_mentions`.
    threshold : certainty of the speaker (0 to 1) under which it is missing; the default, .43, cuts off "it", "they" and
        pronouns for unnamed people where somebody else is about as near. Raise it for fewer and surer speakers: no
        row is lost.
    certainty : the ``attribution_certainty`` (0 to 1) under which a row without quotation marks, or ``nested`` in
        another, is left out; one partly between marks that is likelier nobody's words than not is a scare quote then.
        The default keeps every row, the right one to look for all that is said; a study, and every
        function that finds quotations for itself (`counted_quotes`), counts from
        `framing.quotes.certainty.COUNTED_FROM`, .65.
    progress : show a progress bar on stderr.

    Returns
    -------
    One row per attribution, by article and place: ``quote_id``; ``kind`` (direct: wholly between quotation
    marks; mixed: partly; indirect: not at all; scare: words in marks that nobody is said to have said, or surely);
    ``content`` (pieces joined by " … ") and ``content_spans``, a tuple of (start, end) in ``articles.text``;
    ``cue, cue_spans, source, source_spans`` likewise, missing and () where there is none; ``speaker`` (the
    person or body behind ``source``), ``stance`` of the cue, ``n_words`` of content; ``zone``; ``voice``
    (quoted, reported; outlet for scare quotes, but not for those taken from doubtful rows); ``start, end`` of the whole
    content; ``via`` (the medium that relays it), ``speaker_role``, ``nested`` and ``certainty`` of the speaker (see
    `resolve_speakers`);
    ``attribution_certainty`` (0 to 1; missing for scare quotes): the chance that a careful reader finds content, cue and
    speaker right (see `framing.quotes.certainty`).
    Furniture and other stories on the page are left out.

    Raises ``ValueError`` for an unknown `method`.

    Notes
    -----
    Trained on, and measured with, American political news (PolNeAR; Newell et al. 2018, LREC); scores by kind and by
    outlet stand in ``data/models/quotes/MODEL_CARD.md``. Attribution is wider than speech: beliefs, wishes, plans
    and rulings count. About one indirect attribution in three is debatable even between careful readers.
    """
    table = as_articles(articles)
    finder = _finder(method)
    decisions = None if names is None else read_decisions(names)

    def found() -> pd.DataFrame:
        rows: list[list[Any]] = []
        for article, doc in parse(table, progress=progress):
            rows += _kept_rows(article, doc, method, finder, nested)
        quotes = pd.DataFrame(rows, columns=COLUMNS["quotes"], dtype="object") if rows else empty_table("quotes")
        return _with_speakers(quotes, table, decisions, threshold)

    def settled() -> pd.DataFrame:
        return _without_doubtful_marks(every, table)

    counted = certainty > NEVER_COUNTED
    if callable(method):
        every = found()  # a reader's own function may change from call to call
        quotes = settled() if counted else every
    else:
        told = fingerprint(table[[*KEYS, "headline", "known_zones", "text"]])
        key = f"{method}|{nested}|{decisions and decisions.lines()}|{threshold}|{told}"
        every = _recent.made(key, found)
        quotes = _recent.made(f"{key}|counted", settled) if counted else every
    cells = quotes["kind"], quotes["nested"], quotes["attribution_certainty"]
    kept = [(kind != "indirect" and not inner) or sure >= certainty for kind, inner, sure in zip(*cells, strict=True)]
    return quotes.loc[kept].reset_index(drop=True)


def _without_doubtful_marks(quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Rows partly between marks that are probably nobody's words: of these the words in marks only, as scare quotes.

    "Critics fume at the 'worst mayor' Ann Berg", "went viral for its 'oxygen bar'": 3 of 15 that readers judged were
    right, and what stands outside the marks would be taken from the outlet's own voice. They are somebody's for all that,
    though nobody knows whose (on PolNeAR eight in ten are), and so their voice stays quoted. A few words between marks
    without cue and source are slogans and names, and the outlet's.
    """
    alone = (quotes["kind"] == "direct") & quotes["cue"].isna() & quotes["source"].isna()
    doubtful = (quotes["kind"] == "mixed") | (alone & (quotes["n_words"] <= NAME_OF_THING))
    doubtful &= ~quotes["nested"].astype(bool)
    doubtful &= pd.to_numeric(quotes["attribution_certainty"].fillna(1.0)) < NEVER_COUNTED
    if not doubtful.any():
        return quotes
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    marks: dict[str, list[Span]] = {}
    rows = quotes.to_dict("records")
    for place in np.flatnonzero(doubtful).tolist():
        row, text = rows[place], texts[rows[place]["article_id"]]
        if row["article_id"] not in marks:
            marks[row["article_id"]] = [(m.inner_start, m.inner_end) for m in quotation_spans(text) if not m.depth]
        inner = [
            (max(start, first), min(end, last))
            for first, last in row["content_spans"]
            for start, end in marks[row["article_id"]]
            if start < last and first < end
        ]
        n_words = sum(1 for span in inner for _ in WORD.finditer(text, *span))
        if n_words > LITTLE:
            continue
        quoted = not pd.isna(row["cue"])
        rows[place] |= dict.fromkeys(("cue", "source", "speaker", "stance", "via", "certainty"), pd.NA)
        rows[place] |= {
            "kind": "scare",
            "content": _join(text, tuple(inner)),
            "content_spans": tuple(inner),
            "cue_spans": (),
            "source_spans": (),
            "n_words": n_words,
            "voice": "quoted" if quoted else "outlet",
            "start": inner[0][0],
            "end": inner[-1][1],
            "speaker_role": "unknown",
            "attribution_certainty": pd.NA,
        }
    return pd.DataFrame(rows, columns=quotes.columns, dtype="object")


def counted_quotes(articles: pd.DataFrame, quotes: pd.DataFrame | None = None) -> pd.DataFrame:
    """The quotations that count: those given, else all that are found with a certainty of `COUNTED_FROM`."""
    return find_quotes(articles, certainty=COUNTED_FROM) if quotes is None else quotes


def _finder(method: str | Finder) -> Finder:
    if callable(method):
        return method
    if method == "tagger":
        return by_tagger
    if method == "rules":
        return by_rules
    raise ValueError(
        f"method is {method!r}; use 'tagger', 'rules', or a function that takes a parsed article "
        "and its paragraphs and returns a list of Attribution."
    )


def by_tagger(doc: Any, passages: list[Span], *, model: tagger.Model | None = None) -> list[Attribution]:
    """The attributions of one article that the learned tagger finds, quotations completed to their marks."""
    text = doc.text
    features = tagger.read(doc, passages, model=model, text=text)
    labels, certainty = tagger.label(features, model)
    labels = pieces.complete(labels, features, text)
    found = tagger.attributions(features, labels, certainty, model)
    begins = [start for start, _ in passages]
    marked = [
        (start, end)
        for start, end, _ in features.stretches.tolist()
        if (at := bisect_right(begins, start) - 1) >= 0 and start < passages[at][1]
    ]
    found = pieces.settle_pieces(doc, text, found, marked)
    found = corrected(doc, text, found, passages)
    return prefer(by_layout(text, passages), found, text)


def _kept_rows(article: Any, doc: Any, method: str | Finder, finder: Finder, nested: bool) -> list[list[Any]]:
    """`_article_rows`, from the cache where the shipped finders were at work on this text before."""
    if callable(method):
        return _article_rows(article, doc, finder, nested)
    key = cache.key_of("quotes", article.text, passage_spans(article), method, nested)
    found = cache.remembered([key], lambda _: [_packed(_article_rows(article, doc, finder, nested))])[0]
    own = [getattr(article, name) for name in KEYS]
    return [[*own, f"{article.article_id}-q{number}", *row] for number, row in enumerate(_unpacked(found), start=1)]


def _packed(rows: list[list[Any]]) -> bytes:
    """Rows without the article's own cells, as JSON."""
    return json.dumps([[None if cell is pd.NA else cell for cell in row[len(KEYS) + 1 :]] for row in rows]).encode()


def _unpacked(data: bytes) -> list[list[Any]]:
    return [
        [pd.NA if cell is None else tuple((a, b) for a, b in cell) if isinstance(cell, list) else cell for cell in row]
        for row in json.loads(data)
    ]


def _article_rows(article: Any, doc: Any, finder: Finder, nested: bool) -> list[list[Any]]:
    zones = [span for span in passage_spans(article) if span[2] not in LEFT_OUT]
    passages = [(_past_bullet(article.text, start, end), end) for start, end, _ in zones]
    found = [a for a in finder(doc, passages) if any(WORD.search(article.text, *span) for span in a.content)]
    for attribution in found:  # a mark alone is nobody
        attribution.source = [span for span in attribution.source if WORD.search(article.text, *span)]
    quotations = quotation_spans(article.text)
    works = titles(doc, article.text, quotations, [(start, end) for start, end, zone in zones if zone == "headline"])
    found = without_titles(doc, article.text, found, works, quotations)
    entries: list[tuple[Attribution, bool, bool]] = [(a, False, False) for a in found]
    entries += [
        (Attribution([span]), False, True) for span in _scare_quotes(article.text, quotations, passages, found, works)
    ]
    if nested:
        entries += [(a, True, False) for a in _nested(doc, article.text, found, finder)]
    entries.sort(key=lambda entry: (min(entry[0].content), entry[1]))
    marks = [(m.inner_start, m.inner_end) for m in quotations]
    keys = [getattr(article, key) for key in KEYS]
    return [[*keys, *_cells(article, number, entry, zones, marks)] for number, entry in enumerate(entries, start=1)]


def _past_bullet(text: str, start: int, end: int) -> int:
    while start < end - 1 and (text[start] in "•·▪●◦‣*" or text[start].isspace()):
        start += 1
    return start


def _cells(
    article: Any,
    number: int,
    entry: tuple[Attribution, bool, bool],
    zones: list[tuple[int, int, str]],
    marks: list[Span],
) -> list[Any]:
    attribution, is_nested, scare = entry
    text = article.text
    content = tuple(sorted(attribution.content))
    words = [hit.start() for start, end in content for hit in WORD.finditer(text, start, end)]
    quoted = sum(_within(place, marks) for place in words)
    if is_nested:  # the marks around all of it are of whoever tells of it
        cues = [start for start, _ in attribution.cue]
        kind = _kind(sum(_within(place, marks, cues) for place in words), len(words))
    else:
        kind = "scare" if scare else _kind(quoted, len(words))
    cue, source = _part(text, attribution.cue), _part(text, attribution.source)
    own = outlets_wording(kind, cue[0], source[0]) and not (is_nested and quoted)
    own = own and not (scare and len(words) > LITTLE)
    voice = "outlet" if own else "quoted" if quoted * 2 >= len(words) else "reported"
    passage = bisect_right(zones, content[0][0], key=lambda zone: zone[0]) - 1
    zone = zones[passage][2] if passage >= 0 else "body"
    said = _join(text, content)
    gap = content[0][0] - cue[1][-1][1] if cue[1] else 0
    told = _in_context(*cue, text, content)
    return [
        f"{article.article_id}-q{number}",
        kind,
        said,
        content,
        *cue,
        *source,
        pd.NA,
        pd.NA,
        len(words),
        zone,
        voice,
        content[0][0],
        max(end for _, end in content),
        pd.NA,
        pd.NA,
        is_nested,
        pd.NA,
        # log odds until the speaker is known
        pd.NA if scare else evidence(*signs(attribution, kind, said, len(words), told, source[0], is_nested, gap)),
    ]


def _in_context(cue: Any, spans: tuple[Span, ...], text: str, content: tuple[Span, ...]) -> Any:
    """A cue with the "when" before it and the "to" that its content begins with: "when asked", "agreed to"."""
    if not spans or not isinstance(cue, str):
        return cue
    before = text[max(0, spans[0][0] - 5) : spans[0][0]].lower()
    asked = re.match(r"(?:asked|pressed|questioned)\b", cue, re.IGNORECASE)
    if asked and (before == "when " or cue[0].isupper()):
        cue = f"when asked{cue[asked.end() :]}"
    return f"{cue} to" if text.startswith("to ", content[0][0]) else cue


def _kind(quoted: int, n_words: int) -> str:
    return "direct" if quoted == n_words else "mixed" if quoted else "indirect"


def _within(place: int, marks: list[Span], cues: Sequence[int] = ()) -> bool:
    """Does a place stand between marks, other than those around one of `cues`?"""
    at = bisect_right(marks, place, key=itemgetter(0))
    before = (marks[number] for number in range(at - 1, -1, -1))
    others = (mark for mark in before if not any(mark[0] <= cue < mark[1] for cue in cues))
    return any(start <= place < end for start, end in islice(others, 4))


def _join(text: str, spans: tuple[Span, ...]) -> str:
    return BETWEEN.join(re.sub(r"\s+", " ", text[start:end]) for start, end in spans)


def _part(text: str, spans: list[Span]) -> tuple[Any, tuple[Span, ...]]:
    ordered = tuple(sorted(spans))
    return (_join(text, ordered) if ordered else pd.NA), ordered


def _scare_quotes(
    text: str, quotations: list[Mark], passages: list[Span], found: list[Attribution], works: list[Span]
) -> list[Span]:
    """Stretches between marks that no attribution covers and that are no titles."""
    taken = covering([span for attribution in found for span in attribution.content])
    begins, titled = [start for start, _ in passages], set(works)
    spans = []
    for mark in quotations:
        if mark.depth or (mark.start, mark.end) in titled or not WORD.search(text, mark.inner_start, mark.inner_end):
            continue
        at = bisect_right(begins, mark.start) - 1
        if at >= 0 and mark.start < passages[at][1] and not taken(mark.inner_start, mark.inner_end):
            spans.append((mark.inner_start, mark.inner_end))
    return spans


def _nested(doc: Any, text: str, found: list[Attribution], finder: Finder) -> list[Attribution]:
    """Attributions within contents: what somebody says that somebody else has said."""
    if finder is not by_tagger:
        return []
    spans = sorted({_trimmed(text, span) for a in found for span in a.content if _may_nest(doc, span)})
    if not spans:
        return []
    features = tagger.read(doc, spans, depth=1, text=text)
    inner = tagger.attributions(features, *tagger.label(features))
    whole = set(spans)
    return [
        a
        for a in inner
        if a.cue and a.source and not whole & set(a.content) and text[slice(*a.source[0])].lower() not in FIRST_PERSON
    ]


def _trimmed(text: str, span: Span) -> Span:
    """`span` without a leading "that", so that it reads like a sentence of its own."""
    return span[0] + 5 if text[span[0] : span[0] + 5].lower() == "that " else span[0], span[1]


def _may_nest(doc: Any, span: Span) -> bool:
    tokens = doc.char_span(*span, alignment_mode="expand")
    if tokens is None or len(tokens) < 6:
        return False
    return any(token.lower_ == "according" or (token.dep_ == "ccomp" and token.head in tokens) for token in tokens)


def _with_speakers(
    quotes: pd.DataFrame, articles: pd.DataFrame, names: Decisions | None, threshold: float | None
) -> pd.DataFrame:
    from framing.quotes.cues import cue_stance
    from framing.quotes.speakers import THRESHOLD, resolve_speakers

    quotes["stance"] = [pd.NA if pd.isna(cue) else cue_stance(cue) for cue in quotes["cue"]]
    least = THRESHOLD if threshold is None else threshold
    found = resolve_speakers(quotes, articles, names=names, threshold=least)[COLUMNS["quotes"]]
    found["attribution_certainty"] = [
        pd.NA if pd.isna(odds) else chance(odds, *speaker)
        for odds, *speaker in zip(found["attribution_certainty"], found["speaker"], found["certainty"], strict=True)
    ]
    return found


# Attributions by rules: a verb list on the parse, "according to", and quotation marks.
#
# The baseline that the learned tagger is measured against, and a reader that can be checked line by line. It
# finds what stands in clauses under a listed verb and between marks, and nothing else.

CLAUSES = {"ccomp", "xcomp"}
LONG = 4  # words between marks that count as speech


def by_rules(doc: Any, passages: list[tuple[int, int]]) -> list[Attribution]:
    """The attributions of one parsed article that the rules find, in order."""
    found = []
    for token in doc:
        if not any(start <= token.idx < end for start, end in passages):
            continue
        if token.lemma_.lower() in VERBS and token.pos_ in {"VERB", "AUX"}:
            found += _under_verb(doc, token)
        elif token.lower_ == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            found += _according_to(doc, token)
    _between_marks(doc, passages, found)
    return sorted(found, key=lambda attribution: min(attribution.content))


def _under_verb(doc: Any, verb: Any) -> list[Attribution]:
    clauses = [child for child in verb.children if child.dep_ in CLAUSES]
    subjects = [child for child in verb.children if child.dep_ in SUBJECTS]
    if not clauses or not subjects:
        return []
    content = [
        _span(doc[c.left_edge.i : c.right_edge.i + 1]) for c in clauses if not c.left_edge.i <= verb.i <= c.right_edge.i
    ]
    source = subjects[0]
    return (
        [
            Attribution(
                content, [_span(doc[verb.i : verb.i + 1])], [_span(doc[source.left_edge.i : source.right_edge.i + 1])]
            )
        ]
        if content
        else []
    )


def _according_to(doc: Any, according: Any) -> list[Attribution]:
    to = doc[according.i + 1]
    objects = [child for child in to.children if child.dep_ == "pobj"]
    if not objects:
        return []
    end = objects[0].right_edge.i + 1
    sentence = according.sent
    before, after = doc[sentence.start : according.i], doc[end : sentence.end]
    content = [_span(part) for part in (before, after) if sum(token.is_alpha for token in part) > 1]
    return (
        [Attribution(content, [_span(doc[according.i : to.i + 1])], [_span(doc[objects[0].left_edge.i : end])])]
        if content
        else []
    )


def _between_marks(doc: Any, passages: list[tuple[int, int]], found: list[Attribution]) -> None:
    """Add speech between marks: to the attribution it touches, else to the one before it in its paragraph."""
    text = doc.text  # put together anew whenever it is asked for
    for mark in quotation_spans(text):
        inside = [(start, end) for start, end in passages if start <= mark.start < end]
        if mark.depth or not inside or len(text[mark.inner_start : mark.inner_end].split()) < LONG:
            continue
        span = (mark.start, mark.end)
        touching = [a for a in found if any(start < mark.end and end > mark.start for start, end in a.content)]
        nearby = [a for a in found if a.cue and inside[0][0] <= a.cue[0][0] < inside[0][1]]
        nearby.sort(key=lambda a: abs(a.cue[0][0] - mark.end))
        if touching:
            first = touching[0]
            first.content = [
                other
                for other in first.content
                if other[1] <= mark.start or other[0] >= mark.end or (other[0] < mark.start or other[1] > mark.end)
            ]
            if not any(start <= mark.start and end >= mark.end for start, end in first.content):
                first.content.append(span)
        elif nearby:
            nearby[0].content.append(span)
        else:
            found.append(Attribution([span]))


def _span(tokens: Any) -> tuple[int, int]:
    return tokens.start_char, tokens.end_char
