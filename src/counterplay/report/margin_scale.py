"""How long the bar of a margin can be: the same for every player of a report."""

from __future__ import annotations

from counterplay.findings import Findings
from counterplay.report.scale import round_up

_USUAL_LIMIT = 1.5
_USUAL_RANGE = (3.0, 50.0)


def common_limit(findings: Findings) -> float:
    """Return the margin at which every player's bar ends.

    It is 1.5 points where payoffs span about what scales of 0 to 10 do, else about 15 % of the
    players' middle payoff range.
    """
    ranges = sorted(float(spread) or 1.0 for spread in findings.game.ranges)
    middle = ranges[len(ranges) // 2]
    if _USUAL_RANGE[0] <= middle <= _USUAL_RANGE[1]:
        return _USUAL_LIMIT
    return round_up(0.15 * middle) or 1.0
