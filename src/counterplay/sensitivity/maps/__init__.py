"""Phase maps: the answer over the ranges of two parameters."""
