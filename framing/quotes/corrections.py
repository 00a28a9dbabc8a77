"""What the tagger leaves out, takes in wrongly or cuts too late, mended on the parse by rules that can be read."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import accumulate
from typing import Any

from framing.entities.mentions import covering
from framing.quotes.cues import VERBS
from framing.quotes.tagger import Attribution, Span
from framing.text.lexicon import word_lists
from framing.zones.passages import dateline

_LISTED = word_lists("quotes/words")

Taken = Callable[[int, int], bool]  # whether something stands in a stretch; see `covering`
VERBAL = {"VERB", "AUX"}
SUBJECTS = {"nsubj", "nsubjpass"}
OF_A_CLAUSE = SUBJECTS | {"csubj", "expl"}
_MARKS = re.compile(r"[\"“”„«»]")
_TAIL = re.compile(
    r"(?:even |just |(?:hours|days|weeks|months) )?(?:as|while|amid|after|before)\b"
    r"(?! (?:if|well|long|soon)\b)",
    re.IGNORECASE,
)


def _neighbour(token: Any, steps: int = 1) -> Any:
    """The token so many places on; the last, or first, one where the text ends before."""
    return token.doc[min(max(token.i + steps, 0), len(token.doc) - 1)]


def _cue_in(doc: Any, attribution: Attribution) -> Any:
    """The words of the first piece of its cue; None where it has none."""
    return doc.char_span(*attribution.cue[0], alignment_mode="expand") if attribution.cue else None


def to_what_was_said(doc: Any, text: str, attribution: Attribution) -> None:
    """Cut the content of one attribution, in place, and a dateline off its source."""
    _cut_clauses(text, attribution)
    attribution.content = [(_past_dateline(text, *span), span[1]) for span in attribution.content]
    attribution.source = [(_past_dateline(text, *span), span[1]) for span in attribution.source]
    _with_what_is_refused(doc, attribution)
    _cut_tails(text, attribution)
    _clause_before(doc, text, attribution)
    _cut_after_ellipsis(doc, attribution)
    _cut_other_deeds(doc, text, attribution)
    _cut_what_is_beside(doc, text, attribution)
    _cut_what_others_say(doc, text, attribution)
    _cut_what_it_meant(doc, text, attribution)


def _cut_what_it_meant(doc: Any, text: str, attribution: Attribution) -> None:
    """Off the content what it is summed up as (", a surprising admission from ..."): that is the outlet's."""
    last = max(attribution.content)
    cue = attribution.cue[0] if attribution.cue else last
    if cue[1] > last[0] or "\n" in text[cue[1] : last[0]]:
        return
    cut = next((hit.start() for hit in _SUMMED_UP.finditer(text, *last) if _is_summing_up(doc, last, hit)), last[1])
    if cut == last[1] or _MARKS.search(text, cut, last[1]) or len(_MARKS.findall(text, last[0], cut)) % 2:
        return
    if len(text[last[0] : cut].split()) > 1:
        attribution.content = [span for span in attribution.content if span != last] + [stripped(text, last[0], cut)]


def _cut_what_others_say(doc: Any, text: str, attribution: Attribution) -> None:
    """Of "China said it was calm, while the police deny the charge" only "it was calm" is China's."""
    last = max(attribution.content)
    words = doc.char_span(*last, alignment_mode="expand")
    if words is None or not attribution.cue or attribution.cue[0][1] > last[0]:
        return
    for token in words[1:]:
        clause = token.head
        if token.lower_ != "while" or token.dep_ != "mark" or clause.lemma_.lower() not in VERBS:
            continue
        told = any(child.dep_ in SUBJECTS for child in clause.lefts) and _neighbour(token, -1).text == ","
        if told and len(_MARKS.findall(text, last[0], token.idx)) % 2 == 0:
            kept = stripped(text, last[0], token.idx)
            attribution.content = [span for span in attribution.content if span != last] + [kept]
            return


def _is_summing_up(doc: Any, content: Span, hit: re.Match[str]) -> bool:
    """Does a noun with its "a" stand beside a clause, and not beside a thing that somebody promised or criticised?"""
    noun = doc.char_span(*hit.span(1), alignment_mode="expand")[-1]
    clause = doc.char_span(content[0], hit.start(), alignment_mode="expand")
    return noun.dep_ not in SUBJECTS and any(token.dep_ in OF_A_CLAUSE for token in clause)


_SUMMED_UP = re.compile(
    r", (?:in )?(?:an?|another|yet another|the latest|what amounted to an?) (?:[\w’-]+,? ){0,3}?"
    rf"({'|'.join(_LISTED['summing_up'])})\b"
    r"(?= (?:from|to|of|on|by|for|in|with|that|which|he|she|they|his|her|the|at|about|against|likely|aimed|meant|"
    r"[\w]+ed|[A-Z]\w+)\b|$)"
)


def _with_what_is_refused(doc: Any, attribution: Attribution) -> None:
    """In "rejected calls to step aside" the calls are those of others: what the speaker rejects is the content."""
    if len(attribution.cue) != 1 or len(attribution.content) != 1:
        return
    words = _cue_in(doc, attribution)
    if words is None or not 0 < attribution.content[0][0] - words.end_char < 3:
        return
    last = words[-1]
    subject = (
        last.pos_ == "NOUN" and last.dep_ in SUBJECTS and words.end_char < last.head.idx < attribution.content[0][1]
    )
    named = last.lower_.rstrip("s") in NOUNS and last.i == words.root.i + 1 and words.root.lemma_.lower() == "say"
    if (subject or named) and last.left_edge.i > words.start and words.root.lemma_.lower() not in _REFUSING:
        attribution.cue = [
            stripped(doc.text, words.start_char, last.left_edge.idx)
        ]  # "said [claims that it fell are false]"
        attribution.content = [
            (max(last.left_edge.idx, words.root.idx + len(words.root) + 1), attribution.content[0][1])
        ]
        return
    if words.root.lemma_.lower() not in _REFUSING:
        return
    thing = next((t for t in words.root.rights if t.dep_ == "dobj" and t.i in range(words.start, words.end)), None)
    if thing is not None and thing.pos_ == "NOUN":
        attribution.cue = [(words.start_char, doc[thing.left_edge.i - 1].idx + len(doc[thing.left_edge.i - 1]))]
        attribution.content = [(thing.left_edge.idx, attribution.content[0][1])]


_REFUSING = frozenset(
    "reject rebuff dismiss deny dispute challenge resist ignore refute oppose decline brush deflect rebut".split()
)


def _cut_clauses(text: str, attribution: Attribution) -> None:
    """Of "Stocks are low; shells are wanted, officials say" only the clause before the cue is theirs."""
    if len(attribution.content) != 1 or not attribution.cue:
        return
    begin, end = attribution.content[0]
    cut = max(text.rfind("; ", begin, end), text.rfind(": ", begin, end)) + 2
    if end <= attribution.cue[0][0] and cut > begin + 2 and not _MARKS.search(text, begin, cut):
        attribution.content = [(cut, end)]


def _past_dateline(text: str, begin: int, end: int) -> int:
    """Where a content begins that was taken from "PORT ELM, May 14 (Wire) - Dockers walked off, officials said"."""
    opening = dateline(text, begin, end) if not begin or text[begin - 1] == "\n" else None
    return opening[1] if opening else begin


def _cut_tails(text: str, attribution: Attribution) -> None:
    """Of "talks went well, officials said, as the rivals parted" the last clause is the outlet's."""
    if len(attribution.content) > 1 and attribution.cue:
        first, behind = min(attribution.content), attribution.cue[0][1]
        attribution.content = [
            span
            for span in attribution.content
            if span == first
            or span[0] < behind
            or not _TAIL.match(text, *span)
            or text[max(span[0] - 2, 0) : span[0]].strip() != ","
        ]


