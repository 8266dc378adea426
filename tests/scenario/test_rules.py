"""Every named rule between fields: what breaks it, where that is told, and what the mend is."""

from typing import NamedTuple

import pytest
from tests.scenario_files import SOUND, edited, line_of, told

from counterplay.errors import ScenarioError
from counterplay.scenario.catalogue import inspect_data, inspect_text
from counterplay.scenario.rules import RULES, WARNINGS


class Case(NamedTuple):
    """A fault: its rule, how the sound file is spoilt, where it is told, and in which words."""

    rule: str
    changes: tuple[tuple[str, str], ...]
    at: str
    field: str
    words: tuple[str, ...]
    nth: int = 1


REGIMES = '  - id: peace\n    label: Peace\n    colour: "#AABBCC"\n    when:\n      land: [hold]\n'
TERMS = SOUND[SOUND.index("terms:\n") : SOUND.index("regimes:\n")]
TABLES = """payoffs:
  sea: [[0, 0], [worth, -4*risk]]
  land: [[0, -1], [0, -1]]
"""

FAULTS = {
    "a player twice": Case(
        "duplicate-id",
        (("id: land\n", "id: sea\n"),),
        "  - id: sea",
        "players[1].id",
        ("'sea' is already the id in line 20", "ids must differ"),
        nth=2,
    ),
    "an option twice": Case(
        "duplicate-id",
        (("- id: sail", "- id: wait"),),
        "- id: wait",
        "players[0].options[1].id",
        ("'wait' is already the id",),
        nth=2,
    ),
    "a constant like a parameter": Case(
        "duplicate-id",
        (("- id: prize", "- id: cost"), ("prize - cost", "cost")),
        "- id: cost",
        "constants[0].id",
        ("'cost' is already the id",),
        nth=2,
    ),
    "a derived quantity like a constant": Case(
        "duplicate-id",
        (("- id: risk", "- id: prize"), ("fire: risk", "fire: prize")),
        "- id: prize",
        "derived[1].id",
        ("'prize' is already the id",),
        nth=2,
    ),
    "a term twice": Case(
        "duplicate-id",
        (("- id: sea.hit", "- id: sea.prize"),),
        "- id: sea.prize",
        "terms[1].id",
        ("'sea.prize' is already the id",),
        nth=2,
    ),
    "a regime twice": Case(
        "duplicate-id",
        (("- id: battle", "- id: peace"),),
        "- id: peace",
        "regimes[1].id",
        ("'peace' is already the id",),
        nth=2,
    ),
    "a preset twice": Case(
        "duplicate-id",
        (("- id: dear", "- id: default"), ("preset: dear", "preset: default")),
        "- id: default",
        "presets[1].id",
        ("'default' is already the id",),
        nth=2,
    ),
    "a record twice": Case(
        "duplicate-id",
        (
            (
                "    source: A log book\n",
                "    source: A log book\n  - {id: E1, claim: c, claimant: c, date: d, as_of: d, "
                "status: denied, source: s}\n",
            ),
        ),
        "id: E1",
        "evidence[1].id",
        ("'E1' is already the id in line 9",),
        nth=2,
    ),
    "a parameter named like a function": Case(
        "reserved-name",
        (("- id: fear", "- id: max"), ("fear * worth", "worth")),
        "- id: max",
        "parameters[1].id",
        ("'max' is taken by the formula language", "choose another id"),
    ),
    "a player named world": Case(
        "reserved-name",
        (("focal: sea", "focal: land"), ("  - id: sea\n", "  - id: world\n")),
        "- id: world",
        "players[0].id",
        ("'world' stands for nobody in particular",),
    ),
    "an empty range": Case(
        "empty-range",
        (("low: 0\n    high: 1\n", "low: 2\n    high: 1\n"),),
        "low: 2",
        "parameters[1].low",
        ("low 2 is above high 1", "swap them"),
    ),
    "a default outside its range": Case(
        "default-outside-range",
        (("default: 2", "default: 9"),),
        "default: 9",
        "parameters[0].default",
        ("9 is outside the range 1 to 4", "move one of them"),
    ),
    "a distribution wider than its range": Case(
        "distribution-outside-range",
        (("      high: 3", "      high: 5"),),
        "      high: 5",
        "parameters[0].distribution.high",
        ("5 is outside the parameter's range 1 to 4",),
    ),
    "a distribution out of order": Case(
        "distribution-outside-range",
        (("      mode: 2", "      mode: 3.5"),),
        "    distribution:",
        "parameters[0].distribution",
        ("low, mode and high must not decrease",),
    ),
    "a term for nobody": Case(
        "unknown-id",
        (("    player: land\n    label: Powder", "    player: lnd\n    label: Powder"),),
        "player: lnd",
        "terms[2].player",
        ("no player 'lnd'", "did you mean land?"),
    ),
    "a parameter about nobody": Case(
        "unknown-id",
        (("    player: sea\n    default", "    player: fleet\n    default"),),
        "player: fleet",
        "parameters[0].player",
        ("no player 'fleet'", "known: sea, land"),
    ),
    "advice to nobody": Case(
        "unknown-id", (("focal: sea", "focal: see"),), "focal", "focal", ("did you mean sea?",)
    ),
    "a bloc with a stranger": Case(
        "unknown-id",
        (("  - [land]", "  - [land, sky]"),),
        "[land, sky]",
        "blocs[1][1]",
        ("no player 'sky'",),
    ),
    "a status quo of a stranger": Case(
        "unknown-id",
        (("  land: hold\nevidence", "  land: hold\n  sky: wait\nevidence"),),
        "sky: wait",
        "status_quo.sky",
        ("no player 'sky'",),
    ),
    "a status quo that is no option": Case(
        "unknown-id",
        (("  sea: wait", "  sea: wat"),),
        "sea: wat",
        "status_quo.sea",
        ("no option of sea 'wat'", "did you mean wait?"),
    ),
    "a term on a stranger": Case(
        "unknown-id",
        (("      land: [fire]", "      sky: [fire]"),),
        "sky: [fire]",
        "terms[2].when.sky",
        ("no player 'sky'",),
    ),
    "a term on no option": Case(
        "unknown-id",
        (("      land: [fire]", "      land: [fare]"),),
        "land: [fare]",
        "terms[2].when.land",
        ("no option of land 'fare'", "did you mean fire?"),
    ),
    "a weight of no option": Case(
        "unknown-id",
        (("        fire: risk", "        wire: risk"),),
        "wire: risk",
        "terms[1].when.land.wire",
        ("no option of land 'wire'", "did you mean fire?"),
    ),
    "a regime of no option": Case(
        "unknown-id",
        (("      land: [hold]", "      land: [sail]"),),
        "land: [sail]",
        "regimes[0].when.land",
        ("no option of land 'sail'",),
    ),
    "a preset that sets nothing known": Case(
        "unknown-id",
        (("      cost: 4", "      cst: 4"),),
        "cst: 4",
        "presets[1].set.cst",
        ("no parameter or constant 'cst'", "did you mean cost?"),
    ),
    "a caveat for no preset": Case(
        "unknown-id",
        (("    preset: dear", "    preset: deer"),),
        "preset: deer",
        "caveats[1].preset",
        ("no preset 'deer'", "did you mean dear?"),
    ),
    "a status quo without a player": Case(
        "incomplete-profile",
        (("  land: hold\nevidence", "evidence"),),
        "status_quo",
        "status_quo",
        ("no option for land", "name one for each player"),
    ),
    "an expectation that is no profile": Case(
        "incomplete-profile",
        (("pure: [wait/hold]", "pure: [wait]"),),
        "pure: [wait]",
        "presets[1].expect.pure[0]",
        ("'wait' is no profile", "sea/land"),
    ),
    "an expectation in the wrong order": Case(
        "incomplete-profile",
        (("pure: [wait/hold]", "pure: [hold/wait]"),),
        "pure: [hold/wait]",
        "presets[1].expect.pure[0]",
        ("'hold/wait' is no profile",),
    ),
    "a preset outside a range": Case(
        "preset-outside-range",
        (("      cost: 4", "      cost: 5"),),
        "cost: 5",
        "presets[1].set.cost",
        ("5 is outside the range 1 to 4 of cost",),
    ),
    "a formula that is none": Case(
        "formula",
        (("fear * worth", "fear ** worth"),),
        "fear ** worth",
        "derived[1].value",
        ("column 9", "an exponent is a whole number from 0 to 8", "(in 'fear ** worth')"),
    ),
    "a weight that is no formula": Case(
        "formula",
        (("fire: risk", "fire: risk +"),),
        "fire: risk +",
        "terms[1].when.land.fire",
        ("missing at the end",),
    ),
    "a name that nothing has": Case(
        "unknown-name",
        (("fear * worth", "feer * worth"),),
        "feer * worth",
        "derived[1].value",
        ("column 1: 'feer' is not defined", "did you mean fear?"),
    ),
    "a name that is defined below": Case(
        "unknown-name",
        (("prize - cost", "prize - risk"),),
        "prize - risk",
        "derived[0].value",
        ("column 9: 'risk' is defined below; move it up",),
    ),
    "a quantity defined by itself": Case(
        "unknown-name",
        (("prize - cost", "prize - worth"),),
        "prize - worth",
        "derived[0].value",
        ("'worth' is defined below",),
    ),
    "a citation of no record": Case(
        "unknown-evidence",
        (("[E1]\n  - id: fear", "[E1, E2]\n  - id: fear"),),
        "[E1, E2]",
        "parameters[0].evidence[1]",
        ("no evidence record 'E2'", "did you mean E1?"),
    ),
    "terms and tables": Case(
        "payoff-form",
        (("regimes:\n", TABLES + "regimes:\n"),),
        "payoffs:",
        "payoffs",
        ("give terms or payoffs, not both",),
    ),
    "no payoffs at all": Case(
        "payoff-form",
        ((TERMS, ""),),
        "format: 1",
        "(file)",
        ("no payoffs", "list terms, or give a payoffs table for each player"),
    ),
    "a player without a table": Case(
        "payoff-form",
        ((TERMS, TABLES), ("  land: [[0, -1], [0, -1]]\n", "")),
        "payoffs:",
        "payoffs",
        ("no table for land",),
    ),
    "a table of another shape": Case(
        "payoff-form",
        ((TERMS, TABLES), ("[[0, -1], [0, -1]]", "[[0, -1], [0]]")),
        "[[0, -1], [0]]",
        "payoffs.land",
        ("nested lists of 2 x 2 entries", "in the players' order"),
    ),
    "a player in no bloc": Case(
        "bloc-form",
        (("  - [land]", "  - [sea]"),),
        "blocs:",
        "blocs",
        ("two lists that together hold each player exactly once",),
    ),
    "three blocs": Case(
        "bloc-form", (("  - [land]", "  - [land]\n  - []"),), "blocs:", "blocs", ("two lists",)
    ),
    "a formula without bounds": Case(
        "non-finite",
        (("prize - cost", "prize / (cost - 4)"),),
        "prize / (cost - 4)",
        "derived[0].value",
        ("not finite at cost = 4", "keep divisors away from 0"),
    ),
    "a formula without bounds by way of another": Case(
        "non-finite",
        (("prize - cost", "cost - 1"), ("fear * worth", "fear / worth")),
        "fear / worth",
        "derived[1].value",
        ("not finite at cost = 1",),
    ),
    "a preset that shows another outcome": Case(
        "preset-expectation",
        (("pure: [wait/hold]", "pure: [sail/hold]"),),
        "    expect:",
        "presets[1].expect",
        ("the pure equilibria here are wait/hold", "correct the expectation or the payoffs"),
        2,
    ),
    "a preset with fewer equilibria": Case(
        "preset-expectation",
        (("equilibria: 1", "equilibria: 2"),),
        "    expect:",
        "presets[0].expect",
        ("1 equilibria are found here, not 2",),
    ),
    "a preset with more proved": Case(
        "preset-expectation",
        (("completeness: proved", "completeness: unproved"),),
        "    expect:",
        "presets[0].expect",
        ("the list is proved here, not unproved",),
    ),
}  # fmt: skip

