"""Games as tables for spreadsheets, and tables as scenarios, without loss."""

import csv
import io
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import LAW, SMALL_SHAPES
from tests.scenario.editing.drafts import HOSTILE, SHIPPED, SMALL, changed_lines, sound_or_faulty

from counterplay.errors import CounterplayError, EditError, GameError, ScenarioError
from counterplay.games import Game
from counterplay.games.payoff_table import bare, payoff_table, shielded, write_payoff_table
from counterplay.payoffs import game
from counterplay.scenario.editing.entries import add_entry
from counterplay.scenario.editing.opening import new_draft
from counterplay.scenario.editing.payoff_import import draft_of_payoff_table
from counterplay.scenario.editing.payoff_rows import payoff_rows, with_payoff_rows

NUMBERS = (
    st.integers(-5, 5)
    | st.integers(-(10**30), 10**30)
    | st.floats(-8e307, 8e307)
    | st.fractions(-10, 10, max_denominator=10**6)
)
HEADER = "a,b,payoff_a,payoff_b\n"


@st.composite
def built_games(draw):
    shape = draw(st.sampled_from([shape for shape in SMALL_SHAPES if len(shape) > 1]))
    cells = np.empty((len(shape), *shape), dtype=object)
    for place in np.ndindex(*cells.shape):
        cells[place] = draw(NUMBERS)
    return Game.from_payoffs(list(cells))


@LAW
@given(built=built_games(), delimiter=st.sampled_from([",", "\t"]))
def test_a_game_comes_back_exactly(built, delimiter):
    table = payoff_table(built, delimiter)
    draft = draft_of_payoff_table(table)
    assert draft.faults == ()
    other = game(draft.scenario)
    assert (other.players, other.options) == (built.players, built.options)
    np.testing.assert_array_equal(other.payoffs, built.payoffs)
    assert (other.exact == built.exact).all()
    assert payoff_table(other, delimiter) == table
    assert draft_of_payoff_table(table.encode()).text == draft.text


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_model_comes_back(name):
    built = game(SHIPPED[name].scenario)
    other = game(draft_of_payoff_table(payoff_table(built)).scenario)
    assert (other.exact == built.exact).all()
    assert other.options == built.options


def test_the_table_holds_what_the_game_pays():
    built = game(SHIPPED["korea-ukraine"].scenario, {"cred": 0.15})
    rows = list(csv.DictReader(io.StringIO(payoff_table(built))))
    assert len(rows) == built.profiles
    for row in rows:
        profile = built.profile([row[player] for player in built.players])
        for number, player in enumerate(built.players):
            held = Fraction(row[f"payoff_{player}"])
            assert held == built.exact[(number, *profile)]


def test_rows_and_payoff_columns_may_stand_in_any_order_with_any_separator():
    table = "North;South;payoff_South;payoff_North\ngo;stay;1/3;2\n\nwait;stay;-4;0.5\n"
    draft = draft_of_payoff_table(table, "C:\\x\\My game.csv")
    assert draft.scenario.id == "my-game"
    assert draft.file == "My game.yaml"
    built = game(draft.scenario)
    assert (built.players, built.player_labels) == (("north", "south"), ("North", "South"))
    assert built.exact[1, 0, 0] == Fraction(1, 3)
    assert built.payoffs[0].tolist() == [[2], [0.5]]


@pytest.mark.parametrize(
    ("table", "line", "message"),
    [
        ("", 1, "needs a first row of names"),
        ("a,b\n1,2", 1, "name 2 to 8 players"),
        ("a,payoff_a\n1,2", 1, "name 2 to 8 players"),
        ("a,a,payoff_a,payoff_a\n1,2,3,4", 1, "each once"),
        ("a,b,payoff_a,payoff_c\n1,2,3,4", 1, "needs one column 'payoff_b'"),
        (HEADER + "x,y,1,=2", 2, "column 4 (payoff_b): '=2' is not a number"),
        (HEADER + "x,y,1,1e999", 2, "column 4 (payoff_b): '1e999' is out of range"),
        (HEADER + "x,y,1/0,1", 2, "column 3 (payoff_a): '1/0' divides by zero"),
        (HEADER + "x,y,9e307,1", 2, "column 3 (payoff_a): above"),
        (HEADER + "x,y,1,", 2, "column 4 (payoff_b): '' is not a number"),
        (HEADER + "x,y,nan,1", 2, "column 3 (payoff_a): 'nan' is not a number"),
        (HEADER + "\n\nx,y,1", 4, "3 cells; the first row has 4"),
        (HEADER + "x,y,1,2,3", 2, "5 cells; the first row has 4"),
        (HEADER + ",y,1,2", 2, "column 1 (a): no option"),
        (HEADER + "x,y,1,2\nx,y,1,2", 3, "is given in line 2 already"),
        (HEADER + "x,y,1,2\nz,w,1,2", 3, "no row for x/w"),
        ("a;b;payoff_a;payoff_b\nx;y;1,5;2", 2, "write decimals with a point"),
        (HEADER + '"x', 2, "no table of cells"),
        (b"\xff", 1, "not UTF-8"),
        (b"x" * 4_000_001, 1, "larger than 4000000 bytes"),
        (HEADER + "".join(f"o{k},y,1,2\n" for k in range(40)), 1, "40 options; at most 32"),
    ],
)
def test_faults_name_row_and_column(table, line, message):
    with pytest.raises(ScenarioError) as caught:
        draft_of_payoff_table(table)
    fault = caught.value.faults[0]
    assert (fault.file, fault.line) == ("payoffs.csv", line)
    assert message in str(fault)


