"""Rows of a run as a table: the draw, every parameter of the scenario, and the answer."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from counterplay.errors import MissingExtraError, ValuesError
from counterplay.numeric import FloatArray
from counterplay.sensitivity.outcomes import Outcome
from counterplay.sensitivity.uncertainty.plan import Plan

if TYPE_CHECKING:
    import pandas as pd

ANSWER_COLUMNS = ("pure", "outcome", "regimes", "completeness")

Answer = Mapping[str, str]
"""Texts of an answer, by column."""


def pure_text(profiles: Sequence[Sequence[str]]) -> str:
    """Write pure equilibria: option ids joined by /, equilibria by |.

    Examples
    --------
    >>> pure_text([("pledge", "deny"), ("off", "deny")])
    'pledge/deny|off/deny'
    """
    return "|".join("/".join(profile) for profile in profiles)


def answers_of(outcomes: Sequence[Outcome]) -> list[Answer]:
    """Return the texts of outcome sets."""
    return [
        {
            "pure": pure_text(outcome.pure),
            "outcome": outcome.label,
            "regimes": "|".join(outcome.regimes),
        }
        for outcome in outcomes
    ]


def head(plan: Plan) -> list[str]:
    """Return the names of the columns.

    Raises
    ------
    ValuesError
        If a parameter has the name of another column.
    """
    ids = [parameter.id for parameter in plan.scenario.parameters]
    for name in ("draw", *ANSWER_COLUMNS):
        if name in ids:
            raise ValuesError(
                f"{name}: a column of the table has this name; give the parameter another id"
            )
    return ["draw", *ids, *ANSWER_COLUMNS]


def number_columns(plan: Plan, values: FloatArray) -> dict[str, FloatArray]:
    """Return a column of numbers for every parameter of the scenario, held ones constant."""
    places = {name: k for k, name in enumerate(plan.parameters)}
    return {
        parameter.id: values[:, places[parameter.id]]
        if parameter.id in places
        else np.full(len(values), plan.taken[parameter.id])
        for parameter in plan.scenario.parameters
    }


def csv_head(plan: Plan) -> bytes:
    """Return the first line of a CSV file."""
    return f"{_line(head(plan))}\n".encode()


def csv_rows(
    plan: Plan,
    first: int,
    values: FloatArray,
    answers: Sequence[Answer],
    index_and_proof: tuple[npt.NDArray[np.int64], npt.NDArray[np.str_]],
) -> bytes:
    """Return lines of a CSV file, numbers as the shortest decimals that read back the same.

    Parameters
    ----------
    first : int
        Number of the first draw.
    values : (draws, k)
    answers : sequence of Answer
    index_and_proof : (draws,) and (draws,)
        Number of each draw's answer in `answers`, and its completeness.
    """
    places = {name: k for k, name in enumerate(plan.parameters)}
    held = [
        None if parameter.id in places else repr(float(plan.taken[parameter.id]))
        for parameter in plan.scenario.parameters
    ]
    # Drawn parameters are the others, in the same order.
    pattern = ",".join("{}" if text is None else text for text in held)
    index, proof = (column.tolist() for column in index_and_proof)
    tails: dict[tuple[int, str], str] = {}
    lines = []
    for row, (numbers, ends) in enumerate(
        zip(values.tolist(), zip(index, proof, strict=True), strict=True), first
    ):
        tail = tails.get(ends)
        if tail is None:
            answer = answers[ends[0]]
            tail = tails[ends] = _line([*(answer[c] for c in ANSWER_COLUMNS[:-1]), ends[1]])
        lines.append(f"{row},{pattern.format(*map(repr, numbers))},{tail}\n")
    return "".join(lines).encode()


def data_frame(
    plan: Plan, values: FloatArray, index: npt.NDArray[np.int64], answers: Sequence[Answer]
) -> pd.DataFrame:
    """Return rows as a data frame: the draw, every parameter, and the texts of the answers.

    Raises
    ------
    MissingExtraError
        If pandas is not installed.
    ValuesError
        If a parameter has the name of another column.
    """
    head(plan)
    try:
        import pandas as pd
    except ImportError:
        raise MissingExtraError("a data frame", "parquet") from None
    columns: dict[str, Any] = {"draw": np.arange(len(values)), **number_columns(plan, values)}
    for name in answers[0]:
        texts = np.array([answer[name] for answer in answers], object)
        columns[name] = texts[index]
    return pd.DataFrame(columns)


def _line(cells: Sequence[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="").writerow(cells)
    return stream.getvalue()
