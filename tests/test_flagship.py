"""The documented numbers of the flagship: payoffs, presets, and every value at which it tips."""

import itertools

import numpy as np
import pytest
from tests.factories import FLAGSHIP

from counterplay.concepts import undominated
from counterplay.concepts.pure import pure_profiles
from counterplay.findings import study
from counterplay.payoffs import game
from counterplay.scenario import load

HEDGE = "pledge/deny/conv/expose"
AVOWED = "pledge/open/conv/strike"
SPIRAL = "def/open/strat/strike"
RESTRAINT = "hum/none/withhold/stay"
AID_HEDGE = "hum/deny/conv/expose"
QUIET_HEDGE = "hum/deny/conv/stay"
STRUCK_HEDGE = "hum/deny/conv/strike"
DENIED_SPIRAL = "def/deny/strat/strike"

# Slider, value to three decimals, pure equilibria below and above it, all other sliders at their
# defaults: the one-at-a-time table of the scenario's documentation.
TIPS = (
    ("align", 2.282, [AID_HEDGE], [HEDGE]),
    ("ru_retal", 1.090, [], [HEDGE]),
    ("def_cost", 0.245, [], [HEDGE]),
    ("def_cost", 0.765, [HEDGE], [AID_HEDGE]),
    ("audience", 3.825, [HEDGE], [AID_HEDGE]),
    ("spent", 0.625, [HEDGE], [HEDGE, SPIRAL]),
    ("spent", 0.708, [HEDGE, SPIRAL], [HEDGE, "off/open/strat/strike"]),
    ("cash", 1.675, ["hum/none/conv/stay"], []),
    ("cash", 2.845, [], [HEDGE]),
    ("troop_cost", 4.155, [HEDGE], []),
    ("gain_conv", 1.242, [], [HEDGE]),
    ("attrib_cost", 1.500, [AVOWED, SPIRAL], [SPIRAL]),
    ("attrib_cost", 2.833, [SPIRAL], [HEDGE, SPIRAL]),
    ("attrib_cost", 3.750, [HEDGE, SPIRAL], [HEDGE]),
    ("attrib_cost", 6.713, [HEDGE], []),
    ("lie_cost", 0.686, [HEDGE], [HEDGE, SPIRAL]),
    ("lie_cost", 1.246, [HEDGE, SPIRAL], [SPIRAL]),
    ("prestige", 0.865, [HEDGE], [HEDGE, SPIRAL]),
    ("prestige", 1.255, [HEDGE, SPIRAL], [SPIRAL]),
    ("prestige", 2.425, [SPIRAL], [AVOWED, SPIRAL]),
    ("detect", 0.107, [AID_HEDGE], [HEDGE]),
    ("detect", 0.381, [HEDGE], [HEDGE, SPIRAL]),
    ("detect", 0.500, [HEDGE, SPIRAL], [RESTRAINT, HEDGE, SPIRAL]),
    ("detect", 0.519, [RESTRAINT, HEDGE, SPIRAL], [RESTRAINT, SPIRAL]),
    ("detect", 0.529, [RESTRAINT, SPIRAL], [RESTRAINT]),
    ("detect", 0.711, [RESTRAINT], [RESTRAINT, AVOWED]),
    ("expose", 0.175, [QUIET_HEDGE], [QUIET_HEDGE, HEDGE]),
    ("expose", 0.308, [QUIET_HEDGE, HEDGE], [HEDGE]),
    ("expose", 0.556, [HEDGE], []),
    ("dependence", 2.590, [], [HEDGE]),
    ("expose_gain", 3.077, [QUIET_HEDGE, HEDGE], [HEDGE]),
    ("strike_risk", 2.460, [STRUCK_HEDGE, DENIED_SPIRAL], [STRUCK_HEDGE, HEDGE, DENIED_SPIRAL]),
    ("strike_risk", 3.460, [STRUCK_HEDGE, HEDGE, DENIED_SPIRAL], [HEDGE, DENIED_SPIRAL]),
    ("strike_risk", 3.730, [HEDGE, DENIED_SPIRAL], [HEDGE]),
)
NEVER = (
    "arms_effect", "china_cost", "cred", "dom_cost", "offset", "prolif_cost", "ru_resolve",
    "threat_conv", "threat_strat",
)  # fmt: skip
PRESETS = {
    "default": [HEDGE],
    "strong_disclosure": [],
    "restraint_possible": [RESTRAINT, HEDGE, SPIRAL],
    "pledge_pivotal": [HEDGE],
    "doubtful_pledge": [],
    "spiral": [HEDGE, "off/open/strat/strike"],
    "avowal": [AVOWED, SPIRAL],
}


@pytest.fixture(scope="module")
def scenario():
    return load(FLAGSHIP)


def pure(scenario, values=None):
    built = game(scenario, values)
    return ["/".join(built.profile_ids(profile)) for profile in pure_profiles(built)]


