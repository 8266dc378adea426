"""Formulas of a scenario: arithmetic over names, and nothing else.

A formula is read from left to right by the grammar below, never by Python itself. What the grammar
does not hold is refused, with the column and a mend.

::

    sum      = product { ("+" | "-") product }
    product  = factor { ("*" | "/") factor }
    factor   = "-" factor | power
    power    = atom [ "**" exponent ]            exponent: one digit, 0 to 8
    atom     = number | name | function "(" sum { "," sum } ")" | "(" sum ")"
    number   = decimal digits, perhaps a point, perhaps an exponent: 12, 0.5, 1e-3
    name     = lower case letters, digits and _, not beginning with a digit
    function = one of `FUNCTIONS`

Precedence is Python's: ``-a**2`` is ``-(a**2)``, and ``a - b - c`` is ``(a - b) - c``.
"""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from counterplay.errors import FormulaError
from counterplay.numeric import FloatArray
from counterplay.scenario.arithmetic import (
    LARGEST,
    MAX_EXPONENT,
    OUT_OF_RANGE,
    Operation,
    Step,
    in_doubles,
    in_fractions,
    read_number,
)

MAX_CHARACTERS = 500

MAX_NODES = 100
"""Most numbers, names, operators and functions; an exponent belongs to its ``**``."""

MAX_DEPTH = 20
"""Most parentheses, functions and minus signs around one another."""


class Function(NamedTuple):
    """How a function is written, and how many arguments it may have."""

    form: str
    arguments: range


FUNCTIONS: Mapping[str, Function] = {
    "min": Function("min(a, b) with 2 to 8 arguments", range(2, 9)),
    "max": Function("max(a, b) with 2 to 8 arguments", range(2, 9)),
    "abs": Function("abs(a)", range(1, 2)),
    "exp": Function("exp(a)", range(1, 2)),
    "log": Function("log(a)", range(1, 2)),
    "sqrt": Function("sqrt(a)", range(1, 2)),
    "clip": Function("clip(value, low, high)", range(3, 4)),
}


@dataclass(frozen=True)
class Formula:
    """A formula that the grammar has accepted; made by `Formula.parse`, equal if its text is.

    Attributes
    ----------
    text : str
        The formula as written; for a number, the shortest decimal that gives it.
    name_columns : mapping from str to int
        Each name in the formula, and the column where it first stands, counted from 1.
    programme : tuple
        Its steps in postfix order; see `arithmetic`.

    Examples
    --------
    >>> import numpy as np
    >>> formula = Formula.parse("0.1 * cost + max(0, risk - 1)**2")
    >>> sorted(formula.names)
    ['cost', 'risk']
    >>> formula.evaluate({"cost": 3.0, "risk": 2.0})
    1.3
    >>> formula.evaluate({"cost": 3.0, "risk": np.array([0.0, 2.0])})
    array([0.3, 1.3])
    >>> formula.evaluate_exact({"cost": Fraction(3), "risk": Fraction(2)})
    Fraction(13, 10)
    """

    text: str
    name_columns: Mapping[str, int] = field(compare=False, repr=False)
    programme: tuple[Step, ...] = field(compare=False, repr=False)

    @classmethod
    def parse(cls, text: str | int | float) -> Formula:
        """Read a formula, or a number as it stands in a file.

        Raises
        ------
        FormulaError
            If `text` is not a formula, or is beyond a limit of this module.

        Examples
        --------
        >>> Formula.parse("min(a, 1")
        Traceback (most recent call last):
        counterplay.errors.FormulaError: column 4: this '(' is never closed; add ')'
        """
        written = _written(text)
        if len(written) > MAX_CHARACTERS:
            message = f"{len(written)} characters, but a formula has at most {MAX_CHARACTERS}"
            raise FormulaError(f"{message}; {_SPLIT}", MAX_CHARACTERS + 1)
        reader = _Reader(written)
        reader.formula()
        return cls(written, MappingProxyType(reader.name_columns), tuple(reader.programme))

    @property
    def names(self) -> frozenset[str]:
        """The names whose values the formula needs."""
        return frozenset(self.name_columns)

    def evaluate(self, values: Mapping[str, float | FloatArray]) -> float | FloatArray:
        """Return the value in double precision.

        Parameters
        ----------
        values : mapping from str to float or ndarray
            A number, or an array of draws, for each of `names`; others are ignored. Arrays are
            broadcast, and give the same numbers as one draw at a time.

        Returns
        -------
        float or ndarray of float64
            A float if each of `names` has one. Infinite or not a number where the arithmetic is.
        """
        return in_doubles(self.programme, values)

    def evaluate_exact(self, values: Mapping[str, Fraction]) -> Fraction | None:
        """Return the value in exact arithmetic, the formula's own numbers being decimals.

        Returns
        -------
        Fraction or None
            None where exp, log or sqrt occurs, on division by zero, and where a numerator or
            denominator is longer than 4096 bits.
        """
        return in_fractions(self.programme, values)

    def __reduce__(self) -> tuple[Callable[[str], Formula], tuple[str]]:
        """Travel as text, and be read again on arrival."""
        return Formula.parse, (self.text,)


