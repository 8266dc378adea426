"""Whole reports read back: no word that the rules forbid, no sentence that the numbers deny."""

import re
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterplay.errors import ReportError
from counterplay.explain.narrate import points
from counterplay.findings import LEVELS, REQUIRED, analyse, check_work, study
from counterplay.report import render
from counterplay.report.blocks import Bullets, Facts, Paragraph, Picture
from counterplay.report.content import document
from counterplay.report.likelihood import ALL, NONE, YARDSTICKS
from counterplay.report.notes import checked_notes
from counterplay.report.tables import Table
from counterplay.scenario.catalogue import inspect_text
from counterplay.sensitivity.uncertainty.standing import standing_shares

SCENARIO = """
format: 1
id: drawn
title: Two sides
question: Who moves first?
players:
  - {{id: one, label: Oneland, options: [{{id: a, label: Axe}}, {{id: b, label: Bow}}]}}
  - {{id: two, label: Twoland, options: [{{id: c, label: Cup}}, {{id: d, label: Dew}}]}}
parameters:
  - {{id: p, label: Pull, default: {p}, low: -3, high: 3, observable: Watch the pull.}}
  - {{id: q, label: Quest, default: {q}, low: -3, high: 3}}
terms:
  - {{id: t1, player: one, label: Tin, value: "p", when: {{one: [a]}}}}
  - {{id: t2, player: one, label: Tar, value: {u}, when: {{one: [a], two: [c]}}}}
  - {{id: t3, player: one, label: Tea, value: {v}, when: {{one: [b], two: [d]}}}}
  - {{id: t4, player: two, label: Tow, value: "q", when: {{two: [c]}}}}
  - {{id: t5, player: two, label: Top, value: {w}, when: {{two: [c], one: [a]}}}}
  - {{id: t6, player: two, label: Toy, value: {x}, when: {{two: [d], one: [b]}}}}
"""

halves = st.integers(-5, 5).map(lambda number: number / 2)
numbers = st.fixed_dictionaries(dict.fromkeys("pquvwx", halves))
OPTIONS = {"Axe", "Bow", "Cup", "Dew"}
UNSURE = re.compile(r"(?<!almost )(?<!nearly )\b(?:certain|impossible)\b", re.IGNORECASE)
LIKELIHOOD = {
    name: re.compile("|".join(rf"\b{re.escape(t.phrase)}\b" for t in yardstick.terms))
    for name, yardstick in YARDSTICKS.items()
}
ONLY = {
    "icd203": {"almost no chance", "very unlikely", "roughly even chance", "very likely"},
    "phia": {"remote chance", "highly unlikely", "realistic possibility", "highly likely"},
}
READ = settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)  # each report makes every check of its level


@pytest.fixture(autouse=True, scope="module")
def small_maps():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check_work, "MAP_STEPS", (5, 4))
        yield


@cache
def drawn(items):
    found = study(inspect_text(SCENARIO.format(**dict(items)).encode(), "drawn.yaml").scenario)
    return analyse(found, "full", draws=32)


def analysed(values):
    return drawn(tuple(sorted(values.items())))


def sentences(said):
    """Yield every sentence and every cell of a document."""
    for section in said.sections:
        yield section.title
        for block in section.blocks:
            yield from _texts(block)


def _texts(block):
    if isinstance(block, Paragraph):
        yield from re.split(r"(?<=[.;:])\s", block.text)
    elif isinstance(block, Bullets):
        for item in block.items:
            yield from re.split(r"(?<=[.;:])\s", item)
    elif isinstance(block, Facts):
        for name, value in block.items:
            yield f"{name} {value}"
    else:
        table = block.table if isinstance(block, Picture) else block
        assert isinstance(table, Table)
        yield table.title
        for row in (table.columns, *table.rows):
            yield from row


def said_of(analysis, level="full", **noted):
    notes = checked_notes(analysis.findings, **noted)
    return document(analysis.findings, level, notes, analysis)


@given(numbers)
@READ
def test_no_word_of_likelihood_stands_without_a_belief(values):
    for sentence in sentences(said_of(analysed(values))):
        for words in LIKELIHOOD.values():
            assert not words.search(sentence), sentence
        assert not UNSURE.search(sentence), sentence


