"""The best-reply graph, against arcs and paths found by brute force."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterplay.errors import GameError
from counterplay.games import Game
from counterplay.games.reply_graph import MOST_LINES, MOST_PROFILES, halves, reply_graph


def random_game(shape, seed, top=3):
    draw = np.random.default_rng(seed)
    return Game.from_payoffs([draw.integers(0, top, shape).tolist() for _ in shape])


def arcs_by_hand(game):
    found = set()
    for profile in itertools.product(*map(range, game.shape)):
        for player, count in enumerate(game.shape):
            line = [(*profile[:player], k, *profile[player + 1 :]) for k in range(count)]
            pays = [int(game.payoffs[player][place]) for place in line]
            now = int(game.payoffs[player][profile])
            if now < max(pays):
                found |= {
                    (player, profile, place, max(pays) - now)
                    for place, pay in zip(line, pays, strict=True)
                    if pay == max(pays)
                }
    return found


shapes = st.lists(st.integers(1, 3), min_size=2, max_size=4).map(tuple)


@settings(deadline=None, max_examples=60)
@given(shapes, st.integers(0, 2**31))
def test_arcs_are_the_changes_to_best_replies(shape, seed):
    game = random_game(shape, seed)
    graph = reply_graph(game)
    assert {(a.player, a.start, a.end, a.gain) for a in graph.arcs} == arcs_by_hand(game)
    assert len(graph.arcs) == len(set(graph.arcs))
    left = {arc.start for arc in graph.arcs}
    assert set(graph.equilibria) == set(graph.profiles) - left
    assert graph.whole
    assert graph.hidden == 0


@settings(deadline=None, max_examples=60)
@given(shapes, st.integers(0, 2**31), st.data())
def test_the_path_is_a_shortest_one(shape, seed, data):
    game = random_game(shape, seed)
    start = tuple(data.draw(st.integers(0, count - 1)) for count in shape)
    graph = reply_graph(game, start)
    arcs = arcs_by_hand(game)
    reached, steps = {start}, 0
    while not reached & set(graph.equilibria):
        further = reached | {end for _, begin, end, _ in arcs if begin in reached}
        if further == reached:
            assert graph.path is None
            assert graph.searched
            return
        reached, steps = further, steps + 1
    assert len(graph.path) == steps
    ends = [start, *(arc.end for arc in graph.path)]
    assert [arc.start for arc in graph.path] == ends[:-1]
    assert ends[-1] in graph.equilibria


def test_a_large_game_is_kept_around_its_equilibria():
    game = random_game((6, 6, 6, 6), 5, top=1000)
    graph = reply_graph(game, (0, 0, 0, 0))
    assert not graph.whole
    assert graph.total == 1296
    assert len(graph.profiles) <= MOST_PROFILES
    half = halves(4)
    assert len({p[:half] for p in graph.profiles}) <= MOST_LINES
    assert len({p[half:] for p in graph.profiles}) <= MOST_LINES
    assert (0, 0, 0, 0) in graph.profiles
    assert set(graph.equilibria) <= set(graph.profiles)
    assert graph.hidden == 0
    assert all({arc.start, arc.end} <= set(graph.profiles) for arc in graph.arcs)


def test_equilibria_without_room_are_counted():
    game = Game.from_payoffs([np.zeros((30, 30)).tolist()] * 2)
    graph = reply_graph(game)
    assert len(graph.profiles) <= MOST_PROFILES
    assert len(graph.equilibria) + graph.hidden == 900


def test_a_large_game_without_equilibria_is_kept_around_its_first_profile():
    # Matching pennies with 30 options: the first player matches, the second avoids.
    matching = np.eye(30)
    game = Game.from_payoffs([matching.tolist(), (1 - matching).tolist()])
    graph = reply_graph(game)
    assert graph.equilibria == ()
    assert graph.profiles[0] == (0, 0)
    assert len(graph.profiles) == MOST_PROFILES


def test_what_is_no_game_is_refused():
    with pytest.raises(GameError):
        reply_graph("game")
