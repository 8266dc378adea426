"""Report: the findings on screen as a file, with page one to look at and what to check first."""

import streamlit as st

import cards
import choices
import frame
import state
from reporting import checklist, downloads, page_one, paper
from text import plain
from words import say

LEVELS: tuple[paper.Level, ...] = ("brief", "standard", "full")

found = frame.opening()
reasons = dict(state.inputs().reasons)


left, right = frame.side_by_side()
with left:
    st.header(say("report.download"), anchor=False)
    st.markdown(say("report.at-values", title=plain(found.title)))
    length = choices.pills(
        say("report.length"),
        "report-level",
        LEVELS,
        "standard",
        lambda level: say(f"report.level-{level}"),
    )
    level = next(name for name in LEVELS if name == length)
    st.caption(say(f"report.level-{level}-what"))
    analysis = paper.checked(found, level)
    chosen = paper.choose(found, level)
    downloads.offer(
        analysis or found,
        (found.digest, analysis is not None),
        f"{found.scenario.id}-{found.digest}",
        {"level": level, "reasons": reasons, "without": chosen.without, **chosen.signed},
        refused=bool(chosen.fault),
    )
    st.subheader(say("report.before"), anchor=False)
    checklist.show(found, reasons, analysis)
with right:
    st.subheader(say("report.preview"), anchor=False)
    missing = downloads.missing_extra(".html")
    if missing:
        st.caption(plain(missing))
    else:
        page_one.show(found, analysis)
paper.terminal(found, reasons, level, chosen)
cards.caveats(found)
frame.closing(found)
