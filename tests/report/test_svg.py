"""Figures as SVG: the same bytes, no collisions, nothing from outside, nothing let through."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from functools import cache

import pytest

from counterplay.errors import MissingExtraError, ReportError
from counterplay.findings import Findings, study
from counterplay.report import figures
from counterplay.report.figures import Figure
from counterplay.report.svg import _with_ids, to_svg
from counterplay.scenario import Scenario, load

NAMES = ("<script>alert(1)</script>", '"] onload="x', "]]> & </svg>", "bell\x07 \ufffe")
GRADIENT = (
    '<svg class="marks"><defs><linearGradient id="gradient_{n}"></linearGradient></defs>'
    '<path fill="url(#gradient_{n})"/><use xlink:href="#gradient_{n}"/>'
    '<text>id="gradient_{n}" url(#gradient_{n})</text></svg>'
)


@cache
def chicken() -> Findings:
    return study(load("chicken"))


def hostile() -> Findings:
    players = [
        {
            "id": f"p{i}",
            "label": NAMES[i],
            "options": [{"id": f"o{k}", "label": NAMES[i + k]} for k in range(2)],
        }
        for i in range(3)
    ]
    payoffs = {player["id"]: [[[1, 2], [3, 4]], [[5, 6], [7, 8]]] for player in players}
    return study(
        Scenario.model_validate(
            {"format": 1, "id": "x", "title": "x", "players": players, "payoffs": payoffs}
        )
    )


def some(findings: Findings) -> list[Figure]:
    players = findings.game.players
    fixed = {
        player: names[0] for player, names in zip(players, findings.game.options, strict=True)
    }
    return [
        figures.pager(findings, players[0], players[1], fixed),
        figures.margins(findings, 0),
        figures.payoff_waterfall(findings, (0,) * len(players), players[0]),
    ]


def test_the_same_figure_gives_the_same_bytes():
    first = [to_svg(figure, "f") for figure in some(chicken())]
    assert [to_svg(figure, "f") for figure in some(chicken())] == first


@pytest.mark.slow
def test_another_process_gives_the_same_bytes():
    program = """
import sys
from counterplay.findings import study
from counterplay.report.figures import margins
from counterplay.report.svg import to_svg
from counterplay.scenario import load
sys.stdout.buffer.write(to_svg(margins(study(load("chicken")), 0), "f").encode())
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode() == to_svg(figures.margins(chicken(), 0), "f")


def test_ids_are_renamed_by_their_order_and_texts_are_not():
    renamed = _with_ids(GRADIENT.format(n=7), "fig")
    assert 'id="fig-0"></linearGradient>' in renamed
    assert 'fill="url(#fig-0)"' in renamed
    assert 'href="#fig-0"' in renamed
    assert '<text>id="gradient_7" url(#gradient_7)</text>' in renamed
    assert _with_ids(GRADIENT.format(n=8), "fig") == renamed.replace("gradient_7", "gradient_8")


def test_two_pictures_of_one_page_share_no_id():
    ids = [
        set(re.findall(r'\sid="([^"]*)"', to_svg(figure, f"f{number}")))
        for number, figure in enumerate(some(chicken()))
    ]
    assert sum(map(len, ids)) == len(set().union(*ids))


def test_a_picture_is_one_image_with_its_words():
    figure = figures.margins(chicken(), 0)
    root = ET.fromstring(to_svg(figure, "f"))  # noqa: S314 - our own output
    assert root.get("role") == "img"
    assert root.get("aria-label") == figure.alt


@pytest.mark.parametrize("number", [0, 1, 2])
def test_labels_stay_text(number):
    figure = some(hostile())[number]
    drawn = to_svg(figure, "f")
    root = ET.fromstring(drawn)  # noqa: S314 - our own output
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        "svg", "g", "path", "line", "text",
    }  # fmt: skip
    assert not [name for element in root.iter() for name in element.attrib if name[:2] == "on"]
    assert "<script" not in drawn
    assert any("<script>" in (element.text or "") for element in root.iter())


def test_nothing_is_fetched():
    for figure in some(hostile()):
        drawn = to_svg(figure, "f")
        without_namespaces = re.sub(r'xmlns(:\w+)?="[^"]*"', "", drawn)
        assert not re.search(r"https?:|href|url\(|@import|<image|<style", without_namespaces)
        assert "Source Sans" in drawn


@pytest.mark.parametrize("prefix", ["", "1", 'a"b', "a b", "ä", "a\n"])
def test_a_prefix_that_cannot_begin_an_id_is_refused(prefix):
    with pytest.raises(ReportError, match="prefix"):
        to_svg(figures.margins(chicken(), 0), prefix)


def test_without_vl_convert_the_error_names_the_extra(monkeypatch):
    figure = figures.margins(chicken(), 0)
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(MissingExtraError, match=r"counterplay\[report\]"):
        to_svg(figure, "f")
