"""Several equilibria side by side: rankings and Pareto dominance on cases worked by hand."""

import pytest
from tests.factories import table_scenario

from counterplay.concepts import nash, pure_equilibria
from counterplay.explain import compare
from counterplay.payoffs import game
from counterplay.scenario import load


def compared(folder, payoffs):
    """Compare the pure equilibria of tables whose diagonal holds the equilibria."""
    scenario = table_scenario(folder, payoffs)
    built = game(scenario)
    return compare(scenario, built, pure_equilibria(built))


def diagonal(*cells):
    """Return two tables with these payoffs on the diagonal and losses off it."""
    size = len(cells)
    return {
        name: [[cells[r][k] if r == c else -9 for c in range(size)] for r in range(size)]
        for k, name in enumerate(("ann", "bob"))
    }


def test_one_better_for_both(tmp_path):
    found = compared(tmp_path, diagonal((1, 1), (2, 3)))
    assert found.rankings == (((1,), (0,)), ((1,), (0,)))
    assert found.dominated_by == ((1,), ())
    assert found.words == (
        "The model does not say which of these outcomes occurs.",
        "Ann is best off in outcome 2, then outcome 1.",
        "Bob is best off in outcome 2, then outcome 1.",
        "Outcome 1 is worse for somebody and better for nobody than outcome 2 (Pareto-dominated).",
    )


def test_each_has_its_own_favourite(tmp_path):
    found = compared(tmp_path, diagonal((2, 1), (1, 2)))
    assert found.rankings == (((0,), (1,)), ((1,), (0,)))
    assert found.dominated_by == ((), ())
    assert found.words[-1] == (
        "None of them is better for somebody without being worse for another (no Pareto ranking)."
    )


def test_better_for_one_and_equal_for_the_other_is_dominance(tmp_path):
    found = compared(tmp_path, diagonal((2, 1), (3, 1), (1, 1)))
    assert found.rankings == (((1,), (0,), (2,)), ((0, 1, 2),))
    assert found.dominated_by == ((1,), (), (0, 1))
    assert found.words[1:] == (
        "Ann is best off in outcome 2, then outcome 1, then outcome 3.",
        "Bob is equally well off in all of them.",
        "Outcome 1 is worse for somebody and better for nobody than outcome 2 (Pareto-dominated).",
        "Outcome 3 is worse for somebody and better for nobody than outcome 1 or 2 "
        "(Pareto-dominated).",
    )


def test_equal_for_everybody_dominates_nothing(tmp_path):
    found = compared(tmp_path, diagonal((2, 2), (2, 2)))
    assert found.rankings == (((0, 1),), ((0, 1),))
    assert found.dominated_by == ((), ())
    assert found.words[1:3] == (
        "Ann is equally well off in all of them.",
        "Bob is equally well off in all of them.",
    )


@pytest.mark.parametrize(("gap", "equal"), [(0.0, True), (5e-9, True), (5e-8, False)])
def test_rounding_ranks_nothing(tmp_path, gap, equal):
    found = compared(tmp_path, diagonal((1, 1), (1 + gap, 1)))
    assert (len(found.rankings[0]) == 1) == equal
    assert (found.dominated_by == ((), ())) == equal


def test_a_group_shares_a_rank(tmp_path):
    found = compared(tmp_path, diagonal((1, 1), (5, 0), (1, 2), (5, 0)))
    assert found.rankings[0] == ((1, 3), (0, 2))
    assert found.words[1] == "Ann is best off in outcome 2 or 4, then outcome 1 or 3."


def test_one_equilibrium_needs_no_words(tmp_path):
    found = compared(tmp_path, {"ann": [[1, 0]], "bob": [[1, 0]]})
    assert (found.rankings, found.words) == ((((0,),), ((0,),)), ())


def test_no_equilibrium_found_yet_needs_no_words():
    scenario = load("chicken")
    assert compare(scenario, game(scenario), ()).words == ()


def test_chicken_has_a_pareto_dominated_equilibrium_only_if_mixing_pays_less():
    scenario = load("chicken")
    built = game(scenario)
    found = compare(scenario, built, nash(built).equilibria)
    assert found.rankings == (((1,), (2,), (0,)), ((0,), (2,), (1,)))
    assert found.dominated_by == ((), (), ())