def _clause_before(doc: Any, text: str, attribution: Attribution) -> None:
    """Of "two boats sank, the navy said, the latest in a string of losses" the clause before the speaker."""
    if len(attribution.content) != 1 or not attribution.cue or not attribution.source:
        return
    (begin, end), cue, source = attribution.content[0], attribution.cue[0], attribution.source[0]
    said = min(cue[0], source[0])
    words = doc.char_span(begin, end, alignment_mode="expand")
    if words is None or cue[1] > begin or text[cue[1] : begin].strip() != "," or _MARKS.search(text, begin, end):
        return
    if words.root.pos_ in VERBAL or any(token.dep_ in OF_A_CLAUSE for token in words):
        return
    sentence = words[0].sent
    if sentence.start_char < said and text[sentence.start_char : said].rstrip()[-1:] == ",":
        before = stripped(text, sentence.start_char, said)
        if len(text[slice(*before)].split()) > 3:
            attribution.content = [before]


def _cut_after_ellipsis(doc: Any, attribution: Attribution) -> None:
    """Of "as Berg said she would, the reds must choose" only "she would" is said."""
    if len(attribution.cue) != 1 or len(attribution.content) != 1:
        return
    begin, end = attribution.content[0]
    cue = _cue_in(doc, attribution)
    words = doc.char_span(begin, end, alignment_mode="expand")
    for token in words[:-1] if cue is not None and words is not None else []:
        if token.pos_ != "AUX" or _neighbour(token).text != "," or token.i == words.start:
            continue
        bare = token.dep_ == "ccomp" and all(child.dep_ in SUBJECTS | {"neg"} for child in token.children)
        twice = token.dep_ == "aux" and len([t for t in [*token.lefts, *token.head.lefts] if t.dep_ in SUBJECTS]) > 1
        if (bare and token.head.i == cue.root.i) or twice:
            attribution.content = [(begin, token.idx + len(token))]
            return


def _cut_other_deeds(doc: Any, text: str, attribution: Attribution) -> None:
    """Of "promised help and walked his guest around" only "help" is promised; of "the decision to leave angered
    many" only "to leave" is decided."""
    if not attribution.cue or attribution.cue[0][1] > min(attribution.content)[0]:
        return
    last = max(attribution.content)
    cue, words = (doc.char_span(*span, alignment_mode="expand") for span in (attribution.cue[0], last))
    cut = _where_others_begin(cue.root, words) if cue is not None and words is not None else None
    if cut is None or _MARKS.search(text, cut.idx, last[1]) or len(_MARKS.findall(text, last[0], cut.idx)) % 2:
        return  # within a quotation, closed or not
    kept = stripped(text, last[0], cut.idx)
    if kept[1] > kept[0]:
        attribution.content = [span for span in attribution.content if span != last] + [kept]


def _where_others_begin(verb: Any, words: Any) -> Any:
    """The first token of `words`, the content of `verb`, that tells something else: what the verb itself is part of,
    or what whoever speaks does besides."""
    part_of = set(verb.ancestors) if verb.pos_ == "NOUN" and verb.is_ancestor(words[0]) else set()
    forms: set[str] = set()  # of the verbs so far
    for token in words[1:]:
        if token in part_of:
            return verb.doc[verb.right_edge.i + 1]
        beside = token.dep_ == "conj" and _is_beside(token, verb, forms)
        if token.pos_ in VERBAL and verb.pos_ in VERBAL and (beside or _is_withheld(token, verb)):
            return _joint(token)
        if token.pos_ in VERBAL and token.dep_ not in {"aux", "auxpass"}:
            forms |= {*_forms(token)}
    return None


_FINITE = {"VBD", "VBZ", "VBP"}


def _is_beside(token: Any, verb: Any, before: set[str]) -> bool:
    """Is this verb joined to `verb`, by the parse or, where that joins it to another, by its form, which is none of
    those `before` it: "said prices may fall and urged patience"?"""
    form, subject = _forms(token)[0], any(child.dep_ in OF_A_CLAUSE | {"mark"} for child in token.children)
    if token.head.i == verb.i and not any(child.dep_ == "mark" for child in token.children):
        finite = form in _FINITE and _forms(verb)[0] in _FINITE
        return (subject or finite or form in _forms(verb)) and _joint(token) is not None
    return (
        not subject
        and form in _forms(verb)
        and form not in before
        and form in (_FINITE if token.head.pos_ == "ADJ" else _FINITE | {"VBG"})
        and _joint(token) is not None
    )


def _is_withheld(token: Any, verb: Any) -> bool:
    """What whoever speaks does not say is told by the outlet: "said it was late but did not give details"."""
    joint, form = _joint(token), _forms(token)[0]
    but = joint is not None and any(t.lower_ in {"but", "though", "yet"} for t in (joint, _neighbour(joint, -1)))
    said = {token.lemma_.lower(), *(t.lemma_.lower() for t in token.rights if t.dep_ in {"xcomp", "dobj"})}
    silent = token.lemma_.lower() in _SILENT or any(t.dep_ == "neg" for t in token.children)
    subject = any(child.dep_ in OF_A_CLAUSE | {"mark"} for child in token.children)
    wont = any(t.lower_ == "would" for t in token.lefts)
    joined = token.dep_ == "conj" or (token.dep_ == "ccomp" and token.head.i == verb.i)
    return joined and but and silent and bool(said & _WITHHELD) and not subject and (wont or form in _forms(verb))


_SILENT = frozenset("decline refuse stop fall avoid demur".split())
_WITHHELD = frozenset(
    """
    say elaborate specify comment discuss delve mention detail detailed details name explain identify disclose provide
    offer give answer address evidence example reason short commit endorse
""".split()
)


def _forms(verb: Any) -> list[str]:
    """The forms in which a verb may be gone on with after "and": that of its first auxiliary, and its own."""
    return [child.tag_ for child in verb.lefts if child.dep_ in {"aux", "auxpass"}][:1] + [verb.tag_]


def _joint(verb: Any) -> Any:
    """The "and", "but" or "as well as" right before a verb that is joined to another, or its first word after a comma."""
    first = verb.left_edge
    before = _neighbour(first, -1)
    return before.left_edge if before.dep_ == "cc" else first if before.text in {",", ";"} else None


def _to_its_end(doc: Any, text: str, attribution: Attribution, taken: Taken) -> None:
    """A content that breaks off at "if" or "in the", after its subject, or before "who has declared" goes on to the end
    of what it broke off, as far as nothing is `taken` there."""
    last = max(attribution.content)
    words = doc.char_span(*last, alignment_mode="contract")
    if words is None or not len(words) or words[-1].is_quote or len(_MARKS.findall(text, *last)) % 2:
        return
    until, own = _until(words), [*attribution.cue, *attribution.source, *attribution.content]
    end = until.idx + len(until) if until is not None and until.sent == words[-1].sent else last[1]
    whole = stripped(text, last[0], end)
    only_own = words[-1].dep_ in _OPEN or words[-1].tag_ == "WDT"
    free = _apart((last[1], end), own) if only_own else not taken(last[1], end)
    free = free and not _MARKS.search(text, last[1], end)
    if whole[1] <= last[1] or not free:
        whole = stripped(text, last[0], words[-1].idx) if words[-1].dep_ == "cc" and len(words) > 1 else last
    attribution.content = [span for span in attribution.content if span != last] + [whole]


def _until(words: Any) -> Any:
    """The last token of what breaks off at the end of `words`; None if nothing does."""
    token = words[-1]
    if token.tag_ in {"WDT", "WP"} and len(words) > 1:
        return next((t.right_edge for t in token.ancestors if t.dep_ == "relcl"), None)
    if token.pos_ in {"ADP", "SCONJ", "DET", "CCONJ", "PART"} and token.dep_ in _OPEN:
        return (token if token.dep_ == "prep" else token.head).right_edge
    if words.root.dep_ in SUBJECTS and words.root.head.i > token.i and words.root.head.pos_ in VERBAL:
        return words.root.head.right_edge
    subject = next((t for t in [token, *token.ancestors] if t.dep_ in SUBJECTS), None)
    if subject is not None and words.start <= subject.i <= subject.right_edge.i == token.i < subject.head.i:
        return subject.head.right_edge
    branch = words.doc[words.end] if words.end < len(words.doc) else None
    while branch is not None and not words.start <= branch.head.i < words.end:
        branch = branch.head if branch.head.i != branch.i else None
    if branch is None:
        return None
    return branch.right_edge if branch.dep_ == "relcl" or (branch.dep_ == "appos" and token.pos_ == "ADV") else None


