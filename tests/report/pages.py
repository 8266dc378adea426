"""Reports of shipped scenarios, one full of hostile text, and a parser to look at them."""

import json
import re
from functools import cache
from html.parser import HTMLParser

from counterplay.findings import Findings, study
from counterplay.report import render
from counterplay.scenario import Scenario, load

SETTINGS = [None, "restraint_possible", "strong_disclosure"]
VOID = {"meta", "wbr", "br", "img", "link", "input", "base", "hr"}
HOSTILE = (
    "<script>alert(1)</script>",
    '"] onload="alert(1)',
    "</style></title><img src=http://evil.invalid/x>",
    "{{ 7 * 7 }}{% raw %}",
    "bell\x07 \u202eturned\u2066 \ufffe\nnext",
    "W" * 300,
    '--><!-- "; } body { display: none } /*',
    "</script><script>alert(2)</script>",
    "● ▲ 한국 Україна \\",
)


class Page(HTMLParser):
    """Elements of a page with their attributes and text, and the names that enclose them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.parents: list[tuple[str, ...]] = []
        self._open: list[int] = []
        self.feed(text)
        self.unclosed = [self.elements[k][0] for k in self._open]

    def handle_starttag(self, tag, attrs):
        self.parents.append(tuple(self.elements[k][0] for k in self._open))
        self.elements.append((tag, dict(attrs), []))
        if tag not in VOID:
            self._open.append(len(self.elements) - 1)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag):
        assert self.elements[self._open.pop()][0] == tag

    def handle_data(self, data):
        for k in self._open:
            self.elements[k][2].append(data)

    def all(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes, _ in self.elements if tag in tags]

    def texts(self, *tags: str) -> list[str]:
        return ["".join(parts) for tag, _, parts in self.elements if tag in tags]


@cache
def found(model: str = "korea-ukraine", preset: str | None = None) -> Findings:
    scenario = load(model)
    return study(scenario, scenario.values(preset))


@cache
def written(model: str = "korea-ukraine", preset: str | None = None, level: str = "full") -> str:
    return render(found(model, preset), ".html", level).decode()


@cache
def hostile() -> Findings:
    def name(number: int) -> str:
        return HOSTILE[number % len(HOSTILE)]

    players = [
        {
            "id": f"p{i}",
            "label": name(i),
            "options": [
                {"id": f"o{k}", "label": name(i + k + 1), "clause": name(k)} for k in range(2)
            ],
        }
        for i in range(8)
    ]
    record = {
        field: name(number)
        for number, field in enumerate(("claim", "claimant", "date", "as_of", "source"))
    }
    terms = [
        {
            "id": f"p{i}.{number}",
            "player": f"p{i}",
            "label": name(i + number),
            "value": "move" if number else 1,
            "when": {f"p{i}": ["o1"]},
            "evidence": ["E1"],
        }
        for i in range(8)
        for number in range(2)
    ]
    parameter = {"id": "move", "label": name(0), "meaning": name(1), "unit": name(2)}
    scenario = {
        "format": 1,
        "id": "hostile",
        "title": name(2),
        "question": name(3),
        "asked_by": name(4),
        "as_of": name(5),
        "marking": name(6),
        "players": players,
        "parameters": [
            parameter | {"player": "p0", "role": "uncertain", "default": 1, "low": -2, "high": 2}
        ],
        "terms": terms,
        "regimes": [{"id": "all", "label": name(7), "colour": "#000000", "when": {}}],
        "caveats": list(HOSTILE),
        "evidence": [record | {"id": "E1", "status": "alleged", "disputed_by": name(7)}],
    }
    return study(Scenario.model_validate(scenario))


@cache
def hostile_page() -> str:
    return render(hostile(), ".html", "full").decode()


def without_data(text: str) -> str:
    return re.sub(r'<script type="application/json".*?</script>', "", text, flags=re.DOTALL)


def embedded(text: str) -> dict:
    (data,) = re.findall(
        r'<script type="application/json" id="counterplay-report">(.*?)</script>', text, re.DOTALL
    )
    assert "<" not in data
    return json.loads(data)


def pages() -> list[str]:
    return [*(written(preset=preset) for preset in SETTINGS), written("chicken"), hostile_page()]
