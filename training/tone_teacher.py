"""Let a fine-tuned transformer label further targets for the tone model to learn from, in two stages.

    python training/tone_teacher.py texts --bench BENCH --out targets.jsonl
    python training/tone_teacher.py judge --half 0 --targets targets.jsonl --encoder FOLDER --out judged0.npz

`training/make_models.py` runs both. Needs torch and transformers besides the project. ``--encoder`` is a folder with
all-mpnet-base-v2's ``config.json``, ``model.safetensors`` and ``tokenizer.json`` (Apache-2.0), or another encoder's.

The first stage lists the labelled targets and others that nobody has labelled: in the labelled sentences, and people,
bodies, places and pronouns in the training texts of PolNeAR; each line holds ``id, sentence, start, end``, the sentence
with its target masked, and ``polarity`` where it is labelled. The file holds others' text: keep it to yourself.

In the second, a teacher learns from the labelled targets of the articles outside one half, is tried on that half, and
judges the unlabelled ones: ``p``, probabilities of negative, neutral and positive. So two teachers can each be tried
on articles they have not seen. That takes 40 minutes each on one core that knows bfloat16, and gives other digits on
another processor; so the judgements, numbers without a word of text, are kept in ``training/taught`` and taken from
there as long as the targets are the same. With ``--again`` they are made anew. `training/train_tone.py` reads them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "training")]

from tone_texts import common_of, further_targets, halves, masked_texts, read_rows  # noqa: E402

N_BESIDE, N_TEXTS = 10_500, 25_000  # unlabelled targets in the labelled sentences and in the texts
TAUGHT = ROOT / "training" / "taught"
N_TAUGHT = 18_000  # of both, drawn at random: what the teachers judge


def write_texts(bench: Path, out: Path) -> None:
    """Every target, labelled ones first, with its sentence as the teacher reads it."""
    gold = read_rows(bench / "sentiment" / "train.jsonl")
    more = further_targets(gold, bench / "quotes" / "polnear" / "train" / "text", N_BESIDE, N_TEXTS)[:N_TAUGHT]
    rows = gold + more
    with out.open("w", encoding="utf-8") as file:
        for row, masked in zip(rows, masked_texts(rows, common_of(gold)), strict=True):
            kept = {key: row[key] for key in ("id", "sentence", "start", "end", "polarity") if key in row}
            file.write(json.dumps({**kept, "masked": masked}) + "\n")
    print(f"{len(gold)} labelled targets, {len(more)} further ones", flush=True)


def write_judgements(targets: Path, encoder: Path, number: int, out: Path, *, again: bool) -> None:
    """The probabilities that the teacher which has not seen half `number` gives each unlabelled target."""
    targets_hash = hashlib.sha256(targets.read_bytes()).hexdigest()
    kept = TAUGHT / f"judged{number}.npz"
    if kept.exists() and not again and str(np.load(kept)["targets"]) == targets_hash:
        shutil.copyfile(kept, out)
        right = float(np.load(kept)["right"])
        print(f"teacher tried on half {number}: macro-F1 {right:.3f} (judgements kept)", flush=True)
        return
    import torch
    from tone_encoder import Pieces, Teacher, fine_tune, judge

    torch.set_num_threads(1)
    rows = read_rows(targets)
    pieces = Pieces(encoder)
    gold = [row for row in rows if "polarity" in row]
    known = [pieces(row["masked"]) for row in gold]
    unknown = [pieces(row["masked"]) for row in rows[len(gold) :]]
    labels, half = np.array([row["polarity"] + 1 for row in gold]), halves(gold)
    torch.manual_seed(number)
    held = np.flatnonzero(half == number)
    teacher = fine_tune(Teacher(encoder, pieces.mask), known, labels, np.flatnonzero(half != number), seed=number)
    right = f1_score(labels[held], judge(teacher, [known[row] for row in held]).argmax(1), average="macro")
    print(f"teacher tried on half {number}: macro-F1 {right:.3f}", flush=True)
    np.savez_compressed(out, p=np.round(judge(teacher, unknown), 4), right=right, targets=targets_hash)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stage", choices=["texts", "judge"])
    parser.add_argument("--bench", type=Path, default=ROOT.parent / "shared/bench")
    parser.add_argument("--targets", type=Path)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--half", type=int, choices=[0, 1])
    parser.add_argument("--again", action="store_true", help="teach anew although judgements are kept")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    if options.stage == "texts":
        write_texts(options.bench, options.out)
    else:
        write_judgements(options.targets, options.encoder, options.half, options.out, again=options.again)


if __name__ == "__main__":
    main()
