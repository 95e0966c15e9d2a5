"""The centre's cards of enrolments: what it decides on, and a run's people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from catalogue.offers import Area, Run, SignUp
from centre.clock import COPENHAGEN
from centre.enrolments import Enrolment, EnrolmentEvent, EnrolmentEventKind, EnrolmentStatus
from centre.participants import RunPeople, RunTally
from dialogs.cards.enrolment_case import EnrolmentCase, enrolment_case_card
from dialogs.cards.participants import (
    PEOPLE_TICKED,
    PeoplePage,
    attendance_card,
    participants_card,
    people_export_card,
    runs_card,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from dialogs.cards.elements import Card
    from dialogs.texts import Texts

    Words = Callable[[str, str], str]

Kind = EnrolmentEventKind
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=COPENHAGEN)
LINKS = {file: f"https://bot.kommunen.example/hent/{file}" for file in ("xlsx", "csv")}
NAMES = (
    "Amina Yilmaz", "Bo Larsen", "Charlotte Juul", "Dorte Kjær Sørensen", "Erik Holm", "Fatima Nasser",
    "Gitte Bruun", "Henrik Ravn", "Ida Lund", "Jens Ole Thygesen",
)  # fmt: skip
LETTERS = "abcdefghijklmnop"


def participant_cards(texts: Texts, words: Words) -> dict[str, Card]:
    """Return the centre's cards of enrolments by name."""
    return {**_cases(texts, words), **_lists(texts, words)}


def _cases(texts: Texts, words: Words) -> dict[str, Card]:
    applied = _enrolment(words, "Mads Kjær", 1)
    attending = replace(applied, status=EnrolmentStatus.ATTENDING)
    leaving = replace(attending, leave_asked_at=NOW)
    tally = _tally(words)

    def event(kind: EnrolmentEventKind, name: str, said: str = "") -> EnrolmentEvent:
        detail = {"words": words("words", said)} if said else {}
        return EnrolmentEvent(
            applied.id, NOW, "a", words("name", name), kind, applied.status, applied.status, detail
        )

    return {
        "enrolment_case": enrolment_case_card(texts, EnrolmentCase(applied, tally)),
        "enrolment_case_full": enrolment_case_card(
            texts,
            EnrolmentCase(replace(applied, holds_seat=False), replace(tally, held=12), centre_approves=False),
        ),
        "enrolment_case_asked": enrolment_case_card(
            texts, EnrolmentCase(applied, tally, event(Kind.ASKED, "Kirsten Bang", "Hvad vil du bruge det til?"))
        ),
        "enrolment_case_decided": enrolment_case_card(
            texts, EnrolmentCase(attending, tally, event(Kind.APPROVED, "Kirsten Bang"))
        ),
        "enrolment_case_refused": enrolment_case_card(
            texts,
            EnrolmentCase(
                replace(applied, status=EnrolmentStatus.DECLINED, holds_seat=False),
                tally,
                event(Kind.REFUSED, "Kirsten Bang", "Holdet er kun for Handicap."),
            ),
        ),
        "enrolment_case_leaving": enrolment_case_card(
            texts,
            EnrolmentCase(leaving, tally, event(Kind.LEAVE_ASKED, "Mads Kjær", "Jeg er blevet syg.")),
        ),
        "enrolment_case_left": enrolment_case_card(
            texts,
            EnrolmentCase(
                replace(attending, status=EnrolmentStatus.CANCELLED, holds_seat=False),
                tally,
                event(Kind.LEAVE_GRANTED, "Kirsten Bang"),
            ),
        ),
    }