def test_the_default_has_one_outcome_with_the_documented_payoffs(scenario):
    findings = study(scenario)
    (only,) = findings.solution
    assert pure(scenario) == [HEDGE]
    assert only.strict
    assert only.regret == 0
    assert only.payoffs == pytest.approx([-5.281, 3.255, 4.446, -1.760], rel=0, abs=1e-12)
    margins = [stance.margin for stance in findings.accounts[0].stances]
    assert margins == pytest.approx([0.219, 0.455, 1.446, 1.240], rel=0, abs=1e-9)
    assert [s.thin for s in findings.accounts[0].stances] == [True, True, False, False]
    assert findings.accounts[0].weakest == "rok"


def test_offensive_arms_alone_are_dominated(scenario):
    assert undominated(game(scenario)) == (
        ("hum", "pledge", "def"),
        ("none", "deny", "open"),
        ("withhold", "conv", "strat"),
        ("stay", "expose", "strike"),
    )


@pytest.mark.parametrize(("preset", "expected"), PRESETS.items())
def test_the_pure_outcomes_of_each_preset(scenario, preset, expected):
    assert sorted(pure(scenario, scenario.values(preset=preset))) == sorted(expected)


def test_every_preset_is_documented(scenario):
    assert [preset.id for preset in scenario.presets] == list(PRESETS)
    for preset in scenario.presets:
        assert sorted(preset.expect.pure) == sorted(PRESETS[preset.id])


@pytest.mark.parametrize(
    ("slider", "value", "below", "above"), TIPS, ids=[f"{tip[0]}-{tip[1]}" for tip in TIPS]
)
def test_the_outcome_tips_where_it_is_documented_to(scenario, slider, value, below, above):
    # Values are documented to three decimals, so the tip lies within half of the last.
    assert sorted(pure(scenario, {slider: value - 0.00051})) == sorted(below)
    assert sorted(pure(scenario, {slider: value + 0.00051})) == sorted(above)


def test_nothing_tips_between_the_documented_values(scenario):
    for parameter in scenario.parameters:
        tips = [tip for tip in TIPS if tip[0] == parameter.id]
        assert bool(tips) != (parameter.id in NEVER)
        edges = [parameter.low, *(tip[1] for tip in tips), parameter.high]
        answers = [tips[0][2], *(tip[3] for tip in tips)] if tips else [[HEDGE]]
        for (low, high), expected in zip(itertools.pairwise(edges), answers, strict=True):
            for share in (0.05, 0.3, 0.6, 0.95):
                values = {parameter.id: low + share * (high - low)}
                assert sorted(pure(scenario, values)) == sorted(expected)


def test_break_points_are_the_tips_at_which_the_hedge_goes(scenario):
    expected = {
        (slider, "below" if HEDGE in above else "above"): value
        for slider, value, below, above in TIPS
        if (HEDGE in below) != (HEDGE in above)
    }
    (points,) = study(scenario).breaks
    assert {(b.parameter, b.side): b.value for b in points} == pytest.approx(expected, abs=5.1e-4)


@pytest.mark.parametrize(
    ("slider", "side", "value", "player", "option"),
    [
        ("align", "below", 2.282, "rok", "hum"),
        ("def_cost", "below", 0.245, "rok", "def"),
        ("def_cost", "above", 0.765, "rok", "hum"),
        ("audience", "above", 3.825, "rok", "hum"),
        ("prestige", "above", 1.255, "dprk", "open"),
        ("dependence", "below", 2.590, "rus", "withhold"),
        ("strike_risk", "below", 2.460, "ukr", "strike"),
    ],
)
def test_break_points_name_who_leaves_and_hold_just_inside(
    scenario, slider, side, value, player, option
):
    (points,) = study(scenario).breaks
    (found,) = [b for b in points if (b.parameter, b.side) == (slider, side)]
    assert found.value == pytest.approx(value, abs=5.1e-4)
    assert (found.player, found.option) == (player, option)
    out = 1e-8 if side == "above" else -1e-8
    assert HEDGE in pure(scenario, {slider: found.value - out})
    assert HEDGE not in pure(scenario, {slider: found.value + out})


def test_the_least_credibility_that_keeps_moscow_from_the_strategic_transfer(scenario):
    """Moscow holds back while cred covers what the transfer would bring it, less its own costs."""
    constants = {constant.id: constant.value for constant in scenario.constants}
    for dependence, prolif_cost, documented in ((9, 2.5, 0.260), (9, 1.5, 0.537), (10, 1, 0.815)):
        values = scenario.full_values({"dependence": dependence, "prolif_cost": prolif_cost})
        proven = values["detect"] + (1 - values["detect"]) * values["expose"]
        gain = (1 - constants["conv_secures"]) * dependence
        own = (1 - constants["conv_cost_share"]) * prolif_cost
        beijing = (1 - constants["conv_visible"]) * values["china_cost"] * proven
        force = (1 - constants["phase"]) * constants["b_def"] * values["arms_effect"]
        least = (gain - own - beijing) / force
        assert least == pytest.approx(documented, abs=1.1e-3)
        for step in (-1e-6, 1e-6):
            built = game(scenario, {**values, "cred": least + step})
            held = built.payoffs[built.player_index("rus")][1, 1, :, 1]
            assert (np.argmax(held) == built.option_index("rus", "conv")) == (step > 0)
