"""One entry by itself: the fields that a table is too narrow for, its place, its removal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

import counterplay as cp
from editor import drafts, fields, inputs, messages
from editor.inputs import key_of
from text import shortened
from words import say

Row = Mapping[str, str]

_PLACES = "counterplay.places"
_TITLE = 80
_LONGEST = 4_000
_WIDE = frozenset({"when", "value", "set", "text", "claim"})
_ORDERED = frozenset(
    {"players", "options", "derived", "regimes", "presets", "terms", "parameters"}
)


def pane(section: str) -> None:
    """Let the user choose an entry of a kind, and edit what its table does not show."""
    draft = drafts.current()
    rows = cp.entry_rows(draft, section)
    if not rows or not fields.DETAILS[section]:
        return
    with st.container(border=True):
        number = _chosen(draft, section, rows)
        _moves(section, rows, number)
        layout = st.grid(2, min_column_width=260, gap=("medium", "small"))
        for field in fields.DETAILS[section]:
            with layout.cell(column_span=2 if field in _WIDE else 1):
                _detail(draft, section, number, field)


def _detail(draft: cp.Draft, section: str, number: int, field: str) -> None:
    """Show one field of an entry, with the faults that lie in it."""
    rows = cp.entry_rows(draft, section)
    if field == "when" and options_by_player(draft) and not _has_weights(draft, rows[number]):
        _choices(draft, section, number)
    else:
        _field(section, rows, number, field)
    with st.container():
        found = drafts.completeness(draft)
        messages.show_at_field(messages.at_field(rows[number]["place"], field, found))


def options_by_player(draft: cp.Draft) -> dict[str, dict[str, str]]:
    """Return the labels of the options by id, for each player."""
    options: dict[str, dict[str, str]] = {player: {} for player in fields.players_of(draft)}
    for row in cp.entry_rows(draft, "options"):
        if row["player"] in options and row["id"]:
            options[row["player"]][row["id"]] = row["label"] or row["id"]
    return options


def _chosen(draft: cp.Draft, section: str, rows: Sequence[Row]) -> int:
    """Return the entry to show, remembered by its place in the list."""
    number = min(_places().get(section, 0), len(rows) - 1)
    key = key_of(f"entry-{section}", number)
    owners = fields.players_of(draft)

    def words(number: int) -> str:
        title = shortened(fields.title_of(rows[number], number), _TITLE)
        owner = owners.get(rows[number].get("player", ""))
        return f"{owner}: {title}" if owner else title

    st.selectbox(
        say(f"model.one-{section}"),
        range(len(rows)),
        index=number,
        key=key,
        format_func=words,
        on_change=_choose,
        args=(section, key),
    )
    return number


def _choose(section: str, key: str) -> None:
    chosen = st.session_state[key]
    if isinstance(chosen, int):  # the browser sends the old words of an entry that was renamed
        _places()[section] = chosen


def _places() -> dict[str, int]:
    """Return the position of the entry that is shown, by kind."""
    places: dict[str, int] = st.session_state.setdefault(_PLACES, {})
    return places


def _moves(section: str, rows: Sequence[Row], number: int) -> None:
    place = rows[number]["place"]
    at = int(place.rpartition("[")[2].rstrip("]"))
    steps: list[tuple[str, Callable[[cp.Draft], cp.Draft], int]] = []
    if section in _ORDERED:
        steps.append(
            ("model.move-up", lambda draft: cp.move_entry(draft, place, at - 1), number - 1)
        )
        steps.append(
            ("model.move-down", lambda draft: cp.move_entry(draft, place, at + 1), number + 1)
        )
    steps.append(("model.remove", lambda draft: cp.remove_entry(draft, place), number))
    with st.container(horizontal=True):
        for entry, edit, after in steps:
            st.button(
                say(entry),
                key=f"{entry}-{section}",
                type="tertiary",
                disabled=entry == "model.move-up" and at == 0,
                on_click=_move,
                args=(section, edit, after),
            )


def _move(section: str, edit: drafts.Edit, after: int) -> None:
    count = len(cp.entry_rows(drafts.current(), section))
    if drafts.take(edit):
        _places()[section] = max(0, min(after, count - 1))


def _field(section: str, rows: Sequence[Row], number: int, field: str) -> None:
    label, told, value = fields.label_of(field), fields.help_of(field), rows[number][field]
    key = key_of(f"detail-{section}-{number}-{field}", value)
    args = (section, number, field, key)
    if field in fields.FIXED:
        offered = list(dict.fromkeys(["", *fields.FIXED[field], value]))
        at = offered.index(value)
        st.selectbox(label, offered, at, key=key, help=told, on_change=_take, args=args)
    elif field in fields.LONG:
        st.text_area(
            label,
            value,
            key=key,
            help=told,
            height=80,
            max_chars=_LONGEST,
            on_change=_take,
            args=args,
        )
    else:
        st.text_input(
            label, value, key=key, help=told, max_chars=_LONGEST, on_change=_take, args=args
        )


def _take(section: str, number: int, field: str, key: str) -> None:
    typed = st.session_state[key]

    def edit(draft: cp.Draft) -> cp.Draft:
        rows: list[dict[str, str]] = [dict(row) for row in cp.entry_rows(draft, section)]
        rows[number][field] = typed or ""
        return cp.with_entry_rows(draft, section, rows)

    drafts.take(edit)


def _choices(draft: cp.Draft, section: str, number: int) -> None:
    """Let the user choose on which options of each player an entry depends."""
    names = fields.players_of(draft)
    for player, options in options_by_player(draft).items():
        held = [one for one in _when(draft, section, number).get(player, []) if one in options]
        key = key_of(f"when-{section}-{number}-{player}", held)
        label = say("model.when", name=names[player])
        args = (section, number, player, key)
        inputs.options(label, options, key, held, _take_choices, args)


def _take_choices(section: str, number: int, player: str, key: str) -> None:
    chosen = list(st.session_state[key]) or None
    drafts.take(lambda draft: cp.set_field(draft, (section, number, "when", player), chosen))


def _when(draft: cp.Draft, section: str, number: int) -> dict[str, list[str]]:
    entries = draft.data.get(section)
    entry = entries[number] if isinstance(entries, list) else {}
    when = entry.get("when") if isinstance(entry, dict) else {}
    return when if isinstance(when, dict) else {}


def _has_weights(draft: cp.Draft, row: Row) -> bool:
    """Tell whether the options of some player count with a weight of their own."""
    section, _, number = row["place"].rstrip("]").partition("[")
    entries = draft.data.get(section)
    entry = entries[int(number)] if isinstance(entries, list) else None
    when = entry.get("when", {}) if isinstance(entry, dict) else None
    return not isinstance(when, dict) or not all(
        isinstance(given, list) and all(isinstance(one, str) for one in given)
        for given in when.values()
    )
