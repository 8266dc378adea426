"""Sections left out of a report: named in it, kept in its data, and gone for `verify` as well."""

import re

import pytest
from tests.scenario_files import SOUND

from counterplay.errors import ReportError
from counterplay.findings import study
from counterplay.report import verify, write_report
from counterplay.report.content import document
from counterplay.report.notes import OPTIONAL_SECTIONS, Notes
from counterplay.scenario import load
from counterplay.scenario.catalogue import inspect_text

SMALL = study(inspect_text(SOUND.encode(), "small.yaml").scenario)


@pytest.mark.parametrize("suffix", [".md", ".html", ".json"])
def test_what_is_left_out_is_named_and_the_report_verifies(tmp_path, suffix):
    path = tmp_path / f"r{suffix}"
    write_report(SMALL, path, without=["assumptions", "players"])
    assert verify(path).same
    text = path.read_text(encoding="utf-8")
    if suffix != ".json":
        assert (
            "Left out of this document on request: “Players and options”; “Assumptions”." in text
        )
    changed = text.replace('"assumptions"', '"evidence"')
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    assert not verify(path).same


def test_every_section_is_either_optional_or_always_there():
    found = study(load("korea-ukraine"), {"detect": 0.51})
    always = {"caveats", "checks", "verification", "sign-off", "regions"}
    names = [section.name for section in document(found, "full").sections]
    longer = [name for name in names[names.index("facts") + 1 :] if name not in always]
    longer = [name for name in longer if not re.fullmatch(r"outcome-\d+", name)]
    assert set(longer) <= set(OPTIONAL_SECTIONS)
    bare = document(found, "full", Notes(without=tuple(OPTIONAL_SECTIONS)))
    assert not {section.name for section in bare.sections} & set(OPTIONAL_SECTIONS)
    assert {section.name for section in bare.sections} >= always - {"regions"}


@pytest.mark.parametrize("without", ["players", ["answer"], ["sign-off"], [3], 7])
def test_what_a_report_cannot_be_without_is_refused(tmp_path, without):
    with pytest.raises(ReportError, match="without"):
        write_report(SMALL, tmp_path / "r.md", without=without)
    assert not list(tmp_path.iterdir())
