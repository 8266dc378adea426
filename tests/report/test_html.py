"""The HTML report: one accessible file that fetches nothing, lets no text act, and verifies."""

import dataclasses
import itertools
import os
import re
import subprocess
import sys

import pytest
from tests.report.pages import (
    HOSTILE,
    SETTINGS,
    Page,
    embedded,
    found,
    hostile,
    hostile_page,
    pages,
    without_data,
    written,
)

from counterplay.errors import MissingExtraError
from counterplay.findings import study
from counterplay.report import render, verify, write_report
from counterplay.report.content import document
from counterplay.report.figures import TOKENS
from counterplay.report.html import html
from counterplay.report.page_one import SHOWN
from counterplay.scenario import load

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"


@pytest.mark.parametrize("number", range(5))
class TestStructure:
    def test_every_element_is_closed_and_every_id_is_its_own(self, number):
        page = Page(pages()[number])
        assert page.unclosed == []
        ids = [attributes["id"] for _, attributes, _ in page.elements if "id" in attributes]
        assert len(ids) == len(set(ids))

    def test_landmarks_language_and_one_title(self, number):
        page = Page(pages()[number])
        assert page.all("html") == [{"lang": "en"}]
        for tag in ("header", "main", "footer", "nav", "h1", "title"):
            assert len(page.all(tag)) == 1, tag

    def test_headings_leave_out_no_level(self, number):
        levels = [int(tag[1]) for tag, _, _ in Page(pages()[number]).elements if tag in "h1h2h3h4"]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))

    def test_links_stay_in_the_page_and_lead_somewhere(self, number):
        page = Page(pages()[number])
        ids = {attributes.get("id") for _, attributes, _ in page.elements}
        targets = [attributes["href"] for attributes in page.all("a")]
        assert targets[0] == "#main"
        assert all(target[0] == "#" and target[1:] in ids for target in targets)
        labels = [attributes["aria-labelledby"] for attributes in page.all("section")]
        assert set(labels) <= ids

    def test_tables_have_captions_and_headers_with_a_scope(self, number):
        page = Page(pages()[number])
        assert len(page.all("caption")) == len(page.all("table")) > 0
        assert {attributes.get("scope") for attributes in page.all("th")} == {"col", "row"}
        assert len(page.all("thead")) == len(page.all("table"))

    def test_pictures_say_what_they_show_and_have_a_table_twin(self, number):
        page = Page(pages()[number])
        drawn = [picture for picture in page.all("svg") if picture.get("role") == "img"]
        assert len(drawn) == len(page.all("figure")) == len(page.all("details")) > 0
        assert all(len(picture["aria-label"] or "") > 40 for picture in drawn)
        others = [picture for picture in page.all("svg") if picture.get("role") != "img"]
        assert all(picture["aria-hidden"] == "true" for picture in others)


@pytest.mark.parametrize("number", range(5))
class TestInert:
    def test_the_policy_forbids_everything_but_styles_and_stands_before_them(self, number):
        text = pages()[number]
        (policy,) = [
            attributes["content"]
            for attributes in Page(text).all("meta")
            if attributes.get("http-equiv") == "Content-Security-Policy"
        ]
        assert policy.split("; base-uri")[0] == POLICY
        assert text.index("Content-Security-Policy") < text.index("<style>")

    def test_nothing_is_fetched_or_run(self, number):
        page = Page(pages()[number])
        active = ("img", "link", "iframe", "object", "embed", "form", "input", "base", "use")
        assert page.all(*active, "image", "foreignobject", "animate", "audio", "video") == []
        assert page.all("script") == [{"type": "application/json", "id": "counterplay-report"}]
        assert len(page.all("style")) == 1
        (style,) = page.texts("style")
        assert "url(" not in style.replace("src: url(data:font/woff2;base64,", "")
        assert "@import" not in style
        for _, attributes, _ in page.elements:
            assert not {"src", "srcset", "style", "ping", "xlink:href"} & set(attributes)
            for name, value in attributes.items():
                assert not name.startswith("on"), name
                words = name in ("aria-label", "content")
                assert words or not re.search(r"url\((?!#)|https?:|javascript:", value or "")

    def test_the_data_is_whole_and_cannot_close_its_element(self, number):
        data = embedded(pages()[number])
        assert data["kind"] == "counterplay report"
        assert data["scenario"]["players"]


def test_pages_of_shipped_scenarios_name_no_address():
    assert not [text for text in pages()[:4] if "http:" in without_data(text)]
    assert not [text for text in pages()[:4] if "https:" in without_data(text)]


def test_hostile_text_is_shown_as_text():
    page = Page(hostile_page())
    body = "".join(page.texts("main"))
    for label in HOSTILE:
        if label.isprintable():
            assert label in body, label
    assert embedded(hostile_page())["scenario"]["title"] == HOSTILE[2]


def test_hostile_markings_end_neither_the_string_nor_the_style_sheet():
    (style,) = Page(hostile_page()).texts("style")
    strings = re.findall(r"@(?:top|bottom)-center \{ content: (\".*?); \}", style)
    assert len(strings) == 2
    for string in strings:
        assert re.fullmatch(r'"(?:[A-Za-z0-9]|\\[0-9a-f]+ )*"', string)


