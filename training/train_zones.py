"""Train the second opinion on page zones and write its weights to framing/data/models/zones.

    python training/train_zones.py --texts ../shared/bench/quotes/polnear/train/text [--pages 4500] [--check]

Pages are made by wrapping stories in furniture of invented sites (``training/zones/furniture_*.txt``), the rules
read them, and a network of 16 units learns from the signs of each line in doubt whether it is part of the story.
Stories are the invented ones in ``training/zones/stories.txt`` and the news texts of a folder (.txt, headline first;
the weights shipped used the training texts of PolNeAR). The bundled corpus is
never learned from. ``--check`` leaves out every third style and every second or third story, to measure on them.
About four minutes on one core.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import warnings
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.neural_network import MLPClassifier

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from page_maker import Piece, make_page  # noqa: E402

from framing.zones import classifier  # noqa: E402
from framing.zones.classifier import in_doubt  # noqa: E402
from framing.zones.lines import Line, paragraphs  # noqa: E402
from framing.zones.passages import by_rule  # noqa: E402

PLACES = {"^": "top", "_": "under", "=": "mid", "$": "end"}
ASIDE = ("headline", "standfirst", "subheading")  # neither body nor furniture: not learned from
LIMITS = {"out": 0.9, "back": 0.2, "lead": 0.9}  # chosen with --check
Story = list[Piece]
Style = dict[str, list[str]]


class Page(NamedTuple):
    lines: list[Line]
    truths: list[str]


# --- what there is to learn from


def read_styles() -> list[Style]:
    styles = []
    for path in sorted((ROOT / "training" / "zones").glob("furniture_*.txt")):
        for block in re.split(r"^== .*\n", path.read_text("utf-8"), flags=re.M)[1:]:
            style: Style = {place: [] for place in PLACES.values()}
            for line in block.splitlines():
                if line.strip():
                    style[PLACES[line[0]]].append("\n".join(part.strip() for part in line[2:].split("¶")))
            styles.append(style)
    return styles


def invented_stories() -> list[Story]:
    text = (ROOT / "training" / "zones" / "stories.txt").read_text("utf-8")
    return [
        [Piece("headline", lines[0][2:]), *(Piece("body", line) for line in lines[1:] if line.strip())]
        for block in re.split(r"^== .*\n", text, flags=re.M)[1:]
        if (lines := block.splitlines())
    ]


def given_stories(texts: Path | None) -> list[Story]:
    found = []
    for path in sorted(texts.glob("*.txt")) if texts else []:
        lines = [part.text for part in paragraphs(path.read_text("utf-8"))]
        if lines and lines[0][-1] not in ".," and len(lines[0].split()) < 20:
            found.append(lines)
    return [
        [Piece("headline", story[0]), *(Piece("body", line) for line in story[1:])]
        for story in found
        if len(story) >= 5
    ]


def teaser(story: Story, rng: random.Random) -> str:
    """Another story's headline and first sentence or two, as boxes have them."""
    body = next(piece.text for piece in story if piece.truth == "body")
    first = " ".join(re.split(r"(?<=[.!?])\s+(?=[A-Z])", body)[: rng.choice([1, 1, 2])])
    if rng.random() < 0.2:
        first = " ".join(first.split()[: rng.randint(12, 25)]) + "…"
    label = rng.choice(["", "", "Read more\n", "Related\n", "More from this section\n", "Also in the news\n"])
    return f"{label}{story[0].text}" + (f"\n{first}" if rng.random() < 0.8 else "")


