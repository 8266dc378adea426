"""Several equilibria side by side under each criterion of selection and refinement.

No criterion picks *the* outcome: each answers a question of its own, and they may disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from counterplay.concepts.selection.best_reply_dynamics import best_reply_basins
from counterplay.concepts.selection.coalition_proofness import WORK_LIMIT, CredibleDeviations
from counterplay.concepts.selection.columns import SelectionColumn, column
from counterplay.concepts.selection.listing import check_fit
from counterplay.concepts.selection.logit_limit import logit_limit
from counterplay.concepts.selection.p_dominance import least_p_dominance
from counterplay.concepts.selection.pareto import pareto_undominated
from counterplay.concepts.selection.payoff_order import (
    RankArray,
    payoff_ranks,
    ranked_best_replies,
)
from counterplay.concepts.selection.perfection import within_two_players
from counterplay.concepts.selection.replicator import STEPS, replicator_share
from counterplay.concepts.selection.risk_dominance import risk_dominant
from counterplay.concepts.selection.shares import Share, check_starts
from counterplay.concepts.selection.strong_equilibrium import strong, unblocked
from counterplay.concepts.selection.weak_dominance import WeakDominance
from counterplay.concepts.solution import Equilibrium
from counterplay.errors import GameError
from counterplay.games import Game

MAX_ROWS = 12
"""Equilibria compared; games of many ties can have thousands."""

NOTE = "A share of starts is not a likelihood."

_REPLICATOR_WORK = 600_000_000
_FEWEST_STARTS = 50

Cell = bool | float | Share | None
"""An answer; a least probability; a share of starts; or None where not defined or not decided."""


@dataclass(frozen=True, eq=False)
class SelectionTable:
    """Equilibria under the criteria of selection and refinement.

    Attributes
    ----------
    columns : tuple of SelectionColumn
        The criteria with their definitions.
    rows : tuple of tuple of bool, float, Share or None
        One row for each of the first 12 equilibria, in their order; one cell a column.  None
        where a criterion is not defined or was not decided.
    listed : int
        Number of equilibria that the rows were compared with.
    seed : int
        Seed of the starts; their numbers are in the columns.
    note : str
        How not to read the shares.
    """

    columns: tuple[SelectionColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    listed: int
    seed: int
    note: str = NOTE

    def to_dict(self) -> dict[str, Any]:
        """Return the table as plain JSON data; shares with their ends, numbers not rounded."""
        names = [column.id for column in self.columns]
        return {
            "columns": [
                {
                    "id": column.id,
                    "title": column.title,
                    "definition": column.definition,
                    "starts": column.starts,
                    "none": None if column.none is None else _cell_data(column.none),
                }
                for column in self.columns
            ],
            "rows": [
                {"outcome": number, **dict(zip(names, map(_cell_data, row), strict=True))}
                for number, row in enumerate(self.rows, 1)
            ],
            "listed": self.listed,
            "seed": self.seed,
            "note": self.note,
        }

    def cells(self, name: str) -> tuple[Cell, ...]:
        """Return one column's cells, by the column's id.

        Raises
        ------
        GameError
            If there is no such column.
        """
        ids = [column.id for column in self.columns]
        for position, known in enumerate(ids):
            if _same(known, name):
                return tuple(row[position] for row in self.rows)
        raise GameError(f"name: no column {name!r}; the columns are {', '.join(ids)}")


def _same(known: str, given: object) -> bool:
    return isinstance(given, str) and known == given


def _cell_data(cell: Cell) -> object:
    if not isinstance(cell, Share):
        return cell
    low, high = cell.interval
    return {"count": cell.count, "share": cell.value, "low": low, "high": high}


def selection_table(
    game: Game,
    equilibria: Iterable[Equilibrium],
    starts: int = 1000,
    replicator_starts: int = 500,
    seed: int = 0,
) -> SelectionTable:
    """Compare equilibria under each criterion of selection and refinement.

    Parameters
    ----------
    game : Game
    equilibria : Equilibria or a Solution
        The list; the first 12 become rows, and are compared with all.
    starts : int
        Starts of the best-reply dynamics.
    replicator_starts : int
        Starts of the replicator dynamics; fewer are taken in large games, and none where fewer
        than 50 would be.
    seed : int

    Returns
    -------
    SelectionTable
        A row for each equilibrium and a column for each criterion.

    Raises
    ------
    GameError
        If an equilibrium does not fit the game, or starts or seed cannot be used.

    Examples
    --------
    >>> from counterplay.concepts import nash
    >>> hunt = Game.from_payoffs([[[4, 0], [3, 3]], [[4, 3], [0, 3]]])
    >>> table = selection_table(hunt, nash(hunt).equilibria)
    >>> for column in table.columns[:5]:
    ...     print(column.title, table.cells(column.id))
    Every change loses (True, True, False)
    None listed is better at no one's cost (True, False, False)
    No group gains (True, False, False)
    No lasting pact gains (True, False, None)
    Costlier to leave than the other (False, True, None)
    """
    try:
        equilibria = tuple(equilibria)
    except TypeError:
        raise GameError(
            f"equilibria: this is a {type(equilibria).__name__}; give what nash(game) returns"
        ) from None
    check_starts(starts, seed)
    check_starts(replicator_starts, seed)
    check_fit(game, equilibria)
    ranks = payoff_ranks(game)
    shown = tuple(equilibria[:MAX_ROWS])
    columns: list[tuple[SelectionColumn, Sequence[Cell]]] = [
        (column("strict"), [equilibrium.strict for equilibrium in shown]),
        (column("pareto_undominated"), pareto_undominated(game, equilibria, MAX_ROWS)),
        *_coalitional(game, ranks, shown),
        (column("risk_dominant"), _risk_dominant(game, equilibria)),
        (column("p_dominance"), [least_p_dominance(game, equilibrium) for equilibrium in shown]),
        _refined(game, ranks, shown),
        (column("logit_limit"), _logit_limit(game, equilibria)),
        _best_reply_share(game, ranks, equilibria, starts, seed),
        _replicator_share(game, equilibria, replicator_starts, seed),
    ]
    return SelectionTable(
        columns=tuple(head for head, _ in columns),
        rows=tuple(tuple(cells[k] for _, cells in columns) for k in range(len(shown))),
        listed=len(equilibria),
        seed=seed,
    )


def _coalitional(
    game: Game, ranks: RankArray, shown: Sequence[Equilibrium]
) -> list[tuple[SelectionColumn, Sequence[Cell]]]:
    search = CredibleDeviations(ranks)
    held: list[Cell] = []
    lasting: list[Cell] = []
    for equilibrium in shown:
        if equilibrium.profile is None:
            held.append(strong(game, equilibrium))
            lasting.append(None)
        else:
            held.append(unblocked(ranks, equilibrium.profile))
            lasting.append(held[-1] or search.absent(equilibrium.profile, WORK_LIMIT))
    return [(column("strong"), held), (column("coalition_proof"), lasting)]


def _risk_dominant(game: Game, equilibria: Sequence[Equilibrium]) -> list[Cell]:
    strict = [equilibrium for equilibrium in equilibria if equilibrium.strict]
    if len(strict) != 2:
        return [None] * min(len(equilibria), MAX_ROWS)
    return [
        risk_dominant(game, own, strict[1] if own is strict[0] else strict[0])
        for own in equilibria[:MAX_ROWS]
    ]


def _refined(
    game: Game, ranks: RankArray, shown: Sequence[Equilibrium]
) -> tuple[SelectionColumn, Sequence[Cell]]:
    """Say what is perfect, or with three players and more what might be."""
    search = WeakDominance(game, ranks)
    dominated = [search.used_by(equilibrium) for equilibrium in shown]
    name = "perfect" if within_two_players(game) else "undominated"
    return column(name), [None if found is None else not found for found in dominated]


def _logit_limit(game: Game, equilibria: Sequence[Equilibrium]) -> list[Cell]:
    limit = logit_limit(game, equilibria)
    rows = range(min(len(equilibria), MAX_ROWS))
    return [None if limit is None else k == limit for k in rows]


def _best_reply_share(
    game: Game, ranks: RankArray, equilibria: Sequence[Equilibrium], starts: int, seed: int
) -> tuple[SelectionColumn, Sequence[Cell]]:
    found = best_reply_basins(game, ranked_best_replies(ranks), equilibria, starts, seed)
    return column("best_reply_share", found.none), found.shares


def _replicator_share(
    game: Game, equilibria: Sequence[Equilibrium], starts: int, seed: int
) -> tuple[SelectionColumn, Sequence[Cell]]:
    affordable = min(starts, _REPLICATOR_WORK // (STEPS * game.payoffs.size))
    if affordable < min(starts, _FEWEST_STARTS):
        return column("replicator_share"), [None] * len(equilibria)
    found = replicator_share(game, equilibria, affordable, seed)
    return column("replicator_share", found.none), found.shares
