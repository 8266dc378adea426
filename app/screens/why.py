"""Why: what each player would lose by switching, and the game around any outcome."""

import streamlit as st

import around
import choices
import frame
import terms
from counterplay.report import figures
from text import plain
from words import say

found = frame.opening()
scenario = found.scenario
names = [player.id for player in scenario.players]
shorts = {player.id: player.name for player in scenario.players}


def mark(player: str) -> str:
    """Return a player's glyph and name."""
    return choices.player_mark(scenario, player)


def outcome_title(number: str) -> str:
    """Return an outcome's number and kind."""
    kinds = found.accounts[int(number) - 1].outcomes
    if len(kinds) > 1:
        return say("why.outcome-mixed", number=number)
    regime, _ = kinds[0]
    return say("why.outcome-kind", number=number, kind=plain(regime.label)) if regime else number


def stays() -> None:
    """Show for one player of one equilibrium why it stays."""
    left, right = frame.side_by_side()
    with left:
        outcomes = [str(number) for number in range(1, len(found.accounts) + 1)]
        outcome = "1"
        if len(outcomes) > 1:
            outcome = choices.pills(
                say("why.outcome"), "why-outcome", outcomes, "1", outcome_title
            )
        account = found.accounts[int(outcome) - 1]
        if len(outcomes) > 1:
            st.caption(plain(account.headline))
        player = choices.pills(say("why.player"), "why-player", names, names[0], mark)
        position = names.index(player)
        st.markdown(plain(account.sentences[position]))
        changes = terms.changes(account.stances[position].deviations)
        if not changes:
            return
        option = terms.switch(found, player, "why-option", changes, next(iter(changes)))
    with right:
        terms.change(found, account.equilibrium.strategies, player, option, "deviation")


def axes() -> tuple[str, str]:
    """Let the user choose whose options make the rows and columns of the table."""
    if len(names) == 2:
        return names[0], names[1]
    row = choices.dropdown(say("why.rows"), "table-rows", names, names[0], shorts.__getitem__)
    others = [name for name in names if name != row]
    start = names[2] if row == names[0] else others[0]
    columns = say("why.columns")
    return row, choices.dropdown(columns, "table-columns", others, start, shorts.__getitem__)


def holds() -> None:
    """Show why outcomes hold, and the game around any combination of choices."""
    st.header(say("why.stays"), anchor=False)
    st.caption(say("why.scales"))
    if found.accounts:
        stays()
    else:
        st.markdown(say("why.nothing"))
    st.divider()
    st.header(say("why.around"), anchor=False)
    st.caption(say("why.around-how"))
    left, right = frame.side_by_side()
    with left:
        told = around.chosen(found)
        row, column = axes()
    with right:
        fixed = {stance.player: stance.plays[0][0] for stance in told.stances}
        frame.figure(
            lambda: figures.pager(found, row, column, fixed, theme=frame.theme()), "pager"
        )
    st.subheader(say("why.pays"), anchor=False)
    terms.payoffs(found, told)


def moves() -> None:
    """Show who would move where from every combination, and explain one of them."""
    st.header(say("why.moves"), anchor=False)
    around.graph(found)
    left, right = frame.side_by_side()
    with left:
        told = around.chosen(found)
    with right:
        around.account(told, found)


tab, place = choices.open_tab(
    "why-tab", ("holds", "moves"), "holds", lambda t: say(f"why.tab-{t}")
)
with place:
    if tab == "moves":
        moves()
    else:
        holds()
frame.closing(found)