WARNED = {
    "a parameter in no formula": Case(
        "unused-name",
        (("fear * worth", "worth"),),
        "- id: fear",
        "parameters[1].id",
        ("'fear' is used in no formula", "use it or remove it"),
    ),
    "a constant in no formula": Case(
        "unused-name",
        (("prize - cost", "cost"),),
        "- id: prize",
        "constants[0].id",
        ("'prize' is used in no formula",),
    ),
    "a derived quantity in no formula": Case(
        "unused-name",
        (("fire: risk", "fire: 1"), ("fear * worth", "fear * worth")),
        "- id: risk",
        "derived[1].id",
        ("'risk' is used in no formula",),
    ),
    "a claim confirmed by nobody": Case(
        "confirmed-by-nobody",
        (("    status: reported", "    status: confirmed"),),
        "- id: E1",
        "evidence[0]",
        ("'E1' is confirmed", "confirmed_by does not say by whom", "add it"),
    ),
    "options that no term tells apart": Case(
        "unmentioned-option",
        (
            ("      - id: sail\n        label: Sail\n", "      - id: sail\n        label: Sail\n"
             "      - id: sink\n        label: Sink\n"),
        ),
        "- id: wait",
        "players[0].options[0]",
        ("no term mentions wait or sink", "always pay the same", "add terms or merge them"),
    ),
    "a regime behind another": Case(
        "unreachable-regime",
        ((REGIMES, ""), ("    label: Battle\n", "    label: Battle\n" + REGIMES)),
        "- id: peace",
        "regimes[1]",
        ("'peace' names no outcome", "earlier rules cover all of its profiles"),
    ),
}  # fmt: skip


