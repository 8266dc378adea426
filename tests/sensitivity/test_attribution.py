"""Shares of a change against all orders in which its numbers could change."""

import itertools
import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as drawn
from tests.factories import LAW

from counterplay.concepts import nash
from counterplay.errors import CounterplayError, ValuesError
from counterplay.explain.narrate import points, signed
from counterplay.payoffs import game
from counterplay.scenario import Scenario, load
from counterplay.sensitivity.attribution.inputs import MOST_FACTORS, changed_inputs, factors_of
from counterplay.sensitivity.attribution.result import Attribution
from counterplay.sensitivity.attribution.settings import compare_settings
from counterplay.sensitivity.attribution.shapley import shapley, without_rounding
from counterplay.sensitivity.outcomes import outcome_of

FLAGSHIP = load("korea-ukraine")


def made(payoffs, names=("p", "q", "r"), regimes=(), **more):
    """Return a scenario of payoff tables over parameters from -10 to 10, 0 by default."""
    shape = np.array(next(iter(payoffs.values())), dtype=object).shape
    players = [
        {
            "id": player,
            "label": player.title(),
            "options": [{"id": f"{player}{k}", "label": f"{player} {k}"} for k in range(count)],
        }
        for player, count in zip(payoffs, shape, strict=True)
    ]
    parameters = [
        {"id": name, "label": f"Number {name}", "default": 0.0, "low": -10.0, "high": 10.0}
        for name in names
    ]
    return Scenario.model_validate(
        {
            "format": 1, "id": "made", "title": "Made", "players": players,
            "parameters": parameters, "payoffs": payoffs, "regimes": list(regimes), **more,
        }
    )  # fmt: skip


def random_scenario(seed, shape=(2, 2, 2)):
    """Return a scenario whose every payoff is a drawn number plus a product of parameters."""
    draw = np.random.default_rng(seed)

    def table(rest):
        if rest:
            return [table(rest[1:]) for _ in range(rest[0])]
        one, other = draw.choice(["p", "q", "r"], 2)
        return f"{draw.integers(-4, 5)} + {draw.integers(-2, 3)}*{one} + {one}*{other}"

    payoffs = {f"a{i}": table(list(shape)) for i in range(len(shape))}
    regimes = [{"id": "calm", "label": "Calm", "when": {"a0": ["a00"]}}]
    return made(payoffs, regimes=regimes), draw


def by_orders(measure, names):
    """Return the average of what each name adds over all orders."""
    shares = dict.fromkeys(names, 0.0)
    for order in itertools.permutations(names):
        done = frozenset()
        for name in order:
            shares[name] += measure(done | {name}) - measure(done)
            done |= {name}
    return {name: total / math.factorial(len(names)) for name, total in shares.items()}


@given(
    st.integers(1, 5).flatmap(
        lambda k: drawn.arrays(np.float64, 2**k, elements=st.floats(-100, 100))
    )
)
@LAW
def test_shares_are_averages_over_all_orders(values):
    names = range(len(values).bit_length() - 1)
    expected = by_orders(lambda done: float(values[sum(1 << bit for bit in done)]), names)
    shares = shapley(values)
    assert shares == pytest.approx([expected[name] for name in names], abs=1e-9)
    assert math.fsum(shares) == pytest.approx(values[-1] - values[0], abs=1e-9)
    assert shapley(values[::-1].copy()) == tuple(-share + 0.0 for share in shares)


@given(drawn.arrays(np.float64, 8, elements=st.floats(-100, 100)), st.integers(0, 3))
@LAW
def test_what_never_does_anything_gets_exactly_nothing(values, bit):
    spread = np.array([values[(k >> 1 & ~((1 << bit) - 1)) | (k & ((1 << bit) - 1))]
                       for k in range(16)])  # fmt: skip
    share = shapley(spread)[bit]
    assert share == 0
    assert math.copysign(1, share) == 1


def test_rounding_is_levelled_and_nothing_else():
    values = np.array([1.0, 1.0 + 1e-15, 2.0, 1.0 - 1e-15, 2.0 + 1e-6])
    levelled = without_rounding(values, 1e-12)
    assert levelled[0] == levelled[1] == levelled[3]
    assert len(set(levelled.tolist())) == 3
    assert levelled == pytest.approx(values, abs=1e-12)


