"""The game between two blocs, each choosing together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from counterplay.explain.narrate import number_text
from counterplay.findings import Findings
from counterplay.games import Profile
from counterplay.report import tables
from counterplay.report.blocks import Block, Bullets, Paragraph, Section
from counterplay.scenario import Player

_WEIGHT = 1


def bloc_section(findings: Findings) -> Iterator[Section]:
    """Yield the two-bloc view where the scenario names blocs."""
    view = findings.blocs
    if view is None:
        return
    first, second = view.view.game.player_labels
    blocks: list[Block] = [
        Paragraph(
            f"{first} against {second}, each bloc choosing together, as a two-player game. Each "
            "member's payoffs are scaled to a range of 1 and weigh the same. Utilities are not "
            "comparable between governments; the weights are an assumption of this view alone."
        ),
        Paragraph(view.solution.reason),
        tables.blocs(findings, view),
        Bullets(tuple(bloc_flip_sentences(findings))),
    ]
    yield Section("The two-bloc view", 2, tuple(blocks), "blocs")


def bloc_flip_sentences(findings: Findings) -> Iterator[str]:
    """Say at which weight of a member the answer between the blocs changes, and for whom."""
    view = findings.blocs
    if view is None:
        return
    for flip in view.flips:
        name = findings.scenario.player(flip.player).name
        if flip.weight < _WEIGHT:
            verb, now, then = "falls below", flip.above, flip.below
        else:
            verb, now, then = "rises above", flip.below, flip.above
        changes = [
            f"{player.name} can play {_options(player, position, then)} instead of "
            f"{_options(player, position, now)}"
            for position, player in enumerate(findings.scenario.players)
            if {profile[position] for profile in now} != {profile[position] for profile in then}
        ]
        said = "; ".join(changes) or "the choices combine differently"
        yield f"If {name}'s weight {verb} {number_text(flip.weight)} (now {_WEIGHT}), {said}."
    if not view.flips:
        yield "No weight of a single member between 0 and 10 changes the answer between the blocs."


def _options(player: Player, position: int, profiles: Sequence[Profile]) -> str:
    played = sorted({profile[position] for profile in profiles})
    return " or ".join(f"“{player.options[option].label}”" for option in played) or "nothing firm"
