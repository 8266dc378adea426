"""Forms that add entries by their words: players with their options, assumptions, reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

import counterplay as cp
from editor import details, drafts, fields, inputs
from words import say

_LONGEST_LIST = 8_000
_LONGEST = 400


def players() -> None:
    """Add players with their options, one player a line."""
    with st.form("add-players", clear_on_submit=True):
        st.markdown(f"**{say('model.add-players')}**")
        st.text_area(
            say("model.add-players-help"),
            key="new-players",
            placeholder=say("model.add-players-hint"),
            height=110,
            max_chars=_LONGEST_LIST,
        )
        st.form_submit_button(say("model.add"), key="submit-players", on_click=_take_players)


def parameters() -> None:
    """Add an assumption: a number with its range."""
    with st.form("add-parameter", clear_on_submit=True):
        st.markdown(f"**{say('model.add-parameter')}**")
        st.text_input(fields.label_of("label"), key="new-parameter-label", max_chars=_LONGEST)
        for column, field in zip(st.columns(3), ("default", "low", "high"), strict=True):
            column.text_input(fields.label_of(field), key=f"new-parameter-{field}", max_chars=40)
        st.form_submit_button(say("model.add"), key="submit-parameter", on_click=_take_parameter)


def terms() -> None:
    """Add a reason: what a player gets or loses, and when."""
    draft = drafts.current()
    names = fields.players_of(draft)
    if not names:
        st.caption(say("model.players-first"))
        return
    with st.form("add-term", clear_on_submit=True):
        st.markdown(f"**{say('model.add-term')}**")
        who, reason, points = st.columns((1, 2, 1))
        who.selectbox(
            fields.label_of("player"),
            list(names),
            key="new-term-player",
            format_func=names.__getitem__,
        )
        reason.text_input(fields.label_of("label"), key="new-term-label", max_chars=_LONGEST)
        points.text_input(
            fields.label_of("value"),
            key="new-term-value",
            max_chars=500,
            help=fields.help_of("value"),
        )
        layout = st.grid(2, min_column_width=260, gap=("medium", "small"))
        for player, options in details.options_by_player(draft).items():
            with layout.cell():
                label = say("model.when", name=names[player])
                inputs.options(label, options, f"new-term-when-{player}")
        st.caption(say("model.when-none"))
        st.form_submit_button(
            say("model.add"), key="submit-term", on_click=_take_term, args=(list(names),)
        )


def players_from(text: str) -> list[tuple[str, list[str]]]:
    """Return players and options that were typed as ``player: option, option``, one a line.

    Examples
    --------
    >>> players_from("Seoul: wait, send arms\\n\\n Moscow :pay")
    [('Seoul', ['wait', 'send arms']), ('Moscow', ['pay'])]
    """
    found = []
    for line in text.splitlines():
        name, _, listed = line.partition(":")
        options = [option.strip() for option in listed.split(",")]
        if name.strip():
            found.append((name.strip(), [option for option in options if option]))
    return found


def _take_players() -> None:
    given = players_from(st.session_state["new-players"])
    drafts.take(lambda draft: _with_players(draft, given))


def _with_players(draft: cp.Draft, given: Sequence[tuple[str, Sequence[str]]]) -> cp.Draft:
    taken = {row["id"] for row in cp.entry_rows(draft, "players")}
    for label, options in given:
        entry: dict[str, object] = {"id": fields.id_for(label, taken), "label": label}
        taken.add(str(entry["id"]))
        if options:
            entry["options"] = _options(options)
        draft = cp.add_entry(draft, "players", entry)
    return draft


def _options(labels: Sequence[str]) -> list[Mapping[str, str]]:
    options: list[Mapping[str, str]] = []
    for number, label in enumerate(labels, 1):
        name = fields.id_for(label, [option["id"] for option in options]) or f"option_{number}"
        options.append({"id": name, "label": label})
    return options


def _take_parameter() -> None:
    given = {
        field: st.session_state[f"new-parameter-{field}"].strip()
        for field in ("label", "default", "low", "high")
    }
    if any(given.values()):
        drafts.take(lambda draft: _with_row(draft, "parameters", given))


def _take_term(players: Sequence[str]) -> None:
    given = {
        field: st.session_state[f"new-term-{field}"].strip()
        for field in ("player", "label", "value")
    }
    when = {player: list(st.session_state[f"new-term-when-{player}"]) for player in players}
    chosen = {player: options for player, options in when.items() if options}

    def edit(draft: cp.Draft) -> cp.Draft:
        count = len(cp.entry_rows(draft, "terms"))
        new = _with_row(draft, "terms", given)
        return cp.set_field(new, ("terms", count, "when"), chosen) if chosen else new

    if given["label"] or given["value"]:
        drafts.take(edit)


def _with_row(draft: cp.Draft, section: str, row: Mapping[str, str]) -> cp.Draft:
    """Return a draft with one more row, whose id is made of its label."""
    kinds = ("parameters", "constants", "derived") if section == "parameters" else (section,)
    taken = {held["id"] for kind in kinds for held in cp.entry_rows(draft, kind)}
    own = f"{row['player']}." if section == "terms" else ""
    name = fields.id_for(row["label"], [one.removeprefix(own) for one in taken])
    new = {**row, "id": own + name if name else ""}
    return cp.with_entry_rows(draft, section, [*cp.entry_rows(draft, section), new])
