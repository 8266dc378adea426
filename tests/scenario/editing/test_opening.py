"""Drafts from shipped files, paths and untrusted bytes, and saved again byte for byte."""

import pytest
from tests.scenario.editing.drafts import SHIPPED, SMALL, SPELLINGS
from tests.scenario_files import SOUND

from counterplay import shipped
from counterplay.errors import CounterplayError, EditError, ScenarioError
from counterplay.games import Game
from counterplay.games.interop import write_nfg
from counterplay.payoffs import game
from counterplay.scenario import load
from counterplay.scenario.editing.draft import Draft
from counterplay.scenario.editing.edits import set_field
from counterplay.scenario.editing.opening import draft_of_bytes, open_draft, save_draft


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_model_is_saved_as_it_is(name, tmp_path):
    source = shipped.folder("models") / f"{name}.yaml"
    path = save_draft(SHIPPED[name], tmp_path / "copy.yaml")
    assert path.read_bytes() == source.read_bytes()
    assert SHIPPED[name].scenario == load(name)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_bytes_come_back_from_a_file_and_from_an_upload(spelling, tmp_path):
    raw = SPELLINGS[spelling].text.encode()
    path = tmp_path / "a.yaml"
    path.write_bytes(raw)
    for draft in (open_draft(path), draft_of_bytes(raw)):
        assert save_draft(draft, tmp_path / "b.yaml").read_bytes() == raw
        assert draft.scenario == SMALL.scenario


def test_an_upload_looks_up_no_register_but_the_shipped(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    register = tmp_path / "seeds" / "mine" / "register.yaml"
    register.parent.mkdir(parents=True)
    register.write_text("format: 1\nid: mine\ntitle: t\nrecords: []\n", encoding="utf-8")
    text = SOUND[: SOUND.index("evidence:")] + "evidence: mine\n" + SOUND[SOUND.index("blocs:") :]
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    asked = [fault.rule for fault in open_draft(tmp_path / "a.yaml").faults]
    assert "unknown-register" not in asked
    assert "unknown-register" in [fault.rule for fault in draft_of_bytes(text.encode()).faults]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("a.yaml", "a.yaml"), ("../../etc/passwd", "passwd"), ("C:\\x\\a.yaml", "a.yaml"),
        ("", "upload.yaml"), ("/", "upload.yaml"), ("a\x1b[2Jb.yaml", "a [2Jb.yaml"),
        ("x" * 500 + ".yaml", "x" * 95 + ".yaml"),
    ],
)  # fmt: skip
def test_an_upload_is_named_by_its_last_part(given, shown):
    assert draft_of_bytes(SOUND.encode(), given).file == shown


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"a: &x [*x]", "anchors"),
        (b"a: !!python/object/apply:os.system [x]", "tags"),
        (b"[" * 30, "nested more than 24"),
        (b"a: 1\na: 2\n", "given twice"),
        (b"\x00", "cannot stand in YAML"),
        (b"", "should be a mapping"),
        (b"- 1", "should be a mapping"),
        (b"a: 1\n---\nb: 2\n", "a second YAML document"),
        (b"- " * 60_000, "more"),
    ],
)
def test_hostile_uploads_are_faults_with_lines(raw, message):
    draft = draft_of_bytes(raw)
    assert draft.scenario is None
    assert any(message in fault.message and fault.line >= 1 for fault in draft.faults)


@pytest.mark.parametrize("raw", [b"x" * 262_145, b"\xff\xfe", b"\xed\xa0\x80"])
def test_what_is_no_text_is_refused(raw):
    with pytest.raises(ScenarioError, match=r"upload\.yaml:1: "):
        draft_of_bytes(raw)


def test_a_gambit_game_becomes_a_scenario(tmp_path):
    built = Game.from_payoffs([[[1, 3], [2, 0.1]], [[0, 1], [1, 0]]])
    path = tmp_path / "game.nfg"
    write_nfg(built, path)
    for draft in (open_draft(path), draft_of_bytes(path.read_bytes(), "g.nfg")):
        assert draft.faults == ()
        assert draft.file.endswith(".yaml")
        assert (game(draft.scenario).exact == built.exact).all()
    with pytest.raises(ScenarioError):
        draft_of_bytes(b"x", "g.nfg")


def test_a_draft_with_faults_is_saved_all_the_same(tmp_path):
    draft = set_field(SMALL, "parameters[cost].default", "nine")
    assert draft.faults
    assert save_draft(draft, tmp_path / "a.yaml").read_text(encoding="utf-8") == draft.text


@pytest.mark.parametrize(
    ("draft", "path"),
    [
        (SMALL, ""), (SMALL, None), (SMALL, "no/such/folder/a.yaml"), ("text", "a.yaml"),
        (Draft("\ud800"), "a.yaml"), (SMALL, "a\0b"),
    ],
)  # fmt: skip
def test_what_cannot_be_saved(draft, path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(EditError):
        save_draft(draft, path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("model", ["none", None, 3, "", "missing.yaml"])
def test_what_cannot_be_opened(model):
    with pytest.raises(CounterplayError):
        open_draft(model)


def test_a_draft_is_a_value():
    assert draft_of_bytes(SOUND.encode(), "small.yaml") == SMALL
    assert hash(SMALL) == hash(Draft(SOUND, "small.yaml"))
    assert SMALL.with_text("x").text == "x"
    with pytest.raises(EditError, match="give text"):
        SMALL.with_text(None)
