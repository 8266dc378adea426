"""Promises about the files of the project, kept by reading them."""

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GENERATED = {".git", ".venv", "__pycache__", "build", "dist", "node_modules"}

INDEX_ADDRESS = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)"
    r"|https?://\S*/simple\b|--(?:extra-)?index[-]url|--find[-]links"
)
MACHINE_PATH = re.compile(
    r"(?<![\w.:/~-])/(?:home|root|Users|work|opt)/\w|\b[A-Z]:\\{1,2}Users\b|file:///\w"
)

# `import counterplay` stays quick, and works where no extra is installed.
SLOW = {"nashpy", "numba", "scipy.optimize"}
EXTRAS = {
    "streamlit",
    "altair",
    "vl_convert",
    "jinja2",
    "pandas",
    "pyarrow",
    "dask",
    "distributed",
    "sqlalchemy",
}

APP_MAY_IMPORT = {"counterplay", "counterplay.report.figures", "counterplay.report.tables"}


def published_files() -> list[Path]:
    """Return the files that git would publish; without git, all but what tools generate."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        listing = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        done = subprocess.run(listing, cwd=ROOT, capture_output=True, check=False)
        if done.returncode == 0:
            paths = [ROOT / name for name in done.stdout.decode().split("\0") if name]
            return [path for path in paths if path.is_file()]
    everything = (path for path in ROOT.rglob("*") if path.is_file())
    return [
        path for path in everything if not GENERATED.intersection(path.relative_to(ROOT).parts)
    ]


def lines_matching(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in published_files():
        text = path.read_bytes().decode("utf-8", errors="replace")
        place = path.relative_to(ROOT).as_posix()
        found += [
            f"{place}:{number}: {line.strip()[:120]}"
            for number, line in enumerate(text.splitlines(), start=1)
            if pattern.search(line)
        ]
    return found


def canonical(requirement: str) -> str:
    """Return the name of a requirement as an index spells it."""
    name = re.split(r"[\s\[<>=!~;]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(filename: str) -> dict[str, set[str]]:
    """Return the versions that a file of pins names, by package."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / filename).read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([\w.-]+)==(\S+)", line):
            found.setdefault(canonical(match[1]), set()).add(match[2])
    return found


def declared(*extras: str) -> set[str]:
    """Return the packages that pyproject.toml asks for, with these extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(name for extra in extras for name in optional[extra])]
    return {canonical(requirement) for requirement in wanted} - {"counterplay"}


def counterplay_imports(source: str) -> set[str]:
    """Return the modules of Counterplay that a page imports."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            modules.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "counterplay.report":
            modules.update(f"counterplay.report.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules.add(node.module)
    return {name for name in modules if name.split(".")[0] == "counterplay"}


def test_no_published_file_names_an_index() -> None:
    assert lines_matching(INDEX_ADDRESS) == []


def test_no_published_file_names_a_place_on_one_machine() -> None:
    assert lines_matching(MACHINE_PATH) == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (INDEX_ADDRESS, "--index" + "-url=x"),
        (INDEX_ADDRESS, "see http" + "://mirror.example/simple/"),
        (MACHINE_PATH, "open('/ho" + "me/me/model.yaml')"),
        (MACHINE_PATH, "C:" + r"\Users\me"),
    ],
)
def test_the_searches_find_what_they_are_for(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)


def test_importing_counterplay_is_light() -> None:
    program = "import json, sys, counterplay; print(json.dumps(list(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True
    )
    assert (SLOW | EXTRAS).intersection(json.loads(done.stdout)) == set()


def test_counterplay_is_typed() -> None:
    assert (ROOT / "src" / "counterplay" / "py.typed").is_file()


def test_pages_use_the_public_face_only() -> None:
    strangers = {
        path.relative_to(ROOT).as_posix(): reached
        for path in (ROOT / "app").rglob("*.py")
        if (reached := counterplay_imports(path.read_text(encoding="utf-8")) - APP_MAY_IMPORT)
    }
    assert strangers == {}


@pytest.mark.parametrize(
    ("filename", "extras"),
    [
        ("requirements.txt", ("app", "report", "store")),
        ("requirements-test.txt", ("app", "report", "parquet", "cluster", "store", "test")),
    ],
)
def test_every_declared_package_is_pinned(filename: str, extras: tuple[str, ...]) -> None:
    assert declared(*extras) - pins(filename).keys() == set()


@pytest.mark.parametrize("filename", ["requirements.txt", "requirements-test.txt"])
def test_every_pin_carries_hashes(filename: str) -> None:
    text = (ROOT / filename).read_text(encoding="utf-8")
    entries = re.split(r"(?m)^(?=[\w.-]+==)", text)[1:]
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_both_files_of_pins_agree() -> None:
    every = pins("requirements-test.txt")
    assert {
        name: at for name, at in pins("requirements.txt").items() if every.get(name) != at
    } == {}
