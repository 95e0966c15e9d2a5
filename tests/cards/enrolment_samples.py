"""The cards of signing up, as the person, their leader and a whole department see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from catalogue.offers import Run, SignUp
from centre.clock import COPENHAGEN
from centre.enrolment_states import Part, possible
from centre.enrolments import Enrolment, EnrolmentEvent, EnrolmentEventKind, EnrolmentStatus
from dialogs.cards.elements import bare_submit, link
from dialogs.cards.enrolment import (
    application_card,
    applications_card,
    calendar_card,
    collision_card,
    decided_card,
    enrolment_card,
    my_courses_card,
    question_card,
    which_leader_card,
    which_run_card,
    whose_leader_card,
)
from dialogs.cards.runs import run_days
from dialogs.cards.team import Outcome, member_card, results_card, team_card, who_card

if TYPE_CHECKING:
    from collections.abc import Callable

    from microsoft_teams.cards import Action

    from centre.people import Person
    from dialogs.cards.elements import Card
    from dialogs.texts import Texts

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=COPENHAGEN)
NONCE = "0123456789abcdef"


def enrolment_cards(texts: Texts, words: Callable[[str, str], str], person: Person) -> dict[str, Card]:
    """Return every card of signing up by its name."""
    applied = _enrolment(words)
    run = _run(words)
    waiting = replace(applied, status=EnrolmentStatus.WAITLISTED, holds_seat=False)
    attending = replace(applied, status=EnrolmentStatus.ATTENDING)
    offered = replace(waiting, holds_seat=True, offered_until=NOW + timedelta(days=2))
    leaving = replace(attending, leave_asked_at=NOW)

    def own(enrolment: Enrolment, place: int = 0, news: str = "", said: str = "") -> Card:
        may = possible(enrolment, {Part.PERSON})
        return enrolment_card(texts, enrolment, run, may, place, news, said=said)

    to_file = link(texts("button-calendar"), "https://bot.kommunen.example/hent/token")
    numbered = [
        link(texts("button-calendar"), "https://bot.kommunen.example/hent/token", f"{number}. {applied.title}")
        for number in (1, 2)
    ]
    away = link(texts("button-calendar-remove"), "https://bot.kommunen.example/hent/token")
    others = bare_submit(texts("button-other-runs"), "offer.show", main=True, code="DEM-01")

    def told(enrolment: Enrolment, news: str, *more: Action) -> Card:
        return enrolment_card(texts, enrolment, run, possible(enrolment, {Part.PERSON}), 0, news, more)

    moved = " ".join(
        (
            texts("enrolment-news-run-changed"),
            texts("run-was", days=run_days(texts, replace(run, starts=run.starts - timedelta(days=1)))),
            texts("run-was-at", place=words("place", "Vejen Rådhus")),
        )
    )
    called_off = f"{texts('enrolment-news-run-cancelled')} {texts('run-cancelled-next')}"
    cancelled = replace(attending, status=EnrolmentStatus.CANCELLED, holds_seat=False)
    people = [replace(person, id=f"p{number}") for number in range(3)]
    listed = [(attending, run), (waiting, run), (applied, run)]
    asked = EnrolmentEvent(
        applied.id,
        NOW,
        "lene",
        words("name", "Lene Holm"),
        EnrolmentEventKind.ASKED,
        applied.status,
        applied.status,
        {"words": words("question", "Hvad vil du bruge det til?")},
    )
    answered = replace(asked, kind=EnrolmentEventKind.ANSWERED, actor_name=applied.person_name)
    outcomes = [
        Outcome(words("name", "Mads Kjær"), "team-outcome-attending"),
        Outcome(words("name", "Ida Lund"), "team-outcome-waitlisted", 2),
        Outcome(words("name", "Carl"), "team-outcome-unknown"),
    ]
    return {
        "enrolment_applied": own(applied),
        "enrolment_waitlisted": own(waiting, 2),
        "enrolment_attending": own(attending),
        "enrolment_offered": own(offered, 0, texts("enrolment-news-seat-offered")),
        "enrolment_leaving": own(leaving),
        "enrolment_declined": own(
            replace(applied, status=EnrolmentStatus.DECLINED, holds_seat=False),
            0,
            texts("enrolment-news-refused", name=words("name", "Lene Holm")),
            words("reason", "Vi mangler folk den uge."),
        ),
        "enrolment_changed": told(attending, moved, to_file),
        "enrolment_called_off": told(cancelled, called_off, others, away),
        "enrolment_reminder": told(attending, texts("enrolment-reminder", day=texts.day(run.starts)), to_file),
        "calendar": calendar_card(texts, [(attending, run), (attending, run)], numbered),
        "enrolment_question": question_card(texts, applied, asked, run),
        "application": application_card(texts, applied, run, None),
        "application_answered": application_card(texts, replace(applied, holds_seat=False), run, answered),
        "application_decided": decided_card(
            texts, attending, run, texts("enrolment-done-approved", name=applied.person_name)
        ),
        "applications": applications_card(texts, [applied, replace(applied, id="other")], 3),
        "my_courses": my_courses_card(texts, listed, 0, more=True, past=False),
        "collision": collision_card(texts, applied.title, [(attending, run)], NONCE),
        "whose_leader": whose_leader_card(texts, NONCE),
        "whose_leader_several": which_leader_card(
            texts, NONCE, [("a", words("name", "Lene Holm, Solgården")), ("b", words("name", "Lene Holm, Birken"))]
        ),
        "which_run": which_run_card(texts, applied.title, [run, replace(run, code="DEM-01-H2", taken=20)]),
        "team_who": who_card(texts, applied.title, run, people, NONCE),
        "team_results": results_card(texts, applied.title, run, outcomes),
        "team": team_card(texts, listed),
        "team_member": member_card(texts, attending, run, people),
    }


def _run(words: Callable[[str, str], str]) -> Run:
    return Run(
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


def _enrolment(words: Callable[[str, str], str]) -> Enrolment:
    return Enrolment(
        id="abcdefghijklmnopabcdefgh",
        tenant="tenant",
        run_code="DEM-01-H1",
        offer_code="DEM-01",
        title=words("title", "Mødet med borgere, der har demens"),
        person_id="mads",
        person_name=words("name", "Mads Kjær"),
        sign_up=SignUp.LEADER,
        status=EnrolmentStatus.APPLIED,
        applied_at=NOW,
        changed_at=NOW,
        leader_id="lene",
        leader_name=words("name", "Lene Holm"),
        holds_seat=True,
    )
