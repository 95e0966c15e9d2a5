"""An enrolment that the centre decides on: the card in its channel, and in a consultant's chat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalogue.offers import SignUp
from centre.enrolment_states import Part, possible
from centre.enrolments import EnrolmentEventKind
from centre.participants import awaits_centre
from dialogs.cards.elements import (
    Card,
    execute,
    facts,
    hint,
    plain,
    quote,
    sentences,
    shorten,
    status_line,
    text_input,
    title,
    unfold,
)
from dialogs.cards.enrolment import STATUS_COLOURS, status_word
from dialogs.cards.runs import run_days, run_place

if TYPE_CHECKING:
    from collections.abc import Collection

    from microsoft_teams.cards import Action, CardElement

    from centre.enrolments import Enrolment, EnrolmentEvent
    from centre.participants import RunTally
    from dialogs.texts import Texts

Kind = EnrolmentEventKind
LONGEST_NAME = 80
_CAN_WORD = frozenset(
    {
        Kind.APPROVED,
        Kind.REFUSED,
        Kind.ASKED,
        Kind.ANSWERED,
        Kind.LEFT,
        Kind.LEAVE_GRANTED,
        Kind.LEAVE_REFUSED,
        Kind.REMOVED,
    }
)


@dataclass(frozen=True, slots=True)
class EnrolmentCase:
    """What the card shows: an enrolment, its run as it stands, and the last thing that was done to it.

    `centre_approves` is whether the offer says that the centre does.
    """

    enrolment: Enrolment
    tally: RunTally
    last: EnrolmentEvent | None = None
    centre_approves: bool = True


def enrolment_case_card(texts: Texts, case: EnrolmentCase) -> Card:
    """Who, which run, how full it is and why it is the centre's to decide; without buttons once it is decided."""
    enrolment, run = case.enrolment, case.tally.run
    name = shorten(enrolment.person_name, LONGEST_NAME)
    waits = awaits_centre(enrolment)
    words = _heading(texts, case, name)
    place = " · ".join(
        part
        for part in (enrolment.department, texts(f"area-{enrolment.area.value}") if enrolment.area else "")
        if part
    )
    body: list[CardElement] = [
        title(texts("application-title", name=enrolment.person_name, title=enrolment.title)),
        plain(words, spacing="Small"),
        *_said(case),
        status_line(
            texts("label-status"),
            status_word(texts, enrolment),
            STATUS_COLOURS.get(enrolment.status, "Default"),
            "",
        ),
        *facts(
            [
                (texts("label-department"), place),
                (texts("people-export-leader"), enrolment.leader_name),
                (texts("label-time"), run_days(texts, run)),
                (texts("label-place"), run_place(texts, run)),
                (texts("enrolment-case-seats"), texts("participants-free", free=case.tally.free, seats=run.seats)),
                (texts("enrolment-case-line"), texts("enrolment-case-waiting", count=case.tally.waiting)),
                (texts("enrolment-case-why"), _why(texts, case, name) if waits else ""),
            ]
        ),
        *([hint(_what_follows(texts, case, name))] if waits else []),
    ]
    return Card(sentences(words, enrolment.title)[:1000], body, case_actions(texts, enrolment), texts.locale)


def case_actions(texts: Texts, enrolment: Enrolment) -> list[Action]:
    """What the centre may do now; nothing once it was done."""
    if not awaits_centre(enrolment):
        return []
    may = possible(enrolment, {Part.STAFF})
    return (
        _leave_actions(texts, enrolment) if Kind.LEAVE_GRANTED in may else _application_actions(texts, enrolment)
    )


def last_words(texts: Texts, event: EnrolmentEvent) -> str:
    """Word who did something that counts here: "Kirsten Bang har sagt ja."; "" for anything else."""
    if event.kind not in _CAN_WORD:
        return ""
    return texts(f"enrolment-case-by-{event.kind.value.replace('_', '-')}", name=event.actor_name)


def last_that_counts(events: Collection[EnrolmentEvent]) -> EnrolmentEvent | None:
    """Return the last event that the card words, of those since the person signed up for the last time."""
    last = None
    for event in events:
        if event.kind is Kind.SIGNED_UP:
            last = None
        elif event.kind in _CAN_WORD or event.kind is Kind.LEAVE_ASKED:
            last = event
    return last


def _application_actions(texts: Texts, enrolment: Enrolment) -> list[Action]:
    reason = text_input("reason", texts("input-refusal"), lines=True, needed=texts("input-refusal-needed"))
    question = text_input("question", texts("input-question"), lines=True, needed=texts("input-question-needed"))
    own = enrolment.id
    approve = execute(texts("button-approve"), "seat.approved", main=True, enrolment=own)
    approve.associated_inputs = "none"
    return [
        approve,
        unfold(
            texts("button-refuse"),
            reason,
            actions=[execute(texts("button-send-refusal"), "seat.refused", enrolment=own)],
        ),
        unfold(
            texts("button-ask-person"),
            question,
            actions=[execute(texts("button-send-question"), "seat.asked", enrolment=own)],
        ),
    ]


def _leave_actions(texts: Texts, enrolment: Enrolment) -> list[Action]:
    reason = text_input("reason", texts("input-leave-refusal"), lines=True, needed=texts("input-refusal-needed"))
    grant = execute(texts("button-grant-leave"), "seat.leave_granted", main=True, enrolment=enrolment.id)
    grant.associated_inputs = "none"
    refuse = execute(texts("button-send-leave-refusal"), "seat.leave_refused", enrolment=enrolment.id)
    return [grant, unfold(texts("button-refuse-leave"), reason, actions=[refuse])]


def _heading(texts: Texts, case: EnrolmentCase, name: str) -> str:
    """Say what is asked of the centre, or what came of it."""
    enrolment = case.enrolment
    last = last_words(texts, case.last) if case.last else ""
    if enrolment.is_live and enrolment.leave_asked_at:
        return texts("enrolment-case-leaves", name=name)
    if awaits_centre(enrolment):
        return last or texts("enrolment-case-applies", name=name)
    return last or texts("enrolment-case-moved-on", name=name, status=status_word(texts, enrolment))


def _said(case: EnrolmentCase) -> list[CardElement]:
    words = case.last.detail.get("words", "") if case.last else ""
    return [quote(case.last.actor_name, words)] if case.last and words else []


def _why(texts: Texts, case: EnrolmentCase, name: str) -> str:
    if case.enrolment.leave_asked_at:
        return texts("enrolment-case-why-leave", day=texts.day(case.tally.run.last_day))
    if case.centre_approves:
        return texts("enrolment-case-why-centre")
    return texts("enrolment-case-why-nobody", name=name)


def _what_follows(texts: Texts, case: EnrolmentCase, name: str) -> str:
    """Say what a yes means."""
    enrolment = case.enrolment
    if enrolment.leave_asked_at:
        return texts("enrolment-case-next-in-line") if case.tally.waiting else ""
    return texts("enrolment-case-seat" if enrolment.holds_seat else "enrolment-case-no-seat", name=name)


def centre_approves(sign_up: SignUp | None) -> bool:
    """Whether an offer itself asks for the centre's yes; one that is in the catalogue no more may have."""
    return sign_up in {SignUp.CENTRE, None}
