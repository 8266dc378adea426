"""Intervals of best replies against brute force at single settings."""

import numpy as np
import pytest

from counterplay.errors import CounterplayError, ValuesError
from counterplay.payoffs import game
from counterplay.scenario import load
from counterplay.scenario.catalogue import inspect_text
from counterplay.sensitivity.tipping.reply_intervals import reply_intervals

FLAGSHIP = load("korea-ukraine")
HEDGE = {"dprk": "deny", "rus": "conv", "ukr": "expose"}

BELIEFS = [
    HEDGE,
    {"dprk": "open", "rus": {"conv": 0.3, "strat": 0.7}, "ukr": {"stay": 0.5, "strike": 0.5}},
    {"deny/conv/expose": 0.25, "open/strat/strike": 0.75},
]


def shares_of(belief):
    """Return the chances of the others' profiles as an array (3, 3, 3)."""
    players = FLAGSHIP.players[1:]
    shares = np.zeros([len(player.options) for player in players])
    ids = [[option.id for option in player.options] for player in players]
    for place in np.ndindex(*shares.shape):
        chosen = [own[k] for own, k in zip(ids, place, strict=True)]
        if "/" in next(iter(belief)):
            shares[place] = belief.get("/".join(chosen), 0)
        else:
            chances = [belief[player.id] for player in players]
            shares[place] = np.prod(
                [
                    chance.get(option, 0) if isinstance(chance, dict) else chance == option
                    for chance, option in zip(chances, chosen, strict=True)
                ]
            )
    return shares


@pytest.mark.parametrize("belief", BELIEFS)
@pytest.mark.parametrize("name", ["threat_strat", "dom_cost", "cred", "spent", "detect"])
def test_best_replies_at_single_settings_lie_in_the_intervals(belief, name):
    replies = reply_intervals(FLAGSHIP, name, belief)
    assert replies.player == "rok"
    assert replies.complete
    parameter = next(p for p in FLAGSHIP.parameters if p.id == name)
    shares = shares_of(belief)
    options = [option.id for option in FLAGSHIP.players[0].options]
    for value in np.linspace(parameter.low, parameter.high, 83):
        paid = (game(FLAGSHIP, {name: float(value)}).payoffs[0] * shares).sum(axis=(1, 2, 3))
        best = {option for option, p in zip(options, paid, strict=True) if p > paid.max() - 1e-12}
        told = {r.option for r in replies if r.low - 1e-12 <= value <= r.high + 1e-12}
        assert best == told


def test_ends_are_exact_and_told():
    replies = reply_intervals(FLAGSHIP, "audience", HEDGE)
    (aid,) = replies.of("hum")
    assert (aid.low, aid.low_certainty, aid.high, aid.high_certainty) == (
        3.825, "exact", 6.0, "range",
    )  # fmt: skip
    assert "with “Conditional pledge” where it is at most 3.825" in replies.words
    assert replies.words.startswith("If Pyongyang ")
    assert replies.words.endswith("“Defensive arms” and “Offensive arms” are never best.")


def test_the_player_may_be_another_one():
    others = {"rok": "pledge", "dprk": "deny", "ukr": "expose"}
    replies = reply_intervals(FLAGSHIP, "prolif_cost", others, {"cred": 0.05}, player="rus")
    assert {reply.option for reply in replies} <= {"withhold", "conv", "strat"}
    assert replies[0].low == 1.0 or replies[-1].low == 1.0


def test_a_parameter_that_does_not_matter_leaves_one_interval():
    replies = reply_intervals(FLAGSHIP, "cash", HEDGE)
    assert [(r.option, r.low, r.high) for r in replies] == [("pledge", 1.5, 7.5)]


TOUCH = """
format: 1
id: touch
title: Touch
players:
- {id: a, label: A, options: [{id: x, label: X}, {id: y, label: Y}]}
- {id: b, label: B, options: [{id: u, label: U}]}
parameters:
- {id: p, label: P, default: 0.2, low: 0, high: 1}
terms:
- {id: t, player: a, label: T, value: "FORMULA", when: {a: [x]}}
"""


@pytest.mark.parametrize(
    ("formula", "place", "certainty"),
    [
        ("0 - (p - 0.5)**2", 0.5, "exact"),
        ("0 - (2*p**2 - 1)**2", 0.5**0.5, "exact"),
        ("0 - (exp(p) - 1.65)**2", np.log(1.65), "bracketed"),
    ],
)
def test_an_option_that_ties_at_one_value_has_that_value(formula, place, certainty):
    scenario = inspect_text(TOUCH.replace("FORMULA", formula).encode(), "touch.yaml").scenario
    replies = reply_intervals(scenario, "p", {"b": "u"})
    (reply,) = replies.of("x")
    assert reply.low == reply.high == pytest.approx(place, abs=1e-11)
    assert reply.low_certainty == reply.high_certainty == certainty
    assert [(r.low, r.high) for r in replies.of("y")] == [(0, 1)]
    assert "with “X” where “P” is exactly 0.5" in replies.words or place != 0.5
    assert "never" not in replies.words


def test_logarithms_are_bracketed():
    text = """
format: 1
id: logs
title: Logs
players:
- {id: a, label: A, options: [{id: x, label: X}, {id: y, label: Y}]}
- {id: b, label: B, options: [{id: u, label: U}, {id: v, label: V}]}
parameters:
- {id: p, label: P, default: 2, low: 1, high: 5}
terms:
- {id: t, player: a, label: T, value: "log(p)", when: {a: {x: 1}, b: {u: 1, v: 2}}}
- {id: s, player: a, label: S, value: "1.2", when: {a: [y]}}
"""
    scenario = inspect_text(text.encode(), "logs.yaml").scenario
    replies = reply_intervals(scenario, "p", {"b": {"u": 0.5, "v": 0.5}})
    (high,) = replies.of("x")
    assert high.low == pytest.approx(np.exp(0.8), abs=1e-11)
    assert (high.low_certainty, replies.complete) == ("bracketed", True)
    joint = reply_intervals(scenario, "p", {"u": 0.5, "v": 0.5})
    assert joint.intervals == replies.intervals


@pytest.mark.parametrize(
    ("others", "message"),
    [
        ({"dprk": "deny", "rus": "conv"}, "ukr is missing"),
        ({**HEDGE, "rok": "hum"}, "'rok' is the player who replies"),
        ({**HEDGE, "rus": "convv"}, "no option 'convv'; did you mean conv"),
        ({**HEDGE, "russ": "conv"}, "'russ' is no player; did you mean rus"),
        ({**HEDGE, "rus": {"conv": 0.5}}, "add up to 0.5"),
        ({**HEDGE, "rus": {"conv": -1, "strat": 2}}, "is no chance"),
        ({**HEDGE, "rus": {"conv": "much"}}, "is no chance"),
        ({"deny/conv": 1}, "in the order dprk/rus/ukr"),
        ({"deny/conv/expose": 0.4}, "add up to 0.4"),
        ({}, "add up to 0"),
        ("deny", "give a mapping"),
    ],
)
def test_wrong_beliefs_are_refused(others, message):
    with pytest.raises(ValuesError, match=message):
        reply_intervals(FLAGSHIP, "cred", others)


def test_wrong_names_are_refused():
    with pytest.raises(ValuesError, match="parameter: no parameter 'credd'; did you mean cred"):
        reply_intervals(FLAGSHIP, "credd", HEDGE)
    with pytest.raises(CounterplayError, match="player"):
        reply_intervals(FLAGSHIP, "cred", HEDGE, player="seoul")
