"""A purpose agreement as a card: the three questions, what both have said, and what the centre sees of a run's.

The cards are drawn from `centre.agreeing.Seen`, which holds nothing that its reader may not see.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from centre.purpose import Act, Answers, Half, Side
from dialogs.cards.elements import (
    Card,
    bare_submit,
    buttons,
    facts,
    heading,
    hint,
    line,
    paragraph,
    plain,
    section,
    sentences,
    small,
    status_line,
    subheading,
    submit,
    text_input,
    title,
)
from dialogs.cards.enrolment import moment_words
from dialogs.cards.runs import run_days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microsoft_teams.cards import Action, CardElement, TextColor

    from catalogue.offers import Run
    from centre.agreeing import Seen
    from centre.enrolments import Enrolment
    from centre.purpose import Purpose
    from centre.purpose_summary import Summary
    from dialogs.texts import Texts

QUESTIONS = ("practice", "whom", "sign")
"""The fields of `Answers`, in the order in which they are asked."""
SHARED_SHOWN = 2
"""Agreements whose text is shown on one card: more would not fit into its 25 KB."""


SPOKEN = 2
"""Agreements that stand for a list of them where it is heard."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A place on a course and its agreement, where there is one."""

    enrolment: Enrolment
    seen: Seen | None

    @property
    def waits(self) -> bool:
        """Whether something is left for the reader to do."""
        return self.seen is not None and self.seen.waits


def form_card(texts: Texts, seen: Seen, said: Answers, question: str = "", news: str = "") -> Card:
    """Ask the three questions.

    Args:
        texts: The reader's language.
        seen: The agreement.
        said: What was said so far.
        question: The field that is asked for by words now; "" for all at once.
        news: What just happened, if anything.
    """
    words = news or _asking(texts, seen, said, question)
    inputs = [
        text_input(
            name,
            texts(f"purpose-question-{name}"),
            getattr(said, name),
            lines=True,
            needed=texts("purpose-answer-needed"),
        )
        for name in QUESTIONS
    ]
    body: list[CardElement] = [
        title(_title(texts, seen)),
        plain(words, spacing="Small"),
        *([] if question else facts([(texts("label-time"), run_days(texts, seen.run))])),
        hint(_when_seen(texts, seen)),
        *_of_other(texts, seen),
        *inputs,
        hint(texts("purpose-no-names")),
    ]
    save = submit(texts("button-purpose-save"), "purpose.save", main=True, enrolment=seen.enrolment.id)
    return Card(sentences(_title(texts, seen), words), body, [save], texts.locale)


def agreement_card(texts: Texts, seen: Seen, news: str = "") -> Card:
    """What was said so far, as one side may see it, and what that side can do."""
    word, colour = _status(texts, seen)
    body: list[CardElement] = [
        title(_title(texts, seen)),
        *([plain(news, spacing="Small")] if news else []),
        status_line(texts("label-status"), word, colour, ""),
        *facts([(texts("label-time"), run_days(texts, seen.run))]),
        *_by_question(texts, _halves(texts, seen)),
        *([hint(_when_seen(texts, seen))] if not seen.is_open or not seen.other_answered else []),
        hint(_sharing(texts, seen)),
    ]
    return Card(sentences(_title(texts, seen), news, word), body, _actions(texts, seen), texts.locale)


def begin_card(texts: Texts, enrolment: Enrolment, run: Run, leader_name: str) -> Card:
    """Offer somebody to make an agreement about a course for which nobody asked for one."""
    words = texts("purpose-offer", name=leader_name)
    body: list[CardElement] = [
        title(enrolment.title),
        plain(words, spacing="Small"),
        *facts([(texts("label-time"), run_days(texts, run))]),
    ]
    yes = bare_submit(texts("button-purpose-begin"), "purpose.begin", main=True, enrolment=enrolment.id)
    return Card(sentences(enrolment.title, words), body, [yes], texts.locale)


def agreements_card(texts: Texts, listed: Sequence[Listed], more: int) -> Card:
    """The agreements that somebody has to do with, those that wait for them first; `more` are left out."""
    waiting = [one for one in listed if one.waits]
    words = texts("purposes-heading", count=len(waiting)) if waiting else texts("purposes-heading-none")
    items = [_item(texts, one) for one in listed]
    body = [heading(words), *items, *([hint(texts("purposes-more", count=more))] if more else [])]
    spoken = sentences(words, *(_item_words(texts, one) for one in waiting[:SPOKEN]))
    return Card(spoken, body, [], texts.locale)


def run_purposes_card(texts: Texts, run: Run, offer_title: str, summary: Summary, page: int) -> Card:
    """What the centre sees of a run's agreements."""
    words = texts("purpose-run-count", count=summary.begun)
    shown = summary.shared[page * SHARED_SHOWN : (page + 1) * SHARED_SHOWN]
    more = len(summary.shared) > (page + 1) * SHARED_SHOWN
    topics = ", ".join(summary.topics)
    body: list[CardElement] = [
        title(texts("purpose-run-title", code=run.code, title=offer_title)),
        paragraph(words, spacing="Small"),
        *facts(
            [
                (texts("label-time"), run_days(texts, run)),
                (texts("purpose-run-by-person"), texts.number(summary.by_person)),
                (texts("purpose-run-by-leader"), texts.number(summary.by_leader)),
                (texts("purpose-run-agreed"), texts.number(summary.agreed)),
                (texts("purpose-run-topics"), topics),
            ]
        ),
        hint(texts("purpose-run-anonymous" if topics else "purpose-run-no-topics")),
        *(_shared(texts, enrolment, purpose) for enrolment, purpose in shown),
    ]
    turning = bare_submit(texts("button-more"), "purpose.run", run=run.code, page=str(page + 1))
    spoken = sentences(texts("purpose-run-title", code=run.code, title=offer_title), words)
    return Card(spoken, body, [turning] if more else [], texts.locale)


