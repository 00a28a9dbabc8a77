"""What a sentence denies, and what it only asks for, plans or thinks possible."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

NEGATIONS = {"not", "n't", "no", "never", "neither", "nor", "without", "none", "nobody", "nothing", "cannot", "hardly",
             "barely", "scarcely", "rarely", "nowhere"}
DENIALS = {"deny", "refute", "reject", "refuse", "dispute", "rebut", "dismiss", "decline", "exclude", "drop", "abandon",
           "scrap", "oppose", "lack", "avoid", "cancel", "withdraw", "fail"}
PARTICLES = {("rule", "out"), ("brush", "aside"), ("call", "off"), ("turn", "down"), ("throw", "out")}
POSSIBLE = {"may", "might", "could", "should", "ought"}
WISHES = {"consider", "plan", "propose", "want", "wish", "hope", "fear", "threaten", "demand", "ask", "urge", "call",
          "suggest", "seek", "intend", "discuss", "weigh", "mull", "request", "recommend", "oppose", "try"}
CLAUSES = {"advcl", "relcl", "conj", "parataxis", "cc", "punct", "mark"}  # a negation does not reach into these


def denied(tokens: Iterable[Token]) -> frozenset[int]:
    """The words that a negation or a verb of denial bears on."""
    bears: set[int] = set()
    for token in tokens:
        lemma = token.lemma_.lower()
        if token.lower_ in NEGATIONS:
            head = token.head
            bears |= _under(token) if token.lower_ == "without" else _under(head)
            if head.pos_ in {"NOUN", "ADJ"} and token.dep_ != "prep":
                bears |= {head.head.i}
        elif lemma in DENIALS or any((lemma, child.lower_) in PARTICLES for child in token.children):
            bears |= {token.i}.union(*(_under(child) for child in token.children if not child.dep_.startswith("nsubj")))
    return frozenset(bears)


def not_yet(tokens: Iterable[Token]) -> frozenset[int]:
    """The words of what is possible, asked for, planned, or a question."""
    bears: set[int] = set()
    for token in tokens:
        if (token.lemma_.lower() in POSSIBLE and token.dep_ == "aux") or token.lower_ in {"whether", "if"}:
            bears |= _under(token.head)
        elif token.lemma_.lower() in WISHES:
            bears |= set().union(*(_under(child) for child in token.children
                                   if child.dep_ in {"ccomp", "xcomp", "dobj", "prep", "pcomp"}))
    return frozenset(bears)


def _under(token: Token) -> set[int]:
    """A word and what hangs on it, other clauses aside."""
    found = {token.i}
    for child in token.children:
        if child.dep_ not in CLAUSES:
            found |= _under(child)
    return found
