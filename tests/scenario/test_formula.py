"""Formulas: what the grammar holds is worked right, and everything else is refused."""

import copy
import math
import pickle
import re
import time
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from counterplay.errors import CounterplayError, FormulaError
from counterplay.numeric import exact_decimal
from counterplay.scenario.formula import (
    FUNCTIONS,
    MAX_CHARACTERS,
    MAX_DEPTH,
    MAX_NODES,
    Formula,
)

VALUES = {"a": 3.0, "b": 0.7, "c_2": -1.25, "_d": 0.0}
EXACT = {name: exact_decimal(value) for name, value in VALUES.items()}
PYTHON = {
    "__builtins__": {},
    "F": Fraction,
    "min": min,
    "max": max,
    "abs": abs,
    "clip": lambda value, low, high: min(max(value, low), high),
}


def value(text, **values):
    return Formula.parse(text).evaluate(values)


def refusal(text):
    with pytest.raises(FormulaError) as caught:
        Formula.parse(text)
    return caught.value


def parsed_or_refused(text):
    try:
        return Formula.parse(text), None
    except FormulaError as error:
        return None, error


# Random formulas are drawn as text, not as trees, so that precedence is left to the two readers.


def extended(parts, operators):
    """Longer texts made of shorter ones."""
    binary = st.tuples(parts, st.sampled_from(operators), parts).map("".join)
    spaced = st.tuples(parts, st.sampled_from(operators), parts).map(" ".join)
    grouped = parts.map("({})".format)
    negated = parts.map("-{}".format)
    return binary | spaced | grouped | negated


def called(parts):
    unary = parts.map("abs({})".format)
    several = st.tuples(
        st.sampled_from(["min", "max"]), st.lists(parts, min_size=2, max_size=4).map(", ".join)
    ).map("{0[0]}({0[1]})".format)
    clipped = st.tuples(parts, parts, parts).map("clip({0[0]},{0[1]}, {0[2]})".format)
    return unary | several | clipped


def raised(parts):
    base = st.sampled_from(["a", "b", "c_2", "1.5", "2"]) | parts.map("({})".format)
    return st.tuples(base, st.integers(0, 8).map(str)).map("**".join)


def names():
    return st.sampled_from(sorted(VALUES))


def numbers():
    return st.sampled_from(["0", "1", "2", "0.1", ".25", "3.", "12.50", "1e-3", "2.5E+2"])


def formulas(*, operators=("+", "-", "*", "/"), extensions=(called,), leaves=None):
    return st.recursive(
        names() | numbers() if leaves is None else leaves,
        lambda parts: st.one_of(
            extended(parts, operators), *(extension(parts) for extension in extensions)
        ),
        max_leaves=14,
    )


def by_python(text, values):
    try:
        return eval(text, dict(PYTHON), dict(values))  # noqa: S307 - the texts are drawn above
    except ZeroDivisionError:
        return None


def by_python_exactly(text):
    """Python's answer with each number wrapped as a decimal, but for names and exponents."""
    tokens = r"\*\*\d|[a-z_]\w*|((?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"
    return by_python(re.sub(tokens, lambda m: f"F('{m[1]}')" if m[1] else m[0], text), EXACT)


@given(formulas())
def test_doubles_agree_with_python_to_the_last_digit(text):
    expected = by_python(text, VALUES)
    assume(expected is not None)
    found = Formula.parse(text).evaluate(VALUES)
    assert type(found) is float
    assert found == expected or (math.isnan(found) and math.isnan(expected))


@given(formulas(operators=("+", "-", "*"), extensions=(raised,)))
def test_powers_in_doubles_agree_with_python_up_to_rounding(text):
    positive = {name: abs(number) for name, number in VALUES.items()}
    found, expected = Formula.parse(text).evaluate(positive), _overflowing(text, positive)
    assume(expected is not None)
    # Without cancellation the terms add up to this; rounding is in proportion to it.
    size = _overflowing(re.sub(r"(?<![eE])-", "+", text), positive)
    assume(size is not None)
    assert abs(found - expected) <= 1e-12 * size


def _overflowing(text, values):
    try:
        return by_python(text, values)
    except OverflowError:
        return None


@given(formulas(extensions=(called, raised)))
def test_exact_arithmetic_agrees_with_fractions(text):
    found = Formula.parse(text).evaluate_exact(EXACT)
    expected = by_python_exactly(text)
    if found is None:
        assert expected is None or "**" in text  # without powers nothing grows so long
    else:
        assert found == expected


