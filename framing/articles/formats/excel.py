"""Excel workbooks (xlsx): each sheet that has a header row is a table, read by openpyxl; nothing is computed.

What openpyxl is given has been checked: a workbook that unpacks to too much is refused.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from framing.articles.decoding import Unreadable, open_zip, packs, refuse_bomb

LARGEST = 400_000_000  # bytes of all parts, unpacked
MOST_ROWS = 1_000_000  # of one sheet: Excel itself stops there
WIDEST = 500  # columns of a sheet that are looked at
HEADER_WITHIN = 20  # rows at the top of a sheet among which its header stands


def is_workbook(data: bytes) -> bool:
    return packs(data, "xl/workbook.xml")


def rows(data: bytes) -> list[dict[str, Any]]:
    """The rows of all sheets that have the columns of the first of them, as column -> value; dates as dates."""
    with open_zip(data) as archive:
        refuse_bomb(archive, len(data), LARGEST, whole=True)
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        found = _sheets(data)
    except (InvalidFileException, zipfile.BadZipFile, zlib.error, KeyError, IndexError, ValueError, TypeError,
            AttributeError, OSError, EOFError, SyntaxError, OverflowError) as error:
        raise Unreadable(f"a damaged Excel workbook ({type(error).__name__}: {str(error)[:80]})") from None
    if not found:
        raise Unreadable("the Excel workbook holds no table: no row of column names with rows below it")
    return found


def _sheets(data: bytes) -> list[dict[str, Any]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    found: list[dict[str, Any]] = []
    first: set[str] = set()
    try:
        for sheet in book.worksheets:
            columns, table = _table(sheet)
            if table and (not first or first & set(columns)):
                first = first or set(columns)
                found += table
    finally:
        book.close()
    return found


def _table(sheet: Any) -> tuple[list[str], list[dict[str, Any]]]:
    """The names of a sheet's columns and its rows; the header is the row near the top with most known names."""
    from framing.articles.fields import field_of

    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()  # what a sheet says of its size need not be true
    top: list[tuple[Any, ...]] = []
    cells = sheet.iter_rows(values_only=True, max_col=WIDEST, max_row=MOST_ROWS)
    for row in cells:
        top.append(row)
        if len(top) == HEADER_WITHIN:
            break
    known = [sum(bool(cell is not None and field_of(cell)) for cell in row) for row in top]
    filled = next((number for number, row in enumerate(top) if any(cell is not None for cell in row)), None)
    if filled is None:
        return [], []
    header = max(range(len(top)), key=lambda number: (known[number], -number)) if max(known) > 1 else filled
    names = [str(cell).strip() if cell is not None else "" for cell in top[header]]
    table = []
    for row in (*top[header + 1:], *cells):
        record = {name: cell for name, cell in zip(names, row, strict=False) if name}
        if any(cell is not None and str(cell).strip() for cell in record.values()):
            table.append(record)
    return [name for name in names if name], table