def test_all_faults_are_told_up_to_a_limit():
    with pytest.raises(ScenarioError) as caught:
        draft_of_payoff_table(HEADER + "x,y,?,?\n" * 3)
    assert [fault.line for fault in caught.value.faults] == [2, 2, 3, 3, 4, 4]
    with pytest.raises(ScenarioError) as caught:
        draft_of_payoff_table(HEADER + "x,y,?,?\n" * 1_000)
    assert len(caught.value.faults) == 100


@pytest.mark.parametrize("text", HOSTILE)
def test_names_that_a_spreadsheet_takes_for_formulas_are_shielded(text):
    assert bare(shielded(text)) == text
    assert not shielded(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    if text.strip() == text and text:
        built = Game.from_payoffs([[[1, 2]], [[3, 4]]], ["p", "q"], [[text], ["x", "y"]])
        rows = list(csv.reader(io.StringIO(payoff_table(built))))
        assert [bare(row[0]) for row in rows[1:]] == [text, text]
        assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


@LAW
@given(table=st.text(max_size=200) | st.binary(max_size=200))
def test_any_table_is_read_or_refused_in_words(table):
    try:
        draft = draft_of_payoff_table(table)
    except ScenarioError as error:
        assert all(fault.line >= 1 for fault in error.faults)  # noqa: PT017 - it may as well be read
    else:
        assert sound_or_faulty(draft)


@pytest.mark.parametrize("table", [None, 3, ["x"], {}])
def test_what_is_no_table(table):
    with pytest.raises(EditError, match="give the bytes"):
        draft_of_payoff_table(table)


def test_files_are_written_by_their_suffix(tmp_path):
    built = game(SHIPPED["chicken"].scenario)
    assert write_payoff_table(built, tmp_path / "a.csv").read_text() == payoff_table(built)
    assert write_payoff_table(built, tmp_path / "a.tsv").read_text() == payoff_table(built, "\t")
    for path in ("a.xlsx", "", None, tmp_path / "no" / "a.csv", tmp_path):
        with pytest.raises(CounterplayError):
            write_payoff_table(built, path)
    with pytest.raises(GameError, match="give a Game"):
        write_payoff_table("x", tmp_path / "a.csv")
    with pytest.raises(GameError, match="delimiter"):
        payoff_table(built, ";")


def test_payoff_rows_that_nobody_edited_change_nothing():
    for draft in [*SHIPPED.values(), SMALL, new_draft()]:
        assert with_payoff_rows(draft, payoff_rows(draft)) == draft


def test_one_payoff_is_one_line():
    draft = SHIPPED["chicken"]
    rows = payoff_rows(draft)
    rows[1]["payoff_usa"] = "7.5"
    after = with_payoff_rows(draft, rows[::-1])
    assert changed_lines(draft, after) == ["-    - [3, 2]", "+    - [3, 7.5]"]
    assert game(after.scenario).payoffs[0].tolist() == [[3, 7.5], [4, 1]]


def test_a_new_option_is_filled_in_by_its_rows():
    draft = add_entry(SHIPPED["chicken"], "players[usa].options", {"id": "wait"})
    assert draft.faults
    rows = payoff_rows(draft)
    assert rows[-1] == {"usa": "wait", "ussr": "maintain", "payoff_usa": "", "payoff_ussr": ""}
    for row in rows[-2:]:
        row |= {"payoff_usa": "1/3", "payoff_ussr": 2}
    partly = with_payoff_rows(draft, rows[:-1])
    assert {fault.field for fault in partly.faults} == {"payoffs.usa[2][1]", "payoffs.ussr[2][1]"}
    after = with_payoff_rows(draft, rows)
    assert after.faults == ()
    assert game(after.scenario).exact[0, 2, 1] == Fraction(1, 3)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"usa": "strike", "ussr": "none"}], "row 1: 'strike/none' is no profile of usa/ussr"),
        ([{"usa": "strike", "ussr": "withdraw"}] * 2, "row 2: this profile is given twice"),
        ([3], "give a list of mappings"),
        (None, "give a list of mappings"),
    ],
)
def test_rows_that_are_no_profiles(rows, message):
    with pytest.raises(EditError, match=message):
        with_payoff_rows(SHIPPED["chicken"], rows)
