"""What the receiver saw, held against what was due: lost, doubled, out of order, over the limit."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.chaos_notices import identity
from benchmarks.chaos_teams import ANSWER_LOST, TAKEN, Fate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from benchmarks.chaos_teams import Arrival

PER_CONVERSATION = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
PER_TENANT = ((50, 1.0),)
IN_FLIGHT_SECONDS = 10.0
"""A message that was taken this long before its process was killed may not have been acknowledged by then."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one run.

    `doubled` are messages too many; of those, `answer_lost` followed on one that Teams took without an answer
    arriving, `killed` on one whose process was killed in the moment of it, and `unexplained` on neither.
    `over_limit` are requests beyond what Teams allows, and such that came before Retry-After was over.
    """

    due: int
    lost: int
    doubled: int
    answer_lost: int
    killed: int
    out_of_order: int
    over_limit: int
    requests: int

    @property
    def unexplained(self) -> int:
        """Doubles that should not be."""
        return self.doubled - self.answer_lost - self.killed


def judge(lanes: Mapping[str, Sequence[str]], arrivals: Sequence[Arrival], kills: Iterable[float]) -> Verdict:
    """Compare what came with what was due.

    Args:
        lanes: The messages of each lane, in the order in which they are due.
        arrivals: Every request, in the order in which they came.
        kills: When a process was killed, by the clock of the arrivals.
    """
    taken: dict[str, list[Arrival]] = defaultdict(list)
    for arrival in arrivals:
        if arrival.fate in TAKEN and arrival.method == "POST":
            taken[identity(arrival.conversation, arrival.body)].append(arrival)
    due = [message for messages in lanes.values() for message in messages]
    repeated = [first for message in due for first in taken[message][:-1]]
    unanswered = [first for first in repeated if first.fate in ANSWER_LOST]
    moments = list(kills)
    cut_short = [
        first
        for first in repeated
        if first.fate not in ANSWER_LOST and any(0 <= kill - first.at <= IN_FLIGHT_SECONDS for kill in moments)
    ]
    return Verdict(
        due=len(due),
        lost=sum(not taken[message] for message in due),
        doubled=len(repeated),
        answer_lost=len(unanswered),
        killed=len(cut_short),
        out_of_order=sum(_out_of_order([taken[message] for message in messages]) for messages in lanes.values()),
        over_limit=_over_limit(arrivals),
        requests=len(arrivals),
    )


def _out_of_order(lane: Sequence[Sequence[Arrival]]) -> int:
    """How many messages of a lane came first after one that is due after them."""
    latest, late = 0.0, 0
    for message in lane:
        if not message:
            continue
        late += message[0].at < latest
        latest = max(latest, message[0].at)
    return late


def _over_limit(arrivals: Sequence[Arrival]) -> int:
    places: dict[str, list[Arrival]] = defaultdict(list)
    for arrival in arrivals:
        places[arrival.conversation.partition(";")[0]].append(arrival)
    crowded = sum(_beyond([arrival.at for arrival in place], PER_CONVERSATION) for place in places.values())
    hasty = sum(_too_early(place) for place in places.values())
    return crowded + hasty + _beyond([arrival.at for arrival in arrivals], PER_TENANT)


def _beyond(moments: Sequence[float], limits: Iterable[tuple[int, float]]) -> int:
    """How many requests came when a window that ends with them was full already."""
    over = set()
    for most, seconds in limits:
        window: deque[float] = deque()
        for number, moment in enumerate(moments):
            window.append(moment)
            while window[0] <= moment - seconds:
                window.popleft()
            if len(window) > most:
                over.add(number)
    return len(over)


def _too_early(place: Sequence[Arrival]) -> int:
    """How many requests came before the time was over that a 429 asked for."""
    early, until = 0, 0.0
    for arrival in place:
        early += arrival.at < until
        if arrival.fate is Fate.SLOWED:
            until = max(until, arrival.at + arrival.retry_after)
    return early
