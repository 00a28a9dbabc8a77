"""The shipped models: weights are those that `make models` wrote, and each card says how."""

import hashlib
import json
from importlib.resources import files
from pathlib import Path

import pytest

MODELS = Path(str(files("framing") / "data" / "models"))
NAMES = ["coverage", "quotes", "tone", "zones"]


@pytest.fixture(params=NAMES)
def model(request):
    return MODELS / request.param


def test_the_weights_are_the_ones_that_training_wrote(model):
    made = json.loads((model / "made.json").read_text(encoding="utf-8"))
    shipped = {name: hashlib.sha256((model / name).read_bytes()).hexdigest() for name in made["weights"]}
    assert shipped == made["weights"]


def test_every_file_of_weights_is_accounted_for(model):
    made = json.loads((model / "made.json").read_text(encoding="utf-8"))
    by_hand = {"made.json", "connotations.json"}  # the second is a word list
    assert {path.name for path in model.iterdir() if path.suffix in (".npz", ".json")} - by_hand == set(made["weights"])


def test_the_card_says_how_the_weights_were_made(model):
    made = json.loads((model / "made.json").read_text(encoding="utf-8"))
    card = (model / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert made["command"] in card and made["versions"]["spacy"] in card and f"seed {made['seed']}" in card
    assert all(code in card for code in made["data"].values()) and all(line in card for line in made["printed"])
    assert all(seconds >= 0 for seconds in made["seconds"].values()) and made["data"] and made["printed"]


def test_there_is_no_pickle_among_the_models():
    assert not [path for path in MODELS.rglob("*") if path.suffix in (".pkl", ".pickle", ".joblib", ".pt", ".bin")]
