"""The shipped tone model: probabilities of negative, neutral and positive toward a hidden target.

Two readers vote: a linear model over words, word lists and word vectors around the target, and a small network
that reads the sentence word by word. How their votes are weighed, beside what the target is plainly said to be
("became a pariah"), is learned on articles neither had seen, which also makes the probabilities honest.
Weights are arrays and JSON; `framing/data/models/tone/MODEL_CARD.md` says what they were trained on and how often
they are right.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from framing import cache
from framing.language import model as language
from framing.precision import on_one_thread, rounded
from framing.sentiment.denial import with_denials
from framing.sentiment.features import VIEWS, Pair, Seen, SentenceReading, connotation, predicated, see, simple_role
from framing.text.lexicon import SIZE, word_vector

# A target and its sentence as arrays: what training and scoring both feed to the tone model.

LONGEST = 60  # words around the target that the network reads
POS = """
    <pad> ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X SPACE
""".split()
ROLES = ["subject", "passive", "object", "agent", "owner", "prep", "other"]
FURTHEST = 12  # words; beyond it only the side counts


def word_matrix(pairs: list[Pair], column: dict[str, int]) -> Any:
    """targets x word features, as a sparse matrix of zeros and ones; unknown features are left out."""
    from scipy.sparse import csr_matrix

    rows = [sorted({column[name] for name in seen.names if name in column}) for _, seen in pairs]
    pointer = np.cumsum([0, *(len(row) for row in rows)])
    indices = np.fromiter((index for row in rows for index in row), dtype=np.int32, count=int(pointer[-1]))
    return csr_matrix((np.ones(len(indices), np.float64), indices, pointer), (len(pairs), len(column)))


def number_matrix(pairs: list[Pair]) -> np.ndarray:
    """targets x numbers from the word lists."""
    return np.array([seen.numbers for _, seen in pairs], np.float64)


def view_matrix(pairs: list[Pair]) -> np.ndarray:
    """targets x (views * 256): the direction of the mean word vector of each view, names left out."""
    result = np.zeros((len(pairs), len(VIEWS), SIZE), np.float64)
    for row, (reading, seen) in enumerate(pairs):
        share = np.zeros((len(VIEWS), len(reading.tokens)))
        for place, view in enumerate(VIEWS):
            if words := seen.views[view]:
                share[place, words] = 1 / len(words)
        result[row] = share @ reading_vectors(reading)
    result /= np.sqrt(np.einsum("pvs,pvs->pv", result, result))[..., None] + 1e-6
    return result.reshape(len(pairs), len(VIEWS) * SIZE)


def reading_vectors(reading: SentenceReading) -> np.ndarray:
    """words x 256, with zeros for names."""
    if reading.vectors is None:
        nothing = np.zeros(SIZE, np.float64)
        reading.vectors = np.stack(
            [
                nothing if name else word_vector(token.text)
                for token, name in zip(reading.tokens, reading.is_name, strict=True)
            ]
        )
    return reading.vectors


def token_arrays(pairs: list[Pair], deps: dict[str, int]) -> dict[str, np.ndarray]:
    """What the network reads of each target: one entry per word, padded with zeros to the longest.

    ``word`` (0 no word, 1 target, 2 name, from 3 on the row of ``vectors``, which holds each distinct word once),
    ``pos``, ``dep``, ``place`` (words from the target), ``steps`` (in the tree from the target), ``flags``; and per
    target ``role`` and ``numbers``.
    """
    windows = [_window(len(reading.tokens), seen.distance.index(0)) for reading, seen in pairs]
    shape = (len(pairs), max((stop - start for start, stop in windows), default=1))
    arrays = {name: np.zeros(shape, np.int64) for name in ("word", "pos", "dep", "place", "steps")}
    arrays["flags"] = np.zeros((*shape, 8 + len(VIEWS)), np.float64)
    numbers: dict[str, int] = {}
    for row, ((reading, seen), (start, stop)) in enumerate(zip(pairs, windows, strict=True)):
        here, head = slice(0, stop - start), seen.distance.index(0)
        arrays["word"][row, here] = [
            1 if inside else 2 if name else numbers.setdefault(token.text, 3 + len(numbers))
            for token, inside, name in zip(
                reading.tokens[start:stop], seen.inside[start:stop], reading.is_name[start:stop], strict=True
            )
        ]
        arrays["pos"][row, here] = [POS.index(pos) if pos in POS else 17 for pos in reading.pos[start:stop]]
        arrays["dep"][row, here] = [deps.get(dep, 0) for dep in reading.deps[start:stop]]
        arrays["place"][row, here] = np.clip(np.arange(start, stop) - head, -FURTHEST, FURTHEST) + FURTHEST
        arrays["steps"][row, here] = seen.distance[start:stop]
        arrays["flags"][row, here] = _flags(reading, seen, head)[start:stop]
    arrays["vectors"] = np.stack([*np.zeros((3, SIZE)), *map(word_vector, numbers)])
    arrays["role"] = np.array([ROLES.index(simple_role(seen.role)) for _, seen in pairs], np.int64)
    arrays["numbers"] = number_matrix(pairs)
    return arrays


def _window(length: int, head: int) -> tuple[int, int]:
    if length <= LONGEST:
        return 0, length
    start = min(max(0, head - LONGEST // 2), length - LONGEST)
    return start, start + LONGEST


def _flags(reading: SentenceReading, seen: Seen, head: int) -> np.ndarray:
    flags = np.zeros((len(reading.tokens), 8 + len(VIEWS)), np.float64)
    quote = np.array(reading.quote)
    flags[:, 0] = np.array(reading.valence) / 3
    flags[:, 1] = reading.negated
    flags[:, 2] = quote > 0
    flags[:, 3] = (quote > 0) & (quote == quote[head])
    flags[:, 4:6] = [connotation(word) for word in reading.words]
    flags[:, 6] = seen.inside
    flags[:, 7] = reading.is_name
    for place, view in enumerate(VIEWS):
        flags[seen.views[view], 8 + place] = 1
    return flags


BATCH = 64  # targets whose words are in memory at once


@dataclass(frozen=True)
class ToneModel:
    """Everything that was learned."""

    common: frozenset[str]  # words that are no names although capitalised
    column: dict[str, int]  # word feature -> row of `words`
    deps: dict[str, int]
    words: np.ndarray
    numbers: np.ndarray
    views: np.ndarray
    intercept: np.ndarray
    network: Weights
    mix: np.ndarray  # (6 log-probabilities, what the target is said to be, 1) x 3
    version: str


@lru_cache(maxsize=1)
def load_model() -> ToneModel:
    """The weights in ``framing/data/models/tone``, read on first use."""
    folder: Any = files("framing") / "data" / "models" / "tone"
    about = json.loads((folder / "vocabulary.json").read_text("utf-8"))
    with (folder / "linear.npz").open("rb") as file:
        linear = {name: values.astype(np.float64) for name, values in np.load(file, allow_pickle=False).items()}
    with (folder / "network.npz").open("rb") as file:
        network = {name: values.astype(np.float64) for name, values in np.load(file, allow_pickle=False).items()}
    return ToneModel(
        common=frozenset(about["common"]),
        deps=about["deps"],
        column={name: number for number, name in enumerate(about["words"])},
        words=linear["words"],
        numbers=linear["numbers"],
        views=linear["views"],
        intercept=linear["intercept"],
        mix=linear["mix"],
        network=network,
        version=about["version"],
    )


def probabilities(pairs: list[Pair]) -> np.ndarray:
    """targets x 3: how likely negative, neutral and positive, in four decimals; kept in the cache."""
    written = {id(reading): _written(reading) for reading in {id(reading): reading for reading, _ in pairs}.values()}
    keys = [cache.key_of("tone", written[id(reading)], target) for reading, target in pairs]
    rows = cache.remembered(keys, lambda places: [row.tobytes() for row in _measured([pairs[n] for n in places])])
    return np.array([np.frombuffer(row, np.float64) for row in rows]).reshape(len(pairs), 3)


def _written(reading: SentenceReading) -> bytes:
    """Everything that is read of a sentence, as bytes."""
    looks = [(token.text, token.lemma_, token.tag_, token.ent_type_) for token in reading.tokens]
    return repr((looks, reading.pos, reading.deps, reading.heads, reading.is_name)).encode("utf-8", "surrogatepass")


@on_one_thread
def _measured(pairs: list[Pair]) -> np.ndarray:
    model = load_model()
    order = sorted(range(len(pairs)), key=lambda n: len(pairs[n][0].tokens))
    result = np.zeros((len(pairs), 3))
    for start in range(0, len(order), BATCH):
        chosen = order[start : start + BATCH]
        batch = [pairs[n] for n in chosen]
        votes = [linear_logits(model, batch), logits(model.network, token_arrays(batch, model.deps))]
        said = [[predicated(*pair), 1.0] for pair in batch]
        together = np.concatenate([*map(log_softmax, votes), np.array(said)], axis=1)
        result[chosen] = np.exp(log_softmax(together @ model.mix))
    return rounded(with_denials(pairs, rounded(result)))


# The answers for ordinary news: one slope and two constants of the log-odds against neutral, fitted to 81 rows of 25
# events (BASIL, first half of the development events) that one reader judged without seeing the answers, weighted to
# all rows, then moved a little (from 1.465, -2.17, -4.97) so that one network answers as the four before it did on all
# 9,254 targets of the 50 events; no verdict was seen for that. A new model needs new ones.
SLOPE, CONSTANTS = 1.459, (-2.164, 0.0, -4.993)
ORDINARY, ORDINARY_ROWS = (0.17, 0.82, 0.01), 200  # the shares there; how many rows they weigh beside those of a corpus
ROUNDS = 100  # of the estimate; it stands still long before
FIRM = (-0.7, 0.15)  # good less bad, from where a side is taken: set on those rows; praise is so rare that few get far
SIDE = 0.34  # what the score is there; nearer to zero it takes no side
UNSURE = 0.33  # what is left of the score of somebody whom the sentence does not name
LEAST_CHANCE = 1e-4


def for_ordinary_news(chance: np.ndarray) -> np.ndarray:
    """The model's answers as they hold for sentences of a newspaper, not for sentences chosen for their feeling."""
    chance = np.maximum(chance, LEAST_CHANCE)
    odds = SLOPE * np.log(chance / chance[:, [1]]) + np.array(CONSTANTS)
    return np.exp(log_softmax(odds))


