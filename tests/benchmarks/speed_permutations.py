"""How long do 10,000 permutations over 2,000 words take? Invented counts; wall-clock on the machine at hand.

python tests/benchmarks/speed_permutations.py
"""

from __future__ import annotations

import time

import numpy as np
from scipy.sparse import random as random_sparse

from framing.stats.comparison import max_t

WORDS = 2000


def main() -> None:
    rng = np.random.default_rng(0)
    print("design     articles  events  words  permutations  seconds")
    for n_events in (100, 500):
        counts = random_sparse(2 * n_events, WORDS, density=0.1, format="csr", random_state=rng)
        outlets, events = np.array(["one", "other"] * n_events), np.repeat(np.arange(n_events), 2)
        for design, named in (("paired", events), ("unpaired", None)):
            begun = time.perf_counter()
            max_t(counts, outlets, named, target="one", n_permutations=9999)
            seconds = time.perf_counter() - begun
            print(f"{design:<10} {2 * n_events:>8}  {n_events:>6}  {WORDS:>5}  {9999:>12}  {seconds:7.1f}")


if __name__ == "__main__":
    main()
