"""The answer: equilibrium cards, what would change them first, and what to read with care."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import streamlit as st

import choices
import counterplay as cp
import frame
import link
import state
from counterplay.report import figures, tables
from text import plain

_STRIP = (2.2, 3.4, 1.1, 2.6, 3.4)
_COUNTS = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight", 9: "Nine"}
_MAX_BREAKS = 6
_MAX_CAVEATS = 3


def answer(found: cp.Findings) -> None:
    """Show the equilibria: words first, then who does what and what it rests on."""
    with st.container(border=True, key="answer"):
        with st.container(horizontal=True, vertical_alignment="center"):
            _badges(found)
            st.space("stretch")
            _link()
        st.header(_headline(found), anchor=False)
        if found.solution.completeness == "unproved":
            st.caption(plain(found.solution.reason))
        for k in range(len(found.accounts)):
            if k > 0:
                _folded_outcome(found, k)
            else:
                if len(found.accounts) > 1:
                    st.markdown(_numbered_headline(found, 0))
                _outcome(found, 0)
        if found.solution.regions:
            _sets(found)
        hidden = len(found.solution.equilibria) - len(found.accounts)
        if hidden > 0:
            st.caption(f"{hidden} more outcomes are in the report.")
        if len(found.accounts) > 1:
            with st.expander("How the outcomes compare"):
                st.markdown("\n".join(f"- {plain(words)}" for words in found.comparison.words))
                frame.table(tables.payoffs(found))
        st.caption("Stable means that nobody gains by changing alone. It is not a forecast.")


def first_breaks(found: cp.Findings) -> None:
    """Say which assumption, moved alone, breaks the first outcome first."""
    if not found.scenario.parameters:
        return
    st.subheader("What would change it first", anchor=False)
    nearest = found.breaks[0][:_MAX_BREAKS] if found.breaks else ()
    if not nearest:
        firm = bool(found.accounts) and found.accounts[0].equilibrium.profile is not None
        st.markdown(
            "No assumption was found that breaks this outcome when moved alone (32 steps over "
            "each range)."
            if firm
            else "Break points are not computed for mixed outcomes."
        )
        return
    twin = tables.breaks(found, 0)
    lines = [
        f"- {plain(name)} **{plain(breaks)}** (now {plain(now)}): {plain(leaver)}"
        for name, now, breaks, _, leaver in twin.rows[:_MAX_BREAKS]
    ]
    st.markdown("\n".join(lines))
    with st.expander("All of them"):
        frame.table(twin)


def caveats(found: cp.Findings) -> None:
    """List what the numbers do not carry, first what follows from these values."""
    if not found.caveats:
        return
    written = {caveat.text for caveat in found.scenario.caveats}
    computed = [text for text in found.caveats if text not in written]
    st.subheader("Read with care", anchor=False)
    if computed:
        st.markdown("\n".join(f"- {plain(text)}" for text in computed[:_MAX_CAVEATS]))
    others = [*computed[_MAX_CAVEATS:], *(text for text in found.caveats if text in written)]
    if others:
        with st.expander("What the model leaves out"):
            st.markdown("\n".join(f"- {plain(text)}" for text in others))


def _headline(found: cp.Findings) -> str:
    accounts = found.accounts
    if not accounts:
        return "No stable outcome was found."
    if found.solution.completeness == "continuum":
        return "One choice can be traded for another at no cost; outcomes form a range."
    if len(accounts) == 1:
        start = "At least this outcome: " if found.solution.completeness == "unproved" else ""
        return start + plain(accounts[0].headline)
    number = len(found.solution.equilibria)
    return f"{_COUNTS.get(number, number)} outcomes can hold; the model does not say which."


def _sets(found: cp.Findings) -> None:
    for k, region in enumerate(found.solution.regions[: tables.REGIONS_SHOWN]):
        with st.expander(f"Set {k + 1} of outcomes, between these limits", expanded=k == 0):
            frame.table(tables.region_table(found, k))
            st.markdown(
                "\n".join(f"- {plain(words)}" for words in tables.region_words(found, region))
            )


def _badges(found: cp.Findings) -> None:
    single = len(found.solution.equilibria) == 1
    firm = any(account.equilibrium.profile for account in found.accounts)
    st.badge(
        found.title if firm or not found.accounts else "No firm outcome",
        color="gray" if single and firm else "yellow",
        help="In the terms of game theory: Nash equilibria. Nobody gains by changing alone.",
    )
    frame.completeness_badge(found.solution.completeness, found.solution.reason)


def _link() -> None:
    url = st.context.url
    if url:
        with st.popover("Link", icon=":material/link:", type="tertiary"):
            st.caption("This address shows the same screen again.")
            query = urlencode(link.written(state.inputs()))
            address = urlsplit(url)._replace(query=query)
            st.code(address.geturl(), language=None, wrap_lines=True)


def _outcome(found: cp.Findings, k: int) -> None:
    account = found.accounts[k]
    _kinds(found, k)
    _strips(found, k)
    if account.weakest is not None:
        stance = next(s for s in account.stances if s.player == account.weakest)
        position = [s.player for s in account.stances].index(account.weakest)
        loses = tables.stances(found, k).rows[position][3].removesuffix(" (thin)")
        name = found.scenario.player(account.weakest).name
        lead = (
            "is tied with the next best"
            if stance.margin == 0
            else f"pays {plain(loses)} points more than the next best, on its own scale"
        )
        thin = "; this margin is thin" if stance.thin and stance.margin else ""
        st.markdown(f"**Weakest link: {plain(name)}.** Its choice {lead}{thin}.")
    if account.equilibrium.profile is None:
        frame.figure(lambda: figures.probabilities(found, k, theme=frame.theme()), f"shares-{k}")
    _mark(found, k)


def _numbered_headline(found: cp.Findings, k: int) -> str:
    return f"**Outcome {k + 1}.** {plain(found.accounts[k].headline)}"


def _folded_outcome(found: cp.Findings, k: int) -> None:
    """Show a further outcome; its charts are drawn only once it is opened."""
    with choices.folder(_numbered_headline(found, k), f"open-{k + 1}") as is_open:
        if is_open:
            _outcome(found, k)


def _kinds(found: cp.Findings, k: int) -> None:
    if found.scenario.regimes:
        outcomes = found.accounts[k].outcomes
        named = [plain(regime.label) if regime else "unnamed" for regime, _ in outcomes]
        word = "Kind of outcome" if len(named) == 1 else "Kinds of outcome, the weightiest first"
        st.caption(f"{word}: {'; '.join(named)}")


def _strips(found: cp.Findings, k: int) -> None:
    """Show one line a player: choice, payoff, what switching would cost, the next best."""
    heads = ("", "chooses", "payoff", "loses by switching", "next best")
    for column, head in zip(st.columns(_STRIP, gap="small"), heads, strict=True):
        column.caption(head)
    account = found.accounts[k]
    for stance, cells in zip(account.stances, tables.stances(found, k).rows, strict=True):
        line = st.columns(_STRIP, vertical_alignment="center", gap="small")
        _, chosen, payoff, loses, other = map(plain, cells)
        line[0].markdown(choices.player_mark(found.scenario, stance.player))
        line[1].markdown(chosen)
        line[2].markdown(payoff)
        if stance.mixes or stance.margin is None:
            line[3].markdown(
                loses, help="Exactly indifferent between its choices." if stance.mixes else None
            )
        else:
            strip = figures.margin_strip(found, k, stance.player, theme=frame.theme())
            with line[3]:
                frame.picture(strip, f"margin-{k}-{stance.player}", padding=0)
        thinnest = " :yellow-badge[thinnest]" if stance.player == account.weakest else ""
        line[4].markdown(other + thinnest)


def _mark(found: cp.Findings, k: int) -> None:
    """Show how this outcome was checked."""
    cells = tables.verification(found).rows[k]
    solution = found.solution
    with st.popover(
        f"Checked: largest gain from changing alone is {cells[2]}",
        icon=":material/verified:",
        type="tertiary",
    ):
        st.markdown(
            "What every player would gain by every other choice was recomputed from the payoffs, "
            f"apart from the search: at most **{plain(cells[2])}** (*regret*). This outcome is "
            f"{plain(cells[1])}."
        )
        st.markdown(plain(solution.reason))
        if solution.method:
            st.caption(f"Method: {plain(solution.method)}")
