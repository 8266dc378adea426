"""Games written for other programs, and read again."""

import json
import sys
from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import FLAGSHIP, LAW, tied_game, uniform_game
from tests.scenario.hostile_files import GAMES, LIMIT
from tests.scenario.test_nfg import OUTCOMES, PAYOFFS

from counterplay.errors import CounterplayError, GameError, MissingExtraError, ScenarioError
from counterplay.games import Game
from counterplay.games.interop import MAX_BYTES, read_nfg, to_nashpy, to_pygambit, write_nfg
from counterplay.payoffs import game as game_of
from counterplay.scenario import load

PRISONERS = Game.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])


def again(game, folder):
    return read_nfg(write_nfg(game, folder / "game.nfg"))


def assert_same(found, game):
    assert found.payoffs.tobytes() == game.payoffs.tobytes()
    assert found.shape == game.shape
    assert (found.players, found.options) == (game.players, game.options)
    assert (found.player_labels, found.option_labels) == (game.player_labels, game.option_labels)
    assert (found.exact is None) == (game.exact is None)
    assert game.exact is None or (found.exact == game.exact).all()
    assert found.formula_size == game.formula_size


def written(tmp_path, text):
    path = tmp_path / "game.nfg"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


GAMES_OF_ALL_KINDS = {
    "integers": uniform_game(1, (3, 2, 4)),
    "ties": tied_game(2, (2, 2, 2, 2)),
    "one player": Game.from_payoffs([[1, 2.5, Fraction(1, 3)]]),
    "one profile": Game.from_payoffs([[[0.1]], [[-0.0]]]),
    "eight players": tied_game(3, (2, 1, 2, 1, 2, 1, 2, 2)),
    "32 options": uniform_game(4, (32, 2)),
    "gaussian": Game.from_payoffs(np.random.default_rng(5).normal(size=(2, 3, 3))),
    "tiny and huge": Game.from_payoffs([[[1e-300, 1e300]], [[8e307, 5e-324]]]),
    "rationals": Game.from_payoffs(
        [[[Fraction(1, 3), Fraction(2, 10**40 + 1)]], [[Fraction(10**200 + 1, 7), 2**100]]]
    ),
    "long numbers": Game.from_payoffs([[[Fraction(1, 3**2000), 10**300]], [[1, 0]]]),
    "names": Game.from_payoffs(
        [[[1, 2]], [[3, 4]]], ["Row Player", 'say "so"'], [["한국"], ["a\\", " b\n "]]
    ),
    "names alike": Game.from_payoffs([[[1, 2]], [[3, 4]]], ["A", "a"], [["", ], ["", " "]]),
    "braces in names": Game.from_payoffs([[[1]], [[3]]], ["{", "}"], [["{ 1 }"], ['", "']]),
    "a surrogate": Game.from_payoffs([[[1]], [[3]]], ["\ud800", "world"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", GAMES_OF_ALL_KINDS)
def test_what_is_written_reads_as_the_same_game(kind, tmp_path):
    assert_same(again(GAMES_OF_ALL_KINDS[kind], tmp_path), GAMES_OF_ALL_KINDS[kind])


@LAW
@given(st.data())
def test_any_numbers_survive(tmp_path_factory, data):
    numbers = st.floats(-8e307, 8e307) | st.fractions() | st.integers(-(10**40), 10**40)
    cells = data.draw(st.lists(numbers, min_size=8, max_size=8))
    game = Game.from_payoffs(np.array(cells, dtype=object).reshape(2, 2, 2).tolist())
    assert_same(again(game, tmp_path_factory.mktemp("any")), game)


@pytest.mark.parametrize("preset", [None, "spiral", "doubtful_pledge"])
def test_the_flagship_survives_with_its_ids_its_labels_and_its_rounding(preset, tmp_path):
    scenario = load(FLAGSHIP)
    game = game_of(scenario, scenario.values(preset=preset))
    assert (game.exact.astype(float) != game.payoffs).any()
    assert_same(again(game, tmp_path), game)
    text = (tmp_path / "game.nfg").read_text(encoding="utf-8")
    assert '"South Korea"' in text


def test_a_game_without_exact_payoffs_stays_one(tmp_path):
    tables = np.random.default_rng(3).normal(size=(2, 2, 2))
    game = replace(Game.from_payoffs(tables), exact_source=None, formula_size=2.5)
    assert_same(again(game, tmp_path), game)
    body = (tmp_path / "game.nfg").read_text().split("\n\n")[-1]
    assert body.split()[0] == repr(float(tables[0, 0, 0]))


def test_exact_numbers_are_quotients(tmp_path):
    path = write_nfg(Game.from_payoffs([[[Fraction(1, 3), 0.1]], [[2, 1e-300]]]), tmp_path / "g")
    assert path.read_text().split("\n\n")[-1] == "1/3 2\n1/10 1e-300\n"


def test_the_same_game_gives_the_same_bytes(tmp_path):
    first = write_nfg(PRISONERS, tmp_path / "a.nfg").read_bytes()
    assert write_nfg(PRISONERS, tmp_path / "b.nfg").read_bytes() == first
    assert first.startswith(b'NFG 1 R "" { "p1" "p2" }')


def test_a_written_game_loads_as_a_scenario_with_the_same_ids(tmp_path):
    scenario = load(FLAGSHIP)
    game = game_of(scenario)
    found = load(write_nfg(game, tmp_path / "game.nfg", "A title"))
    assert found.title == "A title"
    assert game_of(found).players == game.players
    assert game_of(found).options == game.options
    assert game_of(found).player_labels == game.player_labels
    assert (game_of(found).exact == game.exact).all()


def test_ids_that_no_scenario_has_are_made_of_the_names(tmp_path):
    game = Game.from_payoffs([[[1]], [[2]]], ["Row Player", "world"])
    assert game_of(load(write_nfg(game, tmp_path / "g.nfg"))).players == ("p1", "p2")


@pytest.mark.parametrize("text", [PAYOFFS, OUTCOMES], ids=["payoffs", "outcomes"])
def test_files_of_others_read_as_they_load(text, tmp_path):
    path = written(tmp_path, text)
    found, loaded = read_nfg(path), game_of(load(path))
    assert (found.payoffs == loaded.payoffs).all()
    assert (found.exact == loaded.exact).all()
    assert (found.players, found.options) == (loaded.players, loaded.options)
    assert (found.player_labels, found.option_labels) == (
        loaded.player_labels,
        loaded.option_labels,
    )


# What is wrong with these is told in other words, or only a scenario has such a limit.
TOLD_OTHERWISE = {"30,000 players", "huge numbers", "a large table with one fault"}


@pytest.mark.parametrize("name", sorted(GAMES.keys() - TOLD_OTHERWISE))
def test_hostile_files_are_refused_as_the_loader_refuses_them(name, tmp_path):
    path = written(tmp_path, GAMES[name].raw())
    with pytest.raises(ScenarioError) as refused:
        read_nfg(path)
    (fault,) = refused.value.faults
    with pytest.raises(ScenarioError) as loader:
        load(path)
    told = loader.value.faults[0]
    assert fault == told or told.rule != "readable"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('NFG 1 R "t" { "a" "b" } { 33 1 } ' + "0 " * 66, "each player has 1 to 32 options"),
        ('NFG 1 R "t" { "a" "b" } { 0 1 } ', "each player has 1 to 32 options"),
        ('NFG 1 R "t" { } { } ', "0 players; 1 to 8 are supported"),
        ('NFG 1 R "t" { "a" } { 1 } 1e999', "'1e999' is out of range"),
        ('NFG 1 R "t" { "a" } { 1 } 1e308', "beyond 8e+307"),
        ('NFG 1 R "t" { "a" } { 1 } ' + "9" * 4000, "beyond 8e+307"),
        ('NFG 1 R "t" { "a" } { 1 } ' + "9" * 4001, "is not a number"),
        ('NFG 1 R "t" { "a" } { 1 } "counterplay x" 1', "this comment is no note"),
        ('NFG 1 R "t" { "a" } { 1 } "counterplay ' + "[" * 100_000 + '" 1', "no note"),
        ('NFG 1 R "t" { "a" } { 1 } "counterplay {\\"more\\": 1}" 1', "no note"),
        ('NFG 1 R "t" { "a" } { 1 } "counterplay {\\"players\\": [1]}" 1', "no note"),
        ('NFG 1 R "t" { "a" } { 1 } "counterplay {\\"players\\": []}" 1', "no note"),
        ('NFG 1 R "t" { "a" } { 1 } "counterplay {\\"options\\": [\\"a\\"]}" 1', "no note"),
        ('NFG 1 R "t" { "a" } { 1 } "counterplay {\\"exact\\": 0}" 1', "no note"),
        ('NFG 1 R "t" { "a" } { 1 } "counterplay {\\"formula_size\\": -1}" 1', "no note"),
        ('NFG 1 R "t" { "a" } { 1 } "counterplay {\\"doubles\\": [[1, 1]]}" 1', "no note"),
        ('NFG 1 R "t" { "a" } { 1 } "counterplay {\\"doubles\\": [[0, 1e999]]}" 1', "no note"),
        ('NFG 1 R "t" { "a" } { 1 } "counterplay {\\"doubles\\": [[0, 2]]}" 1', "not those of"),
        ('NFG 1 R "t" { "a" } { 2 } "counterplay {\\"options\\": [[\\"\\", \\"\\"]]}" 1 2', "id"),
    ],
)  # fmt: skip
def test_what_forms_no_game_is_refused(text, words, tmp_path):
    with pytest.raises(ScenarioError) as refused:
        read_nfg(written(tmp_path, text))
    assert words in str(refused.value)


def test_a_file_too_large_is_not_read(tmp_path):
    path = tmp_path / "large.nfg"
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(ScenarioError, match="larger than"):
        read_nfg(path)


@pytest.mark.parametrize("path", [None, 3, "", b"x.nfg"])
def test_what_is_no_path_is_refused(path):
    for function in (read_nfg, lambda given: write_nfg(PRISONERS, given)):
        with pytest.raises(CounterplayError, match="is not the path of a file"):
            function(path)


def test_what_is_no_file_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "none.nfg", tmp_path / ("x" * 300)):
        with pytest.raises(CounterplayError, match=r"a folder|cannot be opened"):
            read_nfg(path)
    for path in (tmp_path, tmp_path / "none" / "game.nfg", tmp_path / ("x" * 300)):
        with pytest.raises(CounterplayError, match=r"a folder|no folder|cannot be written"):
            write_nfg(PRISONERS, path)


