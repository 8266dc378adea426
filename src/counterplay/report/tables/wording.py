"""Wording of cells: profiles by their labels, changes, indices and regrets."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from counterplay.findings import Findings
from counterplay.games import Profile


def option_label(findings: Findings, player: str, option: str) -> str:
    """Return the label of a player's option."""
    return next(o.label for o in findings.scenario.player(player).options if o.id == option)


def profile_text(findings: Findings, profile: Profile) -> str:
    """Write a pure profile as the players' option labels."""
    return "; ".join(
        f"{player.name}: {player.options[k].label}"
        for player, k in zip(findings.scenario.players, profile, strict=True)
    )


def profiles_text(findings: Findings, profiles: Sequence[Profile]) -> str:
    """Write pure profiles, or beyond two of them what each player may choose."""
    if not profiles:
        return "none"
    if len(profiles) <= 2:
        return ", or ".join(profile_text(findings, profile) for profile in profiles)
    parts = []
    for position, player in enumerate(findings.scenario.players):
        chosen = sorted({profile[position] for profile in profiles})
        labels = " or ".join(player.options[k].label for k in chosen)
        parts.append(f"{player.name}: {labels}")
    return "; ".join(parts)


def index_text(index: int | None) -> str:
    """Write an index with its sign; a dash where it is that of a set, or was not determined.

    Examples
    --------
    >>> index_text(1), index_text(-2), index_text(0), index_text(None)
    ('+1', '−2', '0', '–')
    """
    if index is None:
        return "–"
    return f"{index:+d}".replace("-", "−") if index else "0"


def regret_text(regret: float) -> str:
    """Write a regret: exact zero as 0, rounding noise as a power of ten."""
    if regret == 0:
        return "0"
    return f"below 1e{int(np.floor(np.log10(regret))) + 1}"
