"""The cards of purpose agreements, as an employee, their leader and the centre see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from catalogue.offers import Run, SignUp
from centre.agreeing import seen_by
from centre.clock import COPENHAGEN
from centre.enrolments import Enrolment, EnrolmentStatus
from centre.purpose import Answers, Half, Purpose, Side
from centre.purpose_summary import Summary
from dialogs.cards.purpose import (
    SHARED_SHOWN,
    Listed,
    agreement_card,
    agreements_card,
    begin_card,
    form_card,
    run_purposes_card,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from centre.agreeing import Seen
    from dialogs.cards.elements import Card
    from dialogs.texts import Texts

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=COPENHAGEN)
DEADLINE = datetime(2026, 12, 7, 12, 0, tzinfo=COPENHAGEN)


def purpose_cards(texts: Texts, words: Callable[[str, str], str]) -> dict[str, Card]:
    """Return the cards by the names of their pictures."""
    enrolment, run = _enrolment(words), _run(words)
    lene = words("name", "Lene Holm")
    person = Half(
        Answers(
            words("practice", "Vi møder uro med ro og tid i stedet for med flere hænder."),
            words("whom", "Beboerne på Solgården, der er vågne om natten."),
            words("sign", "Færre alarmer om natten og færre magtanvendelser."),
        ),
        NOW,
    )
    leader = Half(
        Answers(
            words("practice", "Nattevagterne gør det samme, hvem der end er på."),
            words("whom", "Hele afdeling 2."),
            words("sign", "Det fylder mindre på morgenmøderne."),
        ),
        NOW,
        by_id="lene",
        by_name=lene,
    )
    begun = Purpose(enrolment.id, "tenant", NOW, DEADLINE)
    one_side = replace(begun, person=person, edition=1)
    both = replace(one_side, leader=leader, edition=2)
    confirmed = replace(both, person=replace(person, confirmed_at=NOW, shares=True))
    agreed = replace(
        both,
        person=replace(person, confirmed_at=NOW, shares=True),
        leader=replace(leader, confirmed_at=NOW, shares=True),
    )
    late = DEADLINE + timedelta(hours=1)

    def seen(purpose: Purpose, side: Side = Side.PERSON, now: datetime = NOW) -> Seen:
        return seen_by(purpose, enrolment, run, side, now)

    listed = [
        Listed(enrolment, seen(begun, Side.LEADER)),
        Listed(enrolment, seen(both)),
        Listed(enrolment, seen(agreed)),
        Listed(enrolment, None),
    ]
    summary = Summary(5, 4, 3, 2, ("nærvær", "nat", "magtanvendelse"), ((enrolment, agreed),) * (SHARED_SHOWN + 1))
    return {
        "purpose_form": form_card(texts, seen(begun), Answers()),
        "purpose_form_leader": form_card(texts, seen(one_side, Side.LEADER), Answers()),
        "purpose_form_by_words": form_card(texts, seen(begun), Answers(person.answers.practice), "whom"),
        "purpose_form_late": form_card(
            texts, seen(one_side, Side.LEADER, late), Answers(), news=texts("purpose-opened-without-you")
        ),
        "purpose_waiting": agreement_card(texts, seen(one_side), texts("purpose-saved")),
        "purpose_to_confirm": agreement_card(texts, seen(both), texts("purpose-opened", name=lene)),
        "purpose_confirmed": agreement_card(texts, seen(confirmed), texts("purpose-confirmed", name=lene)),
        "purpose_agreed": agreement_card(texts, seen(agreed, Side.LEADER)),
        "purpose_closed": agreement_card(texts, seen(replace(both, closed_at=NOW))),
        "purpose_unanswered": agreement_card(texts, seen(begun, now=datetime(2026, 12, 18, tzinfo=COPENHAGEN))),
        "purpose_begin": begin_card(texts, enrolment, run, lene),
        "purposes": agreements_card(texts, _apart(listed), 2),
        "purpose_run": run_purposes_card(texts, run, enrolment.title, summary, 0),
        "purpose_run_private": run_purposes_card(
            texts, run, enrolment.title, replace(summary, topics=(), shared=()), 0
        ),
    }


def _apart(listed: list[Listed]) -> list[Listed]:
    """Let each be on another course, as it is in life."""
    return [
        replace(one, enrolment=replace(one.enrolment, title=f"{one.enrolment.title} {number}"))
        for number, one in enumerate(listed, start=1)
    ]


def _run(words: Callable[[str, str], str]) -> Run:
    return Run(
        "DEM-01-H2",
        "DEM-01",
        date(2026, 12, 17),
        date(2026, 12, 18),
        words("place", "Kompetencecentret, lokale 2"),
        online=False,
        seats=20,
        taken=8,
        deadline=None,
    )


def _enrolment(words: Callable[[str, str], str]) -> Enrolment:
    return Enrolment(
        id="abcdefghijklmnopabcdefgh",
        tenant="tenant",
        run_code="DEM-01-H2",
        offer_code="DEM-01",
        title=words("title", "Mødet med borgere, der har demens"),
        person_id="mads",
        person_name=words("name", "Mads Kjær"),
        sign_up=SignUp.LEADER,
        status=EnrolmentStatus.ATTENDING,
        applied_at=NOW,
        changed_at=NOW,
        leader_id="lene",
        leader_name=words("name", "Lene Holm"),
        holds_seat=True,
    )
