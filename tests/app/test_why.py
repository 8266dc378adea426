"""The Why page in its states, run without a browser."""

import pytest
from tests.app.test_pages import digest, expected, opened, words

import counterplay as cp


@pytest.fixture(scope="module")
def found():
    return cp.study(cp.load("korea-ukraine"))


def cells(app):
    return "\n".join(str(table.value.to_dict()) for table in app.table)


def test_every_term_stands_beside_its_sources_with_status_and_date(found):
    app = opened(page="why")
    assert digest(app) == expected()
    terms = {term.id: term for term in found.scenario.terms}
    for change in found.accounts[0].stances[0].deviations[0].changes:
        for name in terms[change.id].evidence:
            record = found.scenario.record(name)
            assert f"{name} ({record.status}, {record.date})" in cells(app)
    assert any(label.startswith("What its ") for label in (e.label for e in app.expander))


def test_any_switch_from_any_combination_is_shown_term_by_term(found):
    app = opened({"at-rok": "off", "paid-player": "dprk", "paid-instead": "none"}, "why")
    assert not app.warning
    account = cp.profile_account(found, ["off", "deny", "conv", "expose"])
    change = next(d for d in account.stances[1].deviations if d.option == "none")
    verb = "cost" if change.loss > 0 else "bring"
    assert f"Switching to “No combat troops” would {verb} Pyongyang" in words(app)
    app.radio(key="paid-instead").set_value("as-is").run()
    assert "paid-instead" not in app.query_params
    assert "Pyongyang gets " in words(app)


def test_a_combination_is_explained_on_the_tab_of_moves(found):
    app = opened({"why-tab": "moves", "at-rok": "hum"}, "why")
    assert not app.warning
    account = cp.profile_account(found, ["hum", "deny", "conv", "expose"])
    assert account.headline in [part.value for part in app.subheader]
    assert "Seoul would leave “Humanitarian only” for “Conditional pledge”" in words(app)
    app.selectbox(key="at-rok").set_value("pledge").run()
    assert "at-rok" not in app.query_params
    assert "Nobody would leave" in words(app)
    assert "Seoul would leave" not in words(app)


@pytest.mark.parametrize("link", [{}, {"why-tab": "moves"}])
def test_a_payoff_table_does_not_look_as_if_sources_were_missing(link):
    app = opened({"model": "chicken", **link}, "why")
    assert digest(app) == expected("chicken")
    assert "payoff table of the file" in words(app) + cells(app)
    assert "no source" not in words(app) + cells(app)


@pytest.mark.parametrize("link", [{"why-tab": "nowhere"}, {"paid-instead": "as-is; x"}])
def test_choices_that_the_page_does_not_offer_are_dropped(link):
    app = opened(link, "why")
    assert len(app.warning) == 1
    assert digest(app) == expected()
