"""A request as the centre sees it: the card in the channel and in a consultant's chat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from centre.requests import CLOSED_STATUSES, OPEN_STATUSES, Event, Option, Priority, Request, Status
from dialogs.cards.elements import (
    Card,
    buttons,
    choice_input,
    date_input,
    execute,
    facts,
    heading,
    hint,
    panel,
    quote,
    sentences,
    shorten,
    small_print,
    status,
    subheading,
    text_input,
    unfold,
)
from dialogs.cards.need_form import area_choices
from dialogs.cards.request import (
    kle_words,
    queue_status_word,
    status_fact,
    topic_words,
)
from dialogs.cards.wish import budget_words, form_words, people_words, place_words, time_words
from dialogs.untold import untold_fact

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from microsoft_teams.cards import Action, CardElement

    from centre.cases import Colleague
    from centre.people import Person
    from dialogs.texts import Texts
    from dialogs.untold import Untold

LONGEST_PLACE = 90


@dataclass(frozen=True, slots=True)
class CaseView:
    """What a case's card shows beside the request itself.

    `colleagues` can be handed it, `options` are what the catalogue has for it, `said` is the latest thing that
    was said in the case, `similar` other open cases about the same, `leader` whose it is as known now,
    `untold` who was not told of it.
    """

    request: Request
    today: date
    colleagues: Sequence[Colleague] = ()
    options: Sequence[Option] = ()
    said: Event | None = None
    similar: Sequence[Request] = ()
    leader: Person | None = None
    untold: Sequence[Untold] = ()


def case_card(texts: Texts, view: CaseView) -> Card:
    """Everything to decide on at a glance, and everything that can be done, each behind one button."""
    request, wish = view.request, view.request.wish
    title = texts("case-heading", number=str(request.number), topic=topic_words(texts, request))
    is_open = request.status in OPEN_STATUSES
    who = leader_words(texts, view)
    body = [
        heading(texts("case-title", number=str(request.number))),
        subheading(wish.topic or texts("no-topic"), spacing="None"),
        status_fact(texts, request, queue_status_word(texts, request)),
        *facts(
            [
                (texts("label-priority"), _priority_words(texts, request)),
                (texts("label-answer-due"), texts.day(request.due or request.answer_due) if is_open else ""),
                (texts("label-requester"), who),
                (texts("label-undelivered"), untold_fact(texts, view.untold)),
                (texts("label-department"), place_words(texts, wish)),
            ]
        ),
        quote(texts("case-leaders-words"), wish.need),
        *_said(texts, view.said),
        *facts(
            [
                (texts("label-chosen"), wish.offer_title or texts("nothing-chosen")),
                (texts("label-option"), _option_words(texts, request)),
                (texts("label-people"), people_words(texts, wish)),
                (texts("label-time"), time_words(texts, wish)),
                (texts("label-form"), form_words(texts, wish)),
                (texts("label-budget"), budget_words(texts, wish)),
                (texts("label-purpose"), wish.purpose),
            ]
        ),
        *_similar(texts, view.similar),
        small_print(
            [
                (
                    texts("label-filed"),
                    texts("filed-ago", day=texts.short_day(request.filed_at.date()), days=_age(view)),
                ),
                (texts("label-kle"), kle_words(texts, request)),
            ]
        ),
    ]
    return Card(
        sentences(title, queue_status_word(texts, request), who), body, case_actions(texts, view), texts.locale
    )


def leader_words(texts: Texts, view: CaseView) -> str:
    """Name the leader, with what the centre must know of them: they left, or nobody confirmed them."""
    request, leader = view.request, view.leader
    if leader and leader.left:
        return f"{request.requester_name} {texts('case-leader-left')}"
    if request.requester_confirmed:
        return request.requester_name
    refused = leader is not None and leader.role_confirmed and not leader.leads
    return f"{request.requester_name} {texts('case-not-leader' if refused else 'case-unconfirmed')}"


def case_actions(texts: Texts, view: CaseView) -> list[Action]:
    """Six buttons: take it or give it on, then what one does to a case in the order one does it."""
    request = view.request
    case = {"request": request.id}
    if request.status in CLOSED_STATUSES:
        reopen = execute(texts("button-reopen"), "case.reopened", main=True, **case)
        words = text_input("words", texts("input-reason"), lines=True, needed=texts("input-reason-needed"))
        buttons_left = [unfold(texts("button-reopen"), words, actions=[reopen]), _more(texts, view, case)]
        if request.status is Status.COMPLETED:
            return [execute(texts("button-evaluate"), "case.evaluated", main=True, **case), *buttons_left]
        return buttons_left
    options = {_option_key(option): option.title for option in view.options}
    reason = text_input("reason", texts("input-reason"), lines=True, needed=texts("input-reason-needed"))
    question = text_input("words", texts("input-question"), lines=True, needed=texts("input-question-needed"))
    ask = execute(texts("button-send-question"), "case.asked", main=True, **case)
    propose = execute(texts("button-propose"), "case.proposed", main=True, **case)
    plan = execute(texts("button-plan"), "case.planned", main=True, **case)
    reject = execute(texts("button-reject"), "case.rejected", main=True, **case)
    first = (
        _hand_over(texts, view, case)
        if request.assignee_id
        else execute(texts("button-take"), "case.take", main=True, **case)
    )
    if request.status is Status.PLANNED:
        done = execute(texts("button-complete"), "case.completed", main=True, **case)
        return [done, first, unfold(texts("button-reject"), reason, actions=[reject]), _more(texts, view, case)]
    return [
        first,
        unfold(texts("button-ask"), question, actions=[ask]),
        unfold(texts("button-propose"), *_option_inputs(texts, "proposed", options), actions=[propose]),
        unfold(texts("button-plan"), *_option_inputs(texts, "planned", options), actions=[plan]),
        unfold(texts("button-reject"), reason, actions=[reject]),
        _more(texts, view, case),
    ]


def _option_inputs(texts: Texts, name: str, options: Mapping[str, str]) -> list[CardElement]:
    """Choose among what the catalogue has, or write a code or what was found elsewhere."""
    chosen = [choice_input(f"{name}_option", texts("input-option"), options)] if options else []
    return [
        *chosen,
        text_input(f"{name}_other", texts("input-option-other"), "", texts("input-option-other-hint")),
        text_input(f"{name}_words", texts("input-option-words"), "", texts("input-option-words-hint"), lines=True),
    ]


def _hand_over(texts: Texts, view: CaseView, case: Mapping[str, str]) -> Action:
    who = _colleague_input(texts, view, needed=texts("input-colleague-needed"))
    give = execute(texts("button-hand-over"), "case.handed_over", main=True, **case)
    release = _plain_execute(texts("button-release"), "case.released", case)
    return unfold(texts("button-hand-over"), who, actions=[give, release])


def _colleague_input(texts: Texts, view: CaseView, needed: str = "") -> CardElement:
    colleagues = {person.id: person.name for person in view.colleagues if person.id != view.request.assignee_id}
    return choice_input("colleague", texts("input-colleague"), colleagues, needed=needed)


def _more(texts: Texts, view: CaseView, case: Mapping[str, str]) -> Action:
    """Everything that is done to a case now and then, behind the last button."""
    request = view.request
    priorities = {priority.value: texts(f"priority-{priority.value}") for priority in Priority}
    items: list[CardElement] = [text_input("note", texts("input-note"), lines=True)]
    if request.status in OPEN_STATUSES:
        items += [
            choice_input("priority", texts("label-priority"), priorities, request.priority.value),
            date_input("due", texts("label-due"), (request.due or request.answer_due).isoformat()),
            choice_input("area", texts("label-area"), area_choices(texts), _area(request)),
        ]
    if not request.assignee_id and request.status in OPEN_STATUSES:
        items.append(_colleague_input(texts, view))
    actions: list[Action] = [execute(texts("button-save"), "case.more", main=True, **case)]
    if request.status in OPEN_STATUSES - {Status.PLANNED, Status.SOURCING}:
        actions.append(_plain_execute(texts("button-source"), "case.sourcing", case))
    if request.status in OPEN_STATUSES - {Status.PLANNED, Status.POOLED}:
        actions.append(_plain_execute(texts("button-pool"), "case.pooled", case))
    if not request.requester_confirmed:
        actions.append(_plain_execute(texts("button-confirm-leader"), "case.leader_confirmed", case))
        if view.leader and not view.leader.role_confirmed:
            actions.append(_plain_execute(texts("button-refuse-leader"), "case.leader_refused", case))
    actions.append(_plain_execute(texts("button-history"), "case.history", case))
    return unfold(texts("button-more-actions"), *items, actions=actions)


def _area(request: Request) -> str:
    """Return the code of a request's area, "" where it has none."""
    return request.wish.area.value if request.wish.area else ""


