"""How a run reads: when, where, and the button to sign up for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs.cards.elements import bare_submit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from microsoft_teams.cards import Action

    from catalogue.offers import Run
    from dialogs.texts import Texts


def run_days(texts: Texts, run: Run) -> str:
    """Word when a run is: "17. dec. 2026 – 24. dec. 2026 · kl. 9.00–15.30"."""
    days = texts.short_day(run.starts)
    if run.ends != run.starts:
        days = f"{days} – {texts.short_day(run.ends)}"
    if run.begins_at and run.ends_at:
        return f"{days} · {texts('run-hours', begins=f'{run.begins_at:%-H.%M}', ends=f'{run.ends_at:%-H.%M}')}"
    return f"{days} · {texts('run-from', begins=f'{run.begins_at:%-H.%M}')}" if run.begins_at else days


def run_place(texts: Texts, run: Run) -> str:
    """Word where a run is held."""
    return texts("place-online") if run.online else run.place


def join_button(texts: Texts, run: Run, *, others: bool = False) -> Action:
    """A button to sign up for a run or get in line for it; with `others`, for a leader to sign up their people."""
    if others:
        words = texts("button-enrol-others")
        tooltip = f"{words}: {run_days(texts, run)}"
        return bare_submit(words, "enrol.others", tooltip=tooltip, code=run.offer_code, run=run.code)
    words = texts("button-join" if run.free_seats else "button-join-line")
    tooltip = f"{words}: {run_days(texts, run)}"
    return bare_submit(words, "enrol.join", tooltip=tooltip, code=run.offer_code, run=run.code)


def sign_up_buttons(texts: Texts, run: Run, today: date, *, leads: bool) -> Sequence[Action]:
    """The button of a run that can still be signed up for: for oneself, or for a leader's people."""
    return [join_button(texts, run, others=leads)] if run.last_day >= today else []
