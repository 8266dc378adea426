"""Undo and redo: a list of settings with a mark in it."""

import importlib

import pytest
from hypothesis import given
from hypothesis import strategies as st


@pytest.fixture(autouse=True)
def _modules(app_modules):
    """Every test here imports a module of the app."""


@given(st.lists(st.one_of(st.integers(0, 5), st.sampled_from(["undo", "redo"])), max_size=60))
def test_undo_and_redo_follow_the_list(moves):
    history = importlib.import_module("history")
    kept = history.History()
    kept.note(history.Setting())
    done, undone = [history.Setting()], []
    for move in moves:
        if move == "undo" and len(done) > 1:
            undone.append(done.pop())
            assert kept.undo() == done[-1]
        elif move == "redo" and undone:
            done.append(undone.pop())
            assert kept.redo() == done[-1]
        elif isinstance(move, int):
            setting = history.Setting({"x": float(move)})
            kept.note(setting)
            if setting != done[-1]:
                done.append(setting)
                undone = []
        assert kept.can_undo == (len(done) > 1)
        assert kept.can_redo == bool(undone)
        assert kept.settings[kept.now] == done[-1]


def test_the_one_on_screen_before_is_known_whatever_the_direction():
    history = importlib.import_module("history")
    first, second = history.Setting(), history.Setting({"x": 1.0})
    kept = history.History()
    kept.note(first)
    assert kept.last is None
    kept.note(second)
    assert kept.last == first
    kept.undo()
    assert kept.last == second
    kept.note(first)
    assert kept.last == second


def test_old_settings_are_forgotten_in_the_end():
    history = importlib.import_module("history")
    kept = history.History()
    for number in range(history.MOST_STEPS + 50):
        kept.note(history.Setting({"x": float(number)}))
    assert len(kept.settings) == history.MOST_STEPS
    assert kept.settings[kept.now].moved == {"x": float(history.MOST_STEPS + 49)}
