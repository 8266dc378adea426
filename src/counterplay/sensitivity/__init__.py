"""How sure: how far assumptions and weights can move before an answer changes."""

from counterplay.sensitivity.bloc_weights import WeightFlip, weight_flips
from counterplay.sensitivity.breaking import BreakPoint, break_points

__all__ = ["BreakPoint", "WeightFlip", "break_points", "weight_flips"]
