"""One's own courses in one's own calendar.

    Mads: kalender
    bot:  Læg dine kurser i kalenderen · 1. Mødet med borgere, der har demens [Læg i kalender]

The button opens a file (`bot.calendar_file`), which is made as the course stands when it is fetched.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from centre.enrolments import EnrolmentStatus, had_seat, key_of
from dialogs.cards.elements import link
from dialogs.cards.enrolment import calendar_card

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from microsoft_teams.cards import Action

    from catalogue.offers import Run
    from centre.enrolments import Enrolment
    from centre.people import Person
    from centre.ports import UnitOfWork
    from dialogs.texts import Texts
    from dialogs.turn import Links, Turn

CALENDAR_FILE = "calendar"
"""The kind of file, by which `bot.service` knows it; links that are out carry it."""
VALID = timedelta(days=14)
"""Who reads a notice after a holiday can still use its button. The file is one person's own and shows no more than
their card does, and their right to it is looked at again at every fetch."""
MOST_SHOWN = 5


async def calendar_actions(
    work: UnitOfWork,
    links: Links,
    texts: Texts,
    person: Person,
    enrolment: Enrolment,
    run: Run | None,
    today: date,
) -> Sequence[Action]:
    """Return the button that puts a course in the calendar, or strikes out one that the person had a seat on.

    Who left and applies again, or waits in line, has the first one in their calendar still.
    """
    if run is None or run.ends < today or key_of(person) != enrolment.person_id:
        return []
    if enrolment.status is EnrolmentStatus.ATTENDING:
        return [_button(links, texts, person, enrolment, "button-calendar")]
    if had_seat(await work.enrolments.events(enrolment.id)):
        return [_button(links, texts, person, enrolment, "button-calendar-remove")]
    return []


async def show_calendar(turn: Turn) -> None:
    """Offer what is to come for the calendar."""
    own = await turn.work.enrolments.of_person(key_of(turn.person))
    runs = await turn.work.enrolments.runs({one.run_code for one in own})
    coming = [
        (one, runs[one.run_code])
        for one in reversed(own)
        if one.status is EnrolmentStatus.ATTENDING
        and one.run_code in runs
        and runs[one.run_code].ends >= turn.today
    ]
    if not coming:
        turn.say("calendar-none")
        return
    buttons = [
        _button(turn.links, turn.texts, turn.person, one, "button-calendar", f"{number}. {one.title}")
        for number, (one, _) in enumerate(coming[:MOST_SHOWN], start=1)
    ]
    turn.show(calendar_card(turn.texts, coming[:MOST_SHOWN], buttons))


def _button(
    links: Links, texts: Texts, person: Person, enrolment: Enrolment, key: str, of_what: str = ""
) -> Action:
    url = links.to(CALENDAR_FILE, {"enrolment": enrolment.id}, person, texts.locale, VALID)
    return link(texts(key), url, of_what)