def _asking(texts: Texts, seen: Seen, said: Answers, question: str) -> str:
    """Introduce the questions, or put the one that is asked for by words now."""
    if not question:
        return texts("purpose-intro" if seen.side is Side.PERSON else "purpose-intro-leader")
    asks = texts(f"purpose-question-{question}")
    return texts("purpose-asks-again" if getattr(said, question) else "purpose-asks", question=asks)


def _title(texts: Texts, seen: Seen) -> str:
    if seen.side is Side.PERSON:
        return texts("purpose-title", title=seen.enrolment.title)
    return texts("purpose-title-leader", name=seen.enrolment.person_name, title=seen.enrolment.title)


def _status(texts: Texts, seen: Seen) -> tuple[str, TextColor]:
    name = seen.other_name
    if seen.closed:
        return texts("purpose-status-closed"), "Default"
    if seen.agreed:
        return texts("purpose-status-agreed"), "Accent"
    if not seen.own.answered:
        return texts("purpose-status-yours" if seen.changeable else "purpose-status-unanswered"), "Attention"
    if not seen.other_answered:
        return texts("purpose-status-theirs", name=name), "Accent"
    if seen.own.confirmed_at:
        return texts("purpose-status-they-confirm", name=name), "Accent"
    return texts("purpose-status-you-confirm"), "Attention"


def _when_seen(texts: Texts, seen: Seen) -> str:
    """Say when each sees what the other said, or that the other has not said it."""
    if seen.other and seen.other_answered:
        return texts("purpose-sees-both")
    if seen.is_open:
        return texts("purpose-other-silent", name=seen.other_name)
    key = "purpose-other-answered" if seen.other_answered else "purpose-hidden"
    return texts(key, name=seen.other_name, until=moment_words(texts, seen.deadline))


def _of_other(texts: Texts, seen: Seen) -> list[CardElement]:
    """What the other has said, for who has still to answer after the deadline."""
    if not (seen.other and seen.other_answered):
        return []
    return _by_question(texts, [(seen.other_name, seen.other)])


def _halves(texts: Texts, seen: Seen) -> list[tuple[str, Half]]:
    halves = [(texts("purpose-you"), seen.own)] if seen.own.answered else []
    return [*halves, (seen.other_name, seen.other)] if seen.other and seen.other_answered else halves


def _by_question(texts: Texts, halves: Sequence[tuple[str, Half]]) -> list[CardElement]:
    """Put what both said to the same question below each other."""
    return [
        section(
            hint(texts(f"purpose-question-{name}")),
            *(line(who, getattr(half.answers, name), spacing="None") for who, half in halves),
        )
        for name in QUESTIONS
        if halves
    ]


def _sharing(texts: Texts, seen: Seen) -> str:
    if seen.shared:
        return texts("purpose-shared")
    return texts("purpose-shared-by-you", name=seen.other_name) if seen.own.shares else texts("purpose-private")


def _actions(texts: Texts, seen: Seen) -> list[Action]:
    own = seen.enrolment.id
    actions: list[Action] = []
    if Act.CONFIRM in seen.may:
        edition = str(seen.edition)
        words = texts("button-purpose-confirm")
        actions.append(bare_submit(words, "purpose.confirm", main=True, enrolment=own, edition=edition))
    if seen.changeable:
        key = "button-purpose-change" if seen.own.answered else "button-purpose-answer"
        actions.append(bare_submit(texts(key), "purpose.change", enrolment=own))
    if Act.SHARE in seen.may:
        key, verb = ("unshare", "purpose.unshare") if seen.own.shares else ("share", "purpose.share")
        actions.append(bare_submit(texts(f"button-purpose-{key}"), verb, enrolment=own))
    return actions


def _item(texts: Texts, one: Listed) -> CardElement:
    words = _item_words(texts, one)
    see = bare_submit(texts("button-see"), "purpose.show", tooltip=words, enrolment=one.enrolment.id)
    leads = one.seen is not None and one.seen.side is Side.LEADER
    return section(
        subheading(one.enrolment.person_name if leads else one.enrolment.title),
        *([small(one.enrolment.title)] if leads else []),
        hint(_state(texts, one), spacing="None"),
        buttons(see),
    )


def _item_words(texts: Texts, one: Listed) -> str:
    leads = one.seen is not None and one.seen.side is Side.LEADER
    whose = f"{one.enrolment.person_name}: " if leads else ""
    return f"{whose}{one.enrolment.title}: {_state(texts, one)}"


def _state(texts: Texts, one: Listed) -> str:
    return _status(texts, one.seen)[0] if one.seen else texts("purpose-status-none")


def _shared(texts: Texts, enrolment: Enrolment, purpose: Purpose) -> CardElement:
    """The text of an agreement that both sides let the centre read."""
    halves = [(enrolment.person_name, purpose.person), (purpose.leader.by_name, purpose.leader)]
    return section(subheading(enrolment.person_name), *_by_question(texts, halves))
