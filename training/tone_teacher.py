"""Let a fine-tuned transformer label further targets for the tone model to learn from.

    python training/tone_teacher.py --encoder FOLDER --texts FOLDER --out taught.jsonl

Needs torch and transformers besides the project. ``--encoder`` is a folder with all-mpnet-base-v2's ``config.json``,
``model.safetensors`` and ``tokenizer.json`` (Apache-2.0), or another encoder's; ``--texts`` a folder of news as
``.txt`` files with one paragraph a line (the shipped weights: the training part of PolNeAR).

Two teachers each learn from the labelled targets of half of the articles, so that each can be tried on the other
half, and both label targets nobody has: others in the labelled sentences, and people, bodies, places and pronouns
in the texts. Writes one JSON line per such target: ``id, sentence, start, end, p`` with ``p`` the probabilities of
negative, neutral and positive by the teacher of either half. The file holds others' text: keep it to yourself.
An hour on one core that knows bfloat16. `training/train_tone.py` reads it.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "training")]

from tone_texts import further_targets, masked_texts  # noqa: E402
from train_tone import common_of, halves, read_rows  # noqa: E402

N_BESIDE, N_TEXTS = 10_500, 39_000  # targets labelled from the labelled sentences and from the texts


def main() -> None:
    import torch
    from tone_encoder import Pieces, Teacher, fine_tune, judge

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/bench/sentiment/train.jsonl")
    parser.add_argument("--texts", type=Path, default=ROOT.parent / "shared/bench/quotes/polnear/train/text")
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)

    gold = read_rows(options.data)
    common = common_of(gold)
    more = further_targets(gold, options.texts, N_BESIDE, N_TEXTS)
    pieces = Pieces(options.encoder)
    known = [pieces(text) for text in masked_texts(gold, common)]
    unknown = [pieces(text) for text in masked_texts(more, common)]
    print(f"{len(known)} labelled targets, {len(unknown)} further ones", flush=True)

    labels, half = np.array([row["polarity"] + 1 for row in gold]), halves(gold)
    judged = []
    for number in (0, 1):
        torch.manual_seed(number)
        held = np.flatnonzero(half == number)
        teacher = fine_tune(Teacher(options.encoder, pieces.mask), known, labels, np.flatnonzero(half != number),
                            seed=number)
        found = judge(teacher, [known[row] for row in held]).argmax(1)
        right = f1_score(labels[held], found, average="macro")
        print(f"teacher tried on half {number}: macro-F1 {right:.3f}", flush=True)
        judged.append(judge(teacher, unknown))
    with options.out.open("w", encoding="utf-8") as file:
        for row, *chances in zip(more, *judged, strict=True):
            file.write(json.dumps({**row, "p": [[round(float(v), 4) for v in p] for p in chances]}) + "\n")


if __name__ == "__main__":
    main()