def ordinary_shares(chance: np.ndarray) -> np.ndarray:
    """Shares of negative, neutral and positive rows in these articles, from the answers of `for_ordinary_news`.

    The shares that explain all answers best are found by expectation and maximisation (Saerens, Latinne & Decaestecker
    2002, Neural Computation 14; after a calibration with constants, as Alexandari, Kundaje & Shrikumar 2020, ICML,
    advise); few rows count beside what is ordinary.
    """
    ordinary = np.array(ORDINARY)
    shares = ordinary
    for _ in range(ROUNDS):
        weighed = chance * (shares / ordinary)
        found = (weighed / weighed.sum(1, keepdims=True)).sum(0) + ORDINARY_ROWS * ordinary
        shares = np.round(found / found.sum(), 8)
    return rounded(shares)


def for_these_articles(chance: np.ndarray) -> np.ndarray:
    """The model's answers for all rows of these articles, with the shares they have; four decimals."""
    chance = for_ordinary_news(chance)
    weighed = chance * (ordinary_shares(chance) / np.array(ORDINARY))
    return rounded(weighed / weighed.sum(1, keepdims=True))


def firmness(chance: np.ndarray, unsure: np.ndarray | None = None) -> np.ndarray:
    """-1 to 1: how firmly the answers take a side; they take none below `SIDE`, and none in the rows marked unsure."""
    ahead = rounded(chance[:, 2] - chance[:, 0])
    score = np.interp(ahead, [-1, FIRM[0], 0, FIRM[1], 1], [-1, -SIDE, 0, SIDE, 1])
    return rounded(score if unsure is None else np.where(unsure, UNSURE * score, score))


