"""One's own course as a calendar: what Outlook, Google and Apple go by (RFC 5545), whatever the run looks like."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calendar_file import Entry, calendar, copenhagen
from catalogue.offers import Run, SignUp
from centre.clock import COPENHAGEN
from centre.enrolments import Enrolment, EnrolmentEvent, EnrolmentEventKind, EnrolmentStatus
from centre.run_changes import differences
from dialogs.texts import texts_in

HOST = "bot.kommunen.example"
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=COPENHAGEN)
RUN = Run(
    "DEM-01-H1", "DEM-01", date(2027, 3, 26), date(2027, 3, 29), "Vejen, lokale 2; 1. sal", False, 20, 0, None,
    time(9), time(15, 30),
)  # fmt: skip
MADS = Enrolment(
    "abcdefghijklmnopabcdefgh", "tenant", RUN.code, RUN.offer_code, "Mødet med borgere, der har demens", "mads",
    "Mads Kjær", SignUp.FREE, EnrolmentStatus.ATTENDING, NOW, NOW,
)  # fmt: skip
SIGNED_UP = EnrolmentEvent(
    MADS.id, NOW, "mads", "Mads Kjær", EnrolmentEventKind.SIGNED_UP, None, EnrolmentStatus.ATTENDING, {}, 1
)
WORDS = st.text(st.characters(codec="utf-8"), max_size=200)
CLOCK = st.one_of(st.none(), st.times().map(lambda clock: clock.replace(second=0, microsecond=0)))


@st.composite
def runs(draw: st.DrawFn) -> Run:
    starts = draw(st.dates(date(2026, 1, 1), date(2035, 12, 31)))
    return replace(
        RUN,
        starts=starts,
        ends=starts + timedelta(days=draw(st.integers(0, 60))),
        place=draw(WORDS),
        online=draw(st.booleans()),
        begins_at=draw(CLOCK),
        ends_at=draw(CLOCK),
        link=draw(st.one_of(st.just("https://møde.example/1"), WORDS)),
    )


def changed(before: Run, after: Run, number: int) -> EnrolmentEvent:
    detail = {"changed": json.dumps(differences(before, after))}
    kind = EnrolmentEventKind.RUN_CHANGED
    at = NOW + timedelta(hours=number)
    return replace(SIGNED_UP, id=number, at=at, kind=kind, before=SIGNED_UP.after, detail=detail)


def written(run: Run, *events: EnrolmentEvent, length: str = "", **about: object) -> bytes:
    enrolment = replace(MADS, **about)  # type: ignore[arg-type]
    return calendar(texts_in("da"), Entry(enrolment, run, [SIGNED_UP, *events], HOST, length))


def events_of(content: bytes) -> list[icalendar.Event]:
    read = icalendar.Calendar.from_ical(content)
    assert isinstance(read, icalendar.Calendar)
    return list(read.events)


def test_a_run_of_a_first_and_a_last_day_claims_no_day_in_between() -> None:
    first, last = events_of(written(RUN))
    assert first.start == datetime(2027, 3, 26, 9, tzinfo=COPENHAGEN)
    assert last.end == datetime(2027, 3, 29, 15, 30, tzinfo=COPENHAGEN)
    assert (first["uid"], last["uid"]) == (f"{MADS.id}@{HOST}", f"{MADS.id}-2@{HOST}")
    assert (first["status"], first["sequence"]) == ("CONFIRMED", 1)
    assert first["location"] == "Vejen, lokale 2; 1. sal"
    assert "Kalenderen har den første og den sidste dag" in first["description"]


def test_the_clock_on_the_wall_stays_nine_across_daylight_saving() -> None:
    first, last = events_of(written(RUN))
    assert first.start.astimezone(UTC).hour == 8
    assert last.start.astimezone(UTC).hour == 7
    assert b"DTSTART;TZID=Europe/Copenhagen:20270326T090000\r\n" in written(RUN)


def test_two_days_in_a_row_are_both_there_and_one_day_is_there_once() -> None:
    assert len(events_of(written(replace(RUN, ends=RUN.starts + timedelta(days=1))))) == 2
    assert len(events_of(written(replace(RUN, ends=RUN.starts)))) == 1


THREE_DAYS = replace(RUN, starts=date(2027, 3, 1), ends=date(2027, 3, 3))
"""Monday to Wednesday."""


def test_a_course_of_three_days_in_a_row_has_its_middle_day() -> None:
    """The events of the first and the last day are the ones that were there before the middle one was known."""
    first, last, middle = events_of(written(THREE_DAYS, length="3 dage"))
    assert [event.start.date().day for event in (first, middle, last)] == [1, 2, 3]
    assert [str(event["uid"]).partition("@")[0].removeprefix(MADS.id) for event in (first, last, middle)] == [
        "",
        "-2",
        "-3",
    ]
    assert {event["status"] for event in (first, last, middle)} == {"CONFIRMED"}
    assert "den første og den sidste dag" not in first["description"]


@pytest.mark.parametrize(
    ("starts", "ends", "length"),
    [
        (date(2027, 3, 1), date(2027, 3, 3), "3 møder over 3 måneder"),
        (date(2027, 3, 1), date(2027, 3, 3), "2 dage"),
        (date(2027, 3, 1), date(2027, 3, 4), "3 dage"),
        (date(2027, 3, 5), date(2027, 3, 7), "3 dage"),  # over a weekend
        (date(2027, 3, 24), date(2027, 3, 26), "3 dage"),  # over Maundy Thursday and Good Friday
        (date(2027, 3, 1), date(2027, 3, 3), ""),
    ],
)
def test_what_is_not_plainly_three_days_in_a_row_has_its_first_and_last(
    starts: date, ends: date, length: str
) -> None:
    first, last = events_of(written(replace(RUN, starts=starts, ends=ends), length=length))
    assert (first.start.date(), last.start.date()) == (starts, ends)
    assert "den første og den sidste dag" in first["description"]


def test_a_course_that_was_three_days_and_is_two_strikes_one_out() -> None:
    shorter = replace(THREE_DAYS, ends=date(2027, 3, 2))
    first, last, gone = events_of(written(shorter, changed(THREE_DAYS, shorter, 2), length="3 dage"))
    assert [event["status"] for event in (first, last, gone)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert str(gone["uid"]) == f"{MADS.id}-3@{HOST}"


@pytest.mark.parametrize("status", [EnrolmentStatus.APPLIED, EnrolmentStatus.WAITLISTED, EnrolmentStatus.DECLINED])
def test_who_left_and_applied_again_strikes_the_event_out_until_they_are_in(status: EnrolmentStatus) -> None:
    left = replace(SIGNED_UP, id=2, kind=EnrolmentEventKind.LEFT, after=EnrolmentStatus.CANCELLED)
    again = replace(SIGNED_UP, id=3, before=EnrolmentStatus.CANCELLED, after=status)
    back = replace(again, id=4, kind=EnrolmentEventKind.APPROVED, after=EnrolmentStatus.ATTENDING)
    waiting = events_of(written(RUN, left, again, status=status))
    in_again = events_of(written(RUN, left, again, back))
    assert {event["status"] for event in waiting} == {"CANCELLED"}
    assert {event["status"] for event in in_again} == {"CONFIRMED"}
    assert [event["uid"] for event in waiting] == [event["uid"] for event in in_again]
    assert in_again[0]["sequence"] > waiting[0]["sequence"]


def test_without_a_clock_time_it_takes_the_whole_day() -> None:
    [event] = events_of(written(replace(RUN, ends=RUN.starts, begins_at=None)))
    assert (event.start, event.end) == (date(2027, 3, 26), date(2027, 3, 27))


def test_online_there_is_a_link_to_press_and_to_read() -> None:
    [event] = events_of(written(replace(RUN, ends=RUN.starts, online=True, link="https://teams.example/m/1")))
    assert event["location"] == "Online"
    assert event["url"] == "https://teams.example/m/1"
    assert "Deltag online: https://teams.example/m/1" in event["description"]


def test_who_left_strikes_the_same_event_out() -> None:
    left = replace(SIGNED_UP, id=2, kind=EnrolmentEventKind.LEFT, after=EnrolmentStatus.CANCELLED)
    before, after = (
        events_of(written(RUN)),
        events_of(written(RUN, left, status=EnrolmentStatus.CANCELLED)),
    )
    assert [event["uid"] for event in before] == [event["uid"] for event in after]
    assert {event["status"] for event in after} == {"CANCELLED"}
    assert after[0]["sequence"] > before[0]["sequence"]
    assert after[0]["summary"] == "Aflyst: Mødet med borgere, der har demens"


def test_a_day_that_the_run_has_no_more_is_struck_out() -> None:
    shorter = replace(RUN, ends=RUN.starts)
    first, second = events_of(written(shorter, changed(RUN, shorter, 2)))
    assert (first["status"], second["status"]) == ("CONFIRMED", "CANCELLED")
    assert second["uid"] == f"{MADS.id}-2@{HOST}"


def test_there_is_no_alarm_because_the_bot_reminds() -> None:
    assert b"VALARM" not in written(RUN)


@pytest.mark.parametrize("year", range(1997, 2040))
def test_the_two_rules_say_what_the_time_zone_database_says(year: int) -> None:
    zone = copenhagen().to_tz()
    for month in range(1, 13):
        for day in (1, 24, 25, 26, 27, 28):
            moment = datetime(year, month, day, 12)  # noqa: DTZ001 - a clock on the wall
            assert moment.replace(tzinfo=zone).utcoffset() == moment.replace(tzinfo=COPENHAGEN).utcoffset()


@settings(deadline=None)
@given(runs(), WORDS, st.sampled_from([EnrolmentStatus.ATTENDING, EnrolmentStatus.CANCELLED]))
def test_any_run_and_title_is_a_calendar_by_the_rules(run: Run, title: str, status: EnrolmentStatus) -> None:
    content = written(run, title=title, status=status)
    lines = content.split(b"\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    assert all(len(line) <= 75 for line in lines)
    assert content.count(b"METHOD:PUBLISH\r\n") == 1
    assert (b"TZID=" in content) == (b"BEGIN:VTIMEZONE" in content) == (run.begins_at is not None)
    read = events_of(content)
    assert [event["uid"] for event in read] == [f"{MADS.id}@{HOST}", f"{MADS.id}-2@{HOST}"][: len(read)]
    assert len(read) == (1 if run.starts == run.ends else 2)
    for event, day in zip(read, (run.starts, run.ends), strict=False):
        assert (event.start if run.begins_at is None else event.start.date()) == day
        assert "dtend" not in event or event.end > event.start
        assert event["dtstamp"].dt.tzinfo is not None


@settings(deadline=None)
@given(st.lists(runs(), min_size=2, max_size=6))
def test_through_all_changes_the_uids_stay_and_the_sequence_grows(history: list[Run]) -> None:
    events: list[EnrolmentEvent] = []
    sequences, claimed = [], set()
    for before, after in zip([RUN, *history], history, strict=False):
        if differences(before, after):
            events.append(changed(before, after, len(events) + 2))
        read = events_of(written(after, *events))
        claimed |= {str(event["uid"]) for event in read}
        assert {str(event["uid"]) for event in read} >= claimed
        sequences.append(int(read[0]["sequence"]))
    assert sequences == sorted(sequences)
    assert sequences[-1] == len(events) + 1
