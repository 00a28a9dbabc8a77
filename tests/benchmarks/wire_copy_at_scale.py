"""How long `find_wire_copy` takes: invented articles of 400 words, one in ten a copy with a changed end.

Run: python tests/benchmarks/wire_copy_at_scale.py 10000
"""

import random
import sys
import time

import pandas as pd

from framing.salience.wire_copy import find_wire_copy


def main(n: int) -> None:
    rng = random.Random(0)
    words = [f"w{number}" for number in range(20_000)]
    weights = [1 / (rank + 5) for rank in range(len(words))]
    rows = []
    for number in range(n):
        text = (
            rows[rng.randrange(len(rows))]["text"][:1500]
            if rows and number % 10 == 9
            else " ".join(rng.choices(words, weights, k=400))
        )
        rows.append(
            {
                "article_id": f"a{number}",
                "outlet": f"o{number % 7}",
                "event": "e",
                "text": text,
                "known_zones": f'[[0, {len(text)}, "body"]]',
            }
        )
    began = time.perf_counter()
    wire = find_wire_copy(pd.DataFrame(rows))
    print(f"{n} articles: {time.perf_counter() - began:.1f} s, {int((wire['n_shared'] > 0).sum())} share wire copy")


main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
