"""The shipped models: weights are those that a note beside them names, and each card says how they were made."""

import csv
import hashlib
import importlib.util
import json
import sys
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODELS = Path(str(files("framing") / "data" / "models"))
NAMES = ["attributions", "coverage", "pronouns", "quotes", "tone", "wording", "zones"]


def note(model):
    return json.loads((MODELS / model / "made.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("model", NAMES)
def test_the_weights_are_the_ones_that_the_note_names(model):
    named = note(model)["weights"]
    assert named == {name: hashlib.sha256((MODELS / model / name).read_bytes()).hexdigest() for name in named}


@pytest.mark.parametrize("model", NAMES)
def test_every_file_of_weights_is_accounted_for(model):
    by_hand = {"made.json", "connotations.json"}  # the second is a word list
    stored = {path.name for path in (MODELS / model).iterdir() if path.suffix in (".npz", ".json")}
    assert stored - by_hand == set(note(model)["weights"])


@pytest.mark.parametrize("model", NAMES)
def test_the_card_says_how_the_weights_were_made(model):
    made, card = note(model), (MODELS / model / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert made["command"] == "make models" and made["command"] in card and f"seed {made['seed']}" in card
    assert made["versions"]["spacy"] in card
    assert all(code in card for code in made["data"].values()) and all(line in card for line in made["printed"])
    assert all(seconds >= 0 for seconds in made["seconds"].values()) and made["data"] and made["printed"]


def test_one_command_makes_every_shipped_model(monkeypatch, tmp_path):
    spec = importlib.util.spec_from_file_location("make_models", ROOT / "training" / "make_models.py")
    monkeypatch.setitem(sys.modules, "make_models", made := importlib.util.module_from_spec(spec))
    spec.loader.exec_module(made)
    monkeypatch.setattr(made, "package", lambda name: tmp_path)  # training material; need not be installed here
    stages = made.stages(tmp_path, tmp_path, set(NAMES) - {"coverage"} | {"facts"})
    written = [Path(option) for stage in stages for option in stage.command if Path(option).is_relative_to(made.MODELS)]
    assert sorted(path.relative_to(made.MODELS).parts[0] for path in written) == NAMES == sorted(made.SEEDS)
    names = [stage.name for stage in stages]
    assert len(set(names)) == len(names) and all(need in names for stage in stages for need in stage.needs)
    assert all((ROOT / "training" / stage.command[0]).is_file() for stage in stages)
    assert {path.name for path in MODELS.iterdir() if path.is_dir()} == set(NAMES)


def test_the_marks_of_real_facts_lie_in_their_articles_and_events_aside_are_never_learned_from(shared):
    marks, events = [], []
    for name in ("real_events", "events_aside"):
        with (ROOT / "training" / "facts" / f"{name}.csv").open(encoding="utf-8") as file:
            marks += (rows := list(csv.DictReader(file)))
        events.append({row["event"] for row in rows})
    assert [len(names) for names in events] == [28, 6] and not events[0] & events[1]
    pages = [
        json.loads(line)
        for line in (shared / "bench" / "events" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    texts = {(page["event"], page["outlet"]): f"{page['title']}\n\n{page['text']}" for page in pages}
    assert len({(row["event"], row["fact"]) for row in marks}) == len(marks) > 900
    for row in marks:
        for mark in filter(None, f"{row['told']}; {row['doubtful']}".split("; ")):
            outlet, span = mark.rsplit(" ", 1)
            start, end = map(int, span.split("-"))
            told = texts[row["event"], outlet][start:end]
            assert len(told) == end - start > 0 and told == told.strip(), row["fact"]


def test_there_is_no_pickle_among_the_models():
    assert not [path for path in MODELS.rglob("*") if path.suffix in (".pkl", ".pickle", ".joblib", ".pt", ".bin")]
