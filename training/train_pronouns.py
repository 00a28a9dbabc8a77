"""Fit the weights by which a pronoun finds whom it takes up.

    python training/train_pronouns.py --corpus ../shared/bench/quotes/polnear/train --out framing/data/models/pronouns

``taught/pronouns.csv`` says of pronouns in PolNeAR's training part where whoever they mean is named (`pronoun` and
`meant` are offsets; `source` tells a pronoun that is the source of a quotation). Of everybody whom `framing` finds that
the pronoun may mean, the right one is to have the highest sum of weighted features: a conditional logit, whose chances
are the certainty in the tables. The features of a pronoun rest on what earlier ones were taken for: it is fitted twice.
A minute of one core.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import minimize

import framing
from framing.entities import pronouns, resolution
from framing.entities.mentions import Cast
from framing.language import parse
from framing.precision import rounded
from framing.quotes import finding as quotations

TAUGHT = Path(__file__).parent / "taught" / "pronouns.csv"
KEPT = 0.5  # how strongly weights are kept near zero
ROUNDS = 2
Example = tuple[np.ndarray, int, bool]  # features by candidate, the right one, is it a source


def examples(articles: pd.DataFrame, sheet: pd.DataFrame) -> list[Example]:
    """The candidates of every taught pronoun, as the weights of the day see them."""
    seen: dict[tuple[str, int, bool], dict[str, Any]] = {}
    ask, add = pronouns.candidates, pronouns.add_pronouns
    alone = [True]

    def noted(cast: Cast, start: int, *rest: Any) -> dict[str, Any]:
        seen[cast.text, start, not alone[0]] = found = ask(cast, start, *rest)
        return found

    def added(cast: Cast) -> None:
        alone[0] = True
        add(cast)
        alone[0] = False

    pronouns.candidates, resolution.add_pronouns = noted, added
    try:
        resolution._recent.clear()
        quotations._recent.clear()
        framing.find_quotes(articles)
        casts = {row.article_id: resolution.cast_of(row, doc) for row, doc in parse(articles)}
    finally:
        pronouns.candidates, resolution.add_pronouns = ask, add
    found = []
    for row in sheet.itertuples():
        cast = casts[row.article]
        meant = {m.entity for m in cast.near(row.meant, row.meant + 1) if m.how != "pronoun"}
        told = seen.get((cast.text, row.pronoun, bool(row.source)), {})
        right = [place for place, name in enumerate(told) if name in meant]
        if len(right) == 1:
            found.append((np.array([features for features, _ in told.values()]), right[0], bool(row.source)))
    return found


def fitted(data: list[Example]) -> np.ndarray:
    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = KEPT / 2 * float(weights @ weights), KEPT * weights
        for features, right, _ in data:
            scores = features @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            total -= float(np.log(chances[right]))
            slope = slope - features[right] + chances @ features
        return total, slope

    return minimize(loss, np.zeros(len(pronouns.FEATURES)), jac=True, method="L-BFGS-B").x


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, help="PolNeAR's training part, with text/")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    sheet = pd.read_csv(TAUGHT)
    texts = {name: options.corpus / "text" / f"{name}.txt" for name in sheet["article"].unique()}
    rows = [
        {"article_id": name, "outlet": name.split("_")[0], "text": path.read_bytes().decode()}
        for name, path in texts.items()
    ]
    articles = framing.read_articles(pd.DataFrame(rows), clean=False)
    path = options.out / "weights.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_text(json.dumps({"weights": {name: float(name == "salience") for name in pronouns.FEATURES}}))
    for _ in range(ROUNDS):
        pronouns.weights.cache_clear()
        data = examples(articles, sheet)
        weights = fitted(data)
        told = {name: float(rounded(weight)) for name, weight in zip(pronouns.FEATURES, weights, strict=True)}
        path.write_text(json.dumps({"weights": told}, indent=1) + "\n")
    right = np.mean([np.argmax(features @ weights) == place for features, place, _ in data])
    print(f"{len(sheet)} pronouns, {len(data)} with the one meant among the candidates; right of these {right:.3f}")


if __name__ == "__main__":
    main()
