"""Numbers that do not depend on the processor: how many digits are kept, and one thread for small products.

Matrix products differ between processor kernels in their last digits, by about 1e-7 in single precision and 1e-16 in
double. So products are taken in double precision, every score or probability that leaves a model is rounded
where it is made, before any threshold, sum or table, and whatever is printed or drawn is taken from numbers of ten
digits. A score is known to two digits at best (the model cards say how often it is right); four are kept so that
ties stay rare.

P values are written the same in sentences, captions, figures and tables: .031, no zero before the point.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import local
from typing import Any, ParamSpec, TypeVar

import numpy as np
import pandas as pd

PLACES = 4  # decimals of a score or probability
SAME = 10  # significant digits in which any two machines agree on a statistic
PRINTED = 6  # significant digits of a number in a file
_Call = ParamSpec("_Call")
_Result = TypeVar("_Result")
_here = local()


def rounded(values: Any) -> Any:
    """Scores or probabilities as they leave a model: `PLACES` decimals, and no minus before a zero."""
    return np.round(values, PLACES) + 0.0


def same(value: float, digits: int = SAME) -> float:
    """A number cut to the digits that do not depend on the processor."""
    return float(f"{value:.{digits}g}") + 0.0


def same_table(table: pd.DataFrame) -> pd.DataFrame:
    """A copy whose fractions are cut to `SAME` digits, so that what is drawn from it is the same everywhere."""
    fractions = table.select_dtypes("float").columns
    return table.assign(**{name: table[name].map(same, na_action="ignore") for name in fractions})


def printed(value: float) -> str:
    """A number as it stands in a file: whole numbers whole, others with `PRINTED` significant digits."""
    value = same(value)
    return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.{PRINTED}g}"


@contextmanager
def one_thread() -> Iterator[None]:
    """Matrix products on one thread while inside: ours are small, and several threads wait for each other.

    How a product is shared out among threads may also change its last digit.
    """
    if getattr(_here, "inside", False):
        yield
        return
    _here.inside = True
    try:
        with _libraries().limit(limits=1):
            yield
    finally:
        _here.inside = False


def on_one_thread(function: Callable[_Call, _Result]) -> Callable[_Call, _Result]:
    """`one_thread` for a whole function."""

    @functools.wraps(function)
    def alone(*args: _Call.args, **options: _Call.kwargs) -> _Result:
        with one_thread():
            return function(*args, **options)

    return alone


@functools.lru_cache(maxsize=1)
def _libraries() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController().select(user_api="blas")


# How p values are written.

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
