"""Figures of findings: one chart a file, each a pure function from findings to a `Figure`.

Importing this package needs altair, which the extras `app` and `report` bring;
`counterplay.report` itself does not import it.
"""

try:
    import altair as alt  # noqa: F401 - asked for first, so that its absence has one message
except ImportError as error:
    from counterplay.errors import MissingExtraError

    raise MissingExtraError("charts", "report") from error

from counterplay.report.figures.attribution_waterfall import attribution_waterfall
from counterplay.report.figures.best_reply_graph import best_reply_graph
from counterplay.report.figures.deviation_waterfall import deviation_waterfall
from counterplay.report.figures.discovery_boxes import discovery_boxes
from counterplay.report.figures.driver_bars import driver_bars
from counterplay.report.figures.figure import Figure
from counterplay.report.figures.margin_strip import margin_strip
from counterplay.report.figures.margins import margins
from counterplay.report.figures.movable_phase_map import movable_phase_map
from counterplay.report.figures.outcome_shares import outcome_shares
from counterplay.report.figures.pager import pager
from counterplay.report.figures.payoff_waterfall import payoff_waterfall
from counterplay.report.figures.phase_map import phase_map
from counterplay.report.figures.phase_maps import phase_maps
from counterplay.report.figures.pickable_reply_graph import pickable_reply_graph
from counterplay.report.figures.probabilities import probabilities
from counterplay.report.figures.quantal_lines import quantal_lines
from counterplay.report.figures.robust_options import robust_options
from counterplay.report.figures.theme import SHAPES, TOKENS, ThemeName, Tokens, chart_config
from counterplay.report.figures.tipping_bars import tipping_bars
from counterplay.report.figures.tipping_strip import tipping_strip

__all__ = [
    "SHAPES",
    "TOKENS",
    "Figure",
    "ThemeName",
    "Tokens",
    "attribution_waterfall",
    "best_reply_graph",
    "chart_config",
    "deviation_waterfall",
    "discovery_boxes",
    "driver_bars",
    "margin_strip",
    "margins",
    "movable_phase_map",
    "outcome_shares",
    "pager",
    "payoff_waterfall",
    "phase_map",
    "phase_maps",
    "pickable_reply_graph",
    "probabilities",
    "quantal_lines",
    "robust_options",
    "tipping_bars",
    "tipping_strip",
]
