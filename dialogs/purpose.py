"""The purpose agreement: what a course is for, said by an employee and their leader, each by themselves first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar

from centre import agreeing
from centre.filing import NotFoundError
from centre.leading import leader_today
from centre.purpose import (
    LONGEST_ANSWER,
    Act,
    Answers,
    AnswersMissingError,
    AnswerTooLongError,
    PurposeMovedOnError,
    Side,
)
from centre.purpose_news import NoLeaderError
from centre.purpose_summary import summarise
from centre.states import NotAllowedError
from dialogs.cards.purpose import (
    QUESTIONS,
    Listed,
    agreement_card,
    agreements_card,
    begin_card,
    form_card,
    run_purposes_card,
)
from dialogs.intents import Intent, intent_of
from dialogs.names_in_words import named_in
from dialogs.purpose_words import Wish, keeps_answer, read_purpose_command, saves, with_answers
from dialogs.steps import Dialog, Heard, Next, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from centre.agreeing import Seen
    from dialogs.input import Click
    from dialogs.memory import Frame
    from dialogs.purpose_words import PurposeCommand
    from dialogs.turn import Turn

SHOWN = 8
FURTHEST_PAGE = 1000
Ask = Callable[["Turn", "Seen", Answers], Awaitable[None]]
"""Puts the three questions, with what was said so far."""


class PurposeDialog(Dialog):
    """Answering the three questions, on one card or by words one after the other.

    < Formålsaftale: Mødet med borgere, der har demens  Hvad skal være anderledes i det daglige bagefter? …
      [Gem svar]
    > Vi møder uro med ro i stedet for med flere hænder
    < For hvilke borgere eller opgaver?
    > Beboerne på Solgården, der er vågne om natten
    < Hvordan kan I se, at det virker?
    > Færre alarmer og færre magtanvendelser
    < Tak, dine svar er gemt. … Venter på Lene Holm  [Ret mine svar | Del med centret]

    Pressing Gem svar with the three fields filled in is the same. "behold" keeps an answer, "tilbage" goes back.
    """

    id: ClassVar[str] = "purpose"
    keeps_draft: ClassVar[bool] = True

    @property
    def steps(self) -> Mapping[str, Step]:
        """One step for each question; every one shows the whole card."""
        return {
            "practice": Step(self._ask, self._hear),
            "whom": Step(self._ask, self._hear, back="practice"),
            "sign": Step(self._ask, self._hear, back="whom"),
        }

    def readable(self, frame: Frame) -> bool:
        """An enrolment, its course, and what was said so far."""
        return all(isinstance(frame.values.get(name, ""), str) for name in ("enrolment", "title", *QUESTIONS))

    def title(self, frame: Frame) -> str:
        """The course, once something was said that would be lost."""
        said = any(frame.values.get(name) for name in QUESTIONS)
        return str(frame.values.get("title", "")) if said else ""

    def begin(self, turn: Turn, seen: Seen, said: Answers) -> None:
        """Make an agreement the topic under way, at the first question without an answer."""
        for draft in [one for one in turn.memory.drafts if _is_of(one, seen.enrolment.id)]:
            said = _more_of(said, _answers(draft))
            turn.memory.drafts.remove(draft)
        missing = [name for name in QUESTIONS if not getattr(said, name)]
        frame = turn.begin(self.id, missing[0] if missing else QUESTIONS[0])
        frame.values = {"enrolment": seen.enrolment.id, "title": seen.enrolment.title}
        _keep(frame, said)

    async def _ask(self, turn: Turn, frame: Frame) -> None:
        try:
            seen = await agreeing.see(turn.work, turn.person, frame.values["enrolment"], turn.now)
        except NotFoundError:
            turn.say("purpose-gone")
            return
        said = _answers(frame)
        asked = "" if frame.step == QUESTIONS[0] and said == Answers() else frame.step
        turn.show(form_card(turn.texts, seen, said, asked))

    async def _hear(self, turn: Turn, frame: Frame) -> Next:
        said = turn.input.text
        before = _answers(frame)
        if turn.input.click:
            return Heard.NOT_FOR_ME
        if not await _takes_answers(turn, frame.values["enrolment"]):
            turn.memory.topic = None  # the course was left, or has begun: the words are about something else
            return Heard.NOT_FOR_ME
        if saves(said) or intent_of(said) is Intent.SEND:
            return await self._save(turn, frame, before)
        if keeps_answer(said) and getattr(before, frame.step):
            return await self._next(turn, frame, before)
        if intent_of(said) or said.endswith("?"):
            return Heard.NOT_FOR_ME
        after = with_answers(before, frame.step, said)
        if _too_long(after):
            turn.say("purpose-too-long", most=LONGEST_ANSWER)
            return Heard.STAY
        _keep(frame, after)
        return await self._next(turn, frame, after)

    async def _next(self, turn: Turn, frame: Frame, said: Answers) -> Next:
        """Go to the next question; after the last one, to the first without an answer, or save."""
        later = QUESTIONS[QUESTIONS.index(frame.step) + 1 :]
        missing = [name for name in QUESTIONS if not getattr(said, name)]
        before = await _said_before(turn, frame.values["enrolment"])
        if later and (before.complete or not said.complete):
            return later[0] if before.complete else missing[0]
        return missing[0] if missing else await self._save(turn, frame, said)

    async def _save(self, turn: Turn, frame: Frame, said: Answers) -> Next:
        if not said.complete:
            turn.say("purpose-missing")
            return next(name for name in QUESTIONS if not getattr(said, name))
        await _answer(turn, frame.values["enrolment"], said)
        return Heard.DONE


async def clicked(turn: Turn, click: Click, ask: Ask) -> None:
    """Do what a button of an agreement's card says."""
    enrolment = click.fields.get("enrolment", "")
    match click.verb:
        case "purpose.save":
            await _save_clicked(turn, click, ask)
        case "purpose.confirm":
            edition = click.fields.get("edition", "")
            await _confirm(turn, enrolment, int(edition) if edition.isdecimal() and len(edition) < 9 else -1)  # noqa: PLR2004 - more digits are made up
        case "purpose.change":
            await _change(turn, enrolment, ask)
        case "purpose.share" | "purpose.unshare":
            await _share(turn, enrolment, shares=click.verb == "purpose.share")
        case "purpose.begin":
            await _begin(turn, enrolment, ask)
        case "purpose.run":
            if not await _show_run(turn, click.fields.get("run", ""), _page(click)):
                turn.say("purpose-gone")
        case _:
            await show(turn, enrolment, ask)


