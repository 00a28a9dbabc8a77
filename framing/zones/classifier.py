"""A second opinion on lines that rules alone leave in doubt: a small network reads all their signs together."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from math import log
from typing import Any

import numpy as np

from framing.precision import on_one_thread, rounded
from framing.text.lexicon import SIZE, word_vector
from framing.zones import lines as say
from framing.zones.lines import FUNCTION_WORDS, WORD, Line
from framing.zones.other_stories import GOES_ON, names

# What speaks for and against a line being part of the story: one row of numbers per line.
#
# Four kinds of sign: how the line is worded, how close its words and its subject are to the rest of the story,
# where it stands, and what its neighbours are. The story is what the rules took for body, without the line itself
# and the two lines on each side, so that a box of several sentences cannot vouch for itself.

STORY = ("lead", "body")
OUTSIDE = ("furniture", "other_story")
MARKED = frozenset(["box", "short", "stamp", "junk", "link", "site", "twice", "duration"])  # sure by their wording
BESIDE = 2  # lines on each side that do not count as story
TOLD = frozenset("was were had said told did asked added went came took made saw gave left found".split(" "))
SAYS = frozenset(
    "said says told added asked warned noted announced declared according wrote argued insisted "
    "claimed explained".split(" ")
)
PRESENT = frozenset(
    "is are has have will can may runs run looks look explains reports covers tells shows see "
    "returns appears brings asks answers".split(" ")
)
LABEL = re.compile(r"[^:.!?]{2,45}:\s")


def signs(lines: list[Line], sounds: list[float] | None = None) -> list[dict[str, float]]:
    """One row of named numbers per line of a page whose zones the rules have set.

    `sounds` are the lines' scores from `sound`, where they are known already.
    """
    words = [bare_words(line) for line in lines]
    lower = [[word.lower() for word in row] for row in words]
    told = [line.zone in STORY and line.is_prose for line in lines]
    near = _nearness(lines, told)
    if sounds is None:
        sounds = [sound(plain_words(row)) for row in words]
    spoken = [min(sum(word in say.ADDRESS for word in row), 3) for row in lower]
    prose = [i for i, is_told in enumerate(told) if is_told] or [0]
    page = {
        "page_topic": float(np.median([near[i]["topic"] for i in prose])),
        "page_kin": float(np.median([near[i]["kin"] for i in prose])),
        "page_personal": sum(spoken[i] > 0 for i in prose) / len(prose),
        "page_marked": sum(bool(line.tags & MARKED) for line in lines) / len(lines),
        "page_out": sum(line.zone in OUTSIDE for line in lines) / len(lines),
        "page_sound": float(np.median([sounds[i] for i, line in enumerate(lines) if line.zone in STORY] or [0])),
    }
    spread = float(np.std([near[i]["topic"] for i in prose])) + 0.03
    usual = log(1 + float(np.median([lines[i].n for i in prose])))
    rows = []
    for i, line in enumerate(lines):
        row = {
            **_wording(line, lower[i]),
            **near[i],
            **page,
            "addresses": spoken[i],
            "addresses_here": spoken[i] * (1 - page["page_personal"]),
            "length_here": log(max(line.n, 1)) - usual,
            "topic_here": near[i]["topic"] - page["page_topic"],
            "kin_here": near[i]["kin"] - page["page_kin"],
            "topic_score": (near[i]["topic"] - page["page_topic"]) / spread,
            "sound": sounds[i],
            "sound_here": sounds[i] - page["page_sound"],
        }
        rows.append({name: float(value) for name, value in row.items()})
    _places(lines, told, rows)
    _neighbours(lines, rows, page["page_topic"])
    return rows


def _wording(line: Line, words: list[str]) -> dict[str, float]:
    n = max(line.n, 1)
    text = line.text
    key = " ".join(words)
    site, strong = (say.count_phrases(key, say.SITE), say.count_phrases(key, say.SITE_STRONG)) if words else (0, 0)
    tokens = text[:2000].split()
    lettered = [token for token in tokens if token[0].isalpha()]
    verbs = [word in TOLD or word in PRESENT or word in SAYS or word.endswith("ed") for word in words]
    return {
        "length": log(n),
        "long": n > 40,
        "short": n <= 8,
        "bullet": line.is_bullet,
        "ends_sentence": line.ends_sentence,
        "prose": line.is_prose,
        "trails_off": line.trails_off,
        "question": line.bare_end.endswith("?"),
        "exclamation": line.bare_end.endswith("!"),
        "colon": line.bare_end.endswith(":"),
        "label": LABEL.match(text) is not None,
        "quotation": bool(re.search('[“”"]', text)),
        "opens_quotation": text[0] in '"“‘«',
        "told": sum(word in TOLD for word in words) / n * 10,
        "says": any(word in SAYS for word in words),
        "past": sum(word.endswith("ed") for word in words) / n * 10,
        "present": sum(word in PRESENT for word in words) / n * 10,
        "no_verb": not any(verbs),
        "our": any(word in ("our", "us", "we") for word in words),
        "you": any(word.startswith("you") for word in words),
        "me": any(word in ("i", "me", "my") for word in words),
        "request": bool(words) and words[0] in say.REQUESTS,
        "goes_on": bool(words) and words[0] in GOES_ON,
        "site": min(site, 3),
        "site_strong": min(strong, 2),
        "site_share": (site + 2 * strong) / n * 10,
        "title_case": sum(token[0].isupper() for token in lettered) / max(len(lettered), 1),
        "capitals": any(token.isupper() and len(token) > 3 for token in lettered),
        "numbers": sum(token[0].isdigit() for token in tokens) / n * 10,
        "function_words": line.function_share,
        "money": bool(re.search("[£$€©]", text)),
        "begins_small": text[0].islower(),
    }


def _nearness(lines: list[Line], told: list[bool]) -> list[dict[str, float]]:
    """How close each line is to the story around it: shared words, known names, and subject as word vectors."""
    called = [set(names([line])) if line.n <= 400 else set() for line in lines]
    vectors = [mean_vector([word for word in line.words[:200] if word.lower() not in FUNCTION_WORDS]) for line in lines]
    words: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for line, name, is_told in zip(lines, called, told, strict=True):
        if is_told:
            words.update(line.content)
            known.update(name)
    total = sum((vector for vector, is_told in zip(vectors, told, strict=True) if is_told), np.zeros_like(vectors[0]))
    tops = {i for i, line in enumerate(lines) if line.zone in ("headline", "lead")}
    top_words = set().union(*(lines[i].content for i in tops))
    rows = []
    for i, line in enumerate(lines):
        beside = [j for j in range(max(i - BESIDE, 0), min(i + BESIDE + 1, len(lines))) if told[j]]
        own, own_names, rest = Counter[str](), Counter[str](), total.copy()
        for j in beside:
            own.update(lines[j].content & line.content)
            own_names.update(called[j] & called[i])
            rest -= vectors[j]
        counts = [words[word] - own[word] for word in line.content]
        heard = sum(known[name] > own_names[name] or words[name] > own[name] for name in called[i])
        size = log(2 + sum(told) - len(beside))
        kin = sum(count > 0 for count in counts) / (len(counts) + 1)
        rows.append(
            {
                "kin": kin,
                "kin_often": sum(count > 1 for count in counts) / (len(counts) + 1),
                "no_kin": not any(count > 0 for count in counts),
                "shared": sum(count > 0 for count in counts),
                "kin_by_size": kin * size,
                "size": size,
                "kin_top": len(line.content & top_words) / (len(counts) + 1) if i not in tops else 0.3,
                "names_known": min(heard, 4),
                "names_new": min(len(called[i]) - heard, 4),
                "names_share": (heard + 0.5) / (len(called[i]) + 1),
                "no_names": not called[i],
                "topic": _cosine(vectors[i], rest),
            }
        )
    for i, (line, row) in enumerate(zip(lines, rows, strict=True)):
        before, after = _prose_beside(lines, i)
        head = lines[i - 1] if i and not lines[i - 1].is_prose else None
        row |= {
            "like_before": 0.3 if before is None else _cosine(vectors[i], vectors[before]),
            "like_after": 0.3 if after is None else _cosine(vectors[i], vectors[after]),
            "like_head": _cosine(vectors[i], vectors[i - 1]) if head else 0.0,
            "kin_head": len(line.content & head.content) / (len(line.content) + 1) if head else 0.0,
        }
    return rows


def _prose_beside(lines: list[Line], i: int) -> tuple[int | None, int | None]:
    """The nearest lines of prose before and after line `i`, at most eight lines away."""
    return (
        next((j for j in range(i - 1, max(i - 9, -1), -1) if lines[j].is_prose), None),
        next((j for j in range(i + 1, min(i + 9, len(lines))) if lines[j].is_prose), None),
    )


def _places(lines: list[Line], told: list[bool], rows: list[dict[str, float]]) -> None:
    """Where each line stands: how far into the story, after what, and how it is set off by blank lines."""
    lead = next((i for i, line in enumerate(lines) if line.zone == "lead"), 0)
    last = max((i for i, is_told in enumerate(told) if is_told), default=0)
    airy = sum(line.after_blank for line in lines[1:]) / max(len(lines) - 1, 1)
    credited = False
    for i, (line, row) in enumerate(zip(lines, rows, strict=True)):
        credited = credited or line.zone == "credit"
        below = lines[i + 1] if i + 1 < len(lines) else None
        above = lines[i - 1] if i else None
        row |= {
            "from_end": min(max(last - i, 0), 6),
            "at_end": i >= last,
            "from_lead": min(max(i - lead, 0), 6),
            "progress": min((i - lead) / max(last - lead, 1), 3.0),
            "after_credit": credited,
            "title_above": above is not None and not above.is_prose and above.n >= 5 and not above.ends_sentence,
            "short_below": below is not None and not below.is_prose,
            "tight_above": airy * (not line.after_blank),
            "tight_below": airy * (below is not None and not below.after_blank),
            "set_apart": (1 - airy) * line.after_blank,
        }


def _neighbours(lines: list[Line], rows: list[dict[str, float]], usual: float) -> None:
    """What the lines before and after are by rule, how they sound, and how near the story they are."""
    outside = [float(line.zone in OUTSIDE) for line in lines]
    marked = [float(bool(line.tags & MARKED)) for line in lines]

    def at(values: list[float], i: int | None, default: float) -> float:
        return values[i] if i is not None and 0 <= i < len(values) else default

    sounds, topics = [row["sound"] for row in rows], [row["topic"] - usual for row in rows]
    for i, row in enumerate(rows):
        before, after = _prose_beside(lines, i)
        around = outside[max(i - 4, 0) : i + 5]
        head = i > 0 and not lines[i - 1].is_prose
        row |= {
            "out_by_rule": outside[i],
            "aside": "aside" in lines[i].tags,
            "out_before": at(outside, i - 1, 1),
            "out_before_2": at(outside, i - 2, 1),
            "out_after": at(outside, i + 1, 1),
            "out_after_2": at(outside, i + 2, 1),
            "out_both": at(outside, i - 1, 1) * at(outside, i + 1, 1),
            "out_around": sum(around) / len(around),
            "marked_before": at(marked, i - 1, 0),
            "marked_after": at(marked, i + 1, 0),
            "topic_head": topics[i - 1] if head else 0.0,
            "topic_line_before": at(topics, i - 1, 0),
            "topic_line_after": at(topics, i + 1, 0),
            "topic_before": at(topics, before, 0),
            "topic_after": at(topics, after, 0),
            "sound_line_before": at(sounds, i - 1, 3),
            "sound_line_after": at(sounds, i + 1, 3),
            "sound_before": at(sounds, before, 0),
            "sound_after": at(sounds, after, 0),
        }
    for row in rows:
        for name, value in row.items():
            row[name] = float(value)


def _cosine(first: np.ndarray, second: np.ndarray) -> float:
    size = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float(rounded((first * second).sum() / size)) if size else 0.0


# How much a line sounds like a news site rather than like a story: its words alone, without place or topic.

QUOTED = re.compile(r"[\"“«][^\"”»]*[\"”»]?")  # what others say does not count
MOST = 80  # words of a line that make its vector
READ = 2000  # characters of a line that are read for its wording


@lru_cache(maxsize=1)
def weights() -> dict[str, Any]:
    """The learned numbers (``framing/data/models/zones/weights.json``; its card says what they were learned from)."""
    return json.loads((files("framing") / "data" / "models" / "zones" / "weights.json").read_text("utf-8"))


def bare_words(line: Line) -> list[str]:
    """Its words as written, without what stands between quotation marks."""
    return [word.replace("’", "'").replace("‘", "'") for word in WORD.findall(QUOTED.sub(" ", line.text[:READ]))]


def plain_words(words: list[str]) -> list[str]:
    """Words in lower case, names left out: capitals count as names, except at the start."""
    return [
        word.lower()
        for place, word in enumerate(words)
        if not (place and word[0].isupper() and word.lower() not in FUNCTION_WORDS)
    ]


def mean_vector(words: list[str]) -> np.ndarray:
    """The mean of the vectors of `words` (256 numbers); zeros where there are none."""
    vectors = [word_vector(word) for word in words[:MOST]]
    return np.mean(vectors, axis=0) if vectors else np.zeros(SIZE)


def phrases_of(words: list[str]) -> set[str]:
    """Single words and pairs of neighbours, as the model counts them."""
    return {*words, *(f"{first} {second}" for first, second in pairwise(words))}


def sound(words: list[str]) -> float:
    """Log-odds that a line of these words (from `plain_words`) is furniture: above 0 it sounds like a site."""
    return score(words, *_learned())


def score(words: list[str], phrases: dict[str, float], vector: np.ndarray, intercept: float) -> float:
    """The sum of the weights of the phrases that `words` hold, and of their mean vector's."""
    said = sum(phrases.get(phrase, 0.0) for phrase in sorted(phrases_of(words)))
    return float(rounded(intercept + said + float((mean_vector(words) * vector).sum())))


