"""The settings of a comparison: the one on screen, A, and up to three beside it.

Those beside it are choices of the link: ``compare-1`` says which numbers, ``called-1`` the name
under which they were kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import counterplay as cp
import link
import shelf
import state
from link import Inputs
from sharing import kept
from text import told_apart
from words import counted, say


@dataclass(frozen=True)
class Side:
    """One setting of a comparison.

    Attributes
    ----------
    letter : str
    label : str
        What the setting is called; words of a scenario or a link, not Markdown.
    chosen : Inputs
        Model and numbers.
    scenario : Scenario
    """

    letter: str
    label: str
    chosen: Inputs
    scenario: cp.Scenario

    @property
    def title(self) -> str:
        """Letter and label, by which results name the setting."""
        return say("compare.side", letter=self.letter, setting=self.label)

    @property
    def values(self) -> dict[str, float]:
        """Every number of the setting."""
        return self.scenario.full_values(self.chosen.moved)


def sides() -> tuple[Side, ...]:
    """Return the settings to compare, that on screen first."""
    here = state.inputs()
    beside = _beside()
    return tuple(
        Side(letter, called or label_of(chosen), chosen, shelf.scenario_of(chosen.model))
        for letter, (chosen, called) in zip("ABCD", [(here, ""), *beside], strict=False)
    )


def label_of(chosen: Inputs) -> str:
    """Return what a setting is called: its name, its preset, or how many numbers it moves."""
    known = shelf.scenario_of(chosen.model)
    presets = {preset.id: preset.label for preset in known.presets}
    preset = known.matching_preset(known.full_values(chosen.moved))
    moved = counted("common.moved", len(chosen.moved))
    named = kept.name_of(chosen) or presets.get(preset or "")
    label = named or (moved if chosen.moved else say("compare.defaults"))
    if chosen.model == state.inputs().model:
        return label
    return say("compare.of-model", model=known.title, setting=label)


def offers() -> dict[str, str]:
    """Return what can be put beside: how links write it -> label.

    Presets, the defaults, what was kept, and the other models; not what is there already.
    """
    here = state.inputs()
    known = shelf.scenario_of(here.model)
    texts = {preset.id: preset.label for preset in known.presets}
    texts.setdefault(_text(Inputs(here.model)), say("compare.defaults"))
    for each in kept.settings():
        if each.model in shelf.offered():
            chosen = Inputs(each.model, dict(each.setting.moved))
            texts[_text(chosen)] = say("compare.kept", setting=label_of(chosen))
    for name in shelf.offered():
        if name != here.model and _is_sound(name):
            texts.setdefault(_text(Inputs(name)), label_of(Inputs(name)))
    there = {_text(side.chosen) for side in sides()}
    left = {text: label for text, label in texts.items() if text not in there}
    return dict(zip(left, told_apart(left.values()), strict=True))


def is_full() -> bool:
    """Tell whether no further setting fits."""
    return len(_beside()) == link.MOST_COMPARED


def is_there(chosen: Inputs) -> bool:
    """Tell whether a setting is on screen or beside it already."""
    return _text(chosen) in {_text(side.chosen) for side in sides()}


def add_text(text: str) -> None:
    """Put beside what `offers` writes so."""
    chosen = link.side(text, state.inputs().model, shelf.offered(), shelf.scenario_of)
    if chosen is not None:
        add(chosen)


def add(chosen: Inputs) -> None:
    """Put a setting beside the others."""
    _write([*_beside(), (chosen, kept.name_of(chosen))])


def remove(place: int) -> None:
    """Take the setting at a place, counted from 1, away."""
    beside = _beside()
    del beside[place - 1]
    _write(beside)


def swap(place: int) -> None:
    """Put the setting at a place on screen, and the one on screen there."""
    here, beside = state.inputs(), _beside()
    chosen, called = beside[place - 1]
    if called:  # on screen a name is known from what was kept
        kept.put(Inputs(chosen.model, chosen.moved, kept.reasons_of(chosen)), called)
    beside[place - 1] = here, kept.name_of(here)
    choices = here.choices if chosen.model == here.model else {}
    reasons = kept.reasons_of(chosen)
    state.use_inputs(Inputs(chosen.model, dict(chosen.moved), reasons, dict(choices)))
    _write(beside)


def _beside() -> list[tuple[Inputs, str]]:
    """Return the settings beside that on screen, each with the name it was given."""
    choices, model = state.inputs().choices, state.inputs().model
    found = []
    for place in range(1, link.MOST_COMPARED + 1):
        text = choices.get(f"compare-{place}", "")
        chosen = link.side(text, model, shelf.offered(), shelf.scenario_of) if text else None
        if chosen is not None:
            found.append((chosen, choices.get(f"called-{place}", "")))
    return found


def _write(beside: Sequence[tuple[Inputs, str]]) -> None:
    for place in range(1, link.MOST_COMPARED + 1):
        chosen, called = beside[place - 1] if place <= len(beside) else (None, "")
        state.set_choice(f"compare-{place}", _text(chosen) if chosen else "", "")
        state.set_choice(f"called-{place}", called, "")


def _text(chosen: Inputs) -> str:
    return link.side_text(chosen, state.inputs().model, shelf.scenario_of(chosen.model))


def _is_sound(name: str) -> bool:
    try:
        shelf.scenario_of(name)
    except cp.CounterplayError:
        return False
    return True
