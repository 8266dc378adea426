"""Scenario discovery: the conditions under which a regime occurs, as boxes in words.

Boxes are the leaves of a classification tree over the uncertain parameters (CART: Breiman et al.
1984), as in Lempert, Bryant and Bankes (2008), who find trees and PRIM about equally good for
this; coverage, density and the number of restricted parameters are their measures (Bryant and
Lempert 2010).  The tree is scikit-learn's, a library in everyday use; PRIM would come with a whole
workbench.  A tree fits the sample it has seen, so every box is simplified, its bounds rounded to
what is printed, and then counted again on fresh draws; both counts are told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from counterplay.errors import MissingExtraError
from counterplay.explain.narrate import percent
from counterplay.numeric import FloatArray
from counterplay.scenario import Regime, Scenario
from counterplay.scenario.setting import Values
from counterplay.sensitivity.discovery.boxes import (
    Bound,
    Box,
    BoxCount,
    Limits,
    box_words,
    counted,
    inside,
)
from counterplay.sensitivity.discovery.trees import leaf_boxes, rounded, simplified
from counterplay.sensitivity.draws import drawn_parameters
from counterplay.sensitivity.drivers.futures import Futures, futures
from counterplay.sensitivity.drivers.regional import regime_named
from counterplay.sensitivity.drivers.responses import BoolArray, occurrences
from counterplay.sensitivity.usage import used_names

FEWEST = 20
"""Draws that must have the regime, and as many that must not, before boxes are sought."""

MOST_RESTRICTED = 4

_TOLD = 3


@dataclass(frozen=True)
class Discovery:
    """Where a regime occurs.

    Attributes
    ----------
    regime : str
    boxes : tuple of Box
        Most draws of the regime first; they may overlap once they are simplified.
    together : tuple of (BoxCount, BoxCount)
        All boxes as one region, on the fitted and on the fresh sample; None where there is none.
    share, fresh_share : float
        Of the draws in which the regime occurs, in either sample.
    wanted : float
        Density that a box had to reach: halfway between the share and 1.
    draws, seed, fresh_seed : int
        Draws in each sample; the second seed is derived from the first.
    held : Values
        Values of levers and constants.
    words : str
    """

    regime: str
    boxes: tuple[Box, ...]
    together: tuple[BoxCount, BoxCount] | None
    share: float
    fresh_share: float
    wanted: float
    draws: int
    seed: int
    fresh_seed: int
    held: Values
    words: str

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain data."""
        return {**asdict(self), "held": dict(self.held)}


def discover(
    scenario: Scenario,
    draws: int,
    seed: int,
    regime: str | int,
    values: Mapping[str, float] | None = None,
) -> Discovery:
    """Find boxes of the uncertain parameters in which a regime is concentrated.

    Parameters
    ----------
    draws, seed : int
        Draws in each of the two samples; a few hundred at least for more than one bound.
    regime : id or index
        It occurs at a draw if it names one of the pure equilibria there.
    values : mapping, optional
        Levers and constants are held at these values; uncertain parameters are drawn all the same.

    Returns
    -------
    Discovery
        With boxes of at most four restricted parameters whose density on the fitted sample reaches
        `wanted`; where no leaf does, the densest one, and the words say so.  No box where fewer
        than 20 draws have the regime, or have it not.

    Raises
    ------
    MissingExtraError
        Without scikit-learn.
    ValuesError
        If an argument is refused, or a payoff is not finite at some draw.
    """
    first = futures(scenario, draws, seed, values)
    named = regime_named(scenario, regime)
    require_sklearn()
    fresh_seed = int(np.random.SeedSequence([first.seed, 1]).generate_state(1)[0])
    second = futures(scenario, draws, fresh_seed, values)
    occurs, again = (
        occurrences(scenario, drawn.columns, drawn.draws, named.id) for drawn in (first, second)
    )
    share = float(occurs.mean())
    limits = _limits(scenario, first, occurs, (1 + share) / 2)
    boxes, together = _counted(scenario, limits, (first, second), (occurs, again))
    return Discovery(
        regime=named.id,
        boxes=boxes,
        together=together,
        share=share,
        fresh_share=float(again.mean()),
        wanted=(1 + share) / 2,
        draws=first.draws,
        seed=first.seed,
        fresh_seed=fresh_seed,
        held=first.held,
        words=_words(named, boxes, together, occurs),
    )


