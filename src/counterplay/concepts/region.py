"""Clusters as results: ranges of probabilities and payoffs, pure members, an example."""

from __future__ import annotations

import itertools

import numpy as np

from counterplay.concepts.certify import certify
from counterplay.concepts.indifference import solve_support
from counterplay.concepts.listing import joined, split
from counterplay.concepts.search.clusters import Cluster, box_pad, root_pad
from counterplay.concepts.search.cover import Cover
from counterplay.concepts.solution import Equilibrium, Region
from counterplay.errors import NotAnEquilibriumError
from counterplay.games import Game
from counterplay.numeric import FloatArray

_TRIES = 40
_CHUNK_ENTRIES = 4_000_000
_POINT = 1e-6
_TOUCHING = 1e-9


def region_of(
    game: Game,
    cover: Cover,
    cluster: Cluster,
    index: int | None,
    pure: tuple[Equilibrium, ...],
) -> Region:
    """Return what is known of the equilibria in a cluster."""
    members = [e for e in pure if cluster.contains(joined(e.strategies), _TOUCHING)]
    low = np.clip(cluster.low.min(axis=0), 0.0, 1.0)
    high = np.clip(cluster.high.max(axis=0), 0.0, 1.0)
    ranges = []
    for first, last in itertools.pairwise(cover.problem.starts):
        pair = np.stack([low[first:last], high[first:last]], axis=1)
        pair.flags.writeable = False
        ranges.append(pair)
    payoffs = _payoff_ranges(game, cover, cluster)
    payoffs.flags.writeable = False
    example = members[0] if members else _example(game, cover, cluster)
    return Region(
        ranges=tuple(ranges),
        payoffs=payoffs,
        index=index,
        dimension=0 if example is None else _dimension(cover, cluster),
        pure=tuple(e.profile for e in members if e.profile is not None),
        example=example,
    )


def _payoff_ranges(game: Game, cover: Cover, cluster: Cluster) -> FloatArray:
    """Return the least and greatest payoff over the boxes: a multilinear function's vertices."""
    ends = np.full((len(game.players), 2), (np.inf, -np.inf))
    # A payoff is linear in each probability, and changes by no more than the range times theirs.
    probabilities = float(sum(game.shape))
    for root, pad in zip(cluster.roots, root_pad(cover, cluster.roots)[:, 0], strict=True):
        paid = game.payoff(split(cover.points[root], game.shape))
        blur = game.ranges * (probabilities * pad)
        ends[:, 0] = np.minimum(ends[:, 0], paid - blur)
        ends[:, 1] = np.maximum(ends[:, 1], paid + blur)
    step = max(1, _CHUNK_ENTRIES // game.profiles)
    for start in range(0, len(cluster.boxes), step):
        chosen = cluster.boxes[start : start + step]
        corners = [vertices[chosen] for vertices in cover.vertices]
        for player, table in enumerate(game.payoffs):
            values = _at_corners(table, corners).reshape(len(chosen), -1)
            blurs = game.ranges[player] * (probabilities * box_pad(cover)[chosen, 0])
            ends[player, 0] = min(ends[player, 0], (values.min(axis=1) - blurs).min())
            ends[player, 1] = max(ends[player, 1], (values.max(axis=1) + blurs).max())
    return ends


def _at_corners(table: FloatArray, corners: list[FloatArray]) -> FloatArray:
    """Return a payoff at every vertex tuple of every box."""
    values: FloatArray = np.broadcast_to(table, (len(corners[0]), *table.shape))
    for axis, matrices in enumerate(corners, 1):
        moved = np.moveaxis(values, axis, -1)
        moved = np.einsum("b...a,bpa->b...p", moved, matrices)
        values = np.moveaxis(moved, -1, axis)
    return values


def _dimension(cover: Cover, cluster: Cluster) -> int:
    """Return a lower bound of the dimension: of the largest solid box, else of the extent."""
    dimension = 0 if cluster.extent <= _POINT else 1
    for box in cluster.boxes[cover.solid[cluster.boxes] > 0]:
        spans = [vertices[box] - vertices[box][0] for vertices in cover.vertices]
        ranks = [int(np.linalg.matrix_rank(span, tol=1e-9)) for span in spans]
        dimension = max(dimension, sum(ranks))
    return dimension


def _example(game: Game, cover: Cover, cluster: Cluster) -> Equilibrium | None:
    """Return a certified member, by Newton's method from roots and from the centres of boxes."""
    starts = [(cover.points[r], cover.masks[r]) for r in cluster.roots]
    for box in sorted(cluster.boxes.tolist(), key=lambda b: -int(cover.solid[b]))[:_TRIES]:
        sizes = [int(m).bit_count() for m in cover.box_masks[box]]
        middle = np.concatenate(
            [v[box][:size].mean(axis=0) for v, size in zip(cover.vertices, sizes, strict=True)]
        )
        starts.append((middle, cover.box_masks[box]))
    for point, masks in starts:
        support = tuple(
            tuple(k for k in range(count) if int(bits) >> k & 1)
            for bits, count in zip(masks, game.shape, strict=True)
        )
        solved = solve_support(game, support, split(point, game.shape))
        if solved is None or not cluster.contains(joined(solved), _TOUCHING):
            continue
        try:
            return certify(game, solved)
        except NotAnEquilibriumError:
            continue
    return None
