"""Interest: somebody wants what no run is planned for, or what the catalogue does not have.

It is a person's own: their leader sees it when they send it as a wish, the centre sees how many there are, and
colleagues see nothing. One person's interest in one thing is one row, however often it is said.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from centre.enrolments import key_of
from centre.filing import NotFoundError
from centre.leading import stands_for_leader
from centre.notices import Notice, NoticeKind
from centre.settings import audible_from
from centre.states import NotAllowedError
from centre.telling import heard_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from catalogue.offers import Area, Run
    from centre.people import Person
    from centre.ports import UnitOfWork

LONGEST_TOPIC = 120
LONGEST_WORDS = 500
"""Characters of a wish that are kept; it is a sentence, not a letter."""
FEWEST_COUNTED = 3
"""Fewer people than this are never counted out: issue 5 wants numbers, not persons."""


@dataclass(frozen=True, slots=True)
class Interest:
    """One person's interest in one offer, or in a topic that no offer fits.

    `person_id` and `leader_id` are keys as in `centre.enrolments`. `words` are the person's own, `topic` is what
    they are about. `leader_id` is who was sent it as a wish ("": nobody), `answered_at` when they said not now.
    `told_at` is when the person was told of a run; until then they wait.
    """

    id: str
    tenant: str
    person_id: str
    at: datetime
    area: Area | None = None
    offer_code: str = ""
    topic: str = ""
    words: str = ""
    leader_id: str = ""
    told_at: datetime | None = None
    answered_at: datetime | None = None

    @property
    def is_open_wish(self) -> bool:
        """Whether a leader has it and has not said not now."""
        return bool(self.leader_id) and self.answered_at is None


@dataclass(frozen=True, slots=True)
class Want:
    """What somebody is interested in: an offer, or a topic in their own words."""

    offer_code: str = ""
    topic: str = ""
    words: str = ""

    @property
    def named(self) -> bool:
        """Whether it says anything at all."""
        return bool(self.offer_code or self.topic.strip())


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people of one area wait for the same offer or topic."""

    offer_code: str
    topic: str
    area: Area | None
    people: int


@dataclass(slots=True)
class Demand:
    """How many people wait for an offer or a topic, and from which areas. Counts, never persons."""

    offer_code: str
    topic: str
    areas: Counter[Area | None] = field(default_factory=Counter)

    @property
    def people(self) -> int:
        """How many in all."""
        return self.areas.total()


def interest_id(person_key: str, subject: Want) -> str:
    """Return the id of a person's interest in something: always the same, so that it is one row.

    It is of letters only, because every field of a click is searched for CPR numbers.
    """
    about = subject.offer_code or f"\n{' '.join(subject.topic.casefold().split())[:LONGEST_TOPIC]}"
    digest = hashlib.sha256(f"{person_key}\n{about}".encode()).digest()
    return "".join(chr(ord("a") + byte % 16) for byte in digest[:24])


async def add_interest(work: UnitOfWork, person: Person, subject: Want, now: datetime) -> tuple[Interest, bool]:
    """Write a person up for something; return the interest and whether that was new.

    Whoever was told of a run already, and says so again, waits for the next one.

    Raises:
        NotAllowedError: the person has left.
    """
    if person.left:
        raise NotAllowedError
    known = await work.interests.get(interest_id(key_of(person), subject))
    if known and known.told_at is None:
        return known, False
    added = replace(known, at=now, told_at=None) if known else _first(work, person, subject, now)
    await work.interests.put(added)
    return added, True


async def drop_interest(work: UnitOfWork, person: Person, wanted_id: str) -> Interest:
    """Take a person off a list.

    Raises:
        NotFoundError: they are not on it; somebody else's is not there for them.
    """
    interest = await work.interests.get(wanted_id)
    if interest is None or interest.person_id != key_of(person):
        raise NotFoundError
    await work.interests.drop(wanted_id)
    return interest


async def send_wish(
    work: UnitOfWork, person: Person, subject: Want, leader: Person, now: datetime
) -> tuple[Interest, bool]:
    """Send a person's interest to their leader; return it and whether that was new.

    Args:
        work: The transaction.
        person: Whose wish it is.
        subject: What they wish for.
        leader: By the list, or whom the person named where it is silent.
        now: The time, with time zone Europe/Copenhagen.

    Raises:
        NotAllowedError: the person has left.
    """
    interest, _ = await add_interest(work, person, subject, now)
    if interest.is_open_wish and interest.leader_id == key_of(leader):
        return interest, False
    sent = replace(interest, leader_id=key_of(leader), answered_at=None, at=now)
    await work.interests.put(sent)
    for reader, settings in (await heard_by(work, {sent.leader_id}, now)).items():
        at = audible_from(settings, now)
        await work.notices.add(_notice(NoticeKind.WISH_SENT, reader, sent, at if at > now else None))
    return sent, True


