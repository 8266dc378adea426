"""Sheets of the checks beside the findings: tipping points, phase map, run, options."""

from __future__ import annotations

from collections.abc import Iterator

from counterplay.explain.narrate import number_text, percent, points
from counterplay.findings import Analysis
from counterplay.report.phase_map_key import Key
from counterplay.report.tables.futures import sets_of, share_label
from counterplay.report.tipping_words import point_words, three_digits
from counterplay.report.workbook.cells import Cell, Number, Sheet, sheet_of
from counterplay.scenario import Scenario
from counterplay.sensitivity.maps.result import PhaseMap
from counterplay.sensitivity.maps.words import pure_words
from counterplay.sensitivity.robust.criteria import Criteria
from counterplay.sensitivity.robust.results import RobustChoice
from counterplay.sensitivity.tipping.table import TippingTable
from counterplay.sensitivity.uncertainty import Sample
from counterplay.sensitivity.uncertainty.standing import standing_shares


def analysis_sheets(analysis: Analysis) -> Iterator[Sheet]:
    """Yield a sheet for each check that was made and has numbers to go on working with."""
    scenario = analysis.findings.scenario
    if analysis.tipping is not None:
        yield _tipping(scenario, analysis.tipping)
    if analysis.phase_map is not None:
        yield _phase_map(analysis.phase_map)
        yield _map_key(analysis.phase_map)
    if analysis.sample is not None:
        yield _run(analysis.sample)
    if analysis.robust is not None:
        yield _options(analysis.robust)


def _tipping(scenario: Scenario, table: TippingTable) -> Sheet:
    parameters = {parameter.id: parameter for parameter in scenario.parameters}
    rows = [
        (
            parameters[point.parameter].label,
            point.parameter,
            _value(table.held[point.parameter]),
            Number(point.value, three_digits(point.value)),
            Number(point.distance, percent(point.distance)),
            point_words(scenario, point, table.held[point.parameter]).split(": ", 1)[1],
            "yes" if point.pure else "no",
            point.certainty,
        )
        for point in table
    ]
    columns = (
        "Assumption", "Id", "Now", "Changes at", "Distance, share of range", "What changes",
        "Settled outcomes change", "Found",
    )  # fmt: skip
    note = "Each assumption moved alone, the nearest first."
    return sheet_of("Tipping points", note, columns, rows)


def _phase_map(found: PhaseMap) -> Sheet:
    key = Key(found)
    named = [key.name(outcome.pure) for outcome in found.outcomes]
    rows: list[tuple[Cell, ...]] = [
        (_value(float(y)), *(named[place] for place in found.index[row]))
        for row, y in reversed(list(enumerate(found.y)))
    ]
    columns = (found.y_parameter.label, *(number_text(float(x)) for x in found.x))
    note = (
        f"Down: “{found.y_parameter.label}”. Across: “{found.x_parameter.label}”. The settled "
        "choices at each pair of values, all else held; “Map key” has the letters."
    )
    return sheet_of("Phase map", note, columns, rows)


def _map_key(found: PhaseMap) -> Sheet:
    key = Key(found)
    rows: list[tuple[Cell, ...]] = [
        (
            key.name(pure),
            pure_words(found.scenario, pure),
            Number(count, str(count)),
            _percent(count / found.index.size),
        )
        for pure, count in found.pure_counts.items()
    ]
    note = "What the letters of “Phase map” stand for; a share of a map is no likelihood."
    return sheet_of("Map key", note, ("Letters", "Settled choices", "Cells", "Share"), rows)


def _run(sample: Sample) -> Sheet:
    shares = sorted(standing_shares(sample), key=lambda share: -share.count)
    rows: list[tuple[Cell, ...]] = [
        (
            share_label(share),
            Number(share.count, str(share.count)),
            *(_percent(part) for part in (share.share, share.low, share.high)),
        )
        for share in shares
    ]
    columns = ("Outcome", "Draws in which it is stable", "Share", "95% from", "95% to")
    note = f"Stable outcomes over {sets_of(sample)}; shares are no probabilities of events."
    return sheet_of("Uncertainty run", note, columns, rows)


def _options(found: RobustChoice) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        (option.label, answer, *_criteria(case))
        for option in found.options
        for answer, case in (
            ("worst for it", option.worst_case),
            ("best for it", option.best_case),
        )
    ]
    columns = (
        "Option", "The others answer as is", "Average", "Standard error", "Worst future",
        "Greatest regret", "Regret, nine in ten", "Good enough",
    )  # fmt: skip
    note = (
        f"{found.label}'s options across {found.draws:,} futures, in its own points; good enough: "
        f"within {points(found.good_enough)} of the best."
    )
    return sheet_of("Options across futures", note, columns, rows)


def _criteria(case: Criteria) -> Iterator[Cell]:
    for amount in (case.expected, case.error, case.least, case.greatest_regret, case.regret_90):
        yield Number(amount, points(amount))
    yield _percent(case.good_enough)


def _value(value: float) -> Number:
    return Number(value, number_text(value))


def _percent(share: float) -> Number:
    return Number(share, percent(share))
