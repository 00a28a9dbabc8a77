"""What the tone model sees of a sentence: its words and tree around a target whose name is hidden.

Names never reach the model. The target's own words become ``<target>``, other proper names ``<name>``, so that
a score rests on what is said of somebody and not on who it is.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from spacy.tokens import Span, Token

VERBAL = {"VERB", "AUX"}
CLAUSES = {"ccomp", "advcl", "relcl", "acl", "csubj", "parataxis", "pcomp", "csubjpass"}
LIFTED = {"conj", "appos", "compound", "flat", "nmod"}  # relations through which a name takes its head's role
NEGATORS = set(
    """
    no not n't n’t never neither nor none nobody nothing without hardly barely cannot nt lack fail refuse deny
""".split()
)
OPENING, CLOSING = ('"', "“", "«", "``"), ('"', "”", "»", "''")
IMPLIES = 0.3  # connotation of a verb (-1 to 1) from which it implies a side; the tone model was trained with it
FLIP = -0.6  # a negated word counts this much of its valence (VADER uses -0.74 on its own scale)
LINKING = {"be", "become", "remain", "seem", "appear", "look", "stay", "prove", "sound", "turn"}
STANCES = set(
    """
    praise criticism condemnation admiration contempt attack accusation respect endorsement rebuke denunciation
    tribute outrage anger gratitude thanks hatred
""".split()
)
VIEWS = ["sentence", "clause", "left", "right", "near", "modifiers", "governor", "arguments", "path", "quoted"]


@lru_cache(maxsize=1)
def lexicons() -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
    """Valence per word (-4 to 4) and (agent, patient) connotation per verb (-1 to 1)."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    own = json.loads((files("framing") / "data" / "models" / "tone" / "connotations.json").read_text("utf-8"))
    valence = {word: float(value) for word, value in SentimentIntensityAnalyzer().lexicon.items()}
    for value, words in own["words"].items():
        valence.update(dict.fromkeys(words.split(), float(value)))
    seen: dict[str, list[tuple[float, float]]] = {}
    for group in own["verbs"].values():
        for word in group["words"].split():
            seen.setdefault(word, []).append((group["agent"], group["patient"]))
    verbs = {
        word: (sum(a for a, _ in values) / len(values), sum(p for _, p in values) / len(values))
        for word, values in seen.items()
    }
    return valence, verbs


@lru_cache(maxsize=1)
def stance_verbs() -> frozenset[str]:
    """Verbs that tell of praise or blame by somebody."""
    own = json.loads((files("framing") / "data" / "models" / "tone" / "connotations.json").read_text("utf-8"))["verbs"]
    words = {word for group in ("blame", "praise") for word in own[group]["words"].split()}
    words |= {"assure", "reassure", "pledge", "vow"}
    return frozenset(words - {"welcome", "embrace", "toast", "target", "tear", "challenge", "question"})  # acts


def connotation(lemma: str) -> tuple[float, float]:
    """What a verb implies about who does it and to whom it is done, each -1 to 1; zeros when unknown."""
    return lexicons()[1].get(lemma, (0.0, 0.0))


