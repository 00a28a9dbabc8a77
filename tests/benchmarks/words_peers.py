"""Keyness, dispersion and speed beside pycorpdiff and scattertext, on the same counts.

    python tests/benchmarks/words_peers.py --peers PYTHON [--articles 1000] [--shared ../shared]

PYTHON is the interpreter of an environment of their own with ``pip install pycorpdiff scattertext six``: neither is
needed by framing. The counts are made here and handed over, so that only statistics are compared. Two outlets,
each with half of the articles; 999 permutations of articles wherever a package has them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np


def peers(path: Path) -> None:
    """Runs inside the peers' environment: read the counts, write their numbers and times."""
    import pandas as pd
    import pycorpdiff
    import scattertext
    from scipy.sparse import csr_matrix

    data = json.loads(path.read_text(encoding="utf-8"))
    words, outlets = data["words"], np.array(data["outlets"])
    matrix = csr_matrix((data["data"], data["indices"], data["indptr"]), shape=(len(outlets), len(words)), dtype=int)
    texts = [" ".join(np.repeat(words, row.toarray().ravel())) for row in matrix]
    found: dict[str, dict] = {"time": {}, "values": {}}

    def corpus(name: str):
        table = pd.DataFrame({"text": [t for t, o in zip(texts, outlets, strict=True) if o == name]})
        return pycorpdiff.from_dataframe(table, tokenizer=pycorpdiff.RegexTokenizer(pattern=r"\S+", lowercase=False))

    first, second = (corpus(name) for name in sorted(set(outlets)))
    comparison = pycorpdiff.compare(first, second)
    for formula, name in (("rayson", "G2, 2 cells"), ("dunning", "G2, 4 cells")):
        begin = time.perf_counter()
        table = comparison.keyness(formula=formula, min_count=1).table
        found["time"]["pycorpdiff, G2 and effect sizes"] = time.perf_counter() - begin
        table = table.to_pandas() if hasattr(table, "to_pandas") else table
        term = next(c for c in ("term", "word", "token") if c in table)
        column = next(c for c in ("g2", "log_likelihood", "G2", "score") if c in table)
        found["values"][name] = dict(zip(table[term], table[column].abs(), strict=True))
        if "log_ratio" in table:
            found["values"]["log ratio"] = dict(zip(table[term], table["log_ratio"], strict=True))
    begin = time.perf_counter()
    comparison.keyness(permutation_n=999, permutation_seed=0, min_count=1)
    found["time"]["pycorpdiff, 999 permutations of articles (no pairing, no max-T)"] = time.perf_counter() - begin

    begin = time.perf_counter()
    names = sorted(set(outlets))
    both = scattertext.CorpusFromScikit(
        X=matrix,
        y=np.array([names.index(o) for o in outlets]),
        category_names=names,
        feature_vocabulary={w: i for i, w in enumerate(words)},
        raw_texts=texts,
    ).build()
    found["time"]["scattertext, corpus from the counts"] = time.perf_counter() - begin
    begin = time.perf_counter()
    spread = scattertext.Dispersion(corpus=None, term_doc_mat=matrix, vocabulary=words)
    found["values"]["DP"] = dict(zip(words, map(float, np.asarray(spread.dp()).ravel()), strict=True))
    found["values"]["Juilland D"] = dict(zip(words, map(float, np.asarray(spread.jullands_d()).ravel()), strict=True))
    found["time"]["scattertext, dispersion (DP, D)"] = time.perf_counter() - begin
    if len(outlets) <= 200:  # it takes minutes beyond
        begin = time.perf_counter()
        scattertext.MannWhitneyU(both).set_categories(names[0], [names[1]]).get_score_df()
        found["time"]["scattertext, Mann-Whitney by article (no pairing, no max-T)"] = time.perf_counter() - begin
    path.with_suffix(".out").write_text(json.dumps(found), encoding="utf-8")


def ours(shared: Path, n: int, python: str) -> None:
    from words_speed import NO_QUOTES, corpus

    from framing.words import measures
    from framing.words.frequency import word_counts
    from framing.words.keywords import keyness

    articles = corpus(shared, (3 * n + 1) // 2)
    articles = articles[articles["outlet"] != "HuffPost"].head(n).reset_index(drop=True)
    counts = word_counts(articles, quotes=NO_QUOTES)
    outlets = counts.articles["outlet"].astype(str).to_numpy()
    names = sorted(set(outlets))
    begin = time.perf_counter()
    table = keyness(articles, reference=names[1], min_n=1, min_articles=1, quotes=NO_QUOTES)
    seconds = {
        "framing, keyness: all measures, dispersion, 999 permutations paired by event, max-T": time.perf_counter()
        - begin
    }
    begin = time.perf_counter()
    keyness(articles, reference=names[1], min_n=1, n_permutations=0, quotes=NO_QUOTES)
    seconds["framing, keyness without the test"] = time.perf_counter() - begin
    sides = [outlets == name for name in names]
    a, b = (np.asarray(counts.matrix[side].sum(axis=0)).ravel() for side in sides)
    row = a, counts.sizes[sides[0]].sum(), b, counts.sizes[sides[1]].sum()
    dense, begin = counts.matrix.toarray().T, time.perf_counter()
    values = {
        "G2, 2 cells": measures.log_likelihood(*row, cells=2),
        "G2, 4 cells": measures.log_likelihood(*row),
        "log ratio": measures.log_ratio(*row),
        "DP": measures.dp(dense, counts.sizes),
        "Juilland D": measures.juilland_d(dense, counts.sizes),
    }
    seconds["framing, dispersion (DP, D)"] = time.perf_counter() - begin
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "counts.json"
        matrix = counts.matrix.astype(int)
        path.write_text(
            json.dumps(
                {
                    "words": counts.words.tolist(),
                    "outlets": outlets.tolist(),
                    "data": matrix.data.tolist(),
                    "indices": matrix.indices.tolist(),
                    "indptr": matrix.indptr.tolist(),
                }
            ),
            encoding="utf-8",
        )
        subprocess.run([python, __file__, "--worker", str(path)], check=True)
        found = json.loads(path.with_suffix(".out").read_text(encoding="utf-8"))
    print(
        f"{len(outlets)} articles of {names[0]} and {names[1]}, {int(counts.sizes.sum()):,} words, "
        f"{len(counts.words):,} different; {len(table):,} rows; {table['n_events'].max()} events\n"
    )
    for name, mine in values.items():
        theirs = found["values"].get(name, {})
        pairs = np.array(
            [(value, theirs[word]) for word, value in zip(counts.words, mine, strict=True) if word in theirs]
        )
        if not len(pairs):
            print(f"{name:14s} not given by either")
            continue
        off = np.abs(pairs[:, 0] - pairs[:, 1])
        print(
            f"{name:14s} {len(pairs):6d} words compared, largest difference {np.nanmax(off):.2g}, "
            f"{np.mean(off < 1e-6):.1%} equal to six digits"
        )
    print("(pycorpdiff's log ratio adds 0.5 to every count, ours to zeros only, as Hardie has it)\n")
    for name, value in {**seconds, **found["time"]}.items():
        print(f"{value:9.2f} s  {name}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", help="interpreter of the environment with pycorpdiff and scattertext")
    parser.add_argument("--worker", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[3] / "shared")
    args = parser.parse_args()
    if args.worker:
        peers(args.worker)
    elif args.peers:
        ours(args.shared, args.articles, args.peers)
    else:
        sys.exit("Pass --peers, the interpreter of an environment with pycorpdiff and scattertext.")


if __name__ == "__main__":
    main()