@pytest.mark.parametrize("seed", range(8))
def test_shares_of_payoffs_and_presence_against_every_order(seed):
    scenario, draw = random_scenario(seed)
    after = {name: float(draw.integers(1, 4)) for name in "pqr"}
    change = compare_settings(scenario, {"a": {}, "b": after}).changes[0]
    assert [factor.id for factor in change.factors] == list("pqr")

    def solved(done):
        return nash(game(scenario, {name: after[name] for name in done}))

    subsets = [frozenset(c) for k in range(4) for c in itertools.combinations("pqr", k)]
    found = {subset: solved(subset) for subset in subsets}
    for place, each in enumerate(change.payoffs):
        pick, player = (np.min, np.max)[place % 2], place // 2

        def measure(done, pick=pick, player=player):
            return float(pick([e.payoffs[player] for e in found[done]]))

        expected = by_orders(measure, "pqr")
        assert each.of == f"a{player}"
        assert each.parts == pytest.approx([expected[name] for name in "pqr"], abs=1e-9)
        assert math.fsum(each.parts) == pytest.approx(each.change, abs=1e-9)
    for each in change.presence:
        expected = by_orders(lambda done, each=each: float(there(scenario, found[done], each)),
                             "pqr")  # fmt: skip
        assert each.parts == pytest.approx([expected[name] for name in "pqr"], abs=1e-12)


def there(scenario, solution, each: Attribution):
    outcome = outcome_of(scenario, solution)
    if each.kind == "mixed":
        return not outcome.pure
    if each.kind == "regime":
        return each.of in outcome.regimes
    return tuple(each.of.split("/")) in outcome.pure


@pytest.mark.parametrize("seed", range(4))
def test_a_swap_flips_every_sign_exactly(seed):
    scenario, draw = random_scenario(seed)
    one, other = ({name: float(draw.normal()) for name in "pqr"} for _ in range(2))
    there = compare_settings(scenario, {"a": one, "b": other}).changes[0]
    back = compare_settings(scenario, {"b": other, "a": one}).changes[0]
    for kind in ("payoffs", "presence"):
        pairs = list(zip(getattr(there, kind), getattr(back, kind), strict=True))
        assert pairs
        for forth, again in pairs:
            assert (forth.before, forth.after) == (again.after, again.before)
            assert again.parts == tuple(0.0 - part for part in forth.parts)


def test_a_swap_on_the_flagship_flips_every_sign_exactly():
    one, other = {}, FLAGSHIP.values(preset="doubtful_pledge")
    forth = compare_settings(FLAGSHIP, {"a": one, "b": other}).changes[0]
    back = compare_settings(FLAGSHIP, {"b": other, "a": one}).changes[0]
    for there, again in zip(forth.payoffs + forth.presence, back.payoffs + back.presence,
                            strict=True):  # fmt: skip
        assert again.parts == tuple(0.0 - part for part in there.parts)
        assert math.fsum(there.parts) == pytest.approx(there.change, abs=1e-9)
    assert any(part for each in forth.payoffs for part in each.parts)


def test_a_number_that_no_payoff_uses_gets_nothing():
    scenario = made({"a": [["p", 0], [0, 1]], "b": [[1, 0], [0, 1]]}, names="pq")
    change = compare_settings(scenario, {"a": {}, "b": {"p": 2, "q": 3}}).changes[0]
    assert [each.used for each in change.inputs] == [True, False]
    assert [factor.id for factor in change.factors] == ["p"]
    assert change.combinations == 2
    assert any("No payoff uses “Number q”" in line for line in change.words)


def test_a_number_that_is_used_and_does_nothing_gets_exactly_nothing():
    # Both only mix, so that a's payoff is rounded, and depends on nothing that b is paid.
    a = [["1 + p", "-1 + p"], ["-1 + p", "1 + p"]]
    scenario = made({"a": a, "b": [["-1 - q/3", "1"], ["1", "-1"]]}, names="pq")
    change = compare_settings(scenario, {"a": {}, "b": {"p": 1, "q": 1.7}}).changes[0]
    least = change.payoffs[0]
    assert least.parts[1] == 0.0
    assert math.copysign(1, least.parts[1]) == 1
    assert least.parts[0] == pytest.approx(1)
    assert [each.kind for each in change.presence] == ["mixed"]
    assert "No firm outcome is stable before or after." in change.words


