"""How right is it on your articles: quotations and tone against a reader, and readers against each other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from framing.entities.names import name_words, plain_name, same_person, split_speakers
from framing.entities.places import find_places, place_words
from framing.sentiment.tones import sentences
from framing.stats.intervals import newcombe, wilson
from framing.tables import KEYS, WORD, as_articles, require_columns
from framing.text.unicode import count
from framing.words.index import VOICES

OPEN = 0.5  # share of a quotation inside open or nested ones from which it is no false alarm; set by hand
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
            rows.append(
                [
                    row.article_id,
                    "wrong speaker",
                    row.kind,
                    row.content,
                    row.speaker,
                    wanted.speaker,
                    row.start,
                    row.end,
                ]
            )
    rows += [
        [
            w.article_id,
            "missed",
            getattr(w, "kind", pd.NA),
            getattr(w, "content", pd.NA),
            pd.NA,
            w.speaker,
            min(a for a, _ in w.content_spans),
            max(b for _, b in w.content_spans),
        ]
        for w in missed
        if _needed(w)
    ]
    rows += [[r.article_id, "not in the gold", r.kind, r.content, r.speaker, pd.NA, r.start, r.end] for r in extra]
    table = pd.DataFrame(
        rows,
        columns="""
        article_id error kind content speaker gold_speaker start end
    """.split(),
    )
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
    scores = {
        "n": float(len(needed) + len(lost)),
        "found": _ratio(len(needed), len(needed) + len(lost)),
        "right_speaker": _ratio(sum(_right_speaker(r.speaker, w.speaker) for r, w in with_speaker), len(with_speaker)),
        "precision": _ratio(len(pairs), len(pairs) + len(extra)),
    }
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


def _matched(
    quotes: pd.DataFrame, gold: pd.DataFrame, articles: pd.DataFrame | None
) -> tuple[list[tuple[Any, Any]], list[Any], list[Any]]:
    """Pairs of found and gold rows, one to one, the most alike first; what is left of either."""
    require_columns(quotes, ["article_id", "content_spans", "speaker", "kind"], made_by="find_quotes")
    lacking = [column for column in ("article_id", "content_spans", "speaker") if column not in gold]
    if lacking:
        raise ValueError(
            f"This gold has no {', '.join(lacking)}; its columns are {list(gold)}. Pass a table such as "
            "the bundled one, key/gold_quotes.csv of the corpus summit (see framing.example)."
        )
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
    extra = [
        row
        for number, row in enumerate(found)
        if number not in taken
        and len(marks[number] & covered.get(row.article_id, set())) < OPEN * max(len(marks[number]), 1)
    ]
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


# Is the tone model right on your own articles? A sheet to fill in, and its error once filled in.

CODES = {-1: "negative", 0: "neutral", 1: "positive"}
SHEET = [*KEYS, "sentence", "start", "end", "target", "voice", "text", "coded", "polarity", "score"]
CHECK = ["of", "class", "n", "n_wrong", "error", "low", "high"]


def check_tone(
    table: pd.DataFrame, articles: pd.DataFrame | None = None, *, n: int = 60, seed: int = 0
) -> pd.DataFrame:
    """Draw sentences to judge by hand; given back filled in, say how often the model errs on them.

    Parameters
    ----------
    table : first a table from `tone`, then the sheet this function returned with its column ``coded`` filled in.
    articles : the articles of that tone table, for the sheet; not needed for the result.
    n : rows to draw, as evenly as possible from negative, neutral and positive.
    seed : of the draw.

    Returns
    -------
    With a tone table, the coding sheet: one row per sentence and target in random order, ``text`` with the target
    in [[double brackets]], ``coded`` empty: write -1, 0 or 1 (or the words) for how the sentence sounds toward
    the target, before you look at ``polarity`` and ``score`` in the last columns. Hide those two to be strict.

    With a filled sheet, the errors: one row per group, with ``of`` ("all", "predicted" class, "coded" class,
    "voice", or "negative taken for positive" and the reverse), ``class``, ``n``, ``n_wrong``, ``error`` (0 to 1)
    and its 95 % Wilson interval ``low, high``. The row "outlet less others" compares voices by Newcombe's interval.
    Rows left empty are not counted. Raises ``ValueError`` for other codes, or if nothing is coded.

    Notes
    -----
    The sheet is balanced by predicted class, so "all" is the error on such a sample; the errors by predicted
    class hold for the whole corpus. Sixty rows give intervals about 25 points wide.
    """
    if "coded" in table.columns:
        return _errors(table)
    require_columns(table, [*KEYS, "sentence", "start", "end", "target", "voice", "polarity", "score"], made_by="tone")
    if articles is None:
        raise ValueError("To draw a sheet the articles are needed as well: check_tone(tone_table, articles).")
    return _sheet(table, as_articles(articles), n, seed)


def _sheet(table: pd.DataFrame, articles: pd.DataFrame, n: int, seed: int) -> pd.DataFrame:
    mixed = table[table["polarity"].notna()].sort_values(["article_id", "start", "target", "voice"], kind="stable")
    mixed = mixed.sample(frac=1, random_state=seed)
    rank = mixed.groupby("polarity").cumcount()  # the first of each class, the second of each class, ...
    drawn = mixed.loc[rank.sort_values(kind="stable").index[:n]].sample(frac=1, random_state=seed)
    texts = articles.set_index("article_id")["text"]
    spans = {
        (one.article.article_id, one.number): (one.start, one.end)
        for one in sentences(articles[articles["article_id"].isin(drawn["article_id"])])
    }
    rows: list[dict[str, Any]] = []
    for row in drawn.to_dict("records"):
        text, place = texts[row["article_id"]], (row["article_id"], row["sentence"])
        if place not in spans:
            raise ValueError(
                f"Article {row['article_id']!r} has no sentence {row['sentence']}. Pass the articles "
                "that the tone table was made from."
            )
        start, end = spans[place]
        marked = f"{text[start : row['start']]}[[{text[row['start'] : row['end']]}]]{text[row['end'] : end]}"
        rows.append({**row, "text": " ".join(marked.split()), "coded": pd.NA})
    return pd.DataFrame(rows, columns=SHEET)


def _errors(sheet: pd.DataFrame) -> pd.DataFrame:
    require_columns(sheet, ["coded", "polarity", "voice"], made_by="check_tone")
    names = {
        **{str(code): code for code in CODES},
        **{name: code for code, name in CODES.items()},
        **{f"{code}.0": code for code in CODES},
        "+1": 1,
    }
    written = sheet["coded"].map(lambda code: "" if pd.isna(code) else str(code).strip().lower())
    strange = sorted({code for code in written if code and code not in names})
    if strange:
        raise ValueError(
            f"The column coded holds {strange[0]!r} ({len(strange)} codes of this kind); "
            "write -1, 0 or 1, or negative, neutral or positive, and leave unsure rows empty."
        )
    if not written.ne("").any():
        raise ValueError("No row of this sheet is coded yet. Fill in the column coded with -1, 0 or 1.")
    done = sheet[written.ne("")].assign(coded=written[written.ne("")].map(names))
    wrong = done["coded"].astype(int) != done["polarity"].astype(int)
    rows = [_row("all", "all", wrong)]
    for of, column in (("predicted", "polarity"), ("coded", "coded")):
        rows += [_row(of, name, wrong[done[column] == code]) for code, name in CODES.items()]
    rows += [
        _row("negative taken for positive", "negative", (done["polarity"] == 1)[done["coded"] == -1]),
        _row("positive taken for negative", "positive", (done["polarity"] == -1)[done["coded"] == 1]),
    ]
    rows += [_row("voice", voice, wrong[done["voice"] == voice]) for voice in VOICES]
    own = wrong[done["voice"] == "outlet"]
    other = wrong[done["voice"] != "outlet"]
    if len(own) and len(other):
        low, high = newcombe(own.sum(), len(own), other.sum(), len(other))
        rows.append(
            [
                "outlet less others",
                "all",
                len(done),
                int(wrong.sum()),
                own.mean() - other.mean(),
                float(low),
                float(high),
            ]
        )
    return pd.DataFrame(rows, columns=CHECK)


def _row(of: str, name: str, wrong: pd.Series) -> list[Any]:
    if wrong.empty:
        return [of, name, 0, 0, float("nan"), float("nan"), float("nan")]
    low, high = wilson(wrong.sum(), len(wrong))
    return [of, name, len(wrong), int(wrong.sum()), float(wrong.mean()), float(low), float(high)]


# Agreement between coders: Krippendorff's alpha for any number of them, Cohen's kappa for two.

LEVELS = ("nominal", "ordinal", "interval", "ratio")


def krippendorff_alpha(codes: pd.DataFrame, *, level: str = "nominal") -> dict[str, float | int]:
    """How well coders agree beyond chance: 1 perfect, 0 as chance would, below 0 worse.

    Parameters
    ----------
    codes : one row per unit (article, quote), one column per coder; missing where a coder did not code.
    level : "nominal" (categories), "ordinal" (ranks), "interval" or "ratio" (numbers).

    Returns
    -------
    ``alpha``; its 95 % interval ``low, high`` by leaving out one unit at a time (missing below three units);
    ``n_units`` that at least two coders coded, and ``n_coders``. Raises ``ValueError`` where no unit has two codes, or
    where all codes are the same: then there is nothing to agree about, and alpha is not 1 but undefined.

    Notes
    -----
    Read .80 and above as firm, .667 to .80 as tentative (Krippendorff). The jackknife is chosen over the bootstrap for
    small samples (Hughes 2021).

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's alpha-reliability; Hughes (2021), arXiv 2210.13265.
    """
    if level not in LEVELS:
        raise ValueError(f"level is {level!r}; use one of {', '.join(LEVELS)}.")
    values = sorted(pd.unique(codes.to_numpy(dtype=object).ravel()[pd.notna(codes.to_numpy(dtype=object).ravel())]))
    if level != "nominal" and any(not isinstance(value, int | float | np.number) for value in values):
        raise ValueError(
            f"For level {level!r} the codes must be numbers; found {values[0]!r}. "
            'Number the categories, or use level="nominal".'
        )
    counts = (
        np.stack([(codes == value).fillna(False).sum(axis=1).to_numpy(float) for value in values], axis=1)
        if values
        else np.zeros((len(codes), 0))
    )
    counts = counts[counts.sum(axis=1) >= 2]
    if not len(counts):
        raise ValueError(
            "No unit was coded by two coders, so agreement cannot be measured. Let coders share some units."
        )
    if (counts.sum(axis=0) > 0).sum() < 2:
        raise ValueError(
            "All shared units have the same code, so agreement beyond chance cannot be measured. "
            "Code units of which some differ."
        )
    alpha = _alpha(counts, values, level)
    low = high = np.nan
    if len(counts) >= 3:
        n = len(counts)
        left_out = np.array([_alpha(np.delete(counts, i, axis=0), values, level) for i in range(n)])
        if np.isfinite(left_out).all():
            error = np.sqrt((n - 1) / n * ((left_out - left_out.mean()) ** 2).sum())
            half = float(stdtrit(n - 1, 0.975)) * error
            low, high = alpha - half, min(1.0, alpha + half)
    return {"alpha": alpha, "low": low, "high": high, "n_units": len(counts), "n_coders": codes.shape[1]}


def cohen_kappa(first: pd.Series, second: pd.Series) -> float:
    """Cohen's kappa of two coders over the units that both coded; see `krippendorff_alpha` for more than two."""
    both = pd.DataFrame({"first": list(first), "second": list(second)}).dropna()
    if both.empty:
        raise ValueError("The two coders share no unit, so agreement cannot be measured. Let them share some.")
    table = pd.crosstab(both["first"], both["second"])
    names = table.index.union(table.columns)
    shares = table.reindex(index=names, columns=names, fill_value=0).to_numpy(float) / len(both)
    seen, chance = np.trace(shares), float(shares.sum(axis=1) @ shares.sum(axis=0))
    if chance == 1:
        raise ValueError("Both coders gave every unit the same code, so kappa is undefined.")
    return float((seen - chance) / (1 - chance))


