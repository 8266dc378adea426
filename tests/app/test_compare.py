"""Compare: what stands beside the setting on screen, what differs, and which change did it."""

from __future__ import annotations

import importlib
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.app.driving import FLAGSHIP, expected
from tests.app.test_pages import HOSTILE, digest, opened, words
from tests.app.test_sure import settled

import counterplay as cp
from counterplay.report import tables

SCENARIO = cp.load(FLAGSHIP)
PRESETS = [preset.id for preset in SCENARIO.presets]
WORKING = "Sharing out"
MOST_RUNS = 200  # each waits for the jobs a moment


def finished(app):
    """Run the page until every comparison is done."""
    for _ in range(MOST_RUNS):
        if WORKING not in words(app):
            return app
        app.run()
    raise AssertionError("the comparison does not end")


def compared(link=None, **kwargs):
    return finished(opened(link, "compare", **kwargs))


def rows(app, first_column, part=""):
    """Return the rows of the table whose columns begin so, the last one if several do."""
    found = [t.value for t in app.table if t.value.columns[0].startswith(first_column)]
    found = [t for t in found if any(part in column for column in t.columns)]
    return [tuple(map(unescaped, row)) for row in found[-1].itertuples(index=False)]


def unescaped(text):
    return text.replace("\\", "").replace("\u2060", "")


def test_alone_the_second_column_holds_the_picker():
    app = opened(page="compare")
    assert digest(app) == expected()
    pick = app.selectbox(key="compare-pick")
    labels = {preset.label for preset in SCENARIO.presets[1:]}
    assert labels <= set(pick.options)
    assert SCENARIO.presets[0].label not in pick.options  # it is on screen
    pick.set_value("avowal").run()
    assert finished(app).query_params["compare-1"] == "avowal"
    assert "B: Avowed alliance" in unescaped(words(app))
    assert digest(app) == expected()
    assert app.selectbox(key="compare-pick").value is None


@pytest.mark.parametrize("preset", PRESETS[1:])
def test_the_page_shows_what_the_engine_finds(preset):
    app = compared({"compare-1": preset})
    found = cp.compare_settings(SCENARIO, {"A": {}, "B": SCENARIO.values(preset=preset)})
    change = found.changes[0]
    assert rows(app, "Input", "B: ") == [
        (label, *values) for label, _, *values in tables.compared_inputs(found).rows
    ]
    paid = [row[1:] for row in rows(app, "Setting")]
    assert paid == [row[1:] for row in tables.compared_payoffs(found).rows]
    possible = rows(app, "Input", change.presence[0].label)
    assert possible == list(tables.presence_shares(change).rows)
    assert change.words[1] in unescaped(words(app))
    assert found.method in unescaped(words(app))


def signs_turned(row):
    turned = {"+": "−", "−": "+"}
    return tuple(turned.get(cell[0], cell[0]) + cell[1:] for cell in row)


def test_exchanging_the_settings_turns_every_sign():
    before = compared({"cred": "0.2", "compare-1": "doubtful_pledge"})
    possible = rows(before, "Input", "no settled choice")
    assert any(cell[0] in "+−" for row in possible for cell in row[1:])
    moved = before.button(key="swap-1").click().run()
    assert digest(finished(moved)) == expected(cred=0.15, dependence=9.0, prolif_cost=2.5)
    assert moved.query_params["compare-1"] == "cred~0.2"
    after = rows(moved, "Input", "no settled choice")
    assert [(r[0], *signs_turned(r[1:])) for r in after] == [tuple(r) for r in possible]
    back = moved.button(key="swap-1").click().run()
    assert digest(finished(back)) == expected(cred=0.2)
    assert back.query_params["compare-1"] == "doubtful_pledge"


def test_a_reason_survives_an_exchange():
    app = compared({"cred": "0.2", "because-cred": "a hunch", "compare-1": "avowal"})
    app.button(key="swap-1").click().run()
    assert "because-cred" not in finished(app).query_params
    app.button(key="swap-1").click().run()
    assert finished(app).query_params["because-cred"] == "a hunch"


def test_a_kept_setting_can_be_put_beside_and_travels_in_the_link():
    app = opened({"cred": "0.2", "audience": "3"}, "compare")
    app.text_input(key="keep-name").set_value("After the summit")
    app.button(key="keep-now").click().run()
    assert "A: After the summit" in words(app)
    app.switch_page("screens/explore.py").run()
    app.button(key="reset").click().run()
    app.switch_page("screens/compare.py").run()
    assert "Kept: After the summit" in app.selectbox(key="compare-pick").options
    app.selectbox(key="compare-pick").set_value("cred~0.2,audience~3").run()
    finished(app)
    assert "B: After the summit" in words(app)
    link = {name: app.query_params[name] for name in ("compare-1", "called-1")}
    assert link == {"compare-1": "cred~0.2,audience~3", "called-1": "After the summit"}
    other = compared(link)
    assert not other.warning
    assert "B: After the summit" in words(other)
    app.button(key="forget-0").click().run()
    app.button(key="remove-1").click().run()
    assert not any(option.startswith("Kept") for option in app.selectbox("compare-pick").options)