def _written(given: object) -> str:
    if isinstance(given, str):
        return str(given)
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        raise FormulaError(f"a formula is a number or text, not {type(given).__name__}")
    if not abs(given) <= LARGEST:
        raise FormulaError(OUT_OF_RANGE)
    return repr(float(given)) if isinstance(given, float) else str(int(given))


class _Token(NamedTuple):
    sort: str
    text: str
    column: int


class _Reader:
    """Recursive descent: a method for each rule of the grammar, leaving steps in `programme`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.programme: list[Step] = []
        self.name_columns: dict[str, int] = {}
        self.depth = self.position = 0
        self.previous = self.token = _Token("start", "", 1)
        self.advance()

    def formula(self) -> None:
        if self.token.sort == "end":
            raise FormulaError("the formula is empty; write a number, a name or an expression")
        self.sum()
        if self.token.sort != "end":
            raise self.misplaced()

    def sum(self) -> None:
        self.product()
        while self.token.text in {"+", "-"}:
            self.binary(self.product)

    def product(self) -> None:
        self.factor()
        while self.token.text in {"*", "/"}:
            self.binary(self.factor)

    def binary(self, right: Callable[[], None]) -> None:
        sign = self.advance()
        right()
        self.add(Operation(sign.text, 2), sign)

    def factor(self) -> None:
        if self.token.text == "-":
            minus = self.advance()
            self.nested(minus, self.factor)
            self.add(Operation("negate", 1), minus)
        else:
            self.power()

    def power(self) -> None:
        self.atom()
        if self.token.text != "**":
            return
        stars, exponent = self.advance(), self.token
        if exponent.text not in _EXPONENTS:
            raise FormulaError(_EXPONENT_NEEDED, exponent.column)
        self.advance()
        if self.token.text == "**":
            raise FormulaError("a power of a power is written (a**2)**3", self.token.column)
        self.add(Operation(f"**{exponent.text}", 1), stars)

    def atom(self) -> None:
        token = self.advance()
        if token.sort == "number":
            self.add(read_number(token.text, token.column), token)
        elif token.sort == "name" and self.token.text == "(":
            self.call(token)
        elif token.sort == "name":
            self.name(token)
        elif token.text == "(":
            self.nested(token, self.sum)
            self.close(token)
        else:
            raise _operand_needed(token)

    def name(self, token: _Token) -> None:
        if token.text in FUNCTIONS:
            message = f"{token.text!r} is a function; write {FUNCTIONS[token.text].form}"
            raise FormulaError(message, token.column)
        self.name_columns.setdefault(token.text, token.column)
        self.add(token.text, token)

    def call(self, function: _Token) -> None:
        if function.text not in FUNCTIONS:
            message = f"{function.text!r} is not a function; there are {' '.join(FUNCTIONS)}"
            raise FormulaError(message, function.column)
        opening, count = self.token, 0
        while count == 0 or self.token.text == ",":
            self.advance()
            self.nested(function, self.sum)
            count += 1
        self.close(opening)
        form, allowed = FUNCTIONS[function.text]
        if count not in allowed:
            message = f"arguments of {function.text}: {count} given; write {form}"
            raise FormulaError(message, function.column)
        self.add(Operation(function.text, count), function)

    def close(self, opening: _Token) -> None:
        if self.token.sort == "end":
            raise FormulaError("this '(' is never closed; add ')'", opening.column)
        if self.token.text != ")":
            raise self.misplaced()
        self.advance()

    def nested(self, outer: _Token, rule: Callable[[], None]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise FormulaError(f"nested more than {MAX_DEPTH} deep; {_SPLIT}", outer.column)
        rule()
        self.depth -= 1

    def add(self, step: Step, token: _Token) -> None:
        if len(self.programme) == MAX_NODES:
            message = f"more than {MAX_NODES} numbers, names, operators and functions; {_SPLIT}"
            raise FormulaError(message, token.column)
        self.programme.append(step)

    def advance(self) -> _Token:
        """Take the waiting token, and look one token ahead."""
        self.previous = self.token
        found = _TOKEN.match(self.text, self.position)
        if found is None or found.lastgroup is None:
            raise _refusal(self.text, self.position)
        self.position = found.end()
        sort = found.lastgroup
        self.token = _Token(sort, found[sort], found.start(sort) + 1)
        return self.previous

    def misplaced(self) -> FormulaError:
        """Say why the waiting token cannot follow a complete expression."""
        words = (self.previous, self.token) if self.token.sort == "name" else ()
        for token in words:
            if keyword.iskeyword(token.text):
                message = f"{token.text!r} is a word of Python, not of formulas; {_NO_CONDITIONS}"
                return FormulaError(message, token.column)
        message = {
            ")": "this ')' has no '('; remove it or add '('",
            ",": "a comma stands only between arguments; write decimals with a point, as in 0.5",
        }.get(self.token.text, f"an operator such as * is missing before {self.token.text!r}")
        return FormulaError(message, self.token.column)


def _operand_needed(token: _Token) -> FormulaError:
    if token.sort == "end":
        return FormulaError("a number, a name or '(' is missing at the end", token.column)
    if token.text == "+":
        return FormulaError("a leading '+' is not part of a formula; leave it out", token.column)
    message = f"a number, a name or '(' is needed here, not {token.text!r}"
    return FormulaError(message, token.column)


def _refusal(text: str, position: int) -> FormulaError:
    """Say why no token begins at `position`."""
    rest = text[position:].lstrip(" \t")
    column = len(text) - len(rest) + 1
    for pattern, mend in _MENDS.items():
        if found := re.match(pattern, rest):
            return FormulaError(f"{found[0]!r} is not part of a formula; {mend}", column)
    name = unicodedata.name(rest[0], f"U+{ord(rest[0]):04X}")
    message = f"{rest[0]!r} ({name}) is not part of a formula; {_PLAIN}"
    return FormulaError(message, column)


_TOKEN = re.compile(
    r"[ \t]*(?:(?P<number>\.?[0-9](?:[eE][-+]|[0-9A-Za-z_.])*)"
    r"|(?P<name>[a-z_][a-z0-9_]*(?![0-9A-Za-z_]))"
    r"|(?P<sign>\*\*|/(?!/)|[-+*(),])|(?P<end>\Z))"
)
_EXPONENTS = frozenset(map(str, range(MAX_EXPONENT + 1)))
_EXPONENT_NEEDED = "an exponent is a whole number from 0 to 8, written out as in a**2"
_SPLIT = "give a part of it a name under derived"
_NO_CONDITIONS = "for a condition use min, max or clip"
_PLAIN = "use plain a to z, 0 to 9, _ and + - * / ( ) , ."
_MENDS = {
    r"[A-Za-z_][A-Za-z0-9_]*": "names have no capital letters",
    r"[=!<>]=|<>|[<>]": "instead of comparing, use min, max or clip",
    r":=|=": "write only the expression that stands after it",
    r"//|%": "divide with /",
    r"\.": "names have no parts, and numbers have digits after the point",
    r"[\[\]{}]": "group with ( )",
    r"['\"`]": "write names without quotation marks",
    r"[;\n\r\v\f\x1c-\x1e\x85\u2028\u2029]": "write one expression on one line",
    r"[?:]": _NO_CONDITIONS,
    r"\^": "write a power as a**2",
    "[\u00b2\u00b3\u00b9\u2070-\u2079]": "write a power as a**2",
    "[\u2010-\u2015\u2212\ufe63\uff0d]": "use the plain minus sign -",
    "[\u00b7\u00d7\u2217\u22c5\uff0a]": "multiply with *",
    "[\u00f7\u2044\u2215\uff0f]": "divide with /",
}
