"""A small scenario whose answers are known in closed form, and work for executors to do."""

import os
import signal
from pathlib import Path

from counterplay.scenario.catalogue import inspect_text

TEXT = """
format: 1
id: yielding
title: Yielding
question: Who yields?
asked_by: nobody
as_of: "2024-10-31"
focal: a
status_quo: {a: x, b: x}
players:
- {id: a, label: A, options: [{id: x, label: X}, {id: y, label: Y}]}
- {id: b, label: B, options: [{id: x, label: X}, {id: y, label: Y}]}
parameters:
- {id: p, label: P, default: 0.1, low: 0, high: 1, distribution: uniform}
- {id: lever, label: Lever, role: lever, default: 0.2, low: 0, high: 1}
- {id: fixed, label: Fixed, default: 1, low: 1, high: 1}
- {id: idle, label: Idle, default: 2, low: 0, high: 4}
- {id: narrow, label: Narrow, default: 2, low: 0, high: 4,
   distribution: {kind: uniform, low: 3, high: 3}}
constants:
- {id: bar, value: 0.5}
terms:
- {id: t1, player: a, label: one, value: "p + lever", when: {a: [x]}}
- {id: t2, player: a, label: two, value: "bar", when: {a: [y]}}
- {id: t3, player: b, label: three, value: "fixed", when: {b: [x]}}
regimes:
- {id: stay, label: Staying, when: {a: [x]}}
- {id: go, label: Going, when: {a: [y]}}
"""


def scenario(text=TEXT):
    """A plays x where p + lever > bar, so with p uniform in a share 1 - bar + lever of draws."""
    return inspect_text(text.encode(), "yielding.yaml").scenario


def square(number):
    return number * number


def refuse(number):
    raise ValueError(f"no {number}")


def die_once(folder):
    """Be killed at the first call in this folder, as by a system that is out of memory."""
    mark = Path(folder, "died")
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


def die(_number):
    os.kill(os.getpid(), signal.SIGKILL)