def _plain_execute(words: str, verb: str, case: Mapping[str, str]) -> Action:
    action = execute(words, verb, main=False, **case)
    action.associated_inputs = "none"
    return action


def _said(texts: Texts, said: Event | None) -> list[CardElement]:
    """The latest question, answer or note, with who said it."""
    words = said.detail.get("words", "") if said else ""
    if not said or not words:
        return []
    return [quote(texts(f"said-{said.kind.value.replace('_', '-')}", name=said.actor_name), words)]


def _similar(texts: Texts, similar: Sequence[Request]) -> list[CardElement]:
    """Other open cases about the same: where from, for how many, how far they are, and a button for each."""
    if not similar:
        return []
    rows = [
        status(
            str(request.number),
            "Default",
            shorten(place_words(texts, request.wish), LONGEST_PLACE),
            texts("people", count=request.wish.headcount) if request.wish.headcount else "",
            status_word(texts, request),
        )
        for request in similar
    ]
    opened = [
        _plain_execute(
            texts("button-open-similar", number=str(request.number)), "case.show", {"request": request.id}
        )
        for request in similar
    ]
    return [panel(hint(texts("case-similar", count=len(similar))), *rows, buttons(*opened))]


def _priority_words(texts: Texts, request: Request) -> str:
    """A priority is only worth a line when it is not the normal one."""
    return "" if request.priority is Priority.NORMAL else texts(f"priority-{request.priority.value}")


def _option_words(texts: Texts, request: Request) -> str:
    if request.option is None:
        return ""
    key = "option-planned" if request.status is Status.PLANNED else "option-proposed"
    return texts(key, title=request.option.title)


def _option_key(option: Option) -> str:
    return f"{option.offer_code}|{option.run_code}"


def _age(view: CaseView) -> int:
    return (view.today - view.request.filed_at.date()).days
