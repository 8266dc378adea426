"""What pages show of findings: the answer in words, equilibrium cards, figures, tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, TypeVar
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import controls
import counterplay as cp
import state
from counterplay.report import figures, tables
from text import plain

Built = TypeVar("Built")

_STRIP = (2.2, 3.4, 1.1, 2.6, 3.4)
_COUNTS = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight", 9: "Nine"}
_MAX_BREAKS = 6
_MAX_FLIPS = 4
_MAX_CAVEATS = 3


def theme() -> Literal["light", "dark"]:
    """Return the theme of the browser."""
    return "dark" if st.context.theme.type == "dark" else "light"


def opening() -> cp.Findings:
    """Show what every page begins with, and return the findings; stop at a fault."""
    if state.inputs().notice:
        st.warning(plain(state.inputs().notice), icon=":material/link_off:")
    heading = st.container(horizontal=True, vertical_alignment="center")
    with heading:
        controls.model_choice()
    found = attempt("Cannot solve this", state.findings)
    scenario = found.scenario
    presets = {preset.id: preset.label for preset in scenario.presets}
    moved = f"{len(found.moved)} moved" if found.moved else "at the defaults"
    setting = presets[found.preset] if found.preset else moved
    facts = [
        scenario.as_of and f"as of {scenario.as_of}",
        setting if scenario.parameters else None,
        scenario.marking,
    ]
    heading.caption(" · ".join(plain(fact) for fact in facts if fact))
    return found


def attempt(what: str, build: Callable[[], Built]) -> Built:
    """Return what `build` gives; where the engine refuses, show its words and stop the page."""
    try:
        return build()
    except cp.CounterplayError as error:
        reasons = "  \n".join(map(plain, str(error).splitlines()))
        st.error(f"**{what}.** {reasons}")
        if state.inputs().moved:
            st.button("Reset", key="reset-fault", on_click=state.reset)
        st.stop()


def side_by_side() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Return a narrow and a wide place, below each other where the window is narrow."""
    layout = st.grid(5, min_column_width=200, gap=("medium", "medium"))
    return layout.cell(column_span=2), layout.cell(column_span=3)


def closing(found: cp.Findings) -> None:
    """Show what every page ends with: which inputs the page has solved."""
    with st.container(key="digest"):
        st.caption(
            f"digest {found.digest}",
            help="Short hash of the scenario and every value. "
            "Equal digests mean that the same inputs were solved.",
        )


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
                if len(found.accounts) > 1 or found.accounts[0].equilibrium.profile is None:
                    st.markdown(_numbered_headline(found, 0))
                _outcome(found, 0)
        if found.solution.regions:
            st.caption(f"Besides, outcomes form connected ranges: {len(found.solution.regions)}.")
        hidden = len(found.solution.equilibria) - len(found.accounts)
        if hidden > 0:
            st.caption(f"{hidden} more outcomes are in the report.")
        if len(found.accounts) > 1:
            with st.expander("How the outcomes compare"):
                st.markdown("\n".join(f"- {plain(words)}" for words in found.comparison.words))
                table(tables.payoffs(found))
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
            "No single assumption within its range breaks this outcome."
            if firm
            else "Shares of a mixed outcome shift with every assumption; no one point breaks it."
        )
        return
    twin = tables.breaks(found, 0)
    lines = [
        f"- {plain(name)} **{plain(breaks)}** (now {plain(now)}): {plain(leaver)}"
        for name, now, breaks, _, leaver in twin.rows[:_MAX_BREAKS]
    ]
    st.markdown("\n".join(lines))
    with st.expander("All of them"):
        table(twin)


def sentence(found: cp.Findings, profile: Sequence[int]) -> str:
    """Say who does what in a pure profile."""
    clauses = []
    for player, position in zip(found.scenario.players, profile, strict=True):
        option = player.options[position]
        clauses.append(f"{player.name} {option.clause or f'plays “{option.label}”'}")
    return "; ".join(clauses) + "."


