"""Interest and wishes as cards: to the person, to their leader, and as numbers to the centre."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalogue.offers import Area
from centre.interest import FEWEST_COUNTED
from dialogs.cards.elements import (
    Card,
    bare_submit,
    buttons,
    heading,
    hint,
    paragraph,
    plain,
    quote,
    section,
    sentences,
    shorten,
    small,
    subheading,
    title,
)
from dialogs.cards.runs import join_button, run_days, run_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microsoft_teams.cards import Action, CardElement

    from catalogue.offers import Run
    from centre.interest import Demand, Interest, Want
    from dialogs.texts import Texts

MOST_RUNS = 3
LONGEST_FIELD = 500
"""Characters of a wish that its button carries: as many as are kept."""

LONGEST_SPOKEN = 200
"""Characters of somebody's words in what stands for a card."""


def subject_buttons(texts: Texts, subject: Want, *, wait: bool = True) -> list[Action]:
    """The two ways on where there is nothing to sign up for; without `wait` there is nothing to wait for."""
    verbs = {"interest.add": "button-interest-add"} if wait else {}
    return [
        bare_submit(
            texts(key),
            verb,
            code=subject.offer_code,
            topic=shorten(subject.topic, LONGEST_FIELD),
            said=shorten(subject.words, LONGEST_FIELD),
        )
        for verb, key in {**verbs, "wish.send": "button-wish-send"}.items()
    ]


def interest_card(texts: Texts, interest: Interest, news: str, *, wish: bool) -> Card:
    """One interest for the person whose it is; `wish` offers to send it to their leader."""
    actions = [_drop(texts, interest)]
    if wish and not interest.is_open_wish:
        words = texts("button-wish-send")
        actions.insert(0, bare_submit(words, "wish.send", interest=interest.id, main=True))
    body: list[CardElement] = [title(interest.topic), plain(news)]
    return Card(
        sentences(_spoken(interest.topic), _spoken(news)),
        body,
        actions,
        texts.locale,
    )


def interests_card(texts: Texts, interests: Sequence[Interest], more: int) -> Card:
    """What the person waits for, each with a way off the list."""
    head = texts("interests-heading")
    body: list[CardElement] = [
        heading(head),
        *[
            section(
                subheading(f"{number}. {interest.topic}"),
                hint(_since(texts, interest), spacing="None"),
                buttons(_drop(texts, interest, number)),
            )
            for number, interest in enumerate(interests, 1)
        ],
        *([hint(texts("interests-more", count=more))] if more else []),
    ]
    topics = (f"{number}. {shorten(one.topic, 80)}" for number, one in enumerate(interests, 1))
    return Card(sentences(head, *topics), body, [], texts.locale)


def run_planned_card(texts: Texts, interest: Interest, runs: Sequence[Run]) -> Card:
    """Tell who waits for an offer that there is a run now; each run with its button."""
    news = texts("interest-run-planned")
    shown = runs[:MOST_RUNS]
    body: list[CardElement] = [
        title(interest.topic),
        paragraph(news),
        *[
            section(
                small(f"{run_days(texts, run)} · {texts('run-seats', seats=run.free_seats)}"),
                hint(run_place(texts, run), spacing="None"),
                buttons(join_button(texts, run)),
            )
            for run in shown
        ],
        hint(texts("interest-run-planned-next")),
    ]
    wait = bare_submit(texts("button-interest-wait"), "interest.wait", interest=interest.id)
    days = (run_days(texts, run) for run in shown)
    return Card(
        sentences(_spoken(news), _spoken(interest.topic), *days),
        body,
        [wait, _drop(texts, interest)],
        texts.locale,
    )


def wish_card(texts: Texts, interest: Interest, name: str) -> Card:
    """A wish for the leader of who wishes, with the two answers."""
    head = texts("wish-heading", name=name)
    words = interest.words or interest.topic
    actions = [
        bare_submit(texts("button-wish-need"), "wish.need", main=True, interest=interest.id),
        bare_submit(texts("button-wish-not-now"), "wish.not_now", interest=interest.id),
    ]
    body: list[CardElement] = [
        title(head),
        quote(texts("label-wish"), words),
        plain(texts("wish-next", name=name)),
    ]
    return Card(sentences(head, _spoken(words)), body, actions, texts.locale)