@lru_cache(maxsize=1)
def _learned() -> tuple[dict[str, float], np.ndarray, float]:
    part = weights()["sound"]
    return part["phrases"], np.asarray(part["vector"], np.float64), float(part["intercept"])


MOST_LINES = 3000  # longer pages are no news pages: the rules alone decide
FEWEST = 3  # paragraphs of story: with fewer there is nothing to compare with
LONGEST = 150  # words; longer paragraphs are left as the rules have them
SPOKEN = re.compile(r"[“\"«„][^”\"»]{12,}[”\"»“]")  # somebody is quoted: news oftener than furniture
SURE = 0.97  # that such a line is no part of the story


def in_doubt(line: Line) -> bool:
    """True for sentences the rules took for body, or for furniture only because of what stands around them."""
    if not 0 < line.n <= LONGEST or not (line.is_prose or line.ends_sentence):
        return False
    return line.zone in STORY or (line.zone == "furniture" and line.is_prose and not line.tags & MARKED)


@on_one_thread
def doubts(lines: list[Line]) -> list[float | None]:
    """How likely each line in doubt is no part of the story (0 to 1); None where there is no doubt."""
    asked = [in_doubt(line) for line in lines]
    if not any(asked) or len(lines) > MOST_LINES:
        return [None] * len(lines)
    names, (mean, scale, hidden, bias, out), last = _network()
    rows = signs(lines)
    numbers = np.array([[row[name] for name in names] for row, ask in zip(rows, asked, strict=True) if ask])
    numbers = np.clip((numbers - mean) / scale, -6, 6)
    odds = np.maximum(numbers @ hidden + bias, 0) @ out + last
    found = iter(rounded(1 / (1 + np.exp(-np.clip(odds, -30, 30)))).tolist())
    return [next(found) if ask else None for ask in asked]


