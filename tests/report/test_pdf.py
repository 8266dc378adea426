"""The PDF report: tagged, whole on every page, inert, the same bytes twice, and it verifies."""

import contextlib
import io
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DictionaryObject, NameObject, StreamObject, TextStringObject
from tests.report.pages import HOSTILE, SETTINGS, found, hostile

from counterplay.errors import MissingExtraError, ReportError
from counterplay.findings import study
from counterplay.report import fonts, render, verify, write_report
from counterplay.report.content import document
from counterplay.report.figures.text import clean
from counterplay.report.page_one import SHOWN
from counterplay.report.pdf import opened_pdf
from counterplay.report.pdf.columns import PAGE, column_widths
from counterplay.report.pdf.typesetting import ABSENT, ATTACHED
from counterplay.report.tables import Table
from counterplay.scenario import Scenario, load

HANGUL = "평양"
SOURCE = (
    '#eval("1 + 1")', "$x^2$", "@ref", "\\u{41} \\", "#pagebreak()", "*bold* _it_", "// gone",
    "`raw`", "= Title", "<label>", "~", "--", "...", '"] #panic("x")', "#read(\"/etc/passwd\")",
)  # fmt: skip


@cache
def written(model="korea-ukraine", preset=None, level="standard"):
    return render(found(model, preset), ".pdf", level)


def reader(content):
    return PdfReader(io.BytesIO(content), strict=True)


def page_texts(content):
    """Return the text of each page, without the breaks of lines."""
    return [page.extract_text().replace(" \n", " ") for page in reader(content).pages]


def body(content):
    """Return the text between the running lines of all pages, which have a marking."""
    texts = [page.extract_text() for page in reader(content).pages]
    return "\n".join("\n".join(text.splitlines()[2:-2]) for text in texts)


def squeezed(text):
    return "".join(text.split())


def labelled(labels):
    """Return findings of a small scenario whose names and texts are these labels, in turn."""

    def name(number):
        return labels[number % len(labels)]

    players = [
        {
            "id": f"p{i}",
            "label": name(2 * i),
            "options": [{"id": f"o{k}", "label": name(2 * i + k + 1)} for k in range(2)],
        }
        for i in range(2)
    ]
    payoffs = {"p0": [[3, 0], [5, 1]], "p1": [[3, 5], [0, 1]]}
    fields = {"title": name(5), "question": name(6), "marking": name(7), "caveats": list(labels)}
    scenario = {"format": 1, "id": "x", "players": players, "payoffs": payoffs, **fields}
    return study(Scenario.model_validate(scenario))


@pytest.mark.parametrize("preset", SETTINGS[:2])
def test_every_sentence_of_the_content_is_there(preset):
    findings = found(preset=preset)
    text = squeezed(body(written(preset=preset)))
    for section in document(findings, "standard").sections:
        assert squeezed(section.title) in text
        for block in section.blocks:
            for part in (getattr(block, "text", ""), *getattr(block, "items", ())):
                said = part if isinstance(part, str) else "".join((part[0], ":", part[1]))
                if "Solved with" not in said and len(said) < 400:
                    assert squeezed(said) in text, said
            for row in getattr(block, "rows", ()):
                assert all(squeezed(cell.lstrip("●■▲◆ ")) in text for cell in row), row


@pytest.mark.parametrize(
    ("model", "preset"),
    [*(("korea-ukraine", preset) for preset in SETTINGS), ("chicken", None)],
)
def test_page_one_holds_the_answer_and_is_one_page(model, preset):
    findings = found(model, preset)
    brief = page_texts(written(model, preset, "brief"))
    assert len(brief) == 1
    said = squeezed(brief[0])
    assert all(squeezed(told.headline) in said for told in findings.accounts[:SHOWN])
    assert "Readthiswithcare" in said
    assert findings.scenario.sha256 in said
    assert findings.digest in said
    first = page_texts(written(model, preset))[0]
    answers = [text[text.index("\n", 60) :].split("Read this")[0] for text in (first, *brief)]
    missing = "Requiredatthislevelandnotmade:tippingpoints"
    longer, shorter = map(squeezed, answers)
    assert re.sub(rf"{missing}[^.]*\.", "", longer) == shorter
    assert (missing in longer, missing in shorter) == (True, False)


