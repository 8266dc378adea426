"""The words of the interface: one table a language, nothing missing and nothing left over."""

import ast
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


SHOWS = {
    "attempt", "badge", "button", "caption", "checkbox", "code", "download_button", "dropdown",
    "error", "expander", "feedback", "file_uploader", "folder", "form_submit_button", "header",
    "html", "info", "link_button", "markdown", "metric", "multiselect", "number_input",
    "pills", "popover", "progress", "radio", "segmented_control", "select_slider", "selectbox",
    "slider", "spinner", "status", "subheader", "success", "tab", "tabs", "text", "text_area",
    "text_input", "title", "toast", "toggle", "warning", "write",
}  # fmt: skip
"""Calls whose first argument, or whose label, help or placeholder, is read by the user."""

READ = {"label", "body", "help", "placeholder", "title", "text", "caption"}
MARKUP = re.compile(r":material/\w+:|:\w+(-badge|-background)?\[|\]|&\w+;|[\W\d_]")
PROSE = re.compile(r"[A-Za-z]{2,}[,;:.]? [a-z]{2,}")


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


def literals(node: ast.AST) -> list[ast.Constant]:
    """Return the texts written in an expression; those inside another call are that call's."""
    if isinstance(node, ast.Constant):
        return [node] if isinstance(node.value, str) else []
    if isinstance(node, ast.Call | ast.Subscript):
        return []
    return [found for child in ast.iter_child_nodes(node) for found in literals(child)]


def read_by_the_user(call: ast.Call) -> list[ast.Constant]:
    """Return what a call shows that is not from the table: any letters beside markup."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in {"say", "counted"}:
        return []
    shown = call.args[:1] if name in SHOWS or name.endswith("Column") else []
    shown += [keyword.value for keyword in call.keywords if keyword.arg in READ]
    return [text for place in shown for text in literals(place) if MARKUP.sub("", text.value)]


def prose(tree: ast.Module) -> list[ast.Constant]:
    """Return texts that read like a sentence, except docstrings."""
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in alone
        and not node.value.startswith("format: ")  # the first lines of a model's file
        and PROSE.search(node.value)
    ]


def strays(source: str) -> list[str]:
    tree = ast.parse(source)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    found = [*prose(tree), *(text for call in calls for text in read_by_the_user(call))]
    return sorted({f"line {text.lineno}: {text.value!r}" for text in found})


@pytest.mark.parametrize("path", sorted(APP.rglob("*.py")), ids=lambda path: path.name)
def test_no_word_of_the_interface_stands_outside_the_table(path):
    assert strays(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        'st.button("Reset", key="reset")',
        'st.caption(f"now {value}")',
        'st.markdown("**Stable:** " + words)',
        'st.slider(say("a.b"), help="in points")',
        'place.badge("none" if empty else label)',
        'choices.pills("Player", "why-player", names)',
        'heads = ("Who leaves", "Where to")',
        'columns = {"Weight": st.column_config.NumberColumn("Weight")}',
        'text = f"{number} firm outcomes"',
    ],
)
def test_a_stray_word_is_found(line):
    assert strays(line)


@pytest.mark.parametrize(
    "line",
    [
        'st.button(say("common.reset"), key="reset", icon=":material/undo:")',
        'st.markdown(f"**{plain(title)}**")',
        'st.slider(f":blue[{glyph}] {plain(name)}")',
        'st.caption(" · ".join(facts))',
        'choices.pills(say("why.player"), "why-player", names)',
        '"""Say what a module is about."""',
    ],
)
def test_what_is_from_the_table_or_the_model_is_no_stray_word(line):
    assert strays(line) == []
