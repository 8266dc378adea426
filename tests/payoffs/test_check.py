"""What `check` finds beyond the form of a file: corners, regimes, and what presets expect."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenario_files import SOUND, edited, told

from counterplay.errors import CounterplayError
from counterplay.payoffs import check as module
from counterplay.payoffs.check import check, check_inspection
from counterplay.scenario.catalogue import inspect_text
from counterplay.scenario.formula import Formula


def rules(text):
    return [(fault.rule, fault.field) for fault in told(text)]


def box(count, terms, low=-1, high=1):
    """Return a file with `count` parameters in a range, and terms of the given formulas."""
    start = SOUND[: SOUND.index("parameters:\n")].replace("status_quo", "status_quo")
    listed = "".join(
        f"  - {{id: p{k}, label: p, default: 0.25, low: {low}, high: {high}}}\n"
        for k in range(count)
    )
    entries = "".join(
        f'  - {{id: t{k}, player: sea, label: t, value: "{value}", when: {{sea: [sail]}}}}\n'
        for k, value in enumerate(terms)
    )
    return f"{start}parameters:\n{listed}terms:\n{entries}"


def not_finite(text):
    return [fault for fault in told(text) if fault.rule == "non-finite"]


@pytest.mark.parametrize(
    ("formula", "where"),
    [
        ("1/(p0 - 1)", "at p0 = 1"),
        ("log(p0)", "at p0 = -1"),
        ("sqrt(p1) + p0", "at p0 = -1, p1 = -1"),
        ("1/(p0 + p1 - p2)**2 + 1/(p0 + p1 + p2 + p3 - 4)", "at p0 = 1, p1 = 1, p2 = 1, p3 = 1"),
        ("exp(p0*1000)", "at p0 = 1"),
        ("1/(p0*p1*p2*p3*p4 - 1)", "at p0 = -1, p1 = -1, p2 = -1, p3 = -1"),
        ("1/(2 - 2)", "at any values"),
    ],
)
def test_a_formula_must_be_finite_at_every_corner(formula, where):
    (fault,) = not_finite(box(5, [formula]))
    assert fault.field == "terms[0].value"
    assert fault.message.startswith(f"not finite {where}; keep divisors away from 0")


def test_between_the_corners_it_is_not_looked_at():
    assert not_finite(box(1, ["1/p0"])) == []


def test_constants_stay_where_they_are():
    text = edited(("prize - cost", "cost / (prize - 3)"))
    (fault,) = [fault for fault in told(text) if fault.rule == "non-finite"][:1]
    assert "at cost = 1" in fault.message


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ((("        hold: 0", "        hold: log(fear)"),), "terms[1].when.land.hold"),
        ((("    value: -1\n", "    value: 1/(fear - 1)\n"),), "terms[2].value"),
        ((("prize - cost", "log(cost - 1)"),), "derived[0].value"),
    ],
)
def test_weights_and_quantities_are_looked_at_too(changes, field):
    assert ("non-finite", field) in rules(edited(*changes))


def test_tables_are_looked_at_too():
    start, end = SOUND.index("terms:\n"), SOUND.index("regimes:\n")
    table = 'payoffs:\n  sea: [[0, "1/(risk - 2)"], [worth, 0]]\n  land: [[0, 1], [0, 1]]\n'
    text = SOUND[:start] + table + SOUND[end:]
    assert ("non-finite", "payoffs.sea[0][1]") in rules(text)


def test_presets_are_not_solved_where_payoffs_are_not_finite():
    text = edited(("prize - cost", "prize / (cost - 4)"), ("pure: [sail/hold]", "pure: []"))
    assert {rule for rule, _ in rules(text)} == {"non-finite"}


def test_a_preset_that_is_not_finite_between_the_corners_is_told_once():
    text = edited(("prize - cost", "prize / (cost - 3)"), ("      cost: 4", "      cost: 3"))
    (fault,) = not_finite(text)
    assert fault.field == "presets[1].expect"
    assert ": not finite at these values" in fault.message


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_bad_corner_of_up_to_twelve_parameters_is_always_found(data):
    count = data.draw(st.integers(1, 12))
    signs = data.draw(st.lists(st.sampled_from([-1, 1]), min_size=count, max_size=count))
    total = " + ".join(
        f"{sign}*p{k}" if sign > 0 else f"(-1)*p{k}" for k, sign in enumerate(signs)
    )
    formula = f"1/({total} - {count})"
    inspection = inspect_text(box(count, [formula]).encode(), "f.yaml")
    found = list(module.non_finite_corners(inspection.scenario, inspection.source))
    assert len(found) == 1


def test_corners_are_worked_like_single_values():
    inspection = inspect_text(SOUND.encode(), "f.yaml")
    corners = module._Corners(inspection.scenario)
    formula = Formula.parse("cost*fear - prize")
    values = corners.values(formula)
    expected = [
        formula.evaluate({"cost": cost, "fear": fear, "prize": 3.0})
        for cost in (1.0, 4.0)
        for fear in (0.0, 1.0)
    ]
    assert values.tolist() == expected


def test_when_the_work_is_done_fewer_corners_must_do(monkeypatch):
    monkeypatch.setattr(module, "MAX_CORNER_WORK", 0)
    text = edited(("prize - cost", "prize / (cost - 4)"), ("fear * worth", "log(fear)"))
    assert {fault.field for fault in not_finite(text)} == {"derived[0].value", "derived[1].value"}


def test_what_uses_a_quantity_that_is_not_finite_is_not_told_again():
    text = edited(("prize - cost", "prize / (cost - 4)"))
    assert [fault.field for fault in not_finite(text)] == ["derived[0].value"]


def test_the_corners_of_many_parameters_are_a_fixed_sample():
    many = "+".join(f"p{k}" for k in range(40))
    text = box(40, [f"1/(p0 - 1) + {many}", f"{many} + log(p7)"])
    assert [fault.field for fault in not_finite(text)] == ["terms[0].value", "terms[1].value"]
    assert told(text) == told(text)


def test_the_first_regime_wins_and_the_last_may_be_left_with_nothing():
    whole = "regimes:\n  - id: peace\n"
    text = edited(("  - id: battle\n", "  - id: rest\n    label: Rest\n  - id: battle\n"))
    assert rules(text) == [("unreachable-regime", "regimes[2]")]
    assert rules(edited((whole, "regimes:\n  - id: any\n    label: Any\n  - id: peace\n"))) == [
        ("unreachable-regime", "regimes[1]"),
        ("unreachable-regime", "regimes[2]"),
    ]


def test_a_regime_is_reached_where_one_profile_is_left_to_it():
    when = "    when:\n      sea: [wait]\n      land: [hold, fire]\n"
    text = edited(("  - id: battle\n    label: Battle\n", f"  - id: battle\n    label: B\n{when}"))
    assert rules(text) == []


@pytest.mark.parametrize(
    ("expect", "told_of"),
    [
        ("{pure: [sail/hold], equilibria: 1, completeness: proved}", None),
        ("{pure: [sail/hold]}", None),
        ("{pure: [[sail, hold]]}", None),
        ("{}", None),
        ("{pure: []}", "the pure equilibria here are sail/hold"),
        ("{pure: [wait/hold]}", "the pure equilibria here are sail/hold"),
        ("{pure: [sail/hold, wait/hold]}", "the pure equilibria here are sail/hold"),
        ("{equilibria: 3}", "1 equilibria are found here, not 3"),
        ("{completeness: unproved}", "the list is proved here, not unproved"),
    ],
)
def test_what_a_preset_expects(expect, told_of):
    start = SOUND.index("    expect:\n      pure: [sail/hold]\n")
    end = SOUND.index("  - id: dear\n")
    found = told(SOUND[:start] + f"    expect: {expect}\n" + SOUND[end:])
    assert [fault.rule for fault in found] == ["preset-expectation"] * (told_of is not None)
    assert all(fault.message.startswith(told_of) for fault in found)


def test_an_empty_list_expects_that_nothing_is_stable():
    cycle = """\