@given(
    formulas(extensions=(called, raised, lambda parts: parts.map("exp({})".format),
                         lambda parts: parts.map("log(sqrt({}))".format))),
    st.lists(st.tuples(*[st.floats(-9, 9)] * 4), min_size=1, max_size=40),
)  # fmt: skip
def test_draws_give_the_same_numbers_as_one_at_a_time(text, draws):
    formula = Formula.parse(text)
    table = np.array(draws)
    columns = {name: table[:, k] for k, name in enumerate(sorted(VALUES))}
    together = formula.evaluate(columns)
    alone = [formula.evaluate(dict(zip(sorted(VALUES), row, strict=True))) for row in draws]
    assert np.array_equal(np.broadcast_to(together, len(draws)), alone, equal_nan=True)
    assert np.ndim(together) == bool(formula.names)


def test_many_draws_through_every_function_equal_one_at_a_time():
    formula = Formula.parse("exp(a) + log(abs(a)) * sqrt(b) - a**7 / clip(b, 0.1, max(a, 0.2))")
    rng = np.random.default_rng(7)
    table = rng.normal(size=(1000, 2))
    together = formula.evaluate({"a": table[:, 0], "b": table[:, 1]})
    alone = [formula.evaluate({"a": a, "b": b}) for a, b in table.tolist()]
    assert np.array_equal(together, alone, equal_nan=True)


def test_arrays_are_broadcast_together_and_with_numbers():
    found = value("a * b + c", a=np.array([1.0, 2.0]), b=np.array([[1.0], [10.0]]), c=1)
    assert found.tolist() == [[2.0, 3.0], [11.0, 21.0]]


@pytest.mark.parametrize("text", ["a", "a**1", "a**0", "-a", "abs(a)", "min(a, a)", "(a)"])
def test_answers_share_no_memory_with_the_draws(text):
    draws = np.array([1.0, 2.0])
    found = value(text, a=draws)
    assert found.shape == draws.shape
    assert not np.shares_memory(found, draws)


@pytest.mark.parametrize("sort", [int, float, np.float64, np.float32, np.int64, np.array])
def test_single_values_of_any_kind_give_a_python_float(sort):
    alone, found = value("a", a=sort(2)), value("a + 1", a=sort(2))
    assert (type(alone), type(found)) == (float, float)
    assert (alone, found) == (2.0, 3.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 / a", math.inf),
        ("-1 / a", -math.inf),
        ("a / a", math.nan),
        ("log(a)", -math.inf),
        ("sqrt(a - 1)", math.nan),
        ("exp(1000)", math.inf),
        ("max(log(a - 1), 3)", math.nan),
        ("(1e15**8)**8", math.inf),
        ("a**0", 1.0),
        ("(a / a)**0", 1.0),
    ],
)
def test_doubles_out_of_bounds_are_returned_not_raised(text, expected):
    found = value(text, a=0.0), value(text, a=np.zeros(3))
    np.testing.assert_equal(found[0], expected)
    np.testing.assert_equal(np.broadcast_to(found[1], 3), [expected] * 3)


PRECEDENCE = [
    ("1 - 2 - 3", -4),
    ("1 - (2 - 3)", 2),
    ("8 / 4 / 2", 1),
    ("8 / 4 * 2", 4),
    ("8 * 4 / 2", 16),
    ("2 + 3 * 4", 14),
    ("(2 + 3) * 4", 20),
    ("-2**2", -4),
    ("(-2)**2", 4),
    ("2 * 3**2", 18),
    ("-2 * -3", 6),
    ("2 - -3", 5),
    ("2--3", 5),
    ("2 * -3**2", -18),
    ("--2", 2),
    ("-(2 + 3)", -5),
    ("- 2 + 3", 1),
    ("12 / -3**1", -4),
    ("(2**3)**2", 64),
    ("2**0", 1),
    ("0**0", 1),
    ("1e1-3", 7),
    ("1.5e+1 -3", 12),
    ("min(1, 2) + max(3, 4, 5)", 6),
    ("min(1 - 2, 3)**2", 1),
    ("clip(5, 0, 3)", 3),
    ("clip(-5, 0, 3)", 0),
    ("clip(2, 0, 3)", 2),
    ("clip(2, 3, 1)", 1),
    ("abs(-2) * 3", 6),
    ("\t7\t", 7),
    ("007", 7),
    ("5.", 5),
]


