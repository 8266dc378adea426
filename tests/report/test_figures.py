"""Figures of any scenario, in both themes; margins and probabilities; refusals."""

import importlib
import json
import subprocess
import sys

import pytest
from tests.report.drawing import every_figure, found, random_findings, rows, texts

from counterplay.errors import GameError, MissingExtraError, ReportError
from counterplay.report import figures
from counterplay.report.figures import SHAPES, TOKENS
from counterplay.report.figures.margin_bar import MORE
from counterplay.report.figures.text import clean, fit, text_width
from counterplay.report.margin_scale import common_limit
from counterplay.report.tables import GLYPHS

HOSTILE = (
    "<script>alert(1)</script>",
    '"] }; datum.x = "',
    "조건부 약속",
    "a\u202eb\x00c\nd",
    "https://example.org/x.png",
    "Unbreakable" * 40,
    "word " * 300,
)
PAGE = {"dprk": "deny", "ukr": "expose"}


def test_margins_name_the_weakest_link():
    figure = figures.margins(found(), 0)
    assert figure.title == "Seoul is the weakest link: switching would cost it 0.22 points"
    track, bar = rows(figure, "bars")[:2]
    share = found().accounts[0].stances[0].margin / common_limit(found())
    assert (bar["x2"] - bar["x"]) / (track["x2"] - track["x"]) == pytest.approx(share)
    assert {row["shape"] for row in rows(figure, "players")} == set(SHAPES[:4])
    assert "own points" in " ".join(texts(figure))


def test_equal_margins_leave_nobody_as_the_weakest():
    figure = figures.margins(found("chicken"), 0)
    assert figure.title == "Washington and Moscow are equally close to switching"


def test_a_margin_of_nothing_is_said_as_such():
    figure = figures.margins(random_findings((2, 3), 0.0), 0)
    assert figure.title == "name 0 and name 1 could switch at no cost"


def test_a_long_margin_ends_at_the_limit_with_a_sign():
    findings = random_findings((2, 2), size=20.0, seed=1)
    figure = figures.margins(findings, 0)
    margins = [stance.margin for stance in findings.accounts[0].stances]
    longer = sum(margin > common_limit(findings) for margin in margins)
    assert longer
    assert texts(figure).count(MORE) == longer


def test_a_strip_fits_the_card():
    document = figures.margin_strip(found(), 0, "rok").chart.to_dict()
    assert (document["width"], document["height"]) == (132, 20)
    assert set(document["padding"].values()) == {0}
    mixed = figures.margin_strip(found(preset="strong_disclosure"), 0, "dprk")
    assert len(rows(mixed, "bars")) == 2
    assert texts(mixed) == ["0"]


def test_probabilities_are_shares_of_the_scale():
    findings = found(preset="strong_disclosure")
    figure = figures.probabilities(findings, 0)
    assert figure.title == "Pyongyang and Kyiv are undecided; the others are firm"
    assert "not advice" in figure.caption
    played = [s for vector in findings.solution.equilibria[0].strategies for s in vector if s > 0]
    bars = rows(figure, "bars")
    full = max(bar["x2"] - bar["x"] for bar in bars)
    assert [(bar["x2"] - bar["x"]) / full for bar in bars] == pytest.approx(played)
    assert "belief" in " ".join(texts(figure))


@pytest.mark.parametrize("shape", [(1, 1), (32, 3), (2,) * 8, (3, 1, 4), (12, 12)])
def test_any_scenario_can_be_drawn(shape):
    for figure in every_figure(random_findings(shape, labels=HOSTILE)):
        assert len(figure.chart.to_dict()["layer"]) > 0
        assert figure.title
        assert figure.alt


@pytest.mark.parametrize("size", [0.0, 1e-12, 1e-6, 1e6, 1e12])
def test_payoffs_of_any_size_can_be_drawn(size):
    for figure in every_figure(random_findings((2, 3), size)):
        assert json.dumps(figure.chart.to_dict(), allow_nan=False)
        assert max(map(len, texts(figure))) < 60


def test_labels_are_drawn_as_they_are_on_one_line():
    drawn = texts(figures.probabilities(random_findings((7, 2), labels=HOSTILE), 0))
    assert "<script>alert(1)</script>" in drawn
    assert '"] }; datum.x = "' in drawn
    assert "abc d" in drawn
    assert all(text == clean(text) for text in drawn)


def test_long_labels_are_wrapped_or_cut_to_their_room():
    for label in HOSTILE:
        lines = fit(label, 13, 120, 3)
        assert len(lines) <= 3
        assert all(text_width(line, 13) <= 120 for line in lines)
    assert fit("Conditional pledge", 13, 120, 3) == ("Conditional pledge",)
    assert fit(HOSTILE[5], 13, 120, 3)[-1].endswith("…")


def test_the_dark_theme_changes_every_colour_and_nothing_else():
    light, dark = (every_figure(found(), theme) for theme in ("light", "dark"))
    for one, other in zip(light, dark, strict=True):
        assert (one.title, one.caption, one.alt) == (other.title, other.caption, other.alt)
        assert texts(one) == texts(other)
        fills = json.dumps(other.chart.to_dict()["datasets"])
        assert not [colour for colour in TOKENS["light"].players if colour in fills]
        assert TOKENS["light"].ink not in json.dumps(other.chart.to_dict())


def test_players_have_eight_colours_shapes_and_glyphs():
    for tokens in TOKENS.values():
        assert len(set(tokens.players)) == 8
    assert len(set(SHAPES)) == len(GLYPHS) == 8


def test_equal_findings_give_equal_pictures():
    one, other = (every_figure(random_findings((3, 2, 2))) for _ in range(2))
    for first, second in zip(one, other, strict=True):
        assert first.chart.to_json() == second.chart.to_json()


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda f: figures.pager(f, "rok", "rok", PAGE), GameError, "column"),
        (lambda f: figures.pager(f, "rok", "rus", {"dprk": "deny"}), GameError, "ukr"),
        (lambda f: figures.pager(f, "rok", "mars", PAGE), GameError, "mars"),
        (lambda f: figures.pager(f, "rok", "rus", PAGE, "sepia"), ReportError, "sepia"),
        (lambda f: figures.margins(f, 9), ReportError, "9"),
        (lambda f: figures.margins(f, -1), ReportError, "-1"),
        (lambda f: figures.probabilities(f, 8), ReportError, "8"),
        (lambda f: figures.margin_strip(f, 0, "venus"), GameError, "venus"),
        (lambda f: figures.payoff_waterfall(f, (0, 0), "rok"), GameError, "profile"),
        (
            lambda f: figures.deviation_waterfall(f, [[1.0]], "rok", "hum"),
            GameError,
            "strategies",
        ),
    ],
)
def test_wrong_requests_are_refused_by_name(call, error, words):
    with pytest.raises(error, match=words):
        call(found())


def test_without_altair_the_error_names_the_extra(monkeypatch):
    for name in list(sys.modules):
        if name.startswith("counterplay.report.figures"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(MissingExtraError, match=r"counterplay\[report\]"):
        importlib.import_module("counterplay.report.figures")


def test_reports_do_not_import_altair():
    program = (
        "import sys, counterplay.report, counterplay.report.svg; print('altair' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "False"
