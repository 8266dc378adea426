"""Robust choice: which option holds up across futures, and with which levers."""
