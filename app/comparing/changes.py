"""What differs between the settings of a comparison, what changed, and which change did it.

Sharing a change out may take seconds, so each comparison with A is worked beside the page.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

import choices
import counterplay as cp
import frame
from background import jobs
from comparing import attributions
from comparing.compared import Side
from counterplay.report import tables
from reporting import downloads
from text import plain
from words import say

_TIME_LIMIT = 30.0
_NO_FLASH = 0.3  # seconds in which most comparisons are done; what is quick needs no progress

_Comparison = cp.SettingsComparison | cp.ScenariosComparison


def show(first: Side, others: Sequence[Side]) -> None:
    """Show below the cards what is known of each comparison with the first setting."""
    begun = {side.letter: _job(first, side) for side in others}
    _wait(begun.values())
    _watch(first, others)
    results: dict[str, _Comparison] = {
        letter: job.results[0] for letter, job in begun.items() if job.results
    }
    _faults(first, others, begun)
    done = [side for side in others if side.letter in results]
    found = [results[side.letter] for side in done]
    same = [each for each in found if isinstance(each, cp.SettingsComparison)]
    if same:
        _overview(cp.compared_together(same))
    if done:
        side = _chosen(done)
        _comparison(first.scenario, results[side.letter])
        _downloads(results[side.letter], same)


def _key(first: Side, other: Side) -> tuple[str, ...]:
    digests = (cp.inputs_digest(side.scenario, side.values) for side in (first, other))
    return ("compare", first.title, other.title, *digests)


def _job(first: Side, other: Side) -> jobs.Job:
    return jobs.desk().job(_key(first, other), lambda: [_part(first, other)])


def _part(first: Side, other: Side) -> jobs.Part:
    if first.chosen.model == other.chosen.model:
        named = {side.title: side.values for side in (first, other)}
        return partial(cp.compare_settings, first.scenario, named, time_limit=_TIME_LIMIT)
    return partial(
        cp.compare_scenarios,
        first.scenario,
        other.scenario,
        first.values,
        other.values,
        time_limit=_TIME_LIMIT,
    )


def _wait(begun: Iterable[jobs.Job]) -> None:
    until = time.monotonic() + _NO_FLASH
    for job in begun:
        job.ended.wait(max(0.0, until - time.monotonic()))


def _watch(first: Side, others: Sequence[Side]) -> None:
    """Say what is being worked out, and draw the page anew with each comparison that is done."""

    def now() -> list[jobs.Job]:
        return [_job(first, side) for side in others]

    before = sum(job.is_done for job in now())

    def shown() -> None:
        done = sum(job.is_done for job in now())
        if done != before:
            st.rerun()
        if done < len(others):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(say("compare.working", done=done, total=len(others)))
                st.button(say("compare.stop"), key="compare-stop", on_click=_stop, args=(now(),))

    jobs.look_again(shown, None if before == len(others) else jobs.POLL)


def _stop(begun: Sequence[jobs.Job]) -> None:
    for job in begun:
        if not job.is_done:
            job.stop()


def _faults(first: Side, others: Sequence[Side], begun: Mapping[str, jobs.Job]) -> None:
    """Say which comparisons have no result, and why."""
    for side in others:
        job = begun[side.letter]
        if job.error:
            told = say("compare.failed", name=plain(side.title), reason=plain(job.error))
            st.error(told)
    stopped = [side for side in others if begun[side.letter].stopped]
    left = [side for side in stopped if not begun[side.letter].results]
    if left:
        with st.container(horizontal=True, vertical_alignment="center"):
            names = ", ".join(side.letter for side in left)
            st.caption(say("compare.stopped", names=names))
            st.button(
                say("compare.go-on"),
                key="compare-go-on",
                on_click=_go_on,
                args=([_key(first, side) for side in left],),
            )


def _go_on(stopped: Sequence[object]) -> None:
    for key in stopped:
        jobs.desk().forget(key)


def _downloads(chosen: _Comparison, same: Sequence[cp.SettingsComparison]) -> None:
    """Offer a report on all settings of the model, or on two models."""
    among = chosen in same
    made = cp.compared_together(same) if among else chosen
    names = [setting.name for setting in made.settings]
    with st.expander(say("compare.report"), icon=":material/download:"):
        st.caption(say("compare.report-what", names=plain("; ".join(names))))
        digest = cp.comparison_digest(made)
        downloads.offer(made, (digest,), f"comparison-{digest}")


def _overview(found: cp.SettingsComparison) -> None:
    """Show the inputs that differ and what each setting pays."""
    st.subheader(say("compare.differs"), anchor=False)
    inputs = tables.compared_inputs(found)
    if inputs.rows:
        frame.table(_without(inputs, 1))
    else:
        st.markdown(say("compare.differs-none"))
    st.subheader(say("compare.pays"), anchor=False)
    st.caption(say("compare.pays-held"))
    if any(setting.payoffs for setting in found.settings):
        frame.table(tables.compared_payoffs(found))


def _without(table: tables.Table, place: int) -> tables.Table:
    """Return a table without a column: ids are for files."""

    def kept(row: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(cell for at, cell in enumerate(row) if at != place)

    rows = tuple(map(kept, table.rows))
    return replace(table, columns=kept(table.columns), rows=rows, numeric=kept(table.numeric))


def _chosen(done: Sequence[Side]) -> Side:
    if len(done) == 1:
        return done[0]
    titles = {side.letter: plain(side.title) for side in done}
    letter = choices.pills(
        say("compare.with"), "compare-with", list(titles), done[0].letter, titles.__getitem__
    )
    return next(side for side in done if side.letter == letter)


def _comparison(scenario: cp.Scenario, found: _Comparison) -> None:
    if isinstance(found, cp.SettingsComparison):
        attributions.show(scenario, found.changes[0], found.method)
    else:
        attributions.between_models(scenario, found)
