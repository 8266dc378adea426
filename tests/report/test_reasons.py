"""Reasons for moved numbers in reports: shown, kept with the data, verified, and never markup."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenario_files import SOUND

from counterplay.errors import ReportError
from counterplay.findings import study
from counterplay.report import render, tables, verify, write_report
from counterplay.report.reasons import LONGEST_REASON, checked_reasons
from counterplay.scenario.catalogue import inspect_text

SCENARIO = inspect_text(SOUND.encode(), "small.yaml").scenario
FINDINGS = study(SCENARIO, {"cost": 2.5})
NOTE = "Two embassies say so, off the record"
HOSTILE = "<script>alert(1)</script> --> | *a* [x](http://evil.invalid) `b`"


def document(suffix, level="standard", **reasons):
    return render(FINDINGS, suffix, level, reasons=reasons).decode()


def test_the_fixture_has_what_is_noted_here():
    assert "cost" in FINDINGS.moved


@pytest.mark.parametrize("level", ["standard", "full"])
def test_a_reason_stands_beside_its_number(level):
    for suffix in (".md", ".html"):
        shown = document(suffix, level, cost=NOTE)
        visible = re.sub(r"<!-- .* -->|<script.*?</script>", "", shown, flags=re.DOTALL)
        assert "Moved, and why" in visible
        assert NOTE in visible
    row = next(line for line in document(".md", cost=NOTE).splitlines() if NOTE in line)
    assert "| 2.5 |" in row


@pytest.mark.parametrize("level", ["brief", "standard", "full"])
@pytest.mark.parametrize("suffix", [".json", ".md", ".html"])
def test_a_report_with_reasons_verifies(suffix, level, tmp_path):
    path = write_report(FINDINGS, tmp_path / f"r{suffix}", level, reasons={"cost": HOSTILE})
    assert verify(path).differences == ()


@pytest.mark.parametrize("suffix", [".json", ".md", ".html"])
def test_another_reason_is_found(suffix, tmp_path):
    path = write_report(FINDINGS, tmp_path / f"r{suffix}", "full", reasons={"cost": NOTE})
    text = path.read_text(encoding="utf-8")
    for old, new in ((NOTE, "A hunch"), ('"reasons"', '"grounds"')):
        path.write_text(text.replace(old, new), encoding="utf-8")
        assert not verify(path).same


def test_an_unknown_number_inside_a_report_is_told(tmp_path):
    path = write_report(FINDINGS, tmp_path / "r.json", reasons={"cost": NOTE})
    data = json.loads(path.read_text(encoding="utf-8"))
    for reasons in ({"nobody": NOTE}, {"cost": 1}, [NOTE], {"cost": "x" * (LONGEST_REASON + 1)}):
        path.write_text(json.dumps(data | {"reasons": reasons}), encoding="utf-8")
        with pytest.raises(ReportError, match="reasons"):
            verify(path)


def test_without_reasons_a_report_is_what_it_was():
    for suffix in (".json", ".md", ".html"):
        plain = render(FINDINGS, suffix)
        assert (
            plain == render(FINDINGS, suffix, reasons={}) == document(suffix, cost="  ").encode()
        )
        assert b"reasons" not in plain


def test_the_table_names_what_was_moved_without_a_reason_too():
    found = study(SCENARIO, dict.fromkeys(["cost"], 2.5))
    name = next(name for name in found.values if name != "cost")
    table = tables.moved(found, {name: NOTE})
    assert [row[1] for row in table.rows] == [n for n in found.values if n in ("cost", name)]
    by_name = {row[1]: row[-1] for row in table.rows}
    assert by_name == {"cost": "no reason noted", name: NOTE}


@pytest.mark.parametrize(
    ("reasons", "told"),
    [
        ([("cost", "x")], "a list"),
        ({"nobody": "x"}, "no parameter or constant 'nobody'"),
        ({"cost": 3}, "an? int|a int"),
        ({"cost": "x" * (LONGEST_REASON + 1)}, "longer than 1000"),
    ],
)
def test_what_is_no_reason_is_refused(reasons, told):
    with pytest.raises(ReportError, match=told):
        render(FINDINGS, ".json", reasons=reasons)


def test_a_reason_is_text_not_markup():
    html = document(".html", cost=HOSTILE)
    assert "<script>alert" not in html
    markdown = document(".md", cost=HOSTILE)
    row = next(line for line in markdown.splitlines() if "alert" in line and line[0] == "|")
    assert "\\<script\\>" in row
    assert re.sub(r"\\.", "", row).count("|") == 6


@given(st.text(max_size=80))
@settings(max_examples=50, deadline=None)
def test_any_text_is_kept_on_one_line_and_read_again(text):
    kept = checked_reasons(FINDINGS, {"cost": text})
    assert checked_reasons(FINDINGS, kept) == kept
    data = json.loads(render(FINDINGS, ".json", reasons={"cost": text}))
    assert data.get("reasons", {}) == kept
    assert all("\n" not in line for line in kept.values())
