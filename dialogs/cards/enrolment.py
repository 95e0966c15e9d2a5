"""An enrolment as a card: to the person whose it is, in the list of their courses, and to who decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalogue.offers import SignUp
from centre.clock import COPENHAGEN
from centre.enrolments import EnrolmentEventKind, EnrolmentStatus
from dialogs.cards.elements import (
    Card,
    bare_submit,
    buttons,
    facts,
    heading,
    hint,
    paragraph,
    plain,
    quote,
    section,
    sentences,
    small,
    status_line,
    subheading,
    submit,
    text_input,
    title,
    unfold,
)
from dialogs.cards.runs import join_button, run_days, run_place

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from microsoft_teams.cards import Action, CardElement, TextColor

    from catalogue.offers import Run
    from centre.enrolments import Enrolment, EnrolmentEvent
    from dialogs.texts import Texts

Kind = EnrolmentEventKind
STATUS_COLOURS: dict[EnrolmentStatus, TextColor] = {
    EnrolmentStatus.APPLIED: "Accent",
    EnrolmentStatus.WAITLISTED: "Accent",
    EnrolmentStatus.DECLINED: "Attention",
}


def status_word(texts: Texts, enrolment: Enrolment) -> str:
    """Word where an enrolment stands."""
    return texts(f"enrolment-{enrolment.status.value}")


def next_words(texts: Texts, enrolment: Enrolment, run: Run | None, place: int) -> str:
    """Say to the person what their enrolment means for them now, and what happens next."""
    if enrolment.leave_asked_at:
        return texts("enrolment-next-leave-asked")
    if enrolment.offered_until:
        return texts("enrolment-next-offered", until=moment_words(texts, enrolment.offered_until))
    match enrolment.status:
        case EnrolmentStatus.APPLIED:
            who = enrolment.leader_name if enrolment.sign_up is SignUp.LEADER else texts("the-centre")
            key = "enrolment-next-applied" if enrolment.holds_seat else "enrolment-next-applied-full"
            return texts(key, name=who)
        case EnrolmentStatus.WAITLISTED:
            return texts("enrolment-next-waitlisted", place=place)
        case EnrolmentStatus.ATTENDING:
            return texts("enrolment-next-attending", day=texts.day(run.starts) if run else "")
        case _:
            return texts("enrolment-next-over")


def moment_words(texts: Texts, moment: datetime) -> str:
    """Word a moment: "tirsdag den 1. december kl. 16.00"."""
    local = moment.astimezone(COPENHAGEN)
    return texts("moment", day=texts.day(local.date()), clock=f"{local:%-H.%M}")


def enrolment_card(
    texts: Texts,
    enrolment: Enrolment,
    run: Run | None,
    may: Collection[EnrolmentEventKind],
    place: int = 0,
    news: str = "",
    more: Sequence[Action] = (),
    said: str = "",
) -> Card:
    """One enrolment for the person whose it is.

    Args:
        texts: The reader's language.
        enrolment: As it is now.
        run: The run, where it is known.
        may: What the person may do now.
        place: Their place in line, 0 for none.
        news: What just happened, if anything.
        more: More buttons.
        said: A reason that somebody gave.
    """
    now = next_words(texts, enrolment, run, place)
    words = news or now
    body: list[CardElement] = [
        title(enrolment.title),
        plain(words, spacing="Small"),
        *([quote(texts("label-reason"), said)] if said else []),
        *(
            [plain(next_words(texts, enrolment, run, place), spacing="Small")]
            if news and enrolment.is_live
            else []
        ),
        status_line(
            texts("label-status"),
            status_word(texts, enrolment),
            STATUS_COLOURS.get(enrolment.status, "Default"),
            "",
        ),
        *_run_facts(texts, run),
    ]
    actions = [*_own_actions(texts, enrolment, may), *more, _mine(texts)]
    return Card(sentences(enrolment.title, words), body, actions, texts.locale)


def question_card(texts: Texts, enrolment: Enrolment, event: EnrolmentEvent, run: Run | None) -> Card:
    """Ask the person what their leader or the centre wants to know first."""
    words = texts("enrolment-news-asked", name=event.actor_name)
    body: list[CardElement] = [
        title(enrolment.title),
        plain(words),
        quote(event.actor_name, event.detail.get("words", "")),
        *_run_facts(texts, run),
        text_input("words", texts("input-answer"), lines=True, needed=texts("input-answer-needed")),
    ]
    answer = submit(texts("button-answer"), "enrol.answered", main=True, enrolment=enrolment.id)
    return Card(sentences(words, event.detail.get("words", "")), body, [answer, _mine(texts)], texts.locale)


def application_card(
    texts: Texts, enrolment: Enrolment, run: Run | None, event: EnrolmentEvent | None, *, reminds: bool = False
) -> Card:
    """Ask a leader for their yes or no; `event` is an answer that the person gave, if that is the news."""
    answered = event is not None and event.kind is Kind.ANSWERED
    key = "application-answered" if answered else "application-reminder" if reminds else "application-heading"
    words = texts(key, name=enrolment.person_name)
    body: list[CardElement] = [
        title(texts("application-title", name=enrolment.person_name, title=enrolment.title)),
        plain(words, spacing="Small"),
        *([quote(event.actor_name, event.detail.get("words", ""))] if event and answered else []),
        *_run_facts(texts, run),
        hint(texts("application-seat" if enrolment.holds_seat else "application-no-seat")),
    ]
    return Card(sentences(words, enrolment.title), body, decision_actions(texts, enrolment), texts.locale)


def decision_actions(texts: Texts, enrolment: Enrolment) -> list[Action]:
    """Yes, no with a reason, or a question first."""
    reason = text_input("reason", texts("input-refusal"), lines=True, needed=texts("input-refusal-needed"))
    question = text_input("question", texts("input-question"), lines=True, needed=texts("input-question-needed"))
    own = enrolment.id
    return [
        bare_submit(texts("button-approve"), "enrol.approved", main=True, enrolment=own),
        unfold(
            texts("button-refuse"),
            reason,
            actions=[submit(texts("button-send-refusal"), "enrol.refused", enrolment=own)],
        ),
        unfold(
            texts("button-ask-person"),
            question,
            actions=[submit(texts("button-send-question"), "enrol.asked", enrolment=own)],
        ),
    ]


def decided_card(texts: Texts, enrolment: Enrolment, run: Run | None, words: str) -> Card:
    """What is left of an application once it was decided: a receipt without buttons."""
    body = [
        title(texts("application-title", name=enrolment.person_name, title=enrolment.title)),
        plain(words),
        *_run_facts(texts, run),
    ]
    return Card(sentences(words, enrolment.title), body, [], texts.locale)


def applications_card(texts: Texts, applications: Sequence[Enrolment], more: int) -> Card:
    """The applications that await somebody's answer."""
    words = texts("applications-heading", count=len(applications) + more)
    items = [
        section(
            subheading(one.person_name),
            small(one.title),
            buttons(_see(texts, "enrol.decide", one.id, f"{number}. {one.person_name}: {one.title}")),
        )
        for number, one in enumerate(applications, start=1)
    ]
    last = [hint(texts("applications-more", count=more))] if more else []
    spoken = sentences(words, *(f"{one.person_name}: {one.title}" for one in applications))
    return Card(spoken, [heading(words), paragraph(texts("applications-hint")), *items, *last], [], texts.locale)


