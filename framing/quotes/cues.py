"""How a cue presents what it introduces: neutral, assertive, doubting, emotive, evasive or denying.

The words stand in ``data/quotes/stances.csv``, written for this project, with a note for each class, and in
``data/quotes/words.toml``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import pandas as pd

from framing.tables import require_columns
from framing.text.lexicon import read_list, word_lists

_LISTED = word_lists("quotes/words")
VERBS = frozenset(_LISTED["verbs"])  # of speech and thought, that take a clause; ours, from reading wire copy
# Deeds, intentions and perceptions: a cue of an attribution, but not one of speech or thought.
DEEDS = frozenset(_LISTED["deeds"])
STANCES = ["neutral", "assertive", "doubting", "emotive", "evasive", "denying"]
IRREGULAR: dict[str, str] = _LISTED["irregular"]
_SKIPPED = set(
    """
    have will would also then now later earlier further still again just has had that to by its his her their the
    a an be as of
""".split()
)
_ADVERBS = {"also", "then", "now", "later", "earlier", "further", "still", "again", "just", "once", "even", "too"}
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|n['’]t|['’]s")


def cue_stance(cue: object) -> str:
    """The stance of a cue as written.

    >>> cue_stance("has repeatedly denied"), cue_stance("said")
    ('denying', 'neutral')

    A phrase of the list goes before a word ("raise concerns" before "raise"), and any other class before
    "neutral" ("said, sobbing"). A cue with no listed word, and a missing one, is "neutral"; see `unlisted_cues`.
    """
    return _look_up(str(cue).lower())[0] if isinstance(cue, str) else "neutral"


@lru_cache(maxsize=20_000)
def plain_cue(cue: str) -> str:
    """A cue in base form, without auxiliaries and adverbs: "has repeatedly denied" is "deny"."""
    words = [word.lower() for word in _WORD.findall(cue)]
    kept = [word for word in words if not (word.endswith("ly") and len(word) > 4) and word not in _ADVERBS]
    while len(kept) > 1 and (
        IRREGULAR.get(kept[0], kept[0]) in {"have", "will", "would", "do"}
        or (IRREGULAR.get(kept[0]) == "be" and kept[1].endswith("ing"))
    ):
        kept.pop(0)
    return " ".join([_base(kept[0]), *kept[1:]]) if kept else " ".join(words)


def outlets_wording(kind: str, cue: Any, source: Any) -> bool:
    """Are the words of this attribution the outlet's own after all?

    So are scare quotes; what nobody is named for ("is considered a supplier"); what the author says in the first
    person, outside quotation marks ("I think ..."); and what the outlet tells of somebody's deeds and intentions
    without their words ("seeks to bolster alliances", "accepted the invitation").
    """
    if kind == "scare":
        return True
    if kind != "indirect":
        return False
    cued = plain_cue(cue).split() if isinstance(cue, str) else []
    return _is_author(source) or not isinstance(source, str) or not source or bool(cued and cued[0] in DEEDS)


def _is_author(source: Any) -> bool:
    return isinstance(source, str) and source.lower() in {"i", "we"}


SLIGHT = 2  # words of a content outside quotation marks that says little
_ASKED = re.compile(
    r"^(?:when |if )?(?:asked|pressed|questioned)\b|\b(?:is|was|were|been|being|are|be) (?:\w+ )?(?:asked|pressed|questioned)\b"
)
# What somebody is yet to say, or may: "must declare", "has to show", "is poised to argue".
_STILL_TO_SAY = re.compile(
    r"^(?:when asked\b|(?:also |now |still )?(?:must|should|could|may|might|can|ought to|(?:has|have|had|needs?) (?:yet )?to|"
    r"(?:would|will) have to)\b(?! not)|(?:is|are|was|were|[’']s|[’']re|be) (?:\w+ly )?(?:poised|expected|likely|set|bound|due|about|"
    r"supposed|scheduled|ready|eager|sure|under pressure) to\b)"
)
_CITED = re.compile(
    r"^(?:[\w ]* )?(?:cit(?:e|es|ed|ing)|quot(?:e|es|ed|ing))$"
)  # "citing unnamed sources": not what those say
# A deed: "has agreed to visit", "called up a colleague".
_TO_DO = re.compile(r"\b(?:agree[ds]?|agreeing) to$|\bcall(?:s|ed|ing) (?:up|in|off|back|over)\b")
_WITHHELD = re.compile(  # "declined to comment on the report", "refused on Monday to say more"
    r"\b(?:declin|refus)(?:e[sd]?|ing|al)\b(?: (?:to|on \w+|\w+ly|again|also))* (?:say|comment|answer|discuss|talk|speak|"
    r"elaborate|respond|identify|disclose|reveal|specify|be (?:named|quoted|drawn|interviewed|identified))\b"
)
_UNSAID = re.compile(r"\b(?:not|never|nothing|few|little|nor|no|without|(?:has|have|had) yet)\b|n[’']t\b")
_NOBODY = frozenset("that this these those it which what you nobody one there more".split())
_THOUGHT = frozenset(
    """
    believe think want know agree expect support oppose like feel see understand remember consider care trust
