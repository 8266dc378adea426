"""Every page in its states, run without a browser."""

from __future__ import annotations

import ast
import doctest
import importlib
import itertools
import pickle
import re
import socket
import sys
import tomllib
from pathlib import Path

import pytest

import counterplay as cp
from counterplay import shipped
from counterplay.launch import free_port, run_app

pytest.importorskip("streamlit")

from streamlit.testing.v1 import AppTest

from counterplay.report.figures import TOKENS

APP = shipped.folder("app")
PAGES = ("explore", "why", "blocs", "sure", "compare", "model", "report")
FLAGSHIP = "korea-ukraine"

HOSTILE = (Path(__file__).parent / "hostile.yaml").read_text(encoding="utf-8")

NFG = 'NFG 1 R "Matching pennies" { "Even" "Odd" } { 2 2 }\n1 -1 -1 1 -1 1 1 -1\n'


def opened(
    link: dict[str, str] | None = None,
    page: str = "explore",
    files: tuple[Path, ...] = (),
    monkeypatch: pytest.MonkeyPatch | None = None,
) -> AppTest:
    """Open a page of the app with a link, as if started with `files`."""
    if monkeypatch:
        monkeypatch.setattr(sys, "argv", [str(APP / "main.py"), *map(str, files)])
    app = AppTest.from_file(str(APP / "main.py"), default_timeout=60)
    for name, text in (link or {}).items():
        app.query_params[name] = text
    app.run()
    return app if page == "explore" else app.switch_page(f"screens/{page}.py").run()


def digest(app: AppTest) -> str:
    assert not app.exception, app.exception[0].message
    return next(c.value.split()[1] for c in app.caption if c.value.startswith("digest "))


def expected(model: str = FLAGSHIP, **values: float) -> str:
    scenario = cp.load(model)
    return cp.inputs_digest(scenario, scenario.values(**values))


def words(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.header, *app.subheader, *app.warning, *app.error]
    return "\n".join(part.value for part in parts) + "".join(e.label for e in app.expander)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("model", [FLAGSHIP, "chicken"])
def test_every_page_shows_what_it_solved(page, model):
    app = opened({"model": model}, page)
    assert digest(app) == expected(model)
    assert cp.load(model).marking in words(app)


def test_the_default_answer_is_told_in_words():
    app = opened()
    assert "Seoul makes a conditional pledge." in app.header[0].value
    assert "Weakest link: Seoul." in words(app)
    assert app.query_params == {"model": FLAGSHIP}


PRESETS = [preset.id for preset in cp.load(FLAGSHIP).presets]


@pytest.mark.parametrize(
    ("preset", "page"),
    sorted({*zip(PRESETS, itertools.cycle(PAGES)), *((preset, "explore") for preset in PRESETS)}),
)
def test_every_preset_shows_on_its_pages(preset, page):
    scenario = cp.load(FLAGSHIP)
    values = scenario.values(preset=preset)
    moved = {n: str(v) for n, v in values.items() if v != scenario.values()[n]}
    assert digest(opened(moved, page)) == cp.inputs_digest(scenario, values)


def test_choosing_a_preset_sets_sliders_and_link():
    app = opened()
    app.selectbox(key="preset").set_value("doubtful_pledge").run()
    assert app.slider(key="cred").value == 0.15
    assert app.query_params == {
        "model": FLAGSHIP,
        "cred": "0.15",
        "dependence": "9",
        "prolif_cost": "2.5",
    }
    assert digest(app) == expected(cred=0.15, dependence=9.0, prolif_cost=2.5)


def test_a_moved_slider_is_marked_and_can_be_undone():
    app = opened()
    app.slider(key="threat_conv").set_value(4.25).run()
    assert digest(app) == expected(threat_conv=4.25)
    assert "was 3.5" in app.slider(key="threat_conv").label
    assert app.query_params["threat_conv"] == "4.25"
    app.button(key="undo-threat_conv").click().run()
    assert digest(app) == expected()
    assert app.slider(key="threat_conv").value == 3.5


def test_reset_brings_every_default_back():
    app = opened({"expose": "0.8", "learning": "1.5"})
    assert digest(app) == expected(expose=0.8, learning=1.5)
    app.button(key="reset").click().run()
    assert digest(app) == expected()
    assert app.query_params == {"model": FLAGSHIP}


def test_values_of_sliders_that_are_not_on_screen_stay():
    app = opened()
    app.slider(key="cred").set_value(0.2).run()
    app.button_group(key="group").set_value("ukr").run()
    assert "cred" not in [slider.key for slider in app.slider]
    app.slider(key="expose").set_value(0.5).run()
    assert digest(app) == expected(cred=0.2, expose=0.5)
    app.switch_page("screens/why.py").run()
    assert digest(app) == expected(cred=0.2, expose=0.5)
    app.switch_page("screens/explore.py").run()
    app.button_group(key="group").set_value("rok").run()
    assert app.slider(key="cred").value == 0.2


