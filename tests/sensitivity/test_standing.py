"""How often kinds of outcome stand: counted again, draw by draw."""

from functools import cache

from tests.report.tipping_cases import MATCHING, PLAIN, scenario_of

import counterplay as cp
from counterplay.scenario import load
from counterplay.sensitivity.uncertainty.standing import UNSETTLED, standing_shares


@cache
def run(name="korea-ukraine", draws=64):
    scenario = {"plain": scenario_of(PLAIN), "matching": scenario_of(MATCHING)}.get(name)
    return cp.sample(scenario or load(name), draws, 7)


def test_each_regime_is_counted_in_the_draws_where_it_stands():
    sample = run()
    told = [sample.outcomes[k] for k in sample.outcome]
    shares = standing_shares(sample)
    for share in (s for s in shares if s.id):
        assert share.count == sum(share.id in outcome.regimes for outcome in told)
        assert share.share == share.count / 64
        assert 0 <= share.low <= share.share <= share.high <= 1
    (none,) = (s for s in shares if s.words == UNSETTLED)
    assert none.count == sum(not outcome.pure for outcome in told) > 0


def test_regimes_agree_with_the_shares_of_the_run():
    own = {s.id: (s.count, s.low, s.high) for s in run().shares if s.kind == "regime"}
    found = {s.id: (s.count, s.low, s.high) for s in standing_shares(run()) if s.id}
    assert found == own


def test_without_regimes_profiles_are_counted():
    sample = run("plain", 256)
    p, q = (sample.values[:, sample.parameters.index(name)] for name in "pq")
    shares = {s.id: s for s in standing_shares(sample)}
    assert set(shares) == {"x/l", "y/l"}
    assert shares["x/l"].count == int((2 * p > q).sum())
    assert shares["x/l"].kind == "profile"
    assert shares["x/l"].words == "A plays “X”, B plays “L”"


def test_draws_without_a_settled_choice_are_counted_last():
    sample = run("matching", 64)
    *_, last = standing_shares(sample)
    p = sample.values[:, 0]
    assert (last.words, last.count) == (UNSETTLED, int((abs(p) < 1).sum()))
