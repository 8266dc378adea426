"""The Excel report: full numbers shown as elsewhere, text always as text, and it verifies."""

import json
import re
import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.report.office import FORMULAS, acting, archive_of, edited, parts_of, well_formed
from tests.report.pages import found, hostile

from counterplay.explain.narrate import number_text, percent, points
from counterplay.findings import analyse
from counterplay.report import render, verify, write_report
from counterplay.report.packages import kept_data, targets
from counterplay.report.workbook.cells import Number, display_format, one_line, sheet_of

RAW = render(found(), ".xlsx", "standard")
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class Book:
    """The cells of a workbook, read by the letter of the format."""

    def __init__(self, raw=RAW):
        self.parts = parts_of(raw)
        self.texts = [
            "".join(part.itertext()) for part in self._root("xl/sharedStrings.xml").iter(f"{S}si")
        ]
        styles = self._root("xl/styles.xml")
        codes = {e.get("numFmtId"): e.get("formatCode") for e in styles.iter(f"{S}numFmt")}
        codes |= {"0": "General", "1": "0", "2": "0.00", "9": "0%"}
        self.codes = [codes[e.get("numFmtId")] for e in styles.find(f"{S}cellXfs")]
        places = targets(self.parts, "xl/workbook.xml", "book")
        self.sheets = {
            e.get("name"): self._root(places[e.get(f"{R}id")])
            for e in self._root("xl/workbook.xml").iter(f"{S}sheet")
        }

    def _root(self, part):
        return etree.fromstring(self.parts[part])

    def cell(self, cell):
        value = cell.findtext(f"{S}v")
        if value is None:
            return ""
        return self.texts[int(value)] if cell.get("t") == "s" else float(value)

    def rows(self, name):
        return [[self.cell(c) for c in row] for row in self.sheets[name].iter(f"{S}row")]

    def records(self, name):
        heads, *rows = self.rows(name)[2:]
        return [dict(zip(heads, row, strict=True)) for row in rows]

    def shown(self, name, column):
        heads = self.rows(name)[2]
        place = heads.index(column)
        rows = list(self.sheets[name].iter(f"{S}row"))[3:]
        cells = [row[place] for row in rows]
        return [(self.cell(c), self.codes[int(c.get("s"))]) for c in cells]


BOOK = Book()
DATA = json.loads(render(found(), ".json", "standard"))["findings"]


def test_the_same_findings_give_the_same_bytes():
    assert render(found(), ".xlsx", "standard") == RAW
    assert len(RAW) < 2_000_000


def test_the_cover_has_question_finding_proof_and_hash():
    texts = {text for row in BOOK.rows("Summary") for text in row}
    scenario = found().scenario
    assert {scenario.title, scenario.question, scenario.marking, scenario.sha256} <= texts
    assert found().accounts[0].headline in texts
    assert any(found().solution.reason in text for text in texts)
    assert set(BOOK.sheets) - {"Summary"} <= texts


def test_payoffs_and_probabilities_are_those_of_the_json_in_full():
    names = {player.id: player.name for player in found().scenario.players}
    for record, equilibrium in zip(BOOK.records("Outcomes"), DATA["equilibria"], strict=True):
        for player, pay in equilibrium["payoffs"].items():
            assert record[f"Payoff: {names[player]}"] == pytest.approx(pay, abs=1e-12)
        assert record["Largest gain from deviating (regret)"] == equilibrium["regret"]
    shares = [record["Share"] for record in BOOK.records("Choices")]
    assert shares == [
        share
        for equilibrium in DATA["equilibria"]
        for options in equilibrium["strategies"].values()
        for share in options.values()
    ]


def test_break_points_assumptions_and_evidence_are_those_of_the_json():
    breaks = BOOK.records("Break points")
    wanted = [point for equilibrium in DATA["equilibria"] for point in equilibrium["breaks"]]
    assert [(r["Id"], r["Breaks"]) for r in breaks] == [
        (p["parameter"], p["side"]) for p in wanted
    ]
    for record, point in zip(breaks, wanted, strict=True):
        assert record["At"] == pytest.approx(point["value"], rel=1e-12)
        assert record["Distance, share of range"] == pytest.approx(point["distance"], rel=1e-12)
    assert {r["Id"]: r["Value"] for r in BOOK.records("Assumptions")} == DATA["parameters"]
    assert {r["Id"]: r["Value"] for r in BOOK.records("Constants")} == DATA["constants"]
    records = {r["Id"]: r["Status"] for r in BOOK.records("Evidence")}
    assert records == {record.id: record.status for record in found().scenario.evidence}