def make_pages(stories: list[Story], styles: list[Style], n: int, seed: int, *, mixed: bool = True) -> list[Page]:
    """`n` pages read by rule: a story each (long ones cut), furniture of one style or of two, teasers of others."""
    pages = []
    for number in range(n):
        rng = random.Random(seed * 100_000 + number)
        style, story = dict(rng.choice(styles)), stories[number % len(stories)]
        if len(story) > 40:
            story = story[: rng.randint(12, 40)]
        if len(story) > 8 and rng.random() < 0.15:
            story = story[: rng.randint(5, 8)]
        if mixed and rng.random() < 0.5:
            other = rng.choice(styles)
            style["mid"] = style["mid"] + other["mid"]
            style["end"] = [block for block in style["end"] if rng.random() < 0.6] + [
                block for block in other["end"] if rng.random() < 0.5
            ]
            rng.shuffle(style["end"])
        if mixed and rng.random() < 0.35:
            box = teaser(rng.choice(stories), rng)
            style["mid"], style["end"] = [*style["mid"], box, box], [*style["end"], box]
        pages.append(read(*make_page(story, rng, [style])))
    return pages


def bare_pages(stories: list[Story]) -> list[Page]:
    """Stories without any furniture: most files are like this, and nothing may be lost from them."""
    pages = []
    for story in stories:
        text, spans = "", []
        for piece in story:
            spans.append((len(text), len(text) + len(piece.text), piece.truth))
            text += piece.text + "\n\n"
        pages.append(read(text, spans))
    return pages


def read(text: str, spans: list[tuple[int, int, str]]) -> Page:
    lines = paragraphs(text)
    by_rule(lines)
    return Page(lines, [next(truth for start, end, truth in reversed(spans) if start <= line.start) for line in lines])


# --- how a line sounds


