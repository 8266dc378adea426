"""Payoffs from formulas: against a second evaluator, exactly, in batches, and when they fail."""

from fractions import Fraction

import numpy as np
import pytest
from tests.factories import FLAGSHIP, random_values, table_scenario
from tests.payoffs.plain_evaluation import PlainModel, fraction

from counterplay.concepts.pure import pure_equilibria, pure_profiles
from counterplay.errors import ValuesError
from counterplay.games import best_replies, margins
from counterplay.payoffs import game
from counterplay.payoffs.build import payoff_batch
from counterplay.payoffs.evaluation import exact_payoffs
from counterplay.scenario import load, scenarios

TINY = 1e-12


@pytest.fixture(scope="module")
def scenario():
    return load(FLAGSHIP)


@pytest.fixture(scope="module")
def settings(scenario):
    """The default and thirty settings from the whole ranges."""
    generator = np.random.default_rng(2024)
    return [{}, *(random_values(scenario, generator) for _ in range(30))]


def test_the_flagship_pays_what_its_file_says(scenario, settings):
    plain = PlainModel()
    for setting in settings:
        built = game(scenario, setting)
        for player, cells in enumerate(plain.payoffs(setting)):
            for profile, payoff in cells.items():
                assert abs(built.payoffs[player][profile] - payoff) <= TINY


def test_exact_payoffs_are_exact(scenario, settings):
    plain = PlainModel(number=fraction)
    for setting in settings[:6]:
        exact = game(scenario, setting).exact
        for player, cells in enumerate(plain.payoffs(setting)):
            assert all(exact[player][profile] == payoff for profile, payoff in cells.items())


def test_exact_payoffs_equal_floats_up_to_rounding(scenario, settings):
    for setting in settings:
        built = game(scenario, setting)
        assert np.abs(built.exact.astype(float) - built.payoffs).max() <= TINY


def test_constants_may_be_set_too(scenario):
    plain = PlainModel()
    setting = {"phase": 0.8, "b_def": 0.25, "cred": 0.7}
    built = game(scenario, setting)
    assert not np.array_equal(built.payoffs, game(scenario, {"cred": 0.7}).payoffs)
    for player, cells in enumerate(plain.payoffs(setting)):
        assert all(abs(built.payoffs[player][p] - u) <= TINY for p, u in cells.items())


def test_a_batch_gives_the_same_bits_as_one_setting_at_a_time(scenario, settings):
    full = [scenario.full_values(setting) for setting in settings]
    columns = {name: np.array([values[name] for values in full]) for name in full[0]}
    batch = payoff_batch(scenario, columns)
    assert batch.shape == (4, 4, 3, 3, 3, len(settings))
    for k, setting in enumerate(settings):
        assert batch[..., k].tobytes() == game(scenario, setting).payoffs.tobytes()


def test_a_batch_of_one_moving_value_holds_the_others(scenario):
    values = scenario.full_values()
    line = np.linspace(0.05, 0.95, 7)
    batch = payoff_batch(scenario, {**values, "cred": line})
    for k, cred in enumerate(line):
        assert np.array_equal(batch[..., k], game(scenario, {"cred": float(cred)}).payoffs)


def test_a_batch_of_functions_gives_the_same_bits(tmp_path):
    formulas = [["exp(a)*b", "log(1 + a**3)"], ["sqrt(a*b)", "clip(a - b, 0, min(a, b))"]]
    made = table_scenario(
        tmp_path,
        {"ann": formulas, "bob": [["a/b", "abs(a - b)"], ["max(a, b)", "-a"]]},
        {"a": (0.3, 0.01, 3.0), "b": (0.7, 0.01, 2.0)},
    )
    generator = np.random.default_rng(5)
    draws = [random_values(made, generator) for _ in range(67)]
    batch = payoff_batch(made, {k: np.array([d[k] for d in draws]) for k in ("a", "b")})
    for k, draw in enumerate(draws):
        assert batch[..., k].tobytes() == game(made, draw).payoffs.tobytes()


@pytest.mark.parametrize("name", scenarios())
def test_a_game_carries_the_ids_and_labels_of_its_scenario(name):
    scenario = load(name)
    built = game(scenario)
    assert built.players == tuple(player.id for player in scenario.players)
    assert built.player_labels == tuple(player.label for player in scenario.players)
    assert built.options == tuple(tuple(o.id for o in p.options) for p in scenario.players)
    assert built.option_labels == tuple(
        tuple(o.label for o in p.options) for p in scenario.players
    )
    assert built.payoffs.flags.writeable is False
    assert built.exact.flags.writeable is False


