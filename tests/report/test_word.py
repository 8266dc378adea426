"""The Word report: real styles, the same words and numbers, nothing that acts, and it verifies."""

import io
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from tests.report.office import FORMULAS, acting, archive_of, edited, parts_of, well_formed
from tests.report.pages import found, hostile

from counterplay.report import render, verify, write_report
from counterplay.report.blocks import Picture
from counterplay.report.content import document
from counterplay.report.figures.text import clean
from counterplay.report.packages import kept_data
from counterplay.report.tables import Table
from counterplay.report.word import styles

RAW = render(found(), ".docx", "standard")
SHORT = render(found(), ".docx", "brief")
BODY = "word/document.xml"


def opened(raw=RAW):
    return docx.Document(io.BytesIO(raw))


def said(level="standard"):
    return document(found(), level)


def blocks(kind):
    return [
        block for section in said().sections for block in section.blocks if isinstance(block, kind)
    ]


def by_style(name):
    return [p.text for p in opened().paragraphs if p.style.name == name]


def test_the_same_findings_give_the_same_bytes():
    assert render(found(), ".docx", "standard") == RAW


def test_every_section_has_a_heading_of_its_depth():
    for depth, style in ((1, "Title"), (2, "Heading 1"), (3, "Heading 2")):
        assert by_style(style) == [s.title for s in said().sections if s.depth == depth]


def test_looks_come_from_styles_alone():
    given = {p.style.name for p in opened().paragraphs}
    assert {"Title", "Heading 1", "List Bullet", "Caption"} <= given
    assert {styles.QUESTION, styles.FINDING, styles.STATUS, styles.NOTE, styles.FACTS} <= given
    body = opened().element.body
    fonts = body.findall(f".//{qn('w:rFonts')}")
    assert fonts == []


def test_tables_and_figures_are_captioned_and_counted():
    tables = blocks(Table)
    pictures = blocks(Picture)
    captions = by_style("Caption")
    numbered = [c for c in captions if c.startswith("Table")]
    assert numbered == [f"Table {k}. {clean(b.title)}" for k, b in enumerate(tables, 1)]
    drawn = [c for c in captions if c.startswith("Figure")]
    assert [c.split(".")[0] for c in drawn] == [f"Figure {k}" for k in range(1, len(pictures) + 1)]
    assert len(captions) == len(tables) + len(pictures)


def test_the_cells_are_those_of_the_content():
    for made, table in zip(opened().tables, blocks(Table), strict=True):
        rows = [[cell.text for cell in row.cells] for row in made.rows]
        assert rows[0] == [clean(column) for column in table.columns]
        for row, texts in zip(rows[1:], table.rows, strict=True):
            for cell, text in zip(row, texts, strict=True):
                assert clean(cell).endswith(clean(text).lstrip("●■▲◆ "))


def test_table_heads_repeat_and_tables_are_described():
    for made in opened().tables:
        head, *rows = made.rows
        assert head._tr.find(f".//{qn('w:tblHeader')}") is not None
        assert not any(row._tr.findall(f".//{qn('w:tblHeader')}") for row in rows)
        properties = made._tbl.tblPr
        assert properties.find(qn("w:tblCaption")).get(qn("w:val"))
        assert properties.find(qn("w:tblDescription")).get(qn("w:val"))
        assert made.style.name == styles.TABLE


def test_every_picture_says_what_it_shows():
    from counterplay.report import figures

    told = [part.get("descr") for part in opened().element.body.iter(qn("wp:docPr"))]
    wanted = [clean(getattr(figures, b.kind)(*b.arguments).alt) for b in blocks(Picture)]
    assert told == wanted
    assert all(told)
    ids = [part.get("id") for part in opened().element.body.iter(qn("wp:docPr"))]
    assert len(set(ids)) == len(ids)


def test_every_page_is_marked_and_numbered():
    (section,) = opened().sections
    head = section.header._element.xpath("string()")
    foot = section.footer._element.xpath("string()")
    assert found().scenario.marking in head
    assert found().scenario.marking in foot
    assert "PAGE" in foot
    assert "NUMPAGES" in foot
    assert found().scenario.sha256[:12] in foot


def test_the_properties_state_title_question_and_hash():
    core = opened().core_properties
    scenario = found().scenario
    assert core.title == scenario.title
    assert core.subject == scenario.question
    assert scenario.sha256 in core.keywords
    assert core.author == "Counterplay"