def test_no_half_written_file_stays(tmp_path, monkeypatch):
    path = write_nfg(PRISONERS, tmp_path / "game.nfg")
    before = path.read_bytes()

    def full_disk(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full_disk)
    with pytest.raises(CounterplayError, match="No space left"):
        write_nfg(uniform_game(1, (2, 2)), path)
    assert [file.name for file in tmp_path.iterdir()] == ["game.nfg"]
    assert path.read_bytes() == before


def test_a_game_beyond_the_size_of_a_scenario_file_survives(tmp_path):
    game = Game.from_payoffs(np.random.default_rng(1).normal(size=(4, 8, 8, 8, 8)))
    assert_same(again(game, tmp_path), game)
    assert (tmp_path / "game.nfg").stat().st_size > LIMIT


def test_pygambit_reads_the_text_with_ids_for_labels(monkeypatch):
    seen = []
    stand_in = SimpleNamespace(read_nfg=lambda stream: seen.append(stream.read().decode()))
    monkeypatch.setitem(sys.modules, "pygambit", stand_in)
    to_pygambit(game_of(load(FLAGSHIP)))
    assert '{ "rok" "dprk" "rus" "ukr" }' in seen[0]


def test_nashpy_takes_two_players():
    game = to_nashpy(PRISONERS)
    assert [table.tolist() for table in game.payoff_matrices] == PRISONERS.payoffs.tolist()
    with pytest.raises(GameError, match="3 players; a nashpy game has 2"):
        to_nashpy(uniform_game(1, (2, 2, 2)))


@pytest.mark.parametrize(
    ("function", "library"), [(to_pygambit, "pygambit"), (to_nashpy, "nashpy")]
)
def test_a_missing_library_is_one_line_that_says_what_to_install(function, library, monkeypatch):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError) as missing:
        function(PRISONERS)
    assert str(missing.value) == (
        f'a game for {library} needs more packages: pip install "counterplay[interop]"'
    )


def test_the_note_is_json_after_one_word(tmp_path):
    path = write_nfg(GAMES_OF_ALL_KINDS["names alike"], tmp_path / "game.nfg")
    line = path.read_text().splitlines()[4]
    note = json.loads(line.strip('"').replace('\\"', '"').removeprefix("counterplay "))
    assert note["players"] == ["A", "a"]
