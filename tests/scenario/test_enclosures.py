"""Bounds on cells against exact values inside them, and against fifty digits."""

from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterplay.scenario.enclosures import Enclosed, in_enclosures
from counterplay.scenario.formula import Formula
from counterplay.scenario.intervals import Interval

numbers = st.integers(-40, 40).map(lambda n: f"({n}/8)" if n >= 0 else f"(0 - {-n}/8)")


def grown(parts):
    two = st.tuples(parts, parts)
    return st.one_of(
        two.map(lambda p: f"({p[0]} + {p[1]})"),
        two.map(lambda p: f"({p[0]} - {p[1]})"),
        two.map(lambda p: f"({p[0]} * {p[1]})"),
        two.map(lambda p: f"({p[0]} / {p[1]})"),
        two.map(lambda p: f"min({p[0]}, {p[1]})"),
        two.map(lambda p: f"max({p[0]}, {p[1]})"),
        parts.map(lambda p: f"abs({p})"),
        parts.map(lambda p: f"-({p})"),
        st.tuples(parts, st.integers(0, 5)).map(lambda p: f"({p[0]})**{p[1]}"),
        st.tuples(parts, numbers).map(lambda p: f"clip({p[0]}, 0 - 1, {p[1]})"),
    )


formulas = st.recursive(st.one_of(st.just("x"), st.just("0.1"), numbers), grown, max_leaves=8)


def worked(text, low, high):
    cell = Enclosed.unknown(np.array([low]), np.array([high]))
    return in_enclosures(Formula.parse(text).programme, {"x": cell})


def holds(interval, number):
    low, high = interval.low.item(), interval.high.item()
    return (low == -np.inf or Fraction(low) <= number) and (
        high == np.inf or number <= Fraction(high)
    )


@given(formulas, st.floats(-3, 3), st.floats(0, 2), st.floats(0, 1), st.floats(0, 1))
def test_exact_values_and_slopes_between_points_lie_inside(text, low, width, share, other):
    high = low + width
    found = worked(text, low, high)
    places = [min(max(low + part * width, low), high) for part in (share, other)]
    one, two = (Formula.parse(text).evaluate_exact({"x": Fraction(place)}) for place in places)
    if one is None or two is None:
        return
    assert holds(found.value, one)
    assert holds(found.value, two)
    if places[0] != places[1] and found.value.is_bounded.all():
        slope = (two - one) / (Fraction(places[1]) - Fraction(places[0]))
        assert holds(found.slope, slope)


@pytest.mark.parametrize("name", ["exp", "log", "sqrt"])
@given(place=st.floats(1e-3, 500), width=st.floats(0, 1))
def test_library_functions_hold_fifty_digits(name, place, width):
    found = worked(f"{name}(x)", place, place + width)
    with localcontext(prec=50):
        number = Decimal(place)
        value = {"exp": number.exp, "log": number.ln, "sqrt": number.sqrt}[name]()
        slope = {"exp": lambda: value, "log": lambda: 1 / number, "sqrt": lambda: 1 / (2 * value)}
        exact = slope[name]()
    assert holds(found.value, Fraction(value))
    assert holds(found.slope, Fraction(exact))


def test_what_is_exact_is_not_rounded():
    found = worked("max(x - 0.5, 0) * 3 + 0", 0.25, 0.5)
    assert (found.value.low.item(), found.value.high.item()) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1/x", -0.5, 0.5),
        ("1/x", 0.0, 0.5),
        ("x/x", 0.0, 0.5),
        ("1/(x - x)", 0.0, 0.5),
        ("log(x)", 0.0, 0.5),
        ("exp(1000*x)", 0.5, 1.0),
    ],
)
def test_what_may_be_infinite_has_no_bound(text, low, high):
    assert not worked(text, low, high).value.is_bounded.any()


def test_roots_of_what_is_below_zero_are_told():
    assert worked("sqrt(x - 1)", 0.0, 0.5).undefined.all()
    assert worked("log(x - 1)", 0.0, 0.5).undefined.all()
    astride = worked("sqrt(x - 1)", 0.5, 1.5)
    assert astride.partial.all()
    assert not astride.undefined.any()
    assert worked("min(1/x, 2)", 0.0, 0.25).value.is_bounded.all()


@given(st.fractions(-5, 5))
def test_exact_numbers_lie_between_neighbouring_doubles(number):
    bounds = Interval.exactly(number)
    assert holds(bounds, number)
    low, high = bounds.low.item(), bounds.high.item()
    assert high in (low, np.nextafter(low, np.inf))
