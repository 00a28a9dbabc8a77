"""The lists in ``framing/data/names``: small CSV files written for this project."""

from __future__ import annotations

import csv
from importlib.resources import files


def read_list(name: str) -> list[dict[str, str]]:
    """The rows of ``data/names/<name>.csv``; several values in a cell are separated by ";"."""
    text = (files("framing") / "data" / "names" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
