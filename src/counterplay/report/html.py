"""A report as one HTML file that opens offline, fetches nothing and prints on A4.

Everything that comes from a scenario is text: the template escapes it, style sheets get it as
escaped CSS strings, and the data block cannot be closed early.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from counterplay.errors import MissingExtraError
from counterplay.explain.narrate import points
from counterplay.report.blocks import (
    BarTable,
    Block,
    Bullets,
    Document,
    Facts,
    Paragraph,
    Picture,
    Section,
)
from counterplay.report.fonts import for_pages
from counterplay.report.tables import GLYPHS, Table

if TYPE_CHECKING:  # an extra brings these; without it there is one plain message
    from jinja2 import Environment
    from markupsafe import Markup

    from counterplay.report.figures import Figure

_NAMESPACES = re.compile(r' xmlns(?::xlink)?="[^"]*"')
_JOINERS = "\u200c\u200d"
_UNUSUAL = re.compile(
    r"(?P<date>\b\d{4}-\d\d(?:-\d\d)?\b)|(?P<slash>(?<=\w)/(?=\w))|\S{28,}", re.ASCII
)
_PIECES = re.compile(r".{1,14}")
_RUNNING = 90


@dataclass(frozen=True, eq=False)
class _Drawing:
    """A picture that has been drawn."""

    number: int
    kind: str
    figure: Figure
    svg: Markup
    table: Table


_KINDS = {
    "paragraph": Paragraph,
    "bullets": Bullets,
    "facts": Facts,
    "drawing": _Drawing,
    "bar_table": BarTable,
}


def html(document: Document, data: Mapping[str, Any]) -> str:
    """Write a report as one HTML page; the same input gives the same text.

    Parameters
    ----------
    document : Document
        What the page says.
    data : mapping
        The report as JSON data; it is kept in the page, so that the file verifies.

    Raises
    ------
    MissingExtraError
        If jinja2, altair or vl-convert is not installed.
    """
    for package in ("jinja2", "altair", "vl_convert"):
        try:
            import_module(package)
        except ImportError as error:
            raise MissingExtraError("an HTML report", "report") from error
    from counterplay.report.figures import TOKENS

    masthead = document.masthead
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            masthead=masthead,
            marking=masthead.marking,
            sections=_drawn(document),
            names={name: number for number, name in enumerate(masthead.players)},
            glyphs=GLYPHS,
            themes=TOKENS,
            typeface=for_pages(),
            data=_embedded(data),
        )
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("counterplay.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        words=_words, css=_css, clean=_clean, running=_running, points=points
    )
    environment.tests.update({name: _is_a(kind) for name, kind in _KINDS.items()})
    environment.tests["badge"] = _is_badge
    return environment


def _is_badge(block: object) -> bool:
    return isinstance(block, Paragraph) and block.role in ("status", "caution")


def _is_a(kind: type) -> Callable[[object], bool]:
    return lambda block: isinstance(block, kind)


def _drawn(document: Document) -> list[tuple[Section, list[Block | _Drawing]]]:
    """Return the sections with their pictures drawn, numbered through the document."""
    numbers = itertools.count(1)
    return [
        (
            section,
            [
                _draw(block, next(numbers)) if isinstance(block, Picture) else block
                for block in section.blocks
            ],
        )
        for section in document.sections
    ]


def _draw(picture: Picture, number: int) -> _Drawing:
    from markupsafe import Markup

    from counterplay.report import figures
    from counterplay.report.svg import to_svg

    figure: Figure = getattr(figures, picture.kind)(*picture.arguments)
    drawn = _NAMESPACES.sub("", to_svg(figure, f"figure-{number}"))
    return _Drawing(number, picture.kind, figure, Markup(drawn), picture.table)  # noqa: S704 - Vega escapes


def _embedded(data: Mapping[str, Any]) -> Markup:
    """Return JSON that cannot end the element it stands in."""
    from markupsafe import Markup

    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - no markup is left


def _clean(text: str) -> str:
    """Return text on one line, without characters that cannot be seen or that turn text round."""
    kept = (
        sign if sign.isprintable() or sign in _JOINERS else " " * sign.isspace() for sign in text
    )
    return " ".join("".join(kept).split())


def _words(text: str) -> Markup:
    """Return text for an element: escaped, dates kept whole, long words with places to break."""
    from markupsafe import Markup, escape

    found, line, end = Markup(""), _clean(text), 0
    for match in _UNUSUAL.finditer(line):
        found += escape(line[end : match.start()])
        if match["date"]:
            found += Markup('<span class="short">{}</span>').format(match[0])
        elif match["slash"]:
            found += Markup("/<wbr>")
        else:
            found += Markup("<wbr>").join(_PIECES.findall(match[0]))
        end = match.end()
    return found + escape(line[end:])


def _running(text: str) -> str:
    """Return text short enough for the margin of a page."""
    line = _clean(text)
    return line if len(line) <= _RUNNING else f"{line[: _RUNNING - 1].rstrip()}…"


def _css(text: str) -> Markup:
    """Return text as a CSS string, every sign but letters and digits escaped."""
    from markupsafe import Markup

    escaped = "".join(
        sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):x} " for sign in text
    )
    return Markup(f'"{escaped}"')  # noqa: S704 - nothing in it can end the string