def test_no_change_says_that_nothing_differs():
    found = compare_settings(FLAGSHIP, {"a": {}, "b": {"cred": 0.4}})
    change = found.changes[0]
    assert change.inputs == change.factors == ()
    assert change.words == ("Nothing differs between “a” and “b”.",)
    assert all(each.change == 0 and each.parts == () for each in change.payoffs)
    assert found.settings[0].payoffs == found.settings[1].payoffs


def test_each_other_setting_is_compared_with_the_first():
    names = {"now": {}, "spiral": {"spent": 0.75}, "proof": {"detect": 0.51}}
    found = compare_settings(FLAGSHIP, names)
    assert [setting.name for setting in found.settings] == list(names)
    assert [(c.before, c.after) for c in found.changes] == [("now", "spiral"), ("now", "proof")]
    assert [each.id for each in found.changes[1].inputs] == ["detect"]
    assert (
        found.changes[1]
        == compare_settings(FLAGSHIP, {"now": {}, "proof": {"detect": 0.51}}).changes[0]
    )
    assert json.dumps(found.to_dict(), allow_nan=False)


def test_settings_carry_what_is_stable_and_what_is_proved():
    found = compare_settings(FLAGSHIP, {"now": {}, "then": {"spent": 0.75}})
    for setting in found.settings:
        solution = nash(game(FLAGSHIP, setting.values))
        assert setting.outcome == outcome_of(FLAGSHIP, solution)
        assert setting.completeness == solution.completeness
        paid = np.array([equilibrium.payoffs for equilibrium in solution])
        assert [span.least for span in setting.payoffs] == pytest.approx(paid.min(axis=0))
        assert [span.greatest for span in setting.payoffs] == pytest.approx(paid.max(axis=0))
    for each in found.changes[0].payoffs:
        spans = [{s.player: s for s in setting.payoffs}[each.of] for setting in found.settings]
        ends = [getattr(span, each.kind) for span in spans]
        assert [each.before, each.after] == pytest.approx(ends, abs=1e-9)


def many(count, about=lambda k: "world", constants=0):
    """Return a scenario in which one cell of a's payoffs is the sum of many numbers."""
    names = [f"n{k}" for k in range(count)]
    numbers = "+".join(names + [f"c{k}" for k in range(constants)])
    scenario = made(
        {
            "a": [[[numbers, 0], [0, 1]], [[-9, -9], [-9, -9]]],
            "b": [[[1, 0], [0, 1]]] * 2,
            "c": [[[1, 0], [0, 1]]] * 2,
        },
        names=names,
        constants=[{"id": f"c{k}", "value": 1.0} for k in range(constants)],
    )
    moved = tuple(
        each.model_copy(update={"player": about(k)}) for k, each in enumerate(scenario.parameters)
    )
    return scenario.model_copy(update={"parameters": moved})


def factors_between(scenario):
    after = {name: value + 1 for name, value in scenario.values().items()}
    return factors_of(scenario, changed_inputs(scenario, scenario.values(), after))


def test_twelve_numbers_are_weighed_one_by_one_and_thirteen_are_grouped():
    assert len(factors_between(many(12))) == MOST_FACTORS == 12
    grouped = factors_between(
        many(13, about=lambda k: "a" if k < 2 else "b" if k < 5 else "world")
    )
    assert [len(factor.inputs) for factor in grouped] == [1, 1, 1, 1, 1, 8]
    assert grouped[-1].label == "8 assumptions about the world together"


def test_only_as_many_groups_are_made_as_needed_and_nothing_is_lost():
    scenario = many(14, about=lambda k: "abc"[k % 3], constants=4)
    factors = factors_between(scenario)
    assert len(factors) <= MOST_FACTORS
    assert sorted(name for f in factors for name in f.inputs) == sorted(scenario.values())
    assert [f.label for f in factors if len(f.inputs) > 1] == [
        "5 assumptions about A together",
        "5 assumptions about B together",
    ]
    assert factors_between(many(2, constants=30))[-1].id == "group:constants"


