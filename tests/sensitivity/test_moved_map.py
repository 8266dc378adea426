"""A phase map seen from another point is the map made at that point."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterplay.errors import CounterplayError, ValuesError
from counterplay.scenario.catalogue import inspect_text
from counterplay.sensitivity.maps.moved import moved_map
from counterplay.sensitivity.maps.phase import phase_map

SMALL = """
format: 1
id: small
title: Small
players:
- {id: a, label: A, options: [{id: x, label: X}, {id: y, label: Y}]}
- {id: b, label: B, options: [{id: l, label: L}, {id: r, label: R}]}
parameters:
- {id: p, label: P, default: 0.2, low: 0, high: 1}
- {id: q, label: Q, default: 1, low: 0, high: 2}
- {id: held, label: Held, default: 1, low: 0, high: 2}
terms:
- {id: t1, player: a, label: one, value: p - held*q/2, when: {a: [x]}}
- {id: t2, player: b, label: two, value: q - p - 0.7, when: {a: [x], b: [l]}}
"""
SCENARIO = inspect_text(SMALL.encode(), "small.yaml").scenario
MAP = phase_map(SCENARIO, "p", "q", steps=(7, 6))


@settings(max_examples=2, deadline=None)
@given(p=st.floats(0, 1), q=st.floats(0, 2))
def test_it_is_what_the_map_made_there_gives(p, q):
    values = {"p": p, "q": q}
    moved = moved_map(MAP, values)
    anew = phase_map(SCENARIO, "p", "q", values, steps=(7, 6))
    assert moved.point == (p, q)
    assert moved.outcomes[moved.here] == anew.outcomes[anew.here]
    assert (moved.nearest, moved.nearest_pure) == (anew.nearest, anew.nearest_pure)
    assert moved.words == anew.words
    assert (moved.index == anew.index).all()
    assert dict(moved.values) == dict(anew.values)


def test_the_map_itself_stays_as_it_is():
    before = MAP.to_dict()
    moved_map(MAP, {"p": 0.6})
    assert MAP.to_dict() == before


def test_what_the_map_holds_cannot_be_moved():
    with pytest.raises(
        ValuesError, match=r"held: 0\.5, but this map holds it at 1\.0; only p and q"
    ):
        moved_map(MAP, {"held": 0.5})


def test_only_maps_can_be_moved():
    with pytest.raises(CounterplayError, match="give what phase_map"):
        moved_map("map.png")