_OPEN = {"prep", "mark", "det", "cc", "poss", "aux"}


def _cut_what_is_beside(doc: Any, text: str, attribution: Attribution) -> None:
    """Off the content: where it is said ("on the programme", "in a letter"), and what is remarked on it (", a claim ...")."""
    if len(attribution.content) > 1 and attribution.cue and _IN_OR_ON.search(text, *attribution.cue[0]):
        place = doc.char_span(attribution.cue[0][1] - 1, attribution.cue[0][1], alignment_mode="expand")
        kept = [
            span
            for span in attribution.content
            if not (0 < span[0] - attribution.cue[0][1] < 3 and place is not None and _is_phrase(doc, span))
        ]
        attribution.content = kept or attribution.content
    _cut_addressee(doc, text, attribution)
    last = max(attribution.content)
    tail = _AFTER_MARK.search(text, *last)
    opens = doc.char_span(tail.start() + 1, tail.start() + 3, alignment_mode="expand") if tail else None
    if tail and tail.start() > last[0] + 2 and (opens is None or opens[0].dep_ != "prep" or opens[0].lower_ != "as"):
        attribution.content = [span for span in attribution.content if span != last] + [(last[0], tail.start())]
        return
    remark = _REMARK.search(text, *last)
    venue = _VENUE.search(text, *last) if _is_phrase(doc, last) or _of_cue(doc, text, attribution, last) else None
    cut = min((hit.start() for hit in (remark, venue) if hit), default=last[1])
    if cut < last[1] and not _MARKS.search(text, cut, last[1]) and len(text[last[0] : cut].split()) > 1:
        attribution.content = [span for span in attribution.content if span != last] + [stripped(text, last[0], cut)]


def _cut_addressee(doc: Any, text: str, attribution: Attribution) -> None:
    """Of "told the Post that it was lost" only "that it was lost"; of "explained to Ann two points" "two points"."""
    if not attribution.cue:
        return
    first = min(attribution.content)
    cue, words = (doc.char_span(*span, alignment_mode="expand") for span in (attribution.cue[0], first))
    if cue is None or words is None or not 0 < first[0] - attribution.cue[0][1] < 3:
        return
    that = text.find(" that ", *first)
    mark = doc.char_span(that + 1, that + 5) if that > 0 and _is_addressee(doc, cue, (first[0], that)) else None
    if (
        mark is not None
        and (mark[0].dep_ == "mark" or (mark[0].tag_ == "IN" and _with_clause(cue, words)))
        and (
            mark[0].head.head.i == cue.root.i or _IN_OR_ON.search(text, *attribution.cue[0]) or _with_clause(cue, words)
        )
    ):
        begin = that + 1
    else:
        begin = _past_addressee(cue, words)
    attribution.content = [(begin, first[1]), *(span for span in attribution.content if span != first)]


def _is_addressee(doc: Any, cue: Any, span: Span) -> bool:
    """A phrase, or, behind "told", one with a clause of its own: "told [workers who had come] that it would close"."""
    return _is_phrase(doc, span) or _with_clause(cue, doc.char_span(*span, alignment_mode="expand"))


def _with_clause(cue: Any, words: Any) -> bool:
    """Does what follows "told" begin with somebody of whom "who" tells more?"""
    if cue.root.lemma_.lower() not in _TELLING or words is None:
        return False
    who = next((token for token in words[:12] if token.lower_ == "who"), None)
    return who is not None and who.i > words.start and all(t.pos_ not in VERBAL for t in words.doc[words.start : who.i])


def _past_addressee(cue: Any, words: Any) -> int:
    """Where what is told begins, past the person or body it is told: "told [Ann she had won]"."""
    verb, last = cue.root, cue[-1]
    told = [t for t in [*verb.rights, *last.rights] if t.dep_ in _TOLD and t.left_edge.i == words.start]
    after = told[0].right_edge.i + 1 if told else words.end
    said = [t for t in verb.rights if t.left_edge.i == after < words.end]
    telling = verb.lemma_.lower() in _TELLING
    clause = telling and any(
        t.dep_ in {"ccomp", "advcl"} and any(left.dep_ in OF_A_CLAUSE | {"mark"} for left in t.lefts) for t in said
    )
    for one in told if telling else []:  # "warned the crews the dam could fail", taken for a dam that fails them
        bare = [
            t for t in one.rights if t.dep_ == "relcl" and t.left_edge.i == one.i + 1 and t.left_edge.tag_[:1] != "W"
        ]
        after, clause = (bare[0].left_edge.i, True) if bare else (after, clause)
    thing = last.lower_ == "to" and told and told[0].ent_type_ == "PERSON" and any(t.dep_ == "dobj" for t in said)
    return int((words.doc[after] if clause or thing else words[0]).idx)


_TOLD = {"dobj", "dative", "pobj"}
_TELLING = {
    "tell",
    "ask",
    "warn",
    "assure",
    "inform",
    "remind",
    "notify",
    "convince",
    "persuade",
    "advise",
    "acknowledge",
}


def _of_cue(doc: Any, text: str, attribution: Attribution, span: Span) -> bool:
    """Does the last "in a ..." of the content hang on the cue?"""
    hit = _VENUE.search(text, *span)
    words = doc.char_span(hit.start() + 1, hit.start() + 3) if hit else None
    cue = _cue_in(doc, attribution)
    return words is not None and cue is not None and words[0].head.i == cue.root.i


def _is_phrase(doc: Any, span: Span) -> bool:
    words = doc.char_span(*span, alignment_mode="expand")
    return words is not None and not any(
        token.pos_ in VERBAL and token.dep_ not in {"amod", "compound"} and token.text.islower() for token in words
    )


def stripped(text: str, begin: int, end: int) -> Span:
    """The span without white space and punctuation at its edges."""
    while begin < end and (text[begin].isspace() or text[begin] in ",;:.—–-"):
        begin += 1
    while begin < end and (text[end - 1].isspace() or text[end - 1] in ",;:.—–-"):
        end -= 1
    return begin, end


_AFTER_MARK = re.compile(r"(?<=[”\"]) (?:as(?! well)|while|after|before|when|during|amid) [^“”\"]*$")
_IN_OR_ON = re.compile(r"\b(?:in|on|at|to|with)$")
_REMARK = re.compile(
    r", an? (?:\w+ )?(?:claim|contention|charge|allegation|assertion|argument|suggestion|position|idea|notion|accusation|"
    r"statement|remark|comment|move|view|stance|decision|reference|nod|point) "
    r"(?:that|(?:on |in |for )?which|to|[A-Z]\w+|the|he|she|they|his|her)\b"
    r"|(?:,|(?<=,[”\"’'])) (?:comments|remarks|statements|claims|accusations|allegations|words)"
    r"(?: (?:that|which|he|she|they|the|his|her|[A-Z]\w+)\b|$)"
    # ... and what is not said: "but declined to give details", "but the board did not say why", "without giving a date"
    r"|,? but (?:(?:he|she|they|it|the [\w-]+) )?(?:has |have |had )?(?:also )?(?:declin(?:es?|ed)|refus(?:es|ed)|"
    r"stop(?:s|ped) short|(?:d(?:id|oes|o)(?: not|n[’']t)|would(?: not|n[’']t)) (?:say|give|elaborate|specify|estimate|name|"
    r"identify|offer|explain|provide|disclose|comment|reveal|mention)|(?:offer|g[ai]ve|provid)(?:s|ed|ing)? no)\b"
    # ... and what the outlet adds: what follows from it, who else says so
    r"|, which (?:means?|meant|would mean)\b|, according to\b"
    r"|, without (?:offering|giving|elaborating|naming|specifying|providing|citing|identifying|explaining|disclosing|"
    r"going into|mentioning)\b"
)
_VENUE = re.compile(
    r" in an? (?:[\w’'.-]+ ){0,4}(?:letter|statement|op-ed|interview|speech|tweet|memo|e-?mail|post|column|essay|filing|video|"
    r"news conference|address|editorial|article|note|blog)\b(?! that| which)"
)


