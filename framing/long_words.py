"""Text cut into tokens in a time that grows with its length, whatever it holds.

spaCy's tokenizer takes marks off a stretch without spaces one by one and copies the rest each time: ten thousand
quotation marks in a row take it longer than a novel. A stretch longer than any word is cut into pieces first.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LONGEST_WORD = 120  # characters without a space that are still cut as one; longer web addresses are rare
PIECE = 60  # characters of a longer stretch that are cut at a time
_LONG = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
HYPHENS = "\u2010\u2011\u2012\u2212\ufe63\uff0d"  # print like "-" and join words as it does
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}$")  # "U.S.", and as well "u.s.", is one word
_LOOKS = ("norm_", "prefix_", "suffix_", "shape_")  # what the model knows a token by


def make_doc(nlp: Language, text: str) -> Doc:
    """`text` as tokens, as ``nlp.make_doc`` gives them wherever no stretch without a space is endless."""
    from spacy.tokens import Doc

    cuts = [0]
    for hit in _LONG.finditer(text):
        cuts += range(hit.start() if hit.start() else PIECE, hit.end(), PIECE)
        cuts.append(hit.end())
    if len(cuts) == 1:
        return nlp.make_doc(text)
    cuts.append(len(text))
    words: list[str] = []
    spaces: list[bool] = []
    for begin, end in pairwise(cuts):
        if begin == end:
            continue
        for token in nlp.make_doc(text[begin:end]):
            if token.text == " " and words and not spaces[-1]:
                spaces[-1] = True  # the space behind an endless word stands at the beginning of the next piece
                continue
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
    return Doc(nlp.vocab, words=words, spaces=spaces)


def with_all_spellings(nlp: Language) -> Language:
    """The pipeline, its tokenizer taught that the other hyphens of Unicode join words as "-" does, and that
    abbreviations with points are one word in small letters, too."""
    from spacy.lang.char_classes import ALPHA
    from spacy.util import compile_infix_regex

    infixes: Any = nlp.Defaults.infixes
    nlp.tokenizer.infix_finditer = compile_infix_regex(
        [*infixes, rf"(?<=[{ALPHA}])[{HYPHENS}](?=[{ALPHA}])"]).finditer
    nlp.tokenizer.token_match = _DOTTED.match
    for hyphen in HYPHENS:
        for look in _LOOKS:
            setattr(nlp.vocab[hyphen], look, "-")
    return nlp