def test_the_picture_of_page_one_gives_way_to_words():
    scenario = load("korea-ukraine")
    question = f"{scenario.question} " * 4
    findings = study(scenario.model_copy(update={"question": question}))
    assert len(page_texts(render(findings, ".pdf", "brief"))) == 1


def test_marking_title_hash_and_number_stand_on_every_page():
    scenario = found().scenario
    texts = page_texts(written())
    for number, text in enumerate(texts, 1):
        assert text.count(scenario.marking) == 2
        assert f"Page {number} of {len(texts)}" in text
        assert scenario.title in text
        assert scenario.sha256[:12] in text


def test_without_marking_there_is_none():
    scenario = load("chicken").model_copy(update={"marking": None})
    text = page_texts(render(study(scenario), ".pdf", "brief"))[0]
    assert text.startswith("Counterplay brief")


def test_the_file_is_tagged_and_names_itself():
    content = reader(written())
    root = content.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert content.metadata.title == found().scenario.title
    assert found().scenario.sha256 in content.metadata["/Keywords"]
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root)
    assert content.metadata.creation_date is None


def test_pictures_are_drawn_as_vectors_and_have_a_text():
    content = written()
    assert b"/Subtype/Image" not in content.replace(b" ", b"")
    figures = [element for element in _elements(reader(content)) if element.get("/S") == "/Figure"]
    assert len(figures) == 5
    assert all(len(str(figure["/Alt"])) > 40 for figure in figures)


def _elements(content):
    open_ones = [content.root_object["/StructTreeRoot"]["/K"]]
    while open_ones:
        element = open_ones.pop().get_object()
        if isinstance(element, list):
            open_ones += element
        elif isinstance(element, dict):
            yield element
            if "/K" in element and element.get("/Type") != "/MCR":
                open_ones.append(element["/K"])


def test_only_the_shipped_typeface_is_used():
    names = set()
    for page in reader(written()).pages:
        for font in page["/Resources"]["/Font"].values():
            names.add(re.sub(r"^/[A-Z]{6}\+|-.*", "", font.get_object()["/BaseFont"]))
    assert names == {"SourceSans3"}


def test_the_shipped_fonts_come_with_their_licence():
    assert "SIL OPEN FONT LICENSE" in (fonts.FOLDER / "LICENSE.md").read_text(encoding="utf-8")
    files = sorted(fonts.FOLDER.glob("*.ttf"))
    assert len(files) == 2
    assert all(file.stat().st_size < 500_000 for file in files)


def test_the_same_findings_give_the_same_bytes_and_no_place_of_this_machine():
    first, second = (render(study(load("chicken")), ".pdf", "full") for _ in range(2))
    assert first == second
    assert len(written(level="full")) < 2_000_000
    data = opened_pdf(first, "x").data
    for place in map(str, (Path.cwd(), Path.home())):
        assert place.encode() not in first
        assert place not in data


@pytest.mark.slow
def test_another_process_gives_the_same_bytes():
    program = (
        "import sys, counterplay as cp; from counterplay.report import render;"
        "sys.stdout.buffer.write(render(cp.study(cp.load('chicken')), '.pdf', 'brief'))"
    )
    env = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Seoul"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, check=True
    )
    assert done.stdout == written("chicken", level="brief")


def test_the_date_is_the_one_that_is_given(monkeypatch, tmp_path):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    dated = render(found("chicken"), ".pdf", "brief")
    assert reader(dated).metadata.creation_date.isoformat() == "2023-11-14T22:13:20+00:00"
    (tmp_path / "r.pdf").write_bytes(dated)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert verify(tmp_path / "r.pdf").same