def sides(score: np.ndarray) -> np.ndarray:
    """-1, 0 or 1: the side that a score, or a wording, takes; none in the middle."""
    return (score >= SIDE).astype(int) - (score <= -SIDE).astype(int)


def scores_of(pairs: list[Pair]) -> tuple[np.ndarray, np.ndarray]:
    """Per target: the score (-1 to 1) and the likeliest class (-1, 0 or 1)."""
    chance = probabilities(pairs)
    return rounded(chance[:, 2] - chance[:, 0]), likeliest(chance)


def likeliest(chance: np.ndarray) -> np.ndarray:
    """The class of each row (-1, 0 or 1); of equally likely ones the neutral one, then the negative one."""
    return np.array([0, -1, 1])[chance[:, [1, 0, 2]].argmax(1)]


def read_targets(rows: list[tuple[str, int, int]]) -> list[Pair]:
    """Each ``(sentence, start, end)`` as the model sees it; every distinct sentence is parsed once."""
    wrong = [row for row in rows if not 0 <= row[1] < row[2] <= len(row[0]) or not row[0][row[1] : row[2]].strip()]
    if wrong:
        sentence, start, end = wrong[0]
        raise ValueError(
            f"{len(wrong)} of {len(rows)} targets hold no word of their sentence; the first is "
            f"characters {start} to {end} of {sentence[:60]!r} ({len(sentence)} characters). "
            "Offsets count from 0 within the sentence, and the end is not included."
        )
    texts = list(dict.fromkeys(row[0] for row in rows))
    common = load_model().common
    readings = {
        text: SentenceReading(doc[:], common)
        for text, doc in zip(texts, language().pipe(texts, batch_size=64), strict=True)
    }
    return [(readings[text], see(readings[text], start, end)) for text, start, end in rows]