""".split()
)


def how_said(kind: str, cue: Any, source: Any, *, content: str = "", nested: bool = False) -> tuple[str, set[str]]:
    """Whether words or thoughts are given ("said"), perhaps a deed ("doubtful") or nothing yet ("unsaid"); and the
    cue's words in base form.

    "said" asks for a verb of speech or thought of somebody who is named. It is doubtful where the `source` names nobody
    ("that", "you"), where somebody is asked, where nothing is said ("has not announced"; not "does not believe") or something
    is done ("agreed to" pay) and, outside quotation marks, where the `content` has one or two words ("supports Reed") or tells
    what somebody wants, thinks or expects "to" be. Whoever is "when asked", is yet to say it ("must say") or declines to
    say has said nothing, nor does a study count what the author says ("we estimate"), if not `nested` in somebody's words.

    >>> how_said("indirect", "said", "Ann")[0], how_said("indirect", "vetoed", "Ann")[0], how_said("indirect", "must say", "Ann")[0]
    ('said', 'doubtful', 'unsaid')
    """
    written = cue.lower() if isinstance(cue, str) else ""
    words = {_base(word) for word in _WORD.findall(written)}
    author = kind == "indirect" and not nested and _is_author(source)
    held = _WITHHELD.search(f"{written} {content}")
    withheld = held is not None and held.start() < len(written)
    if author or (kind == "indirect" and (withheld or _CITED.search(written))) or _STILL_TO_SAY.search(written):
        return "unsaid", words
    named = isinstance(source, str) and source.lower() not in _NOBODY
    said = named and bool(words & (VERBS | {"according"})) and not (_ASKED.search(written) or _TO_DO.search(written))
    said = said and not (_UNSAID.search(written) and not words & _THOUGHT)
    slight = 0 < len(content.split()) <= SLIGHT or (content.startswith("to ") and bool(words & _THOUGHT))
    return ("said" if said and not (kind == "indirect" and slight) else "doubtful"), words


def unlisted_cues(quotes: pd.DataFrame) -> pd.DataFrame:
    """Cues of which no word is in the lists and which count as neutral for that reason, commonest first.

    One row per cue: ``cue`` (lower case), ``n``. Read it before comparing stances, and extend the list.
    Raises ``ValueError`` without ``cue``.
    """
    require_columns(quotes, ["cue"], made_by="find_quotes")
    cues = quotes["cue"].dropna().astype(str).str.lower()
    counts = cues[[bool(_WORD.search(cue)) and not _look_up(cue)[1] for cue in cues]].value_counts()
    table = counts.rename_axis("cue").reset_index(name="n")
    return table.sort_values(["n", "cue"], ascending=[False, True], ignore_index=True)


def stance_list() -> pd.DataFrame:
    """The lists: one row per class, with ``stance``, its ``note`` and its ``words`` separated by ";"."""
    return pd.DataFrame(_rows())


@lru_cache(maxsize=1)
def _rows() -> list[dict[str, str]]:
    return read_list("stances", of="quotes")


@lru_cache(maxsize=1)
def _listed() -> dict[tuple[str, ...], str]:
    """Every listed word and phrase as base forms, the first class that lists it counting."""
    listed: dict[tuple[str, ...], str] = {}
    for row in sorted(_rows(), key=lambda row: row["stance"] == "neutral"):
        for phrase in row["words"].split(";"):
            listed.setdefault(tuple(_base(word) for word in _WORD.findall(phrase)), row["stance"])
    return listed


@lru_cache(maxsize=20_000)
def _look_up(cue: str) -> tuple[str, bool]:
    """The stance of a cue in lower case, and whether any word of it is listed."""
    words = [_base(word) for word in _WORD.findall(cue)]
    if "not" in words or "never" in words:
        words = [word for word in words if word != "do"]
    found: list[tuple[int, bool, str]] = []
    for size in (4, 3, 2, 1):
        for first in range(len(words) - size + 1):
            stance = _listed().get(tuple(words[first : first + size]))
            if stance:
                found.append((size, stance != "neutral", stance))
    if not found:
        kept = [word for word in words if word not in _SKIPPED]
        for size in (3, 2):
            for first in range(len(kept) - size + 1):
                stance = _listed().get(tuple(kept[first : first + size]))
                if stance:
                    return stance, True
        return "neutral", False
    strong = [item for item in found if item[1]]
    longest = max(found)
    return (longest if longest[1] or longest[0] > 1 or not strong else max(strong))[2], True


@lru_cache(maxsize=20_000)
def _base(word: str) -> str:
    """The base form of a verb or noun, by its ending; good enough to look it up in a list."""
    word = word.replace("’", "'").lower()
    if word in IRREGULAR:
        return IRREGULAR[word]
    for ending, forms in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            for form in forms:
                base = (
                    stem[:-1]
                    if form == "double" and stem[-1:] == stem[-2:-1]
                    else stem
                    if form == "double"
                    else stem + form
                )
                if base in _bases():
                    return base
    return word


_ENDINGS: list[tuple[str, list[str]]] = [
    ("ies", ["y"]),
    ("ied", ["y"]),
    ("ying", ["ie", "y"]),
    ("ing", ["e", "", "double"]),
    ("ed", ["e", "", "double"]),
    ("es", ["e", ""]),
    ("s", [""]),
]


@lru_cache(maxsize=1)
def _bases() -> frozenset[str]:
    return frozenset(word for row in _rows() for phrase in row["words"].split(";") for word in phrase.split())
