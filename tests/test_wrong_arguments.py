"""Wrong arguments are refused in words that name the argument and say what would be right."""

import numpy as np
import pytest
from tests.factories import uniform_game

import counterplay as cp

GAME = cp.Game.from_payoffs([[[3, 2], [4, 1]], [[3, 4], [2, 1]]])
OTHER = uniform_game(1, (2, 2, 2))
SOLUTION = cp.nash(GAME)
SCENARIO = cp.load("chicken")
FINDINGS = cp.study(SCENARIO)
TABLE = cp.selection_table(GAME, SOLUTION, 60, 60)

NONSENSE = [
    None, "", "x", b"x", -1, 0, 1.5, float("nan"), True, [], {}, [None], ["x"], [[1]],
    [[1, 2], [3]], [[0.5, 0.5], None], np.zeros((2, 2)), np.zeros(0), np.array(["a", "b"]),
    object(), {"x": 1}, {1: 2}, {"x": None}, 10**400, [10**400, 1], 2 + 1j, OTHER, SCENARIO,
    len, range(3), {1}, "a\0b",
]  # fmt: skip

CALLS = {
    "bloc_view": (cp.bloc_view, [OTHER, [["p1", "p2"], ["p3"]], {"p1": 1}]),
    "certify": (cp.certify, [GAME, ["o2", "o1"]]),
    "check": (cp.check, ["chicken"]),
    "commitment": (cp.commitment, [GAME, 0, SOLUTION]),
    "correlated": (cp.correlated, [GAME, "welfare", 0, False]),
    "correlated_range": (cp.correlated_range, [GAME, False]),
    "fit_precision": (cp.fit_precision, [GAME, [[3, 4], [1, 2]], 5.0]),
    "game": (cp.game, [SCENARIO, {}]),
    "inputs_digest": (cp.inputs_digest, [SCENARIO, {}]),
    "iterated_strict_dominance": (cp.iterated_strict_dominance, [GAME]),
    "iterated_weak_dominance": (cp.iterated_weak_dominance, [GAME]),
    "load": (cp.load, ["chicken"]),
    "mixed_commitment": (cp.mixed_commitment, [GAME, 0]),
    "nashpy_agrees": (cp.nashpy_agrees, [GAME, SOLUTION]),
    "quantal": (cp.quantal, [GAME, 1.0]),
    "quantal_branch": (cp.quantal_branch, [GAME, 5.0]),
    "quick_equilibrium": (cp.quick_equilibrium, [GAME]),
    "rationalizable": (cp.rationalizable, [GAME]),
    "read_nfg": (cp.read_nfg, ["none.nfg"]),
    "render": (cp.render, [FINDINGS, ".json", "brief"]),
    "selection_table": (cp.selection_table, [GAME, SOLUTION, 60, 60, 0]),
    "study": (cp.study, [SCENARIO, {}]),
    "to_nashpy": (cp.to_nashpy, [GAME]),
    "to_pygambit": (cp.to_pygambit, [GAME]),
    "undominated": (cp.undominated, [GAME]),
    "verify": (cp.verify, ["none.json"]),
    "write_nfg": (cp.write_nfg, [GAME, "none/game.nfg", "title"]),
    "write_report": (cp.write_report, [FINDINGS, "none/report.json", "brief"]),
    "Game.from_payoffs": (cp.Game.from_payoffs, [GAME.payoffs, ["a", "b"], ["UD", "LR"]]),
    "Game.player_index": (GAME.player_index, [0]),
    "Game.option_index": (GAME.option_index, [0, 0]),
    "Game.profile": (GAME.profile, [["o1", "o2"]]),
    "Game.profile_ids": (GAME.profile_ids, [(0, 1)]),
    "Game.payoff": (GAME.payoff, [[[0, 1], [1, 0]]]),
    "Game.regret": (GAME.regret, [[[0, 1], [1, 0]]]),
    "Game.restrict": (GAME.restrict, [[(0,), (1,)]]),
    "Scenario.values": (SCENARIO.values, [None]),
    "Scenario.full_values": (SCENARIO.full_values, [{}, None]),
    "Scenario.matching_preset": (SCENARIO.matching_preset, [{}]),
    "Scenario.player": (SCENARIO.player, [SCENARIO.players[0].id]),
    "Scenario.regime": (SCENARIO.regime, [["a", "b"]]),
    "Scenario.record": (SCENARIO.record, ["a"]),
    "SelectionTable.cells": (TABLE.cells, ["strict"]),
    "Elimination.words": (cp.iterated_strict_dominance(GAME).words, [GAME]),
    "Rationalizability.words": (cp.rationalizable(GAME).words, [GAME]),
}
PLACES = [(name, place) for name, (_, given) in CALLS.items() for place in range(len(given))]


