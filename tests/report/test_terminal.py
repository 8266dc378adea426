"""What `counterplay solve` prints: whole, aligned, and without a sign that steers a terminal."""

import unicodedata

import pytest
from tests.scenario_files import SOUND, edited

from counterplay.findings import study
from counterplay.report.terminal import solution_lines
from counterplay.scenario import load
from counterplay.scenario.catalogue import inspect_text

STYLES = {"", "bold", "dim"}


def lines(text=SOUND, **values):
    scenario = inspect_text(text.encode(), "small.yaml").scenario
    return [line for line, _ in solution_lines(study(scenario, values))]


def width(text):
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def test_the_account_of_a_small_scenario():
    told = lines(edited(("focal: sea", "marking: SECRET\nas_of: 2024-10\nfocal: sea")))
    assert told[:4] == ["A small scenario", "SECRET · as of 2024-10", "", "One stable outcome"]
    assert "Outcome 1: The navy plays “Sail”. The fort plays “Hold”." in told
    assert "Kind: Peace 100%" in told
    assert any(line.startswith("- The navy keeps “Sail”") for line in told)
    assert any(line.startswith("Breaks if “") for line in told)
    assert "Verified: largest gain from changing alone 0 (regret); strict; index +1" in told
    assert "- Nobody is like this." in told
    assert "- Dear only." not in told
    assert told[-1].startswith("Scenario ")


def test_a_caveat_of_a_preset_is_told_at_its_values():
    assert "- Dear only." in lines(cost=4)


def test_values_that_were_moved_are_told():
    assert "fear = 0.25 (default 0.5)" in lines(fear=0.25)
    assert not [line for line in lines() if "(default" in line]


@pytest.mark.parametrize("name", ["chicken", "korea-ukraine"])
def test_styles_are_those_that_the_command_line_knows(name):
    found = list(solution_lines(study(load(name))))
    assert {style for _, style in found} <= STYLES
    assert found[0][1] == "bold"


def test_tables_are_aligned():
    table = [line for line in lines() if line.startswith("  ")]
    assert len(table) == 3
    column = table[0].index("Chooses")
    assert all(line[column - 2 : column] == "  " for line in table)
    assert all(line[column] != " " for line in table)


def test_wide_characters_count_twice():
    text = edited(("label: The navy", "label: 대한민국 해군"), ("label: Sail", "label: 출항"))
    table = [line for line in lines(text) if line.startswith("  ")]
    ends = {
        width(line[: line.index(word)])
        for line, word in zip(table[1:], ("출항", "Hold"), strict=True)
    }
    assert ends == {width(table[0][: table[0].index("Chooses")])}


@pytest.mark.parametrize(
    "label",
    [
        r"\e[31mred",
        r"\e]0;title\a",
        r"a\r\nb",
        r"\x9b2J",
        r"\u202eturned",
        r"\u2028",
        r"\0",
        r"\x08\x7f",
    ],
)
def test_no_sign_steers_a_terminal(label):
    text = SOUND
    for line in (
        "A small scenario",
        "The navy",
        "Sail",
        "Peace",
        "The prize",
        "Cost of sailing",
        "Nobody is like this.",
    ):
        text = edited((line, f'"{label} {line}"'), text=text)
    told = lines(text)
    assert all(line.isprintable() for line in told)
    assert len(told) == len(lines())
    words = "".join(told)
    assert all(f"{line}" in words for line in ("The navy", "Sail", "Peace", "The prize"))