def test_every_combination_of_options_has_its_payoffs():
    game = found().game
    records = BOOK.records("Payoffs")
    assert len(records) == game.payoffs[0].size
    for k, player in enumerate(found().scenario.players):
        listed = [record[f"Payoff: {player.name}"] for record in records]
        assert listed == pytest.approx(game.payoffs[k].ravel().tolist(), abs=1e-12)
    stable = [r for r in records if r["Stable outcome"]]
    assert len(stable) == sum(e.profile is not None for e in found().solution.equilibria)


def test_numbers_show_as_they_read_elsewhere():
    for value, code in BOOK.shown("Payoffs", f"Payoff: {found().scenario.players[0].name}"):
        assert code == display_format(Number(value, points(value)))
    for value, code in BOOK.shown("Break points", "At"):
        assert code == display_format(Number(value, number_text(value)))


def rendered(value, code):
    """Show a number as a spreadsheet does: halves away from zero, in decimals."""
    from decimal import ROUND_HALF_UP, Decimal

    literal = re.fullmatch(r'"([^"]*)"', code)
    if literal:
        return literal[1]
    code = code.split(";")[0]
    scale = 100 if code.endswith("%") else 1
    places = len(code.rstrip("%").partition(".")[2])
    number = Decimal(repr(abs(value))) * scale
    text = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)}"
    return ("−" if value < 0 else "") + text + ("%" if scale == 100 else "")


@given(st.floats(-1e6, 1e6), st.sampled_from([points, number_text]))
def test_any_number_shows_as_it_reads(value, wording):
    text = wording(value)
    assert rendered(value, display_format(Number(value, text))) == text


@given(st.floats(0, 1))
def test_any_share_shows_as_it_reads(value):
    assert rendered(value, display_format(Number(value, percent(value)))) == percent(value)


@given(st.lists(st.text(max_size=120), min_size=1, max_size=12))
def test_names_of_columns_differ(names):
    heads = sheet_of("x", "", names, []).columns
    assert len({head.lower() for head in heads}) == len(names)
    assert all(0 < len(head) <= 100 for head in heads)


@pytest.mark.parametrize("shift", [0, 5])
def test_labels_that_try_to_act_are_text(tmp_path, shift):
    path = write_report(acting(shift), tmp_path / "r.xlsx", "full")
    raw = path.read_bytes()
    well_formed(raw)
    book = Book(raw)
    assert not any(list(sheet.iter(f"{S}f")) for sheet in book.sheets.values())
    caveats = [row[0] for row in book.rows("Caveats")[3:]]
    wanted = [one_line(text).replace("_x", "_x005F_x") for text in FORMULAS]
    assert caveats[: len(wanted)] == wanted
    everything = b"".join(
        content for name, content in parts_of(raw).items() if "custom" not in name
    )
    assert b"TargetMode" not in everything
    assert verify(path).same


def test_a_report_full_of_markup_verifies(tmp_path):
    path = write_report(hostile(), tmp_path / "r.xlsx", "full")
    well_formed(path.read_bytes())
    assert verify(path).same


def test_sheets_are_frozen_marked_and_fit_the_paper():
    for name, sheet in BOOK.sheets.items():
        head = sheet.findtext(f".//{S}oddHeader")
        foot = sheet.findtext(f".//{S}oddFooter")
        assert found().scenario.marking in head
        assert found().scenario.marking in foot
        assert "&P of &N" in foot
        assert found().digest in foot
        assert sheet.find(f".//{S}pageSetup").get("fitToHeight") == "0"
        assert (sheet.find(f".//{S}pane") is not None) == (name != "Summary")


