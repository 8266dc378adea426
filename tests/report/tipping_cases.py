"""Small scenarios whose tipping points are known in closed form."""

from counterplay.scenario import Scenario
from counterplay.scenario.catalogue import inspect_text

PLAIN = """
format: 1
id: plain
title: Plain
players:
- {id: a, label: A, options: [{id: x, label: "LABEL"}, {id: y, label: Y}]}
- {id: b, label: B, options: [{id: l, label: L}, {id: r, label: R}]}
parameters:
- {id: p, label: "LABEL", default: 0.2, low: 0, high: 1}
- {id: q, label: Q, default: 1, low: 0.5, high: 2}
- {id: s, label: Steady, default: 1, low: 0.5, high: 2}
- {id: u, label: Unused, default: 1, low: 0.5, high: 2}
terms:
- {id: t1, player: a, label: one, value: "2*p - q", when: {a: [x]}}
- {id: t2, player: b, label: two, value: "s", when: {b: [l]}}
"""
"""A plays x where 2 p > q; B always plays l; at the defaults A plays y."""

MATCHING = """
format: 1
id: matching
title: Matching
players:
- {id: a, label: A, options: [{id: x, label: X}, {id: y, label: Y}]}
- {id: b, label: B, options: [{id: l, label: L}, {id: r, label: R}]}
parameters:
- {id: p, label: P, default: 0, low: -1, high: 2}
terms:
- {id: t1, player: a, label: one, value: "1", when: {a: [x], b: [l]}}
- {id: t2, player: a, label: two, value: "1", when: {a: [y], b: [r]}}
- {id: t3, player: b, label: three, value: "1", when: {a: [x], b: [r]}}
- {id: t4, player: b, label: four, value: "1", when: {a: [y], b: [l]}}
- {id: t5, player: a, label: five, value: "p", when: {a: [x]}}
"""
"""Matching pennies while p is between -1 and 1; beyond 1 A plays x and B plays r."""


def scenario_of(text: str, label: str = "X") -> Scenario:
    return inspect_text(text.replace("LABEL", label).encode(), "case.yaml").scenario