def my_courses_card(
    texts: Texts, shown: Sequence[tuple[Enrolment, Run | None]], page: int, *, more: bool, past: bool
) -> Card:
    """One's own courses, a page of them."""
    words = texts("my-courses-past" if past else "my-courses")
    items = [
        section(
            subheading(enrolment.title),
            *([small(run_days(texts, run))] if run else []),
            hint(status_word(texts, enrolment), spacing="None"),
            buttons(_see(texts, "enrol.show", enrolment.id, f"{number}. {enrolment.title}")),
        )
        for number, (enrolment, run) in enumerate(shown, start=1)
    ]
    turning = (
        [bare_submit(texts("button-more"), "enrol.mine", page=str(page + 1), past="yes" if past else "")]
        if more
        else []
    )
    spoken = sentences(words, *(f"{enrolment.title}: {status_word(texts, enrolment)}" for enrolment, _ in shown))
    return Card(spoken, [heading(words), *items], turning, texts.locale)


def calendar_card(texts: Texts, shown: Sequence[tuple[Enrolment, Run]], links: Sequence[Action]) -> Card:
    """Courses to come, each with its link to a file for the calendar."""
    words, how = texts("calendar-heading"), texts("calendar-hint")
    items = [
        section(subheading(enrolment.title), small(run_days(texts, run)), buttons(button))
        for (enrolment, run), button in zip(shown, links, strict=True)
    ]
    spoken = sentences(words, *(f"{enrolment.title}, {run_days(texts, run)}" for enrolment, run in shown))
    return Card(spoken, [heading(words), paragraph(how), *items], [_mine(texts)], texts.locale)


