"""How well `find_quotes` does on invented articles of many kinds, one row per article.

    python tests/benchmarks/other_kinds_benchmark.py [--half abcd] [--errors] [--rows ARTICLE]

Gold and texts: ``tests/data/other_kinds`` (see ``tests/other_kinds.py``). Part "d" is for scoring, not for reading.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import Any

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from other_kinds import load


def scores_by_article(
    quotes: pd.DataFrame, gold: pd.DataFrame, articles: pd.DataFrame, notes: dict[str, Any]
) -> pd.DataFrame:
    """One row per article and a last one for all: counts and shares of what was found, right and wrong."""
    from framing.evaluate import quote_scores

    rows = []
    for name in [*notes, "all"]:
        chosen = articles if name == "all" else articles[articles["article_id"] == name]
        part = gold[gold["article_id"].isin(chosen["article_id"])]
        found = quotes[quotes["article_id"].isin(chosen["article_id"])]
        scores = quote_scores(found, part, chosen)
        row = {
            "article": name,
            **{
                key: scores[key]
                for key in ("n", "found", "precision", "right_speaker", "n_direct", "found_direct", "found_indirect")
            },
        }
        some = {key: notes[key] for key in chosen["article_id"]}
        row["role"] = right_roles(found, part, chosen)
        row["voice"] = right_voices(found, chosen, some)
        row["who"] = right_mentions(chosen, some)
        row["resolved"] = resolved_from_gold(part, chosen)
        rows.append(row)
    return pd.DataFrame(rows)


def right_roles(quotes: pd.DataFrame, gold: pd.DataFrame, articles: pd.DataFrame) -> float:
    """Share of the found quotations with a right speaker whose role is right as well."""
    from framing.evaluate import _matched, _needed, _right_speaker

    pairs = [
        (row, want)
        for row, want in _matched(quotes, gold, articles)[0]
        if _needed(want) and not pd.isna(want.speaker) and _right_speaker(row.speaker, want.speaker)
    ]
    right = sum(row.speaker_role in want.role.split("|") for row, want in pairs)
    return right / len(pairs) if pairs else float("nan")


def wrong_roles(quotes: pd.DataFrame, gold: pd.DataFrame, articles: pd.DataFrame) -> list[str]:
    from framing.evaluate import _matched, _needed

    return [
        f"{row.article_id} {row.speaker}: {row.speaker_role}, not {want.role}"
        for row, want in _matched(quotes, gold, articles)[0]
        if _needed(want) and not pd.isna(want.speaker) and row.speaker_role not in want.role.split("|")
    ]


def right_voices(quotes: pd.DataFrame, articles: pd.DataFrame, notes: dict[str, Any]) -> float:
    marks = [not error for error in voices(quotes, articles, notes)]
    return sum(marks) / len(marks) if marks else float("nan")


def voices(quotes: pd.DataFrame, articles: pd.DataFrame, notes: dict[str, Any]) -> list[str]:
    """For each noted phrase "" if voice and speaker are right, else what is wrong."""
    from framing.evaluate import _right_speaker
    from framing.quotes.voice import add_voice

    rows = []
    for article in articles.itertuples():
        for phrase, voice, speaker in notes[article.article_id]["voice"]:
            start = article.text.index(phrase)
            rows.append([article.article_id, start, start + len(phrase), phrase, voice, speaker])
    table = pd.DataFrame(rows, columns=["article_id", "start", "end", "phrase", "gold", "gold_speaker"])
    found = add_voice(table, articles, quotes)
    return [
        ""
        if row.voice == row.gold and (row.gold == "outlet" or _right_speaker(row.speaker, row.gold_speaker))
        else f"{row.article_id} {row.phrase!r}: {row.voice} {row.speaker}, not {row.gold} {row.gold_speaker}"
        for row in found.itertuples()
    ]


def mentions(articles: pd.DataFrame, notes: dict[str, Any]) -> list[str]:
    """For each noted mention "" if it is resolved to its person somewhere in the article, else what it becomes."""
    from framing.entities.names import same_person
    from framing.quotes.speakers import resolve_mentions

    found = resolve_mentions(articles)
    errors = []
    for article in articles.itertuples():
        here = found[found["article_id"] == article.article_id]
        for name, aliases in notes[article.article_id]["who"].items():
            for alias in aliases:
                places = [hit.span() for hit in re.finditer(rf"(?<!\w){re.escape(alias)}(?!\w)", article.text)]
                inside = here[[any(a <= row.start and row.end <= b for a, b in places) for row in here.itertuples()]]
                right = any(entity == name or same_person(entity, name) for entity in inside["entity"])
                errors.append(
                    "" if right else f"{article.article_id} {alias!r}: {sorted(set(inside['entity']))}, not {name}"
                )
    return errors


def right_mentions(articles: pd.DataFrame, notes: dict[str, Any]) -> float:
    errors = mentions(articles, notes)
    return sum(not error for error in errors) / len(errors) if errors else float("nan")


def with_sources(gold: pd.DataFrame) -> pd.DataFrame:
    """The gold as quotes whose speakers are still to be resolved, with the sources as marked."""
    rows = gold[gold["source_spans"].map(bool) & gold["speaker"].notna()].copy()
    rows["cue_spans"] = [()] * len(rows)
    rows["nested"], rows["source"], rows["content"] = rows["need"] == "nested", "x", ""
    rows["start"] = [min(a for a, _ in spans) for spans in rows["content_spans"]]
    rows["end"] = [max(b for _, b in spans) for spans in rows["content_spans"]]
    return rows.drop(columns=["speaker", "role", "need"])


def resolve_gold(gold: pd.DataFrame, articles: pd.DataFrame) -> list[str]:
    """For each marked source "" if it is resolved to the right speaker, else what it becomes."""
    from framing.evaluate import _right_speaker
    from framing.quotes.speakers import resolve_speakers

    rows = with_sources(gold)
    if rows.empty:
        return []
    found = resolve_speakers(rows, articles)
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    return [
        ""
        if _right_speaker(row.speaker, want)
        else f"{row.article_id} {row.number} {texts[row.article_id][slice(*row.source_spans[0])]!r}: {row.speaker}, "
        f"not {want}"
        for row, want in zip(found.itertuples(), gold.loc[rows.index, "speaker"], strict=True)
    ]


def resolved_from_gold(gold: pd.DataFrame, articles: pd.DataFrame) -> float:
    errors = resolve_gold(gold, articles)
    return sum(not error for error in errors) / len(errors) if errors else float("nan")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--half", default="abcd", help="parts to score, some of the letters abcd")
    parser.add_argument("--errors", action="store_true", help="also list every difference")
    parser.add_argument("--rows", help="print all rows of this article")
    options = parser.parse_args()
    from framing import find_quotes
    from framing.evaluate import check_quotes

    articles, gold, notes = load(options.half)
    quotes = find_quotes(articles)
    if options.rows:
        part = quotes[quotes["article_id"] == options.rows]
        for row in part.itertuples():
            print(
                f"{row.kind:9}{'nested ' if row.nested else ''}{row.source} [{row.cue}/{row.stance}] => "
                f"{row.speaker} ({row.speaker_role}; via {row.via}): {row.content}"
            )
        return
    print(scores_by_article(quotes, gold, articles, notes).to_string(index=False, float_format="%.2f"))
    if options.errors:
        differences = check_quotes(quotes, gold, articles)
        for row in differences.itertuples():
            print(f"{row.article_id} {row.error} [{row.kind}] {row.speaker} | gold {row.gold_speaker} | {row.content}")
        lists = {
            "roles": wrong_roles(quotes, gold, articles),
            "voices": voices(quotes, articles, notes),
            "who is who": mentions(articles, notes),
            "sources": resolve_gold(gold, articles),
        }
        for heading, errors in lists.items():
            print(f"\n{heading}\n" + "\n".join(error for error in errors if error))


if __name__ == "__main__":
    main()