def linear_logits(model: ToneModel, pairs: list[Pair]) -> np.ndarray:
    """targets x 3 from the linear model alone."""
    return (
        word_matrix(pairs, model.column) @ model.words
        + number_matrix(pairs) @ model.numbers
        + view_matrix(pairs) @ model.views
        + model.intercept
    )


def log_softmax(values: np.ndarray) -> np.ndarray:
    """Logarithms of probabilities, row by row."""
    values = values - values.max(1, keepdims=True)
    return values - np.log(np.exp(values).sum(1, keepdims=True))


# The small recurrent network of the tone model, run with numpy alone.
#
# It reads the sentence word by word in both directions, looks again at the words that matter for the target,
# and gives three log-odds. Training, with the same layers, is in ``training/tone_network.py``.

Weights = dict[str, np.ndarray]


def logits(weights: Weights, arrays: dict[str, np.ndarray]) -> np.ndarray:
    """targets x 3 (negative, neutral, positive) from the arrays of `framing.sentiment.model.token_arrays`."""
    is_word = arrays["word"] > 0
    words = _linear(weights, "project", arrays["vectors"])
    words[:3] = weights["special"]
    place, steps = weights["place.weight"][arrays["place"]], weights["steps.weight"][arrays["steps"]]
    pos, dep = weights["pos.weight"][arrays["pos"]], weights["dep.weight"][arrays["dep"]]
    beside = np.concatenate([pos, dep, place, steps, arrays["flags"]], -1)
    sides = [_lstm(weights, words, arrays["word"], beside, side) for side in ("", "_reverse")]
    states = np.concatenate(sides, -1)
    seen = _linear(weights, "look", np.concatenate([states, place, steps], -1))
    heads = _linear(weights, "heads", np.tanh(seen))
    heads = np.where(is_word[..., None], heads, -1e4)
    heads = np.exp(heads - heads.max(1, keepdims=True))
    heads /= heads.sum(1, keepdims=True)
    looked = (heads.transpose(0, 2, 1) @ states).reshape(len(is_word), -1)
    target = (arrays["flags"][..., 6] > 0) & is_word
    share = target / np.maximum(target.sum(1, keepdims=True), 1)
    at_target = (share[:, None] @ states)[:, 0]
    strongest = np.where(is_word[..., None], states, -1e4).max(1)
    together = np.concatenate(
        [at_target, looked, strongest, weights["role.weight"][arrays["role"]], arrays["numbers"]], -1
    )
    return _linear(weights, "out", np.maximum(_linear(weights, "hidden", together), 0))


def _linear(weights: Weights, name: str, values: np.ndarray) -> np.ndarray:
    return values @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def _lstm(weights: Weights, words: np.ndarray, word: np.ndarray, beside: np.ndarray, side: str) -> np.ndarray:
    """One direction of a long short-term memory layer; padding comes last and leaves the state alone.

    At each place it reads the row of `words` that `word` names (0: padding), which is multiplied once for each distinct
    word, and what stands `beside` it.
    """
    inward, again = weights[f"lstm.weight_ih_l0{side}"], weights[f"lstm.weight_hh_l0{side}"]
    size, width = again.shape[1], words.shape[1]
    turned = np.full(4 * size, -1.0)  # a gate is 1 / (1 + exp(-x)), and tanh two of it less one, of twice as much
    turned[2 * size : 3 * size] = -2
    bias = weights[f"lstm.bias_ih_l0{side}"] + weights[f"lstm.bias_hh_l0{side}"]
    by_word = (words @ inward[:, :width].T + bias) * turned
    by_rest = np.concatenate([inward[:, width:], again], 1).T * turned
    is_word = word > 0
    order = np.argsort(-is_word.sum(1), kind="stable")  # longest first: the rows still at work are the first ones
    active = is_word.sum(0)
    word, rest = word[order].T, beside.shape[-1]
    seen = np.zeros((len(order), rest + size))  # what stands beside the word, then the state
    memory = np.zeros((len(order), size))
    result = np.zeros((*is_word.shape, size), np.float64)
    steps = range(len(active))
    for step in reversed(steps) if side else steps:
        here = order[: active[step]]
        state, kept = seen[: len(here), rest:], memory[: len(here)]
        seen[: len(here), :rest] = beside[here, step]
        gates = seen[: len(here)] @ by_rest
        gates += by_word[word[step, : len(here)]]
        _opened(gates)
        enter, keep, new, leave = (gates[:, n * size : (n + 1) * size] for n in range(4))
        kept *= keep
        kept += enter * (2 * new - 1)
        state[:] = leave * (2 * _opened(-2 * kept) - 1)
        result[here, step] = state
    return result


def _opened(values: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(x)) in place: NumPy's own exponential takes half the time of its tanh."""
    np.exp(values, out=values)
    values += 1
    return np.reciprocal(values, out=values)
