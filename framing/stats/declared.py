"""Declared contrasts: a small file of hypotheses, fixed before looking, tested apart from exploration.

    [[contrast]]
    name = "Who says offensive"
    measure = "label_share"        # which table of measures, see `compare_declared`
    item = "offensive"             # the label, target or speaker; leave out where a measure has no items
    outlet = "Gazette"
    reference = "rest"             # or the name of another outlet
    direction = "greater"          # what is expected of the outlet: "greater" or "less"
    note = "why we expect it"      # optional
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from framing.stats.comparison import results
from framing.stats.pairing import Contrast, article_rows, cells_of, columns_needed, line_up
from framing.tables import COLUMNS

FIELDS = ["name", "measure", "item", "outlet", "reference", "direction", "note"]
NEEDED = ["measure", "outlet"]
DECLARED = [*COLUMNS["comparisons"], "name", "item", "direction", "as_declared"]


def read_contrasts(path: str | Path) -> pd.DataFrame:
    """The hypotheses in a TOML file, one row each: ``name, measure, item, outlet, reference, direction, note``.

    ``reference`` is "rest" and ``direction`` missing where not given. ``table.attrs["sha256"]`` holds
    `contrasts_hash` of the file. Raises ``ValueError`` naming what is wrong and where.
    """
    if not Path(path).is_file():
        raise ValueError(f"There is no file of contrasts at {path}. Give the path of a TOML file with a block "
                         "[[contrast]] for each hypothesis.")
    content = Path(path).read_bytes()
    try:
        found = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{Path(path).name} is not a TOML file: {error}. Each hypothesis is a block "
                         "[[contrast]] of lines like outlet = \"Gazette\".") from None
    blocks = found.get("contrast")
    if not isinstance(blocks, list) or not blocks or set(found) != {"contrast"}:
        raise ValueError(f"{Path(path).name} holds {sorted(found) or 'nothing'}; it needs one or more blocks "
                         "that begin with [[contrast]], and nothing else.")
    rows = [_checked(block, f"contrast {number} of {Path(path).name}")
            for number, block in enumerate(blocks, start=1)]
    table = pd.DataFrame(rows, columns=FIELDS)
    if table["name"].duplicated().any():
        raise ValueError(f"{Path(path).name} uses the name {table.loc[table['name'].duplicated(), 'name'].iloc[0]!r} "
                         "twice. Give every contrast a name of its own.")
    table.attrs["sha256"] = contrasts_hash(path)
    return table


def contrasts_hash(path: str | Path) -> str:
    """SHA-256 of a file of hypotheses, for the manifest: it shows that nothing was changed after looking.

    Line endings do not count, so that the same file has the same hash on every system.
    """
    return hashlib.sha256(Path(path).read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def compare_declared(tables: Mapping[str, pd.DataFrame], contrasts: pd.DataFrame, *, pair: str | None = "event",
                     n_permutations: int = 9999, n_boot: int = 2000, seed: int = 0) -> pd.DataFrame:
    """Test declared contrasts, and nothing else, as one family.

    Parameters
    ----------
    tables : for each measure named in `contrasts` a table with ``outlet, event, value`` and, where they
        apply, ``article_id``, ``per`` (the denominator) and ``item``; one row per article and item, zeros
        included.
    contrasts : as from `read_contrasts`.

    Returns
    -------
    One row per contrast in the order declared, none left out: the columns of `compare` with ``declared``
    True, then ``name, item, direction`` and ``as_declared``: whether the estimate lies on the declared side.
    ``p`` stays two-sided, so a strong difference the other way is not hidden; a hypothesis holds up where
    ``p_adjusted`` is small *and* ``as_declared`` is True. What could not be tested has a missing ``p`` and
    the reason in ``note``.
    """
    columns_needed(contrasts, *NEEDED)
    contrasts = contrasts.reindex(columns=FIELDS).reset_index(drop=True)
    prepared, reasons = [], []
    for row in contrasts.to_dict("records"):
        reference = "rest" if pd.isna(row["reference"]) else str(row["reference"])
        contrast, reason = _line_up(tables, row, str(row["outlet"]), reference, pair)
        prepared.append(contrast)
        reasons.append(reason)
    result = results(prepared, n_permutations=n_permutations, n_boot=n_boot, seed=seed)
    own = contrasts["note"].fillna("").astype(str).tolist()
    result["note"] = ["; ".join(filter(None, parts)) for parts in zip(reasons, result["note"], own, strict=True)]
    result["declared"] = True
    for column in ("name", "item", "direction"):
        result[column] = contrasts[column]
    sign = contrasts["direction"].map({"greater": 1.0, "less": -1.0})
    decided = sign.notna() & result["estimate"].notna()
    result["as_declared"] = (np.sign(result["estimate"]) == sign).astype("boolean").where(decided)
    return result.reindex(columns=DECLARED)


def _line_up(tables: Mapping[str, pd.DataFrame], row: dict[str, Any], outlet: str, reference: str,
             pair: str | None) -> tuple[Contrast, str]:
    """The two sides of a declared contrast; empty, with the reason, where it cannot be tested."""
    measure, item = str(row["measure"]), row["item"]
    label = measure if pd.isna(item) else f"{measure}: {item}"
    nothing = Contrast(label, outlet, reference, False, np.empty(0), np.empty(0), np.empty(0, object), 0, 0, "")
    if measure not in tables:
        return nothing, f"not tested: there is no measure {measure!r} among {sorted(tables)}"
    table = tables[measure]
    columns_needed(table, "outlet", "value")
    if pd.isna(item) and "item" in table and table["item"].nunique() > 1:
        some = ", ".join(map(repr, sorted(map(str, table["item"].dropna().unique()))[:3]))
        return nothing, f"not tested: {measure} is measured of several items ({some}, ...); name one as item"
    if not pd.isna(item):
        columns_needed(table, "item")
        table = table[table["item"].astype(str) == str(item)]
        if table.empty:
            return nothing, f"not tested: {item!r} is not in the table of {measure}"
    rows, _ = article_rows(table, "value", per="per" if "per" in table else None, by="outlet", event=pair or "event",
                           name=label)
    known = set(rows["outlet"])
    for name in {outlet, reference} - {"rest"}:
        if name not in known:
            return nothing, f"not tested: no articles of {name!r}; the outlets are {sorted(known)}"
    contrast = line_up(next(cells_of(rows)), outlet, reference, paired=pair is not None)
    return contrast, ""


def _checked(block: Any, where: str) -> dict[str, Any]:
    if not isinstance(block, dict):
        raise ValueError(f"{where} is {block!r}; it needs lines like outlet = \"Gazette\".")
    unknown, missing = sorted(set(block) - set(FIELDS)), [field for field in NEEDED if not block.get(field)]
    if unknown or missing:
        raise ValueError(f"{where} {'has unknown ' + ', '.join(unknown) if unknown else ''}"
                         f"{' and ' if unknown and missing else ''}{'lacks ' + ', '.join(missing) if missing else ''}. "
                         f"The fields are {', '.join(FIELDS)}.")
    for field in FIELDS:
        if not isinstance(block.get(field, ""), str):
            raise ValueError(f"{where} has {field} = {block[field]!r}; write one text in quotation marks. Two "
                             "hypotheses are two blocks [[contrast]].")
    direction = block.get("direction")
    if direction not in (None, "greater", "less"):
        raise ValueError(f"{where} has direction {direction!r}; write \"greater\" or \"less\", or leave it out.")
    if block.get("reference", "rest") == block["outlet"]:
        raise ValueError(f"{where} compares {block['outlet']!r} with itself. Name another outlet, or \"rest\".")
    row = {field: block.get(field, pd.NA) for field in FIELDS}
    row["reference"] = block.get("reference", "rest")
    if pd.isna(row["name"]):
        item = "" if pd.isna(row["item"]) else f" of {row['item']}"
        row["name"] = f"{row['measure']}{item}, {row['outlet']} against {row['reference']}"
    return row
