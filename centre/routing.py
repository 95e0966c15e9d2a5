"""Which channel a request's card belongs to, and who is handed it: by area, or by a word of its topic.

One channel is enough: the first one that is chosen holds everything that no other channel was chosen for. An area
or a topic may have a channel of its own, and so may it have somebody who looks after it.

A lane is the order in which a channel is told things (`storage/outbox.py`). The main channel's lane is `QUEUE`,
and every other channel has one of its own: a channel that cannot be reached then holds up nobody else's cards,
and each channel keeps its order and its rate limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from catalogue.offers import Area
from catalogue.text import fold, words
from centre.notices import QUEUE, Notice, NoticeKind
from centre.requests import Status
from centre.states import NotAllowedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from centre.people import Person
    from centre.ports import Channel, UnitOfWork
    from centre.requests import Request, Wish


@dataclass(frozen=True, slots=True)
class Subject:
    """What a channel or a person looks after: an area, or needs with a word in them. One of the two is set."""

    area: Area | None = None
    topic: str = ""

    def fits(self, wish: Wish) -> bool:
        """Whether a need belongs here."""
        if self.topic:
            return _folded(self.topic) <= _folded(f"{wish.topic} {wish.need}")
        return self.area is not None and self.area is wish.area


@dataclass(frozen=True, slots=True)
class Route:
    """A subject's own channel."""

    subject: Subject
    channel: Channel


@dataclass(frozen=True, slots=True)
class Caretaker:
    """Who is handed every new case about a subject."""

    subject: Subject
    person_id: str
    person_name: str


Routed = TypeVar("Routed", Route, Caretaker)


def best(routed: Iterable[Routed], wish: Wish) -> Routed | None:
    """Return what fits a need best: a topic (the longest one) goes before an area."""
    fitting = [one for one in routed if one.subject.fits(wish)]
    return max(fitting, key=lambda one: len(one.subject.topic), default=None)


def lane_of(channel: Channel) -> str:
    """Return the lane of a channel that is not the main one."""
    return f"{QUEUE}:{channel.channel_id}"


def is_lane(audience: str) -> bool:
    """Whether an audience is one of the centre's channels, not a person."""
    return audience == QUEUE or audience.startswith(f"{QUEUE}:")


async def lane_for(work: UnitOfWork, wish: Wish) -> str:
    """Return the lane of the channel that a need's card belongs to."""
    return _lane_among(await work.channels.routes(), wish)


async def lanes(work: UnitOfWork) -> frozenset[str]:
    """Return the lanes of all channels, the main one's too."""
    return frozenset({QUEUE, *(lane_of(route.channel) for route in await work.channels.routes())})


async def held_in(work: UnitOfWork, lane: str) -> Callable[[Wish], bool]:
    """Return what tells whether a need's card belongs to a lane."""
    routes = await work.channels.routes()
    return lambda wish: _lane_among(routes, wish) == lane


async def channel_of(work: UnitOfWork, lane: str) -> Channel | None:
    """Return the channel of a lane; None when no main channel was chosen yet, or it holds nothing any more."""
    if lane == QUEUE:
        return await work.channels.queue()
    return next((one.channel for one in await work.channels.routes() if lane_of(one.channel) == lane), None)


async def lane_of_conversation(work: UnitOfWork, channel_id: str) -> str:
    """Return the lane in which a conversation is told things, whether or not it holds anything any more."""
    main = await work.channels.queue()
    return QUEUE if main is None or main.channel_id == channel_id else f"{QUEUE}:{channel_id}"


async def conversation_of_lane(work: UnitOfWork, lane: str) -> str:
    """Return the conversation that a lane leads to, "" when no main channel was chosen yet."""
    if lane != QUEUE:
        return lane.partition(":")[2]
    main = await work.channels.queue()
    return main.channel_id if main else ""


async def ahead_of(work: UnitOfWork, request: Request) -> int | None:
    """Count the new requests that wait in the same channel and were filed before; None for one that is begun.

    Topics with a channel of their own are counted by their area: the place is a courtesy, not a promise.
    """
    if request.status is not Status.NEW or request.assignee_id:
        return None
    own = {route.subject.area for route in await work.channels.routes() if route.subject.area}
    if not own:
        return await work.requests.waiting_before(request, None)
    if request.wish.area in own:
        return await work.requests.waiting_before(request, {request.wish.area})
    return await work.requests.waiting_before(request, {*Area} - own)


async def choose_channel(
    work: UnitOfWork, person: Person, channel: Channel, subject: Subject | None = None
) -> None:
    """Make a channel the queue, or a subject's own; the first is anybody's to choose who is in the team.

    A channel chosen for everything takes over what others had. The first channel holds everything, whatever it
    was chosen for: a request must always have a place.

    Raises:
        NotAllowedError: there is a queue already and this person is not of the centre's staff.
    """
    main = await work.channels.queue()
    if main and not person.staff:
        raise NotAllowedError
    if main is None or subject is None:
        await work.channels.choose_queue(channel)
        await work.channels.close_routes()
    elif channel.channel_id == main.channel_id:
        await work.channels.close_route(subject)
    else:
        await work.channels.open_route(Route(subject, channel))


async def look_after(work: UnitOfWork, person: Person, caretaker: Caretaker) -> None:
    """Let somebody of the centre be handed every new case about a subject.

    Raises:
        NotAllowedError: only the centre's staff decide that.
    """
    if not person.staff:
        raise NotAllowedError
    await work.channels.set_caretaker(caretaker)


async def stop_looking_after(work: UnitOfWork, person: Person, subject: Subject) -> Caretaker | None:
    """Let nobody be handed a subject's new cases any more; return who was, if anybody.

    Raises:
        NotAllowedError: only the centre's staff decide that.
    """
    if not person.staff:
        raise NotAllowedError
    known = next((one for one in await work.channels.caretakers() if one.subject == subject), None)
    if known:
        await work.channels.remove_caretaker(subject)
    return known


def passed_on(request: Request, lane: str, notice: Notice) -> Notice:
    """The notice that brings a card to the lane it belongs to by now."""
    key = f"{NoticeKind.REQUEST_CARD}:{request.id}:{lane}:{notice.dedup_key}"
    return Notice(NoticeKind.REQUEST_CARD, lane, request.id, key)


def _lane_among(routes: Iterable[Route], wish: Wish) -> str:
    route = best(routes, wish)
    return lane_of(route.channel) if route else QUEUE


def _folded(text: str) -> frozenset[str]:
    return frozenset(map(fold, words(text)))