async def find_wish(work: UnitOfWork, actor: Person, wanted_id: str, now: datetime) -> Interest:
    """Return a wish for whoever leads the person today, or stands in for them; to others it is not there.

    Raises:
        NotFoundError: there is none for this person.
    """
    interest = await work.interests.get(wanted_id)
    if interest is None or not interest.leader_id or not await stands_for_leader(work, actor, interest, now):
        raise NotFoundError
    return interest


async def wishes_to(work: UnitOfWork, actor: Person, now: datetime) -> Sequence[Interest]:
    """Return the wishes that a leader, or their stand-in, has not answered, oldest first."""
    sent = await work.interests.sent_to({key_of(actor), *actor.stands_in_for})
    return [one for one in sent if one.is_open_wish and await stands_for_leader(work, actor, one, now)]


async def answer_not_now(work: UnitOfWork, actor: Person, wanted_id: str, now: datetime) -> tuple[Interest, bool]:
    """Let a leader say that a wish must wait; the person is told, and still waits on the list.

    Returns:
        The wish, and whether this was the answer to it.

    Raises:
        NotFoundError: there is no such wish for this leader.
    """
    wish = await find_wish(work, actor, wanted_id, now)
    if not wish.is_open_wish:
        return wish, False
    answered = replace(wish, answered_at=now)
    await work.interests.put(answered)
    settings = await heard_by(work, {wish.person_id}, now)
    at = audible_from(settings[wish.person_id], now)
    await work.notices.add(_notice(NoticeKind.WISH_ANSWERED, wish.person_id, answered, at if at > now else None))
    return answered, True


async def new_runs_waited_for(work: UnitOfWork, runs: Sequence[Run]) -> Sequence[Run]:
    """Return those of these runs that are not stored yet, of offers that somebody waits for."""
    offers = await work.interests.offers_waited_for()
    wanted = {run.code: run for run in runs if run.offer_code in offers}
    known = await work.enrolments.runs(wanted.keys())
    return [run for code, run in wanted.items() if code not in known]


async def tell_of_new_runs(work: UnitOfWork, runs: Sequence[Run], now: datetime) -> None:
    """Tell everybody who waits for an offer, once, that a run of it is planned.

    Args:
        work: The transaction in which the runs are imported.
        runs: The new ones; those that nobody can get a seat on any more are passed over.
        now: The time, with time zone Europe/Copenhagen.
    """
    offers = {run.offer_code for run in runs if run.open_for_sign_up(now.date())}
    waiting = await work.interests.waiting_for(offers)
    readers = {one.person_id for one in waiting}
    settings = await work.settings.of(readers)
    for interest in waiting:
        chosen = settings.get(interest.person_id)
        at = audible_from(chosen, now) if chosen else now
        await work.notices.add(
            _notice(NoticeKind.RUN_PLANNED, interest.person_id, interest, at if at > now else None)
        )
        await work.interests.put(replace(interest, told_at=now))


async def demand(work: UnitOfWork, actor: Person) -> Sequence[Demand]:
    """Return what people wait for, most wanted first.

    Raises:
        NotAllowedError: the actor is not of the centre.
    """
    if not actor.staff:
        raise NotAllowedError
    found: dict[tuple[str, str], Demand] = {}
    for counted in await work.interests.counts():
        subject = counted.offer_code, "" if counted.offer_code else counted.topic.casefold()
        one = found.setdefault(subject, Demand(counted.offer_code, counted.topic))
        one.areas[counted.area] += counted.people
    return sorted(found.values(), key=lambda one: (-one.people, one.offer_code, one.topic))


def by_offer(wanted: Sequence[Demand]) -> Mapping[str, Demand]:
    """Return the demand by the codes of the offers it is for."""
    return {one.offer_code: one for one in wanted if one.offer_code}


def _first(work: UnitOfWork, person: Person, subject: Want, now: datetime) -> Interest:
    return Interest(
        id=interest_id(key_of(person), subject),
        tenant=work.tenant,
        person_id=key_of(person),
        at=now,
        area=person.area,
        offer_code=subject.offer_code,
        topic=subject.topic[:LONGEST_TOPIC],
        words=subject.words[:LONGEST_WORDS],
    )


def _notice(kind: NoticeKind, reader: str, interest: Interest, due: datetime | None) -> Notice:
    """One notice per reader and time that the interest was said: taken back and said again, it is told anew."""
    key = f"{kind}:{interest.id}:{interest.at.timestamp():.6f}:{reader}"
    return Notice(kind, reader, "", key, due, interest_id=interest.id)
