"""One combination of firm choices, explained at the values of some findings."""

from __future__ import annotations

from collections.abc import Sequence

from counterplay.explain import ProfileAccount, account_of_profile
from counterplay.findings.one_question import Findings


def profile_account(findings: Findings, profile: Sequence[str | int]) -> ProfileAccount:
    """Say of a combination of firm choices who would leave it, for what, and why.

    Parameters
    ----------
    findings : Findings
    profile : sequence of n str or int
        Id or index of one option for each player.

    Returns
    -------
    ProfileAccount
        Nobody would leave a pure Nash equilibrium; those who would, leave for a best reply.

    Raises
    ------
    GameError
        If there is not one option for each player, or a player has no such option.
    """
    game = findings.game
    return account_of_profile(findings.scenario, game, findings.ledger, game.profile(profile))
