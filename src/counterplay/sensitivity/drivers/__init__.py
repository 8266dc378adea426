"""Drivers: which assumptions decide the regime and the payoffs."""
