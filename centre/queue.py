"""Which channel holds the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from centre.states import NotAllowedError

if TYPE_CHECKING:
    from centre.people import Person
    from centre.ports import Channel, UnitOfWork


async def choose_channel(work: UnitOfWork, person: Person, channel: Channel) -> None:
    """Make a channel the queue. The first one is anybody's to choose who is in the team; then staff decide.

    Raises:
        NotAllowedError: there is a queue already and this person is not of its team.
    """
    if await work.channels.queue() and not person.staff:
        raise NotAllowedError
    await work.channels.choose_queue(channel)
