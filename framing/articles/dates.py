"""Dates as ISO strings (2023-09-13), and nothing made up where a date can be read two ways."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december"]
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_ISO = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"^\s*(\d{4})(\d{2})(\d{2})(?:T?\d{6}Z?)?\s*$")
_DAY_FIRST = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s\-.]+(?:of\s+)?{_MONTH}[\s\-,]+(?P<year>\d{{4}})", re.I)
_MONTH_FIRST = re.compile(
    rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,\s*|\s+)(?P<year>\d{{4}})", re.I)
_NUMERIC = re.compile(r"\b(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b")


def iso_date(value: object, *, day_first: bool | None = None) -> str | None:
    """The first full date in `value` as YYYY-MM-DD, or None where there is none or it is ambiguous.

    "04/05/2023" can be read two ways: it counts only when `day_first` says which, as "13/05/2023" or
    "2023-05-04" do by themselves.
    """
    if isinstance(value, datetime | date):
        return None if str(value) == "NaT" else value.isoformat()[:10]
    text = str(value)[:300]
    for pattern in (_ISO, _COMPACT):
        if match := pattern.search(text):
            return _valid(*map(int, match.groups()[:3]))
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        if match := pattern.search(text):
            month = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(match["month"].lower()))
            return _valid(int(match["year"]), month, int(match["day"]))
    if match := _NUMERIC.search(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if first == second or second > 12 or (first <= 12 and day_first is False and match[2] != "."):
            return _valid(year, first, second)
        if first > 12 or match[2] == "." or day_first:
            return _valid(year, second, first)
    return None


def reads_day_first(values: Iterable[object]) -> bool | None:
    """Whether a column of numeric dates is day first (True), month first (False) or cannot be told."""
    first = second = 0
    for value in values:
        if match := _NUMERIC.search(str(value)[:300]):
            first, second = max(first, int(match[1])), max(second, int(match[3]))
    return True if first > 12 >= second else False if second > 12 >= first else None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