# Words before a headline or a quotation that tell the kind of piece and never who speaks: "WATCH: ...".

_KICKER = re.compile(
    r"\W*(?:(?:an? |the |world |our )?(?:exclusive|breaking|watch|live|opinion|comment|updated?|video|audio|photos?|"
    r"pictures?|gallery|listen|read|analysis|explainer|explained|revealed|developing|just in|latest|recap|review|"
    r"podcast|editorial|column|in pictures|in photos|fact check|first look|must read|must watch|flashback|spoilers?|"
    r"corrected|correction|quiz|interview|feature|profile|in full|transcript)"
    r"(?: (?:news|more|now|blog|updates?|video|interview|here|story|report))?\W*)+",
    re.IGNORECASE,
)
MARKS = tuple("\"“”„«»‘'")
_NEXT_NAME = re.compile(r":\s*([A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})\s*:\s*$")


def without_kickers(text: str, found: list[Attribution]) -> list[Attribution]:
    """The attributions without those whose source is such a word and a colon; quotations stay, as nobody's.

    In 'EXCLUSIVE: Berg: "I quit"' the name that follows becomes the source.
    """
    kept = []
    for attribution in found:
        if attribution.source and all(is_kicker(text, span) for span in attribution.source):
            attribution.content = [span for span in attribution.content if text[slice(*span)].lstrip()[:1] in MARKS]
            if not attribution.content:
                continue
            last, first = attribution.source[-1][1], min(attribution.content)[0]
            name = _NEXT_NAME.fullmatch(text, last, first)
            attribution.source = [name.span(1)] if name else []
            attribution.cue = [(name.end(1), name.end(1) + 1)] if name else []
        kept.append(attribution)
    return kept


def is_kicker(text: str, span: Span) -> bool:
    """Such a word, or whom a letter is written to ("DEAR RITA"), with its colon beside or in it."""
    around = text[span[1] - 1 : span[1] + 2] + text[max(span[0] - 2, 0) : span[0]]
    return ":" in around and (_KICKER.fullmatch(text, *span) or _SALUTATION.match(text, *span)) is not None


_SALUTATION = re.compile(r"(?:DEAR|Dear) [A-Z]")


DOUBTFUL = 0.45  # certainty under which nothing outside quotation marks is kept
DOUBTFUL_PHRASE = 0.55  # ... and under which a content without a verb is not kept
NOT_COUNTED = 0.45  # what nobody says is kept with, and never counted
UNNAMED = 0.1  # so much more certain must one be that names no source
NOUNS = frozenset(_LISTED["nouns"])
_IS_QUOTED = re.compile(
    r"\b(?:(?:has|have|had) been|is|are|was|were|be|been|being) (?:\w+ly |also |later |once |since |often |never |then )?"
    r"(quoted|cited|reported|recorded|heard)\b[^.;:?!“”\"\n]{0,60}? as "
    r"(?:saying|telling \w+|stating|warning|asking|having said)\b"
)
_AS_SAYING = re.compile(r".{2,90}? as (?:saying|telling \w+)")
_ACCORDING_TO = re.compile(r"\baccording to\b", re.IGNORECASE)
_NOUN_THAT = re.compile(rf"\b((?:{'|'.join(sorted(NOUNS))})s?) that\b", re.IGNORECASE)
_TITLE = re.compile(
    r"(?!.*\b(?:photo|picture|image|file|credit)s?\b)([^:\n\"“”()]{4,120}): "
    r"([^:\n\"“”()]{2,120}[^.:\n\"“”()!?])",
    re.IGNORECASE,
)


def corrected(doc: Any, text: str, found: list[Attribution], passages: list[Span]) -> list[Attribution]:
    """The attributions without mere deeds and doubtful ones, with the subject of its cue as the source of one
    that had none; and those that follow from "according to" and reporting nouns ("the claim that ...")."""
    kept = []
    for attribution in _who_is_quoted(doc, text, without_kickers(text, found)):
        _quoted_as(doc, text, attribution)
        _said_between_commas(doc, text, attribution)
        _said_and_relayed(text, attribution)
        _accused_by(doc, attribution)
        attribution.source = [span for span in attribution.source if not _names_nobody(doc, span)]
        if attribution.cue and (not attribution.source or _elsewhere(text, attribution)):
            source = subject_of(doc, attribution.cue[0], attribution.content)
            if source:
                attribution.source = [source]
        _to_the_subject(doc, attribution)
        _of_its_own_clause(doc, attribution)
        to_what_was_said(doc, text, attribution)
        _whose_claim(doc, text, attribution)
        if not _is_doubtful(doc, attribution) and not _only_names(doc, text, attribution):
            kept.append(attribution)
    taken = covering([span for a in kept for span in [*a.content, *a.cue, *a.source]])
    for attribution in kept:
        _to_its_end(doc, text, attribution, taken)
        _with_its_subject(doc, text, attribution, taken)
        _with_its_clause(doc, text, attribution, taken)
        _without_strays(doc, text, attribution)
    kept = _joined(text, kept)
    _whole_sentences(doc, text, kept)
    kept += without_kickers(text, _headlines(doc, text, kept, passages))
    begins = [start for start, _ in passages]
    kept += [a for a in _according_to(doc, text, kept) if _in_passage(a.content[0], begins, passages)]
    return kept + [a for a in _reporting_nouns(doc, text, kept) if _in_passage(a.content[0], begins, passages)]


_SAYS_HERE = re.compile(
    r"\s*[”\"’']?,?[”\"’']?\s+((?:[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|of|de|van|von|al|bin)){0,4})|[Hh]e|[Ss]he|[Tt]hey|"
    r"the [\w-]+(?: (?!\w+ly\b)[\w-]+)?) ((?:later |also |then |reportedly )?(?:said|says|told|tells|wrote|writes|added|argued|argues|"
    r"explained|tweeted|testified|claimed|warned|insisted|recalled|announced|acknowledged|complained|replied|asked))\b"
    r"[^“”\"\n.]{0,80}?,? (?=[Aa]ccording to\b)"
)


def _said_and_relayed(text: str, attribution: Attribution) -> None:
    """ "...," Berg said in May, according to the Herald: Berg speaks, and the Herald only relays it."""
    if not attribution.cue or not _ACCORDING_TO.match(text, *attribution.cue[0]):
        return
    before = [end for _, end in attribution.content if end <= attribution.cue[0][0]]
    said = _SAYS_HERE.match(text, max(before), attribution.cue[0][1]) if before else None
    if said and said.end() == attribution.cue[0][0]:
        attribution.cue, attribution.source = [said.span(2)], [said.span(1)]


def _whole_sentences(doc: Any, text: str, found: list[Attribution]) -> None:
    """What follows or goes before "according to" is the whole sentence, as far as nobody else speaks in it."""
    spans = sorted(span for a in found for span in [*a.content, *a.cue, *a.source])
    reach = list(accumulate((end for _, end in spans), max))  # the furthest end so far
    for attribution in found:
        if len(attribution.content) != 1 or not attribution.cue:
            continue
        (begin, end), cue = attribution.content[0], attribution.cue[0]
        words = doc.char_span(*cue, alignment_mode="expand")
        if not _ACCORDING_TO.fullmatch(text, *cue) and not _at_the_end(text, attribution, words):
            continue
        if words is None or not words.sent.start_char <= begin < end <= words.sent.end_char:
            continue
        here = slice(bisect_right(reach, words.sent.start_char), bisect_left(spans, (words.sent.end_char,)))
        others = [span for span in spans[here] if span != (begin, end)]
        if end <= cue[0] and text[end : min(cue[0], *(a for a, _ in attribution.source or [cue]))].strip() in {",", ""}:
            begin = _past_dateline(text, words.sent.start_char, words.sent.end_char)
        elif cue[1] < begin and cue[0] - words.sent.start_char < 3:
            end = words.sent.end_char
        whole = stripped(text, begin, end)
        if _apart(whole, others) and not _MARKS.search(text, *whole):
            attribution.content = [(whole[0], whole[1] - (text[whole[1] - 1] == "."))]


