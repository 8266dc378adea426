"""The commands that write a report with the checks of its level, and that recompute one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from counterplay.cli.arguments import (
    Analyst,
    AsJson,
    Assurer,
    Commissioner,
    Model,
    PresetName,
    Settings,
    asked,
    texts_of,
)
from counterplay.cli.output import complain, say, write_json

if TYPE_CHECKING:
    from counterplay.findings import Analysis, Findings, Level

FontFolder = Annotated[
    str | None,
    typer.Option(
        "--font-dir",
        metavar="FOLDER",
        help="Fonts for a PDF in other scripts than Latin, Greek and Cyrillic.",
    ),
]


def report(
    model: Model,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="FILE",
            help="The report; format by suffix: .html .md .json .pdf .docx .xlsx",
        ),
    ],
    level: Annotated[str, typer.Option("--level", help="brief, standard or full")] = "standard",
    draws: Annotated[
        int, typer.Option("--draws", metavar="N", help="Sampled sets of assumptions.")
    ] = 1000,
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="Same seed, same report.")] = 0,
    because: Annotated[
        list[str] | None,
        typer.Option(
            "--because", metavar="NAME=TEXT", help="Why a number has its value; repeatable."
        ),
    ] = None,
    commissioner: Commissioner = None,
    analyst: Analyst = None,
    assurer: Assurer = None,
    belief: Annotated[
        str | None,
        typer.Option(
            "--belief",
            metavar="NAME",
            help="Who declares the sampled distributions to be their belief.",
        ),
    ] = None,
    yardstick: Annotated[
        str | None,
        typer.Option("--yardstick", help="Words for that belief: icd203 or phia."),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without", metavar="SECTION", help="A section to leave out, such as players; again."
        ),
    ] = None,
    font_dir: FontFolder = None,
    settings: Settings = None,
    preset: PresetName = None,
    as_json: AsJson = False,
) -> None:
    """Make the checks of a level, and write the report; its suffix chooses the format."""
    from counterplay.findings import study
    from counterplay.report.writing import material_of, write_report

    findings = study(*asked(model, settings, preset))
    known = cast("Level", level)  # it is checked with all else
    noted = {
        "reasons": texts_of(because or [], "--because"),
        "commissioner": commissioner,
        "analyst": analyst,
        "assurer": assurer,
        "belief": belief,
        "yardstick": yardstick,
        "without": without,
    }
    material_of(findings, out.suffix.lower(), known, **noted)
    analysis = _analysed(findings, known, draws, seed)
    path = write_report(analysis, out, known, font_dir=font_dir, **noted)  # type: ignore[arg-type]  # checked
    if as_json:
        write_json({"path": str(path), "level": level, "digest": findings.digest})
    else:
        say(f"Wrote {path}")


def verify_report(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A report, whatever its format.")],
    font_dir: FontFolder = None,
    as_json: AsJson = False,
) -> None:
    """Recompute a report and compare; exit 1 if it does not reproduce."""
    from counterplay.report import verify

    result = verify(file, font_dir=font_dir)
    if as_json:
        write_json(vars(result))
    else:
        verdict = "reproduces" if result.same else "does NOT reproduce"
        verdict = f"{file}: {verdict} (numbers compared to 1e-9; this is no signature)"
        say(*result.differences, verdict)
    complain(*(f"note: {note}" for note in result.notes))
    raise typer.Exit(0 if result.same else 1)


def _analysed(findings: Findings, level: Level, draws: int, seed: int) -> Analysis:
    """Make the checks of a level, with progress on standard error."""
    from counterplay.findings import analyse

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(file=sys.stderr),
        disable=not sys.stderr.isatty(),
    ) as bar:
        tasks = {}

        def told(title: str, done: int, total: int) -> None:
            if title not in tasks:
                tasks[title] = bar.add_task(title, total=total)
            bar.update(tasks[title], completed=done, total=total)

        return analyse(findings, level, draws=draws, seed=seed, progress=told)


COMMANDS = {"report": report, "verify": verify_report}
"""Functions by the name of their command."""
