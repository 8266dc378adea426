"""The table of selection in the findings, in every report and on the terminal."""

import json
import re

import pytest
from tests.factories import FLAGSHIP, table_scenario

from counterplay.concepts.selection import selection_table
from counterplay.findings import study
from counterplay.report import LEVELS, render, verify, write_report
from counterplay.report.content import document
from counterplay.report.tables import Table, selection, selection_starts
from counterplay.report.terminal import solution_lines
from counterplay.scenario import load

NOTE = "A share of starts is not a likelihood."
TITLE = "What sets the outcomes apart"


@pytest.fixture(scope="module")
def chicken():
    return study(load("chicken"))


@pytest.fixture(scope="module")
def spiral():
    scenario = load(FLAGSHIP)
    return study(scenario, scenario.values(preset="spiral"))


@pytest.fixture
def alone(tmp_path):
    return study(table_scenario(tmp_path, {"ann": [[3, 0], [5, 1]], "bob": [[3, 5], [0, 1]]}))


def section(findings, level="standard"):
    (found,) = [s for s in document(findings, level).sections if s.name == "selection"]
    return found


def words(findings):
    return [line for line, _ in solution_lines(findings)]


def test_one_outcome_needs_no_selection(alone):
    assert alone.selection is None
    assert alone.to_dict()["selection"] is None
    assert "selection" not in {s.name for level in LEVELS for s in document(alone, level).sections}
    assert not any(NOTE in line or TITLE in line for line in words(alone))


def test_the_document_holds_the_table_unrounded(chicken):
    written = json.loads(json.dumps(chicken.to_dict(), allow_nan=False))["selection"]
    table = chicken.selection
    assert written["note"] == NOTE
    assert (written["listed"], written["seed"]) == (len(chicken.solution), 0)
    assert [c["id"] for c in written["columns"]] == [c.id for c in table.columns]
    assert all(c["definition"] and c["title"] for c in written["columns"])
    for number, row in enumerate(written["rows"]):
        assert row["outcome"] == number + 1
        assert row["strict"] is chicken.solution.equilibria[number].strict
        share = table.cells("best_reply_share")[number]
        assert row["best_reply_share"] == {
            "count": share.count,
            "share": share.value,
            "low": share.interval[0],
            "high": share.interval[1],
        }
    starts = {c["id"]: c["starts"] for c in written["columns"]}
    assert starts["best_reply_share"] >= 1000
    assert starts["strict"] is None


def test_the_table_is_worked_out_once_and_when_it_is_asked_for(chicken):
    assert chicken.selection is chicken.selection
    assert "selection" not in vars(study(load("chicken")))


@pytest.mark.parametrize("name", ["chicken", "spiral"])
def test_every_criterion_shown_is_defined_below(name, request):
    findings = request.getfixturevalue(name)
    blocks = section(findings).blocks
    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert len(table.columns) == 1 + len(findings.selection.rows)
    (listed,) = [block.items for block in blocks if hasattr(block, "items")]
    assert [item.split(": ")[0] for item in listed] == [row[0] for row in table.rows]
    texts = " ".join(block.text for block in blocks if hasattr(block, "text"))
    assert NOTE in texts
    for column in findings.selection.columns:
        if column.starts:
            assert f"{column.starts:,} for" in texts
        if column.title not in {row[0] for row in table.rows}:
            assert column.title in texts


@pytest.mark.parametrize("suffix", [".md", ".html"])
@pytest.mark.parametrize("level", LEVELS)
def test_reports_beyond_page_one_show_it(spiral, suffix, level):
    written = render(spiral, suffix, level).decode()
    body = re.sub(r"<!-- counterplay-report .*|<script.*?</script>", "", written, flags=re.DOTALL)
    assert (NOTE in body) == (TITLE in body) == (level != "brief")
    if level != "brief":
        assert "Bernheim, Peleg and Whinston" in body


@pytest.mark.parametrize("suffix", [".json", ".md", ".html"])
def test_reports_verify_and_a_changed_share_is_found(chicken, tmp_path, suffix):
    path = write_report(chicken, tmp_path / f"report{suffix}")
    assert verify(path).same
    text = path.read_text(encoding="utf-8")
    count = chicken.selection.cells("best_reply_share")[0].count
    changed = re.sub(rf'("count":\s*){count}\b', rf"\g<1>{count + 1}", text)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    found = verify(path)
    assert not found.same
    assert any("selection" in difference for difference in found.differences)


def test_the_terminal_shows_it_in_a_few_lines(chicken):
    told = words(chicken)
    start = told.index(TITLE)
    end = next(k for k, line in enumerate(told) if NOTE in line)
    assert end - start == len(selection(chicken.selection).rows) + 2
    assert told[start + 1].split("  ")[-1].strip() == "Outcome 3"


def test_cells_in_words(chicken):
    table = selection(chicken.selection)
    rows = {row[0]: row[1:] for row in table.rows}
    assert rows["Every change loses"] == ("yes", "yes", "no")
    assert rows["Trust needed"] == ("50%", "50%", "–")
    share = chicken.selection.cells("best_reply_share")[0]
    low, high = share.interval
    text = rows["Starts that best replies lead here"][0]
    inside = re.fullmatch(r"(\d+)% \((\d+)–(\d+)%\)", text)
    assert int(inside[2]) <= 100 * low < 100 * high <= int(inside[3])
    assert "seed 0" in selection_starts(chicken.selection)


def test_a_long_list_says_that_it_is_cut(tmp_path):
    flat = [[0] * 4 for _ in range(4)]
    findings = study(table_scenario(tmp_path, {"ann": flat, "bob": flat}))
    listed = len(findings.solution)
    texts = [block.text for block in section(findings).blocks if hasattr(block, "text")]
    assert f"The first 12 of {listed} are shown, compared with all." in texts


def test_the_table_is_that_of_the_equilibria_listed(spiral):
    again = selection_table(spiral.game, spiral.solution.equilibria)
    assert again.rows == spiral.selection.rows