def _at_the_end(text: str, attribution: Attribution, words: Any) -> bool:
    """Is it ", the agency reports." that a sentence ends with?"""
    if words is None or len(attribution.source) != 1 or attribution.content[0][1] > attribution.source[0][0]:
        return False
    (_, end), (begin, last), cue = attribution.content[0], attribution.source[0], attribution.cue[0]
    comma = text[end - 1] == "," or text[end:begin].strip() == ","
    behind = text[cue[1] : words.sent.end_char].strip()
    whole = not re.search("[;:] ", text[words.sent.start_char : end])  # see `_cut_clauses`
    return whole and comma and end <= begin <= end + 2 and 0 < cue[0] - last < 3 and behind in {".", ""}


def _with_its_subject(doc: Any, text: str, attribution: Attribution, taken: Taken) -> None:
    """A content that is a clause has its subject: "[Ann Berg] left the party, the agency reports", "[Managers], he said,
    “are told”"."""
    if not attribution.cue or not attribution.source:
        return
    first, said = min(attribution.content), sorted([*attribution.cue, *attribution.source])
    words = doc.char_span(*first, alignment_mode="expand")
    verb = words.root if words is not None else None
    if verb is None or verb.pos_ not in VERBAL or any(t.dep_ in OF_A_CLAUSE for t in verb.lefts if t.i >= words.start):
        return
    subject = next((t for t in verb.lefts if t.dep_ in SUBJECTS and t.right_edge.i < words.start), None)
    if subject is None or subject.tag_ in {"WDT", "WP"} or verb.dep_ in {"relcl", "xcomp"} or verb.sent != subject.sent:
        return
    whole = stripped(text, subject.left_edge.idx, subject.right_edge.idx + len(subject.right_edge))
    if taken(*whole) or not _apart(whole, attribution.content):
        return
    between = text[whole[1] : first[0]]
    if said[0][0] >= first[1] and not _MARKS.search(between) and len(between.split()) <= 3:
        attribution.content = [(whole[0], first[1]), *(span for span in attribution.content if span != first)]
    elif (
        whole[1] <= said[0][0] <= said[-1][1] <= first[0] and between.strip()[:1] == "," and between.strip()[-1:] == ","
    ):
        attribution.content = [whole, *attribution.content]


def _with_its_clause(doc: Any, text: str, attribution: Attribution, taken: Taken) -> None:
    """To what follows in sentences of its own belongs what stands right behind the cue: "saying [she was sad]. [“We lost.”]"."""
    if len(attribution.cue) != 1:
        return
    cue = _cue_in(doc, attribution)
    first = min(attribution.content)
    if cue is None or first[0] < cue.sent.end_char:
        return
    for token in cue.root.rights:
        span = stripped(text, token.left_edge.idx, token.right_edge.idx + len(token.right_edge))
        own = token.dep_ == "ccomp" and token.left_edge.i == cue.end and token.pos_ in VERBAL
        if own and not taken(*span) and _apart(span, attribution.content) and not _MARKS.search(text, *span):
            attribution.content = [span, *attribution.content]
            return


def _without_strays(doc: Any, text: str, attribution: Attribution) -> None:
    """No piece without marks that stands within a sentence of its own, behind that of the cue."""
    if len(attribution.content) < 2 or not attribution.cue:
        return
    cue = _cue_in(doc, attribution)
    kept: list[Span] = []
    for span in sorted(attribution.content):
        words = doc.char_span(*span, alignment_mode="expand")
        stray = (
            cue is not None
            and words is not None
            and kept
            and span[0] >= cue.sent.end_char
            and span[0] - words[0].sent.start_char > 2
            and words[0].sent.start_char >= max(end for _, end in kept)
            and not _MARKS.search(text, *span)
        )
        kept += [] if stray else [span]
    attribution.content = kept


def _joined(text: str, found: list[Attribution]) -> list[Attribution]:
    """One attribution where two of the same cue and source are both between marks or side by side."""
    by_cue: dict[tuple[Any, ...], Attribution] = {}
    kept = []
    for attribution in found:
        key = (tuple(attribution.cue), tuple(attribution.source))
        first = by_cue.setdefault(key, attribution) if attribution.cue and attribution.source else attribution
        if first is attribution:
            kept.append(attribution)
        elif _belong(text, first.content, attribution.content):
            first.content = sorted([*first.content, *attribution.content])
        else:
            kept.append(attribution)
    return kept


def _belong(text: str, some: list[Span], more: list[Span]) -> bool:
    marked = all(_MARKS.search(text, *span) for span in [*some, *more])
    beside = min(abs(a - b) for span in some for other in more for a in span for b in other) <= 2
    return (marked or beside) and all(_apart(span, some) for span in more)


def _elsewhere(text: str, attribution: Attribution) -> bool:
    """Does the source stand in another paragraph than its cue?"""
    edges = sorted([*attribution.cue[0], *attribution.source[0]])
    return "\n" in text[edges[0] : edges[-1]]


def _in_passage(span: Span, begins: list[int], passages: list[Span]) -> bool:
    at = bisect_right(begins, span[0]) - 1
    return at >= 0 and span[1] <= passages[at][1]


def _headlines(doc: Any, text: str, found: list[Attribution], passages: list[Span]) -> list[Attribution]:
    """Titles such as "Bridge is safe: engineer" and "Ann Berg: bridge is safe" that nothing was found in."""
    taken = covering([span for a in found for span in a.content])
    new = []
    for begin, end in passages:
        title = _TITLE.fullmatch(text, begin, end)
        if not title or taken(begin, end):
            continue
        for content, source, needed in ((1, 2, None), (2, 1, "PERSON")):
            who = doc.char_span(*title.span(source), alignment_mode="expand")
            what = doc.char_span(*title.span(content), alignment_mode="expand")
            if (
                len(who) <= 5
                and len(what) >= 4
                and not any(token.pos_ in VERBAL for token in who)
                and any(token.pos_ in VERBAL for token in what)
                and (needed is None or any(token.ent_type_ == needed for token in who))
            ):
                new.append(Attribution([title.span(content)], [(title.end(1), title.end(1) + 1)], [title.span(source)]))
                break
    return new


def _according_to(doc: Any, text: str, found: list[Attribution]) -> list[Attribution]:
    """The rest of the sentence around an "according to" that nothing was found for."""
    new = []
    said = covering([span for a in found for span in a.content])
    taken = covering([span for a in found for span in [*a.cue, *a.content]])
    for hit in _ACCORDING_TO.finditer(text):
        words = doc.char_span(*hit.span())
        if words is None or len(words) != 2:
            continue
        token = words[0]
        holders = [child for child in doc[token.i + 1].children if child.dep_ == "pobj"]
        place = (token.idx, token.idx + len("according to"))
        if not holders or taken(*place):
            continue
        source = (holders[0].left_edge.idx, holders[0].right_edge.idx + len(holders[0].right_edge))
        sentence = token.sent
        pieces = [(sentence.start_char, place[0]), (source[1], sentence.end_char)]
        content = [
            piece for piece in (stripped(text, *piece) for piece in pieces) if len(text[slice(*piece)].split()) > 2
        ]
        if len(content) == 1 and not said(*content[0]):
            new.append(Attribution(content, [place], [source]))
    return new


def _quoted_as(doc: Any, text: str, attribution: Attribution) -> None:
    """In "..., the agency quoted Ann as saying" the content is what stands before."""
    if (
        len(attribution.content) == 1
        and attribution.source
        and _AS_SAYING.fullmatch(text[slice(*attribution.content[0])])
    ):
        sentence = doc.char_span(*attribution.content[0], alignment_mode="expand").sent
        before = stripped(text, sentence.start_char, attribution.source[0][0])
        if len(text[slice(*before)].split()) > 2:
            attribution.content = [before]


