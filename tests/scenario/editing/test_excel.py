"""Payoff tables in Excel workbooks: the same as in CSV, and hostile ones refused soon."""

import io
import sys
import zipfile

import pytest
import xlsxwriter

from counterplay.errors import MissingExtraError, ScenarioError
from counterplay.scenario.editing.payoff_import import draft_of_payoff_table

TABLE = [
    ["a", "b", "payoff_a", "payoff_b"],
    ["up", "left", 1, 0.25],
    ["up", "right", -3, "1/3"],
    ["down", "left", 0, 2],
    ["down", "right", 1e-7, 12345678],
]


def workbook(rows, more=lambda sheet: None):
    raw = io.BytesIO()
    with xlsxwriter.Workbook(raw) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        more(sheet)
    return raw.getvalue()


def packed(parts):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return raw.getvalue()


def replaced(raw, name, change):
    """Return a workbook with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        parts = {part: book.read(part) for part in book.namelist()}
    parts[name] = change(parts[name])
    return packed(parts)


def test_a_workbook_gives_what_the_same_cells_as_text_give():
    text = "\n".join("\t".join(map(str, row)) for row in TABLE)
    from_text = draft_of_payoff_table(text, "game.tsv")
    assert draft_of_payoff_table(workbook(TABLE), "game.xlsx").data == from_text.data


def test_a_formula_counts_as_its_value():
    made = workbook(TABLE, lambda sheet: sheet.write_formula(1, 2, "=2+5", None, 7))
    assert draft_of_payoff_table(made, "game.xlsx").data["payoffs"]["a"][0][0] == 7


def test_faults_are_told_with_row_and_column():
    rows = [*TABLE[:2], ["up", "right", "much", 1], *TABLE[3:]]
    with pytest.raises(ScenarioError, match=r"game\.xlsx:3: column 3 \(payoff_a\)"):
        draft_of_payoff_table(workbook(rows), "game.xlsx")


def far(sheet):
    sheet.write(1_048_575, 16_383, "far")


def bomb(part):
    return part.replace(b"</worksheet>", b" " * 45_000_000 + b"</worksheet>")


def entities(part):
    inner = "".join(f'<!ENTITY e{k} "{f"&e{k - 1};" * 10}">' for k in range(1, 10))
    head = f'<!DOCTYPE worksheet [<!ENTITY e0 "0123456789">{inner}]>'.encode()
    cell = b'<row r="9"><c r="A9" t="inlineStr"><is><t>&e9;</t></is></c></row></sheetData>'
    return part.replace(b"<worksheet", head + b"<worksheet", 1).replace(b"</sheetData>", cell)


SHEET = "xl/worksheets/sheet1.xml"
HOSTILE = {
    "not a zip": b"PK\x03\x04" + bytes(range(256)) * 20,
    "another zip": packed({"a.txt": b"hello"}),
    "cut": workbook(TABLE)[:-400],
    "bomb": replaced(workbook(TABLE), SHEET, bomb),
    "entities": replaced(workbook(TABLE), SHEET, entities),
    "no table": workbook([["x"]]),
    "empty": workbook([]),
    "far": workbook(TABLE, far),
    "too large": b"PK\x03\x04" + b"0" * 2_000_001,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_table_is_told_in_a_line(name):
    with pytest.raises(ScenarioError) as refused:
        draft_of_payoff_table(HOSTILE[name], "game.xlsx")
    told = str(refused.value)
    assert told.startswith("game.xlsx:")
    assert len(told.splitlines()) == 1
    assert len(told) < 300


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match=r"counterplay\[app\]"):
        draft_of_payoff_table(workbook(TABLE), "game.xlsx")
