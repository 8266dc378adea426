"""Games of the literature with all their equilibria known: listed, counted, and proved."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import oracles
from tests.classics import GENERIC, MORE_PLAYERS, TWO_PLAYERS, VOLUNTEERS, Classic
from tests.continua import CONTINUA, Component, Continuum
from tests.factories import LAW, tied_game
from tests.laws import (
    CLOSE,
    Relabelling,
    differences,
    distance,
    is_covered,
    is_listed,
    isolated,
    regions_around,
    rescaled,
)

from counterplay.concepts import Solution, nash
from counterplay.games import Game

KNOWN = GENERIC + VOLUNTEERS
COUNTED = [c for c in (*TWO_PLAYERS, *MORE_PLAYERS, *KNOWN) if c.total is not None]


@pytest.fixture(scope="module")
def solved():
    """Solve each game once for all tests."""
    found: dict[str, Solution] = {}

    def solve(known: Classic | Continuum) -> Solution:
        if known.name not in found:
            found[known.name] = nash(Game.from_payoffs(known.payoffs))
        return found[known.name]

    return solve


def members(continuum: Continuum):
    return [member for component in continuum.components for member in component.members]


def is_pure(profile):
    return all(set(map(float, vector)) <= {0.0, 1.0} for vector in profile)


@pytest.mark.parametrize("known", [*KNOWN, *CONTINUA], ids=str)
def test_the_table_itself_is_right(known):
    profiles = known.equilibria if isinstance(known, Classic) else members(known)
    shape = [len(vector) for vector in profiles[0]]
    for profile in profiles:
        assert [float(sum(vector)) for vector in profile] == pytest.approx([1] * len(shape))
        assert max(oracles.regrets(known.payoffs, profile)) <= 1e-14
    listed = {tuple(int(np.argmax(vector)) for vector in p) for p in profiles if is_pure(p)}
    assert listed == set(oracles.pure_equilibria(known.payoffs, shape))


@pytest.mark.parametrize("continuum", CONTINUA, ids=str)
def test_the_indices_of_the_table_sum_to_one(continuum: Continuum):
    assert sum(component.index for component in continuum.components) == 1


@pytest.mark.parametrize("known", KNOWN, ids=str)
def test_known_equilibria_are_listed(known: Classic, solved):
    solution = solved(known)
    assert [p for p in known.equilibria if not is_listed(solution, p)] == []


@pytest.mark.parametrize("known", COUNTED, ids=str)
def test_all_equilibria_are_counted_and_proved(known: Classic, solved):
    solution = solved(known)
    assert (solution.completeness, len(solution)) == ("proved", known.total)
    assert solution.regions == ()
    assert sum(equilibrium.index for equilibrium in solution) == 1


@pytest.mark.parametrize("continuum", CONTINUA, ids=str)
def test_known_members_of_continua_are_listed_or_in_a_region(continuum: Continuum, solved):
    solution = solved(continuum)
    assert [m for m in members(continuum) if not is_covered(solution, m)] == []
    assert [m for m in members(continuum) if is_pure(m) and not is_listed(solution, m)] == []


@pytest.mark.parametrize("continuum", CONTINUA, ids=str)
def test_continua_are_told_as_regions(continuum: Continuum, solved):
    solution = solved(continuum)
    assert solution.completeness == "continuum"
    assert len(isolated(solution)) + len(solution.regions) == len(continuum.components)


@pytest.mark.parametrize("continuum", CONTINUA, ids=str)
def test_each_component_has_its_index(continuum: Continuum, solved):
    solution = solved(continuum)
    wrong = [c for c in continuum.components if c.index not in indices(solution, c)]
    assert wrong == []


def indices(solution: Solution, component: Component) -> list[int | None]:
    """Return the index told of the component: of the piece that holds all its members."""
    points = [
        e.index
        for e in isolated(solution)
        if all(distance(e.strategies, member) < CLOSE for member in component.members)
    ]
    return points or [
        region.index
        for region in solution.regions
        if all(region in regions_around(solution, member) for member in component.members)
    ]


@LAW
@given(st.integers(0, 10_000), st.sampled_from([(2, 2), (3, 2), (2, 2, 2), (3, 2, 2)]))
def test_relabelled_and_rescaled_games_have_the_same_solutions(seed, shape):
    game = tied_game(seed, shape, 5)
    generator = np.random.default_rng(seed)
    relabelling = Relabelling.drawn(generator, shape)
    solution = nash(game)
    factors, shifts = generator.integers(1, 9, len(shape)), generator.integers(-9, 9, len(shape))
    assert differences(nash(rescaled(game, factors.tolist(), shifts.tolist())), solution) == []
    assert differences(nash(relabelling.game(game)), relabelling.solution(solution)) == []


def test_differences_are_told():
    game = Game.from_payoffs([[[2, 0], [0, 1]], [[1, 0], [0, 2]]])
    solution = nash(game)
    fewer = Solution(solution.equilibria[1:], "unproved", "")
    assert differences(solution, solution) == []
    assert any("only the first: [1.0, 0.0] [1.0, 0.0]" in t for t in differences(solution, fewer))
    assert any("only the second" in told for told in differences(fewer, solution))
