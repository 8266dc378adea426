"""Gambit's .nfg files: both bodies, any spacing, and every way in which one can be wrong."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenario_files import told

from counterplay.errors import CounterplayError, ScenarioError
from counterplay.games import Game, interop
from counterplay.payoffs import game
from counterplay.scenario import load
from counterplay.scenario.catalogue import inspect_text
from counterplay.scenario.nfg import read_nfg

# The example of Gambit's description of the format: 3 x 2, the first player's option fastest.
PAYOFFS = """NFG 1 R "Selten (IJGT, 75), Figure 2, normal form"
{ "Player 1" "Player 2" } { 3 2 }

1 1 0 2 0 2 1 1 0 3 2 0
"""
OUTCOMES = """NFG 1 R "Selten (IJGT, 75), Figure 2, normal form" { "Player 1" "Player 2" }

{
{ "1" "2" "3" }
{ "1" "2" }
}
""

{
{ "" 1, 1 }
{ "" 0, 2 }
{ "" 0, 2 }
{ "" 1, 1 }
{ "" 0, 3 }
{ "" 2, 0 }
}
1 2 3 4 5 6
"""
FIRST = [[1, 1], [0, 0], [0, 2]]
SECOND = [[1, 1], [2, 3], [2, 0]]


def scenario(text):
    inspection = inspect_text(text.encode(), "a game.nfg")
    assert inspection.faults == ()
    return inspection.scenario


def refusal(text):
    with pytest.raises(ScenarioError) as caught:
        read_nfg(text.encode() if isinstance(text, str) else text, "g.nfg")
    (fault,) = caught.value.faults
    assert (fault.file, fault.field, fault.rule) == ("g.nfg", "(file)", "readable")
    return fault


@pytest.mark.parametrize("text", [PAYOFFS, OUTCOMES], ids=["payoffs", "outcomes"])
def test_both_bodies_give_the_same_game(text):
    found = game(scenario(text))
    assert found.payoffs.tolist() == [FIRST, SECOND]
    assert found.players == ("player_1", "player_2")
    assert found.options == (("o1", "o2", "o3"), ("o1", "o2"))
    assert found.player_labels == ("Player 1", "Player 2")
    assert found.option_labels == (("1", "2", "3"), ("1", "2"))


def test_the_title_and_the_file_name_it():
    found = scenario(PAYOFFS)
    assert found.title == "Selten (IJGT, 75), Figure 2, normal form"
    assert found.id == "a-game"
    untitled = PAYOFFS.replace('"Selten (IJGT, 75), Figure 2, normal form"', '""').encode()
    assert inspect_text(untitled, "folder/!!.nfg").scenario.title == "game"


@pytest.mark.parametrize(
    "text",
    [
        PAYOFFS.replace("\n", " "),
        PAYOFFS.replace("\n", "\r\n"),
        PAYOFFS.replace(" ", "\n"),
        "\ufeff" + PAYOFFS,
        PAYOFFS.replace("NFG 1 R", "nfg 1 D"),
        PAYOFFS.replace("{ 3 2 }", '{ 3 2 } "A comment, in quotes"'),
        PAYOFFS.replace("1 1 0 2", "1.0 +1 0/5 4/2"),
        PAYOFFS.replace("1 1 0 2", "1e0 .1e1 -0 2."),
    ],
)
def test_spelling_does_not_matter(text):
    assert game(scenario(text)).payoffs.tolist() == [FIRST, SECOND]


def test_names_that_can_be_ids_are_ids():
    text = 'NFG 1 R "t" { "Row Player" "Column" } { { "Up!" "Down" } { "1st" "2nd" } } ' + "0 " * 8
    found = game(scenario(text))
    assert found.players == ("row_player", "column")
    assert found.options == (("up", "down"), ("o1", "o2"))
    assert found.option_labels == (("Up!", "Down"), ("1st", "2nd"))


@pytest.mark.parametrize(
    "names", ['"A" "a"', '"" ""', '"World" "x"', '"한국" "Україна"', '"_" "1"']
)
def test_names_that_cannot_be_ids_are_numbered(names):
    found = game(scenario(f'NFG 1 R "t" {{ {names} }} {{ 1 1 }} 0 0'))
    assert found.players == ("p1", "p2")


def test_quotation_marks_can_stand_in_names():
    text = 'NFG 1 R "The \\"game\\" \\\\" { "a{b}" "c, d" } { 1 1 } 5 6'
    assert scenario(text).title == 'The "game" \\'
    assert game(scenario(text)).player_labels == ("a{b}", "c, d")


def test_fractions_stay_exact():
    text = 'NFG 1 R "t" { "a" "b" } { 2 1 } 1/3 0.1 2/6 1e-1'
    found = game(scenario(text))
    assert found.exact is not None
    assert found.exact[0, 0, 0] == found.exact[0, 1, 0] != 1 / 3
    assert found.payoffs[0, 0, 0] == 1 / 3


def test_outcome_zero_pays_nothing():
    text = OUTCOMES.replace("1 2 3 4 5 6", "0 2 3 4 5 0")
    assert game(scenario(text)).payoffs[:, 0, 0].tolist() == [0, 0]
    assert game(scenario(text)).payoffs[:, 2, 1].tolist() == [0, 0]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 3), min_size=2, max_size=4), st.data())
def test_profiles_run_with_the_first_player_fastest(shape, data):
    size = (len(shape), *shape)
    numbers = data.draw(st.lists(st.integers(-99, 99), min_size=int(np.prod(size)),
                                 max_size=int(np.prod(size))))  # fmt: skip
    payoffs = np.array(numbers).reshape(size)
    cells = " ".join(str(n) for n in payoffs.transpose(*range(len(shape), -1, -1)).reshape(-1))
    players = " ".join(f'"player {k}"' for k in range(len(shape)))
    text = f'NFG 1 R "t" {{ {players} }} {{ {" ".join(map(str, shape))} }}\n{cells}\n'
    assert (game(scenario(text)).payoffs == payoffs).all()


def test_it_loads_from_a_file_and_needs_no_more(tmp_path):
    path = tmp_path / "Selten 1975.NFG"
    path.write_text(PAYOFFS, encoding="utf-8")
    found = load(path)
    assert found.id == "selten-1975"
    assert told(PAYOFFS, "g.nfg") == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "not a strategic game; the file starts with: NFG 1 R"),
        ("format: 1\nid: x\n", 1, "not a strategic game"),
        ('EFG 2 R "tree" { "a" "b" }\np "" 1 1 { "x" }\n', 1, "not a strategic game"),
        (PAYOFFS.replace("NFG 1", "NFG 2"), 1, "not a strategic game"),
        ('NFG 1 R { "t" } { "a" "b" } { 1 1 } 0 0', 1, "the title should follow"),
        ('NFG 1 R "t"\n"a" { 1 1 } 0 0', 2, "the players' names should follow the title"),
        ('NFG 1 R "t"\n{ { "a" } "b" } { 1 1 } 0 0', 2, "the players' names"),
        ('NFG 1 R "t"\n{ "a" } { 2 } 0 0', 2, "1 players; 2 to 8 are supported"),
        ('NFG 1 R "t"\n{' + '"a" ' * 9 + "} {" + "1 " * 9 + "}" + "0 " * 9, 2, "9 players"),
        ('NFG 1 R "t" { "a" "b" }\n\n{ 2 } 0 0 0 0', 3, "give the options of 2 players"),
        ('NFG 1 R "t" { "a" "b" }\n{ 2 x } 0 0 0 0', 2, "give the options of 2 players"),
        ('NFG 1 R "t" { "a" "b" }\n{ 2 -2 } 0 0 0 0', 2, "give the options of 2 players"),
        ('NFG 1 R "t" { "a" "b" }\n{ { "x" } 2 } 0 0 0 0', 2, "give the options of 2 players"),
        ('NFG 1 R "t" { "a" "b" }\n5 0 0 0 0', 2, "give the options of 2 players"),
        ('NFG 1 R "t" { "a" "b" } { 9999999 2 } 0', 1, "give the options of 2 players"),
        ('NFG 1 R "t" { "a" "b" } { 999 999 } 0 0', 1, "998001 profiles; at most 65536"),
        (PAYOFFS.replace("3 2 0", "3 2"), 4, "6 profiles with payoffs; 6 with 2 payoffs"),
        (PAYOFFS.replace("3 2 0", "3"), 4, "5 profiles with payoffs; 6 with 2 payoffs"),
        (PAYOFFS.replace("3 2 0", "3 2 0 0 0"), 4, "7 profiles with payoffs; 6 with 2 payoffs"),
        (PAYOFFS.replace("0 3 2 0", "0 3\n2 zero"), 5, "'zero' is not a number"),
        (PAYOFFS.replace("1 1 0 2", "nan 1 0 2"), 4, "'nan' is not a number"),
        (PAYOFFS.replace("1 1 0 2", "1 0x1 0 2"), 4, "'0x1' is not a number"),
        (PAYOFFS.replace("1 1 0 2", "1 1e999 0 2"), 4, "'1e999' is out of range"),
        (PAYOFFS.replace("1 1 0 2", "1 1/0 0 2"), 4, "'1/0' divides by zero"),
        (PAYOFFS.replace("1 1 0 2", "1 1/x 0 2"), 4, "'1/x' is not a number"),
        (PAYOFFS.replace("1 1 0 2", "1 { 1 } 0 2"), 4, "a group in braces is not a number"),
        (PAYOFFS.replace("1 1 0 2", "1 " + "9" * 4001 + " 0 2"), 4, "is not a number"),
        (OUTCOMES.replace("5 6\n", "5 7\n"), 17, "'7' is not the number of an outcome (0 to 6)"),
        (OUTCOMES.replace("5 6\n", "5 -1\n"), 17, "'-1' is not the number of an outcome"),
        (OUTCOMES.replace("5 6\n", "5\n"), 9, "5 profiles with payoffs; 6 with 2 payoffs"),
        (OUTCOMES.replace('{ "" 0, 3 }', '{ "" 0 }'), 9, "6 with 2 payoffs are needed"),
        (OUTCOMES.replace('{ "" 0, 3 }', "{ }"), 14, "an outcome is a name and a payoff for each"),
        (OUTCOMES.replace('{ "" 0, 3 }', '"" 0 3'), 14, "an outcome is a name and a payoff"),
        (OUTCOMES.replace('{ "" 0, 3 }', '{ "" 0, x }'), 14, "'x' is not a number"),
        ('NFG 1 R "t\n\n{ "a"', 3, "a quotation mark is never closed"),
        ('NFG 1 R "t"\n{ "a" "b }', 2, "a quotation mark is never closed"),
        ('NFG 1 R "t" "\\', 1, "a quotation mark is never closed"),
        ('NFG 1 R "t"\n\n{ "a" "b"', 3, "this brace is never closed"),
        ('NFG 1 R "t" }', 1, "a closing brace without an opening one"),
        ('NFG 1 R "t"\n{{{{{', 2, "braces nested more than 3 deep"),
        (b'NFG 1 R "\xff"', 1, "not UTF-8 text"),
        (PAYOFFS.encode("utf-16"), 1, "not UTF-8 text"),
    ],
)
def test_what_is_no_game_is_refused_in_its_line(text, line, words):
    fault = refusal(text)
    assert words in fault.message
    assert fault.line == line


@pytest.mark.parametrize(
    ("text", "field", "words"),
    [
        ('NFG 1 R "t" { "a" "b" } { 33 1 } ' + "0 " * 66, "players[0].options", "at most 32"),
        ('NFG 1 R "t" { "a" "b" } { { } { "x" } }', "players[0].options", "at least 1 needed"),
        ('NFG 1 R "t" { "a" "b" } { 1 1 } 9e307 0', "payoffs.a[0][0]", "beyond 8e+307"),
        (
            'NFG 1 R "t" { "a" "b" } { 1 1 } ' + "9" * 4000 + "/7 0",
            "payoffs.a[0][0]",
            "beyond 8e+307",
        ),
        (f'NFG 1 R "{"t" * 4001}" {{ "a" "b" }} {{ 1 1 }} 1 0', "title", "4000 characters"),
    ],
)
def test_what_the_format_allows_and_scenarios_do_not(text, field, words):
    found = told(text, "g.nfg")
    assert [(fault.file, fault.line, fault.field) for fault in found] == [("g.nfg", 1, field)]
    assert words in found[0].message


SIZES = [
    8e307, -8e307, 1e100, 1e31, 1e16, 10**40 + 1, 3.141592653589793, 2.3e-17, 1e-300, 5e-324,
    Fraction(10**20 + 1, 3), Fraction(10**300 + 1, 7), Fraction(1, 3**200), Fraction(-1, 3),
]  # fmt: skip


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{float(size):g}")
def test_whatever_a_game_holds_is_the_same_game_for_both_readers(tmp_path, size):
    path = interop.write_nfg(
        Game.from_payoffs([[[size, 0], [1, 2]], [[0, 1], [2, -size]]]), tmp_path / "g.nfg"
    )
    plain, loaded = interop.read_nfg(path), game(load(path))
    assert loaded.payoffs.tolist() == plain.payoffs.tolist()
    assert loaded.exact.tolist() == plain.exact.tolist()


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.floats(-8e307, 8e307) | st.fractions(max_denominator=10**30) | st.integers(),
        min_size=4,
        max_size=4,
    )
)
def test_any_payoffs_are_the_same_for_both_readers(tmp_path_factory, cells):
    path = tmp_path_factory.mktemp("games") / "g.nfg"
    interop.write_nfg(Game.from_payoffs([[cells[:2]], [cells[2:]]]), path)
    plain, loaded = interop.read_nfg(path), game(load(path))
    assert loaded.payoffs.tolist() == plain.payoffs.tolist()
    assert loaded.exact.tolist() == plain.exact.tolist()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("9e307", "beyond 8e+307; measure them in a larger unit"),
        ("9" * 400, "beyond 8e+307; measure them in a larger unit"),
        ("1e999", "'1e999' is out of range"),
        ("1e9999", "'1e9999' is not a number"),
        ("9" * 4001, "is not a number"),
        ("1/0", "divides by zero"),
    ],
)
@pytest.mark.parametrize("read", [interop.read_nfg, load])
def test_both_readers_refuse_the_same(tmp_path, read, number, words):
    path = tmp_path / "g.nfg"
    path.write_text(f'NFG 1 R "t" {{ "a" "b" }} {{ 1 1 }} {number} 0')
    with pytest.raises(CounterplayError) as caught:
        read(path)
    assert words in str(caught.value)
