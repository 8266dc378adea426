"""A comparison of settings in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from counterplay.explain.narrate import in_words, number_text, points, signed
from counterplay.scenario.source import printable
from counterplay.sensitivity.attribution.inputs import MOST_FACTORS, ChangedInput, Factor
from counterplay.sensitivity.attribution.result import Attribution, Setting, SettingChange

METHOD = (
    "A number's share is the average of what it adds over all orders in which the numbers could "
    "change one after the other (Shapley value), so shares add up to the whole change. They "
    "account for this model and are not causes in the world. Where several outcomes are stable, "
    "payoffs are the least and the greatest among those listed."
)

_LONGEST = 90
_INPUTS_TOLD = 12
_SHARES_TOLD = 3
_NOTHING = 1e-9

_POSSIBLE = {1: "becomes possible", 0: "stays possible", -1: "is no longer possible"}
_FIRM = {
    1: "No firm outcome is stable any more",
    0: "No firm outcome is stable before or after",
    -1: "A firm outcome is stable again",
}

_Shares = Sequence[tuple[Factor, float]]


def comparison_words(
    settings: Sequence[Setting], changes: Sequence[SettingChange]
) -> tuple[str, ...]:
    """Say what is stable under each setting, what changed, and what did it."""
    told = [f"Under {quoted(setting.name)}: {setting.words}." for setting in settings]
    for change in changes:
        told += change.words
    if any(change.factors for change in changes):
        told.append(METHOD)
    return tuple(told)


def change_words(change: SettingChange) -> tuple[str, ...]:
    """Say what differs between two settings, and what each difference did."""
    between = f"between {quoted(change.before)} and {quoted(change.after)}"
    if not change.inputs:
        return (f"Nothing differs {between}.",)
    return (
        f"{_count(len(change.inputs))} {between}: {_moves(change.inputs)}.",
        *_grouping(change),
        *(presence_words(each, change.factors) for each in change.presence),
        *(_payoff_words(told, change.factors) for told in payoffs_told(change)),
        *_idle(change),
        *_cautions(change),
    )


def quoted(label: str) -> str:
    """Return a label of any origin in quotation marks, on one line and cut where very long."""
    flat = " ".join(printable(label).split())
    return f"“{flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1].rstrip() + '…'}”"


def factor_text(factor: Factor) -> str:
    """Return a factor as part of a sentence: an input by its label, a group by what it is."""
    return quoted(factor.label) if len(factor.inputs) == 1 else f"the {_name(factor.label)}"


def _count(number: int) -> str:
    return "One number differs" if number == 1 else f"{number} numbers differ"


def _moves(inputs: Sequence[ChangedInput]) -> str:
    told = [
        f"{quoted(each.label)} from {number_text(each.before)} to {number_text(each.after)}"
        for each in inputs[:_INPUTS_TOLD]
    ]
    more = len(inputs) - len(told)
    return "; ".join([*told, f"and {more} more"] if more else told)


def _grouping(change: SettingChange) -> Iterator[str]:
    groups = [factor_text(factor) for factor in change.factors if len(factor.inputs) > 1]
    if groups:
        count = "counts as one number" if len(groups) == 1 else "count as one number each"
        yield (
            f"More than {MOST_FACTORS} numbers are too many to weigh one by one, so "
            f"{in_words(groups)} {count}."
        )


def presence_words(each: Attribution, factors: Sequence[Factor]) -> str:
    """Say whether an outcome becomes possible, stays so or is so no longer, and what did it."""
    if each.kind == "mixed":
        told = _FIRM[int(each.change)]
    else:
        told = f"{quoted(each.label)} {_POSSIBLE[int(each.change)]}"
    return f"{told}{_because(each, factors) if each.change else ''}."


@dataclass(frozen=True)
class ToldPayoff:
    """A change of a payoff that is told apart from others.

    Attributes
    ----------
    attribution : Attribution
    measure : str
        What changes: the payoff, the least payoff or the greatest payoff.
    note : str
        How payoffs are read in between, where that matters; else empty.
    """

    attribution: Attribution
    measure: str
    note: str = ""


def payoffs_told(change: SettingChange) -> tuple[ToldPayoff, ...]:
    """Return the changes of payoffs that are told apart.

    Where a player's least and greatest payoff change alike, it is one payoff; its shares may
    still hang on what is read where several outcomes are stable in between.
    """
    told: list[ToldPayoff] = []
    for pair in zip(change.payoffs[::2], change.payoffs[1::2], strict=True):
        least, greatest = pair
        alike = (least.before, least.after) == (greatest.before, greatest.after)
        if alike and least.parts == greatest.parts:
            told.append(ToldPayoff(least, "payoff"))
        elif alike:
            told += [
                ToldPayoff(
                    each,
                    "payoff",
                    f"counting the {each.kind} where several outcomes are stable in between",
                )
                for each in pair
            ]
        else:
            told += [ToldPayoff(each, f"{each.kind} payoff") for each in pair]
    return tuple(told)


def _payoff_words(told: ToldPayoff, factors: Sequence[Factor]) -> str:
    each = told.attribution
    start = f"{_name(each.label)}’s {told.measure}"
    end = f"{', ' if told.note else ''}{told.note}{_because(each, factors)}."
    if abs(each.change) <= _NOTHING:
        return f"{start} stays at {points(each.before)}{end}"
    if points(each.before) == points(each.after):
        return f"{start} hardly changes from {points(each.before)} ({signed(each.change)}){end}"
    verb = "rises" if each.change > 0 else "falls"
    return (
        f"{start} {verb} by {points(abs(each.change))}, from {points(each.before)} to "
        f"{points(each.after)}{end}"
    )


def _name(label: str) -> str:
    return quoted(label)[1:-1]


def _because(each: Attribution, factors: Sequence[Factor]) -> str:
    """Name the largest shares each way, and what all others add up to, so that sums can be seen.

    Where one number differs it did everything, which needs no words.
    """
    shares = sorted(
        (pair for pair in zip(factors, each.parts, strict=True) if abs(pair[1]) > _NOTHING),
        key=lambda pair: -abs(pair[1]),
    )
    if not shares or len(factors) == 1:
        return ""
    if abs(each.change) <= _NOTHING:
        return f", though numbers pull both ways: {in_words(_listed(shares))}"
    along = [pair for pair in shares if pair[1] * each.change > 0]
    against = [pair for pair in shares if pair[1] * each.change < 0]
    if len(shares) == 1:
        return f", all of it due to {factor_text(along[0][0])}"
    text = f": {_along(along)}"
    return f"{text}; against it {in_words(_listed(against))}" if against else text


def _along(shares: _Shares) -> str:
    first, *others = _listed(shares)
    sizes = [abs(part) for _, part in shares]
    if others and max(sizes) - min(sizes) <= _NOTHING:
        return f"in equal parts {in_words([first, *others])}"
    if others and sizes[0] > sum(sizes) / 2:
        return f"mostly {first}, then {in_words(others)}"
    return f"through {in_words([first, *others])}"


def _listed(shares: _Shares) -> list[str]:
    told = len(shares) if len(shares) <= _SHARES_TOLD + 1 else _SHARES_TOLD
    listed = [f"{factor_text(factor)} ({signed(part)})" for factor, part in shares[:told]]
    if rest := shares[told:]:
        total = sum(part for _, part in rest)
        listed.append(f"{len(rest)} others together ({signed(total)})")
    return listed


def _idle(change: SettingChange) -> Iterator[str]:
    """Name what did nothing: unused numbers, and factors without any share."""
    unused = [quoted(each.label) for each in change.inputs if not each.used]
    if unused:
        yield f"No payoff uses {in_words(unused)}, so nothing is due to {_it(unused)}."
    shared = (*change.payoffs, *change.presence)
    idle = [
        factor_text(factor)
        for place, factor in enumerate(change.factors)
        if all(each.parts[place] == 0 for each in shared)
    ]
    if idle and change.payoffs:
        yield f"Nothing of this is due to {in_words(idle)}."


def _it(items: Sequence[str]) -> str:
    return "it" if len(items) == 1 else "them"


def _cautions(change: SettingChange) -> Iterator[str]:
    if change.solved < change.combinations:
        yield (
            f"The time was up with {change.solved:,} of {change.combinations:,} combinations "
            "solved, so changes of payoffs are not shared out; compare settings that differ in "
            "fewer numbers, or allow more time."
        )
    elif not change.payoffs:
        yield (
            "At some combination of the two settings no stable outcome was found within the work "
            "allowed, so changes of payoffs are not shared out."
        )
    if change.unproved:
        yield (
            f"At {change.unproved:,} of the {change.solved:,} combinations solved it is not "
            "proved that every undecided outcome was found; where one is missing, shares of "
            "payoffs may change."
        )
    if change.sets:
        yield (
            f"At {change.sets:,} of the {change.solved:,} combinations solved outcomes form "
            "connected sets; payoffs are those of the outcomes listed."
        )
