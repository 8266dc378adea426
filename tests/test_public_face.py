"""`import counterplay as cp`: every name is there, and refusals are one family of errors."""

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path

import numpy as np
import pytest

import counterplay as cp
from counterplay import errors

# Names that the documentation promises.
PROMISED = {
    "CounterplayError", "Equilibrium", "Game", "Region", "Solution", "certify", "game", "load",
    "nash", "scenarios", "study", "undominated", "verify", "write_report",
}  # fmt: skip


def submodules():
    return [
        module.name
        for module in pkgutil.walk_packages(cp.__path__, "counterplay.")
        if not module.name.endswith("__main__")
    ]


@pytest.fixture(scope="module")
def everything_imported():
    for name in submodules():
        importlib.import_module(name)


@pytest.mark.parametrize("name", cp.__all__)
def test_every_name_is_callable_once_all_modules_are_imported(name, everything_imported):
    value = getattr(cp, name)
    assert callable(value)
    assert not inspect.ismodule(value)
    assert value is getattr(importlib.import_module(value.__module__), name)
    assert value.__doc__


@pytest.mark.parametrize("name", cp.__all__)
def test_functions_that_take_something_say_what_they_return(name):
    value = getattr(cp, name)
    if inspect.isfunction(value) and inspect.signature(value).parameters:
        for section in ("Parameters", "Returns"):
            assert f"\n{section}\n{'-' * len(section)}\n" in inspect.getdoc(value)


def test_no_name_is_that_of_a_module(everything_imported):
    modules = {module.name for module in pkgutil.iter_modules(cp.__path__)}
    assert modules.isdisjoint(cp.__all__)


def test_promised_names_are_there():
    assert set(cp.__all__) >= PROMISED
    assert set(dir(cp)) >= set(cp.__all__)
    assert list(cp.__all__) == sorted(set(cp.__all__))


def test_type_checkers_see_the_same_names():
    tree = ast.parse(Path(cp.__file__).read_text(encoding="utf-8"))
    seen = {
        alias.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("counterplay.")
        for alias in node.names
    }
    assert seen == set(cp.__all__)


def test_a_name_that_is_not_there():
    with pytest.raises(AttributeError, match="module 'counterplay' has no attribute 'nahs'"):
        _ = cp.nahs


@pytest.mark.parametrize(
    "name", [name for name, value in vars(errors).items() if name.endswith("Error")]
)
def test_every_error_is_a_counterplay_error_and_a_value_error(name):
    error = getattr(errors, name)
    assert issubclass(error, cp.CounterplayError)
    assert issubclass(error, ValueError)
    assert error.__doc__


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda: cp.load("korea"), cp.CounterplayError, "korea: no such scenario or file"),
        (
            lambda: cp.game(cp.load("chicken"), {"x": 1}),
            cp.ValuesError,
            "x: no such parameter or constant; there are none",
        ),
        (lambda: cp.study(cp.load("chicken"), {"y": 1}), cp.ValuesError, "y: no such parameter"),
        (lambda: cp.Game.from_payoffs([]), cp.GameError, "payoffs: 0 players"),
        (
            lambda: cp.certify(cp.game(cp.load("chicken")), [[1, 0], [1, 0]]),
            cp.NotAnEquilibriumError,
            "strategies: not an equilibrium: usa gains 1 by playing 'strike'",
        ),
        (
            lambda: cp.bloc_view(cp.game(cp.load("chicken")), [["usa"]]),
            cp.GameError,
            "blocs: give two groups",
        ),
    ],
)
def test_refusals_name_the_argument(ask, error, message):
    with pytest.raises(error) as caught:
        ask()
    assert message in str(caught.value)
    assert isinstance(caught.value, cp.CounterplayError)


def test_the_first_example_of_the_documentation():
    scenario = cp.load("korea-ukraine")
    assert "korea-ukraine" in cp.scenarios()
    values = scenario.values(preset="spiral", cred=0.2)
    assert (values["spent"], values["cred"]) == (0.75, 0.2)
    game = cp.game(scenario, {"cred": 0.15})
    assert game.payoffs.dtype == np.float64
    assert game.payoffs.shape == (4, 4, 3, 3, 3)
    solution = cp.nash(game)
    assert [e.support for e in solution] == [(("pledge",), ("deny",), ("conv",), ("expose",))]
    assert cp.certify(game, solution.equilibria[0].strategies).strict
    assert cp.study(scenario, values).solution.completeness in ("proved", "continuum", "unproved")
