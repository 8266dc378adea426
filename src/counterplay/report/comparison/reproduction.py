"""How each setting of a comparison was checked, and how to make the comparison again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from counterplay.report import tables
from counterplay.report.blocks import Block, Paragraph, Section
from counterplay.report.comparison.material import ComparedMaterial
from counterplay.report.comparison.titles import compared_masthead
from counterplay.sensitivity.attribution.words import quoted


def reproduction(material: ComparedMaterial) -> Section:
    """Return the verification log of every setting, and the command that gives the same."""
    blocks: list[Block] = [
        replace(tables.verification(found), title=f"Checked under {quoted(setting.name)}")
        for setting, found in zip(material.comparison.settings, material.findings, strict=True)
    ]
    blocks.append(
        Paragraph(
            f"Method: {compared_masthead(material).solved} The JSON report holds every scenario "
            "whole; counterplay verify recomputes it and compares every number. That detects "
            "accidents and partial edits; it is not a signature."
        )
    )
    if any(change.solved < change.combinations for change in material.changes):
        words = "Not reproducible: a limit of time cut the sharing out of a change short."
        blocks.append(Paragraph(words, role="caution"))
    if len(material.findings) == 2:
        blocks.append(Paragraph(f"The same numbers from the terminal: {_command(material)}"))
    return Section("Verification and how to reproduce", 2, tuple(blocks), "verification")


def _command(material: ComparedMaterial) -> str:
    """Return the command that compares two settings or two models."""
    first, second = material.findings
    start = f"counterplay compare MODEL{_set(first.moved, '--set')}"
    if len(material.comparison.scenarios) == 2:
        return f"{start} --with-model OTHER{_set(second.moved, '--with-set')}"
    differing = {
        name: value for name, value in second.values.items() if value != first.values[name]
    }
    return start + _set(differing, "--with-set")


def _set(values: Mapping[str, float], option: str) -> str:
    return "".join(f" {option} {name}={value!r}" for name, value in values.items())
