"""How p values are written, the same in sentences, captions, figures and tables: .031, no zero before the point."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

P_COLUMNS = ["p", "p_adjusted", "smallest_p", "q_value", "fisher_p"]


def p_words(p: Any, *, exact: bool = False) -> str:
    """A p value in three decimals (".031", "< .001"), in four where three would hide its side of .05.

    With `exact` three digits of however small a number, as the least p that a sample can give deserves (".00781").
    What is missing is "n/a".
    """
    if pd.isna(p):
        return "n/a"
    if exact:
        return np.format_float_positional(float(p), precision=3, fractional=False, trim="-").lstrip("0") or "0"
    if p < 0.001:
        return "< .001"
    words = f"{p:.4f}" if f"{p:.3f}" == "0.050" and p != 0.05 else f"{p:.3f}"
    return words.lstrip("0") if words < "1" else "1"


def p_statement(p: Any) -> str:
    """``"p = .031"`` or ``"p < .001"``."""
    words = p_words(p)
    return f"p {words}" if words.startswith("<") else f"p = {words}"


def p_cell(column: Any, p: Any) -> str:
    """A p value as a cell of a table; `column` is one of `P_COLUMNS`."""
    return p_words(p, exact=column == "smallest_p")
