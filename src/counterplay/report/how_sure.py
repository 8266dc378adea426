"""How sure a finding is, each in one sentence: how near a change is, and how often it stands."""

from __future__ import annotations

from counterplay.explain.narrate import in_words, number_text, percent
from counterplay.findings import Findings
from counterplay.report.tipping_words import point_words
from counterplay.sensitivity.tipping.table import TippingTable
from counterplay.sensitivity.uncertainty import Sample
from counterplay.sensitivity.uncertainty.standing import standing_shares

_NAMED = 3


def how_sure(findings: Findings, tipping: TippingTable | None = None) -> str:
    """Say what is stable now, and which assumption, moved alone, changes that first.

    Parameters
    ----------
    findings : Findings
    tipping : TippingTable, optional
        Of the same scenario at the same values; left out, nothing is said of changes.

    Returns
    -------
    str
        Changes of settled choices go before changes of mixed outcomes alone.
    """
    now = _present(findings)
    if tipping is None:
        return f"{now}."
    point = next((one for one in tipping if one.pure), next(iter(tipping), None))
    if point is None:
        return f"{now}; no assumption was found that changes this when moved alone."
    label = next(p.label for p in findings.scenario.parameters if p.id == point.parameter)
    value = tipping.held[point.parameter]
    place, change = point_words(findings.scenario, point, value).split(": ", 1)
    return f"{now}. With “{label}” {place} (now {number_text(value)}): {change}."


def how_often(findings: Findings, sample: Sample) -> str:
    """Say in which share of the draws what is stable now is among the stable outcomes.

    Parameters
    ----------
    findings : Findings
    sample : Sample
        Of the same scenario.

    Returns
    -------
    str
        A sentence for each kind of outcome that is stable now; a share of draws is not the
        chance of an event.
    """
    shares = {share.id: share for share in standing_shares(sample) if share.id}
    draws = f"{len(sample):,} sampled sets of assumptions"
    ids = list(dict.fromkeys(_standing_ids(findings)))
    told = []
    for name in ids[:_NAMED]:
        share = shares.get(name)
        if share is None or not share.count:
            told.append(f"In none of the {draws} {_quoted(findings, name)} is stable.")
        else:
            told.append(
                f"In {percent(share.share)} of the {draws} {_quoted(findings, name)}, stable now, "
                f"is among the stable outcomes (95% interval {percent(share.low)} to "
                f"{percent(share.high)})."
            )
    return " ".join(told) or (
        f"No settled outcome with a name is stable now; the shares tell what is stable in {draws}."
    )


def how_often_briefly(findings: Findings, sample: Sample) -> str:
    """Say the same in one short sentence, where a page has no room for intervals."""
    shares = {share.id: share for share in standing_shares(sample) if share.id}
    ids = list(dict.fromkeys(_standing_ids(findings)))[:_NAMED]
    draws = f"{len(sample):,} sampled sets of assumptions"
    if not ids:
        return f"No settled outcome with a name is stable now; {draws} were solved."
    told = [
        f"{_quoted(findings, name)} in {_part(shares[name].share if name in shares else 0.0)}"
        for name in ids
    ]
    return f"Of {draws}, stable: {in_words(told)}. These are no chances of events."


def _part(share: float) -> str:
    return {0.0: "none", 1.0: "all"}.get(share) or percent(share)


def _present(findings: Findings) -> str:
    """Say which kinds of outcome are stable now, as the beginning of a sentence."""
    if not findings.accounts:
        return "No stable outcome was found"
    names = list(dict.fromkeys(_standing_ids(findings)))
    if not any(one.equilibrium.profile for one in findings.accounts):
        return "Nobody has one settled choice now"
    if not names:
        return f"{findings.title} now"
    named = [_quoted(findings, name) for name in names]
    if not findings.scenario.regimes:
        return f"{findings.title} now"
    told = in_words(named[:_NAMED])
    if len(named) > _NAMED:
        return f"{told} and {len(named) - _NAMED} more are stable now"
    return f"{told} {'is' if len(named) == 1 else 'are'} stable now"


def _standing_ids(findings: Findings) -> list[str]:
    """Return the regimes of the pure equilibria or, without regimes, the profiles, by id."""
    scenario = findings.scenario
    profiles = [
        tuple(
            player.options[k].id
            for player, k in zip(scenario.players, one.equilibrium.profile, strict=True)
        )
        for one in findings.accounts
        if one.equilibrium.profile is not None
    ]
    if not scenario.regimes:
        return ["/".join(profile) for profile in profiles]
    regimes = [scenario.regime(profile) for profile in profiles]
    return [regime.id for regime in regimes if regime is not None]


def _quoted(findings: Findings, name: str) -> str:
    scenario = findings.scenario
    label = next((regime.label for regime in scenario.regimes if regime.id == name), None)
    if label is not None:
        return f"“{label}”"
    options = name.split("/")
    labels = [
        next(option.label for option in player.options if option.id == chosen)
        for player, chosen in zip(scenario.players, options, strict=True)
    ]
    return f"“{', '.join(labels)}”"
