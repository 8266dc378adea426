"""The Markdown report: text from files is shown as it is, and the data inside survives."""

import itertools
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.scenario_files import SOUND, edited

from counterplay.findings import study
from counterplay.report import LEVELS, render
from counterplay.report.content import document
from counterplay.report.json_document import report_data
from counterplay.report.markdown import escaped, markdown
from counterplay.scenario import load
from counterplay.scenario.catalogue import inspect_data, inspect_text
from counterplay.scenario.source import printable

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
HOSTILE = (
    "<script>alert(1)</script>",
    "<!-- --> <img src=x onerror=alert(1)>",
    "--><script>alert(2)</script><!--",
    "[click](javascript:alert(1)) ![x](http://evil.invalid/x.png)",
    "# heading | cell | **bold** _em_ `code` ~~gone~~",
    "- list",
    "1. list",
    "---",
    "\x1b[31mred\x1b]0;title\x07 \x9b2J \u202eturned\u2066",
    "two\n\n# lines\r\n",
    "&lt;b&gt; &amp; &copy;",
    "$x^2$ {{ 7*7 }} {% raw %} \\",
    "http://evil.invalid <http://evil.invalid> a@b.c",
    "● ▲ 한국 Україна",
)


def shown(text):
    """Return what a reader should see of a text."""
    return re.sub(" +", " ", printable(text)).strip()


def inlines(text):
    return [token for token in READER.parse(text) if token.type == "inline"]


def plain(token):
    """Return an inline token's text, given that nothing in it is markup of the text's own."""
    kinds = {child.type for child in token.children}
    assert kinds <= {"text", "text_special", "strong_open", "strong_close", "em_open", "em_close"}
    return "".join(child.content for child in token.children)


@pytest.fixture(scope="module")
def sound():
    return study(inspect_text(SOUND.encode(), "small.yaml").scenario)


@pytest.fixture(scope="module")
def hostile():
    """Findings of a scenario whose every text is hostile."""
    data = inspect_text(SOUND.encode(), "small.yaml").scenario.canonical()
    texts = iter(HOSTILE * 10)
    for key in ("title", "marking", "question", "asked_by", "as_of"):
        data[key] = next(texts)
    named = ("label", "clause", "description", "meaning", "unit", "rationale", "text", "claim",
             "claimant", "date", "source", "note", "disputed_by", "as_of")  # fmt: skip
    for kind in ("players", "parameters", "constants", "terms", "regimes", "presets", "caveats",
                 "evidence"):  # fmt: skip
        for entry in data[kind]:
            for part in (entry, *entry.get("options", ())):
                part |= {key: next(texts) for key in named if key in part}
    data["parameters"][0]["unit"] = next(texts)
    return study(inspect_data(data, "hostile.json"))


@pytest.mark.parametrize("level", LEVELS)
def test_headings_nest_and_the_marking_stands_at_both_ends(sound, level):
    text = edited(("title: A small scenario", "title: A small scenario\nmarking: SECRET"))
    findings = study(inspect_text(text.encode(), "small.yaml").scenario)
    written = render(findings, ".md", level).decode()
    assert written.startswith("# A small scenario\n\n**SECRET**\n")
    assert written.count("**SECRET**") == 2
    depths = [len(mark) for mark in re.findall(r"^(#+) ", written, re.MULTILINE)]
    assert depths[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(depths))


def test_levels_nest(sound):
    brief, standard, full = (render(sound, ".md", level).decode() for level in LEVELS)
    assert len(brief) < len(standard) < len(full)
    assert "## Assumptions" in standard
    assert "## Assumptions" not in brief
    assert "## Evidence" in full
    assert "## Evidence" not in standard


def test_everything_that_the_document_says_is_in_it(sound):
    seen = {plain(token) for token in inlines(render(sound, ".md", "full").decode())}
    content = document(sound, "full")
    for section in content.sections:
        assert shown(section.title) in seen
        for block in section.blocks:
            rows = getattr(getattr(block, "table", block), "rows", ())
            cells = [shown(cell) for row in rows for cell in row]
            assert seen.issuperset(filter(None, cells))


def test_tables_are_tables(sound):
    text = render(sound, ".md", "full").decode()
    tables = [token for token in READER.parse(text) if token.type == "table_open"]
    assert len(tables) == len(re.findall(r"^\|(?: -+:? \|)+$", text, re.MULTILINE))
    for line in text.splitlines():
        if line.startswith("|"):
            assert line.endswith("|")


def test_hostile_text_is_shown_as_it_is(hostile):
    written = render(hostile, ".md", "full").decode()
    start = written.index("<!-- counterplay-report ")
    body, stamp = written[:start], written[start:]
    seen = " ".join(plain(token) for token in inlines(body))
    for text in HOSTILE:
        assert shown(text) in seen, text
    kinds = {token.type for token in READER.parse(body)}
    assert kinds.isdisjoint({"html_block", "fence", "code_block", "hr", "blockquote_open"})
    assert all(sign == "\n" or sign.isprintable() for sign in body)
    assert stamp.count("-->") == 1
    assert stamp.isascii()


def test_the_hostile_document_ends_in_one_comment(hostile):
    tokens = READER.parse(render(hostile, ".md", "full").decode())
    assert [token.type for token in tokens].count("html_block") == 1
    assert tokens[-1].type == "html_block"


def test_the_data_survives(hostile):
    written = render(hostile, ".md").decode()
    stamp = re.search(r"<!-- counterplay-report (\{.*\}) -->\n\Z", written)
    assert json.loads(stamp[1]) == report_data(hostile, "standard")


def test_the_same_findings_give_the_same_bytes(sound):
    again = study(inspect_text(SOUND.encode(), "small.yaml").scenario)
    assert render(sound, ".md", "full") == render(again, ".md", "full")


def test_mixed_outcomes_are_tables_where_html_draws():
    text = render(study(load("chicken")), ".md").decode()
    assert "| Washington | Blockade | 50% |" in text
    assert "*Mixed strategies*" in text


def test_figures_leave_no_trace_but_their_tables(sound):
    data = report_data(sound, "full")
    text = markdown(document(sound, "full"), data)
    assert "<svg" not in text
    assert "data:image" not in text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_anywhere(text):
    mark = escaped(text)
    assert "\n" not in mark
    assert [plain(token) for token in inlines(f"x\n\n{mark}\n")] == ["x", shown(text)]
    assert [plain(token) for token in inlines(f"- {mark}\n- y\n")] == [shown(text), "y"]
    table = inlines(f"| a | b |\n| --- | --- |\n| {mark} | z |\n")
    assert [plain(token) for token in table] == ["a", "b", shown(text), "z"]
    assert plain(inlines(f"# {mark}\n")[0]) == shown(text)
    assert plain(inlines(f"**{mark}**\n")[0]) == shown(text)


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet="ab1.-+*_#<>[]()!|\\`~&;:=\"' \n\t{}$@", max_size=25) | st.text(max_size=9)
)
def test_any_text_is_one_plain_paragraph(text):
    seen = [plain(token) for token in inlines(f"x\n\n{escaped(text)}\n")]
    assert seen == ["x", *filter(None, [shown(text)])]


def test_ordinary_text_is_left_alone():
    for text in ("2.50", "−0.22", "Seoul: pledge", "5 of 6 (83%)", "“Wait”, then?", "3 to 4"):
        assert escaped(text) == text
