"""The parts of a scenario file as frozen models.

Each field's docstring is its documentation: it reaches the JSON Schema that editors complete and
check with, and the help texts of the app.  Rules that hold between fields are in `rules`, so that
every fault is told at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

Status = Literal[
    "confirmed", "reported", "alleged", "denied", "evaded", "stated-intention",
    "assessment", "estimate", "unverified", "published-work",
]  # fmt: skip

EVIDENCE_STATUSES: tuple[str, ...] = get_args(Status)

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
TermIdentifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]{0,79}$")]
RecordIdentifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")]
Words = Annotated[str, Field(min_length=1, max_length=4000)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]


def _formula_text(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError("should be a formula or a number")  # noqa: TRY004 - pydantic collects ValueErrors
    return value


FormulaText = Annotated[
    Any, BeforeValidator(_formula_text), WithJsonSchema({"type": ["string", "number"]})
]
"""A formula in the grammar of `formula`, or a number."""


def _option_weights(value: object) -> object:
    if isinstance(value, (list, tuple)) and all(isinstance(option, str) for option in value):
        return tuple(value)
    if isinstance(value, Mapping):
        return {str(option): _formula_text(weight) for option, weight in value.items()}
    raise ValueError("should be a list of option ids, or option ids each with a weight")


OptionWeights = Annotated[
    Any,
    BeforeValidator(_option_weights),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "array", "items": {"type": "string"}},
                {"type": "object", "additionalProperties": {"type": ["string", "number"]}},
            ]
        }
    ),
]
"""Options that count fully, or the weight of each option that counts."""


def _profile_text(value: object) -> object:
    if isinstance(value, (list, tuple)) and all(isinstance(option, str) for option in value):
        return "/".join(value)
    return value


ProfileText = Annotated[str, BeforeValidator(_profile_text), Field(max_length=400)]
"""Option ids joined by ``/``, one for each player in their order."""


def caveat_part(value: object) -> object:
    """Read a bare text as a caveat without a condition."""
    return {"text": value} if isinstance(value, str) else value


def _payoff_table(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return tuple(_payoff_table(part) for part in value)
    return _formula_text(value)


PayoffTable = Annotated[
    Any, BeforeValidator(_payoff_table), WithJsonSchema({"type": "array", "items": {}})
]
"""Nested lists in the order of the players, with a number or a formula in each cell."""


class Part(BaseModel):
    """A part of a scenario: frozen, and without fields that the schema does not know."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
        validate_default=True,
    )


class Evidence(Part):
    """One claim of the evidence register."""

    id: RecordIdentifier
    """Short id that parameters and terms cite."""
    claim: Words
    """The claim, paraphrased."""
    claimant: Words
    """Who makes the claim."""
    date: Words
    """When the claim was made, as precisely as known."""
    as_of: Words
    """The date up to which the status is known to hold."""
    status: Status
    """How well the claim is established."""
    confirmed_by: Words | None = None
    """Who confirmed it, where the status is ``confirmed``."""
    note: Words | None = None
    """What the status alone does not say."""
    disputed_by: Words | None = None
    """Who contests it."""
    source: Words
    """Where the claim can be read."""


class Option(Part):
    """One option of a player."""

    id: Identifier
    """Id used by terms, regimes and results."""
    label: Words
    """A few words for tables and charts."""
    clause: Words | None = None
    """What the player does, as it follows the player's short name in a sentence."""
    description: Words | None = None
    """What the option means in practice."""


class Player(Part):
    """One player and its options."""

    id: Identifier
    """Id used by terms, regimes and results."""
    label: Words
    """Full name."""
    short: Words | None = None
    """Name used in sentences."""
    options: Annotated[tuple[Option, ...], Field(min_length=1, max_length=32)]
    """What the player can choose; 1 to 32."""

    @property
    def name(self) -> str:
        """The name used in sentences."""
        return self.short or self.label


class Distribution(Part):
    """How an uncertain parameter is drawn."""

    kind: Literal["triangular", "uniform"]
    """``triangular`` (low, mode, high) or ``uniform`` (low, high)."""
    low: Number | None = None
    """Least value; the parameter's `low` where left out."""
    mode: Number | None = None
    """Most frequent value of a triangular distribution; the default where left out."""
    high: Number | None = None
    """Greatest value; the parameter's `high` where left out."""