BUTTONS = tuple(
    f"purpose.{name}" for name in ("show", "save", "confirm", "change", "share", "unshare", "begin", "run")
)
"""What can be pressed. Cards that were sent long ago carry these verbs: never rename one."""


async def said(turn: Turn, sentence: str, ask: Ask) -> bool:
    """Do what a sentence says about agreements."""
    command = read_purpose_command(sentence)
    if command is None:
        return False
    if turn.person.staff and command.wish is Wish.SEE and await _show_run(turn, command.what.upper()):
        return True
    return await _do_in_words(turn, command, ask)


async def show(turn: Turn, enrolment_id: str, ask: Ask) -> None:
    """Show an agreement: the questions to who has not answered them, otherwise how it stands."""
    try:
        seen = await agreeing.see(turn.work, turn.person, enrolment_id, turn.now)
    except NotFoundError:
        await _offer_to_begin(turn, enrolment_id)
        return
    if seen.closed:
        await _offer_to_begin(turn, enrolment_id)
    elif seen.changeable and not seen.own.answered:
        await ask(turn, seen, seen.own.answers)
    else:
        turn.show(agreement_card(turn.texts, seen))


async def show_all(turn: Turn, ask: Ask) -> None:
    """Show the agreements that somebody has to do with: their own courses', and their people's that wait."""
    listed = await _listed(turn)
    if len(listed) == 1:
        await show(turn, listed[0].enrolment.id, ask)
    elif listed:
        turn.show(agreements_card(turn.texts, listed[:SHOWN], max(0, len(listed) - SHOWN)))
    else:
        turn.say("purposes-none-leader" if turn.person.leads else "purposes-none")


async def _listed(turn: Turn, *, all_of_people: bool = False) -> list[Listed]:
    """Return one's own, and one's people's as their leader today; what waits comes first."""
    own = await agreeing.own_places(turn.work, turn.person, turn.now)
    led = await agreeing.of_own_people(turn.work, turn.person, turn.now)
    listed = [
        *(Listed(enrolment, seen) for enrolment, seen in own),
        *(Listed(seen.enrolment, seen) for seen in led if seen.waits or all_of_people),
    ]
    return sorted(listed, key=lambda one: not one.waits)