@pytest.mark.parametrize("given", ["yesterday", "-1", "1.5", "9" * 30])
def test_a_date_that_is_none_is_refused(given, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    with pytest.raises(ReportError, match="SOURCE_DATE_EPOCH"):
        render(found("chicken"), ".pdf", "brief")


class TestLabels:
    def test_source_of_typst_is_shown_as_text(self):
        text = squeezed("".join(page_texts(render(labelled(SOURCE), ".pdf", "full"))))
        for label in SOURCE:
            assert squeezed(label) in text, label

    def test_hostile_labels_are_shown_as_text_in_letters_that_there_are(self):
        text = squeezed("".join(page_texts(render(hostile(), ".pdf", "full"))))
        for label in HOSTILE:
            shown = clean(label).replace("한", ABSENT).replace("국", ABSENT)
            assert squeezed(shown) in text, label
        assert "lettersthatthefontsathandlack" in text

    def test_long_words_stay_inside_the_page(self):
        content = reader(render(labelled(["W" * 200]), ".pdf", "brief"))
        longest = max(
            len(line) for page in content.pages for line in page.extract_text().splitlines()
        )
        assert "W" * 14 in content.pages[0].extract_text()
        assert longest < 180

    def test_text_from_right_to_left_and_other_scripts_are_there(self):
        text = "".join(
            page_texts(render(labelled(["שלום", "Україна", "Ελλάδα"]), ".pdf", "brief"))
        )
        assert "Україна" in text
        assert "Ελλάδα" in text
        assert ABSENT not in text
        assert "lack" not in text

    def test_emoji_leave_a_box_and_a_remark(self):
        text = "".join(page_texts(render(labelled(["Go 😀 now"]), ".pdf", "brief")))
        assert f"Go {ABSENT} now" in text
        assert "the data inside this file has them" in text

    def test_empty_texts_are_no_fault(self):
        findings = labelled(["\u202e", "a"])
        assert page_texts(render(findings, ".pdf", "full"))


class TestFonts:
    def test_a_folder_that_is_none_is_refused(self, tmp_path):
        with pytest.raises(ReportError, match=r"font_dir: .*no-such is not a folder"):
            render(found("chicken"), ".pdf", "brief", font_dir=tmp_path / "no-such")

    def test_a_folder_without_fonts_is_refused(self, tmp_path):
        (tmp_path / "a.ttf").write_bytes(b"no font")
        with pytest.raises(ReportError, match="holds no font"):
            render(found("chicken"), ".pdf", "brief", font_dir=tmp_path)

    def test_what_is_no_path_is_refused(self):
        with pytest.raises(ReportError, match="font_dir"):
            render(found("chicken"), ".pdf", "brief", font_dir=3)

    def test_a_refused_report_leaves_no_file(self, tmp_path):
        with pytest.raises(ReportError):
            write_report(found("chicken"), tmp_path / "r.pdf", "brief", font_dir=tmp_path / "none")
        assert list(tmp_path.iterdir()) == []

    def test_a_folder_given_is_named_in_the_file_and_verifies_with_it(self, tmp_path):
        path = tmp_path / "r.pdf"
        write_report(found("chicken"), path, "brief", font_dir=fonts.FOLDER)
        assert verify(path, font_dir=fonts.FOLDER).same


@pytest.mark.parametrize("package", ["typst", "altair", "vl_convert"])
def test_a_missing_extra_is_named(package, monkeypatch):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=r"a PDF report needs .*counterplay\[report\]"):
        render(found("chicken"), ".pdf", "brief")


def test_a_missing_reader_is_named(monkeypatch, tmp_path):
    (tmp_path / "r.pdf").write_bytes(written("chicken", level="brief"))
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(MissingExtraError, match="reading a PDF report"):
        verify(tmp_path / "r.pdf")


@pytest.mark.parametrize("preset", SETTINGS[:2])
def test_a_report_verifies(preset, tmp_path):
    (tmp_path / "r.pdf").write_bytes(written(preset=preset))
    assert verify(tmp_path / "r.pdf").same


def test_a_hostile_report_verifies(tmp_path):
    assert verify(write_report(hostile(), tmp_path / "r.pdf", "brief")).same


def _redrawn(writer, change):
    page = writer.pages[0]
    stream = StreamObject()
    stream.set_data(change(page.get_contents().get_data()))
    page[NameObject("/Contents")] = writer._add_object(stream)


def _data_of(writer):
    (_, file) = writer.root_object["/Names"]["/EmbeddedFiles"]["/Names"]
    return file.get_object()["/EF"]["/F"].get_object()