def test_several_outcomes_are_all_shown_and_none_is_chosen():
    app = opened({"detect": "0.51"})
    scenario = cp.load(FLAGSHIP)
    found = cp.study(scenario, {"detect": 0.51})
    assert "outcomes can hold; the model does not say which." in app.header[0].value
    shown = words(app)
    for account in found.accounts:
        assert account.headline.split(".")[0] in shown


def test_a_folded_outcome_opens_by_link():
    closed, open_ = opened({"detect": "0.51"}), opened({"detect": "0.51", "open-2": "yes"})
    assert len(open_.markdown) > len(closed.markdown)
    assert not open_.warning


def test_mixed_outcomes_say_that_nothing_is_settled():
    app = opened({"expose": "0.8"})
    assert "the model does not say which" in app.header[0].value
    assert "undecided" in words(app)
    assert "100%" not in app.header[0].value


@pytest.mark.parametrize(
    "link",
    [
        {"expose": "99"},
        {"expose": "-1"},
        {"expose": "nan"},
        {"expose": "inf"},
        {"expose": "1e999"},
        {"expose": "0.5; rm -rf"},
        {"expose": ""},
        {"expose": "1_0"},
        {"learning": "-inf"},
        {"foo": "<script>alert(1)</script>"},
        {"model": "../../etc/passwd"},
        {"group": "nobody"},
        {"why-player": "![x](http://evil.invalid)"},
        {"why-outcome": "-1"},
        {"at-rok": "none"},
        {"weight-rok": "11"},
        {"weight-rok": "nan"},
        {"first-bloc": "rok.rok"},
        {"first-bloc": "rok.dprk.rus.ukr"},
        {"open-x": "yes"},
        {"preset": "spiral"},
        {"x" * 5000: "y" * 5000},
    ],
)
def test_a_hostile_link_is_dropped_with_a_notice(link):
    page = "blocs" if next(iter(link)) in {"weight-rok", "first-bloc"} else "explore"
    app = opened(link, page)
    assert digest(app) == expected()
    assert len(app.warning) == 1
    assert app.warning[0].value.startswith("Left out of this link: ")
    assert "\n" not in app.warning[0].value
    assert "<script" not in app.warning[0].value.replace("\\<", "")
    assert app.query_params == {"model": FLAGSHIP}


def test_a_good_part_of_a_bad_link_is_kept():
    app = opened({"expose": "0.5", "cred": "7"})
    assert digest(app) == expected(expose=0.5)
    assert "cred: 7.0 is outside its range 0.05 to 0.95" in app.warning[0].value


def test_a_value_off_the_sliders_grid_reaches_the_engine_exactly():
    app = opened({"cred": "0.41370001"})
    assert digest(app) == expected(cred=0.41370001)
    app.slider(key="audience").set_value(3.0).run()
    assert digest(app) == expected(cred=0.41370001, audience=3.0)


def test_constants_can_be_set_on_purpose():
    app = opened()
    app.number_input(key="learning").set_value(1.25).run()
    assert digest(app) == expected(learning=1.25)
    assert app.query_params["learning"] == "1.25"
    assert "was 2" in app.number_input(key="learning").label


def test_a_model_without_assumptions_says_so():
    app = opened({"model": "chicken"})
    assert not app.slider
    assert "This model has no assumptions to move" in words(app)


def test_changing_the_model_starts_afresh():
    app = opened({"expose": "0.8"})
    app.selectbox(key="model").set_value("chicken").run()
    assert digest(app) == expected("chicken")
    assert app.query_params == {"model": "chicken"}


def test_the_table_turns_with_its_players():
    app = opened({"table-rows": "ukr", "table-columns": "dprk", "at-rus": "strat"}, "why")
    assert digest(app) == expected()
    assert not app.warning
    assert app.selectbox(key="table-rows").value == "ukr"
    assert app.selectbox(key="table-columns").value == "dprk"
    assert app.selectbox(key="at-rus").value == "strat"


def test_why_follows_the_player_and_the_option():
    app = opened(page="why")
    app.button_group(key="why-player").set_value("rus").run()
    app.radio(key="why-option").set_value("strat").run()
    assert app.query_params["why-option"] == "strat"
    assert "Moscow" in words(app)
    assert "would cost Moscow 3.61 points" in words(app)


def test_the_table_starts_at_the_outcome_that_is_explained():
    app = opened({"detect": "0.51", "why-outcome": "3"}, "why")
    assert app.selectbox(key="at-rok").value == "def"
    app.button_group(key="why-outcome").set_value("1").run()
    assert app.selectbox(key="at-rok").value == "hum"
    app.selectbox(key="at-rok").set_value("off").run()
    assert app.query_params["at-rok"] == "off"


