"""Cells of payoff tables: formulas, and plain numbers of any size that a payoff may have."""

import pickle
from fractions import Fraction

import pytest

from counterplay.errors import FormulaError
from counterplay.scenario.formula import Formula
from counterplay.scenario.payoff_cell import read_cell


@pytest.mark.parametrize("cell", [3, -0.5, "1/3", "a + 1", 1e15, 1e-15, 0])
def test_what_is_a_formula_stays_one(cell):
    assert read_cell(cell) == Formula.parse(cell)


@pytest.mark.parametrize(
    ("cell", "exact"),
    [
        (1e16, Fraction(10**16)),
        (-8e307, Fraction(-8 * 10**307)),
        (10**40 + 1, Fraction(10**40 + 1)),
        ("1e-16", Fraction(1, 10**16)),
        ("-1/" + "3" * 600, Fraction(-1, int("3" * 600))),
    ],
)
def test_a_plain_number_has_any_size(cell, exact):
    for formula in (read_cell(cell), pickle.loads(pickle.dumps(read_cell(cell)))):  # noqa: S301
        assert formula.evaluate({}) == float(exact)
        assert formula.evaluate_exact({}) == exact
        assert formula.names == frozenset()


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (9e307, "beyond 8e+307"),
        (10**400, "beyond 8e+307"),
        (float("nan"), "out of range"),
        ("2 * 1e16", "the number is out of range; write 0 or a size between 1e-15 and 1e15"),
        ("1e9999", "the number is out of range"),
        ("1" * 5000, "500"),
        (True, "not bool"),
        (None, "not NoneType"),
        ("1/0 +", "is missing at the end"),
    ],
)
def test_anything_else_is_refused(cell, words):
    with pytest.raises(FormulaError) as caught:
        read_cell(cell)
    assert words in caught.value.message
