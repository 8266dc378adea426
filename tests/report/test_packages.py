"""Office files from anywhere: what is no report is refused in one line."""

import io
import zipfile

import pytest
from tests.report.office import archive_of, parts_of
from tests.report.pages import found

from counterplay.errors import ReportError
from counterplay.report import render, verify
from counterplay.report.packages import archive

SUFFIXES = (".docx", ".xlsx")


def refused(tmp_path, raw, suffix):
    path = tmp_path / f"r{suffix}"
    path.write_bytes(raw)
    with pytest.raises(ReportError) as caught:
        verify(path)
    message = str(caught.value)
    assert "\n" not in message
    return message


def report(suffix):
    return render(found("chicken"), suffix, "brief")


@pytest.mark.parametrize("suffix", SUFFIXES)
class TestHostileFiles:
    def test_no_archive(self, tmp_path, suffix):
        for raw in (b"", b"PK\x03\x04", b"x" * 100, report(suffix)[:-30], report(suffix)[50:]):
            assert "not an Office file" in refused(tmp_path, raw, suffix)

    def test_an_archive_of_something_else(self, tmp_path, suffix):
        raw = archive_of({"a.txt": b"x"})
        assert "its embedded data is gone" in refused(tmp_path, raw, suffix)

    def test_the_data_without_a_document(self, tmp_path, suffix):
        part = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}[suffix]
        parts = parts_of(report(suffix))
        del parts[part]
        assert f"{part} is missing" in refused(tmp_path, archive_of(parts), suffix)

    def test_more_than_any_report(self, tmp_path, suffix, monkeypatch):
        raw = report(suffix)
        bomb = archive_of({**parts_of(raw), "bomb": bytes(101_000_000)})
        assert len(bomb) < 1_000_000
        assert "unpacks to more" in refused(tmp_path, bomb, suffix)
        monkeypatch.setattr(archive, "MOST_PARTS", 3)
        assert "unpacks to more" in refused(tmp_path, raw, suffix)

    def test_a_size_that_is_not_true(self, tmp_path, suffix):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
            target.writestr("customXml/item1.xml", b" " * 5_000_000)
        raw = made.getvalue().replace((5_000_000).to_bytes(4, "little"), (9).to_bytes(4, "little"))
        assert "not an Office file" in refused(tmp_path, raw, suffix)

    def test_one_name_twice(self, tmp_path, suffix):
        made = io.BytesIO(report(suffix))
        with zipfile.ZipFile(made, "a") as target, pytest.warns(UserWarning, match="Duplicate"):
            target.writestr("customXml/item1.xml", b"<x/>")
        assert "two parts of one name" in refused(tmp_path, made.getvalue(), suffix)

    def test_another_packing(self, tmp_path, suffix):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_LZMA) as target:
            target.writestr("customXml/item1.xml", b"<x/>")
        assert "packed in a way" in refused(tmp_path, made.getvalue(), suffix)

    def test_entities(self, tmp_path, suffix):
        part = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}[suffix]
        parts = parts_of(report(suffix))
        for entity in ('<!ENTITY a "aaaa">', '<!ENTITY a SYSTEM "none.txt">'):
            head = f"<!DOCTYPE x [{entity}]>".encode()
            content = parts[part].split(b"?>", 1)[1]
            raw = archive_of({**parts, part: head + content})
            assert "declares entities" in refused(tmp_path, raw, suffix)
        raw = archive_of({**parts, part: b"<open>"})
        assert "not readable as XML" in refused(tmp_path, raw, suffix)