def _who_is_quoted(doc: Any, text: str, found: list[Attribution]) -> list[Attribution]:
    """In "Ann was quoted (by the Post) as saying, “We won”" Ann speaks, whatever was taken for the source."""
    for hit in _IS_QUOTED.finditer(text):
        verb = doc.char_span(*hit.span(1), alignment_mode="expand")[0]
        subject = next((t for t in verb.lefts if t.dep_ in SUBJECTS), None)
        if subject is None:
            continue
        who = (subject.left_edge.idx, min(subject.right_edge.idx + len(subject.right_edge), hit.start()))
        for attribution in found:
            if _apart(hit.span(), attribution.cue):
                continue
            said = [
                (stripped(text, max(start, hit.end()), end)[0], end) if start >= who[0] else (start, end)
                for start, end in attribution.content
                if end > hit.end() or end <= who[0]
            ]
            if not said and attribution.source and attribution.source[0][1] <= who[0]:
                said = attribution.source  # “We won,” Ann was quoted as saying
            attribution.content, attribution.cue, attribution.source = said, [hit.span()], [stripped(text, *who)]
    return [attribution for attribution in found if attribution.content]


def _said_between_commas(doc: Any, text: str, attribution: Attribution) -> None:
    """In "The plan, said Ann Berg, the mayor, is “a sham”" Ann Berg speaks, and not the plan."""
    cue: Any = _cue_in(doc, attribution) if len(attribution.cue) == 1 else None
    sentence: Any = cue[0].sent if cue is not None else ()
    comma = next((t for t in sentence if t.text == "," or t.is_quote), None)
    if comma is None or comma.is_quote or comma.i + 2 >= sentence.end or comma.i == sentence.start:
        return
    verb, first = _neighbour(comma), _neighbour(comma, 2)
    if verb.tag_ not in _FINITE or verb.lemma_.lower() not in VERBS or first.pos_ not in _OPENS_A_NAME:
        return
    rest = doc[verb.i + 2 : sentence.end - 2]
    last = next((t for t in rest if t.is_quote or (t.text == "," and _is_finite(_neighbour(t)))), None)
    ahead, content = stripped(text, sentence.start_char, comma.idx), attribution.content
    if last is None or last.is_quote or not (cue[0].i == verb.i or cue[0].i > last.i):
        return
    if attribution.source and _apart(attribution.source[0], [ahead]):
        return
    end = max(b for a, b in content if a < sentence.end_char) if min(content)[0] < sentence.end_char else 0
    if end > _neighbour(last).idx:
        attribution.content = [ahead, (_neighbour(last).idx, end), *(s for s in content if s[0] >= sentence.end_char)]
        attribution.cue, attribution.source = [(verb.idx, verb.idx + len(verb))], [(first.idx, last.idx)]


_OPENS_A_NAME = {"PROPN", "NOUN", "DET", "PRON", "ADJ"}


def _names_nobody(doc: Any, span: Span) -> bool:
    """ "But also shows that ...", "charged with hiding it, stating that ...": nobody is called "also" or "hiding it"."""
    words = doc.char_span(*span, alignment_mode="expand")
    if words is None:
        return False
    deed = words.root.tag_ == "VBG" and words.root.dep_ == "pcomp" and words[0].i == words.root.i
    return deed or all(t.pos_ in {"ADV", "CCONJ", "PART"} and t.text.islower() for t in words)


def _accused_by(doc: Any, attribution: Attribution) -> None:
    """In "Marsh is accused by critics of hiding it" the critics say "of hiding it", and no more."""
    cue = _cue_in(doc, attribution) if len(attribution.cue) == 1 else None
    verb = next((t for t in cue or () if t.tag_ == "VBN" and t.lemma_.lower() == "accuse"), None)
    by = next((t for t in verb.rights if t.lower_ == "by"), None) if verb is not None else None
    behind = doc[by.i + 2 : by.sent.end] if by is not None else ()
    of = next((t for t in behind if t.lower_ == "of" and t.i + 1 < len(doc) and _neighbour(t).tag_ == "VBG"), None)
    if verb is None or by is None or of is None:
        return
    last = doc[max(one.right_edge.i for one in [of, *of.conjuncts])]
    attribution.source = [(doc[by.i + 1].idx, doc[of.i - 1].idx + len(doc[of.i - 1]))]
    attribution.content = [(of.idx, last.idx + len(last))]
    attribution.cue = [(verb.idx, verb.idx + len(verb))]


def _is_finite(token: Any) -> bool:
    return token.tag_ in _FINITE | {"MD"} or (token.pos_ == "ADV" and _neighbour(token).tag_ in _FINITE | {"MD"})


def _of_its_own_clause(doc: Any, attribution: Attribution) -> None:
    """In "Her remarks came as Berg left, saying it was “over”" Berg says so: remarks that come speak nothing."""
    if not attribution.cue or not attribution.source:
        return
    cue, source = (doc.char_span(*part[0], alignment_mode="expand") for part in (attribution.cue, attribution.source))
    if cue is None or source is None or cue.root.tag_ != "VBG" or source.root.lemma_.lower() not in _UTTERED:
        return
    come = source.root.head
    if come.lemma_.lower() not in _COME or source.root.dep_ not in SUBJECTS:
        return
    for verb in reversed(doc[come.i + 1 : cue.start]):
        subject = next((t for t in verb.lefts if t.dep_ in SUBJECTS), None)
        if verb.pos_ in VERBAL and verb.dep_ in {"advcl", "pcomp", "ccomp", "acl"} and subject is not None:
            who = (subject.left_edge.idx, subject.right_edge.idx + len(subject.right_edge))
            if who[0] > come.idx and _apart(who, attribution.content):
                attribution.source = [who]
            return


_COME = {"come", "follow", "arrive"}
_UTTERED = frozenset(_LISTED["uttered"])


def _whose_claim(doc: Any, text: str, attribution: Attribution) -> None:
    """In "Holt dismissed Berg's claim that it was “a sham”" the quoted words are Berg's."""
    if len(attribution.cue) != 1 or len(attribution.content) != 1:
        return
    begin, end = attribution.content[0]
    cue, words = (doc.char_span(*span, alignment_mode="expand") for span in (attribution.cue[0], (begin, end)))
    if cue is None or words is None or cue.root.lemma_.lower() not in _REFUSING:
        return
    noun: Any = next((t for t in words if t.lemma_.lower() in _CLAIMS), None)
    owner = next((t for t in noun.lefts if t.dep_ == "poss" and t.pos_ != "PRON"), None) if noun is not None else None
    that = _THAT_NEAR.match(text, noun.idx + len(noun), end) if noun is not None else None
    if owner is None or that is None or owner.i < words.start or not _MARKS.search(text, that.end(), end):
        return
    if _MARKS.search(text, begin, that.end()) or _AS_QUOTED.search(text, that.end(), end):
        return
    attribution.content = [(that.start(1), end)]
    attribution.cue = [(noun.idx, noun.idx + len(noun))]
    attribution.source = [(owner.left_edge.idx, owner.idx + len(owner))]


_CLAIMS = NOUNS | {"comment", "remark", "criticism", "accusation"}
_THAT_NEAR = re.compile(r"(?: (?:on|in|at|last|this|earlier|from)(?: [\w’'.]+){1,4}?)? (that) ")
_AS_QUOTED = re.compile(r" as [“\"]")


