"""The answer: equilibrium cards, what would change them first, and what to read with care."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import streamlit as st

import choices
import counterplay as cp
import frame
import link
import shelf
import state
from counterplay.report import figures, tables
from drawn import drawn_once
from sharing import saved, shared
from text import plain
from words import say

_STRIP = (2.2, 3.4, 1.1, 2.6, 3.4)
_MAX_BREAKS = 6
_MAX_CAVEATS = 3
_MAX_INPUTS = 2


def answer(found: cp.Findings) -> None:
    """Show the equilibria: words first, then who does what and what it rests on."""
    with st.container(border=True, key="answer"):
        with st.container(horizontal=True, vertical_alignment="center"):
            badges(found)
            st.space("stretch")
            _link(found)
        st.header(headline(found), anchor=False)
        if found.solution.completeness == "unproved":
            st.caption(plain(found.solution.reason))
        for k in range(len(found.accounts)):
            if k > 0:
                _folded_outcome(found, k)
            else:
                if len(found.accounts) > 1:
                    st.markdown(numbered_headline(found, 0))
                _outcome(found, 0)
        if found.solution.regions:
            _sets(found)
        hidden = len(found.solution.equilibria) - len(found.accounts)
        if hidden > 0:
            st.caption(say("answer.more", number=hidden))
        if len(found.accounts) > 1:
            with st.expander(say("answer.comparison")):
                st.markdown("\n".join(f"- {plain(words)}" for words in found.comparison.words))
                frame.table(tables.payoffs(found))
        st.caption(say("answer.not-a-forecast"))


def just_changed(found: cp.Findings) -> None:
    """Say what the last move changed; the line is always there, so that nothing jumps."""
    before = state.findings_before()
    changed = None if before is None else cp.what_changed(before, found)
    if changed is None or not changed.inputs:
        st.caption(say("changed.nothing"))
        return
    inputs = "; ".join(map(plain, changed.inputs[:_MAX_INPUTS]))
    if len(changed.inputs) > _MAX_INPUTS:
        hidden = len(changed.inputs) - _MAX_INPUTS
        inputs = say("changed.more-inputs", inputs=inputs, number=hidden)
    st.caption(say("changed.just", inputs=inputs, words=plain(changed.words)))


def first_breaks(found: cp.Findings) -> None:
    """Say which assumption, moved alone, breaks the first outcome first."""
    if not found.scenario.parameters:
        return
    st.subheader(say("breaks.title"), anchor=False)
    nearest = found.breaks[0][:_MAX_BREAKS] if found.breaks else ()
    if not nearest:
        firm = bool(found.accounts) and found.accounts[0].equilibrium.profile is not None
        st.markdown(say("breaks.none-found" if firm else "breaks.mixed"))
        return
    twin = tables.breaks(found, 0)
    lines = [
        say(
            "breaks.line",
            name=plain(name),
            breaks=plain(breaks),
            now=plain(now),
            leaver=plain(leaver),
        )
        for name, now, breaks, _, leaver in twin.rows[:_MAX_BREAKS]
    ]
    st.markdown("\n".join(lines))
    with st.expander(say("common.all-of-them")):
        frame.table(twin)


def caveats(found: cp.Findings) -> None:
    """List what the numbers do not carry, first what follows from these values."""
    if not found.caveats:
        return
    written = {caveat.text for caveat in found.scenario.caveats}
    computed = [text for text in found.caveats if text not in written]
    st.subheader(say("care.title"), anchor=False)
    if computed:
        st.markdown("\n".join(f"- {plain(text)}" for text in computed[:_MAX_CAVEATS]))
    others = [*computed[_MAX_CAVEATS:], *(text for text in found.caveats if text in written)]
    if others:
        with st.expander(say("care.left-out")):
            st.markdown("\n".join(f"- {plain(text)}" for text in others))


def headline(found: cp.Findings) -> str:
    """Say what is stable in a sentence, as Markdown."""
    accounts = found.accounts
    if not accounts:
        return say("answer.none")
    if found.solution.completeness == "continuum":
        return say("answer.range")
    if len(accounts) == 1:
        told = plain(accounts[0].headline)
        unproved = found.solution.completeness == "unproved"
        return say("answer.at-least", headline=told) if unproved else told
    return say("answer.several", number=found.title.partition(" ")[0])


def _sets(found: cp.Findings) -> None:
    for k, region in enumerate(found.solution.regions[: tables.REGIONS_SHOWN]):
        with st.expander(say("answer.set", number=k + 1), expanded=k == 0):
            frame.table(tables.region_table(found, k))
            st.markdown(
                "\n".join(f"- {plain(words)}" for words in tables.region_words(found, region))
            )


def badges(found: cp.Findings) -> None:
    """Show how many outcomes are stable, and what is proved of the list."""
    single = len(found.solution.equilibria) == 1
    firm = any(account.equilibrium.profile for account in found.accounts)
    st.badge(
        found.title if firm or not found.accounts else say("answer.no-firm"),
        color="gray" if single and firm else "yellow",
        help=say("answer.terms"),
    )
    frame.completeness_badge(found.solution.completeness, found.solution.reason)


def _link(found: cp.Findings) -> None:
    url, chosen = st.context.url, state.inputs()
    if url:
        with st.popover(say("answer.link"), icon=":material/link:", type="tertiary"):
            st.caption(
                say("answer.link-own" if shelf.is_own(chosen.model) else "answer.link-help")
            )
            query = urlencode(link.written(chosen))
            address = urlsplit(url)._replace(query=query)
            st.code(address.geturl(), language=None, wrap_lines=True)
            st.download_button(
                say("answer.save-screen"),
                saved.written(chosen, shelf.own().get(chosen.model)),
                file_name=f"{found.scenario.id}-{found.digest}.json",
                mime="application/json",
                key="save-screen",
                icon=":material/download:",
                on_click="ignore",
            )
            if shared.is_on():
                st.page_link("screens/choose.py", label=say("shared.save-there"))


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
            say("answer.tied") if stance.margin == 0 else say("answer.ahead", points=plain(loses))
        )
        thin = say("answer.thin") if stance.thin and stance.margin else ""
        st.markdown(say("answer.weakest", name=plain(name), lead=lead, thin=thin))
    if account.equilibrium.profile is None:
        frame.figure(lambda: figures.probabilities(found, k, theme=frame.theme()), f"shares-{k}")
    _mark(found, k)


def numbered_headline(found: cp.Findings, k: int) -> str:
    """Say who does what in one of several outcomes, as Markdown."""
    told = plain(found.accounts[k].headline)
    return say("answer.numbered", number=k + 1, headline=told)


def _folded_outcome(found: cp.Findings, k: int) -> None:
    """Show a further outcome; its charts are drawn only once it is opened."""
    with choices.folder(numbered_headline(found, k), f"open-{k + 1}") as is_open:
        if is_open:
            _outcome(found, k)


def _kinds(found: cp.Findings, k: int) -> None:
    if found.scenario.regimes:
        outcomes = found.accounts[k].outcomes
        named = [
            plain(regime.label) if regime else say("answer.unnamed") for regime, _ in outcomes
        ]
        entry = "answer.kind" if len(named) == 1 else "answer.kinds"
        st.caption(say(entry, kinds="; ".join(named)))


def _strips(found: cp.Findings, k: int) -> None:
    """Show one line a player: choice, payoff, what switching would cost, the next best."""
    heads = ("answer.chooses", "answer.payoff", "answer.loses", "answer.next-best")
    for column, head in zip(st.columns(_STRIP, gap="small")[1:], heads, strict=True):
        column.caption(say(head))
    account = found.accounts[k]
    for stance, cells in zip(account.stances, tables.stances(found, k).rows, strict=True):
        line = st.columns(_STRIP, vertical_alignment="center", gap="small")
        _, chosen, payoff, loses, other = map(plain, cells)
        line[0].markdown(choices.player_mark(found.scenario, stance.player))
        line[1].markdown(chosen)
        line[2].markdown(payoff)
        if stance.mixes or stance.margin is None:
            line[3].markdown(loses, help=say("answer.indifferent") if stance.mixes else None)
        else:
            with line[3]:
                margin(found, k, stance.player, f"margin-{k}-{stance.player}")
        is_weakest = stance.player == account.weakest
        thinnest = f" :yellow-badge[{say('answer.thinnest')}]" if is_weakest else ""
        line[4].markdown(other + thinnest)


def margin(found: cp.Findings, k: int, player: str, name: str) -> None:
    """Show what switching would cost a player, as a small bar."""
    theme = frame.theme()
    strip = drawn_once(
        ("margin", found.digest, k, player, theme),
        lambda: figures.margin_strip(found, k, player, theme=theme),
    )
    frame.picture(strip, name, padding=0)


def _mark(found: cp.Findings, k: int) -> None:
    """Show how this outcome was checked."""
    cells = tables.verification(found).rows[k]
    solution = found.solution
    with st.popover(
        say("proof.checked", regret=cells[2]),
        icon=":material/verified:",
        type="tertiary",
    ):
        st.markdown(say("proof.regret", regret=plain(cells[2]), strictness=plain(cells[1])))
        st.markdown(plain(solution.reason))
        if solution.method:
            st.caption(say("proof.method", method=plain(solution.method)))
