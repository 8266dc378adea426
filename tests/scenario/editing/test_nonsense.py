"""Wrong arguments to the editing functions are taken or refused in words."""

import numpy as np
import pytest
from tests.scenario.editing.drafts import SHIPPED

import counterplay as cp

CHICKEN = SHIPPED["chicken"]
NONSENSE = [
    None, "", "x", b"x", -1, 0, 1.5, float("nan"), True, [], {}, [None], ["x"], [[1]], [True], (),
    np.zeros((2, 2)), np.zeros(0), np.array(["a"]), object(), {"x": 1}, {1: 2}, 10**400,
    2 + 1j, CHICKEN, CHICKEN.scenario, len, range(3), {1}, "a\0b", "players[",
    "players[0", "a" * 500,
    "players[usa].options", "players[0].options[0].id", "\ud800", ("players", -1), [{"place": 3}],
    [{}], [{"id": object()}], [{"place": "players[0]", "id": "\ud800"}],
]  # fmt: skip
CALLS = {
    "set_field": (cp.set_field, [CHICKEN, "title", "x"]),
    "set_fields": (cp.set_fields, [CHICKEN, {"title": "x"}]),
    "add_entry": (cp.add_entry, [CHICKEN, "players", {}, 0]),
    "remove_entry": (cp.remove_entry, [CHICKEN, "caveats[0]"]),
    "move_entry": (cp.move_entry, [CHICKEN, "players[0]", 1]),
    "rename_id": (cp.rename_id, [CHICKEN, "players[0]", "x"]),
    "mentions": (cp.mentions, [CHICKEN, "players[0]"]),
    "entry_columns": (cp.entry_columns, ["players"]),
    "entry_rows": (cp.entry_rows, [CHICKEN, "players"]),
    "with_entry_rows": (
        cp.with_entry_rows,
        [CHICKEN, "players", cp.entry_rows(CHICKEN, "players")],
    ),
    "payoff_rows": (cp.payoff_rows, [CHICKEN]),
    "with_payoff_rows": (cp.with_payoff_rows, [CHICKEN, []]),
    "open_draft": (cp.open_draft, ["chicken"]),
    "save_draft": (cp.save_draft, [CHICKEN, "none/x.yaml"]),
    "draft_of_bytes": (cp.draft_of_bytes, [b"a: 1", "x.yaml"]),
    "draft_of_payoff_table": (cp.draft_of_payoff_table, ["a,b", "x.csv"]),
    "payoff_table": (cp.payoff_table, [cp.game(CHICKEN.scenario), ","]),
    "write_payoff_table": (cp.write_payoff_table, [cp.game(CHICKEN.scenario), "none/x.csv"]),
    "scenario_differences": (cp.scenario_differences, [CHICKEN.scenario, CHICKEN.scenario]),
    "text_difference": (cp.text_difference, [CHICKEN, CHICKEN]),
    "completeness": (cp.completeness, [CHICKEN]),
}
PLACES = [(name, place) for name, (_, given) in CALLS.items() for place in range(len(given))]


@pytest.mark.parametrize(("name", "place"), PLACES)
def test_nonsense_is_taken_or_refused_in_words(name, place, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    call, right = CALLS[name]
    for nonsense in NONSENSE:
        given = [*right[:place], nonsense, *right[place + 1 :]]
        try:
            call(*given)
        except cp.CounterplayError as error:
            assert str(error)  # noqa: PT017 - it may as well be taken


def test_numbers_too_long_to_be_shown_are_taken_as_text():
    assert cp.set_field(CHICKEN, "title", 10**5000).scenario is not None
    assert cp.set_field(CHICKEN, "payoffs.usa[0][0]", 10**5000).faults
