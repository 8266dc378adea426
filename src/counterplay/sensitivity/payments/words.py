"""The least side payment in plain sentences."""

from __future__ import annotations

from dataclasses import replace

from counterplay.explain.narrate import in_words, percent, points
from counterplay.games import Game
from counterplay.scenario import Scenario
from counterplay.sensitivity.payments.result import AfterPayment, Payment, SidePayment


def payment_words(source: Scenario | Game, game: Game, result: SidePayment) -> SidePayment:
    """Return the result with its words."""
    names = _names(source, game)
    sentences = [
        *(_needs(game, names, paid, allowed=True) for paid in result.payments),
        *(_needs(game, names, paid, allowed=False) for paid in result.missing),
        _rest(names, result),
    ]
    if result.payments and result.feasible:
        sentences += [_strictly(names, result), _both(result)]
    return replace(result, words=" ".join(sentence for sentence in sentences if sentence))


def _names(source: Scenario | Game, game: Game) -> dict[str, str]:
    if isinstance(source, Scenario):
        return {player.id: player.name for player in source.players}
    return dict(zip(game.players, game.player_labels, strict=True))


def _needs(game: Game, names: dict[str, str], paid: Payment, *, allowed: bool) -> str:
    player = game.player_index(paid.player)
    label = game.option_labels[player][game.option_index(player, paid.outbids)]
    amount = f"{points(paid.amount)} of its own points ({percent(paid.share)} of its payoff range)"
    if allowed:
        return f"{names[paid.player]} must be offered {amount} to outbid “{label}”."
    return (
        f"It cannot be done by paying those named alone: {names[paid.player]} would need {amount} "
        f"to outbid “{label}”."
    )


def _rest(names: dict[str, str], result: SidePayment) -> str:
    content = in_words([names[player] for player in result.content])
    if not result.payments and not result.missing:
        return "Nobody need be paid: this outcome is stable as things stand."
    if not content:
        return ""
    return f"{content} {'needs' if len(result.content) == 1 else 'need'} nothing."


def _strictly(names: dict[str, str], result: SidePayment) -> str:
    paid = in_words([names[payment.player] for payment in result.payments])
    told = f"At these amounts {paid} would lose nothing by leaving; any more makes staying better."
    if len(result.payments) > 1:
        told += " Points of different players are not comparable, so nothing is added up."
    return told


def _both(result: SidePayment) -> str:
    bonus, guarantee = _stable(result.bonus), _stable(result.guarantee)
    together = "With a little more, paid only if everybody does their part"
    alone = "paid for the receiver's own choice whatever the others do"
    if bonus == guarantee:
        return f"{together} or {alone}, {bonus}."
    return f"{together}, {bonus}; {alone}, {guarantee}."


def _stable(after: AfterPayment) -> str:
    if after.only:
        return "it is the only stable outcome"
    if after.solution.completeness == "unproved":
        return "it is stable, and others may be"
    if after.solution.regions:
        return "it is stable beside others, some of which form connected sets"
    count = len(after.others)
    return f"it is stable beside {count} other stable outcome{'' if count == 1 else 's'}"