def _only_names(doc: Any, text: str, attribution: Attribution) -> bool:
    """Does it only tell a name that nobody is said to give: "a group known as “the owls”", "it is called “the pit”"?

    In "is called “a crook” by her rivals" they are the source.
    """
    cue: Any = _cue_in(doc, attribution) if len(attribution.cue) == 1 else None
    verb: Any = next((t for t in cue if t.tag_ == "VBN"), None) if cue is not None else None
    passive = verb is not None and verb.i > cue.start and _NAMED_SO.search(cue.text)
    bare = verb is not None and _NAMED_SO.fullmatch(cue.text) and text[cue.end_char :].lstrip()[:1] in MARKS
    if not (passive or bare):
        return False
    behind = [span for span in attribution.content if span[0] >= cue.end_char]
    rest = cue.doc[verb.i + 1 : cue.sent.end]
    agent = next(
        (
            t
            for t in rest
            if t.lower_ == "by"
            and (
                (t.dep_ == "agent" and t.head.tag_ != "VBD" and not _of_another(t.head, verb))
                or _neighbour(t, -1).is_quote
            )
        ),
        None,
    )
    if agent is None or not behind:
        return True
    attribution.source = [stripped(text, agent.idx + len(agent), agent.right_edge.idx + len(agent.right_edge))]
    attribution.content = [(a, min(b, agent.idx - 1) if a < agent.idx else b) for a, b in behind]
    return False


def _of_another(passive: Any, verb: Any) -> bool:
    """Has this verb an auxiliary of its own: "known as x and was founded by her mother"?"""
    return bool(passive.i != verb.i and any(child.dep_ == "auxpass" for child in passive.lefts))


_NAMED_SO = re.compile(
    r"(?:^|\b(?:is|are|was|were|be|been|being) )(?:[a-z]+ly |also |often |better |sometimes |now )?"
    r"(?:known as|called|dubbed|nicknamed|referred to as)$",
    re.IGNORECASE,
)


def _reporting_nouns(doc: Any, text: str, found: list[Attribution]) -> list[Attribution]:
    taken = covering([span for attribution in found for span in attribution.content])
    cues = covering([span for attribution in found for span in attribution.cue])
    new = []
    for hit in _NOUN_THAT.finditer(text):
        words = doc.char_span(*hit.span(1))
        if words is None or words[0].pos_ != "NOUN":
            continue
        token = words[0]
        for clause in token.rights:
            if clause.dep_ != "acl" or clause.left_edge.lower_ != "that" or clause.left_edge.i != token.i + 1:
                continue
            span = (clause.left_edge.idx, clause.right_edge.idx + len(clause.right_edge))
            cue = (token.idx, token.idx + len(token))
            if not (taken(*span) or taken(*cue) or cues(*cue)):
                new.append(Attribution([span], [cue], []))
    return new


def _to_the_subject(doc: Any, attribution: Attribution) -> None:
    """In "Berg, whose win was cheered by Reds, said ..." the source is Berg and not "Reds"."""
    if not attribution.cue or not attribution.source:
        return
    cue, source = (doc.char_span(*part[0], alignment_mode="expand") for part in (attribution.cue, attribution.source))
    subject = next((t for t in cue.root.lefts if t.dep_ in SUBJECTS), None) if cue is not None else None
    if subject is None or source is None:
        return
    to = next((t for t in [*source[0].ancestors, *source.root.ancestors] if t.lower_ == "according"), None)
    if to is not None and "according" not in cue.text.lower() and not subject.is_ancestor(cue.root):
        end = min(subject.right_edge.i, to.i - 1) if to.i > subject.i else subject.right_edge.i
        whose = stripped(doc.text, subject.left_edge.idx, doc[end].idx + len(doc[end]))
        if not source.start <= subject.i < source.end and _apart(whose, attribution.content):
            attribution.source = [whose]
        return
    if source.root.pos_ in {"ADP", "ADV", "SCONJ"} and not source.start <= subject.i < source.end:  # "in May and now"
        whole = subject_of(doc, attribution.cue[0], attribution.content)
        attribution.source = [whole] if whole else attribution.source
        return
    if not subject.i < source.start <= source.end - 1 <= subject.right_edge.i:
        return
    within = next((t for t in [source.root, *source.root.ancestors] if t.head.i == subject.i), None)
    if within is None:  # the words of the source hang on something else
        return
    aside = within.dep_ in {"relcl", "acl"} or (within.dep_ == "appos" and subject.ent_type_ == "PERSON")
    whole = subject_of(doc, attribution.cue[0], attribution.content) if aside else None
    if whole and source.root.dep_ != "poss":
        attribution.source = [whole]


def subject_of(doc: Any, cue: Span, contents: list[Span]) -> Span | None:
    """Characters of the subject of the cue's verb, or of the verb it is joined to; None inside a content."""
    words = doc.char_span(*cue, alignment_mode="expand")
    if words is None:
        return None
    verb = words.root
    for _ in range(4):
        for child in verb.children:
            if child.dep_ in SUBJECTS and child.tag_ != "EX":
                first = next((t.left_edge for t in child.lefts if t.dep_ != "prep" and not t.is_punct), child)
                span = (first.idx, child.right_edge.idx + len(child.right_edge))
                if _apart(span, contents):
                    return span
                head = (child.idx, child.idx + len(child))
                return head if _apart(head, contents) else None
        named = _named_before(verb, contents)
        if named or verb.dep_ not in {"conj", "xcomp", "advcl", "pcomp", "prep"} or verb.head is verb:
            return named
        verb = verb.head
    return None


def _named_before(verb: Any, contents: list[Span]) -> Span | None:
    """The subject that the parse takes for a part of the phrase before it: "At nine, Ms. Berg, reading on, complained"."""
    for phrase in verb.lefts:
        last = phrase.right_edge
        if verb.tag_ in _FINITE and phrase.dep_ in {"prep", "npadvmod"} and last.text == "," and last.i > phrase.i + 2:
            last = _neighbour(last, -1)
        if verb.tag_ in _FINITE and phrase.dep_ in {"prep", "npadvmod"} and last.ent_type_ == "PERSON":
            name = next((ent for ent in verb.doc.ents if ent.start <= last.i < ent.end), None)
            first = name[0] if name is not None else last
            while first.i and _neighbour(first, -1).dep_ == "compound" and _neighbour(first, -1).head.i == last.i:
                first = _neighbour(first, -1)
            span = (first.idx, last.idx + len(last))
            if first.i > phrase.i + 1 and _neighbour(first, -1).text == "," and _apart(span, contents):
                return span
    return None


def _apart(span: Span, others: list[Span]) -> bool:
    return all(span[1] <= start or span[0] >= end for start, end in others)


def _is_doubtful(doc: Any, attribution: Attribution) -> bool:
    """A deed without words, or too doubtful to keep; what stands between marks is always kept."""
    spans = [doc.char_span(*span, alignment_mode="expand") for span in attribution.content]
    if any(words is None for words in spans):
        return False
    cue = _cue_in(doc, attribution)
    phrase = all(words.root.pos_ not in VERBAL and words[0].lower_ not in {"that", "to", "whether"} for words in spans)
    quoted = any(token.is_quote for words in spans for token in words)
    if all(_MAIL.fullmatch(words.text) for words in spans) or (
        cue is not None and is_deed(cue, spans, attribution, phrase, quoted)
    ):
        return True
    verbal = any(token.pos_ in VERBAL for words in spans for token in words)
    least = DOUBTFUL if verbal else DOUBTFUL_PHRASE
    if not quoted and attribution.certainty < least + (0 if attribution.source else UNNAMED):
        return True
    if cue is not None and not quoted and _is_unsaid(cue, spans, attribution):
        attribution.certainty = min(attribution.certainty, NOT_COUNTED)
    return False


# Deeds that read like reports but give nothing of what was said: "accepted the invitation", "met it with a shrug".


DEEDS = frozenset(_LISTED["deeds_in_words"])
ABOUT = frozenset(_LISTED["about"])
SPEECHLESS = frozenset(_LISTED["speechless"])
RETURNED = frozenset(_LISTED["returned"])
LOOKED = frozenset(_LISTED["looked"])
IN_COURT = frozenset(_LISTED["in_court"])
NO_WORDS = frozenset(
    """
    a all an anything everything is it less little many more much nothing something the them there was what
""".split()
)


