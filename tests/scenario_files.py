"""Scenario files as text: one small sound file, ways to spoil it, and what is told of it."""

from pathlib import Path

from counterplay.errors import Fault
from counterplay.payoffs.check import check_inspection
from counterplay.scenario.catalogue import inspect_text

SOUND = """\
format: 1
id: small
title: A small scenario
focal: sea
status_quo:
  sea: wait
  land: hold
evidence:
  - id: E1
    claim: Ships were seen.
    claimant: A harbour master
    date: "2024-10"
    as_of: "2024-10"
    status: reported
    source: A log book
blocs:
  - [sea]
  - [land]
players:
  - id: sea
    label: The navy
    options:
      - id: wait
        label: Wait
      - id: sail
        label: Sail
  - id: land
    label: The fort
    options:
      - id: hold
        label: Hold
      - id: fire
        label: Fire
parameters:
  - id: cost
    label: Cost of sailing
    player: sea
    default: 2
    low: 1
    high: 4
    distribution:
      kind: triangular
      low: 1
      mode: 2
      high: 3
    evidence: [E1]
  - id: fear
    label: Fear of fire
    default: 0.5
    low: 0
    high: 1
constants:
  - id: prize
    value: 3
    evidence: [E1]
derived:
  - id: worth
    value: prize - cost
  - id: risk
    value: fear * worth
terms:
  - id: sea.prize
    player: sea
    label: The prize
    value: worth
    when:
      sea: [sail]
    evidence: [E1]
  - id: sea.hit
    player: sea
    label: Being hit
    value: -4
    when:
      sea: [sail]
      land:
        fire: risk
        hold: 0
  - id: land.powder
    player: land
    label: Powder
    value: -1
    when:
      land: [fire]
regimes:
  - id: peace
    label: Peace
    colour: "#AABBCC"
    when:
      land: [hold]
  - id: battle
    label: Battle
presets:
  - id: default
    label: As it is
    expect:
      pure: [sail/hold]
      equilibria: 1
      completeness: proved
  - id: dear
    label: Sailing is dear
    set:
      cost: 4
    expect:
      pure: [wait/hold]
caveats:
  - Nobody is like this.
  - text: Dear only.
    preset: dear
"""
"""A scenario without a fault, with every kind of field that rules look at."""


def edited(*changes: tuple[str, str], text: str = SOUND) -> str:
    """Return the sound file with the first place of each old text replaced by the new one."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def told(text: str | bytes, file: str = "small.yaml", folder: Path | None = None) -> list[Fault]:
    """Return every fault and warning of a file."""
    raw = text if isinstance(text, bytes) else text.encode()
    return list(check_inspection(inspect_text(raw, file, folder)))


def lines_told(text: str | bytes, file: str = "small.yaml") -> list[str]:
    return [str(fault) for fault in told(text, file)]


def line_of(text: str, part: str, nth: int = 1) -> int:
    """Return the line, counted from 1, in which a part of a text stands for the nth time."""
    numbers = [n for n, line in enumerate(text.split("\n"), 1) if part in line]
    return numbers[nth - 1]
