"""What each column of the selection table means: a title in plain words, and the definition."""

from __future__ import annotations

from dataclasses import dataclass, replace

from counterplay.concepts.selection.best_reply_dynamics import ROUNDS
from counterplay.concepts.selection.replicator import STEPS, TOLERANCE
from counterplay.concepts.selection.shares import Share


@dataclass(frozen=True)
class SelectionColumn:
    """A criterion.

    Attributes
    ----------
    id : str
    title : str
        In plain words.
    definition : str
        A sentence that ends with the precise term and its source.
    none : Share or None
        For shares of starts: those that ended in no equilibrium listed.
    """

    id: str
    title: str
    definition: str
    none: Share | None = None

    @property
    def starts(self) -> int | None:
        """Number of starts, for shares of starts."""
        return None if self.none is None else self.none.starts


def column(name: str, none: Share | None = None) -> SelectionColumn:
    """Return a column by its id; `none` is the share of starts that ended elsewhere."""
    return replace(_COLUMNS[name], none=none)


_COLUMNS = {
    name: SelectionColumn(name, title, definition)
    for name, title, definition in (
        (
            "strict",
            "Every change loses",
            "Every player would lose by any change made alone (strict Nash equilibrium).",
        ),
        (
            "pareto_undominated",
            "None listed is better at no one's cost",
            "No other outcome listed is at least as good for every player and better for one; "
            "relative to this list (Pareto-undominated, or payoff-undominated; Harsanyi and "
            "Selten 1988).",
        ),
        (
            "strong",
            "No group gains",
            "No group of players, of any size, can change its choices together, each to one "
            "option for sure, so that every member gains (strong equilibrium; Aumann 1959).",
        ),
        (
            "coalition_proof",
            "No lasting pact gains",
            "No group of players has a joint change of firm choices by which every member gains, "
            "and from which no smaller group inside it would break away by a further such change "
            "(coalition-proof equilibrium; Bernheim, Peleg and Whinston 1987).",
        ),
        (
            "risk_dominant",
            "Costlier to leave than the other",
            "What the two players would lose by leaving it alone, multiplied, is more than in the "
            "other strict outcome; for two players with two options each (risk dominance; "
            "Harsanyi and Selten 1988).",
        ),
        (
            "p_dominance",
            "Trust needed",
            "The least probability that every player must give to all others playing their parts "
            "for its own part to be best, whatever else they might do; for firm choices (least p "
            "of p-dominance; Morris, Rob and Shin 1995, Kajii and Morris 1997).",
        ),
        (
            "perfect",
            "Survives small mistakes",
            "It is a limit of outcomes in which each player chooses every option by mistake with "
            "some small probability; decided for two players with a choice, by weak dominance "
            "(trembling-hand perfect; Selten 1975, van Damme 1987).",
        ),
        (
            "undominated",
            "Nobody's choice is inferior",
            "For nobody is there another choice or mix that never pays less and sometimes more; "
            "an outcome that fails this does not survive small mistakes (weakly undominated; van "
            "Damme 1987).",
        ),
        (
            "logit_limit",
            "Errors that vanish lead here",
            "From evenly random choices, as errors become rarer and the costly ones first, the "
            "path of noisy replies to each other ends here; the units of payoffs matter (limit "
            "of the principal logit branch; McKelvey and Palfrey 1995).",
        ),
        (
            "best_reply_share",
            "Starts that best replies lead here",
            "Share, with a 95% interval (Wilson), of random combinations of firm choices from "
            "which players who revise one at a time, in random order and to a best reply, come to "
            f"rest here within {ROUNDS} rounds (best-reply dynamics).",
        ),
        (
            "replicator_share",
            "Starts that imitation leads here",
            "Share, with a 95% interval (Wilson), of random mixes from which options that pay "
            "more than the player's average grow and the others shrink until this outcome is "
            f"played alone, or within {TOLERANCE:g} after {STEPS} steps (replicator dynamics; "
            "Taylor and Jonker 1978).",
        ),
    )
}