def test_blocs_take_any_partition_and_weights():
    app = opened({"detect": "0.51"}, "blocs")
    assert "not comparable between governments" in words(app)
    assert "Stable:" in words(app)
    app.button_group(key="first-bloc").set_value(["rus", "rok"]).run()
    assert app.query_params["first-bloc"] == "rok.rus"
    assert app.header[0].value == "Seoul with Moscow against Pyongyang with Kyiv"
    app.slider(key="weight-rok").set_value(2.5).run()
    assert app.query_params["weight-rok"] == "2.5"
    app.button(key="equal-weights").click().run()
    assert "weight-rok" not in app.query_params


def test_a_bloc_cannot_lose_its_last_member():
    app = opened({"model": "chicken"}, "blocs")
    app.button_group(key="first-bloc").set_value([]).run()
    assert app.header[0].value == "Washington against Moscow"
    app.button_group(key="first-bloc").set_value(["usa", "ussr"]).run()
    assert app.header[0].value == "Washington against Moscow"


def test_weights_that_cannot_be_used_are_refused_in_words():
    app = opened({"weight-rok": "0", "weight-ukr": "0"}, "blocs")
    assert not app.exception
    assert "at least one member of each bloc needs a weight above 0" in app.error[0].value


def test_reports_are_offered_in_every_format():
    app = opened(page="report")
    keys = {button.key for button in app.button if str(button.key).startswith("download_")}
    assert keys == {f"download_{name}" for name in ("html", "pdf", "docx", "xlsx", "md", "json")}


def test_models_of_the_command_line_come_first(tmp_path, monkeypatch):
    scenario, game = tmp_path / "hostile.yaml", tmp_path / "pennies.nfg"
    scenario.write_text(HOSTILE, encoding="utf-8")
    game.write_text(NFG, encoding="utf-8")
    app = opened(files=(game, scenario), monkeypatch=monkeypatch)
    assert app.query_params == {"model": "pennies.nfg"}
    assert digest(app) == expected(str(game))
    assert "undecided between" in app.header[0].value
    for page in PAGES[1:]:
        assert digest(app.switch_page(f"screens/{page}.py").run()) == expected(str(game))
    app.switch_page("screens/explore.py").run()
    app.selectbox(key="model").set_value("hostile.yaml").run()
    assert digest(app) == expected(str(scenario))


@pytest.mark.parametrize("page", PAGES)
def test_words_of_a_scenario_are_letters_not_markup(page, tmp_path, monkeypatch):
    path = tmp_path / "hostile.yaml"
    path.write_text(HOSTILE, encoding="utf-8")
    app = opened(page=page, files=(path,), monkeypatch=monkeypatch)
    assert digest(app) == expected(str(path))
    labels = "".join(w.label for w in (*app.slider, *app.selectbox, *app.button_group))
    offered = "".join(option for box in app.selectbox for option in box.options)
    assert not set("\u202a\u202b\u202d\u202e\u2066\u2067") & set(words(app) + labels + offered)
    unescaped = re.sub(r"\\.", "", words(app) + labels)
    for markup in ("<script", "<img", "<b>", "<i>", "[", "$", "http:/", "www.evil", "me@evil"):
        allowed = unescaped.replace(":blue[", "").replace(":violet[", "").replace("-badge[", "")
        assert markup not in allowed, markup


def test_ids_that_the_page_itself_uses_still_work(tmp_path, monkeypatch):
    path = tmp_path / "hostile.yaml"
    path.write_text(HOSTILE, encoding="utf-8")
    app = opened({"value-group": "1.5"}, files=(path,), monkeypatch=monkeypatch)
    assert digest(app) == expected(str(path), group=1.5)
    app.slider(key="value-group").set_value(0.5).run()
    assert app.query_params["value-group"] == "0.5"


def test_a_file_that_breaks_later_is_told_in_words(tmp_path, monkeypatch):
    path = tmp_path / "mine.yaml"
    path.write_text("format: 1\nid: Mine!\n", encoding="utf-8")
    app = opened(files=(path,), monkeypatch=monkeypatch)
    assert not app.exception
    assert "mine.yaml:2" in app.error[0].value.replace("\\", "")
    app.selectbox(key="model").set_value("chicken").run()
    assert digest(app) == expected("chicken")


def test_values_without_an_answer_can_be_taken_back(tmp_path, monkeypatch):
    path = tmp_path / "mine.yaml"
    text = HOSTILE.replace("value: group\n    when:\n      a: [up]", "value: log(group)")
    path.write_text(text, encoding="utf-8")
    app = opened(files=(path,), monkeypatch=monkeypatch)
    app.slider(key="value-group").set_value(0.0).run()
    assert not app.exception
    assert "not finite at these values" in app.error[0].value
    app.button(key="reset-fault").click().run()
    assert digest(app) == expected(str(path))