def is_deed(cue: Any, contents: list[Any], attribution: Attribution, phrase: bool, quoted: bool) -> bool:
    """Is nothing said in an attribution, given the tokens of its cue and contents?

    `phrase` tells that no content is a clause, `quoted` that something in it stands between marks.
    """
    verb = cue.root
    lemma = verb.lemma_.lower()
    if phrase and lemma in RETURNED and _with_something(verb, contents):
        return True
    if quoted:
        return False
    if _is_speechless(cue.doc, attribution) or (verb.dep_ in {"prep", "mark"} and verb.lower_ in _PREPOSITIONS):
        return True
    if phrase and _is_picture(verb, lemma, contents, attribution):
        return True
    if _is_doctored(cue) or _is_footage(lemma, contents, attribution):
        return True
    if phrase and (_is_made(lemma, contents) or _is_telephoned(cue, contents) or _is_light(cue, lemma, contents)):
        return True
    if all(_says_nothing(words) for words in contents):
        return True
    return phrase and (
        any(token.lemma_.lower() in DEEDS | ABOUT for token in cue)
        or _is_seen(verb, lemma, contents)
        or _in_passing(verb, lemma, contents)
        or (not attribution.source and _is_absent(cue, contents[0]))
    )


_PREPOSITIONS = frozenset("considering concerning regarding including following".split())


def _is_picture(verb: Any, lemma: str, contents: list[Any], attribution: Attribution) -> bool:
    """ "tweeted a photo", "a video showing her on a boat": nobody's words."""
    spans = [verb.doc.char_span(*span, alignment_mode="expand") for span in attribution.source]
    seen = [words.root.lemma_.lower() for words in (contents if lemma in _POSTED else spans) if words is not None]
    return lemma in _POSTED | _SHOWN and bool(seen) and all(one in _PICTURES for one in seen)


_MAIL = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+")


def _is_doctored(cue: Any) -> bool:
    """ "The clip had been altered to show Berg asleep": nobody says so."""
    return cue[-1].lemma_.lower() in _SHOWN and any(token.lemma_.lower() in _CHANGED for token in cue)


def _is_unsaid(cue: Any, contents: list[Any], attribution: Attribution) -> bool:
    """ "No one has told how it began", "if they believed that he lied", "which it announced"; no one's words to count."""
    nobody = [cue.doc.char_span(*span, alignment_mode="expand") for span in attribution.source]
    if any(words is not None and _NOBODY.match(words.text) for words in nobody):
        return True
    verb = next((token for token in cue if token.pos_ == "VERB"), cue.root)
    if any(child.dep_ == "mark" and child.lower_ in {"if", "unless"} and child.i < verb.i for child in verb.children):
        return True
    if all(words[0].tag_ == "WDT" and len(words) == 1 for words in contents):
        return True
    if verb.lemma_.lower() == "know" and all(_KNOW_HOW.match(words.text) for words in contents):
        return True  # "knew how to swim"
    first = contents[0]
    before = _neighbour(first[0], -1)
    answered = verb.lemma_.lower() in {"reply", "respond", "answer"} and "with" in {first[0].lower_, before.lower_}
    return answered and first.root.pos_ not in VERBAL


_KNOW_HOW = re.compile(r"(?:how|what|where|when|whom?|which) (?:\w+ )?to\b")
_NOBODY = re.compile(r"(?:no ?one|nobody|none|nothing)\b", re.IGNORECASE)


def _is_footage(lemma: str, contents: list[Any], attribution: Attribution) -> bool:
    """ "The video shows a woman knocked to the ground": seen, and not said."""
    if lemma not in _SHOWN or any(words[0].lower_ in {"that", "how", "why"} for words in contents):
        return False
    heads = [contents[0].doc.char_span(*span, alignment_mode="expand") for span in attribution.source]
    return bool(heads) and all(words is not None and words.root.lemma_.lower() in _PICTURES for words in heads)


def _is_made(lemma: str, contents: list[Any]) -> bool:
    """ "The women who wrote it": a work, and not what is said of it."""
    return lemma in _COMPOSED and all(words.text.lower() in {"it", "them", "that", "this"} for words in contents)


def _is_telephoned(cue: Any, contents: list[Any]) -> bool:
    """ "Called 911", "called the police": nothing that they are called."""
    verb, head = cue.root, contents[0].root
    if cue[-1].lemma_.lower() != "call" or len(contents) > 1 or head.head.i != verb.i:
        return False
    called = [child for child in verb.children if child.dep_ in {"dobj", "oprd", "dative", "attr", "ccomp"}]
    return len(called) == 1 and (head.like_num or head.lemma_.lower() in _CALLED)


def _is_light(cue: Any, lemma: str, contents: list[Any]) -> bool:
    """ "Found inspiration for their work", "revealing their personal information": done, and not said."""
    nouns = {token.lemma_.lower() for token in cue if token.pos_ == "NOUN"}
    first = contents[0].root
    adding = any(token.lemma_.lower() == "add" for token in cue)
    if adding and "to" in {cue[-1].lower_, first.lower_ if first.dep_ == "prep" else ""}:
        return True  # "adding to a series of problems"
    return bool(
        (lemma == "find" and (nouns | {first.lemma_.lower()}) & _FOUND)
        or (lemma == "write" and nouns)
        or (
            cue[-1].lemma_.lower() in _GIVEN_AWAY and first.lemma_.lower() in _PRIVATE and contents[0][0].pos_ == "PRON"
        )
    )


_CHANGED = frozenset(_LISTED["changed"])
_COMPOSED = frozenset(_LISTED["composed"])
_CALLED = frozenset(_LISTED["telephoned"])
_FOUND = frozenset(_LISTED["found_by_nobody_told"])
_GIVEN_AWAY = frozenset(_LISTED["given_away"])
_PRIVATE = frozenset(_LISTED["kept_private"])
_POSTED = frozenset("tweet post share publish release retweet".split())
_SHOWN = frozenset("show depict capture".split())
_PICTURES = frozenset("photo photograph picture image video clip footage film tape link selfie gif".split())


def _is_speechless(doc: Any, attribution: Attribution) -> bool:
    """Is the source nothing that speaks or can be read, such as experience? "Father Time" may speak."""
    spans = [doc.char_span(*span, alignment_mode="expand") for span in attribution.source]
    heads = [words.root for words in spans if words is not None]
    return bool(heads) and all(
        head.lemma_.lower() in SPEECHLESS
        and (head.pos_ == "NOUN" or (len(words) == 1 and head.is_sent_start))
        and not any(token.ent_type_ in {"PERSON", "ORG", "GPE"} for token in words)
        for head, words in zip(heads, (words for words in spans if words is not None), strict=True)
    )


def _with_something(verb: Any, contents: list[Any]) -> bool:
    """Is the content what "answered the charge with a smile" answers?"""
    thing = next((child for child in verb.rights if child.dep_ == "dobj"), None)
    if thing is None or not any(words.start <= thing.i < words.end and not words[0].is_quote for words in contents):
        return False
    return any(
        child.lower_ == "with" and child.dep_ == "prep" and not any(token.is_quote for token in child.subtree)
        for child in [*verb.rights, *thing.rights]
    )


def _says_nothing(words: Any) -> bool:
    """ "said nothing", "agreed on much", "say it all"; "denied it" does say what is denied."""
    return words.text.lower() != "it" and all(token.lower_ in NO_WORDS for token in words)


def _is_seen(verb: Any, lemma: str, contents: list[Any]) -> bool:
    return lemma in LOOKED and not any(token.lower_ == "as" for words in [*contents, verb.children] for token in words)


def _in_passing(verb: Any, lemma: str, contents: list[Any]) -> bool:
    """Whose case it is, between commas: "Mr Bell, defending Lee, said ..."."""
    return (
        lemma in IN_COURT
        and verb.tag_ == "VBG"
        and verb.i > 0
        and _neighbour(verb, -1).text == ","
        and all(len(words) < 4 for words in contents)
    )


def _is_absent(cue: Any, words: Any) -> bool:
    """ "No date has been named": nobody said so."""
    return words[0].lower_ == "no" and words.root.dep_ == "nsubjpass" and words.end <= cue.start