async def _do_in_words(turn: Turn, command: PurposeCommand, ask: Ask) -> bool:
    """Take "bekræft", "ret formål Mads" or "formål DEM-01-H1" to the agreement that is meant, or ask which."""
    everything = await _listed(turn, all_of_people=True)
    able = [one for one in everything if _able(one, command.wish)]
    meant = named_in(command.what, able, _name_of) if command.what else able
    may_be_other = command.wish is Wish.SEE or (command.wish is Wish.CONFIRM and not everything)
    if len(meant) == 1:
        await _act(turn, meant[0].enrolment.id, command.wish, ask)
    elif meant:
        turn.say("purpose-which")
        turn.show(agreements_card(turn.texts, meant[:SHOWN], max(0, len(meant) - SHOWN)))
    elif may_be_other:
        return False
    else:
        turn.say(_NOTHING_TO[command.wish])
    return True


_NOTHING_TO = {
    Wish.CONFIRM: "purpose-none-to-confirm",
    Wish.CHANGE: "purpose-none-to-change",
    Wish.SHARE: "purpose-none-to-share",
    Wish.UNSHARE: "purpose-none-to-share",
}
_NEEDS = {Wish.CONFIRM: Act.CONFIRM, Wish.CHANGE: Act.ANSWER, Wish.SHARE: Act.SHARE, Wish.UNSHARE: Act.SHARE}


def _able(one: Listed, wish: Wish) -> bool:
    if wish is Wish.SEE:
        return True
    able = one.seen is not None and _NEEDS[wish] in one.seen.may
    return able and (wish is not Wish.UNSHARE or (one.seen is not None and one.seen.own.shares))


def _name_of(one: Listed) -> str:
    name = one.enrolment.person_name if one.seen and one.seen.side is Side.LEADER else ""
    return f"{name} {one.enrolment.run_code} {one.enrolment.offer_code} {one.enrolment.title}".strip()


async def _act(turn: Turn, enrolment_id: str, wish: Wish, ask: Ask) -> None:
    match wish:
        case Wish.SEE:
            await show(turn, enrolment_id, ask)
        case Wish.CONFIRM:
            await _confirm(turn, enrolment_id, None)
        case Wish.CHANGE:
            await _change(turn, enrolment_id, ask)
        case _:
            await _share(turn, enrolment_id, shares=wish is Wish.SHARE)


async def _save_clicked(turn: Turn, click: Click, ask: Ask) -> None:
    """Take the card's three fields; what is missing is asked for, with what was typed kept."""
    typed = Answers(*(click.fields.get(name, "").strip() for name in QUESTIONS))
    enrolment_id = click.fields.get("enrolment", "")
    if typed.complete and not _too_long(typed):
        await _answer(turn, enrolment_id, typed)
        return
    try:
        seen = await agreeing.see(turn.work, turn.person, enrolment_id, turn.now)
    except NotFoundError:
        turn.say("purpose-gone")
        return
    if _too_long(typed):
        turn.say("purpose-too-long", most=LONGEST_ANSWER)
    else:
        turn.say("purpose-missing")
        await ask(turn, seen, typed)


async def _answer(turn: Turn, enrolment_id: str, said: Answers) -> None:
    try:
        seen, changed = await agreeing.answer(turn.work, turn.person, enrolment_id, said, turn.now)
    except NotFoundError:
        turn.say("purpose-gone")
    except PurposeMovedOnError:
        turn.say("purpose-too-late")
        await _show_as_it_is(turn, enrolment_id)
    except (AnswersMissingError, AnswerTooLongError):
        turn.say("purpose-missing")
    else:
        _forget_draft(turn, enrolment_id)
        _tell(turn, seen, "purpose-saved" if changed else "purpose-saved-already")


async def _confirm(turn: Turn, enrolment_id: str, edition: int | None) -> None:
    try:
        seen, changed = await agreeing.confirm(turn.work, turn.person, enrolment_id, edition, turn.now)
    except NotFoundError:
        turn.say("purpose-gone")
    except PurposeMovedOnError:
        turn.say("purpose-moved-on")
        await _show_as_it_is(turn, enrolment_id)
    else:
        key = "purpose-agreed" if seen.agreed else "purpose-confirmed"
        _tell(turn, seen, key if changed else "purpose-confirmed-already")


async def _share(turn: Turn, enrolment_id: str, *, shares: bool) -> None:
    try:
        seen = await agreeing.share(turn.work, turn.person, enrolment_id, turn.now, shares=shares)
    except NotFoundError:
        turn.say("purpose-gone")
    except PurposeMovedOnError:
        turn.say("purpose-moved-on")
        await _show_as_it_is(turn, enrolment_id)
    else:
        _tell(turn, seen, "purpose-now-shared" if shares else "purpose-now-private")


