"""Text that came from a scenario file or a link, made safe to put into Markdown.

Streamlit renders Markdown in labels, captions, help texts and table cells: links, images (which
the browser would fetch), colours, formulas, icons.  A scenario may be somebody else's file, so its
words are shown letter by letter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_MARKUP = re.compile(r"([\\`*_\[\]<>~$|&]|:(?=\w)|^[-+#=]|(?<=^\d)[.)]|(?<=^\d\d)[.)])")
_LINKS = re.compile(r"(?i)(https?:|ftp:|mailto:|xmpp:|www|@)(?=\S)")
_ICONS = re.compile(r":(?=[a-z+-][\w/+-]*:)", re.IGNORECASE)
_TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_JOINER = "\u2060"  # takes no room and lets no line break: it only keeps a pattern from being seen


def plain(text: str) -> str:
    """Return Markdown that shows `text` letter by letter, on one line.

    Examples
    --------
    >>> plain("Hedge: a_b, [x](y)")
    'Hedge: a\\\\_b, \\\\[x\\\\](y)'
    """
    line = upright(text)
    line = _ICONS.sub(f":{_JOINER}", _LINKS.sub(rf"\1{_JOINER}", line))
    return _MARKUP.sub(r"\\\1", line)


def upright(text: str) -> str:
    """Return `text` on one line, without signs that turn the reading direction of what follows.

    Letters of scripts that run from right to left need none, and joiners within words stay.

    Examples
    --------
    >>> upright("ab\\u202ecd  ef")
    'abcd ef'
    """
    return " ".join(_TURNS.sub("", text).split())


def shortened(text: str, length: int) -> str:
    """Return `text` cut at a word, with an ellipsis where something is missing."""
    line = upright(text)
    if len(line) <= length:
        return line
    cut = line[:length].rsplit(" ", 1)[0]
    return f"{cut or line[:length]}…"


def told_apart(labels: Iterable[str]) -> list[str]:
    """Return labels with a number behind each that was there before: a browser knows no other key.

    Examples
    --------
    >>> told_apart(["Base", "Draft", "Base"])
    ['Base', 'Draft', 'Base (2)']
    """
    seen: Counter[str] = Counter()
    apart: list[str] = []
    for label in map(upright, labels):
        told = label
        while told in apart:
            seen[label] += 1
            told = f"{label} ({seen[label] + 1})"
        apart.append(told)
    return apart
