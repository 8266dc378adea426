"""What to check before findings are passed on: assumptions, sources, proof, uncertainty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

import counterplay as cp
from counterplay.report import tables
from text import plain
from words import counted, say


def show(found: cp.Findings, reasons: Mapping[str, str], analysis: cp.Analysis | None) -> None:
    """Show the list; what wants a second look is marked."""
    checks = {
        "assumptions": _assumptions(found, reasons),
        "sources": _sources(found.scenario),
        "verification": _verification(found),
        "uncertainty": _uncertainty(found, analysis),
    }
    for name, check in checks.items():
        _item(name, check)


@dataclass(frozen=True)
class _Check:
    """Sentences, and whether they want a second look."""

    lines: Sequence[str]
    is_open: bool = False


def _item(name: str, check: _Check) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        title = say(f"report.check-{name}")
        st.markdown(f"**{title}**", width="content")
        if check.is_open:
            st.badge(say("report.look"), color="yellow")
    st.markdown("\n".join(f"- {line}" for line in check.lines))


def _assumptions(found: cp.Findings, reasons: Mapping[str, str]) -> _Check:
    scenario = found.scenario
    bases = Counter(parameter.basis for parameter in scenario.parameters)
    bases += Counter(constant.basis for constant in scenario.constants)
    if not bases:
        return _Check([say("report.no-numbers")])
    lines = [
        say(
            "report.numbers",
            number=bases.total(),
            source=bases["source"],
            expert=bases["expert"],
            guesses=bases["placeholder"],
        )
    ]
    moved = len(found.moved)
    lines.append(counted("report.moved", moved) if moved else say("report.none-moved"))
    unexplained = len(found.moved.keys() - reasons.keys())
    if unexplained:
        lines.append(counted("report.unexplained", unexplained))
    return _Check(lines, is_open=bool(bases["placeholder"] or unexplained))


def _sources(scenario: cp.Scenario) -> _Check:
    cited = [parameter.evidence for parameter in scenario.parameters]
    cited += [constant.evidence for constant in scenario.constants]
    bare = sum(not evidence for evidence in cited)
    statuses = Counter(record.status for record in scenario.evidence)
    lines = []
    if statuses:
        listed = ", ".join(f"{count} {status}" for status, count in statuses.most_common())
        lines.append(say("report.claims", number=len(scenario.evidence), listed=plain(listed)))
    else:
        lines.append(say("report.no-claims"))
    if cited:
        lines.append(counted("report.bare", bare) if bare else say("report.none-bare"))
    return _Check(lines, is_open=bool(bare))


def _verification(found: cp.Findings) -> _Check:
    lines = [plain(found.solution.reason), say("report.recomputed")]
    return _Check(lines, is_open=found.solution.completeness == "unproved")


def _uncertainty(found: cp.Findings, analysis: cp.Analysis | None) -> _Check:
    """Say what was varied and what was not."""
    if analysis is not None and analysis.sample is not None:
        lines = [say("report.sampled", draws=f"{analysis.draws:,}"), say("report.not-sampled")]
    else:
        lines = [say("report.varied"), say("report.not-varied")]
    nearest = tables.breaks(found, 0).rows[:1] if found.breaks else ()
    for name, now, breaks, distance, _ in nearest:
        facts = {"name": name, "now": now, "breaks": breaks, "distance": distance}
        lines.append(say("report.nearest", **{gap: plain(text) for gap, text in facts.items()}))
    return _Check(lines)
