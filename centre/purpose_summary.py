"""What the centre sees of a run's purpose agreements: how many there are, and what they are about, never whose.

A word is shown when at least three different people wrote it (k-anonymity, as in `centre.learning`), names and
whatever could be one left out. The text itself is shown where both sides allow it, and nowhere else.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from centre.enrolment_states import Part
from centre.learning import countable_words
from centre.purpose import Side, readable
from centre.states import NotAllowedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from centre.enrolments import Enrolment
    from centre.people import Person
    from centre.ports import UnitOfWork
    from centre.purpose import Purpose

LEAST_PEOPLE = 3
"""A word that fewer people wrote could say whose it is."""
MOST_TOPICS = 12


@dataclass(frozen=True, slots=True)
class Summary:
    """A run's agreements: how many, in how many each side or both have answered, and how many are agreed.

    `topics` are the words that most people wrote, the most frequent first. `shared` are the agreements whose text
    both sides let the centre read, with their enrolments.
    """

    begun: int
    by_person: int
    by_leader: int
    agreed: int
    topics: tuple[str, ...]
    shared: tuple[tuple[Enrolment, Purpose], ...]


async def summarise(work: UnitOfWork, actor: Person, run_code: str, now: datetime) -> Summary:
    """Return what the centre may see of a run's agreements.

    Raises:
        NotAllowedError: the actor is not of the centre.
    """
    if not actor.staff:
        raise NotAllowedError
    purposes = await work.purposes.of_run(run_code)
    enrolments = {one.id: one for one in await work.enrolments.of_run(run_code)}
    readers = {Part.STAFF}
    return Summary(
        begun=len(purposes),
        by_person=sum(one.person.answered for one in purposes),
        by_leader=sum(one.leader.answered for one in purposes),
        agreed=sum(one.agreed for one in purposes),
        topics=topics_of(purposes, enrolments),
        shared=tuple(
            (enrolments[one.enrolment_id], one)
            for one in purposes
            if readable(one, readers, now) == frozenset(Side)
        ),
    )


def topics_of(purposes: Sequence[Purpose], enrolments: Mapping[str, Enrolment]) -> tuple[str, ...]:
    """Return the words that at least three people wrote; a leader who answers for many is one of them."""
    writers: dict[str, set[str]] = defaultdict(set)
    for purpose in purposes:
        for side in Side:
            half = purpose.half(side)
            writer = half.by_id or enrolments[purpose.enrolment_id].person_id
            for said in (half.answers.practice, half.answers.whom, half.answers.sign):
                for word in countable_words(said, said):
                    writers[word].add(writer)
    frequent = [word for word, people in writers.items() if len(people) >= LEAST_PEOPLE]
    return tuple(sorted(frequent, key=lambda word: (-len(writers[word]), word))[:MOST_TOPICS])
