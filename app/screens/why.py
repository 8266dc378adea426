"""Why: what each player would lose by switching, and the game around any outcome."""

import streamlit as st

import choices
import frame
from counterplay.report import figures
from text import plain

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
        return f"{number}: mixed"
    regime, _ = kinds[0]
    return f"{number}: {plain(regime.label)}" if regime else number


def stays() -> tuple[int, ...] | None:
    """Show for one player of one equilibrium why it stays; return its profile if it is firm."""
    left, right = frame.side_by_side()
    with left:
        outcomes = [str(number) for number in range(1, len(found.accounts) + 1)]
        outcome = "1"
        if len(outcomes) > 1:
            outcome = choices.pills("Outcome", "why-outcome", outcomes, "1", outcome_title)
        account = found.accounts[int(outcome) - 1]
        if len(outcomes) > 1:
            st.caption(plain(account.headline))
        player = choices.pills("Player", "why-player", names, names[0], mark)
        position = names.index(player)
        labels = {option.id: option.label for option in scenario.players[position].options}
        st.markdown(plain(account.sentences[position]))
        options = [deviation.option for deviation in account.stances[position].deviations]
        if not options:
            return account.equilibrium.profile
        option = choices.radio(
            "What if it chose instead",
            "why-option",
            options,
            options[0],
            lambda option: plain(labels[option]),
        )
    with right:
        strategies = account.equilibrium.strategies
        frame.figure(
            lambda: figures.deviation_waterfall(
                found, strategies, player, option, theme=frame.theme()
            ),
            "deviation",
        )
    return account.equilibrium.profile


def chosen_profile(first: tuple[int, ...] | None) -> tuple[int, ...]:
    """Let the user choose what every player does: by default the outcome above, if it is firm."""
    profile = []
    for position, player in enumerate(scenario.players):
        labels = {option.id: option.label for option in player.options}
        options = list(labels)
        start = (
            options[first[position]] if first else scenario.status_quo.get(player.id, options[0])
        )
        chosen = choices.dropdown(
            mark(player.id), f"at-{player.id}", options, start, labels.__getitem__
        )
        profile.append(options.index(chosen))
    return tuple(profile)


def axes() -> tuple[str, str]:
    """Let the user choose whose options make the rows and columns of the table."""
    if len(names) == 2:
        return names[0], names[1]
    row = choices.dropdown("Rows", "table-rows", names, names[0], shorts.__getitem__)
    others = [name for name in names if name != row]
    start = names[2] if row == names[0] else others[0]
    return row, choices.dropdown("Columns", "table-columns", others, start, shorts.__getitem__)


st.header("Why each player stays", anchor=False)
st.caption(
    "Payoffs are judgements on each player's own scale; they do not compare between players."
)
explained = stays() if found.accounts else None
if not found.accounts:
    st.markdown("No stable outcome was found, so there is nothing to explain here.")
st.divider()
st.header("The game around an outcome", anchor=False)
st.caption("Choose what every player does. The table moves two players and holds the others.")
left, right = frame.side_by_side()
with left:
    profile = chosen_profile(explained)
    row, column = axes()
with right:
    fixed = {
        player.id: player.options[at].id
        for player, at in zip(scenario.players, profile, strict=True)
    }
    frame.figure(lambda: figures.pager(found, row, column, fixed, theme=frame.theme()), "pager")
st.subheader("What it pays", anchor=False)
paid = choices.pills("Payoff of", "paid-player", names, names[0], mark)
frame.figure(lambda: figures.payoff_waterfall(found, profile, paid, theme=frame.theme()), "payoff")
frame.closing(found)
