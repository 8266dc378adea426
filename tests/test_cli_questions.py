"""Commands about one profile and across futures: the same answers as the functions they call."""

import json

import pytest
from tests.scenario_files import SOUND

import counterplay as cp
from counterplay.sensitivity.draws import METHODS

FLAGSHIP = "korea-ukraine"
RESTRAINT = "hum/none/withhold/stay"
HEDGE = "pledge/deny/conv/expose"

CALLS = {
    ("nearest", FLAGSHIP, RESTRAINT, "--set", "cred=0.2"): lambda s: cp.nearest_that_makes(
        s, RESTRAINT.split("/"), {"cred": 0.2}
    ),
    ("nearest", FLAGSHIP, HEDGE, "--goal", "breaks", "--norm", "linf"): lambda s: (
        cp.nearest_that_breaks(s, HEDGE.split("/"), norm="linf")
    ),
    ("nearest", FLAGSHIP, RESTRAINT, "--parameter", "dependence"): lambda s: cp.nearest_that_makes(
        s, RESTRAINT.split("/"), parameters=["dependence"]
    ),
    ("payment", FLAGSHIP, RESTRAINT): lambda s: cp.least_side_payment(s, RESTRAINT.split("/")),
    ("payment", FLAGSHIP, RESTRAINT, "--to", "rus"): lambda s: cp.least_side_payment(
        s, RESTRAINT.split("/"), to=["rus"]
    ),
    ("drivers", FLAGSHIP, "--draws", "8", "--seed", "3", "--target", "restraint"): lambda s: (
        cp.drivers(s, 8, 3, target="restraint")
    ),
    ("boxes", FLAGSHIP, "restraint", "--draws", "200", "--seed", "1"): lambda s: cp.discover(
        s, 200, 1, "restraint"
    ),
    ("robust", FLAGSHIP, "--draws", "64", "--player", "rus"): lambda s: cp.robust_choice(
        s, 64, 0, player="rus"
    ),
    ("robust", FLAGSHIP, "--draws", "16", "--levers"): lambda s: cp.robust_levers(s, 16, 0),
}


def test_the_help_names_every_method_of_drawing(run):
    code, out, _ = run("sample", "--help")
    assert code == 0
    assert all(method in out for method in METHODS)


@pytest.mark.parametrize("arguments", CALLS, ids=" ".join)
def test_a_command_gives_what_the_function_gives(run, arguments):
    found = CALLS[arguments](cp.load(FLAGSHIP))
    code, out, _ = run(*arguments)
    assert code == 0
    assert out.split() == found.words.split()
    code, out, _ = run(*arguments, "--json")
    assert code == 0
    assert json.loads(out) == json.loads(json.dumps(found.to_dict()))


def test_isolating_is_a_goal(run, tmp_path):
    path = tmp_path / "small.yaml"
    path.write_text(SOUND, encoding="utf-8")
    scenario = cp.load(path)
    profile = cp.nash(cp.game(scenario)).equilibria[0].support
    names = [options[0] for options in profile]
    code, out, _ = run("nearest", path, "/".join(names), "--goal", "isolates", "--json")
    assert code == 0
    assert json.loads(out) == cp.nearest_that_isolates(scenario, names).to_dict()


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("nearest", FLAGSHIP, "hum/none"), "one option for each of rok, dprk, rus, ukr"),
        (("nearest", FLAGSHIP, RESTRAINT, "--goal", "helps"), "--goal"),
        (("nearest", FLAGSHIP, RESTRAINT, "--norm", "l2"), "--norm"),
        (("nearest", FLAGSHIP, RESTRAINT, "--parameter", "dependance"), "dependence"),
        (("payment", FLAGSHIP, "hum/none/withhold/stays"), "stay"),
        (("payment", FLAGSHIP, RESTRAINT, "--to", "usa"), "usa"),
        (("drivers", FLAGSHIP, "--draws", "0"), "draws"),
        (("drivers", FLAGSHIP, "--target", "peace"), "peace"),
        (("boxes", FLAGSHIP, "restrain"), "restraint"),
        (("robust", FLAGSHIP, "--player", "usa"), "usa"),
        (("robust", FLAGSHIP, "--draws", "ten"), "--draws"),
    ],
)
def test_bad_input_is_named(run, arguments, named):
    code, _, err = run(*arguments)
    assert code == 2
    assert named in err
