"""Commands that ask what would change the answer: tipping, map, sample."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from counterplay.cli.arguments import AsJson, Model, PresetName, Settings, asked
from counterplay.cli.output import say, write_json

if TYPE_CHECKING:
    from counterplay.sensitivity.uncertainty import SampleFile


def tipping(
    model: Model,
    parameters: Annotated[
        list[str] | None,
        typer.Option("--parameter", metavar="NAME", help="Move this one only; repeatable."),
    ] = None,
    settings: Settings = None,
    preset: PresetName = None,
    as_json: AsJson = False,
) -> None:
    """Find where the answer flips, each assumption moved alone over its range."""
    from counterplay.sensitivity.tipping.points import tipping_points

    scenario, values = asked(model, settings, preset)
    table = tipping_points(scenario, values, parameters=parameters)
    if as_json:
        write_json(table.to_dict())
        return
    found = [point.words for point in table]
    say(table.words, *(["", *found, "", table.method] if table.moved else []))


def phase(
    model: Model,
    x: Annotated[str, typer.Argument(metavar="X", help="Parameter along the bottom.")],
    y: Annotated[str, typer.Argument(metavar="Y", help="Parameter up the side.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="A .png, .svg or .csv file."),
    ] = None,
    steps: Annotated[
        int, typer.Option("--steps", metavar="N", help="Cells along each side.")
    ] = 60,
    settings: Settings = None,
    preset: PresetName = None,
    as_json: AsJson = False,
) -> None:
    """Map the answer over two assumptions, and say how far the nearest border is."""
    from counterplay.errors import ReportError
    from counterplay.files import target_file
    from counterplay.report.phase_map_files import SUFFIXES, write_phase_map
    from counterplay.sensitivity.maps.phase import phase_map

    scenario, values = asked(model, settings, preset)
    if out is not None:
        target_file(out, SUFFIXES, ReportError)
    found = phase_map(scenario, x, y, values, steps=(steps, steps))
    written = None if out is None else write_phase_map(found, out)
    if as_json:
        write_json(found.to_dict())
    else:
        say(*found.words, *([] if written is None else [f"Wrote {written}"]))


def sample_to_file(
    model: Model,
    draws: Annotated[int, typer.Option("--draws", metavar="N", help="Number of draws.")],
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="Same seed, same rows.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="A .csv or .parquet file.")],
    method: Annotated[str, typer.Option("--method", help="sobol, lhs or random")] = "sobol",
    workers: Annotated[
        int | None, typer.Option("--workers", metavar="N", help="Processes on this machine.")
    ] = None,
    cluster: Annotated[
        str | None, typer.Option("--cluster", metavar="ADDRESS", help="A Dask scheduler.")
    ] = None,
    settings: Settings = None,
    preset: PresetName = None,
    as_json: AsJson = False,
) -> None:
    """Solve many draws of the uncertain assumptions; the same command goes on if stopped."""
    from counterplay.sensitivity.executors import executor_for
    from counterplay.sensitivity.uncertainty import run_to_file

    scenario, values = asked(model, settings, preset)
    executor = executor_for(workers, cluster)
    with _bar() as bar:
        task = bar.add_task("draws", total=draws)
        found: SampleFile = run_to_file(
            scenario,
            draws,
            seed,
            out,
            values,
            method=method,  # type: ignore[arg-type]  # run_to_file checks it
            executor=executor,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    if as_json:
        write_json(found.to_dict())
    else:
        say(found.words, f"Wrote {found.path} and {found.manifest}")


class _Rate(ProgressColumn):
    """Draws a second."""

    def render(self, task: Task) -> Text:
        """Return the rate as text."""
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.0f}/s")


def _bar() -> Progress:
    """Return a progress bar on standard error, with rate and time left; silent in a file."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(elapsed_when_finished=True),
        console=Console(file=sys.stderr),
        disable=not sys.stderr.isatty(),
    )


COMMANDS = {"tipping": tipping, "map": phase, "sample": sample_to_file}
"""Functions by the name of their command."""
