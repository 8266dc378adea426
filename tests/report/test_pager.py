"""The payoff matrix: its marks are what the engine found."""

import itertools
import json
from dataclasses import replace

import pytest
from tests.report.drawing import found, random_findings, rows, texts

from counterplay.concepts.pure import pure_profiles
from counterplay.games import Game, best_replies
from counterplay.report import figures
from counterplay.report.figures import SHAPES, TOKENS
from counterplay.report.figures.theme import STAR

PAGE = {"dprk": "deny", "ukr": "expose"}


@pytest.mark.parametrize(
    ("row", "column"), [("rok", "rus"), ("rus", "rok"), ("dprk", "ukr"), ("ukr", "rok")]
)
def test_a_box_stands_around_every_best_reply_and_no_other_payoff(row, column):
    findings = found()
    game = findings.game
    held = {"rok": "pledge", "dprk": "deny", "rus": "conv", "ukr": "expose"}
    figure = figures.pager(findings, row, column, held)
    i, j = game.player_index(row), game.player_index(column)
    replies = best_replies(game)
    profile = list(game.profile(list(held.values())))
    expected = set()
    for a, b in itertools.product(range(game.shape[i]), range(game.shape[j])):
        profile[i], profile[j] = a, b
        expected |= {(k, a, b) for k in (i, j) if replies[(k, *profile)]}
    assert {(box["player"], *box["at"]) for box in rows(figure, "boxes")} == expected
    tokens = TOKENS["light"]
    assert all(box["stroke"] == tokens.players[box["player"]] for box in rows(figure, "boxes"))


@pytest.mark.parametrize("preset", [None, "restraint_possible", "strong_disclosure"])
def test_every_pure_equilibrium_has_its_star_on_one_page(preset):
    findings = found(preset=preset)
    options = dict(zip(findings.game.players, findings.game.options, strict=True))
    stars = 0
    for dprk, ukr in itertools.product(options["dprk"], options["ukr"]):
        figure = figures.pager(findings, "rok", "rus", {"dprk": dprk, "ukr": ukr})
        drawn = rows(figure, "stars")
        assert all(star["shape"] == STAR for star in drawn)
        assert len(drawn) == len(rows(figure, "rings"))
        stars += len(drawn)
    assert stars == len(pure_profiles(findings.game))


def test_the_foot_of_a_cell_names_all_who_would_leave_even_the_fixed_ones():
    figure = figures.pager(found(), "rok", "rus", PAGE)
    assert "Only one cell holds" in figure.title
    assert "Held fixed: Pyongyang “Deploy and deny”; Kyiv “Publicise and lobby”." in figure.caption
    assert {"leave: Seoul, Pyongyang,", "leave: Seoul", "all four stay"} <= set(texts(figure))
    assert "“Conditional pledge” with “Hedge: conventional/space”: Seoul −5.28 (best reply), " in (
        figure.alt
    )
    assert "Pyongyang would gain by leaving" in figure.alt


def test_where_names_do_not_fit_marks_stand_at_the_foot():
    findings = random_findings((2, 9, 2, 2))
    held = dict.fromkeys(findings.game.players, "o0")
    figure = figures.pager(findings, "p0", "p1", held)
    marks = rows(figure, "leavers")
    stable = best_replies(findings.game)[:, :, :, 0, 0]
    assert len(marks) == int((~stable)[:, ~stable.all(axis=0)].sum())
    assert rows(figure, "leave") == []
    assert {row["shape"] for row in rows(figure, "keys")} == set(SHAPES[:4])


def test_a_stronger_tint_is_better_along_the_players_own_options():
    findings = found()
    cells = rows(figures.pager(findings, "rok", "rus", PAGE), "tints")
    seoul = cells[0::2]
    payoffs = findings.game.payoffs[0][:, 1, :, 1]
    for column in range(3):
        by_tint = sorted(range(4), key=lambda a, c=column: seoul[a * 3 + c]["opacity"])
        assert by_tint == sorted(range(4), key=lambda a, c=column: payoffs[a, c])


@pytest.mark.parametrize("size", [1e-300, 1e300, 8e307])
def test_a_page_of_payoffs_of_any_size_can_be_drawn(size):
    findings = random_findings((3, 3))
    game = Game.from_payoffs(findings.game.payoffs / 5 * size, findings.game.players)
    scaled = replace(findings, game=replace(game, options=findings.game.options))
    one, other = (figures.pager(f, "p0", "p1", {}) for f in (findings, scaled))
    assert json.dumps(other.chart.to_dict(), allow_nan=False)
    for first, second in zip(rows(one, "tints"), rows(other, "tints"), strict=True):
        assert first["opacity"] == pytest.approx(second["opacity"], abs=1e-3)