def test_signs_that_cannot_be_seen_are_left_out():
    text = without_data(hostile_page())
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\ufffe]", text)


def test_long_words_can_be_broken():
    cells = re.findall(r">([^<\s]*W{20,}[^<\s]*)<", without_data(hostile_page()).split("<svg")[0])
    assert cells == []
    assert "W<wbr>W" in hostile_page()


@pytest.mark.parametrize("level", ["brief", "standard", "full"])
def test_the_same_findings_give_the_same_bytes(level):
    scenario = load("korea-ukraine")
    first, second = (
        render(study(scenario, scenario.values("spiral")), ".html", level) for _ in range(2)
    )
    assert first == second


@pytest.mark.slow
def test_another_process_gives_the_same_bytes():
    program = (
        "import sys, counterplay as cp; from counterplay.report import render;"
        "sys.stdout.buffer.write(render(cp.study(cp.load('chicken')), '.html', 'full'))"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1] == written("chicken").encode()


@pytest.mark.parametrize("level", ["brief", "standard", "full"])
def test_a_report_verifies(level, tmp_path):
    path = write_report(found(preset="strong_disclosure"), tmp_path / "report.html", level)
    assert verify(path).same


def test_a_hostile_report_verifies(tmp_path):
    path = write_report(hostile(), tmp_path / "report.html", "full")
    assert verify(path).same


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("0.22 (thin)", "2.22", "line"),
        ("One stable outcome", "Two stable outcomes", "line"),
        ('"margin":0.2', '"margin":1.2', "margin"),
        ("UNCLASSIFIED", "SECRET", "sha256"),
    ],
)
def test_an_edited_report_does_not_verify(old, new, where, tmp_path):
    path = write_report(found(), tmp_path / "report.html", "brief")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    result = verify(path)
    assert not result.same
    assert any(where in difference for difference in result.differences)


def test_levels_nest():
    names = {}
    first = {}
    for level in ("brief", "standard", "full"):
        sections = document(found(), level).sections
        names[level] = [section.name for section in sections]
        starts = [k for k, section in enumerate(sections) if section.new_page]
        first[level] = [section.title for section in sections[: starts[0] if starts else None]]
        assert len(starts) == (level != "brief")
    assert names["standard"][: len(names["brief"])] == names["brief"]
    assert first["brief"] == first["standard"] == first["full"]
    assert set(names["standard"]) < set(names["full"])
    assert len(written(level="brief")) < len(written(level="standard")) < len(written())


def test_page_one_is_the_same_at_every_level():
    def page_one(level):
        text = written(level=level)
        first = text[text.index("<h1") : text.index('id="facts"')]
        return re.sub(r"\n\n?<p[^>]*>Required at this level and not made: [^<]*</p>", "", first)

    assert page_one("brief") == page_one("standard") == page_one("full")


@pytest.mark.parametrize("preset", SETTINGS)
def test_page_one_holds_all_that_a_reader_with_one_minute_needs(preset):
    findings = found(preset=preset)
    text = "".join(Page(written(preset=preset, level="brief")).texts("main"))
    assert findings.scenario.question in text
    assert findings.title in text
    assert all(found.headline in text for found in findings.accounts[:SHOWN])
    assert all(player.name in text for player in findings.scenario.players)
    assert findings.solution.reason in text
    assert "The assumptions that carry it" in text
    assert findings.scenario.as_of in text
    assert findings.scenario.sha256 in text
    assert findings.digest in text
    assert 3 <= len(re.findall(r"<li>", written(level="brief").split('id="care"')[1])) <= 5


def test_all_caveats_stand_in_the_longer_reports():
    text = "".join(Page(written(level="standard")).texts("main"))
    assert all(caveat in text for caveat in found().caveats)


def test_the_marking_opens_and_closes_the_page_and_every_sheet():
    page = Page(written())
    marking = found().scenario.marking
    assert marking in page.texts("header")[0]
    assert marking in page.texts("footer")[0]
    (style,) = page.texts("style")
    assert style.count("UNCLASSIFIED") == 2


def test_without_marking_there_is_none():
    scenario = load("chicken").model_copy(update={"marking": None})
    text = render(study(scenario), ".html", "brief").decode()
    assert 'class="marking"' not in text
    assert "@top-center { content: none; }" in text
    assert "@bottom-center" not in text


def test_no_outcome_at_all_is_a_report_too():
    findings = found("chicken")
    solution = dataclasses.replace(findings.solution, equilibria=(), completeness="unproved")
    bare = dataclasses.replace(findings, solution=solution, accounts=(), breaks=())
    text = html(document(bare, "full"), {"level": "full"})
    assert "No stable outcome found yet" in text


@pytest.mark.parametrize("package", ["jinja2", "altair", "vl_convert"])
def test_a_missing_extra_is_named(package, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=r"an HTML report needs .*counterplay\[report\]"):
        render(found("chicken"), ".html", "brief")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_has_contrast(theme):
    tokens = TOKENS[theme]
    pairs = [
        (tokens.ink, tokens.background),
        (tokens.ink, tokens.panel),
        (tokens.second, tokens.background),
        (tokens.second, tokens.panel),
        (tokens.caution, tokens.caution_tint),
    ]
    assert min(_contrast(*pair) for pair in pairs) >= 4.5


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
