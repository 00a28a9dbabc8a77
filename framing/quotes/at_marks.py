"""What the tagger leaves open at quotation marks, settled by rule: quotations cut short and missed ones."""

from __future__ import annotations

import numpy as np

from framing.quotes.linker import NO_CUE
from framing.quotes.tagger_features import COLUMNS, Features

SPEECH = 8  # words between marks that are speech even where the tagger saw none
SENTENCE = 4  # ... if they begin with a capital and end like a sentence or before "he said"
HEADLINE = 3  # ... in the first paragraph, if they begin with a capital
SHAPE, STATE = COLUMNS.index("shape"), COLUMNS.index("state")
LAST_CONTENT = 2 * NO_CUE
_ENDS = ".,!?…—–-"


def complete(labels: np.ndarray, f: Features, text: str) -> np.ndarray:
    """`labels` with every spoken stretch between marks wholly content.

    A stretch the tagger has found for the most part becomes content from mark to mark; one it has not found
    is speech if it is long or reads like a sentence (otherwise a title, a term, irony). The outlet's own
    sentence before a quotation is no part of it: 'He has a worry: "It leaks," said Ann'.
    """
    labels = labels.copy()
    for number, (begin, end, _) in enumerate(f.stretches.tolist()):
        tokens = np.flatnonzero(f.inside == number)
        if not len(tokens):
            continue
        first, last = tokens[0], tokens[-1] + 1
        wordy = (f.ids[first:last, SHAPE] > 0) & (f.ids[first:last, STATE] % 3 == 1)  # neither mark nor comma
        inside = labels[first:last]
        content = (inside > 0) & (inside <= LAST_CONTENT)
        n_words, found = int(wordy.sum()), int((wordy & content).sum())
        if found * 2 >= n_words or (found == 0 and _like_speech(text[begin:end], n_words, f.paragraph[first] == 0)):
            kind = int(np.bincount((inside[content] + 1) // 2).argmax()) if found else NO_CUE
            if first and labels[first - 1] in (2 * kind - 1, 2 * kind) and f.paragraph[first] == f.paragraph[first - 1]:
                labels[first] = 2 * kind
            else:
                labels[first] = 2 * kind - 1
            labels[first + 1:last] = 2 * kind
            labels[np.flatnonzero(np.diff(f.paragraph[first:last])) + first + 1] = 2 * kind - 1
            if last < len(labels) and labels[last] and labels[last] % 2 == 0 and labels[last] != 2 * kind:
                labels[last] -= 1
            if text[begin:end].rstrip("\"”’'»")[-1:] == ",":
                _cut_lead_in(labels, f, first, text)
    return labels


def _cut_lead_in(labels: np.ndarray, f: Features, first: int, text: str) -> None:
    """Take whole sentences of the outlet's off the beginning of a content that ends before its cue."""
    if not first or labels[first] % 2 or text[f.end[first - 1] - 1] not in ".?!:" or f.inside[first - 1] >= 0:
        return
    begin = first - 1
    while labels[begin] == labels[first]:
        begin -= 1
    if (f.inside[begin:first] < 0).all():
        labels[begin:first] = 0
        labels[first] -= 1


def _like_speech(quoted: str, n_words: int, in_headline: bool) -> bool:
    inner = quoted.strip("\"“”„‟«»'‘’ ")
    if in_headline and n_words >= HEADLINE and inner[:1].isupper():
        return True
    return n_words >= SPEECH or (n_words >= SENTENCE and inner[:1].isupper() and inner[-1:] in _ENDS)
