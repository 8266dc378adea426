"""A run straight to a file, which goes on where it was stopped."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from counterplay.errors import CounterplayError
from counterplay.scenario import Scenario
from counterplay.sensitivity.draws import Method
from counterplay.sensitivity.executors import Executor
from counterplay.sensitivity.uncertainty.part_folder import PartFolder
from counterplay.sensitivity.uncertainty.plan import Plan, Progress, pieces_done, planned
from counterplay.sensitivity.uncertainty.result import outcome_shares, sample_words
from counterplay.sensitivity.uncertainty.shares import Share
from counterplay.sensitivity.uncertainty.table_file import (
    Written,
    checked_target,
    put_in_place,
    write_manifest,
    write_rows,
)
from counterplay.sensitivity.uncertainty.work import all_equilibria


class UnfinishedRunError(CounterplayError):
    """A run that was interrupted; what is done is kept.

    Attributes
    ----------
    done, draws : int
        Draws that are done, and of the whole run.
    folder : Path
        Where they are kept; it is gone if there are none.
    """

    def __init__(self, done: int, draws: int, folder: Path) -> None:
        self.done, self.draws, self.folder = done, draws, folder
        kept = f"they are kept in {folder}, and the same command goes on from there"
        super().__init__(
            f"stopped after {done:,} of {draws:,} draws; {kept if done else 'nothing is kept'}"
        )


@dataclass(frozen=True)
class SampleFile:
    """A run that is in a file.

    Attributes
    ----------
    path, manifest : Path
    draws : int
        Rows of the table.
    continued : int
        Of these, draws that an earlier, unfinished run had done.
    digest : str
        As `Sample.digest`.
    completeness : dict
        Number of draws by what is proved of them.
    shares : tuple of Share
        Of outcome sets in the order of their first draw, then of regimes.
    words : str
        What the run found, and how to read it.
    """

    path: Path
    manifest: Path
    draws: int
    continued: int
    digest: str
    completeness: dict[str, int]
    shares: tuple[Share, ...]
    words: str

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {
            "path": str(self.path),
            "manifest": str(self.manifest),
            "draws": self.draws,
            "continued": self.continued,
            "digest": self.digest,
            "completeness": self.completeness,
            "outcomes": [share.to_dict() for share in self.shares if share.kind == "outcome"],
            "regimes": [share.to_dict() for share in self.shares if share.kind == "regime"],
            "words": self.words,
        }


def run_to_file(  # noqa: PLR0913 - as `sample`
    scenario: Scenario,
    draws: int,
    seed: int,
    path: str | os.PathLike[str],
    values: Mapping[str, float] | None = None,
    *,
    method: Method = "sobol",
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> SampleFile:
    """Make the rows of `sample` and write them to a file, a piece at a time.

    Pieces that are done lie in the folder ``<path>.part`` until the table is whole.  If the run
    is stopped, in whatever way, the same call does what is missing; the table is the same, byte
    by byte, as if it had not been stopped, and as `Sample.save` writes it.  Beside it comes
    ``<path>.manifest.json``, with all that makes the table again.

    Parameters
    ----------
    path : str or path
        A ``.csv`` or ``.parquet`` file.  It is replaced if it exists; folders are not created.
    scenario, draws, seed, values, method, executor, progress
        As for `sample`.

    Returns
    -------
    SampleFile

    Raises
    ------
    CounterplayError
        If `scenario` is not loaded, or something cannot be written.
    ValuesError
        If an argument is wrong, no parameter is uncertain, a payoff is not finite at a draw, or
        the folder of pieces belongs to another run.
    MissingExtraError
        If it is a ``.parquet`` file and pyarrow is not installed.
    ExecutorError
        If workers cannot be reached, or die on the same work again and again.
    UnfinishedRunError
        On Ctrl-C.
    """
    plan = planned(scenario, draws, seed, values, method)
    target = checked_target(plan, path)
    folder = PartFolder(target.with_name(f"{target.name}.part"), plan)
    with folder.held():
        bounds = plan.bounds
        missing = [number for number in range(len(bounds)) if not folder.has(number)]
        continued = done = plan.draws - sum(_size(plan, number) for number in missing)
        try:
            run = pieces_done(plan, missing, all_equilibria, executor, progress)
            with closing(run) as found:
                for number, piece in found:
                    folder.write(number, piece)
                    done += _size(plan, number)
            pieces = (folder.read(number) for number in range(len(bounds)))
            written = write_rows(plan, pieces, folder.scratch, target.suffix.lower())
        except (CounterplayError, KeyboardInterrupt) as error:
            if done == 0:
                # Else an empty folder would refuse the command that is then put right.
                folder.delete()
            if isinstance(error, KeyboardInterrupt):
                raise UnfinishedRunError(done, plan.draws, folder.place) from None
            raise
        put_in_place(folder.scratch, target)
        manifest = write_manifest(plan, written, target)
        folder.delete()
    return _summary(plan, target, manifest, continued, written)


def _size(plan: Plan, number: int) -> int:
    start, stop = plan.bounds[number]
    return stop - start


def _summary(
    plan: Plan, target: Path, manifest: Path, continued: int, written: Written
) -> SampleFile:
    shares = outcome_shares(plan, written.outcomes, written.counts)
    words = sample_words(plan, shares, written.proved)
    return SampleFile(
        target, manifest, plan.draws, continued, written.digest, written.proved, shares, words
    )
