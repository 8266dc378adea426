"""An uncertainty run says what each draw says alone, and how far its shares may be off."""

import json
import pickle

import numpy as np
import pytest
from scipy.stats import binom
from tests.sensitivity import yielding

import counterplay as cp
from counterplay.errors import ValuesError
from counterplay.sensitivity.draws import STREAMS, design_of
from counterplay.sensitivity.outcomes import outcome_of
from counterplay.sensitivity.uncertainty import pure_sample, sample
from counterplay.sensitivity.uncertainty.shares import intervals, stream_counts

FLAGSHIP = cp.load("korea-ukraine")


@pytest.fixture(scope="module")
def flagship():
    return sample(FLAGSHIP, 160, 3, {"cred": 0.15})


def setting(found, draw):
    return {**found.held, **dict(zip(found.parameters, found.values[draw].tolist(), strict=True))}


def test_each_draw_has_the_equilibria_of_its_game(flagship):
    for draw in range(0, len(flagship), 9):
        solution = cp.nash(cp.game(FLAGSHIP, setting(flagship, draw)))
        assert flagship.outcomes[flagship.outcome[draw]] == outcome_of(FLAGSHIP, solution)
        assert flagship.completeness[draw] == solution.completeness


def test_pure_equilibria_are_drawn_and_found_alike(flagship):
    pure = pure_sample(FLAGSHIP, 160, 3, {"cred": 0.15})
    assert np.array_equal(pure.values, flagship.values)
    for draw in range(160):
        assert pure.sets[pure.pure[draw]] == flagship.outcomes[flagship.outcome[draw]].pure
    assert pure.regimes == flagship.regimes
    by_regime = [
        {share.id: share.count for share in found.shares if share.kind == "regime"}
        for found in (pure, flagship)
    ]
    assert by_regime[0] == by_regime[1]
    assert "played for sure" in pure.words or "one option for sure" in pure.words
    assert "draws there is none" in pure.words


def test_shapes_order_and_types(flagship):
    assert flagship.values.shape == (160, 22)
    assert flagship.outcome.shape == flagship.completeness.shape == (160,)
    assert not flagship.values.flags.writeable
    first = [int(np.flatnonzero(flagship.outcome == k)[0]) for k in range(len(flagship.outcomes))]
    assert first == sorted(first)
    assert flagship.held["cred"] == 0.15
    assert set(flagship.held).isdisjoint(flagship.parameters)
    json.dumps(flagship.to_dict(), allow_nan=False)


def test_shares_add_up_and_count_regimes_once_a_draw(flagship):
    own = [share for share in flagship.shares if share.kind == "outcome"]
    assert [share.id for share in own] == [outcome.label for outcome in flagship.outcomes]
    assert sum(share.count for share in own) == 160
    for share in flagship.shares:
        assert 0 <= share.low <= share.share == share.count / 160 <= share.high <= 1
        if share.kind == "regime":
            wanted = sum(share.id in flagship.outcomes[k].regimes for k in flagship.outcome)
            assert share.count == wanted


@pytest.mark.parametrize("method", ["sobol", "lhs", "random"])
def test_a_share_known_in_closed_form(method):
    found = sample(yielding.scenario(), 2_000, 2, {"lever": 0.2}, method=method)
    staying = next(share for share in found.shares if share.id == "stay")
    # A stays where p > 0.3, and p is uniform from 0 to 1.
    assert staying.low <= 0.7 <= staying.high
    assert staying.share == pytest.approx(0.7, abs=0.04 if method == "random" else 0.004)
    assert np.array_equal(found.values[:, 0] > 0.3, found.outcome == staying_number(found))


def staying_number(found):
    return [outcome.regimes for outcome in found.outcomes].index(("stay",))


def test_an_answer_that_never_varies():
    found = sample(yielding.scenario(), 50, 1, {"lever": 1.0})
    assert len(found.outcomes) == 1
    assert found.shares[0].share == found.shares[0].high == 1.0
    assert next(share for share in found.shares if share.id == "go").high < 0.1
    assert "one set of stable outcomes" in found.words
    assert found.regimes == ("stay",)


def test_words_say_how_to_read_shares(flagship):
    for told in ("not a probability of the event", "independently of the others", "Held:",
                 "“Credibility of Seoul's pledge” at 0.15", "18 constants"):  # fmt: skip
        assert told in flagship.words
    moved = sample(yielding.scenario(), 20, 1, {"p": 0.9})
    assert "Values set for “P” were not used" in moved.words
    assert np.array_equal(moved.values, sample(yielding.scenario(), 20, 1).values)


def test_a_distribution_of_one_point_is_where_its_parameter_stands():
    text = yielding.TEXT.replace('"p + lever"', '"p + lever + narrow - 3"')
    scenario = yielding.scenario(text)
    plain = sample(yielding.scenario(), 60, 1)
    for values in (None, {"narrow": 2.5}):
        found = sample(scenario, 60, 1, values)
        assert found.held["narrow"] == 3
        assert "“Narrow” at 3" in found.words
        assert np.array_equal(found.outcome, plain.outcome)
        assert found.to_pandas()["narrow"].tolist() == [3] * 60
        assert ("Values set for “Narrow” were not used" in found.words) == bool(values)
        assert cp.drivers(scenario, 8, 1, values).held["narrow"] == 3
        choice = cp.robust_choice(scenario, 8, 1, values, player="a")
        assert choice.held["narrow"] == 3
        assert choice.worst == pytest.approx(cp.robust_choice(yielding.scenario(), 8, 1).worst)