def bloc_badges(view: cp.BlocView) -> None:
    """Show how many firm outcomes two blocs have, and what is known about the list."""
    number = len(view.profiles)
    with st.container(horizontal=True):
        label = {0: "No settled choice", 1: "One firm outcome"}.get(
            number, f"{number} firm outcomes"
        )
        st.badge(label, color="gray" if number == 1 else "yellow")
        _completeness(view.solution.completeness, view.solution.reason)


def flips(found: cp.Findings, view: cp.BlocView, weights: Mapping[str, float]) -> None:
    """Say at which weights of a member the outcomes between two blocs change."""
    if not view.flips:
        st.markdown("No weight of a single member changes what is stable.")
        return
    nearest = sorted(view.flips, key=lambda flip: abs(flip.weight - weights[flip.player]))
    lines = []
    for flip in nearest[:_MAX_FLIPS]:
        name, now = found.scenario.player(flip.player).name, weights[flip.player]
        rises = flip.weight >= now
        before, after = (flip.below, flip.above) if rises else (flip.above, flip.below)
        lines.append(
            f"- Weight of {plain(name)} **{'above' if rises else 'below'} {flip.weight:.3g}** "
            f"(now {now:g}): {plain(_difference(found, before, after))}"
        )
    st.markdown("\n".join(lines))
    rows = [
        (
            found.scenario.player(flip.player).name,
            f"{flip.weight:.3g}",
            tables.profiles_text(found, flip.below),
            tables.profiles_text(found, flip.above),
        )
        for flip in view.flips
    ]
    columns = ("Member", "Weight", "Chosen below it", "Chosen above it")
    with st.expander("All of them"):
        table(tables.Table("Flips", columns, tuple(rows), (False, True, False, False)))


def caveats(found: cp.Findings) -> None:
    """List what the numbers do not carry, first what follows from these values."""
    if not found.caveats:
        return
    written = {caveat.text for caveat in found.scenario.caveats}
    computed = [text for text in found.caveats if text not in written]
    st.subheader("Read with care", anchor=False)
    st.markdown("\n".join(f"- {plain(text)}" for text in computed[:_MAX_CAVEATS]))
    others = [*computed[_MAX_CAVEATS:], *(text for text in found.caveats if text in written)]
    if others:
        with st.expander("What the model leaves out"):
            st.markdown("\n".join(f"- {plain(text)}" for text in others))


def figure(build: Callable[[], figures.Figure], name: str) -> None:
    """Show a figure: its finding, what was held fixed, the picture, and the same as a table."""
    shown = attempt("Cannot draw this", build)
    st.markdown(f"**{plain(shown.title)}**")
    st.caption(plain(shown.caption))
    _picture(shown, name, padding=4)
    with st.expander("The same as a table"):
        table(shown.table)


def table(shown: tables.Table) -> None:
    """Show a table of text."""
    heads: list[str] = []
    for number, head in enumerate(shown.columns):
        repeated = head in shown.columns[:number]
        heads.append(plain(head) + "\u200b" * number if repeated or not head else plain(head))
    columns = [[plain(row[number]) for row in shown.rows] for number in range(len(shown.columns))]
    st.table(dict(zip(heads, columns, strict=True)), hide_index=True, border="horizontal")


def _picture(shown: figures.Figure, name: str, padding: int) -> None:
    # Without these Streamlit squeezes axes and labels into the plot's width and adds a gap below;
    # st.altair_chart would check every chart against its schema, a third of a slider's delay.
    sides = dict.fromkeys(("left", "top", "right", "bottom"), padding)
    spec = {**shown.chart.to_dict(validate=False), "autosize": "pad", "padding": sides}
    st.vega_lite_chart(spec=spec, theme=None, width="content", key=name, alt=shown.alt)


