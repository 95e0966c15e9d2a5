"""A run's people for the centre: who takes part, taking somebody off, who was there, and the list as a file."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from centre.enrolments import EnrolmentEventKind, EnrolmentStatus
from centre.filing import NotFoundError
from centre.participants import (
    NotBegunError,
    awaits_centre,
    coming_runs,
    has_begun,
    mark_attendance,
    runs_named,
    see_participants,
)
from centre.states import NotAllowedError
from dialogs import casework, enrolment_cases
from dialogs.cards.participants import (
    PEOPLE_SHOWN,
    PEOPLE_TICKED,
    RUNS_SHOWN,
    PeoplePage,
    attendance_card,
    participants_card,
    people_export_card,
    runs_card,
    short_id,
)
from dialogs.enrolment_words import read_enrolment_command
from dialogs.export_words import FILES, VALID, export_asked_in
from dialogs.input import Scope
from dialogs.intents import Intent, intent_of, picked_number
from dialogs.names_in_words import named_in
from dialogs.participants_words import Asked, Asks, looks_like_a_code, read_asked
from dialogs.sign_up import course_named
from dialogs.steps import Dialog, Heard, Next, Step

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from centre.enrolments import Enrolment
    from centre.participants import RunPeople, RunTally
    from dialogs.input import Click
    from dialogs.memory import Frame
    from dialogs.turn import Turn

PARTICIPANTS_FILE = "participants"
"""The kind of file that its links name."""
FURTHEST_PAGE = 10_000
MOST_WORDS_OF_A_TITLE = 6
_ABOUT_ATTENDANCE = frozenset(
    {Asks.ALL_CAME, Asks.ALL_BUT_CAME, Asks.NONE_CAME, Asks.THESE_CAME, Asks.THESE_STAYED_AWAY}
)
_NEEDS_A_RUN = frozenset({Asks.THESE_CAME, Asks.THESE_STAYED_AWAY, Asks.REMOVE})
"""Sentences that mean something else where no run is in view and none is named."""


class ParticipantsDialog(Dialog):
    """A run's people, for the centre.

    > hold
    < Hold med deltagere. 1. Mødet med borgere, der har demens … 12 deltagere · 8 frie pladser  [Se deltagere]
    > nr. 1
    < Deltagere: Amina Yilmaz, Mads Kjær … Venteliste: nr. 1 …  [Fremmøde | Fjern | Eksport | Alle hold]
    > alle undtagen Mads mødte
    < Fremmødet på hold DEM-01-H2 er gemt: 11 mødte, 1 mødte ikke.
    > fjern Lene, fordi hun er flyttet
    < Lene Holm er taget af »Mødet med borgere, der har demens« og får din begrundelse.
    """

    id: ClassVar[str] = "participants"

    @property
    def steps(self) -> Mapping[str, Step]:
        """A list of runs, and the list of one."""
        return {"runs": Step(self._ask_runs, self._hear_runs), "list": Step(self._ask_list, self._hear_list)}

    def readable(self, frame: Frame) -> bool:
        """A run or the code of an offer, and a page."""
        values = frame.values
        page = values.get("page")
        return isinstance(page, int) and 0 <= page <= FURTHEST_PAGE and isinstance(values.get("code"), str)

    async def _ask_runs(self, turn: Turn, frame: Frame) -> None:
        await show_runs(turn, frame.values["code"], frame.values["page"])

    async def _hear_runs(self, turn: Turn, frame: Frame) -> Next:
        if turn.input.click or not turn.person.staff:
            return Heard.NOT_FOR_ME
        page = int(frame.values["page"])
        if intent_of(turn.input.text) is Intent.MORE:
            frame.values["page"] = page + 1
            return "runs"
        number = picked_number(turn.input.text)
        if number is None:
            return Heard.NOT_FOR_ME
        code = str(frame.values["code"])
        if code:
            found = (await runs_named(turn.work, turn.person, code, turn.today))[number - 1 :]
        else:
            found = await coming_runs(turn.work, turn.person, turn.today, 1, number - 1)
        if not found:
            turn.say("run-list-no-such-number", number=number)
            return Heard.STAY
        frame.values = {"code": found[0].run.code, "page": 0}
        return "list"

    async def _ask_list(self, turn: Turn, frame: Frame) -> None:
        await show_list(turn, frame.values["code"], frame.values["page"])

    async def _hear_list(self, turn: Turn, frame: Frame) -> Next:
        if turn.input.click or not turn.person.staff or intent_of(turn.input.text) is not Intent.MORE:
            return Heard.NOT_FOR_ME
        frame.values["page"] = int(frame.values["page"]) + 1
        return "list"


async def said(turn: Turn, sentence: str) -> bool:
    """Do what a sentence says about a run's people; False when it says no such thing."""
    in_view = _run_in_view(turn)
    asked = _follow_up(sentence, in_view) or read_asked(sentence)
    if asked is None:
        return bool(in_view) and turn.person.staff and await _decide_in_words(turn, sentence, in_view)
    if not _is_meant(turn, asked, in_view):
        return False
    if not turn.person.staff:
        casework.refuse(turn)
        return True
    if asked.asks is Asks.RUNS:
        await open_runs(turn)
        return True
    code = asked.code or in_view
    if not code:
        await _ask_which_run(turn, asked)
        return True
    meant, found = await _meant(turn, code)
    if not found:
        turn.say("participants-unknown", code=code)
    elif len(found) > 1:
        await _ask_which_run(turn, asked, meant)
    else:
        await _do(turn, asked, found[0].run.code)
    return True