@pytest.mark.slow
def test_thirteen_numbers_still_add_up():
    scenario = many(13, about=lambda k: "a" if k < 2 else "world")
    after = {f"n{k}": 0.3 * k - 1 for k in range(13)}
    change = compare_settings(scenario, {"a": {}, "b": after}).changes[0]
    assert change.combinations == 2 ** len(change.factors) == 8
    for each in change.payoffs:
        assert math.fsum(each.parts) == pytest.approx(each.change, abs=1e-9)
    assert any("count" in line and "the 11 assumptions" in line for line in change.words)


@pytest.mark.slow
def test_twelve_numbers_are_all_solved():
    sizes = [0.5 * k + 0.25 for k in range(12)]
    after = {f"n{k}": size for k, size in enumerate(sizes)}
    change = compare_settings(many(12), {"a": {}, "b": after}).changes[0]
    assert (change.combinations, change.unproved, change.sets) == (4096, 0, 0)
    greatest = change.payoffs[1]
    assert (greatest.kind, greatest.after) == ("greatest", sum(sizes))
    sums = [sum(s for k, s in enumerate(sizes) if done >> k & 1) for done in range(4096)]
    assert greatest.parts == pytest.approx(by_subsets([max(1.0, s) for s in sums]), abs=1e-9)


def by_subsets(values):
    """Return shares by counting the orders in which each subset comes first."""
    count = len(values).bit_length() - 1
    return [
        sum(
            math.factorial(done.bit_count()) * math.factorial(count - done.bit_count() - 1)
            * (values[done | 1 << k] - values[done])
            for done in range(len(values))
            if not done >> k & 1
        )
        / math.factorial(count)
        for k in range(count)
    ]  # fmt: skip


def test_a_combination_without_finite_payoffs_is_refused_and_named():
    scenario = made({"a": [["1/(1 + p - q)", 0], [0, 1]], "b": [[1, 0], [0, 1]]}, names="pq")
    with pytest.raises(ValuesError, match=r"combination with p=0, q=1 has no finite payoffs"):
        compare_settings(scenario, {"a": {}, "b": {"p": 1, "q": 1}})
    for setting in ({}, {"p": 1, "q": 1}):
        assert compare_settings(scenario, {"a": setting, "b": {"p": 2}})


def test_when_the_time_is_up_what_is_possible_is_shared_out_all_the_same():
    settings = {"now": {}, "doubts": FLAGSHIP.values(preset="doubtful_pledge")}
    change = compare_settings(FLAGSHIP, settings, time_limit=0).changes[0]
    whole = compare_settings(FLAGSHIP, settings, time_limit=None).changes[0]
    assert (change.solved, change.combinations, whole.solved) == (1, 8, 8)
    assert change.payoffs == ()
    assert whole.payoffs
    assert change.presence == whole.presence
    assert any(line.startswith("The time was up with 1 of 8 combin") for line in change.words)


def test_progress_is_told_and_can_stop_the_work():
    told = []
    scenario, _ = random_scenario(1)
    settings = {"a": {}, "b": {"p": 1, "q": 1}, "c": {"r": 1}}
    compare_settings(scenario, settings, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4), (1, 2), (2, 2)]

    def stop(done, of):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compare_settings(scenario, settings, progress=stop)


@pytest.mark.parametrize("seconds", [-1, float("nan"), "soon", True])
def test_a_wrong_time_limit_is_named(seconds):
    with pytest.raises(ValuesError, match=r"time_limit: .*; give seconds, or None for no limit"):
        compare_settings(FLAGSHIP, {"a": {}, "b": {}}, time_limit=seconds)


HOSTILE = "<b>x</b> [a](javascript:b) `c`\n\x1b[2J\u202e“" + "long " * 300