@pytest.mark.parametrize(("text", "expected"), PRECEDENCE)
def test_precedence(text, expected):
    formula = Formula.parse(text)
    assert formula.evaluate({}) == expected
    assert formula.evaluate_exact({}) == expected


@pytest.mark.parametrize(
    "number", [0, 7, -3, 0.1, -0.5, 1e-7, 10**15, -(10**15), 1e15, 1e-15, 0.0]
)
def test_numbers_keep_their_decimal_value(number):
    formula = Formula.parse(number)
    assert formula == Formula.parse(formula.text)
    assert formula.evaluate({}) == number
    assert formula.evaluate_exact({}) == exact_decimal(number)


def test_one_tenth_is_one_tenth():
    for formula in (Formula.parse(0.1), Formula.parse("0.1"), Formula.parse(np.float64(0.1))):
        assert formula.text == "0.1"
        assert formula.evaluate_exact({}) == Fraction(1, 10)
    assert Formula.parse("0.1 + 0.2").evaluate_exact({}) == Fraction(3, 10)
    assert value("0.1 + 0.2") == 0.1 + 0.2


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_a_number_is_read_as_it_prints_or_refused_for_its_size(number):
    if number == 0 or 1e-15 <= abs(number) <= 1e15:
        assert Formula.parse(number).evaluate({}) == number
        assert Formula.parse(number).evaluate_exact({}) == exact_decimal(number)
    else:
        assert "out of range" in refusal(number).message


NOT_FORMULAS = {
    "none": None,
    "true": True,
    "false": False,
    "list": [1],
    "mapping": {"a": 1},
    "bytes": b"1",
    "complex": 1j,
    "fraction": Fraction(1, 2),
    "nan": math.nan,
    "inf": math.inf,
    "minus inf": -math.inf,
    "huge": 10**5000,
    "object": object(),
    "array": np.array([1.0]),
}


@pytest.mark.parametrize("given_instead", NOT_FORMULAS.values(), ids=NOT_FORMULAS)
def test_only_text_and_finite_numbers_are_formulas(given_instead):
    assert refusal(given_instead).column == 1


def test_names_and_their_columns():
    formula = Formula.parse("max(b, a) * a + inf + nan2 - _x1 * b")
    assert formula.names == {"a", "b", "inf", "nan2", "_x1"}
    assert formula.name_columns == {"b": 5, "a": 8, "inf": 17, "nan2": 23, "_x1": 30}
    with pytest.raises(TypeError):
        formula.name_columns["c"] = 1
    with pytest.raises(KeyError, match="nan2"):
        formula.evaluate({"a": 1.0, "b": 1.0, "inf": 1.0})


def test_formulas_are_values():
    formula, twin = Formula.parse("a + 0.1"), Formula.parse("a + 0.1")
    assert formula == twin
    assert hash(formula) == hash(twin)
    assert formula != Formula.parse("a+0.1")
    assert repr(formula) == "Formula(text='a + 0.1')"
    for travelled in (pickle.loads(pickle.dumps(formula)), copy.deepcopy(formula)):  # noqa: S301
        assert travelled == formula
        assert travelled.name_columns == {"a": 1}
        assert travelled.evaluate({"a": 1.0}) == 1.1
    with pytest.raises(AttributeError):
        formula.text = "b"


@pytest.mark.parametrize("text", ["exp(0)", "log(1)", "sqrt(4)", "a * 0 + sqrt(a)", "exp(a)**0"])
def test_no_exact_value_where_a_function_is_irrational(text):
    assert Formula.parse(text).evaluate_exact({"a": Fraction(4)}) is None


@pytest.mark.parametrize("text", ["1 / a", "a / a", "1 / (a - a)", "0 * (1 / a)"])
def test_no_exact_value_on_division_by_zero(text):
    assert Formula.parse(text).evaluate_exact({"a": Fraction(0)}) is None


def power_of_two(bits):
    return Fraction(2) ** (bits - 1)


