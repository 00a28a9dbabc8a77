import re

import docx
import openpyxl
import pandas as pd
import pytest

from framing import save_table
from framing.reports import bibliography, save_methods
from framing.reports.pipeline import Analysis

TABLE = pd.DataFrame(
    {
        "outlet": ["Courier & Sons", "=HYPERLINK(1)"],
        "n_articles": [8, 7],
        "estimate": [0.256, -0.1],
        "p_adjusted": [0.0312, float("nan")],
        "word": ["50 % of_it", "a|b $x^2$ \\input{x}"],
    }
)


def test_latex_escapes_every_cell_and_writes_p_values_as_printed(tmp_path):
    text = save_table(TABLE, tmp_path / "t.tex", caption="Tone & words", notes="n < 9.").read_text(encoding="utf-8")
    assert r"Courier \& Sons & 8 & 0.26 & .031 & 50 \% of\_it \\" in text
    assert r"\textbackslash{}input\{x\}" in text and r"\caption{Tone \& words}" in text and r"n \textless{} 9." in text
    assert r"\begin{tabular}{lrrrl}" in text and "outlet & articles & estimate & adjusted p & word" in text


def test_markdown_keeps_a_bar_inside_its_cell(tmp_path):
    lines = save_table(TABLE, tmp_path / "t.md", caption="Tone", notes="Note.").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "**Tone**" and lines[-1] == "Note." and r"a\|b" in lines[5]
    assert len({len(re.findall(r"(?<!\\)\|", line)) for line in lines if line.startswith("|")}) == 1


def test_word_and_excel_hold_the_cells_and_never_a_formula(tmp_path):
    read = docx.Document(str(save_table(TABLE, tmp_path / "t.docx", caption="Tone", notes="Note.")))
    assert [cell.text for cell in read.tables[0].rows[1].cells] == ["Courier & Sons", "8", "0.26", ".031", "50 % of_it"]
    assert [paragraph.text for paragraph in read.paragraphs] == ["Tone", "Note."]
    sheet = openpyxl.load_workbook(
        save_table(TABLE, tmp_path / "t.xlsx", caption="Tone", columns=["outlet", "estimate"])
    ).active
    assert [cell.value for cell in sheet[3]] == ["Courier & Sons", 0.256] and sheet["B3"].number_format == "0.00"
    assert sheet["A4"].value == "=HYPERLINK(1)" and sheet["A4"].data_type == "s"


@pytest.mark.parametrize("suffix", ["tex", "md", "docx", "xlsx"])
def test_the_same_table_gives_the_same_bytes(tmp_path, suffix):
    one, two = (save_table(TABLE, tmp_path / name / f"t.{suffix}", caption="Tone") for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_an_ending_or_a_column_that_is_not_known_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"ends in .pdf.*\.tex, .md, .docx, .xlsx"):
        save_table(TABLE, tmp_path / "t.pdf")
    with pytest.raises(ValueError, match="no share; its columns are"):
        save_table(TABLE, tmp_path / "t.md", columns=["share"])


def test_the_bibliography_names_the_methods_that_were_used_and_no_others(tmp_path):
    articles = pd.DataFrame({"article_id": ["a"], "outlet": "A", "event": "e", "text": "x"})
    contrasts = pd.DataFrame({"p_adjusted": [0.01], "method": ["exact sign-flip by event; Newcombe, paired"]})
    run = Analysis(
        {"articles": articles, "comparisons": contrasts, "keyness": pd.DataFrame({"word": ["x"]})},
        {"seed": 0, "concepts": "shipped", "certainty": 0.5},
    )
    keys = re.findall(r"@\w+\{(\w+)", bibliography(run))
    assert keys == ["westfall1993resampling", "phipson2010permutation", "newcombe1998paired", "dunning1993accurate"]
    files = save_methods(run, tmp_path)
    assert files[1].read_text(encoding="utf-8") == bibliography(run)
    assert "seed 0" in files[0].read_text(encoding="utf-8")
    assert bibliography(Analysis({"articles": articles}, {})) == ""
