"""Barriers on the pages: axe-core finds none that is ours, and pages fit small windows.

Automatic checks find a part of what hinders people.  What they cannot see, such as whether a text
says what its chart shows, is checked where the words are made.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from counterplay import shipped

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = Path(pytest.importorskip("axe_playwright_python").__file__).with_name("axe.min.js")

UPSTREAM = {
    ("presentation-role-conflict", "[data-testid=stFileUploaderDropzone]"): (
        "minor: the framework gives the drop zone a name beside role=presentation; the button in "
        "it has its own name and takes the file by keyboard"
    ),
}
"""What the framework brings and no setting of ours can mend: rule and selector -> reason."""

SCREENS = [path.stem for path in sorted((shipped.folder("app") / "screens").glob("*.py"))]
FULLER = {"why": "why?why-tab=moves", "compare": "compare?compare-1=avowal"}
STATES = [FULLER.get(name, name) for name in SCREENS]


def opened(page: Any, address: str, where: str) -> None:
    """Open a page in some state and wait until it is drawn."""
    name, _, query = where.partition("?")
    page.goto(f"{address}/{'' if name == 'explore' else name}?{query}")
    page.locator(".st-key-digest").wait_for()
    page.wait_for_function(
        "() => !document.querySelector('[data-testid=stSkeleton]') && "
        "[...document.querySelectorAll('[data-testid=stVegaLiteChart]')]"
        ".every(chart => chart.querySelector('svg, canvas'))"
    )


def barriers(page: Any) -> list[str]:
    """Return what axe-core finds, slight or serious, but for what is known of the framework."""
    # Contrast is judged only of what is in the window, and falsely while something fades in.
    height = page.get_by_test_id("stMain").evaluate("place => place.scrollHeight")
    page.set_viewport_size({"width": 1440, "height": height + 200})
    page.wait_for_function(
        "() => !document.querySelector('[data-stale=true]') && document.getAnimations()"
        ".every(move => move.playState !== 'running' || !move.transitionProperty)"
    )
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    assert len(found["passes"]) > 10
    return [
        f"{violation['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
        if not is_upstream(page, violation["id"], node["target"][0])
    ]


def is_upstream(page: Any, rule: str, target: str) -> bool:
    place = page.locator(target).first
    return any(
        known == rule and place.evaluate("(node, selector) => node.matches(selector)", selector)
        for known, selector in UPSTREAM
    )


@pytest.mark.parametrize("where", ["explore", "model"])
def test_no_page_has_a_barrier_in_the_dark(address, page, where):
    page.emulate_media(color_scheme="dark")
    opened(page, address, where)
    assert barriers(page) == []


WORSENED = """() => {
  const place = document.querySelector('.st-key-digest p');
  place.style.color = '#bbb';
  place.insertAdjacentHTML('afterend', '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">');
}"""
"""A picture without a text, and words too pale to read."""


def test_a_barrier_would_be_found(address, page):
    opened(page, address, "report")
    page.evaluate(WORSENED)
    assert {words.partition(":")[0] for words in barriers(page)} == {"image-alt", "color-contrast"}


@pytest.mark.parametrize("where", STATES)
def test_no_page_has_a_barrier_and_each_reflows_at_200_percent_and_on_a_phone(
    address, page, where
):
    """Zoom halves the window's width in CSS pixels; only pictures and tables scroll inside."""
    opened(page, address, where)
    assert barriers(page) == []
    assert page.get_by_test_id("stException").count() == 0
    for width, height in ((1440, 1000), (820, 1000), (720, 500), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(FITS)
        page.wait_for_function(f"() => ({CUT})().length === 0")


FITS = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  return document.documentElement.scrollWidth - innerWidth <= 1
    && main.scrollWidth - main.clientWidth <= 1;
}"""

CUT = """() => {
  const scrolls = node => node.dataset.testid !== 'stMain' && (
    ['auto', 'scroll'].includes(getComputedStyle(node).overflowX) || scrolls(node.parentElement));
  const isCut = node => {
    const box = node.getBoundingClientRect();
    return box.width > 1 && box.right > innerWidth + 1 && !scrolls(node);
  };
  const main = document.querySelector('[data-testid=stMain]');
  const all = main.querySelectorAll('p, h1, h2, h3, button, label, svg');
  return [...all].filter(isCut).map(node => node.outerHTML.slice(0, 120));
}"""
"""What reaches beyond the window without a place around it that scrolls."""


def test_every_chart_has_a_text_and_every_field_a_name(address, page):
    opened(page, address, "why")
    charts = page.get_by_test_id("stVegaLiteChart")
    texts = charts.evaluate_all("all => all.map(chart => chart.getAttribute('aria-label') || '')")
    assert len(texts) == 3
    assert all(len(text) > 40 for text in texts)