def test_a_colleagues_link_is_put_beside():
    app = opened(page="compare")
    query = urlencode({"model": FLAGSHIP, "detect": "0.51", "why-player": "rus"})
    app.text_input(key="compare-paste").set_value(f"http://localhost:1/why?{query}").run()
    assert finished(app).query_params["compare-1"] == "restraint_possible"
    assert not app.error
    assert app.text_input(key="compare-paste").value == ""


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("nonsense", "no link to a screen"),
        ("http://[x?a=b", "no link to a screen"),
        ("http://x/?model=../../etc/passwd", "not on offer here"),
        ("http://x/?detect=99", "cannot be compared"),
        ("http://x/?model=korea-ukraine", "already here"),
        ("?" + "x" * 9000, "too long"),
        ("http://x/?model=%5Bsecret%5D(http://evil.invalid)", "not on offer here"),
    ],
)
def test_a_link_that_cannot_be_compared_is_refused_in_words(address, told):
    app = opened(page="compare")
    app.text_input(key="compare-paste").set_value(address).run()
    assert not app.exception
    assert told in unescaped(app.error[0].value)
    assert "[secret](" not in app.error[0].value
    assert "compare-1" not in app.query_params


@pytest.mark.parametrize(
    "link",
    [
        {"compare-1": ""},
        {"compare-1": "nobody"},
        {"compare-1": "cred~99"},
        {"compare-1": "cred~nan"},
        {"compare-1": "cred"},
        {"compare-1": "nobody~1"},
        {"compare-1": "cred~0.2,"},
        {"compare-1": "~@../../etc/passwd"},
        {"compare-1": "cred~0.2@chicken"},
        {"compare-1": "cred~0.2," * 2000},
        {"compare-4": "avowal"},
        {"called-1": "x" * 61},
        {"called-1": "two  spaces"},
        {"compare-with": "A"},
        {"compare-case": "mean"},
    ],
)
def test_a_hostile_entry_is_dropped_with_a_notice(link):
    app = opened(link, "compare")
    assert digest(app) == expected()
    assert app.warning[0].value.startswith("Left out of this link: ")
    assert app.query_params == {"model": FLAGSHIP}


def test_three_stand_beside_and_no_more():
    app = compared({f"compare-{k}": preset for k, preset in enumerate(PRESETS[1:4], 1)})
    titles = unescaped(words(app))
    for letter, preset in zip("BCD", SCENARIO.presets[1:4], strict=True):
        assert f"{letter}: {preset.label}" in titles
    assert "compare-pick" not in [box.key for box in app.selectbox]
    assert len(rows(app, "Setting")) == 4
    app.button_group(key="compare-with").set_value("D").run()
    assert app.query_params["compare-with"] == "D"
    found = cp.compare_settings(SCENARIO, {"A": {}, "D": SCENARIO.values(preset=PRESETS[3])})
    assert found.changes[0].words[1] in unescaped(words(finished(app)))
    app.button(key="remove-1").click().run()
    assert [app.query_params.get(f"compare-{k}") for k in (1, 2, 3)] == [*PRESETS[2:4], None]


def test_the_picture_follows_player_and_case():
    app = compared({"detect": "0.51", "compare-1": "doubtful_pledge"})
    app.button_group(key="compare-player").set_value("ukr").run()
    assert "Kyiv’s least payoff rises by 0.22 points" in unescaped(words(app))
    app.button_group(key="compare-case").set_value("greatest").run()
    assert "Kyiv’s greatest payoff falls by 3.17 points" in unescaped(words(app))


def test_another_model_says_why_nothing_is_shared_out():
    app = compared({"compare-1": "~@chicken"})
    assert "the two have different players or options" in words(app)
    assert "Washington" in words(app)
    app.button(key="swap-1").click().run()
    assert digest(finished(app)) == expected_of("chicken")
    assert app.query_params["compare-1"] == f"default@{FLAGSHIP}"


def expected_of(model):
    scenario = cp.load(model)
    return cp.inputs_digest(scenario, scenario.full_values())


def test_a_model_that_differs_in_numbers_alone_is_shared_out(tmp_path, monkeypatch):
    files = tmp_path / "one.yaml", tmp_path / "two.yaml"
    files[0].write_text(HOSTILE, encoding="utf-8")
    files[1].write_text(HOSTILE.replace("default: 1\n    low: 0\n", "default: 2\n    low: 0\n"))
    link = {"model": "one.yaml", "compare-1": "~@two.yaml"}
    app = compared(link, files=files, monkeypatch=monkeypatch)
    assert not app.warning
    assert "payoff rises by 1.00 points" in unescaped(words(app))
    assert "Shapley value" in words(app)


