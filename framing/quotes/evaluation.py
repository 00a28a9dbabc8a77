"""Checking `find_quotes`: against hand-made gold, or on a random sample read by you."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from framing.entities.names import name_words, plain_name, same_person, split_speakers
from framing.entities.places import find_places, place_words
from framing.tables import KEYS, WORD, require_columns

OVERLAP = 0.5  # shared words of all words (intersection over union) from which two contents are one
Spans = tuple[tuple[int, int], ...]


def check_quotes(quotes: pd.DataFrame, gold: pd.DataFrame, articles: pd.DataFrame | None = None) -> pd.DataFrame:
    """Where the tool and a hand-made gold differ: one row per quotation missed, misattributed or not in the gold.

    Parameters
    ----------
    quotes : as from `find_quotes`. gold : rows with ``article_id, content_spans, speaker``; spans as tuples or written
        ``12-40;55-61``. An optional column ``need`` marks rows as "open": neither missed nor wrong, whatever is found.
    articles : count shared words instead of characters.

    Returns
    -------
    One row per difference: ``article_id, error`` ("missed", "wrong speaker", "not in the gold"), ``kind``, ``content``,
    ``speaker`` (found), ``gold_speaker``, ``start, end``. The counts behind it stand in ``attrs["scores"]``: see
    `quote_scores`.
    """
    pairs, missed, extra = _matched(quotes, gold, articles)
    rows: list[list[Any]] = []
    for row, wanted in pairs:
        if not _right_speaker(row.speaker, wanted.speaker) and _needed(wanted):
            rows.append([row.article_id, "wrong speaker", row.kind, row.content, row.speaker, wanted.speaker, row.start,
                         row.end])
    rows += [[w.article_id, "missed", getattr(w, "kind", pd.NA), getattr(w, "content", pd.NA), pd.NA, w.speaker,
              min(a for a, _ in w.content_spans), max(b for _, b in w.content_spans)] for w in missed if _needed(w)]
    rows += [[r.article_id, "not in the gold", r.kind, r.content, r.speaker, pd.NA, r.start, r.end] for r in extra]
    table = pd.DataFrame(rows, columns=["article_id", "error", "kind", "content", "speaker", "gold_speaker", "start",
                                        "end"])
    table = table.sort_values(["article_id", "start", "error"], ignore_index=True)
    table.attrs["scores"] = quote_scores(quotes, gold, articles)
    return table


def quote_scores(quotes: pd.DataFrame, gold: pd.DataFrame, articles: pd.DataFrame | None = None) -> dict[str, float]:
    """How much of a gold `find_quotes` finds: ``found`` (recall), ``right_speaker`` (of those found that have a
    speaker), ``precision``, and the same for each kind (``found_direct``, ``right_direct``, ...); with ``n`` gold rows.
    ``covered_direct`` and so on: all words of the gold quotation stand in one row, however long that row is.

    Found means that at least half of all words of the two contents are shared. Nested rows and scare quotes do not
    count as found, nor as wrong.
    """
    pairs, missed, extra = _matched(quotes, gold, articles)
    needed = [(row, wanted) for row, wanted in pairs if _needed(wanted)]
    lost = [wanted for wanted in missed if _needed(wanted)]
    with_speaker = [(r, w) for r, w in needed if not _blank(w.speaker)]
    scores = {"n": float(len(needed) + len(lost)), "found": _ratio(len(needed), len(needed) + len(lost)),
              "right_speaker": _ratio(sum(_right_speaker(r.speaker, w.speaker) for r, w in with_speaker),
                                      len(with_speaker)),
              "precision": _ratio(len(pairs), len(pairs) + len(extra))}
    for name, kinds in (("direct", {"direct"}), ("mixed", {"mixed"}), ("indirect", {"indirect"})):
        got = [(r, w) for r, w in needed if getattr(w, "kind", "") in kinds]
        out = [w for w in lost if getattr(w, "kind", "") in kinds]
        spoken = [(r, w) for r, w in got if not _blank(w.speaker)]
        scores[f"n_{name}"] = float(len(got) + len(out))
        scores[f"found_{name}"] = _ratio(len(got), len(got) + len(out))
        scores[f"right_{name}"] = _ratio(sum(_right_speaker(r.speaker, w.speaker) for r, w in spoken), len(spoken))
        held = [_held(w, quotes, articles) for w in [*(w for _, w in got), *out]]
        scores[f"covered_{name}"] = _ratio(sum(held), len(held))
    return scores


def _held(wanted: Any, quotes: pd.DataFrame, articles: pd.DataFrame | None) -> bool:
    """Does one outer row hold every word of a gold quotation, whatever else it holds?"""
    texts = dict(zip(articles["article_id"], articles["text"], strict=True)) if articles is not None else {}
    places = _places(_spans(wanted.content_spans), texts.get(wanted.article_id))
    rows = quotes[(quotes["article_id"] == wanted.article_id) & (quotes["kind"] != "scare")]
    return any(places <= _places(_spans(spans), texts.get(wanted.article_id)) for spans in rows["content_spans"])


def sample_quotes(quotes: pd.DataFrame, n: int = 20, *, seed: int = 0) -> pd.DataFrame:
    """A random sample to check by hand: fill in ``content_right`` and ``speaker_right``, then take their means.

    One row per quotation drawn (scare quotes and nested ones left out), in the order of the table, with the two empty
    columns. The same seed draws the same rows.
    """
    require_columns(quotes, [*KEYS, "kind", "content", "speaker"], made_by="find_quotes")
    nested = quotes["nested"].fillna(False).astype(bool) if "nested" in quotes else pd.Series(False, index=quotes.index)
    rows = quotes[(quotes["kind"] != "scare") & ~nested]
    drawn = rows.sample(min(n, len(rows)), random_state=seed).sort_index()
    kept = [*KEYS, "kind", "source", "cue", "content", "speaker", "start", "end"]
    return drawn[[column for column in kept if column in drawn]].assign(content_right=pd.NA, speaker_right=pd.NA)


def _matched(quotes: pd.DataFrame, gold: pd.DataFrame, articles: pd.DataFrame | None) -> tuple[
        list[tuple[Any, Any]], list[Any], list[Any]]:
    """Pairs of found and gold rows, one to one, the most alike first; what is left of either."""
    require_columns(quotes, ["article_id", "content_spans", "speaker", "kind"], made_by="find_quotes")
    lacking = [column for column in ("article_id", "content_spans", "speaker") if column not in gold]
    if lacking:
        raise ValueError(f"This gold has no {', '.join(lacking)}; its columns are {list(gold)}. Pass a table such as "
                         "the bundled one, key/gold_quotes.csv of the corpus summit (see framing.example).")
    texts = dict(zip(articles["article_id"], articles["text"], strict=True)) if articles is not None else {}
    gold = gold.assign(content_spans=[_spans(value) for value in gold["content_spans"]])
    known = set(gold["article_id"]) if articles is None else set(texts)
    outer = quotes[(quotes["kind"] != "scare") & quotes["article_id"].isin(known)]
    if "nested" in outer:
        outer = outer[~outer["nested"].fillna(False).astype(bool)]
    found = list(outer.itertuples(index=False))
    wanted = list(gold.itertuples(index=False))
    of_article: dict[Any, list[int]] = {}
    for number, row in enumerate(found):
        of_article.setdefault(row.article_id, []).append(number)
    marks = [_places(_spans(row.content_spans), texts.get(row.article_id)) for row in found]
    scored = []
    for number, want in enumerate(wanted):
        places = _places(want.content_spans, texts.get(want.article_id))
        for other in of_article.get(want.article_id, []):
            shared = len(places & marks[other])
            if shared and shared / len(places | marks[other]) >= OVERLAP:
                scored.append((-shared / len(places | marks[other]), number, other))
    pairs, used, taken = [], set(), set()
    for _, number, other in sorted(scored):
        if number not in used and other not in taken:
            used.add(number)
            taken.add(other)
            pairs.append((found[other], wanted[number]))
    missed = [want for number, want in enumerate(wanted) if number not in used]
    covered: dict[Any, set[int]] = {}
    for want in wanted:  # pieces of gold rows that are open or nested are not false alarms
        if not _needed(want):
            covered.setdefault(want.article_id, set()).update(_places(want.content_spans, texts.get(want.article_id)))
    extra = [row for number, row in enumerate(found) if number not in taken
             and len(marks[number] & covered.get(row.article_id, set())) < 0.5 * max(len(marks[number]), 1)]
    return pairs, missed, extra


def _places(spans: Spans, text: str | None) -> set[int]:
    """The characters, or the beginnings of the words, that spans cover."""
    if text is None:
        return {place for start, end in spans for place in range(start, end)}
    return {hit.start() for start, end in spans for hit in WORD.finditer(text, start, end)}


def _spans(value: Any) -> Spans:
    if isinstance(value, str):
        return tuple((int(a), int(b)) for a, b in re.findall(r"(\d+)-(\d+)", value))
    return tuple((int(a), int(b)) for a, b in value) if isinstance(value, (list, tuple)) else ()


def _needed(row: Any) -> bool:
    return getattr(row, "need", "clear") == "clear"


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def _blank(speaker: Any) -> bool:
    return pd.isna(speaker) or not str(speaker).strip()


def _right_speaker(found: Any, wanted: Any) -> bool:
    """Is it one speaker? Several answers may be right ("KCNA|Pyongyang state media")."""
    if _blank(wanted):
        return True
    if _blank(found):
        return False
    return any(_same(str(found), answer) for answer in str(wanted).split("|"))


def _same(one: str, other: str) -> bool:
    first, second = sorted(map(_key, _members(one))), sorted(map(_key, _members(other)))
    return first == second or (len(first) == len(second) == 1 and same_person(one, other))


def _members(speaker: str) -> list[str]:
    parts = split_speakers(speaker)
    if len(parts) == 1:
        halves = re.split(r" and (?:the )?", parts[0])
        if all(half in place_words() or half.removeprefix("the ") in place_words() for half in halves):
            return halves
    return parts


def _key(name: str) -> str:
    """A speaker's name for comparing: no article, capitals and countries by country, hyphens opened."""
    plain = plain_name(name)
    place = place_words().get(plain)
    if place and place.how != "adjective":
        return place.country.casefold()
    for start, end, found in reversed(find_places(plain)):
        plain = plain[:start] + found.country + plain[end:]
    return " ".join(name_words(plain))
