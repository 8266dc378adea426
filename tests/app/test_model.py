"""Model: every section, edits and their undoing, faults at the field, files from anywhere."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.app.test_pages import HOSTILE, digest, opened, words
from tests.scenario_files import SOUND, edited

import counterplay as cp
from counterplay import shipped

FLAGSHIP = "korea-ukraine"
CELLS = st.dictionaries(st.sampled_from("ab"), st.text(max_size=3), max_size=2)


def sections() -> tuple[str, ...]:
    return importlib.import_module("link").MODEL_SECTIONS


@pytest.fixture(autouse=True)
def _modules(app_modules: None) -> None:
    """Every test here may import modules of the app."""


def go(app: Any, section: str) -> Any:
    return app.button_group(key="model-section").set_value(section).run()


def widget(app: Any, kind: str, begins: str) -> Any:
    """Return the widget whose key begins so; the rest of the key changes with its value."""
    return next(one for one in app.get(kind) if (one.key or "").startswith(begins))


def linked(app: Any, name: str) -> str:
    """Return an entry of the link, which a run that wrote it leaves as a list."""
    found = app.query_params[name]
    return found if isinstance(found, str) else found[0]


def draft(app: Any) -> cp.Draft:
    name = linked(app, "model")
    return cp.Draft(app.session_state["counterplay.own"][name], name)


def with_file(tmp_path: Any, monkeypatch: pytest.MonkeyPatch, text: str, section: str) -> Any:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return opened({"model-section": section}, "model", (path,), monkeypatch)


@pytest.mark.parametrize("model", [FLAGSHIP, "chicken"])
def test_every_section_shows_and_solves(model):
    app = opened({"model": model}, "model")
    scenario = cp.load(model)
    for section in sections():
        go(app, section)
        assert digest(app) == cp.inputs_digest(scenario, scenario.full_values()), section
    assert linked(app, "model") == model
    assert cp.completeness(cp.open_draft(model)).words in words(app)


def test_an_edit_of_a_shipped_model_makes_a_copy_and_can_be_undone():
    app = opened({"cred": "0.3", "because-cred": "a hunch", "model-section": "question"}, "model")
    widget(app, "text_input", "top-title").set_value("Ours").run()
    assert linked(app, "model") == "korea-ukraine.yaml"
    assert linked(app, "cred") == "0.3"
    assert linked(app, "because-cred") == "a hunch"
    mine = cp.set_field(cp.open_draft(FLAGSHIP), "title", "Ours")
    assert draft(app).text == mine.text
    assert digest(app) == cp.inputs_digest(mine.scenario, mine.scenario.full_values({"cred": 0.3}))
    app.button(key="model-undo").click().run()
    assert draft(app).text == cp.open_draft(FLAGSHIP).text
    app.button(key="model-redo").click().run()
    assert draft(app).text == mine.text
    go(app, "changes")
    assert "title" in words(app)
    assert '+title: "Ours"' in app.code[0].value
    app.button(key="model-take-back").click().run()
    assert draft(app).text == cp.open_draft(FLAGSHIP).text


def test_a_second_copy_of_a_shipped_model_leaves_the_first_alone():
    app = opened({"model": "chicken", "model-section": "question"}, "model")
    widget(app, "text_input", "top-title").set_value("First").run()
    app.selectbox(key="model").set_value("chicken").run()
    go(app, "question")
    widget(app, "text_input", "top-title").set_value("Second").run()
    own = app.session_state["counterplay.own"]
    assert [cp.Draft(text).scenario.title for text in own.values()] == ["First", "Second"]


def test_a_moved_number_that_no_longer_fits_goes_back_and_is_named():
    app = opened({"cred": "0.9", "model-section": "text"}, "model")
    text = cp.set_field(cp.open_draft(FLAGSHIP), "parameters[cred].high", 0.8).text
    widget(app, "text_area", "model-text").set_value(text).run()
    assert "cred" not in app.query_params
    assert "cred" in app.warning[0].value


def test_what_the_last_edit_changed_is_told():
    app = opened({"model-section": "text"}, "model")
    new = cp.set_field(cp.open_draft(FLAGSHIP), "parameters[align].default", 1.0)
    widget(app, "text_area", "model-text").set_value(new.text).run()
    changed = cp.what_changed(cp.study(cp.load(FLAGSHIP)), cp.study(new.scenario))
    assert "The last edit." in words(app)
    assert changed.words[:40] in words(app).replace("\\", "")


def test_a_formula_that_cannot_be_read_is_told_at_its_field():
    app = opened({"model-section": "terms"}, "model")
    widget(app, "text_input", "detail-terms-0-value").set_value("threat_conv +").run()
    assert not app.exception
    assert "has no solution yet" in words(app)
    fault = next(f for f in draft(app).faults if f.field == "terms[0].value")
    shown = words(app).replace("\\", "")
    assert shown.count(fault.message[:30]) == 2  # above the table with its row, and at the field
    assert "Conventional/space technology reaches the North" in shown
    widget(app, "text_input", "detail-terms-0-value").set_value("-threat_conv").run()
    assert digest(app)


def test_what_others_name_cannot_be_removed_and_the_reason_is_told():
    app = opened({"model-section": "assumptions"}, "model")
    app.button(key="model.remove-parameters").click().run()
    assert "still named by" in app.error[0].value.replace("\\", "")
    assert linked(app, "model") == FLAGSHIP


def test_entries_move_up_and_down_and_stay_chosen():
    app = opened({"model-section": "terms"}, "model")
    first = cp.entry_rows(cp.open_draft(FLAGSHIP), "terms")[0]["id"]
    app.button(key="model.move-down-terms").click().run()
    assert [row["id"] for row in cp.entry_rows(draft(app), "terms")][1] == first
    assert widget(app, "selectbox", "entry-terms").value == 1


def test_a_model_grows_from_an_empty_page_by_its_steps():
    app = opened(page="model")
    app.button(key="model-new-empty").click().run()
    assert "Steps to a model" in words(app)
    app.button(key="go-players").click().run()
    app.text_area(key="new-players").set_value("A: go, stay\nБ: йти, стояти")
    app.button(key="submit-players").click().run()
    assert "2 players with 4 options, 4 combinations" in words(app)
    app.button(key="go-wants").click().run()
    for player in ("a", "player_1"):
        app.selectbox(key="new-term-player").set_value(player)
        app.text_input(key="new-term-label").set_value("Glory")
        app.text_input(key="new-term-value").set_value("2")
        app.button(key="submit-term").click().run()
    assert "Steps to a model" not in words(app)
    new = draft(app)
    assert digest(app) == cp.inputs_digest(new.scenario, new.scenario.full_values())
    assert [term.id for term in new.scenario.terms] == ["a.glory", "player_1.glory"]


def test_a_faulty_model_is_mended_here(tmp_path, monkeypatch):
    path = tmp_path / "mine.yaml"
    path.write_text(SOUND, encoding="utf-8")
    app = opened({"model-section": "assumptions"}, "model", (path,), monkeypatch)
    path.write_text(edited(("default: 2", "default: 9")), encoding="utf-8")
    app.run()
    assert not app.exception
    assert "9" in app.error[0].value
    go(app, "text")
    widget(app, "text_area", "model-text").set_value(SOUND).run()
    assert digest(app) == cp.inputs_digest(
        cp.Draft(SOUND).scenario, cp.Draft(SOUND).scenario.values()
    )


@pytest.mark.parametrize("text", ["", "- a\n", "a: [", "format: 1\n" + "x" * 9_000, "{", "\ufeff"])
def test_a_text_that_is_no_model_is_shown_for_mending(text, tmp_path, monkeypatch):
    app = with_file(tmp_path, monkeypatch, SOUND, "text")
    widget(app, "text_area", "model-text").set_value(text).run()
    assert not app.exception
    assert app.error
    assert widget(app, "text_area", "model-text").value == text
    app.button(key="model-undo").click().run()
    assert digest(app)


HEAD = "format: 1\nid: x\ntitle: X\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        HEAD + "players: 3\nterms: {a: 1}\nparameters: hello\n",
        HEAD + "players: [a, b]\nterms: [1, x]\nparameters: [null]\nevidence: [1]\ncaveats: [5]\n",
        HEAD + "players:\n  - {id: a, options: 3}\n  - {id: a, options: [x, {id: 1}]}\n"
        "terms:\n  - {player: z, when: [a]}\n  - {player: a, when: {a: {x: 1}}}\nfocal: 5\n"
        "payoffs: {a: [1]}\nstatus_quo: [a]\n",
        SOUND.replace("label: Wait", "label: Sail").replace("id: sail", "id: wait"),
    ],
)
def test_a_model_of_any_shape_is_shown_in_every_section(text, tmp_path, monkeypatch):
    app = with_file(tmp_path, monkeypatch, SOUND, "text")
    widget(app, "text_area", "model-text").set_value(text).run()
    assert draft(app).text == text
    for section in sections():
        go(app, section)
        assert not app.exception, section
        assert app.error, section


def test_words_of_a_hostile_file_stay_words(tmp_path, monkeypatch):
    app = with_file(tmp_path, monkeypatch, HOSTILE, "players")
    for section in sections():
        go(app, section)
        assert not app.exception
        shown = words(app)
        for markup in ("<script", "<b>", "![y](", "$x^2$"):
            assert markup not in shown.replace("\\", "\0"), (section, markup)


def test_many_options_are_refused_in_words(tmp_path, monkeypatch):
    app = with_file(tmp_path, monkeypatch, SOUND, "players")
    many = ", ".join(f"option {number}" for number in range(200))
    app.text_area(key="new-players").set_value(f"Crowd: {many}\nOther: a, b")
    app.button(key="submit-players").click().run()
    assert not app.exception
    assert app.error
    assert len(draft(app).data["players"][-2]["options"]) == 200


def test_a_payoff_table_is_pasted_as_a_model_of_its_own():
    app = opened({"model-section": "payoffs"}, "model")
    table = "a\tb\tpayoff_a\tpayoff_b\nup\tleft\t1\t2\nup\tright\t0\t1/3\n"
    app.text_area(key="payoffs-paste").set_value(table).run()
    app.button(key="payoffs-new").click().run()
    new = cp.draft_of_payoff_table(table)
    assert digest(app) == cp.inputs_digest(new.scenario, new.scenario.values())
    go(app, "payoffs")
    app.text_area(key="payoffs-paste").set_value(table.replace("1/3", "7")).run()
    app.button(key="payoffs-into").click().run()
    assert draft(app).scenario.payoffs["b"] == ((2, 7),)
    app.text_area(key="payoffs-paste").set_value("nonsense").run()
    app.button(key="payoffs-into").click().run()
    assert not app.exception
    assert "Not taken." in app.error[0].value


def test_a_register_is_copied_into_the_file():
    app = opened({"model-section": "sources"}, "model")
    app.button(key="register-copy").click().run()
    assert draft(app).scenario.evidence == cp.load(FLAGSHIP).evidence


@given(
    st.lists(CELLS, max_size=4),
    st.dictionaries(st.integers(0, 3), CELLS, max_size=3),
    st.lists(CELLS, max_size=3),
    st.sets(st.integers(0, 3)),
)
def test_edits_of_a_table_give_the_rows_that_it_shows(rows, edits, added, gone):
    applied = importlib.import_module("editor.tables").applied
    edits = {number: cells for number, cells in edits.items() if number < len(rows)}
    given = {"edited_rows": edits, "added_rows": added, "deleted_rows": sorted(gone)}
    shown = [dict(row) for row in rows]
    for number, cells in edits.items():
        shown[number].update(cells)
    for number in sorted(gone, reverse=True):
        if number < len(shown):
            del shown[number]
    assert applied(rows, given) == shown + added
    assert applied(rows, {}) == rows


def test_new_rows_are_named_by_their_labels():
    tables = importlib.import_module("editor.tables")
    held = cp.new_draft()
    rows = [*cp.entry_rows(held, "options"), {"player": "first", "label": "Act"}]
    rows += [{"player": "second", "label": "Sail away"}, {"player": "third", "label": "Мир"}]
    named = [row.get("id") for row in tables.with_ids(held, "options", rows)[-3:]]
    assert named == ["act_2", "sail_away", ""]
    parameters = [*cp.entry_rows(held, "parameters"), {"label": "Gain"}, {"label": "max"}]
    named = [row["id"] for row in tables.with_ids(held, "parameters", parameters)[-2:]]
    assert named == ["gain_2", "max_"]


def test_reserved_words_and_statuses_are_those_of_the_engine():
    fields = importlib.import_module("editor.fields")
    for name in fields._RESERVED - {"world", "preset", "self"}:
        draft = cp.Draft(SOUND.replace("  - id: fear\n", f"  - id: {name}\n"))
        assert any(fault.rule == "reserved-name" for fault in draft.faults), name
    for kind, columns in {**fields.TABLES}.items():
        assert set(columns) | set(fields.DETAILS[kind]) <= set(cp.entry_columns(kind))
    assert shipped.folder("app").joinpath("editor").is_dir()
