"""The flagship's payoffs straight from its file: a small evaluator that shares no code."""

import ast
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path

from ruamel.yaml import YAML

MODEL = Path(__file__).resolve().parents[2] / "models" / "korea-ukraine.yaml"

_WORK = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


@cache
def _read(path: Path) -> dict:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def fraction(number: object) -> Fraction:
    return Fraction(str(number))


class PlainModel:
    """A scenario file evaluated cell by cell, with whatever numbers `number` makes."""

    def __init__(self, path: Path = MODEL, number: Callable[[object], object] = float) -> None:
        self.data = _read(path)
        self.number = number
        self.players = [player["id"] for player in self.data["players"]]
        self.options = [[o["id"] for o in player["options"]] for player in self.data["players"]]

    def names(self, setting: Mapping[str, float]) -> dict[str, object]:
        found = {p["id"]: self.number(p["default"]) for p in self.data["parameters"]}
        found |= {c["id"]: self.number(c["value"]) for c in self.data["constants"]}
        found |= {name: self.number(value) for name, value in setting.items()}
        for derived in self.data["derived"]:
            found[derived["id"]] = self.value(derived["value"], found)
        return found

    def value(self, formula: object, names: Mapping[str, object]) -> object:
        if not isinstance(formula, str):
            return self.number(formula)
        return self._node(ast.parse(formula, mode="eval").body, names)

    def _node(self, node: ast.expr, names: Mapping[str, object]) -> object:
        if isinstance(node, ast.Name):
            return names[node.id]
        if isinstance(node, ast.Constant):
            return self.number(node.value)
        if isinstance(node, ast.UnaryOp):
            return -self._node(node.operand, names)
        return _WORK[type(node.op)](self._node(node.left, names), self._node(node.right, names))

    def weight(self, term: dict, player: str, option: str, names: Mapping[str, object]) -> object:
        listed = term.get("when", {}).get(player)
        if listed is None:
            return 1
        if isinstance(listed, list):
            return int(option in listed)
        return self.value(listed[option], names) if option in listed else 0

    def contributions(
        self, setting: Mapping[str, float]
    ) -> dict[str, dict[tuple[int, ...], object]]:
        """Return what each term pays in each profile."""
        names = self.names(setting)
        found = {}
        for term in self.data["terms"]:
            weights = [
                [self.weight(term, player, option, names) for option in options]
                for player, options in zip(self.players, self.options, strict=True)
            ]
            value = self.value(term["value"], names)
            found[term["id"]] = {
                profile: _product(value, weights, profile)
                for profile in product(*(range(len(options)) for options in self.options))
            }
        return found

    def payoffs(self, setting: Mapping[str, float]) -> list[dict[tuple[int, ...], object]]:
        """Return each player's payoff in each profile."""
        owner = {term["id"]: term["player"] for term in self.data["terms"]}
        cells = self.contributions(setting)
        return [
            {
                profile: sum(cells[term][profile] for term in cells if owner[term] == player)
                for profile in product(*(range(len(options)) for options in self.options))
            }
            for player in self.players
        ]


def _product(value: object, weights: list[list[object]], profile: tuple[int, ...]) -> object:
    for row, option in zip(weights, profile, strict=True):
        value = value * row[option]
    return value