def samples(stories: list[Story], styles: list[Style], seed: int = 1) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Sentences of furniture and of stories, 1 or 0, and the style or story each comes from."""
    furniture: dict[str, int] = {}
    for number, style in enumerate(styles):
        for block in (block for place in style.values() for block in place):
            for line in re.sub(r"^[BCP]>", "", block).split("\n"):
                if (cut := paragraphs(line)) and cut[0].n >= 3 and (cut[0].is_prose or cut[0].ends_sentence):
                    furniture.setdefault(line, number)
    told: dict[str, int] = {}
    for number, story in enumerate(stories):
        for piece in story:
            if piece.truth == "body" and len(piece.text.split()) <= 70:
                told.setdefault(piece.text, 1000 + number)
    rows = sorted(told.items())
    random.Random(seed).shuffle(rows)
    rows = [*furniture.items(), *rows[:6000]]
    return (
        [text for text, _ in rows],
        np.array([group < 1000 for _, group in rows]).astype(int),
        np.array([group for _, group in rows]),
    )


def plain(text: str) -> list[str]:
    return classifier.plain_words(classifier.bare_words(Line(0, len(text), text, False)))


def phrase_list(texts: list[str], labels: np.ndarray, groups: np.ndarray) -> list[str]:
    """Words and pairs that furniture of at least three styles uses, or 40 sentences of stories."""
    styles, told = defaultdict(set), Counter()
    for text, label, group in zip(texts, labels, groups, strict=True):
        for phrase in classifier.phrases_of(plain(text)):
            if label:
                styles[phrase].add(group)
            else:
                told[phrase] += 1
    return sorted(phrase for phrase in set(styles) | set(told) if len(styles[phrase]) >= 3 or told[phrase] >= 40)


def phrase_matrix(texts: list[str], column: dict[str, int]) -> csr_matrix:
    cells = [
        (row, column[phrase])
        for row, text in enumerate(texts)
        for phrase in classifier.phrases_of(plain(text))
        if phrase in column
    ]
    counts = csr_matrix((np.ones(len(cells)), tuple(np.array(cells).T)), shape=(len(texts), len(column)))
    return hstack([counts, csr_matrix(np.array([classifier.mean_vector(plain(text)) for text in texts]))]).tocsr()


def learn_sound(stories: list[Story], styles: list[Style]) -> tuple[dict, dict[str, float]]:
    """The weights of words, and for each sentence learned from the score it gets when its style is left out."""
    texts, labels, groups = samples(stories, styles)
    phrases = phrase_list(texts, labels, groups)
    matrix = phrase_matrix(texts, {phrase: i for i, phrase in enumerate(phrases)})
    weight = np.where(labels == 1, 4, 1)
    unseen = np.zeros(len(texts))
    for known, held in GroupKFold(6).split(matrix, labels, groups):
        fitted = LogisticRegression(C=0.1, max_iter=400).fit(matrix[known], labels[known], weight[known])
        unseen[held] = fitted.decision_function(matrix[held])
    fitted = LogisticRegression(C=0.1, max_iter=400).fit(matrix, labels, weight)
    rounded = np.round(fitted.coef_[0], 3)
    part = {
        "intercept": round(float(fitted.intercept_[0]), 3),
        "vector": rounded[len(phrases) :].tolist(),
        "phrases": {phrase: w for phrase, w in zip(phrases, rounded.tolist(), strict=False) if abs(w) >= 0.02},
    }
    return part, {" ".join(text.split()): float(score) for text, score in zip(texts, unseen, strict=True)}


# --- the network


def table(pages: list[Page], sound: dict, unseen: dict[str, float]) -> tuple[list[dict], np.ndarray]:
    """Signs of every line in doubt, and 1 where it is no part of the story.

    A sentence that `sound` was learned from gets the score it had when its style was left out (`unseen`).
    """
    learned = sound["phrases"], np.array(sound["vector"]), sound["intercept"]
    rows, labels = [], []
    for page in pages:
        texts = [" ".join(line.text.split()) for line in page.lines]
        sounds = [
            unseen[text] if text in unseen else classifier.score(plain(line.text), *learned)
            for text, line in zip(texts, page.lines, strict=True)
        ]
        for line, truth, row in zip(page.lines, page.truths, classifier.signs(page.lines, sounds), strict=True):
            if in_doubt(line) and truth not in ASIDE:
                rows.append(row)
                labels.append(truth != "body")
    return rows, np.array(labels).astype(int)


def learn_network(rows: list[dict], labels: np.ndarray, strength: float, units: int) -> dict:
    names = sorted(rows[0])
    numbers = np.array([[row[name] for name in names] for row in rows])
    mean, scale = numbers.mean(0), numbers.std(0) + 1e-6
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        fitted = MLPClassifier((units,), alpha=strength, max_iter=60, random_state=0).fit(
            np.clip((numbers - mean) / scale, -6, 6), labels
        )
    (hidden, out), (bias, last) = fitted.coefs_, fitted.intercepts_
    numbers = {"mean": mean, "scale": scale, "hidden": hidden, "bias": bias, "out": out[:, 0]}
    return {
        "signs": names,
        "intercept": round(float(last[0]), 4),
        **{name: np.round(value, 4).tolist() for name, value in numbers.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--pages", type=int, default=4500)
    parser.add_argument("--strength", type=float, default=0.3)
    parser.add_argument("--units", type=int, default=16)
    parser.add_argument("--check", action="store_true", help="hold every third style and story back")
    parser.add_argument("--out", type=Path, default=ROOT / "framing" / "data" / "models" / "zones" / "weights.json")
    options = parser.parse_args()
    styles, invented, given = read_styles(), invented_stories(), given_stories(options.texts)
    random.Random(5).shuffle(given)
    if options.check:
        styles = [style for number, style in enumerate(styles) if number % 3 != 1]
        invented, given = invented[::2], [story for number, story in enumerate(given) if number % 3]
    sound, unseen = learn_sound(invented + given, styles)
    pages = make_pages(given + invented * max(1, len(given) // 50), styles, options.pages, 1) + bare_pages(
        invented * 6 + given[:100]
    )
    rows, labels = table(pages, sound, unseen)
    network = learn_network(rows, labels, options.strength, options.units)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(
        json.dumps({"limits": LIMITS, "sound": sound, "network": network}, ensure_ascii=False) + "\n", "utf-8"
    )
    print(
        f"{len(styles)} styles, {len(invented)} invented and {len(given)} given stories, {len(pages)} pages, "
        f"{len(rows)} lines in doubt, {labels.mean():.0%} of them no part of the story"
    )


if __name__ == "__main__":
    main()
