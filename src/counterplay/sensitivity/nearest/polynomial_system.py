"""Polynomial inequalities as arrays: which products occur, and which names make them affine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from counterplay.numeric import FloatArray
from counterplay.sensitivity.nearest.polynomial import Monomial, Polynomial


@dataclass(frozen=True, eq=False)
class System:
    """Polynomials that shall not be negative, in the shares by which numbers move.

    Attributes
    ----------
    names : tuple of k str
        The moving numbers that occur.
    monomials : tuple of Monomial
        The first k are the names alone; after them products, each after its own first part.
    coefficients : ndarray, shape (rows, monomials)
    constants : ndarray, shape (rows,)
    branching : tuple of int
        Names that, once fixed, leave every row affine in the others.
    """

    names: tuple[str, ...]
    monomials: tuple[Monomial, ...]
    coefficients: FloatArray
    constants: FloatArray
    branching: tuple[int, ...]

    @classmethod
    def of(cls, polynomials: Sequence[Polynomial]) -> System:
        """Collect the monomials of the rows."""
        occurring = {monomial for row in polynomials for monomial in row if monomial}
        names = tuple(sorted({name for monomial in occurring for name in monomial}))
        branching = _cover({monomial for monomial in occurring if len(monomial) > 1})
        # Branching names come first in a product, so that its first parts shrink with the box.
        rank = {n: (n not in branching, n) for n in names}
        products = {tuple(sorted(m, key=rank.__getitem__)) for m in occurring if len(m) > 1}
        prefixes = {m[:size] for m in products for size in range(2, len(m) + 1)}
        monomials = (*((n,) for n in names), *sorted(prefixes, key=lambda m: (len(m), m)))
        place = {tuple(sorted(monomial)): k for k, monomial in enumerate(monomials)}
        coefficients = np.zeros((len(polynomials), len(monomials)))
        for row, polynomial in enumerate(polynomials):
            for monomial, coefficient in polynomial.items():
                if monomial:
                    coefficients[row, place[monomial]] = float(coefficient)
        constants = np.array([float(row.get((), 0)) for row in polynomials])
        chosen = tuple(names.index(name) for name in sorted(branching))
        return cls(names, monomials, coefficients, constants, chosen)

    def factors(self) -> list[tuple[int, int, int]]:
        """Return each product with its first part and its last factor, as places."""
        place = {monomial: k for k, monomial in enumerate(self.monomials)}
        return [
            (k, place[monomial[:-1]], place[monomial[-1:]])
            for k, monomial in enumerate(self.monomials)
            if len(monomial) > 1
        ]

    def products(self, point: FloatArray) -> FloatArray:
        """Return the value of every monomial at a point (k,), or at many (k, count)."""
        values = np.empty((len(self.monomials), *point.shape[1:]))
        values[: len(self.names)] = point
        for product, first, last in self.factors():
            values[product] = values[first] * values[last]
        return values

    def rows(self, point: FloatArray) -> FloatArray:
        """Return the value of every polynomial at a point."""
        return self.at_many(point[:, None])[:, 0]

    def at_many(self, points: FloatArray) -> FloatArray:
        """Return the value of every polynomial at many points, shape (rows, count)."""
        total: FloatArray = self.coefficients @ self.products(points) + self.constants[:, None]
        return total


def _cover(products: set[Monomial]) -> frozenset[str]:
    """Choose names that leave at most one other, unsquared, in every product; greedily."""
    chosen: set[str] = set()
    while True:
        left = [[n for n in product if n not in chosen] for product in sorted(products)]
        open_products = [names for names in left if len(names) > 1]
        if not open_products:
            return frozenset(chosen)
        counts: dict[str, int] = {}
        for names in open_products:
            for name in names:
                counts[name] = counts.get(name, 0) + 1
        chosen.add(max(sorted(counts), key=counts.__getitem__))