def test_nothing_inside_a_result_can_be_changed():
    found = sample(yielding.scenario(), 20, 1)
    regime, drawn = "stay", (yielding.scenario(), 64, 1)
    levers = yielding.scenario(yielding.TEXT.replace("role: lever", "role: lever, player: a"))
    held = [
        found.plan.values,
        found.plan.taken,
        cp.drivers(*drawn).held,
        cp.regional(*drawn, regime).held,
        cp.discover(*drawn, regime).held,
        cp.robust_choice(*drawn).held,
        cp.robust_levers(levers, 8, 1).held,
        cp.robust_levers(levers, 8, 1).rows[0].setting,
        cp.tipping_points(yielding.scenario()).held,
        cp.phase_map(yielding.scenario(), "p", "lever", steps=(4, 4)).values,
    ]
    for numbers in held:
        with pytest.raises(TypeError):
            numbers["lever"] = 9
        assert pickle.loads(pickle.dumps(numbers)) == dict(numbers)  # noqa: S301 - its own
    found.held["lever"] = 9
    assert found.held["lever"] == 0.2
    for result in (cp.drivers(*drawn), cp.discover(*drawn, regime), cp.regional(*drawn, regime)):
        assert json.loads(json.dumps(result.to_dict()))["held"] == dict(result.held)


def test_draws_that_are_not_proved_are_counted_and_told(monkeypatch):
    from dataclasses import replace

    from counterplay.sensitivity import many

    plain = many.solutions_at

    def doubtful(scenario, columns, count):
        for k, solution in enumerate(plain(scenario, columns, count)):
            yield replace(solution, completeness="unproved") if k % 4 == 0 else solution

    monkeypatch.setattr(many, "solutions_at", doubtful)
    found = sample(yielding.scenario(), 40, 1)
    assert found.proved == {"proved": 30, "unproved": 10}
    assert "In 10 of 40 draws it is not proved" in found.words
    assert sum(share.count for share in found.shares if "incomplete" in share.id) == 10


def test_a_payoff_that_is_not_finite_is_refused_with_its_term():
    text = yielding.TEXT.replace('"p + lever"', '"log(p - 0.5)"')
    with pytest.raises(ValuesError, match="t1"):
        sample(yielding.scenario(text), 20, 1)


def test_the_run_keeps_a_copy_of_the_scenario():
    scenario = yielding.scenario()
    digest = sample(scenario, 30, 1).digest
    progress = []

    def meddle(done, total):
        progress.append((done, total))
        scenario.terms[0].when["a"] = ("y",)

    found = sample(scenario, 130, 1, progress=meddle)
    assert progress == [(64, 130), (128, 130), (130, 130)]
    assert found.digest == sample(yielding.scenario(), 130, 1).digest
    assert sample(scenario, 30, 1).digest != digest


def test_the_digest_covers_values_answers_and_seed(flagship):
    assert flagship.digest == sample(FLAGSHIP, 160, 3, {"cred": 0.15}).digest
    others = [
        sample(yielding.scenario(), 20, 1),
        sample(yielding.scenario(), 20, 2),
        sample(yielding.scenario(), 20, 1, {"lever": 0.9}),
        sample(yielding.scenario(), 20, 1, method="lhs"),
        pure_sample(yielding.scenario(), 20, 1),
    ]
    assert len({found.digest for found in others}) == len(others)


@pytest.mark.parametrize(("found", "draws"), [(0, 20), (1, 20), (7, 20), (20, 20), (3, 1000)])
def test_binomial_intervals_have_their_tails(found, draws):
    sizes = np.bincount(np.arange(draws) % STREAMS, minlength=STREAMS)
    counts = np.zeros((1, STREAMS), np.int64)
    counts[0, 0] = found
    low, high = (float(end[0]) for end in intervals(counts, sizes, "random"))
    assert low == 0.0 if found == 0 else binom.sf(found - 1, draws, low) == pytest.approx(0.025)
    assert high == 1.0 if found == draws else binom.cdf(found, draws, high) == pytest.approx(0.025)


def test_sequences_that_disagree_widen_the_interval():
    sizes = np.full(STREAMS, 100)
    agreeing = np.full((1, STREAMS), 50)
    split = np.array([[0, 100] * (STREAMS // 2)])
    plain = intervals(agreeing, sizes, "sobol")
    assert plain == intervals(agreeing, sizes, "random")
    low, high = intervals(split, sizes, "sobol")
    assert low[0] < plain[0][0] - 0.1
    assert high[0] > plain[1][0] + 0.1


@pytest.mark.parametrize("method", ["sobol", "lhs", "random"])
def test_intervals_cover_a_known_share_as_often_as_they_say(method):
    # The sum of three uniform numbers is below 1 with probability 1/6.
    covered = 0
    for seed in range(200):
        points = design_of(method, 500, 3, seed).rows(0, 500)
        index = (points.sum(axis=1) < 1).astype(np.int64)
        counts = stream_counts(index, 2)
        low, high = intervals(counts, counts.sum(axis=0), method)
        covered += int(low[1] <= 1 / 6 <= high[1])
    assert covered >= 184