def require_sklearn() -> None:
    """Refuse to go on without scikit-learn.

    Raises
    ------
    MissingExtraError
        If it is not installed.
    """
    try:
        import sklearn  # noqa: F401 - only to see whether it is there
    except ImportError as error:
        raise MissingExtraError("scenario discovery", "drivers") from error


def _limits(scenario: Scenario, drawn: Futures, occurs: BoolArray, wanted: float) -> list[Limits]:
    """Return the boxes, rounded and simplified, that reach the wanted density."""
    count = int(occurs.sum())
    used = used_names(scenario)
    moving = [p for p in drawn_parameters(scenario) if p.id in used]
    if min(count, len(occurs) - count) < FEWEST or not moving:
        return []
    names = [p.id for p in moving]
    matrix = np.column_stack([np.asarray(drawn.columns[name]) for name in names])
    leaves = leaf_boxes(matrix, moving, occurs, MOST_RESTRICTED)
    reached = [leaf for leaf in leaves if _density(matrix, names, leaf, occurs) >= wanted]
    chosen = reached or [max(leaves, key=lambda leaf: _density(matrix, names, leaf, occurs))]
    simple: list[Limits] = []
    for leaf in chosen:
        limits = simplified(rounded(leaf, matrix, moving, occurs), matrix, names, occurs)
        if limits and limits not in simple:
            simple.append(limits)
    return simple


def _density(matrix: FloatArray, names: list[str], limits: Limits, occurs: BoolArray) -> float:
    return counted(inside(matrix, names, limits), occurs).density


def _counted(
    scenario: Scenario,
    limits: list[Limits],
    samples: tuple[Futures, Futures],
    occurs: tuple[BoolArray, BoolArray],
) -> tuple[tuple[Box, ...], tuple[BoxCount, BoxCount] | None]:
    """Count each box, and all together, on both samples."""
    if not limits:
        return (), None
    labels = {parameter.id: parameter.label for parameter in scenario.parameters}
    masks = [[inside(drawn.matrix, drawn.parameters, box) for box in limits] for drawn in samples]
    boxes = []
    for number, box in enumerate(limits):
        found, fresh = (counted(masks[sample][number], occurs[sample]) for sample in range(2))
        bounds = tuple(Bound(name, labels[name], *ends) for name, ends in box.items())
        told = box_words(bounds, found, fresh)
        boxes.append(Box(bounds, found, fresh, len(bounds), told))
    boxes.sort(key=lambda box: -box.found.coverage)
    first, second = (counted(np.any(masks[sample], axis=0), occurs[sample]) for sample in range(2))
    return tuple(boxes), (first, second)


def _words(
    regime: Regime,
    boxes: tuple[Box, ...],
    together: tuple[BoxCount, BoxCount] | None,
    occurs: BoolArray,
) -> str:
    start = (
        f"“{regime.label}” is among the firm stable outcomes in {percent(occurs.mean())} of "
        f"{len(occurs):,} draws"
    )
    if occurs.all() or not occurs.any():
        return f"{start}: there are no conditions to tell."
    if not boxes or together is None:
        return f"{start}: no box tells where, with these draws."
    told = "; or ".join(box.words for box in boxes[:_TOLD])
    more = len(boxes) - _TOLD
    told += f"; and in {more} smaller {'box' if more == 1 else 'boxes'}" if more > 0 else ""
    wanted = (1 + float(occurs.mean())) / 2
    dense = max(box.found.density for box in boxes) >= wanted
    weak = "" if dense else f". No box reaches the density of {wanted:.2f} that was wanted"
    union = ""
    if len(boxes) > 1:
        found, fresh = together
        union = (
            f" Together they cover {percent(found.coverage)} at density {found.density:.2f} (on "
            f"fresh draws {percent(fresh.coverage)} and {fresh.density:.2f})."
        )
    return f"{start}. It is concentrated {told}{weak}.{union}"
