"""Moves that can be undone and done again: every setting of a model that this session has seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_STEPS = 200


@dataclass(frozen=True)
class Setting:
    """Numbers that differ from their defaults, and why they were moved.

    Attributes
    ----------
    moved : mapping from parameter or constant id to number
    reasons : mapping from parameter or constant id to text
    """

    moved: Mapping[str, float] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass
class History:
    """The settings of one model in the order in which they were seen, and the one on screen.

    Attributes
    ----------
    settings : list of Setting
    now : int
        Position of the one on screen.
    last : Setting or None
        The one that was on screen before it.
    """

    settings: list[Setting] = field(default_factory=list)
    now: int = -1
    last: Setting | None = None

    def note(self, setting: Setting) -> None:
        """Note the setting on screen; those that were undone before are forgotten."""
        if self.settings and self.settings[self.now] == setting:
            return
        self.last = self.settings[self.now] if self.settings else None
        del self.settings[self.now + 1 :]
        self.settings.append(setting)
        del self.settings[:-MOST_STEPS]
        self.now = len(self.settings) - 1

    @property
    def can_undo(self) -> bool:
        """Whether there is a setting before this one."""
        return self.now > 0

    @property
    def can_redo(self) -> bool:
        """Whether a setting was undone."""
        return self.now < len(self.settings) - 1

    def undo(self) -> Setting:
        """Go back, and return the setting to show."""
        return self._go_to(max(self.now - 1, 0))

    def redo(self) -> Setting:
        """Go forward again, and return the setting to show."""
        return self._go_to(min(self.now + 1, len(self.settings) - 1))

    def _go_to(self, position: int) -> Setting:
        self.last, self.now = self.settings[self.now], position
        return self.settings[position]
