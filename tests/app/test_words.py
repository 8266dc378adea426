"""The words of the interface: one table a language, nothing missing and nothing left over."""

import importlib
import re
import string
import tomllib

import pytest

from counterplay import shipped

APP = shipped.folder("app")
ENTRIES = {
    f"{section}.{name}": text
    for section, names in tomllib.loads(
        (APP / "language" / "en.toml").read_text(encoding="utf-8")
    ).items()
    for name, text in names.items()
}
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in APP.rglob("*.py"))


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def used() -> tuple[set[str], set[str]]:
    """Return the entries that pages name in full, and how those begin that are put together."""
    named = set(re.findall(r"""["']([a-z]+(?:-[a-z]+)*\.[a-z0-9-]+)["']""", SOURCE)) & set(ENTRIES)
    counted = re.findall(r'counted\(\s*"([a-z.-]+)"', SOURCE)
    named |= {f"{entry}-{form}" for entry in counted for form in ("one", "many")}
    return named, set(re.findall(r'f"([a-z]+(?:-[a-z]+)*\.[a-z-]*)\{', SOURCE))


def test_every_entry_named_is_there():
    named, _ = used()
    asked = set(re.findall(r"""\bsay\(\s*["']([^"'{]+)["']""", SOURCE)) | {
        n for n in named if "-one" in n
    }
    assert asked - set(ENTRIES) == set()


def test_every_entry_is_used():
    named, beginnings = used()
    left = {entry for entry in set(ENTRIES) - named if not entry.startswith(tuple(beginnings))}
    assert left == set()


@pytest.mark.parametrize("path", sorted((APP / "language").glob("*.toml")), ids=lambda p: p.stem)
def test_a_language_fills_the_same_gaps(path):
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for section, names in table.items():
        for name, text in names.items():
            assert gaps(text) == gaps(ENTRIES[f"{section}.{name}"]), f"{section}.{name}"


@pytest.mark.usefixtures("app_modules")
def test_an_unknown_language_is_shown_in_english():
    words = importlib.import_module("words")
    assert words.language("xx-YY") == "en"
    assert words.language("en-GB") == "en"
    assert words.text_of("common.undo", "en") == ENTRIES["common.undo"]