def test_hostile_labels_stay_one_line_of_bounded_length():
    labels = made({"a": [["p", 0], [0, "q"]], "b": [[1, 0], [0, 1]]}, names="pq")
    hostile = labels.model_copy(
        update={
            "parameters": tuple(
                each.model_copy(update={"label": HOSTILE}) for each in labels.parameters
            ),
            "players": tuple(
                each.model_copy(update={"label": HOSTILE}) for each in labels.players
            ),
        }
    )
    found = compare_settings(hostile, {HOSTILE: {}, "b" + HOSTILE: {"p": 1.5, "q": 2.5}})
    for line in found.changes[0].words:
        assert line.isprintable()
        assert len(line) < 1500
    assert json.dumps(found.to_dict(), allow_nan=False)


def test_words_say_what_the_numbers_say():
    found = compare_settings(FLAGSHIP, {"now": {}, "then": FLAGSHIP.values(preset="avowal")})
    change = found.changes[0]
    words = " ".join(change.words)
    for least, greatest in zip(change.payoffs[::2], change.payoffs[1::2], strict=True):
        for each in (least, greatest):
            verb = "rises" if each.change > 0 else "falls"
            (sentence,) = [
                line for line in change.words if line.startswith(f"{each.label}’s {each.kind}")
            ]
            assert f"{verb} by {points(abs(each.change))}, from {points(each.before)} to " in (
                sentence
            )
            for factor, part in zip(change.factors, each.parts, strict=True):
                assert f"“{factor.label}” ({signed(part)})" in sentence
    assert "“Hedged payment, denied deployment” is no longer possible: in equal parts" in words
    assert (
        "“Hedged payment, avowed deployment” becomes possible, all of it due to “Value of "
        "acknowledging openly”." in change.words
    )
    assert found.words[-1] == found.method


def test_one_sentence_where_least_and_greatest_are_the_same():
    scenario = made({"a": [["3 + p", "2 + p"], [0, 0]], "b": [["1 + q", 0], ["1 + q", 0]]}, "pq")
    change = compare_settings(scenario, {"a": {}, "b": {"p": -1, "q": 2}}).changes[0]
    assert change.words[1:] == (
        "“a 0 / b 0” stays possible.",
        "A’s payoff falls by 1.00, from 3.00 to 2.00, all of it due to “Number p”.",
        "B’s payoff rises by 2.00, from 1.00 to 3.00, all of it due to “Number q”.",
    )


def test_what_works_against_the_change_is_told_apart():
    scenario = made({"a": [["3 + p + q", "2 + p + q"], [0, 0]], "b": [[1, 0], [1, 0]]}, "pq")
    change = compare_settings(scenario, {"a": {}, "b": {"p": 3, "q": -1}}).changes[0]
    assert (
        "A’s payoff rises by 2.00, from 3.00 to 5.00: through “Number p” (+3.00); against it "
        "“Number q” (−1.00)." in change.words
    )
    level = compare_settings(scenario, {"a": {}, "b": {"p": 1, "q": -1}}).changes[0]
    assert (
        "A’s payoff stays at 3.00, though numbers pull both ways: “Number p” (+1.00) and "
        "“Number q” (−1.00)." in level.words
    )
    assert "B’s payoff stays at 1.00." in level.words


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (3, "settings: this is a int; give 2 to 8 settings"),
        ([{}, {}], "settings: this is a list; give 2 to 8"),
        ({"a": {}}, "settings: 1 given; give 2 to 8"),
        ({str(k): {} for k in range(9)}, "settings: 9 given"),
        ({"a": {}, 3: {}}, "settings: 3 is no name"),
        ({"a": {}, " ": {}}, "settings: ' ' is no name"),
        ({"a": {}, "b": {"creed": 1}}, r"settings\['b'\]: creed: no such parameter"),
        ({"a": {}, "b": {"cred": 7}}, r"settings\['b'\]: cred: 7.0 is outside its range"),
        ({"a": {}, "b": 7}, r"settings\['b'\]: values: this is a int"),
    ],
)
def test_wrong_settings_are_named(settings, words):
    with pytest.raises(ValuesError, match=words):
        compare_settings(FLAGSHIP, settings)


def test_a_scenario_must_be_loaded():
    with pytest.raises(CounterplayError, match="is no scenario"):
        compare_settings("korea-ukraine", {"a": {}, "b": {}})
