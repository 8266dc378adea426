"""Office files taken apart and put together again, and findings with labels that try to act."""

import io
import zipfile
from functools import cache
from xml.etree import ElementTree as ET

from counterplay.findings import Findings, study
from counterplay.scenario import Scenario

FORMULAS = (
    "=cmd()",
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\t=1+1",
    '=HYPERLINK("http://evil.invalid","x")',
    "_x0041_ _x003D_",
    "\u05e9\u05dc\u05d5\u05dd \u202eturned",
    "\U0001f600 \u200d emoji",
    "bell\x07 null\ufffe",
    "x" * 200,
    "&C&D&P",
)


def parts_of(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archive_of(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def edited(raw: bytes, part: str, old: str, new: str) -> bytes:
    parts = parts_of(raw)
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode(), 1)
    return archive_of(parts)


def well_formed(raw: bytes) -> None:
    for name, content in parts_of(raw).items():
        if name.endswith((".xml", ".rels")):
            ET.fromstring(content)  # noqa: S314 - we have just written it


@cache
def acting(shift: int = 0) -> Findings:
    def name(number: int) -> str:
        return FORMULAS[(number + shift) % len(FORMULAS)]

    players = [
        {
            "id": f"p{i}",
            "label": name(i),
            "options": [{"id": f"o{k}", "label": name(i + k), "clause": name(k)} for k in (0, 1)],
        }
        for i in range(3)
    ]
    parameter = {"id": "move", "label": name(3), "meaning": name(4), "unit": name(5)}
    terms = [
        {
            "id": f"p{i}.0",
            "player": f"p{i}",
            "label": name(i + 6),
            "value": "move",
            "when": {f"p{i}": ["o1"]},
            "evidence": ["E1"],
        }
        for i in range(3)
    ]
    record = {
        field: name(number)
        for number, field in enumerate(("claim", "claimant", "date", "as_of", "source"))
    }
    scenario = {
        "format": 1,
        "id": "acting",
        "title": name(0),
        "question": name(1),
        "marking": name(11),
        "players": players,
        "parameters": [
            parameter | {"player": "p0", "role": "uncertain", "default": 1, "low": -2, "high": 2}
        ],
        "terms": terms,
        "caveats": list(FORMULAS),
        "evidence": [record | {"id": "E1", "status": "alleged", "disputed_by": name(7)}],
    }
    return study(Scenario.model_validate(scenario))
