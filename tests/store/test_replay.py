"""The log alone gives everything back, whatever several writers did."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tests.store.team import scenario

pytest.importorskip("sqlalchemy")

from counterplay.errors import StoreError
from counterplay.store.contents import SavedSetting
from counterplay.store.entries import LogEntry, broken_links, chained
from counterplay.store.items import replay
from counterplay.store.opening import open_store
from counterplay.store.signing import Signature

SMALL = scenario()
WHO = st.sampled_from(["Ann", "Bob", "Cid"])
MOVES = st.fixed_dictionaries(
    {}, optional={"cost": st.sampled_from([2.0, 2.5, 3.0]), "fear": st.floats(0, 1)}
)
WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)


class Writers(RuleBasedStateMachine):
    """Writers who open work at any time and save it later, in any order."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.store = open_store(address)
        self.seen = {}  # who -> the item as it was opened
        self.stored = 0

    @rule(who=WHO, name=WORDS, values=MOVES)
    def add(self, who, name, values):
        taken = name in self.names()
        try:
            self.seen[who] = self.store.add(name, SavedSetting(SMALL, values), Signature(who)).item
        except StoreError:
            assert taken
        else:
            assert not taken

    @rule(who=WHO, number=st.integers(0, 50))
    def open(self, who, number):
        items = self.store.items()
        if items:
            self.seen[who] = items[number % len(items)]

    @rule(who=WHO, values=MOVES, why=WORDS)
    def save(self, who, values, why):
        base = self.seen.get(who)
        if base is None:
            return
        mine, now = SavedSetting(SMALL, values), self.store.item(base.id)
        moved = {n for n in SMALL.full_values() if base.values.get(n) != mine.values.get(n)}
        others = {n for n in SMALL.full_values() if base.values.get(n) != now.values.get(n)}
        both = {n for n in moved & others if mine.values.get(n) != now.values.get(n)}
        stands = {n: mine.values.get(n) for n in moved}
        wanted = {**now.values, **stands}
        try:
            saved = self.store.change(base.id, base.position, mine, Signature(who, why)).item
        except StoreError:
            assert both or now.retired or base.retired
        else:
            assert not both
            assert dict(saved.values) == {n: v for n, v in wanted.items() if v is not None}
            self.seen[who] = saved

    @rule(who=WHO, name=WORDS)
    def rename(self, who, name):
        base = self.seen.get(who)
        if base is not None and name not in self.names():
            self.store.rename(base.id, name, Signature(who))

    @rule(who=WHO, back=st.booleans())
    def retire(self, who, back):
        base = self.seen.get(who)
        if base is not None:
            act = self.store.restore if back else self.store.retire
            act(base.id, Signature(who))

    @invariant()
    def the_log_gives_everything_back(self):
        log = self.store.log()
        assert replay(log) == {item.id: item for item in self.everything()}
        assert len(log) >= self.stored
        assert self.store.verify(log[-1].hash if log else "").sound
        self.stored = len(log)

    def everything(self):
        return [*self.store.items(), *self.store.items(retired=True)]

    def names(self):
        return {item.name for item in self.everything()}


@pytest.mark.slow
def test_whatever_writers_do_the_log_gives_it_back(tmp_path_factory):
    def fresh():
        return Writers(str(tmp_path_factory.mktemp("store") / "team.db"))

    run_state_machine_as_test(
        fresh, settings=settings(max_examples=12, stateful_step_count=20, deadline=None)
    )


ENTRIES = st.lists(
    st.builds(
        LogEntry,
        *(st.just(0), st.integers(1, 3), WORDS, WORDS),
        action=st.sampled_from(["set", "save"]),
        subject=WORDS,
        before=WORDS,
        after=WORDS,
        why=WORDS,
    ),
    min_size=1,
    max_size=6,
)


@given(ENTRIES, st.data())
def test_any_change_to_any_entry_breaks_the_chain(entries, data):
    log = list(chained(entries, None))
    assert list(broken_links(log)) == []
    place = data.draw(st.integers(0, len(log) - 1))
    name = data.draw(st.sampled_from(sorted(set(log[0].__dataclass_fields__) - {"position"})))
    value = data.draw(st.integers(4, 9) if name == "item" else WORDS)
    changed = LogEntry(**{**log[place].to_dict(), name: value})
    spoilt = [*log[:place], changed, *log[place + 1 :]]
    assert (changed == log[place]) == (list(broken_links(spoilt)) == [])


@given(ENTRIES.filter(lambda entries: len(entries) > 1), st.data())
def test_a_missing_or_a_moved_entry_breaks_the_chain(entries, data):
    log = list(chained(entries, None))
    place = data.draw(st.integers(0, len(log) - 2))
    assert list(broken_links([*log[:place], *log[place + 1 :]]))
    assert list(broken_links([*log[:place], log[place + 1], log[place], *log[place + 2 :]]))


@pytest.mark.parametrize(
    ("action", "after"),
    [
        ("set", "2"),
        ("frob", ""),
        *(("create", text) for text in ("{", "[]", "{}", "[" * 99_999)),
    ],
)
def test_a_log_that_nobody_wrote_is_refused_in_words(action, after):
    with pytest.raises(StoreError, match="entry 1 is not one that can follow"):
        replay([LogEntry(1, 1, "Ann", "", action, "cost", after=after)])
