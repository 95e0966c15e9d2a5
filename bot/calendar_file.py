"""A course in one's own calendar: a file behind a link, made as the course stands when it is fetched.

Outlook, Google and Apple know an event by its UID, which is the same for ever, and take the file with the highest
SEQUENCE: fetched again after a change it moves the event, after a cancellation it strikes it out. Nobody is
reminded by it: the bot reminds, and an alarm would do so twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import IO, TYPE_CHECKING

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from bot.downloads import File, NoFileError
from centre.clock import COPENHAGEN
from centre.enrolments import EnrolmentEventKind, EnrolmentStatus, had_seat, key_of
from centre.filing import NotFoundError
from centre.run_changes import meeting_days, most_meeting_days
from dialogs.texts import texts_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.downloads import Kind
    from bot.links import Claims
    from catalogue.offers import Run
    from centre.enrolments import Enrolment, EnrolmentEvent
    from centre.people import Person
    from centre.ports import UnitOfWork
    from dialogs.texts import Texts

CONTENT_TYPE = "text/calendar; charset=utf-8"
_PRODUCT = "-//Kompetencebot//DA"
_IN_CALENDAR = frozenset({EnrolmentStatus.ATTENDING, EnrolmentStatus.CANCELLED})


@dataclass(frozen=True, slots=True)
class Entry:
    """What a calendar is made of: an enrolment, its run, its audit trail (oldest first), the host of its UIDs.

    `length` is how long the offer is, in the catalogue's words.
    """

    enrolment: Enrolment
    run: Run
    events: Sequence[EnrolmentEvent]
    host: str
    length: str = ""

    @property
    def is_cancelled(self) -> bool:
        """Whether the person does not take part any more, or not yet again."""
        return self.enrolment.status is not EnrolmentStatus.ATTENDING

    @property
    def days(self) -> Sequence[date]:
        """The days that the run surely meets on, in order."""
        return meeting_days(self.run, self.length)

    @property
    def is_all_told(self) -> bool:
        """Whether `days` are all the days that there are from the first to the last."""
        return len(self.days) == (self.run.ends - self.run.starts).days + 1


def calendar_file(host: str) -> Kind:
    """Return the kind of file that puts one's own course into a calendar, or strikes it out there."""

    async def find(claims: Claims, person: Person, work: UnitOfWork) -> File:
        wanted, texts = claims.subject.get("enrolment"), texts_in(claims.locale)
        enrolment = await work.enrolments.get(wanted) if isinstance(wanted, str) else None
        if enrolment is None or enrolment.person_id != key_of(person):
            raise NotFoundError
        run = (await work.enrolments.runs([enrolment.run_code])).get(enrolment.run_code)
        events = await work.enrolments.events(enrolment.id)
        if run is None or not (enrolment.status in _IN_CALENDAR or had_seat(events)):
            raise NoFileError(texts("calendar-not-yet-heading"), texts("calendar-not-yet"))
        length = await work.enrolments.length_of(enrolment.offer_code)
        content = calendar(texts, Entry(enrolment, run, events, host, length))

        async def fill(stream: IO[bytes]) -> None:
            stream.write(content)

        name = texts("calendar-file", title=enrolment.title, code=run.code)
        return File(f"{name}.ics", CONTENT_TYPE, fill)

    return find


def calendar(texts: Texts, entry: Entry) -> bytes:
    """Return the calendar of one enrolment: an event for each day that its run is known to meet on.

    A day that the run used to have and has no more is struck out. Events are numbered from the first day and then
    from the last day backwards, so that a day in between that becomes known moves none of the others.
    """
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    first, *others = entry.days
    days = [first, *reversed(others)]
    if entry.run.begins_at:
        made.add_component(copenhagen())
    for number in range(most_meeting_days(entry.run, entry.events, entry.length)):
        gone = number >= len(days)
        made.add_component(_event(texts, entry, number, entry.days[-1] if gone else days[number], gone=gone))
    content: bytes = made.to_ical()
    return content


def copenhagen() -> Timezone:
    """Return Danish time by the rule of Directive 2000/84/EC.

    The two yearly rules, and no list of every change since 1970: that is what Outlook reads.
    """
    zone = Timezone()
    zone.add("tzid", COPENHAGEN.key)
    one, two = timedelta(hours=1), timedelta(hours=2)
    for part, name, before, after, begins in (
        (TimezoneDaylight(), "CEST", one, two, datetime(1996, 3, 31, 2)),  # noqa: DTZ001 - local by definition
        (TimezoneStandard(), "CET", two, one, datetime(1996, 10, 27, 3)),  # noqa: DTZ001 - local by definition
    ):
        part.add("dtstart", begins)
        part.add("rrule", vRecur(freq="YEARLY", bymonth=begins.month, byday="-1SU"))
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        zone.add_component(part)
    return zone


def _event(texts: Texts, entry: Entry, number: int, day: date, *, gone: bool) -> Event:
    cancelled = gone or entry.is_cancelled
    changed_at = entry.events[-1].at if entry.events else entry.enrolment.changed_at
    event = Event()
    own = entry.enrolment.id if number == 0 else f"{entry.enrolment.id}-{number + 1}"
    event.add("uid", f"{own}@{entry.host}")
    event.add("sequence", len(entry.events))
    event.add("dtstamp", changed_at.astimezone(UTC))
    event.add("last-modified", changed_at.astimezone(UTC))
    for name, when in _times(entry.run, day):
        event.add(name, when)
    title = _one_line(entry.enrolment.title)
    event.add("summary", texts("calendar-cancelled", title=title) if cancelled else title)
    event.add("description", "\n".join(_description(texts, entry, cancelled=cancelled)))
    if place := _place(texts, entry.run):
        event.add("location", place)
    if link := _link(entry.run):
        event.add("url", link)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    return event


def _times(run: Run, day: date) -> Iterator[tuple[str, date | datetime]]:
    """Yield when a day begins and ends; a whole day where no clock time is known (its end is the day after)."""
    if run.begins_at is None:
        yield "dtstart", day
        yield "dtend", day + timedelta(days=1)
        return
    yield "dtstart", _at(day, run.begins_at)
    if run.ends_at and run.ends_at > run.begins_at:
        yield "dtend", _at(day, run.ends_at)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, COPENHAGEN)


def _description(texts: Texts, entry: Entry, *, cancelled: bool) -> Iterator[str]:
    if cancelled:
        yield texts("calendar-remove")
        return
    run = entry.run
    if not entry.is_all_told:
        yield texts("calendar-period", begins=texts.day(run.starts), ends=texts.day(run.ends))
    if link := _link(run):
        yield texts("calendar-link", link=link)
    yield texts("calendar-run", code=run.code)
    moved = any(event.kind is EnrolmentEventKind.RUN_CHANGED for event in entry.events)
    yield texts("calendar-changed" if moved else "calendar-leave")


def _place(texts: Texts, run: Run) -> str:
    return texts("place-online") if run.online else _one_line(run.place)


def _link(run: Run) -> str:
    """Return where the run is held online; an address never has a space or line break in it."""
    return run.link if run.link.startswith(("https://", "http://")) and run.link == _one_line(run.link) else ""


def _one_line(words: str) -> str:
    """Leave out what a line of a calendar cannot hold (RFC 5545, 3.3.11: no control characters)."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())