@pytest.mark.parametrize("yardstick", YARDSTICKS)
@given(values=numbers)
@READ
def test_a_belief_brings_the_words_of_its_own_yardstick_alone(yardstick, values):
    analysis = analysed(values)
    said = said_of(analysis, belief="Ann", yardstick=yardstick)
    told = list(sentences(said))
    (other,) = set(YARDSTICKS) - {yardstick}
    for sentence in told:
        assert not UNSURE.search(sentence), sentence
        assert not any(term in sentence for term in ONLY[other]), sentence
        both = LIKELIHOOD[yardstick].search(sentence) and "confidence" in sentence.lower()
        assert not both, sentence
    (section,) = (s for s in said.sections if s.name == "likelihood")
    assert any("Ann declares" in sentence for sentence in told)
    scale = next(b for b in section.blocks if isinstance(b, Table))
    assert [row[0] for row in scale.rows] == [t.phrase for t in YARDSTICKS[yardstick].terms]
    outside = [s for s in said.sections if s.name != "likelihood"]
    for part in outside:
        for block in part.blocks:
            assert not any(LIKELIHOOD[yardstick].search(text) for text in _texts(block))


@given(numbers)
@READ
def test_the_phrase_of_each_outcome_is_that_of_its_share(values):
    analysis = analysed(values)
    said = said_of(analysis, belief="Ann", yardstick="phia")
    (section,) = (s for s in said.sections if s.name == "likelihood")
    (lines,) = (block.items for block in section.blocks if isinstance(block, Bullets))
    shares = standing_shares(analysis.sample)
    for line, share in zip(lines, shares, strict=True):
        phrase = YARDSTICKS["phia"].phrase(share.share)
        assert f": {phrase}" in line
        assert (phrase in (NONE, ALL)) == ("%" not in line)


@given(numbers)
@READ
def test_counts_margins_and_options_are_those_of_the_findings(values):
    analysis = analysed(values)
    findings = analysis.findings
    said = said_of(analysis)
    whole = "\n".join(sentences(said))
    outcomes = [s for s in said.sections if s.name.startswith("outcome-")]
    assert len(outcomes) == len(findings.accounts)
    assert findings.title in whole
    for section, account in zip(outcomes, findings.accounts, strict=True):
        table = next(b for b in section.blocks if isinstance(b, Table))
        for row, stance in zip(table.rows, account.stances, strict=True):
            if stance.margin is not None and not stance.mixes:
                assert row[3].removesuffix(" (thin)") == points(stance.margin)
    named = set(re.findall(r"switching to “([^”]+)”", whole))
    assert named <= OPTIONS


@given(numbers)
@READ
def test_every_signpost_separates_two_answers(values):
    analysis = analysed(values)
    findings = analysis.findings
    said = said_of(analysis)
    found = [s for s in said.sections if s.name == "signposts"]
    firm = [point for point in analysis.tipping if point.pure]
    assert bool(found) == bool(firm)
    if not found:
        return
    rows = next(b for b in found[0].blocks if isinstance(b, Table)).rows
    for row, point in zip(rows, firm, strict=False):
        now = findings.values[point.parameter]
        side, text = row[3].split(" ")
        assert (side == "above") == (point.value >= now)
        assert float(text.replace("−", "-")) == pytest.approx(point.value, rel=5e-3)
        beside = [solved(findings, point.parameter, point.value + step) for step in (-1e-6, 1e-6)]
        assert beside[0] != beside[1]


def solved(findings, name, value):
    found = study(findings.scenario, {**findings.values, name: min(max(value, -3), 3)})
    return {e.profile for e in found.solution.equilibria if e.profile is not None}


@pytest.mark.parametrize("level", LEVELS)
def test_without_an_analysis_each_missing_check_is_named(level):
    findings = analysed(dict.fromkeys("pquvwx", 1.0)).findings
    text = "\n".join(sentences(document(findings, level)))
    for check in REQUIRED[level]:
        assert f"The {check.title} of this level was not made." in text
        assert check.short in text
    made = render(analysed(dict.fromkeys("pquvwx", 1.0)), ".md", level).decode()
    assert "was not made" not in made.split("<!--")[0]


def test_an_analysis_of_a_shorter_level_leaves_the_rest_named():
    findings = analysed(dict.fromkeys("pquvwx", 1.0)).findings
    text = "\n".join(sentences(document(findings, "full", analysis=analyse(findings, draws=16))))
    assert "The ranking of drivers of this level was not made." in text
    assert "The uncertainty run of this level was not made." not in text
    assert "The uncertainty run was made:\n16 draws, seed 0." in text


def test_whoever_assures_is_not_the_analyst():
    analysis = analysed(dict.fromkeys("pquvwx", 1.0))
    with pytest.raises(ReportError, match="somebody else"):
        render(analysis, ".md", analyst="Ann  Lee", assurer="ann lee")
    text = render(analysis, ".md", commissioner="Cy", analyst="Ann", assurer="Bo").decode()
    for line in ("| Commissioner | Cy |", "| Analyst | Ann |", "| Assurer | Bo |"):
        assert line in text