def fault_of(case, severity):
    text = edited(*case.changes)
    found = [
        f for f in told(text) if (f.rule, f.field, f.severity) == (case.rule, case.field, severity)
    ]
    assert len(found) == 1, [str(fault) for fault in told(text)]
    assert found[0].line == line_of(text, case.at, case.nth)
    for words in case.words:
        assert words in found[0].message
    assert str(found[0]).startswith(f"small.yaml:{found[0].line}: {case.field}: ")


@pytest.mark.parametrize("case", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_where_it_stands(case):
    fault_of(case, "fault")


@pytest.mark.parametrize("case", WARNED.values(), ids=WARNED.keys())
def test_a_warning_is_told_where_it_is_due(case):
    fault_of(case, "warning")


def test_the_sound_file_has_nothing_to_tell():
    assert told(SOUND) == []


@pytest.mark.parametrize("case", WARNED.values(), ids=WARNED.keys())
def test_a_warning_does_not_refuse(case):
    inspection = inspect_text(edited(*case.changes).encode(), "small.yaml")
    assert inspection.scenario is not None
    assert inspection.faults == ()


@pytest.fixture(scope="module")
def spoilt():
    texts = [edited(*case.changes) for case in [*FAULTS.values(), *WARNED.values()]]
    return [inspect_text(text.encode(), "x.yaml").source for text in [*texts, too_many("derived")]]


@pytest.mark.parametrize("rule", [*RULES, *WARNINGS], ids=lambda rule: rule.__name__)
def test_every_rule_has_a_case(rule, spoilt):
    assert any(list(rule(source)) for source in spoilt)


def too_many(key):
    entry = {
        "parameters": "  - {id: q%d, label: q, default: 0, low: 0, high: 1}\n",
        "constants": "  - {id: q%d, value: 0}\n",
        "derived": "  - {id: q%d, value: 0}\n",
        "terms": "  - {id: q%d, player: sea, label: q, value: 1}\n",
        "regimes": "  - {id: q%d, label: q}\n",
        "presets": "  - {id: q%d, label: q}\n",
    }[key]
    count = {"terms": 2000, "regimes": 200, "presets": 100}.get(key, 500)
    return edited((f"{key}:\n", f"{key}:\n" + "".join(entry % k for k in range(count))))


@pytest.mark.parametrize("key", ["parameters", "constants", "derived", "regimes", "presets"])
def test_a_list_that_is_too_long(key):
    found = [fault for fault in told(too_many(key)) if fault.rule == "too-large"]
    assert [fault.field for fault in found] == [key]
    assert "at most" in found[0].message
    assert found[0].line == line_of(SOUND, f"{key}:")


def test_too_many_profiles():
    options = "".join(f"      - {{id: o{k}, label: o}}\n" for k in range(31))
    players = "".join(f"  - id: p{n}\n    label: p\n    options:\n{options}" for n in range(4))
    found = told(edited(("players:\n", f"players:\n{players}")))
    assert [fault.field for fault in found if fault.rule == "too-large"] == ["players"]


def test_a_table_may_stand_instead_of_terms():
    text = edited((TERMS, TABLES))
    assert told(text) == []
    cells = inspect_text(text.encode(), "small.yaml").scenario.payoffs
    assert cells == {"sea": ((0, 0), ("worth", "-4*risk")), "land": ((0, -1), (0, -1))}


def test_many_faults_of_every_kind_are_told_at_once_in_the_order_of_the_file():
    text = edited(
        ("title: A small scenario", "titel: A small scenario"),  # schema, both ways
        ("focal: sea", "focal: see"),
        ("status: reported", "status: rumoured"),
        ("default: 2", "default: 9"),
        ("[E1]\n  - id: fear", "[E9]\n  - id: fear"),
        ("fear * worth", "fear % worth"),
        ("      land: [fire]", "      land: [fire]\n    value: 2"),
        ("      cost: 4", "      cost: 5"),
        ("caveats:\n", "caveats:\n  - {text: x, preset: nothing}\n"),
    )
    found = told(text)
    assert [fault.line for fault in found] == sorted(fault.line for fault in found)
    rules = {(fault.rule, fault.field) for fault in found if fault.severity == "fault"}
    assert rules == {
        ("schema", "title"),
        ("schema", "titel"),
        ("unknown-id", "focal"),
        ("schema", "evidence[0].status"),
        ("default-outside-range", "parameters[0].default"),
        ("unknown-evidence", "parameters[0].evidence[0]"),
        ("formula", "derived[1].value"),
        ("duplicate-key", "terms[2].value"),
        ("preset-outside-range", "presets[1].set.cost"),
        ("unknown-id", "caveats[0].preset"),
    }


def test_one_fault_is_one_fault():
    for case in FAULTS.values():
        if case.rule in {"formula", "unknown-evidence", "default-outside-range", "empty-range"}:
            found = [f for f in told(edited(*case.changes)) if f.severity == "fault"]
            assert [fault.rule for fault in found] == [case.rule], case


def test_plain_data_is_held_to_the_same_rules():
    data = inspect_text(SOUND.encode(), "small.yaml").scenario.canonical()
    assert inspect_data(data, "r.json").sha256 == inspect_data(data, "other").sha256
    data["terms"][0]["value"] = "import os"
    data["parameters"][0]["evidence"] = ["E7"]
    with pytest.raises(ScenarioError) as caught:
        inspect_data(data, "r.json")
    assert {fault.rule for fault in caught.value.faults} == {"formula", "unknown-evidence"}
    assert str(caught.value).count("r.json:1: ") == 2
