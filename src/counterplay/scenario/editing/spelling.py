"""Plain data as YAML text, in the style of the shipped files.

Text is written plainly where every reader of YAML, old or new, takes it for the same text, and
else in double quotes, on one line, with signs that cannot be seen escaped.  So nothing that
somebody types becomes structure.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping

from counterplay.scenario.source import read_scalar

STEP = 2
"""Columns by which what belongs to a key stands further right."""

_PLAIN = re.compile(r"(?:[^\W_]|_|\(|-(?=[A-Za-z0-9_(.])|\.(?=[0-9]))[^\n\r\t\"\\]*")
_BREAKS_PLAIN = re.compile(r":(?:\s|$)|\s#|\s$|[^\S ]")
_BREAKS_FLOW = re.compile(r"[,\[\]{}?]|:")
_OTHERWISE_ELSEWHERE = re.compile(
    r"y|yes|n|no|on|off|true|false|null|[-+]?[0-9][0-9_,.:]*"
    r"|[-+]?0[xob][0-9a-f_]+|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*",
    re.IGNORECASE,
)
"""What readers of YAML 1.1 take for something else than text."""

_ESCAPES = {
    '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t",
}  # fmt: skip
_JOINERS = "\u200c\u200d"
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def scalar(value: object, style: str | None = None, *, flow: bool = False) -> str:
    r"""Return a scalar as it stands in a file.

    Parameters
    ----------
    value : str, int, float, bool or None
    style : str, optional
        The quotation mark that it had before; kept where it can be.
    flow : bool
        Whether it stands inside brackets, where commas count.

    Examples
    --------
    >>> [scalar(value) for value in ("Hold back", "a: b", "1.5", 1.5, "=cmd", "two\nlines")]
    ['Hold back', '"a: b"', '"1.5"', '1.5', '"=cmd"', '"two\\nlines"']
    """
    if not isinstance(value, str):
        return _number(value)
    if style == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if style != '"' and _stays_text(value, flow=flow):
        return value
    return '"' + "".join(map(_escaped, value)) + '"'


def flow_text(value: object) -> str:
    """Return a value as it stands inside brackets.

    Examples
    --------
    >>> flow_text({"rok": ["pledge"], "rus": {"conv": "min(a, b)"}})
    '{rok: [pledge], rus: {conv: "min(a, b)"}}'
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(flow_pair(key, part) for key, part in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(flow_text, value)) + "]"
    return scalar(value, flow=True)


def flow_pair(key: str, value: object) -> str:
    """Return one entry of a mapping in braces."""
    return f"{scalar(str(key), flow=True)}: {flow_text(value)}"


def pair(key: str, value: object, indent: int) -> list[str]:
    """Return the lines of one entry of a mapping whose keys stand at column `indent`."""
    first = f"{' ' * indent}{scalar(str(key), flow=True)}:"
    if isinstance(value, Mapping) and value:
        inner = [pair(name, part, indent + STEP) for name, part in value.items()]
        return [first, *(line for lines in inner for line in lines)]
    if isinstance(value, (list, tuple)) and any(isinstance(i, (list, dict)) for i in value):
        inner = [item(part, indent + STEP) for part in value]
        return [first, *(line for lines in inner for line in lines)]
    return [f"{first} {_short(value)}"]


def item(value: object, indent: int) -> list[str]:
    """Return the lines of one item of a list whose dashes stand at column `indent`."""
    lines: Iterable[list[str]]
    if isinstance(value, Mapping) and value:
        lines = [pair(name, part, indent + STEP) for name, part in value.items()]
    elif isinstance(value, (list, tuple)) and any(isinstance(i, list) for i in value):
        lines = [item(part, indent + STEP) for part in value]
    else:
        return [f"{' ' * indent}- {_short(value)}"]
    first, *rest = [line for part in lines for line in part]
    return [f"{' ' * indent}- {first[indent + STEP :]}", *rest]


def _short(value: object) -> str:
    return flow_text(value) if isinstance(value, (Mapping, list, tuple)) else scalar(value)


def _number(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and not math.isfinite(value):
        return ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"
    return repr(value)


def _stays_text(text: str, *, flow: bool) -> bool:
    return (
        _PLAIN.fullmatch(text) is not None
        and text.isprintable()
        and _BREAKS_PLAIN.search(text) is None
        and not (flow and _BREAKS_FLOW.search(text))
        and _OTHERWISE_ELSEWHERE.fullmatch(text) is None
        and isinstance(read_scalar(text), str)
    )


def _escaped(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    if sign in _JOINERS or unicodedata.category(sign) not in _UNSEEN:
        return sign
    code = ord(sign)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