async def clicked(turn: Turn, click: Click) -> None:
    """Do what a button of one of these cards says."""
    if not turn.person.staff:
        casework.refuse(turn)
        return
    run, page = click.fields.get("run", ""), _page(click)
    match click.verb:
        case "participants.runs":
            await open_runs(turn, click.fields.get("code", ""), page)
        case "participants.list":
            await open_list(turn, run, page)
        case "participants.attendance":
            await _show_attendance(turn, run, page)
        case "participants.attended":
            await _attended_clicked(turn, click, run, page)
        case "participants.export":
            await _offer_export(turn, run)
        case _:
            await _removed_clicked(turn, click, run, page)


BUTTONS = (
    "participants.runs",
    "participants.list",
    "participants.attendance",
    "participants.attended",
    "participants.export",
    "participants.removed",
)
"""What can be pressed. Cards that were shown long ago carry these verbs: never rename one."""


async def open_runs(turn: Turn, code: str = "", page: int = 0) -> None:
    """Show runs; in the personal chat the list is a topic that words page and open."""
    if turn.input.scope is Scope.PERSONAL:
        turn.begin(ParticipantsDialog.id, "runs", code=code, page=page)
    await show_runs(turn, code, page)


async def open_list(turn: Turn, run_code: str, page: int = 0) -> None:
    """Show a run's people; in the personal chat what is said next is about that run."""
    if turn.input.scope is Scope.PERSONAL:
        turn.begin(ParticipantsDialog.id, "list", code=run_code, page=page)
    await show_list(turn, run_code, page)


async def show_runs(turn: Turn, code: str, page: int) -> None:
    """Show a page of the coming runs, or of an offer's."""
    first, most = page * RUNS_SHOWN, RUNS_SHOWN + 1
    try:
        if code:
            found = (await runs_named(turn.work, turn.person, code, turn.today))[first:]
        else:
            found = await coming_runs(turn.work, turn.person, turn.today, most, first)
    except NotAllowedError:
        casework.refuse(turn)
        return
    if found:
        more = len(found) > RUNS_SHOWN
        turn.show(runs_card(turn.texts, found[:RUNS_SHOWN], page, more=more, code=code))
    else:
        turn.say("run-list-no-more" if page else "run-list-none")


async def show_list(turn: Turn, run_code: str, page: int) -> None:
    """Show a page of a run's people."""
    people = await _people(turn, run_code)
    if people is None:
        return
    shown = _page_of(turn, people, page)
    if page and not shown.shown:
        turn.say("participants-no-more")
    else:
        turn.show(participants_card(turn.texts, shown))


def _page_of(turn: Turn, people: RunPeople, page: int) -> PeoplePage:
    private = turn.input.scope is Scope.PERSONAL
    return PeoplePage(people, page, has_begun(people.tally.run, turn.now), private)


async def _people(turn: Turn, run_code: str) -> RunPeople | None:
    """Return a run's people, or say why not."""
    try:
        return await see_participants(turn.work, turn.person, run_code)
    except NotAllowedError:
        casework.refuse(turn)
    except NotFoundError:
        turn.say("participants-unknown", code=run_code)
    return None


def _run_in_view(turn: Turn) -> str:
    topic = turn.memory.topic
    looks = topic is not None and topic.dialog == ParticipantsDialog.id and topic.step == "list"
    return str(topic.values["code"]) if topic and looks else ""