def test_the_date_is_the_one_of_the_build_or_none(monkeypatch):
    assert b"dcterms:created" not in parts_of(RAW)["docProps/core.xml"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    core = opened(render(found(), ".docx", "brief")).core_properties
    assert core.created == core.modified
    assert f"{core.created:%Y-%m-%d}" == "1970-01-02"


def test_the_data_inside_is_the_json_report():
    kept = json.loads(kept_data(parts_of(RAW), "r.docx").data)
    assert kept == json.loads(render(found(), ".json", "standard"))


def test_nothing_of_the_machine_is_inside():
    everything = b"".join(parts_of(RAW).values())
    for word in (str(Path.home()), str(Path.cwd()), tempfile.gettempdir(), "python-docx"):
        assert word.encode() not in everything
    names = set(parts_of(RAW))
    assert "docProps/thumbnail.jpeg" not in names
    assert len(RAW) < 2_000_000


@pytest.mark.parametrize("level", ["brief", "standard"])
def test_a_report_verifies(tmp_path, level):
    path = write_report(found(preset="strong_disclosure"), tmp_path / "r.docx", level)
    result = verify(path)
    assert (result.same, result.differences, result.notes) == (True, (), ())


@pytest.mark.parametrize("shift", [0, 5])
def test_labels_that_try_to_act_are_text(tmp_path, shift):
    path = write_report(acting(shift), tmp_path / "r.docx", "full")
    well_formed(path.read_bytes())
    texts = "\n".join(p.text for p in docx.Document(path).paragraphs)
    for caveat in FORMULAS:
        assert clean(caveat) in texts
    codes = [part.text for part in docx.Document(path).element.body.iter(qn("w:instrText"))]
    assert {re.sub(r"\s+", " ", code).strip() for code in codes} <= {
        "SEQ Table \\* ARABIC",
        "SEQ Figure \\* ARABIC",
    }
    assert verify(path).same


def test_a_report_full_of_markup_verifies(tmp_path):
    path = write_report(hostile(), tmp_path / "r.docx", "full")
    well_formed(path.read_bytes())
    assert verify(path).same


def differences(tmp_path, raw):
    path = tmp_path / "edited.docx"
    path.write_bytes(raw)
    result = verify(path)
    assert not result.same
    return result.differences


@pytest.mark.parametrize(
    ("part", "old", "new", "where"),
    [
        (BODY, "0.22 (thin)", "2.22 (thin)", "paragraph"),
        (BODY, "15% of its range", "45% of its range", "paragraph"),
        (BODY, ">Seoul<", ">Busan<", "paragraph"),
        (BODY, 'descr="', 'descr="Not so. ', "paragraph"),
        (BODY, "<w:body>", "<w:body><w:p><w:r><w:t>New.</w:t></w:r></w:p>", "paragraph 1"),
        (BODY, "</w:rPr><w:t>", "<w:vanish/></w:rPr><w:t>", "[hidden]"),
        ("docProps/core.xml", "Ukraine", "Japan", "properties, title"),
        ("customXml/item1.xml", '"margin":0.2', '"margin":1.2', "margin"),
        ("customXml/item1.xml", '"status":"confirmed"', '"status":"alleged"', "sha256"),
        ("customXml/item1.xml", '"default":0.4', '"default":0.5', "sha256"),
    ],
)
def test_an_edit_is_found_and_its_place_named(tmp_path, part, old, new, where):
    raw = edited(SHORT, part, old, new)
    assert any(where in difference for difference in differences(tmp_path, raw))


def test_another_marking_on_the_pages_is_found(tmp_path):
    part = next(name for name in parts_of(RAW) if re.fullmatch(r"word/footer\d*\.xml", name))
    raw = edited(SHORT, part, "UNCLASSIFIED", "SECRET")
    assert any("header and footer" in difference for difference in differences(tmp_path, raw))


def test_another_picture_is_found(tmp_path):
    parts = parts_of(SHORT)
    one = next(name for name in parts if name.endswith(".png"))
    parts[one] = next(
        c for n, c in parts_of(RAW).items() if n.endswith(".png") and c != parts[one]
    )
    assert any("picture" in difference for difference in differences(tmp_path, archive_of(parts)))


def test_a_comment_of_somebody_else_is_found(tmp_path):
    parts = parts_of(SHORT)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts["word/comments.xml"] = (
        f"<w:comments {space}><w:comment><w:p><w:r><w:t>No.</w:t></w:r></w:p></w:comment>"
        "</w:comments>"
    ).encode()
    (one,) = differences(tmp_path, archive_of(parts))
    assert one.startswith("word/comments.xml")


def test_other_styles_are_no_difference(tmp_path):
    path = tmp_path / "restyled.docx"
    made = opened(SHORT)
    made.styles["Heading 1"].font.name = "Georgia"
    made.styles["Normal"].font.italic = True
    made.save(path)
    assert verify(path).same


def test_without_its_packages_there_is_one_line_and_no_file(tmp_path):
    code = "import sys; sys.modules['docx'] = None\nfrom counterplay.cli import main\nmain()"
    command = [sys.executable, "-c", code, "report", "chicken", "--out", "r.docx"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert 'pip install "counterplay[report]"' in ran.stderr
    assert ran.stderr.strip().count("\n") == 0
    assert list(tmp_path.iterdir()) == []
