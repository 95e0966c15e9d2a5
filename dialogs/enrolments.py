"""What has been signed up for: one's own courses, and a leader's yes or no to their people's.

Rights and what may follow what are checked in `centre`; here a click or a sentence is read, and what came of it is
worded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from centre.enrolment_states import EnrolmentMovedOnError, Part, WordsMissingError, possible
from centre.enrolments import EnrolmentEventKind, EnrolmentStatus, key_of
from centre.filing import NotFoundError
from centre.signing_up import change, find_enrolment, place_in_line
from centre.states import NotAllowedError
from dialogs.cards.enrolment import (
    application_card,
    applications_card,
    decided_card,
    enrolment_card,
    my_courses_card,
)
from dialogs.cards.team import member_card
from dialogs.enrolment_words import EnrolmentCommand, read_enrolment_command
from dialogs.names_in_words import named_in
from dialogs.own_calendar import calendar_actions
from dialogs.team import own_people

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from catalogue.offers import Run
    from centre.enrolments import Enrolment
    from dialogs.cards.elements import Card
    from dialogs.input import Click
    from dialogs.turn import Turn

Kind = EnrolmentEventKind
SHOWN = 5
MOST_APPLICATIONS = 5
MOST_OTHERS = 40
DECISIONS = frozenset({Kind.APPROVED, Kind.REFUSED, Kind.ASKED})
_OWN = frozenset({Kind.LEFT, Kind.SEAT_TAKEN, Kind.SEAT_PASSED, Kind.ANSWERED})
BUTTONS = {f"enrol.{kind.value}": kind for kind in (*sorted(DECISIONS), *sorted(_OWN))}
"""What can be pressed. Cards that were sent long ago carry these verbs: never rename one."""
_FIELDS = {Kind.REFUSED: "reason", Kind.ASKED: "question", Kind.ANSWERED: "words"}


async def clicked(turn: Turn, click: Click) -> None:
    """Do what a button of an enrolment's card says."""
    kind = BUTTONS[click.verb]
    words = click.fields.get(_FIELDS.get(kind, ""), "").strip()
    await do(turn, click.fields.get("enrolment", ""), kind, words)


async def said(turn: Turn, sentence: str) -> bool:
    """Do what a sentence says about enrolments: "godkend Mads", "meld mig fra", "tag pladsen"."""
    command = read_enrolment_command(sentence)
    if command is None:
        return False
    if command.kind in DECISIONS:
        return await _decide_in_words(turn, command)
    await _do_own_in_words(turn, command)
    return True


async def do(turn: Turn, enrolment_id: str, kind: EnrolmentEventKind, words: str = "") -> None:
    """Do one thing to an enrolment and word what came of it."""
    try:
        done = await change(turn.work, turn.person, enrolment_id, kind, turn.now, words)
    except NotFoundError:
        turn.say("enrolment-gone")
    except NotAllowedError:
        turn.say("enrolment-not-yours")
    except WordsMissingError:
        enrolment, _ = await find_enrolment(turn.work, turn.person, enrolment_id, turn.now)
        turn.say("enrolment-words-missing", name=enrolment.person_name)
    except EnrolmentMovedOnError as error:
        await _as_it_stands(turn, error.enrolment, kind)
    else:
        await _tell(turn, done.enrolment, kind)


async def _as_it_stands(turn: Turn, enrolment: Enrolment, kind: EnrolmentEventKind) -> None:
    """Answer a press that came too late, or a second one."""
    if kind is Kind.LEFT and enrolment.status is EnrolmentStatus.CANCELLED:
        turn.say("enrolment-left-already")
        return
    turn.say("enrolment-moved-on")
    await show(turn, enrolment.id)


async def _tell(turn: Turn, enrolment: Enrolment, kind: EnrolmentEventKind) -> None:
    """Word what was done to the one who did it, and let the card they pressed be a receipt."""
    if kind is Kind.LEFT and enrolment.leave_asked_at:
        kind = Kind.LEAVE_ASKED
    done = f"enrolment-done-{kind.value.replace('_', '-')}"
    words = turn.texts(done, name=enrolment.person_name)
    clicked = bool(turn.input.click and turn.input.click.card_id)
    run = await run_of(turn, enrolment)
    if enrolment.person_id == key_of(turn.person):
        card = await _own_card(turn, enrolment, run, "" if clicked else words)
    elif kind is Kind.ASKED:
        card = application_card(turn.texts, enrolment, run, None)
    else:
        card = decided_card(turn.texts, enrolment, run, words)
    if clicked:
        turn.retire(card)
    if clicked or kind is Kind.ASKED:
        turn.say(done, name=enrolment.person_name)
    else:
        turn.show(card)


async def show(turn: Turn, enrolment_id: str) -> None:
    """Show an enrolment to the person whose it is, or to who decides."""
    try:
        enrolment, parts = await find_enrolment(turn.work, turn.person, enrolment_id, turn.now)
    except NotFoundError:
        turn.say("enrolment-gone")
        return
    run = await run_of(turn, enrolment)
    if Part.PERSON in parts:
        turn.show(await _own_card(turn, enrolment, run))
    elif enrolment.status is EnrolmentStatus.APPLIED:
        turn.show(application_card(turn.texts, enrolment, run, None))
    else:
        others = [person for person in await own_people(turn) if key_of(person) != enrolment.person_id]
        turn.show(member_card(turn.texts, enrolment, run, others[:MOST_OTHERS]))