def _follow_up(sentence: str, in_view: str) -> Asked | None:
    """A bare "eksport" means the list in view."""
    asked = export_asked_in(sentence) if in_view else None
    return Asked(Asks.EXPORT, file=asked.file) if asked and not asked.words else None


def _is_meant(turn: Turn, asked: Asked, in_view: str) -> bool:
    """Whether a sentence is surely about a run's people, and not a need or a search that begins alike."""
    if asked.asks is Asks.RUNS:
        return turn.person.staff
    if asked.asks in _NEEDS_A_RUN:
        return turn.person.staff and (bool(in_view) or looks_like_a_code(asked.code))
    if not asked.code or looks_like_a_code(asked.code):
        return True
    return turn.person.staff and len(asked.code.split()) <= MOST_WORDS_OF_A_TITLE


async def _meant(turn: Turn, code: str) -> tuple[str, Sequence[RunTally]]:
    """Return what a code or a title means: the code it stands for, and the runs."""
    found = await runs_named(turn.work, turn.person, code, turn.today)
    if found or looks_like_a_code(code):
        return code, found
    named = await course_named(turn, code)
    meant = (named[1] or named[0]) if named else ""
    return meant, await runs_named(turn.work, turn.person, meant, turn.today) if meant else []


async def _ask_which_run(turn: Turn, asked: Asked, code: str = "") -> None:
    if asked.asks is not Asks.LIST:
        turn.say("participants-which-run")
    await open_runs(turn, code)


async def _do(turn: Turn, asked: Asked, run_code: str) -> None:
    if asked.asks in _ABOUT_ATTENDANCE:
        await _mark_in_words(turn, asked, run_code)
        return
    match asked.asks:
        case Asks.ATTENDANCE:
            await _show_attendance(turn, run_code, 0)
        case Asks.EXPORT:
            await _offer_export(turn, run_code, asked.file)
        case Asks.REMOVE:
            await _remove_in_words(turn, asked, run_code)
        case _:
            await open_list(turn, run_code)


async def _show_attendance(turn: Turn, run_code: str, page: int) -> None:
    people = await _people(turn, run_code)
    if people is None:
        return
    if not has_begun(people.tally.run, turn.now):
        _say_not_begun(turn, people)
    elif not people.attending:
        turn.say("attendance-nobody", code=people.tally.run.code)
    else:
        last = (len(people.attending) - 1) // PEOPLE_TICKED
        turn.show(attendance_card(turn.texts, people, min(page, last)))


def _say_not_begun(turn: Turn, people: RunPeople) -> None:
    run = people.tally.run
    turn.whisper("attendance-not-begun", code=run.code, day=turn.texts.day(run.starts))


async def _attended_clicked(turn: Turn, click: Click, run_code: str, page: int) -> None:
    """Save one page of ticks: it says something of the people on that page, and of nobody else."""
    people = await _people(turn, run_code)
    if people is None:
        return
    shown = set(click.fields.get("shown", "").split(","))
    ticked = set(click.fields.get("came", "").split(","))
    on_page = [one for one in people.attending if short_id(one) in shown]
    came = {one.id for one in on_page if short_id(one) in ticked}
    if not await _mark(turn, people, came, {one.id for one in on_page} - came):
        return
    if turn.input.scope is not Scope.PERSONAL:
        return
    saved = await see_participants(turn.work, turn.person, run_code)
    if (page + 1) * PEOPLE_TICKED < len(saved.attending):
        turn.retire(attendance_card(turn.texts, saved, page + 1))
    else:
        turn.retire(participants_card(turn.texts, _page_of(turn, saved, 0)))


async def _mark_in_words(turn: Turn, asked: Asked, run_code: str) -> None:
    people = await _people(turn, run_code)
    if people is None:
        return
    named = _named(turn, asked.names, people, people.attending)
    if named is None:
        return
    everybody = {one.id for one in people.attending}
    match asked.asks:
        case Asks.ALL_CAME:
            came, away = everybody, set[str]()
        case Asks.ALL_BUT_CAME:
            came, away = everybody - named, named
        case Asks.NONE_CAME:
            came, away = set[str](), everybody
        case Asks.THESE_CAME:
            came, away = named, set[str]()
        case _:
            came, away = set[str](), named
    await _mark(turn, people, came, away)


def _named(turn: Turn, names: Sequence[str], people: RunPeople, among: Sequence[Enrolment]) -> set[str] | None:
    """Return the ids of those whom names mean; None after saying which name is nobody's or several people's."""
    ids = set()
    for name in names:
        found = named_in(name, among, _name_of)
        if not found:
            turn.say("participant-unknown", name=name, code=people.tally.run.code)
            return None
        if len(found) > 1:
            turn.say("participant-several", name=name)
            return None
        ids.add(found[0].id)
    return ids


