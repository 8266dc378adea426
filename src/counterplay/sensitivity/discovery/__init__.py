"""Scenario discovery: boxes of assumptions in which a regime lies."""