def _headline(found: cp.Findings) -> str:
    accounts, firm = found.accounts, [a for a in found.accounts if a.equilibrium.profile]
    if not accounts:
        return "No stable outcome was found."
    if found.solution.completeness == "continuum":
        return "One choice can be traded for another at no cost; outcomes form a range."
    if not firm:
        return "Nobody has one settled choice here."
    if len(accounts) == 1:
        start = "At least this outcome: " if found.solution.completeness == "unproved" else ""
        return start + plain(accounts[0].headline)
    number = len(found.solution.equilibria)
    return f"{_COUNTS.get(number, number)} outcomes can hold; the model does not say which."


def _badges(found: cp.Findings) -> None:
    single = len(found.solution.equilibria) == 1
    firm = any(account.equilibrium.profile for account in found.accounts)
    st.badge(
        found.title if firm or not found.accounts else "No settled choice",
        color="gray" if single and firm else "yellow",
        help="In the terms of game theory: Nash equilibria. Nobody gains by changing alone.",
    )
    _completeness(found.solution.completeness, found.solution.reason)


def _firm(number: int) -> str:
    return {0: "no firm outcome", 1: "one firm outcome"}.get(number, f"{number} firm outcomes")


def _difference(
    found: cp.Findings, before: Sequence[Sequence[int]], after: Sequence[Sequence[int]]
) -> str:
    """Say what one player after another would then choose differently."""
    if not after:
        return "no outcome is left."
    changes = []
    for position, player in enumerate(found.scenario.players):
        old, new = ({profile[position] for profile in side} for side in (before, after))
        if old != new:
            labels = [f"“{player.options[at].label}”" for at in sorted(new)]
            changes.append(f"{player.name} chooses {' or '.join(labels)}")
    return f"{'; '.join(changes) or 'other combinations of the same choices'}."


def _completeness(completeness: str, reason: str) -> None:
    words: dict[str, tuple[str, str, Literal["gray", "yellow"]]] = {
        "proved": ("Checked: complete list", ":material/verified:", "gray"),
        "continuum": ("Checked: a range of outcomes", ":material/verified:", "gray"),
        "unproved": ("Not proved complete", ":material/help:", "yellow"),
    }
    label, icon, colour = words[completeness]
    st.badge(label, icon=icon, color=colour, help=plain(reason))


def _link() -> None:
    url = st.context.url
    if url:
        with st.popover("Link", icon=":material/link:", type="tertiary"):
            st.caption("This address shows the same screen again.")
            query = urlencode(state.written(state.inputs()))
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
        st.markdown(
            f"**Weakest link: {plain(name)}.** Its choice pays {plain(loses)} points more than "
            f"the next best, on its own scale{'; this margin is thin' if stance.thin else ''}."
        )
    if account.equilibrium.profile is None:
        figure(lambda: figures.probabilities(found, k, theme=theme()), f"shares-{k}")
    _mark(found, k)


def _numbered_headline(found: cp.Findings, k: int) -> str:
    return f"**Outcome {k + 1}.** {plain(found.accounts[k].headline)}"


def _folded_outcome(found: cp.Findings, k: int) -> None:
    """Show a further outcome; its charts are drawn only once it is opened."""
    with controls.folder(_numbered_headline(found, k), f"open-{k + 1}") as is_open:
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
        line[0].markdown(controls.player_mark(found.scenario, stance.player))
        line[1].markdown(chosen)
        line[2].markdown(payoff)
        if stance.mixes or stance.margin is None:
            line[3].markdown(
                loses, help="Exactly indifferent between its choices." if stance.mixes else None
            )
        else:
            strip = figures.margin_strip(found, k, stance.player, theme=theme())
            with line[3]:
                _picture(strip, f"margin-{k}-{stance.player}", padding=0)
        thinnest = " :yellow-badge[thinnest]" if stance.player == account.weakest else ""
        line[4].markdown(other + thinnest)


def _mark(found: cp.Findings, k: int) -> None:
    """Show how this outcome was checked."""
    cells = tables.verification(found).rows[k]
    solution: Any = found.solution
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