def _lists(texts: Texts, words: Words) -> dict[str, Card]:
    tally = _tally(words)
    attending = [
        replace(_enrolment(words, name, number), status=EnrolmentStatus.ATTENDING)
        for number, name in enumerate(NAMES)
    ]
    applied = _enrolment(words, "Kirsten Dahl", 20)
    waiting = [
        replace(_enrolment(words, name, number), status=EnrolmentStatus.WAITLISTED, holds_seat=False)
        for number, name in ((30, "Lars Bech"), (31, "Mette Frost"))
    ]
    mixed = [
        *attending[:3],
        replace(attending[3], leave_asked_at=NOW),
        replace(waiting[0], id=_id(29), holds_seat=True, offered_until=NOW + timedelta(days=2)),
        applied,
        replace(applied, id=_id(21), sign_up=SignUp.LEADER, leader_name=words("name", "Lene Holm")),
        *waiting,
        replace(_enrolment(words, "Nadia Rask", 32), holds_seat=False),
    ]
    marked = [replace(one, attended=number not in {1, 4}) for number, one in enumerate(attending)]
    many = [
        replace(_enrolment(words, f"Deltager {number:03}", number), status=EnrolmentStatus.ATTENDING)
        for number in range(PEOPLE_TICKED + 5)
    ]
    full = replace(tally, attending=10, waiting=2, applied=3, to_decide=2, held=12)
    runs = [full, *(replace(tally, run=replace(tally.run, code=f"DEM-01-H{serial}")) for serial in (2, 3, 4, 5))]
    return {
        "runs": runs_card(texts, runs, 0, more=True),
        "runs_of_offer": runs_card(texts, runs[:3], 0, more=False, code="DEM-01"),
        "participants": participants_card(texts, PeoplePage(RunPeople(full, mixed), 0, begun=False)),
        "participants_first_page": participants_card(
            texts, PeoplePage(RunPeople(full, [*attending, *waiting]), 0, begun=True)
        ),
        "participants_second_page": participants_card(
            texts, PeoplePage(RunPeople(full, [*attending, *waiting]), 1, begun=True)
        ),
        "participants_marked": participants_card(texts, PeoplePage(RunPeople(full, marked), 0, begun=True)),
        "participants_none": participants_card(
            texts, PeoplePage(RunPeople(replace(tally, attending=0), []), 0, begun=False)
        ),
        "participants_in_channel": participants_card(
            texts, PeoplePage(RunPeople(full, waiting), 0, begun=False, private=False)
        ),
        "attendance": attendance_card(texts, RunPeople(full, marked), 0),
        "attendance_of_many": attendance_card(texts, RunPeople(replace(full, attending=len(many)), many), 0),
        "people_export": people_export_card(texts, full, LINKS, minutes=15),
    }


def _id(number: int) -> str:
    return LETTERS[number // 16] + LETTERS[number % 16] + "abcdefghijklmnopabcdef"


def _tally(words: Words) -> RunTally:
    run = Run(
        "DEM-01-H1",
        "DEM-01",
        date(2026, 12, 9),
        date(2026, 12, 16),
        words("place", "Kompetencecentret, lokale 2"),
        online=False,
        seats=20,
        taken=8,
        deadline=date(2026, 12, 2),
        begins_at=time(9),
        ends_at=time(15, 30),
    )
    title = words("title", "Mødet med borgere, der har demens")
    return RunTally(run, title, attending=6, waiting=0, applied=0, to_decide=0, held=6)


def _enrolment(words: Words, name: str, number: int) -> Enrolment:
    return Enrolment(
        id=_id(number),
        tenant="tenant",
        run_code="DEM-01-H1",
        offer_code="DEM-01",
        title=words("title", "Mødet med borgere, der har demens"),
        person_id=f"p{number}",
        person_name=words("name", name),
        sign_up=SignUp.CENTRE,
        status=EnrolmentStatus.APPLIED,
        applied_at=NOW + timedelta(minutes=number),
        changed_at=NOW,
        area=Area.SENIOR,
        department=words("department", "Plejecenter Solgården"),
        leader_id="lene",
        leader_name=words("name", "Lene Holm"),
        holds_seat=True,
    )
