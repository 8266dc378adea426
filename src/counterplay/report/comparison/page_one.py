"""Page one of a comparison: what becomes of the answer, what differs, and what is proved."""

from __future__ import annotations

from collections.abc import Iterator

from counterplay.explain.narrate import in_words
from counterplay.report.blocks import Block, Bullets, Facts, Paragraph, Section
from counterplay.report.cautions import cautions
from counterplay.report.comparison.inputs import differing_inputs
from counterplay.report.comparison.material import ComparedMaterial
from counterplay.report.comparison.titles import question_of, title_of
from counterplay.report.proof import model_sentences
from counterplay.report.tables.table import Table
from counterplay.sensitivity.attribution.result import SettingChange
from counterplay.sensitivity.attribution.words import METHOD, presence_words, quoted

_MOST = 4
_ROWS = 8


def page_one(material: ComparedMaterial) -> Iterator[Section]:
    """Yield the sections of page one."""
    yield Section(title_of(material.comparison), 1, tuple(_answer(material)), "answer")
    yield Section("What differs", 2, (_differing(material),), "differs")
    yield Section("What is proved, and what is not", 2, tuple(_proved(material)), "proved")
    yield Section("Read this with care", 2, tuple(_care(material)), "care")
    yield Section("About this report", 2, (Facts(tuple(_facts(material))),), "facts")


def _answer(material: ComparedMaterial) -> Iterator[Block]:
    question = question_of(material.comparison)
    if question:
        yield Paragraph(question, role="question")
    if all(found.solution.completeness == "proved" for found in material.findings):
        yield Paragraph("Complete lists, proved", role="status")
    else:
        yield Paragraph("Not all lists proved complete", role="caution")
    yield Paragraph(_headline(material), strong=True)
    yield Bullets(
        tuple(
            f"Under {quoted(setting.name)}: {setting.words}."
            for setting in material.comparison.settings
        )
    )


def is_long(table: Table) -> bool:
    """Tell whether a table of what differs is too long for page one."""
    return len(table.rows) > _ROWS


def _differing(material: ComparedMaterial) -> Block:
    table = differing_inputs(material.comparison)
    if not table.rows:
        return Paragraph("No input differs.")
    if is_long(table):
        return Paragraph(f"{len(table.rows)} inputs differ; the next page lists them.")
    return table


def _headline(material: ComparedMaterial) -> str:
    settings = material.comparison.settings
    if len(settings) == 2 and material.changes:
        return _of_two(material.changes[0])
    first, others = settings[0], settings[1:]
    alike = [other for other in others if other.outcome == first.outcome]
    if len(alike) == len(others):
        return f"What is stable is the same under all {len(settings)} settings."
    unlike = [quoted(other.name) for other in others if other not in alike]
    return f"What is stable under {quoted(first.name)} is not so under {in_words(unlike)}."


def _of_two(change: SettingChange) -> str:
    told = [presence_words(each, change.factors) for each in change.presence if each.change]
    if not told:
        stays = "The same kinds of outcome are stable under both settings"
        return f"{stays}; who mixes, and how, may differ." if change.sets else f"{stays}."
    more = len(told) - _MOST
    return " ".join([*told[:_MOST], *([f"And {more} more such changes."] if more > 0 else [])])


def _proved(material: ComparedMaterial) -> Iterator[Block]:
    named = zip(material.comparison.settings, material.findings, strict=True)
    yield Bullets(
        tuple(
            f"Under {quoted(setting.name)}: {model_sentences(found)}" for setting, found in named
        )
    )


def _care(material: ComparedMaterial) -> Iterator[Block]:
    yield Paragraph(METHOD, role="note")
    yield from cautions(material.findings[0])


def _facts(material: ComparedMaterial) -> Iterator[tuple[str, str]]:
    scenarios = material.comparison.scenarios
    dates = dict.fromkeys(each.as_of for each in scenarios if each.as_of)
    if dates:
        yield "As of", ", ".join(dates)
    for role, person in material.sign_off.named().items():
        yield role.capitalize(), person
    for scenario in scenarios:
        name = "Scenario SHA-256" if len(scenarios) == 1 else f"SHA-256 of {scenario.title}"
        yield name, scenario.sha256
    for setting, found in zip(material.comparison.settings, material.findings, strict=True):
        yield f"Inputs of {quoted(setting.name)}", found.digest