def test_the_date_is_the_one_of_the_build_or_none(monkeypatch):
    assert b"dcterms:created" not in parts_of(RAW)["docProps/core.xml"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    core = parts_of(render(found(), ".xlsx", "brief"))["docProps/core.xml"]
    assert core.count(b"1970-01-02T00:00:00Z") == 2


def test_the_data_inside_is_the_json_report():
    kept = json.loads(kept_data(parts_of(RAW), "r.xlsx").data)
    assert kept == json.loads(render(found(), ".json", "standard"))


@pytest.mark.parametrize("level", ["brief", "standard", "full"])
def test_a_report_verifies(tmp_path, level):
    for findings in (found(preset="strong_disclosure"), found("chicken")):
        result = verify(write_report(findings, tmp_path / "r.xlsx", level))
        assert (result.same, result.differences, result.notes) == (True, (), ())


def differences(tmp_path, raw):
    path = tmp_path / "edited.xlsx"
    path.write_bytes(raw)
    result = verify(path)
    assert not result.same
    return result.differences


def cell_edited(name, column, change):
    """Change the first number in a column of a sheet."""
    book = Book()
    places = targets(book.parts, "xl/workbook.xml", "book")
    part = next(
        places[e.get(f"{R}id")]
        for e in etree.fromstring(book.parts["xl/workbook.xml"]).iter(f"{S}sheet")
        if e.get("name") == name
    )
    root = etree.fromstring(book.parts[part])
    place = book.rows(name)[2].index(column)
    cell = list(root.iter(f"{S}row"))[3][place]
    change(cell)
    return archive_of({**book.parts, part: etree.tostring(root)}), cell.get("r")


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("Payoffs", "Payoff: Seoul"),
        ("Choices", "Share"),
        ("Break points", "At"),
        ("Assumptions", "Value"),
        ("Constants", "Value"),
    ],
)
def test_another_number_in_a_cell_is_found_and_its_address_named(tmp_path, name, column):
    def change(cell):
        value = cell.find(f"{S}v")
        value.text = repr(float(value.text) + 1e-6)

    raw, address = cell_edited(name, column, change)
    (difference,) = differences(tmp_path, raw)
    assert difference.startswith(f"{name}!{address}: ")


def test_another_format_and_a_formula_are_found(tmp_path):
    raw, address = cell_edited("Choices", "Share", lambda cell: cell.set("s", "0"))
    assert differences(tmp_path, raw)[0].startswith(f"Choices!{address}: ")
    raw, address = cell_edited(
        "Choices", "Share", lambda cell: cell.insert(0, cell.makeelement(f"{S}f", {}))
    )
    assert "[formula ]" in differences(tmp_path, raw)[0]


@pytest.mark.parametrize(
    ("part", "old", "new", "where"),
    [
        ("xl/sharedStrings.xml", "Deploy and deny", "Deploy and avow", "!"),
        ("xl/sharedStrings.xml", "confirmed", "alleged", "Evidence!"),
        ("xl/workbook.xml", 'name="Payoffs"', 'name="Costs"', "sheet"),
        ("xl/workbook.xml", 'name="Payoffs"', 'name="Payoffs" state="hidden"', "sheet"),
        ("docProps/core.xml", "Ukraine", "Japan", "properties, title"),
        ("customXml/item1.xml", '"margin":0.2', '"margin":1.2', "margin"),
        ("customXml/item1.xml", '"status":"confirmed"', '"status":"alleged"', "sha256"),
        ("customXml/item1.xml", '"default":0.4', '"default":0.5', "sha256"),
    ],
)
def test_an_edit_is_found_and_its_place_named(tmp_path, part, old, new, where):
    raw = edited(RAW, part, old, new)
    assert any(where in difference for difference in differences(tmp_path, raw))


def test_without_its_package_there_is_one_line_and_no_file(tmp_path):
    code = "import sys; sys.modules['xlsxwriter'] = None\nfrom counterplay.cli import main\nmain()"
    command = [sys.executable, "-c", code, "report", "chicken", "--out", "r.xlsx"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert 'pip install "counterplay[report]"' in ran.stderr
    assert ran.stderr.strip().count("\n") == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_the_checks_of_a_level_are_sheets_of_full_numbers():
    analysis = analyse(found(), draws=64)
    book = Book(render(analysis, ".xlsx"))
    points_found = book.records("Tipping points")
    values = [p.value for p in analysis.tipping]
    assert [row["Changes at"] for row in points_found] == pytest.approx(values, rel=1e-15)
    assert [row["Id"] for row in points_found] == [p.parameter for p in analysis.tipping]
    rows = [list(row.values()) for row in book.records("Phase map")]
    down = [value for value, *_ in rows]
    assert down == pytest.approx(list(analysis.phase_map.y[::-1]), rel=1e-15)
    counts = Counter(letters for _, *row in rows for letters in row)
    assert {row["Letters"]: row["Cells"] for row in book.records("Map key")} == counts
    run = {row["Outcome"]: row for row in book.records("Uncertainty run")}
    for share in analysis.sample.shares:
        if share.kind == "regime" and share.words in run:
            assert run[share.words]["Share"] == pytest.approx(share.share, rel=1e-15)
    options = book.records("Options across futures")
    expected = [option.worst_case.expected for option in analysis.robust.options]
    assert [row["Average"] for row in options[::2]] == pytest.approx(expected, rel=1e-15)
    assert "Tipping points" not in Book(render(analysis, ".xlsx", "brief")).sheets
