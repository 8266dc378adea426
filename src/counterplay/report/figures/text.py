"""Words made to fit into pixels, and the sentences that figures share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_ADVANCES = {
    0.2: "ijl'|",
    0.28: " ,.:;!/\\ftI[]",
    0.34: 'r()-`{}*"',
    0.5: "ckszvxyJ",
    0.61: "FTZ+<=>~−",
    0.67: "ABEKPSVXY&",
    0.73: "CDHNRUw",
    0.78: "GOQ",
    0.84: "mM",
    0.95: "W%@—…",
}
_ADVANCE = {character: advance for advance, group in _ADVANCES.items() for character in group}
BOLD = 1.12
"""How much wider words of a heading are drawn than `text_width` says."""

_JOINERS = "\u200c\u200d"


def clean(text: str) -> str:
    """Return a label on one line, without characters that are not drawn or turn text round."""
    kept = (
        character
        if character.isprintable() or character in _JOINERS
        else " " * character.isspace()
        for character in text
    )
    return " ".join("".join(kept).split())


def text_width(text: str, size: float) -> float:
    """Estimate the width of a text in pixels, for the widest of the theme's fonts."""
    return size * sum(map(_advance, text))


def fit(text: str, size: float, width: float, lines: int = 1) -> tuple[str, ...]:
    """Break a label into at most `lines` lines of `width` pixels; an ellipsis stands for the rest.

    Examples
    --------
    >>> fit("Hedge: conventional/space", 13, 100, 3)
    ('Hedge:', 'conventional/', 'space')
    >>> fit("Nuclear-missile technology", 13, 100)
    ('Nuclear-missil…',)
    """
    cleaned = clean(text)
    broken: list[str] = [""]
    for piece in re.findall(r"[^ /-]+[/-]*| |[/-]+", cleaned):
        for part in _parts(piece, size, width):
            if broken[-1] and text_width((broken[-1] + part).rstrip(), size) > width:
                broken.append("")
            broken[-1] += part if broken[-1] else part.lstrip()
    found = [line.rstrip() for line in broken if line.strip()]
    if len(found) <= lines:
        return tuple(found) or ("",)
    last = " ".join(found[lines - 1 :]) if lines > 1 else cleaned
    return (*found[: lines - 1], _cut(last, size, width))


def short(text: str, characters: int = 60) -> str:
    """Return a label for use inside a sentence, cut to a number of characters."""
    cleaned = clean(text)
    return cleaned if len(cleaned) <= characters else f"{cleaned[: characters - 1].rstrip()}…"


def quoted(label: str) -> str:
    """Return a label in quotation marks, for use inside a sentence."""
    return f"“{short(label)}”"


def listed(items: Iterable[str]) -> str:
    """Join items as in a sentence.

    Examples
    --------
    >>> listed(["Seoul", "Moscow", "Kyiv"])
    'Seoul, Moscow and Kyiv'
    """
    *first, last = items
    return f"{', '.join(first)} and {last}" if first else last


def _advance(character: str) -> float:
    if character in _ADVANCE:
        return _ADVANCE[character]
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return 0.0 if unicodedata.combining(character) else 0.57


def _parts(piece: str, size: float, width: float) -> list[str]:
    parts = [""]
    for character in piece:
        if parts[-1] and text_width(parts[-1] + character, size) > width:
            parts.append("")
        parts[-1] += character
    return parts


def _cut(text: str, size: float, width: float) -> str:
    kept = text[: int(width)]
    while kept and text_width(f"{kept}…", size) > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"
