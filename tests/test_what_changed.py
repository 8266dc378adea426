"""What a move changed: outcomes gained and lost, and the numbers that moved."""

import pytest

import counterplay as cp

HEDGE = "pledge/deny/conv/expose"


@pytest.fixture(scope="module")
def flagship():
    return cp.load("korea-ukraine")


def supports(found):
    return {equilibrium.support for equilibrium in found.solution.equilibria}


def test_a_move_that_changes_nothing_says_so_and_gives_the_margin(flagship):
    changed = cp.what_changed(cp.study(flagship), cp.study(flagship, {"audience": 2.1}))
    assert changed.gained == changed.lost == ()
    assert changed.words.startswith("The answer stays the same.")
    assert "Seoul" in changed.words
    (line,) = changed.inputs
    assert line.endswith(": 2 → 2.1")


@pytest.mark.parametrize("value", [0.1, 0.3, 0.385, 0.45, 0.51, 0.6, 0.72])
def test_gained_and_lost_are_the_difference_of_the_supports(flagship, value):
    before, after = cp.study(flagship), cp.study(flagship, {"detect": value})
    changed = cp.what_changed(before, after)
    assert len(changed.gained) == len(supports(after) - supports(before))
    assert len(changed.lost) == len(supports(before) - supports(after))
    back = cp.what_changed(after, before)
    assert (back.gained, back.lost) == (changed.lost, changed.gained)
    for headline in (*changed.gained, *changed.lost):
        assert headline in changed.words


def test_the_same_setting_twice_is_no_change(flagship):
    found = cp.study(flagship)
    changed = cp.what_changed(found, found)
    assert changed.inputs == ()
    assert "stays the same" in changed.words
