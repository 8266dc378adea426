"""Sections of a report after page one, a kind a file."""