@pytest.mark.parametrize(
    ("low", "default", "high"),
    [(1, 1, 1), (-1e300, 0, 1e300), (0, 1e-12, 1e-11), (0, 1e17, 2e17), (0, 0.333333333333, 1)],
)
def test_odd_ranges_can_be_moved(low, default, high, tmp_path, monkeypatch):
    path = tmp_path / "mine.yaml"
    numbers = f"default: {default!r}\n    low: {low!r}\n    high: {high!r}"
    text = HOSTILE.replace("default: 1\n    low: 0\n    high: 2", numbers)
    path.write_text(text, encoding="utf-8")
    app = opened(files=(path,), monkeypatch=monkeypatch)
    assert digest(app) == expected(str(path))
    if low < high:
        app.slider(key="value-group").set_value(float(high)).run()
        assert digest(app) == expected(str(path), group=float(high))


def test_findings_survive_the_cache():
    found = cp.study(cp.load(FLAGSHIP), {"detect": 0.51})
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own bytes
    assert again.to_dict() == found.to_dict()


@pytest.mark.parametrize("model", cp.scenarios())
def test_defaults_lie_on_the_sliders_grid(model, monkeypatch):
    monkeypatch.syspath_prepend(str(APP))
    scales = importlib.import_module("exploring.scales")
    for parameter in cp.load(model).parameters:
        step = scales.slider_step(parameter.low, parameter.default, parameter.high)
        steps = (parameter.default - parameter.low) / step
        assert steps == pytest.approx(round(steps), abs=1e-9), parameter.id
        assert 30 <= (parameter.high - parameter.low) / step <= 300, parameter.id


@pytest.mark.parametrize(
    ("low", "default", "high"),
    [(0, 1 / 3, 1), (0, 0, 1), (1, 3, 3), (-1e9, 0, 1e9), (0, 1e-7, 1e-6), (0.1, 0.30001, 0.9)],
)
def test_odd_ranges_get_a_step_too(low, default, high, monkeypatch):
    monkeypatch.syspath_prepend(str(APP))
    step = importlib.import_module("exploring.scales").slider_step(
        *map(float, (low, default, high))
    )
    assert 0 < step <= (high - low) / 10
    assert (default - low) / step == pytest.approx(round((default - low) / step), abs=1e-6)


@pytest.mark.parametrize("name", ["text", "exploring.scales"])
def test_examples_in_docstrings_hold(name, monkeypatch):
    monkeypatch.syspath_prepend(str(APP))
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted > 0
    assert result.failed == 0


def test_the_theme_has_the_colours_of_the_charts():
    theme = tomllib.loads((APP / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
    for name, tokens in TOKENS.items():
        colours = [theme[name][f"{c}Color"] for c in ("blue", "violet", "green", "orange")]
        assert colours == list(tokens.players[:4])
        assert theme[name]["backgroundColor"] == tokens.background
        assert theme[name]["textColor"] == tokens.ink
        assert theme[name]["yellowTextColor"] == tokens.caution
        assert theme[name]["redTextColor"] == tokens.fault


@pytest.mark.parametrize("path", sorted(APP.rglob("*.py")), ids=lambda path: path.name)
def test_pages_know_the_public_face_only(path):
    allowed = {"counterplay", "counterplay.report", "counterplay.report.tables"}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("counterplay"):
            assert node.module in allowed
            if node.module == "counterplay.report":
                assert {alias.name for alias in node.names} <= {"figures", "tables"}
        if isinstance(node, ast.Import):
            assert {a.name for a in node.names if a.name.startswith("counterplay")} <= allowed
    if path.parent.name == "screens":
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 120


def test_the_app_refuses_a_port_in_use():
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        taken.listen()
        with pytest.raises(cp.CounterplayError, match="choose another with --port"):
            run_app([], taken.getsockname()[1])
    with pytest.raises(cp.CounterplayError, match="is not a port"):
        free_port(70_000)


def test_the_app_refuses_a_model_before_it_starts(tmp_path):
    with pytest.raises(cp.CounterplayError, match="no such scenario"):
        run_app(["korea-ukrain"], None)
    broken = tmp_path / "x.yaml"
    broken.write_text("format: 1\n", encoding="utf-8")
    with pytest.raises(cp.ScenarioError):
        run_app([str(broken)], None)


def test_a_missing_extra_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "streamlit.web", None)
    with pytest.raises(cp.MissingExtraError, match=r"pip install \"counterplay\[app\]\""):
        run_app([], None)