async def _change(turn: Turn, enrolment_id: str, ask: Ask) -> None:
    try:
        seen = await agreeing.see(turn.work, turn.person, enrolment_id, turn.now)
    except NotFoundError:
        turn.say("purpose-gone")
        return
    if seen.changeable:
        await ask(turn, seen, seen.own.answers)
    else:
        turn.say("purpose-too-late")
        turn.show(agreement_card(turn.texts, seen))


async def _begin(turn: Turn, enrolment_id: str, ask: Ask) -> None:
    """Begin the agreement of a course that nobody had to approve."""
    try:
        seen = await agreeing.begin_own(turn.work, turn.person, enrolment_id, turn.now)
    except NotFoundError:
        turn.say("purpose-gone")
    except NotAllowedError:
        turn.say("purpose-cannot-begin")
    except NoLeaderError:
        turn.say("purpose-no-leader")
    else:
        if seen.own.answered:
            turn.show(agreement_card(turn.texts, seen))
        else:
            await ask(turn, seen, seen.own.answers)


async def _offer_to_begin(turn: Turn, enrolment_id: str) -> None:
    """Offer an agreement about a course that has none; to anybody else there is nothing."""
    try:
        enrolment, run = await agreeing.can_begin(turn.work, turn.person, enrolment_id, turn.now)
    except NotFoundError:
        turn.say("purpose-gone")
    except NotAllowedError:
        turn.say("purpose-cannot-begin")
    else:
        leader = await leader_today(turn.work, enrolment)
        if leader is None:
            turn.say("purpose-no-leader")
        else:
            turn.show(begin_card(turn.texts, enrolment, run, leader.name))


async def _show_as_it_is(turn: Turn, enrolment_id: str) -> None:
    try:
        seen = await agreeing.see(turn.work, turn.person, enrolment_id, turn.now)
    except NotFoundError:
        return
    turn.show(agreement_card(turn.texts, seen))


async def _show_run(turn: Turn, run_code: str, page: int = 0) -> bool:
    """Show the centre what it may see of a run's agreements; False when there is no such run."""
    run = (await turn.work.enrolments.runs([run_code])).get(run_code) if run_code else None
    if run is None:
        return False
    try:
        summary = await summarise(turn.work, turn.person, run.code, turn.now)
    except NotAllowedError:
        turn.say("purpose-gone")
        return True
    offer = turn.index.offer(run.offer_code)
    turn.show(run_purposes_card(turn.texts, run, offer.title if offer else "", summary, page))
    return True


def _tell(turn: Turn, seen: Seen, key: str) -> None:
    """Word what was done, and let the card that was pressed show how it stands now."""
    words = turn.texts(key, name=seen.other_name)
    card = agreement_card(turn.texts, seen, words)
    if turn.input.click and turn.input.click.card_id:
        turn.retire(card)
        turn.say(key, name=seen.other_name)
    else:
        turn.show(card)


async def _takes_answers(turn: Turn, enrolment_id: str) -> bool:
    try:
        return (await agreeing.see(turn.work, turn.person, enrolment_id, turn.now)).changeable
    except NotFoundError:
        return False


async def _said_before(turn: Turn, enrolment_id: str) -> Answers:
    try:
        return (await agreeing.see(turn.work, turn.person, enrolment_id, turn.now)).own.answers
    except NotFoundError:
        return Answers()


def _forget_draft(turn: Turn, enrolment_id: str) -> None:
    """What was saved is no draft any more."""
    memory = turn.memory
    memory.drafts = [draft for draft in memory.drafts if not _is_of(draft, enrolment_id)]
    if memory.topic and _is_of(memory.topic, enrolment_id):
        memory.topic = None


def _is_of(frame: Frame, enrolment_id: str) -> bool:
    return frame.dialog == PurposeDialog.id and frame.values.get("enrolment") == enrolment_id


def _answers(frame: Frame) -> Answers:
    return Answers(*(str(frame.values.get(name, "")) for name in QUESTIONS))


def _keep(frame: Frame, said: Answers) -> None:
    frame.values |= {name: getattr(said, name) for name in QUESTIONS}


def _more_of(said: Answers, kept: Answers) -> Answers:
    """Return what a draft had that was never sent, and the rest as it is."""
    return Answers(*(getattr(kept, name) or getattr(said, name) for name in QUESTIONS))


def _too_long(said: Answers) -> bool:
    return max(len(getattr(said, name)) for name in QUESTIONS) > LONGEST_ANSWER


def _page(click: Click) -> int:
    page = click.fields.get("page", "0")
    return min(int(page), FURTHEST_PAGE) if page.isdecimal() and page.isascii() else 0
