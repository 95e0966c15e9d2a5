"""What is kept about whoever asks, and deleting what may go.

> vis mine data
< Det gemmer jeg om dig … 3 henvendelser, 1 er åben …  [Slet mine data]
> slet mine data
< Slet mine data? Det her slettes nu … Det her bliver …  [Ja, slet]
> (Ja, slet)
< Dine data er slettet …

The buttons are good for ever: each speaks of the person who presses it, and deleting twice does nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs.cards.own_data import delete_card, own_data_card

if TYPE_CHECKING:
    from dialogs.input import Click
    from dialogs.turn import Turn


async def show(turn: Turn) -> None:
    """Show what is kept about the person."""
    turn.show(own_data_card(turn.texts, turn.person, await turn.work.own_data.of(turn.person.id, turn.today)))


async def ask_to_delete(turn: Turn) -> None:
    """Say what would go and what would stay, and ask."""
    turn.show(delete_card(turn.texts, await turn.work.own_data.of(turn.person.id, turn.today)))


async def delete(turn: Turn) -> None:
    """Delete what may go, and meet the person as somebody new."""
    before = await turn.work.own_data.of(turn.person.id, turn.today)
    await turn.work.own_data.forget(turn.person.id, turn.today)
    turn.memory.topic, turn.memory.drafts, turn.memory.more = None, [], ""
    turn.say("data-deleted" if before.may_go else "data-nothing-to-delete")
    if before.open_requests or before.coming_courses:
        turn.say("data-stays", requests=before.open_requests, courses=before.coming_courses)


async def delete_clicked(turn: Turn, _click: Click) -> None:
    """Delete by the button of the question."""
    await delete(turn)


async def ask_clicked(turn: Turn, _click: Click) -> None:
    """Ask by the button of the overview."""
    await ask_to_delete(turn)
