"""Model in a real browser: one cell of a table, and a model from an empty page."""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from tests.app.driving import FLAGSHIP, expected, wait_for

import counterplay as cp

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_ACTIONS = 80
PATIENCE = 5_000  # milliseconds for a list to open


def first_cell(page: Any, table: str) -> None:
    """Choose the first cell of a table; the arrow keys go on from there."""
    grid = page.locator(f"[class*=st-key-table-{table}-] .dvn-scroller")
    grid.click(position={"x": 120, "y": 38 + 17})


def type_in_cell(page: Any, text: str) -> None:
    """Write into the cell that is chosen, and go to the one below."""
    page.keyboard.press("Enter")
    page.locator("textarea.gdg-input").fill(text)
    page.keyboard.press("Enter")


def saved(page: Any, path: Any) -> str:
    with page.expect_download() as started:
        page.locator(".st-key-model-save button").click()
    started.value.save_as(path)
    return path.read_bytes().decode("utf-8")


def lines_that_differ(before: str, after: str) -> list[tuple[str, str]]:
    old, new = before.splitlines(), after.splitlines()
    assert len(old) == len(new)
    return [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]


def digest_of(draft: cp.Draft) -> str:
    assert draft.scenario is not None, draft.faults
    return cp.inputs_digest(draft.scenario, draft.scenario.full_values())


def test_a_number_changed_in_a_table_is_one_line_of_the_file(address, page, tmp_path):
    page.goto(f"{address}/model?model-section=assumptions")
    wait_for(page, expected())
    shipped = cp.open_draft(FLAGSHIP)
    first_cell(page, "parameters")
    page.keyboard.press("ArrowRight")
    type_in_cell(page, "4.25")
    once = cp.set_field(shipped, "parameters[0].default", 4.25)
    wait_for(page, digest_of(once))
    page.wait_for_url(re.compile("model=korea-ukraine.yaml"))
    type_in_cell(page, "5")  # the cell below is chosen now: the table was not drawn anew
    twice = cp.set_field(once, "parameters[1].default", 5)
    wait_for(page, digest_of(twice))
    assert saved(page, tmp_path / "twice.yaml") == twice.text
    page.locator(".st-key-model-undo button").click()
    wait_for(page, digest_of(once))
    text = saved(page, tmp_path / "once.yaml")
    assert text == once.text
    assert lines_that_differ(shipped.text, text) == [("    default: 3.5", "    default: 4.25")]
    page.locator(".st-key-model-undo button").click()
    wait_for(page, digest_of(shipped))
    assert saved(page, tmp_path / "undone.yaml") == shipped.text


@dataclass
class Hand:
    """A hand on mouse and keyboard that counts what it does."""

    page: Any
    actions: list[str] = field(default_factory=list)

    def click(self, place: Any) -> None:
        self.actions.append("click")
        place.click()

    def press(self, key: str) -> None:
        self.actions.append(key)
        self.page.keyboard.press(key)

    def fill(self, key: str, text: str) -> None:
        """Write into a field."""
        self.actions.append(text)
        self.page.locator(f"[class*='st-key-{key}']").locator("input, textarea").fill(text)

    def choose(self, key: str, option: str) -> None:
        """Open a list and take an option; a list that closed as the page was drawn opens again."""
        found = self.page.get_by_role("option", name=option, exact=True)
        opener = self.page.locator(f".st-key-{key}").get_by_label("Open", exact=True)
        self.click(opener)
        try:
            found.wait_for(timeout=PATIENCE)
        except importlib.import_module("playwright.sync_api").TimeoutError:
            self.click(opener)
        self.click(found)

    def submit(self, key: str) -> None:
        self.click(self.page.locator(f".st-key-submit-{key} button"))

    def settle(self, words: str) -> None:
        """Wait for words, and until the page is drawn whole."""
        self.page.get_by_text(words).wait_for()
        self.page.locator("[data-test-script-state=notRunning]").wait_for()


REASONS = (
    ("North", "Worth of the strait", "strait", {"north": "arm", "south": "wait"}),
    ("North", "Cost of arming", "-2", {"north": "arm"}),
    ("South", "Fear of a neighbour in arms", "-fear", {"south": "wait", "north": "arm"}),
    ("South", "Cost of arming", "-2", {"south": "arm"}),
    ("Harbour", "Trade", "3", {"harbour": "open the port"}),
    ("Harbour", "Drawn into a war", "-fear", {"harbour": "open the port", "north": "arm"}),
)
"""Of the new model: who wants what, how much, and when."""


def test_a_model_of_three_players_is_built_from_an_empty_page(address, page, tmp_path):
    page.goto(f"{address}/choose")
    hand = Hand(page)
    hand.click(page.locator(".st-key-new-model button"))
    hand.fill("top-title", "A strait and a harbour")
    hand.fill("top-question", "Should North arm?")
    hand.click(page.locator(".st-key-go-players button"))
    hand.settle("Add players and their options")
    hand.fill(
        "new-players", "North: wait, arm\nSouth: wait, arm\nHarbour: stay out, open the port"
    )
    hand.submit("players")
    hand.settle("3 players with 6 options, 8 combinations")
    hand.click(page.locator(".st-key-go-assumptions button"))
    hand.settle("Add an assumption")
    numbers = (("Strait", "5", "0", "10"), ("Fear", "4", "1", "8"))
    for number, (label, *given) in enumerate(numbers, 1):
        hand.fill("new-parameter-label", label)
        for name, text in zip(("default", "low", "high"), given, strict=True):
            hand.fill(f"new-parameter-{name}", text)
        hand.submit("parameter")
        hand.settle(f"{number} assumptions")
    hand.click(page.locator(".st-key-go-wants button"))
    hand.settle("Add a reason")
    for number, (player, label, points, when) in enumerate(REASONS, 1):
        if page.locator(".st-key-new-term-player input").input_value() != player:
            hand.choose("new-term-player", player)
        hand.fill("new-term-label", label)
        hand.fill("new-term-value", points)
        for whose, option in when.items():
            hand.click(
                page.locator(f".st-key-new-term-when-{whose}").get_by_text(option, exact=True)
            )
        hand.submit("term")
        hand.settle(f"{number} payoff terms")

    page.locator(".st-key-digest").wait_for()
    text = saved(page, tmp_path / "strait.yaml")
    scenario = cp.load(tmp_path / "strait.yaml")
    wait_for(page, cp.inputs_digest(scenario, scenario.full_values()))
    headline = cp.study(scenario).accounts[0].headline
    assert headline in page.locator(".st-key-model-answer").inner_text()
    assert "North" in headline
    assert [term.label for term in scenario.terms] == [label for _, label, *_ in REASONS]
    assert text.startswith("format: 1\n")
    assert len(hand.actions) <= MOST_ACTIONS, hand.actions
