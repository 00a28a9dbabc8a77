"""How the articles of one event could have been handed to the outlets, if outlets made no difference.

Where every outlet has as many articles as the target, whole outlets change places, so that articles of one
outlet stay together. Where the numbers differ, that would compare means of few with means of many articles,
which differ in spread and skew (in real news a fifth to a third of null splits then gave false alarms); there
the single articles are dealt anew, each outlet keeping its number.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import permutations
from math import factorial, prod

import numpy as np

MOST = 12  # arrangements listed per event; where there are more, the true one and random others

Arrangement = tuple[np.ndarray, ...]  # for each outlet, the target first, the places of its articles


@lru_cache(maxsize=4096)
def arrangements(sizes: tuple[int, ...], event: str = "") -> list[Arrangement]:
    """Arrangements of ``sum(sizes)`` articles, listed outlet by outlet, the true one first.

    Random ones depend on `event` and `sizes` only, so that all measures share them.
    """
    if len(sizes) == 2 and sizes[0] > sizes[1]:  # the same list whichever of the two is the target
        place = np.roll(np.arange(sum(sizes)), sizes[1])  # of each article when the other comes first
        return [(np.sort(place[second]), np.sort(place[first])) for first, second in arrangements(sizes[::-1], event)]
    ends = np.cumsum(sizes)
    true = tuple(np.arange(end - size, end) for size, end in zip(sizes, ends, strict=True))
    if len(set(sizes)) == 1:
        return [true] + [_exchanged(true, other) for other in range(1, len(sizes))]
    ways = factorial(sum(sizes)) // prod(factorial(size) for size in sizes)
    owners = np.repeat(np.arange(len(sizes)), sizes)
    if ways <= MOST and sum(sizes) <= 8:
        orders = sorted(set(permutations(owners.tolist())))
        dealt = [np.array(order) for order in orders if order != tuple(owners.tolist())]
    else:
        rng = np.random.default_rng([zlib.crc32(event.encode()), *sizes])
        dealt = [rng.permutation(owners) for _ in range(MOST - 1)]
    return [true] + [tuple(np.flatnonzero(order == owner) for owner in range(len(sizes))) for order in dealt]


def differences(value: np.ndarray, weight: np.ndarray, sizes: Sequence[int], event: str = "") -> np.ndarray:
    """Target minus the mean of the others in every arrangement of one event's articles.

    Each outlet's value is ``sum(value) / sum(weight)`` over its articles.
    """
    found = []
    for arrangement in arrangements(tuple(sizes), event):
        ratios = [value[places].sum() / weight[places].sum() for places in arrangement]
        found.append(ratios[0] - sum(ratios[1:]) / (len(ratios) - 1))
    return np.array(found)


def weights(sizes: Sequence[int], event: str = "") -> np.ndarray:
    """Arrangements x articles: what each article counts in target minus the mean of the others."""
    listed = arrangements(tuple(sizes), event)
    table = np.zeros((len(listed), sum(sizes)))
    for row, arrangement in zip(table, listed, strict=True):
        for owner, places in enumerate(arrangement):
            row[places] = (1.0 if owner == 0 else -1.0 / (len(sizes) - 1)) / len(places)
    return table


def _exchanged(true: Arrangement, other: int) -> Arrangement:
    order = list(true)
    order[0], order[other] = order[other], order[0]
    return tuple(order)
