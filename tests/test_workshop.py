"""The workshop: two notebooks from one source, and checks that answer in words whatever they are given."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import nbformat
import pandas as pd
import pytest

import framing

WORKSHOP = Path(__file__).parents[1] / "notebooks" / "workshop"


def load(name: str):
    spec = importlib.util.spec_from_file_location(name, WORKSHOP / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


checks, make = load("checks"), load("make")
OUTLETS = {
    "Port Ansel Evening Beacon": "regeneration",
    "The Gannet": "demolition",
    "Harbor Business Ledger": "redevelopment",
    "Ansel Coast Radio": "scheme",
    "The Inland Courier": "clearance",
}


@pytest.mark.parametrize("reader", ["student", "teacher"])
def test_both_notebooks_are_what_the_source_gives(reader):
    source = nbformat.read(WORKSHOP / "source.ipynb", as_version=4)
    made = make.version(source, reader).cells
    saved = nbformat.read(WORKSHOP / f"{reader}.ipynb", as_version=4).cells
    assert [(cell.cell_type, cell.source) for cell in saved] == [(cell.cell_type, cell.source) for cell in made]
    assert not [cell for cell in saved for output in cell.get("outputs", []) if output.output_type == "error"]


def test_no_solution_stands_in_the_students_notebook():
    told = "\n".join(cell.source for cell in nbformat.read(WORKSHOP / "student.ipynb", as_version=4).cells)
    assert "answer = ..." in told and "For the teacher" not in told and '"donation"' not in told


@pytest.mark.parametrize(
    "check",
    [
        checks.own_words,
        checks.voices,
        checks.doers,
        checks.smallest_p,
        lambda answer: checks.untold("The Gannet", answer),
        lambda answer: checks.wrong_speaker(answer, pd.DataFrame({"quote_id": []})),
    ],
)
@pytest.mark.parametrize("answer", [..., None, "", {}, []])
def test_a_blank_is_met_with_words(check, answer):
    assert check(answer).startswith("Not answered yet")


def test_right_answers_are_confirmed_and_wrong_ones_get_a_hint():
    assert checks.own_words(OUTLETS).startswith("Right, all five")
    assert "Look again at The Gannet" in checks.own_words({**OUTLETS, "The Gannet": "regeneration"})
    assert "no outlet 'Gazette'" in checks.own_words({"Gazette": "scheme"})
    assert "still missing" in checks.own_words({"The Gannet": "demolition"})
    assert checks.own_words("demolition").startswith("Give a dictionary")
    assert checks.voices({"The Gannet": "Oluchi Farrand"}).startswith("Right so far: 1 of 5")
    assert "Not for The Gannet" in checks.voices({"The Gannet": "Ingrid Valloway"})
    assert checks.untold("Port Ansel Evening Beacon", "donation").startswith("Right")
    assert "stands in the article on" in checks.untold("Port Ansel Evening Beacon", "vote_19_14")
    assert "no name of a fact" in checks.untold("The Gannet", "the vote")
    assert checks.doers(["The Gannet", "Ansel Coast Radio"]).startswith("Right.")
    assert "Not Harbor Business Ledger" in checks.doers(["The Gannet", "Harbor Business Ledger"])
    assert "1 more" in checks.doers("The Gannet")
    assert checks.smallest_p(2 / 2**8).startswith("Right") and "in how many ways" in checks.smallest_p(0.05)
    assert checks.smallest_p("small") == "Give a number between 0 and 1."


def test_a_wrong_speaker_is_told_from_a_right_one():
    articles = framing.example("tannery")
    articles = articles[articles["event"].isin(["vote", "deal"])].reset_index(drop=True)
    quotes = framing.find_quotes(articles)
    gold = pd.read_csv(framing.example_path("tannery", "key/gold_quotes.csv"))
    gold = gold[gold["article_id"].isin(articles["article_id"])]
    errors = framing.evaluate.check_quotes(quotes, gold, articles)
    wrong = errors[errors["error"] == "wrong speaker"].iloc[0]
    chosen = quotes[(quotes["article_id"] == wrong["article_id"]) & (quotes["content"] == wrong["content"])]
    assert checks.wrong_speaker(chosen["quote_id"].iloc[0], quotes).startswith("Right: the article gives")
    right = quotes[~quotes["content"].isin(errors["content"])].iloc[0]
    assert "is right here" in checks.wrong_speaker(right["quote_id"], quotes)
    assert "no quotation" in checks.wrong_speaker("q0", quotes)