def test_a_setting_without_an_answer_is_told_on_its_card(tmp_path, monkeypatch):
    path = tmp_path / "mine.yaml"
    text = HOSTILE.replace("value: group\n    when:\n      a: [up]", "value: log(group)")
    path.write_text(text, encoding="utf-8")
    link = {"compare-1": "group~0", "compare-2": "group~2"}
    app = compared(link, files=(path,), monkeypatch=monkeypatch)
    assert digest(app) == expected_of(str(path))
    assert "not finite at these values" in app.error[0].value
    assert len(app.error) == 1
    assert [row[1:] for row in rows(app, "Input", "C: ")] == [("1", "2")]


@pytest.mark.usefixtures("app_modules")
def test_a_comparison_can_be_stopped_and_taken_up_again(monkeypatch):
    jobs = importlib.import_module("background.jobs")
    link = {"cred": "0.23", "compare-1": "avowal"}  # no other test compares these
    with monkeypatch.context() as held:
        held.setattr(jobs.Desk, "_go_on", lambda self, job: None)
        app = opened(link, "compare")
        assert WORKING in words(app)
        app.button(key="compare-stop").click().run()
        assert "Stopped. The comparison of B is not complete." in words(app)
        assert digest(app) == expected(cred=0.23)
    for key in [key for key, job in jobs.desk()._jobs.items() if not job.is_done]:
        jobs.desk().forget(key)  # what was never begun would be waited for by other tests
    app.button(key="compare-go-on").click().run()
    assert rows(finished(app), "Setting")


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.usefixtures("app_modules")
def test_sentences_on_payoffs_are_told_apart_from_the_others(preset):
    attributions = importlib.import_module("comparing.attributions")
    settings = {"A": {"detect": 0.51}, "B": SCENARIO.values(preset=preset)}
    change = cp.compare_settings(SCENARIO, settings).changes[0]
    told, payoffs, cautions = attributions._sentences(change)
    assert (*change.words[:1], *told, *payoffs, *cautions) == change.words
    assert all("payoff" in sentence for sentence in payoffs)
    assert not any("payoff" in sentence for sentence in told)
    assert bool(payoffs) == bool(change.inputs)


@pytest.mark.usefixtures("app_modules")
def test_settings_are_read_as_they_were_written():
    link = importlib.import_module("link")
    numbers = {p.id: st.floats(p.low, p.high) for p in SCENARIO.parameters[:5]}
    models = (FLAGSHIP, "chicken", "a b@c~d.yaml")

    @settings(suppress_health_check=[HealthCheck.too_slow])
    @given(st.fixed_dictionaries({}, optional=numbers), st.sampled_from(models))
    def check(values, here):
        defaults = SCENARIO.full_values()
        moved = {name: value for name, value in values.items() if value != defaults[name]}
        text = link.side_text(link.Inputs(FLAGSHIP, moved), here, SCENARIO)
        found = link.side(text, here, models, lambda name: SCENARIO)
        assert (found.model, found.moved) == (FLAGSHIP, moved)

    check()


def mapped(link, monkeypatch):
    """Open a comparison with its maps, small ones, and wait for them."""
    monkeypatch.setattr(importlib.import_module("comparing.maps"), "_STEPS", (4, 4))
    return settled(opened({"open-maps": "yes", **link}, "compare"))


@pytest.mark.usefixtures("app_modules")
def test_each_setting_has_a_map_of_what_breaks_first_and_does_not_differ(monkeypatch):
    nearest = cp.study(SCENARIO).breaks[0]
    moved = next(p for p in SCENARIO.parameters if p.id == nearest[0].parameter)
    app = mapped({"compare-1": f"{moved.id}~{moved.high}", "compare-2": "spiral"}, monkeypatch)
    others = [
        point.parameter
        for point in nearest
        if SCENARIO.values(**{moved.id: moved.high})[point.parameter]
        == SCENARIO.values("spiral")[point.parameter]
        == SCENARIO.full_values()[point.parameter]
    ]
    chosen = [app.selectbox(key=name).value for name in ("map-x", "map-y")]
    assert chosen == list(dict.fromkeys(others))[:2]
    assert moved.id not in chosen
    assert "of the map of" in words(app)
    heads = next(t.value.columns for t in app.table if "Letters" in t.value.columns[0])
    assert len(heads) == 5
    digest(app)


@pytest.mark.usefixtures("app_modules")
def test_the_axes_of_the_maps_are_those_of_how_sure(monkeypatch):
    link = {"compare-1": "spiral", "map-x": "cred", "map-y": "detect"}
    app = mapped(link, monkeypatch)
    assert app.selectbox(key="map-x").value == "cred"
    assert app.selectbox(key="map-y").value == "detect"


def test_maps_of_two_models_are_not_put_side_by_side():
    app = compared({"compare-1": "~@chicken", "open-maps": "yes"})
    assert "two settings of the model on screen" in words(app)
    digest(app)