async def show_mine(turn: Turn, page: int = 0, *, past: bool = False) -> None:
    """Show one's own courses: those to come, or those that were."""
    own = await turn.work.enrolments.of_person(key_of(turn.person))
    runs = await turn.work.enrolments.runs({one.run_code for one in own})
    coming, over = _sorted(turn, own, runs)
    listed = over if past else coming
    if not listed:
        turn.say("my-courses-none-now" if over and not past else "my-courses-none")
        return
    shown = listed[page * SHOWN : (page + 1) * SHOWN]
    more = len(listed) > (page + 1) * SHOWN
    turn.show(
        my_courses_card(turn.texts, [(one, runs.get(one.run_code)) for one in shown], page, more=more, past=past)
    )


async def show_applications(turn: Turn) -> None:
    """Show a leader the applications that await them, those of whom they stand in for too."""
    waiting = await applications(turn)
    if not waiting:
        turn.say("applications-none")
    elif len(waiting) == 1:
        await show(turn, waiting[0].id)
    else:
        turn.show(
            applications_card(turn.texts, waiting[:MOST_APPLICATIONS], max(0, len(waiting) - MOST_APPLICATIONS))
        )


async def applications(turn: Turn) -> Sequence[Enrolment]:
    """Return the applications that this person may decide on now, oldest first."""
    leaders = {key_of(turn.person), *await turn.work.settings.stood_in_for_by(turn.person.id, turn.today)}
    waiting = await turn.work.enrolments.awaiting(leaders)
    theirs = []
    for one in waiting:
        try:
            _, parts = await find_enrolment(turn.work, turn.person, one.id, turn.now)
        except NotFoundError:
            continue
        if Kind.APPROVED in possible(one, parts):
            theirs.append(one)
    return theirs


async def run_of(turn: Turn, enrolment: Enrolment) -> Run | None:
    """Return the run of an enrolment, whether or not it is on offer still."""
    return (await turn.work.enrolments.runs([enrolment.run_code])).get(enrolment.run_code)


async def _own_card(turn: Turn, enrolment: Enrolment, run: Run | None, news: str = "") -> Card:
    may = possible(enrolment, {Part.PERSON})
    place = await place_in_line(turn.work, enrolment)
    more = await calendar_actions(turn.work, turn.links, turn.texts, turn.person, enrolment, run, turn.today)
    return enrolment_card(turn.texts, enrolment, run, may, place, news, more)


def _sorted(
    turn: Turn, own: Sequence[Enrolment], runs: Mapping[str, Run]
) -> tuple[list[Enrolment], list[Enrolment]]:
    """Part what is to come, soonest first, from what was, latest first; what one left is neither."""
    coming, over = [], []
    for one in own:
        run = runs.get(one.run_code)
        is_over = run is not None and run.ends < turn.today
        if one.status is EnrolmentStatus.ATTENDING and is_over:
            over.append(one)
        elif one.is_live and not is_over:
            coming.append(one)
    return coming[::-1], over


async def _decide_in_words(turn: Turn, command: EnrolmentCommand) -> bool:
    """Take "godkend Mads" to Mads's application; what names nobody who applied may be something else."""
    waiting = await applications(turn)
    named = named_in(command.name, waiting, lambda one: one.person_name) if command.name else list(waiting)
    if len(named) == 1:
        await do(turn, named[0].id, command.kind, command.words)
    elif named:
        turn.say("application-which")
        turn.show(applications_card(turn.texts, named[:MOST_APPLICATIONS], max(0, len(named) - MOST_APPLICATIONS)))
    elif waiting:
        turn.say("application-nobody", name=command.name)
        await show_applications(turn)
    elif turn.person.leads:
        turn.say("applications-none")
    else:
        return False
    return True


async def _do_own_in_words(turn: Turn, command: EnrolmentCommand) -> None:
    """Take "meld mig fra", "tag pladsen" or an answer to the course that is meant, or ask which."""
    own = await turn.work.enrolments.of_person(key_of(turn.person))
    able = [one for one in own if command.kind in possible(one, {Part.PERSON})]
    runs = await turn.work.enrolments.runs({one.run_code for one in able})
    able = [one for one in able if one.run_code not in runs or runs[one.run_code].ends >= turn.today]
    if command.kind is Kind.ANSWERED:
        able = [one for one in able if await _was_asked(turn, one)]
    meant = named_in(command.name, able, lambda one: f"{one.run_code} {one.offer_code} {one.title}")
    able = meant if command.name else able
    if len(able) == 1:
        await do(turn, able[0].id, command.kind, command.words)
    elif able:
        turn.say("enrolment-which")
        turn.show(
            my_courses_card(
                turn.texts, [(one, runs.get(one.run_code)) for one in able[:SHOWN]], 0, more=False, past=False
            )
        )
    else:
        turn.say(_NOTHING_TO[command.kind])


_NOTHING_TO = {
    Kind.LEFT: "enrolment-none-to-leave",
    Kind.SEAT_TAKEN: "enrolment-no-offer",
    Kind.SEAT_PASSED: "enrolment-no-offer",
    Kind.ANSWERED: "enrolment-nobody-asked",
}


async def _was_asked(turn: Turn, enrolment: Enrolment) -> bool:
    """Whether the last thing said about an application is a question."""
    events = await turn.work.enrolments.events(enrolment.id)
    talked = [event for event in events if event.kind in {Kind.ASKED, Kind.ANSWERED}]
    return bool(talked) and talked[-1].kind is Kind.ASKED