def wishes_card(texts: Texts, wishes: Sequence[tuple[Interest, str]], more: int) -> Card:
    """What a leader's people wish for and have no answer to; by interest and name."""
    head = texts("wishes-heading")
    body: list[CardElement] = [
        heading(head),
        *[
            section(
                subheading(f"{number}. {name}"),
                plain(interest.words or interest.topic, spacing="None", limit=LONGEST_FIELD),
                buttons(
                    bare_submit(
                        texts("button-see"),
                        "wish.show",
                        tooltip=f"{texts('button-see')} {number}: {name}",
                        interest=interest.id,
                    )
                ),
            )
            for number, (interest, name) in enumerate(wishes, 1)
        ],
        *([hint(texts("wishes-more", count=more))] if more else []),
    ]
    return Card(sentences(head, *(name for _, name in wishes)), body, [], texts.locale)


def wish_answered_card(texts: Texts, interest: Interest, leader_name: str) -> Card:
    """Tell who wished that it must wait, kindly, and what they can do meanwhile."""
    head = texts("wish-answered", name=leader_name)
    rest = texts("wish-answered-next")
    actions = [bare_submit(texts("button-find-courses"), "search.list"), _drop(texts, interest)]
    body: list[CardElement] = [title(interest.topic), plain(head), paragraph(rest)]
    return Card(
        sentences(_spoken(head), _spoken(interest.topic)),
        body,
        actions,
        texts.locale,
    )


def demand_card(texts: Texts, wanted: Sequence[tuple[str, Demand]], more: int) -> Card:
    """What people wait for, by its name, most wanted first: numbers and areas, never persons."""
    head = texts("demand-heading")
    body: list[CardElement] = [
        heading(head),
        *[
            section(
                subheading(f"{number}. {name}"),
                small(demand_words(texts, one)),
                *([hint(areas)] if (areas := _areas(texts, one)) else []),
                *([hint(texts("demand-no-offer"))] if not one.offer_code else []),
            )
            for number, (name, one) in enumerate(wanted, 1)
        ],
        *([hint(texts("demand-more", count=more))] if more else []),
        hint(texts("demand-hint"), spacing="Medium"),
    ]
    spoken = (f"{shorten(name, 80)}, {demand_words(texts, one)}" for name, one in wanted)
    return Card(sentences(head, *spoken), body, [], texts.locale)


def demand_words(texts: Texts, wanted: Demand) -> str:
    """Word how many wait: never exactly where they are few."""
    return texts("demand-people", people=_count(wanted.people))


def _areas(texts: Texts, wanted: Demand) -> str:
    """Word the areas with their counts, where there are enough people to count."""
    if wanted.people < FEWEST_COUNTED:
        return ""
    known = [(area, wanted.areas[area]) for area in Area if wanted.areas[area]]
    words = [f"{texts(f'area-{area.value}')} {_count(people)}" for area, people in known]
    unknown = wanted.areas[None]
    return " · ".join([*words, *([f"{texts('demand-no-area')} {_count(unknown)}"] if unknown else [])])


def _count(people: int) -> str:
    return str(people) if people >= FEWEST_COUNTED else "1-2"


def _since(texts: Texts, interest: Interest) -> str:
    key = "interest-sent-since" if interest.is_open_wish else "interest-since"
    return texts(key, day=texts.short_day(interest.at.date()))


def _drop(texts: Texts, interest: Interest, number: int = 0) -> Action:
    words = texts("button-interest-drop")
    tooltip = f"{words} {number}: {interest.topic}" if number else ""
    return bare_submit(words, "interest.drop", tooltip=tooltip, interest=interest.id)


def _spoken(words: str) -> str:
    return shorten(words, LONGEST_SPOKEN)