def cover(writer):
    _redrawn(writer, lambda drawn: drawn + b"\n1 1 1 rg 60 500 200 99 re f")


def retype(writer):
    _redrawn(
        writer,
        lambda drawn: re.sub(rb"\[\(.{30,}?\)\]TJ", b"[(\\\\000\\\\001)]TJ", drawn, count=1),
    )


def move(writer):
    _redrawn(writer, lambda drawn: b"1 0 0 1 9 9 cm\n" + drawn)


def stick(writer):
    writer.add_annotation(0, FreeText(text="All agree", rect=(50, 500, 200, 600)))


def retitle(writer):
    writer.add_metadata({"/Title": "Another"})


def lengthen(writer):
    writer.add_blank_page(500, 700)


def shorten(writer):
    writer.remove_page(1)


def act(writer):
    action = {
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject("x"),
    }
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)


def attach(writer):
    writer.add_attachment("more.json", b"{}")


def falsify(writer):
    data = _data_of(writer).get_data()
    assert b'"regret":0' in data
    _data_of(writer).set_data(data.replace(b'"regret":0', b'"regret":1', 1))


def edited(change):
    writer = PdfWriter(clone_from=io.BytesIO(written("chicken")))
    change(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (cover, "picture 1"),
        (retype, "page 1, line"),
        (move, "picture 1"),
        (stick, "page 1, parts"),
        (retitle, "metadata /Title"),
        (lengthen, "page"),
        (shorten, "page"),
        (act, "parts of the file"),
        (attach, "attached"),
        (falsify, "regret"),
    ],
)
def test_an_edited_report_does_not_verify(change, where, tmp_path):
    (tmp_path / "r.pdf").write_bytes(edited(change))
    result = verify(tmp_path / "r.pdf")
    assert not result.same
    assert any(
        difference.startswith(where) or where in difference.split(":")[0]
        for difference in result.differences
    )


def test_a_report_saved_again_by_another_program_verifies(tmp_path):
    content = edited(lambda writer: None)
    assert content != written("chicken")
    (tmp_path / "r.pdf").write_bytes(content)
    assert verify(tmp_path / "r.pdf").same


def bomb(writer):
    _data_of(writer).set_data(b" " * 90_000_000)


def no_text(writer):
    _data_of(writer).set_data(b"\xff\xfe\xff")


def no_data(writer):
    del writer.root_object["/Names"]


def loop(writer):
    names = writer.root_object["/Names"]["/EmbeddedFiles"].get_object()
    names[NameObject("/Names")] = writer.root_object.indirect_reference


@pytest.mark.parametrize("change", [bomb, no_text, no_data, loop])
def test_a_file_that_is_no_report_is_refused(change):
    with pytest.raises(ReportError, match=r"^r\.pdf: "):
        opened_pdf(edited(change), "r.pdf")


def test_an_encrypted_file_is_refused():
    with pytest.raises(ReportError, match="encrypted"):
        opened_pdf(edited(lambda writer: writer.encrypt("x", algorithm="RC4-128")), "r.pdf")


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_damaged_bytes_are_refused_or_read_and_nothing_else(data):
    content = bytearray(written("chicken", level="brief"))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(1, 400))] = data.draw(st.binary(max_size=9))
    with contextlib.suppress(ReportError):
        opened_pdf(bytes(content), "r.pdf")


def test_the_attached_data_is_the_json_report():
    assert ATTACHED in reader(written("chicken")).attachments
    text = opened_pdf(written("chicken"), "x").data
    assert text.startswith('{"kind":"counterplay report"')


@given(
    st.integers(1, 9).flatmap(
        lambda count: st.lists(
            st.lists(st.text(max_size=200), min_size=count, max_size=count), min_size=1, max_size=4
        )
    )
)
def test_columns_fill_the_page_and_no_more(rows):
    heads = tuple("head" for _ in rows[0])
    table = Table("t", heads, tuple(map(tuple, rows)), (False,) * len(heads))
    widths = column_widths(table)
    if widths is not None:
        assert sum(widths) == pytest.approx(PAGE)
        assert min(widths) > PAGE / 40
