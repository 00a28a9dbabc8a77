"""Words before a headline or a quotation that tell the kind of piece and never who speaks: "WATCH: ..."."""

from __future__ import annotations

import re

from framing.quotes.tagger import Attribution, Span

_KICKER = re.compile(
    r"\W*(?:(?:an? |the |world |our )?(?:exclusive|breaking|watch|live|opinion|comment|updated?|video|audio|photos?|"
    r"pictures?|gallery|listen|read|analysis|explainer|explained|revealed|developing|just in|latest|recap|review|"
    r"podcast|editorial|column|in pictures|in photos|fact check|first look|must read|must watch|flashback|spoilers?|"
    r"corrected|correction|quiz|interview|feature|profile|in full|transcript)"
    r"(?: (?:news|more|now|blog|updates?|video|interview|here|story|report))?\W*)+", re.IGNORECASE)
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
    """Such a word, with its colon beside or in it."""
    around = text[span[1] - 1:span[1] + 2] + text[max(span[0] - 2, 0):span[0]]
    return ":" in around and _KICKER.fullmatch(text, *span) is not None