class SentenceReading:
    """One sentence prepared for scoring, shared by all its targets."""

    def __init__(self, span: Span, common: frozenset[str] = frozenset(), hidden: Iterable[tuple[int, int]] = ()):
        """`hidden` are stretches of the document whose words are kept from the model, as names are."""
        self.tokens: list[Token] = [token for token in span if not token.is_space]
        place = {token.i: number for number, token in enumerate(self.tokens)}
        self.heads = [place.get(token.head.i, -1) if token.head.i != token.i else -1 for token in self.tokens]
        self.children: list[list[int]] = [[] for _ in self.tokens]
        for number, head in enumerate(self.heads):
            if head >= 0:
                self.children[head].append(number)
        self.deps = [token.dep_ for token in self.tokens]
        self.pos = [token.pos_ for token in self.tokens]
        self.lower = [token.lower_ for token in self.tokens]
        hidden = list(hidden)
        self.is_name = [_is_name(token, common) or any(a <= token.idx < b for a, b in hidden) for token in self.tokens]
        self.words = [
            "<name>" if name else "<number>" if token.like_num else token.lemma_.lower()
            for token, name in zip(self.tokens, self.is_name, strict=True)
        ]
        self.negated = self._negated()
        self.valence = self._valence()
        self.quote = self._quotes()
        self.vectors: np.ndarray | None = None  # filled in when first asked for

    def _negated(self) -> list[bool]:
        """Whether a negation bears on the word: on itself, its verb, or one to three words before it."""
        negating = [word in NEGATORS or lower in NEGATORS for word, lower in zip(self.words, self.lower, strict=True)]
        result = [False] * len(self.tokens)
        for number, negates in enumerate(negating):
            if not negates:
                continue
            for after in range(number + 1, min(number + 4, len(self.tokens))):
                if self.pos[after] == "PUNCT":
                    break
                result[after] = True
            head = self.heads[number]
            if self.deps[number] == "neg" and head >= 0:
                result[head] = True
                for child in self.children[head]:
                    if self.deps[child] in ("acomp", "attr", "dobj", "xcomp", "advmod") and child > number:
                        result[child] = True
        return result

    def _valence(self) -> list[float]:
        lexicon, _ = lexicons()
        result = []
        for lower, lemma, name, negated in zip(self.lower, self.words, self.is_name, self.negated, strict=True):
            value = 0.0 if name else lexicon.get(lower, lexicon.get(lemma, 0.0))
            result.append(value * FLIP if negated else value)
        return result

    def _quotes(self) -> list[int]:
        """0 outside quotation marks, else the number of the quoted stretch (from 1)."""
        result = [0] * len(self.tokens)
        opened = 0
        for index, token in enumerate(self.tokens):
            mark = token.text[:1]
            if mark in OPENING and not (mark == '"' and opened):
                opened = max(result) + 1
            elif mark in CLOSING:
                opened = 0
            else:
                result[index] = opened
        return result


def _is_name(token: Token, common: frozenset[str]) -> bool:
    if token.pos_ != "PROPN" and not (token.ent_type_ == "PERSON" and token.text[:1].isupper()):
        return False
    return (token.ent_type_ == "PERSON" and token.pos_ == "PROPN") or token.lower_ not in common


class Seen(NamedTuple):
    """What is seen of one target: word features, numbers, and the words of each view by index."""

    names: list[str]
    numbers: list[float]
    views: dict[str, list[int]]
    distance: list[int]
    role: str
    inside: list[bool]
    head: int
    verb: int  # -1: none above the target


Pair = tuple[SentenceReading, Seen]  # a sentence and one target in it


def see(reading: SentenceReading, start: int, end: int) -> Seen:
    """Features of the target whose characters are ``start`` to ``end`` of the document."""
    inside = [token.idx < end and token.idx + len(token) > start for token in reading.tokens]
    target = [number for number, flag in enumerate(inside) if flag]
    if not target:
        raise ValueError(f"No word of the sentence lies between characters {start} and {end}.")
    own = {reading.lower[n] for n in target if reading.is_name[n]}
    inside = [flag or (reading.is_name[n] and reading.lower[n] in own) for n, flag in enumerate(inside)]
    words = ["<target>" if flag else word for flag, word in zip(inside, reading.words, strict=True)]
    head = next((n for n in target if reading.heads[n] not in target), target[-1])
    role, verb, path = _role(reading, head, words)
    views = _views(reading, target, head, verb, path, inside)
    names = _names(reading, words, target, head, role, verb, path, views)
    numbers = _numbers(reading, role, verb, head, views)
    return Seen(names, numbers, views, _distances(reading, head), role, inside, head, verb)


def _role(reading: SentenceReading, head: int, words: list[str]) -> tuple[str, int, list[int]]:
    """The target's role under its verb ("nsubj", "prep_against", "poss>nsubj"), that verb, and the way there."""
    labels: list[str] = []
    path: list[int] = []
    at = head
    while reading.heads[at] >= 0 and len(path) < 8:
        dep = reading.deps[at]
        if dep == "pobj" or dep == "pcomp":
            pass
        elif dep in ("prep", "agent", "dative"):
            labels.append(f"{dep}_{words[at]}")
        elif dep not in LIFTED:
            labels.append(dep)
        at = reading.heads[at]
        path.append(at)
        if reading.pos[at] in VERBAL and not (labels and labels[-1] in ("aux", "auxpass")):
            return ">".join(labels[:3]) or "conj", at, path
    return ">".join(labels[:3]) + ">ROOT" if labels else "ROOT", -1, path


