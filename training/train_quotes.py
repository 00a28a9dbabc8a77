"""Train the quote tagger and its linker and write their weights to framing/data/models/quotes.

    python training/train_quotes.py --corpus ../shared/bench/quotes/polnear/train \\
        --glove DIR --spacy-vectors DIR [--hold-out outlet,outlet] [--out DIR]

Needs torch besides the project (``pip install torch``; tagging does not). `quotes_corpus` says how a corpus is
laid out and where the word vectors come from. About 5 minutes on one free core once the articles are parsed, 3 with
``--bfloat16``. With ``--hold-out`` those outlets' articles are kept from training
and scored with ``--scorer`` (a file like ``score_quotes.py``).
"""

from __future__ import annotations

import argparse
import copy
import dataclasses
import importlib.util
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "training")]

import quotes_corpus as corpus  # noqa: E402
import quotes_network as network  # noqa: E402

from framing.quotes import finding as quotes, tagger  # noqa: E402
from framing.quotes.tagger import COLUMNS, WORDED  # noqa: E402

# Taken from the score of "no part of an attribution". On two outlets held out from training (240 articles) the words
# found have precision .90 and recall .87 without it, .88 and .88 with it; F1 is the same within .002 from 0 to .2.
BALANCE = 0.15
SWAPPED = 0.12  # share of contents whose side of the cue is given wrongly to the linker, as taggers do


def train_tagger(
    articles: list[dict[str, Any]],
    words: corpus.Vocabulary,
    *,
    epochs: int,
    seed: int,
    at_once: int = 4,
    rate: float = 2.5e-3,
    bfloat16: bool = False,
) -> network.Tagger:
    """The running mean of the weights over the last steps of a one-cycle run."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    net = network.Tagger(words.sizes, words.vectors, words.trained)
    mean = copy.deepcopy(net)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.01, betas=(0.9, 0.98))
    steps = epochs * -(-len(articles) // at_once)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, rate, total_steps=steps, pct_start=0.15, final_div_factor=100
    )
    step = 0
    for epoch in range(epochs):
        chance.shuffle(articles)
        losses = []
        for begin in range(0, len(articles), at_once):
            batch = network.batch_of(articles[begin : begin + at_once])
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bfloat16):
                scores = net(batch)
            loss = net.loss(scores.float(), batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            losses.append(loss.item())
            with torch.no_grad():
                for kept, new in zip(mean.parameters(), net.parameters(), strict=True):
                    kept.lerp_(new, 1 - min(0.995, (1 + step) / (10 + step)))
        print(f"epoch {epoch + 1} of {epochs}: loss {np.mean(losses):.4f}", flush=True)
    return mean.eval()


def pairs_of(
    article: corpus.Article, words: corpus.Vocabulary, chance: np.random.Generator
) -> list[tuple[np.ndarray, ...]]:
    """Anchors, right or wrong, numbers and codes of the pairs for the cue scorer and for the source scorer."""
    f = tagger.look_up(article.words, article.features, words.lookups)
    labels = corpus.labels_of(article)
    for begin in np.flatnonzero((labels % 2 == 1) & (labels < corpus.CUE)):
        if chance.random() < SWAPPED:
            end = begin + 1
            while end < len(labels) and labels[end] == labels[begin] + 1:
                end += 1
            labels[begin + 1 : end] = 2 * chance.integers(1, 4)
            labels[begin] = 2 * chance.integers(1, 4) - 1 if end == begin + 1 else labels[begin + 1] - 1
    spans = tagger.spans_of(labels)
    if not len(spans.role):
        return []
    gold = corpus.spans_of_attributions(article, spans)
    owners = [[g for g in gold if any(k in members for members in g.values())] for k in range(len(spans.role))]
    one, two = tagger.cue_pairs(spans)
    right = np.array(
        [
            any(
                b in g[tagger.CUE] or (spans.role[b] == tagger.CONTENT and not g[tagger.CUE] and b in g[tagger.CONTENT])
                for g in owners[a]
            )
            for a, b in zip(one, two, strict=True)
        ],
        dtype=float,
    )
    result = [(one, right, *tagger.pair_features(f, spans, one, two))]
    anchors = np.array(
        [
            k
            for k, role in enumerate(spans.role)
            if owners[k]
            and (role == tagger.CUE or (role == tagger.CONTENT and not any(g[tagger.CUE] for g in owners[k])))
        ],
        dtype=np.int64,
    )
    one, two = tagger.source_pairs(spans, anchors)
    right = np.array(
        [any(b in g[tagger.SOURCE] for g in owners[a]) for a, b in zip(one, two, strict=True)], dtype=float
    )
    return [*result, (one, right, *tagger.pair_features(f, spans, one, two))]


def train_scorer(
    groups: list[tuple[np.ndarray, ...]], sizes: list[int], *, seed: int, epochs: int = 6, at_once: int = 600
) -> network.Scorer:
    """One right candidate, or none, for each anchor: softmax over the candidates and a "none" of score 0."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    anchors, offset = [], 0
    for one, *_ in groups:
        numbers = np.unique(one, return_inverse=True)[1]
        anchors.append(numbers + offset)
        offset += int(numbers.max()) + 1
    anchor = np.concatenate(anchors)
    right, dense, codes = (torch.tensor(np.concatenate([g[k] for g in groups])) for k in (1, 2, 3))
    first = np.searchsorted(anchor, np.arange(offset + 1))
    net = network.Scorer(dense.shape[1], sizes)
    optimizer = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=0.01)
    parts = offset // at_once + 1
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=epochs * parts + 1)
    for _ in range(epochs):
        for chosen in np.array_split(chance.permutation(offset), parts):
            rows = np.concatenate([np.arange(first[k], first[k + 1]) for k in chosen])
            owner = torch.tensor(np.repeat(np.arange(len(chosen)), first[chosen + 1] - first[chosen]))
            odds = torch.exp(net(dense[rows], codes[rows]).clamp(-15, 15))
            total = torch.ones(len(chosen)).index_add(0, owner, odds)
            good = torch.zeros(len(chosen)).index_add(0, owner, odds * right[rows].float())
            loss = (torch.log(total) - torch.log(torch.where(good > 0, good, torch.ones_like(good)))).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return net.eval()


