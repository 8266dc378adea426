"""Sentences about outcomes, from labels and numbers alone.

Plain language first; the precise term once, beside it.  No sentence says more than its numbers:
nothing here predicts, recommends, or calls anything likely.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from counterplay.concepts import Equilibrium, Solution
from counterplay.explain.deviation import Deviation, Stance, TermChange
from counterplay.scenario import Player, Scenario

_COUNTS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def points(number: float) -> str:
    """Write payoff units with two decimals and a true minus.

    Where two decimals would show zero there are three.  Halves are rounded away from zero as
    decimals, so 3.255 reads 3.26.

    Examples
    --------
    >>> points(-0.219), points(3.255), points(0.004), points(0.0), points(1e-7), points(2e7)
    ('−0.22', '3.26', '0.004', '0.00', 'under 0.001', '2.00e+07')
    """
    size = abs(float(number))
    if size >= 1e6:
        text = f"{size:.2e}"
    elif size == 0 or size >= 0.005:
        text = _rounded(size, "0.01")
    elif size >= 0.0005:
        text = _rounded(size, "0.001")
    else:
        return "under 0.001"
    return f"−{text}" if number < 0 else text


def _rounded(size: float, unit: str) -> str:
    return str(Decimal(repr(round(size, 10))).quantize(Decimal(unit), ROUND_HALF_UP))


def signed(amount: float) -> str:
    """Write a change with its sign: plus for gains, a true minus for losses."""
    text = points(amount)
    return f"+{text}" if amount > 0 and not text.startswith("under") else text


def number_text(number: float) -> str:
    """Write an assumption's value with four significant digits or more, and a true minus.

    From 1,000 on all whole digits stand, and two decimals at most: years and large counts differ
    in the digits that four would leave out.

    Examples
    --------
    >>> number_text(3.0), number_text(0.5555555), number_text(-1.25), number_text(2024.5)
    ('3', '0.5556', '−1.25', '2024.5')
    """
    size = abs(number)
    written_out = 1e3 <= size < 1e15
    text = f"{size:.2f}".rstrip("0").rstrip(".") if written_out else f"{size:.4g}"
    return f"−{text}" if number < 0 else text


def exact_text(number: float) -> str:
    """Write a number with all its digits and a true minus, as one does that was rounded before.

    Examples
    --------
    >>> exact_text(1000000.25), exact_text(-2.0), exact_text(1.23e-06)
    ('1000000.25', '−2', '1.23e-06')
    """
    text = repr(abs(float(number))).removesuffix(".0")
    return f"−{text}" if number < 0 else text


def percent(share: float) -> str:
    """Write a probability as a whole percentage.

    A positive share is never rounded to 0, nor a part to 100.

    Examples
    --------
    >>> percent(0.694), percent(0.002), percent(0.9991), percent(1.0)
    ('69%', '<1%', '>99%', '100%')
    """
    if 0 < share < 0.01:
        return "<1%"
    if 0.99 < share < 1:
        return ">99%"
    return f"{100 * share:.0f}%"


def headline(scenario: Scenario, equilibrium: Equilibrium) -> str:
    """Say who does what, in the order of the players."""
    clauses = []
    for player, support, vector in zip(
        scenario.players, equilibrium.support, equilibrium.strategies, strict=True
    ):
        if len(support) == 1:
            clauses.append(pure_clause(player, support[0]))
        else:
            shares = [
                (option.label, float(share))
                for option, share in zip(player.options, vector, strict=True)
                if share > 0
            ]
            clauses.append(mixed_clause(player, shares))
    return _sentences(clauses)


def pure_headline(scenario: Scenario, options: Sequence[str]) -> str:
    """Say who does what where each player plays one option, in the order of the players."""
    return _sentences(
        [pure_clause(player, name) for player, name in zip(scenario.players, options, strict=True)]
    )


def pure_clause(player: Player, option: str) -> str:
    """Say what a player does when it plays one option."""
    chosen = next(candidate for candidate in player.options if candidate.id == option)
    if chosen.clause:
        return f"{player.name} {chosen.clause}"
    return f"{player.name} plays “{chosen.label}”"


def mixed_clause(player: Player, shares: Sequence[tuple[str, float]]) -> str:
    """Say between which options a player is undecided."""
    ordered = sorted(shares, key=lambda item: -item[1])
    listed = in_words([f"“{label}” ({percent(share)})" for label, share in ordered])
    return f"{player.name} is undecided between {listed}"


def in_words(items: Sequence[str]) -> str:
    """Join items as a sentence does.

    Examples
    --------
    >>> in_words(["Seoul"]), in_words(["Seoul", "Kyiv"]), in_words(["Seoul", "Kyiv", "Moscow"])
    ('Seoul', 'Seoul and Kyiv', 'Seoul, Kyiv and Moscow')
    """
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def stance_sentence(scenario: Scenario, stance: Stance, undecided: Sequence[str] = ()) -> str:
    """Say why a player stays: its option, the best alternative, the loss, two largest terms."""
    player = scenario.player(stance.player)
    labels = {option.id: option.label for option in player.options}
    if stance.mixes:
        return _indifference(player, labels, stance, undecided)
    chosen = labels[stance.plays[0][0]]
    alternative = stance.best_alternative
    if alternative is None:
        return f"{player.name} has no alternative to “{chosen}”."
    other = labels[alternative.option]
    margin = stance.margin if stance.margin is not None else alternative.loss
    if margin == 0:
        start = f"{player.name} could switch from “{chosen}” to “{other}” at no cost"
    else:
        start = (
            f"{player.name} keeps “{chosen}”: switching to “{other}” would cost it "
            f"{points(margin)} points"
        )
    thin = " This margin is thin." if stance.thin else ""
    return f"{start}{largest_terms(alternative)}.{thin}"


def deviation_sentence(scenario: Scenario, deviation: Deviation) -> str:
    """Say what one deviation would cost or bring, and by which two terms most."""
    player = scenario.player(deviation.player)
    label = next(o.label for o in player.options if o.id == deviation.option)
    if deviation.loss == 0:
        effect = "would change nothing"
    else:
        verb = "cost" if deviation.loss > 0 else "bring"
        effect = f"would {verb} it {points(abs(deviation.loss))} points"
    return f"Switching to “{label}” {effect} for {player.name}{largest_terms(deviation)}."


def count_title(solution: Solution) -> str:
    """Name how many stable outcomes were found, without claiming more than was proved."""
    if solution.completeness == "continuum":
        return _range_title(solution)
    number = len(solution.equilibria)
    word = _COUNTS[number] if number < len(_COUNTS) else str(number)
    noun = "stable outcome" if number == 1 else "stable outcomes"
    if solution.completeness == "proved":
        return f"{word} {noun}"
    if number == 0:
        return "No stable outcome found yet"
    return f"{word} {noun} found"


def _range_title(solution: Solution) -> str:
    """Name isolated outcomes and sets of them; a set is never counted in outcomes."""
    sets = len(solution.regions)
    told = "a connected set" if sets == 1 else f"{_word(sets)} separate sets"
    isolated = sum(
        1 for e in solution.equilibria if e.index is not None or not _in_a_region(e, solution)
    )
    if isolated == 0:
        return f"Stable outcomes form {told}"
    noun = "single stable outcome" if isolated == 1 else "single stable outcomes"
    return f"{_word(isolated).capitalize()} {noun}, and {told} of them"


def _in_a_region(equilibrium: Equilibrium, solution: Solution) -> bool:
    return any(
        all(
            bool((ranges[:, 0] <= vector).all() and (vector <= ranges[:, 1]).all())
            for ranges, vector in zip(region.ranges, equilibrium.strategies, strict=True)
        )
        for region in solution.regions
    )


def _word(number: int) -> str:
    return _COUNTS[number].lower() if number < len(_COUNTS) else str(number)


def _sentences(clauses: Sequence[str]) -> str:
    first, rest = clauses[0], clauses[1:]
    return f"{first}. {'; '.join(rest)}." if rest else f"{first}."


def _indifference(
    player: Player, labels: dict[str, str], stance: Stance, undecided: Sequence[str]
) -> str:
    options = in_words([f"“{labels[option]}”" for option, _ in stance.plays])
    sentence = (
        f"{player.name} is kept indifferent between {options}: each pays it "
        f"{points(stance.payoff)}"
    )
    if undecided:
        sentence += f", and its shares are what keeps {in_words(undecided)} undecided"
    other = stance.best_alternative
    if other is None:
        return f"{sentence}."
    label = labels[other.option]
    if other.loss == 0:
        return f"{sentence}; “{label}” would pay as much."
    return f"{sentence}; “{label}” would pay {points(other.loss)} less{largest_terms(other)}."


def largest_terms(deviation: Deviation) -> str:
    """Name the two largest terms, and what all others add up to, so that the sum can be seen."""
    changes = deviation.changes
    if not changes or changes[0].from_table:
        return " by the payoff table of the file" if changes else ""
    text = f", {_change_words(changes[0])}"
    if len(changes) > 1:
        same_way = (changes[0].amount < 0) == (changes[1].amount < 0)
        text += f" {'and' if same_way else 'but'} {_change_words(changes[1])}"
    rest = sum(change.amount for change in changes[2:])
    if len(changes) > 2 and abs(rest) >= 0.0005:
        others = "another term" if len(changes) == 3 else f"{len(changes) - 2} other terms"
        text += f", and {'losing' if rest < 0 else 'gaining'} {points(abs(rest))} on {others}"
    return text


def _change_words(change: TermChange) -> str:
    verb = "losing" if change.amount < 0 else "gaining"
    source = f"evidence {', '.join(change.statuses)}" if change.statuses else "no source"
    return f"{verb} {points(abs(change.amount))} on “{change.label}” ({source})"
