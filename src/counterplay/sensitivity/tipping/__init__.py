"""Tipping points: where one parameter, moved alone, changes the answer or a best reply."""
