"""How sure a finding is, in sentences that tell the numbers of tables and runs."""

import pytest

from counterplay.explain.narrate import percent
from counterplay.findings import study
from counterplay.report.how_sure import how_often, how_sure
from counterplay.scenario import load
from counterplay.sensitivity.tipping.points import tipping_points
from counterplay.sensitivity.uncertainty import sample
from counterplay.sensitivity.uncertainty.standing import standing_shares

FLAGSHIP = load("korea-ukraine")


def test_the_nearest_change_of_settled_choices_is_named():
    values = FLAGSHIP.values()
    table = tipping_points(FLAGSHIP, values, parameters=["prestige", "audience"])
    assert how_sure(study(FLAGSHIP), table) == (
        "“Hedged payment, denied deployment” is stable now. With “Value of acknowledging openly” "
        "above 0.865 (now 0.8): “Arms spiral” becomes possible too."
    )


def test_without_a_table_it_tells_what_is_stable():
    assert how_sure(study(FLAGSHIP)) == "“Hedged payment, denied deployment” is stable now."


def test_without_a_tipping_point_it_says_so():
    chicken = load("chicken")
    words = how_sure(study(chicken), tipping_points(chicken))
    assert words.endswith("; no assumption was found that changes this when moved alone.")


@pytest.mark.parametrize("values", [{}, {"detect": 0.51}, {"expose": 0.8}])
def test_the_share_is_that_of_the_run(values):
    run = sample(FLAGSHIP, 32, 7)
    found = study(FLAGSHIP, values)
    words = how_often(found, run)
    shares = {share.id: share for share in standing_shares(run)}
    profiles = [one.equilibrium.profile for one in found.accounts if one.equilibrium.profile]
    for profile in profiles:
        options = [p.options[k].id for p, k in zip(FLAGSHIP.players, profile, strict=True)]
        regime = FLAGSHIP.regime(tuple(options))
        share = shares[regime.id]
        start = f"{percent(share.share)} of" if share.count else "none of"
        assert f"In {start} the 32 sampled sets of assumptions" in words
        assert f"“{regime.label}”" in words
    if not profiles:
        assert words.startswith("No settled outcome")
