"""What the policy question is: scenario files, schema and rules; knows no algorithm."""

from counterplay.scenario.catalogue import load, scenarios
from counterplay.scenario.parts import Evidence, Option, Parameter, Player, Preset, Regime, Term
from counterplay.scenario.schema import Scenario

__all__ = [
    "Evidence",
    "Option",
    "Parameter",
    "Player",
    "Preset",
    "Regime",
    "Scenario",
    "Term",
    "load",
    "scenarios",
]
