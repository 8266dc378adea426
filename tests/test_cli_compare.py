"""The command that compares says what the functions say."""

import json

import pytest
from tests.scenario_files import SOUND, edited

import counterplay as cp

FLAGSHIP = "korea-ukraine"


@pytest.fixture
def scenario():
    return cp.load(FLAGSHIP)


def test_a_preset_is_compared_with_the_defaults(run, scenario):
    code, out, err = run("compare", FLAGSHIP, "--with-preset", "avowal")
    label = next(preset.label for preset in scenario.presets if preset.id == "avowal")
    found = cp.compare_settings(
        scenario, {"the defaults": {}, label: scenario.values(preset="avowal")}
    )
    assert (code, err) == (0, "")
    assert out.splitlines() == list(found.words)


def test_changes_are_made_to_the_first_setting(run, scenario):
    code, out, _ = run(
        "compare", FLAGSHIP, "--preset", "spiral", "--set", "cred=0.2", "--with-set",
        "audience=3", "--with-set", "cred=0.3", "--json",
    )  # fmt: skip
    document = json.loads(out)
    assert code == 0
    first, second = document["settings"]
    assert first["values"] == scenario.values(preset="spiral", cred=0.2)
    assert second["values"] == scenario.values(preset="spiral", cred=0.3, audience=3.0)
    assert second["name"] == f"{first['name']} and audience=3, cred=0.3"
    assert [each["id"] for each in document["changes"][0]["inputs"]] == ["cred", "audience"]


def test_changes_with_presets_are_made_to_each(run, scenario):
    _, out, _ = run(
        "compare", FLAGSHIP, "--with-preset", "spiral", "--with-preset", "avowal", "--with-set",
        "cred=0.2", "--json",
    )  # fmt: skip
    values = [setting["values"] for setting in json.loads(out)["settings"]]
    assert values == [
        scenario.values(),
        scenario.values(preset="spiral", cred=0.2),
        scenario.values(preset="avowal", cred=0.2),
    ]


def test_a_setting_may_be_compared_with_itself(run):
    code, out, _ = run("compare", FLAGSHIP, "--preset", "spiral", "--with-preset", "spiral")
    assert code == 0
    assert out.splitlines()[-1].startswith("Nothing differs between “")
    assert "(again)”" in out


def test_another_model_is_compared(run, tmp_path):
    path, other = tmp_path / "small.yaml", tmp_path / "other.yaml"
    path.write_text(SOUND, encoding="utf-8")
    other.write_text(edited(("default: 2", "default: 1.5")), encoding="utf-8")
    code, out, _ = run("compare", path, "--with-model", other, "--with-set", "fear=0.25", "--json")
    document = json.loads(out)
    assert code == 0
    found = cp.compare_scenarios(cp.load(path), cp.load(other), None, {"fear": 0.25})
    assert document == json.loads(json.dumps(found.to_dict()))
    assert {each["id"] for each in document["inputs"]} == {"cost", "fear"}
    assert document["change"]["factors"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((), "nothing to compare with"),
        (("--with-preset", "spirale"), "did you mean spiral?"),
        (("--with-set", "cred"), "--with-set cred: write NAME=VALUE"),
        (("--with-set", "=1"), "--with-set: write NAME=VALUE"),
        (("--with-set", "cred=9"), "cred: 9.0 is outside its range"),
        (("--with-preset", "spiral", "--time-limit", "-1"), "time_limit: -1.0; give seconds"),
        (("--with-model", "nobody"), "nobody: no such scenario"),
        (("--with-model", "chicken", "--with-preset", "a", "--with-preset", "b"), "name one"),
    ],
)
def test_what_cannot_be_compared_is_named(run, arguments, named):
    code, _, err = run("compare", FLAGSHIP, *arguments)
    assert code == 2
    assert named in err
