"""Why: what each player would lose by switching, and the game around any outcome."""

import streamlit as st

import cards
import controls
from counterplay.report import figures
from text import plain, shortened


def stays() -> None:
    """Show for one player of one equilibrium why it stays."""
    st.header("Why each player stays", anchor=False)
    if not found.accounts:
        st.markdown("No stable outcome was found, so there is nothing to explain here.")
        return
    left, right = st.columns([5, 7], gap="large")
    with left:
        outcomes = [str(number) for number in range(1, len(found.accounts) + 1)]
        outcome = "1"
        if len(outcomes) > 1:
            outcome = controls.dropdown("Outcome", "why-outcome", outcomes, "1", outcome_title)
        account = found.accounts[int(outcome) - 1]
        names = [player.id for player in scenario.players]
        player = controls.pills("Player", "why-player", names, names[0], mark)
        position = names.index(player)
        stance = account.stances[position]
        labels = {option.id: option.label for option in scenario.players[position].options}
        st.markdown(plain(account.sentences[position]))
        options = [deviation.option for deviation in stance.deviations]
        option = options[0] if options else ""
        if options:
            option = controls.radio(
                "What if it chose instead",
                "why-option",
                options,
                option,
                lambda o: plain(labels[o]),
            )
    with right:
        if option:
            strategies = account.equilibrium.strategies
            cards.figure(
                lambda: figures.deviation_waterfall(
                    found, strategies, player, option, theme=cards.theme()
                ),
                "deviation",
            )


def around() -> None:
    """Show the payoff table around any outcome, and what one payoff consists of."""
    st.header("The game around an outcome", anchor=False)
    st.caption("Choose what every player does; the table moves two of them and holds the others.")
    shown = found.solution.equilibria[0].profile if found.solution.equilibria else None
    picks = st.grid("auto", min_column_width=230)
    profile: list[int] = []
    for position, player in enumerate(scenario.players):
        labels = {option.id: option.label for option in player.options}
        options = list(labels)
        start = (
            options[shown[position]] if shown else scenario.status_quo.get(player.id, options[0])
        )
        with picks.cell():
            label = controls.player_mark(scenario, player.id)
            chosen = controls.dropdown(
                label, f"at-{player.id}", options, start, labels.__getitem__
            )
        profile.append(options.index(chosen))
    left, right = st.columns([7, 5], gap="large")
    with left:
        table(profile)
    with right:
        names = [player.id for player in scenario.players]
        paid = controls.pills("What it pays to", "paid-player", names, names[0], mark)
        cards.figure(
            lambda: figures.payoff_waterfall(found, tuple(profile), paid, theme=cards.theme()),
            "payoff",
        )


def table(profile: list[int]) -> None:
    """Show the payoffs of two players, the others held at `profile`."""
    names = [player.id for player in scenario.players]
    shorts = {player.id: player.name for player in scenario.players}
    row, column = names[0], names[1]
    if len(names) > 2:
        first, second = st.columns(2)
        with first:
            row = controls.dropdown("Rows", "table-rows", names, row, shorts.__getitem__)
        others = [name for name in names if name != row]
        # Chosen to show what the focal player faces: by default the third player moves in columns.
        with second:
            column = controls.dropdown(
                "Columns", "table-columns", others, others[1], shorts.__getitem__
            )
    fixed = {
        player.id: player.options[at].id
        for player, at in zip(scenario.players, profile, strict=True)
        if player.id not in {row, column}
    }
    cards.figure(lambda: figures.pager(found, row, column, fixed, theme=cards.theme()), "pager")


def mark(player: str) -> str:
    """Return a player's glyph and name."""
    return controls.player_mark(scenario, player)


def outcome_title(number: str) -> str:
    """Return an outcome's number and first words."""
    return f"{number}: {shortened(found.accounts[int(number) - 1].headline, 90)}"


found = cards.opening()
scenario = found.scenario
st.caption(
    "Payoffs are judgements on each player's own scale; they are not comparable between players."
)
stays()
st.divider()
around()
cards.closing(found)
