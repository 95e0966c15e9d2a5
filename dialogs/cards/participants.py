"""A run's people as cards for the centre: the runs that are coming, a run's list, and who was there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalogue.offers import SignUp
from centre.enrolments import EnrolmentStatus
from centre.participants import awaits_centre
from dialogs.cards.elements import (
    Card,
    bare_submit,
    buttons,
    choice_input,
    choices_input,
    execute,
    heading,
    hint,
    line,
    link,
    paragraph,
    plain,
    section,
    sentences,
    shorten,
    small,
    status,
    subheading,
    text_input,
    title,
    unfold,
)
from dialogs.cards.enrolment import STATUS_COLOURS, moment_words, status_word
from dialogs.cards.runs import run_days, run_place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from microsoft_teams.cards import Action, CardElement

    from centre.enrolments import Enrolment
    from centre.participants import RunPeople, RunTally
    from dialogs.texts import Texts

PEOPLE_SHOWN = 10
RUNS_SHOWN = 5
PEOPLE_TICKED = 40
"""People on one page of attendance; more make the card too large, and the list too long to tick."""
SHORT_ID = 8
"""Letters of an enrolment's id that tell a run's people apart: a click's field holds 600 characters, forty ids."""
LONGEST_NAME = 60
LONGEST_SUMMARY = 1000


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of a run's people; `number` counts from 0.

    `private` says that only the one who asked sees it: a file is offered there and nowhere else. `begun` is
    whether somebody can have been there.
    """

    people: RunPeople
    number: int
    begun: bool
    private: bool = True

    @property
    def shown(self) -> Sequence[Enrolment]:
        """Those on this page."""
        return self.people.live[self.number * PEOPLE_SHOWN : (self.number + 1) * PEOPLE_SHOWN]

    @property
    def more(self) -> bool:
        """Whether there is a page after this one."""
        return len(self.people.live) > (self.number + 1) * PEOPLE_SHOWN


def runs_card(texts: Texts, tallies: Sequence[RunTally], page: int, *, more: bool, code: str = "") -> Card:
    """Runs with how full they are; `code` is the offer whose runs they are, "" for all that are coming."""
    words = texts("run-list-of-heading", title=tallies[0].title) if code else texts("run-list-heading")
    items = [
        section(
            *_run_named(texts, tally, number, of_offer=bool(code)),
            hint(f"{tally.run.code} · {_counts(texts, tally)}", spacing="None"),
            buttons(
                bare_submit(
                    texts("button-participants"),
                    "participants.list",
                    tooltip=f"{texts('button-participants')}: {tally.run.code}",
                    run=tally.run.code,
                )
            ),
        )
        for number, tally in enumerate(tallies, page * RUNS_SHOWN + 1)
    ]
    turning = (
        [bare_submit(texts("button-more"), "participants.runs", page=str(page + 1), code=code)] if more else []
    )
    spoken = sentences(words, *(f"{tally.title}: {_counts(texts, tally)}" for tally in tallies))
    return Card(spoken[:LONGEST_SUMMARY], [title(words), *items], turning, texts.locale)


def participants_card(texts: Texts, page: PeoplePage) -> Card:
    """A run's facts and people: participants by name, seats that are kept, and the line in its order."""
    tally = page.people.tally
    run = tally.run
    body: list[CardElement] = [
        title(tally.title),
        small(f"{texts('participants-run', code=run.code)} · {run_days(texts, run)} · {run_place(texts, run)}"),
        hint(_counts(texts, tally), spacing="None"),
        *_rows(texts, page),
    ]
    if not page.shown:
        body.append(paragraph(texts("participants-none")))
    spoken = sentences(
        tally.title,
        _counts(texts, tally),
        *(f"{one.person_name}: {status_word(texts, one)}" for one in page.shown),
    )
    return Card(shorten(spoken, LONGEST_SUMMARY - 1), body, _actions(texts, page), texts.locale)


