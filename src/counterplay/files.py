"""Files: read no further than allowed, and written whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from counterplay.errors import CounterplayError, Fault, ScenarioError


def path_text(given: object) -> str | None:
    """Return a path as text, or None where it is no path.

    Examples
    --------
    >>> path_text(Path("game.nfg")), path_text(""), path_text(3)
    ('game.nfg', None, None)
    """
    if not isinstance(given, str | os.PathLike):
        return None
    text: object = os.fspath(given)
    return text if text and isinstance(text, str) else None


def read_bytes(path: Path, file: str, most: int, wanted: str) -> bytes:
    """Return the content of a file, no more of it than `decoded` needs.

    Parameters
    ----------
    path : Path
    file : str
        How messages name it.
    most : int
        One byte more is read, if there is one.
    wanted : str
        What to name instead of a folder, such as ``a scenario file``.

    Raises
    ------
    CounterplayError
        If it cannot be opened, or is not a file but a folder, a pipe or a device.
    """
    try:
        special = path.exists() and not path.is_file()
        if not special:
            with path.open("rb") as stream:
                return stream.read(most + 1)
    except (OSError, ValueError) as error:
        raise CounterplayError(f"{file}: cannot be opened: {_reason(error)}") from None
    what = "a folder" if path.is_dir() else "not an ordinary file"
    raise CounterplayError(f"{file}: this is {what}; name {wanted}")


def decoded(raw: bytes, file: str, most: int) -> str:
    """Return the text in the bytes of a file.

    Raises
    ------
    ScenarioError
        If there are more bytes than `most`, or they are not UTF-8.
    """
    if len(raw) > most:
        raise unreadable(file, 1, f"larger than {most} bytes; split or shorten it")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise unreadable(file, line, "not UTF-8 text; save the file as UTF-8") from None


def unreadable(file: str, line: int, message: str) -> ScenarioError:
    """Return the error for a file that cannot be read at all, found out at `line`."""
    return ScenarioError((Fault(file, line, "(file)", message, "readable"),))


def target_file(
    given: object, suffixes: Sequence[str], refusal: type[CounterplayError] = CounterplayError
) -> Path:
    """Return where a file can be written, before the work that fills it.

    Parameters
    ----------
    given : str or path
    suffixes : sequence of str
        In lower case, with the dot.
    refusal : type of CounterplayError
        Raised if it is no path, ends otherwise, lies in no folder, or is one.
    """
    listed = " or ".join(filter(None, [", ".join(suffixes[:-1]), suffixes[-1]]))
    text = path_text(given)
    if text is None or "\0" in text:
        raise refusal(f"path: {given!r} is no path; name a {listed} file")
    target = Path(text)
    if target.suffix.lower() not in suffixes:
        raise refusal(f"{text}: name a file that ends in {listed}")
    _check_place(target, refusal)
    return target


def write_whole(
    target: Path, content: bytes, refusal: type[CounterplayError] = CounterplayError
) -> None:
    """Write a file so that it appears whole or not at all; folders are not created.

    Parameters
    ----------
    target : Path
    content : bytes
    refusal : type of CounterplayError
        Raised if the file cannot be written.
    """
    _check_place(target, refusal)
    try:
        temporary = target.with_name(f".counterplay-{secrets.token_hex(8)}")
        try:
            with temporary.open("xb") as stream:
                stream.write(content)
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:  # ValueError: a character that no name can have
        raise _not_written(target, error, refusal) from None


def _check_place(target: Path, refusal: type[CounterplayError]) -> None:
    try:
        has_folder, is_folder = target.parent.is_dir(), target.is_dir()
    except (OSError, ValueError) as error:
        raise _not_written(target, error, refusal) from None
    if not has_folder:
        raise refusal(f"{target}: there is no folder {target.parent}; create it first")
    if is_folder:
        raise refusal(f"{target}: this is a folder; name a file")


def _not_written(
    target: Path, error: Exception, refusal: type[CounterplayError]
) -> CounterplayError:
    return refusal(f"{target}: cannot be written: {_reason(error)}")


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