UNIT = ("article_id", "start", "end", "target", "item", "fact", "label")  # columns that say what a row of a sheet is
CODED = ("coded", "content_right", "speaker_right")  # columns that the sheets of this package leave to coders
AGREEMENT = ["variable", "coders", "alpha", "low", "high", "same", "n_units", "n_coders", "note"]


def coder_agreement(
    sheets: Mapping[str, pd.DataFrame],
    *,
    variables: Sequence[str] | None = None,
    unit: Sequence[str] | None = None,
    level: str = "nominal",
) -> pd.DataFrame:
    """How well people who filled in the same sheet agree: Krippendorff's alpha of all, and of every two.

    Parameters
    ----------
    sheets : by coder, the sheet of `check_tone`, of `sample_quotes` or of your own, filled in. Small and capital
        letters, and words or numbers for a tone, are one code; an empty cell is none.
    variables : the columns that were filled in; by default ``coded, content_right, speaker_right`` as far as there.
    unit : columns that together name what a row judges, by which rows are matched; by default ``article_id, start,
        end`` and such as far as all sheets have them.
    level : of the codes, as for `krippendorff_alpha`.

    Returns
    -------
    One row per variable for ``coders`` "all" and, of three or more, for every two ("Ada and Ben"): ``alpha`` with its
    95 % interval ``low, high``; ``same``, the share of pairs of codes that agree (0 to 1), chance included;
    ``n_units`` that two or more of them coded; ``n_coders``; ``note``, why alpha is missing, else empty.
    Raises ``ValueError`` for one sheet alone, for columns that a sheet lacks, and where a sheet has a unit twice.

    Notes
    -----
    A low alpha beside a high ``same`` means that nearly all units have one code: code units of which more differ. One
    coder who differs from all others shows in the rows of two.
    """
    if len(sheets) < 2:
        raise ValueError(
            "Agreement needs the sheets of two coders or more; this is one sheet. Give the same empty "
            "sheet to somebody else."
        )
    there = [set(sheet.columns) for sheet in sheets.values()]
    wanted = list(variables) if variables is not None else [name for name in CODED if all(name in at for at in there)]
    by = list(unit) if unit is not None else [name for name in UNIT if all(name in at for at in there)]
    if not wanted or not by:
        raise ValueError(
            "These sheets share no column that "
            + ("was filled in; name it with variables=" if not wanted else "names a unit; name it with unit=")
            + ". Columns of all: "
            + ", ".join(sorted(set.intersection(*there)))
            + "."
        )
    for coder, sheet in sheets.items():
        if lacking := [name for name in (*by, *wanted) if name not in sheet]:
            raise ValueError(f"The sheet of {coder} has no {', '.join(lacking)}; its columns are {list(sheet)}.")
        if twice := int(sheet.duplicated(by).sum()):
            raise ValueError(
                f"The sheet of {coder} codes {count(twice, 'unit')} twice (by {', '.join(by)}). "
                "Keep one row of each, or name more columns with unit=."
            )
    rows = []
    for variable in wanted:
        codes = pd.DataFrame({coder: sheet.set_index(by)[variable].map(_plain_code) for coder, sheet in sheets.items()})
        groups = [
            ("all", list(codes)),
            *((f"{one} and {other}", [one, other]) for one, other in combinations(codes, 2) if len(sheets) > 2),
        ]
        rows += [[variable, name, *_agreement(codes[coders], level)] for name, coders in groups]
    return pd.DataFrame(rows, columns=AGREEMENT)


