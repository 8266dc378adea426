"""Words of likelihood: one for every share, in order, each as the source publishes it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterplay.errors import ReportError
from counterplay.report.likelihood import ALL, NONE, YARDSTICKS, checked_belief, checked_name

ICD = YARDSTICKS["icd203"]
PHIA = YARDSTICKS["phia"]

shares = st.floats(0, 1)


@pytest.mark.parametrize("yardstick", YARDSTICKS.values(), ids=YARDSTICKS)
class TestEveryYardstick:
    @given(share=shares)
    def test_a_share_has_one_phrase_of_the_list(self, yardstick, share):
        assert yardstick.phrases.count(yardstick.phrase(share)) == 1

    @given(first=shares, second=shares)
    def test_a_greater_share_never_reads_less(self, yardstick, first, second):
        low, high = sorted((first, second))
        order = yardstick.phrases.index
        assert order(yardstick.phrase(low)) <= order(yardstick.phrase(high))

    def test_exact_ends_speak_of_runs_and_nothing_else_does(self, yardstick):
        assert (yardstick.phrase(0), yardstick.phrase(1)) == (NONE, ALL)
        inside = (math.ulp(0.0), 1 - math.ulp(0.5))
        assert not {yardstick.phrase(share) for share in inside} & {NONE, ALL}

    def test_every_whole_percentage_is_in_the_range_of_its_term(self, yardstick):
        for percentage in range(1, 100):
            phrase = yardstick.phrase(percentage / 100)
            term = next((t for t in yardstick.terms if t.phrase == phrase), None)
            if term is not None:
                assert term.low <= percentage / 100 <= term.high
            else:
                assert not any(t.low <= percentage / 100 < t.high for t in yardstick.terms)

    @pytest.mark.parametrize("share", [-1e-9, 1.000001, math.nan, math.inf, "0.5", None, True])
    def test_what_is_no_share_is_refused(self, yardstick, share):
        with pytest.raises(ReportError, match="from 0 to 1"):
            yardstick.phrase(share)


@pytest.mark.parametrize(
    ("percentage", "phrase"),
    [
        (1, "almost no chance"), (5, "very unlikely"), (20, "unlikely"),
        (45, "roughly even chance"), (55, "likely"), (80, "very likely"), (95, "almost certain"),
        (99, "almost certain"),
    ],
)  # fmt: skip
def test_shared_boundaries_of_icd_203_take_the_upper_term(percentage, phrase):
    assert ICD.phrase(percentage / 100) == phrase


@pytest.mark.parametrize(
    ("percentage", "phrase"),
    [
        (5, "remote chance"), (7, "between remote chance and highly unlikely"),
        (10, "highly unlikely"), (20, "highly unlikely"),
        (22, "between highly unlikely and unlikely"), (25, "unlikely"), (35, "unlikely"),
        (37, "between unlikely and realistic possibility"), (40, "realistic possibility"),
        (49, "realistic possibility"),
        (50, "between realistic possibility and likely or probable"),
        (52, "between realistic possibility and likely or probable"),
        (55, "likely or probable"), (75, "likely or probable"),
        (78, "between likely or probable and highly likely"), (80, "highly likely"),
        (92, "between highly likely and almost certain"), (95, "almost certain"),
    ],
)  # fmt: skip
def test_the_gaps_of_phia_name_both_neighbours(percentage, phrase):
    assert PHIA.phrase(percentage / 100) == phrase


def test_no_term_of_one_yardstick_is_a_gap_phrase_of_the_other():
    assert not any(phrase.startswith("between") for phrase in ICD.phrases)
    assert sum(phrase.startswith("between") for phrase in PHIA.phrases) == 6


def test_a_belief_needs_a_name_and_a_yardstick():
    assert checked_belief(None, None) is None
    belief = checked_belief("  A.\n Analyst ", "phia")
    assert belief.to_dict() == {"declared_by": "A. Analyst", "yardstick": "phia"}
    for by, yardstick, words in (
        ("A. Analyst", None, "needs yardstick"),
        (None, "phia", "needs belief"),
        ("A. Analyst", "ipcc", "choose icd203, phia"),
        ("A. Analyst", ["phia"], "choose icd203, phia"),
        (" ", "phia", "1 to 200"),
        ("x" * 201, "phia", "1 to 200"),
        (7, "phia", "this is a int"),
    ):
        with pytest.raises(ReportError, match=words):
            checked_belief(by, yardstick)


def test_a_name_is_one_line_without_signs_that_cannot_be_seen():
    assert "\n" not in checked_name("A\nB\u202eC", "analyst")