def simple_role(role: str) -> str:
    """The role in one of seven words."""
    last = role.split(">")[-1]
    if role == "nsubj":
        return "subject"
    if role in ("nsubjpass", "dobj", "agent_by", "poss"):
        return {"nsubjpass": "passive", "dobj": "object", "agent_by": "agent", "poss": "owner"}[role]
    if role.startswith("poss>"):
        return "owner"
    return "prep" if last.startswith("prep") or "prep_" in role else "other"


def subtree(reading: SentenceReading, top: int, keep: set[int] | None = None) -> list[int]:
    """Indexes under `top`; nested clauses are cut unless they hold a member of `keep`."""
    found, waiting = [], [top]
    while waiting:
        at = waiting.pop()
        found.append(at)
        for child in reading.children[at]:
            if keep is None or reading.deps[child] not in CLAUSES or child in keep:
                waiting.append(child)
    return sorted(found)


def _views(
    reading: SentenceReading, target: list[int], head: int, verb: int, path: list[int], inside: list[bool]
) -> dict[str, list[int]]:
    first, last = target[0], target[-1]
    every = list(range(len(reading.tokens)))
    chain = {head, *path}
    top = verb if verb >= 0 else (path[-1] if path else head)
    clause = subtree(reading, top, chain)
    modifiers = [n for n in subtree(reading, head) if n not in target]
    if reading.deps[head] in ("poss", "compound", "pobj", "nmod") and reading.heads[head] >= 0:
        owner = reading.heads[head]
        modifiers += [n for n in [owner, *reading.children[owner]] if n not in target]
    governor = [path[0]] if path else []
    arguments = []
    if verb >= 0:
        governor = [verb]
        governor += [n for n in reading.children[verb] if reading.deps[n] in ("neg", "prt", "aux", "advmod")]
        for n in reading.children[verb]:
            if reading.deps[n] in ("dobj", "nsubj", "nsubjpass", "attr", "acomp", "oprd", "prep", "xcomp", "agent"):
                if n in chain:
                    continue
                arguments.append(n)
                arguments += [c for c in subtree(reading, n) if abs(c - n) <= 6 and c != n]
    mark = reading.quote[head]
    quoted = (
        [n for n in every if reading.quote[n] and reading.quote[n] == mark]
        if mark
        else [n for n in every if reading.quote[n]]
    )
    near = [n for n in every if first - 6 <= n <= last + 6]
    views = {
        "sentence": every,
        "clause": clause,
        "left": [n for n in every if n < first],
        "right": [n for n in every if n > last],
        "near": near,
        "modifiers": sorted(set(modifiers)),
        "governor": sorted(set(governor)),
        "arguments": sorted(set(arguments)),
        "path": path,
        "quoted": quoted,
    }
    return {name: [n for n in found if not inside[n]] for name, found in views.items()}


def _content(reading: SentenceReading, n: int) -> bool:
    return reading.pos[n] not in ("PUNCT", "SPACE", "DET", "SYM")