def attendance_card(texts: Texts, people: RunPeople, number: int) -> Card:
    """Forty participants at most, all ticked until somebody said otherwise; saving says it of these."""
    run, attending = people.tally.run, people.attending
    shown = attending[number * PEOPLE_TICKED : (number + 1) * PEOPLE_TICKED]
    named = Counter(one.person_name for one in shown)
    choices = {
        short_id(one): _name_and_department(one) if named[one.person_name] > 1 else _name(one) for one in shown
    }
    ticked = ",".join(short_id(one) for one in shown if one.attended is not False)
    heading_words = texts("attendance-heading")
    pages = -(-len(attending) // PEOPLE_TICKED)
    body: list[CardElement] = [
        heading(heading_words),
        line(texts("participants-run", code=run.code), f"{people.tally.title} · {run_days(texts, run)}"),
        paragraph(texts("attendance-hint")),
    ]
    if pages > 1:
        first = number * PEOPLE_TICKED + 1
        part = texts(
            "attendance-part",
            page=number + 1,
            pages=pages,
            first=first,
            last=first + len(shown) - 1,
            count=len(attending),
        )
        body.append(hint(part))
    body.append(choices_input("came", texts("input-attendance"), choices, ticked))
    actions: list[Action] = [
        execute(
            texts("button-save-attendance"),
            "participants.attended",
            main=True,
            run=run.code,
            page=str(number),
            shown=",".join(choices),
        )
    ]
    if number + 1 < pages:
        following = bare_submit(
            texts("button-next-people"), "participants.attendance", run=run.code, page=str(number + 1)
        )
        actions.append(following)
    actions.append(bare_submit(texts("button-participants"), "participants.list", run=run.code))
    return Card(sentences(heading_words, people.tally.title), body, actions, texts.locale)


def people_export_card(texts: Texts, tally: RunTally, links: Mapping[str, str], *, minutes: int) -> Card:
    """Say which list a file will have and how long its links work; `links` by type, "xlsx" and "csv"."""
    words, care = texts("people-export-heading"), texts("people-export-care", minutes=minutes)
    body: list[CardElement] = [
        heading(words),
        plain(tally.title, spacing="Small"),
        hint(f"{tally.run.code} · {run_days(texts, tally.run)}", spacing="None"),
        paragraph(care),
    ]
    titles = {"xlsx": texts("button-export-xlsx"), "csv": texts("button-export-csv")}
    actions = [link(titles[file], url) for file, url in links.items()]
    return Card(sentences(words, tally.title, care), body, actions, texts.locale)


def short_id(enrolment: Enrolment) -> str:
    """Return what stands for an enrolment among those of its run."""
    return enrolment.id[:SHORT_ID]


def _run_named(texts: Texts, tally: RunTally, number: int, *, of_offer: bool) -> list[CardElement]:
    """Name a run in a list: by its course, or by its days where the course is the list's own."""
    days, place = run_days(texts, tally.run), run_place(texts, tally.run)
    if of_offer:
        return [subheading(f"{number}. {days}"), small(place)]
    return [subheading(f"{number}. {tally.title}"), small(f"{days} · {place}")]


def _counts(texts: Texts, tally: RunTally) -> str:
    """Word how full a run is: "12 deltagere · 2 frie pladser af 20 · 1 venter på jer"."""
    others = tally.applied - min(tally.applied, tally.to_decide)
    return " · ".join(
        (
            texts("participants-attending", count=tally.attending),
            texts("participants-free", free=tally.free, seats=tally.run.seats),
            *([texts("participants-waiting", count=tally.waiting)] if tally.waiting else []),
            *([texts("participants-applied", count=others)] if others else []),
            *([texts("participants-to-decide", count=tally.to_decide)] if tally.to_decide else []),
        )
    )


def _rows(texts: Texts, page: PeoplePage) -> list[CardElement]:
    """One row a person, with a heading wherever another part of the list begins."""
    places = {one.id: place for place, one in enumerate(page.people.waiting, start=1)}
    rows: list[CardElement] = []
    part = texts("enrolment-attending")
    for one in page.shown:
        belongs = _part(texts, one)
        if belongs != part:
            rows.append(section(subheading(belongs, spacing="Small")))
            part = belongs
        rows += _row(texts, one, places.get(one.id, 0))
    return rows


def _part(texts: Texts, enrolment: Enrolment) -> str:
    if enrolment.status is EnrolmentStatus.ATTENDING:
        return texts("enrolment-attending")
    return texts("participants-kept" if enrolment.holds_seat else "participants-line")


def _row(texts: Texts, enrolment: Enrolment, place: int) -> list[CardElement]:
    details = (
        shorten(enrolment.department, LONGEST_NAME),
        texts(f"area-{enrolment.area.value}") if enrolment.area else "",
        texts("participant-place", place=place) if place else "",
        _state(texts, enrolment),
    )
    row: list[CardElement] = [
        plain(_name(enrolment), spacing="Small"),
        status(status_word(texts, enrolment), STATUS_COLOURS.get(enrolment.status, "Default"), *details),
    ]
    if awaits_centre(enrolment):
        tooltip = f"{texts('button-see')}: {_name_and_department(enrolment)}"
        see = bare_submit(texts("button-see"), "seat.show", tooltip=tooltip, enrolment=enrolment.id)
        row.append(buttons(see))
    return row


def _state(texts: Texts, enrolment: Enrolment) -> str:
    """Word what the status alone does not say."""
    if enrolment.attended is not None:
        return texts("participant-was-there" if enrolment.attended else "participant-was-not")
    if enrolment.leave_asked_at:
        return texts("participant-leave-asked")
    if enrolment.offered_until:
        return texts("participant-offered", until=moment_words(texts, enrolment.offered_until))
    if enrolment.status is not EnrolmentStatus.APPLIED:
        return ""
    if enrolment.sign_up is SignUp.CENTRE:
        return texts("participant-awaits-centre")
    return texts("participant-awaits-leader", name=shorten(enrolment.leader_name, LONGEST_NAME))


def _actions(texts: Texts, page: PeoplePage) -> list[Action]:
    run = page.people.tally.run.code
    actions: list[Action] = []
    if page.more:
        actions.append(bare_submit(texts("button-more"), "participants.list", run=run, page=str(page.number + 1)))
    if page.begun and page.people.attending:
        actions.append(bare_submit(texts("button-attendance"), "participants.attendance", run=run))
    if page.shown:
        actions.append(_remove(texts, page))
    if page.people.everybody and page.private:
        actions.append(bare_submit(texts("button-export"), "participants.export", run=run))
    actions.append(bare_submit(texts("button-all-runs"), "participants.runs"))
    return actions


def _remove(texts: Texts, page: PeoplePage) -> Action:
    who = {one.id: _name_and_department(one) for one in page.shown}
    return unfold(
        texts("button-remove-participant"),
        choice_input("participant", texts("input-participant"), who, needed=texts("input-participant-needed")),
        text_input("reason", texts("input-removal"), lines=True, needed=texts("input-removal-needed")),
        actions=[
            execute(
                texts("button-do-remove"),
                "participants.removed",
                run=page.people.tally.run.code,
                page=str(page.number),
            )
        ],
    )


def _name_and_department(enrolment: Enrolment) -> str:
    name = _name(enrolment)
    return f"{name} ({shorten(enrolment.department, LONGEST_NAME)})" if enrolment.department else name


def _name(enrolment: Enrolment) -> str:
    return shorten(enrolment.person_name, LONGEST_NAME)
