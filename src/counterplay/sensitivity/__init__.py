"""How sure: how far assumptions and weights can move before an answer changes."""

from counterplay.sensitivity.bloc_weights import WeightFlip, weight_flips
from counterplay.sensitivity.break_points import BreakPoint, break_points

__all__ = ["BreakPoint", "WeightFlip", "break_points", "weight_flips"]
