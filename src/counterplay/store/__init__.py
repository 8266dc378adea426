"""Shared work: settings and reports under a name, with a log that only grows."""
