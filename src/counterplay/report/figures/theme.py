"""Colours, shapes and chart settings, light and dark.

Colour means who: a player's colour depends on its position in the scenario, appears nowhere else,
and never comes without the player's shape or name.  The colours were searched in OKLCH for a
contrast of at least 3 with the background and for the greatest least distance (CIEDE2000) in
normal and in simulated colour-blind vision (Machado, Oliveira and Fernandes 2009).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from counterplay.errors import ReportError

ThemeName = Literal["light", "dark"]

FONT = "Source Sans, 'Source Sans 3', Liberation Sans, Arial, sans-serif"

SHAPES = (
    "circle", "square", "triangle-up", "diamond",
    "cross", "triangle-down", "triangle-right", "triangle-left",
)  # fmt: skip
"""The shape of each player, by position; `report.tables.GLYPHS` are the same as characters."""

STAR = (
    "M0,-1L0.225,-0.309L0.951,-0.309L0.363,0.118L0.588,0.809"
    "L0,0.382L-0.588,0.809L-0.363,0.118L-0.951,-0.309L-0.225,-0.309Z"
)
"""Outline of the star that marks an equilibrium; not every font has the character."""


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme, by role.

    Attributes
    ----------
    background, panel, line : str
        Page, raised surface, and hairlines.
    ink, second, muted : str
        Text in three weights; `ink` also draws results, stars and the zero line.
    accent : str
        Controls.
    gain : str
        Bars of savings and gains.
    caution, caution_tint, fault, fault_tint : str
        Words of warning on their tints.
    outcomes : tuple of 5 str
        Fills of kinds of outcome from calm to harsh, then of none settled.
    players : tuple of 8 str
        By position of the player.
    """

    background: str
    panel: str
    line: str
    ink: str
    second: str
    muted: str
    accent: str
    gain: str
    caution: str
    caution_tint: str
    fault: str
    fault_tint: str
    outcomes: tuple[str, ...]
    players: tuple[str, ...]


_OUTCOMES = ("#EEF1F4", "#C3CBD4", "#97A3AF", "#3E4853", "#FFFFFF")

TOKENS: Mapping[str, Tokens] = MappingProxyType(
    {
        "light": Tokens(
            background="#FFFFFF",
            panel="#F5F6F8",
            line="#D5DAE0",
            ink="#12181F",
            second="#4A5560",
            muted="#66707A",
            accent="#2A3440",
            gain="#97A3AF",
            caution="#8A4B00",
            caution_tint="#FFF4E0",
            fault="#B3261E",
            fault_tint="#FDECEA",
            outcomes=_OUTCOMES,
            players=(
                "#1B4592", "#5C0A14", "#1A7F70", "#A98529",
                "#8D70BA", "#C21F56", "#475F01", "#33133B",
            ),
        ),
        "dark": Tokens(
            background="#14181D",
            panel="#1D232A",
            line="#36404A",
            ink="#E8ECF0",
            second="#B4BEC8",
            muted="#93A0AC",
            accent="#D3DBE3",
            gain="#6B7783",
            caution="#FFC56B",
            caution_tint="#3A2C12",
            fault="#FF9A8F",
            fault_tint="#41201D",
            outcomes=_OUTCOMES,
            players=(
                "#84A0DA", "#D2664F", "#4FCFAE", "#FFD67E",
                "#9B59C3", "#AC89A0", "#AAB527", "#2F746E",
            ),
        ),
    }
)  # fmt: skip


def tokens_of(theme: str) -> Tokens:
    """Return the tokens of a theme.

    Raises
    ------
    ReportError
        If there is no such theme.
    """
    if theme not in TOKENS:
        raise ReportError(f"theme: no {theme!r}; choose light or dark")
    return TOKENS[theme]


def chart_config(theme: str) -> dict[str, Any]:
    """Return the Vega-Lite configuration of a theme; give it to a chart as its `config`.

    Raises
    ------
    ReportError
        If there is no such theme.
    """
    tokens = tokens_of(theme)
    words = {
        "labelFontSize": 13,
        "labelColor": tokens.ink,
        "titleFontSize": 13,
        "titleFontWeight": 400,
        "titleColor": tokens.second,
    }
    return {
        "font": FONT,
        # A figure is one image with one text; marks and guides that name themselves say less.
        "aria": False,
        "mark": {"aria": False},
        "background": "transparent",
        "padding": 4,
        "view": {"stroke": None},
        "axis": {
            **words,
            "gridColor": tokens.line,
            "domainColor": tokens.muted,
            "tickColor": tokens.muted,
            "tickSize": 4,
            "labelPadding": 5,
            "titlePadding": 9,
            "labelLimit": 340,
        },
        "axisBand": {"grid": False, "domain": False, "ticks": False},
        "legend": {**words, "orient": "top", "symbolSize": 110, "labelLimit": 280},
        "header": {"labelFontSize": 13, "labelFontWeight": 600, "labelColor": tokens.ink},
        "text": {"color": tokens.ink, "fontSize": 13},
        "rule": {"color": tokens.muted},
        "bar": {"color": tokens.second},
        "point": {"filled": True, "size": 110, "opacity": 1},
        "line": {"strokeWidth": 2},
        "range": {"category": list(tokens.players), "symbol": list(SHAPES)},
    }
