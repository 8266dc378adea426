"""An analysis makes the checks of its level, names what cannot be made, and repeats itself."""

import dataclasses
import itertools
import json
import pickle

import pytest
from tests.scenario_files import SOUND

from counterplay.errors import ReportError, ValuesError
from counterplay.findings import LEVELS, REQUIRED, analyse, study
from counterplay.findings.analysis import MOST_DRAWS
from counterplay.scenario import load
from counterplay.scenario.catalogue import inspect_text
from counterplay.sensitivity.nearest.changes import nearest_that_breaks
from counterplay.sensitivity.tipping.points import tipping_points
from counterplay.sensitivity.uncertainty import sample

FINDINGS = study(inspect_text(SOUND.encode(), "small.yaml").scenario, {"cost": 2.5})


@pytest.fixture(scope="module")
def full():
    return analyse(FINDINGS, "full", draws=64, seed=3)


def made(analysis):
    ids = {check.id for check in REQUIRED["full"]}
    return {name for name in ids if getattr(analysis, name)} | {*analysis.not_possible}


@pytest.mark.parametrize("level", LEVELS)
def test_each_level_makes_its_checks_and_no_others(level):
    analysis = analyse(FINDINGS, level, draws=16)
    assert made(analysis) == {check.id for check in REQUIRED[level]}
    assert analysis.missing(level) == ()


def test_levels_nest():
    sizes = [len(REQUIRED[level]) for level in LEVELS]
    assert sizes == sorted(set(sizes))
    for shorter, longer in itertools.pairwise(LEVELS):
        assert {*REQUIRED[shorter]} < {*REQUIRED[longer]}


def test_what_a_longer_level_requires_is_missing_from_a_shorter_analysis():
    brief = analyse(FINDINGS, "brief")
    assert brief.missing("full") == REQUIRED["full"]
    assert {check.id for check in analyse(FINDINGS, draws=16).missing("full")} == {
        "drivers", "conditions", "nearest", "concepts",
    }  # fmt: skip


def test_the_results_are_those_of_each_function_alone(full):
    scenario, values = FINDINGS.scenario, FINDINGS.values
    assert full.tipping.to_dict() == tipping_points(scenario, values).to_dict()
    alone = sample(scenario, 64, 3, values)
    assert full.sample.to_dict() == alone.to_dict()
    profile = FINDINGS.game.profile_ids(FINDINGS.solution.equilibria[0].profile)
    assert full.nearest[0].to_dict() == nearest_that_breaks(scenario, profile, values).to_dict()


def test_the_map_is_of_the_two_nearest_tipping_assumptions(full):
    ordered = [p for p in full.tipping if p.pure] + [p for p in full.tipping if not p.pure]
    names = list(dict.fromkeys(point.parameter for point in ordered))
    if len(names) < 2:
        assert "phase_map" in full.not_possible
    else:
        assert (full.phase_map.x_id, full.phase_map.y_id) == tuple(names[:2])


def test_the_same_seed_gives_the_same_analysis(full):
    again = analyse(study(FINDINGS.scenario, {"cost": 2.5}), "full", draws=64, seed=3)
    assert json.dumps(full.to_dict()) == json.dumps(again.to_dict())
    other = analyse(FINDINGS, draws=64, seed=4)
    assert other.sample.values.tolist() != full.sample.values.tolist()


def test_it_is_plain_finite_data_without_versions_and_hashes_of_bits(full):
    text = json.dumps(full.to_dict(), allow_nan=False)
    assert json.loads(text) == full.to_dict()
    assert '"versions"' not in text
    assert '"digest"' not in text


def test_a_table_of_payoffs_names_what_cannot_be_made():
    analysis = analyse(study(load("chicken")), "full")
    assert analysis.not_possible["tipping"] == "the scenario has no assumption to move"
    assert analysis.not_possible["sample"] == "no assumption is uncertain"
    assert analysis.concepts is not None
    assert made(analysis) == {check.id for check in REQUIRED["full"]}


def test_other_concepts_of_chicken_are_those_of_the_literature():
    concepts = analyse(study(load("chicken")), "full").concepts
    assert concepts.dominance.steps == ()
    game = study(load("chicken")).game
    assert concepts.dominance.kept == game.options
    for one in concepts.commitments:
        assert one.value == pytest.approx(max(one.nash.greatest, one.value))
        assert one.value >= one.nash.greatest - 1e-9


def test_progress_begins_and_ends_each_check():
    told = []
    analyse(FINDINGS, "standard", draws=16, progress=lambda *step: told.append(step))
    for check in REQUIRED["standard"]:
        assert (check.title, 0, 1) in told
        assert (check.title, 1, 1) in told


def test_it_cannot_be_changed(full):
    with pytest.raises(dataclasses.FrozenInstanceError):
        full.draws = 1
    with pytest.raises(TypeError):
        full.not_possible["tipping"] = "no"


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ((FINDINGS, "long"), ReportError, "choose brief, standard, full"),
        ((FINDINGS, None), ReportError, "choose brief"),
        (({}, "full"), ReportError, "this is a dict"),
    ],
)
def test_wrong_arguments_are_refused(arguments, error, words):
    with pytest.raises(error, match=words):
        analyse(*arguments)


@pytest.mark.parametrize("draws", [0, -1, MOST_DRAWS + 1, 1.5, "many"])
def test_draws_have_limits(draws):
    with pytest.raises(ValuesError, match="draws"):
        analyse(FINDINGS, draws=draws)


def test_a_seed_is_a_whole_number():
    with pytest.raises(ValuesError, match="seed"):
        analyse(FINDINGS, seed=-1)


def test_an_analysis_can_be_made_in_another_process():
    made = analyse(study(load("chicken")))
    copy = pickle.loads(pickle.dumps(made))  # noqa: S301 - our own
    assert copy.not_possible == made.not_possible
    assert copy.to_dict() == made.to_dict()