terms:
  - {id: a, player: sea, label: a, value: 1, when: {sea: [wait], land: [hold]}}
  - {id: b, player: sea, label: b, value: cost, when: {sea: [sail], land: [fire]}}
  - {id: c, player: land, label: c, value: fear + prize, when: {sea: [wait], land: [fire]}}
  - {id: d, player: land, label: d, value: risk*0 + 1, when: {sea: [sail], land: [hold]}}
"""
    start, end = SOUND.index("terms:\n"), SOUND.index("regimes:\n")
    text = SOUND[:start] + cycle + SOUND[end:]
    text = text.replace("completeness: proved", "completeness: unproved")
    text = text.replace("pure: [sail/hold]", "pure: []").replace("pure: [wait/hold]", "pure: []")
    found = [fault for fault in told(text) if fault.rule == "preset-expectation"]
    assert [fault.message for fault in found if "pure equilibria" in fault.message] == []


def many_ties(presets, players=8):
    """Return a file of a large game in which every profile is an equilibrium."""
    listed = "".join(
        f"  - {{id: a{k}, label: A, options: [{{id: x, label: X}}, {{id: y, label: Y}}, "
        "{id: z, label: Z}]}\n"
        for k in range(players)
    )
    terms = "".join(
        f"  - {{id: t{k}, player: a{k}, label: t, value: 1}}\n" for k in range(players)
    )
    return f"format: 1\nid: ties\ntitle: T\nplayers:\n{listed}terms:\n{terms}presets:\n{presets}"


def test_the_list_of_what_is_stable_has_an_end():
    text = many_ties("  - {id: z, label: z, expect: {pure: []}}\n", players=4)
    (fault,) = [fault for fault in told(text) if fault.rule == "preset-expectation"]
    assert "x/x/x/x, x/x/x/y" in fault.message
    assert " and 73 more; correct" in fault.message


def test_presets_that_would_take_too_long_are_told_as_a_warning(monkeypatch):
    monkeypatch.setattr(module, "MAX_PRESET_WORK", 0)
    found = [fault for fault in told(SOUND) if fault.rule == "unchecked-preset"]
    assert [(fault.field, fault.severity) for fault in found] == [("presets[1].expect", "warning")]
    assert found[0].message == ("not checked, nor are the presets below: that would take too long")


def test_a_game_too_large_to_check_is_told_as_a_warning(monkeypatch):
    monkeypatch.setattr(module, "MAX_CHECKED_PROFILES", 3)
    found = [fault for fault in told(SOUND) if fault.rule == "unchecked-preset"]
    assert [fault.field for fault in found] == ["presets[0].expect"]


def test_presets_without_expectations_cost_nothing(monkeypatch):
    monkeypatch.setattr(module, "MAX_CHECKED_PROFILES", 3)
    text = SOUND[: SOUND.index("presets:\n")] + "presets:\n  - {id: default, label: As it is}\n"
    assert [fault for fault in told(text) if fault.severity == "warning"] == []


def test_of_a_large_game_only_the_pure_equilibria_are_counted(monkeypatch):
    monkeypatch.setattr(module, "MAX_SOLVED_PROFILES", 3)
    text = many_ties("  - {id: z, label: z, expect: {equilibria: 8}}\n", players=2)
    (fault,) = [fault for fault in told(text) if fault.rule == "preset-expectation"]
    assert fault.message == "9 equilibria are found here, not 8"


def test_ties_are_decided_alike_in_small_and_in_large_games(monkeypatch):
    expected = "pure: [sail/hold]\n      equilibria: 1\n      completeness: proved"
    text = edited(
        ("    value: worth\n", "    value: 0.1*(cost + 1) - 0.3\n"),  # a tie, but for rounding
        (expected, "pure: [wait/hold, sail/hold]"),
    )
    for work in (module.MAX_EXACT_WORK, 0):
        monkeypatch.setattr(module, "MAX_EXACT_WORK", work)
        assert [fault for fault in told(text) if fault.field == "presets[0].expect"] == []


def test_faults_come_in_the_order_of_the_file_and_the_register_last(tmp_path):
    start, end = SOUND.index("evidence:\n"), SOUND.index("blocs:\n")
    path = tmp_path / "m.yaml"
    text = SOUND[:start] + "evidence: log\n" + SOUND[end:]
    path.write_text(text.replace("fear * worth", "feer * worth"), encoding="utf-8")
    register = tmp_path / "seeds" / "log" / "register.yaml"
    register.parent.mkdir(parents=True)
    register.write_text("format: 1\nid: log\ntitle: t\nrecords: 5\n", encoding="utf-8")
    found = check(path)
    files = [fault.file for fault in found]
    assert files == sorted(files, key=lambda file: file != str(path))
    assert {fault.file for fault in found} == {str(path), str(register)}
    own = [fault.line for fault in found if fault.file == str(path)]
    assert own == sorted(own)


def test_check_takes_an_id_or_a_path(tmp_path):
    assert check("chicken") == ()
    path = tmp_path / "m.yaml"
    path.write_text(SOUND, encoding="utf-8")
    assert check(path) == check(str(path)) == ()
    with pytest.raises(CounterplayError, match="no such scenario or file; did you mean chicken"):
        check("chiken")


def test_what_could_not_be_read_is_all_there_is_to_tell():
    inspection = inspect_text(b"\xff", "m.yaml")
    assert check_inspection(inspection) == inspection.faults
    assert inspection.scenario is None


def test_the_same_file_gives_the_same_faults():
    text = box(20, ["1/(p0 - 1)", *(f"log(p{k})" for k in range(20))])
    assert [str(fault) for fault in told(text)] == [str(fault) for fault in told(text)]
    assert np.array_equal(module._corner_rows(40, 64), module._corner_rows(40, 64))
