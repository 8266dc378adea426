"""Why: what each player would lose by switching, and the game around any outcome."""

import streamlit as st

import cards
import controls
from counterplay.report import figures
from text import plain, shortened

found = cards.opening()
scenario = found.scenario
names = [player.id for player in scenario.players]
shorts = {player.id: player.name for player in scenario.players}


def mark(player: str) -> str:
    """Return a player's glyph and name."""
    return controls.player_mark(scenario, player)


def outcome_title(number: str) -> str:
    """Return an outcome's number and first words."""
    return f"{number}: {shortened(found.accounts[int(number) - 1].headline, 90)}"


def stays() -> None:
    """Show for one player of one equilibrium why it stays."""
    left, right = cards.side_by_side()
    with left:
        outcomes = [str(number) for number in range(1, len(found.accounts) + 1)]
        outcome = "1"
        if len(outcomes) > 1:
            outcome = controls.dropdown("Outcome", "why-outcome", outcomes, "1", outcome_title)
        account = found.accounts[int(outcome) - 1]
        player = controls.pills("Player", "why-player", names, names[0], mark)
        position = names.index(player)
        labels = {option.id: option.label for option in scenario.players[position].options}
        st.markdown(plain(account.sentences[position]))
        options = [deviation.option for deviation in account.stances[position].deviations]
        if not options:
            return
        option = controls.radio(
            "What if it chose instead",
            "why-option",
            options,
            options[0],
            lambda option: plain(labels[option]),
        )
    with right:
        strategies = account.equilibrium.strategies
        cards.figure(
            lambda: figures.deviation_waterfall(
                found, strategies, player, option, theme=cards.theme()
            ),
            "deviation",
        )


def chosen_profile() -> tuple[int, ...]:
    """Let the user choose what every player does: by default the first firm outcome."""
    firm = [account.equilibrium.profile for account in found.accounts]
    first = next((profile for profile in firm if profile is not None), None)
    profile = []
    for position, player in enumerate(scenario.players):
        labels = {option.id: option.label for option in player.options}
        options = list(labels)
        start = (
            options[first[position]] if first else scenario.status_quo.get(player.id, options[0])
        )
        chosen = controls.dropdown(
            mark(player.id), f"at-{player.id}", options, start, labels.__getitem__
        )
        profile.append(options.index(chosen))
    return tuple(profile)


def axes() -> tuple[str, str]:
    """Let the user choose whose options make the rows and columns of the table."""
    if len(names) == 2:
        return names[0], names[1]
    row = controls.dropdown("Rows", "table-rows", names, names[0], shorts.__getitem__)
    others = [name for name in names if name != row]
    start = names[2] if row == names[0] else others[0]
    return row, controls.dropdown("Columns", "table-columns", others, start, shorts.__getitem__)


st.header("Why each player stays", anchor=False)
st.caption(
    "Payoffs are judgements on each player's own scale; they do not compare between players."
)
if found.accounts:
    stays()
else:
    st.markdown("No stable outcome was found, so there is nothing to explain here.")
st.divider()
st.header("The game around an outcome", anchor=False)
st.caption("Choose what every player does. The table moves two players and holds the others.")
left, right = cards.side_by_side()
with left:
    profile = chosen_profile()
    row, column = axes()
with right:
    fixed = {
        player.id: player.options[at].id
        for player, at in zip(scenario.players, profile, strict=True)
    }
    cards.figure(lambda: figures.pager(found, row, column, fixed, theme=cards.theme()), "pager")
st.subheader("What it pays", anchor=False)
paid = controls.pills("Payoff of", "paid-player", names, names[0], mark)
cards.figure(lambda: figures.payoff_waterfall(found, profile, paid, theme=cards.theme()), "payoff")
cards.closing(found)