@pytest.mark.parametrize(("name", "place"), PLACES)
def test_nonsense_is_taken_or_refused_in_words(name, place, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call, right = CALLS[name]
    for nonsense in NONSENSE:
        given = [*right[:place], nonsense, *right[place + 1 :]]
        try:
            call(*given)
        except cp.CounterplayError as error:
            assert str(error)  # noqa: PT017 - it may as well be taken


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: cp.bloc_view("x", [[0], [1]]), "game: this is a str; give a Game"),
        (lambda: cp.bloc_view(OTHER, None), "blocs: give two groups that hold each of p1, p2, p3"),
        (lambda: cp.bloc_view(OTHER, [[0, 1], [2]], [1, 2]), "weights: this is a list; give a ma"),
        (lambda: cp.bloc_view(OTHER, [[0, 1], [2]], {1: 2}), "weights: no 1; the players are p1,"),
        (lambda: cp.bloc_view(OTHER, [[0, 1], [2]], {"p1": "x"}), "weights.p1: 'x' is not a numb"),
        (lambda: cp.certify(GAME, ["o3", "o1"]), "option: p1 has no 'o3'; it has o1, o2"),
        (lambda: cp.certify(GAME, [0, 2]), "option: p2 has no 2; it has o1, o2"),
        (lambda: cp.certify(GAME, [0, True]), "option: p2 has no True; it has o1, o2"),
        (lambda: cp.certify(GAME, ["o1"]), "strategies: 1 vectors for 2 players; give one each"),
        (lambda: cp.certify(GAME, [[10**400, 1], [1, 0]]), "strategies[0]: give 2 probabilities"),
        (lambda: cp.commitment(GAME, 0, []), "solution: this is a list; give what nash(game) ret"),
        (lambda: cp.commitment(OTHER, 0, SOLUTION), "solution: made for option counts (2, 2); th"),
        (lambda: cp.nashpy_agrees(GAME, cp.nash(OTHER)), "solution: made for option counts (2, 2"),
        (lambda: cp.correlated(GAME, np.zeros(2)), "maximise: array([0., 0.]); give 'welfare' or"),
        (lambda: cp.correlated(GAME, coarse="no"), "coarse: 'no'; give True or False"),
        (lambda: cp.correlated_range(SCENARIO), "game: this is a Scenario; give a Game"),
        (lambda: cp.fit_precision(GAME, [[10**400, 1], [1, 0]]), "frequencies: p1 has 2 options"),
        (lambda: cp.quantal(GAME, [1, [2, 3]]), "precision: [2, 3]; give a finite number of 0"),
        (lambda: cp.quantal(GAME, 10**400), "precision: 1000"),
        (lambda: cp.study(SCENARIO, "x"), "values: this is a str; give a mapping from parameter"),
        (lambda: cp.game(SCENARIO, 0), "values: this is a int; give a mapping from parameter or"),
        (lambda: SCENARIO.values(3), "preset: no 3"),
        (lambda: SCENARIO.player("nobody"), "player: no 'nobody'; there are "),
        (lambda: SCENARIO.record("r1"), "record: no 'r1'"),
        (lambda: SCENARIO.regime(["a"]), "options: name one option id for each of "),
        (lambda: cp.render({}, ".json"), "findings: this is a dict; give what counterplay.study("),
        (lambda: cp.write_report(FINDINGS, None), "path: None is not the path of a file"),
        (lambda: cp.verify(3), "path: 3 is not the path of a file"),
        (lambda: cp.selection_table(GAME, 3), "equilibria: this is a int; give what nash(game) r"),
        (lambda: cp.selection_table(GAME, ["x"]), "equilibria[0]: this is a str; give equilibria"),
        (lambda: cp.selection_table(3, SOLUTION), "game: this is a int; give a Game"),
        (lambda: TABLE.cells("x"), "name: no column 'x'; the columns are strict, "),
        (lambda: cp.to_nashpy([]), "game: this is a list; give a Game"),
        (lambda: cp.to_pygambit(()), "game: this is a tuple; give a Game"),
        (lambda: cp.write_nfg(GAME, "g.nfg", 3), "title: 3 is no text; give text, or leave it ou"),
        (lambda: cp.write_nfg({}, "g.nfg"), "game: this is a dict; give a Game"),
        (lambda: cp.Game.from_payoffs([[1, 2]], players=3), "players: 3; give one id for each pl"),
        (lambda: cp.Game.from_payoffs([[1, 2]], players=[1]), "players: the id 1 is no text; ids"),
        (
            lambda: cp.Game.from_payoffs([[1, 2]], options=[1]),
            "options: [1]; give for each",
        ),
        (
            lambda: cp.Game.from_payoffs([[1]], options=[[1]]),
            "options: the id 1 is no text;",
        ),
        (lambda: GAME.profile(None), "profile: name one option for each of p1, p2"),
        (lambda: GAME.profile_ids((0, 5)), "profile: (0, 5); give the index of one option for ea"),
        (lambda: GAME.restrict([[0]]), "kept: [[0]]; give for each of p1, p2 the indices of the"),
    ],
)
def test_the_message_names_the_argument_and_what_would_be_right(call, message):
    with pytest.raises(cp.CounterplayError) as caught:
        call()
    assert str(caught.value).startswith(message)