def _plain_code(code: Any) -> Any:
    """One value for one meaning: a number where it is one or a word for one, else words in small letters."""
    words = "" if pd.isna(code) else str(code).strip().casefold()
    known = {name: value for value, name in CODES.items()}
    try:
        return np.nan if not words else known[words] if words in known else float(words)
    except ValueError:
        return words


def _agreement(codes: pd.DataFrame, level: str) -> list[Any]:
    """alpha, low, high, same, n_units, n_coders and note of one group of coders."""
    if level == "nominal":
        codes = codes.map(lambda code: code if pd.isna(code) else str(code))
    shared = codes[codes.notna().sum(axis=1) >= 2]
    pairs = [shared[[one, other]].dropna() for one, other in combinations(shared, 2)]
    n_pairs = sum(map(len, pairs))
    same = sum(int((pair.iloc[:, 0] == pair.iloc[:, 1]).sum()) for pair in pairs) / n_pairs if n_pairs else np.nan
    try:
        found = krippendorff_alpha(shared, level=level)
    except ValueError as undefined:
        if len(shared) and shared.stack().nunique() > 1:  # not a matter of agreement but of the codes
            raise
        return [np.nan, np.nan, np.nan, same, len(shared), codes.shape[1], str(undefined)]
    return [found["alpha"], found["low"], found["high"], same, found["n_units"], found["n_coders"], ""]


def _alpha(counts: np.ndarray, values: list[Any], level: str) -> float:
    """1 less observed by expected disagreement, from units x values counts of codes."""
    size = counts.sum(axis=1)
    together = (counts / (size - 1)[:, None]).T @ counts - np.diag((counts / (size - 1)[:, None]).sum(axis=0))
    totals = together.sum(axis=0)
    expected = np.outer(totals, totals) - np.diag(totals)
    distance = _distances(totals, values, level)
    chance = (expected * distance).sum()
    return float(1 - (totals.sum() - 1) * (together * distance).sum() / chance) if chance > 0 else np.nan


def _distances(totals: np.ndarray, values: list[Any], level: str) -> np.ndarray:
    table = np.zeros((len(values), len(values)))
    for i, j in combinations(range(len(values)), 2):
        if level == "nominal":
            found = 1.0
        elif level == "ordinal":
            found = (totals[i : j + 1].sum() - (totals[i] + totals[j]) / 2) ** 2
        else:
            found = float(values[i] - values[j]) ** 2
            if level == "ratio":
                found /= float(values[i] + values[j]) ** 2
        table[i, j] = table[j, i] = found
    return table
