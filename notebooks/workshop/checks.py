"""Answers to the workshop's exercises, checked against the answer key and answered in words, never with an error."""

from __future__ import annotations

import tomllib
from typing import Any

import pandas as pd

import framing

CORPUS = "tannery"


def _answers() -> dict[str, dict[str, Any]]:
    text = framing.example_path(CORPUS, "key/answers.toml").read_text(encoding="utf-8")
    return {outlet["name"]: outlet for outlet in tomllib.loads(text)["outlet"]}


def _gold(name: str) -> pd.DataFrame:
    outlets = framing.example(CORPUS)[["article_id", "outlet", "event"]]
    return pd.read_csv(framing.example_path(CORPUS, f"key/gold_{name}.csv")).merge(outlets, on="article_id")


def _open(answer: Any) -> str | None:
    if answer is ... or answer is None or answer == {} or answer == [] or answer == "":
        return "Not answered yet. Put your answer in place of the three dots and run the cell again."
    return None


def own_words(answer: Any) -> str:
    """Exercise 1: ``{outlet: the name it uses most, in its own voice, for what happens to Tannery Row}``."""
    waiting = _open(answer)
    if waiting:
        return waiting
    if not isinstance(answer, dict):
        return "Give a dictionary: {'The Gannet': 'the word', ...}, one entry per outlet."
    labels = _gold("labels")
    own = labels[(labels["voice"] == "outlet") & (labels["concept"] == "what happens to Tannery Row")]
    right = own.groupby("outlet")["label"].agg(lambda names: names.value_counts().idxmax()).to_dict()
    unknown = sorted(set(answer) - set(right))
    if unknown:
        return f"There is no outlet {unknown[0]!r}. The outlets are: {', '.join(right)}."
    wrong = [outlet for outlet, word in answer.items() if str(word).casefold() != right[outlet].casefold()]
    missing = [outlet for outlet in right if outlet not in answer]
    if wrong:
        return (f"Look again at {wrong[0]}: count the word in its own voice only, not where it quotes somebody. "
                f"{len(answer) - len(wrong)} of {len(right)} are right.")
    if missing:
        return f"Right so far; {missing[0]} is still missing."
    return "Right, all five. Five words for one plan, and each outlet uses its own as if there were no other."


def voices(answer: Any) -> str:
    """Exercise 2: ``{outlet: the speaker it gives most quotations}``."""
    waiting = _open(answer)
    if waiting:
        return waiting
    if not isinstance(answer, dict):
        return "Give a dictionary: {'The Gannet': 'a name', ...}."
    right = {outlet: told["most_quoted"] for outlet, told in _answers().items()}
    wrong = [outlet for outlet, name in answer.items() if right.get(outlet, "").casefold() != str(name).casefold()]
    if wrong:
        return f"Not for {wrong[0]}. Sort the speakers of that outlet by the number of their quotations."
    if len(answer) < len(right):
        return f"Right so far: {len(answer)} of {len(right)} outlets."
    return "Right. No two outlets give the floor to the same person: with the same facts, that alone makes five stories."


def untold(outlet: str, answer: Any) -> str:
    """Exercise 3: a fact (its short name in facts.csv) that `outlet` never states."""
    waiting = _open(answer)
    if waiting:
        return waiting
    told = _answers()
    if outlet not in told:
        return f"There is no outlet {outlet!r}. The outlets are: {', '.join(told)}."
    facts = pd.read_csv(framing.example_path(CORPUS, "facts.csv"))["fact"].tolist()
    if answer not in facts:
        return f"{answer!r} is no name of a fact. One of the names in facts.csv is {facts[0]!r}."
    if answer in told[outlet]["never_states"]:
        return (f"Right: {outlet} never states it. What may you write? “Not found in the eight articles”, and not: "
                "“suppressed”.")
    where = _gold("coverage")
    event = where[(where["outlet"] == outlet) & (where["fact"] == answer) & (where["found"] == "found")]["event"].iloc[0]
    return f"It stands in the article on {event!r}. Read that article: the search may have missed other words for it."


def doers(answer: Any) -> str:
    """Exercise 4: the outlets whose article on the eviction makes the police the doer of a deed."""
    waiting = _open(answer)
    if waiting:
        return waiting
    deeds = _gold("agency")
    told = deeds[(deeds["event"] == "eviction") & deeds["doer"].eq("police") & deeds["form"].eq("active")]
    right, given = set(told["outlet"]), set([answer] if isinstance(answer, str) else answer)
    if given == right:
        return ("Right. In the others the block “was cleared”, people “left” or “were led out”: nobody lies, and the one "
                "who acts is out of sight.")
    extra, missing = sorted(given - right), len(right - given)
    if extra:
        return f"Not {extra[0]}: who is the subject of the verb there? Is it somebody who acts?"
    return f"Right so far; {missing} more."


def smallest_p(answer: Any) -> str:
    """Exercise 5: the smallest p value that a comparison of two outlets can have with these articles."""
    waiting = _open(answer)
    if waiting:
        return waiting
    right = float(framing.what_can_show(framing.example(CORPUS))["smallest_p"].iloc[0])
    try:
        given = float(answer)
    except (TypeError, ValueError):
        return "Give a number between 0 and 1."
    if abs(given - right) < 0.0005:
        return ("Right: 2 / 2**8. Eight events can be swapped in 256 ways, and the two most extreme of them are the least that "
                "chance can give. Testing fifty words on such a sample shows nothing.")
    return "Not that. Eight events, each of which chance may turn around: in how many ways? Two of them are most extreme."


def wrong_speaker(answer: Any, quotes: pd.DataFrame) -> str:
    """Exercise 6: the ``quote_id`` of a quotation to which the tool gave a wrong speaker."""
    waiting = _open(answer)
    if waiting:
        return waiting
    rows = quotes[quotes["quote_id"].astype(str) == str(answer)]
    if rows.empty:
        return f"There is no quotation {answer!r}. The names stand in the column quote_id."
    gold = pd.read_csv(framing.example_path(CORPUS, "key/gold_quotes.csv"))
    errors = framing.evaluate.check_quotes(quotes, gold, framing.example(CORPUS))
    wrong = errors[errors["error"] == "wrong speaker"]
    row = rows.iloc[0]
    here = wrong[(wrong["article_id"] == row["article_id"]) & (wrong["content"] == row["content"])]
    if len(here):
        return f"Right: the article gives these words to {here['gold_speaker'].iloc[0]}, the tool says {row['speaker']}."
    return (f"The tool is right here, or the mistake is another one than the speaker. It has {len(wrong)} wrong speakers in "
            f"{len(quotes)} quotations; “she said” after two women were named is a good place to look.")
