"""The table of selection: every criterion, aligned with the list."""

import numpy as np
import pytest
from hypothesis import given
from tests.factories import FLAGSHIP, LAW, tables, uniform_game

from counterplay.concepts import certify, nash, pure_equilibria
from counterplay.concepts.selection import (
    Share,
    best_reply_share,
    coalition_proof,
    least_p_dominance,
    logit_limit,
    pareto_undominated,
    replicator_share,
    selection_table,
    strong,
    trembling_hand_perfect,
    uses_weakly_dominated,
)
from counterplay.concepts.selection.table import MAX_ROWS
from counterplay.errors import GameError
from counterplay.games import Game, pure_strategies
from counterplay.payoffs import game as game_of
from counterplay.scenario import load

HUNT = Game.from_payoffs([[[4, 0], [3, 3]], [[4, 3], [0, 3]]])


def test_a_stag_hunt_told_by_every_criterion():
    table = selection_table(HUNT, nash(HUNT).equilibria)
    assert [column.id for column in table.columns] == [
        "strict", "pareto_undominated", "strong", "coalition_proof", "risk_dominant",
        "p_dominance", "perfect", "logit_limit", "best_reply_share", "replicator_share",
    ]  # fmt: skip
    assert table.cells("strict") == (True, True, False)
    assert table.cells("risk_dominant") == (False, True, None)
    assert table.cells("p_dominance") == (0.75, 0.25, None)
    assert table.cells("perfect") == (True, True, True)
    assert table.cells("logit_limit") == (False, True, False)
    assert table.note == "A share of starts is not a likelihood."
    assert (table.listed, table.seed) == (3, 0)


@LAW
@given(tables())
def test_cells_are_what_the_functions_say(payoffs):
    game = Game.from_payoffs(payoffs)
    listed = nash(game).equilibria
    table = selection_table(game, listed, starts=30, replicator_starts=20, seed=3)
    shown = listed[:MAX_ROWS]
    assert len(table.rows) == len(shown)
    assert all(len(row) == len(table.columns) for row in table.rows)
    limit = logit_limit(game, listed)
    said = {
        "strict": [e.strict for e in shown],
        "pareto_undominated": pareto_undominated(game, listed, MAX_ROWS),
        "strong": [strong(game, e) for e in shown],
        "coalition_proof": [coalition_proof(game, e) for e in shown],
        "p_dominance": [least_p_dominance(game, e) for e in shown],
        "logit_limit": [None if limit is None else k == limit for k in range(len(shown))],
        "best_reply_share": best_reply_share(game, listed, 30, 3).shares[:MAX_ROWS],
        "replicator_share": replicator_share(game, listed, 20, 3).shares[:MAX_ROWS],
    }
    for name, cells in said.items():
        assert table.cells(name) == tuple(cells), name
    if table.columns[6].id == "perfect":
        assert table.cells("perfect") == tuple(trembling_hand_perfect(game, e) for e in shown)
    else:
        used = [uses_weakly_dominated(game, e) for e in shown]
        assert table.cells("undominated") == tuple(None if u is None else not u for u in used)


def test_every_column_has_a_definition_and_shares_tell_their_starts():
    table = selection_table(HUNT, nash(HUNT).equilibria, starts=70, replicator_starts=60)
    for column in table.columns:
        assert column.title
        assert column.definition.endswith(").")
        if column.id.endswith("_share"):
            cells = table.cells(column.id)
            assert all(isinstance(cell, Share) for cell in cells)
            assert sum(cell.count for cell in cells) + column.none.count == column.starts
        else:
            assert column.starts is None
    assert [c.starts for c in table.columns[-2:]] == [70, 60]


def test_several_outcomes_of_the_flagship():
    scenario = load(FLAGSHIP)
    game = game_of(scenario, scenario.values(preset="spiral"))
    table = selection_table(game, pure_equilibria(game))
    assert table.cells("coalition_proof") == table.cells("strong") == (True, False)
    assert "undominated" in {column.id for column in table.columns}
    assert sum(share.count for share in table.cells("best_reply_share")) == 1000


def test_long_lists_are_cut_but_compared_whole():
    # Nobody's option matters to itself: every profile is an equilibrium, and the last is best.
    game = Game.from_payoffs([np.tile(np.arange(20), (2, 1)), np.tile([[0], [1]], (1, 20))])
    table = selection_table(game, pure_equilibria(game), starts=50, replicator_starts=50)
    assert (len(table.rows), table.listed) == (MAX_ROWS, 40)
    assert not any(table.cells("pareto_undominated"))


@pytest.mark.parametrize("shape", [(1,), (1, 1), (2, 1), (1, 3, 1)], ids=str)
def test_small_and_empty_lists(shape):
    game = Game.from_payoffs(np.zeros((len(shape), *shape)))
    assert selection_table(game, ()).rows == ()
    assert len(selection_table(game, pure_equilibria(game)).rows) == np.prod(shape)


def test_a_large_game_goes_without_replicator_starts():
    shape = (*(4,) * 6, 2)
    game = Game.from_payoffs(np.zeros((7, *shape)))
    some = [certify(game, pure_strategies((k,) * 7, shape)) for k in range(2)]
    table = selection_table(game, some, starts=20)
    assert table.cells("replicator_share") == (None, None)
    assert table.columns[-1].starts is None
    assert table.cells("strong") == (True, True)


def test_the_same_table_twice():
    game = uniform_game(4, (3, 3, 3))
    first, second = (selection_table(game, nash(game).equilibria) for _ in range(2))
    assert (first.columns, first.rows) == (second.columns, second.rows)


def test_arguments_that_cannot_be_used_are_refused():
    with pytest.raises(GameError, match="starts"):
        selection_table(HUNT, (), starts=0)
    with pytest.raises(GameError, match="equilibria"):
        selection_table(uniform_game(0, (3, 3)), pure_equilibria(HUNT))
