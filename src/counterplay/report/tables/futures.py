"""Tables of sampled futures: how often what is stable, what decides it, and which option holds up.

Shares are of draws, over the ranges that were put in; none is the chance of an event.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from counterplay.explain.narrate import exact_text, in_words, percent, points
from counterplay.report.tables.table import Table, table_of
from counterplay.scenario import Scenario
from counterplay.sensitivity.discovery.boxes import Bound
from counterplay.sensitivity.discovery.boxes_found import Discovery
from counterplay.sensitivity.drivers.results import Driver, Target
from counterplay.sensitivity.drivers.sobol_indices import Index
from counterplay.sensitivity.robust.criteria import Criteria
from counterplay.sensitivity.robust.results import RobustChoice
from counterplay.sensitivity.uncertainty import Sample, Share
from counterplay.sensitivity.uncertainty.standing import standing_shares


def sampled_outcomes(sample: Sample) -> Table:
    """Return in how many draws each kind of outcome is stable, the most frequent first."""
    shares = sorted(standing_shares(sample), key=lambda share: -share.count)
    rows = [
        (
            share_label(share),
            f"{share.count:,}",
            percent(share.share),
            f"{100 * share.low:.1f}% to {100 * share.high:.1f}%",
        )
        for share in shares
    ]
    columns = ("Outcome", "Draws in which it is stable", "Share", "95% interval")
    title = f"Stable outcomes over {sets_of(sample)}; shares are no probabilities of events"
    return table_of(title, columns, rows, {1, 2, 3})


def share_label(share: Share) -> str:
    """Return what a share is of, with a capital where it is no label of the file."""
    return f"{share.words[:1].upper()}{share.words[1:]}" if not share.id else share.words


def sets_of(sample: Sample) -> str:
    """Say how many sets of assumptions were drawn."""
    noun = "set" if len(sample) == 1 else "sets"
    return f"{len(sample):,} sampled {noun} of assumptions"


def driver_shares(target: Target) -> Table:
    """Return which share of an answer's variation each assumption accounts for."""
    rows = [_driver_row(driver) for driver in target.drivers]
    columns = (
        "Assumption", "With interactions", "95% interval", "Told from none", "Alone",
        "95% interval alone",
    )  # fmt: skip
    title = f"What {target.label} turns on: shares of the variation"
    return table_of(title, columns, rows or [(target.words, *("–",) * 5)], {1, 2, 4, 5})


def condition_boxes(scenario: Scenario, found: Discovery) -> Table:
    """Return the boxes in which a kind of outcome is concentrated, with both counts of each."""
    rows = [
        (
            str(number),
            in_words([f"{bound.label} {bound_words(bound)}" for bound in box.bounds]),
            percent(box.found.density),
            percent(box.fresh.density),
            percent(box.found.coverage),
            percent(box.fresh.coverage),
        )
        for number, box in enumerate(found.boxes, 1)
    ]
    columns = (
        "Box", "Where", "Density, fitted", "Density, fresh", "Coverage, fitted", "Coverage, fresh",
    )  # fmt: skip
    label = next((r.label for r in scenario.regimes if r.id == found.regime), found.regime)
    title = f"Where {label} is concentrated; density: share of the box's draws that have it"
    return table_of(title, columns, rows or [("–", found.words, *("–",) * 4)], {0, 2, 3, 4, 5})


def bound_words(bound: Bound) -> str:
    """Say between which values a box restricts an assumption."""
    parts = []
    if bound.above is not None:
        parts.append(f"above {exact_text(bound.above)}")
    if bound.below is not None:
        parts.append(f"at most {exact_text(bound.below)}")
    return " and ".join(parts)


def option_criteria(found: RobustChoice) -> Table:
    """Return how each option of a player does across the futures, by each criterion."""
    rows = [
        (option.label, answer, *(write(case) for _, write in _CRITERIA))
        for option in found.options
        for answer, case in (
            ("worst for it", option.worst_case),
            ("best for it", option.best_case),
        )
    ]
    columns = ("Option", "The others answer as is", *(head for head, _ in _CRITERIA))
    title = (
        f"{found.label}'s options across {found.draws:,} futures, own points; ± one standard "
        f"error; good enough: within {points(found.good_enough)} of the best"
    )
    return table_of(title, columns, rows, range(2, len(columns)))


_CRITERIA: Sequence[tuple[str, Callable[[Criteria], str]]] = (
    ("Average", lambda case: f"{points(case.expected)} ± {points(case.error)}"),
    ("Worst future", lambda case: points(case.least)),
    ("Greatest regret", lambda case: points(case.greatest_regret)),
    ("Regret, nine in ten", lambda case: points(case.regret_90)),
    ("Good enough", lambda case: percent(case.good_enough)),
)


def _driver_row(driver: Driver) -> tuple[str, ...]:
    total, first = driver.total, driver.first
    return (
        driver.label,
        percent(total.estimate),
        index_span(total),
        "yes" if total.clear else "no",
        percent(first.estimate),
        index_span(first),
    )


def index_span(index: Index) -> str:
    """Write the interval of a share of the variation."""
    return f"{percent(index.low)} to {percent(index.high)}"