def _names(
    reading: SentenceReading,
    words: list[str],
    target: list[int],
    head: int,
    role: str,
    verb: int,
    path: list[int],
    views: dict[str, list[int]],
) -> list[str]:
    """Word features: a bag of the sentence, and words by where they stand toward the target."""
    bag = [words[n] for n in range(len(words)) if reading.pos[n] != "PUNCT"]
    names = [f"w={word}" for word in bag] + [f"w={a} {b}" for a, b in pairwise(bag)]
    names += [f"neg={words[n]}" for n in range(len(words)) if reading.negated[n] and _content(reading, n)]
    first, last = target[0], target[-1]
    padded = ["<s>", "<s>", "<s>", *words, "</s>", "</s>", "</s>"]
    for step in (1, 2, 3):
        names += [f"L{step}={padded[first + 3 - step]}", f"R{step}={padded[last + 3 + step]}"]
    names += [f"L12={padded[first + 1]} {padded[first + 2]}", f"R12={padded[last + 4]} {padded[last + 5]}"]
    names += [f"l={words[n]}" for n in range(max(first - 6, 0), first) if _content(reading, n)]
    names += [f"r={words[n]}" for n in range(last + 1, min(last + 7, len(words))) if _content(reading, n)]
    names += [f"c={'!' if reading.negated[n] else ''}{words[n]}" for n in views["clause"] if _content(reading, n)]
    names += [f"role={role}", f"role1={simple_role(role)}", f"dep={reading.deps[head]}"]
    _, verbs = lexicons()
    simple = simple_role(role)
    if verb >= 0:
        word = words[verb] + ("!" if reading.negated[verb] else "")
        names += [f"v={word}", f"{role}|v={word}", f"{simple}|v={word}"]
        names += [
            f"{simple}|{reading.deps[n]}={words[n]}"
            for n in reading.children[verb]
            if reading.deps[n]
            in (
                "dobj",
                "attr",
                "acomp",
                "prt",
                "neg",
                "advmod",
                "xcomp",
                "oprd",
                "agent",
                "nsubj",
                "prep",
                "ccomp",
                "advcl",
                "nsubjpass",
            )
        ]
        if words[verb] in verbs and simple in ("subject", "agent", "passive", "object"):
            side = verbs[words[verb]][0 if simple in ("subject", "agent") else 1]
            names.append(f"implies={'+' if side > IMPLIES else '-' if side < -IMPLIES else '0'}{reading.negated[verb]}")
        names += [f"{simple}|a={words[n]}" for n in views["arguments"] if _content(reading, n)]
        up = verb
        steps: list[str] = []
        while reading.heads[up] >= 0 and len(steps) < 3:
            steps.append(reading.deps[up])
            up = reading.heads[up]
            if reading.pos[up] in VERBAL:
                names += [f"up={words[up]}", f"{'>'.join(steps)}|up={words[up]}"]
        for n in reading.children[verb]:
            if reading.deps[n] in ("xcomp", "ccomp", "conj", "advcl"):
                names.append(f"{simple}|{reading.deps[n]}|down={words[n]}")
    else:
        names += [f"top={words[path[-1]] if path else '<target>'}"]
    names += [f"m={words[n]}" for n in views["modifiers"] if _content(reading, n)]
    names += [f"{reading.deps[n]}<{words[n]}" for n in reading.children[head] if n not in target]
    if path and path[0] != verb:
        names += [f"{reading.deps[head]}>{words[path[0]]}"]
    names += [f"p={words[n]}" for n in path]
    inside_quote = "in" if reading.quote[head] else "out"
    names += [f"q={inside_quote}", f"q1={inside_quote}{simple}"]
    names += [f"q{inside_quote}={words[n]}" for n in views["quoted"] if _content(reading, n)]
    return names


def _numbers(reading: SentenceReading, role: str, verb: int, head: int, views: dict[str, list[int]]) -> list[float]:
    """Praise and blame per view from the word lists, what the verb implies of the target, and the role."""
    numbers: list[float] = []
    for name in VIEWS:
        values = [reading.valence[n] for n in views[name]]
        good, bad = sum(v for v in values if v > 0), -sum(v for v in values if v < 0)
        numbers += [good / (good + 3), bad / (bad + 3), (good - bad) / ((good - bad) ** 2 + 15) ** 0.5]
    outside = [reading.valence[n] for n in views["sentence"] if not reading.quote[n]]
    numbers.append(sum(outside) / (sum(outside) ** 2 + 15) ** 0.5)
    near = sum(reading.valence[n] / (1 + abs(n - head) / 3) for n in views["sentence"])
    numbers.append(near / (near**2 + 4) ** 0.5)
    _, verbs = lexicons()
    simple = simple_role(role)
    agent, patient = verbs.get(reading.words[verb], (0.0, 0.0)) if verb >= 0 else (0.0, 0.0)
    sign = FLIP if verb >= 0 and reading.negated[verb] else 1.0
    mine = agent if simple in ("subject", "agent") else patient if simple in ("object", "passive") else 0.0
    numbers += [mine * sign, patient * sign if simple in ("prep", "owner") else 0.0]
    clause = sum(reading.valence[n] for n in views["clause"])
    clause /= (clause**2 + 15) ** 0.5
    sentence = numbers[2]
    for kind in ("subject", "object", "passive", "agent", "owner", "prep", "other"):
        here = float(simple == kind)
        numbers += [
            here,
            here * clause,
            here * sentence,
            here * numbers[3 * VIEWS.index("governor") + 2],
            here * numbers[3 * VIEWS.index("arguments") + 2],
        ]
    others = sum(agent for agent, _ in (verbs.get(w, (0.0, 0.0)) for w in reading.words))
    suffered = sum(patient for _, patient in (verbs.get(w, (0.0, 0.0)) for w in reading.words))
    numbers += [
        others / 4,
        suffered / 4,
        min(len(reading.tokens), 60) / 60,
        float(bool(reading.quote[head])),
        float(any(reading.quote)),
        head / max(len(reading.tokens), 1),
    ]
    return numbers