def save(net: network.Tagger, scorers: dict[str, network.Scorer], words: corpus.Vocabulary, folder: Path) -> None:
    """Weights as numbers: tables of words in 8 bits with a scale per row, all others in 16."""

    def half(value: Any) -> np.ndarray:
        return value.detach().numpy().astype(np.float16)

    def table(name: str, value: np.ndarray) -> dict[str, np.ndarray]:
        if len(value) <= 500:
            return {name: value.astype(np.float16)}
        scale = np.abs(value).max(1, keepdims=True) / 127 + 1e-8
        return {name: np.round(value / scale).astype(np.int8), f"{name}_scale": scale[:, 0].astype(np.float16)}

    vectors = net.words().detach().numpy()
    vectors[0] = 0
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / "words.npz", codes_word=words.codes[0], **table("table_word", vectors))
    arrays: dict[str, Any] = {}
    for number, name in enumerate(COLUMNS):
        if number:
            arrays |= table(f"table_{name}", net.tables[number].weight.detach().numpy())
        if 0 < number < len(WORDED):
            arrays[f"codes_{name}"] = words.codes[number]
    for number, block in enumerate(net.blocks):
        arrays |= {
            f"block_{number}_weight": half(block.lin.weight.T),
            f"block_{number}_bias": half(block.lin.bias),
            f"block_{number}_norm": np.stack([half(block.norm.weight), half(block.norm.bias)]),
        }
    bias = net.out.bias.detach().clone()
    bias[0] -= BALANCE
    arrays |= {
        "input_norm": np.stack([half(net.norm.weight), half(net.norm.bias)]),
        "context_weight": half(net.context.weight.T),
        "context_bias": half(net.context.bias),
        "context_norm": np.stack([half(net.context_norm.weight), half(net.context_norm.bias)]),
        "context_at": np.array(network.CONTEXT_AT),
        "reach": np.array(network.REACHES),
        "out_weight": half(net.out.weight.T),
        "out_bias": half(bias),
        "transitions": net.moves.detach().numpy(),
        "first": net.first.detach().numpy(),
        "last": net.last.detach().numpy(),
    }
    np.savez_compressed(folder / "tagger.npz", **arrays)
    np.savez_compressed(
        folder / "linker.npz",
        **{
            f"{name}_{key}": half(value)
            for name, scorer in scorers.items()
            for key, value in scorer.state_dict().items()
        },
    )


def score(articles: list[corpus.Article], folder: Path, scorer_path: Path) -> None:
    """Print the scorer's table for articles kept from training, read with the weights in `folder`."""
    spec = importlib.util.spec_from_file_location("scorer", scorer_path)
    scorer = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    spec.loader.exec_module(scorer)  # type: ignore[union-attr]
    model = tagger.load_from(folder)
    counts = []
    table = corpus.as_table([(article.name, article.text) for article in articles])
    for article, (_, doc) in zip(articles, corpus.language.parse(table), strict=True):
        lines = [(hit.start(), hit.end()) for hit in corpus.LINE.finditer(article.text)]
        found = quotes.by_tagger(doc, lines, model=model)
        counts.append(scorer.count_article(article.text, article.gold, [dataclasses.asdict(a) for a in found]))
    scorer.print_table(scorer.summary(counts, 0))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--glove", type=Path, required=True)
    parser.add_argument("--spacy-vectors", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=ROOT / "framing" / "data" / "models" / "quotes")
    parser.add_argument("--hold-out", default="", help="outlets to score on, separated by commas")
    parser.add_argument("--scorer", type=Path, help="a file like score_quotes.py, for --hold-out")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--bfloat16", action="store_true", help="half the time where the processor has it")
    parser.add_argument("--first", type=int, help="only so many articles, to try the script")
    options = parser.parse_args()
    torch.set_num_threads(1)
    held = set(filter(None, options.hold_out.split(",")))
    everything = corpus.read_corpus(options.corpus, first=options.first)
    articles = [article for article in everything if article.outlet not in held]
    words = corpus.vocabulary(articles, *corpus.static_vectors(options.glove, options.spacy_vectors))
    lookups = words.lookups
    net = train_tagger(
        [corpus.encoded(article, lookups) for article in articles],
        words,
        epochs=options.epochs,
        seed=options.seed,
        bfloat16=options.bfloat16,
    )
    chance = np.random.default_rng(options.seed)
    pairs = [pairs for article in articles if (pairs := pairs_of(article, words, chance))]
    sizes = tagger.code_sizes(words.sizes)
    scorers = {
        name: train_scorer([p[k] for p in pairs if len(p[k][0])], sizes, seed=options.seed)
        for k, name in enumerate(("cue", "source"))
    }
    save(net, scorers, words, options.out)
    print(
        f"{len(articles)} articles, {sum(len(article.gold) for article in articles)} attributions, "
        f"{len(words.codes[0])} words known"
    )
    if held and options.scorer:
        for outlet in sorted(held):
            print(f"\n{outlet}")
            score([article for article in everything if article.outlet == outlet], options.out, options.scorer)


if __name__ == "__main__":
    main()
