"""What a user gets: an sdist, the wheel made from it, and a program that works from any folder."""

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("models", "app", "seeds")
NEVER_SHIPPED = {"__pycache__", ".DS_Store", "secrets.toml"}

pytestmark = pytest.mark.slow


def run(*command: object, folder: Path) -> str:
    """Run a command in an environment that does not know this checkout; return its output."""
    foreign = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name not in foreign},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def build(target: str, source: Path, folder: Path) -> Path:
    """Build offline with the backend that pyproject.toml names; return the one file it makes."""
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder, folder=source)
    (made,) = folder.iterdir()
    return made


def files_on_disk() -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for name in SHIPPED
        for path in (ROOT / name).rglob("*")
        if path.is_file() and not NEVER_SHIPPED.intersection(path.parts)
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    sdist = build("sdist", ROOT, folder / "sdist")
    with tarfile.open(sdist) as archive:
        # `filter="data"` is an error before Python 3.11.4, and its absence a warning from 3.12.
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(folder)  # noqa: S202 (we made this archive a moment ago)
    return build("wheel", folder / sdist.name.removesuffix(".tar.gz"), folder / "wheel")


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of programs of a fresh environment that holds the wheel.

    It sees the libraries of this environment, so that nothing is downloaded, but not the checkout:
    the .pth files of a folder that is itself named by a .pth file are not read.
    """
    home = tmp_path_factory.mktemp("fresh")
    venv.create(home, with_pip=True)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    install = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel)
    run(programs / "python", *install, folder=home)
    own = run(
        programs / "python",
        "-c",
        "import sysconfig; print(sysconfig.get_path('purelib'))",
        folder=home,
    )
    borrowed = dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib"))
    Path(own.strip(), "libraries.pth").write_text("\n".join(borrowed), encoding="utf-8")
    return programs


def test_the_wheel_carries_every_file_of_the_shipped_folders(wheel: Path) -> None:
    prefix = "counterplay/_shipped/"
    with zipfile.ZipFile(wheel) as archive:
        carried = {
            name.removeprefix(prefix) for name in archive.namelist() if name.startswith(prefix)
        }
    assert carried == files_on_disk()
    assert "app/.streamlit/config.toml" in carried
    assert {name.split("/")[0] for name in carried} == set(SHIPPED)


def test_the_wheel_says_that_it_is_typed(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert "counterplay/py.typed" in archive.namelist()


def test_the_installed_package_is_the_one_from_the_wheel(scripts: Path, tmp_path: Path) -> None:
    where = "import counterplay; print(counterplay.__file__)"
    printed = run(scripts / "python", "-c", where, folder=tmp_path)
    assert Path(printed.strip()).is_relative_to(scripts.parent)


def test_list_works_from_another_folder(scripts: Path, tmp_path: Path) -> None:
    assert "korea-ukraine" in run(scripts / "counterplay", "list", folder=tmp_path)


def test_solve_works_from_another_folder(scripts: Path, tmp_path: Path) -> None:
    printed = run(scripts / "counterplay", "solve", "korea-ukraine", "--json", folder=tmp_path)
    answer = json.loads(printed)
    assert answer["scenario"]["id"] == "korea-ukraine"
    assert answer["completeness"] in {"proved", "continuum", "unproved"}
    assert answer["equilibria"]