@pytest.mark.parametrize(
    ("text", "bits_of_a", "exists"),
    [
        ("a", 4096, True),
        ("a", 4097, False),
        ("a * 2", 4095, True),
        ("a * 2", 4096, False),
        ("a + a", 4095, True),
        ("a + a", 4096, False),
        ("-a - a", 4096, False),
        ("a / 0.5", 4095, True),
        ("a / 0.5", 4096, False),
        ("a**5", 820, True),
        ("a**5", 821, False),
        ("a**8", 512, True),
        ("a**8", 513, False),
        ("a * (1 / a)", 4096, True),
        ("(a**0) * 3", 4096, True),
    ],
)
def test_exact_numbers_stop_at_4096_bits(text, bits_of_a, exists):
    a = power_of_two(bits_of_a)
    formula = Formula.parse(text)
    assert (formula.evaluate_exact({"a": a}) is not None) == exists
    if "0.5" not in text and "+" not in text and text != "-a - a":
        in_denominator = re.sub(r"\* 2\Z", "/ 2", text)
        assert (Formula.parse(in_denominator).evaluate_exact({"a": 1 / a}) is not None) == exists


@pytest.mark.parametrize(
    "text",
    [
        "((a**8)**8)**8",
        "(" * 15 + "a" + "**8)" * 15,
        "(" * 15 + "1.000000000000001" + "**8)" * 15,
        "(" * 15 + "0.999999999999999" + "**8)" * 15,
        "*".join(["(a**8)"] * 33),
        "-".join(f"1/(a+{k})**8" for k in range(14)),
    ],
)
def test_hostile_towers_cost_nothing(text):
    formula = Formula.parse(text)
    a = Fraction(10**15 + 37, 10**15 + 39)
    began = time.thread_time()
    found = formula.evaluate_exact({"a": a})
    assert time.thread_time() - began < 0.05
    assert found is None