def test_tables_are_read_in_the_order_of_the_players(tmp_path):
    made = table_scenario(
        tmp_path,
        {"ann": [[1, 2, 3], [4, 5, "a*6"]], "bob": [["-1", 0, 7.5], [1e-3, "2/3", -0.0]]},
        {"a": (1.0, 0.0, 2.0)},
    )
    built = game(made, {"a": 0.5})
    assert built.payoffs.tolist() == [
        [[1, 2, 3], [4, 5, 3]],
        [[-1, 0, 7.5], [0.001, 2 / 3, 0]],
    ]
    assert built.exact[1][1, 1] == Fraction(2, 3)
    assert built.exact[1][1, 0] == Fraction(1, 1000)


def test_formulas_decide_ties_as_decimals(tmp_path):
    made = table_scenario(
        tmp_path,
        {"ann": [["a + b", 0], ["c", 1]], "bob": [[1, 0], [0, 1]]},
        {"a": (0.1, 0.0, 1.0), "b": (0.2, 0.0, 1.0), "c": (0.3, 0.0, 1.0)},
    )
    built = game(made)
    assert built.payoffs[0][0, 0] > built.payoffs[0][1, 0]
    assert built.exact[0][0, 0] == built.exact[0][1, 0] == Fraction(3, 10)
    assert best_replies(built)[0][:, 0].tolist() == [True, True]
    assert margins(built, (0, 0)).tolist() == [0, 1]
    ahead = game(made, {"c": 0.30000000000000004})
    assert best_replies(ahead)[0][:, 0].tolist() == [False, True]


def test_digits_lost_in_a_formula_break_nothing(tmp_path):
    """Where rounding exceeds what counts as close, floats and fractions may disagree."""
    made = table_scenario(
        tmp_path,
        {"ann": [["1e15 + a - 1e15", 0.1], ["a", 0.1]], "bob": [[1, 0], [1, 0]]},
        {"a": (0.1, 0.0, 1.0)},
    )
    built = game(made)
    assert built.payoffs[0].tolist() == [[0.125, 0.1], [0.1, 0.1]]
    assert built.exact[0][0, 0] == built.exact[0][1, 0]
    assert best_replies(built)[0].tolist() == [[True, True], [False, True]]
    assert pure_profiles(built) == ((0, 0),)
    assert [equilibrium.profile for equilibrium in pure_equilibria(built)] == [(0, 0)]


@pytest.mark.parametrize("function", ["exp(a)", "log(a)", "sqrt(a)"])
def test_irrational_formulas_have_no_exact_payoffs(tmp_path, function):
    made = table_scenario(
        tmp_path,
        {"ann": [[function, 0], [0, 1]], "bob": [[1, 0], [0, 1]]},
        {"a": (0.5, 0.1, 1.0)},
    )
    assert exact_payoffs(made, made.full_values()) is None
    assert game(made).exact is None


@pytest.mark.parametrize(
    ("formula", "value"), [("1/(a - 0.5)", 0.5), ("log(a - 0.5)", 0.5), ("sqrt(a - 0.5)", 0.25)]
)
def test_a_payoff_that_is_not_finite_is_refused_by_name(tmp_path, formula, value):
    made = table_scenario(
        tmp_path,
        {"ann": [[formula, 0], [0, 1]], "bob": [[1, 0], [0, 1]]},
        {"a": (0.75, 0.0, 1.0)},
    )
    told = rf"ann\.payoffs: not finite at these values \(a = {value}\); it divides"
    with pytest.raises(ValuesError, match=told):
        game(made, {"a": value})
    batch = payoff_batch(made, {"a": np.array([0.75, value])})
    assert np.isfinite(batch[..., 0]).all()
    assert not np.isfinite(batch[0, 0, 0, 1])


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"creed": 0.2}, "creed: no such parameter or constant; did you mean cred?"),
        ({"cred": 1.5}, "cred: 1.5 is outside its range 0.05 to 0.95"),
        ({"cred": float("nan")}, "cred: nan is not a finite number"),
        ({"cred": "much"}, "cred: 'much' is not a number"),
    ],
)
def test_values_are_refused_by_name(scenario, values, message):
    with pytest.raises(ValuesError) as caught:
        game(scenario, values)
    assert str(caught.value) == message
