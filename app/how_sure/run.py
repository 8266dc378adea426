"""How sure: the uncertainty run, asked for by a form, shown part by part."""

from __future__ import annotations

import time
from functools import partial
from itertools import accumulate

import streamlit as st

import choices
import counterplay as cp
import frame
import link
import state
from background import jobs, watching
from counterplay.report import figures
from text import plain
from words import say

_NAME = "sure-run"
_DRAWS, _SEED = "run-draws", "run-seed"
_FIRST_SEED = 7
_TRIAL = (16, 64)
"""Draws that measure the cost: the first of them also start the workers."""


def held(found: cp.Findings) -> dict[str, float]:
    """Return levers and constants as they stand; what is drawn has no part in a run."""
    drawn = {p.id for p in found.scenario.parameters if p.role == "uncertain"}
    return {name: value for name, value in found.values.items() if name not in drawn}


def is_certain(found: cp.Findings) -> bool:
    """Tell whether nothing is uncertain, and say so."""
    if any(p.role == "uncertain" for p in found.scenario.parameters):
        return False
    st.markdown(say("sure.nothing-uncertain"))
    return True


def mark(found: cp.Findings) -> tuple[object, ...]:
    """Return what runs depend on besides draws and seed."""
    return (found.scenario.sha256, tuple(held(found).values()))


def seed() -> int:
    """Return the seed chosen."""
    return int(state.inputs().choices.get(_SEED, str(_FIRST_SEED)))


def show(found: cp.Findings) -> None:
    """Show the form and, once asked for, what the run gives so far."""
    st.subheader(say("sure.run"), anchor=False)
    if is_certain(found):
        return
    st.caption(say("sure.run-lead"))
    _form(found)
    _cost(found)
    if jobs.desk().known(_key(found)) is None:
        st.markdown(say("sure.run-before"))
        return

    def look() -> tuple[cp.Sample | None, jobs.Job]:
        return watching.of_one_job(_key(found), lambda: _parts(found))

    def draw(sample: cp.Sample) -> None:
        _shares(found, sample)

    subject = (*mark(found), _draws(), seed())
    watching.watch(watching.Task(_NAME, subject, look, draw, say("sure.run-busy"), _progress))


def _draws() -> int:
    sizes = [str(size) for size in link.DRAWS]
    return int(state.choice(_DRAWS, sizes, "1000"))


def _sizes() -> list[int]:
    return [size for size in link.DRAWS if size <= _draws()]


def _key(found: cp.Findings) -> tuple[object, ...]:
    return ("run", *mark(found), _draws(), seed())


def _parts(found: cp.Findings) -> list[jobs.Part]:
    values = held(found)
    return [partial(cp.sample, found.scenario, size, seed(), values) for size in _sizes()]


def _form(found: cp.Findings) -> None:
    choices.fill("run.draws", _draws())
    choices.fill("run.seed", seed())
    with (
        st.form("run-form", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.selectbox(
            say("sure.draws"),
            link.DRAWS,
            index=link.DRAWS.index(_draws()),
            key="run.draws",
            format_func="{:,}".format,
            width=140,
        )
        st.number_input(
            say("sure.seed"),
            min_value=0,
            max_value=link.LARGEST_SEED,
            value=seed(),
            step=1,
            key="run.seed",
            help=say("sure.seed-help"),
            width=140,
        )
        st.form_submit_button(
            say("sure.run-button"), key="run-button", on_click=partial(_begin, found)
        )


def _begin(found: cp.Findings) -> None:
    state.set_choice(_DRAWS, str(st.session_state["run.draws"]), "1000")
    state.set_choice(_SEED, str(st.session_state["run.seed"]), str(_FIRST_SEED))
    watching.begin(_key(found), lambda: _parts(found))


def _cost(found: cp.Findings) -> None:
    """Say what each run would take on this machine, measured by a few draws."""

    def look() -> tuple[cp.Sample | None, jobs.Job]:
        values = held(found)
        return watching.of_one_job(
            ("trial", *mark(found)),
            lambda: [partial(cp.sample, found.scenario, size, 0, values) for size in _TRIAL],
        )

    was_done = look()[1].is_done

    def shown() -> None:
        _, job = look()
        if not job.is_whole:
            st.caption(plain(job.error) or say("sure.cost-busy"))
        else:
            each = job.seconds[-1] / _TRIAL[-1]
            listed = [
                say("sure.cost-one", draws=f"{size:,}", time=watching.seconds_text(total * each))
                for size, total in zip(link.DRAWS, accumulate(link.DRAWS), strict=True)
            ]
            st.caption(say("sure.cost", listed=", ".join(listed)))
        if job.is_done and not was_done:
            st.rerun()

    if was_done:
        shown()
    else:
        jobs.look_again(shown)


def _progress(job: jobs.Job) -> None:
    """Say how far the run is, at what rate, and how long it takes still."""
    sizes = _sizes()
    done, total = sum(sizes[: len(job.results)]), sum(sizes)
    text = say("sure.progress-first", size=f"{sizes[len(job.results)]:,}")
    share = done / total
    if job.seconds:
        rate = done / max(sum(job.seconds), 1e-3)
        spent = time.monotonic() - job.begun if job.begun else 0.0
        now = min(done + rate * spent, done + 0.95 * sizes[len(job.results)])
        share = now / total
        text = say(
            "sure.progress",
            done=f"{sizes[len(job.results) - 1]:,}",
            size=f"{sizes[len(job.results)]:,}",
            rate=f"{rate:,.0f}",
            time=watching.seconds_text((total - now) / rate),
        )
    st.progress(min(share, 1.0), text=text)


def _shares(found: cp.Findings, sample: cp.Sample) -> None:
    st.markdown(plain(cp.how_often(found, sample)))
    if len(sample) < _draws():
        st.caption(say("sure.partial", number=f"{len(sample):,}", total=f"{_draws():,}"))
    frame.figure(lambda: figures.outcome_shares(sample, theme=frame.theme()), "outcome-shares")
    with st.expander(say("sure.run-words")):
        st.markdown(plain(sample.words))