def predicated(reading: SentenceReading, seen: Seen) -> float:
    """What the target is said to be, by the word lists: "became a pariah" is below 0; -2 to 2, mostly 0."""
    if seen.verb < 0 or seen.role != "nsubj" or reading.words[seen.verb] not in LINKING:
        return 0.0
    said = [n for n in reading.children[seen.verb] if reading.deps[n] in ("attr", "acomp", "oprd")]
    said += [
        child for n in said for child in reading.children[n] if reading.deps[child] in ("amod", "compound", "conj")
    ]
    return min(max(sum(reading.valence[n] for n in said) / 2, -2.0), 2.0)


def attitude(reading: SentenceReading, seen: Seen) -> tuple[bool, int]:
    """Whether the words toward the target are somebody's praise or blame that the sentence tells of, and whose.

    "Critics attacked the mayor", "the mayor was praised by tenants", "his criticism of the mayor": the second
    value is the place of the holder's head word, or -1 when none is named.
    """
    governor = seen.views["path"][0] if seen.views["path"] else -1
    if (
        governor >= 0
        and reading.words[governor] in STANCES
        and reading.pos[governor] == "NOUN"
        and reading.deps[seen.head] != "poss"
    ):
        return True, next((n for n in reading.children[governor] if reading.deps[n] == "poss"), -1)
    for at in seen.views["path"][1:2]:
        if reading.words[at] in STANCES and reading.pos[at] == "NOUN" and reading.deps[seen.head] == "pobj":
            return True, next((n for n in reading.children[at] if reading.deps[n] == "poss"), -1)
    if seen.verb < 0 or reading.words[seen.verb] not in stance_verbs():
        return False, -1
    below = seen.role.split(">")[-1]
    if below in ("nsubj", "agent_by", "advmod", "advcl", "npadvmod", "csubj", "conj"):
        return False, -1
    wanted = ("agent",) if below == "nsubjpass" else ("nsubj", "nsubjpass")
    at = seen.verb
    for _ in range(3):  # "the minister met Kim and praised him": the subject of a joined verb is the first verb's
        for child in reading.children[at]:
            if reading.deps[child] in wanted:
                inner = [n for n in reading.children[child] if reading.deps[n] == "pobj"]
                return True, inner[0] if reading.deps[child] == "agent" and inner else child
        if reading.deps[at] not in ("conj", "advcl", "xcomp") or reading.heads[at] < 0:
            break
        at = reading.heads[at]
    return True, -1


def _distances(reading: SentenceReading, head: int) -> list[int]:
    """Steps in the tree from each word to the target, at most 9."""
    result = [9] * len(reading.tokens)
    result[head] = 0
    waiting = [head]
    while waiting:
        at = waiting.pop(0)
        around = [*reading.children[at], *([reading.heads[at]] if reading.heads[at] >= 0 else [])]
        for n in around:
            if result[n] > result[at] + 1:
                result[n] = result[at] + 1
                waiting.append(n)
    return result


def common_words(readings: list[list[str]], at_least: int = 2) -> frozenset[str]:
    """Words written in lower case at least so often: a capitalised one of these is not a name."""
    counts = Counter(word for words in readings for word in set(words) if word.islower())
    return frozenset(word for word, n in counts.items() if n >= at_least)