LIMITS = [
    ("1" + " " * (MAX_CHARACTERS - 1), "1" + " " * MAX_CHARACTERS, "501 characters"),
    ("-" + "+".join(["a"] * 50), "+".join(["a"] * 51), f"more than {MAX_NODES}"),
    ("-" + "*".join(["a"] * 50), "--" + "*".join(["a"] * 50), f"more than {MAX_NODES}"),
    ("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH, "(" * 21 + "a" + ")" * 21, "nested more than 20"),
    ("-" * MAX_DEPTH + "a", "-" * 21 + "a", "nested more than 20"),
    ("abs(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH, "abs(" * 21 + "a" + ")" * 21, "nested more"),
    ("-(abs(" * 6 + "-(a" + ")" * 13, "-(abs(" * 6 + "-((-a" + ")" * 14, "nested more"),
    ("1e15", "1.000001e15", "out of range"),
    ("1e-15", "9.99e-16", "out of range"),
    ("0e999999999", "1e999999999", "out of range"),
    ("0.000", "1e-999999999", "out of range"),
    ("9" * 15, "9" * 16, "out of range"),
    ("0." + "0" * 14 + "1", "0." + "0" * 15 + "1", "out of range"),
    ("a**0", "a**-1", "whole number from 0 to 8"),
    ("a**8", "a**9", "whole number from 0 to 8"),
    ("a ** 2", "a ** 2.0", "whole number from 0 to 8"),
    ("a**2", "a**(2)", "whole number from 0 to 8"),
    ("(a**2)**3", "a**2**3", "power of a power"),
    ("a**3", "a**b", "whole number from 0 to 8"),
    ("a**1", "a**01", "whole number from 0 to 8"),
    ("a**4", "a**4_0", "whole number from 0 to 8"),
    ("min(a, b)", "min(a)", "arguments of min: 1 given"),
    ("max(1,2,3,4,5,6,7,8)", "max(1,2,3,4,5,6,7,8,9)", "arguments of max: 9 given"),
    ("min(1,2,3,4,5,6,7,8)", "min(1,2,3,4,5,6,7,8,9)", "arguments of min: 9 given"),
    ("clip(a, 0, 1)", "clip(a, 0)", "write clip(value, low, high)"),
    ("clip(a, 0, 1)", "clip(a, 0, 1, 2)", "arguments of clip: 4 given"),
    *(
        (f"{name}(2)", f"{name}(2, 3)", f"write {name}(a)")
        for name in ("abs", "exp", "log", "sqrt")
    ),
]


@pytest.mark.parametrize(("allowed", "refused", "message"), LIMITS)
def test_limits_on_both_sides(allowed, refused, message):
    Formula.parse(allowed).evaluate({"a": 1.0, "b": 2.0})
    assert message in refusal(refused).message


def test_long_flat_sums_and_products_do_not_deepen():
    assert value("+".join(["a*a"] * 25), a=1.0) == 25


MESSAGES = [
    ("", 1, "the formula is empty"),
    ("  ", 1, "the formula is empty"),
    ("a +", 4, "missing at the end"),
    ("a + * b", 5, "needed here, not '*'"),
    ("+a", 1, "a leading '+'"),
    ("a * +b", 5, "a leading '+'"),
    ("()", 2, "needed here, not ')'"),
    ("max(a, )", 8, "needed here, not ')'"),
    ("max(*a)", 5, "needed here, not '*'"),
    ("(a", 1, "never closed"),
    ("min(a, b", 4, "never closed"),
    ("a)", 2, "has no '('"),
    ("0,5 * a", 2, "write decimals with a point"),
    ("(a, b)", 3, "only between arguments"),
    ("2(a)", 2, "operator such as * is missing before '('"),
    ("a b", 3, "operator such as * is missing before 'b'"),
    ("2x", 1, "'2x' is not a number"),
    ("1_000", 1, "'1_000' is not a number"),
    ("0x10 + a", 1, "'0x10' is not a number"),
    ("a + 1.2.3", 5, "'1.2.3' is not a number"),
    ("1e", 1, "'1e' is not a number"),
    ("3j", 1, "'3j' is not a number"),
    ("a + min", 5, "'min' is a function; write min(a, b)"),
    ("a + tanh(b)", 5, "'tanh' is not a function; there are min max abs exp log sqrt clip"),
    ("a + Cred", 5, "'Cred' is not part of a formula; names have no capital letters"),
    ("a + abC", 5, "'abC' is not part of a formula; names have no capital letters"),
    ("a if b else c", 3, "'if' is a word of Python"),
    ("not a", 1, "'not' is a word of Python"),
    ("a and b", 3, "for a condition use min, max or clip"),
    ("a < b", 3, "instead of comparing, use min, max or clip"),
    ("a <= b", 3, "'<='"),
    ("a == b", 3, "'=='"),
    ("a = b", 3, "'=' is not part of a formula; write only the expression"),
    ("a := b", 3, "':='"),
    ("a // b", 3, "'//' is not part of a formula; divide with /"),
    ("a % b", 3, "divide with /"),
    ("a ^ 2", 3, "write a power as a**2"),
    ("a.b", 2, "names have no parts"),
    ("a[0]", 2, "group with ( )"),
    ("'a'", 1, "without quotation marks"),
    ("a; b", 2, "one expression on one line"),
    ("a\n", 2, "one expression on one line"),
    ("a ? b : c", 3, "for a condition"),
    ("a @ b", 3, "'@' (COMMERCIAL AT)"),
    ("a \u2212 b", 3, "plain minus sign"),
    ("a \u00d7 b", 3, "multiply with *"),
    ("a \u00f7 b", 3, "divide with /"),
    ("a\u00b2", 2, "write a power as a**2"),
    ("\u0430 + 1", 1, "CYRILLIC SMALL LETTER A"),
    ("a\u00a0+ 1", 2, "NO-BREAK SPACE"),
    ("a\x00", 2, "U+0000"),
]


@pytest.mark.parametrize(("text", "column", "fragment"), MESSAGES)
def test_refusals_say_what_is_wrong_where_and_what_would_be_right(text, column, fragment):
    error = refusal(text)
    assert fragment in error.message
    assert error.column == column
    assert str(error) == f"column {column}: {error.message}"
    assert isinstance(error, CounterplayError)


ATTACKS = [
    "__import__('os').system('touch owned')",
    "__import__(os)",
    "import os",
    "from os import system",
    "open('owned', 'w')",
    "open('/etc/passwd').read()",
    "a.tofile('owned')",
    "a.__class__.__mro__[1].__subclasses__()",
    "().__class__.__bases__[0]",
    "(1).__class__",
    "1 .real",
    "1..real",
    "min.__globals__",
    "exp.__self__",
    "max(a).__class__",
    "''.join(a)",
    '"%s" % a',
    "f'{a}'",
    "b'a'",
    '"""a"""',
    "`a`",
    "eval(a)",
    "exec(a)",
    "compile(a)",
    "getattr(a, b)",
    "globals()",
    "locals()",
    "vars()",
    "breakpoint()",
    "exit()",
    "input()",
    "lambda: 0",
    "lambda a: a",
    "(lambda: 0)()",
    "min(a for a in b)",
    "[a for a in b]",
    "{a: b}",
    "{a}",
    "[0] * 10**10",
    "a[0]",
    "a[b:c]",
    "9**9**9",
    "9**9**9**9",
    "10**1000000000",
    "2**-1000000000",
    "a**a",
    "a**b**c",
    "1e999999999",
    "1e-999999999",
    "1e" + "9" * 400,
    "9" * 499,
    "9" * 100_000,
    "0x" + "f" * 400,
    "0b1",
    "0o7",
    "1_0",
    "Infinity",
    "NaN",
    "-Inf",
    "1j",
    "True",
    "None",
    "a if b else c",
    "a or b",
    "not a",
    "a in b",
    "a is b",
    "a < b",
    "a == b != c",
    "a <> b",
    "a = 1",
    "(a := 1)",
    "a += 1",
    "a // b",
    "a % b",
    "a @ b",
    "a << 1000000000",
    "a >> b",
    "a & b",
    "a | b",
    "a ^ b",
    "~a",
    "!a",
    "+a",
    "a; b",
    "a\nb",
    "a\r\nb",
    "a \\\n + b",
    "a # b",
    "a\x00b",
    "a\u2028b",
    "\ufeffa",
    "\ud800",
    "\uff41 + 1",
    "\u0435xp(1)",
    "\u06f1 + \u06f2",
    "a\u200bb",
    "a \u2212 b",
    "*a",
    "**a",
    "min(*a)",
    "min(**a)",
    "clip(a, low=0, high=1)",
    "min(key=a)",
    "max()",
    "where(a, b, c)",
    "factorial(1000000)",
    "a(b)",
    "(a)(b)",
    "min(a, b)(c)",
    "1(2)",
    "...",
    "yield a",
    "await a",
    "async a",
    "del a",
    "return a",
    "raise a",
    "print a",
    "a, b",
    "(a, b)",
    "(" * 250,
    "(" * 100_000,
    ")" * 250,
    "(" * 250 + "a" + ")" * 250,
    "-" * 499 + "a",
    "-" * 20_000 + "a",
    "abs(" * 100 + "a" + ")" * 100,
    "a" + "+a" * 249,
    "a" + "+a" * 100_000,
    "a" + "**2" * 160,
    "a" + " " * 1_000_000,
    ".",
    "1e+",
    "${HOME}",
    "{{a}}",
    "%(a)s",
    "<script>alert(1)</script>",
    "!!python/object/apply:os.system",
]


@pytest.mark.parametrize("text", ATTACKS, ids=lambda text: f"{len(text)} {text[:30]!a}")
def test_attacks_are_refused_at_once_and_do_nothing(text, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with monkeypatch.context() as patched:
        for name in ("eval", "exec", "compile", "open", "__import__"):
            patched.setattr(f"builtins.{name}", None)
        began = time.thread_time()
        _, error = parsed_or_refused(text)
        seconds = time.thread_time() - began
    assert error is not None
    assert seconds < 0.05
    assert 1 <= error.column <= MAX_CHARACTERS + 1
    assert len(error.message) < 600
    assert str(error).encode()
    assert list(tmp_path.iterdir()) == []


def test_the_attack_list_is_long_enough():
    assert len(set(ATTACKS)) >= 60


ANY_TEXT = st.text(max_size=40) | st.text("ab1209 .+-*/(),e_x\tmin^=<[Q\n\u2212", max_size=40)


@given(ANY_TEXT | st.lists(st.sampled_from([*FUNCTIONS, *"a1(),+-*/ ", "**", "2e3"])).map("".join))
def test_any_text_is_a_formula_or_a_formula_error(text):
    formula, error = parsed_or_refused(text)
    if error is not None:
        assert 1 <= error.column <= min(len(text), MAX_CHARACTERS) + 1
        assert error.message
        return
    assert formula.text == text
    assert type(formula.evaluate(dict.fromkeys(formula.names, 0.5))) is float
    halves = dict.fromkeys(formula.names, Fraction(1, 2))
    assert isinstance(formula.evaluate_exact(halves), Fraction | None)
