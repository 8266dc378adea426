"""A phase map seen from another point is the map made at that point."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterplay.errors import CounterplayError, ValuesError
from counterplay.scenario import load
from counterplay.sensitivity.maps.moved import moved_map
from counterplay.sensitivity.maps.phase import phase_map

FLAGSHIP = load("korea-ukraine")
MAP = phase_map(FLAGSHIP, "detect", "expose", steps=(6, 5))


@settings(max_examples=8)
@given(detect=st.floats(0.05, 0.75), expose=st.floats(0.05, 0.9))
def test_it_is_what_the_map_made_there_gives(detect, expose):
    values = {"detect": detect, "expose": expose}
    moved = moved_map(MAP, values)
    anew = phase_map(FLAGSHIP, "detect", "expose", values, steps=(6, 5))
    assert moved.point == (detect, expose)
    assert moved.outcomes[moved.here] == anew.outcomes[anew.here]
    assert (moved.nearest, moved.nearest_pure) == (anew.nearest, anew.nearest_pure)
    assert moved.words == anew.words
    assert (moved.index == anew.index).all()
    assert dict(moved.values) == dict(anew.values)


def test_the_map_itself_stays_as_it_is():
    before = MAP.to_dict()
    moved_map(MAP, {"detect": 0.6})
    assert MAP.to_dict() == before


def test_what_the_map_holds_cannot_be_moved():
    with pytest.raises(ValuesError, match=r"cred: 0\.2, but this map holds it at 0\.4; only"):
        moved_map(MAP, {"cred": 0.2})


def test_only_maps_can_be_moved():
    with pytest.raises(CounterplayError, match="give what phase_map"):
        moved_map("map.png")