def collision_card(texts: Texts, wanted: str, others: Sequence[tuple[Enrolment, Run]], nonce: str) -> Card:
    """Point out, before somebody signs up, that they are elsewhere on the same days."""
    words = texts("collision-heading")
    body: list[CardElement] = [
        heading(words),
        plain(texts("collision-next", title=wanted)),
        *(
            item
            for enrolment, run in others
            for item in (subheading(enrolment.title), small(run_days(texts, run)))
        ),
    ]
    actions = [
        bare_submit(texts("button-sign-up-anyway"), "enrol.anyway", nonce, main=True),
        bare_submit(texts("button-no-thanks"), "enrol.rather_not", nonce),
    ]
    return Card(sentences(words, *(enrolment.title for enrolment, _ in others)), body, actions, texts.locale)


def whose_leader_card(texts: Texts, nonce: str, why: str = "who-leads") -> Card:
    """Ask who the person's leader is; `why` is the key of what it is asked for."""
    words = texts(why)
    body: list[CardElement] = [
        heading(texts("who-leads-heading")),
        paragraph(words),
        text_input("leader", texts("input-leader")),
    ]
    actions = [submit(texts("button-go-on"), "enrol.leader", nonce, main=True), _unsure(texts, nonce)]
    return Card(sentences(texts("who-leads-heading"), words), body, actions, texts.locale)


def which_leader_card(texts: Texts, nonce: str, found: Sequence[tuple[str, str]]) -> Card:
    """Ask which of several people is meant; `found` are their ids and names."""
    words = texts("who-leads-several")
    listed = [plain(f"{number}. {name}", spacing="Small") for number, (_, name) in enumerate(found, start=1)]
    chosen: list[Action] = [
        bare_submit(texts("button-number", number=number), "enrol.leader", nonce, tooltip=name, leader=person_id)
        for number, (person_id, name) in enumerate(found, start=1)
    ]
    spoken = sentences(words, *(f"{number}. {name}" for number, (_, name) in enumerate(found, start=1)))
    body = [heading(texts("who-leads-heading")), paragraph(words), *listed]
    return Card(spoken, body, [*chosen, _unsure(texts, nonce)], texts.locale)


def _unsure(texts: Texts, nonce: str) -> Action:
    return bare_submit(texts("button-leader-unknown"), "enrol.leader_unknown", nonce)


def which_run_card(texts: Texts, offer_title: str, runs: Sequence[Run]) -> Card:
    """Ask which run of an offer is meant."""
    words = texts("which-run", title=offer_title)
    items = [
        section(
            small(f"{number}. {run_days(texts, run)}"),
            hint(f"{run_place(texts, run)} · {texts('run-seats', seats=run.free_seats)}", spacing="None"),
            buttons(join_button(texts, run)),
        )
        for number, run in enumerate(runs, start=1)
    ]
    return Card(words, [plain(words), *items], [], texts.locale)


def _own_actions(texts: Texts, enrolment: Enrolment, may: Collection[EnrolmentEventKind]) -> list[Action]:
    offered = [Kind.SEAT_TAKEN, Kind.SEAT_PASSED]
    leaves = [] if Kind.SEAT_TAKEN in may or enrolment.leave_asked_at else [Kind.LEFT]
    purpose = bare_submit(texts("button-purpose"), "purpose.show", enrolment=enrolment.id)
    return [
        *(
            bare_submit(
                texts(f"button-enrol-{kind.value.replace('_', '-')}"),
                f"enrol.{kind.value}",
                main=kind is Kind.SEAT_TAKEN,
                enrolment=enrolment.id,
            )
            for kind in (*offered, *leaves)
            if kind in may
        ),
        *([purpose] if enrolment.status is EnrolmentStatus.ATTENDING else []),
    ]


def _see(texts: Texts, verb: str, enrolment_id: str, of_what: str) -> Action:
    return bare_submit(texts("button-see"), verb, tooltip=of_what, enrolment=enrolment_id)


def _mine(texts: Texts) -> Action:
    return bare_submit(texts("button-my-courses"), "enrol.mine")


def _run_facts(texts: Texts, run: Run | None) -> list[CardElement]:
    if run is None:
        return []
    return facts([(texts("label-time"), run_days(texts, run)), (texts("label-place"), run_place(texts, run))])