def reconsider(lines: list[Line]) -> None:
    """Change the zones of lines of which the network is sure enough that the rules were wrong.

    What runs on from such a line (the items of a list) goes with it, and so does a heading above it. The lead
    passes to the next paragraph of the story. A page without one line that is furniture by its wording alone is
    taken to be a clean text, and left as it is.
    """
    if sum(line.zone in STORY for line in lines) < FEWEST or not any(line.tags & MARKED for line in lines):
        return
    limits = weights()["limits"]
    found = doubts(lines)
    taken = False
    for i, (line, doubt) in enumerate(zip(lines, found, strict=True)):
        limit = SURE if SPOKEN.search(line.text) else limits["out"]
        if line.zone == "body" and (taken if doubt is None else doubt > limit):
            if not taken and i and lines[i - 1].zone == "subheading":
                lines[i - 1].zone = "furniture"
            line.zone, taken = "furniture", True
            continue
        taken = False
        if line.zone == "furniture" and doubt is not None and doubt < limits["back"]:
            line.zone = "body"
    lead = next((i for i, line in enumerate(lines) if line.zone == "lead"), None)
    if lead is not None and (found[lead] or 0) > limits["lead"]:
        following = next((line for line in lines[lead + 1 :] if line.zone == "body"), None)
        if following is not None:
            lines[lead].zone, following.zone = "furniture", "lead"


@lru_cache(maxsize=1)
def _network() -> tuple[list[str], list[np.ndarray], float]:
    part = weights()["network"]
    return (
        part["signs"],
        [np.asarray(part[name], float) for name in ("mean", "scale", "hidden", "bias", "out")],
        float(part["intercept"]),
    )
