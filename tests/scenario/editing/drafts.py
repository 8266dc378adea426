"""Drafts for tests: the shipped files, one small file in several spellings, and hostile text."""

import difflib
import json

from hypothesis import strategies as st
from tests.scenario_files import SOUND

from counterplay.scenario.catalogue import scenarios
from counterplay.scenario.editing.draft import Draft
from counterplay.scenario.editing.opening import open_draft
from counterplay.scenario.source import read_yaml

SHIPPED = {name: open_draft(name) for name in scenarios()}
SMALL = Draft(SOUND, "small.yaml")
DATA = read_yaml(SOUND.encode(), "small.yaml").data


def _at_the_left(text):
    """Return the text with the dashes of its outer lists under the first letter of their keys."""
    lines, inside = [], False
    for line in text.splitlines():
        inside = line.startswith("  - ") or (inside and line.startswith("    "))
        lines.append(line[2:] if inside else line)
    return "\n".join(lines) + "\n"


SPELLINGS = {
    "block": SMALL,
    "json": Draft(json.dumps(DATA), "small.yaml"),
    "indented json": Draft(json.dumps(DATA, indent=2), "small.yaml"),
    "crlf": Draft(SOUND.replace("\n", "\r\n"), "small.yaml"),
    "byte order mark": Draft("\ufeff" + SOUND, "small.yaml"),
    "no last line end": Draft(SOUND.rstrip("\n"), "small.yaml"),
    "dashes at the left": Draft(_at_the_left(SOUND), "small.yaml"),
    "marked": Draft(f"--- # begins\n{SOUND}...\n# ends\n", "small.yaml"),
    "commented": Draft(
        "".join(f"{line}  # {n}\n\n" for n, line in enumerate(SOUND.splitlines())), "small.yaml"
    ),
}
"""The same data, written as differently as YAML allows."""

HOSTILE = (
    "", " ", "a: b", "a #b", "# x", "- x", "? x", "[", "]", "{", "}", "{a: b}", "a, b", "&a", "*a",
    "!tag", "|", ">", "%x", "@x", "`x", "'", '"', "''", '"x"', "\\", "\\n", "x\n  y: 1", "\n",
    "\r\n", "\t", "a\tb", " a", "a ", "a:", ":a", "::", "---", "...", "null", "~", "true", "No",
    "off", "1", "1.5", "-.inf", "0x10", "1_000", "12:30:00", "2024-10-22", "=1+1", "+1", "-1", "-",
    "@SUM(A1)", "=cmd|' /C calc'!A0", "\x1b[2J", "\u202eabc", "\u2028", "\x85", "\ufeff", "\ufffe",
    "\u200b", "👩‍🚀", "שלום", "مرحبا", "x" * 4_000, "é" * 100, "<script>", "\x00", "\x7f",
    "a\u00a0b", "$(x)", "y", "key: value # c\nother: 1\n", "- id: x\n  label: y",
)  # fmt: skip
"""Text that people type, paste or attack with."""


def texts():
    """Return a strategy for text of every kind that UTF-8 can hold."""
    signs = st.characters(exclude_categories=["Cs"])
    pieces = st.sampled_from(HOSTILE) | st.text(signs, max_size=20)
    return pieces | st.lists(pieces, max_size=3).map("".join)


def changed_lines(before, after):
    """Return the lines that differ, each with its sign."""
    lines = difflib.unified_diff(before.text.split("\n"), after.text.split("\n"), n=0, lineterm="")
    return [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]


def remarks(draft):
    """Return the lines that are comments."""
    return [line.strip() for line in draft.text.splitlines() if line.lstrip().startswith("#")]


def sound_or_faulty(draft):
    """Say whether a draft is a scenario, or has faults with lines of its text."""
    lines = draft.text.count("\n") + 1
    placed = all(1 <= fault.line <= lines and fault.message for fault in draft.faults)
    return placed and (draft.scenario is None) == bool(draft.faults)