async def _mark(turn: Turn, people: RunPeople, came: Collection[str], away: Collection[str]) -> bool:
    """Save who was there and say how many; False when it cannot be said yet."""
    run = people.tally.run
    if not people.attending:
        turn.whisper("attendance-nobody", code=run.code)
        return False
    try:
        await mark_attendance(turn.work, turn.person, run.code, came, away, turn.now)
    except NotBegunError:
        _say_not_begun(turn, people)
        return False
    saved = await see_participants(turn.work, turn.person, run.code)
    marks = [one.attended for one in saved.attending]
    turn.whisper("attendance-saved", code=run.code, came=marks.count(True), away=marks.count(False))
    return True


async def _offer_export(turn: Turn, run_code: str, file: str = "") -> None:
    """Offer a run's list as files; in the channel everybody would have the link."""
    people = await _people(turn, run_code)
    if people is None:
        return
    run = people.tally.run
    if turn.input.scope is not Scope.PERSONAL:
        turn.say("people-export-in-channel", code=run.code)
    elif not people.everybody:
        turn.say("participants-none")
    else:
        links = {
            one: turn.link(PARTICIPANTS_FILE, {"run": run.code, "file": one}, VALID)
            for one in sorted(FILES, key=lambda one: one != file)
        }
        minutes = VALID // timedelta(minutes=1)
        turn.show(people_export_card(turn.texts, people.tally, links, minutes=minutes))


async def _remove_in_words(turn: Turn, asked: Asked, run_code: str) -> None:
    people = await _people(turn, run_code)
    ids = _named(turn, asked.names, people, people.live) if people else None
    if people and ids:
        await enrolment_cases.do(turn, min(ids), EnrolmentEventKind.REMOVED, asked.words)


async def _removed_clicked(turn: Turn, click: Click, run_code: str, page: int) -> None:
    """Take the chosen one off the run and show the list without them."""
    chosen, reason = click.fields.get("participant", ""), click.fields.get("reason", "").strip()
    if not chosen:
        turn.whisper("input-participant-needed")
        return
    done = await enrolment_cases.do(turn, chosen, EnrolmentEventKind.REMOVED, reason)
    if done and turn.input.scope is Scope.PERSONAL:
        people = await see_participants(turn.work, turn.person, run_code)
        last = max(0, len(people.live) - 1) // PEOPLE_SHOWN
        turn.retire(participants_card(turn.texts, _page_of(turn, people, min(page, last))))


async def _decide_in_words(turn: Turn, sentence: str, run_code: str) -> bool:
    """Take "godkend Mads" or "afslå Mads, fordi …" to whoever on the run in view awaits the centre."""
    command = read_enrolment_command(sentence)
    if command is None or command.kind not in _IN_WORDS:
        return False
    people = await see_participants(turn.work, turn.person, run_code)
    waiting = [one for one in people.live if awaits_centre(one)]
    named = named_in(command.name, waiting, _name_of) if command.name else waiting
    if not waiting:
        return False
    if len(named) == 1:
        await enrolment_cases.do(turn, named[0].id, _kind_for(named[0], command.kind), command.words)
    elif named:
        turn.say("participant-several", name=command.name or sentence)
    else:
        turn.say("participant-unknown", name=command.name, code=run_code)
    return True


_IN_WORDS = frozenset({EnrolmentEventKind.APPROVED, EnrolmentEventKind.REFUSED, EnrolmentEventKind.ASKED})
_OF_A_LEAVE = {
    EnrolmentEventKind.APPROVED: EnrolmentEventKind.LEAVE_GRANTED,
    EnrolmentEventKind.REFUSED: EnrolmentEventKind.LEAVE_REFUSED,
}


def _name_of(enrolment: Enrolment) -> str:
    return enrolment.person_name


def _kind_for(enrolment: Enrolment, kind: EnrolmentEventKind) -> EnrolmentEventKind:
    """A yes to somebody who wants to leave is a yes to their leave."""
    return _OF_A_LEAVE.get(kind, kind) if enrolment.status is EnrolmentStatus.ATTENDING else kind


def _page(click: Click) -> int:
    page = click.fields.get("page", "0")
    return min(int(page), FURTHEST_PAGE) if page.isdecimal() and page.isascii() else 0