def _distribution(value: object) -> object:
    return {"kind": value} if isinstance(value, str) else value


class Parameter(Part):
    """One number that can be moved."""

    id: Identifier
    """Name in formulas, links and results."""
    label: Words
    """Name on the slider; at most 45 characters read best."""
    meaning: Words | None = None
    """What the number stands for."""
    unit: Words = "utility 0-10"
    """Unit and scale."""
    player: Identifier = "world"
    """Whose judgement it is about: a player id, or ``world``."""
    role: Literal["uncertain", "lever"] = "uncertain"
    """``uncertain`` numbers are sampled; a ``lever`` is somebody's choice and is not."""
    default: Number
    """Starting value."""
    low: Number
    """Least value allowed."""
    high: Number
    """Greatest value allowed."""
    distribution: Annotated[Distribution, BeforeValidator(_distribution)] = Distribution(
        kind="triangular"
    )
    """How it is drawn in uncertainty runs."""
    evidence: tuple[RecordIdentifier, ...] = ()
    """Ids of the claims that inform it."""
    basis: Literal["source", "expert", "placeholder"] = "placeholder"
    """Where the number comes from."""
    confidence: Literal["low", "moderate", "high"] = "low"
    """Confidence in the number."""
    if_wrong: Words | None = None
    """What follows if the number is wrong."""
    observable: Words | None = None
    """What could be watched to learn it."""


class Constant(Part):
    """A number that is fixed unless somebody sets it on purpose; it is never sampled."""

    id: Identifier
    """Name in formulas."""
    value: Number
    """The number."""
    meaning: Words | None = None
    """What it stands for."""
    evidence: tuple[RecordIdentifier, ...] = ()
    """Ids of the claims that inform it."""
    basis: Literal["source", "expert", "placeholder"] = "placeholder"
    """Where the number comes from."""


class Derived(Part):
    """A quantity computed from parameters, constants and earlier derived quantities."""

    id: Identifier
    """Name in formulas."""
    value: FormulaText
    """Its formula."""
    meaning: Words | None = None
    """What it stands for."""


class Term(Part):
    """One named reason in a player's payoff."""

    id: TermIdentifier
    """Id in explanations and tables."""
    player: Identifier
    """Who is paid."""
    label: Words
    """The reason in a few words."""
    value: FormulaText
    """What it pays at full weight."""
    when: dict[str, OptionWeights] = Field(default_factory=dict)
    """The options it depends on; the weights of the players multiply, players left out weigh 1."""
    rationale: Words | None = None
    """Why the term is there."""
    evidence: tuple[RecordIdentifier, ...] = ()
    """Ids of the claims it rests on."""


class Regime(Part):
    """A name for a kind of outcome."""

    id: Identifier
    """Id in results."""
    label: Words
    """The name in words."""
    colour: Colour | None = None
    """Fill on maps, as ``#RRGGBB``."""
    when: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Pure profiles it covers: for each player named, the options that belong."""


class Expectation(Part):
    """What a preset should show; checked by `counterplay check`."""

    pure: tuple[ProfileText, ...] | None = None
    """All pure equilibria, as option ids joined by ``/``."""
    equilibria: Annotated[int, Field(strict=True, ge=1)] | None = None
    """Number of equilibria."""
    completeness: Literal["proved", "continuum", "unproved"] | None = None
    """What is known about the list of equilibria."""


class Preset(Part):
    """A named setting of parameters."""

    id: Identifier
    """Id in commands and links."""
    label: Words
    """Name on the page."""
    set: dict[str, Number] = Field(default_factory=dict)
    """Parameter or constant ids with their values; all others keep their defaults."""
    expect: Expectation = Expectation()
    """What this setting should show."""


class Caveat(Part):
    """A limit of the model that is printed with its results."""

    text: Words
    """The caveat."""
    preset: Identifier | None = None
    """Print it only where the values equal this preset's."""
